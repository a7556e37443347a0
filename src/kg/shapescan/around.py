"""SPARQL constraints on the triples around their focus nodes alone.

A constraint follows triple patterns from ``$this``. The triples that these can match are gathered,
pattern by pattern, and the query runs over them for all focus nodes at once: over the whole store
it would take minutes, and for each node by itself seconds. What the patterns reach is looked up
as all tests do it (`Data`), so that triples of other pieces are not missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache

import pyoxigraph as ox
from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from kg.errors import InputError
from kg.shapescan.data import Data
from kg.shapescan.literals import is_literal

Pattern = tuple[Node, object, Node]
Step = tuple[Node, object, Node, bool]
"""The end of a pattern that is known, its path, the other end, and whether the path is followed
from object to subject."""
_THIS = Variable("this")
# With these, a variable may have values that no pattern gives it, or others in each branch.
_UNKNOWN = {"Union", "Minus", "Graph", "ServiceGraphPattern", "ToMultiSet", "values"}


def broken(query: str, data: Data, nodes: Set[str]) -> set[str]:
    """Those of `nodes` for which a SPARQL constraint has results (SHACL, section 5.3.1)."""
    if not nodes:
        return set()
    rows = _gather(plan(query), data, nodes)
    if not rows:
        return set()
    store = ox.Store()
    store.load("".join(rows).encode(), format=ox.RdfFormat.N_TRIPLES)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return {str(row["this"]) for row in found} & nodes


@cache
def patterns(query: str) -> Sequence[Pattern]:
    """The triple patterns of a constraint; raises `InputError` where they are not enough."""
    found: list[Pattern] = []
    for part in _parts(prepareQuery(query).algebra):
        if part.name in _UNKNOWN:
            raise InputError(
                f"A SPARQL constraint of the shapes uses {part.name}, which the check of large "
                "graphs does not know: write it with triple patterns, OPTIONAL and FILTER"
            )
        found.extend(part.get("triples") or () if part.name == "BGP" else ())
    return tuple(found)


def _parts(value: object) -> Iterator[CompValue]:
    if isinstance(value, CompValue):
        yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _parts(one)


@cache
def plan(query: str) -> Sequence[Step]:
    """The patterns in an order in which each has an end that is known; raises `InputError`."""
    known: set[Node] = {_THIS}
    left, steps = list(patterns(query)), []
    while left:
        pattern = next((one for one in left if known & {one[0], one[2]}), None)
        if pattern is None:
            raise InputError(
                "A SPARQL constraint of the shapes has a pattern that does not hang together with "
                "$this: connect it"
            )
        left.remove(pattern)
        subject, path, value = pattern
        back = subject not in known
        steps.append((value, path, subject, back) if back else (subject, path, value, back))
        known |= {subject, value}
    return tuple(steps)


def turned(query: str) -> set[str]:
    """The predicates that are followed from object to subject."""
    return {name for _, path, _, back in plan(query) for name in _turned(path, back)}


def _turned(path: object, back: bool) -> Iterator[str]:
    if isinstance(path, URIRef):
        yield from [path.n3()] if back else []
    elif isinstance(path, InvPath):
        yield from _turned(path.arg, not back)
    elif isinstance(path, AlternativePath | SequencePath):
        for one in path.args:
            yield from _turned(one, back)


def _gather(steps: Sequence[Step], data: Data, nodes: Set[str]) -> set[str]:
    """The triples that the patterns can match."""
    known: dict[Node, Set[str]] = {_THIS: nodes}
    rows: set[str] = set()
    for start, path, end, back in steps:
        found = _follow(path, data, known[start], rows, back)
        known.setdefault(end, found)
    return rows


def _follow(path: object, data: Data, nodes: Iterable[str], rows: set[str], back: bool) -> set[str]:
    """Where a path leads to from any of the nodes; the triples on the way are added to `rows`."""
    if isinstance(path, URIRef):
        return _step(path.n3(), data, nodes, rows, back)
    if isinstance(path, InvPath):
        return _follow(path.arg, data, nodes, rows, not back)
    if isinstance(path, AlternativePath):
        return set().union(*(_follow(way, data, nodes, rows, back) for way in path.args))
    if isinstance(path, SequencePath):
        for step in reversed(path.args) if back else path.args:
            nodes = _follow(step, data, nodes, rows, back)
        return set(nodes)
    raise InputError(
        f"A SPARQL constraint of the shapes uses the path {path}, which the check of large graphs "
        "does not know: write it with /, | and ^"
    )


def _step(predicate: str, data: Data, nodes: Iterable[str], rows: set[str], back: bool) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        ends = data.inverse(node, predicate) if back else data.values(node, predicate)
        found.update(ends)
        if back:
            rows.update(f"{end} {predicate} {node} .\n" for end in ends)
        elif not is_literal(node):
            rows.update(f"{node} {predicate} {end} .\n" for end in ends)
    return found
