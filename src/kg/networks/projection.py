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
# One number has to hold every combination of levels exactly; DNA's are of 32 bits, with a sign.
MOST_LEVELS, MOST_LEVELS_OF_DNA = 52, 31
# What is left of terms that cancel out, as a part of their sizes added up, is rounding.
ROUNDING = 1e-12


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
    ties = _products(counts, weights)
    if not _may_leave_rounding(counts, weights):
        return ties
    return _without_rounding(ties, _products(counts, np.abs(weights)))


def _products(counts: Counts, weights: Floats) -> sp.csr_array:
    products = [
        layer @ weighted.T
        for layer, weighted in zip(counts.layers, _mixed(counts, weights), strict=True)
        if layer.nnz
    ]
    empty = sp.csr_array((len(counts.rows), len(counts.rows)), dtype=np.float64)
    return sum(products, start=empty).tocsr()


def _may_leave_rounding(counts: Counts, weights: Floats) -> bool:
    """Whether terms are subtracted that are no whole numbers, so that 0 may come out as 1e-16."""
    parts = (weights, *(layer.data for layer in counts.layers))
    return bool((weights < 0).any()) and any(bool((part % 1.0).any()) for part in parts)


def _without_rounding(sums: sp.csr_array, sizes: sp.csr_array) -> sp.csr_array:
    """`sums` without the cells that are nothing beside `sizes`, their terms without signs."""
    return sp.csr_array(sums.multiply(abs(sums) > sizes * ROUNDING))


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
        weights = counts.qualifier.weights()
        cells = _added(counts, counts.layers, weights)
        if not _may_leave_rounding(counts, weights):
            return cells
        return _without_rounding(cells, _added(counts, counts.layers, np.abs(weights)))
    levels = len(counts.layers)
    powers = np.array([2.0**power for power in range(levels - 1, -1, -1)])
    return _added(counts, presence(counts), powers)


def _added(counts: Counts, layers: tuple[sp.csr_array, ...], weights: Floats) -> sp.csr_array:
    empty = sp.csr_array((len(counts.rows), len(counts.columns)), dtype=np.float64)
    return sum((layer * w for layer, w in zip(layers, weights, strict=True)), start=empty).tocsr()
