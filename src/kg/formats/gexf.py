"""GEXF 1.3 (https://gexf.net): nodes and ties with typed attributes, colours, and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from kg.formats.attributes import EDGE_COLOURS, Column, columns, rgb, text
from kg.formats.markup import HEAD, block, tag
from kg.formats.numbers import number
from kg.networks.network import COLUMN_SIDE, ROW_SIDE, Network, Node, in_order
from kg.networks.ties import Tie, Tone, ties
from kg.networks.windows import Slice
from kg.views.shown import colour

NAMESPACE = "http://gexf.net/1.3"
ROOT = {"xmlns": NAMESPACE, "xmlns:viz": f"{NAMESPACE}/viz", "version": "1.3"}
STATIC = {"defaultedgetype": "undirected", "mode": "static"}
# Of a tie: its sign, its weight without it (for widths of lines), and what it says.
TIE_COLUMNS: Mapping[str, str] = {"sign": "integer", "strength": "double", "tone": "string"}
# Gephi takes a changing attribute of this title for the weight.
DYNAMIC_COLUMNS: Mapping[str, str] = {"weight": "double", **TIE_COLUMNS}

Key = tuple[str, str]
"""Side and id of a node: what makes it the same node in several networks."""


def to_gexf(network: Network) -> str:
    """One network."""
    known = columns(network)
    nodes = [_node(known, place, node, []) for place, node in enumerate(network.nodes())]
    edges = [_edge(place, tie) for place, tie in enumerate(ties(network))]
    declared = [*_node_columns(known), *_edge_columns("static", TIE_COLUMNS)]
    return _document(network, STATIC, [*declared, *_all("nodes", nodes), *_all("edges", edges)])


def _edge(place: int, tie: Tie) -> list[str]:
    values = _tie_values(tie)
    ends = {"id": place, "source": tie.source, "target": tie.target, "weight": values["weight"]}
    found = [
        tag("attvalue", {"for": name, "value": value})
        for name, value in values.items()
        if name in TIE_COLUMNS
    ]
    return block("edge", ends, [*block("attvalues", {}, found), _tint(tie.tone)])


def slices_to_gexf(slices: Sequence[Slice]) -> str:
    """Networks of several times as one dynamic graph, in which each has the moment of its middle.

    A moment, not a span: windows may overlap, and a program that plays them must never add two up.
    Where two middles are the same, the networks are numbered from 1 instead. A node is there when
    its network has it, a tie when it is not zero. The networks are of one type.
    """
    form, times = _times(slices)
    film = _overlaid(slices, times)
    whole = _whole(slices, film)
    sides = [
        *((ROW_SIDE, n.id) for n in whole.rows),
        *((COLUMN_SIDE, n.id) for n in _second(whole)),
    ]
    known = columns(whole)
    nodes = [
        _node(known, place, node, _spells(film.seen[key]))
        for place, (key, node) in enumerate(zip(sides, whole.nodes(), strict=True))
    ]
    places = {key: place for place, key in enumerate(sides)}
    edges = [
        _changing_edge(place, (places[a], places[b]), film.ties[a, b])
        for place, (a, b) in enumerate(
            sorted(film.ties, key=lambda p: (places[p[0]], places[p[1]]))
        )
    ]
    declared = [*_node_columns(known), *_edge_columns("dynamic", DYNAMIC_COLUMNS)]
    head = {**STATIC, "mode": "dynamic", "timeformat": form, "timerepresentation": "timestamp"}
    return _document(whole, head, [*declared, *_all("nodes", nodes), *_all("edges", edges)])


def _times(slices: Sequence[Slice]) -> tuple[str, list[str]]:
    """The form of the moments, and each slice's."""
    mids = [one.mid for one in slices]
    if len(set(mids)) < len(mids):
        return "integer", [str(place) for place in range(1, len(mids) + 1)]
    if all(mid.time() == mid.min.time() for mid in mids):
        return "date", [mid.date().isoformat() for mid in mids]
    return "dateTime", [mid.isoformat() for mid in mids]


@dataclass(frozen=True)
class _Film:
    """Networks laid over each other: each node, when it is there, and each tie at each moment."""

    nodes: dict[Key, Node]
    seen: dict[Key, list[str]]
    ties: dict[tuple[Key, Key], list[tuple[str, Tie]]]


