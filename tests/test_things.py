"""The property graph: names, languages, codes, dates, places, and how things hang together."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_graph import QUERIES, code_lists, fictional_store
from kg.names import mint, term
from kg.queries import load_query
from kg.statements import Label
from kg.store import EmbeddedStore
from kg.things import KINDS, Thing, read_links, read_things

PREFIXES = """
@prefix : <https://w3id.org/apro/data/> .
@prefix act: <https://w3id.org/apro/act/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix apro: <https://w3id.org/apro#> .
@prefix date-kind: <https://w3id.org/apro/date-kind/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix progress: <https://w3id.org/apro/progress/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix status: <https://w3id.org/apro/coding-status/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def things_of(turtle: str, include_proposed: bool = False) -> Mapping[str, Thing]:
    parsed = ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TRIG)
    store = EmbeddedStore.of([*parsed, *code_lists()])
    return read_things(store, include_proposed=include_proposed)


def only(turtle: str) -> Thing:
    (thing,) = things_of(turtle).values()
    return thing


def test_a_text_is_in_the_readers_language_or_else_in_english_finnish_swedish_or_none() -> None:
    turtle = """
    :a a apro:Issue ; skos:prefLabel "Fyr"@sv, "Majakka"@fi .
    :b a apro:Issue ; skos:prefLabel "Fyr"@sv, "Untagged" .
    :c a apro:Issue ; skos:prefLabel "Untagged" .
    :d a apro:Issue ; skos:prefLabel "Phare"@fr, "Leuchtturm"@de .
    :e a apro:Issue ; skos:prefLabel "Light"@en, "Fyr"@sv .
    """
    names = [thing.name for thing in things_of(turtle).values()]
    assert names == [
        Label("Majakka", "Majakka", "Fyr"),
        Label("Fyr", "Fyr", "Fyr"),
        Label.same("Untagged"),
        Label.same("Leuchtturm"),
        Label("Light", "Light", "Fyr"),
    ]


def test_a_body_goes_by_its_abbreviation_as_statements_have_it() -> None:
    things = read_things(fictional_store())
    assert things[mint("A")].label == Label("AM", "AM", "AMIN")  # Finnish where English has none
    assert things[mint("C")].label == Label(
        "Ministry of Gamma", "Seeministeriö", "Ministry of Gamma"
    )
    foreign = only(':x a apro:Body ; apro:abbreviation "HA"@en ; skos:prefLabel "Satama"@fi .')
    assert foreign.label == Label("HA", "Satama", "Satama")
    assert things[mint("A")].name.en == "Ministry of Alpha"
    assert things[mint("anna-aho")].label == Label.same("Anna Aho")


@pytest.mark.parametrize(
    ("turtle", "name"),
    [
        (':x a apro:Report ; dcterms:abstract "Told"@en .', "Told"),
        (':x a apro:Report ; skos:prefLabel "  "@en ; dcterms:abstract "Told"@en .', "Told"),
        (":x a apro:Report .", "x"),
        ("<https://example.org/x> a apro:Report .", "https://example.org/x"),
        (':x a foaf:Person ; foaf:name "Aino" ; skos:prefLabel "Else"@en .', "Aino"),
        (':x a apro:Body ; skos:prefLabel "B"@en, "A"@en .', "A; B"),
        (':x a apro:Body ; skos:prefLabel "</script><b>"@en .', "</script><b>"),
    ],
)
def test_what_has_no_name_goes_by_its_summary_or_its_id(turtle: str, name: str) -> None:
    assert only(turtle).name == only(turtle).label == Label.same(name)


def test_of_several_classes_the_narrower_one_counts() -> None:
    assert only(":x a apro:Body, apro:WorkingBody .").kind == "workingBody"
    assert only(":x a apro:Entry, apro:SpeechAct .").kind == "speech"


