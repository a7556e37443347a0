"""The course of a meeting: items from top to bottom, what was said under each from left to right.

A column is an exchange: what stands below answers what stands above, and what an act led to hangs
right under it, indented. Of several answers to one act all but the last are indented, too, so that
the line of the last runs free beside them. Short items share a row. The drawing begins at (0, 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.layout.boxes import Box, Layout, Line, Zone

ACT, OUTCOME, CHIP, HEAD = (232.0, 68.0), (232.0, 50.0), (112.0, 42.0), (232.0, 68.0)
PERSON = (150.0, 58.0)
GAP_X, GAP_Y, CAPTION, PADDING, BETWEEN = 34.0, 16.0, 34.0, 14.0, 18.0
INDENT, PORT = 18.0, 9.0
COLUMNS, MOST_ROWS, DEEPEST = 5, 6, 3
LEFT = PADDING + CHIP[0] + GAP_X
WIDTH = LEFT + COLUMNS * ACT[0] + (COLUMNS - 1) * GAP_X + PADDING

Tie: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Turn:
    """What somebody said: the acts that it answers, and what it led to, by their keys."""

    key: str
    answers: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """An item of the agenda by the name of its zone, the key of its own box, and its turns."""

    name: str
    chip: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class _Row:
    """A box in its column: how far in, how high, and the box that it hangs on."""

    key: str
    depth: int
    height: float
    parent: str = ""


@dataclass(frozen=True)
class _Laid:
    """A section with its columns."""

    section: Section
    columns: Sequence[Sequence[_Row]]

    @property
    def width(self) -> float:
        """The width of its zone."""
        across = max(1, min(COLUMNS, len(self.columns)))
        return LEFT + across * (ACT[0] + GAP_X) - GAP_X + PADDING

    @property
    def keys(self) -> Iterator[str]:
        """The boxes that stand in its zone."""
        yield self.section.chip
        yield from (row.key for column in self.columns for row in column)


def agenda(
    head: str, people: Sequence[tuple[str, Sequence[str]]], sections: Sequence[Section]
) -> Layout:
    """Place the box of the meeting, those of the people by zone, and the sections below them.

    `lines` leads from an answer to what it answers, and from an outcome to its act.
    """
    draft = _Draft()
    draft.people(head, people)
    for shelf in _shelves(sections):
        draft.shelf(shelf)
    return Layout(draft.boxes, draft.zone_of, tuple(draft.zones), draft.lines)


class _Draft:
    """A layout in the making; `bottom` is where the next zone may begin."""

    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.zones: list[Zone] = []
        self.lines: dict[Tie, Line] = {}
        self.bottom = 0.0

    def people(self, head: str, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """The meeting on the left, beside it one zone a group of people, in rows."""
        left = HEAD[0] + BETWEEN
        self.boxes[head] = Box(HEAD[0] / 2, CAPTION + HEAD[1] / 2, *HEAD)
        for name, keys in groups:
            self._rows(name, keys, left)
        self.bottom = max(self.bottom, CAPTION + HEAD[1] + BETWEEN)

    def _rows(self, name: str, keys: Sequence[str], left: float) -> None:
        step_x, step_y = PERSON[0] + GAP_Y, PERSON[1] + GAP_Y
        per_row = int((WIDTH - left - 2 * PADDING + GAP_Y) // step_x)
        for place, key in enumerate(keys):
            across, down = place % per_row, place // per_row
            x = left + PADDING + across * step_x + PERSON[0] / 2
            y = self.bottom + CAPTION + down * step_y + PERSON[1] / 2
            self.boxes[key] = Box(x, y, *PERSON)
        rows = -(-len(keys) // per_row)
        height = CAPTION + rows * step_y
        self._zone(name, keys, left, WIDTH - left, height)
        self.bottom += height + BETWEEN

    def shelf(self, shelf: Sequence[_Laid]) -> None:
        """Items side by side: each its own box on the left, its exchanges beside it."""
        left, top, ends, lefts = 0.0, self.bottom + CAPTION, [], []
        for laid in shelf:
            ends.append(self._section(laid, left, top))
            lefts.append(left)
            left += laid.width + BETWEEN
        height = max(ends) + PADDING - self.bottom
        for laid, start in zip(shelf, lefts, strict=True):
            self._zone(laid.section.name, laid.keys, start, laid.width, height)
        self.bottom += height + BETWEEN

    def _section(self, laid: _Laid, left: float, top: float) -> float:
        chip = Box(left + PADDING + CHIP[0] / 2, top + CHIP[1] / 2, *CHIP)
        self.boxes[laid.section.chip] = chip
        bottom = top + CHIP[1]
        for start in range(0, len(laid.columns), COLUMNS):
            row = laid.columns[start : start + COLUMNS]
            bottom = max(bottom, self._side_by_side(row, left + LEFT, top))
            top = bottom + 2 * GAP_Y
        return bottom

    def _side_by_side(self, columns: Sequence[Sequence[_Row]], left: float, top: float) -> float:
        """One row of columns; returns where the longest ends."""
        ends = [
            self._column(column, left + place * (ACT[0] + GAP_X), top)
            for place, column in enumerate(columns)
        ]
        return max(ends)

    def _column(self, column: Sequence[_Row], left: float, top: float) -> float:
        shown = {row.key for row in column}
        for row in column:
            inset = row.depth * INDENT
            width = ACT[0] - inset
            x, y = left + inset + width / 2, top + row.height / 2
            self.boxes[row.key] = Box(x, y, width, row.height)
            if row.parent in shown:
                self._line(row)
            top += row.height + GAP_Y
        return top - GAP_Y

    def _line(self, row: _Row) -> None:
        """Up beside what is indented: from the top of the box, or from its side if it is inside."""
        box, parent = self.boxes[row.key], self.boxes[row.parent]
        left, parent_left = box.x - box.width / 2, parent.x - parent.width / 2
        end = (parent_left + PORT, parent.y + parent.height / 2)
        inside = left > parent_left
        start = (left, box.y) if inside else (parent_left + PORT, box.y - box.height / 2)
        self.lines[row.key, row.parent] = Line(start, end, "left")

    def _zone(
        self, name: str, keys: Iterable[str], left: float, width: float, height: float
    ) -> None:
        self.zone_of.update(dict.fromkeys(keys, name))
        box = Box(left + width / 2, self.bottom + height / 2, width, height)
        self.zones.append(Zone(name, box))


def _shelves(sections: Sequence[Section]) -> list[list[_Laid]]:
    """Items in their order, as many on one shelf as fit beside each other."""
    shelves: list[list[_Laid]] = []
    room = -1.0
    for section in sections:
        laid = _Laid(section, _columns(section.turns))
        if laid.width > room:
            shelves.append([])
            room = WIDTH
        shelves[-1].append(laid)
        room -= laid.width + BETWEEN
    return shelves


def _columns(turns: Sequence[Turn]) -> list[list[_Row]]:
    """The exchanges, each in a column of its own; a long one goes on in the next."""
    found: list[list[_Row]] = []
    for thread in _threads(turns):
        found += [thread[start : start + MOST_ROWS] for start in range(0, len(thread), MOST_ROWS)]
    return found


def _threads(turns: Sequence[Turn]) -> list[list[_Row]]:
    """Each act that answers none before it, with all that hangs on it, in the order of reading."""
    place = {turn.key: number for number, turn in enumerate(turns)}
    parents = {turn.key: _answered(turn, place) for turn in turns}
    hanging: dict[str, list[_Row]] = {}
    for turn in turns:
        hanging[turn.key] = [_Row(key, 0, OUTCOME[1], turn.key) for key in turn.outcomes]
    for turn in turns:
        if parent := parents[turn.key]:
            hanging[parent].append(_Row(turn.key, 0, ACT[1], parent))
    return [
        _unfolded(_Row(turn.key, 0, ACT[1]), hanging) for turn in turns if not parents[turn.key]
    ]


def _answered(turn: Turn, place: Mapping[str, int]) -> str:
    """The last of the earlier acts that a turn answers; "" where there is none under the item."""
    earlier = [key for key in turn.answers if place.get(key, len(place)) < place[turn.key]]
    return max(earlier, key=place.__getitem__, default="")


def _unfolded(root: _Row, hanging: Mapping[str, Sequence[_Row]]) -> list[_Row]:
    """A thread from its root, depth first; without recursion, since debates may be long."""
    rows: list[_Row] = []
    waiting = [root]
    while waiting:
        row = waiting.pop()
        rows.append(row)
        below = hanging.get(row.key, ())
        for number, one in reversed(list(enumerate(below, 1))):
            stays = number == len(below) and one.key in hanging
            depth = row.depth if stays else min(row.depth + 1, DEEPEST)
            waiting.append(_Row(one.key, depth, one.height, one.parent))
    return rows
