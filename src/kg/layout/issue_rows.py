"""Issues with what answers them: the issue, propositions beside it, arguments on the right.

What refines a proposition stands under it, indented; propositions that exclude each other stand
next to each other where they can. Blocks fill two columns, the first ones at the top. The drawing
begins at (0, 0).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.layout.boxes import Box, Layout, Line, Zone

ISSUE, PROPOSITION, ARGUMENT = (188.0, 82.0), (268.0, 66.0), (262.0, 52.0)
CAPTION, PADDING, BETWEEN = 34.0, 14.0, 18.0
GUTTER, GAP, APART, TIGHT = 40.0, 14.0, 28.0, 8.0
INDENT, PORT, BRACKET, DEEPEST = 18.0, 9.0, 8.0, 3
PROPOSITION_LEFT = PADDING + ISSUE[0] + GUTTER
ARGUMENT_LEFT = PROPOSITION_LEFT + PROPOSITION[0] + GUTTER + BRACKET
WIDTH = ARGUMENT_LEFT + ARGUMENT[0] + PADDING
COLUMNS = 2

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """An issue: its zone, the key of its box ("": none), and its propositions by rank.

    `refines` leads from a proposition to those that it refines, `excludes` holds pairs, `arguments`
    the arguments of each proposition, those for it first.
    """

    name: str
    issue: str
    propositions: tuple[str, ...]
    refines: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    excludes: frozenset[Pair] = frozenset()
    arguments: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Row:
    """A proposition in its column: how far in, and the one above that it refines ("": none)."""

    key: str
    depth: int
    parent: str = ""


def issue_rows(blocks: Sequence[Block]) -> Layout:
    """Place the blocks, each in the column that is shorter so far.

    `lines` leads from a proposition to its issue or to what it refines, from an argument to its
    proposition, and between propositions that exclude each other, unless they are neighbours.
    """
    draft = _Draft()
    bottoms = [0.0] * min(COLUMNS, max(1, len(blocks)))
    for block in blocks:
        column = bottoms.index(min(bottoms))
        left = column * (WIDTH + BETWEEN)
        bottoms[column] = draft.block(block, left, bottoms[column]) + BETWEEN
    return Layout(draft.boxes, draft.zone_of, tuple(draft.zones), draft.lines)


class _Draft:
    """A layout in the making."""

    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.zones: list[Zone] = []
        self.lines: dict[Pair, Line] = {}

    def block(self, block: Block, left: float, top: float) -> float:
        """One issue with all that belongs to it; returns where it ends."""
        before = len(self.boxes)
        rows = in_order(block)
        bottom = self._rows(block, rows, left, top + CAPTION)
        if block.issue:
            x, y = left + PADDING + ISSUE[0] / 2, top + CAPTION + ISSUE[1] / 2
            self.boxes[block.issue] = Box(x, y, *ISSUE)
            bottom = max(bottom, top + CAPTION + ISSUE[1])
        self._refinements(rows)
        self._exclusions(block, rows)
        self._answers(block, rows)
        bottom += PADDING
        self.zone_of.update(dict.fromkeys(list(self.boxes)[before:], block.name))
        box = Box(left + WIDTH / 2, (top + bottom) / 2, WIDTH, bottom - top)
        self.zones.append(Zone(block.name, box))
        return bottom

    def _rows(self, block: Block, rows: Sequence[Row], left: float, top: float) -> float:
        """Each proposition beside its arguments; returns where the last row ends."""
        bottom = top
        for number, row in enumerate(rows):
            if number:
                bottom += APART if _exclude(block, rows[number - 1].key, row.key) else GAP
            bottom += self._row(block, row, left, bottom)
        return bottom

    def _row(self, block: Block, row: Row, left: float, top: float) -> float:
        given = block.arguments.get(row.key, ())
        stacked = len(given) * (ARGUMENT[1] + TIGHT) - TIGHT
        height = max(PROPOSITION[1], stacked)
        inset = row.depth * INDENT
        width = PROPOSITION[0] - inset
        x = left + PROPOSITION_LEFT + inset + width / 2
        self.boxes[row.key] = Box(x, top + height / 2, width, PROPOSITION[1])
        y = top + (height - stacked) / 2 + ARGUMENT[1] / 2
        for number, key in enumerate(given):
            place = y + number * (ARGUMENT[1] + TIGHT)
            self.boxes[key] = Box(left + ARGUMENT_LEFT + ARGUMENT[0] / 2, place, *ARGUMENT)
            share = (number + 0.5) / len(given) - 0.5
            end = (x + width / 2, top + height / 2 + share * (PROPOSITION[1] - 2 * PORT))
            self.lines[key, row.key] = Line((left + ARGUMENT_LEFT, place), end, "right")
        return height

    def _answers(self, block: Block, rows: Sequence[Row]) -> None:
        """From the left of each proposition that refines none of the block to the issue."""
        if block.issue:
            issue = self.boxes[block.issue]
            end = (issue.x + issue.width / 2, issue.y)
            for box, key in ((self.boxes[row.key], row.key) for row in rows if not row.parent):
                self.lines[key, block.issue] = Line((box.x - box.width / 2, box.y), end, "left")

    def _refinements(self, rows: Sequence[Row]) -> None:
        """From the side of what is indented up to the one that it refines."""
        for row in rows:
            if row.parent:
                box, parent = self.boxes[row.key], self.boxes[row.parent]
                end = (parent.x - parent.width / 2 + PORT, parent.y + parent.height / 2)
                self.lines[row.key, row.parent] = Line((box.x - box.width / 2, box.y), end, "left")

    def _exclusions(self, block: Block, rows: Sequence[Row]) -> None:
        """A bracket on the right between those that do not stand next to each other."""
        place = {row.key: number for number, row in enumerate(rows)}
        for one, other in sorted(block.excludes):
            if abs(place.get(one, 0) - place.get(other, 0)) > 1 and {one, other} <= place.keys():
                ends = (self.boxes[key] for key in (one, other))
                start, end = ((box.x + box.width / 2 + BRACKET, box.y) for box in ends)
                self.lines[one, other] = Line(start, end, "right")


def in_order(block: Block) -> list[Row]:
    """The propositions from top to bottom: each is followed by those that refine it.

    >>> [(row.key, row.depth) for row in in_order(Block("z", "", ("a", "b", "c"), {"c": ("a",)}))]
    [('a', 0), ('c', 1), ('b', 0)]
    """
    parents = _parents(block)
    below: dict[str, list[str]] = {key: [] for key in block.propositions}
    for key, parent in parents.items():
        below[parent].append(key)
    roots = [key for key in block.propositions if key not in parents]
    rows: list[Row] = []
    for root in _neighbours_first(block, roots):
        waiting = [Row(root, 0)]
        while waiting:
            row = waiting.pop()
            rows.append(row)
            depth = min(row.depth + 1, DEEPEST)
            waiting += [Row(key, depth, row.key) for key in reversed(below[row.key])]
    return rows


def _parents(block: Block) -> dict[str, str]:
    """The proposition under which another stands; what refines itself in a circle stands free."""
    known = set(block.propositions)
    parents: dict[str, str] = {}
    for key in block.propositions:
        for one in block.refines.get(key, ()):
            if one in known and not _leads_to(parents, one, key):
                parents[key] = one
                break
    return parents


def _leads_to(parents: Mapping[str, str], key: str, wanted: str) -> bool:
    """Tell whether `wanted` is `key` or above it."""
    while key != wanted and key in parents:
        key = parents[key]
    return key == wanted


def _neighbours_first(block: Block, roots: Sequence[str]) -> list[str]:
    """The roots by rank, except that those that exclude each other follow each other.

    A chain of exclusions starts at one of its ends.
    """
    rivals = {key: [one for one in roots if _exclude(block, key, one)] for key in roots}
    left = dict.fromkeys(roots)
    found: list[str] = []
    while left:
        near = [one for one in rivals[found[-1]] if one in left] if found else []
        following = near[0] if near else _end_of_chain(next(iter(left)), rivals, left)
        found.append(following)
        del left[following]
    return found


def _end_of_chain(start: str, rivals: Mapping[str, Sequence[str]], left: Mapping[str, None]) -> str:
    """Of what hangs together with `start`, the first that excludes the fewest others."""
    chain, waiting = {start}, [start]
    while waiting:
        new = [one for one in rivals[waiting.pop()] if one in left and one not in chain]
        chain.update(new)
        waiting += new
    members = [key for key in left if key in chain]
    return min(members, key=lambda key: sum(one in left for one in rivals[key]))


def _exclude(block: Block, one: str, other: str) -> bool:
    return (one, other) in block.excludes or (other, one) in block.excludes
