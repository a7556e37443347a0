"""The checks of FOOPS! and OOPS! that need no network, each under the name it has there.

FOOPS!: https://w3id.org/foops/catalogue. OOPS!: https://oops.linkeddata.es/catalogue.jsp.
`docs/ontology-publication.md` lists all of them; the last tests hold it to what is tested here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

import pytest
from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from conftest import ROOT
from kg.names import APRO, APRO_ROOT
from kg.resources import ontology_dir

SCHEMA = "https://schema.org/"
DOMAIN_INCLUDES, RANGE_INCLUDES = (
    URIRef(f"{SCHEMA}domainIncludes"),
    URIRef(f"{SCHEMA}rangeIncludes"),
)
BIBO_STATUS = URIRef("http://purl.org/ontology/bibo/status")
HEADER = URIRef(APRO_ROOT)
DATA_PROPERTIES, OBJECT_PROPERTIES = OWL.DatatypeProperty, OWL.ObjectProperty
KINDS = (OWL.Class, OBJECT_PROPERTIES, DATA_PROPERTIES, OWL.AnnotationProperty)
BUILT_IN = tuple(str(namespace) for namespace in (RDF, RDFS, OWL))
DOCUMENT = ROOT / "docs" / "ontology-publication.md"

FOOPS = [
    "PURL1", "URI1", "URI2", "VER1", "VER2", "OM1", "OM2", "OM3", "OM4.1", "OM4.2", "OM5.1",
    "OM5.2", "FIND1", "FIND2", "FIND3", "FIND_3_BIS", "HTTP1", "CN1", "DOC1", "RDF1", "VOC1",
    "VOC2", "VOC3", "VOC4",
]  # fmt: skip
OOPS = [f"P{number:02}" for number in range(1, 42)]


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(ontology_dir() / "apro.ttl")


@pytest.fixture(scope="module")
def everything() -> Graph:
    """The vocabulary with its code lists and deprecated terms."""
    graph = Graph()
    for name in ("apro.ttl", "apro-codes.ttl", "apro-deprecated.ttl"):
        graph.parse(ontology_dir() / name)
    return graph


def own(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    """The terms of APRO of some kinds, or of all."""
    found = {term for kind in kinds or KINDS for term in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(APRO))


def local(term: Node) -> str:
    return str(term).removeprefix(APRO)


def has(graph: Graph, *properties: URIRef) -> bool:
    """Whether the header has each of some properties."""
    return all((HEADER, prop, None) in graph for prop in properties)


def targets(graph: Graph, prop: Node, *relations: URIRef) -> set[Node]:
    return {target for relation in relations for target in graph.objects(prop, relation)}


def above(graph: Graph, term: Node, relation: URIRef) -> set[Node | None]:
    """What a term leads to by a relation, in one step or more."""
    nearest = list(graph.objects(term, relation))
    return {node for start in nearest for node in graph.transitive_objects(start, relation)}


# FOOPS!: findable


def test_foops_purl1_the_address_is_persistent() -> None:
    assert APRO_ROOT.startswith("https://w3id.org/")


def test_foops_uri2_the_file_names_itself_by_its_address(vocabulary: Graph) -> None:
    assert list(vocabulary.subjects(RDF.type, OWL.Ontology)) == [HEADER]
    assert str(vocabulary.value(HEADER, VANN.preferredNamespaceUri)) == f"{HEADER}#" == APRO


def test_foops_ver1_the_version_has_an_address_of_its_own(vocabulary: Graph) -> None:
    (version,) = vocabulary.objects(HEADER, OWL.versionIRI)
    assert isinstance(version, URIRef)
    assert version != HEADER


def test_foops_om1_minimal_metadata(vocabulary: Graph) -> None:
    assert has(vocabulary, DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI)
    assert has(vocabulary, DCTERMS.creator, VANN.preferredNamespaceUri)


def test_foops_om2_recommended_metadata(vocabulary: Graph) -> None:
    assert has(vocabulary, VANN.preferredNamespacePrefix, OWL.versionInfo)
    assert has(vocabulary, DCTERMS.created, DCTERMS.bibliographicCitation)


def test_foops_om3_detailed_metadata_but_doi_and_logo(vocabulary: Graph) -> None:
    assert has(vocabulary, DCTERMS.publisher, BIBO_STATUS, DCTERMS.source, DCTERMS.issued)
    assert has(vocabulary, OWL.priorVersion, DCTERMS.modified)


def test_foops_find1_the_prefix_is_stated(vocabulary: Graph) -> None:
    assert str(vocabulary.value(HEADER, VANN.preferredNamespacePrefix)) == "apro"


# FOOPS!: accessible, interoperable, reusable


def test_foops_http1_the_protocol_is_open() -> None:
    assert re.match("https?://", APRO_ROOT)


def test_foops_voc1_metadata_reuses_vocabularies(vocabulary: Graph) -> None:
    used = {str(prop) for prop in vocabulary.predicates(HEADER)}
    for namespace in (str(DCTERMS), str(VANN), str(OWL), "http://purl.org/ontology/bibo/"):
        assert any(prop.startswith(namespace) for prop in used), namespace


def test_foops_voc2_other_vocabularies_are_reused(vocabulary: Graph) -> None:
    reused = {
        str(term)
        for kind in KINDS[:3]
        for term in vocabulary.subjects(RDF.type, kind)
        if not str(term).startswith((APRO, *BUILT_IN))
    }
    assert len(reused) > 10


def test_foops_voc3_every_term_has_a_label(everything: Graph) -> None:
    for term in own(everything):
        assert (term, RDFS.label, None) in everything, term


def test_foops_voc4_every_term_has_a_definition(vocabulary: Graph) -> None:
    for term in own(vocabulary):
        assert (term, SKOS.definition, None) in vocabulary, term


def test_foops_om4_1_there_is_a_licence(vocabulary: Graph) -> None:
    assert len(list(vocabulary.objects(HEADER, DCTERMS.license))) == 1
    assert has(vocabulary, DCTERMS.rights)


def test_foops_om5_1_basic_provenance(vocabulary: Graph) -> None:
    assert has(vocabulary, DCTERMS.created, DCTERMS.creator, OWL.priorVersion)


def test_foops_om5_2_detailed_provenance(vocabulary: Graph) -> None:
    assert has(vocabulary, DCTERMS.issued, DCTERMS.publisher)


# OOPS!


def test_oops_p02_no_synonyms_as_classes(everything: Graph) -> None:
    for one, other in everything.subject_objects(OWL.equivalentClass):
        assert not (str(one).startswith(APRO) and str(other).startswith(APRO)), one


def test_oops_p03_no_relation_called_is(vocabulary: Graph) -> None:
    names = {local(term).lower() for term in own(vocabulary)}
    assert names.isdisjoint({"is", "isa", "instanceof", "subclassof", "sameas", "type", "kind"})


def test_oops_p04_no_unconnected_elements(vocabulary: Graph) -> None:
    relations = (RDFS.domain, RDFS.range, DOMAIN_INCLUDES, RANGE_INCLUDES, RDFS.subClassOf)
    used = {target for relation in relations for target in vocabulary.objects(None, relation)}
    for term in own(vocabulary, OWL.Class):
        assert term in used or (term, RDFS.subClassOf, None) in vocabulary, term
    for prop in own(vocabulary, OBJECT_PROPERTIES, DATA_PROPERTIES):
        assert targets(vocabulary, prop, RDFS.domain, DOMAIN_INCLUDES, RDFS.subPropertyOf), prop


def test_oops_p05_inverses_swap_domain_and_range(everything: Graph) -> None:
    for one, other in everything.subject_objects(OWL.inverseOf):
        assert targets(everything, one, RDFS.domain) == targets(everything, other, RDFS.range)
        assert targets(everything, one, RDFS.range) == targets(everything, other, RDFS.domain)


@pytest.mark.parametrize("relation", [RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader])
def test_oops_p06_no_cycles(everything: Graph, relation: URIRef) -> None:
    for term in set(everything.subjects(relation)):
        assert term not in above(everything, term, relation), term


def test_oops_p07_no_class_merges_two(vocabulary: Graph) -> None:
    for term in own(vocabulary, OWL.Class):
        assert not re.search(r"[a-z](And|Or)[A-Z]", local(term)), term


def test_oops_p08_nothing_lacks_its_annotations(vocabulary: Graph) -> None:
    for term in own(vocabulary):
        for prop in (RDFS.label, SKOS.definition):
            languages = [
                text.language
                for text in vocabulary.objects(term, prop)
                if isinstance(text, Literal)
            ]
            assert sorted(map(str, languages)) == ["en", "fi", "sv"], (term, prop)


def test_oops_p10_kinds_that_exclude_each_other_are_disjoint(vocabulary: Graph) -> None:
    stated = {frozenset(pair) for pair in vocabulary.subject_objects(OWL.disjointWith)}
    body, group, nobody = (URIRef(f"{APRO}{name}") for name in ("Body", "Group", "UnnamedHolder"))
    for pair in combinations((body, group, nobody, FOAF.Person), 2):
        assert frozenset(pair) in stated, pair


def test_oops_p11_every_property_says_where_it_is_used(vocabulary: Graph) -> None:
    for prop in own(vocabulary, OBJECT_PROPERTIES, DATA_PROPERTIES):
        assert targets(vocabulary, prop, RDFS.domain, DOMAIN_INCLUDES), prop
        assert targets(vocabulary, prop, RDFS.range, RANGE_INCLUDES), prop


def test_oops_p14_p15_p16_no_restrictions(everything: Graph) -> None:
    for construct in (
        OWL.allValuesFrom, OWL.someValuesFrom, OWL.complementOf, OWL.intersectionOf, OWL.unionOf,
        OWL.oneOf, OWL.Restriction,
    ):  # fmt: skip
        assert (None, construct, None) not in everything
        assert (None, RDF.type, construct) not in everything


def test_oops_p19_one_domain_and_one_range_at_most(everything: Graph) -> None:
    for relation in (RDFS.domain, RDFS.range):
        for prop in set(everything.subjects(relation)):
            assert len(targets(everything, prop, relation)) == 1, (prop, relation)


def test_oops_p20_annotations_say_what_they_are_for(vocabulary: Graph) -> None:
    for term in own(vocabulary):
        labels = {text.language: text for text in literals(vocabulary.objects(term, RDFS.label))}
        for text in literals(vocabulary.objects(term, SKOS.definition)):
            assert len(labels[text.language]) < min(len(text), 50), term


def literals(nodes: Iterable[Node]) -> list[Literal]:
    return [node for node in nodes if isinstance(node, Literal)]


def test_oops_p21_no_class_for_the_rest(vocabulary: Graph) -> None:
    for term in own(vocabulary, OWL.Class):
        assert not re.match("Other|Misc|Various|Unknown", local(term)), term


def test_oops_p22_names_follow_one_convention(everything: Graph) -> None:
    for term in own(everything, OWL.Class):
        assert re.fullmatch("[A-Z][A-Za-z0-9]+", local(term)), term
    for term in own(everything, *KINDS[1:]):
        assert re.fullmatch("[a-z][A-Za-z0-9]+", local(term)), term


def test_oops_p23_no_class_stands_in_for_a_datatype(vocabulary: Graph) -> None:
    datatypes = {"boolean", "date", "datetime", "decimal", "duration", "integer", "string", "time"}
    assert datatypes.isdisjoint(local(term).lower() for term in own(vocabulary, OWL.Class))


def test_oops_p24_no_term_is_defined_by_itself(everything: Graph) -> None:
    for relation in (
        RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty,
        OWL.disjointWith, RDFS.domain, RDFS.range,
    ):  # fmt: skip
        for one, other in everything.subject_objects(relation):
            assert one != other, (one, relation)


def test_oops_p25_p26_inverses_are_of_two_directed_properties(everything: Graph) -> None:
    symmetric = set(everything.subjects(RDF.type, OWL.SymmetricProperty))
    for one, other in everything.subject_objects(OWL.inverseOf):
        assert one != other
        assert symmetric.isdisjoint({one, other})


def test_oops_p27_p31_no_equivalence_within_the_vocabulary(everything: Graph) -> None:
    assert list(everything.subject_objects(OWL.equivalentProperty)) == []
    assert list(everything.subject_objects(OWL.equivalentClass)) == []


@pytest.mark.parametrize("kind", [OWL.SymmetricProperty, OWL.TransitiveProperty])
def test_oops_p28_p29_symmetric_and_transitive_relations_stay_in_one_kind(
    everything: Graph, kind: URIRef
) -> None:
    for prop in everything.subjects(RDF.type, kind):
        domains = targets(everything, prop, RDFS.domain, DOMAIN_INCLUDES)
        assert domains == targets(everything, prop, RDFS.range, RANGE_INCLUDES) != set(), prop


def test_oops_p32_labels_tell_terms_apart(vocabulary: Graph) -> None:
    for kind in KINDS:
        labels = [
            text for term in own(vocabulary, kind) for text in vocabulary.objects(term, RDFS.label)
        ]
        assert len(labels) == len(set(labels)), kind


def test_oops_p33_no_chain_of_one_property(everything: Graph) -> None:
    for chained in everything.objects(None, OWL.propertyChainAxiom):
        assert len(list(everything.items(chained))) > 1


def test_oops_p34_p35_every_class_and_property_is_declared(everything: Graph) -> None:
    declared = {term for kind in KINDS for term in everything.subjects(RDF.type, kind)}
    classes = set(everything.subjects(RDF.type, OWL.Class))
    for _, predicate, target in everything:
        assert predicate in declared or str(predicate).startswith(BUILT_IN), predicate
        if predicate in {RDF.type, RDFS.subClassOf, OWL.disjointWith, RDFS.domain}:
            assert target in classes or str(target).startswith(BUILT_IN), target
        if predicate in {DOMAIN_INCLUDES}:
            assert target in classes, target


def test_oops_p36_no_file_extension_in_an_iri(everything: Graph) -> None:
    for term in [HEADER, *own(everything)]:
        assert not re.search(r"\.(owl|rdf|ttl|n3|rdfxml|xml|jsonld|nt)\b", str(term)), term


def test_oops_p38_p39_the_ontology_is_declared_and_named(vocabulary: Graph) -> None:
    (header,) = vocabulary.subjects(RDF.type, OWL.Ontology)
    assert isinstance(header, URIRef)
    for name in ("apro.ttl", "apro-codes.ttl", "apro-shapes.ttl"):
        assert "@base" not in (ontology_dir() / name).read_text(encoding="utf-8").lower()


def test_oops_p40_nothing_is_said_for_other_vocabularies(everything: Graph) -> None:
    said = {RDF.type, VANN.usageNote, DOMAIN_INCLUDES, RANGE_INCLUDES}
    for subject, predicate, target in everything:
        if isinstance(subject, BNode) or str(subject).startswith(APRO_ROOT):
            continue
        if predicate == OWL.disjointWith and str(target).startswith(APRO):
            continue  # a pair in which one term is ours
        assert predicate in said, (subject, predicate)
        assert predicate != RDF.type or target in KINDS, subject


def test_oops_p41_the_licence_is_one_that_others_know(vocabulary: Graph) -> None:
    known = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert list(vocabulary.objects(HEADER, DCTERMS.license)) == [known]


# The document


def rows() -> dict[str, tuple[str, str]]:
    """Each check that the document lists: how it stands, and what it says about it."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:3] == "| `"
    ]
    found = {name.strip("`"): (state, remark) for name, _, state, remark in cells}
    assert len(found) == len(cells)
    return found


def test_the_document_lists_every_check() -> None:
    assert list(rows()) == FOOPS + OOPS
    assert {state for state, _ in rows().values()} == {
        "passes", "partly", "needs hosting", "by judgement", "otherwise"
    }  # fmt: skip


def test_every_check_that_passes_has_its_test() -> None:
    tests = {name for name in globals() if name.startswith("test_")}
    named = set()
    for check, (state, remark) in rows().items():
        found = set(re.findall(r"`(test_\w+)`", remark))
        assert found <= tests, check
        assert bool(found) == (state in {"passes", "partly"}), check
        slug = check.lower().replace(".", "_")
        assert all(f"_{slug}_" in name for name in found), check
        named |= found
    assert {name for name in tests if "oops_" in name} == named
