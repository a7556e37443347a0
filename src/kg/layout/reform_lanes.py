"""Reforms in lanes: who is responsible stands on the left, how far a thing has come is its column.

    responsible | column 0 | column 1 | …
    A           |  thing ----- child
    A           | ------------ thing
    B           |  thing
                 ---- below: the same columns for what nobody is responsible for ----

Each thing has a row of its lane to itself, so that the line from its body to it crosses no box.
Only what hangs on a thing, and stands right of it, may share its row. The first lane begins at
y = 0, the columns are centred around x = 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.layout.boxes import Box, Layout, Line, Zone

HEAD, THING = (130.0, 66.0), (234.0, 66.0)
GAP, CAPTION, PADDING = 8.0, 30.0, 8.0
BETWEEN_LANES, BETWEEN_COLUMNS = 14.0, 30.0
BETWEEN_BLOCKS = 46.0
FREE = "free"
HEADS = "heads"
"""Zones: `HEADS`, the number of a column, and that number behind `FREE` below the lanes."""

Cell: TypeAlias = tuple[str, int]
"""A thing and its column."""


@dataclass(frozen=True)
class Branch:
    """A thing in its column, with what hangs on it; `tied` to its body by a line of its own."""

    key: str
    column: int
    children: tuple[Branch, ...] = ()
    tied: bool = True


@dataclass
class _Rows:
    """The rows of a lane: the last column that is taken in each, and where things stand."""

    last: list[int] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)

    def put(self, branch: Branch, first: int) -> None:
        """Give the branch a row, not before `first`, and what hangs on it rows from there on."""
        row = len(self.last)
        if not branch.tied:
            later = range(first, len(self.last))
            row = next((one for one in later if self.last[one] < branch.column), row)
        if row == len(self.last):
            self.last.append(branch.column)
        self.last[row] = branch.column
        self.row_of[branch.key] = row
        for child in branch.children:
            self.put(child, row)


def reform_lanes(
    lanes: Sequence[tuple[str, Sequence[Branch]]], free: Sequence[Cell], columns: int
) -> Layout:
    """Place the lanes, each with its head, and below them what is in none, column by column.

    >>> plan = Branch("plan", 0, (Branch("step", 1, tied=False),))
    >>> layout = reform_lanes([("A", [plan])], [("loose", 0)], 2)
    >>> layout.boxes["plan"].y == layout.boxes["step"].y
    True
    """
    draft = _Draft(columns)
    top = CAPTION if lanes else 0.0
    for head, branches in lanes:
        top = draft.lane(head, branches, top) + BETWEEN_LANES
    if lanes:
        draft.zones_around(0.0, top - BETWEEN_LANES, "")
        top += BETWEEN_BLOCKS - BETWEEN_LANES
    if free:
        draft.below(free, top)
    return Layout(draft.boxes, draft.zone_of, tuple(draft.zones))


class _Draft:
    """A layout in the making."""

    def __init__(self, columns: int) -> None:
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.zones: list[Zone] = []
        pitch = THING[0] + BETWEEN_COLUMNS
        self.left = -(HEAD[0] + BETWEEN_COLUMNS + columns * pitch - BETWEEN_COLUMNS) / 2
        first = self.left + HEAD[0] + BETWEEN_COLUMNS + THING[0] / 2
        self.middles = [first + column * pitch for column in range(columns)]

    def lane(self, head: str, branches: Sequence[Branch], top: float) -> float:
        """One body and what it answers for; returns where the lane ends. The head is as high."""
        rows = _Rows()
        for branch in branches:
            rows.put(branch, 0)
        self._things(rows.row_of, _cells(branches), top, "")
        height = max(1, len(rows.last)) * (THING[1] + GAP) - GAP
        self.boxes[head] = Box(self.left + HEAD[0] / 2, top + height / 2, HEAD[0], height)
        self.zone_of[head] = HEADS
        return top + height

    def below(self, free: Sequence[Cell], top: float) -> None:
        """What nobody answers for: no line leads there, so that the columns fill from the top."""
        depth: Counter[int] = Counter()
        row_of: dict[str, int] = {}
        for key, column in free:
            row_of[key] = depth[column]
            depth[column] += 1
        start = top + CAPTION
        self._things(row_of, free, start, FREE)
        self.zones_around(top, start + max(depth.values()) * (THING[1] + GAP) - GAP, FREE)

    def zones_around(self, top: float, bottom: float, prefix: str) -> None:
        """A zone for each column, as high as the block; below, only for what holds something."""
        if not prefix:
            self._zone(HEADS, self.left + HEAD[0] / 2, HEAD[0], top, bottom)
        held = set(self.zone_of.values())
        for column, middle in enumerate(self.middles):
            if not prefix or f"{prefix}{column}" in held:
                self._zone(f"{prefix}{column}", middle, THING[0], top, bottom)

    def _things(
        self, row_of: Mapping[str, int], cells: Iterable[Cell], top: float, prefix: str
    ) -> None:
        for key, column in cells:
            y = top + THING[1] / 2 + row_of[key] * (THING[1] + GAP)
            self.boxes[key] = Box(self.middles[column], y, *THING)
            self.zone_of[key] = f"{prefix}{column}"

    def _zone(self, name: str, x: float, width: float, top: float, bottom: float) -> None:
        height = bottom + PADDING - top
        box = Box(x, top + height / 2, width + 2 * PADDING, height)
        self.zones.append(Zone(name, box))


def _cells(branches: Iterable[Branch]) -> Iterable[Cell]:
    for branch in branches:
        yield branch.key, branch.column
        yield from _cells(branch.children)


def level(layout: Layout, head: str, thing: str) -> Line:
    """The level line from the head of a lane to a thing in it; to one elsewhere from its middle."""
    start, end = layout.boxes[head], layout.boxes[thing]
    inside = abs(end.y - start.y) <= start.height / 2
    x = start.x + start.width / 2
    return Line((x, end.y if inside else start.y), (end.x - end.width / 2, end.y), "left")


def between(layout: Layout, source: str, target: str) -> Line | None:
    """The line from one column to another, through the gap between them; none within a column."""
    start, end = layout.boxes[source], layout.boxes[target]
    if start.x == end.x:
        return None
    ahead = 1 if end.x > start.x else -1
    left = start.x + ahead * start.width / 2
    arrived = end.x - ahead * end.width / 2
    return Line((left, start.y), (arrived, end.y), "left" if ahead > 0 else "right")
