"""Writing a folder or a file whole or not at all.

What is new is written beside its place and moved in when it is whole. Whatever ends the writing (an
error, Ctrl-C, the end of the process), what stood there before is there again: at once, or where
the process was killed in the middle of the move, at the next run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OutputError
from kg.interrupts import stop_if_interrupted


@dataclass(frozen=True)
class Kind:
    """A kind of folder that is made anew: what it is called, and a file that is in each."""

    name: str
    mark: str


@contextmanager
def staged(target: Path, replaces: Kind | None = None) -> Iterator[Path]:
    """An empty folder that takes the place of `target` if the block ends well, and goes if not.

    `replaces` is as for `check_target`, which is asked first; a link to a folder stays a link.
    Raises what `check_target` raises, and `OutputError` for every `OSError`, also of the block.
    """
    check_target(target, replaces)
    place = target.resolve() if target.is_symlink() else target
    staging = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep(place)
        staging = Path(tempfile.mkdtemp(dir=place.parent, prefix=f"{_prefix(place)}{os.getpid()}-"))
        staging.chmod(0o755)
        yield staging
        stop_if_interrupted()
        check_target(target, replaces)  # nobody else has filled it since
        _swap(staging, place)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror or error}): "
            "free space or choose another folder"
        ) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def check_target(target: Path, replaces: Kind | None = None) -> None:
    """Refuse to write over anything but an empty folder, or an earlier one of a kind.

    Raises `OutputError`.
    """
    try:
        if not target.exists() or (target.is_dir() and not any(target.iterdir())):
            return
        if replaces is None:
            raise OutputError(f"{target} is there already: name a new or empty folder")
        if not target.is_dir():
            raise OutputError(f"{target} is a file: name a folder for the {replaces.name}")
        if not (target / replaces.mark).is_file():
            raise OutputError(
                f"The folder {target} holds something else than a {replaces.name}: name another"
            )
    except OSError as error:
        raise OutputError(f"{target} cannot be used ({error.strerror}): name another") from error


def sweep(target: Path) -> None:
    """Clear up after killed processes; one killed in mid-swap gives the old folder back."""
    for path in sorted(target.parent.iterdir()):
        if not path.name.startswith(_prefix(target)):
            continue
        process = path.name.removeprefix(_prefix(target)).partition("-")[0]
        if not process.isdigit() or _alive(int(process)):
            continue
        if path.name.endswith(".old") and not target.exists():
            path.rename(target)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}.new-"


def _alive(process: int) -> bool:
    """Tell whether a process runs; where that cannot be asked without harm, assume so."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old one; the old one comes back if that fails."""
    old = staging.with_name(f"{staging.name}.old")
    try:
        if target.exists():
            target.rename(old)
        staging.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by path relative to a folder; raises `OSError` for the first that cannot be."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read_files(folder: Path) -> dict[str, bytes]:
    """The files of a folder and its subfolders, by relative path with ``/``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def write_atomically(path: Path, text: str) -> None:
    """Write a file beside its place and move it in, so that a failure leaves the old one whole.

    Keeps the permissions of the old file; a link stays a link. Raises `OutputError` if the folder
    cannot be written.
    """
    target = path.resolve()
    name = None
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as handle:
            handle.write(text)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}): choose a folder that you may write to"
        ) from error
    finally:
        if name:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)
