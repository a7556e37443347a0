"""Polarisation of a network: how well it falls into camps that agree within and fight between.

The measure is the modularity of the best parting, as Waugh et al. (2009, arXiv:0907.3509) take it
for parliaments: ties within camps beyond what the activity of the nodes explains. With conflict
beside congruence it is the signed modularity of Gómez, Jensen & Arenas (2009,
doi:10.1103/PhysRevE.80.016114), which counts conflict between camps as well:

    Q = 1/(2C + 2D) Σ_ij [c(i,j) - d(i,j) - (c(i)c(j)/2C - d(i)d(j)/2D)] [i and j in one camp]

with c congruence, d conflict, c(i) and d(i) their sums by node and C, D half of their sums. Without
conflict this is Newman's (2006, doi:10.1073/pnas.0601602103). Q of the best parting is between 0
(one camp) and 1 - 1/k, for at most k camps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.errors import InputError
from kg.measures.camps import STARTS, Camps, best_parting, camps_of, within
from kg.measures.matrices import similarities
from kg.measures.measure import Measure, ratio
from kg.networks.network import Floats, Indices, Network

NO_TIE = "there is no tie"


@dataclass(frozen=True)
class Polarisation:
    """The camps found, and how clearly they stand apart.

    `of_maximum` is Q / (1 - 1/k). It is 1 for k equal camps without a tie between them; with
    conflict, for two equal camps with all congruence within and all conflict between.

    `ei_…` is the E-I index (Krackhardt & Stern 1988, doi:10.2307/2786835): (ties between camps -
    ties within) / ties, by weight, from -1 (all within) to 1 (all between). In a polarised debate
    it is low for congruence and high for conflict. `exact` tells if no parting has a higher Q.
    """

    camps: Camps
    modularity: Measure
    of_maximum: Measure
    ei_congruence: Measure
    ei_conflict: Measure
    exact: bool


def polarisation(
    congruence: Network,
    conflict: Network | None = None,
    camps: int = 2,
    seed: int = 0,
    starts: int = STARTS,
) -> Polarisation:
    """Part the nodes into at most `camps` camps with the highest modularity.

    Nodes without any tie are in no camp. Raises `InputError` for ties below 0, for networks of
    other nodes, and for fewer than two camps.
    """
    if camps < 2:
        raise InputError("Polarisation is between camps: ask for two or more")
    agreeing, fighting = _both(congruence, conflict)
    tied = np.flatnonzero((agreeing + fighting).any(axis=1))
    agreeing, fighting = agreeing[np.ix_(tied, tied)], fighting[np.ix_(tied, tied)]
    total = float(agreeing.sum() + fighting.sum())
    best = best_parting(modularity_gains(agreeing, fighting), camps, seed, starts)
    found = ratio(best.gain, total, NO_TIE)
    share = Measure(None, NO_TIE) if found.value is None else Measure(found.value / (1 - 1 / camps))
    return Polarisation(
        camps_of(congruence.rows, best.labels, tied),
        found,
        share,
        _ei(agreeing, best.labels, NO_TIE),
        _ei(fighting, best.labels, "there is no conflict" if conflict else "no conflict was given"),
        best.exact,
    )


def modularity_gains(congruence: Floats, conflict: Floats) -> Floats:
    """The bracket of the formula above, n × n; it is not divided by 2C + 2D."""
    return congruence - conflict - (_expected(congruence) - _expected(conflict))


def modularity(congruence: Network, camps: Camps, conflict: Network | None = None) -> Measure:
    """Q of given camps; nodes without a camp are each on their own."""
    agreeing, fighting = _both(congruence, conflict)
    alone = range(camps.count(), camps.count() + len(camps.labels))
    labels = np.array(
        [own if label is None else label for label, own in zip(camps.labels, alone, strict=True)],
        dtype=np.int64,
    )
    gained = within(modularity_gains(agreeing, fighting), labels)
    return ratio(gained, float(agreeing.sum() + fighting.sum()), NO_TIE)


def _both(congruence: Network, conflict: Network | None) -> tuple[Floats, Floats]:
    agreeing = similarities(congruence, "Polarisation")
    if conflict is None:
        return agreeing, np.zeros_like(agreeing)
    if conflict.rows != congruence.rows:
        raise InputError("Congruence and conflict have other nodes: make both from the same events")
    return agreeing, similarities(conflict, "Polarisation")


def _expected(matrix: Floats) -> Floats:
    """What a tie would be if nodes of their activity met at random: c(i) c(j) / 2C."""
    sums = matrix.sum(axis=1)
    total = float(sums.sum())
    return np.outer(sums, sums) / total if total else np.zeros_like(matrix)


def _ei(matrix: Floats, labels: Indices, undefined: str) -> Measure:
    total = float(matrix.sum())
    return ratio(total - 2 * within(matrix, labels), total, undefined)


def dna_quality(congruence: Floats, conflict: Floats, labels: Indices, share: bool = True) -> float:
    """The number that the class `Polarization` of DNA 3 gives a parting, for comparison only.

    Matrices are those of DNA's *average*, n × n with a diagonal of 0; `labels` counts camps from 0.
    With N_w ordered pairs within camps, N_b between, and n_k the size of camp k, it is

        Σ_within [|c - E_k| + d] + Σ_between [c + |d - F_kl|]
        E_k = n_k (n_k - 1) / N_w · Σc / N_w,    F_kl = n_k n_l / N_b · Σd / N_b

    divided by 2 (Σc + Σd), or halved without `share`. It is a distance from an ideal pattern, yet
    DNA seeks the parting where it is largest, and only among camps of equal size; congruence within
    and between camps adds nearly the same, since E and F are divided twice. So it tells little of
    camps, and `polarisation` is used here.
    """
    same = labels[:, None] == labels[None, :]
    within_camp, between = same & ~np.eye(len(labels), dtype=bool), ~same
    sizes = np.bincount(labels)[labels].astype(np.float64)
    n_within, n_between = float(within_camp.sum()), float(between.sum())
    total = float(congruence.sum() + conflict.sum())
    found = 0.0
    if n_within:
        ideal = (sizes * (sizes - 1) / n_within * congruence.sum() / n_within)[:, None]
        found += float((np.abs(congruence - ideal) + conflict)[within_camp].sum())
    if n_between:
        ideal = np.outer(sizes, sizes) / n_between * conflict.sum() / n_between
        found += float((congruence + np.abs(conflict - ideal))[between].sum())
    return found / (2 * total) if share and total else found / 2
