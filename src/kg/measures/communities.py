"""Communities: groups with more ties inside than chance would give, and how certain they are.

Both methods raise modularity step by step, with chance in the order of steps, so two runs may
differ. Each is run from several seeds, and the result says how far the runs agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np
import scipy.sparse as sp

from kg.errors import InputError
from kg.findings import suggest
from kg.measures.camps import Camps, camps_of
from kg.measures.leiden import leiden
from kg.measures.matrices import similarities
from kg.measures.measure import Measure
from kg.measures.polarisation import modularity
from kg.networks.network import Floats, Indices, Network

RUNS = 20
# How often a consensus is sought.
_ROUNDS = 10

Method = Callable[[Floats, float, int], Indices]
"""Ties (each node with one), resolution and seed give the community of each node."""


@dataclass(frozen=True)
class Communities:
    """The communities on which the runs agree, their modularity, and how stable they are.

    `stability` is the mean adjusted Rand index over all pairs of runs: 1 when all runs are the
    same, near 0 when they agree no more than by chance. `partings` tells how many different ones
    the runs gave.
    """

    camps: Camps
    modularity: Measure
    stability: Measure
    partings: int
    method: str
    runs: int


def communities(
    network: Network,
    method: str = "leiden",
    resolution: float = 1.0,
    runs: int = RUNS,
    seed: int = 0,
) -> Communities:
    """Find communities in a one-mode network of similarities.

    *leiden* (Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z) never gives a
    community that falls apart, *louvain* (Blondel et al. 2008,
    doi:10.1088/1742-5468/2008/10/P10008) may. A higher `resolution` gives more and smaller ones.
    Where runs differ, their consensus is taken (Lancichinetti & Fortunato 2012,
    doi:10.1038/srep00336): nodes that are together in more than half of the runs are tied by how
    often, and the method runs on these ties, until all runs agree. Nodes without a tie are in no
    community. Raises `InputError` for an unknown method, a two-mode network and ties below 0.
    """
    _check(method, resolution, runs)
    ties = similarities(network, "A search for communities")
    tied = np.flatnonzero(ties.any(axis=1))
    found = _runs(METHODS[method], ties[np.ix_(tied, tied)], resolution, runs, seed)
    agreed = _consensus(METHODS[method], found, runs, seed) if len(tied) else found[0]
    camps = camps_of(network.rows, agreed, tied)
    return Communities(
        camps,
        modularity(network, camps),
        _stability(found, len(tied)),
        len(set(map(_canonical, found))),
        method,
        runs,
    )


def _check(method: str, resolution: float, runs: int) -> None:
    if method not in METHODS:
        near = suggest(method, METHODS, most=1)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(METHODS)}"
        raise InputError(f"“{method}” is no method to find communities; {hint}")
    if resolution <= 0:
        raise InputError(f"A resolution is above 0, not {resolution:g}")
    if runs < 1:
        raise InputError("Communities need at least one run")


def _runs(method: Method, ties: Floats, resolution: float, runs: int, seed: int) -> list[Indices]:
    return [method(ties, resolution, seed + run) for run in range(runs)]


def _leiden(ties: Floats, resolution: float, seed: int) -> Indices:
    return leiden(sp.csr_array(ties), resolution, seed)


def _louvain(ties: Floats, resolution: float, seed: int) -> Indices:
    graph: nx.Graph[int] = nx.from_numpy_array(ties)
    labels = np.zeros(len(ties), dtype=np.int64)
    groups = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    for number, group in enumerate(groups):
        labels[list(group)] = number
    return labels


METHODS: Mapping[str, Method] = {"leiden": _leiden, "louvain": _louvain}


def _consensus(method: Method, found: list[Indices], runs: int, seed: int) -> Indices:
    """The parting that the runs agree on; that of most runs where they never agree."""
    for _ in range(_ROUNDS):
        if len(set(map(_canonical, found))) == 1:
            return found[0]
        together = np.mean([one[:, None] == one[None, :] for one in found], axis=0)
        together[together <= 0.5] = 0.0
        np.fill_diagonal(together, 0.0)
        tied = np.flatnonzero(together.any(axis=1))
        again = _runs(method, together[np.ix_(tied, tied)], 1.0, runs, seed)
        found = [_spread(one, tied, len(together)) for one in again]
    most, _ = Counter(map(_canonical, found)).most_common(1)[0]
    return np.array(most, dtype=np.int64)


def _spread(labels: Indices, tied: Indices, nodes: int) -> Indices:
    """The labels of all nodes: those that are with no other are each on their own."""
    whole = np.arange(nodes) + nodes
    whole[tied] = labels
    return whole


def _canonical(labels: Indices) -> tuple[int, ...]:
    """Labels by first appearance, so that equal partings are equal."""
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(one, len(numbers)) for one in labels.tolist())


def _stability(found: list[Indices], nodes: int) -> Measure:
    if len(found) < 2:
        return Measure(None, "a single run tells nothing of stability")
    if not nodes:
        return Measure(None, "there is no tie")
    pairs = [adjusted_rand(one, other) for one, other in combinations(found, 2)]
    return Measure(float(np.mean(pairs)))


def adjusted_rand(first: Indices, second: Indices) -> float:
    """How alike two partings are: 1 when equal, 0 on average by chance (below: less than that).

    (Σ C(n_ij,2) - e) / (½ (Σ C(a_i,2) + Σ C(b_j,2)) - e) with e = Σ C(a_i,2) Σ C(b_j,2) / C(n,2)
    (Hubert & Arabie 1985, doi:10.1007/BF01908075); 1 where both are all in one or all alone.

    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    table = np.zeros((int(first.max(initial=0)) + 1, int(second.max(initial=0)) + 1))
    np.add.at(table, (first, second), 1.0)
    together, rows, columns = (
        float((sizes * (sizes - 1)).sum()) / 2
        for sizes in (table, table.sum(axis=1), table.sum(axis=0))
    )
    nodes = len(first)
    expected = rows * columns / (nodes * (nodes - 1) / 2) if nodes > 1 else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)
