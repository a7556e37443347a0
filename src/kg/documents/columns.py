"""The order in which the rows of a page are read: column after column, tables row after row.

Two columns of text leave a gutter that many rows respect; so do the columns of a table. Columns of
text are told by their rows: they fill the column, and many begin within a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from kg.documents.geometry import Row

_LEAST_ROWS = 4  # that columns have side by side
_GUTTER = 8.0  # points at least
_STEP = 4.0  # points between places that are tried for a gutter
_TRIED = 24  # places, those with most rows that leave it
_LEAST_WORDS = 2  # of a row of text, as a rule
_FULL = 0.8  # part of a column's width that a full row has
_FULL_ROWS = 0.35  # part of the columns' rows that are full
_WITHIN_ROWS = 0.2  # part of the columns' rows that begin with a small letter
_OF_ONE_SIDE = 0.08  # the same two of each column
_DEEPEST = 4  # columns within columns
_PARTED = 2.4  # sizes of letters between baselines that part a header from columns
_FEW = 3  # rows of a header or footer


def flows(rows: Sequence[Row], depth: int = 0) -> Iterator[list[Row]]:
    """The rows in reading order, as flows: stretches of the page of which each has one column."""
    found = _columns(rows) if depth < _DEEPEST else None
    if found is None:
        if rows:
            yield list(rows)
        return
    start, end, gutter = found
    yield from flows(rows[:start], depth + 1)
    yield from flows(_side(rows[start:end], gutter, left=True), depth + 1)
    yield from flows(_side(rows[start:end], gutter, left=False), depth + 1)
    yield from flows(rows[end:], depth + 1)


def _side(rows: Sequence[Row], gutter: float, *, left: bool) -> list[Row]:
    parts = [[word for word in row if (word.left < gutter) is left] for row in rows]
    return [part for part in parts if part]


def _columns(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """The stretch of rows that is set in columns, and its gutter; None if there is none."""
    places: Counter[int] = Counter()
    for row in rows:
        for before, after in pairwise(row):
            if after.left - before.right >= _GUTTER:
                low = int((before.right + _GUTTER / 2) // _STEP) + 1
                places.update(range(low, int((after.left - _GUTTER / 2) // _STEP) + 1))
    best: tuple[int, int, float] | None = None
    for place, count in places.most_common(_TRIED):
        if count < _LEAST_ROWS - 1:
            break
        for start, end in _stretches(rows, place * _STEP):
            longer = best is None or end - start > best[1] - best[0]
            if longer and _are_text(rows[start:end], place * _STEP):
                best = start, end, place * _STEP
    return best


def _stretches(rows: Sequence[Row], gutter: float) -> Iterator[tuple[int, int]]:
    """The stretches of rows that leave a gutter, without a header above and a footer below."""
    start = 0
    for at, row in enumerate([*rows, None]):
        if row is None or any(
            word.left < gutter + _GUTTER / 4 and word.right > gutter - _GUTTER / 4 for word in row
        ):
            if at - start >= _LEAST_ROWS:
                yield _trimmed(rows, start, at)
            start = at + 1


def _trimmed(rows: Sequence[Row], start: int, end: int) -> tuple[int, int]:
    for at in range(start + 1, min(start + _FEW + 1, end)):
        if _is_parted(rows[at - 1], rows[at]):
            start = at
    for at in range(end - 1, max(end - _FEW - 1, start), -1):
        if _is_parted(rows[at - 1], rows[at]):
            end = at
    return start, end


def _is_parted(above: Row, below: Row) -> bool:
    return above[0].base - below[0].base > _PARTED * max(above[0].size, below[0].size)


def _are_text(rows: Sequence[Row], gutter: float) -> bool:
    """Tell whether what stands on both sides of a gutter is text and no table."""
    sides = [_side(rows, gutter, left=left) for left in (True, False)]
    if any(len(side) < _LEAST_ROWS for side in sides):
        return False
    if any(median(len(row) for row in side) < _LEAST_WORDS for side in sides):
        return False
    full = [_full(side) for side in sides]
    within = [sum(row[0].text[0].islower() for row in side) for side in sides]
    count = len(sides[0]) + len(sides[1])
    # One side may hold a heading and a list as well, but none of them is without running text.
    return (
        sum(full) >= _FULL_ROWS * count
        and sum(within) >= _WITHIN_ROWS * count
        and all(own >= _OF_ONE_SIDE * len(side) for own, side in zip(full, sides, strict=True))
        and all(own >= _OF_ONE_SIDE * len(side) for own, side in zip(within, sides, strict=True))
    )


def _full(rows: Sequence[Row]) -> int:
    """How many rows fill their column."""
    width = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    return sum(row[-1].right - row[0].left > _FULL * width for row in rows)
