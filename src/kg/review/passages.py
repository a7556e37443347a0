"""The passage that a question is about: from the document, else from the comments of the coding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.drafting.pieces import Piece, Pieces
from kg.errors import InputError
from kg.source import Source, read_source

AROUND = 500  # characters shown before and after the evidence
_BESIDE = ("sources", "memos", ".")


@dataclass(frozen=True)
class Passage:
    """A text in three parts: the middle one is the evidence."""

    before: str
    evidence: str
    after: str


def find_source(coding: Path, pieces: Pieces, folder: Path | None) -> Source | None:
    """The document of a coding: in the folder given, or beside the coding.

    Raises `InputError` if the folder given is none.
    """
    document = pieces.root.get("document")
    stated = document if isinstance(document, dict) else {}
    name, sha256 = stated.get("fileName"), stated.get("sha256")
    if folder is not None and not folder.is_dir():
        raise InputError(f"There is no folder {folder}: name the one that holds the memos")
    if not isinstance(name, str):
        return None
    for path in _candidates(coding, name, folder):
        try:
            source = read_source(path)
        except InputError:
            continue  # it cannot be the document that was coded
        if sha256 in (None, source.sha256):
            return source
    return None


def _candidates(coding: Path, name: str, folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield from sorted(path for path in folder.rglob("*") if path.name == name)
        return
    for base in (coding.parent, coding.parent.parent, coding.parent.parent.parent):
        for below in _BESIDE:
            path = base / below / name
            if path.is_file():
                yield path


def passage(pieces: Pieces, piece: Piece, source: Source | None) -> Passage | None:
    """What is shown of a piece: its entry's words with the evidence in them."""
    entry = piece if piece.kind == "entries" else pieces.parent(piece, "entries")
    if source is None or piece.span is None:
        return _commented(pieces, entry or piece, piece)
    start, end = piece.span
    low, high = entry.span if entry is not None and entry.span else piece.span
    low, high = min(low, start), max(high, end)
    low, high = max(low, start - AROUND), min(high, end + AROUND)
    if piece is entry:
        low, high = start, end
    before, after = _words(source, low, start), _words(source, end, high)
    if low == start - AROUND and before:
        before = f"… {before.partition(' ')[2]}"
    if high == end + AROUND and after:
        after = f"{after.rpartition(' ')[0]} …"
    return Passage(before, _words(source, start, end), after)


def _words(source: Source, start: int, end: int) -> str:
    if start >= end:
        return ""
    reading = source.reading
    return reading.text[reading.to_reading(start) : reading.to_reading(end)].strip()


def _commented(pieces: Pieces, entry: Piece, piece: Piece) -> Passage | None:
    """The words of the comments above the entry and above the piece itself."""
    above = _comment(pieces, entry) if entry is not piece else ""
    words = _comment(pieces, piece)
    return Passage(above, words, "") if above or words else None


def _comment(pieces: Pieces, piece: Piece) -> str:
    lines = pieces.lines[piece.first : piece.start]
    return " ".join(line.strip().lstrip("#").strip() for line in lines)
