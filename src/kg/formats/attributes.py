"""What is known of nodes as typed columns, as GraphML and GEXF declare them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kg.networks.network import COLUMN_SIDE, ROW_SIDE, Attribute, Network
from kg.networks.ties import Tone

Type: TypeAlias = Literal["boolean", "int", "long", "double", "string"]

EDGE_COLOURS: Mapping[Tone, str] = {
    "support": "#00609C",
    "oppose": "#B84300",
    "both": "#5B2A86",
    "neutral": "#5F5F5F",
}
"""The colours of ties, those of the pages: they differ for colour-blind readers, too."""

_INT, _LONG = 2**31, 2**63


@dataclass(frozen=True)
class Column:
    """An attribute: its name, its type, and the value of each node that has one, as XML has it."""

    name: str
    type: Type
    values: Mapping[int, str]


def columns(network: Network, label: str = "") -> tuple[Column, ...]:
    """What each node is, then the attributes by name; values are keyed by the node's place.

    The first are `identifier`, `kind`, `mode` (*row* or *column*), and before them the label where
    it is asked for by a name. An attribute that is called like one of these becomes
    “… (attribute)”. Of several types in a column, the narrowest that holds all is taken.
    """
    nodes = network.nodes()
    sides = [ROW_SIDE if place < len(network.rows) else COLUMN_SIDE for place in range(len(nodes))]
    first: dict[str, list[Attribute]] = {
        **({label: [node.label for node in nodes]} if label else {}),
        "identifier": [node.id for node in nodes],
        "kind": [node.kind for node in nodes],
        "mode": [*sides],
    }
    made = [_column(name, dict(enumerate(values))) for name, values in first.items()]
    for name in sorted({name for node in nodes for name in node.attributes}):
        values = {
            place: node.attributes[name]
            for place, node in enumerate(nodes)
            if name in node.attributes
        }
        made.append(_column(f"{name} (attribute)" if name in first else name, values))
    return tuple(made)


def _column(name: str, values: Mapping[int, Attribute]) -> Column:
    return Column(name, _type(values.values()), {place: text(v) for place, v in values.items()})


def _type(values: Iterable[Attribute]) -> Type:
    """The narrowest type that holds all `values`."""
    found = list(values)
    kinds = {type(value) for value in found}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        most = max(max(value, -1 - value) for value in found if isinstance(value, int))
        return "int" if most < _INT else "long" if most < _LONG else "string"
    return "double" if kinds and kinds <= {int, float} else "string"


def text(value: Attribute) -> str:
    """A value as XML Schema writes it.

    >>> text(True), text(0.1), text(float("inf")), text("x")
    ('true', '0.1', 'INF', 'x')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(value), repr(value))
    return str(value)


def rgb(code: str) -> dict[str, int]:
    """The parts of a colour.

    >>> rgb("#FF8000")
    {'r': 255, 'g': 128, 'b': 0}
    """
    return {part: int(code[at : at + 2], 16) for part, at in (("r", 1), ("g", 3), ("b", 5))}
