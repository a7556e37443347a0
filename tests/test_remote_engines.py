"""The same store on every engine: the same answers, graphs put whole, a cut-off run goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from engines import EVERY, Running, fuseki
from fictional_graph import FOLDER, QUERIES, answered, code_lists, expectations
from kg.build import build
from kg.cli import app
from kg.encode import canonical, to_trig
from kg.errors import QueryError, StoreError
from kg.lookup import read_names
from kg.names import APRO, DEFAULT_BASE
from kg.opened import Published
from kg.publish import publish
from kg.remote.endpoint import Endpoint
from kg.remote.engines import writable
from kg.remote.graphs import GraphClient
from kg.remote.store import RemoteStore
from kg.resources import data_dir
from kg.store import EmbeddedStore, GraphStore
from kg.table import Table, make_table

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX process groups"),
]

TRANSACTIONAL = ("oxigraph", "fuseki")


@dataclass(frozen=True)
class Given:
    """Quads as a build that is open."""

    quads: Sequence[ox.Quad]
    base: str = DEFAULT_BASE
    name: str = "given"
    place: Path = Path("given")

    @property
    def graph_sha256(self) -> str:
        return sha256(to_trig(canonical(self.quads), self.base)).hexdigest()

    def open(self) -> GraphStore:
        return EmbeddedStore.of(self.quads)

    def table(self) -> Table:
        return make_table(self.open())

    def differences(self) -> None:
        return None

    def read_quads(self) -> Sequence[ox.Quad]:
        return self.quads


def fictional() -> Given:
    meetings = ox.parse(path=FOLDER / "meetings.trig", format=ox.RdfFormat.TRIG)
    return Given([*meetings, *code_lists()])


def numbered(graphs: int, triples: int, first: int = 0) -> Given:
    """Graphs of numbers, so many of so many triples; they differ by `first`."""
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    return Given(
        [
            ox.Quad(
                ox.NamedNode(f"{DEFAULT_BASE}s{number}"),
                ox.NamedNode(f"{DEFAULT_BASE}p"),
                ox.Literal(str(first + number), datatype=integer),
                ox.NamedNode(f"{DEFAULT_BASE}graph/g{graph}"),
            )
            for graph in range(graphs)
            for number in range(triples)
        ]
    )


def endpoint_of(engine: Running) -> Endpoint:
    return Endpoint(engine.query, user=engine.user or "", password=engine.password or "")


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module", params=EVERY)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with EVERY[request.param](tmp_path_factory.mktemp("engine")) as running:
        publish(fictional(), endpoint_of(running), quiet)
        yield running


def test_every_named_query_gives_the_expected_rows(engine: Running) -> None:
    store = Published(endpoint_of(engine)).open()
    names = read_names(store, QUERIES)
    for case in expectations():
        columns, rows = answered(case, store, names)
        assert (case["query"], columns) == (case["query"], case["columns"])
        assert (case["query"], rows) == (case["query"], case["rows"])


def test_the_table_the_base_and_the_graph_are_those_of_the_build(engine: Running) -> None:
    published, given = Published(endpoint_of(engine)), fictional()
    assert published.base == given.base
    assert published.table().statements.collect().equals(given.table().statements.collect())
    assert len(list(published.read_quads())) == len(set(given.quads))


def test_the_default_graph_is_the_union_also_beside_named_graphs(engine: Running) -> None:
    store = RemoteStore(endpoint_of(engine))
    given = fictional().open()
    of_kg = f'FILTER(STRSTARTS(STR(?g), "{DEFAULT_BASE}graph/"))'
    text = (
        f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {of_kg} }} GROUP BY ?g ORDER BY ?g"
    )
    assert store.select(text).rows == given.select(text).rows
    plain = f"SELECT DISTINCT ?s {{ ?s a <{APRO}Position> }} ORDER BY ?s"
    assert store.select(plain).rows == given.select(plain).rows
    one = f"SELECT (COUNT(*) AS ?n) FROM <{DEFAULT_BASE}graph/ontology> {{ ?s ?p ?o }}"
    # An Oxigraph that is started with the union lets it override FROM (docs/stores.md).
    overridden = engine.name == "oxigraph" and "--union-default-graph" in str(engine.process.args)
    assert (store.select(one).rows == given.select(one).rows) is not overridden


def test_triples_and_yes_or_no_come_back(engine: Running) -> None:
    store, given = RemoteStore(endpoint_of(engine)), fictional().open()
    text = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "CONSTRUCT { ?s skos:prefLabel ?o } { ?s a skos:Concept ; skos:prefLabel ?o }"
    )
    assert set(store.construct(text)) == set(given.construct(text)) != set()
    assert store.ask("ASK { ?s ?p ?o }")
    assert not store.ask("ASK { <a:none> ?p ?o }")


def test_a_query_that_does_not_parse_is_refused_in_one_sentence(engine: Running) -> None:
    with pytest.raises((QueryError, StoreError)) as told:
        RemoteStore(endpoint_of(engine)).select("SELECT ?s { ?s ")
    assert "\n" not in str(told.value)


def test_an_answer_longer_than_a_page_of_the_engine_is_whole(engine: Running) -> None:
    target = writable(endpoint_of(engine))
    given = numbered(1, 12_345)
    graph = f"{DEFAULT_BASE}graph/g0"
    with GraphClient(target) as client:
        client.replace(graph, [quad.triple for quad in given.quads])
        try:
            assert set(RemoteStore(target).graph(graph)) == {quad.triple for quad in given.quads}
            text = f"SELECT ?s ?o {{ ?s <{DEFAULT_BASE}p> ?o }} ORDER BY DESC(?o)"
            rows = RemoteStore(target).select(text).rows
            assert rows == given.open().select(text).rows
        finally:
            client.drop(graph)


def test_publishing_again_writes_what_is_new_and_prunes_when_asked(engine: Running) -> None:
    target, base = endpoint_of(engine), fictional().quads
    more = Given([*base, *numbered(2, 3).quads])
    first = publish(more, target, quiet)
    assert sorted(first.written) == [f"{DEFAULT_BASE}graph/g{number}" for number in (0, 1)]
    again = publish(more, target, quiet)
    assert again.written == ()
    assert len(again.unchanged) == len(first.unchanged) + 2
    changed = Given([*base, *(quad for quad in numbered(1, 3, first=7).quads)])
    third = publish(changed, target, quiet)
    assert third.written == (f"{DEFAULT_BASE}graph/g0",)
    assert third.extra == (f"{DEFAULT_BASE}graph/g1",)
    last = publish(Given(base), target, quiet, prune=True)
    assert sorted(last.dropped) == [f"{DEFAULT_BASE}graph/g{number}" for number in (0, 1)]
    assert not [name for name in RemoteStore(target).sizes() if "graph/g" in name]


@pytest.mark.parametrize("name", ["oxigraph", "fuseki", "virtuoso"])
def test_a_run_that_was_cut_off_goes_on(name: str, tmp_path: Path) -> None:
    old, new = numbered(6, 500), numbered(6, 500, first=9)
    with EVERY[name](tmp_path / "engine") as running:
        publish(old, endpoint_of(running), quiet)

        def kill(message: str) -> None:
            if "graph 4," in message:
                running.kill()

        with pytest.raises(StoreError, match=r"cannot be reached|broke"):
            publish(new, endpoint_of(running), kill)
    with EVERY[name](tmp_path / "engine") as running:
        target = writable(endpoint_of(running))
        whole = (
            {graph: of(old, graph) for graph in graphs(old)},
            {g: of(new, g) for g in graphs(new)},
        )
        with GraphClient(target) as client:
            for graph in graphs(old):
                found = frozenset(client.read(graph))
                if name in TRANSACTIONAL:
                    assert found in (whole[0][graph], whole[1][graph])
        done = publish(new, endpoint_of(running), quiet)
        assert len(done.written) + len(done.unchanged) == 6
        if name in TRANSACTIONAL:
            assert len(done.unchanged) == 3
        assert RemoteStore(target).sizes()[graphs(old)[0]] == 500


def test_a_graph_longer_than_virtuoso_gives_is_published_whole(engine: Running) -> None:
    given = Given([*fictional().quads, *numbered(1, 12_345).quads])
    target = endpoint_of(engine)
    graph = f"{DEFAULT_BASE}graph/g0"
    assert publish(given, target, quiet).written == (graph,)
    assert publish(given, target, quiet).written == ()
    assert publish(fictional(), target, quiet, prune=True).dropped == (graph,)


def graphs(given: Given) -> list[str]:
    return sorted(
        {quad.graph_name.value for quad in given.quads if isinstance(quad.graph_name, ox.NamedNode)}
    )


def of(given: Given, graph: str) -> frozenset[ox.Triple]:
    return frozenset(quad.triple for quad in given.quads if quad.graph_name == ox.NamedNode(graph))


def test_commands_and_pages_are_the_same_from_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(data_dir(), tmp_path / "build")
    runner = CliRunner()

    def run(*words: str) -> str:
        result = runner.invoke(app, list(words))
        assert result.exit_code == 0, result.stderr
        return result.stdout

    with fuseki(tmp_path / "engine", union=False) as running:
        told = run("publish", "--store", running.query)
        assert "5 graphs written, 0 unchanged" in told
        assert "verified" in told
        for words in (
            ["query", "disagreements", "--a", "STM", "--b", "SM", "--format", "csv"],
            ["sparql", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "--format", "json"],
            ["show", "STM"],
            ["view", "disagreement", "--a", "STM", "--b", "SM"],
            ["view", "graph"],
            ["network", "--format", "csv"],
            ["measures", "actors"],
            ["export", "--format", "csv"],
            ["export", "dna-events"],
        ):
            assert run(*words) == run(*words, "--store", running.query), words
        monkeypatch.setenv("KG_STORE", running.query)
        assert run("show", "STM") == run("show", "STM", "--store", "build")
