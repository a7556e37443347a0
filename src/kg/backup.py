"""`kg backup` and `kg restore`: a build as one file, and back, every hash checked.

The file is a tar, packed by gzip. Its first member, ``kg-backup.json``, names every other with its
size and SHA-256; these follow in order below ``build/``. The same build gives the same bytes (with
the same zlib): no times, no owners. It is read through once, in order: what is not exactly as the
first member says is refused.
"""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path, PureWindowsPath
from typing import IO, Any

from kg import __version__
from kg.build import FORMAT as BUILD_FORMAT
from kg.build import GRAPH, KIND, Build, Progress, quiet, read_build
from kg.errors import InputError, KgError, OutputError, StoreError
from kg.folders import check_target, staged, staged_file

FORMAT = 1
MANIFEST = "kg-backup.json"
_FOLDER = "build/"
_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # gzip without a time, a name or a system
_PART = 1 << 20
_LARGEST_MANIFEST = 1 << 26


@dataclass(frozen=True)
class Sealed:
    """A file in a backup: how long it is, and its hash."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """What a backup says it holds: the files of a build, by path, and who wrote it."""

    made_by: str
    build_format: int
    files: Mapping[str, Sealed]


def backup(made: Build, file: Path, progress: Progress = quiet) -> Backup:
    """Write a build into one file, and read it back; an earlier file stays until that is done.

    Raises `StoreError` for a build that is damaged, `OutputError` where the file cannot be written
    or reads otherwise than it was written.
    """
    if file.resolve().is_relative_to(made.folder.resolve()):
        raise OutputError(f"{file} lies in the build itself: name a file elsewhere")
    progress("Reading the build")
    contents = _contents(made)
    if fault := _fault(made, contents):
        raise StoreError(f"The build in {made.folder} is damaged ({fault}): build it again")
    with staged_file(file) as staging:
        progress("Writing the backup")
        _pack(made.files, contents, staging)
        progress("Reading it back")
        try:
            same = _unpack(staging) == contents
        except InputError as error:
            raise OutputError(_unlike(file)) from error
        if not same:
            raise OutputError(_unlike(file))
    return contents


def restore(file: Path, out: Path, progress: Progress = quiet) -> Build:
    """Make the build of a backup in `out`, in place of the build that was there.

    Raises `InputError` for a file that is no backup, is damaged, or is of another version, and
    `OutputError` if `out` is no build, or cannot be written: then the earlier build is as it was.
    """
    check_target(out, KIND)
    with staged(out, KIND) as staging:
        progress("Reading the backup")
        contents = _unpack(file, staging)
        progress("Opening the build")
        try:
            fault = _fault(read_build(staging), contents)
        except KgError as error:
            raise InputError(f"{file} holds no build that opens: take another copy") from error
        if fault:
            raise _damaged(file, fault)
    return read_build(out)


def _contents(made: Build) -> Backup:
    """The files of a build with their hashes; raises `StoreError` where one cannot be read."""
    files = {}
    try:
        for path in made.files.rglob("*"):
            if path.is_file():
                name = path.relative_to(made.files).as_posix()
                files[name] = _sealed(path)
    except OSError as error:
        raise StoreError(f"{made.folder} cannot be read ({error.strerror})") from error
    return Backup(f"apro-kg {__version__}", BUILD_FORMAT, dict(sorted(files.items())))


def _sealed(path: Path) -> Sealed:
    with path.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
        return Sealed(opened.tell(), digest)


def _fault(made: Build, contents: Backup) -> str:
    """What is wrong with a build whose files are known; raises `StoreError` if it does not open."""
    graph = contents.files.get(GRAPH)
    if graph is None or graph.sha256 != made.graph_sha256:
        return f"{GRAPH} is another than it names"
    count = made.open().count()
    return "" if count == made.quads else f"its store has {count} quads, not {made.quads}"


def _pack(folder: Path, contents: Backup, file: Path) -> None:
    manifest = json.dumps({"format": FORMAT, **asdict(contents)}, indent=1).encode() + b"\n"
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.addfile(_member(MANIFEST, len(manifest)), BytesIO(manifest))
        for name, sealed in contents.files.items():
            with (folder / name).open("rb") as opened:
                tar.addfile(_member(f"{_FOLDER}{name}", sealed.size), opened)


def _member(name: str, size: int) -> tarfile.TarInfo:
    """A regular file of nobody's, of no time."""
    member = tarfile.TarInfo(name)
    member.size = size
    return member


