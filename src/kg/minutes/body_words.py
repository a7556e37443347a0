"""What words show that a text names a body, a title or a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.languages import languages, subject
from kg.minutes.bodies import body_named
from kg.minutes.tokens import find_name, heads_title, is_title_word, leading_body, token
from kg.minutes.words import folded, known_set, one_of

_MOST_WORDS = 40


def is_body(text: str) -> bool:
    """Tell whether a text is the name of a body, as far as its words show."""
    if body_named(text) is not None:
        return True
    words = text.split()
    if not words or is_title_word(words[-1].casefold()) or begins_title(words[0]):
        return False
    kinds = [token(word) for word in words]
    return any(kind.body for kind in kinds) or (kinds[0].abbreviation and len(words) <= 3)


def begins_title(word: str) -> bool:
    """Tell whether a word begins a title: “Head of …”."""
    return token(word).title or heads_title(word)


def body_rank(text: str) -> tuple[int, int]:
    """How surely a text names a body: known, by its words, by its letters."""
    if body_named(text) is not None:
        return (3, 0)
    kinds = [token(word) for word in text.split()]
    if any(kind.body for kind in kinds):
        return (2, 0)
    return (0, 0) if kinds and kinds[0].abbreviation and len(kinds) == 1 else (1, 0)


def leading_office(words: Sequence[str]) -> int:
    """How many words name a body before a title: only one that is known, or an abbreviation.

    “VM finanssineuvos”, but “Committee Officer” and “Standards Manager” are titles.
    """
    return leading_body(words) or int(token(words[0]).abbreviation)


def names_somebody(text: str, surely: bool = False) -> bool:
    """Tell whether a person's name is in a text; `surely`: a common first name is part of it."""
    window = find_name(tuple(text.split()[:_MOST_WORDS]))
    return window is not None and (window.strong or not (surely or is_body(text)))


@cache
def heads() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The words that bodies are called, and from their genitives to them."""
    pairs = [
        (nominative.casefold(), genitive.casefold())
        for code in languages()
        for nominative, genitive in subject(code, "structure")["bodies"]["heads"]
    ]
    return {one: one for one, _ in pairs}, {genitive: one for one, genitive in pairs}


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    plain, genitives = heads()
    return (
        re.compile(rf"(?:{one_of(plain)})$", re.IGNORECASE),
        re.compile(rf"(?:{one_of(genitives)})$", re.IGNORECASE),
    )


def nominative(words: Sequence[str]) -> tuple[str, bool]:
    """A name with its last word in the nominative, and whether a word for a body is in it."""
    name = " ".join(words)
    plain, genitive = _ends()
    found = genitive.search(words[-1])
    if found and not plain.search(words[-1]):
        base = heads()[1][found[0].casefold()]
        ending = base.upper() if found[0].isupper() else base
        return name[: len(name) - len(found[0])] + ending, True
    if folded(words[-1]) in known_set("labels", "room"):  # “Board Room” is a place
        return name, False
    return name, any(plain.search(word.strip(",")) for word in words)


def represented(words: Sequence[str]) -> str | None:
    """The body whose representative words call somebody: “vanhusneuvoston edustaja”."""
    if len(words) < 2 or folded(words[-1]) not in known_set("people", "words", "representative"):
        return None
    bare = words[-2].partition(":")[0]
    if bare != words[-2] and body_named(bare) is not None:
        return bare  # “THL:n edustaja”
    name, has_head = nominative(words[:-1])
    return name if has_head else None
