"""What every format of document becomes: a text, and its lines as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.traced import Traced


class Kind(StrEnum):
    """What a line is, as far as its format says; plain text says nothing (all *text*)."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table: the cells are parted by tabs


class Form(StrEnum):
    """The formats that are read."""

    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of a document, without its line end, markup dropped.

    `level` is a heading's rank (1 is the highest) or a list item's depth (0 is the outermost);
    `page` counts from 1 and is 0 where the format has no pages; `gap` tells that white space
    stands before the line; `whole` that the line is a paragraph by itself, so that the next line
    never continues it (a paragraph of DOCX or HTML, a heading, a row).
    """

    traced: Traced
    kind: Kind = Kind.TEXT
    level: int = 0
    page: int = 0
    gap: bool = False
    whole: bool = False

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.traced.text


@dataclass(frozen=True)
class Document:
    """A document file: `text` is what all offsets count in, in code points.

    For plain text, Markdown and HTML it is the decoded file, line ends as they stand; for DOCX and
    PDF the text that was taken out of the file (`kg read --format text` prints it).
    """

    path: Path
    form: Form
    text: str
    sha256: str
    lines: tuple[Line, ...]
