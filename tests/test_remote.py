"""Stores on a server: how they are named, asked again, paged and refused."""

from __future__ import annotations

import socket
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from http_replies import ROWS, YES, Asked, Said, replying
from kg.errors import InputError, QueryError, StoreError
from kg.names import XSD
from kg.remote.asking import Service
from kg.remote.dataset import Probe, Union
from kg.remote.endpoint import Endpoint, default_store, find_endpoint
from kg.remote.engines import writable
from kg.remote.graphs import GraphClient
from kg.remote.literals import normalised
from kg.remote.paging import page
from kg.remote.retries import ATTEMPTS
from kg.remote.store import RemoteStore
from kg.store import EmbeddedStore

ASK = "ASK { ?s ?p ?o }"
NOTHING = Said(200, b'{"head": {"vars": ["subject"]}, "results": {"bindings": []}}')
SETTINGS = """
store = "ours"

[stores.ours]
query = "https://sparql.example.org/apro/query"
graphs = "https://sparql.example.org/apro/data"
token = "OUR_TOKEN"
timeout = 5
"""


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KG_STORE", "KG_SETTINGS", "KG_STORE_TOKEN", "KG_STORE_USER", "KG_STORE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


# -- settings ---------------------------------------------------------------------------------


def test_a_store_of_the_settings_has_its_addresses_and_its_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kg.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("OUR_TOKEN", "s3cret")
    found = find_endpoint("ours")
    assert found is not None
    assert (found.query, found.graphs) == (
        "https://sparql.example.org/apro/query",
        "https://sparql.example.org/apro/data",
    )
    assert (found.token, found.timeout) == ("s3cret", 5)
    assert default_store() == "ours"
    assert "s3cret" not in repr(found)


def test_the_environment_names_the_store_before_the_settings_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kg.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("KG_STORE", "elsewhere")
    assert default_store() == "elsewhere"


def test_without_settings_a_name_is_a_folder() -> None:
    assert find_endpoint("build") is None
    assert default_store() is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("store = 3", "“store” is no text"),
        ("stores = 3", "“stores” is not understood"),
        ("shop = 'a'", "“shop” is not understood"),
        ("[stores.x", "cannot be read"),
        ("[stores.x]\nupdate = 'http://127.0.0.1/u'", "has no address: write query"),
        ("[stores.x]\nquery = 'http://127.0.0.1/q'\ngraph = 'a'", "did you mean graphs"),
        ("[stores.x]\nquery = 'http://127.0.0.1/q'\ntimeout = 'long'", "the wrong form: 'long'"),
        ("[stores.x]\nquery = 'http://127.0.0.1/q'\ntimeout = true", "the wrong form: True"),
        ("[stores.x]\nquery = 'http://127.0.0.1/q'\ntimeout = 0", "more than nothing"),
        (
            "[stores.x]\nquery = 'http://127.0.0.1/q'\ntoken = 'NOT_SET'",
            "NOT_SET, which is not set",
        ),
        ("[stores.x]\nquery = 'ftp://example.org/q'", "no address of a store"),
        ("[stores.x]\nquery = 'http://[/q'", "no address of a store"),
        ("[stores.x]\nquery = 'http://me:key@example.org/q'", "holds a user"),
    ],
)
def test_settings_that_are_wrong_are_told(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        _ = default_store(), find_endpoint("x")


def test_settings_that_the_environment_names_must_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KG_SETTINGS", "nowhere.toml")
    with pytest.raises(InputError, match=r"nowhere\.toml, which is not there"):
        default_store()


def test_a_name_that_is_nearly_one_of_the_settings_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.raises(InputError, match="did you mean ours"):
        find_endpoint("our")


def test_a_key_is_not_sent_over_plain_http_to_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "s3cret")
    with pytest.raises(InputError, match="not sent over plain http"):
        find_endpoint("http://sparql.example.org/query")
    assert find_endpoint("https://sparql.example.org/query")
    assert find_endpoint("http://127.0.0.1:3030/ds/query")


# -- asking -----------------------------------------------------------------------------------


def test_a_busy_service_is_asked_again_after_the_pause_that_it_wants() -> None:
    pauses: list[float] = []
    busy = Said(503, b"", {"Retry-After": "3"})
    with replying([busy, Said(502, b"", {}), Said()]) as asked:
        with Service(Endpoint(asked.address), pauses.append).query(ASK) as reply:
            assert reply.stream.read() == YES
        assert len(asked.requests) == 3
    assert pauses == [3.0, 1.0]


def test_a_service_that_stays_busy_is_given_up() -> None:
    with replying([Said(503, b"", {})]) as asked:
        with pytest.raises(StoreError, match=f"busy .503.*tried {ATTEMPTS} times"):
            Service(Endpoint(asked.address), lambda _: None).query(ASK)
        assert len(asked.requests) == ATTEMPTS


def test_an_update_is_sent_once() -> None:
    with replying([Said(503, b"", {})]) as asked:
        endpoint = Endpoint(asked.address, update=asked.address)
        with pytest.raises(StoreError, match="busy"):
            Service(endpoint, lambda _: None).update("INSERT DATA { <a:s> <a:p> 1 }")
        assert len(asked.requests) == 1


