"""HermiT finds the ontology consistent, every class and property usable, and mistakes impossible.

All is asked in few runs. For each property a probe is added, a class of things that have it as its
documentation says; for each two disjoint classes one of things that are both. The first kind must
be satisfiable and the second must not, which shows that the reasoner reads what it is given.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from conftest import ROOT
from java_tools import require_java
from kg.coding.dataset import Dataset
from kg.encode import encode
from kg.shapes import union_graph

pytestmark = pytest.mark.slow  # they start a Java virtual machine
APRO = Namespace("https://w3id.org/apro#")
SCHEMA = Namespace("https://schema.org/")
PROBE = Namespace("urn:apro-test:")
MODEL = [path for path in (ROOT / "ontology").glob("apro*.ttl") if path.name != "apro-shapes.ttl"]
ALIGNMENTS = ROOT / "ontology" / "alignments"
EXTERNAL = ROOT / "tests" / "data" / "ontology" / "external-axioms.ttl"
EXAMPLE = ROOT / "tests" / "data" / "shapes" / "conforming.ttl"


@pytest.fixture(scope="module", autouse=True)
def _java() -> None:
    require_java()


def merged(*paths: Path) -> Graph:
    """The files as one graph that imports nothing."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    graph.remove((None, OWL.imports, None))
    return graph


def unsatisfiable(graph: Graph) -> set[str]:
    """The classes that can have no member; raises `OwlReadyInconsistentOntologyError`.

    Literals of types outside OWL 2, such as xsd:date, are left out of the reasoning.
    """
    world = owlready2.World()
    text = graph.serialize(format="nt", encoding="utf-8")
    world.get_ontology("urn:apro-test").load(fileobj=io.BytesIO(text))
    owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    found = {str(found.iri) for found in world.inconsistent_classes()}
    return found - {str(OWL.Nothing)}


def with_probes(graph: Graph) -> tuple[Graph, dict[str, str]]:
    """The graph with its probes, and what the probes that must be unsatisfiable stand for."""
    probed, impossible = Graph() + graph, {}
    for number, (first, second) in enumerate(sorted(graph.subject_objects(OWL.disjointWith))):
        probe = PROBE[f"both-{number}"]
        _subclass(probed, probe, (first, second))
        impossible[str(probe)] = f"{first} and {second}"
    for number, (subject, property_, value) in enumerate(sorted(uses(graph))):
        _subclass(probed, PROBE[f"use-{number}"], (subject, _some(probed, property_, value)))
        probed.add((PROBE[f"use-{number}"], RDFS.label, Literal(f"{subject} {property_} {value}")))
    return probed, impossible


def uses(graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
    """Each property with each class that may have it and each class of its values."""
    for kind, anything in ((OWL.ObjectProperty, OWL.Thing), (OWL.DatatypeProperty, RDFS.Literal)):
        for found in graph.subjects(RDF.type, kind):
            subjects = set(graph.objects(found, SCHEMA.domainIncludes)) or {OWL.Thing}
            values = set(graph.objects(found, SCHEMA.rangeIncludes)) or {anything}
            if kind == OWL.DatatypeProperty:
                values = {anything}
            yield from product(subjects, {found}, values)


def _subclass(graph: Graph, probe: URIRef, parents: Iterable[Node]) -> None:
    graph.add((probe, RDF.type, OWL.Class))
    for parent in parents:
        graph.add((probe, RDFS.subClassOf, parent))


def _some(graph: Graph, property_: Node, value: Node) -> Node:
    restriction = BNode()
    graph.add((restriction, RDF.type, OWL.Restriction))
    graph.add((restriction, OWL.onProperty, property_))
    graph.add((restriction, OWL.someValuesFrom, value))
    return restriction


def complaints(graph: Graph) -> list[str]:
    """What of a graph can have no member though it should, and what can though it should not."""
    probed, impossible = with_probes(graph)
    found = unsatisfiable(probed)
    empty = [f"nothing can be: {_name(probed, iri)}" for iri in found - impossible.keys()]
    both = [f"one thing can be both: {impossible[iri]}" for iri in impossible.keys() - found]
    return sorted(empty + both)


def _name(graph: Graph, iri: str) -> str:
    """What a probe stands for; any other class by its IRI."""
    return str(graph.value(URIRef(iri), RDFS.label)) if iri in PROBE else iri


def test_every_class_and_property_can_be_used_and_no_disjoint_classes_together() -> None:
    model = merged(*MODEL)
    assert complaints(model) == []
    assert (None, OWL.disjointWith, None) in model


def test_the_same_holds_with_all_alignments_and_what_the_vocabularies_state(aligned: Graph) -> None:
    assert complaints(aligned) == []


@pytest.fixture(scope="module")
def aligned() -> Graph:
    """The model, every alignment, and the axioms of the vocabularies aligned with."""
    return merged(*MODEL, *ALIGNMENTS.glob("*.ttl"), EXTERNAL)


def test_the_example_is_consistent_with_the_model() -> None:
    assert unsatisfiable(merged(*MODEL, EXAMPLE)) == set()


def test_the_example_and_the_shipped_data_are_consistent_with_all_alignments(
    aligned: Graph, shipped: Dataset
) -> None:
    data = union_graph(encode(shipped))
    assert unsatisfiable(aligned + merged(EXAMPLE) + data) == set()


def test_a_position_that_is_a_proposition_is_a_contradiction() -> None:
    graph = merged(*MODEL, EXAMPLE)
    position = graph.value(None, RDF.type, APRO.Position)
    assert position is not None
    graph.add((position, RDF.type, APRO.Proposition))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        unsatisfiable(graph)


def test_what_can_have_no_member_is_found() -> None:
    graph = Graph().parse(
        format="turtle",
        data="""
            @prefix : <urn:small:> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            :Boat a owl:Class ; owl:disjointWith :Quay .
            :Quay a owl:Class .
            :carries a owl:ObjectProperty ; rdfs:domain :Boat , :Quay .
            :moors a owl:ObjectProperty ; rdfs:domain :Boat ; rdfs:range :Quay ;
                <https://schema.org/domainIncludes> :Boat , :Quay .
            :Amphibian a owl:Class ; rdfs:subClassOf :Boat , :Quay .
        """,
    )
    assert complaints(graph) == [
        f"nothing can be: {OWL.Thing} urn:small:carries {OWL.Thing}",
        "nothing can be: urn:small:Amphibian",
        f"nothing can be: urn:small:Quay urn:small:moors {OWL.Thing}",
    ]
