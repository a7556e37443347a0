"""From the letters of a page, each with its place, to words in rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SAME_ROW = 0.35  # parts of a letter's size that baselines of a row may lie apart
_SAME_PLACE = 0.15  # a letter drawn again so near is the same one, made bold
_WORD_GAP = 0.22  # parts of a letter's size between words, where no blank is written
_SPACED_GAP = 0.08  # the same, where the file's order of writing says so
_CELL_GAP = 1.6  # the same between cells of a row
_BLANK = 0.4  # the same, which is more than a blank
_MOST_STOPS = 60
_STOP = 2.0  # points by which cells of a column begin apart
_SIZE = 0.12  # part by which the size of letters differs between a heading and its text
_EVEN = 0.35  # gaps of a justified line differ by no more, in parts of the mean


@dataclass(slots=True)
class Glyph:
    """A letter: its left and right edge, baseline (upwards) and size.

    `spaced`: the file's order of writing leaves a blank before it.
    """

    sign: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool = False


@dataclass(slots=True)
class Segment:
    """A word, or words of a row that no wide gap parts: the text of a line or a cell."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def first_word(self) -> float:
        """About how wide the first word is."""
        whole = len(self.text) or 1
        return (self.right - self.left) * len(self.text.split(" ", 1)[0]) / whole


Row = list[Segment]


def ends(line: Segment, after: Segment, margin: float) -> bool:
    """Tell whether a line is the last of its paragraph: there was room for the next word."""
    if abs(line.size - after.size) > _SIZE * max(line.size, after.size):
        return True
    return line.right + 0.25 * line.size + after.first_word < margin


def rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """The rows of a page from top to bottom, each with its words from left to right."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if found and found[-1][0].base - glyph.base <= _SAME_ROW * max(
            found[-1][0].size, glyph.size
        ):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    words = [_words(sorted(row, key=lambda glyph: glyph.left)) for row in found]
    return [row for row in words if row]


def cells(words: Sequence[Row]) -> list[Row]:
    """The words of rows as cells, which wide gaps part; a row of running text is one cell.

    Cells also end where one begins in the rows of the same table above or below.
    """
    wide = [_breaks(row) for row in words]
    breaks = [set(found) for found in wide]
    for order in (range(len(words)), range(len(words) - 1, -1, -1)):
        stops: set[float] = set()
        for at in order:
            breaks[at] |= _at_stops(words[at], stops)
            own = {words[at][index].left for index in breaks[at]}
            stops = stops | own if own and len(stops) < _MOST_STOPS else own
    return [_segments(row, found) for row, found in zip(words, breaks, strict=True)]


def _breaks(row: Row) -> list[int]:
    """The words of a row before which a wide gap stands."""
    gaps = _gaps(row)
    even = _even(gaps)
    wide = [max(_CELL_GAP * word.size, even) for word in row[1:]]
    return [at for at, (gap, least) in enumerate(zip(gaps, wide, strict=True), 1) if gap > least]


def _at_stops(row: Row, stops: set[float]) -> set[int]:
    """The words that begin at one of the stops, after a gap that is wider than a blank."""
    gaps = _gaps(row)
    if not stops or not gaps:
        return set()
    least = _BLANK * row[0].size
    if len(gaps) > 1:  # a justified row has wide blanks
        least = max(least, min(1.3 * min(gaps), 2 * least))
    return {
        at
        for at, gap in enumerate(gaps, 1)
        if gap > least and any(abs(row[at].left - stop) < _STOP for stop in stops)
    }


def _gaps(row: Row) -> list[float]:
    return [after.left - before.right for before, after in pairwise(row)]


def _segments(words: Row, breaks: set[int]) -> Row:
    row: Row = []
    for index, word in enumerate(words):
        if not row or index in breaks:
            row.append(word)
            continue
        last = row[-1]
        size = max(last.size, word.size)
        row[-1] = Segment(f"{last.text} {word.text}", last.left, word.right, last.base, size)
    return row


def _even(gaps: Sequence[float]) -> float:
    """The gap between words of a line that was stretched to the margin; 0 if it was not."""
    if len(gaps) < 3:
        return 0.0
    mean = sum(gaps) / len(gaps)
    return max(gaps) if max(abs(gap - mean) for gap in gaps) <= _EVEN * mean else 0.0


def _words(glyphs: Sequence[Glyph]) -> list[Segment]:
    words: list[Segment] = []
    last: Glyph | None = None
    broken = True
    for glyph in glyphs:
        if glyph.sign.isspace():
            broken = True
            continue
        if last is not None and last.sign == glyph.sign:
            if glyph.left - last.left < _SAME_PLACE * glyph.size:
                continue
        gap = glyph.left - words[-1].right if words else 0.0
        least = _SPACED_GAP if glyph.spaced else _WORD_GAP
        if not words or broken or gap > least * glyph.size:
            words.append(Segment(glyph.sign, glyph.left, glyph.right, glyph.base, glyph.size))
        else:
            words[-1].text += glyph.sign
            words[-1].right = max(words[-1].right, glyph.right)
        last, broken = glyph, False
    return words
