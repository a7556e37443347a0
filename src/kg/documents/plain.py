"""The lines of plain text. A form feed begins a new page."""

from __future__ import annotations

import re

from kg.documents.document import Line
from kg.traced import taken

_LINE = re.compile(r"([^\r\n\f\v\x85\u2028\u2029]*)(\r\n|[\r\n\f\v\x85\u2028\u2029]|\Z)")


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
    return tuple(lines)
