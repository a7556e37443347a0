"""Locks that the system lets go when their process ends, also by kill -9.

A writer locks a hidden file beside its place. A reader holds the folder that it reads: with a lock
that readers share, so that the folder is kept when another takes its place, and by the folder and
not its name, so that what is opened later is of the same folder. (Of a store's files RocksDB opens
sixteen at once, and the others when a query asks for them.)

A system or a file system that has no such locks is worked on without them. (The package `filelock`
has no locks to share, leaves its file behind, and there makes a lock that outlives a kill.)
"""

from __future__ import annotations

import os
import shutil
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import OutputError

ASIDE = ".old"
"""The end of the name of a folder that is moved out of the way."""
_TRIES = 100
_DESCRIPTORS = Path("/proc/self/fd")  # Linux: what a process has opened, by number


def staging_prefix(place: Path) -> str:
    """What the names of folders begin with that are to take a place, or have lost it."""
    return f".{place.name}.new-"


@contextmanager
def writing(place: Path, name: Path) -> Iterator[None]:
    """Let one process at a time write a folder or a file, called `name`; leave nothing behind.

    Raises `OutputError` where another is at it, `OSError` where the folder around it takes no file.
    """
    file = place.with_name(f".{place.name}.lock")
    descriptor = _locked(file)
    if descriptor is None:
        raise OutputError(f"Another kg is writing {name}: wait until it is done")
    try:
        yield
    finally:
        if sys.platform == "win32":  # which removes no file that is open
            os.close(descriptor)
        with suppress(OSError):
            file.unlink()
        if sys.platform != "win32":
            os.close(descriptor)


def _locked(file: Path) -> int | None:
    """The file, locked and still at its place; None where another has it."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        if _is_at(file, descriptor):
            return descriptor
        os.close(descriptor)  # its writer has just ended and removed it: make the next


class Held:
    """A folder that a reader holds as long as it keeps this.

    `path` leads into the folder, also when it has lost its name to another.
    """

    def __init__(self, path: Path, place: Path, descriptor: int | None) -> None:
        self.path = path
        if descriptor is not None:
            weakref.finalize(self, _let_go, descriptor, place, os.getpid())


def hold(folder: Path) -> Held:
    """Hold a folder for reading, also one whose writer has moved it out of the way.

    Raises `OSError` where there is none.
    """
    place = folder.resolve()
    for _ in range(_TRIES):
        found = standing(place)
        try:
            descriptor = _opened(found)
        except FileNotFoundError:
            if standing(place) == found:
                raise
            continue
        if descriptor is None:
            return Held(found, place, None)
        if _lock(descriptor, shared=True) and _is_at(found, descriptor):
            return Held(_way_into(descriptor, found), place, descriptor)
        os.close(descriptor)  # it has just been replaced
    raise BlockingIOError(f"{folder} is replaced again and again")


def standing(folder: Path) -> Path:
    """Where a folder stands: at its place, or aside, if its writer was killed between two moves."""
    place = folder.resolve()
    if not place.exists():
        with suppress(OSError):
            start = staging_prefix(place)
            aside = [
                path
                for path in place.parent.iterdir()
                if path.name.startswith(start) and path.name.endswith(ASIDE)
            ]
            return max(aside, key=lambda path: path.stat().st_ctime_ns, default=place)
    return place


def discard(path: Path) -> None:
    """Remove a file, or a folder unless a reader holds it: that one removes it in the end."""
    if path.is_symlink() or not path.is_dir():
        with suppress(OSError):
            path.unlink()
        return
    with suppress(OSError):
        descriptor = _opened(path)
        try:
            if descriptor is None or _lock(descriptor):
                shutil.rmtree(path, ignore_errors=True)
        finally:
            if descriptor is not None:
                os.close(descriptor)


def _let_go(descriptor: int, place: Path, process: int) -> None:
    """Let a folder go; remove it if another stands in its place and nobody else holds it."""
    try:
        with suppress(OSError):
            now = (_DESCRIPTORS / str(descriptor)).readlink()
            replaced = now.name.startswith(staging_prefix(place)) and place.exists()
            # A forked process has the same lock, not one of its own.
            if replaced and process == os.getpid() and _lock(descriptor):
                shutil.rmtree(now, ignore_errors=True)
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int | None:
    """A folder opened; None where the system does not open folders, or not this one."""
    if sys.platform == "win32":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return None


def _way_into(descriptor: int, folder: Path) -> Path:
    """A path that stays with the opened folder, where the system has such, else its name."""
    path = _DESCRIPTORS / str(descriptor)
    return path if _is_at(path, descriptor) else folder


def _is_at(path: Path, descriptor: int) -> bool:
    """Tell whether a path leads to what is open."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _lock(descriptor: int, shared: bool = False) -> bool:
    """Lock what is open without waiting; tell whether no other lock is in the way."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # no locks here
    return True
