"""The named queries: each describes itself, runs, and gives the rows that the fixture expects."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from fictional_graph import QUERIES, answered, expectations, fictional_store
from kg.answers import ask
from kg.errors import InputError, QueryError
from kg.lookup import NameIndex, arguments, read_names
from kg.names import mint
from kg.queries import (
    ENTITY_TYPES,
    NamedQuery,
    bind,
    find_query,
    literal,
    load_queries,
    load_query,
    parse_query,
)
from kg.store import EmbeddedStore

FILES = sorted(QUERIES.rglob("*.rq"))
CASES = expectations()
ISSUE_TWO = {
    *("disagreements", "disagreements-all", "agreements", "positions", "issue", "reported"),
    *("within", "changes", "claims", "actions", "participants", "projects", "unspoken", "network"),
    "disputes",
}


def _name(path: Path) -> str:
    return str(path.relative_to(QUERIES).with_suffix(""))


def _case_name(case: dict[str, Any]) -> str:
    values = ",".join(f"{key}={value}" for key, value in case["params"].items())
    proposed = "+proposed" if case.get("include_proposed") else ""
    return f"{case['query']}({values}){case.get('lang', '')}{proposed}"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return fictional_store()


@pytest.fixture(scope="module")
def names(store: EmbeddedStore) -> NameIndex:
    return read_names(store, QUERIES)


@pytest.mark.parametrize("case", CASES, ids=_case_name)
def test_a_query_gives_the_expected_rows_in_order(
    case: dict[str, Any], store: EmbeddedStore, names: NameIndex
) -> None:
    columns, rows = answered(case, store, names)
    assert columns == case["columns"]
    assert rows == case["rows"]


def test_every_query_has_an_expected_answer() -> None:
    # What `kg.things` reads is checked in its own tests, thing by thing and tie by tie.
    # What `kg.remote` asks is checked on servers, what `kg.bulk` asks in the tests of its builds.
    own = ("internal/names", "internal/things", "internal/links-")
    elsewhere = (*own, "internal/remote-", "internal/bulk-")
    named = {name for name in map(_name, FILES) if not name.startswith(elsewhere)}
    assert {case["query"] for case in CASES} == named


def test_the_queries_that_users_need_are_listed_and_the_internal_ones_are_not() -> None:
    assert set(load_queries(QUERIES)) == ISSUE_TWO


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_query_describes_itself_and_its_example_runs(path: Path, store: EmbeddedStore) -> None:
    query = load_query(path)
    assert query.summary.endswith(".")
    assert all(param.summary and param.example for param in query.params)
    assert all(column.summary for column in query.columns)
    terms: dict[str, ox.NamedNode | ox.Literal] = {
        param.name: ox.NamedNode(mint(param.example.replace(" ", "-")))
        if param.type in ENTITY_TYPES
        else literal(param, param.example)
        for param in query.params
    }
    assert ask(store, query, terms).columns == tuple(column.name for column in query.columns)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_query_runs_with_only_what_it_requires(path: Path, store: EmbeddedStore) -> None:
    query = load_query(path)
    required = {
        param.name: ox.NamedNode(mint(f"none-{param.name}"))
        for param in query.params
        if param.required
    }
    ask(store, query, required)


def test_all_pairs_count_exactly_the_rows_of_each_pair(
    store: EmbeddedStore, names: NameIndex
) -> None:
    counted = {
        (row["a_body"], row["b_body"], row["kind"]): row["combinations"]
        for row in ask(store, load_query(QUERIES / "disagreements-all.rq"), {}).records()
    }
    pairwise: Counter[tuple[object, ...]] = Counter()
    query = load_query(QUERIES / "disagreements.rq")
    bodies = ["A", "B", "C", "D", "group"]
    for index, a in enumerate(bodies):
        for b in bodies[index + 1 :]:
            answer = ask(store, query, arguments(query, {"a": a, "b": b}, names))
            pairwise.update((mint(a), mint(b), row["kind"]) for row in answer.records())
    assert counted == pairwise


def test_the_two_sides_of_disagreements_mirror_each_other(
    store: EmbeddedStore, names: NameIndex
) -> None:
    query = load_query(QUERIES / "disagreements.rq")
    there = ask(store, query, arguments(query, {"a": "A", "b": "B"}, names)).records()
    back = ask(store, query, arguments(query, {"a": "B", "b": "A"}, names)).records()

    def turned(row: dict[str, Any]) -> tuple[object, ...]:
        keys = ("stance", "basis", "asserted_by", "count", "item", "evidence")
        sides = [tuple(row[f"{side}_{key}"] for key in keys) for side in ("a", "b")]
        places = (row["kind"], row["meeting"], row["item"], row["evidence"])
        return (row["b_proposition"], row["proposition"], sides[1], sides[0], *places)

    def straight(row: dict[str, Any]) -> tuple[object, ...]:
        keys = ("stance", "basis", "asserted_by", "count", "item", "evidence")
        sides = [tuple(row[f"{side}_{key}"] for key in keys) for side in ("a", "b")]
        places = (row["kind"], row["meeting"], row["item"], row["evidence"])
        return (row["proposition"], row["b_proposition"], sides[0], sides[1], *places)

    assert Counter(map(turned, back)) == Counter(map(straight, there))


HEADER = "#+ summary: S.\n#+ columns:\n#+   - {name: x, type: iri, summary: X}\n"


def _parse(text: str) -> NamedQuery:
    return parse_query(text, Path("folder/odd.rq"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x { ?x ?p ?o }", r"odd\.rq: the file must start with a header"),
        ("#+ summary: [\nSELECT ?x {}", r"odd\.rq:\d+: the header is no YAML"),
        ("#+ summary: S.\nSELECT ?x { ?x ?p ?o }", r"odd\.rq: the header lacks 'columns'"),
        (HEADER + "SELECT ?y { ?y ?p ?o }", r"columns of the header \(x\) are not .* \(y\)"),
        (HEADER + "SELECT ?x { ?x ?p }", r"odd\.rq: The SPARQL does not parse at line 4, column"),
        (HEADER + "ASK { ?x ?p ?o }", r"odd\.rq: This is no SELECT"),
        (HEADER + "SELECT ?x { ?x ?p ?_far }", r"uses \?_far, which the header does not declare"),
        (
            HEADER + "#+ params: [{name: a, type: body, summary: A, example: E}]\n"
            "SELECT ?x { ?x ?p '?_a' }",
            r"declares a, but the text has no \?_a",
        ),
        (
            HEADER + "#+ params: [{name: a, type: bdy, summary: A, example: E}]\n"
            "SELECT ?x { ?x ?p ?_a }",
            r"type “bdy”: give body, person",
        ),
        (
            HEADER + "#+ params: [{name: a, tipe: body, summary: A, example: E}]\n"
            "SELECT ?x { ?x ?p ?_a }",
            r"header is wrong: .*tipe",
        ),
    ],
)
def test_a_wrong_query_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        _parse(text)


PARAMS = (
    "#+ params:\n"
    "#+   - {name: a, type: body, required: true, example: STM, summary: First}\n"
    "#+   - {name: b, type: body, example: SM, differs_from: a, summary: Second}\n"
    "#+   - {name: n, type: integer, default: 3, example: 4, summary: Number}\n"
    "#+   - {name: k, type: choice, choices: [one, two], default: one, example: two, summary: K}\n"
    "#+   - {name: d, type: date, example: 2021-10-25, summary: Day}\n"
)
MANY = HEADER + PARAMS + "SELECT ?x { ?x ?_a ?_b . FILTER(?_n = ?_k || ?_d = ?_lang) }"
A = ox.NamedNode("urn:a")


def test_binding_fills_in_defaults_and_the_empty_string() -> None:
    bound = bind(_parse(MANY), {"a": A}, "fi").removeprefix(HEADER + PARAMS)
    assert bound == (
        'SELECT ?x { ?x <urn:a> "" . FILTER('
        '"3"^^<http://www.w3.org/2001/XMLSchema#integer> = "one" || "" = "fi") }'
    )


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({}, r"needs a \(First\), for example --param a=STM"),
        ({"a": A, "z": A}, r"no parameter “z”: it takes a, b, n, k, d"),
        ({"a": ox.Literal("urn:a")}, r"a of odd must be the IRI of a body"),
        ({"a": A, "b": A}, r"compares two: give b another value than a"),
        ({"a": A, "n": A}, r"n of odd must be a value of the type integer, for example 4"),
        ({"a": A, "n": ox.Literal("4")}, r"n of odd must be a value of the type integer"),
        ({"a": A, "k": ox.Literal("three")}, r"“three” is no k: give one or two"),
        ({"a": A, "k": ox.Literal("one", language="en")}, r"k of odd must be one or two"),
    ],
)
def test_binding_refuses_what_does_not_fit_and_says_what_does(
    terms: dict[str, ox.NamedNode | ox.Literal], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        bind(_parse(MANY), terms)


@pytest.mark.parametrize(
    ("name", "text"), [("n", "4.5"), ("n", "٤"), ("d", "2021-02-30"), ("d", "20211025"), ("k", "")]
)
def test_a_value_of_the_wrong_form_is_refused(name: str, text: str) -> None:
    param = {param.name: param for param in _parse(MANY).params}[name]
    with pytest.raises(QueryError):
        literal(param, text)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(QueryError, match="give en, fi or sv"):
        bind(_parse(MANY), {"a": A}, "de")


def test_an_unknown_query_gets_the_nearest_names() -> None:
    with pytest.raises(QueryError, match="did you mean disagreements"):
        find_query(load_queries(QUERIES), "disagreement")


def test_a_folder_without_queries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no queries"):
        load_queries(tmp_path)
