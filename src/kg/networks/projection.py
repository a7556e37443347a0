"""From counts to the cells of a matrix: how two actors, or an actor and a concept, are tied.

With A[i, j, k] the number of statements of actor i on concept j at level k of the qualifier, and
d[k, k'] the distance of two levels from 0 to 1 (Leifeld, Gruber & Bossner 2019, *Discourse Network
Analyzer Manual*):

=============  =====================================================  =======================
aggregation    one-mode, actors i and i'                              two-mode
=============  =====================================================  =======================
*ignore*       Σ_j (Σ_k A[i,j,k]) (Σ_k A[i',j,k])                     Σ_k A[i,j,k]
*congruence*   Σ_j Σ_k Σ_k' A[i,j,k] A[i',j,k'] (1 - d[k,k'])         –
*conflict*     Σ_j Σ_k Σ_k' A[i,j,k] A[i',j,k'] d[k,k']               –
*subtract*     congruence - conflict                                  Σ_k value(k) A[i,j,k]
*combine*      –                                                      which levels there are
=============  =====================================================  =======================

*combine* gives each set of levels a number of its own: the sum of 2^(K-1-k) over the levels k that
occur. For a boolean that is 0 for none, 1 for only, 2 against only and 3 for both.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from kg.networks.counts import Counts
from kg.networks.network import Floats

AGGREGATIONS: Mapping[str, tuple[str, ...]] = {
    "onemode": ("ignore", "congruence", "conflict", "subtract"),
    "twomode": ("ignore", "subtract", "combine"),
}
# One number has to hold every combination of levels exactly.
MOST_LEVELS = 52


def kernel(counts: Counts, aggregation: str) -> Floats:
    """What a pair of levels adds to a one-mode tie, levels × levels."""
    distances = counts.qualifier.distances()
    if aggregation == "ignore":
        return np.ones_like(distances)
    return {
        "congruence": 1.0 - distances,
        "conflict": distances,
        "subtract": 1.0 - 2.0 * distances,
    }[aggregation]


def one_mode(counts: Counts, weights: Floats) -> sp.csr_array:
    """Σ_j Σ_k Σ_k' A[i,j,k] A[i',j,k'] weights[k,k'], rows × rows, the diagonal included."""
    products = [
        layer @ weighted.T
        for layer, weighted in zip(counts.layers, _mixed(counts, weights), strict=True)
        if layer.nnz
    ]
    empty = sp.csr_array((len(counts.rows), len(counts.rows)), dtype=np.float64)
    return sum(products, start=empty).tocsr()


def own(counts: Counts, weights: Floats) -> Floats:
    """The diagonal of `one_mode`: what each row shares with itself."""
    parts = [
        np.asarray(layer.multiply(weighted).sum(axis=1), dtype=np.float64)
        for layer, weighted in zip(counts.layers, _mixed(counts, weights), strict=True)
    ]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def _mixed(counts: Counts, weights: Floats) -> list[sp.csr_array]:
    """For each level k the layers added up by weights[k]."""
    empty = sp.csr_array((len(counts.rows), len(counts.columns)), dtype=np.float64)
    return [
        sum((layer * w for layer, w in zip(counts.layers, row, strict=True) if w), start=empty)
        for row in weights
    ]


def presence(counts: Counts) -> tuple[sp.csr_array, ...]:
    """The layers with 1 for every cell that has a statement."""
    found = []
    for layer in counts.layers:
        one = layer.copy()
        one.data = (one.data > 0).astype(np.float64)
        found.append(one)
    return tuple(found)


def answered(counts: Counts) -> sp.csr_array:
    """Σ_jk A[i,j,k] where i' has a statement of that concept and level too, rows × rows."""
    empty = sp.csr_array((len(counts.rows), len(counts.rows)), dtype=np.float64)
    pairs = zip(counts.layers, presence(counts), strict=True)
    return sum((layer @ there.T for layer, there in pairs), start=empty).tocsr()


def dna_categories(counts: Counts, aggregation: str) -> sp.csr_array:
    """One-mode ties over a qualifier of words as DNA 3.1.2 makes them.

    Its *conflict* counts the statements of either actor that the other has not made, on whatever
    concept: a difference, where the other aggregations tell of opposition.
    """
    said = counts.activity()
    shared = answered(counts)
    alone = said[:, None] + said[None, :] - (shared + shared.T).toarray()
    alike = one_mode(counts, kernel(counts, "congruence"))
    if aggregation == "conflict":
        return sp.csr_array(alone)
    return sp.csr_array(alike.toarray() - alone)


def two_mode(counts: Counts, aggregation: str) -> sp.csr_array:
    """The cells of a two-mode network, rows × columns; see the table above."""
    if aggregation == "ignore":
        return counts.total()
    if aggregation == "subtract":
        return _added(counts, counts.layers, counts.qualifier.weights())
    levels = len(counts.layers)
    powers = np.array([2.0**power for power in range(levels - 1, -1, -1)])
    return _added(counts, presence(counts), powers)


def _added(counts: Counts, layers: tuple[sp.csr_array, ...], weights: Floats) -> sp.csr_array:
    empty = sp.csr_array((len(counts.rows), len(counts.columns)), dtype=np.float64)
    return sum((layer * w for layer, w in zip(layers, weights, strict=True)), start=empty).tocsr()
