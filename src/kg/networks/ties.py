"""The ties of a network one by one, and what each says: for, against, both or neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from kg.networks.network import Network

Tone: TypeAlias = Literal["support", "oppose", "both", "neutral"]

# The codes of combine where the qualifier is a boolean; see kg.networks.projection.
COMBINED: dict[float, Tone] = {1.0: "support", 2.0: "oppose", 3.0: "both"}


@dataclass(frozen=True)
class Tie:
    """A tie: the places of its two nodes in `Network.nodes`, its weight, and what it says."""

    source: int
    target: int
    weight: float
    tone: Tone


def ties(network: Network) -> tuple[Tie, ...]:
    """Each tie once, in the order of rows and columns; in a one-mode network from its upper half.

    >>> import scipy.sparse as sp
    >>> from kg.networks.network import Node
    >>> sides = (Node("stm", "STM", "body"),), (Node("hotline", "A hotline", "proposition"),)
    >>> ties(Network("twomode", *sides, sp.csr_array([[-2.0]])))
    (Tie(source=0, target=1, weight=-2.0, tone='oppose'),)
    """
    cells = network.matrix.tocoo()
    offset = 0 if network.mode == "onemode" else len(network.rows)
    found = sorted(
        (int(row), int(column), float(weight))
        for row, column, weight in zip(cells.row, cells.col, cells.data, strict=True)
        if weight and (network.mode == "twomode" or row < column)
    )
    signed = bool(np.any(cells.data < 0))
    return tuple(
        Tie(row, column + offset, weight, _tone(network, weight, signed))
        for row, column, weight in found
    )


def _tone(network: Network, weight: float, signed: bool) -> Tone:
    """What a tie says; a network of unknown making says it by the signs of its ties, if at all."""
    aggregation = network.made.get("aggregation", "")
    if signed or aggregation == "subtract":
        return "oppose" if weight < 0 else "support"
    if aggregation == "combine":
        boolean = network.made.get("qualifier kind") == "boolean"
        return COMBINED.get(weight, "neutral") if boolean else "neutral"
    known: dict[str, Tone] = {"congruence": "support", "conflict": "oppose"}
    return known.get(aggregation, "neutral")