def test_every_class_that_the_query_asks_for_has_a_kind_and_the_other_way_round() -> None:
    turtle = "".join(f":{kind} a <{term(name)}> .\n" for name, kind in KINDS.items())
    assert {iri: thing.kind for iri, thing in things_of(turtle).items()} == {
        mint(kind): kind for kind in KINDS.values()
    }


def test_codes_are_in_words_and_as_notations() -> None:
    things = read_things(fictional_store())
    speech, action = things[mint("m1/s01")], things[mint("m1/s07/x1")]
    assert speech.value("act") == Label("presentation", "esittely", "föredragning")
    assert speech.plain("act.code") == "presentation"
    assert action.plain("progress.code") == "agreed"
    assert things[mint("m1/pt5")].plain("role.code") == "substitute"
    assert things[mint("m1")].plain("status.code") == "accepted"  # that of its coding
    assert things[mint("m1/s07/c2")].plain("alignment.code") == "disagree"


def test_dates_are_told_as_written_with_the_days_they_can_mean() -> None:
    action = read_things(fictional_store())[mint("m1/s07/x1")]
    assert action.values["deadline"] == (Label.same("helmikuun alussa (2030-02-01–2030-02-10)"),)
    assert action.plain("deadline.earliest") == "2030-02-01"
    assert action.plain("deadline.latest") == "2030-02-10"
    report = read_things(fictional_store())[mint("m1/s07/f1")]
    assert report.plain("deadline") == "keväällä (2030-03-01–2030-05-31)"  # a deadline by its kind
    assert report.value("dates") is None


def test_dates_of_other_kinds_say_what_happens_and_keep_the_same_order() -> None:
    thing = only("""
    :x a apro:ReformProject ; apro:atDate :d2, :d1 .
    :d1 apro:dateKind date-kind:entryIntoForce ; apro:asWritten "2031-01-01" ;
      apro:earliest "2031-01-01"^^xsd:date ; apro:latest "2031-01-01"^^xsd:date .
    :d2 apro:dateKind date-kind:other ; apro:asWritten "syksyllä" ;
      apro:earliest "2030-09-01"^^xsd:date ; apro:latest "2030-11-30"^^xsd:date .
    """)
    assert [text.en for text in thing.values["dates"]] == [
        "entry into force: 2031-01-01",
        "syksyllä (2030-09-01–2030-11-30)",
    ]
    assert [text.en for text in thing.values["dates.kind"]] == ["entryIntoForce", "other"]
    assert [text.en for text in thing.values["dates.latest"]] == ["2031-01-01", "2030-11-30"]


def test_figures_have_their_unit_and_what_they_count() -> None:
    thing = only("""
    :x a apro:Report ; apro:figure :n1, :n2 .
    :n1 schema:value "7"^^xsd:decimal ; schema:unitText "piers"@en, "laituria"@fi .
    :n2 schema:value "2.5"^^xsd:decimal ; skos:prefLabel "Depth"@en .
    """)
    assert thing.values["figure"] == (
        Label("7 piers", "7 laituria", "7 piers"),
        Label.same("Depth: 2.5"),
    )


def test_a_thing_stands_at_its_first_passage_and_takes_no_number_from_the_dates() -> None:
    thing = only("""
    :x a apro:Meeting ; apro:evidence :p10, :p9 ; schema:startDate "2030-01-01T09:00:00" .
    :p10 oa:start "1000" ; oa:end "1010" ; apro:paragraph 4 .
    :p9 oa:start "900" ; oa:end "910" .
    """)
    assert (thing.number("passage.start"), thing.number("passage.end")) == (900, 910)
    assert thing.value("passage.paragraph") is None
    assert thing.number("start") is None


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("²", None), ("5a", None), ("9" * 5000, None)]
)
def test_a_number_is_one_or_nothing(text: str, number: int | None) -> None:
    thing = Thing("x", "item", Label.same("x"), Label.same("x"), {"number": (Label.same(text),)})
    assert thing.number("number") == number


