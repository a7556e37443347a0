"""The vocabulary and its code lists: complete in three languages, consistent, all declared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
APRO = Namespace("https://w3id.org/apro#")
LISTS = "https://w3id.org/apro/"
HEADER = URIRef("https://w3id.org/apro")
LANGUAGES = {"en", "fi", "sv"}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = tuple(str(namespace) for namespace in (RDF, RDFS, OWL))
SCHEMES = {
    "stance", "role", "act", "alignment", "progress", "date-kind", "confidence", "coding-status",
    "basis",
}  # fmt: skip
STANCES = {
    # notation: (broader, polarity, pole, qualified), in their lexical forms
    "strongSupport": ("support", "1.0", "support", "false"),
    "support": (None, "0.8", "support", "false"),
    "supportWithConditions": ("support", "0.5", "support", "true"),
    "hesitantSupport": ("support", "0.3", "support", "true"),
    "concede": ("support", "0.2", "support", "true"),
    "undecided": (None, "0.0", None, "true"),
    "hesitantOppose": ("oppose", "-0.3", "oppose", "true"),
    "opposeWithConditions": ("oppose", "-0.5", "oppose", "true"),
    "oppose": (None, "-0.8", "oppose", "false"),
    "strongOppose": ("oppose", "-1.0", "oppose", "false"),
}


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(ONTOLOGY / "apro.ttl")


@pytest.fixture(scope="module")
def codes() -> Graph:
    return Graph().parse(ONTOLOGY / "apro-codes.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "apro-shapes.ttl")


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    text = (ONTOLOGY / "apro-context.jsonld").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)["@context"]
    return loaded


def _declared(graph: Graph) -> set[Node]:
    return {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}


def _own(graph: Graph) -> list[URIRef]:
    return sorted(
        term for term in _declared(graph) if isinstance(term, URIRef) and term.startswith(APRO)
    )


def _languages(graph: Graph, term: Node, prop: URIRef) -> list[str]:
    texts = [text for text in graph.objects(term, prop) if isinstance(text, Literal)]
    assert all(text.strip() == str(text) != "" for text in texts), term
    return sorted(text.language or "" for text in texts)


def _expand(term: str, context: dict[str, Any]) -> str:
    prefix, colon, local = term.partition(":")
    return str(context[prefix]) + local if colon else str(context["@vocab"]) + term


def _mapped(context: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The properties that the keys of coding files stand for, with how their values are read."""
    for definition in context.values():
        details = definition if isinstance(definition, dict) else {}
        target = details.get("@id") or details.get("@reverse") or definition
        if isinstance(target, str) and ":" in target and "://" not in target:
            yield _expand(target, context), details


def test_every_own_term_is_labelled_and_defined_in_three_languages(vocabulary: Graph) -> None:
    own = _own(vocabulary)
    assert len(own) > 80
    for term in own:
        assert _languages(vocabulary, term, RDFS.label) == sorted(LANGUAGES), term
        assert _languages(vocabulary, term, SKOS.definition) == sorted(LANGUAGES), term
        assert _languages(vocabulary, term, SKOS.scopeNote) in ([], sorted(LANGUAGES)), term
        assert (term, RDFS.isDefinedBy, HEADER) in vocabulary, term


def test_labels_tell_terms_of_one_kind_apart(vocabulary: Graph) -> None:
    for kind in KINDS:
        labels = [
            label
            for term in _own(vocabulary)
            if (term, RDF.type, kind) in vocabulary
            for label in vocabulary.objects(term, RDFS.label)
        ]
        assert len(labels) == len(set(labels)), [x for x in labels if labels.count(x) > 1]


def test_a_term_has_one_kind(vocabulary: Graph) -> None:
    for term in _declared(vocabulary):
        assert sum((term, RDF.type, kind) in vocabulary for kind in KINDS) == 1, term


def test_the_header_says_what_a_user_must_know(vocabulary: Graph) -> None:
    for prop in (DCTERMS.title, DCTERMS.description, SKOS.editorialNote):
        assert _languages(vocabulary, HEADER, prop) == sorted(LANGUAGES)
    for prop in (DCTERMS.creator, DCTERMS.created, DCTERMS.issued):
        assert vocabulary.value(HEADER, prop)
    license_iri = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert vocabulary.value(HEADER, DCTERMS.license) == license_iri
    assert str(vocabulary.value(HEADER, VANN.preferredNamespaceUri)) == str(APRO)
    assert str(vocabulary.value(HEADER, VANN.preferredNamespacePrefix)) == "apro"
    version = str(vocabulary.value(HEADER, OWL.versionInfo))
    assert str(vocabulary.value(HEADER, OWL.versionIRI)) == f"{HEADER}/{version}"


def test_everything_used_is_declared(vocabulary: Graph, codes: Graph) -> None:
    declared = _declared(vocabulary)
    for graph in (vocabulary, codes):
        for _, predicate, obj in graph:
            assert predicate in declared or str(predicate).startswith(BUILT_IN), predicate
            if predicate in {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.disjointWith}:
                assert obj in declared, obj
            elif predicate == RDF.type:
                assert obj in declared or str(obj).startswith(BUILT_IN), obj


def test_ranges_fit_the_kind_of_property(vocabulary: Graph) -> None:
    for prop, target in vocabulary.subject_objects(RDFS.range):
        if (prop, RDF.type, OWL.ObjectProperty) in vocabulary:
            assert (target, RDF.type, OWL.Class) in vocabulary, prop
        else:
            # xsd:date and rdf:langString are left out: not every OWL 2 reasoner takes them
            local = str(target).removeprefix("http://www.w3.org/2001/XMLSchema#")
            assert local in {"boolean", "dateTime", "decimal", "integer", "string"}, prop


