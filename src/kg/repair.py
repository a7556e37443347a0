"""Reading through the damage of a scan: words cut at a line's end joined, white space folded.

A `Reading` keeps, for each of its characters, the offset of the character in the source that it
comes from, so evidence found in the repaired text still points at the original characters.
Misread letters are not guessed at here: a coding records those repairs one by one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
# One quantifier over white space, no more: a text of blanks alone is still read in linear time.
_GAP = re.compile(rf"{_SOFT_HYPHEN}\s*|(?:(?<=\w)-)?\s+")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.?!]+[”’\")\]]* (?=[“”\"(\[]?([^\W\d_]))")
_SPACE = re.compile(r"\s+")

# After these a hyphen at a line's end stands for the rest of a word (“sosiaali- ja terveysasiat”,
# “social- och hälsovård”), and is no sign that a word was cut.
_CONJUNCTIONS = frozenset({"ja", "tai", "sekä", "eli", "och", "eller", "samt", "and", "or"})
# A full stop after these does not end a sentence.
_ABBREVIATIONS = frozenset(
    {"bl.a", "cf", "dr", "e.g", "em", "esim", "i.e", "klo", "ko", "ks", "mm", "mr", "mrs"}
    | {"nr", "nro", "ns", "prof", "t.ex", "vrt"}
)
_LONGEST_ABBREVIATION = 8


@dataclass(frozen=True)
class Reading:
    """Repaired text; `offsets[i]` is where character i stands in the source (code points)."""

    text: str
    offsets: tuple[int, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open range of the repaired text, not empty, to the range it came from."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def to_reading(self, offset: int) -> int:
        """Map an offset of the source to the first repaired character at or after it."""
        return bisect_left(self.offsets, offset)

    def find(self, phrase: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Every source range that reads as `phrase`, between two offsets of the source."""
        wanted = _SPACE.sub(" ", phrase).strip()
        low = self.to_reading(start)
        high = len(self.text) if end is None else self.to_reading(end)
        found: list[tuple[int, int]] = []
        at = self.text.find(wanted, low, high) if wanted else -1
        while at >= 0:
            found.append(self.to_source(at, at + len(wanted)))
            at = self.text.find(wanted, at + 1, high)
        return found

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        r"""Widen a source range to the whole sentences that it touches.

        >>> text = "First point. Second, with\na break. Third."
        >>> start, end = read_through(text).sentence(13, 19)
        >>> text[start:end]
        'Second, with\na break.'
        """
        low, high = self.to_reading(start), self.to_reading(end)
        first = self._sentences[bisect_right(self._sentences, low) - 1]
        after = bisect_left(self._sentences, high)
        last = self._sentences[after] if after < len(self._sentences) else len(self.text)
        said = self.text[first:last]
        first += len(said) - len(said.lstrip())
        return self.to_source(first, first + len(said.strip()))

    @cached_property
    def _sentences(self) -> list[int]:
        """Where sentences begin in the repaired text."""
        ends = _SENTENCE_END.finditer(self.text)
        return [0, *(end.end() for end in ends if end[1].isupper() and self._closes(end.start()))]

    def _closes(self, stop: int) -> bool:
        """Tell whether the full stop here ends a sentence, rather than an abbreviation."""
        before = self.text[max(stop - _LONGEST_ABBREVIATION, 0) : stop].rpartition(" ")[2]
        word = before.strip('(“”"').casefold()
        initial = len(word) == 1 and word.isalpha()
        return not initial and word not in _ABBREVIATIONS


def read_through(text: str) -> Reading:
    r"""Join words cut at line ends and fold white space, keeping the way back.

    >>> reading = read_through("osaa-\n miskeskittymä  on")
    >>> reading.text
    'osaamiskeskittymä on'
    >>> reading.find("osaamiskeskittymä")
    [(0, 20)]
    """
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for gap in _GAP.finditer(text):
        pieces.append(text[position : gap.start()])
        offsets.extend(range(position, gap.start()))
        for sign, offset in _kept(text, gap):
            pieces.append(sign)
            offsets.append(offset)
        position = gap.end()
    pieces.append(text[position:])
    offsets.extend(range(position, len(text)))
    return Reading("".join(pieces), tuple(offsets))


def _kept(text: str, gap: re.Match[str]) -> list[tuple[str, int]]:
    """What stays of a gap between words: nothing, a hyphen, a space, or both, and from where."""
    start, end = gap.span()
    mark = text[start] if text[start] in {"-", _SOFT_HYPHEN} else ""
    breaks = "\n" in gap[0] or "\r" in gap[0]
    space = [(" ", start + len(mark))] if end > start + len(mark) else []
    if mark == _SOFT_HYPHEN:
        return [] if breaks else space
    if not mark:
        return space
    hyphen = [("-", start)]
    following = _WORD.match(text, end)
    if not breaks or following is None or following[0] in _CONJUNCTIONS:
        return hyphen + space
    # Before a capital or a digit, or after a digit, the hyphen belongs to the word: “EU-\nSuomi”.
    cut = following[0][0].islower() and text[start - 1].isalpha()
    return [] if cut else hyphen
