"""The constraint components of SHACL Core (https://www.w3.org/TR/shacl/#core-components).

A `ValueTest` looks at one value node, whatever the focus node; a `NodeTest` looks at a focus node
and all its value nodes. `NodeTest.suspects` leaves out, by sets alone, most nodes that hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from dataclasses import dataclass
from typing import Protocol

from kg.names import RDF
from kg.shapescan.data import Data, Values
from kg.shapescan.literals import (
    has_datatype,
    is_at_least,
    is_less,
    language_of,
    string_of,
)
from kg.shapescan.paths import Path

TYPE = f"<{RDF}type>"


class ValueTest(Protocol):
    """A constraint on each value node."""

    def holds(self, data: Data, value: str) -> bool:
        """Tell whether a value node conforms."""


class NodeTest(Protocol):
    """A constraint on a focus node and all its value nodes."""

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """Tell whether a focus node conforms."""

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """Those of `nodes` that may not conform: `some` have values, `several` more than one."""


@dataclass(frozen=True)
class Shape:
    """A shape without its targets; as a `ValueTest` it is `sh:node` and `sh:property`."""

    path: Path | None
    values: tuple[ValueTest, ...]
    nodes: tuple[NodeTest, ...]

    def holds(self, data: Data, value: str) -> bool:
        """Tell whether a focus node conforms to the shape."""
        found = (value,) if self.path is None else self.path.of(data, value)
        for test in self.values:
            for one in found:
                if not test.holds(data, one):
                    return False
        return all(test.holds(data, value, found) for test in self.nodes)


@dataclass(frozen=True)
class OfClass:
    """`sh:class`: an instance of a class or of one of its subclasses."""

    name: str

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return not data.closure(self.name).isdisjoint(data.values(value, TYPE))


@dataclass(frozen=True)
class OfDatatype:
    """`sh:datatype`."""

    name: str

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return has_datatype(value, self.name)


@dataclass(frozen=True)
class IsIri:
    """`sh:nodeKind sh:IRI`."""

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return value.startswith("<")


@dataclass(frozen=True)
class AtLeast:
    """`sh:minInclusive`."""

    least: str

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return is_at_least(value, self.least)


@dataclass(frozen=True)
class Matches:
    """`sh:pattern` with `sh:flags`; blank nodes never match."""

    pattern: re.Pattern[str]

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return not value.startswith("_:") and bool(self.pattern.search(string_of(value)))


@dataclass(frozen=True)
class InLanguages:
    """`sh:languageIn`."""

    languages: frozenset[str]

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        language = language_of(value)
        return language in self.languages or language.partition("-")[0] in self.languages


@dataclass(frozen=True)
class OneOf:
    """`sh:in`."""

    members: frozenset[str]

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return value in self.members


@dataclass(frozen=True)
class Neither:
    """`sh:not`."""

    shape: Shape

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return not self.shape.holds(data, value)


@dataclass(frozen=True)
class Each:
    """`sh:and`."""

    shapes: tuple[Shape, ...]

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return all(shape.holds(data, value) for shape in self.shapes)


@dataclass(frozen=True)
class Either:
    """`sh:or`."""

    shapes: tuple[Shape, ...]

    def holds(self, data: Data, value: str) -> bool:
        """See `ValueTest.holds`."""
        return any(shape.holds(data, value) for shape in self.shapes)


@dataclass(frozen=True)
class MinCount:
    """`sh:minCount`."""

    count: int

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        return len(values) >= self.count

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return set(nodes).difference(some) if self.count == 1 else nodes - several


@dataclass(frozen=True)
class MaxCount:
    """`sh:maxCount`."""

    count: int

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        return len(values) <= self.count

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return nodes & several if self.count else set(nodes).intersection(some)


@dataclass(frozen=True)
class UniqueLanguages:
    """`sh:uniqueLang`."""

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        found = [language for language in map(language_of, values) if language]
        return len(found) == len(set(found))

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return nodes & several


@dataclass(frozen=True)
class HasValue:
    """`sh:hasValue`."""

    value: str

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        return self.value in values

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return nodes


@dataclass(frozen=True)
class Qualified:
    """`sh:qualifiedValueShape`, with a least and a greatest number of values that conform."""

    shape: Shape
    least: int
    most: int | None

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        count = sum(self.shape.holds(data, value) for value in values)
        return self.least <= count and (self.most is None or count <= self.most)

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return nodes if self.least else set(nodes).intersection(some)


@dataclass(frozen=True)
class Equals:
    """`sh:equals`."""

    predicate: str

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        return set(values) == set(data.values(focus, self.predicate))

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return nodes


@dataclass(frozen=True)
class Disjoint:
    """`sh:disjoint`."""

    predicate: str

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        return set(values).isdisjoint(data.values(focus, self.predicate))

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return set(nodes).intersection(some)


@dataclass(frozen=True)
class LessThan:
    """`sh:lessThan` and `sh:lessThanOrEquals`."""

    predicate: str
    or_equal: bool

    def holds(self, data: Data, focus: str, values: Values) -> bool:
        """See `NodeTest.holds`."""
        others = data.values(focus, self.predicate)
        return all(is_less(one, other, self.or_equal) for one in values for other in others)

    def suspects(self, nodes: Set[str], some: Collection[str], several: Set[str]) -> Set[str]:
        """See `NodeTest.suspects`."""
        return set(nodes).intersection(some)
