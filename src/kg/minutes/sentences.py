"""Sentences of minutes: where one ends, the mark before it, and its words.

`kg.repair` splits a source for evidence with the same notions: a full stop ends a sentence before a
capital, unless an initial or an abbreviation stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from kg.documents.blocks import Block
from kg.languages import subject
from kg.traced import Traced

# A space, or a tab between the cells of a row; both are one character, and a row of stops is tried
# from its first alone and given up whole: a text of blanks or of dots is read in linear time.
_END = re.compile(r"(?<![.?!…])[.?!…]++[”’»\"')\]]*+[ \t]|\t")
_OPENING = "“”\"‘’'«»(["
_MARK = re.compile(
    r"(?:[-–—•*·▪◦○●■□→>‣⁃]+|\[[ xX]?\]|\(?\d{1,3}[.)]|\(?[a-zåäö]\)|[a-z]\.|§ ?\d{1,3}\.?"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[QA]:|…)[ \t]+(?=[^\W_]|[“”\"‘'«(])"
)
_WORD = re.compile(r"(?:[^\W\d_]\.){2,4}(?=[\s:,)]|$)|\w+(?:[-’':&]\w+)*")
_DATE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}\.?[ \t]")
_MOST_MARKS = 3


class Word(NamedTuple):
    """A word and where it stands in its sentence; `fold` compares without case and full stop."""

    text: str
    fold: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence without the mark of a list before it (`mark`), and its words.

    It begins at `start` of its block. `seen` is for those who look at its words again and again.
    """

    traced: Traced
    words: tuple[Word, ...]
    mark: str = ""
    start: int = 0
    seen: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def folds(self) -> list[str]:
        """The words, to compare."""
        return [word.fold for word in self.words]

    @property
    def end(self) -> int:
        """Where it ends in its block."""
        return self.start + len(self.traced)

    def behind(self, position: int) -> Sentence:
        """What stands behind a label, up to a position of the text."""
        rest = self.traced[position:].strip()
        start = self.start + self.text.index(rest.text, position) if rest.text else self.end
        return Sentence(rest, words_of(rest.text), self.mark, start)

    @cached_property
    def text(self) -> str:
        """What it reads as."""
        return self.traced.text

    def between(self, index: int) -> str:
        """The signs between a word and the next one, or the end."""
        start = self.words[index].end
        if index + 1 < len(self.words):
            return self.text[start : self.words[index + 1].start]
        return self.text[start:]

    def part(self, start: int, end: int) -> str:
        """The text from one word up to another, exclusive, and the signs between them."""
        return self.text[self.words[start].start : self.words[end - 1].end]


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; a word with a case ending behind a colon is one.

    >>> [word.text for word in words_of("STM:n edustaja (A.K.) totesi")]
    ['STM:n', 'edustaja', 'A.K.', 'totesi']
    """
    return tuple(
        Word(found[0], found[0].casefold().rstrip("."), found.start(), found.end())
        for found in _WORD.finditer(text)
    )


def sentences(block: Block, language: str) -> Iterator[Sentence]:
    """The sentences of a block; each cell of a row has its own."""
    text = block.text
    start, begin = 0, _past_marks(text)[1]
    for end in [*(end for end in _ends(text, language) if end > begin), len(text)]:
        found = _sentence(block.traced, start, end)
        if found is not None:
            yield found
        start = end


def _sentence(traced: Traced, start: int, end: int) -> Sentence | None:
    text = traced.text
    first = _past_marks(text, start, end)[1]
    part = traced[first:end].strip()
    if not part.text:
        return None
    return Sentence(part, words_of(part.text), text[start:first].strip(), first)


def _past_marks(text: str, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """A range of a text without the white space and marks of lists at its start."""
    first, end = start, len(text) if end is None else end
    for _ in range(_MOST_MARKS + 1):
        while first < end and text[first].isspace():
            first += 1
        mark = None if _is_date(text, first) else _MARK.match(text, first, end)
        if mark is None:
            break
        first = mark.end()
    return start, first


def _is_date(text: str, first: int) -> bool:
    """Tell whether a number with points is a day (“25.10. the group met”), and no mark."""
    date = _DATE.match(text, first)
    return date is not None and text[date.end() : date.end() + 1].islower()


def _ends(text: str, language: str) -> Iterator[int]:
    """Where sentences end: before the next one begins."""
    short = abbreviations(language)
    for found in _END.finditer(text):
        if found[0] == "\t" or (
            _begins(text, found.end()) and _closes(text, found.start(), short, language)
        ):
            yield found.end()


def _begins(text: str, at: int) -> bool:
    """Tell whether a sentence can begin here: with a capital, a digit, or a mark of a list."""
    while at < len(text) and text[at] in _OPENING:
        at += 1
    sign = text[at : at + 1]
    return sign.isupper() or sign.isdigit() or sign in {"-", "–", "•", "*", "→", "…", "<"}


def _closes(text: str, stop: int, short: frozenset[str], language: str) -> bool:
    """Tell whether the sign here ends a sentence, and no abbreviation or part of a number."""
    if text[stop] != ".":
        return True
    written = text[max(stop - _LONGEST, 0) : stop].rpartition(" ")[2].strip('(“”"‘’[')
    before = written.casefold()
    if before in short and not (len(written) > 2 and written.isupper()):  # “with SKR.” is a body's
        return False
    if len(before) == 1 and before.isalpha():  # “A. Lehto”, but “Annex B. It was”
        following = text[stop + 1 : stop + _LONGEST].split(maxsplit=1)[:1]
        return bool(following) and following[0].casefold() in starters(language)
    # “25. 10. 2021”, “12. 4. Virtanen”: a day goes on with a number.
    return not (before.isdigit() and text[stop + 1 : stop + 3].strip().isdigit())


_LONGEST = 16


@cache
def starters(language: str) -> frozenset[str]:
    """The words of a language that begin sentences and are no surnames."""
    return frozenset(subject(language, "speech")["sentences"]["starters"].split())


@cache
def abbreviations(language: str) -> frozenset[str]:
    """The words of a language after which a full stop ends no sentence, without it."""
    return frozenset(subject(language, "speech")["sentences"]["abbreviations"].split())
