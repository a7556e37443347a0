"""Each SHACL shape: data that passes, and a change that yields its results and no others."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from shape_cases import (
    ALONE,
    CASES,
    SHAPES,
    Case,
    Results,
    all_cases,
    expected_results,
    mutate,
    results_of,
    vocabulary,
)

ONTOLOGY = Path(__file__).parent.parent / "ontology"
LANGUAGES = {"en", "fi", "sv"}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "apro-shapes.ttl")


@pytest.fixture(scope="module")
def results(shapes: Graph) -> Results:
    """What the shapes find, by case: all cases stand side by side in one graph, validated once."""
    return results_of(_report(vocabulary() + all_cases(), shapes))


def _report(data: Graph, shapes: Graph) -> Graph:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    assert isinstance(report, Graph)
    return report


@pytest.fixture(scope="module")
def expected() -> Results:
    return expected_results()


def _named_shapes(shapes: Graph) -> set[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {s for kind in kinds for s in shapes.subjects(RDF.type, kind) if isinstance(s, URIRef)}


@pytest.mark.slow
def test_the_example_conforms(results: Results) -> None:
    assert results.get("conforming", []) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_gives_exactly_its_results(
    case: Case, results: Results, expected: Results
) -> None:
    lines = ["\t".join((case.name, *row)) for row in results[case.name]]
    assert results[case.name] == expected.get(case.name), "\n".join(["found:", *lines])
    assert case.shape in {shape for shape, *_ in results[case.name]}


def test_no_results_are_expected_of_cases_that_are_gone(expected: Results) -> None:
    assert set(expected) == {case.name for case in CASES}


@pytest.mark.slow
def test_no_result_is_about_anything_else(results: Results) -> None:
    assert set(results) == {case.name for case in CASES}


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_a_mistake_without_a_node_of_its_own(case: Case, shapes: Graph) -> None:
    report = _report(vocabulary() + mutate(case), shapes)
    found = {str(shape).removeprefix(SHAPES) for shape in report.objects(None, SH.sourceShape)}
    assert found == {case.shape}
    terms = {str(value).rpartition("#")[2] for value in report.objects(None, SH.value)}
    assert case.shape != "term-declared" or terms & {"speeker", "SpeachAct"}


def test_every_shape_has_a_case(shapes: Graph) -> None:
    names = {str(shape).removeprefix(SHAPES) for shape in _named_shapes(shapes)}
    assert names == {case.shape for case in [*CASES, *ALONE]}


def test_every_shape_says_what_to_do_in_three_languages(shapes: Graph) -> None:
    for shape in _named_shapes(shapes):
        assert shape.startswith(SHAPES)
        assert shapes.value(shape, RDFS.label), shape
        assert shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}
        messages = [m for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)]
        spoken = {m.language: str(m) for m in messages}
        assert spoken.keys() == LANGUAGES, shape
        assert all(": " in text for text in spoken.values()), f"{shape} names no remedy"


def test_the_shapes_are_well_formed(shapes: Graph) -> None:
    nothing = Graph()
    nothing.add((BNode(), RDF.type, RDFS.Resource))
    conforms, _, _ = pyshacl.validate(nothing, shacl_graph=shapes, meta_shacl=True)
    assert conforms
