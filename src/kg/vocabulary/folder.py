"""Writing a folder of files, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.errors import OutputError


def write_folder(target: Path, files: Mapping[str, bytes], mark: str) -> None:
    """Write the files, by relative path, as the folder `target`.

    An earlier folder of the same kind, known by the file `mark` in it, is replaced when the new
    one is whole, and stays as it was on failure. Raises `OutputError` for a target that holds
    something else, or that cannot be written.
    """
    try:
        _check(target, mark)
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.new-"))
        try:
            _fill(staging / "new", files)
            _swap(staging / "new", target, staging / "old")
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror or error}): "
            "free space or choose another folder"
        ) from error


def _check(target: Path, mark: str) -> None:
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file: name a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / mark).is_file():
        raise OutputError(f"The folder {target} holds something else: name another")


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _swap(new: Path, target: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, which comes back if that fails."""
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
