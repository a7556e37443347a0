"""A networkx graph of any sort as a view: whatever its nodes and attributes are, they are data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from numbers import Real
from typing import Any, cast, get_args

import networkx as nx

from kg.errors import InputError
from kg.layout.boxes import Box
from kg.networks.network import Node as Actor
from kg.statements import Label
from kg.views.communities import numbered
from kg.views.models import Source
from kg.views.placed import MOST_DRAWN, Placed, by_weight, placed
from kg.views.shown import COLOUR, colour
from kg.views.texts import interface, phrase
from kg.views.view import Edge, Fact, Node, Tone, View

Data = Mapping[Any, Any]

PITCH = 130.0
"""How far apart nodes with places of their own are, on average, at least."""
LONGEST = 60
"""Letters of a kind of nodes or ties: kinds stand in legends and filters."""
_TONES = get_args(Tone)
_SIGNED: tuple[Tone, ...] = ("support", "oppose")
_PLACE = ("x", "y")


def graph_view(
    graph: nx.Graph[Any],
    title: str = "",
    kind: str = "kind",
    label: str = "label",
    weight: str = "weight",
) -> View:
    """A Graph, DiGraph or Multi(Di)Graph as a view; directed ties get an arrow.

    Of a node, the attributes `label` and `kind` say what it is called and what it is, *color*
    (``#RRGGBB``) how it looks, *x* and *y* where it stands (y grows down; too narrow ones are
    spread). If one has no place, or there are more than `MOST_DRAWN`, all are laid out. Of an edge,
    `weight` says how strong it is and `kind` what it is; *tone* (support, oppose, undecided, both,
    plain) or *sign* colours it, and a weight below 0 is a negative tie. A node without a label is
    called by its id. Raises `InputError` for a weight that is no finite number.
    """
    keys = _keys(graph)
    nodes = [_node(keys[one], one, data, kind, label) for one, data in graph.nodes(data=True)]
    edges = tuple(
        _edge(graph, (keys[one], keys[other]), data, kind, weight, nth)
        for nth, (one, other, data) in enumerate(graph.edges(data=True))
    )
    drawn = _placed(nodes, edges, [_place(data) for _, data in graph.nodes(data=True)])
    return View(
        name="graph",
        title=Label.same(_text(title)) if title else interface()["heading.network"],
        lead=interface()["network.plain" if nodes else "network.empty"],
        scope=phrase("network.scope", n=numbered(len(nodes)), m=numbered(len(edges))),
        nodes=drawn.nodes,
        edges=edges,
        source=Source((), interface()["site.licence_else"], {}),
        codes={},
        clusters=drawn.clusters,
        backbone=drawn.backbone or None,
        notes=drawn.notes,
        weighted=by_weight(edges),
        labels={("tie.tie", tone): interface()[f"network.sign.{tone}"] for tone in _SIGNED},
    )


def _keys(graph: nx.Graph[Any]) -> dict[Any, str]:
    """A key for each node: a text as it is, else by type and text or, if need be, by place."""
    keys: dict[Any, str] = {}
    used: set[str] = set()
    for place, node in enumerate(graph):
        key = node if isinstance(node, str) else f"{type(node).__name__} {_told(node, place)}"
        while key in used:
            key = f"{key} ({place})"
        used.add(key)
        keys[node] = key
    return keys


def _told(node: Any, place: int) -> Any:
    """A number as it is; the text of other things may change from run to run."""
    return node if isinstance(node, Real) else place


def _text(value: Any) -> str:
    """A value as a text that can be written: halves of surrogate pairs are replaced."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _word(value: Any, usual: str) -> str:
    """What a thing is, cut where it is longer than a word or two."""
    text = _text(value or usual)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _node(key: str, node: Any, data: Data, kind: str, label: str) -> Node:
    called = node if data.get(label) is None else data[label]
    others = [
        _text(f"{name}: {value}")
        for name, value in data.items()
        if name not in (label, kind, COLOUR, *_PLACE) and isinstance(value, str | Real)
    ]
    facts: tuple[Fact, ...] = (("fact.attributes", Label.same("; ".join(others))),)
    return Node(
        key=key,
        kind=_word(data.get(kind), "node"),
        label=called
        if isinstance(called, Label)
        else Label.same(_text(node if called is None else called)),
        box=Box(0.0, 0.0, 0.0, 0.0),
        shape="dot",
        facts=facts if others else (),
        colour=colour(Actor("", "", "", data)) or "",
        always=True,
    )


def _edge(
    graph: nx.Graph[Any], ends: tuple[str, str], data: Data, kind: str, weight: str, nth: int
) -> Edge:
    value = _number(data.get(weight), ends)
    return Edge(
        source=ends[0],
        target=ends[1],
        kind=_word(data.get(kind), "tie"),
        name=str(nth) if graph.is_multigraph() else "",
        tone=_tone(data, value),
        arrow=graph.is_directed(),
        weight=value,
    )


def _number(value: Any, ends: tuple[str, str]) -> float:
    """A weight; an edge without one weighs 1."""
    if value is None:
        return 1.0
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            f"The edge from “{ends[0]}” to “{ends[1]}” has the weight {value!r}, which is no "
            "finite number: name another attribute with weight=…, or leave it out"
        )
    return number


def _tone(data: Data, weight: float) -> Tone:
    if data.get("tone") in _TONES:
        return cast(Tone, data["tone"])
    sign = data.get("sign")
    if isinstance(sign, Real) and sign and "tone" not in data:
        return "support" if float(sign) > 0 else "oppose"
    return "oppose" if weight < 0 else "plain"


def _place(data: Data) -> tuple[float, float] | None:
    x, y = (data.get(axis) for axis in _PLACE)
    if not all(isinstance(one, Real) and math.isfinite(one) for one in (x, y)):
        return None
    return float(cast(float, x)), float(cast(float, y))


def _placed(
    nodes: Sequence[Node], edges: Sequence[Edge], given: Sequence[tuple[float, float] | None]
) -> Placed:
    """The nodes where their own places have them, or where their ties do."""
    drawn = placed(nodes, edges)
    own = [place for place in given if place is not None]
    if not own or len(own) < len(nodes) or len(own) > MOST_DRAWN:
        return drawn
    spans = [max(axis) - min(axis) for axis in zip(*own, strict=True)]
    scale = max(1.0, PITCH * math.sqrt(len(own)) / (max(spans) or 1.0))
    moved = (
        replace(node, box=replace(node.box, x=round(x * scale, 1), y=round(y * scale, 1)))
        for node, (x, y) in zip(drawn.nodes, own, strict=True)
    )
    return replace(drawn, nodes=tuple(moved))
