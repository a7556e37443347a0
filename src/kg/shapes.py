"""SHACL validation of the encoded graph (https://www.w3.org/TR/shacl/) by pyshacl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate
from rdflib import Graph, Literal
from rdflib.namespace import SH
from rdflib.term import Node

from kg.findings import Finding, Severity
from kg.names import DEFAULT_BASE, shorten
from kg.resources import SHAPES_FILE, ontology_dir

_SEVERITIES = {
    str(SH.Violation): Severity.ERROR,
    str(SH.Warning): Severity.WARNING,
    str(SH.Info): Severity.INFO,
}

Places = Mapping[str, tuple[Path, int]]


def shapes_graph() -> Graph:
    """The shapes of APRO."""
    return Graph().parse(ontology_dir() / SHAPES_FILE, format="turtle")


def union_graph(quads: Iterable[ox.Quad]) -> Graph:
    """All graphs of a dataset as one rdflib graph."""
    triples = {quad.triple for quad in quads}
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def check_shapes(
    quads: Iterable[ox.Quad], places: Places, language: str = "en", base: str = DEFAULT_BASE
) -> list[Finding]:
    """Validate quads against the shapes; each result becomes a finding at its node's line."""
    shapes = shapes_graph()
    _, report, _ = validate(union_graph(quads), shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)  # pyshacl gives bytes only when asked to
    found = set()
    for result in report.objects(None, SH.result):  # and not what sh:detail says of their parts
        name = _node(report, result, places, base)
        path, line = places.get(name, (Path(name), 0))
        severity = _SEVERITIES[str(report.value(result, SH.resultSeverity))]
        message = _message(shapes, report, result, language)
        found.add(Finding(path, line, severity, f"{name}: {message}"))
    return sorted(found)


def _node(report: Graph, result: Node, places: Places, base: str) -> str:
    """The node at fault: a SPARQL constraint names it as its value, the others as their focus."""
    if report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent:
        value = shorten(str(report.value(result, SH.value)), base)
        if value in places:
            return value
    return shorten(str(report.value(result, SH.focusNode)), base)


def _message(shapes: Graph, report: Graph, result: Node, language: str) -> str:
    """The shape's message in a language, in English, or else whatever there is.

    Read from the shape: pyshacl's report loses the language of messages of SPARQL constraints.
    """
    shape = report.value(result, SH.sourceShape)
    return _text(shapes, shape, language) or str(report.value(result, SH.resultMessage))


def _text(shapes: Graph, shape: Node | None, language: str) -> str | None:
    texts = {
        literal.language or "": str(literal)
        for literal in shapes.objects(shape, SH.message)
        if isinstance(literal, Literal)
    }
    return texts.get(language) or texts.get("en")


@dataclass(frozen=True)
class Wording:
    """What a finding of a shape weighs and says."""

    severity: Severity
    message: str


def wordings(shapes: Graph, language: str) -> dict[str, Wording]:
    """The wording of each shape that says something, by its IRI."""
    return {
        str(shape): Wording(
            _SEVERITIES[str(shapes.value(shape, SH.severity, default=SH.Violation))],
            _text(shapes, shape, language) or "",
        )
        for shape in set(shapes.subjects(SH.message))
    }
