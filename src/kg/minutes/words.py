"""What is known of how memos are laid out, from the structure files of all languages together.

A memo in one language often has labels, titles or names of another, so structure is read with the
words of all: ``data/languages/*/structure.toml`` and ``names.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.languages import languages, subject
from kg.minutes.model import Role

# The parts of a memo that labels announce; a word that announces two means the first.
_PARTS = (
    *("date", "time", "start", "end", "place", "body", "number", "next", "agenda", "kinds"),
    *("actions", "record", "tail", "other"),
)
_EDGE = " \t:;,.*_|-–—•·>#"


def folded(text: str) -> str:
    """A label or mark as it is compared: lower case, one space, no signs around it.

    >>> folded("**Läsnä:** ")
    'läsnä'
    """
    return " ".join(text.casefold().strip(_EDGE).split())


@dataclass(frozen=True)
class Group:
    """What a heading in a list of participants says of the people under it; None: nothing.

    `partly` is the role of those who were there for some items only.
    """

    role: Role | None = None
    present: bool | None = None
    partly: Role | None = None


@cache
def known(*path: str) -> tuple[str, ...]:
    """The words at a path of the structure files, of all languages, in lower case."""
    return tuple(
        word for code in languages() for word in _words(_at(subject(code, "structure"), path))
    )


@cache
def known_set(*path: str) -> frozenset[str]:
    """The same words as `known`, compared as labels are."""
    return frozenset(folded(word) or word for word in known(*path))


@cache
def phrases(*path: str) -> tuple[tuple[str, ...], ...]:
    """Lists of words at a path of the structure files, of all languages."""
    return tuple(
        tuple(word.casefold() for word in line)
        for code in languages()
        for line in _at(subject(code, "structure"), path)
    )


@cache
def months() -> Mapping[str, int]:
    """The names of months and their short forms, in lower case, with their number."""
    found: dict[str, int] = {}
    for code in languages():
        table = subject(code, "structure")["months"]
        for form in ("names", "short"):
            for place, word in enumerate(table[form].split()):
                found.setdefault(word, place % 12 + 1 if place < 12 else 9)
    return found


@cache
def labels() -> Mapping[str, str]:
    """The labels of a memo's head, and which part each stands for."""
    found: dict[str, str] = {}
    for code in languages():
        table = subject(code, "structure")["labels"]
        for part in _PARTS:
            for word in table[part]:
                found.setdefault(folded(word), part)
    return found


@cache
def columns() -> Mapping[str, str]:
    """The headings of columns in tables of participants, and what stands in each."""
    found: dict[str, str] = {}
    for code in languages():
        for part, words in subject(code, "structure")["labels"]["columns"].items():
            for word in words:
                found.setdefault(folded(word), part)
    return found


@cache
def groups() -> Mapping[str, Group]:
    """The headings in lists of participants."""
    found: dict[str, Group] = {}
    for code in languages():
        for row in subject(code, "structure")["people"]["groups"]:
            role = Role(row["role"]) if "role" in row else None
            partly = Role(row["partly"]) if "partly" in row else None
            for word in row["words"]:
                found.setdefault(folded(word), Group(role, row.get("present"), partly))
    return found


@cache
def roles() -> Mapping[str, Role]:
    """The words for roles behind or before a name."""
    found: dict[str, Role] = {}
    for code in languages():
        for role, words in subject(code, "structure")["people"]["roles"].items():
            for word in words:
                found.setdefault(folded(word), Role(role))
    return found


@cache
def from_ends() -> tuple[tuple[str, str], ...]:
    """Ends of a body's name where somebody is from it, and of the name by itself."""
    return tuple(
        (end, own)
        for code in languages()
        for end, own in subject(code, "structure")["people"]["from"]["ends"]
    )


@cache
def told() -> Mapping[str, Group]:
    """The words of sentences that tell who was there and who was not."""
    groups = {
        "present": Group(None, True),
        "absent": Group(None, False),
        "beside": Group(Role.OTHER, True),
        "invited": Group(Role.EXPERT, True),
    }
    return {
        folded(word) or word: group
        for path, group in groups.items()
        for word in known("people", "told", path)
    }


@cache
def elected() -> Mapping[str, Role]:
    """The words of sentences that tell who chaired or took the minutes."""
    found: dict[str, Role] = {}
    for code in languages():
        for row in subject(code, "structure")["people"]["elected"]:
            found.update((word.casefold(), Role(row["role"])) for word in row["words"])
    return found


@cache
def first_names() -> frozenset[str]:
    """Common first names, in lower case."""
    return frozenset(
        name.casefold() for code in languages() for name in subject(code, "names")["first"].split()
    )


@cache
def particles() -> frozenset[str]:
    """Small words inside of surnames."""
    return frozenset(
        word for code in languages() for word in subject(code, "names").get("particles", "").split()
    )


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest first; white space is any."""
    ordered = sorted({word.strip() for word in words if word.strip()}, key=lambda word: -len(word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or r"(?!)"


def _at(table: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    for step in path:
        table = table[step]
    return table


def _words(value: Any) -> Iterator[str]:
    words = value.split() if isinstance(value, str) else value
    return (word.casefold() for word in words)
