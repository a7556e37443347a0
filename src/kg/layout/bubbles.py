"""Groups as bubbles in bubbles, in one world of pixels: an opened one shows its content in place.

The area of a bubble grows with the number of nodes inside: among neighbours, the radius is c √n
with one c, that which fits the usual content of a large one; a bubble whose content needs more room
is as large as it needs. Bubbles of one parent are laid out
by the ties between them (`kg.layout.spring`) and pushed apart as circles; the outermost ones lie in
a drawing that is wider than high, the others in the circle of their parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.layout.clusters import Group, groups
from kg.layout.shelves import Extent, disc
from kg.layout.spring import ROOM, STRETCH, Place, Tie, circles, spring
from kg.networks.network import Floats

MARGIN = 30.0
"""Between the rim of a bubble and what is inside."""
SPACE = 1.08
"""Between two bubbles: each is given so much more room."""


@dataclass(frozen=True)
class Bubble:
    """Where a group lies."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Bubbles:
    """Groups and their bubbles, and of each node its innermost group and its place."""

    groups: tuple[Group, ...]
    bubbles: tuple[Bubble, ...]
    group_of: tuple[int, ...]
    places: tuple[Place, ...]


def bubbles(size: int, ties: Sequence[Tie], room: Extent = ROOM) -> Bubbles:
    """Group `size` nodes and lay them out, each node with a `room` of its own in its group.

    >>> found = bubbles(3, [(0, 1, 1.0), (1, 2, 1.0)], (40, 20))
    >>> found.group_of, round(found.bubbles[0].radius)
    ((0, 0, 0), 94)
    """
    found = groups(size, ties)
    world = _World(size, ties, found, room)
    world.fill()
    world.settle()
    return Bubbles(
        found,
        tuple(
            Bubble(*(round(float(one), 1) for one in (x, y, radius)))
            for (x, y), radius in zip(world.middles, world.radii, strict=True)
        ),
        tuple(world.group_of.tolist()),
        tuple((float(x), float(y)) for x, y in world.places),
    )


class _World:
    """Places in the making: first within each group, from the innermost out, then in all."""

    def __init__(
        self, size: int, ties: Sequence[Tie], found: Sequence[Group], room: Extent
    ) -> None:
        self.found, self.room = found, room
        self.group_of = np.zeros(size, dtype=np.int64)
        for place, group in enumerate(found):
            if group.leaf:
                self.group_of[list(group.members)] = place
        self.children: dict[int | None, list[int]] = {}
        for place, group in enumerate(found):
            self.children.setdefault(group.parent, []).append(place)
        self.within = self._by_group(ties)
        self.middles = np.zeros((len(found), 2))
        self.radii = np.zeros(len(found))
        self.needed = np.zeros(len(found))
        self.places = np.zeros((size, 2))

    def _by_group(self, ties: Iterable[Tie]) -> dict[int | None, list[Tie]]:
        """Ties between nodes of one leaf, and between the groups of one parent."""
        within: dict[int | None, list[Tie]] = {}
        lines = [self._line(place) for place in range(len(self.found))]
        for one, other, weight in ties:
            first, second = int(self.group_of[one]), int(self.group_of[other])
            if first == second:
                within.setdefault(first, []).append((one, other, weight))
                continue
            ours, theirs = lines[first], lines[second]
            depth = next(d for d, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b)
            parent = ours[depth - 1] if depth else None
            within.setdefault(parent, []).append((ours[depth], theirs[depth], weight))
        return within

    def _line(self, place: int) -> list[int]:
        """The groups around a group, the outermost first, and itself."""
        line: list[int] = []
        around: int | None = place
        while around is not None:
            line.append(around)
            around = self.found[around].parent
        return line[::-1]

    def fill(self) -> None:
        """Lay out each group around (0, 0); parents stand before their own, so from the end."""
        for place in range(len(self.found) - 1, -1, -1):
            if self.found[place].leaf:
                self._fill_leaf(place)
            else:
                self._fill_parent(place, 1.0)
        self._fill_parent(None, STRETCH)

    def _fill_leaf(self, place: int) -> None:
        members = sorted(self.found[place].members)
        inside = self.within.get(place, ())
        number = {node: index for index, node in enumerate(members)}
        ties = [(number[one], number[other], weight) for one, other, weight in inside]
        if ties:
            close = {"stretch": 1.0, "ratio": 1.0, "gap": 0.0}
            at = np.array(spring(len(members), ties, self.room, clear=False, **close))
        else:
            at = disc(len(members), (self.room[0] + 1.0, self.room[1] + 1.0))
        corner = np.abs(at) + np.array(self.room) / 2
        self.places[members] = at
        self.needed[place] = float(np.hypot(corner[:, 0], corner[:, 1]).max()) + MARGIN

    def _fill_parent(self, place: int | None, stretch: float) -> None:
        inner = self.children.get(place, [])
        if not inner:
            return
        self.radii[inner] = self._radii(inner)
        number = {child: index for index, child in enumerate(inner)}
        ties = [(number[a], number[b], w) for a, b, w in self.within.get(place, ())]
        at = circles(self.radii[inner] * SPACE, ties, stretch=stretch)
        self.middles[inner] = at
        if place is not None:
            far = np.hypot(at[:, 0], at[:, 1]) + self.radii[inner]
            self.needed[place] = float(far.max()) + MARGIN

    def _radii(self, inner: Sequence[int]) -> Floats:
        sizes = np.array([len(self.found[child].members) for child in inner])
        needed = self.needed[inner]
        large = sizes * 2 >= sizes.mean()
        scale = float(np.median((needed / np.sqrt(sizes))[large]))
        return np.asarray(np.maximum(needed, scale * np.sqrt(sizes)), dtype=np.float64)

    def settle(self) -> None:
        """From places within a group to places in the world, the outermost groups first."""
        self.middles = np.round(self.middles)  # whole pixels, so that nothing comes nearer
        for place, group in enumerate(self.found):
            if group.parent is not None:
                self.middles[place] += self.middles[group.parent]
        self.places += self.middles[self.group_of] if len(self.found) else 0.0
