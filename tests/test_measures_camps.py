"""Camps: the search finds the best parting, polarisation and communities what others find."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.measures import camps as search
from kg.measures.camps import Camps, best_parting, camps_of, within
from kg.measures.communities import METHODS, adjusted_rand, communities
from kg.measures.measure import Measure
from kg.measures.polarisation import dna_quality, modularity, polarisation
from kg.networks.network import Floats
from measure_networks import matrix_of, one_mode_of, random_ties, two_cliques, two_mode_of

KARATE = matrix_of(nx.karate_club_graph())


def best_by_hand(gains: Floats, camps: int) -> float:
    partings = product(range(camps), repeat=len(gains))
    return max(within(gains, np.array(one)) for one in partings)


def groups(camps: Camps) -> list[set[int]]:
    """The camps as sets of places, those without one each alone."""
    labels = camps.labels
    alone = [{place} for place, label in enumerate(labels) if label is None]
    return alone + [
        {place for place, label in enumerate(labels) if label == camp}
        for camp in range(camps.count())
    ]


@given(st.integers(0, 40), st.sampled_from([2, 3]))
def test_small_cases_are_counted_out(seed: int, camps: int) -> None:
    gains = random_ties(6, 0.8, seed, signed=True)
    found = best_parting(gains, camps)
    assert found.exact
    assert found.gain == pytest.approx(best_by_hand(gains, camps))
    assert found.gain == pytest.approx(within(gains, found.labels))


@pytest.mark.parametrize(("nodes", "camps"), [(12, 2), (16, 2), (9, 3)])
def test_the_search_finds_what_counting_out_finds(
    nodes: int, camps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(10):
        gains = random_ties(nodes, 0.7, seed, signed=True)
        exact = best_parting(gains, camps)
        with monkeypatch.context() as context:
            context.setattr(search, "MOST_COUNTED", 0)
            found = best_parting(gains, camps)
        assert (exact.exact, found.exact) == (True, False)
        assert found.gain == pytest.approx(exact.gain)


def test_equal_seeds_give_equal_camps() -> None:
    gains = random_ties(60, 0.5, seed=8, signed=True)
    one, other = (best_parting(gains, 3, seed=4) for _ in range(2))
    assert one.labels.tolist() == other.labels.tolist()


def test_camps_are_numbered_by_size_and_know_their_members() -> None:
    nodes = one_mode_of(np.zeros((5, 5))).rows
    found = camps_of(nodes, np.array([7, 3, 3, 3]), among=np.array([0, 1, 2, 4]))
    assert found.labels == (1, 0, 0, None, 0)
    assert [[node.id for node in camp] for camp in found.members()] == [["n1", "n2", "n4"], ["n0"]]
    assert (found.of("n0"), found.of("n3")) == (1, None)


def test_two_cliques_are_as_polarised_as_can_be() -> None:
    found = polarisation(one_mode_of(two_cliques(4)))
    assert found.modularity.value == pytest.approx(0.5)
    assert found.of_maximum.value == pytest.approx(1.0)
    assert found.ei_congruence == Measure(-1.0)
    assert found.ei_conflict == Measure(None, "no conflict was given")
    assert found.camps.labels == (0, 0, 0, 0, 1, 1, 1, 1)


def test_conflict_between_camps_polarises_too() -> None:
    agreeing, fighting = two_cliques(3), 1 - two_cliques(3) - np.eye(6)
    found = polarisation(one_mode_of(agreeing), one_mode_of(fighting))
    assert found.of_maximum.value == pytest.approx(1.0)
    assert (found.ei_congruence.value, found.ei_conflict.value) == (-1.0, 1.0)
    only_conflict = polarisation(one_mode_of(np.zeros((6, 6))), one_mode_of(fighting))
    assert only_conflict.modularity.value == pytest.approx(0.5)


def test_signed_modularity_by_hand() -> None:
    # c(0,1) = 2, d(1,2) = 1, camps {0,1} and {2}: 2C = 4, 2D = 2.
    # Within {0,1}: Σc = 4, Σ c(i)c(j)/2C = 4·4/4 = 4, Σ d(i)d(j)/2D = 1·1/2.
    # Within {2}: Σ d(i)d(j)/2D = 1/2. Q = (4 - 4 + 1/2 + 1/2) / 6.
    agreeing = one_mode_of([[0, 2, 0], [2, 0, 0], [0, 0, 0]])
    fighting = one_mode_of([[0, 0, 0], [0, 0, 1], [0, 1, 0]])
    found = polarisation(agreeing, fighting)
    assert found.camps.labels == (0, 0, 1)
    assert found.modularity.value == pytest.approx(1 / 6)


@pytest.mark.parametrize("seed", range(3))
def test_modularity_is_as_in_networkx(seed: int) -> None:
    matrix = random_ties(20, 0.3, seed)
    network = one_mode_of(matrix)
    found = polarisation(network, camps=3, seed=seed)
    graph: nx.Graph[int] = nx.from_numpy_array(matrix)
    expected = nx.community.modularity(graph, groups(found.camps))
    assert found.modularity.value == pytest.approx(expected)
    assert modularity(network, found.camps).value == pytest.approx(expected)


def test_the_best_four_camps_of_the_karate_club_are_the_known_ones() -> None:
    graph = igraph.Graph.Weighted_Adjacency(KARATE, mode="undirected")
    best = graph.community_optimal_modularity(weights="weight")
    found = polarisation(one_mode_of(KARATE), camps=4)
    assert found.modularity.value == pytest.approx(best.modularity)
    assert not found.exact


def test_nodes_without_ties_are_in_no_camp_and_no_ties_give_no_measure() -> None:
    matrix = np.zeros((4, 4))
    matrix[1, 2] = matrix[2, 1] = 1.0
    assert polarisation(one_mode_of(matrix)).camps.labels == (None, 0, 0, None)
    empty = polarisation(one_mode_of(np.zeros((3, 3))))
    assert empty.modularity == empty.of_maximum == Measure(None, "there is no tie")


def test_what_polarisation_cannot_use_is_refused() -> None:
    network = one_mode_of([[0, 1], [1, 0]])
    with pytest.raises(InputError, match="one-mode"):
        polarisation(two_mode_of([[1]]))
    with pytest.raises(InputError, match="other nodes"):
        polarisation(network, one_mode_of(np.zeros((3, 3))))
    with pytest.raises(InputError, match="two or more"):
        polarisation(network, camps=1)


def test_the_number_of_dna_by_hand() -> None:
    # Camps {0,1} and {2,3}: N_w = 4, N_b = 8, Σc = 4, Σd = 2, E = 2/4 · 4/4, F = 4/8 · 2/8.
    # Within: 4 |1 - 1/2| = 2. Between: 2 cells |1 - 1/8| and 6 of 1/8, 20/8 in all.
    agreeing = two_cliques(2)
    fighting = np.zeros((4, 4))
    fighting[0, 2] = fighting[2, 0] = 1.0
    labels = np.array([0, 0, 1, 1])
    assert dna_quality(agreeing, fighting, labels) == pytest.approx(4.5 / 12)
    assert dna_quality(agreeing, fighting, labels, share=False) == pytest.approx(4.5 / 2)


@pytest.mark.parametrize("method", METHODS)
def test_communities_of_cliques_are_the_cliques(method: str) -> None:
    found = communities(one_mode_of(two_cliques(5)), method)
    assert found.camps.labels == (0,) * 5 + (1,) * 5
    assert found.modularity.value == pytest.approx(0.5)
    assert (found.stability.value, found.partings) == (1.0, 1)


@pytest.mark.parametrize("method", METHODS)
def test_communities_of_the_karate_club_are_near_the_best(method: str) -> None:
    graph = igraph.Graph.Weighted_Adjacency(KARATE, mode="undirected")
    best = graph.community_optimal_modularity(weights="weight").modularity
    found = communities(one_mode_of(KARATE), method)
    assert found.modularity.value is not None
    assert best - 0.01 <= found.modularity.value <= best + 1e-9


def test_leiden_finds_the_best_modularity_of_the_karate_club() -> None:
    graph = igraph.Graph.Weighted_Adjacency(KARATE, mode="undirected")
    best = graph.community_optimal_modularity(weights="weight")
    found = communities(one_mode_of(KARATE))
    assert found.modularity.value == pytest.approx(best.modularity)


@pytest.mark.parametrize("method", METHODS)
def test_equal_seeds_give_equal_communities_and_noise_is_unstable(method: str) -> None:
    network = one_mode_of(random_ties(40, 0.5, seed=3))
    one, other = (communities(network, method, runs=8, seed=2) for _ in range(2))
    assert one == other
    assert one.stability.value is not None
    assert one.stability.value < 0.9
    assert one.partings > 1


def test_resolution_makes_more_and_smaller_communities() -> None:
    network = one_mode_of(KARATE)
    few, many = (communities(network, resolution=one).camps.count() for one in (0.3, 3.0))
    assert few < many


def test_communities_of_nothing() -> None:
    found = communities(one_mode_of(np.zeros((3, 3))))
    assert found.camps.labels == (None, None, None)
    assert found.modularity == found.stability == Measure(None, "there is no tie")
    single = communities(one_mode_of(two_cliques(2)), runs=1)
    assert single.stability.value is None


def test_what_communities_cannot_use_is_refused() -> None:
    network = one_mode_of(two_cliques(2))
    with pytest.raises(InputError, match="did you mean leiden"):
        communities(network, "leide")
    with pytest.raises(InputError, match="above 0"):
        communities(network, resolution=0)
    with pytest.raises(InputError, match="at least one run"):
        communities(network, runs=0)


LABELS = st.lists(st.integers(0, 3), min_size=2, max_size=12)


@given(LABELS, st.randoms(use_true_random=False))
def test_adjusted_rand_is_as_in_igraph(labels: Sequence[int], random: object) -> None:
    other = list(labels)
    random.shuffle(other)  # type: ignore[attr-defined]
    found = adjusted_rand(np.array(labels), np.array(other))
    assert found == pytest.approx(adjusted_rand(np.array(other), np.array(labels)))
    if 1 < len(set(labels)) < len(labels):
        expected = igraph.compare_communities(labels, other, method="adjusted_rand")
        assert found == pytest.approx(expected)
