"""What a made-up corpus is drawn with: numbers, words, and the lines of a graph.

All chance comes from `random.Random.random`, whose sequence Python promises to keep, and from whole
numbers or single multiplications: no logarithms, whose last digit depends on the machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import isqrt
from random import Random
from typing import TypeVar

from kg.codes import LANGUAGES, Language
from kg.names import code, term

T = TypeVar("T")
Pair = tuple[str, str]
"""A property's name, as `kg.names.term` takes it, and its value as N-Quads write it."""

WORDS = 400
_SYLLABLES = {
    "en": "ar bel cor den fal gen har len mor nor pen ral ster tal ver wen",
    "fi": "ka lo mi ni pu ra se ta va hy jä ko lä mu sa ti",
    "sv": "an ber dal fors gå hä kul lin mar nät rik sko ström vik åk öst",
}


class Draws:
    """Draws from a seed: the same ones on every machine.

    >>> draws = Draws(1)
    >>> [draws.below(6) for _ in range(4)]
    [0, 5, 4, 1]
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def below(self, end: int) -> int:
        """A number from 0 up to, not including, `end`."""
        return int(self.random() * end)

    def between(self, least: int, most: int) -> int:
        """A number from `least` to `most`, both included."""
        return least + int(self.random() * (most - least + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of some values, each as likely."""
        return values[int(self.random() * len(values))]

    def ranked(self, values: Sequence[T], weights: Sequence[int]) -> T:
        """One of some values; `weights` are summed up, as `summed` and `zipf` give them."""
        # The last one is the limit, lest a product be rounded up to the sum.
        return values[bisect_right(weights, self.random() * weights[-1], 0, len(weights) - 1)]

    def words(self, known: Sequence[str], count: int) -> str:
        """So many of some words, with spaces between."""
        chance, size = self.random, len(known)
        return " ".join([known[int(chance() * size)] for _ in range(count)])


def summed(weights: Sequence[int]) -> tuple[int, ...]:
    """Weights as sums from the first on.

    >>> summed([5, 3, 2])
    (5, 8, 10)
    """
    return tuple(accumulate(weights))


def zipf(size: int, quarters: int = 4) -> tuple[int, ...]:
    """Summed weights that fall with the rank to the power of so many quarters (Zipf's law).

    >>> zipf(3)
    (1000000000, 1500000000, 1833333333)
    """
    return summed([isqrt(isqrt(10**36 // rank**quarters)) for rank in range(1, size + 1)])


def lexicon(draws: Draws, language: Language) -> tuple[str, ...]:
    """Made-up words in the sounds of a language, none of which can come out as a negation."""
    found: dict[str, None] = {}
    syllables = _SYLLABLES[language].split()
    while len(found) < WORDS:
        found["".join(draws.pick(syllables) for _ in range(draws.between(2, 4)))] = None
    return tuple(found)


class _Properties(dict[str, str]):
    """Properties and classes as N-Quads write them, by their names."""

    def __missing__(self, name: str) -> str:
        self[name] = node(term(name))
        return self[name]


_KNOWN = _Properties()


class Graph:
    """The quads of one named graph, as lines.

    >>> graph = Graph("a:g")
    >>> graph.say("<a:s>", ("foaf:name", plain("Ada")))
    >>> graph.text().rstrip()
    '<a:s> <http://xmlns.com/foaf/0.1/name> "Ada" <a:g> .'
    """

    def __init__(self, name: str) -> None:
        self._end = f" {node(name)} .\n"
        self._lines: list[str] = []

    def say(self, subject: str, *pairs: Pair) -> None:
        """Add what is said of a subject."""
        end = self._end
        self._lines += [f"{subject} {_KNOWN[name]} {value}{end}" for name, value in pairs]

    def declare(self, subject: str, kind: str, *pairs: Pair) -> str:
        """Add a thing of a class with what is said of it; gives the thing."""
        self._lines.append(f"{subject} {_KNOWN['rdf:type']} {_KNOWN[kind]}{self._end}")
        self.say(subject, *pairs)
        return subject

    def text(self) -> str:
        """The lines in the order of `kg.encode.canonical`, none of them twice."""
        return "".join(sorted(set(self._lines)))


def node(iri: str) -> str:
    """An IRI as N-Quads write it."""
    return f"<{iri}>"


def plain(text: str) -> str:
    """A text without language; made-up words have no sign to escape."""
    return f'"{text}"'


def typed(value: object, kind: str) -> str:
    """A value of a datatype of XML Schema."""
    return f'"{value}"^^{_KNOWN[f"xsd:{kind}"]}'


def coded(scheme: str, notation: str) -> str:
    """A code of the code lists."""
    return node(code(scheme, notation))


def labels(name: str, *texts: str) -> list[Pair]:
    """A text in English, Finnish and Swedish, as pairs of one property."""
    return [(name, f'"{text}"@{tag}') for tag, text in zip(LANGUAGES, texts, strict=True)]
