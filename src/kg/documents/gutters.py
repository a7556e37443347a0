"""Tables without borders: rows whose words leave the same white space and begin at the same stops.

Where a cell has several lines, its row is told by what stands beside: a line that leaves the first
column empty goes on, and one whose words had no room above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.documents.geometry import Row, Segment, ends
from kg.documents.tables import ROOM, Grid, column, gutters, whole

_LEAST_ROWS = 3  # of a table, with words in two columns
_CLEAR = 4.0  # points that all rows leave, but for a cell that is too wide
_WIDE = 0.45  # parts of a letter's size: a gap that is more than a blank
_STOP = 2.0  # points by which cells of a column begin or end apart
_LINE = 1.5  # parts of a letter's size between the lines of a cell, at most
_HEAD = 2.5  # the same between the head of a table and its first row, at most
_SAME = 1.06  # parts of the least step by which lines of a cell may lie apart
_FURTHER = 1.12  # the same, from which on rows lie further apart than lines
_MOST_ROWS = 200


def spaced(rows: Sequence[Row]) -> Iterator[tuple[list[Row], bool]]:
    """The rows of a flow as stretches, each with whether it is a table.

    The rows of a table come back as those of `kg.documents.tables.parted`.
    """
    stops = _stops(rows)
    start = at = 0
    while at < len(rows):
        end, found = _reach(rows, at, stops)
        if not found:
            at += 1
            continue
        if at > start and _is_head(rows[at - 1], rows[at], found):
            at -= 1
        if start < at:
            yield list(rows[start:at]), False
        yield _table(rows[at:end], found), True
        start = at = end
    if start < len(rows):
        yield list(rows[start:]), False


def _stops(rows: Sequence[Row]) -> list[float]:
    """Where words of several rows begin behind a gap that is more than a blank."""
    places = sorted(place for row in rows for place in _begins(row))
    found: list[float] = []
    for first, third in zip(places, places[_LEAST_ROWS - 1 :], strict=False):
        if third - first <= _STOP and (not found or first - found[-1] > _STOP):
            found.append(first)
    return found


def _begins(row: Row) -> list[float]:
    return [
        after.left
        for before, after in pairwise(row)
        if after.left - before.right >= max(_CLEAR, _WIDE * after.size)
    ]


def _reach(rows: Sequence[Row], start: int, stops: Sequence[float]) -> tuple[int, list[float]]:
    """Where the table that begins with a row ends, and where its further columns begin."""
    active: dict[float, int] = {}
    end = start
    while end < len(rows) and end - start < _MOST_ROWS:
        row = rows[end]
        crossed = [stop for stop in active if _crosses(row, stop)]
        if any(active[stop] >= _LEAST_ROWS for stop in crossed):
            break
        for stop in crossed:
            del active[stop]
        for place in _begins(row):
            for stop in stops:
                if not -_STOP <= place - stop <= _STOP:
                    continue
                if stop in active or not any(_crosses(one, stop) for one in rows[start:end]):
                    active[stop] = active.get(stop, 0) + 1
                break
        if not active:
            break
        end += 1
    found = sorted(stop for stop, count in active.items() if count >= _LEAST_ROWS)
    while found and end > start and _is_below(rows[end - 2], rows[end - 1], found[0]):
        end -= 1
    return end, found if end - start >= _LEAST_ROWS else []


def _is_head(row: Row, below: Row, stops: Sequence[float]) -> bool:
    """Tell whether a row names the columns below it, each in the middle of its column."""
    near = row[0].base - below[0].base <= _HEAD * row[0].size
    return near and len(_begins(row)) == len(stops)


def _crosses(row: Row, stop: float) -> bool:
    return any(word.left < stop - _STOP and word.right > stop + _STOP for word in row)


def _is_below(above: Row, row: Row, stop: float) -> bool:
    """Tell whether a row is what stands below a table: further away, in the first column alone."""
    apart = above[0].base - row[0].base > _LINE * row[0].size
    return apart and row[-1].right < stop


def _table(rows: Sequence[Row], stops: Sequence[float]) -> list[Row]:
    begins = [stop - _STOP for stop in stops]
    centred = [place for place in gutters(rows) if _apart(place, stops, rows)]
    edges = [*sorted(begins + centred), float("inf")]
    grid = [[column(row, at, edges) for at in range(len(edges))] for row in rows]
    margins = [
        max((cell.right for cells in grid if (cell := cells[at])), default=0.0)
        for at in range(len(edges))
    ]
    steps = _Steps(rows)
    found: list[Row] = []
    lines: Grid = grid[:1]
    for above, cells in pairwise(grid):
        if not _goes_on(above, cells, margins, steps):
            found += whole(lines, margins)
            lines = []
        lines.append(cells)
    return [*found, *whole(lines, margins)]


def _apart(place: float, stops: Sequence[float], rows: Sequence[Row]) -> bool:
    """Tell whether white space stands before a column of its own: numbers, signs in the middle."""
    following = next((stop for stop in stops if stop > place), float("inf"))
    return place > stops[0] and any(
        place < word.left < following - _STOP for row in rows for word in row
    )


class _Steps:
    """How far the lines of a table lie apart: `two`, those of a cell closer than rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        steps = [above[0].base - below[0].base for above, below in pairwise(rows)]
        self.least = min(steps)
        self.two = sum(step > self.least * _FURTHER for step in steps) >= _LEAST_ROWS - 1


def _goes_on(
    above: Sequence[Segment | None],
    cells: Sequence[Segment | None],
    margins: Sequence[float],
    steps: _Steps,
) -> bool:
    """Tell whether a line of cells goes on with those above it."""
    upper = next(cell for cell in above if cell is not None)
    lower = next(cell for cell in cells if cell is not None)
    step = upper.base - lower.base
    if step > _LINE * lower.size or step > steps.least * _SAME:
        return False
    if cells[0] is None:
        return True
    if not steps.two or all(cell is not None for cell in cells):
        return False
    return all(
        one is not None and not ends(one, other, margin - ROOM * other.size)
        for one, other, margin in zip(above, cells, margins, strict=True)
        if other is not None
    )
