"""The table made in parts is the one that a single query gives, wherever the triples stand."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from polars.testing import assert_frame_equal

from conftest import ROOT
from kg import table_in_parts
from kg.encode import canonical, to_trig
from kg.names import PREFIXES, RDF
from kg.parts import KEPT
from kg.queries import load_query
from kg.resources import queries_dir
from kg.store import EmbeddedStore
from kg.table import Table, make_table
from kg.table_in_parts import make_large_table

sys.path.insert(0, str(ROOT))
made_by = pytest.importorskip("benchmarks.corpus", reason="needs a checkout, with benchmarks/")

POSITIONS, SIZE = 300, 20_000
APRO = PREFIXES["apro"]
Quads = list[ox.Quad]


@pytest.fixture(scope="module")
def quads() -> Quads:
    return list(ox.parse(b"".join(made_by.corpus(POSITIONS, 3)), format=ox.RdfFormat.N_QUADS))


def stored(quads: Quads, folder: Path) -> Path:
    """The folder of a store, beside the file of the same graph."""
    file_of(folder).write_bytes(to_trig(canonical(quads)))
    store = ox.Store(str(folder))
    store.bulk_extend(quads)
    store.flush()
    return folder


def file_of(folder: Path) -> Path:
    return folder.with_suffix(".trig")


def asked_whole(monkeypatch: pytest.MonkeyPatch) -> list[EmbeddedStore]:
    """The stores that are asked as a whole from now on."""
    asked: list[EmbeddedStore] = []

    def noted(store: EmbeddedStore) -> Table:
        asked.append(store)
        return make_table(store)

    monkeypatch.setattr(table_in_parts, "make_table", noted)
    return asked


def assert_same(made: Table, folder: Path) -> None:
    expected = make_table(EmbeddedStore.open(folder))
    assert_frame_equal(made.statements.collect(), expected.statements.collect())
    assert_frame_equal(made.nodes.collect(), expected.nodes.collect())
    assert_frame_equal(made.relations.collect(), expected.relations.collect())
    assert made.statements.collect().height > POSITIONS * 0.9


@pytest.mark.parametrize("size", [1, SIZE, 150_000])
@pytest.mark.parametrize("workers", [1, 2])
def test_parts_give_the_table_of_the_whole(
    quads: Quads, size: int, workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_whole(monkeypatch)
    folder = stored(quads, tmp_path / "store")
    assert_same(make_large_table(file_of(folder), folder, workers, size), folder)
    assert not asked


def test_a_small_store_is_asked_as_a_whole(
    quads: Quads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_whole(monkeypatch)
    folder = stored(quads, tmp_path / "store")
    assert_same(make_large_table(file_of(folder), folder), folder)
    assert asked


def moved(quads: Quads, picked: Callable[[ox.Quad], bool], graph: str) -> Quads:
    """The quads, of which some stand in another graph."""
    other = ox.NamedNode(graph)
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, other) if picked(quad) else quad
        for quad in quads
    ]


def of_class(quads: Quads, name: str) -> set[object]:
    kind = ox.NamedNode(APRO + name)
    return {q.subject for q in quads if q.predicate.value == RDF + "type" and q.object == kind}


@pytest.mark.parametrize(
    "name", ["Participation", "AgendaItem", "SpeechAct", "Meeting", "Position"]
)
def test_what_belongs_to_a_meeting_in_a_graph_of_its_own(
    name: str, quads: Quads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_whole(monkeypatch)
    nodes = of_class(quads, name)
    split = moved(quads, lambda quad: quad.subject in nodes, f"urn:{name}")
    folder = stored(split, tmp_path / "store")
    assert_same(make_large_table(file_of(folder), folder, 1, SIZE), folder)
    assert asked


@pytest.mark.parametrize("name", ["Passage", "SourceDocument", "Body", "Proposition"])
def test_what_is_referred_to_may_be_anywhere(
    name: str, quads: Quads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_whole(monkeypatch)
    nodes = of_class(quads, name)
    split = moved(quads, lambda quad: quad.subject in nodes, f"urn:{name}")
    folder = stored(split, tmp_path / "store")
    assert_same(make_large_table(file_of(folder), folder, 1, SIZE), folder)
    assert not asked


@pytest.mark.parametrize("seed", range(4))
def test_triples_thrown_about(
    seed: int, quads: Quads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_whole(monkeypatch)
    draws = random.Random(seed)
    graphs = sorted({quad.graph_name.value for quad in quads})  # type: ignore[union-attr]
    thrown = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(draws.choice(graphs)))
        if draws.random() < 0.002
        else q
        for q in quads
    ]
    folder = stored(thrown, tmp_path / "store")
    assert_same(make_large_table(file_of(folder), folder, 1, SIZE), folder)
    assert asked


def test_documents_and_what_is_wrong_with_the_data(
    quads: Quads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positions of documents, without dates, of several bodies, with several values each."""
    asked = asked_whole(monkeypatch)
    revising = {quad.subject for quad in quads if quad.predicate.value == APRO + "revises"}
    draws = random.Random(1)
    changed: Quads = []
    for quad in quads:
        chance = draws.random()
        if quad.predicate.value == APRO + "inAgendaItem" and chance < 0.3:
            day = ox.Literal("2019-05-05", datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
            issued = ox.NamedNode(PREFIXES["dcterms"] + "issued")
            changed.append(ox.Quad(quad.subject, issued, day, quad.graph_name))
            continue
        lacks = chance < 0.02 and quad.subject not in revising
        if quad.predicate.value.startswith(APRO) and lacks:
            continue
        changed.append(quad)
        if quad.predicate.value in {APRO + "represents", APRO + "evidence"} and chance < 0.3:
            other = draws.choice([q.object for q in quads if q.predicate == quad.predicate])
            changed.append(ox.Quad(quad.subject, quad.predicate, other, quad.graph_name))
    folder = stored(changed, tmp_path / "store")
    assert_same(make_large_table(file_of(folder), folder, 1, SIZE), folder)
    assert not asked


def test_parts_have_every_property_that_the_query_asks_for() -> None:
    text = load_query(queries_dir() / "internal" / "statements.rq").text
    body = text[text.index("WHERE") :]
    asked = {
        ox.NamedNode(PREFIXES[prefix] + local)
        for prefix, found in PREFIXES.items()
        for local in _locals(body, prefix)
        if local[0].islower()
    }
    revises = ox.NamedNode(APRO + "revises")
    rdf_type = ox.NamedNode(RDF + "type")
    assert asked - {revises} == KEPT - {rdf_type}


def _locals(text: str, prefix: str) -> list[str]:
    return re.findall(rf"\b{prefix}:(\w+)", text)
