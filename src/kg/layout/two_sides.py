"""Two camps of actors left and right, and what they speak of, grouped by issue:

    only the left camp | its actors | both camps | actors of the right camp | only the right camp

Actors who share nothing with anyone stand below, with what they alone speak of. Each actor stands
as near as can be to the mean height of what it speaks of (barycentre: Sugiyama, Tagawa & Toda 1981,
doi:10.1109/TSMC.1981.4308636), without overlap. The lanes begin at y = 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.layout.boxes import Box, Layout, Line, Zone

OUTER, MIDDLE, ACTOR = (300.0, 40.0), (330.0, 40.0), (146.0, 46.0)
GAP, CAPTION, PADDING = 8.0, 30.0, 10.0
INDENT = 16.0
ACTOR_X = MIDDLE[0] / 2 + 100 + ACTOR[0] / 2
OUTER_X = ACTOR_X + ACTOR[0] / 2 + 90 + OUTER[0] / 2
PART_GAP = 26.0
CORNER = 6.0
LANES = ("left", "middle", "right")
_SIGN = {"left": -1.0, "middle": 0.0, "right": 1.0}


@dataclass(frozen=True)
class Unit:
    """A body with its officials, or another actor alone; `apart` says that it has no camp."""

    head: str
    members: tuple[str, ...]
    side: str
    apart: bool = False

    def all(self) -> tuple[str, ...]:
        """The head and its members."""
        return (self.head, *self.members)


@dataclass(frozen=True)
class Block:
    """The propositions of an issue, in the order in which they shall stand."""

    name: str
    propositions: tuple[str, ...]


def two_sides(
    units: Sequence[Unit], blocks: Sequence[Block], spoken: Mapping[str, Collection[str]]
) -> Layout:
    """Place actors and propositions; `spoken` has the actors that speak of each proposition.

    Zones are ``camp left``, ``apart right`` and, for the block of an issue, ``left 3`` or
    ``left apart 3`` with the place of the issue in `blocks`.
    """
    draft = _Draft(units, blocks, spoken)
    draft.stack("middle", False, CAPTION)
    for side in ("left", "right"):
        top = draft.part(side, False, 0.0)
        draft.part(side, True, top)
    return Layout(draft.boxes, draft.zone_of, tuple(draft.camps + draft.issues))


class _Draft:
    """A layout in the making; each step sees where the earlier ones put their nodes."""

    def __init__(
        self,
        units: Sequence[Unit],
        blocks: Sequence[Block],
        spoken: Mapping[str, Collection[str]],
    ) -> None:
        self.units, self.blocks, self.spoken = units, blocks, spoken
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.camps: list[Zone] = []
        self.issues: list[Zone] = []
        self.speaks_of: defaultdict[str, list[str]] = defaultdict(list)
        for proposition, actors in spoken.items():
            for actor in actors:
                self.speaks_of[actor].append(proposition)
        self.lanes = self._lanes()

    def part(self, side: str, apart: bool, top: float) -> float:
        """The camp of a side, or those apart there, in a zone; returns where the next may begin."""
        units = [one for one in self.units if (one.side, one.apart) == (side, apart)]
        if not units:
            return top
        low = self.stack(side, apart, top + CAPTION)
        bottom = max(low, self._actors(units, top + CAPTION)) + 6
        inner, outer = ACTOR_X - ACTOR[0] / 2 - PADDING, OUTER_X + OUTER[0] / 2 + 2 * PADDING
        name = f"{'apart' if apart else 'camp'} {side}"
        self.zone_of |= {key: name for unit in units for key in unit.all()}
        x = _SIGN[side] * (inner + outer) / 2
        self.camps.append(_zone(name, x, outer - inner, top, bottom))
        return bottom + PART_GAP

    def _lanes(self) -> Mapping[tuple[str, bool], dict[int, list[str]]]:
        """Of each lane and part: the propositions by the place of their issue."""
        unit_of = {key: unit for unit in self.units for key in unit.all()}
        one_camp = len({unit.side for unit in self.units if not unit.apart}) < 2
        found: defaultdict[tuple[str, bool], dict[int, list[str]]] = defaultdict(dict)
        for place, block in enumerate(self.blocks):
            for proposition in block.propositions:
                heard = {unit_of[actor] for actor in self.spoken[proposition]}
                lane = _lane(heard, one_camp)
                found[lane].setdefault(place, []).append(proposition)
        return found

    def stack(self, lane: str, apart: bool, top: float) -> float:
        """One block under the other, each with room for its caption; returns where they end."""
        width, height = MIDDLE if lane == "middle" else OUTER
        x = _SIGN[lane] * OUTER_X
        for place, propositions in self.lanes.get((lane, apart), {}).items():
            name = f"{lane}{' apart' if apart else ''} {place}"
            y = top + CAPTION
            for proposition in propositions:
                self.boxes[proposition] = Box(x, y + height / 2, width, height)
                self.zone_of[proposition] = name
                y += height + GAP
            self.issues.append(_zone(name, x, width + 2 * PADDING, top, y + 2))
            top = y + PADDING
        return top

    def _actors(self, units: Sequence[Unit], top: float) -> float:
        """The units by the mean height of what they speak of; returns where they end."""
        ranked = sorted(units, key=lambda unit: (self._mean(unit.all(), top), unit.head))
        heights = [len(unit.all()) * (ACTOR[1] + GAP) + GAP for unit in ranked]
        wanted = [self._mean(u.all(), top) - h / 2 for u, h in zip(ranked, heights, strict=True)]
        tops = spread(wanted, heights, top)
        for unit, y in zip(ranked, tops, strict=True):
            members = sorted(unit.members, key=lambda key: (self._mean((key,), top), key))
            for turn, key in enumerate((unit.head, *members)):
                x = _SIGN[unit.side] * (ACTOR_X + (INDENT if turn else 0.0))
                self.boxes[key] = Box(x, y + ACTOR[1] / 2 + turn * (ACTOR[1] + GAP), *ACTOR)
        return tops[-1] + heights[-1]

    def _mean(self, keys: Iterable[str], top: float) -> float:
        """The mean height of what these actors speak of, in whole pixels."""
        placed = [self.boxes[p].y for key in keys for p in self.speaks_of[key] if p in self.boxes]
        return float(round(sum(placed) / len(placed))) if placed else top


def _lane(heard: Collection[Unit], one_camp: bool) -> tuple[str, bool]:
    """The lane and part of a proposition by those who speak of it."""
    sides = {unit.side for unit in heard}
    tied = [unit for unit in heard if not unit.apart]
    if len(sides) > 1 or (one_camp and len(tied) > 1):
        return "middle", False
    return sides.pop(), not tied


def _zone(name: str, x: float, width: float, top: float, bottom: float) -> Zone:
    return Zone(name, Box(x, (top + bottom) / 2, width, bottom - top))


def spread(wanted: Sequence[float], heights: Sequence[float], top: float = 0.0) -> list[float]:
    """Tops as near as can be to those that are wanted, one below the other, none above `top`.

    `wanted` is in order. Least squares under an order: pooled neighbours (Ayer, Brunk, Ewing, Reid
    & Silverman 1955, doi:10.1214/aoms/1177728423).

    >>> spread([0.0, 10.0, 100.0], [20.0, 20.0, 20.0], -50.0)
    [-5.0, 15.0, 100.0]
    """
    offsets, total = [], 0.0
    for height in heights:
        offsets.append(total)
        total += height
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, size = (mean * size + other * more) / (size + more), size + more
        pools.append((mean, size))
    levels = [max(mean, top) for mean, size in pools for _ in range(size)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def lines(boxes: Mapping[str, Box], ties: Sequence[tuple[str, str]]) -> list[Line]:
    """Where each tie leaves its actor and meets its proposition: spread along the sides."""
    left = [boxes[source].x < boxes[target].x for source, target in ties]
    starts = _ports(boxes, [(s, t, to_left) for (s, t), to_left in zip(ties, left, strict=True)])
    ends = _ports(boxes, [(t, s, not to_left) for (s, t), to_left in zip(ties, left, strict=True)])
    sides = ["left" if to_left else "right" for to_left in left]
    return [Line(*one) for one in zip(starts, ends, sides, strict=True)]


def _ports(
    boxes: Mapping[str, Box], ends: Sequence[tuple[str, str, bool]]
) -> list[tuple[float, float]]:
    """A point for each end on the right or left side of its box, in the order of the other ends."""
    shared: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, (node, _, right) in enumerate(ends):
        shared[node, right].append(place)
    points = [(0.0, 0.0)] * len(ends)
    for (node, right), places in shared.items():
        box = boxes[node]
        places.sort(key=lambda place: (boxes[ends[place][1]].y, place))
        for turn, place in enumerate(places):
            share = (turn + 0.5) / len(places) - 0.5
            x = box.x + (box.width / 2 if right else -box.width / 2)
            points[place] = x, round(box.y + share * (box.height - 2 * CORNER), 2)
    return points
