"""A store as the tests see it: the neighbours of one node, looked up and kept for a while."""

from __future__ import annotations

import pyoxigraph as ox

from kg.names import RDFS
from kg.shapescan.data import Values, Way
from kg.shapescan.literals import is_literal

_KEPT = 200_000
"""How many nodes are kept: the registers of a million positions, some 100 MB."""


class Whole:
    """The union of a store's graphs as `kg.shapescan.data.Data`."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._described: dict[str, dict[str, Values]] = {}
        self._inverse: dict[tuple[str, str], Values] = {}
        self._closures: dict[str, frozenset[str]] = {}

    def values(self, node: str, predicate: str) -> Values:
        """See `Data.values`."""
        if is_literal(node):
            return ()
        found = self._described.get(node)
        if found is None:
            if len(self._described) >= _KEPT:
                self._described.clear()
            found = self._described[node] = self._describe(node)
        return found.get(predicate, ())

    def _describe(self, node: str) -> dict[str, Values]:
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(_subject(node), None, None, None):
            found.setdefault(str(quad.predicate), set()).add(str(quad.object))
        return {predicate: tuple(objects) for predicate, objects in found.items()}

    def inverse(self, node: str, predicate: str) -> Values:
        """See `Data.inverse`."""
        found = self._inverse.get((node, predicate))
        if found is None:
            if len(self._inverse) >= _KEPT:
                self._inverse.clear()
            found = self._inverse[node, predicate] = self._subjects(node, predicate)
        return found

    def _subjects(self, node: str, predicate: str) -> Values:
        name = ox.NamedNode(predicate[1:-1])
        quads = self.store.quads_for_pattern(None, name, term(node), None)
        return tuple({str(quad.subject) for quad in quads})

    def closure(self, name: str) -> frozenset[str]:
        """See `Data.closure`."""
        if name not in self._closures:
            found, ahead = {name}, [name]
            while ahead:
                below = set(self._subjects(ahead.pop(), f"<{RDFS}subClassOf>")) - found
                found |= below
                ahead.extend(below)
            self._closures[name] = frozenset(found)
        return self._closures[name]

    def reached(self, way: Way, node: str) -> Values:
        """See `Data.reached`; what it needs is kept already."""
        return way.of(self, node)


def term(text: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of N-Triples as Oxigraph has it."""
    if not is_literal(text):
        return _subject(text)
    (triple,) = ox.parse(f"<a:s> <a:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, ox.Literal)
    return triple.object


def _subject(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.NamedNode(text[1:-1]) if text.startswith("<") else ox.BlankNode(text[2:])
