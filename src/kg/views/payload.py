"""The stance network and its layout as plain data for the page's script.

Ids are opaque (``n3``, ``e12``): no text from the data becomes an id, a class or a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.layout import Box, Layout, Line, lines
from kg.names import shorten
from kg.networks.stances import StanceGraph, stance_edges
from kg.statements import Label, Statement
from kg.views.models import Codes
from kg.views.texts import Texts

Json = dict[str, Any]


def node_ids(graph: StanceGraph) -> dict[str, str]:
    """The opaque id of each node."""
    return {node: f"n{index}" for index, node in enumerate(graph)}


def edge_ids(graph: StanceGraph) -> dict[tuple[str, str, str], str]:
    """The opaque id of each edge, by holder, target and key."""
    return {edge: f"e{index}" for index, edge in enumerate(graph.edges(keys=True))}


def network_payload(
    graph: StanceGraph, layout: Layout, captions: Mapping[str, Label], codes: Codes, texts: Texts
) -> Json:
    """Nodes, edges, statements and captions; every text is an index into `texts`.

    Zones that `captions` does not name are drawn without one.
    """
    ids = node_ids(graph)
    shown = _Statements(ids, codes, texts)
    drawn = lines(graph, layout)
    edges = [
        _edge(graph, drawn.get(edge), ids, name, edge, shown)
        for edge, name in edge_ids(graph).items()
    ]
    return {
        "nodes": [_node(graph, layout, ids[node], node, texts) for node in graph],
        "edges": edges,
        "statements": shown.rows,
        "zones": [
            {"name": zone.name, "text": texts.add(captions[zone.name])} | _rectangle(zone.box)
            for zone in layout.zones
        ],
    }


def _rectangle(box: Box) -> Json:
    return {"x": box.x, "y": box.y, "w": box.width, "h": box.height}


def _node(graph: StanceGraph, layout: Layout, name: str, node: str, texts: Texts) -> Json:
    attributes = graph.nodes[node]
    issue = attributes.get("issue")
    return {
        "id": name,
        "kind": attributes["kind"],
        "text": texts.add(attributes["label"]),
        "issue": texts.add(issue) if issue is not None else None,
        "zone": layout.zone_of[node],
        **_rectangle(layout.boxes[node]),
    }


def _edge(
    graph: StanceGraph,
    line: Line | None,
    ids: Mapping[str, str],
    name: str,
    edge: tuple[str, str, str],
    shown: _Statements,
) -> Json:
    source, target, _ = edge
    attributes = graph.edges[edge]
    drawn: Json = {"id": name, "from": ids[source], "to": ids[target], "kind": attributes["kind"]}
    if line is None:
        return drawn
    behind: tuple[Statement, ...] = attributes["statements"]
    return drawn | {
        "stance": attributes["stance"],
        "pole": attributes["pole"],
        "qualified": attributes["qualified"],
        "basis": attributes["basis"],
        "bodies": sorted({ids.get(s.body, "") for s in behind}),
        "side": line.side,
        "line": [*line.start, *line.end],
        "statements": [shown.add(statement) for statement in behind],
    }


class _Statements:
    """The statements of a page, each once, in the order in which edges use them."""

    def __init__(self, ids: Mapping[str, str], codes: Codes, texts: Texts) -> None:
        self._ids, self._codes, self._texts = ids, codes, texts
        self.rows: list[Json] = []

    def add(self, statement: Statement) -> int:
        self.rows.append(self._row(statement))
        return len(self.rows) - 1

    def _row(self, s: Statement) -> Json:
        add = self._texts.add
        return {
            "holder": self._ids[s.holder],
            "proposition": self._ids[s.proposition],
            "body": add(s.body_name) if s.body else None,
            "stance": add(code_label(self._codes, "stance", s.stance)),
            "basis": add(code_label(self._codes, "basis", s.basis)),
            "reported": s.basis == "reported",
            "pole": s.pole,
            "qualified": s.qualified,
            "speaker": s.speaker_name,
            "meeting": add(s.meeting_label),
            "date": s.date,
            "item": s.item,
            "place": [s.paragraph, s.start, s.end],
            "quote": s.quote,
            "condition": add(s.condition_label) if s.condition_label.en else None,
            "position": shorten(s.position),
        }


def code_label(codes: Codes, scheme: str, notation: str) -> Label:
    """The label of a code; a code that the caller gave no label for is shown by its notation."""
    return codes.get(scheme, {}).get(notation, Label.same(notation))


def stances_of(graph: StanceGraph, attribute: str) -> list[str]:
    """The values of an edge attribute (``stance``, ``basis``) that occur, in sorted order."""
    return sorted({graph.edges[edge][attribute] for edge in stance_edges(graph)})