def test_keys_go_with_each_request() -> None:
    with replying([Said()]) as asked:
        with Service(Endpoint(asked.address, token="s3cret")).query(ASK):
            pass
        assert asked.requests[0][1]["Authorization"] == "Bearer s3cret"


def test_a_service_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/sparql"
        with pytest.raises(StoreError, match=r"cannot be reached .*start it, or correct"):
            Service(Endpoint(address), lambda _: None).query(ASK)


def test_a_service_that_says_nothing_is_told() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        with pytest.raises(StoreError, match="no answer within 1 seconds"):
            Service(Endpoint(address, timeout=1), lambda _: None).query(ASK)


@pytest.mark.parametrize(
    ("said", "error", "complaint"),
    [
        (Said(400, b"Encountered nonsense at line 1"), QueryError, "refuses.*nonsense at line 1"),
        (Said(401, b""), StoreError, "asks for keys.*KG_STORE_TOKEN"),
        (Said(403, b""), StoreError, "asks for keys"),
        (Said(404, b""), StoreError, "is not there .404."),
        (Said(500, b"out of memory"), StoreError, "failed on the query.*out of memory"),
        (Said(418, b""), StoreError, "answers 418"),
        (Said(200, b"<html>", {"Content-Type": "text/html"}), StoreError, "in text/html form"),
        (Said(200, b"{not json"), StoreError, "broken or cut off"),
        (Said(200, YES[:20], {"Content-Type": ROWS}, length=40), StoreError, "broke|cut off"),
    ],
)
def test_what_is_no_answer_is_told_in_one_sentence(
    said: Said, error: type[Exception], complaint: str
) -> None:
    with replying([NOTHING, said]) as asked, pytest.raises(error, match=complaint) as told:
        RemoteStore(Endpoint(asked.address)).ask(ASK)
    assert "\n" not in str(told.value)


def test_the_form_of_a_query_is_checked_before_it_is_sent() -> None:
    store = RemoteStore(Endpoint("http://127.0.0.1:9/sparql"))
    with pytest.raises(QueryError, match="no SELECT"):
        store.select(ASK)
    with pytest.raises(QueryError, match="no ASK"):
        store.ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="SERVICE is off"):
        store.select("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")


# -- the union of all graphs ------------------------------------------------------------------


def union(works: str) -> Union:
    """The union on a service on which one way of asking for it works."""

    def kind(parameters: object) -> str:
        text = str(parameters)
        known = {"()": "plain", "union-default": "oxigraph", "UnionGraph": "jena"}
        return next((one for sign, one in known.items() if sign in text), "listed")

    return Union(
        Probe(
            outside=lambda parameters: kind(parameters) != works,
            filled=lambda parameters: kind(parameters) != "jena" or works == "jena",
            graphs=lambda: ["b:g", "a:g"],
        )
    )


@pytest.mark.parametrize(
    ("works", "parameters"),
    [
        ("plain", []),
        ("oxigraph", [("union-default-graph", "true")]),
        ("jena", [("default-graph-uri", "urn:x-arq:UnionGraph")]),
        (
            "listed",
            [
                ("default-graph-uri", "a:g"),
                ("default-graph-uri", "b:g"),
                ("named-graph-uri", "a:g"),
                ("named-graph-uri", "b:g"),
            ],
        ),
    ],
)
def test_the_union_is_asked_for_as_the_service_has_it(
    works: str, parameters: list[tuple[str, str]]
) -> None:
    assert list(union(works).parameters("SELECT * { ?s ?p ?o }")) == parameters
    assert list(union(works).parameters("SELECT * FROM <a:g> { ?s ?p ?o }")) == []


def test_jena_gets_the_list_for_a_query_that_names_graphs() -> None:
    asked = union("jena").parameters("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    assert ("named-graph-uri", "a:g") in asked


# -- pages ------------------------------------------------------------------------------------

DATA = "".join(f'<a:s{number:03}> <a:p> "{number % 7}" <a:g> .\n' for number in range(50))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?o { ?s <a:p> ?o }",
        "PREFIX a: <a:> SELECT ?s ?o { ?s a:p ?o } ORDER BY ?o ?s",
        "# none, select\nPREFIX a: <a:>\nSELECT DISTINCT ?o { ?s a:p ?o } # the end",
        "SELECT ?o (COUNT(*) AS ?n) { ?s <a:p> ?o } GROUP BY ?o ORDER BY DESC(?o)",
        "SELECT ?s { { SELECT ?s { ?s <a:p> ?o } ORDER BY DESC(?s) LIMIT 20 } }",
        "SELECT ?s ?o { ?s <a:p> ?o } ORDER BY ?s LIMIT 30 OFFSET 5",
        "SELECT (1 AS ?one) {}",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 50, 51])
