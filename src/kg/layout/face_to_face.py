"""Two bodies face to face, without random numbers. What stands where has a meaning:

    only A has spoken | A and its officials | both have spoken | B and its officials | only B
    A only by report  |                     |                  |                     | B by report
                                    other bodies and their propositions

Between the two, the contested stands above the agreed. Lines start and end at places of their own,
so that none hides another. The lanes begin at y = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from kg.layout.boxes import Box, Layout, Line, Zone
from kg.networks.stances import StanceGraph, heard_of, members, spoken_of, stance_edges

Edge: TypeAlias = tuple[str, str, str]
BANDS = ("opposed", "rival", "degree", "other", "agree")


MIDDLE, SIDE, CAMP, OTHER = (340.0, 46.0), (214.0, 60.0), (146.0, 46.0), (214.0, 60.0)
GAP, CAPTION, PADDING = 12.0, 30.0, 10.0
CAMP_X = MIDDLE[0] / 2 + 92 + CAMP[0] / 2
SIDE_X = CAMP_X + CAMP[0] / 2 + 62 + SIDE[0] / 2
WIDTH = 2 * SIDE_X + SIDE[0]
INDENT = 26.0
OTHER_PITCH = OTHER[0] + INDENT + 2 * GAP
# The officials of a camp spread out so that their lines do not bundle, but not without end.
CAMP_PITCH = (CAMP[1] + GAP, 4 * CAMP[1])
CORNER = 7.0


def face_to_face(graph: StanceGraph, a: str, b: str, bands: Mapping[str, str]) -> Layout:
    """Place two bodies face to face, A on the left, with what they speak of between them.

    `bands` gives the band (see `BANDS`) of each proposition that is compared, in the order in which
    they shall stand; it may name pairs of which each body speaks of one. What neither speaks of
    stays with those who do, and what both speak of without a band falls under *other*. Nodes that
    hang on neither body stand below.
    """
    draft = _Draft(graph)
    by_a, by_b = spoken_of(graph, a), spoken_of(graph, b)
    between = [node for node in bands if node in by_a | by_b]
    between += sorted((by_a & by_b).difference(between), key=_by_issue(graph))
    draft.middle(between, bands)
    draft.camp("camp_a", a, -CAMP_X)
    draft.camp("camp_b", b, CAMP_X)
    for key, body, spoken, x in (("a", a, by_a, -SIDE_X), ("b", b, by_b, SIDE_X)):
        draft.side(key, spoken.difference(between), heard_of(graph, body), x)
    draft.below()
    return draft.finished()


def _by_issue(graph: StanceGraph) -> Callable[[str], tuple[str, str]]:
    """Propositions of one issue stand together; the label's language cannot change the order."""
    return lambda node: (graph.nodes[node]["issue"].en, node)


