"""Drawings without overlap: boxes and circles are pushed apart until each has room of its own.

As the force transfer of Huang, Lai, Sajeev & Gao (2007, doi:10.1016/j.ins.2006.06.004) has it: two
that overlap each give way by half, the shorter way out, and what stands far away does not move.
Where that alone does not end, the whole grows a little, which keeps its shape (Gansner & Hu 2010,
doi:10.7155/jgaa.00198).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeAlias

import numpy as np
from scipy.spatial import cKDTree

from kg.networks.network import Floats, Indices

Pushes: TypeAlias = Callable[[Floats, Indices, Indices], Floats]
"""Places, and two nodes for each pair: how far the second must move from the first, 0 where the two
do not overlap."""

PATIENCE, GROWTH = 12, 1.06
"""Rounds of pushing between two that let the whole grow, and by how much."""
SQUEEZES, SQUEEZE, SQUEEZED = 60, 0.97, 8
"""How often circles are drawn together, to which share of their distances, and the rounds of
pushing after each time."""
TRIES = 40
"""How often nodes are pushed off lines."""
_STEP, _SLACK = 0.55, 1e-6


def boxes_apart(at: Floats, rooms: Floats) -> Floats:
    """Places (nodes × 2) where no two boxes overlap; `rooms` are widths and heights (nodes × 2).

    >>> boxes_apart(np.zeros((2, 2)), np.array([[10.0, 4.0], [10.0, 4.0]])).round(1).tolist()
    [[0.0, -2.2], [0.0, 2.2]]
    """

    def pushes(places: Floats, first: Indices, second: Indices) -> Floats:
        gap = places[second] - places[first]
        over = (rooms[first] + rooms[second]) / 2 - np.abs(gap)
        touching = np.all(over > _SLACK, axis=1)
        sideways = over[:, 0] < over[:, 1]
        way = np.stack([sideways, ~sideways], axis=1) & touching[:, None]
        return np.where(way, over * np.where(gap < 0, -1.0, 1.0), 0.0)

    return _apart(at, rooms.max(axis=0, initial=1.0), pushes)


def clear_of_lines(at: Floats, ties: Indices, rooms: Floats, clearance: float) -> Floats:
    """Places where fewer lines run through nodes that they do not end at, and no boxes overlap.

    `ties` are pairs of nodes (ties × 2). A node nearer than `clearance` to a line is pushed off it
    by turns with `boxes_apart`; the places with the least to push are taken, at first those given.

    >>> at = np.array([[0.0, 0.0], [50.0, 1.0], [100.0, 0.0]])
    >>> moved = clear_of_lines(at, np.array([[0, 2]]), np.full((3, 2), 10.0), 20.0)
    >>> float(moved[1, 1] - moved[0, 1]) > 19
    True
    """
    best, least = at, float(np.abs(_off_lines(at, ties, clearance)).sum())
    for _ in range(TRIES if least else 0):
        at = boxes_apart(at + _off_lines(at, ties, clearance) * _STEP, rooms)
        left = float(np.abs(_off_lines(at, ties, clearance)).sum())
        if left < least:
            best, least = at, left
    return best


def _off_lines(at: Floats, ties: Indices, clearance: float) -> Floats:
    """How far each node is to be moved, to come off all lines that are too near."""
    starts, ways = at[ties[:, 0]], at[ties[:, 1]] - at[ties[:, 0]]
    lengths = np.maximum((ways**2).sum(axis=1), 1e-9)
    gap = at[:, None, :] - starts[None]
    along = ((gap * ways[None]).sum(axis=2) / lengths).clip(0.0, 1.0)
    off = gap - along[:, :, None] * ways[None]
    far = np.hypot(off[:, :, 0], off[:, :, 1])
    # A node that lies on a line goes to the line's left.
    aside = np.stack([ways[:, 1], -ways[:, 0]], axis=1) / np.sqrt(lengths)[:, None]
    way = np.where(far[:, :, None] > 1e-6, off / np.maximum(far, 1e-6)[:, :, None], aside[None])
    short = np.maximum(clearance - far, 0.0)
    short[ties, np.arange(len(ties))[:, None]] = 0.0  # a line may come near its own ends
    return np.asarray((way * short[:, :, None]).sum(axis=1), dtype=np.float64)


def circles_together(at: Floats, radii: Floats) -> Floats:
    """Places around (0, 0) where no two circles overlap, as close together as they easily go.

    They are drawn towards the middle and pushed apart by turns, then pushed apart for good.

    >>> circles_together(np.array([[0.0, 0.0], [60.0, 0.0]]), np.array([5.0, 5.0])).round().tolist()
    [[-5.0, 0.0], [5.0, 0.0]]
    """

    def pushes(places: Floats, first: Indices, second: Indices) -> Floats:
        gap = places[second] - places[first]
        far = np.hypot(gap[:, 0], gap[:, 1])
        over = np.maximum(radii[first] + radii[second] - far, 0.0)
        over[over <= _SLACK] = 0.0
        # Two in one place have no way between them: the later one goes right.
        right = np.tile([1.0, 0.0], (len(gap), 1))
        way = np.divide(gap, far[:, None], out=right, where=far[:, None] > 0)
        return np.asarray(way * over[:, None], dtype=np.float64)

    widest = 2 * float(radii.max(initial=1.0))
    reach = np.array([widest, widest])
    for _ in range(SQUEEZES):
        middle = middle_of_circles(at, radii)
        at = _apart((at - middle) * SQUEEZE, reach, pushes, SQUEEZED)
    at = _apart(at, reach, pushes)
    return at - middle_of_circles(at, radii)


def middle_of_circles(at: Floats, radii: Floats) -> Floats:
    """About where a circle around all circles is smallest: go towards the farthest, ever less.

    After Bădoiu & Clarkson (2003, “Smaller core-sets for balls”, SODA 2003, pp. 801–802).
    """
    middle = (at.min(axis=0) + at.max(axis=0)) / 2
    for step in range(1, 100):
        gap = at - middle
        far = np.hypot(gap[:, 0], gap[:, 1]) + radii
        middle = middle + gap[far.argmax()] / (step + 1)
    return np.asarray(middle, dtype=np.float64)


def _apart(at: Floats, reach: Floats, pushes: Pushes, most: int | None = None) -> Floats:
    """Push pairs apart until none overlaps; none does that is further apart than `reach`.

    With `most`, stop after so many rounds and do not let the whole grow.
    """
    at = at.astype(np.float64)
    for step in count(1):
        first, second = _near(at, reach)
        push = pushes(at, first, second)
        if not push.any() or step == most:
            break
        for axis in (0, 1):
            moved = push[:, axis] * _STEP
            at[:, axis] += np.bincount(second, moved, len(at)) - np.bincount(first, moved, len(at))
        if not most and step % PATIENCE == 0:
            middle = at.mean(axis=0)
            at = (at - middle) * GROWTH + middle
    return at


def _near(at: Floats, reach: Floats) -> tuple[Indices, Indices]:
    """The pairs of nodes that are within `reach` of each other on both axes, lower place first."""
    if len(at) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    pairs = cKDTree(at / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]
