"""What a caller tells a page beside the statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from kg.errors import InputError
from kg.statements import Label

Codes: TypeAlias = Mapping[str, Mapping[str, Label]]
"""Labels of the code lists that pages show: ``{"stance": {notation: Label}, "basis": {…}}``."""

DISAGREEMENT, MEETING = "disagreement", "meeting"
VIEWS = (
    DISAGREEMENT,
    "actors",
    "congruence",
    "issues",
    "time",
    MEETING,
    "reforms",
    "people",
    "graph",
)
"""The names of the views, in the order in which an index lists them."""

NO_PICTURE = Markup("")

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.html")


@dataclass(frozen=True)
class Party:
    """One of the two bodies: its IRI, the short name on the page and the name in full."""

    id: str
    short: Label
    name: Label


@dataclass(frozen=True)
class Source:
    """Where a page comes from: its sources and licence in words, and the queries behind it.

    `queries` maps the call (``disagreements --a STM --b SM``) to the text that was run. `part` says
    what the page leaves out, where that is anything.
    """

    sources: tuple[Label, ...]
    licence: Label
    queries: Mapping[str, str]
    part: Label | None = None


@dataclass(frozen=True)
class PageLink:
    """A page beside the index; `file` is a bare file name, so that it can lead nowhere else.

    `picture` shows it in small.
    """

    file: str
    title: Label
    summary: Label
    picture: Markup = NO_PICTURE

    def __post_init__(self) -> None:
        if not _FILE.fullmatch(self.file):
            raise InputError(f"“{self.file}” is no page: give a bare file name that ends in .html")


@dataclass(frozen=True)
class Meeting:
    """What the index says of a meeting; `counts` pairs what is counted with how many."""

    label: Label
    held_by: Label
    date: str
    counts: tuple[tuple[Label, int], ...]
