"""Structural balance of a signed network: is the friend of a friend a friend?

A signed network is balanced when its nodes fall into two camps with support within and opposition
between, and then all its triangles have an even number of negative ties (Cartwright & Harary 1956,
doi:10.1037/h0046049). *triangles* measures that by threes, *frustration* by the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.measures.camps import STARTS, Camps, Parting, best_parting, camps_of
from kg.measures.matrices import components, square
from kg.measures.measure import Measure, ratio
from kg.networks.network import Floats, Network

NO_TRIANGLE = "there is no triangle of ties"
NO_TIE = "there is no tie"


@dataclass(frozen=True)
class Triangles:
    """How many triangles there are, and the share of them that is balanced.

    With S the signs of the ties A: `share` = (tr S³ + tr |S|³) / (2 tr |S|³), from 0 to 1. In
    `weighted` a triangle counts with the product of its three weights: A takes the place of S
    (Estrada & Benzi 2014, doi:10.1103/PhysRevE.90.042802, whose closed walks are cut to three
    steps here). `by_chance` is what share to expect if the same number of negative ties lay
    anywhere: p³ + 3p(1-p)², with p the share of positive ties.
    """

    balanced: int
    total: int
    share: Measure
    weighted: Measure
    by_chance: Measure


@dataclass(frozen=True)
class Frustration:
    """How much must change for balance, and the two camps that come nearest to it.

    `index` L is the least weight of ties that go against two camps: positive between or negative
    within (Aref & Wilson 2018, doi:10.1093/comnet/cnx044). It is exact where every connected part
    of the network has at most 18 nodes; else it is what a seeded search found, and the true one
    lies between `at_least` and `index`. `balance` = 1 - 2L / (sum of all |weights|), from 0 to 1,
    since never more than half must go.
    """

    index: float
    at_least: float
    exact: bool
    balance: Measure
    camps: Camps


def triangles(network: Network) -> Triangles:
    """The balance of the triangles of a signed one-mode network (such as by *subtract*)."""
    ties = square(network, "Structural balance")
    signs = np.sign(ties)
    plain, signed = _closed(np.abs(signs)), _closed(signs)
    heavy, balanced_weight = _closed(np.abs(ties)), _closed(ties)
    positive = ratio(float((signs > 0).sum()), float((signs != 0).sum()), NO_TIE)
    p = positive.value
    return Triangles(
        round((signed + plain) / 12),
        round(plain / 6),
        ratio(signed + plain, 2 * plain, NO_TRIANGLE),
        ratio(balanced_weight + heavy, 2 * heavy, NO_TRIANGLE),
        positive if p is None else Measure(p**3 + 3 * p * (1 - p) ** 2),
    )


def frustration(
    network: Network, weighted: bool = True, seed: int = 0, starts: int = STARTS
) -> Frustration:
    """The frustration of a signed one-mode network; unless `weighted` it counts ties.

    Nodes without a tie are in no camp. The camps of separate parts of the network could as well
    change places with each other: nothing ties them.
    """
    ties = square(network, "Structural balance")
    ties = ties if weighted else np.sign(ties)
    labels = np.zeros(len(ties), dtype=np.int64)
    against, at_least, exact = 0.0, 0.0, True
    count, parts = components(ties)
    for part in range(count):
        inside = np.flatnonzero(parts == part)
        own = ties[np.ix_(inside, inside)]
        found = best_parting(own, 2, seed, starts)
        labels[inside] = found.labels
        against += _against(own, found)
        at_least += _against(own, found) if found.exact else least_frustration(own)
        exact = exact and found.exact
    tied = np.flatnonzero(np.abs(ties).any(axis=1))
    total = float(np.abs(ties).sum()) / 2
    share = ratio(2 * against, total, NO_TIE)
    return Frustration(
        against,
        at_least,
        exact,
        share if share.value is None else Measure(1 - share.value),
        camps_of(network.rows, labels[tied], tied),
    )


def _closed(ties: Floats) -> float:
    """The trace of A³: each triangle six times, by the product of its ties."""
    return float(((ties @ ties) * ties.T).sum())


def _against(ties: Floats, found: Parting) -> float:
    """The weight of ties against a parting: all positive ones, less what is within camps."""
    value = (float(ties[ties > 0].sum()) - found.gain) / 2
    return max(0.0, value)


def least_frustration(ties: Floats) -> float:
    """A bound that the frustration index cannot be below, the better one of two.

    By eigenvalues: Σ_{i<j} w(i,j) s(i) s(j) ≤ n λ_max / 2 for camps s(i) = ±1, so L is at least
    (Σ_{i<j} |w| - n λ_max / 2) / 2. By triangles: unbalanced ones that share no weight each cost
    at least their weakest tie.
    """
    total = float(np.abs(ties).sum()) / 2
    spectral = (total - len(ties) * float(np.linalg.eigvalsh(ties)[-1]) / 2) / 2
    return max(0.0, spectral, _packed(ties))


def _packed(ties: Floats) -> float:
    """Σ over unbalanced triangles of what each takes off its ties, taken greedily."""
    left, signs = np.abs(ties), np.sign(ties)
    taken = 0.0
    for first, second in np.argwhere(np.triu(ties) != 0):
        while left[first, second] > 0:
            free = np.minimum(left[first], left[second])
            free[signs[first] * signs[second] * signs[first, second] >= 0] = 0.0
            third = int(np.argmax(free))
            size = min(float(free[third]), float(left[first, second]))
            if size <= 0:
                break
            taken += size
            for one, other in ((first, second), (first, third), (second, third)):
                left[one, other] -= size
                left[other, one] = left[one, other]
    return taken
