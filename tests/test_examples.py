"""The examples: data of other teams, written without our code, hold by our shapes and queries.

Each folder of ``examples/`` has data (Turtle or JSON-LD), the minutes that they are coded from, and
``expected.yaml``: how many meetings and positions there are, which results of the shapes are meant
to stay, and which disagreements the named queries find.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.term import Node
from ruamel.yaml import YAML

import jena
from conftest import ROOT
from kg.answers import Answer, Iri, answer_from
from kg.lookup import arguments, read_names
from kg.names import APRO
from kg.queries import bind, load_query
from kg.store import EmbeddedStore

TERM = Namespace(APRO)
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
SHAPES = "https://w3id.org/apro/shapes/"
CONTEXT = "https://w3id.org/apro/context.jsonld"
ONTOLOGY, QUERIES = ROOT / "ontology", ROOT / "queries"
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/expected.yaml"))
KINDS = {"opposed", "rival", "degree"}

pytestmark = pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)


@cache
def expected(folder: Path) -> dict[str, Any]:
    """What the folder's ``expected.yaml`` says."""
    found: dict[str, Any] = YAML(typ="safe").load(folder / "expected.yaml")
    return found


@cache
def data(folder: Path) -> Graph:
    """The data of an example in one graph, without the ontology."""
    graph = Graph()
    for pattern in expected(folder)["data"]:
        for path in sorted(folder.glob(pattern)):
            _read(path, graph)
    return graph


def _read(path: Path, graph: Graph) -> None:
    if path.suffix == ".ttl":
        graph.parse(path)
        return
    document = json.loads(path.read_text(encoding="utf-8"))
    local = json.loads((ONTOLOGY / "apro-context.jsonld").read_text(encoding="utf-8"))["@context"]
    given = document["@context"]
    parts = given if isinstance(given, list) else [given]
    document["@context"] = [local if part == CONTEXT else part for part in parts]
    quads = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    graph.parse(data=_lines(quad.triple for quad in quads), format="nt")


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return written


@cache
def with_ontology(folder: Path) -> Graph:
    """The data of an example beside the vocabulary and the code lists, as the shapes want them."""
    ontology = Graph().parse(ONTOLOGY / "apro.ttl").parse(ONTOLOGY / "apro-codes.ttl")
    return data(folder) + ontology


