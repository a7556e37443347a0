"""Who stands in the middle: centralities of actors and concepts.

Ties are similarities: *strength* and *eigenvector* take them as they are, *betweenness* and
*closeness* turn them into lengths (see `kg.measures.paths`).

===============  =====================================================  =========
measure          one-mode, n nodes                                      range
===============  =====================================================  =========
*degree*         number of ties / (n - 1)                               0 to 1
*strength*       Σ_j w(i,j)                                             0 or more
*betweenness*    Σ σ(s,t|i)/σ(s,t) / ((n-1)(n-2)/2)                     0 to 1
*closeness*      r/(n-1) · r / Σ_j d(i,j), r nodes that can be reached  0 or more
                                                                        (unweighted: to 1)
*eigenvector*    x with λ x(i) = Σ_j w(i,j) x(j), length 1              0 to 1
===============  =====================================================  =========

In a two-mode network degree, betweenness and closeness are divided by what is largest there
(Borgatti & Everett 1997, doi:10.1016/S0378-8733(96)00301-2; closeness by what is nearest among the
nodes that can be reached), and *eigenvector* gives actors by their concepts and concepts by their
actors (Bonacich 1991, doi:10.1016/0378-8733(91)90018-O).
Degree, betweenness, closeness: Freeman 1978, doi:10.1016/0378-8733(78)90021-7. Strength: Barrat et
al. 2004, doi:10.1073/pnas.0400087101. Closeness in parts of a network: Wasserman & Faust 1994,
doi:10.1017/CBO9780511815478, chapter 5. Eigenvector: Bonacich 1972,
doi:10.1080/0022250X.1972.9989806.

PageRank is left out: it is made for ties with a direction, and without one it is near the degree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse.linalg import eigsh

from kg.measures.matrices import adjacency, components
from kg.measures.measure import Measure, Scores, measures
from kg.measures.paths import betweenness, distances, lengths
from kg.networks.network import Floats, Indices, Network

# Up to this number of nodes all eigenvectors are found at once, which is exact and quick.
_DENSE = 1000


@dataclass(frozen=True)
class _Ground:
    """What the centralities of one network share: ties between all nodes, of which `rows` first."""

    matrix: Floats
    twomode: bool
    rows: int
    weighted: bool

    @cached_property
    def is_row(self) -> npt.NDArray[np.bool_]:
        """Which nodes are rows."""
        return np.arange(len(self.matrix)) < self.rows

    @cached_property
    def others(self) -> Floats:
        """With how many nodes each node could have a tie."""
        if not self.twomode:
            return np.full(len(self.matrix), float(self.rows - 1))
        return np.where(self.is_row, len(self.matrix) - self.rows, self.rows).astype(np.float64)


def centralities(network: Network, weighted: bool = True) -> Scores:
    """All centralities of all nodes: rows, and in a two-mode network the columns after them.

    `weighted=False` takes every tie as one step long for *betweenness* and *closeness*. Raises
    `InputError` where ties are below 0.
    """
    matrix = adjacency(network, "Centrality")
    ground = _Ground(matrix, network.mode == "twomode", len(network.rows), weighted)
    return Scores(network.nodes(), {name: find(ground) for name, find in CENTRALITIES.items()})


def _degree(ground: _Ground) -> tuple[Measure, ...]:
    ties = np.count_nonzero(ground.matrix, axis=1).astype(np.float64)
    return _shares(ties, ground.others)


def _strength(ground: _Ground) -> tuple[Measure, ...]:
    return measures(ground.matrix.sum(axis=1))


def _betweenness(ground: _Ground) -> tuple[Measure, ...]:
    steps = lengths(ground.matrix, ground.weighted)
    most = ground.others * (ground.others - 1) / 2
    if ground.twomode:
        most = _most_between(len(ground.matrix) - ground.others, ground.others)
    return _shares(betweenness(steps, distances(steps)), most)


def _most_between(side: Floats, other: Floats) -> Floats:
    """The largest betweenness that a node can have among `side` nodes like it and `other` others.

    It has a tie to each other node, and the rest of its side hang on those as evenly as can be:
    ½ (m²(s+1)² + m(s+1)(2t-s-1) - t(2s-t+3)) with s = (n-1) div m and t = (n-1) mod m, for n nodes
    on its side and m on the other.
    """
    s, t = np.divmod(side - 1, np.maximum(other, 1.0))
    most = 0.5 * (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3))
    return np.where(other > 0, most, 0.0)


def _closeness(ground: _Ground) -> tuple[Measure, ...]:
    """Least over actual distance of those that can be reached, times the share that can be.

    The least distance is one step, and in a two-mode network two steps to nodes of one's own side.
    """
    apart = distances(lengths(ground.matrix, ground.weighted))
    apart[~np.isfinite(apart)] = 0.0
    reached = (apart > 0).astype(np.float64)
    steps = np.ones_like(apart)
    if ground.twomode:
        steps += ground.is_row[:, None] == ground.is_row[None, :]
    nearest = (reached * steps).sum(axis=1)
    return tuple(
        Measure(float(least / far * share)) if far else Measure(0.0, "has no tie")
        for least, far, share in zip(
            nearest, apart.sum(axis=1), reached.sum(axis=1) / max(len(apart) - 1, 1), strict=True
        )
    )


def _eigenvector(ground: _Ground) -> tuple[Measure, ...]:
    """Within the largest component: those of several components cannot be compared."""
    inside = _largest(ground.matrix)
    outside = Measure(None, "is not in the largest connected part of the network")
    if len(inside) < 2:
        return (Measure(None, "there is no tie"),) * len(ground.matrix)
    vector = np.abs(_leading(ground.matrix[np.ix_(inside, inside)]))
    found = dict(zip(inside.tolist(), measures(vector), strict=True))
    return tuple(found.get(node, outside) for node in range(len(ground.matrix)))


def _largest(matrix: Floats) -> Indices:
    """The nodes of the largest component; of equally large ones that with the most weight."""
    count, labels = components(matrix)
    if not count:
        return np.zeros(0, dtype=np.int64)
    sizes = np.bincount(labels, minlength=count)
    weights = np.bincount(labels, weights=matrix.sum(axis=1), minlength=count)
    return np.flatnonzero(labels == np.lexsort((-weights, -sizes))[0])


def _leading(matrix: Floats) -> Floats:
    """The eigenvector of the largest eigenvalue, of length 1."""
    if len(matrix) <= _DENSE:
        return np.asarray(np.linalg.eigh(matrix)[1][:, -1], dtype=np.float64)
    start = np.ones(len(matrix))
    return np.asarray(eigsh(matrix, k=1, which="LA", v0=start)[1][:, 0], dtype=np.float64)


def _shares(values: Floats, most: Floats) -> tuple[Measure, ...]:
    few = "too few nodes for this measure"
    return tuple(
        Measure(float(value / top)) if top > 0 else Measure(None, few)
        for value, top in zip(values, most, strict=True)
    )


CENTRALITIES: Mapping[str, Callable[[_Ground], tuple[Measure, ...]]] = {
    "degree": _degree,
    "strength": _strength,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "eigenvector": _eigenvector,
}
"""The centralities, each from the ties to a measure of every node."""