def _overlaid(slices: Sequence[Slice], times: Sequence[str]) -> _Film:
    film = _Film({}, {}, {})
    for one, time in zip(slices, times, strict=True):
        network = one.network
        keys = [
            *((ROW_SIDE, node.id) for node in network.rows),
            *((COLUMN_SIDE, node.id) for node in _second(network)),
        ]
        for key, node in zip(keys, network.nodes(), strict=True):
            film.nodes.setdefault(key, node)
            film.seen.setdefault(key, []).append(time)
        for tie in ties(network):
            film.ties.setdefault((keys[tie.source], keys[tie.target]), []).append((time, tie))
    return film


def _second(network: Network) -> tuple[Node, ...]:
    return network.columns if network.mode == "twomode" else ()


def _whole(slices: Sequence[Slice], film: _Film) -> Network:
    """A network without ties that has the nodes of all times, and what they have in common."""
    rows, others = (
        tuple(in_order(node for (where, _), node in film.nodes.items() if where == side))
        for side in (ROW_SIDE, COLUMN_SIDE)
    )
    first = slices[0].network
    alike = {
        key: value
        for key, value in first.made.items()
        if all(one.network.made.get(key) == value for one in slices)
    }
    notes = tuple(dict.fromkeys(note for one in slices for note in one.network.notes))
    columns_ = rows if first.mode == "onemode" else others
    empty = sp.csr_array((len(rows), len(columns_)), dtype=np.float64)
    return replace(first, rows=rows, columns=columns_, matrix=empty, made=alike, notes=notes)


def _spells(times: Iterable[str]) -> list[str]:
    return block("spells", {}, [tag("spell", {"timestamp": time}) for time in times])


def _changing_edge(place: int, ends: tuple[int, int], states: list[tuple[str, Tie]]) -> list[str]:
    """A tie over time; its colour is that of its last state."""
    found = [
        tag("attvalue", {"for": name, "value": value, "timestamp": time})
        for time, tie in states
        for name, value in _tie_values(tie).items()
    ]
    inside = [
        *block("attvalues", {}, found),
        *_spells(time for time, _ in states),
        _tint(states[-1][1].tone),
    ]
    return block("edge", {"id": place, "source": ends[0], "target": ends[1]}, inside)


def _tie_values(tie: Tie) -> dict[str, str]:
    weight = number(tie.weight)
    return {
        "weight": text(weight),
        "sign": "1" if weight > 0 else "-1",
        "strength": text(abs(weight)),
        "tone": tie.tone,
    }


def _node(known: Sequence[Column], place: int, node: Node, spells: list[str]) -> list[str]:
    values = [
        tag("attvalue", {"for": column, "value": one.values[place]})
        for column, one in enumerate(known)
        if place in one.values
    ]
    code = colour(node)
    tint = [tag("viz:color", rgb(code))] if code else []
    inside = [*block("attvalues", {}, values), *spells, *tint]
    return block("node", {"id": place, "label": node.label}, inside)


def _tint(tone: Tone) -> str:
    return tag("viz:color", rgb(EDGE_COLOURS[tone]))


def _node_columns(known: Sequence[Column]) -> list[str]:
    declared = [
        tag("attribute", {"id": place, "title": one.name, "type": _type(one.type)})
        for place, one in enumerate(known)
    ]
    return block("attributes", {"class": "node"}, declared)


def _type(name: str) -> str:
    return "integer" if name == "int" else name


def _edge_columns(mode: str, named: Mapping[str, str]) -> list[str]:
    declared = [
        tag("attribute", {"id": name, "title": name, "type": kind}) for name, kind in named.items()
    ]
    return block("attributes", {"class": "edge", "mode": mode}, declared)


def _all(name: str, items: Sequence[list[str]]) -> list[str]:
    return block(name, {"count": len(items)}, [line for item in items for line in item])


def _document(network: Network, graph: Mapping[str, str], inside: list[str]) -> str:
    made = [f"{key}: {value}" for key, value in network.made.items() if value]
    about = block("meta", {}, [tag("description", {}, "; ".join([*made, *network.notes]))])
    whole = block("gexf", ROOT, [*about, *block("graph", graph, inside)])
    return "\n".join([HEAD, *whole]) + "\n"
