"""The straight lines that are drawn on a page: borders of tables, edges of shaded cells.

Lines, thin bars and rectangles count, as a word processor, a browser or LaTeX draws them; curves
and slanted lines do not.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

_MOST_POINTS = 40_000  # of a page; more is a drawing
_THIN = 3.0  # points that a bar is thick at most
_LEAST = 6.0  # points that a line is long at least
_SAME = 2.0  # points that pieces of one line lie apart at most
_LEAST_POINTS = 2

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line: where it lies across its direction, and its two ends along it."""

    at: float
    start: float
    end: float

    def covers(self, start: float, end: float, part: float = 1.0) -> bool:
        """Tell whether it spans at least a part of a range."""
        common = min(self.end, end) - max(self.start, start)
        return common >= part * (end - start)


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a page: level ones from top to bottom, upright ones from left to right."""

    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()


def rules_of(page: PdfPage, rotation: int) -> Rules:
    """The lines of a page, as if it were not turned."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for corners in _outlines(page):
        turned = [_turned(point, rotation) for point in corners]
        left, right = min(x for x, _ in turned), max(x for x, _ in turned)
        low, high = min(y for _, y in turned), max(y for _, y in turned)
        if high - low <= _THIN:
            level.append(Rule((low + high) / 2, left, right))
        elif right - left <= _THIN:
            upright.append(Rule((left + right) / 2, low, high))
        else:
            level += [Rule(low, left, right), Rule(high, left, right)]
            upright += [Rule(left, low, high), Rule(right, low, high)]
    return Rules(tuple(reversed(_whole(level))), tuple(_whole(upright)))


def _outlines(page: PdfPage) -> Iterator[Sequence[Point]]:
    """The corners of each straight, level figure of a page."""
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH

    count = 0
    for figure in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=1):
        for corners in _figures(figure):
            count += len(corners)
            if count > _MOST_POINTS:
                return
            if len(corners) >= _LEAST_POINTS and _is_level(corners):
                yield corners


def _figures(figure: PdfObject) -> Iterator[list[Point]]:
    """The parts of a path, each with its corners; those with curves are left out."""
    from pypdfium2 import raw

    matrix = figure.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[Point] = []
    curved = False
    for place in range(min(raw.FPDFPath_CountSegments(figure), _MOST_POINTS)):
        piece = raw.FPDFPath_GetPathSegment(figure, place)
        kind = raw.FPDFPathSegment_GetType(piece)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if corners and not curved:
                yield corners
            corners, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if raw.FPDFPathSegment_GetPoint(piece, x, y):
            corners.append(matrix.on_point(x.value, y.value))
    if corners and not curved:
        yield corners


def _is_level(corners: Sequence[Point]) -> bool:
    """Tell whether all sides are level or upright."""
    return all(
        abs(x - other_x) < 1 or abs(y - other_y) < 1
        for (x, y), (other_x, other_y) in pairwise(corners)
    )


def _turned(point: Point, rotation: int) -> Point:
    x, y = point
    match rotation:
        case 90:
            return y, -x
        case 180:
            return -x, -y
        case 270:
            return -y, x
        case _:
            return x, y


def _whole(pieces: Iterable[Rule]) -> list[Rule]:
    """Lines out of the pieces that lie on one line and touch, in order."""
    lanes: list[list[Rule]] = []
    for piece in sorted(pieces, key=lambda rule: rule.at):
        if lanes and piece.at - lanes[-1][0].at <= _SAME:
            lanes[-1].append(piece)
        else:
            lanes.append([piece])
    return [rule for lane in lanes for rule in _joined(lane) if rule.end - rule.start >= _LEAST]


def _joined(lane: Sequence[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in lane) / len(lane)
    start = end = None
    for rule in sorted(lane, key=lambda rule: rule.start):
        if start is None or end is None:
            start, end = rule.start, rule.end
        elif rule.start - end <= _SAME:
            end = max(end, rule.end)
        else:
            yield Rule(at, start, end)
            start, end = rule.start, rule.end
    if start is not None and end is not None:
        yield Rule(at, start, end)
