"""The made-up corpus of benchmarks/: the same each time, conforming, skewed, of the size asked."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

from conftest import ROOT
from kg.codes import code_lists
from kg.encode import canonical
from kg.findings import errors
from kg.names import DEFAULT_BASE, graph_iri
from kg.queries import NamedQuery, bind, load_queries
from kg.resources import queries_dir
from kg.shapes import check_shapes
from kg.store import EmbeddedStore
from kg.table import make_table

sys.path.insert(0, str(ROOT))
made_by = pytest.importorskip("benchmarks.corpus", reason="needs a checkout, with benchmarks/")

SCRIPT = ROOT / "benchmarks" / "corpus.py"
SIZE = 1500
# Of the registers and meetings, not the ontology. It changes only when the generator is to change.
DIGEST = "47dee71cd418b7cfa80c107cf70cf4c42b3704cb5bfb25997bb6e9fd9dc8cd05"
QUERIES = load_queries(queries_dir())
TELLING = ("disagreements", "agreements", "changes", "within", "claims", "reported")


def graphs(positions: int, seed: int = 1, base: str = DEFAULT_BASE) -> list[bytes]:
    return list(made_by.corpus(positions, seed, base))


def parsed(text: bytes) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def quads_of(parts: Iterable[bytes]) -> list[ox.Quad]:
    return [quad for part in parts for quad in parsed(part)]


@pytest.fixture(scope="module")
def made() -> list[bytes]:
    return graphs(SIZE)


@pytest.fixture(scope="module")
def store(made: list[bytes]) -> EmbeddedStore:
    return EmbeddedStore.of(quads_of(made))


@pytest.fixture(scope="module")
def table(store: EmbeddedStore) -> pl.DataFrame:
    return make_table(store).statements.collect()


@pytest.fixture(scope="module")
def popular(table: pl.DataFrame) -> list[ox.NamedNode]:
    """The bodies that hold most, the first of them first."""
    held = table.filter(pl.col("body") != "")["body"].value_counts(sort=True)
    return [ox.NamedNode(iri) for iri in held["body"]]


def test_a_seed_gives_the_same_bytes_and_another_seed_others(made: list[bytes]) -> None:
    assert graphs(SIZE) == made
    assert graphs(SIZE, seed=2) != made


def test_the_bytes_are_those_of_every_machine() -> None:
    without_ontology = [part for at, part in enumerate(graphs(300)) if at != 2]
    assert sha256(b"".join(without_ontology)).hexdigest() == DIGEST


def test_the_command_gives_the_same_whatever_the_order_of_hashes(
    tmp_path: Path, made: list[bytes]
) -> None:
    out = tmp_path / "corpus.nq"
    command = [sys.executable, str(SCRIPT), "--positions", str(SIZE), "-o", str(out)]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert out.read_bytes() == b"".join(made)
    lines = sum(part.count(b"\n") for part in made)
    assert told.stdout == f"1,500 positions, {lines:,} quads in {out}\n"


def test_the_command_refuses_a_corpus_without_positions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["corpus.py", "--positions", "0", "-o", "nothing.nq"])
    with pytest.raises(SystemExit):
        made_by.main()
    assert "give at least one position" in capsys.readouterr().err


def test_graphs_follow_each_other_registers_first_each_in_canonical_order() -> None:
    parts = graphs(120)
    names = [{str(quad.graph_name) for quad in parsed(part)} for part in parts]
    assert all(len(each) == 1 for each in names)
    flat = [name for each in names for name in each]
    registers = ("authorities", "issues", "ontology", "reforms")
    assert flat[:4] == [f"<{graph_iri(name)}>" for name in registers]
    assert flat[4:] == sorted(set(flat[4:]))
    for part in parts:
        ordered = canonical(parsed(part))
        assert ox.serialize(ordered, format=ox.RdfFormat.N_QUADS) == part


def test_the_shapes_find_no_error() -> None:
    found = check_shapes(quads_of(graphs(200)), {})
    assert errors(found) == []
    # Of the warnings only that of the experts who represent nobody.
    assert all("represents no body" in finding.message for finding in found)


@pytest.mark.parametrize("positions", [1, 2, 41])
def test_a_corpus_has_the_positions_asked_for(positions: int) -> None:
    statements = make_table(EmbeddedStore.of(quads_of(graphs(positions)))).statements.collect()
    assert statements.height == statements["position"].n_unique() == positions


def test_the_table_has_every_position_once(table: pl.DataFrame) -> None:
    assert table.height == table["position"].n_unique() == SIZE


def test_all_stances_and_bases_occur_and_most_positions_are_accepted(table: pl.DataFrame) -> None:
    assert set(table["stance"]) == set(code_lists()["stance"])
    assert set(table["basis"]) == {"own", "official", "personal", "reported"}
    shares = {status: count / SIZE for status, count in Counter(table["status"]).items()}
    assert shares["accepted"] > 0.85 > shares["proposed"] > shares["rejected"] > 0
    support, oppose = (Counter(table["pole"])[pole] / SIZE for pole in ("support", "oppose"))
    assert 0.6 < support < 0.85
    assert 0.1 < oppose < 0.35
    assert table.filter(pl.col("revised") != "").height > 0
    assert table.filter(pl.col("condition") != "").height > 0


def test_a_few_bodies_and_propositions_have_most(table: pl.DataFrame) -> None:
    held = counts(table.filter(pl.col("body") != "")["body"])
    assert 0.15 < held[0] / sum(held) < 0.45
    assert sum(held[:5]) / sum(held) > 0.5
    answers = counts(table["proposition"])
    assert sum(answers[: len(answers) // 5]) / SIZE > 0.5


def counts(values: Iterable[str]) -> list[int]:
    """How often each value occurs, the most frequent first."""
    return sorted(Counter(values).values(), reverse=True)


def test_meetings_are_of_skewed_sizes(table: pl.DataFrame) -> None:
    sizes = counts(table["meeting"])
    assert 25 < SIZE / len(sizes) < 60
    assert sizes[0] > 5 * sizes[-1]
    assert sizes[len(sizes) // 2] < SIZE / len(sizes)


def test_ranges_are_within_the_memo_and_quotes_have_three_to_eight_words(
    table: pl.DataFrame,
) -> None:
    assert (table["start"] < table["end"]).all()
    lengths = table["quote"].str.split(" ").list.len()
    assert set(lengths) == {3, 4, 5, 6, 7, 8}


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_every_named_query_runs_and_tells_of_the_most_popular_bodies(
    query: NamedQuery, store: EmbeddedStore, popular: list[ox.NamedNode], table: pl.DataFrame
) -> None:
    asked = {"issue": ox.NamedNode(table["issue"][0])}
    given = {
        one.name: asked[one.type] for one in query.params if one.type in asked and one.required
    }
    first = [one.name for one in query.params if one.type in ("actor", "body")][:2]
    if query.name in ("agreements", "disagreements"):
        choices = [dict(zip(first, popular[:2], strict=True))]
    else:
        choices = [dict.fromkeys(first[:1], body) for body in popular[:2]]
    for choice in choices:
        rows = store.select(bind(query, {**given, **choice})).rows
        assert rows or query.name not in TELLING


def test_nodes_are_under_the_base_asked_for() -> None:
    text = b"".join(graphs(60, base="https://example.org/x/"))
    assert b"<https://example.org/x/graph/authorities>" in text
    assert DEFAULT_BASE.encode() not in text


def test_memory_does_not_grow_with_the_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.corpus_meetings.REMEMBERED", 500)
    small, large = (peak(positions) for positions in (2_000, 8_000))
    # The largest meeting decides; all of them together would be thirteen times as much.
    assert large < 1.5 * small


def peak(positions: int) -> int:
    """Bytes at most while the meetings are made, with the registers of 1,000 positions."""
    parts = made_by.corpus(positions, 1, DEFAULT_BASE, made_by.Sizes.of(1_000))
    tracemalloc.start()
    for at, _ in enumerate(parts):
        if at == 3:
            tracemalloc.reset_peak()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("name", ["corpus_words", "corpus_registers"])
def test_examples_in_docstrings_hold(name: str) -> None:
    module = sys.modules[f"benchmarks.{name}"]
    assert doctest.testmod(module).failed == 0
