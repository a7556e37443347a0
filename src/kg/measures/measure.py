"""What a measure gives: a number, or nothing and the reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.networks.network import Node


@dataclass(frozen=True)
class Measure:
    """A number and what a reader should know of it; None needs a note that says why.

    >>> Measure(0.5)
    Measure(value=0.5, note='')
    >>> Measure(float("nan"))
    Traceback (most recent call last):
    ValueError: A measure is a number, or None with a note
    """

    value: float | None
    note: str = ""

    def __post_init__(self) -> None:
        if (self.value is None and not self.note) or not math.isfinite(self.value or 0.0):
            raise ValueError("A measure is a number, or None with a note")


def ratio(above: float, below: float, undefined: str) -> Measure:
    """`above` / `below`; None with the note `undefined` where `below` is 0.

    >>> ratio(1, 0, "there is no tie")
    Measure(value=None, note='there is no tie')
    """
    return Measure(float(above / below)) if below else Measure(None, undefined)


@dataclass(frozen=True)
class Scores:
    """Measures of nodes: `columns` has for each measure one value a node, in their order."""

    nodes: tuple[Node, ...]
    columns: Mapping[str, tuple[Measure, ...]]

    def of(self, node: str, measure: str) -> Measure:
        """The measure of the node with this id."""
        place = next(number for number, one in enumerate(self.nodes) if one.id == node)
        return self.columns[measure][place]


def measures(values: Iterable[float]) -> tuple[Measure, ...]:
    """Numbers as measures."""
    return tuple(Measure(float(value)) for value in values)
