"""Processes that write folders and are killed, and what readers find then."""

from __future__ import annotations

import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from kg.build import read_build
from kg.scaffold import create

LABEL = "Every branch is open in the evening."
NEW_LABEL = "Every branch stays open in the evening."

# Prepared folders, each put in the target's place in turn; "moves" leaves the exchange out.
SWAPS = """
import shutil, sys
from pathlib import Path
import kg.folders
from kg.folders import Kind, staged
how, target, times, *sources = sys.argv[1:]
if how == "moves":
    kg.folders._exchange = lambda one, other: False
for number in range(int(times)):
    with staged(Path(target), Kind("build", "build.json")) as staging:
        shutil.copytree(sources[number % len(sources)], staging, dirs_exist_ok=True)
"""
# The same once, killed by itself at its n-th call to the system from the first check to the end.
SUICIDE = f"""
import os, signal, sys
count, last = 0, int(sys.argv.pop(1))
def hear(event, args):
    global count
    if event == "open" or event.partition(".")[0] in ("os", "shutil", "tempfile", "ctypes"):
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
import kg.folders
kg.folders._exchange(kg.folders.Path("no such"), kg.folders.Path("no such"))
sys.addaudithook(hear)
{SWAPS}
"""


def codings(folder: Path, label: str = LABEL) -> Path:
    """The example of `kg new`, with one label of one's own."""
    create(folder)
    file = folder / "issues" / "library-services.yaml"
    text = file.read_text(encoding="utf-8")
    assert LABEL in text
    file.write_text(text.replace(LABEL, label), encoding="utf-8")
    return folder


def kg_build(data: Path, out: Path) -> subprocess.Popen[str]:
    """`kg build` as a process of its own, in the folder around the build."""
    command = ["build", "--data", str(data), "--sources", str(data / "sources"), "--out", out.name]
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *command],
        cwd=out.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def swapping(how: str, target: Path, times: int, *sources: Path) -> subprocess.Popen[bytes]:
    """A process that puts prepared folders in the place of a target, so many times."""
    words = [how, str(target), str(times), *map(str, sources)]
    return subprocess.Popen([sys.executable, "-c", SWAPS, *words])


def swap_killed_at(call: int, how: str, target: Path, source: Path) -> bool:
    """Put a folder in a target's place, killed at a call to the system; false if it got through."""
    words = [str(call), how, str(target), "1", str(source)]
    code = subprocess.run([sys.executable, "-c", SUICIDE, *words], check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


def state(out: Path) -> str:
    """The hash of the graph of a build that is whole: manifest, graph, store and table agree."""
    made = read_build(out)
    assert sha256((made.files / "graph.trig").read_bytes()).hexdigest() == made.graph_sha256
    store = made.open()
    assert store.count() == made.quads
    rows = store.select(f'SELECT ?l {{ ?p ?x ?l FILTER(STR(?l) IN ("{LABEL}", "{NEW_LABEL}")) }}')
    (label,) = {getattr(row[0], "value", "") for row in rows.rows}
    names = made.table().names["label_en"].to_list()
    assert [name for name in (LABEL, NEW_LABEL) if name in names] == [label]
    return made.graph_sha256


def beside(out: Path) -> list[str]:
    """What stands in the folder around a build."""
    return sorted(path.name for path in out.parent.iterdir())
