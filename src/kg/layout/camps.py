"""Camps side by side: who stands together, who between them, and who has no tie to anyone.

Within a camp ties of agreement pull (`kg.layout.spring`). Each camp is turned so that those who are
tied to the other camp stand next to it. Who has no tie stands below, in rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from kg.layout.boxes import Box, Layout, Zone
from kg.layout.shelves import rows
from kg.layout.spring import spring

SignedTie: TypeAlias = tuple[str, str, float]
"""Two nodes, and what agreement there is between them less disagreement."""
Place: TypeAlias = tuple[float, float]

ROOM = (190.0, 110.0)
"""What a dot needs with its label and the lines around it."""
BETWEEN, CAPTION, PADDING = 320.0, 36.0, 14.0
TALL = 1.8
"""A camp is so much higher than wide, so that few stand between others and the other camp."""
MOST_SPRUNG = 1000
"""A larger camp stands in rows, the best tied first."""
WIDTH = 1400.0
CLEAR = 36.0
"""What a line should keep off the middle of a dot."""
STEPS = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2)
"""How far a camp may move up or down to let lines pass, as shares of the height of a room."""
MOST_CHECKED = 100_000
LABEL = 12.0
"""By so much a dot stands above the middle of its room."""
APART = "apart"


def camps_apart(
    camp_of: Mapping[str, int | None], ties: Sequence[SignedTie], sizes: Mapping[str, float]
) -> Layout:
    """Place dots by camp, from the left; zones are the numbers of camps, and `APART`.

    `camp_of` has every node, in the order in which equal ones stand; None is for one without a tie.
    `sizes` are diameters; none may be above 100.

    >>> sizes = dict.fromkeys("abc", 40.0)
    >>> layout = camps_apart({"a": 0, "b": 1, "c": None}, [("a", "b", -2.0)], sizes)
    >>> layout.boxes["a"].x < layout.boxes["b"].x, layout.zone_of["c"]
    (True, 'apart')
    """
    camps: defaultdict[int, list[str]] = defaultdict(list)
    for node, camp in camp_of.items():
        if camp is not None:
            camps[camp].append(node)
    at: dict[str, Place] = {}
    sides: list[tuple[str, float, float]] = []
    left = 0.0
    for camp in sorted(camps):
        places = _camp(camps[camp], ties, camp_of)
        width = _extent(places)[0] + 2 * PADDING
        at |= _clear(_moved(places, left + PADDING, 0.0), at, ties)
        sides.append((str(camp), left + width / 2, width))
        left += width + BETWEEN
    low = _extent(at)[1] + CAPTION if at else 0.0
    at = _moved(at, PADDING, CAPTION) if at else {}
    zones = [Zone(name, Box(x, low / 2, width, low)) for name, x, width in sides]
    alone = [node for node, camp in camp_of.items() if camp is None]
    if alone:
        top = low + 40.0 if at else 0.0
        fits = max(left - BETWEEN, min(WIDTH, len(alone) * ROOM[0] + 2 * PADDING))
        below = rows(len(alone), ROOM, fits - 2 * PADDING)
        places = {node: (float(x), float(y)) for node, (x, y) in zip(alone, below, strict=True)}
        at |= _moved(places, PADDING, top + CAPTION)
        low = top + CAPTION + _extent(places)[1]
        zones.append(Zone(APART, Box(fits / 2, (top + low) / 2, fits, low - top)))
    zone_of = {node: APART if camp is None else str(camp) for node, camp in camp_of.items()}
    boxes = {node: Box(x, y, sizes[node], sizes[node]) for node, (x, y) in at.items()}
    return Layout(boxes, zone_of, tuple(zones))


def _camp(
    nodes: Sequence[str], ties: Sequence[SignedTie], camp_of: Mapping[str, int | None]
) -> Mapping[str, Place]:
    """The places within a camp, turned towards the other one."""
    number = {node: place for place, node in enumerate(nodes)}
    inside = [(number[a], number[b], w) for a, b, w in ties if a in number and b in number]
    if len(nodes) <= MOST_SPRUNG:
        lying = spring(len(nodes), inside, (ROOM[1], ROOM[0]), stretch=TALL)
        found = [(y, x) for x, y in lying]
    else:
        found = [(float(x), float(y)) for x, y in rows(len(nodes), ROOM, WIDTH)]
    across: defaultdict[str, float] = defaultdict(float)
    for a, b, weight in ties:
        if camp_of[a] != camp_of[b]:
            across[a] += abs(weight) + 1
            across[b] += abs(weight) + 1
    lean = sum(across[node] * x for node, (x, _) in zip(nodes, found, strict=True))
    # The first camp stands on the left, so that the other one is on its right.
    turn = -1.0 if (lean < 0) == (camp_of[nodes[0]] == 0) and lean else 1.0
    return {node: (turn * x, y) for node, (x, y) in zip(nodes, found, strict=True)}


def _clear(
    places: Mapping[str, Place], others: Mapping[str, Place], ties: Sequence[SignedTie]
) -> Mapping[str, Place]:
    """The places, moved or turned so that ties to `others` run behind as few dots as can be."""
    across = [
        (a, b) for a, b, _ in ties if (a in places and b in others) or (b in places and a in others)
    ]
    if not across or len(across) * (len(places) + len(others)) > MOST_CHECKED:
        return places
    middle, own = _middle(others), _middle(places)
    tried = [
        {node: (x, middle + turn * (y - own) + step * ROOM[1]) for node, (x, y) in places.items()}
        for step in STEPS
        for turn in (1, -1)
    ]
    return min(tried, key=lambda one: _hidden({**others, **one}, across))


def _middle(places: Mapping[str, Place]) -> float:
    ys = [y for _, y in places.values()]
    return (min(ys) + max(ys)) / 2


def _hidden(at: Mapping[str, Place], ties: Sequence[tuple[str, str]]) -> int:
    """How many dots lie on a tie that is not theirs."""
    nodes = list(at)
    number = {node: place for place, node in enumerate(nodes)}
    points = np.array([at[node] for node in nodes])
    ends = np.array([(number[a], number[b]) for a, b in ties])
    start, way = points[ends[:, 0]], points[ends[:, 1]] - points[ends[:, 0]]
    gap = points[None, :, :] - start[:, None, :]
    along = (gap * way[:, None, :]).sum(axis=2) / (way**2).sum(axis=1)[:, None]
    far = np.hypot(*np.moveaxis(gap - along[:, :, None] * way[:, None, :], 2, 0))
    near = (far < CLEAR) & (along > 0) & (along < 1)
    near[np.arange(len(ends))[:, None], ends] = False
    return int(near.sum())


def _extent(places: Mapping[str, Place]) -> tuple[float, float]:
    xs, ys = zip(*places.values(), strict=True)
    return max(xs) - min(xs) + ROOM[0], max(ys) - min(ys) + ROOM[1]


def _moved(places: Mapping[str, Place], left: float, top: float) -> dict[str, Place]:
    """The places, such that their room begins at `left` and `top`; labels hang below the dots."""
    least_x = min(x for x, _ in places.values()) - ROOM[0] / 2
    least_y = min(y for _, y in places.values()) - ROOM[1] / 2 + LABEL
    return {node: (x - least_x + left, y - least_y + top) for node, (x, y) in places.items()}
