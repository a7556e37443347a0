"""What a report is made of, before it is written as HTML or Markdown.

A line of text is a tuple of pieces: plain text, links, signs of stances, small pictures. Anchors
are made here or from numbers, never from data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup


@dataclass(frozen=True)
class Text:
    """A text; `look` is "" or one of strong, soft, code, quote, badge (dashed when `reported`)."""

    text: str
    look: str = ""
    reported: bool = False


@dataclass(frozen=True)
class Link:
    """A link to an anchor of the same report; `label` says more to those who hear it."""

    text: str
    anchor: str
    label: str = ""


@dataclass(frozen=True)
class Sign:
    """The sign of a stance: + − or ?, hollow when qualified, with a ring when reported."""

    pole: str
    qualified: bool = False
    reported: bool = False
    label: str = ""

    @property
    def glyph(self) -> str:
        """What carries the stance beside its colour."""
        return {"support": "+", "oppose": "−"}.get(self.pole, "?")


@dataclass(frozen=True)
class Picture:
    """A small drawing in a cell, with the words for those who do not see it."""

    drawing: Markup
    alternative: str


@dataclass(frozen=True)
class Break:
    """The start of a new line."""


Piece: TypeAlias = Text | Link | Sign | Picture | Break
Line: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `look` is "" or one of lead, soft, warning."""

    line: Line
    look: str = ""


@dataclass(frozen=True)
class Listing:
    """A list with bullets."""

    items: tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    """A heading below that of its section (level 3)."""

    line: Line
    anchor: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    cells: tuple[Line, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of a table that share a heading; without one they follow the header."""

    rows: tuple[Row, ...]
    heading: Line = ()
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table. `header` is the place of the column that names the rows.

    `pictures` are the places of columns that hold drawings only: Markdown leaves them out.
    """

    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    header: int = 0
    pictures: tuple[int, ...] = ()
    anchor: str = ""
    look: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawing whose numbers are also in a table, which follows it."""

    drawing: Markup
    title: str
    legend: tuple[Line, ...]
    skip: str
    table: str


@dataclass(frozen=True)
class Run:
    """A command that gives the rows behind a section, and the text that was run, if any."""

    command: str
    text: str = ""


@dataclass(frozen=True)
class Method:
    """How a section was made."""

    title: str
    sentences: tuple[str, ...]
    runs: tuple[Run, ...]


Block: TypeAlias = Paragraph | Listing | Heading | Table | Figure | Method


@dataclass(frozen=True)
class Section:
    """A numbered part of the report."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A whole report in one language; `contents` names the list of sections."""

    language: str
    title: str
    contents: str
    lead: tuple[Paragraph, ...]
    sections: tuple[Section, ...]


def plain(text: str, look: str = "") -> Line:
    """A line of one text."""
    return (Text(text, look),) if text else ()


def joined(lines: Sequence[Line], separator: str | Break = ", ") -> Line:
    """Lines as one, with a separator between them; empty ones drop out."""
    between = separator if isinstance(separator, Break) else Text(separator)
    found: list[Piece] = []
    for line in lines:
        if line:
            found.extend((between, *line) if found else line)
    return tuple(found)
