"""A table in which time goes from left to right: rows with their heads, signs in the cells.

A row has lines: one for each who is heard again, so that his or her signs stand one after the
other, and lines for the rest. Rows come in blocks with a caption, columns have heads in a strip on
top. A narrow and high table goes on beside itself, as a newspaper does, with the strip repeated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TypeAlias

from kg.layout.boxes import Box, Layout, Zone

HEAD = (320.0, 46.0)
SIGN = (22.0, 22.0)
LINE = 42.0
"""The height of a line of signs, with their labels below."""
GAP, CAPTION, PADDING, STRIP = 8.0, 30.0, 10.0, 34.0
COLUMN_GAP, LEAST_WIDTH = 16.0, 130.0
MOST_ABREAST = 6
"""So many signs stand side by side in a cell; more go to a further line."""
WIDEST, HIGHEST = 1900.0, 1400.0
"""A table higher than `HIGHEST` is parted, as long as the parts are not wider than `WIDEST`."""

Cells: TypeAlias = Mapping[int, Sequence[str]]
"""The signs of a line by column, in order."""


@dataclass(frozen=True)
class Row:
    """A row: the key of its head, the block that it is in, and its lines."""

    head: str
    block: str
    lines: tuple[Cells, ...]


def calendar(rows: Sequence[Row], columns: int, pitch: float) -> Layout:
    """Place heads and signs; `pitch` is the width that a sign needs with its label.

    Rows of a block must follow each other. Zones are ``block 0``, ``block 1`` … in the order of
    rows, and ``column 0`` …, as often as the strip is repeated; heads lie in those, signs in these.

    >>> layout = calendar([Row("q", "issue", ({0: ["a"], 1: ["b"]},))], 2, 60.0)
    >>> layout.boxes["q"].x < layout.boxes["a"].x < layout.boxes["b"].x
    True
    """
    draft = _Draft(rows, columns, pitch)
    blocks = [list(some) for _, some in groupby(rows, lambda row: row.block)]
    heights = [CAPTION + sum(_height(row) + GAP for row in some) + GAP for some in blocks]
    for part, numbers in enumerate(_parts(heights, draft.right)):
        left = part * (draft.right + 3 * GAP)
        draft.strip(left)
        top = STRIP + GAP
        for number in numbers:
            draft.block(number, blocks[number], left, top)
            top += heights[number]
    return Layout(draft.boxes, draft.zone_of, tuple(draft.zones))


def _parts(heights: Sequence[float], width: float) -> list[list[int]]:
    """The blocks side by side in parts of about the same height, in order."""
    fits = max(1, int(WIDEST // width))
    aim = max(HIGHEST, sum(heights) / fits)
    parts: list[list[int]] = []
    filled = math.inf
    for number, height in enumerate(heights):
        # A block goes where the greater part of it is within the height that is aimed at.
        if filled + height / 2 > aim and len(parts) < fits:
            parts.append([])
            filled = 0.0
        parts[-1].append(number)
        filled += height
    return parts


class _Draft:
    """A layout in the making."""

    def __init__(self, rows: Sequence[Row], columns: int, pitch: float) -> None:
        widest = [0] * columns
        for row in rows:
            for line in row.lines:
                for column, signs in line.items():
                    widest[column] = max(widest[column], len(signs))
        self.pitch = pitch
        self.widths = [max(LEAST_WIDTH, min(most, MOST_ABREAST) * pitch) for most in widest]
        first = HEAD[0] + 3 * PADDING
        self.starts = list(accumulate((w + COLUMN_GAP for w in self.widths), initial=first))
        self.right = self.starts[-1] - COLUMN_GAP + PADDING
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.zones: list[Zone] = []

    def strip(self, left: float) -> None:
        """The heads of the columns."""
        for column, (start, width) in enumerate(zip(self.starts, self.widths, strict=False)):
            box = Box(left + start + width / 2, STRIP / 2, width, STRIP)
            self.zones.append(Zone(f"column {column}", box))

    def block(self, number: int, rows: Sequence[Row], left: float, top: float) -> None:
        """The rows of a block under its caption."""
        y = top + CAPTION
        for row in rows:
            height = _height(row)
            self.boxes[row.head] = Box(left + PADDING + HEAD[0] / 2, y + height / 2, *HEAD)
            self.zone_of[row.head] = f"block {number}"
            self._lines(row, left, y + (height - _filled(row)) / 2)
            y += height + GAP
        box = Box(left + self.right / 2, (top + y) / 2, self.right, y - top)
        self.zones.append(Zone(f"block {number}", box))

    def _lines(self, row: Row, left: float, top: float) -> None:
        for line in row.lines:
            for column, signs in line.items():
                self.zone_of |= dict.fromkeys(signs, f"column {column}")
                for place, sign in enumerate(signs):
                    x = left + self.starts[column] + (place % MOST_ABREAST + 0.5) * self.pitch
                    y = top + place // MOST_ABREAST * LINE + SIGN[1] / 2 + 2
                    self.boxes[sign] = Box(x, y, *SIGN)
            top += _abreast(line) * LINE


def _abreast(line: Cells) -> int:
    """How often a line goes on below itself, itself included."""
    return math.ceil(max(map(len, line.values()), default=0) / MOST_ABREAST)


def _filled(row: Row) -> float:
    return LINE * sum(map(_abreast, row.lines))


def _height(row: Row) -> float:
    return max(HEAD[1], _filled(row))
