"""The alignments with other vocabularies: well formed, safe, and told in full by their README."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from conftest import ROOT

ONTOLOGY = ROOT / "ontology"
FILES = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
README = ONTOLOGY / "alignments" / "README.md"
EXTERNAL = ROOT / "tests" / "data" / "ontology" / "external-axioms.ttl"
APRO = "https://w3id.org/apro#"
CODES = "https://w3id.org/apro/"
VOCABULARIES = {
    "aif", "besluit", "cpov", "eli", "eli-dl", "foaf", "gaf", "ibis", "oa", "org", "popolo",
    "prov", "schema", "semparl", "sioc-arg",
}  # fmt: skip
AXIOMS = {RDFS.subClassOf, RDFS.subPropertyOf}
MATCHES = {SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
# Their axioms could not be read, or make a subclass wrong.
MATCHES_ONLY = {"aif", "eli-dl", "gaf", "ibis", "popolo", "semparl", "sioc-arg"}
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
TERMS = {OWL.Class, OWL.NamedIndividual} | PROPERTIES
ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \| (.*) \| (.*) \|$", re.MULTILINE)


@cache
def load(*paths: Path) -> Graph:
    """The files as one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def model() -> Graph:
    return load(ONTOLOGY / "apro.ttl", ONTOLOGY / "apro-codes.ttl")


def own_terms() -> set[Node]:
    """The classes and properties of APRO, without the terms of others that it uses."""
    terms = {term for kind in TERMS for term in model().subjects(RDF.type, kind)}
    return {term for term in terms if str(term).startswith(APRO)}


def header(graph: Graph) -> Node:
    node = graph.value(None, RDF.type, OWL.Ontology, any=False)
    assert node is not None
    return node


def mappings(graph: Graph) -> set[tuple[Node, Node, Node]]:
    """Every statement about a term of APRO."""
    return {triple for triple in graph if str(triple[0]).startswith((APRO, CODES))} - {
        triple for triple in graph if triple[0] == header(graph)
    }


def declared(graph: Graph) -> dict[Node, set[Node]]:
    """The terms that a graph declares, with their kinds."""
    kinds: dict[Node, set[Node]] = {}
    for term, kind in graph.subject_objects(RDF.type):
        if kind in TERMS:
            kinds.setdefault(term, set()).add(kind)
    return kinds


def short(graph: Graph, node: Node) -> str:
    """A term as the README writes it; a code with its list as prefix, as in the coding files."""
    iri = str(node)
    if iri.startswith(CODES):
        return iri.removeprefix(CODES).replace("/", ":")
    prefixes = {str(namespace): prefix for prefix, namespace in graph.namespaces()}
    namespace = max((name for name in prefixes if iri.startswith(name)), key=len)
    return f"{prefixes[namespace]}:{iri.removeprefix(namespace)}"