BASE = len(mint(""))
REASONS = """
:accepted apro:reason :a, :both ; adms:status status:accepted ; apro:proposition :q .
:proposed apro:reason :p ; adms:status status:proposed ; apro:proposition :q .
:rejected apro:reason :r, :both ; adms:status status:rejected ; apro:proposition :q .
:a a apro:Argument . :p a apro:Argument . :r a apro:Argument . :both a apro:Argument .
:free a apro:Argument .
"""


def test_arguments_follow_the_coding_status_of_their_positions() -> None:
    assert {iri.rpartition("/")[2] for iri in things_of(REASONS)} == {"a", "both", "free"}
    assert {iri.rpartition("/")[2] for iri in things_of(REASONS, include_proposed=True)} == {
        "a", "both", "free", "p",
    }  # fmt: skip
    assert things_of(REASONS)[mint("both")].plain("status.code") == "accepted"


def test_the_links_of_issues_follow_the_coding_status_and_name_rivals_once() -> None:
    turtle = (
        PREFIXES
        + REASONS
        + """
    :q a apro:Proposition ; apro:answers :i ; apro:incompatibleWith :o .
    :o a apro:Proposition ; apro:incompatibleWith :q ; apro:refines :q .
    :a apro:supports :q . :p apro:attacks :q .
    """
    )
    store = EmbeddedStore.of(ox.parse(turtle, format=ox.RdfFormat.TRIG))
    query = load_query(QUERIES / "internal" / "links-issues.rq")

    def rows(include_proposed: bool) -> set[tuple[str, ...]]:
        found = read_links(store, query, include_proposed=include_proposed)
        assert list(found) == sorted(set(found))
        return {
            tuple(x.rpartition("/")[2] for x in (one.source, one.kind, one.target)) for one in found
        }

    accepted = {
        ("q", "answers", "i"), ("o", "incompatible", "q"), ("o", "refines", "q"),
        ("a", "supports", "q"), ("p", "attacks", "q"), ("accepted", "reason", "a"),
        ("accepted", "reason", "both"),
    }  # fmt: skip
    assert rows(False) == accepted
    assert rows(True) - accepted == {("proposed", "reason", "p")}


def test_the_links_of_a_meeting_are_those_of_that_meeting() -> None:
    query = load_query(QUERIES / "internal" / "links-meeting.rq")
    links = read_links(fictional_store(), query, {"meeting": ox.NamedNode(mint("m1"))})
    found = {(one.kind, one.source, one.target) for one in links}
    assert ("replies", mint("m1/s02"), mint("m1/s01")) in found
    assert ("swapped", mint("m1/i1"), mint("m1/i2")) in found
    assert ("presents", mint("anna-aho"), mint("m1/i1")) in found
    assert ("responsible", mint("A"), mint("m1/s07/x1")) in found
    assert ("adopts", mint("m1/s07/d1"), mint("staff")) in found
    assert ("disputes", mint("m1/s02"), mint("m1/memo")) in found
    assert ("substitutes", mint("m1/pt5"), mint("dora-dahl")) in found
    assert ("expressedIn", mint("m1/s07/f1"), mint("m1/s07")) in found
    assert ("heldBy", mint("m1"), mint("group")) in found
    assert sum(kind == "participates" for kind, _, _ in found) == 6
    assert not any(mint("m2") in part for one in found for part in one)


@settings(max_examples=6)
@given(st.permutations(list(ox.parse(PREFIXES + REASONS, format=ox.RdfFormat.TRIG))))
def test_the_order_of_the_triples_changes_nothing(quads: list[ox.Quad]) -> None:
    things = read_things(EmbeddedStore.of([*quads, *code_lists()]))
    assert list(things.items()) == list(things_of(REASONS).items())


def test_an_empty_graph_holds_nothing() -> None:
    assert things_of("") == {}


def test_things_stand_in_the_order_of_their_iris() -> None:
    things = read_things(fictional_store())
    assert list(things) == sorted(things)
    assert all(iri == thing.id for iri, thing in things.items())
