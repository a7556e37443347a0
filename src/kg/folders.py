"""Writing a folder or a file whole or not at all.

What is new is written beside its place and moved in when it is whole. Whatever ends the writing
(an error, a full disk, Ctrl-C, kill -9), readers find what stood there before at every moment: on
Linux the two folders change places at once. Where that cannot be done, the old one is moved aside
first: a reader finds it there (`kg.locks.standing`), and the next run moves it back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OutputError
from kg.interrupts import stop_if_interrupted
from kg.locks import ASIDE, discard, staging_prefix, standing, writing

_FULL = tuple(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT))
_NOT_HERE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)  # a file system that cannot do this
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


@dataclass(frozen=True)
class Kind:
    """A kind of folder that is made anew: what it is called, and a file that is in each."""

    name: str
    mark: str


@contextmanager
def staged(target: Path, replaces: Kind | None = None) -> Iterator[Path]:
    """An empty folder that takes the place of `target` if the block ends well, and goes if not.

    `replaces` is as for `check_target`, which is asked first; a link to a folder stays a link.
    Raises what `check_target` raises, and `OutputError` where another process is writing the same
    folder, where the disk is full, and for every `OSError`, also of the block.
    """
    check_target(target, replaces)
    with _told(target), _beside(target) as (place, start):
        staging = Path(tempfile.mkdtemp(dir=place.parent, prefix=start))
        made = staging.stat()
        try:
            staging.chmod(0o755)
            yield staging
            stop_if_interrupted()
            check_target(target, replaces)  # nobody else has filled it since
            _settle(staging)
            _swap(staging, place)
        finally:
            with suppress(FileNotFoundError):
                if os.path.samestat(staging.stat(), made):
                    shutil.rmtree(staging, ignore_errors=True)
                else:
                    discard(staging)  # the old folder, which readers may hold


@contextmanager
def staged_file(target: Path) -> Iterator[Path]:
    """An empty file that takes the place of `target` if the block ends well, and goes if not.

    A link to a file stays a link. Raises `OutputError` as `staged` does.
    """
    with _told(target), _beside(target) as (place, start):
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=start)
        os.close(descriptor)
        staging = Path(name)
        try:
            staging.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o644)
            yield staging
            stop_if_interrupted()
            _sync(staging)
            staging.replace(place)
        finally:
            staging.unlink(missing_ok=True)


@contextmanager
def _beside(target: Path) -> Iterator[tuple[Path, str]]:
    """The place of a target, for this process alone, and what names beside it begin with."""
    place = target.resolve() if target.is_symlink() else target
    if place.name in ("", ".."):
        raise OutputError(f"{target} cannot be replaced from inside: give its full path")
    place.parent.mkdir(parents=True, exist_ok=True)
    with writing(place, target):
        sweep(place)
        yield place, f"{staging_prefix(place)}{os.getpid()}-"


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn what keeps a target from being written into an `OutputError`."""
    try:
        yield
    except Exception as error:
        reason = _full(error) or (isinstance(error, OSError) and (error.strerror or str(error)))
        if not reason:
            raise
        raise OutputError(
            f"{target} cannot be written ({reason}): free space or choose another folder"
        ) from error


def _full(error: BaseException | None) -> str:
    """That the disk is full, in the system's words, if an error comes of it; libraries wrap it."""
    while error is not None:
        for reason in _FULL:
            if reason in str(error):
                return reason
        error = error.__cause__ or error.__context__
    return ""


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
    aside = standing(target)
    if aside.name.endswith(ASIDE) and _is_left(aside, target):
        aside.rename(target)
    for path in sorted(target.parent.iterdir()):
        if _is_left(path, target):
            discard(path)


def _is_left(path: Path, target: Path) -> bool:
    """Tell whether a process that is no more has left something beside its target."""
    start = staging_prefix(target)
    process = path.name.removeprefix(start).partition("-")[0]
    return path.name.startswith(start) and process.isdigit() and not _alive(int(process))


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


def _settle(folder: Path) -> None:
    """Have the system write what it still keeps in memory of a folder's files."""
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
    finally:
        os.close(descriptor)


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which then stands at `staging` or is gone.

    Where the two cannot change places at once, the old one comes back if the second move fails.
    """
    if _exchange(staging, target):
        return
    old = staging.with_name(f"{staging.name}{ASIDE}")
    try:
        if target.exists():
            target.rename(old)
        staging.rename(target)
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        discard(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once; false where that cannot be (Linux can, mostly)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


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
