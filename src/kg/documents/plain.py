"""The lines of plain text: a form feed begins a new page, a stroke a cell in a table's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.documents.document import Line
from kg.traced import Traced, joined, put, taken

_LINE = re.compile(r"([^\r\n\f\v\x85\u2028\u2029]*)(\r\n|[\r\n\f\v\x85\u2028\u2029]|\Z)")
_STROKE = re.compile(r"(?<=\S)[ \t]+\|[ \t]+(?=\S)")


def read_plain(text: str) -> tuple[Line, ...]:
    r"""The lines of a text that are not blank, with the white space at their start.

    >>> [(line.text, line.gap, line.page) for line in read_plain("a\nb\n\n c")]
    [('a', False, 0), ('b', False, 0), (' c', True, 0)]
    """
    lines: list[Line] = []
    page = 1 if "\f" in text else 0
    gap = False
    for found in _LINE.finditer(text):
        start, end = found.span(1)
        if found[1] and not found[1].isspace():
            lines.append(Line(taken(text, start, end), page=page, gap=gap))
            gap = False
        else:
            gap = bool(lines)
        if found[2] == "\f":
            page += 1
    return tuple(_with_cells(lines))


def _with_cells(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines below each other with as many strokes are a table's rows: tabs part their cells."""
    strokes = [len(_STROKE.findall(line.text)) for line in lines]
    for at, line in enumerate(lines):
        beside = {*strokes[max(at - 1, 0) : at], *strokes[at + 1 : at + 2]}
        row = strokes[at] > 0 and strokes[at] in beside
        yield replace(line, traced=_parted(line.traced), whole=True) if row else line


def _parted(row: Traced) -> Traced:
    """A row with a tab for each stroke between its cells."""
    pieces: list[Traced] = []
    start = 0
    for stroke in _STROKE.finditer(row.text):
        pieces += [row[start : stroke.start()], put("\t", row.source(stroke.start()))]
        start = stroke.end()
    return joined([*pieces, row[start:]])
