"""Files with bytes changed, cut or doubled: read or refused, never a crash and never a hang."""

from __future__ import annotations

import random
import time
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from documents_made import column, docx, level, listed, paragraph, part, pdf, table, written, zipped
from kg.documents.read import read_document
from kg.documents.through import read_through
from kg.errors import InputError

_LONGEST = 2.0  # seconds for a file of some kilobytes: a hang is longer
_NUMBERS = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    f"{level(0, 'decimal', '%1.')}{level(1, 'lowerRoman', '%2)')}"
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
_DOCX = docx(
    paragraph("Muistio")
    + listed("Avaus", 1)
    + listed("Kohta", 1, 1)
    + table([paragraph("Läsnä"), paragraph("Matti") + paragraph("Teppo")]),
    numbering=_NUMBERS,
)
_SEEDS = {
    "docx": _DOCX,
    "pdf": pdf(column("Muistio\n\n1. Avaus\nKokous avattiin ja\npäätettiin."), column("2\nLoppu")),
    "html": b"<!doctype html><meta charset=utf-8><h1>Muistio</h1><ol start=2><li>Avaus</ol>"
    b"<table><tr><td>A<td>B</table><p title='x'>P&auml;&auml;t&ouml;s<!-- a --><br>b",
    "md": b"---\ntitle: a\n---\n# Muistio\n\n* a\n1. b\n\n|a|b|\n|-|-|\n|c|`d`|\n\n"
    b"**\xc3\xa4** [x](y)",
    "txt": "Muistio\r\n\r\nAika\tma 3.1.\n2 (3)\n\x0cennak-\nkoon – ”ja”".encode("cp1252"),
}
_TOKENS = (
    *(b"<", b">", b"&", b"'", b'"', b"(", b")", b"\x00", b"\xff", b"<w:tbl>", b"</w:p>", b"<!--"),
    *(b"obj", b"9999999999", b"-1", b"%1", b"/Length", b"\n", b"|", b"*", b"\xef\xbb\xbf", b"PK"),
)


def _changed(raw: bytes, chance: random.Random) -> bytes:
    made = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at:at] = chance.choice(_TOKENS)
            case 2:
                del made[at : at + chance.randint(1, 40)]
            case 3:
                made[at:at] = made[at : at + chance.randint(1, 200)]
            case _:
                end = chance.randrange(len(made) + 1)
                made[at:at] = made[end : end + 30]
    return bytes(made)


def _changed_within(raw: bytes, chance: random.Random) -> bytes:
    """A ZIP archive with one of its files changed, and itself whole."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in files if name.startswith("word/")])
    files[name] = _changed(files[name], chance)
    return zipped(files)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", list(_SEEDS))
def test_changed_files_are_read_or_refused(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(f"6 {suffix}")
    for number in range(1500):
        within = suffix == "docx" and number % 3 > 0
        raw = (_changed_within if within else _changed)(_SEEDS[suffix], chance)
        path = written(tmp_path, f"memo.{suffix}", raw)
        start = time.process_time()
        with suppress(InputError):
            reading = read_through(read_document(path))
            assert all(block.text.strip() for block in reading.blocks)
        assert time.process_time() - start < _LONGEST, (number, raw[:200])


@pytest.mark.parametrize("suffix", list(_SEEDS))
def test_the_files_that_are_changed_are_good(suffix: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"memo.{suffix}", _SEEDS[suffix])
    assert "Muistio" in read_through(read_document(path)).blocks[0].text or suffix == "md"
