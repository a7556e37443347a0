"""One number for a whole period: what `kg.measures.change` compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from kg.measures.agreement import overall_agreement
from kg.measures.bipolarisation import bipolarisation
from kg.measures.camps import best_parting
from kg.measures.contest import contests
from kg.measures.measure import Measure, ratio
from kg.measures.polarisation import NO_TIE, modularity_gains
from kg.networks.counts import Counts
from kg.networks.network import Floats
from kg.networks.projection import kernel, one_mode

Statistic: TypeAlias = Callable[[Counts], Measure]
# Fewer than where a single network is looked at: it is done for every deal.
_STARTS = 2


def conflict_share(counts: Counts) -> Measure:
    """The weight of conflict / (congruence + conflict), over all pairs of actors, from 0 to 1."""
    agreeing, fighting = _ties(counts, "congruence"), _ties(counts, "conflict")
    return ratio(float(fighting.sum()), float((agreeing + fighting).sum()), NO_TIE)


def congruence_density(counts: Counts) -> Measure:
    """The share of pairs of actors that agree on anything at all, from 0 to 1."""
    agreeing = _ties(counts, "congruence")
    pairs = len(agreeing) * (len(agreeing) - 1)
    return ratio(float(np.count_nonzero(agreeing)), pairs, "fewer than two actors speak")


def contestedness(counts: Counts) -> Measure:
    """The mean balance of the concepts, each weighed by the actors that take a side on it."""
    weighed = [
        (one.actors - one.undecided, one.balance.value)
        for one in contests(counts)
        if one.balance.value is not None
    ]
    above = sum(weight * value for weight, value in weighed)
    return ratio(above, sum(weight for weight, _ in weighed), "no actor takes a side")


def two_camps(counts: Counts) -> Measure:
    """The signed modularity of the best two camps found (see `kg.measures.polarisation`)."""
    agreeing, fighting = _ties(counts, "congruence"), _ties(counts, "conflict")
    tied = np.flatnonzero((agreeing + fighting).any(axis=1))
    chosen = np.ix_(tied, tied)
    gains = modularity_gains(agreeing[chosen], fighting[chosen])
    best = best_parting(gains, 2, starts=_STARTS)
    return ratio(best.gain, float((agreeing + fighting).sum()), NO_TIE)


def _ties(counts: Counts, aggregation: str) -> Floats:
    matrix = one_mode(counts, kernel(counts, aggregation)).toarray()
    np.fill_diagonal(matrix, 0.0)
    return np.asarray(matrix, dtype=np.float64)


STATISTICS: Mapping[str, Statistic] = {
    "agreement": overall_agreement,
    "conflict": conflict_share,
    "density": congruence_density,
    "contest": contestedness,
    "bipolarisation": lambda counts: bipolarisation(counts).mean,
    "polarisation": two_camps,
}
"""What can be compared, each from the counts of a period to a number."""
