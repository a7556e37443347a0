"""Structural balance against enumeration, and brokers against a count of triads."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.measures import camps as search
from kg.measures.balance import frustration, least_frustration, triangles
from kg.measures.brokers import ROLES, brokers
from kg.measures.camps import camps_of
from kg.measures.measure import Measure
from kg.networks.network import Floats
from measure_networks import one_mode_of, random_ties, two_cliques, two_mode_of


def triangles_by_hand(ties: Floats) -> tuple[int, int, float, float]:
    """Balanced and all triangles, and their weights."""
    products = [
        float(ties[a, b] * ties[b, c] * ties[a, c]) for a, b, c in combinations(range(len(ties)), 3)
    ]
    balanced = [one for one in products if one > 0]
    closed = [abs(one) for one in products if one]
    return len(balanced), len(closed), sum(balanced), sum(closed)


def frustration_by_hand(ties: Floats) -> float:
    """The least weight against any two camps."""
    return min(
        sum(
            float(abs(ties[a, b]))
            for a, b in combinations(range(len(ties)), 2)
            if ties[a, b] * (1 if camps[a] == camps[b] else -1) < 0
        )
        for camps in product((0, 1), repeat=len(ties))
    )


@given(st.integers(0, 60))
def test_triangles_are_counted_right(seed: int) -> None:
    ties = random_ties(9, 0.6, seed, signed=True)
    found = triangles(one_mode_of(ties))
    balanced, total, weight, whole = triangles_by_hand(ties)
    assert (found.balanced, found.total) == (balanced, total)
    if total:
        assert found.share.value == pytest.approx(balanced / total)
        assert found.weighted.value == pytest.approx(weight / whole)


@given(st.integers(0, 60), st.booleans())
def test_frustration_is_the_least_there_is(seed: int, weighted: bool) -> None:
    ties = random_ties(7, 0.6, seed, signed=True)
    found = frustration(one_mode_of(ties), weighted)
    least = frustration_by_hand(ties if weighted else np.sign(ties))
    assert found.exact
    assert found.index == found.at_least == pytest.approx(least)
    assert least_frustration(ties) <= frustration_by_hand(ties) + 1e-9


@pytest.mark.parametrize(
    ("nodes", "index", "balanced", "total"),
    # All hostile: as many ties must go as stay within the best two halves.
    [(3, 1.0, 0, 1), (4, 2.0, 0, 4), (5, 4.0, 0, 10)],
)
def test_all_hostile(nodes: int, index: float, balanced: int, total: int) -> None:
    network = one_mode_of(np.eye(nodes) - np.ones((nodes, nodes)))
    assert frustration(network).index == index
    found = triangles(network)
    assert (found.balanced, found.total, found.by_chance.value) == (balanced, total, 0.0)


@pytest.mark.parametrize(("nodes", "index"), [(4, 2.0), (6, 6.0), (8, 12.0)])
def test_the_bound_by_eigenvalues_is_reached_by_all_hostile(nodes: int, index: float) -> None:
    # λ = 1, so n(n-2)/4: what stays within two equal halves.
    assert least_frustration(np.eye(nodes) - np.ones((nodes, nodes))) == pytest.approx(index)


def test_the_bound_by_triangles_takes_each_tie_once() -> None:
    # Two hostile triangles of weights 1 and 3, a weaker tie in each.
    ties = np.zeros((6, 6))
    for first, weights in ((0, (1.0, 2.0, 2.0)), (3, (3.0, 4.0, 5.0))):
        for (a, b), weight in zip(((0, 1), (1, 2), (0, 2)), weights, strict=True):
            ties[first + a, first + b] = ties[first + b, first + a] = -weight
    assert least_frustration(ties) == pytest.approx(4.0)
    assert frustration(one_mode_of(ties)).index == pytest.approx(4.0)


def test_a_balanced_network_gives_its_camps() -> None:
    signs = 2 * two_cliques(4) - 1 + np.eye(8)
    found = frustration(one_mode_of(signs))
    assert (found.index, found.balance.value) == (0.0, 1.0)
    assert found.camps.labels == (0, 0, 0, 0, 1, 1, 1, 1)
    assert triangles(one_mode_of(signs)).share.value == 1.0


def test_by_chance_counts_triangles_with_an_even_number_of_negatives() -> None:
    # Three of six ties positive: ½³ + 3 · ½ · ½² = ½.
    ties = np.ones((4, 4)) - np.eye(4)
    for a, b in ((0, 1), (2, 3), (0, 2)):
        ties[a, b] = ties[b, a] = -1.0
    assert triangles(one_mode_of(ties)).by_chance.value == pytest.approx(0.5)


def test_parts_are_taken_one_by_one_and_stay_exact() -> None:
    part = random_ties(7, 0.8, seed=1, signed=True)
    whole = np.zeros((29, 29))
    for first in range(0, 28, 7):
        whole[first : first + 7, first : first + 7] = part
    found = frustration(one_mode_of(whole))
    assert found.exact
    assert found.index == pytest.approx(4 * frustration_by_hand(part))
    assert found.camps.labels[28] is None


def test_a_search_names_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = random_ties(12, 0.7, seed=2, signed=True)
    exact = frustration(one_mode_of(ties)).index
    monkeypatch.setattr(search, "MOST_COUNTED", 0)
    found = frustration(one_mode_of(ties))
    assert not found.exact
    assert 0 < found.at_least <= exact <= found.index + 1e-9
    assert found.index == pytest.approx(exact)


def test_balance_without_ties_says_why() -> None:
    network = one_mode_of([[0, 1], [1, 0]])
    assert triangles(network).share == Measure(None, "there is no triangle of ties")
    empty = one_mode_of(np.zeros((2, 2)))
    assert triangles(empty).by_chance == Measure(None, "there is no tie")
    assert frustration(empty).balance == Measure(None, "there is no tie")
    with pytest.raises(InputError, match="one-mode"):
        triangles(two_mode_of([[1]]))


def roles_by_hand(ties: Floats, labels: list[int | None], broker: int) -> dict[str, int]:
    """Open triads around a broker, by the three camps."""
    found = dict.fromkeys(ROLES, 0)
    near = [n for n in range(len(ties)) if ties[broker, n] and labels[n] is not None]
    for a, c in combinations(near, 2):
        if ties[a, c] or labels[broker] is None:
            continue
        camps = labels[a], labels[broker], labels[c]
        if len(set(camps)) == 1:
            found["coordinator"] += 1
        elif len(set(camps)) == 3:
            found["liaison"] += 1
        elif camps[0] == camps[2]:
            found["itinerant"] += 1
        else:
            found["gatekeeper"] += 1
    return found


@given(st.integers(0, 60), st.lists(st.integers(0, 2), min_size=10, max_size=10))
def test_roles_are_those_of_the_open_triads(seed: int, given_labels: list[int]) -> None:
    ties = random_ties(11, 0.4, seed)
    network = one_mode_of(ties)
    camps = camps_of(network.rows, np.array(given_labels), among=np.arange(10))
    found = brokers(network, camps)
    for broker in range(10):
        by_hand = roles_by_hand(ties, list(camps.labels), broker)
        between = sum(by_hand.values()) - by_hand["coordinator"]
        for role, count in {**by_hand, "between": between}.items():
            assert found.columns[role][broker].value == pytest.approx(count)
    assert found.of("n10", "liaison") == Measure(None, "is in no camp")


def test_participation_by_hand() -> None:
    # n0: weight 1 within its camp, 3 to the other: 1 - 1/16 - 9/16.
    ties = np.zeros((4, 4))
    for a, b, weight in ((0, 1, 1.0), (0, 2, 3.0), (2, 3, 5.0)):
        ties[a, b] = ties[b, a] = weight
    network = one_mode_of(ties)
    camps = camps_of(network.rows, np.array([0, 0, 1, 1]))
    found = brokers(network, camps).columns["participation"]
    assert [one.value for one in found] == pytest.approx([0.375, 0.0, 1 - 25 / 64 - 9 / 64, 0.0])


def test_camps_of_another_network_are_refused() -> None:
    with pytest.raises(InputError, match="other nodes"):
        brokers(
            one_mode_of(np.zeros((2, 2))),
            camps_of(one_mode_of(np.zeros((3, 3))).rows, np.zeros(3, dtype=np.int64)),
        )
