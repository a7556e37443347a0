"""What a test of a shape asks of the data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

Values = Collection[str]


class Way(Protocol):
    """What leads from a node to others: a path of `kg.shapescan.paths`."""

    def of(self, data: Data, node: str) -> Values:
        """The nodes that it leads to, each once."""


class Data(Protocol):
    """A graph that gives the neighbours of a node; nodes are text of N-Triples, each once."""

    def values(self, node: str, predicate: str) -> Values:
        """The objects of a node's triples with a predicate."""

    def inverse(self, node: str, predicate: str) -> Values:
        """The subjects of the triples with a predicate and this object."""

    def closure(self, name: str) -> frozenset[str]:
        """A class and all its subclasses."""

    def reached(self, way: Way, node: str) -> Values:
        """Where a path leads to, kept for the next that asks."""