def _unpack(file: Path, into: Path | None = None) -> Backup:
    """Read a backup to its end, and check every file; write them into a folder, if one is given.

    Raises `InputError`, and `OSError` where the folder cannot be written.
    """
    with ExitStack() as opened:
        with _reading(file):
            packed, tar = _opened(file, opened)
            contents = _read_manifest(file, tar)
        for name, sealed in contents.files.items():
            with _reading(file):
                stream = _next(file, tar, f"{_FOLDER}{name}", sealed.size)
            digest = sha256()
            with nullcontext() if into is None else _created(into / name) as made:
                for part in _parts(stream, file):
                    digest.update(part)
                    if made:
                        made.write(part)
            if digest.hexdigest() != sealed.sha256:
                raise _damaged(file, f"{name} has another hash")
        with _reading(file):
            if tar.next() is not None or any(part.strip(b"\0") for part in _parts(packed)):
                raise _damaged(file, "it holds more than it names")
    return contents


def _opened(file: Path, opened: ExitStack) -> tuple[gzip.GzipFile, tarfile.TarFile]:
    raw = opened.enter_context(file.open("rb"))
    head = raw.read(len(_HEAD))
    if head != _HEAD:
        if _HEAD.startswith(head):
            raise EOFError
        raise _foreign(file)
    raw.seek(0)
    packed = opened.enter_context(gzip.GzipFile(fileobj=raw))
    return packed, opened.enter_context(tarfile.open(fileobj=packed, mode="r|"))


def _read_manifest(file: Path, tar: tarfile.TarFile) -> Backup:
    """The first member of a backup, checked; raises `InputError` for one of another version."""
    member = tar.next()
    stream = tar.extractfile(member) if member else None
    if member is None or stream is None or member.name != MANIFEST:
        raise _foreign(file)
    if not 0 <= member.size <= _LARGEST_MANIFEST:
        raise _damaged(file, f"{MANIFEST} is too long")
    found: dict[str, Any] = json.loads(stream.read())
    made_by, build_format = str(found["made_by"]), int(found["build_format"])
    if found["format"] > FORMAT:
        raise InputError(f"{file} was made by a newer kg ({made_by}): restore it with that")
    if build_format != BUILD_FORMAT:
        raise InputError(
            f"{file} holds a build of form {build_format}, this kg reads {BUILD_FORMAT}: "
            f"restore it with {made_by}"
        )
    files = {name: Sealed(**found["files"][name]) for name in sorted(found["files"])}
    for name in files:
        if not _stays_inside(name):
            raise _damaged(file, f"it names a file outside the build, “{name}”")
    return Backup(made_by, build_format, files)


def _next(file: Path, tar: tarfile.TarFile, name: str, size: int) -> IO[bytes]:
    """The next member, which must be a plain file of just that name and size."""
    member = tar.next()
    if member is None or member.name != name:
        raise _damaged(file, f"it lacks {name}")
    if hasattr(tarfile, "data_filter"):  # Python before 3.11.4 has none
        tarfile.data_filter(member, _FOLDER)
    stream = tar.extractfile(member) if member.isreg() and not member.issparse() else None
    if stream is None or member.size != size:
        raise _damaged(file, f"{name} is another than it says")
    return stream


def _stays_inside(name: str) -> bool:
    """Tell whether a path with ``/`` leads to a file inside a folder, on any system."""
    plain = all(part not in ("", ".", "..") for part in name.split("/"))
    return plain and not PureWindowsPath(name).drive and not set(name) & {"\\", "\0"}


def _created(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")


def _parts(stream: IO[bytes] | gzip.GzipFile, file: Path | None = None) -> Iterator[bytes]:
    """What a stream holds, in parts; faults of a backup as `_reading` tells them."""
    while True:
        with _reading(file) if file else nullcontext():
            part = stream.read(_PART)
        if not part:
            return
        yield part


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Turn all that may be wrong with a backup into an `InputError`."""
    try:
        yield
    except KgError:
        raise
    except EOFError as error:
        raise InputError(f"{file} is cut off: take another copy") from error
    except OSError as error:
        if error.errno is None:  # what is wrong with the packing
            raise _damaged(file, str(error)) from error
        raise InputError(f"{file} cannot be read ({error.strerror}): name a backup") from error
    except Exception as error:  # tarfile, zlib and json have many
        raise _damaged(file, str(error) or type(error).__name__) from error


def _damaged(file: Path, reason: str) -> InputError:
    return InputError(f"{file} is damaged ({reason}): take another copy")


def _foreign(file: Path) -> InputError:
    return InputError(f"{file} is no backup of kg: name a file that “kg backup” has made")


def _unlike(file: Path) -> str:
    return f"{file} does not read back as it was written: choose another disk"
