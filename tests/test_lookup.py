"""From a user's word to the one node that it means."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from fictional_graph import QUERIES, fictional_store
from kg.errors import InputError, QueryError, UnknownName
from kg.lookup import NameIndex, arguments, read_names
from kg.names import mint
from kg.queries import load_query
from kg.store import EmbeddedStore


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return read_names(fictional_store(), QUERIES)


@pytest.mark.parametrize(
    ("word", "kind", "found"),
    [
        ("A", "body", "A"),
        ("a", "body", "A"),
        ("AM", "body", "A"),
        ("amin", "body", "A"),
        ("Alfaministeriö", "body", "A"),
        ("ministry of  ALPHA", "body", "A"),
        ("Alfaministeriet", "body", "A"),
        ("Alfaministerio\u0308", "body", "A"),
        ("gamma office", "body", "C"),
        ("https://w3id.org/apro/data/B", "body", "B"),
        ("Styrgrupp", "body", "group"),
        ("Bertta Berg", "person", "bertta-berg"),
        ("berg", "person", "bertta-berg"),
        ("von essen", "person", "carl-von-essen"),
        ("Essen", "person", "carl-von-essen"),
        ("anna aho", "actor", "anna-aho"),
        ("unnamed", "actor", "unnamed"),
        ("BM", "actor", "B"),
        ("Finansiering", "issue", "money"),
        ("the unit moves", "proposition", "move"),
        ("m1", "meeting", "m1"),
        ("Kokous 2", "meeting", "m2"),
        ("the act", "project", "act"),
    ],
)
def test_a_word_means_one_node(names: NameIndex, word: str, kind: str, found: str) -> None:
    assert names.resolve(word, kind) == mint(found)


def test_a_misspelt_name_gets_the_nearest_ones(names: NameIndex) -> None:
    with pytest.raises(UnknownName, match="No body is called “Alfaministerio”") as caught:
        names.resolve("Alfaministerio", "body")
    assert caught.value.suggestions[0] == "Alfaministeriö"
    assert len(caught.value.suggestions) <= 3


def test_suggestions_name_each_node_once(names: NameIndex) -> None:
    with pytest.raises(UnknownName) as caught:
        names.resolve("Alfaministeri", "body")
    known = {name.text: name.node for name in names.names}
    nodes = [known[text] for text in caught.value.suggestions]
    assert len(nodes) == len(set(nodes))


def test_a_name_of_another_kind_does_not_count(names: NameIndex) -> None:
    with pytest.raises(UnknownName):
        names.resolve("Bertta Berg", "body")


def test_a_shared_surname_asks_for_a_choice(names: NameIndex) -> None:
    with pytest.raises(InputError, match="anna-aho, bo-aho"):
        names.resolve("Aho", "person")


def test_an_id_wins_over_an_abbreviation_of_another() -> None:
    graph = ox.NamedNode(mint("graph/x"))
    body = ox.NamedNode("https://w3id.org/apro#Body")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    short = ox.NamedNode("https://w3id.org/apro#abbreviation")
    nodes = [ox.NamedNode(mint(name)) for name in ("SM", "KM")]
    quads = [ox.Quad(node, kind, body, graph) for node in nodes]
    quads.append(ox.Quad(nodes[1], short, ox.Literal("SM", language="sv"), graph))
    assert read_names(EmbeddedStore.of(quads), QUERIES).resolve("SM", "body") == mint("SM")


def test_the_users_values_become_terms(names: NameIndex) -> None:
    query = load_query(QUERIES / "positions.rq")
    terms = arguments(query, {"actor": "berg", "issue": "", "history": "True"}, names)
    boolean = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    assert terms == {
        "actor": ox.NamedNode(mint("bertta-berg")),
        "history": ox.Literal("true", datatype=boolean),
    }


def test_a_parameter_that_the_query_lacks_is_refused(names: NameIndex) -> None:
    query = load_query(QUERIES / "positions.rq")
    with pytest.raises(QueryError, match="no parameter “a”: it takes actor, issue, history"):
        arguments(query, {"a": "berg"}, names)
