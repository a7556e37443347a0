"""The graph's file in pieces: each graph whole, nothing lost, whatever its literals hold."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.bulk import write_graph
from kg.encode import canonical, encode_ontology, to_trig
from kg.errors import StoreError
from kg.graph_file import read, stretches
from kg.names import DEFAULT_BASE

HOSTILE = ["a {\n", "} \n<a:b> {", "@prefix a: <b:> .\n", 'quote " and \\', "\r\n\t{", "” {", "'''"]


def sample() -> list[ox.Quad]:
    quads = encode_ontology()
    for number in range(40):
        graph = ox.NamedNode(f"{DEFAULT_BASE}graph/m{number}" if number % 3 else f"urn:g:{number}")
        for text in HOSTILE:
            node = ox.NamedNode(f"{DEFAULT_BASE}n{number}")
            quads.append(ox.Quad(node, ox.NamedNode("urn:p"), ox.Literal(text), graph))
            quads.append(ox.Quad(node, ox.NamedNode("urn:q"), ox.BlankNode(f"b{number}"), graph))
    return canonical(quads)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    path.write_bytes(to_trig(sample()))
    return path


@pytest.mark.parametrize("size", [1, 700, 5_000, 10**9])
def test_the_pieces_together_are_the_file(file: Path, size: int) -> None:
    found = stretches(file, size)
    assert [quad for one in found for quad in read(file, one)] == sample()
    assert found[-1].end == file.stat().st_size
    assert all(one.end == other.start for one, other in pairwise(found))
    graphs = [{str(quad.graph_name) for quad in read(file, one)} for one in found]
    assert sum(map(len, graphs)) == len(set().union(*graphs)) == 41
    if size == 1:
        assert len(found) == 41
    if size == 10**9:
        assert len(found) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_store_is_written_in_turns_as_at_once(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.bulk._GRAPHS_OF_TURN", 7)
    # The decimals of the ontology are another matter: Oxigraph writes -1.0 as -1.
    quads = canonical(quad for quad in sample() if "ontology" not in str(quad.graph_name))
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_extend(quads)
    store.flush()
    del store
    write_graph(tmp_path / "store", tmp_path / "graph.trig", DEFAULT_BASE, workers)
    file = tmp_path / "graph.trig"
    assert canonical(ox.parse(path=file, format=ox.RdfFormat.TRIG)) == quads
    graphs = [
        str(quad.graph_name)
        for one in stretches(tmp_path / "graph.trig", 1)
        for quad in read(tmp_path / "graph.trig", one)
    ]
    assert graphs == sorted(graphs)


def test_a_file_that_is_no_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build it again"):
        stretches(tmp_path / "graph.trig", 1)
    (tmp_path / "graph.trig").write_text("<a:g> {\n<a:s> <a:p>\n}\n", encoding="utf-8")
    with pytest.raises(StoreError, match="build it again"):
        list(read(tmp_path / "graph.trig", stretches(tmp_path / "graph.trig", 1)[0]))
