"""Apache Jena finds what pyshacl finds and answers what our store answers, on the same data.

Jena is a test tool: see docs/dependencies.md. No time is lost on starting it: one virtual machine
serves all tests of a run.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import SH, BNode, Graph
from rdflib.term import Node

import jena
from conftest import ROOT
from fictional_graph import QUERIES, expectations, fictional_store
from java_tools import java
from kg.answers import answer_from
from kg.coding.dataset import Dataset
from kg.encode import encode
from kg.lookup import arguments, read_names
from kg.queries import bind, load_queries, load_query
from kg.shapes import union_graph
from kg.store import EmbeddedStore
from shape_cases import CASES, Case, Results, all_cases, expected_results, results_of, vocabulary

pytestmark = pytest.mark.slow

ONTOLOGY = ROOT / "ontology"
FIELDS = (SH.focusNode, SH.sourceShape, SH.resultSeverity, SH.sourceConstraintComponent)
# These give no value by the standard (Jena adds one), and SHACL 4.8 lets engines differ in it.
WITHOUT_VALUE = {SH.UniqueLangConstraintComponent}


class Reports(NamedTuple):
    """What two engines say of one dataset."""

    ours: Graph
    other: Graph


def results(report: Graph) -> Counter[tuple[str, ...]]:
    """The results of a report: focus, shape, severity, kind of constraint, path and value."""
    return Counter(_result(report, result) for result in report.objects(None, SH.result))


def _result(report: Graph, result: Node) -> tuple[str, ...]:
    component = report.value(result, SH.sourceConstraintComponent)
    value = None if component in WITHOUT_VALUE else report.value(result, SH.value)
    path = report.value(result, SH.resultPath)
    nodes = [*(report.value(result, field) for field in FIELDS), path, value]
    return tuple("a blank node" if isinstance(node, BNode) else str(node) for node in nodes)


def differences(reports: Reports) -> list[str]:
    """What only one of the two engines finds, in words."""
    ours, other = results(reports.ours), results(reports.other)
    found = [("only pyshacl", ours - other), ("only Jena", other - ours)]
    return [f"{who}: {' '.join(row)}" for who, rows in found for row in rows.elements()]


def validated(data: Graph) -> Reports:
    """Both reports on data that stand together with the ontology and the code lists."""
    shapes = Graph().parse(ONTOLOGY / "apro-shapes.ttl")
    _, ours, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    assert isinstance(ours, Graph)
    return Reports(ours, jena.validate(data, shapes))


@pytest.fixture(scope="module", autouse=True)
def _jena() -> None:
    java(jena.LANG)  # the reason to skip comes before the work of pyshacl


@pytest.fixture(scope="module")
def cases() -> Reports:
    """Every case of test_shapes.py, side by side in one graph as there."""
    return validated(vocabulary() + all_cases())


@pytest.fixture(scope="module")
def found_by_jena(cases: Reports) -> Results:
    return results_of(cases.other)


@pytest.fixture(scope="module")
def quads(shipped: Dataset) -> list[ox.Quad]:
    """The shipped data with the ontology and the code lists, as a build holds them."""
    return encode(shipped)


def test_the_conforming_example_conforms_in_jena(found_by_jena: Results) -> None:
    assert "conforming" not in found_by_jena


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_jena_finds_each_mistake(case: Case, found_by_jena: Results) -> None:
    # Without the value: Jena gives one for sh:uniqueLang, where the standard has none.
    expected = [row[:3] for row in expected_results()[case.name]]
    assert [row[:3] for row in found_by_jena[case.name]] == expected


def test_both_engines_say_the_same_of_every_mistake(cases: Reports) -> None:
    assert differences(cases) == []
    assert results(cases.ours).total() >= len(CASES)


def test_both_engines_say_the_same_of_the_shipped_data(quads: list[ox.Quad]) -> None:
    reports = validated(union_graph(quads))
    assert differences(reports) == []
    assert reports.ours.value(None, SH.conforms) == reports.other.value(None, SH.conforms)
    assert str(SH.Violation) not in {row[2] for row in results(reports.other)}


def test_a_difference_would_be_seen(cases: Reports) -> None:
    result = next(cases.other.subjects(SH.resultSeverity, SH.Violation))
    changed = Graph() + cases.other
    changed.set((result, SH.resultSeverity, SH.Info))
    assert len(differences(Reports(cases.other, changed))) == 2


def both_answers(store: EmbeddedStore, graph: Any, text: str) -> tuple[Any, Any]:
    """The answers of our store and of Jena, rows counted: the order of equals is not given."""
    answers = [answer_from(store.select(text)), answer_from(jena.select(graph, text))]
    ours, other = ((answer.columns, Counter(answer.rows)) for answer in answers)
    return ours, other


def graph_in_jena(store: EmbeddedStore) -> Any:
    triples = set(store.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    return jena.load(union_graph(ox.Quad(*triple) for triple in triples))


def test_named_queries_give_the_same_rows_on_the_fictional_meetings() -> None:
    store = fictional_store()
    graph, names = graph_in_jena(store), read_names(store, QUERIES)
    for case in expectations():
        query = load_query(QUERIES / f"{case['query']}.rq")
        terms = arguments(query, case["params"], names)
        text = bind(query, terms, case.get("lang", "en"), case.get("include_proposed", False))
        ours, other = both_answers(store, graph, text)
        assert ours == other, f"{case['query']} {case['params']}"


def test_named_queries_give_the_same_rows_on_the_shipped_data(quads: list[ox.Quad]) -> None:
    store = EmbeddedStore.of(quads)
    graph, names = graph_in_jena(store), read_names(store, QUERIES)
    answered = set()
    for query in load_queries(QUERIES).values():
        given = {param.name: param.example for param in query.params if param.required}
        ours, other = both_answers(store, graph, bind(query, arguments(query, given, names)))
        assert ours == other, f"{query.name} {given}"
        if ours[1]:
            answered.add(query.name)
    assert {"disagreements", "agreements", "positions"} <= answered
