"""“Sweden noted …”: a body speaks, and nobody is named; the queries know whose word it is."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from fictional_graph import QUERIES, code_lists
from kg.answers import ask
from kg.lookup import arguments, read_names
from kg.names import DEFAULT_BASE
from kg.queries import load_query
from kg.store import EmbeddedStore

MEETING = """
@prefix : <https://w3id.org/apro/data/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix apro: <https://w3id.org/apro#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix role: <https://w3id.org/apro/role/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://w3id.org/apro/stance/> .
@prefix status: <https://w3id.org/apro/coding-status/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:sweden a apro:Body ; skos:prefLabel "Sweden"@en , "Ruotsi"@fi .
:norway a apro:Body ; skos:prefLabel "Norway"@en , "Norja"@fi .
:question a apro:Issue ; skos:prefLabel "Question"@en .
:answer a apro:Proposition ; apro:answers :question ; skos:prefLabel "Answer"@en .
:m a apro:Meeting ; dcterms:date "2030-01-10"^^xsd:date .
:m-se a apro:Participation ; apro:inMeeting :m ; apro:represents :sweden ; org:role role:member .
:m-no a apro:Participation ; apro:inMeeting :m ; apro:represents :norway ; org:role role:member .
:i a apro:AgendaItem ; apro:inMeeting :m ; apro:number "A.1" .
:s1 a apro:SpeechAct ; apro:inAgendaItem :i ; apro:sequence 1 ; apro:speaker :sweden ;
    apro:disputesAttribution :p2 .
:p1 a apro:Position ; apro:expressedIn :s1 ; apro:holder :sweden ; apro:proposition :answer ;
    apro:stance stance:support ; adms:status status:accepted .
:p2 a apro:Position ; apro:expressedIn :s1 ; apro:holder :norway ; apro:proposition :answer ;
    apro:stance stance:oppose ; adms:status status:accepted .
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    quads = [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode("urn:m"))
        for triple in ox.parse(MEETING, format=ox.RdfFormat.TURTLE)
    ]
    return EmbeddedStore.of([*quads, *code_lists()])


def _rows(
    store: EmbeddedStore, name: str, language: str = "en", **words: str
) -> list[dict[str, Any]]:
    query = load_query(QUERIES / f"{name}.rq")
    terms = arguments(query, words, read_names(store, QUERIES, DEFAULT_BASE))
    answer = ask(store, query, terms, language)
    return [
        {key: getattr(value, "value", value) for key, value in row.items()}
        for row in answer.records()
    ]


def test_what_a_body_says_of_itself_is_its_own(store: EmbeddedStore) -> None:
    for name in ("network", "positions", "issue"):
        words = {"positions": {"actor": "Sweden"}, "issue": {"issue": "Question"}}.get(name, {})
        rows = [row for row in _rows(store, name, **words) if row["stance"] == "support"]
        assert [row["basis"] for row in rows] == ["own"], name


def test_what_a_body_says_of_another_is_reported(store: EmbeddedStore) -> None:
    (row,) = _rows(store, "disagreements", a="Sweden", b="Norway")
    assert (row["kind"], row["a_basis"], row["b_basis"]) == ("opposed", "own", "reported")
    (reported,) = _rows(store, "reported")
    assert (reported["holder"], reported["asserted_by"]) == ("Norway", "Sweden")


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Sweden"), ("fi", "Ruotsi"), ("sv", "Sweden")]
)
def test_the_speaker_is_named_in_the_readers_language(
    store: EmbeddedStore, language: str, name: str
) -> None:
    (row,) = _rows(store, "disagreements", language, a="Sweden", b="Norway")
    assert (row["a_asserted_by"], row["b_asserted_by"]) == (name, name)


def test_a_body_may_dispute_an_account_and_take_part_unnamed(store: EmbeddedStore) -> None:
    (dispute,) = _rows(store, "disputes")
    assert (dispute["name"], dispute["body"]) == ("Sweden", "Sweden")
    present = _rows(store, "participants")
    assert sorted((row["body"], row["person"]) for row in present) == [
        ("Norway", None),
        ("Sweden", None),
    ]
