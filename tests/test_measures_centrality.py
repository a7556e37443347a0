"""Centralities equal those of networkx and igraph, and what they cannot say they say."""

from __future__ import annotations

from collections.abc import Mapping

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.measures.centrality import CENTRALITIES, centralities
from kg.measures.measure import Measure
from kg.networks.network import Floats, Network
from measure_networks import Cells, matrix_of, numbers, one_mode_of, random_ties, two_mode_of

SHAPES: dict[str, Floats] = {
    "weighted": random_ties(30, 0.2, seed=1),
    "dense": random_ties(20, 0.9, seed=2),
    "in parts": random_ties(30, 0.05, seed=3),
    "karate": matrix_of(nx.karate_club_graph()),
}


def with_lengths(matrix: Floats) -> nx.Graph[int]:
    """A graph whose ties have a length, so that the mean weight is one step long."""
    graph: nx.Graph[int] = nx.from_numpy_array(matrix)
    mean = float(matrix[matrix > 0].mean())
    for _, _, data in graph.edges(data=True):
        data["length"] = mean / data["weight"]
    return graph


@pytest.mark.parametrize("name", SHAPES)
def test_one_mode_is_as_in_networkx(name: str) -> None:
    matrix = SHAPES[name]
    graph = with_lengths(matrix)
    found = centralities(one_mode_of(matrix)).columns
    n = len(matrix)
    expected: dict[str, Mapping[int, float]] = {
        "degree": nx.degree_centrality(graph),
        "strength": dict(graph.degree(weight="weight")),
        "closeness": nx.closeness_centrality(graph, distance="length", wf_improved=True),
    }
    for measure, values in expected.items():
        assert numbers(found[measure]) == pytest.approx([values[node] for node in range(n)])


@pytest.mark.parametrize("name", ["weighted", "dense", "in parts"])
def test_weighted_betweenness_is_as_in_networkx(name: str) -> None:
    # Random weights: no two paths are equally long, so floats are no matter.
    graph = with_lengths(SHAPES[name])
    expected = nx.betweenness_centrality(graph, weight="length")
    found = centralities(one_mode_of(SHAPES[name])).columns["betweenness"]
    assert numbers(found) == pytest.approx([expected[node] for node in sorted(expected)])


@pytest.mark.parametrize("name", SHAPES)
def test_unweighted_betweenness_splits_over_equal_paths(name: str) -> None:
    matrix = SHAPES[name]
    found = centralities(one_mode_of(matrix), weighted=False).columns["betweenness"]
    expected = nx.betweenness_centrality(nx.from_numpy_array(matrix))
    assert numbers(found) == pytest.approx([expected[node] for node in sorted(expected)])
    pairs = (len(matrix) - 1) * (len(matrix) - 2) / 2
    other = igraph.Graph.Weighted_Adjacency(matrix, mode="undirected").betweenness()
    assert numbers(found) == pytest.approx([value / pairs for value in other])


def test_paths_of_equal_length_count_as_equal_in_floats() -> None:
    # From n0 to n2: through n1 in 3 + 3 thirds, or by a tie half as strong. Both are shortest.
    matrix: Cells = [[0, 3, 1.5], [3, 0, 3], [1.5, 3, 0]]
    assert numbers(centralities(one_mode_of(matrix)).columns["betweenness"])[1] == pytest.approx(
        0.5
    )


def test_ties_of_very_different_strength_end() -> None:
    matrix = np.array([[0, 1e15, 0], [1e15, 0, 1e-3], [0, 1e-3, 0]])
    assert numbers(centralities(one_mode_of(matrix)).columns["betweenness"])[1] >= 0


@pytest.mark.parametrize("name", ["weighted", "dense", "karate"])
def test_eigenvector_is_as_in_networkx(name: str) -> None:
    graph: nx.Graph[int] = nx.from_numpy_array(SHAPES[name])
    assert nx.is_connected(graph)
    expected = nx.eigenvector_centrality_numpy(graph, weight="weight")
    found = centralities(one_mode_of(SHAPES[name])).columns["eigenvector"]
    assert numbers(found) == pytest.approx([expected[node] for node in sorted(expected)])


