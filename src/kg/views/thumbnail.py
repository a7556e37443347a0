"""A view in the size of a stamp: its shapes without a word, for lists of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kg.layout.boxes import Box
from kg.views.data import STYLES
from kg.views.view import Edge, Node, View

WIDTH, HEIGHT = 320.0, 180.0
"""Of the picture, in pixels."""
MOST_LINES = 400
EDGE = 4.0
_TONES = frozenset(("support", "oppose", "undecided", "both", "plain"))


def thumbnail(view: View) -> Markup:
    """The first layer of a view as an inline SVG without text; colours are the style sheet's.

    It shows the upper part of a drawing that is taller than the picture.
    """
    nodes = [node for node in view.nodes if not node.layers or 0 in node.layers]
    if view.clusters:
        nodes = []
    discs = [(one.x, one.y, one.radius) for one in view.clusters if one.parent is None]
    frame = _frame([*(node.box for node in nodes), *(Box(x, y, 2 * r, 2 * r) for x, y, r in discs)])
    shapes = [*_lines(view.edges, nodes, frame), *(_shape(node, frame) for node in nodes)]
    shapes += [_disc(x, y, r, frame) for x, y, r in discs]
    return Markup(
        '<svg class="stamp" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(int(WIDTH), int(HEIGHT), Markup("").join(shapes))


class _Frame:
    """From the places of a drawing to those of its picture."""

    def __init__(self, left: float, top: float, scale: float, indent: float) -> None:
        self._left, self._top, self.scale, self._indent = left, top, scale, indent

    def x(self, x: float) -> float:
        return round((x - self._left) * self.scale + self._indent, 1)

    def y(self, y: float) -> float:
        return round((y - self._top) * self.scale + EDGE, 1)

    def length(self, length: float) -> float:
        return round(length * self.scale, 1)


def _frame(boxes: Sequence[Box]) -> _Frame:
    left = min((box.x - box.width / 2 for box in boxes), default=0.0)
    right = max((box.x + box.width / 2 for box in boxes), default=1.0)
    top = min((box.y - box.height / 2 for box in boxes), default=0.0)
    bottom = max((box.y + box.height / 2 for box in boxes), default=1.0)
    by_width = (WIDTH - 2 * EDGE) / (right - left or 1.0)
    by_height = (HEIGHT - 2 * EDGE) / (bottom - top or 1.0)
    # A drawing that is read like a page keeps its width, unless it would shrink to a thread.
    scale = min(by_width, max(by_height, by_width * 0.55), 1.0)
    return _Frame(left, top, scale, (WIDTH - (right - left) * scale) / 2)


def _lines(edges: Sequence[Edge], nodes: Sequence[Node], frame: _Frame) -> Iterator[Markup]:
    at = {node.key: node.box for node in nodes}
    drawn = [edge for edge in edges if edge.source in at and edge.target in at]
    for edge in drawn[:MOST_LINES]:
        a, b = at[edge.source], at[edge.target]
        yield Markup('<path class="{}" d="M{} {}L{} {}"/>').format(
            edge.tone if edge.tone in _TONES else "plain",
            *(frame.x(a.x), frame.y(a.y), frame.x(b.x), frame.y(b.y)),
        )


def _shape(node: Node, frame: _Frame) -> Markup:
    box, kind = node.box, node.kind if node.kind in STYLES else ""
    if node.shape in ("dot", "sign"):
        pole = f"stance {node.mark.pole or 'undecided'}" if node.mark else f"box dots {kind}"
        return _circle(pole, box.x, box.y, box.width / 2, frame)
    width, height = frame.length(box.width), frame.length(box.height)
    x, y = frame.x(box.x - box.width / 2), frame.y(box.y - box.height / 2)
    return Markup(
        '<g class="box {}"><rect x="{}" y="{}" width="{}" height="{}" rx="2"/></g>'
    ).format(kind, x, y, width, height)


def _disc(x: float, y: float, radius: float, frame: _Frame) -> Markup:
    return _circle("box issue", x, y, radius, frame)


def _circle(names: str, x: float, y: float, radius: float, frame: _Frame) -> Markup:
    return Markup('<g class="{}"><circle cx="{}" cy="{}" r="{}"/></g>').format(
        names, frame.x(x), frame.y(y), max(1.5, frame.length(radius))
    )
