"""Blocks: paragraphs, headings, list items and table rows, whole again, with every repair named.

Lines cut by a page's width are joined, words cut at a line's end as well; page numbers and running
headers drop out, so that a sentence goes on over the page. Each change is a `Repair` that says
which characters of the source it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.documents.document import Kind
from kg.traced import Traced


class Change(StrEnum):
    """What a repair does."""

    HYPHEN = "word cut at a line's end joined"
    LINE = "line that goes on joined"
    PAGE = "paragraph that goes on over a page break joined"
    PAGE_NUMBER = "page number left out"
    RUNNING_HEAD = "running header or footer left out"
    SIGN = "sign written in its usual form"
    SPACE = "white space folded"
    MARKUP = "markup left out"


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """A change: the source range that reads as `reading` (empty: left out)."""

    start: int
    end: int
    change: Change
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row; see `kg.documents.document.Line`.

    No line ends stand in it, white space is folded; only tabs part the cells of a row (also in
    plain text, where a tab or a wide gap stands in the line).
    """

    traced: Traced
    kind: Kind = Kind.TEXT
    level: int = 0
    page: int = 0
    gap: bool = False

    @property
    def text(self) -> str:
        """What it reads as."""
        return self.traced.text

    @property
    def cells(self) -> tuple[Traced, ...]:
        """The parts between tabs, without white space around them; one, where there is no tab."""
        found, start = [], 0
        for end in [*(at for at, sign in enumerate(self.text) if sign == "\t"), len(self.text)]:
            found.append(self.traced[start:end].strip())
            start = end + 1
        return tuple(found)


@dataclass(frozen=True)
class Reading:
    """A document read through: its blocks in order, and what was changed to get them."""

    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]
