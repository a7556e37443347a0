"""A line as it is seen among others: clean, with its place on the page and how it begins."""

from __future__ import annotations

from dataclasses import dataclass

from kg.documents.document import Kind, Line
from kg.documents.marks import bulleted, labelled, numbered
from kg.traced import Traced


@dataclass(slots=True)
class Seen:
    """A line that stays; `gap` and `turn` tell that white space or a new page stands before it.

    `indent` and `width` count columns, tabs stretched; `column` is where its last cell begins.
    """

    traced: Traced
    text: str
    kind: Kind
    level: int
    page: int
    gap: bool
    turn: bool
    whole: bool
    indent: int
    width: int
    column: int
    marked: bool
    label: bool


def seen(line: Line, traced: Traced, gap: bool, turn: bool) -> Seen:
    """Look at a line whose clean text is `traced`."""
    raw, text = line.traced.text, traced.text
    if "\t" in raw:
        raw = raw.expandtabs()
    raw = raw.rstrip()
    indent = len(raw) - len(raw.lstrip())
    column = indent
    if "\t" in text:
        column = max(raw.rfind(text[text.rfind("\t") + 1 :][:20]), indent)
    marked = numbered(text) or bulleted(text)
    return Seen(
        *(traced, text, line.kind, line.level, line.page, gap, turn, line.whole),
        *(indent, len(raw), column, marked, labelled(text)),
    )
