"""Nodes of any network placed by their ties: as they are, or many of them in communities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.layout.boxes import Box
from kg.layout.shelves import Extent
from kg.layout.spring import ROOM, spring
from kg.statements import Label
from kg.views.communities import communities
from kg.views.view import Cluster, Edge, Node

MOST_DRAWN = 1000
"""With more nodes, a drawing shows nothing: communities come first."""
RADIUS, GROWTH = 9.0, 14.0
"""Of a dot: at least, and how much more for the one with most ties."""
SPACE = 24.0
"""Between two boxes."""


@dataclass(frozen=True)
class Placed:
    """Nodes with their places; clusters, notes and backbone where there are many of them."""

    nodes: tuple[Node, ...]
    clusters: tuple[Cluster, ...] = ()
    notes: tuple[Label, ...] = ()
    backbone: tuple[tuple[int, int], ...] = ()


def placed(nodes: Sequence[Node], edges: Sequence[Edge]) -> Placed:
    """Place nodes by their edges; the places that they come with do not count.

    Dots and squares get their size from the number of their edges, boxes keep theirs. Edges with a
    weight below 0 hardly pull.
    """
    number = {node.key: place for place, node in enumerate(nodes)}
    ties = [(number[edge.source], number[edge.target], edge.total) for edge in edges]
    sized = _sized(nodes, edges)
    rooms = [_room(node) for node in sized]
    if len(sized) <= MOST_DRAWN:
        return Placed(_at(sized, spring(len(sized), ties, rooms)))
    room = max(wide for wide, _ in rooms), max(high for _, high in rooms)
    found = communities([node.name or node.label for node in sized], ties, room)
    within = zip(_at(sized, found.places), found.cluster_of, strict=True)
    inside = tuple(replace(node, cluster=cluster) for node, cluster in within)
    return Placed(inside, found.clusters, found.notes, found.backbone)


def by_weight(edges: Sequence[Edge]) -> bool:
    """Whether some edges weigh more than others."""
    return len({abs(edge.total) for edge in edges}) > 1


def _sized(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Node]:
    degrees = Counter(end for edge in edges for end in {edge.source, edge.target})
    most = max(degrees.values(), default=1)
    return [
        node
        if node.shape == "box"
        else replace(node, box=_dot(RADIUS + GROWTH * (degrees[node.key] / most) ** 0.5))
        for node in nodes
    ]


def _dot(radius: float) -> Box:
    return Box(0.0, 0.0, *(round(2 * radius, 1),) * 2)


def _room(node: Node) -> Extent:
    """What a node needs; dots have their label below."""
    if node.shape == "box":
        return node.box.width + SPACE, node.box.height + SPACE
    return ROOM


def _at(nodes: Sequence[Node], places: Sequence[tuple[float, float]]) -> tuple[Node, ...]:
    return tuple(
        replace(node, box=Box(x, y, node.box.width, node.box.height))
        for node, (x, y) in zip(nodes, places, strict=True)
    )
