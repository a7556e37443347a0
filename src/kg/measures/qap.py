"""How alike two networks of the same actors are, tested by quadratic assignment (QAP)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.errors import InputError
from kg.measures.matrices import square
from kg.measures.measure import Measure
from kg.networks.network import Floats, Network

PERMUTATIONS = 999
_FEWEST = 3
_SAME = 1e-12


@dataclass(frozen=True)
class Likeness:
    """The correlation of the ties of two networks over the `nodes` that are in both, and its p."""

    nodes: int
    correlation: Measure
    p: Measure
    permutations: int


def likeness(
    first: Network, second: Network, permutations: int = PERMUTATIONS, seed: int = 0
) -> Likeness:
    """Pearson's correlation of two one-mode networks over all pairs of common nodes, -1 to 1.

    Ties of one node hang together, so p comes from giving the nodes of the second network other
    names, which keeps its structure (Krackhardt 1988, doi:10.1016/0378-8733(88)90004-4):
    (b + 1) / (n + 1) with b of n correlations at least as far from 0. Raises `InputError` for a
    two-mode network.
    """
    if permutations < 1:
        raise InputError("A permutation test needs at least one permutation")
    one, other = _common(first, second)
    nodes = len(one)
    if nodes < _FEWEST:
        few = Measure(None, f"fewer than {_FEWEST} nodes are in both networks")
        return Likeness(nodes, few, few, 0)
    upper = np.triu_indices(nodes, 1)
    x, y = one[upper], other[upper]
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        flat = Measure(None, "in one of the networks all ties between common nodes are equal")
        return Likeness(nodes, flat, flat, 0)
    rng = np.random.default_rng(seed)
    observed = _pearson(x, y)
    larger = 0
    for _ in range(permutations):
        order = rng.permutation(nodes)
        found = _pearson(x, other[np.ix_(order, order)][upper])
        larger += abs(found) >= abs(observed) - _SAME
    p = Measure((larger + 1) / (permutations + 1))
    return Likeness(nodes, Measure(observed), p, permutations)


def _common(first: Network, second: Network) -> tuple[Floats, Floats]:
    """The ties between common nodes, in the same order."""
    matrices = square(first, "QAP"), square(second, "QAP")
    places = [{node.id: place for place, node in enumerate(one.rows)} for one in (first, second)]
    common = [node for node in places[0] if node in places[1]]
    chosen = [np.array([place[node] for node in common], dtype=np.int64) for place in places]
    return matrices[0][np.ix_(chosen[0], chosen[0])], matrices[1][np.ix_(chosen[1], chosen[1])]


def _pearson(x: Floats, y: Floats) -> float:
    return float(np.corrcoef(x, y)[0, 1])
