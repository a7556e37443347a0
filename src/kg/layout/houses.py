"""People as they sit at a table: the meetings in the middle, the bodies along both sides.

    body              |            |              body
      person ---------|  meeting   |--------- person
      person ---------|  meeting   |--------- person

Each house is a body with the people who represent it below, one a row and set in towards the
middle, so that the line from a person to a meeting crosses no box. What nobody represents stands
below. The table and both sides begin at y = 0; the table is centred at x = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.layout.boxes import Box, Layout, Line, Zone

BODY, PERSON = (214.0, 46.0), (190.0, 46.0)
TABLE, SMALL = (250.0, 60.0), (214.0, 46.0)
INDENT = 36.0
GAP, PADDING, CAPTION = 8.0, 10.0, 30.0
AISLE = 150.0
BETWEEN = 40.0
ROWS = 60
"""So many people stand below each other on a side; of more, several share a row."""
FEWEST = 4
"""In a row below, however narrow what stands above is."""
MEETINGS, GROUPS, OUTSIDE, LOOSE = "meetings", "groups", "outside", "loose"
"""Zones beside those of the houses, which are called by their number behind `HOUSE`."""
HOUSE = "house"
_MIDDLE = (MEETINGS, GROUPS)


@dataclass(frozen=True)
class House:
    """A body and the people who represent it, in order."""

    body: str
    people: tuple[str, ...]


def houses(
    inhabited: Sequence[House],
    meetings: Sequence[str],
    groups: Sequence[str],
    outside: Sequence[str],
    loose: Sequence[str] = (),
) -> Layout:
    """Place houses on both sides of `meetings` and, below these, of working bodies (`groups`).

    `outside` are bodies that nobody represents, `loose` people who represent nobody; they stand in
    zones of their own below. The largest houses stand at the head of the table.

    >>> layout = houses([House("A", ("a",)), House("B", ("b",))], ["m"], [], [])
    >>> layout.boxes["a"].x < layout.boxes["m"].x < layout.boxes["b"].x
    True
    """
    draft = _Draft()
    across = _across(inhabited)
    bottoms = {-1: 0.0, 1: 0.0}
    order = sorted(range(len(inhabited)), key=lambda n: -len(inhabited[n].people))
    for number in order:
        side = min(bottoms, key=lambda one: (bottoms[one], one))
        bottoms[side] = draft.house(number, inhabited[number], side, bottoms[side], across)
    middle = draft.stack(MEETINGS, meetings, TABLE, 0.0)
    middle = draft.stack(GROUPS, groups, TABLE, middle)
    bottom = max(middle, *bottoms.values())
    bottom = draft.rows(LOOSE, loose, PERSON, bottom)
    draft.rows(OUTSIDE, outside, SMALL, bottom)
    return Layout(draft.boxes, draft.zone_of, tuple(draft.zones))


def _across(inhabited: Sequence[House]) -> int:
    """How many people share a row: one, unless the table would be longer than a hall."""
    rows = sum(1 + len(house.people) for house in inhabited) / 2
    return 1 + int(rows // ROWS)


class _Draft:
    """A layout in the making."""

    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.zones: list[Zone] = []

    def house(self, number: int, house: House, side: int, top: float, across: int) -> float:
        """A house on a side (-1: left), from `top` down; returns where the next one begins."""
        wide = max(BODY[0], INDENT + across * (PERSON[0] + GAP) - GAP)
        inner = side * (TABLE[0] / 2 + AISLE)
        outer = inner + side * wide
        name = f"{HOUSE}{number}"
        y = top + CAPTION
        self._put(house.body, name, outer - side * BODY[0] / 2, y, BODY)
        y += BODY[1] + GAP
        for start in range(0, len(house.people), across):
            for place, person in enumerate(house.people[start : start + across]):
                x = inner + side * (PERSON[0] / 2 + place * (PERSON[0] + GAP))
                self._put(person, name, x, y, PERSON)
            y += PERSON[1] + GAP
        bottom = y - GAP + PADDING
        self._zone(name, (inner + outer) / 2, wide, top, bottom)
        return bottom + 2 * GAP

    def stack(self, zone: str, keys: Sequence[str], size: tuple[float, float], top: float) -> float:
        """A column in the middle; returns where the next one begins."""
        if not keys:
            return top
        for place, key in enumerate(keys):
            self._put(key, zone, 0.0, top + CAPTION + place * (size[1] + 2 * GAP), size)
        bottom = top + CAPTION + len(keys) * (size[1] + 2 * GAP) - 2 * GAP + PADDING
        self._zone(zone, 0.0, size[0], top, bottom)
        return bottom + BETWEEN

    def rows(self, zone: str, keys: Sequence[str], size: tuple[float, float], top: float) -> float:
        """Rows as wide as the whole drawing; returns where what stands below begins."""
        if not keys:
            return top
        width = max((2 * abs(box.x) + box.width for box in self.boxes.values()), default=0.0)
        pitch = size[0] + 2 * GAP
        fits = max(FEWEST, int((width + 2 * GAP) // pitch))
        for start in range(0, len(keys), fits):
            row = keys[start : start + fits]
            left = -(len(row) * pitch - 2 * GAP) / 2
            for place, key in enumerate(row):
                y = top + BETWEEN + CAPTION + start // fits * (size[1] + GAP)
                self._put(key, zone, left + size[0] / 2 + place * pitch, y, size)
        lines = -(-len(keys) // fits)
        bottom = top + BETWEEN + CAPTION + lines * (size[1] + GAP) - GAP + PADDING
        wide = min(len(keys), fits) * pitch - 2 * GAP
        self._zone(zone, 0.0, wide, top + BETWEEN, bottom)
        return bottom

    def _put(self, key: str, zone: str, x: float, top: float, size: tuple[float, float]) -> None:
        self.boxes[key] = Box(x, top + size[1] / 2, *size)
        self.zone_of[key] = zone

    def _zone(self, name: str, x: float, width: float, top: float, bottom: float) -> None:
        box = Box(x, (top + bottom) / 2, width + 2 * PADDING, bottom - top)
        self.zones.append(Zone(name, box))


def line(layout: Layout, source: str, target: str) -> Line | None:
    """Where a line runs so that it crosses no box; nothing where a plain one does not, either.

    From a house to the middle it starts at the inner wall; along a side, or along the middle, it
    runs beside the boxes; from a house to what stands below it arrives from above.
    """
    first, second = layout.zone_of[source], layout.zone_of[target]
    start, end = layout.boxes[source], layout.boxes[target]
    if first == second and first.startswith(HOUSE):
        return _to_head(start, end) if start.width != end.width else None
    if first in _MIDDLE and second in _MIDDLE:
        near = abs(start.y - end.y) <= TABLE[1] + BETWEEN + CAPTION + PADDING
        return None if near else _beside(start, end, -1 if MEETINGS in (first, second) else 1)
    if not first.startswith(HOUSE):
        return None
    side = -1 if start.x < 0 else 1
    if second.startswith(HOUSE):
        return _beside(start, end, side) if start.x == end.x else None
    inner = (start.x - side * start.width / 2, start.y)
    if second in _MIDDLE:
        return Line(inner, (end.x + side * end.width / 2, end.y), "left" if side < 0 else "right")
    return Line(inner, (end.x, end.y - end.height / 2), "left" if side < 0 else "right")


def _to_head(sits: Box, above: Box) -> Line:
    """From a person to the body above, along the outer wall."""
    side = -1 if above.x < 0 else 1
    start = (sits.x + side * sits.width / 2, sits.y)
    return Line(start, (start[0] + side * INDENT / 2, above.y + above.height / 2), "left")


def _beside(start: Box, end: Box, side: int) -> Line:
    """Up or down past the boxes of a column, on its left (-1) or right side: the line bows out."""
    x = start.x + side * start.width / 2
    return Line((x, start.y), (x, end.y), "left" if side < 0 else "right")
