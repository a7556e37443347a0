"""The agreement rate of two actors, with how sure one can be of it.

Of the concepts on which both take a side, on how many is it the same side? A concept counts once,
however often it was spoken of. The interval is Wilson's (1927,
doi:10.1080/01621459.1927.10502953): for a rate from few cases it holds what it promises where the
usual ± 2 standard errors does not, it stays within 0 and 1, and it needs no prior, unlike a
beta-binomial (Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286). It takes the concepts for
independent cases of what the two could have been asked; concepts that hang together make it too
narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

import numpy as np

from kg.errors import UnknownName
from kg.findings import suggest
from kg.measures.measure import Measure, ratio
from kg.measures.stances import Stances, stances
from kg.networks.counts import Counts
from kg.networks.network import Floats, Node

LEVEL = 0.95


@dataclass(frozen=True)
class Agreement:
    """How far two actors agree.

    `rate` = agreed / shared, with `shared` the concepts on which both take one side; it lies
    between `low` and `high` with a confidence of `LEVEL` or as asked. Concepts on which one of them
    is on both sides are `divided` and not in `shared`. `nearness` is the mean of 1 - |x - y| / 2
    over all concepts that both speak of, with stances x and y from -1 to 1: it also sees degrees,
    the divided and the undecided.
    """

    first: Node
    second: Node
    shared: int
    agreed: int
    divided: int
    rate: Measure
    low: float
    high: float
    nearness: Measure


@dataclass(frozen=True)
class _Pairs:
    """For each two actors how many concepts they share, agree on, …: actors × actors."""

    shared: Floats
    agreed: Floats
    divided: Floats
    common: Floats
    apart: Floats


def agreements(counts: Counts, level: float = LEVEL) -> tuple[Agreement, ...]:
    """All pairs of actors (the rows) that speak of a common concept, in the order of rows.

    Raises `InputError` where the qualifier has no for and against.
    """
    found = stances(counts)
    pairs = _pairs(found)
    return tuple(_listed(found, pairs, level))


def agreement(counts: Counts, first: str, second: str, level: float = LEVEL) -> Agreement:
    """The agreement of the actors with these ids.

    Raises `UnknownName` for an actor without a statement, and what `agreements` raises.
    """
    ids = [node.id for node in counts.rows]
    for wanted in (first, second):
        if wanted not in ids:
            raise UnknownName("actor with a statement", wanted, suggest(wanted, ids))
    rows = np.array([ids.index(first), ids.index(second)])
    found = stances(counts)
    chosen = Stances(
        (found.actors[rows[0]], found.actors[rows[1]]),
        found.concepts,
        found.said[rows],
        found.support[rows],
        found.oppose[rows],
    )
    return _agreement(chosen, _pairs(chosen), 0, 1, level)


def overall_agreement(counts: Counts) -> Measure:
    """Agreed / shared, each added up over all pairs of actors: the rate of the whole debate."""
    found = stances(counts)
    pro, con = found.support > 0, found.oppose > 0
    fors, against = (pro & ~con).sum(axis=0), (con & ~pro).sum(axis=0)
    agreed = (fors * (fors - 1) + against * (against - 1)).sum() / 2
    shared = agreed + (fors * against).sum()
    return ratio(float(agreed), float(shared), "no two actors take a side on one concept")


def wilson(successes: int, cases: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a rate; from 0 to 1 where there is no case.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)

    >>> [round(bound, 4) for bound in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    if not cases:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    p, square = successes / cases, z * z / cases
    middle = (p + square / 2) / (1 + square)
    half = z * sqrt(p * (1 - p) / cases + square / (4 * cases)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def _pairs(found: Stances) -> _Pairs:
    pro, con = found.support > 0, found.oppose > 0
    only_pro, only_con = _numbers(pro & ~con), _numbers(con & ~pro)
    both, sided = _numbers(pro & con), _numbers(pro | con)
    agreed = only_pro @ only_pro.T + only_con @ only_con.T
    opposed = only_pro @ only_con.T
    split = both @ sided.T
    spoken = _numbers(found.said > 0)
    return _Pairs(
        agreed + opposed + opposed.T,
        agreed,
        split + split.T - both @ both.T,
        spoken @ spoken.T,
        _apart(found.net(), spoken),
    )


def _apart(net: Floats, spoken: Floats) -> Floats:
    """Σ |x - y| / 2 over the concepts that both speak of."""
    found = np.zeros((len(net), len(net)))
    for row, (stance, speaks) in enumerate(zip(net, spoken, strict=True)):
        found[row] = (np.abs(net - stance) * spoken) @ speaks / 2
    return found


def _numbers(cells: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    return cells.astype(np.float64)


def _listed(found: Stances, pairs: _Pairs, level: float) -> Iterator[Agreement]:
    for first, second in combinations(range(len(found.actors)), 2):
        if pairs.common[first, second]:
            yield _agreement(found, pairs, first, second, level)


def _agreement(found: Stances, pairs: _Pairs, first: int, second: int, level: float) -> Agreement:
    at = (first, second)
    shared, agreed = int(pairs.shared[at]), int(pairs.agreed[at])
    common = float(pairs.common[at])
    low, high = wilson(agreed, shared, level)
    return Agreement(
        found.actors[first],
        found.actors[second],
        shared,
        agreed,
        int(pairs.divided[at]),
        ratio(agreed, shared, "there is no concept on which both take one side"),
        low,
        high,
        ratio(common - float(pairs.apart[at]), common, "they speak of no common concept"),
    )
