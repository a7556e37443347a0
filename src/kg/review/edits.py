"""What an answer makes of a coding's text: exact edits of the lines that are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.coding.yamlfile import plain, yaml_reader
from kg.curation.exact import applied, exact_edits
from kg.drafting.layout import without_introduction
from kg.drafting.marks import without_mark
from kg.drafting.pieces import LISTS, Piece, Pieces


def own_data(piece: Piece) -> dict[str, Any]:
    """What a piece says itself, without the lists below it."""
    return {key: value for key, value in piece.data.items() if key not in LISTS}


def with_data(pieces: Pieces, piece: Piece, data: Mapping[str, Any]) -> str:
    """The text with other data in a piece, and without its mark: it is the person's from now on."""
    lines = list(pieces.lines[piece.start : piece.own])
    lines[0] = without_mark(lines[0])
    block = "".join(lines)
    edits = exact_edits(block, plain(yaml_reader().load(block)), [dict(data)])
    return _spliced(pieces, piece, applied(block, edits))


def unmarked(pieces: Pieces, piece: Piece) -> str:
    """The text with a piece as it stands, but without its mark."""
    return with_data(pieces, piece, own_data(piece))


def closed(pieces: Pieces, coder: str, day: date) -> str:
    """The text of a coding that is reviewed: accepted, in a person's name."""
    old = dict(pieces.root)
    coding = {**old["coding"], "coder": coder, "codedOn": day.isoformat(), "status": "accepted"}
    text = applied(pieces.text, exact_edits(pieces.text, old, {**old, "coding": coding}))
    return without_introduction(text)


def _spliced(pieces: Pieces, piece: Piece, block: str) -> str:
    before, after = pieces.lines[: piece.start], pieces.lines[piece.own :]
    return "".join([*before, block, *after])
