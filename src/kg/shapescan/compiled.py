"""The shapes as tests: read from RDF, and refused where something in them is not known here.

Known are the targets, paths and constraint components that APRO's shapes use, with the parameters
of each. A shape that uses another one of SHACL would be checked in part only: it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import InputError
from kg.shapescan import components as core
from kg.shapescan.around import turned
from kg.shapescan.paths import Alternative, Inverse, OneOrMore, Path, Predicate, Sequence
from kg.shapescan.summary import is_about_terms

# Of a shape itself, not of its constraints; `sh:flags` and the bounds go with another parameter.
_ABOUT = {RDF.type, RDFS.label, SH.message, SH.severity, SH.path, SH.flags}
_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_BOUNDS = {SH.qualifiedMinCount, SH.qualifiedMaxCount}


@dataclass(frozen=True)
class Target:
    """A shape with its focus nodes; every name is text of N-Triples."""

    iri: str
    shape: core.Shape
    queries: tuple[str, ...]
    nodes: tuple[str, ...]
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """All shapes with targets, and the predicates that they follow from object to subject."""

    targets: tuple[Target, ...]
    turned: frozenset[str]


def compile_shapes(graph: Graph) -> Compiled:
    """Compile all shapes of a graph; raises `InputError` for what is not known here."""
    reader = _Reader(graph)
    targeted = {node for predicate in _TARGETS for node in graph.subjects(predicate)}
    targets = tuple(reader.target(node) for node in sorted(targeted, key=str))
    return Compiled(targets, frozenset(reader.turned))


def text(node: Node) -> str:
    """A term in N-Triples, as Oxigraph writes it."""
    return node.n3() if isinstance(node, URIRef) else _literal(node)


def _literal(node: Node) -> str:
    assert isinstance(node, Literal)
    datatype = None if node.language else ox.NamedNode(str(node.datatype or XSD.string))
    return str(ox.Literal(str(node), datatype=datatype, language=node.language))


@dataclass
class _Reader:
    graph: Graph
    turned: set[str] = field(default_factory=set)

    def target(self, node: Node) -> Target:
        """A shape that has targets."""
        if isinstance(node, BNode) or (node, SH.property, None) in self.graph:
            raise _unknown(node, SH.property)
        return Target(
            str(node),
            self.shape(node),
            tuple(self._query(one) for one in self.graph.objects(node, SH.sparql)),
            *(tuple(sorted(map(text, self.graph.objects(node, kind)))) for kind in _TARGETS),
        )

    def shape(self, node: Node) -> core.Shape:
        """A shape, or what stands in its place in `sh:node`, `sh:or` and others."""
        values: list[core.ValueTest] = []
        nodes: list[core.NodeTest] = []
        path = self.graph.value(node, SH.path)
        for name, parameter in sorted(self.graph.predicate_objects(node), key=str):
            if name in _ABOUT or name in _BOUNDS or name in _TARGETS or name == SH.sparql:
                continue
            if make := _VALUE_TESTS.get(name):
                values.append(make(self, node, parameter))
            elif of_node := _NODE_TESTS.get(name):
                nodes.append(of_node(self, node, parameter))
            else:
                raise _unknown(node, name)
        return core.Shape(None if path is None else self._path(path), tuple(values), tuple(nodes))

    def shapes(self, listed: Node) -> tuple[core.Shape, ...]:
        """The shapes of a list."""
        return tuple(map(self.shape, Collection(self.graph, listed)))

    def members(self, listed: Node) -> tuple[Node, ...]:
        """The terms of a list."""
        return tuple(Collection(self.graph, listed))

    def _path(self, node: Node) -> Path:
        if isinstance(node, URIRef):
            return Predicate(node.n3())
        if (node, RDF.first, None) in self.graph:
            *others, last = map(self._path, self.members(node))
            return reduce(lambda rest, step: Sequence(step, rest), reversed(others), last)
        ((kind, inner),) = self.graph.predicate_objects(node)
        if kind == SH.inversePath and isinstance(inner, URIRef):
            self.turned.add(inner.n3())
            return Inverse(inner.n3())
        if kind == SH.alternativePath:
            return Alternative(tuple(map(self._path, self.members(inner))))
        if kind == SH.oneOrMorePath:
            return OneOrMore(self._path(inner))
        raise _unknown(node, kind)

    def _query(self, constraint: Node) -> str:
        """The text of a SPARQL constraint, with its prefixes (SHACL, section 5.2.1)."""
        known = {SH.select, SH.prefixes, RDF.type}
        for name in self.graph.predicates(constraint):
            if name not in known:
                raise _unknown(constraint, name)
        prefixes = [
            f"PREFIX {self.graph.value(one, SH.prefix)}: <{self.graph.value(one, SH.namespace)}>"
            for holder in self.graph.objects(constraint, SH.prefixes)
            for one in self.graph.objects(holder, SH.declare)
        ]
        query = "\n".join([*sorted(prefixes), str(self.graph.value(constraint, SH.select))])
        if not is_about_terms(query):
            self.turned |= turned(query)
        return query

    def pattern(self, node: Node, parameter: Node) -> core.ValueTest:
        """`sh:pattern` with the flags that stand beside it."""
        flags = str(self.graph.value(node, SH.flags) or "")
        if set(flags) - {"i"}:
            raise _unknown(node, SH.flags)
        return core.Matches(re.compile(str(parameter), re.IGNORECASE if flags else re.NOFLAG))

    def qualified(self, node: Node, parameter: Node) -> core.NodeTest:
        """`sh:qualifiedValueShape` with the bounds that stand beside it."""
        least = self.graph.value(node, SH.qualifiedMinCount)
        most = self.graph.value(node, SH.qualifiedMaxCount)
        return core.Qualified(
            self.shape(parameter),
            0 if least is None else _number(least),
            None if most is None else _number(most),
        )


def _number(parameter: Node) -> int:
    return int(str(parameter))


def _unknown(node: Node, name: Node) -> InputError:
    return InputError(
        f"The shapes use {name} at {node}, which the check of large graphs does not know: "
        "write the shape in another way, or teach kg.shapescan the component"
    )


def _kind(reader: _Reader, node: Node, parameter: Node) -> core.ValueTest:
    if parameter != SH.IRI:
        raise _unknown(node, parameter)
    return core.IsIri()


def _unique(reader: _Reader, node: Node, parameter: Node) -> core.NodeTest:
    if not (isinstance(parameter, Literal) and parameter.value is True):
        raise _unknown(node, SH.uniqueLang)
    return core.UniqueLanguages()


_VALUE_TESTS: Mapping[Node, Callable[[_Reader, Node, Node], core.ValueTest]] = {
    SH["class"]: lambda reader, node, one: core.OfClass(text(one)),
    SH.datatype: lambda reader, node, one: core.OfDatatype(str(one)),
    SH.nodeKind: _kind,
    SH.minInclusive: lambda reader, node, one: core.AtLeast(text(one)),
    SH.pattern: _Reader.pattern,
    SH.languageIn: lambda reader, node, one: core.InLanguages(
        frozenset(str(tag).lower() for tag in reader.members(one))
    ),
    SH["in"]: lambda reader, node, one: core.OneOf(frozenset(map(text, reader.members(one)))),
    SH["not"]: lambda reader, node, one: core.Neither(reader.shape(one)),
    SH["and"]: lambda reader, node, one: core.Each(reader.shapes(one)),
    SH["or"]: lambda reader, node, one: core.Either(reader.shapes(one)),
    SH.node: lambda reader, node, one: reader.shape(one),
    SH.property: lambda reader, node, one: reader.shape(one),
}
_NODE_TESTS: Mapping[Node, Callable[[_Reader, Node, Node], core.NodeTest]] = {
    SH.minCount: lambda reader, node, one: core.MinCount(_number(one)),
    SH.maxCount: lambda reader, node, one: core.MaxCount(_number(one)),
    SH.uniqueLang: _unique,
    SH.hasValue: lambda reader, node, one: core.HasValue(text(one)),
    SH.qualifiedValueShape: _Reader.qualified,
    SH.equals: lambda reader, node, one: core.Equals(text(one)),
    SH.disjoint: lambda reader, node, one: core.Disjoint(text(one)),
    SH.lessThan: lambda reader, node, one: core.LessThan(text(one), or_equal=False),
    SH.lessThanOrEquals: lambda reader, node, one: core.LessThan(text(one), or_equal=True),
}
