"""The competency questions: each is answered on the shipped data exactly as its file says.

To rewrite the expected answers on purpose: ``python tests/test_questions.py``, then read the diff.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, Graph, URIRef

import jena
from conftest import ROOT
from java_tools import java
from kg.answers import answer_from
from kg.build import build
from kg.names import APRO
from kg.sparql import tokens
from kg.store import EmbeddedStore, Term
from kg.vocabulary.questions import (
    THEMES,
    AnsweredQuestion,
    Question,
    answered,
    read_questions,
    sparql_of,
)

FOLDER = ROOT / "ontology" / "questions"
EXPECTED = FOLDER / "expected"
QUERIES = ROOT / "queries"
QUESTIONS = read_questions(FOLDER)
LANGUAGES = ("en", "fi", "sv")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# Own terms that no question asks for, each with the reason.
NOT_ASKED: Mapping[str, str] = {}
# Questions whose answer on the shipped data is empty, each with the reason.
EMPTY: Mapping[str, str] = {}


def own_terms(ontology: Path) -> frozenset[str]:
    """The local names of APRO's own classes and properties."""
    graph = Graph().parse(ontology / "apro.ttl")
    declared = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    iris = {str(term) for term in declared if isinstance(term, URIRef)}
    return frozenset(iri.removeprefix(APRO) for iri in iris if iri.startswith(APRO))


def terms_asked(text: str) -> frozenset[str]:
    """The local names of APRO that a query uses, in its code and not in its comments or strings."""
    names = [token.text for token in tokens(text) if token.kind == "prefixed"]
    asked = {name.removeprefix("apro:") for name in names if name.startswith("apro:")}
    return frozenset(asked - {""})  # the declaration of the prefix itself


def coverage(questions: Iterable[AnsweredQuestion]) -> dict[str, list[str]]:
    """For each term of APRO that a question asks for, the questions that do."""
    table: dict[str, list[str]] = {}
    for one in questions:
        for name in terms_asked(one.sparql):
            table.setdefault(name, []).append(one.question.id)
    return table


def plain(term: Term | None) -> str:
    """A term as SPARQL 1.1 writes it in CSV: an IRI or the text of a literal."""
    return "" if term is None or isinstance(term, ox.Triple) else term.value


def ask(sparql: str, store: EmbeddedStore) -> list[list[str]]:
    """The answer to a query, with its columns as the first row."""
    solutions = store.select(sparql)
    return [list(solutions.variables), *([plain(term) for term in row] for row in solutions.rows)]


@pytest.fixture(scope="module")
def asked() -> Mapping[str, AnsweredQuestion]:
    """Every question by its id, with its query and its expected answer."""
    return {one.id: answered(one, FOLDER, QUERIES) for one in QUESTIONS}


@pytest.fixture(scope="module")
def store(built: Path) -> EmbeddedStore:
    return EmbeddedStore.open(built / "store")


@pytest.mark.parametrize("name", [question.id for question in QUESTIONS])
def test_a_question_has_the_expected_answer(
    name: str, asked: Mapping[str, AnsweredQuestion], store: EmbeddedStore
) -> None:
    one = asked[name]
    assert ask(one.sparql, store) == [list(row) for row in (one.columns, *one.rows)]


def test_there_are_questions_on_every_theme_and_enough_of_them() -> None:
    assert len(QUESTIONS) >= 36
    assert {question.theme for question in QUESTIONS} == set(THEMES)
    assert sum(bool(question.named) for question in QUESTIONS) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_worded_differently_from_the_others(language: str) -> None:
    texts = [getattr(question.question, language) for question in QUESTIONS]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if not text.endswith("?")] == []


def test_a_question_is_not_left_in_another_language() -> None:
    for question in QUESTIONS:
        assert len({getattr(question.question, name) for name in LANGUAGES}) == 3, question.id


def test_every_file_belongs_to_a_question_and_every_question_has_its_files() -> None:
    answers = {path.stem for path in EXPECTED.iterdir()}
    assert answers == {question.id for question in QUESTIONS}
    queries = {path.name for path in FOLDER.glob("*.rq")}
    assert queries == {question.query for question in QUESTIONS if question.query}
    assert all(one.query == f"{one.id}.rq" for one in QUESTIONS if one.query)


def test_only_the_questions_listed_above_have_an_empty_answer(
    asked: Mapping[str, AnsweredQuestion],
) -> None:
    assert {name for name, one in asked.items() if not one.rows} == EMPTY.keys()
    assert len(EMPTY) <= 3


def test_every_own_term_is_asked_for_by_a_question(asked: Mapping[str, AnsweredQuestion]) -> None:
    table = coverage(asked.values())
    own = own_terms(ROOT / "ontology")
    assert own, "no own terms were found in apro.ttl"
    assert own - table.keys() == NOT_ASKED.keys()
    assert table.keys() - own == set(), "terms that apro.ttl does not declare"


def test_a_term_in_a_comment_or_a_string_is_not_asked_for() -> None:
    text = '# apro:Event\nSELECT ?s { ?s a apro:Study ; ?p "apro:Statute" }'
    assert terms_asked(text) == {"Study"}


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one.query], ids=lambda question: question.id
)
def test_a_query_of_its_own_stands_alone_and_has_an_order(question: Question) -> None:
    text = (FOLDER / question.query).read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# {question.question.en}"
    words = [token.text.upper() for token in tokens(text) if token.kind == "word"]
    assert not {"FROM", "GRAPH", "SERVICE"} & set(words), "works on the default graph alone"
    assert words.count("ORDER") == 1
    assert not re.search(r"\?_\w", text), "has no parameter to bind"
    declared = re.findall(r"^PREFIX ([\w-]+):", text, re.MULTILINE)
    used = {token.text.split(":")[0] for token in tokens(text) if token.kind == "prefixed"}
    assert declared == sorted(used)


@pytest.mark.slow
def test_jena_answers_the_queries_of_their_own_alike_and_in_the_same_order(
    store: EmbeddedStore,
) -> None:
    java(jena.LANG)  # the reason to skip comes before the work
    triples = set(store.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    graph = jena.load(Graph().parse(data=text, format="nt"))
    for question in (one for one in QUESTIONS if one.query):
        sparql = sparql_of(question, FOLDER, QUERIES)
        ours, other = (
            answer_from(one) for one in (store.select(sparql), jena.select(graph, sparql))
        )
        assert ours == other, question.id


def rewrite() -> None:
    """Write the answers of the shipped data as they are now to `EXPECTED`."""
    with tempfile.TemporaryDirectory() as folder:
        build(ROOT / "data", Path(folder) / "build")
        store = EmbeddedStore.open(Path(folder) / "build" / "store")
        for question in QUESTIONS:
            path = EXPECTED / f"{question.id}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(
                    ask(sparql_of(question, FOLDER, QUERIES), store)
                )


if __name__ == "__main__":
    rewrite()
