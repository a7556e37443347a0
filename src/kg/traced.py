"""A text that knows where each of its characters stands in its source.

Repairing a text moves its characters: words are joined, running headers drop out, markup goes. A
`Traced` text keeps the way back as runs, so that slicing and joining it never loses the place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """Text, and `runs` of (position in the text, offset in the source), both in code points.

    From its position to the next run's, the characters of a run follow each other in the source.
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        """A part of the text; only slices without a step."""
        start, end, _ = part.indices(len(self.text))
        if end <= start:
            return Traced("", ())
        first = bisect_right(self.runs, start, key=lambda run: run[0]) - 1
        after = bisect_right(self.runs, end - 1, key=lambda run: run[0])
        position, source = self.runs[first]
        runs = [(0, source + start - position)]
        runs += [(at - start, offset) for at, offset in self.runs[first + 1 : after]]
        return Traced(self.text[start:end], tuple(runs))

    def source(self, position: int) -> int:
        """Where the character at a position stands in the source."""
        at, offset = self.runs[bisect_right(self.runs, position, key=lambda run: run[0]) - 1]
        return offset + position - at

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """The half-open range of the source that a range of the text, not empty, came from.

        >>> taken("see page 4", 4, 8).span(1)
        (5, 8)
        """
        last = len(self.text) if end is None else end
        return self.source(start), self.source(last - 1) + 1

    def strip(self) -> Traced:
        """Without the white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : len(self.text.rstrip())]


def taken(source: str, start: int = 0, end: int | None = None) -> Traced:
    """A range of a source, as it stands there."""
    text = source[start:end]
    return Traced(text, ((0, start),) if text else ())


def put(text: str, offset: int) -> Traced:
    """A text that stands for the one character of the source at an offset.

    >>> put("fi", 7).span()
    (7, 8)
    """
    return Traced(text, tuple((position, offset) for position in range(len(text))))


def linked(pieces: Iterable[Traced], sign: str = " ") -> Traced:
    """Pieces that are not empty with a sign between, which stands for the end of the one before.

    >>> linked([taken("a, b", 0, 1), taken("a, b", 3)]).text
    'a b'
    """
    parts: list[Traced] = []
    for piece in pieces:
        if parts:
            parts.append(put(sign, parts[-1].span()[1] - 1))
        parts.append(piece)
    return joined(parts)


def joined(pieces: Iterable[Traced]) -> Traced:
    """Pieces one after the other.

    >>> joined([taken("osaa-mis", 0, 4), taken("osaa-mis", 5, 8)]).span(3, 5)
    (3, 6)
    """
    texts: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for piece in pieces:
        texts.append(piece.text)
        for position, offset in piece.runs:
            # A run that goes on where the last one ends is the same run.
            if not runs or offset - runs[-1][1] != length + position - runs[-1][0]:
                runs.append((length + position, offset))
        length += len(piece.text)
    return Traced("".join(texts), tuple(runs))
