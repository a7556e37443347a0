"""Tables with drawn borders: the words of a page's rows, put together cell by cell.

A cell may hold several lines. Those that only the cell's width parts are one again; paragraphs
under each other stay apart: the first ones of all cells are one row, the second ones the next, as
in `kg.documents.rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from kg.documents.geometry import Row, Segment, ends
from kg.documents.hyphens import is_cut, kept_hyphen
from kg.documents.ruling import Rule, Rules

_COVERED = 0.9  # part of a row that a border above and below it spans
_TALL = 0.5  # part of a table's height that the border of a column has
_SLACK = 4.0  # points by which words and borders may overlap
_NEAR = 8.0  # points between the borders of two rows of one table
_GUTTER = 5.0  # points of white space between columns without a border
ROOM = 0.8  # parts of a letter's size that a line which ends early leaves beyond the next word
_PADDING = 8.0  # points between a cell's text and its border, at most

Grid = list[list[Segment | None]]


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of a table: the borders above and below it."""

    top: Rule
    bottom: Rule

    def touches(self, other: _Band) -> bool:
        """Tell whether another one of the same table stands below, or is this one."""
        beside = self.top.covers(other.top.start, other.top.end, _COVERED) or other.top.covers(
            self.top.start, self.top.end, _COVERED
        )
        near = abs(self.bottom.at - other.top.at) <= _NEAR
        return beside and (near or self.top.at == other.top.at)


def parted(rows: Sequence[Row], rules: Rules) -> Iterator[tuple[list[Row], bool]]:
    """The rows of a page as stretches from top to bottom, each with whether it is a table.

    The rows of a table come back with one segment a column, empty ones included.
    """
    bands = [_band(row, rules) for row in rows]
    start = 0
    for table in _tables(bands):
        found = _table(rows[table.start : table.stop], bands[table.start : table.stop], rules)
        if found is None:
            continue
        if start < table.start:
            yield list(rows[start : table.start]), False
        yield found, True
        start = table.stop
    if start < len(rows):
        yield list(rows[start:]), False


def _band(row: Row, rules: Rules) -> _Band | None:
    left, right, base = row[0].left, row[-1].right, row[0].base
    over = [rule for rule in rules.level if rule.covers(left, right, _COVERED)]
    above = [rule for rule in over if rule.at >= base]
    below = [rule for rule in over if rule.at < base]
    if not above or not below:
        return None
    return _Band(above[-1], below[0])


def _tables(bands: Sequence[_Band | None]) -> Iterator[range]:
    """The ranges of rows that stand between borders of one table."""
    start: int | None = None
    for at, band in enumerate([*bands, None]):
        before = bands[at - 1] if at else None
        goes_on = band is not None and before is not None and before.touches(band)
        if start is not None and not goes_on:
            yield range(start, at)
            start = None
        if band is not None and start is None:
            start = at


def _table(rows: Sequence[Row], bands: Sequence[_Band | None], rules: Rules) -> list[Row] | None:
    """The rows of a table, cells made whole; None if there are no columns."""
    known = [band for band in bands if band is not None]
    left = min(band.top.start for band in known)
    right = max(band.top.end for band in known)
    top, bottom = known[0].top.at, known[-1].bottom.at
    inner = [
        rule.at
        for rule in rules.upright
        if left + _SLACK < rule.at < right - _SLACK and rule.covers(bottom, top, _TALL)
    ] or gutters(rows)
    if not inner:
        return None
    edges = [*inner, right]
    grid = [[column(row, at, edges) for at in range(len(edges))] for row in rows]
    margins = [_margin(grid, at, [left, *edges]) for at in range(len(edges))]
    found: list[Row] = []
    for _, group in groupby(zip(bands, grid, strict=True), key=lambda pair: pair[0]):
        lines = [cells for _, cells in group]
        found += whole(lines, margins)
    return found


def gutters(rows: Sequence[Row]) -> list[float]:
    """The middles of the white space that all rows leave, from left to right."""
    spans = sorted((word.left, word.right) for row in rows for word in row)
    found: list[float] = []
    reach = spans[0][1]
    for left, right in spans:
        if left - reach >= _GUTTER:
            found.append((left + reach) / 2)
        reach = max(reach, right)
    return found


def column(row: Row, at: int, edges: Sequence[float]) -> Segment | None:
    """The words of a row in one column, as one."""
    low = edges[at - 1] if at else float("-inf")
    high = edges[at] if at < len(edges) - 1 else float("inf")
    words = [word for word in row if low <= (word.left + word.right) / 2 < high]
    if not words:
        return None
    text = " ".join(word.text for word in words)
    return replace(words[0], text=text, right=words[-1].right)


def _margin(grid: Sequence[Sequence[Segment | None]], at: int, edges: Sequence[float]) -> float:
    """Where the lines of a column end: as far from its border as they begin, or the widest."""
    filled = [cell for cells in grid if (cell := cells[at]) is not None]
    if not filled:
        return edges[at + 1]
    padding = min(cell.left for cell in filled) - edges[at]
    widest = max(cell.right for cell in filled)
    return max(widest, edges[at + 1] - min(max(padding, 0.0), _PADDING))


def whole(lines: Sequence[Sequence[Segment | None]], margins: Sequence[float]) -> Iterator[Row]:
    """The rows that the lines between two borders make: paragraphs of cells side by side."""
    columns = [
        _paragraphs([cells[at] for cells in lines], margin) for at, margin in enumerate(margins)
    ]
    first = next(cell for cells in lines for cell in cells if cell is not None)
    for beside in zip_longest(*columns):
        yield [cell or replace(first, text="", left=first.right) for cell in beside]


def _paragraphs(cells: Sequence[Segment | None], margin: float) -> list[Segment]:
    found: list[Segment] = []
    last: Segment | None = None
    for cell in cells:
        if cell is None:
            last = None
            continue
        if last is None or ends(last, cell, margin - ROOM * cell.size):
            found.append(cell)
        else:
            found[-1] = replace(found[-1], text=_joined(found[-1].text, cell.text))
        last = cell
    return found


def _joined(before: str, after: str) -> str:
    if not is_cut(before):
        return f"{before} {after}"
    return before[:-1] + kept_hyphen(before, after) + after
