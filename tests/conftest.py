"""Fixtures that every test may use: where things are."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kg.build import build
from kg.coding.dataset import Dataset, find_files, load_dataset

# The same examples each time; a slow machine is no failure.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shipped(root: Path) -> Dataset:
    """The shipped data without sources, read once; it has no finding."""
    dataset, findings = load_dataset(find_files(root / "data", root / "data"))
    assert findings == []
    return dataset


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the shipped data, made once; tests read it only."""
    out = tmp_path_factory.mktemp("built") / "build"
    build(root / "data", out)
    return out


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The folder beside the checkout with memos and reference data; skips where there is none."""
    folder = root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder “shared” beside the checkout (memos are not published)")
    return folder


@pytest.fixture(scope="session")
def project_files(root: Path) -> list[Path]:
    """Every file that git tracks or would track; skips outside a git checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (root / ".git").exists():
        pytest.skip("needs a git checkout to know which files are the project's")
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout
    paths = (root / name for name in sorted(set(filter(None, listed.split("\0")))))
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium, without a window."""
    reason = "needs playwright (kg's dev extra)"
    sync_api = pytest.importorskip("playwright.sync_api", reason=reason)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    quiet = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield started
        started.close()
