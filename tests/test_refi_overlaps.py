"""Overlapping segments, against a look at every pair."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.refi.overlaps import Overlaps
from kg.refi.segments import Segment

RANGES = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], sum(pair)))


def segment(start: int | None, end: int | None) -> Segment:
    return Segment(start, end, "", "", (), (), ())


def shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return len(set(range(*one)) & set(range(*other)))


@given(st.lists(RANGES, max_size=15), RANGES)
def test_those_that_share_most_are_found(
    ranges: list[tuple[int, int]], of: tuple[int, int]
) -> None:
    segments = [segment(*one) for one in ranges]
    counts = [shared(one, of) for one in ranges]
    most = max(counts, default=0)
    expected = [one for one, count in zip(segments, counts, strict=True) if count == most > 0]
    found = Overlaps(segments).most(segment(*of))
    assert {id(one) for one in found} == {id(one) for one in expected}
    assert len(found) == len(expected)


def test_a_segment_does_not_overlap_itself_or_what_has_no_range() -> None:
    one = segment(0, 5)
    assert Overlaps([one, segment(None, None)]).most(one) == []
    assert Overlaps([one]).most(segment(None, None)) == []