def test_eigenvector_is_of_the_largest_part_and_says_so() -> None:
    # A path of three nodes has the eigenvector (1, √2, 1) / 2; the heavy pair is smaller.
    matrix = np.zeros((6, 6))
    matrix[0, 1] = matrix[1, 0] = matrix[1, 2] = matrix[2, 1] = 1.0
    matrix[3, 4] = matrix[4, 3] = 9.0
    found = centralities(one_mode_of(matrix)).columns["eigenvector"]
    assert [one.value for one in found[:3]] == pytest.approx([0.5, np.sqrt(0.5), 0.5])
    assert [one.value for one in found[3:]] == [None] * 3
    assert "largest connected part" in found[3].note


@pytest.fixture(scope="module")
def women() -> tuple[nx.Graph[str], Network, list[str]]:
    """Davis's Southern women: 18 women, 14 events; all in one part."""
    graph = nx.davis_southern_women_graph()
    rows, columns = graph.graph["top"], graph.graph["bottom"]
    cells = nx.bipartite.biadjacency_matrix(graph, rows, columns).toarray()
    return graph, two_mode_of(cells.astype(np.float64)), [*rows, *columns]


@pytest.mark.parametrize("measure", ["degree", "betweenness", "closeness"])
def test_two_mode_is_normalised_by_borgatti_and_everett(
    measure: str, women: tuple[nx.Graph[str], Network, list[str]]
) -> None:
    graph, network, names = women
    expected = getattr(nx.bipartite, f"{measure}_centrality")(graph, graph.graph["top"])
    found = centralities(network, weighted=False).columns[measure]
    assert numbers(found) == pytest.approx([expected[name] for name in names])


def test_two_mode_eigenvector_is_the_leading_singular_vectors(
    women: tuple[nx.Graph[str], Network, list[str]],
) -> None:
    _, network, _ = women
    left, _, right = np.linalg.svd(network.dense())
    both = np.abs(np.concatenate([left[:, 0], right[0]])) / np.sqrt(2)
    assert numbers(centralities(network).columns["eigenvector"]) == pytest.approx(both.tolist())


def test_two_mode_closeness_stays_within_one_in_parts() -> None:
    # r0 reaches both of its columns in one step, of 3 other nodes and r1.
    found = centralities(two_mode_of([[1, 1, 0], [0, 0, 1]]), weighted=False).columns["closeness"]
    assert numbers(found) == pytest.approx([2 / 4, 1 / 4, 2 / 4, 2 / 4, 1 / 4])


def test_the_centre_of_a_star_has_everything() -> None:
    star = matrix_of(nx.star_graph(4))
    found = centralities(one_mode_of(star)).columns
    for measure in ("degree", "betweenness", "closeness"):
        assert numbers(found[measure])[0] == pytest.approx(1.0)
    assert numbers(found["betweenness"])[1:] == [0.0] * 4


def test_what_is_not_defined_says_why() -> None:
    pair = centralities(one_mode_of([[0, 1], [1, 0]]))
    assert pair.of("n0", "betweenness") == Measure(None, "too few nodes for this measure")
    alone = centralities(one_mode_of([[0, 0, 0], [0, 0, 1], [0, 1, 0]]))
    assert alone.of("n0", "closeness") == Measure(0.0, "has no tie")
    assert alone.of("n0", "eigenvector").value is None
    without_ties = centralities(one_mode_of(np.zeros((2, 2))))
    assert without_ties.of("n1", "eigenvector") == Measure(None, "there is no tie")


def test_an_empty_network_has_empty_columns() -> None:
    for network in (one_mode_of(np.zeros((0, 0))), two_mode_of(np.zeros((0, 3)))):
        found = centralities(network)
        assert {len(column) for column in found.columns.values()} == {len(network.nodes())}


def test_ties_below_zero_and_codes_are_refused() -> None:
    with pytest.raises(InputError, match="instead of subtract"):
        centralities(one_mode_of([[0, -1], [-1, 0]]))
    codes = two_mode_of([[1, 3]])
    combined = Network(codes.mode, codes.rows, codes.columns, codes.matrix, {
        "aggregation": "combine"
    })  # fmt: skip
    with pytest.raises(InputError, match="combine gives codes"):
        centralities(combined)


@given(st.integers(0, 50), st.floats(0.01, 100))
def test_centralities_do_not_depend_on_the_unit_of_weight(seed: int, unit: float) -> None:
    matrix = random_ties(8, 0.5, seed)
    one, other = centralities(one_mode_of(matrix)), centralities(one_mode_of(matrix * unit))
    for measure in set(CENTRALITIES) - {"strength"}:
        for first, second in zip(one.columns[measure], other.columns[measure], strict=True):
            assert first.note == second.note
            assert first.value == pytest.approx(second.value, abs=1e-7)
