"""On what machine, when and with which versions a benchmark was run."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from java_tools import FOLDER
from kg import __version__

PACKAGES = ("pyoxigraph", "duckdb", "polars", "rdflib", "pyshacl")
NOTE = (
    "files are in the memory of the system before each load; a query's time is the median after "
    "one call that is not counted, unless the first took all the time there is"
)


def head(runs: int, limit: float) -> Mapping[str, str]:
    """What stands above the table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "Date": f"{datetime.now(UTC):%Y-%m-%d}",
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}",
        "Versions": ", ".join(_versions()),
        "Times": f"warm: {NOTE}; {runs} runs at most, {limit:.0f} s at most for a query",
    }


def _versions() -> Sequence[str]:
    packages = [f"{name} {found}" for name in PACKAGES if (found := _package(name))]
    others = [f"kg {__version__}", f"Python {platform.python_version()}", *packages]
    jena = next(FOLDER.glob("jena-tdb2-*.jar"), None)
    if jena is not None:
        others.append(f"Jena {jena.stem.removeprefix('jena-tdb2-')}")
    for name, command, pattern in (
        ("Java", ("java", "-version"), r'version "([^"]+)"'),
        ("Virtuoso", ("virtuoso-t", "-?"), r"Version (\d[\w.]*)"),
    ):
        if found := _told(command, pattern):
            others.append(f"{name} {found}")
    return others


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _told(command: Sequence[str], pattern: str) -> str:
    """What a command says of its version; nothing where there is no such command."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    found = re.search(pattern, done.stdout + done.stderr)
    return found[1] if found else ""


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found[1] if found else platform.machine()
