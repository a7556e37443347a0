"""Names in the genitive: “Virtasen mielestä”, “Mäen”, “Lehdon”, “Lindholms”, “SM:n”.

The rules of a language stand in ``speech.toml`` under ``names``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.languages import subject


@dataclass(frozen=True)
class _Rules:
    """Endings of a genitive, and what the end of a name becomes before them."""

    endings: tuple[str, ...]
    stems: tuple[tuple[str, str], ...]


def genitives(word: str, language: str) -> frozenset[str]:
    """The forms that a name, in lower case, can have as a genitive.

    >>> sorted(genitives("lehto", "fi") & {"lehdon", "lehton"})
    ['lehdon', 'lehton']
    >>> "virtasen" in genitives("virtanen", "fi")
    True
    >>> sorted(genitives("ask", "sv"))
    ["ask'", 'ask:s', 'asks', 'ask’s']
    """
    rules = _rules(language)
    stems = [word]  # names often keep the consonants that change in other words: “Halkon”
    for end, stem in rules.stems:
        if word.endswith(end):
            stems.append(word[: -len(end)] + stem)
            break
    return frozenset(stem + ending for stem in stems for ending in rules.endings)


def is_genitive_ending(ending: str, language: str) -> bool:
    """Tell whether a case ending written behind a colon is a genitive's: “STM:n”, “IM:s”."""
    return ending in _rules(language).endings


@cache
def _rules(language: str) -> _Rules:
    table = subject(language, "speech")["names"]
    stems = tuple((end, stem) for end, stem in table["stems"])
    return _Rules(tuple(table["genitive"]), stems)