def section(name: str) -> str:
    """The part of the README about one file."""
    parts = re.split(r"^## ", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = [part for part in parts if f"`{name}.ttl`, prefix" in part]
    assert len(found) == 1, f"{name}.ttl needs one section in the README"
    return found[0]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found = request.param
    assert isinstance(found, Path)
    return found


@pytest.fixture
def graph(path: Path) -> Graph:
    return load(path)


def test_each_vocabulary_has_its_file() -> None:
    assert {path.stem for path in FILES} == VOCABULARIES


def test_the_header_says_what_the_file_is(path: Path, graph: Graph) -> None:
    node = header(graph)
    assert str(node) == f"https://w3id.org/apro/alignments/{path.stem}"
    for text in (DCTERMS.title, DCTERMS.description):
        languages = [
            value.language for value in graph.objects(node, text) if isinstance(value, Literal)
        ]
        assert sorted(map(str, languages)) == ["en", "fi", "sv"]
    version = model().value(URIRef("https://w3id.org/apro"), OWL.versionInfo)
    assert graph.value(node, OWL.versionInfo) == version
    assert graph.value(node, DCTERMS.creator) == Literal("APRO-KG contributors")
    license_ = graph.value(node, DCTERMS.license)
    assert license_ == URIRef("https://creativecommons.org/licenses/by/4.0/")
    for iri in (DCTERMS.source, RDFS.seeAlso):
        assert isinstance(graph.value(node, iri, any=False), URIRef)
    assert graph.value(node, DCTERMS.issued) is not None


def test_a_file_holds_header_declarations_and_mappings_and_no_blank_node(graph: Graph) -> None:
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    rest = set(graph) - mappings(graph)
    rest -= {triple for triple in rest if triple[0] == header(graph)}
    assert {predicate for _, predicate, _ in rest} == {RDF.type}
    assert {kind for _, _, kind in rest} <= TERMS


def test_each_term_of_apro_exists(graph: Graph) -> None:
    known = set(model().subjects(RDF.type, None))
    unknown = {str(subject) for subject, _, _ in mappings(graph) if subject not in known}
    assert not unknown


def test_each_other_term_is_declared_and_of_the_vocabulary_that_the_file_names(
    graph: Graph,
) -> None:
    namespace = str(graph.value(header(graph), DCTERMS.source))
    others = {other for _, _, other in mappings(graph)}
    assert not [str(other) for other in others if not str(other).startswith(namespace)]
    relations = {relation for _, relation, _ in mappings(graph)} & MATCHES
    assert set(declared(graph)) == others | relations
    assert all(len(kinds) == 1 for kinds in declared(graph).values())


def test_the_relations_are_the_ones_that_the_readme_explains(graph: Graph) -> None:
    relations = {relation for _, relation, _ in mappings(graph)}
    assert relations <= AXIOMS | MATCHES
    for relation in relations & MATCHES:
        assert declared(graph)[relation] == {OWL.AnnotationProperty}


def test_classes_have_superclasses_and_properties_superproperties_of_their_kind(
    graph: Graph,
) -> None:
    ours = declared(model())
    for subject, relation, other in mappings(graph):
        if relation in AXIOMS:
            kinds = declared(graph)[other]
            assert ours[subject] & kinds == kinds
            assert (relation == RDFS.subClassOf) == (kinds == {OWL.Class})


def test_no_axiom_about_a_vocabulary_whose_axioms_forbid_it_or_were_not_read(
    path: Path, graph: Graph
) -> None:
    axioms = {triple for triple in mappings(graph) if triple[1] in AXIOMS}
    assert not axioms or path.stem not in MATCHES_ONLY
    known = set(declared(load(EXTERNAL)))
    assert not {str(other) for _, _, other in axioms if other not in known}


def test_ibis_has_close_matches_only() -> None:
    graph = load(ONTOLOGY / "alignments" / "ibis.ttl")
    assert {relation for _, relation, _ in mappings(graph)} == {SKOS.closeMatch}
    position = URIRef("https://vocab.methodandstructure.com/ibis#Position")
    assert {own for own, _, other in mappings(graph) if other == position} == {
        URIRef(f"{APRO}Proposition")
    }


def test_two_terms_have_one_relation(graph: Graph) -> None:
    pairs = [(own, other) for own, _, other in mappings(graph)]
    assert len(pairs) == len(set(pairs))


def test_the_readme_tells_each_mapping_with_its_reason_and_source(path: Path, graph: Graph) -> None:
    rows = ROW.findall(section(path.stem))
    told = [row[:3] for row in rows]
    stated = {
        (short(graph, own), short(graph, relation), short(graph, other))
        for own, relation, other in mappings(graph)
    }
    assert set(told) == stated
    assert len(told) == len(stated)
    assert all(why.endswith(".") and seen for *_, why, seen in rows)
    assert f"namespace `{graph.value(header(graph), DCTERMS.source)}`" in section(path.stem)


def test_all_files_together_give_each_term_one_kind() -> None:
    everything = load(ONTOLOGY / "apro.ttl", ONTOLOGY / "apro-codes.ttl", *FILES, EXTERNAL)
    kinds = declared(everything)
    assert not {str(term): found for term, found in kinds.items() if len(found) > 1}


def test_each_term_of_apro_is_aligned_or_the_readme_says_that_it_has_no_counterpart() -> None:
    aligned = {own for path in FILES for own, _, _ in mappings(load(path))}
    text = README.read_text(encoding="utf-8")
    alone = text.partition("## No counterpart found")[2].partition("Vocabularies of which")[0]
    told = {URIRef(APRO + name) for name in re.findall(r"`apro:(\w+)`", alone)}
    assert told == own_terms() - aligned
    classes = {own for own in told if (own, RDF.type, OWL.Class) in model()}
    reasons = re.findall(r"^\| `apro:(\w+)` \| .+\. \|$", alone, re.MULTILINE)
    assert {URIRef(APRO + name) for name in reasons} == classes
