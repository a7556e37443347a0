"""A project from a stranger: what could do harm is refused in one sentence, before it is read."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.refi import archive
from kg.refi.archive import open_archive
from kg.refi.imports import Options, import_project
from refi_projects import Made, text_source, whole

Spoil = Callable[[Path], None]
MEGABYTE = 2**20


def refused(path: Path) -> str:
    """The one sentence with which an import of a file ends."""
    with pytest.raises(InputError) as caught:
        import_project(path, Options())
    message = str(caught.value)
    assert message.count("\n") == 0
    assert ": " in message, "no remedy"
    return message


def added(name: str, content: bytes = b"x", attributes: int = 0) -> Spoil:
    """Put one more file into a project."""

    def spoil(path: Path) -> None:
        info = zipfile.ZipInfo(name)
        info.filename = name  # as written: ZipInfo would cut it at a NUL
        info.external_attr = attributes
        info.compress_type = zipfile.ZIP_DEFLATED
        with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as opened:
            warnings.simplefilter("ignore")  # zipfile itself warns of a name that is there twice
            opened.writestr(info, content)

    return spoil


def flagged(path: Path) -> None:
    """Set the bit that says “encrypted” in every header."""
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + at] |= 1
            start = raw.find(mark, start + 1)
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def damaged(path: Path) -> None:
    """Change bytes in the middle of the compressed project file."""
    raw = bytearray(path.read_bytes())
    raw[200:240] = bytes(40)
    path.write_bytes(raw)


def claims_less(path: Path) -> None:
    """A bomb whose headers claim ten bytes: what is read decides, not what is claimed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("project.qde", bytes(64 * MEGABYTE))
    raw = path.read_bytes().replace(struct.pack("<L", 64 * MEGABYTE), struct.pack("<L", 10))
    path.write_bytes(raw)


def overlapping(path: Path) -> None:
    """Let two entries of the directory share the bytes of one file."""
    added("sources/more.txt", b"more")(path)
    raw = bytearray(path.read_bytes())
    last = raw.rfind(b"PK\x01\x02")
    raw[last + 42 : last + 46] = struct.pack("<L", 0)
    path.write_bytes(raw)


def squeezed(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("project.qde", Made().xml())


def without_project(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("sources/memo.txt", "Hello")


def two_projects(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("one.qde", Made().xml())
        opened.writestr("two.qde", Made().xml())


def as_bytes(content: bytes) -> Spoil:
    def spoil(path: Path) -> None:
        path.write_bytes(content)

    return spoil


def inner_archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("project.qde", "x")
    return made.getvalue()


BAD: dict[str, tuple[Spoil, str]] = {
    "bomb": (added("sources/film.mp4", bytes(8 * MEGABYTE)), "zip bomb"),
    "bomb that claims less": (claims_less, "damaged or cut off"),
    "shared bytes": (overlapping, "zip bomb"),
    "parent folder": (added("sources/../../evil.txt"), "leads out of the archive"),
    "backslashes": (added("sources\\..\\..\\evil.txt"), "leads out of the archive"),
    "absolute": (added("/etc/passwd"), "leads out of the archive"),
    "drive": (added("C:\\evil.txt"), "leads out of the archive"),
    "link": (added("sources/link.txt", b"/etc/passwd", (stat.S_IFLNK | 0o777) << 16), "a link"),
    "same name": (added("sources/memo.txt"), "two files of the name"),
    "same name in capitals": (added("Sources/MEMO.txt"), "two files of the name"),
    "another archive": (added("sources/more.qdpx", inner_archive()), "another archive"),
    "encrypted": (flagged, "is encrypted"),
    "cut off": (cut, "damaged or cut off"),
    "damaged": (damaged, "damaged or cut off"),
    "strange compression": (squeezed, "compressed by a method"),
    "no project": (without_project, "no project.qde"),
    "two projects": (two_projects, "several *.qde"),
    "no ZIP": (as_bytes(b"SQLite format 3\0"), "is no ZIP archive"),
    "empty": (as_bytes(b""), "is no ZIP archive"),
    "bare XML": (as_bytes(b'\xef\xbb\xbf<?xml version="1.0"?><CodeBook/>'), "XML by itself"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_could_do_harm_is_refused(tmp_path: Path, kind: str) -> None:
    spoil, expected = BAD[kind]
    path = Made().write(tmp_path / "ferry.qdpx")
    spoil(path)
    assert expected in refused(path)
    assert [one.name for one in tmp_path.iterdir()] == ["ferry.qdpx"]


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    assert "is not there" in refused(tmp_path / "none.qdpx")
    assert "is a folder" in refused(tmp_path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    assert "more than 1: split the project" in refused(Made().write(tmp_path / "a.qdpx"))


def test_what_all_files_claim_together_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_CLAIMED", 100)
    assert "zip bomb" in refused(Made().write(tmp_path / "a.qdpx"))


@pytest.mark.parametrize("limit", ["MAX_MEMBER", "MAX_READ"])
def test_limits_hold_while_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(archive, limit, 1000)
    assert "larger than what is read of a project" in refused(Made().write(tmp_path / "a.qdpx"))


def test_the_ratio_is_counted_while_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the check of the directory saw nothing."""
    path = Made(files={"sources/memo.txt": b"a" * 50_000}).write(tmp_path / "a.qdpx")
    with open_archive(path) as opened:
        monkeypatch.setattr(archive, "SMALL", 1000)
        with pytest.raises(InputError, match="zip bomb"):
            opened.read("sources/memo.txt")


PATHS = [
    "internal://../../etc/passwd",
    "internal://..\\secret.txt",
    "internal://%2e%2e/secret.txt",
    "internal://C:/secret.txt",
    "/etc/passwd",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_source_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    made = Made(sources=text_source(whole(), path)).write(tmp_path / "a.qdpx")
    assert "leads out of the archive" in refused(made)
