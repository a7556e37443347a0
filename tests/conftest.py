"""Fixtures that every test may use: where things are."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


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