class _Draft:
    """A layout in the making; each step sees where the earlier ones put their nodes."""

    def __init__(self, graph: StanceGraph) -> None:
        self.graph = graph
        self.boxes: dict[str, Box] = {}
        self.zone_of: dict[str, str] = {}
        self.zones: list[Zone] = []
        self.height = 0.0
        self.neighbours: dict[str, list[str]] = {node: [] for node in graph}
        for holder, proposition, _ in stance_edges(graph):
            self.neighbours[holder].append(proposition)
            self.neighbours[proposition].append(holder)

    def middle(self, nodes: Sequence[str], bands: Mapping[str, str]) -> None:
        """One band under the other, each with room for its caption."""
        ranked = sorted(nodes, key=lambda node: BANDS.index(bands.get(node, "other")))
        for band, group in groupby(ranked, lambda node: bands.get(node, "other")):
            self.height = self._lane(band, list(group), 0.0, self.height, MIDDLE)

    def camp(self, name: str, body: str, x: float) -> None:
        """The body above its officials, who follow in the order of what they speak of."""
        people = [p for p in members(self.graph).get(body, ()) if p not in self.boxes]
        column = [body, *sorted(people, key=self._mean_y)]
        least, most = CAMP_PITCH
        pitch = min(most, max(least, (self.height - CAPTION) / len(column)))
        self._lane(name, column, x, 0.0, CAMP, pitch)

    def side(self, key: str, nodes: Collection[str], heard: Collection[str], x: float) -> None:
        """The propositions of which only one of the two speaks, on its outer side.

        Those on which only others say what it thinks (`heard`) stand below.
        """
        top = 0.0
        for name, some in (
            (f"only_{key}", [node for node in nodes if node not in heard]),
            (f"report_{key}", [node for node in nodes if node in heard]),
        ):
            if some:
                top = self._lane(name, sorted(some, key=self._mean_y), x, top, SIDE)

    def below(self) -> None:
        """The others: columns of a body, its officials and, indented, what they alone speak of."""
        units = [unit for unit in map(self._unplaced, self._units()) if unit]
        top = max(zone.box.y + zone.box.height / 2 for zone in self.zones) + 60
        bottom, taken = top + CAPTION, []
        per_row = int(WIDTH // OTHER_PITCH)
        for start in range(0, len(units), per_row):
            row = units[start : start + per_row]
            left = -len(row) * OTHER_PITCH / 2
            ends = [self._unit(u, left + i * OTHER_PITCH, bottom) for i, u in enumerate(row)]
            bottom = max(ends) + GAP
            taken += row
        if taken:
            nodes = [node for node in self.boxes if node not in self.zone_of]
            self._zone("others", nodes, 0.0, top, WIDTH, bottom - top)

    def finished(self) -> Layout:
        return Layout(self.boxes, self.zone_of, tuple(self.zones))

    def _units(self) -> list[tuple[str, ...]]:
        """All holders: each body with its officials, then groups and the unnamed one by one."""
        people = members(self.graph)
        kinds = {node: self.graph.nodes[node]["kind"] for node in self.graph}
        bodies = sorted(node for node in self.graph if kinds[node] == "body")
        placed = {node for body in bodies for node in (body, *people.get(body, ()))}
        loose = sorted(n for n in self.graph if kinds[n] != "proposition" and n not in placed)
        return [*((body, *people.get(body, ())) for body in bodies), *((node,) for node in loose)]

    def _unplaced(self, unit: tuple[str, ...]) -> list[str]:
        return [node for node in unit if node not in self.boxes]

    def _unit(self, holders: Sequence[str], left: float, top: float) -> float:
        """One column of the others; returns where it ends."""
        for holder in self._unplaced(tuple(holders)):
            self.boxes[holder] = Box(left + CAMP[0] / 2, top + CAMP[1] / 2, *CAMP)
            top += CAMP[1] + GAP
        spoken = sorted({p for holder in holders for p in self.neighbours[holder]})
        for node in self._unplaced(tuple(spoken)):
            self.boxes[node] = Box(left + INDENT + OTHER[0] / 2, top + OTHER[1] / 2, *OTHER)
            top += OTHER[1] + GAP
        return top

    def _mean_y(self, node: str) -> tuple[float, str]:
        """The mean height of the neighbours that are placed; the id decides between equals."""
        heights = [self.boxes[n].y for n in self.neighbours[node] if n in self.boxes]
        return (round(sum(heights) / len(heights), 6) if heights else 0.0), node

    def _lane(
        self,
        name: str,
        nodes: Sequence[str],
        x: float,
        top: float,
        size: tuple[float, float],
        pitch: float = 0.0,
    ) -> float:
        """A captioned column from `top` down; returns where it ends."""
        step = pitch or size[1] + GAP
        for index, node in enumerate(nodes):
            self.boxes[node] = Box(x, top + CAPTION + size[1] / 2 + index * step, *size)
        bottom = top + CAPTION + (len(nodes) - 1) * step + size[1] + GAP
        self._zone(name, nodes, x, top, size[0], bottom - top)
        return bottom

    def _zone(
        self, name: str, nodes: Iterable[str], x: float, top: float, width: float, height: float
    ) -> None:
        self.zone_of.update(dict.fromkeys(nodes, name))
        box = Box(x, top + height / 2, width + 2 * PADDING, height)
        self.zones.append(Zone(name, box))


def lines(graph: StanceGraph, layout: Layout) -> dict[Edge, Line]:
    """Where each stance edge starts and ends: spread along the sides of its boxes, uncrossed."""
    edges = stance_edges(graph)
    sides = {edge: _facing(layout, edge) for edge in edges}
    starts = _ports(layout, {e: (e[0], e[1], _leaving(layout, e, sides[e])) for e in edges})
    ends = _ports(layout, {e: (e[1], e[0], sides[e]) for e in edges})
    return {edge: Line(starts[edge], ends[edge], sides[edge]) for edge in edges}


def _facing(layout: Layout, edge: Edge) -> str:
    """The side of the proposition that looks towards the holder; columns below run on the left."""
    holder, proposition = layout.boxes[edge[0]], layout.boxes[edge[1]]
    if layout.zone_of[edge[1]] == "others" or holder.x < proposition.x:
        return "left"
    return "right"


def _leaving(layout: Layout, edge: Edge, facing: str) -> str:
    """The side of the holder from which the line leaves: the one that looks at the proposition.

    A holder under the middle lane turns the other way, for its line must go round that lane.
    """
    holder, below = layout.boxes[edge[0]], layout.zone_of[edge[0]] == "others"
    if layout.zone_of[edge[1]] == "others":
        return "left"
    if below and abs(holder.x) < (MIDDLE[0] + CAMP[0]) / 2:
        return facing
    return "right" if facing == "left" else "left"


def _ports(
    layout: Layout, ends: Mapping[Edge, tuple[str, str, str]]
) -> dict[Edge, tuple[float, float]]:
    """A point for each edge on one side of a box, in the order of where the edges come from."""
    shared: dict[tuple[str, str], list[Edge]] = {}
    for edge, (node, _, side) in ends.items():
        shared.setdefault((node, side), []).append(edge)
    points: dict[Edge, tuple[float, float]] = {}
    for (node, side), edges in shared.items():
        box = layout.boxes[node]
        edges.sort(key=lambda edge: (layout.boxes[ends[edge][1]].y, edge))
        for index, edge in enumerate(edges):
            points[edge] = _port(box, side, (index + 0.5) / len(edges) - 0.5)
    return points


def _port(box: Box, side: str, share: float) -> tuple[float, float]:
    """The point on a side of a box, `share` of its height from the middle (corners kept free)."""
    x = box.x + (box.width / 2 if side == "right" else -box.width / 2)
    return x, round(box.y + share * (box.height - 2 * CORNER), 2)