def test_pages_together_are_the_answer(text: str, size: int) -> None:
    store = EmbeddedStore.parse(DATA, ox.RdfFormat.N_QUADS)
    whole = store.select(text)
    rows: list[object] = []
    for start in range(0, 60, size):
        answer = store.select(page(text, size, start))
        assert answer.variables == whole.variables
        rows += answer.rows
    if "ORDER BY ?" in text or "ORDER BY DESC(?o)" in text:
        assert rows == list(whole.rows)
    else:
        assert sorted(map(str, rows)) == sorted(map(str, whole.rows))


# -- literals ---------------------------------------------------------------------------------


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("true", "boolean"), typed("1", "boolean")),
        (typed("0.50", "decimal"), typed("0.5", "decimal")),
        (typed("-0.0", "decimal"), typed("0", "decimal")),
        (typed("+07", "integer"), typed("7", "integer")),
        (typed("7", "nonNegativeInteger"), typed("7", "integer")),
        (typed("1e2", "double"), typed("100.0", "double")),
        (typed("2021-10-25T12:00:00+02:00", "dateTime"), typed("2021-10-25T10:00:00Z", "dateTime")),
        (ox.Literal("a", language="EN-gb"), ox.Literal("a", language="en-GB")),
    ],
)
def test_two_forms_of_one_value_are_one(one: ox.Literal, other: ox.Literal) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("true", "boolean"), typed("false", "boolean")),
        (typed("0.5", "decimal"), typed("0.05", "decimal")),
        (typed("7", "integer"), typed("7", "string")),
        (typed("7", "integer"), typed("7", "decimal")),
        (ox.Literal("a", language="en"), ox.Literal("a")),
        (typed("2021-10-25", "date"), typed("2021-10-26", "date")),
        (typed("seven", "integer"), typed("7", "integer")),
    ],
)
def test_two_values_stay_two(one: ox.Literal, other: ox.Literal) -> None:
    assert normalised(one) != normalised(other)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers())
def test_normalising_twice_is_normalising_once(number: object, whole: int) -> None:
    for term in (typed(f"{number:f}", "decimal"), typed(str(whole), "long")):
        once = normalised(term)
        assert normalised(once) == once


# -- graphs and engines -----------------------------------------------------------------------


def client_of(asked: Asked) -> GraphClient:
    return GraphClient(Endpoint(asked.address, graphs=asked.address))


def test_a_graph_that_is_not_there_is_empty() -> None:
    with replying([Said(404, b"")]) as asked, client_of(asked) as client:
        assert client.read("a:g") == []


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (Said(401, b""), "asks for keys"),
        (Said(301, b"", {"Location": "http://127.0.0.1/new"}), "give that address"),
        (Said(405, b"no such method"), "405.*is this its Graph Store Protocol"),
        (Said(200, b"<html>", {"Content-Type": "text/html"}), "as text/html"),
        (Said(200, b"<a:s> <a:p>", {"Content-Type": "text/turtle"}), "broken graph"),
    ],
)
def test_what_is_no_graph_is_told(said: Said, complaint: str) -> None:
    with (
        replying([said]) as asked,
        client_of(asked) as client,
        pytest.raises(StoreError, match=complaint),
    ):
        client.read("a:g")


def test_a_graph_is_put_again_where_the_service_is_busy() -> None:
    pauses: list[float] = []
    triple = ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("ä"))
    with replying([Said(429, b"", {}), Said(204, b"")]) as asked:
        endpoint = Endpoint(asked.address, graphs=asked.address, token="s3cret")
        with GraphClient(endpoint, pauses.append) as client:
            client.replace("a:g", [triple])
        assert [method for method, _, _ in asked.requests] == ["PUT", "PUT"]
        _, headers, body = asked.requests[1]
        assert headers["Authorization"] == "Bearer s3cret"
        assert [one.triple for one in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)] == [triple]
    assert pauses == [0.5]


@pytest.mark.parametrize(
    ("headers", "query", "graphs", "update", "digest"),
    [
        ({"Fuseki-Request-Id": "1"}, "/ds/query", "/ds/data", "/ds/update", False),
        ({"Fuseki-Request-Id": "1"}, "/ds", "/ds/data", "/ds/update", False),
        ({"Server": "Oxigraph/0.5.13"}, "/query", "/store", "/update", False),
        ({"Server": "Virtuoso/07.20"}, "/sparql", "/sparql-graph-crud-auth", "/sparql-auth", True),
    ],
)
def test_an_engine_tells_where_it_is_written(
    headers: dict[str, str], query: str, graphs: str, update: str, digest: bool
) -> None:
    with replying([Said(200, b"", headers)]) as asked:
        top = asked.address.removesuffix("/sparql")
        found = writable(Endpoint(f"{top}{query}"))
    assert (found.graphs, found.update) == (f"{top}{graphs}", f"{top}{update}")
    assert found.digest is digest


def test_an_unknown_engine_is_no_guess() -> None:
    with replying([Said(200, b"", {"Server": "nginx"})]) as asked:
        with pytest.raises(StoreError, match="give --graphs ADDRESS"):
            writable(Endpoint(asked.address))
        given_graphs = Endpoint(asked.address, graphs=asked.address)
        assert writable(given_graphs) == given_graphs
