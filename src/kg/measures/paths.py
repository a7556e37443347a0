"""Shortest paths over weighted ties, and how often they pass a node.

A tie is a similarity, so its length is mean weight / weight: the stronger, the shorter, and a tie
of average weight is one step (Opsahl, Agneessens & Skvoretz 2010, doi:10.1016/j.socnet.2010.03.006,
with α = 1; Newman 2001, doi:10.1103/PhysRevE.64.016132). Multiplying all ties by a number changes
nothing.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import shortest_path

from kg.networks.network import Floats, Indices

# Two paths are equally short if they differ by less than this part: 1/3 + 1/3 is 2/3.
_SAME = 1e-9


def lengths(matrix: Floats, weighted: bool = True) -> sp.csr_array:
    """The length of each tie, nodes × nodes; 1 for every tie unless `weighted`."""
    found = sp.csr_array(matrix)
    found.eliminate_zeros()
    found.data = found.data.mean() / found.data if weighted and found.nnz else found.data**0
    return found


def distances(steps: sp.csr_array) -> Floats:
    """The length of the shortest path between any two nodes, infinite where there is none."""
    return np.asarray(shortest_path(steps, directed=False), dtype=np.float64)


def betweenness(steps: sp.csr_array, apart: Floats) -> Floats:
    """For each node v the sum over pairs {s, t} of σ(s,t|v) / σ(s,t), not normalised.

    σ counts shortest paths, and those through v. Dependencies are added up from each source along
    the ties that lie on shortest paths, as Brandes (2001, doi:10.1080/0022250X.2001.9990249) does
    it, for all nodes at the same number of steps at once.
    """
    cells = steps.tocoo()
    tails, heads, costs = cells.row.astype(np.int64), cells.col.astype(np.int64), cells.data
    passed = np.zeros(apart.shape[0])
    for source, reach in enumerate(apart):
        with np.errstate(invalid="ignore"):  # infinite - infinite: a tie that cannot be reached
            gap = np.abs(reach[tails] + costs - reach[heads])
            # Nearer first: ties too short to be seen would else lead in circles.
            on_path = (gap <= _SAME * reach[heads]) & (reach[tails] < reach[heads])
        through = _dependencies(source, tails[on_path], heads[on_path], len(passed))
        through[source] = 0.0
        passed += through
    return passed / 2.0


def _dependencies(source: int, tails: Indices, heads: Indices, nodes: int) -> Floats:
    """δ(v) = Σ over v's successors w of σ(v)/σ(w) · (1 + δ(w)), over one source's paths."""
    paths = np.zeros(nodes)
    wave = np.zeros(nodes)
    wave[source] = 1.0
    while wave.any():
        paths += wave
        wave = _added(heads, wave[tails], nodes)
    share = paths[tails] / paths[heads]
    total, wave = np.zeros(nodes), np.ones(nodes)
    while wave.any():
        wave = _added(tails, share * wave[heads], nodes)
        total += wave
    return total


def _added(places: Indices, values: Floats, nodes: int) -> Floats:
    return np.asarray(np.bincount(places, weights=values, minlength=nodes), dtype=np.float64)
