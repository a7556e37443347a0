"""A SPARQL constraint on the terms that are used, without looking at every triple for it.

The shape that asks for undeclared terms goes through all triples for their predicates and classes.
Which triples these are does not matter to it: one of each predicate and of each class is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.names import RDF
from kg.shapescan.whole import Whole, term

_ANY = re.compile(
    r"\{ \?(?P<node>\w+) \?(?P<term>\w+) \?(?P<other>\w+) \} UNION \{ \?(?P=node) a \?(?P=term) \}"
)
_NODE = ox.BlankNode()


def is_about_terms(query: str) -> bool:
    """Tell whether a query asks for predicates and classes of any node, and nothing else of it."""
    found = _ANY.search(query)
    if not found:
        return False
    rest = query.replace(found[0], "", 1)
    return not re.search(rf"[?$]({found['node']}|{found['other']})\b", rest)


def summary(terms: Iterable[str], whole: Whole) -> Whole:
    """A graph in memory that uses the terms, with all that the store says of them."""
    store = ox.Store()
    kind = ox.NamedNode(f"{RDF}type")
    for one in map(term, terms):
        store.add(ox.Quad(_NODE, kind, one))
        if isinstance(one, ox.Literal):
            continue
        store.extend(
            ox.Quad(quad.subject, quad.predicate, quad.object)
            for quad in whole.store.quads_for_pattern(one, None, None, None)
        )
        if isinstance(one, ox.NamedNode):
            store.add(ox.Quad(_NODE, one, _NODE))
    return Whole(store)


def has_results(query: str, graph: Whole) -> bool:
    """Tell whether a constraint on the terms finds any that is wrong."""
    found = graph.store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return next(found, None) is not None
