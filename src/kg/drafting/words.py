"""Sentences of a passage, and their words and marks.

Unlike in `kg.minutes.sentences` a mark is a word here, since marks part clauses, and what is
written together with a word but is one of its own (“n't”) is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg.documents.blocks import Block
from kg.minutes.sentences import sentences as split
from kg.traced import Traced


class Word(NamedTuple):
    """A word or a mark of a sentence; `start` and `end` count in the sentence."""

    text: str
    lower: str
    start: int
    end: int


@cache
def _token(clitics: tuple[str, ...]) -> re.Pattern[str]:
    """Words; what is written together with a word but is one of its own (“n't”) is told apart."""
    ends = "|".join(map(re.escape, clitics))
    apart = rf"\w+?(?=(?:{ends})\b)|(?:{ends})\b|" if clitics else ""
    return re.compile(rf"{apart}\w+(?:[-:/.’'&]\w+)*(?:-(?=\s))?|[^\w\s]", re.IGNORECASE)


def words_of(text: str, clitics: tuple[str, ...] = ()) -> tuple[Word, ...]:
    """The words and marks of a sentence.

    >>> [word.text for word in words_of("STM:n kanta, not yet.")]
    ['STM:n', 'kanta', ',', 'not', 'yet', '.']
    >>> [word.text for word in words_of("Barn- och ungdomsnämnden")]
    ['Barn-', 'och', 'ungdomsnämnden']
    >>> [word.text for word in words_of("They shouldn't.", ("n't",))]
    ['They', 'should', "n't", '.']
    """
    return tuple(
        Word(word := found[0], word.lower(), *found.span())
        for found in _token(clitics).finditer(text)
    )


def spelled(words: Sequence[Word]) -> str:
    """Words as they were written, any white space between them one space.

    >>> spelled(words_of("Barn- och  ungdomsnämnden"))
    'Barn- och ungdomsnämnden'
    """
    found = [words[0].text] if words else []
    for before, word in pairwise(words):
        found += ["" if before.end == word.start else " ", word.text]
    return "".join(found)


def sentences(passage: Traced, language: str) -> Iterator[Traced]:
    """The sentences of a passage, as minutes have them (`kg.minutes.sentences`)."""
    return (one.traced for one in split(Block(passage), language))