def test_the_shapes_use_declared_terms_only(vocabulary: Graph, shapes: Graph) -> None:
    declared = _declared(vocabulary)
    nodes = set(chain(shapes.subjects(), shapes.objects()))
    used = {node for node in nodes if isinstance(node, URIRef) and node.startswith(APRO)}
    assert used - {URIRef(str(APRO))} <= declared
    for select in shapes.objects(None, SH.select):
        for name in re.findall(r"\bapro:(\w+)", str(select)):
            assert APRO[name] in declared, name


def test_every_property_of_the_context_is_declared(
    vocabulary: Graph, context: dict[str, Any]
) -> None:
    mapped = list(_mapped(context))
    assert len(mapped) > 80
    for iri, _ in mapped:
        assert URIRef(iri) in _declared(vocabulary), iri


def test_the_context_serves_every_own_property(vocabulary: Graph, context: dict[str, Any]) -> None:
    mapped = {iri for iri, _ in _mapped(context)}
    classes = set(vocabulary.subjects(RDF.type, OWL.Class))
    unserved = {str(term) for term in _own(vocabulary) if term not in classes} - mapped
    assert unserved == {str(APRO[name]) for name in ("polarity", "pole", "qualified")}


def test_context_and_vocabulary_agree_on_what_is_a_node(
    vocabulary: Graph, context: dict[str, Any]
) -> None:
    for iri, details in _mapped(context):
        is_node = "@reverse" in details or details.get("@type") in {"@id", "@vocab"}
        is_text = str(details.get("@type", "")).startswith("xsd:") or "@language" in str(details)
        objects = (URIRef(iri), RDF.type, OWL.ObjectProperty) in vocabulary
        if iri.startswith(APRO) and (is_node or is_text):
            assert objects == is_node, iri


def test_each_vocabulary_of_the_context_is_a_code_list(
    codes: Graph, context: dict[str, Any]
) -> None:
    scoped = {
        details["@context"]["@vocab"] for _, details in _mapped(context) if "@context" in details
    }
    schemes = {f"{scheme}/" for scheme in codes.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == scoped | {f"{LISTS}basis/"}


def test_no_code_is_mistaken_for_a_key(codes: Graph, context: dict[str, Any]) -> None:
    # JSON-LD reads a value of type @vocab as a key of the context first, if there is one so named
    for _, details in _mapped(context):
        scoped = details.get("@context", {"@vocab": None})
        for notation in codes.objects(None, SKOS.notation):
            code = f"{scoped['@vocab']}{notation}"
            if str(notation) in context and (URIRef(code), None, None) in codes:
                assert scoped.get(str(notation)) == code


def test_the_code_lists_are_complete(codes: Graph) -> None:
    schemes = set(codes.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == {URIRef(LISTS + name) for name in SCHEMES}
    concepts = set(codes.subjects(RDF.type, SKOS.Concept))
    assert {scheme for concept in concepts for scheme in codes.objects(concept, SKOS.inScheme)} == (
        schemes
    )
    for term in schemes | concepts:
        assert _languages(codes, term, SKOS.prefLabel) == sorted(LANGUAGES), term
        assert _languages(codes, term, SKOS.definition) == sorted(LANGUAGES), term


def test_a_code_is_its_list_and_its_notation(codes: Graph) -> None:
    for concept in codes.subjects(RDF.type, SKOS.Concept):
        (scheme,) = codes.objects(concept, SKOS.inScheme)
        (notation,) = codes.objects(concept, SKOS.notation)
        assert str(concept) == f"{scheme}/{notation}"


def test_labels_tell_the_codes_of_a_list_apart(codes: Graph) -> None:
    for scheme in codes.subjects(RDF.type, SKOS.ConceptScheme):
        members = codes.subjects(SKOS.inScheme, scheme)
        labels = [label for code in members for label in codes.objects(code, SKOS.prefLabel)]
        assert len(labels) == len(set(labels)), scheme


def test_hierarchies_stay_in_their_list_and_have_tops(codes: Graph) -> None:
    for concept in codes.subjects(RDF.type, SKOS.Concept):
        scheme = codes.value(concept, SKOS.inScheme)
        broader = codes.value(concept, SKOS.broader)
        on_top = (concept, SKOS.topConceptOf, scheme) in codes
        assert on_top == ((scheme, SKOS.hasTopConcept, concept) in codes) == (broader is None)
        if broader is not None:
            assert codes.value(broader, SKOS.inScheme) == scheme


def test_stances_have_their_hierarchy_polarity_and_pole() -> None:
    # pyoxigraph keeps the lexical forms, which must be the canonical ones
    found: dict[str, dict[str, str]] = {}
    for triple in ox.parse(path=ONTOLOGY / "apro-codes.ttl", format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, (ox.NamedNode, ox.Literal)):
            if subject.value.startswith(f"{LISTS}stance/"):
                predicate = triple.predicate.value
                text = value.value.removeprefix(f"{LISTS}stance/")
                found.setdefault(subject.value.rpartition("/")[2], {})[predicate] = text
    keys = (str(SKOS.broader), str(APRO.polarity), str(APRO.pole), str(APRO.qualified))
    assert {name: tuple(map(facts.get, keys)) for name, facts in found.items()} == STANCES


def test_only_unqualified_stances_are_poles(codes: Graph) -> None:
    for pole in codes.objects(None, APRO.pole):
        assert codes.value(pole, APRO.pole) == pole
        assert codes.value(pole, APRO.qualified) == Literal(False)


def test_vocabulary_and_codes_hold_no_blank_nodes(vocabulary: Graph, codes: Graph) -> None:
    for triple in chain(vocabulary, codes):
        assert not any(isinstance(node, BNode) for node in triple), triple
