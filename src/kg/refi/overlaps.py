"""Segments that overlap another one, found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from kg.refi.segments import Segment


class Overlaps:
    """Segments with a range, ordered by where they start."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        """Segments without a range overlap nothing."""
        ranged = [(one.range, one) for one in segments if one.range is not None]
        self._found = sorted(((span, one) for span, one in ranged), key=lambda pair: pair[0])
        self._starts = [span[0] for span, _ in self._found]
        self._furthest = list(accumulate((span[1] for span, _ in self._found), max))

    def most(self, segment: Segment) -> list[Segment]:
        """Those that share the most characters with a segment, itself left out; may be none."""
        shared = list(self._sharing(segment))
        most = max((count for count, _ in shared), default=0)
        return [one for count, one in reversed(shared) if count == most]

    def _sharing(self, segment: Segment) -> Iterator[tuple[int, Segment]]:
        """The others that share a character with a segment, and how many, last before first."""
        if segment.range is None:
            return
        start, end = segment.range
        at = bisect_left(self._starts, end) - 1
        # What stands before ends too early where even the furthest end up to here does.
        while at >= 0 and self._furthest[at] > start:
            (first, last), other = self._found[at]
            count = min(end, last) - max(start, first)
            if count > 0 and other is not segment:
                yield count, other
            at -= 1
