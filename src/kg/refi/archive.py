"""The ZIP of a project, opened as a stranger's file: every name and size is looked at first.

Nothing is ever unpacked to disk. Only the project file and the plain texts that it names are read,
in pieces that are counted, so that what a header claims of a size is never relied on.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from kg.errors import InputError

MAX_MEMBERS = 20_000
MAX_MEMBER = 256 * 2**20
"""Bytes of the project file or of one text, uncompressed."""
MAX_READ = 2**30
"""Bytes that are read of one archive in all."""
MAX_CLAIMED = 64 * 2**30
"""Bytes that all members claim to be: projects hold films, but no more than this."""
MAX_RATIO = 200
SMALL = 2**20
"""Below this size a high ratio does no harm: a text of blanks is no bomb."""

PROJECT_FILE = "project.qde"
NESTED = (".zip", ".qdpx", ".7z", ".rar", ".gz", ".tar", ".jar")

_CHUNK = 2**16
_LOCAL_HEADER = 30
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass
class Archive:
    """An open project archive; `members` are by normalised name, as `sources/memo.txt`."""

    path: Path
    members: Mapping[str, zipfile.ZipInfo]
    _zip: zipfile.ZipFile
    _read: int = 0

    def find(self, name: str) -> str | None:
        """The member of a name, whatever its case, or None."""
        return self._folded.get(name.casefold())

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {member.casefold(): member for member in self.members}

    def project_file(self) -> str:
        """The name of the project file: `project.qde`, or the one `*.qde` at the top.

        ATLAS.ti names it after the project. Raises `InputError` if there is none, or several.
        """
        if found := self.find(PROJECT_FILE):
            return found
        others = [name for name in self.members if "/" not in name and _ends(name, (".qde",))]
        if len(others) == 1:
            return others[0]
        what = "several *.qde" if others else f"no {PROJECT_FILE}"
        raise InputError(
            f"{self.path} has {what} at its top: export the project anew as REFI-QDA project"
        )

    def read(self, name: str) -> bytes:
        """The bytes of a member, counted as they come; raises `InputError` past a limit."""
        info = self.members[name]
        pieces: list[bytes] = []
        size = 0
        with _clear(self.path), self._zip.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                self._read += len(piece)
                self._check(name, size, info.compress_size)
                pieces.append(piece)
        return b"".join(pieces)

    def _check(self, name: str, size: int, compressed: int) -> None:
        if size > SMALL and size > MAX_RATIO * max(compressed, 1):
            raise _bomb(self.path, name)
        if size > MAX_MEMBER or self._read > MAX_READ:
            raise InputError(
                f"{self.path}: {name} is larger than what is read of a project "
                f"({MAX_MEMBER // 2**20} MB a text, {MAX_READ // 2**20} MB in all): split the "
                "project and export its parts"
            )


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a project for reading, every name, size and flag of its directory checked.

    Raises `InputError` for what is no whole ZIP, is encrypted, or could do harm.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not there"
        raise InputError(f"{path} {what}: give a project that was exported as .qdpx")
    _check_start(path)
    with _clear(path), zipfile.ZipFile(path) as opened:
        yield Archive(path, _checked(path, opened.infolist()), opened)


@contextmanager
def _clear(path: Path) -> Iterator[None]:
    """One sentence for whatever reading a damaged archive raises."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise InputError(
            f"{path} is damaged or cut off ({str(error) or 'it ends too early'}): export or copy "
            "it again"
        ) from error


def _check_start(path: Path) -> None:
    """Say what a file is that does not begin as a ZIP does."""
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): check its permissions"
        ) from error
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return
    text = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    if text.startswith(b"<"):
        what = "is XML by itself, perhaps a codebook (.qdc) or the project.qde of a project"
    else:
        what = "is no ZIP archive, as a REFI-QDA project is one"
    raise InputError(f"{path} {what}: give the .qdpx file that the program exports")


def _checked(path: Path, infos: Sequence[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    """The members by normalised name; raises `InputError` for the first that may not be there."""
    if len(infos) > MAX_MEMBERS:
        raise InputError(
            f"{path} has {len(infos)} files, more than {MAX_MEMBERS}: split the project"
        )
    if sum(info.file_size for info in infos) > MAX_CLAIMED:
        raise _bomb(path, "the whole")
    _check_overlap(path, infos)
    members: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = _check_member(path, info)
        if info.is_dir():
            continue
        if name.casefold() in seen:
            raise InputError(
                f"{path} has two files of the name {name}, and which one is meant is not said: "
                "export the project again"
            )
        seen.add(name.casefold())
        members[name] = info
    return members


def _check_member(path: Path, info: zipfile.ZipInfo) -> str:
    """The normalised name of a member that may stay; raises `InputError` for any other."""
    name = info.filename.replace("\\", "/")
    if not _stays_inside(name):
        raise InputError(
            f"{path} holds the file name {ascii(info.filename)[1:-1]}, which leads out of the "
            "archive: do not use a file from this origin"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError(f"{path} holds a link ({name}) in place of a file: export it again")
    if info.flag_bits & 0x1:
        raise InputError(f"{path} is encrypted ({name}): save it without a password")
    if info.compress_type not in _METHODS:
        raise InputError(
            f"{path}: {name} is compressed by a method that REFI-QDA does not use: zip it anew "
            "with “deflate”"
        )
    if _ends(name, NESTED):
        raise InputError(
            f"{path} holds another archive ({name}): take it out, and give the .qdpx file itself"
        )
    if info.file_size > SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise _bomb(path, name)
    return name


def _stays_inside(name: str) -> bool:
    parts = name.split("/")
    absolute = name.startswith("/") or ":" in parts[0]
    return bool(name) and not absolute and ".." not in parts and "\0" not in name


def _check_overlap(path: Path, infos: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse files that share their bytes: the trick of small archives that grow without end."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for one, after in pairwise(ordered):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > after.header_offset:
            raise _bomb(path, one.filename)


def _bomb(path: Path, name: str) -> InputError:
    return InputError(
        f"{path}: {name} would grow beyond all measure when unpacked, as in a “zip bomb”: do not "
        "use a file from this origin"
    )


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.casefold().endswith(endings)
