"""The profiles of OWL 2 that the ontology keeps to, as OWLAPI checks them.

DL: every term declared and nothing beyond what complete reasoners read. RL: rules suffice to infer
all that follows (https://www.w3.org/TR/owl2-profiles/). A file that imports nothing is read with
apro.ttl, whose terms it speaks of; imports are taken from the checkout.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from conftest import ROOT
from java_tools import java

pytestmark = pytest.mark.slow  # they start a Java virtual machine
APRO = URIRef("https://w3id.org/apro")
EXTERNAL = ROOT / "tests" / "data" / "ontology" / "external-axioms.ttl"
FILES = sorted(
    path.relative_to(ROOT / "ontology").as_posix()
    for pattern in ("apro*.ttl", "alignments/*.ttl")
    for path in (ROOT / "ontology").glob(pattern)
    if path.name != "apro-shapes.ttl"  # SHACL, which is no OWL
)
ALL = URIRef("urn:apro-test:all")
PROFILES = ["OWL2_DL", "OWL2_RL"]
SMALL = """
    @prefix : <urn:small:> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <https://w3id.org/apro> a owl:Ontology .
    :Boat a owl:Class .
    :carries a owl:ObjectProperty .
"""


def header(graph: Graph) -> URIRef | None:
    """The IRI of the ontology that a graph holds."""
    found = graph.value(None, RDF.type, OWL.Ontology)
    return found if isinstance(found, URIRef) else None


class Library:
    """OWLAPI with the documents of this project; it imports from them and from nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: dict[URIRef, Path] = {}
        self.imported: set[URIRef] = set()
        self.manager = java(
            "org.semanticweb.owlapi.apibinding.OWLManager"
        ).createOWLOntologyManager()

    def add(self, graph: Graph, name: str) -> URIRef:
        """Keep a graph as an ontology, which imports APRO unless it says what it imports."""
        iri = header(graph) or URIRef(f"urn:apro-test:{name}")
        graph.add((iri, RDF.type, OWL.Ontology))
        if iri != APRO and (iri, OWL.imports, None) not in graph:
            graph.add((iri, OWL.imports, APRO))
        self.imported |= {URIRef(str(other)) for other in graph.objects(None, OWL.imports)}
        self.documents[iri] = self.folder / f"{len(self.documents)}.ttl"
        graph.serialize(self.documents[iri], format="turtle")
        mapper = java("org.semanticweb.owlapi.util.SimpleIRIMapper")
        self.manager.getIRIMappers().add(mapper(_iri(iri), _iri(self.documents[iri].as_uri())))
        return iri

    def read(self, iri: URIRef) -> Any:
        """The ontology `iri` with what it imports, as OWLAPI reads it."""
        unknown = self.imported - self.documents.keys()
        assert not unknown, f"imported, but in no file of the checkout: {', '.join(unknown)}"
        return self.manager.getOntology(_iri(iri)) or self.manager.loadOntology(_iri(iri))

    def violations(self, iri: URIRef, profile: str) -> list[str]:
        """What a profile forbids in the ontology `iri` and its imports, in words."""
        profiles = java("org.semanticweb.owlapi.profiles.Profiles")
        report = profiles.valueOf(profile).checkOntology(self.read(iri))
        return [re.sub(r" in OntologyID\(.*", "", str(one)) for one in report.getViolations()]


def _iri(text: str) -> Any:
    return java("org.semanticweb.owlapi.model.IRI").create(text)


def small(turtle: str) -> Graph:
    """An ontology of one class and one property, and some more Turtle."""
    return Graph().parse(data=SMALL + turtle, format="turtle")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("owl"))


@pytest.fixture(scope="module")
def iris(library: Library) -> dict[str, URIRef]:
    """The ontology in each file, and one that imports them all."""
    graphs = {name: Graph().parse(ROOT / "ontology" / name) for name in FILES}
    found = {name: library.add(graph, name) for name, graph in graphs.items()}
    together = Graph()
    for iri in found.values():
        together.add((ALL, OWL.imports, iri))
    return found | {"all": library.add(together.add((ALL, RDF.type, OWL.Ontology)), "all")}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", [*FILES, "all"])
def test_the_ontology_keeps_to_the_profile(
    name: str, profile: str, library: Library, iris: dict[str, URIRef]
) -> None:
    found = library.violations(iris[name], profile)
    assert not found, f"ontology/{name} is no {profile}:\n" + "\n".join(found)


def test_all_is_owl_dl_together_with_what_other_vocabularies_state(
    library: Library, iris: dict[str, URIRef]
) -> None:
    others = Graph().parse(EXTERNAL)
    others.add((URIRef(str(header(others))), OWL.imports, iris["all"]))
    assert library.violations(library.add(others, "others"), "OWL2_DL") == []


@pytest.mark.parametrize(
    ("turtle", "forbidden"),
    [
        (":carries rdfs:range :Boat .", set()),
        (":Boat rdfs:subClassOf :Thing .", {"OWL2_DL", "OWL2_RL"}),
        (
            ":Boat rdfs:subClassOf "
            "[ a owl:Restriction ; owl:onProperty :carries ; owl:someValuesFrom owl:Thing ] .",
            {"OWL2_RL"},
        ),
    ],
    ids=["a range", "an undeclared class", "an existential"],
)
def test_only_what_a_profile_forbids_is_found(
    turtle: str, forbidden: set[str], tmp_path: Path
) -> None:
    library = Library(tmp_path)
    iri = library.add(small(turtle), "small")
    assert {profile for profile in PROFILES if library.violations(iri, profile)} == forbidden


def test_a_violation_is_told_in_words(tmp_path: Path) -> None:
    library = Library(tmp_path)
    iri = library.add(small(":Boat rdfs:subClassOf :Thing ."), "small")
    assert library.violations(iri, "OWL2_DL") == [
        "Use of undeclared class: <urn:small:Thing> [SubClassOf(<urn:small:Boat> <urn:small:Thing>)"
    ]
