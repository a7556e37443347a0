"""Networks as graphs, and how dense they are."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp

from kg.errors import InputError
from kg.measures.density import density
from kg.measures.measure import Measure
from kg.networks.graphs import to_graph
from kg.networks.network import Network, Node
from measure_networks import one_mode_of, random_ties, two_mode_of


def test_a_graph_holds_every_tie_once() -> None:
    network = one_mode_of(random_ties(12, 0.4, seed=4, signed=True))
    graph = to_graph(network)
    back = nx.to_numpy_array(graph, nodelist=[node.id for node in network.rows])
    assert back.tolist() == network.dense().tolist()
    signs = {data["sign"] for _, _, data in graph.edges(data=True)}
    assert signs == {1, -1}
    assert all(data["sign"] * data["weight"] > 0 for _, _, data in graph.edges(data=True))


def test_isolates_stay_and_the_making_goes_along() -> None:
    network = replace(one_mode_of([[0, 0], [0, 0]]), made={"aggregation": "congruence"})
    graph = to_graph(network)
    assert list(graph.nodes) == ["n0", "n1"]
    assert graph.graph == {"aggregation": "congruence", "mode": "onemode"}


def test_the_sides_of_a_two_mode_graph_are_told_apart() -> None:
    graph = to_graph(two_mode_of([[1, 0], [2, -1]]))
    assert nx.is_bipartite(graph)
    rows = {node for node, data in graph.nodes(data=True) if data["bipartite"] == 0}
    assert rows == {"r0", "r1"}
    assert graph.edges["r1", "c1"] == {"weight": -1.0, "sign": -1, "tone": "oppose"}


def test_an_id_on_both_sides_becomes_two_nodes() -> None:
    sides = (Node("sm", "SM", "body"),), (Node("sm", "SM", "issue"), Node("x", "X", "issue"))
    graph = to_graph(Network("twomode", *sides, sp.csr_array(np.array([[2.0, 1.0]]))))
    assert set(graph.nodes) == {("row", "sm"), ("column", "sm"), "x"}
    assert [graph.nodes[node]["kind"] for node in (("row", "sm"), ("column", "sm"))] == [
        "body",
        "issue",
    ]
    assert graph.edges[("row", "sm"), ("column", "sm")]["weight"] == 2.0


def test_attributes_never_hide_what_a_node_is() -> None:
    node = Node("sm", "SM", "body", {"label": "their label", "color": "#FF0000", "self": "x"})
    graph = to_graph(Network("onemode", (node,), (node,), sp.csr_array(np.zeros((1, 1)))))
    data = graph.nodes["sm"]
    assert (data["label"], data["label (attribute)"]) == ("SM", "their label")
    assert (data["color"], data["self"]) == ("#FF0000", "x")


def test_density_of_one_mode_is_as_in_networkx() -> None:
    matrix = random_ties(15, 0.3, seed=5)
    found = density(one_mode_of(matrix))
    assert found.density.value == pytest.approx(nx.density(nx.from_numpy_array(matrix)))
    assert found.mean.value == pytest.approx(matrix.sum() / (15 * 14))
    assert found.mean_tie.value == pytest.approx(matrix[matrix > 0].mean())


def test_density_of_two_modes_counts_the_cells() -> None:
    found = density(two_mode_of([[1, 0, 3], [0, 0, 2]]))
    assert (found.ties, found.possible) == (3, 6)
    assert (found.density.value, found.mean.value, found.mean_tie.value) == (0.5, 1.0, 2.0)


def test_density_of_too_few_nodes_says_why() -> None:
    found = density(one_mode_of([[0]]))
    assert found.density.value is None
    assert "fewer" in found.density.note
    assert density(one_mode_of([[0, 0], [0, 0]])).mean_tie == Measure(None, "there is no tie")


def test_density_refuses_negative_ties() -> None:
    with pytest.raises(InputError, match="Density needs ties of 0 or more"):
        density(one_mode_of([[0, -1], [-1, 0]]))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_a_measure_is_never_a_number_that_is_none(value: float | None) -> None:
    with pytest.raises(ValueError, match="with a note"):
        Measure(value)
