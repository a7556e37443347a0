"""Rectangles: the places of nodes, the zones behind them, and where lines start and end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two rectangles share any area.

        >>> box = Box(0, 0, 10, 10)
        >>> box.overlaps(Box(9, 0, 10, 10)), box.overlaps(Box(10, 0, 10, 10))
        (True, False)
        """
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


@dataclass(frozen=True)
class Zone:
    """A named area of the drawing: a lane, a camp, or a band within the middle lane."""

    name: str
    box: Box


@dataclass(frozen=True)
class Line:
    """Where a stance starts at its holder and ends at its proposition, left or right of it."""

    start: tuple[float, float]
    end: tuple[float, float]
    side: str


@dataclass(frozen=True)
class Layout:
    """The place of each node, and the zone that it belongs to.

    `lines` has the course of those ties, by source and target, that have one of their own.
    """

    boxes: Mapping[str, Box]
    zone_of: Mapping[str, str]
    zones: tuple[Zone, ...]
    lines: Mapping[tuple[str, str], Line] = field(default_factory=dict)