@cache
def store(folder: Path) -> EmbeddedStore:
    """Data and ontology in our store, in one named graph as a reader might load them."""
    name = ox.NamedNode("https://example.org/graph")
    triples = ox.parse(with_ontology(folder).serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    return EmbeddedStore.of(
        ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in triples
    )


def asked(folder: Path, name: str, **given: str) -> Answer:
    """The answer of a named query, unchanged, on the example."""
    query, names = load_query(QUERIES / f"{name}.rq"), read_names(store(folder), QUERIES)
    return answer_from(store(folder).select(bind(query, arguments(query, given, names))))


def kinds(answer: Answer) -> Counter[str]:
    """How many pairs of propositions there are of each kind of disagreement."""
    pairs = {
        (str(row["kind"]), frozenset({str(row["proposition"]), str(row["b_proposition"])}))
        for row in answer.records()
    }
    return Counter(kind for kind, _ in pairs)


def passages(folder: Path) -> list[tuple[URIRef, str, int, int]]:
    """Each passage with the text of its document, its start and its end."""
    graph = data(folder)
    found = []
    for passage in graph.subjects(RDF.type, TERM.Passage):
        assert isinstance(passage, URIRef), "a passage is named, so that a report can point to it"
        start, end = (int(str(graph.value(passage, edge))) for edge in (OA.start, OA.end))
        text = document_file(folder, graph.value(passage, OA.hasSource)).decode()
        found.append((passage, text, start, end))
    return found


def document_file(folder: Path, document: Node | None) -> bytes:
    """The file that a source document names."""
    return (folder / str(data(folder).value(document, TERM.fileName))).read_bytes()


def folded(text: str) -> str:
    """A text with its lines joined, as quotes are compared."""
    return re.sub(r"\s+", " ", text).strip()


def results(report: Graph) -> Counter[tuple[str, str]]:
    """The results of a report by shape and severity."""
    return Counter(
        (
            str(report.value(result, SH.sourceShape)).removeprefix(SHAPES),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def test_there_is_enough_of_everything(folder: Path) -> None:
    graph, wanted = data(folder), expected(folder)
    meetings = set(graph.subjects(RDF.type, TERM.Meeting))
    positions = set(graph.subjects(RDF.type, TERM.Position))
    assert (len(meetings), len(positions)) == (wanted["meetings"], wanted["positions"])
    assert len(meetings) >= 2
    assert len(positions) >= 20
    for kind in ("AlignmentClaim", "Decision", "ActionItem", "Argument", "WorkingBody"):
        assert (None, RDF.type, TERM[kind]) in graph, kind
    assert list(graph.subject_objects(TERM.revises))


def test_every_term_is_one_of_the_vocabulary(folder: Path) -> None:
    ontology = Graph().parse(ONTOLOGY / "apro.ttl").parse(ONTOLOGY / "apro-codes.ttl")
    used = {str(node) for triple in data(folder) for node in triple if isinstance(node, URIRef)}
    known = {str(node) for node in ontology.subjects()}
    assert sorted(node for node in used - known if node.startswith(APRO[:-1])) == []


@pytest.mark.slow
def test_the_disagreements_are_found(folder: Path) -> None:
    found: Counter[str] = Counter()
    for case in expected(folder)["disagreements"]:
        there = kinds(asked(folder, "disagreements", a=case["a"], b=case["b"]))
        assert there == case["kinds"], f"{case['a']} and {case['b']}"
        back = kinds(asked(folder, "disagreements", a=case["b"], b=case["a"]))
        assert back == there, "the two sides change places"
        found += there
    assert len(expected(folder)["disagreements"]) >= 3
    assert set(found) == KINDS


def test_own_and_reported_positions_are_told_apart(folder: Path) -> None:
    for body, wanted in expected(folder)["bases"].items():
        rows = asked(folder, "positions", actor=body).records()
        assert sorted({str(row["basis"]) for row in rows}) == wanted, body
    assert {"own", "reported"} <= {
        basis for wanted in expected(folder)["bases"].values() for basis in wanted
    }


def test_a_revised_position_is_left_out(folder: Path) -> None:
    graph = data(folder)
    given_up = {str(node) for node in graph.objects(None, TERM.revises)}
    bodies = {str(body) for body in graph.subjects(RDF.type, TERM.Body)}
    shown = {
        str(row["position"])
        for body in sorted(bodies)
        for row in asked(folder, "positions", actor=body).records()
        if isinstance(row["position"], Iri)
    }
    assert shown
    assert not shown & given_up


@pytest.mark.slow
def test_the_shapes_find_nothing_but_what_is_listed(folder: Path) -> None:
    shapes = Graph().parse(ONTOLOGY / "apro-shapes.ttl")
    _, report, _ = pyshacl.validate(
        with_ontology(folder), shacl_graph=shapes, advanced=False, inference="none"
    )
    assert isinstance(report, Graph)
    _as_listed(folder, report)


@pytest.mark.slow
def test_jena_finds_nothing_but_what_is_listed(folder: Path) -> None:
    shapes = Graph().parse(ONTOLOGY / "apro-shapes.ttl")
    _as_listed(folder, jena.validate(with_ontology(folder), shapes))


def _as_listed(folder: Path, report: Graph) -> None:
    found = results(report)
    assert {shape for shape, severity in found if severity == "Violation"} == set()
    by_shape: Counter[str] = Counter()
    for (shape, _), times in found.items():
        by_shape[shape] += times
    assert by_shape == expected(folder)["shapes"]


@pytest.mark.slow
def test_jena_answers_alike(folder: Path) -> None:
    graph, names = jena.load(with_ontology(folder)), read_names(store(folder), QUERIES)
    query = load_query(QUERIES / "disagreements.rq")
    for case in expected(folder)["disagreements"]:
        text = bind(query, arguments(query, {"a": case["a"], "b": case["b"]}, names))
        assert kinds(answer_from(jena.select(graph, text))) == case["kinds"]


def test_documents_are_the_files_that_they_say(folder: Path) -> None:
    graph = data(folder)
    documents = set(graph.objects(None, OA.hasSource))
    assert documents
    for document in documents:
        content = document_file(folder, document)
        assert str(graph.value(document, SCHEMA.sha256)) == sha256(content).hexdigest()
        assert int(str(graph.value(document, TERM.characters))) == len(content.decode())
        assert b"\r" not in content


def test_passages_are_within_their_text_and_named_by_it(folder: Path) -> None:
    for passage, text, start, end in passages(folder):
        assert 0 <= start < end <= len(text), passage
        assert text[start:end] == text[start:end].strip(), f"{passage} has spaces at its ends"
        assert str(passage).endswith(f"#char={start},{end}")


def test_quotes_stand_where_the_evidence_says(folder: Path) -> None:
    graph = data(folder)
    texts = {passage: folded(text[start:end]) for passage, text, start, end in passages(folder)}
    quotes = list(graph.subject_objects(TERM.quote))
    assert quotes
    for statement, quote in quotes:
        places = [texts[URIRef(str(at))] for at in graph.objects(statement, TERM.evidence)]
        assert any(folded(str(quote)) in place for place in places), f"{statement}: {quote}"
