"""SPARQL text, its tokens, and the store that answers it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.names import XSD
from kg.queries import bind, parse_query
from kg.sparql import names_dataset, query_form, replace_variables, tokens, variables
from kg.store import EmbeddedStore, query_variables

QUADS = """
<urn:a> <urn:p> "one" <urn:g1> .
<urn:b> <urn:p> "two" <urn:g2> .
<urn:c> <urn:p> "three" .
"""
EVERYWHERE = "SELECT ?o { ?s <urn:p> ?o } ORDER BY ?o"


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.parse(QUADS, ox.RdfFormat.N_QUADS)


def _values(store: EmbeddedStore, text: str) -> list[str]:
    return [getattr(row[0], "value", "") for row in store.select(text).rows]


def test_the_default_graph_is_the_union_of_all_graphs(store: EmbeddedStore) -> None:
    assert _values(store, EVERYWHERE) == ["one", "three", "two"]
    assert store.ask("ASK { <urn:b> <urn:p> ?o }")
    assert len(store.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == 3


def test_a_query_that_names_its_graphs_is_heeded(store: EmbeddedStore) -> None:
    assert _values(store, "SELECT ?o FROM <urn:g1> { ?s ?p ?o }") == ["one"]
    assert _values(store, "SELECT ?g { GRAPH ?g { <urn:b> ?p ?o } }") == ["urn:g2"]


def test_a_store_on_disk_is_opened_for_reading(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    written = ox.Store(str(folder))
    written.extend(ox.parse(QUADS, format=ox.RdfFormat.N_QUADS))
    written.flush()
    del written
    before = {path.name for path in folder.iterdir()}
    assert _values(EmbeddedStore.open(folder), EVERYWHERE) == ["one", "three", "two"]
    assert {path.name for path in folder.iterdir()} == before


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make one with “kg build”"):
        EmbeddedStore.open(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_broken_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(StoreError, match="cannot be opened"):
        EmbeddedStore.open(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?o {\n ?s ?p ", r"line 2, column \d+: expected"),
        ("SELECT ?o { ?s nope:p ?o }", r"line 1, column \d+: Prefix not found"),
        ("SELECT ?o { ?s ?p ?o } GROUP BY ?s", r"unbound"),
        ("ASK { ?s ?p ?o }", r"no SELECT query"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", r"line 1, column \d+"),
        ("", r"line 1, column 1"),
        ("SELECT (<urn:f>(1) AS ?x) { }", r"cannot be answered"),
    ],
)
def test_wrong_sparql_gets_one_sentence(store: EmbeddedStore, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        store.select(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_construct_and_ask_want_their_own_form(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        store.construct("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="ASK"):
        store.ask("SELECT * { ?s ?p ?o }")


def test_rdf_that_does_not_parse_is_refused() -> None:
    with pytest.raises(StoreError, match="does not parse"):
        EmbeddedStore.parse("<urn:a> <urn:b>")


def test_the_variables_of_a_query_are_known_without_data() -> None:
    assert query_variables("SELECT ?b (1 AS ?n) ?a { }") == ("b", "n", "a")


@pytest.mark.parametrize(
    "text",
    [
        "<urn:?_a>",
        '"?_a"',
        "'?_a'",
        '"a\\"?_a"',
        '"""a"?_a""?_a"""',
        "'''a'\n?_a'''",
        '"\\\\" # ?_a',
        "# ?_a",
        "ex:b\\?_a",
        "?_ab",
        "?_a\u00b7",
    ],
)
def test_what_looks_like_a_parameter_is_left_alone(text: str) -> None:
    assert "_a" not in variables(text)
    assert replace_variables(text, lambda name: "X" if name == "_a" else None) == text


@pytest.mark.parametrize(
    "text",
    ["?_a", "$_a", "(?_a)", "''?_a", '"\\\\"?_a', "<urn:x>?_a", "1 < ?_a", "# x\n?_a", "a:?_a"],
)
def test_a_parameter_is_found_wherever_a_term_may_stand(text: str) -> None:
    changed = replace_variables(text, lambda name: "X" if name == "_a" else None)
    assert changed == text.replace("?_a", "X").replace("$_a", "X")


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select * {}", "SELECT"),
        ("# ASK\nPREFIX ask: <urn:ask> CONSTRUCT WHERE { ask:a ask:b 'SELECT' }", "CONSTRUCT"),
        ("BASE <urn:x> ASK {}", "ASK"),
        ("describe <urn:x>", "DESCRIBE"),
        ("INSERT DATA {}", ""),
    ],
)
def test_the_form_of_a_query(text: str, form: str) -> None:
    assert query_form(text) == form


def test_only_a_real_from_names_graphs() -> None:
    assert names_dataset("SELECT * from <urn:g> {}")
    assert not names_dataset("SELECT ?from { ?from <urn:FROM> 'FROM' } # FROM")


HEADER = """#+ summary: Says what it is given.
#+ params:
#+   - {name: text, type: string, required: true, example: x, summary: Text}
#+   - {name: node, type: body, required: true, example: X, summary: Node}
#+ columns:
#+   - {name: said, type: string, summary: The text}
#+   - {name: named, type: iri, summary: The node}
"""
ECHO = parse_query(
    HEADER + "SELECT ?said ?named { BIND(?_text AS ?said)BIND(?_node AS ?named) }", Path("echo.rq")
)
characters = st.characters(codec="utf-8")
iris = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))).map(
    lambda text: f"urn:x:{text}"
)


@given(text=st.text(characters), iri=iris)
def test_no_value_breaks_out_of_its_term(text: str, iri: str) -> None:
    try:
        node = ox.NamedNode(iri)
    except ValueError:  # no IRI: pyoxigraph makes no term of it
        node = ox.NamedNode("urn:x")
    literal = ox.Literal(text, datatype=ox.NamedNode(f"{XSD}string"))
    bound = bind(ECHO, {"text": literal, "node": node})
    assert EmbeddedStore.of([]).select(bound).rows == ((literal, node),)


@pytest.mark.parametrize(
    "text",
    ['"', "'", '"""', "\\", '\\"', "\n", "} DROP ALL #", "?_node", "$_lang", "<urn:a>", "\u2028"],
)
def test_signs_of_the_grammar_stay_text(text: str) -> None:
    literal = ox.Literal(text)
    bound = bind(ECHO, {"text": literal, "node": ox.NamedNode("urn:x")})
    assert EmbeddedStore.of([]).select(bound).rows == ((literal, ox.NamedNode("urn:x")),)
