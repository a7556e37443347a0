"""Shapes as people read them: what each checks, how severely, and which cardinality follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.names import RDF, RDFS, SH, SKOS
from kg.statements import Label
from kg.vocabulary.facts import Facts, key, plain

VIOLATION = "Violation"
_ONE_OF = (f"{SH}or", f"{SH}xone")
_WORD = re.compile(r"\b([A-Za-z][\w-]*):(\w+)")


@dataclass(frozen=True)
class Limit:
    """What a shape asks of one property of what it targets; `most` is None for no limit."""

    path: str
    least: int
    most: int | None
    values: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """One shape. `mentions` are the terms that it names anywhere, also in a query."""

    iri: str
    name: str
    label: Label
    message: Label
    severity: str
    targets: tuple[str, ...]
    subjects_of: tuple[str, ...]
    limits: tuple[Limit, ...]
    mentions: frozenset[str]
    has_query: bool


def read_shapes(facts: Facts) -> tuple[Shape, ...]:
    """Every named shape, the severest first, then by name."""
    types = (f"{SH}NodeShape", f"{SH}PropertyShape")
    named = {iri for one in types for iri in facts.subjects(f"{RDF}type", one)}
    shapes = [_shape(facts, iri) for iri in named if not iri.startswith("_:")]
    return tuple(sorted(shapes, key=lambda one: (_rank(one.severity), one.name)))


def _rank(severity: str) -> int:
    order = (VIOLATION, "Warning", "Info")
    return order.index(severity) if severity in order else len(order)


def _shape(facts: Facts, iri: str) -> Shape:
    severity = next(iter(facts.keys(iri, f"{SH}severity")), SH + VIOLATION)
    parts = [iri, *facts.keys(iri, f"{SH}property")]
    whole = list(facts.closure(iri))
    return Shape(
        iri=iri,
        name=re.split(r"[/#]", iri)[-1],
        label=facts.label(iri, f"{RDFS}label", f"{SH}name"),
        message=facts.label(iri, f"{SH}message"),
        severity=severity.removeprefix(SH),
        targets=facts.keys(iri, f"{SH}targetClass"),
        subjects_of=facts.keys(iri, f"{SH}targetSubjectsOf", f"{SH}targetObjectsOf"),
        limits=tuple(limit for part in parts for limit in _limits(facts, part)),
        mentions=frozenset(_mentions(facts, (value for _, _, value in whole))),
        has_query=any(predicate == f"{SH}select" for _, predicate, _ in whole),
    )


def _limits(facts: Facts, node: str) -> Iterator[Limit]:
    """The limit of a property shape whose path is one property."""
    for path in facts.keys(node, f"{SH}path"):
        if not path.startswith("_:"):
            most = facts.text(node, f"{SH}maxCount")
            yield Limit(
                path,
                int(facts.text(node, f"{SH}minCount") or 0),
                int(most) if most else None,
                tuple(dict.fromkeys(_values(facts, node))),
            )


def _values(facts: Facts, node: str) -> Iterator[str]:
    """The classes, datatypes and code lists that a value may be of."""
    yield from facts.keys(node, f"{SH}class", f"{SH}datatype")
    for predicate in _ONE_OF:
        for head in facts.keys(node, predicate):
            for member in facts.members(head):
                yield from facts.keys(key(member), f"{SH}class", f"{SH}datatype")
    for inner in facts.keys(node, f"{SH}node"):
        for part in facts.keys(inner, f"{SH}property"):
            if f"{SKOS}inScheme" in facts.keys(part, f"{SH}path"):
                yield from facts.keys(part, f"{SH}hasValue")


def _mentions(facts: Facts, values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ox.NamedNode):
            yield value.value
        elif isinstance(value, ox.Literal) and not value.language:
            for prefix, name in _WORD.findall(plain(value)):
                if prefix in facts.prefixes:
                    yield facts.prefixes[prefix] + name
