"""GraphML: every node and tie with all that is known of it, in typed keys.

The file keeps to the schema of GraphML (http://graphml.graphdrawing.org/specification.html), so
that Gephi, visone, igraph and networkx read it. Gephi takes `label`, `r`, `g`, `b` and `weight` for
what they say. Visone reads the keys as attributes; labels, colours and shapes it reads from an
extension of its own, which `to_visone` adds, as DNA does. That form is not plain GraphML: no
general schema knows its elements, and networkx refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.formats.attributes import EDGE_COLOURS, Column, columns, rgb, text
from kg.formats.markup import HEAD, block, tag
from kg.formats.numbers import number
from kg.networks.network import Network, Node
from kg.networks.ties import Tie, ties
from kg.views.shown import colour

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
ROOT = {
    "xmlns": NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd",
}
VISONE = {
    "xmlns": NAMESPACE,
    "xmlns:visone": "http://visone.info/xmlns",
    "xmlns:y": "http://www.yworks.com/xml/graphml",
}
# What a tie carries: name and type. Strength is the weight without its sign, for widths of lines;
# tone is what it says: support, oppose, both or neutral.
TIE_KEYS: Mapping[str, str] = {
    "weight": "double",
    "sign": "int",
    "strength": "double",
    "tone": "string",
}
SIZE = 20.0
BLANK = "#FFFFFF"

Extra = Callable[[int], list[str]]
"""From the place of a node, or of a tie, to further elements inside it."""


def to_graphml(network: Network) -> str:
    """GraphML that keeps to its schema."""
    return _document(network, ROOT, [], [], lambda _: [], lambda _: [])


def to_visone(network: Network) -> str:
    """GraphML with what visone draws: labels, colours, places and shapes (rows round)."""
    # Here, since what finds places takes longer to import than other formats to write.
    from kg.views.network_view import network_view

    at = [(node.box.x, node.box.y) for node in network_view(network).nodes]
    nodes, found = network.nodes(), ties(network)
    return _document(
        network,
        VISONE,
        [
            tag("key", {"id": "look", "for": "node", "yfiles.type": "nodegraphics"}),
            tag("key", {"id": "line", "for": "edge", "yfiles.type": "edgegraphics"}),
            tag("key", {"id": "shown", "for": "graph", "visone.type": "properties"}),
        ],
        block("data", {"key": "shown"}, [tag("visone:labelAttribute", {"nodeLabel": "label"})]),
        lambda place: _look(nodes[place], at[place], place < len(network.rows)),
        lambda place: _line(found[place]),
    )


def _document(
    network: Network,
    root: Mapping[str, str],
    keys: list[str],
    about: list[str],
    node_extra: Extra,
    tie_extra: Extra,
) -> str:
    known = (*columns(network, label="label"), *_channels(network))
    inside = [
        *keys,
        *(_key(f"g{place}", "graph", name, "string") for place, name in enumerate(_made(network))),
        *(_key(f"n{place}", "node", one.name, one.type) for place, one in enumerate(known)),
        *(_key(name, "edge", name, kind) for name, kind in TIE_KEYS.items()),
    ]
    graph = [
        *(
            tag("data", {"key": f"g{place}"}, value)
            for place, value in enumerate(_made(network).values())
        ),
        *about,
        *_nodes(network, known, node_extra),
        *_edges(network, tie_extra),
    ]
    inside += block("graph", {"id": "network", "edgedefault": "undirected"}, graph)
    return "\n".join([HEAD, *block("graphml", root, inside)]) + "\n"


def _key(name: str, of: str, title: str, kind: str) -> str:
    return tag("key", {"id": name, "for": of, "attr.name": title, "attr.type": kind})


def _made(network: Network) -> dict[str, str]:
    """What the graph says of itself; *type* says whether it is one-mode or two-mode."""
    return {**network.made, "type": network.mode, "notes": "\n".join(network.notes)}


def _channels(network: Network) -> Iterator[Column]:
    """The colours of nodes as Gephi reads them, a column for each of red, green and blue."""
    found = {p: rgb(code) for p, node in enumerate(network.nodes()) if (code := colour(node))}
    taken = {name for node in network.nodes() for name in node.attributes}
    for part in ("r", "g", "b"):
        if found and part not in taken:
            yield Column(part, "int", {place: text(parts[part]) for place, parts in found.items()})


def _nodes(network: Network, known: tuple[Column, ...], extra: Extra) -> Iterator[str]:
    for place in range(len(network.nodes())):
        data = [
            tag("data", {"key": f"n{number}"}, column.values[place])
            for number, column in enumerate(known)
            if place in column.values
        ]
        yield from block("node", {"id": f"n{place}"}, [*data, *extra(place)])


def _edges(network: Network, extra: Extra) -> Iterator[str]:
    for place, tie in enumerate(ties(network)):
        weight = number(tie.weight)
        values = (text(weight), "1" if weight > 0 else "-1", text(abs(weight)), tie.tone)
        data = [
            tag("data", {"key": key}, value) for key, value in zip(TIE_KEYS, values, strict=True)
        ]
        ends = {"id": f"e{place}", "source": f"n{tie.source}", "target": f"n{tie.target}"}
        yield from block("edge", ends, [*data, *extra(place)])


def _look(node: Node, at: tuple[float, float], row: bool) -> list[str]:
    frame = {"x": at[0] - SIZE / 2, "y": at[1] - SIZE / 2, "width": SIZE, "height": SIZE}
    shape = [
        tag("y:Geometry", frame),
        tag("y:Fill", {"color": colour(node) or BLANK, "transparent": "false"}),
        tag("y:BorderStyle", {"color": "#000000", "type": "line", "width": "1.0"}),
        tag("y:NodeLabel", {"modelName": "eight_pos", "modelPosition": "n"}, node.label),
        tag("y:Shape", {"type": "ellipse" if row else "roundrectangle"}),
    ]
    return block(
        "data", {"key": "look"}, block("visone:shapeNode", {}, block("y:ShapeNode", {}, shape))
    )


def _line(tie: Tie) -> list[str]:
    kind = "dashed" if tie.tone == "oppose" else "line"
    style = tag("y:LineStyle", {"color": EDGE_COLOURS[tie.tone], "type": kind, "width": "2.0"})
    shape = block("y:PolyLineEdge", {}, [style])
    return block("data", {"key": "line"}, block("visone:polyLineEdge", {}, shape))
