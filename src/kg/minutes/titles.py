"""Titles of agenda items: who presents them is taken out, and the full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.minutes.bodies import body_named
from kg.minutes.body_words import is_body
from kg.minutes.model import Participant
from kg.minutes.tokens import find_name, token
from kg.minutes.words import folded, known, known_set, one_of, roles
from kg.traced import Traced

_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*[.:]?\s*$")
_BEHIND = re.compile(r"(?:\s+/\s*|\s*/\s+|\s[–—-]\s|,\s)(?=[^/–—]*$)")
_PARTS = re.compile(r"\s*[,;/&]\s*")
_MOST_WORDS = 9


def read_title(title: Traced, participants: Sequence[Participant]) -> tuple[str, tuple[str, ...]]:
    """A title as it stands, without presenters and final full stop, and the presenters.

    >>> from kg.traced import taken
    >>> read_title(taken("Budget (Anna Lehto, VM)."), ())
    ('Budget', ('Anna Lehto', 'VM'))
    """
    text = title.text.strip(" \t*_#").rstrip(":").rstrip()
    found: list[str] = []
    names = _names(participants)
    bracket = _BRACKET.search(text)
    if bracket and bracket.start() and (who := _presenters(bracket[1], names)):
        text, found = text[: bracket.start()], who
    behind = _BEHIND.search(text)
    if behind and behind.start() and (who := _behind(behind[0], text[behind.end() :], names)):
        text, found = text[: behind.start()], [*found, *who]
    text = _without_none(text).strip(" \t:;–—-*_")
    if text.endswith(".") and not text.endswith(("..", "ym.", "etc.")):
        text = text[:-1]
    return text.rstrip(), tuple(found)


def _without_none(text: str) -> str:
    """Without a word for “none” behind a dash (“Any other business – none”)."""
    head, dash, behind = text.replace("–", "-").rpartition(" - ")
    return text[: len(head)] if dash and folded(behind) in _nothing() else text


@cache
def _nothing() -> frozenset[str]:
    return known_set("people", "words", "none")


def _names(participants: Sequence[Participant]) -> frozenset[str]:
    """How participants may be called: names, nicknames, initials, bodies, in lower case."""
    found: set[str] = set()
    for one in participants:
        found |= {part.casefold() for part in one.name.split()}
        also = (one.nickname, one.initials, one.organisation)
        found |= {word.casefold() for word in also if word}
        found.add("".join(part[0] for part in one.name.replace("-", " ").split()).casefold())
    return frozenset(found)


def _presenters(text: str, names: frozenset[str]) -> list[str]:
    """The presenters in brackets: all parts are people, bodies or roles, and one at least."""
    text = _introduction().sub("", text).strip()
    parts = [part for part in _split(text) if part]
    if not parts or not all(_is_somebody(part, names) for part in parts):
        return []
    sure = any(_person(part, names) or not _unknown_letters(part) for part in parts)
    return parts if sure else []


def _unknown_letters(text: str) -> bool:
    """An abbreviation that is no known body's: rather that of the title before it."""
    return " " not in text and token(text).abbreviation and body_named(text) is None


def _behind(sign: str, text: str, names: frozenset[str]) -> list[str]:
    """The presenters behind a slash, dash or comma; a dash or comma may be part of the title."""
    text = text.rstrip(" .")
    if len(text.split()) > _MOST_WORDS:
        return []
    who = _presenters(text, names)
    if "/" in sign or not who:
        return who
    if "," in sign and not _full_name(who[0]):
        return []
    return who if all(_person(part, names) for part in who[:1]) else []


@cache
def _introduction() -> re.Pattern[str]:
    words = one_of(known("people", "words", "presented"))
    return re.compile(rf"^(?:{words})\b\s*:?\s*", re.IGNORECASE)


@cache
def _joins() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{one_of(known('people', 'words', 'joins'))})\s+")


def _split(text: str) -> list[str]:
    if body_named(text) is not None:
        return [text]
    parts: list[str] = []
    for part in _PARTS.split(text):
        named = [part] if is_body(part) and find_name(tuple(part.split())) is None else None
        parts += named or _joins().split(part)
    return [part.strip(" .:") for part in parts]


def _is_somebody(text: str, names: frozenset[str]) -> bool:
    if folded(text) in known_set("people", "words", "everyone") or text.casefold() in names:
        return True
    if " " in text and (token(text.split()[0]).role or token(text.split()[0]).title):
        return True
    return _person(text, names) or is_body(text) or folded(text) in roles()


def _person(text: str, names: frozenset[str]) -> bool:
    words = text.split()
    if words and all(word.casefold().strip(".,") in names for word in words):
        return True
    window = find_name(tuple(words))
    if window is not None and window.strong and window.after >= len(words) - 1:
        return True
    if len(words) > 1 and words[-1].casefold() in names and token(words[-2]).title:
        return True
    return bool(words) and (token(words[-1]).role or (token(words[-1]).title and len(words) <= 2))


def _full_name(text: str) -> bool:
    window = find_name(tuple(text.split()))
    return window is not None and window.strong
