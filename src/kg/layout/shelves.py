"""Parts of a drawing side by side on shelves, and nodes without a tie in rows below.

Shelves are filled from the left, the tallest part first (Coffman, Garey, Johnson & Tarjan 1980,
doi:10.1137/0209062: next fit by decreasing height).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from kg.networks.network import Floats

Extent: TypeAlias = tuple[float, float]
"""Width and height."""

GAP = 60.0
"""Between two parts."""


def shelves(extents: Sequence[Extent], width: float, gap: float = GAP) -> list[Extent]:
    """The upper left corner of each part, in rows of `width`; a wider part has a row to itself.

    >>> shelves([(50, 10), (40, 30), (30, 20)], 80, gap=5)
    [(0.0, 35.0), (0.0, 0.0), (45.0, 0.0)]
    """
    corners: list[Extent] = [(0.0, 0.0)] * len(extents)
    x = y = tallest = 0.0
    for place in sorted(range(len(extents)), key=lambda one: (-extents[one][1], one)):
        wide, high = extents[place]
        if x and x + wide > width + 1e-9:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        corners[place] = (x, y)
        x, tallest = x + wide + gap, max(tallest, high)
    return corners


def rows(number: int, room: Extent, width: float) -> Floats:
    """The middles (nodes × 2) of `number` equal boxes in rows of `width`, from (0, 0) down.

    >>> rows(3, (10, 4), 25).tolist()
    [[5.0, 2.0], [15.0, 2.0], [5.0, 6.0]]
    """
    fits = max(1, int(width // room[0]))
    place = np.arange(number)
    cells = np.stack([place % fits, place // fits], axis=1) + 0.5
    return np.asarray(cells * np.array(room), dtype=np.float64)


def disc(number: int, room: Extent) -> Floats:
    """The middles (nodes × 2) of `number` equal boxes around (0, 0), in about a circle.

    >>> disc(3, (10, 10)).tolist()
    [[0.0, 0.0], [-10.0, 0.0], [0.0, -10.0]]
    """
    most = math.sqrt(number * room[0] * room[1] / math.pi) + math.hypot(*room)
    columns, lines = (np.arange(-int(most // one), int(most // one) + 1) * one for one in room)
    cells = np.stack(np.meshgrid(columns, lines, indexing="ij"), axis=-1).reshape(-1, 2)
    order = np.lexsort((cells[:, 1], cells[:, 0], np.hypot(cells[:, 0], cells[:, 1]).round(6)))
    return np.asarray(cells[order[:number]] + 0.0, dtype=np.float64)


def wide(area: float, ratio: float = 2.0) -> float:
    """The width of a page of this area that is `ratio` times as wide as it is high.

    >>> wide(200.0)
    20.0
    """
    return math.sqrt(ratio * area)
