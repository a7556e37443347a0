"""Lines that close a memo: place and day, who signs, the office that sends it."""

from __future__ import annotations

import re

from kg.minutes.bodies import body_named
from kg.minutes.body_words import is_body
from kg.minutes.dates import days_in
from kg.minutes.tokens import find_name
from kg.minutes.words import folded, roles

_RULE = re.compile(r"[_=*–—-]{3,}")
_LONGEST = 70
_MOST_WORDS = 6


def is_signature(text: str) -> bool:
    """Tell whether a line is a rule, place and day, a name that signs, or a body alone.

    >>> [is_signature(line) for line in ("Helsingissä 7.3.2023", "Anna Lehto", "_____", "Agreed.")]
    [True, True, True, False]
    """
    bare = text.strip()
    if _RULE.fullmatch(bare):
        return True
    if len(bare) > _LONGEST or bare[-1:] in ".?!:;" or len(bare.split()) > _MOST_WORDS:
        return False
    return _dated(bare) or _name(bare) or body_named(bare) is not None


def _dated(text: str) -> bool:
    """A day or month at the end, and at most two words before it, a place (“Vasa den 3.5.2024”)."""
    days = [day for day in days_in(text) if day.year is not None]
    if not days or days[-1].end < len(text.rstrip(" .")):
        return False
    before = text[: days[-1].start].strip(" ,").split()
    return len(before) <= 3 and (not before or before[0][:1].isupper())


def _name(text: str) -> bool:
    """Names, and words for roles or titles beside them."""
    words = tuple(text.replace(",", " ").replace("\t", " ").split())
    window = find_name(words)
    if window is None or not window.strong:
        return folded(text) in roles()
    rest = (*words[: window.first], *words[window.after :])
    return all(word[:1].isupper() or folded(word) in roles() or is_body(word) for word in rest)
