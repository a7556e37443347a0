"""What a tie is divided by, so that busy actors do not look close to everyone.

One-mode ties are products of counts. Write ⟨i, i'⟩ for Σ_j Σ_k Σ_k' A[i,j,k] A[i',j,k'] s[k,k']
with s = 1 - d (s = 1 under *ignore*). It is an inner product, since 1 - |x - y| on an interval is
positive semi-definite. With n_i the number of statements of i, and 0 where the divisor is 0:

===========  =============================  ============================================
one-mode     divisor                        so that
===========  =============================  ============================================
*average*    (n_i + n_i') / 2               a tie is one of average activity
*cosine*     √(⟨i,i⟩ ⟨i',i'⟩)               congruence and conflict lie in [0, 1]
*jaccard*    ⟨i,i⟩ + ⟨i',i'⟩ - ⟨i,i'⟩       as above; for sets of statements |∩| / |∪|
===========  =============================  ============================================

The generalised Jaccard coefficient is Tanimoto's (Lipkus 1999, doi:10.1023/A:1019154432472). That
conflict stays within 1 as well follows from Cauchy and Schwarz: a level is a sum of thresholds, and
at each one the conflict with i' is the congruence with the opposite of i', which is as long as i'.
So *subtract*, congruence - conflict, lies in [-1, 1]. All of this is for booleans and numbers: with
words, of which each is as far from any other, the conflict of two actors that say many different
ones may exceed 1.

DNA divides otherwise: its *cosine* by n_i n_i', its *jaccard* by Σ_jk (A[i,j,k] where i' has none +
A[i',j,k] where i has none + A[i,j,k] A[i',j,k] where both have some). `compatible` gives these.

A two-mode cell is divided by the statements of its row (*activity*) or its column (*prominence*).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import scipy.sparse as sp

from kg.networks.counts import Counts
from kg.networks.network import Floats
from kg.networks.projection import answered, kernel, one_mode, own

NORMALISATIONS: Mapping[str, tuple[str, ...]] = {
    "onemode": ("no", "average", "jaccard", "cosine"),
    "twomode": ("no", "activity", "prominence"),
}

Divisor = Callable[[Counts, str, sp.coo_array], Floats]
"""Counts, an aggregation and the ties give what each tie is divided by."""


def normalised(
    ties: sp.csr_array, counts: Counts, aggregation: str, how: str, compatible: bool = False
) -> sp.csr_array:
    """One-mode ties, rows × rows, divided as `how` says; `compatible` as DNA 3.1.2 does it."""
    if how == "no":
        return ties
    cells = ties.tocoo()
    table = DNA_DIVISORS if compatible else DIVISORS
    cells.data = _ratio(cells.data, table[how](counts, aggregation, cells))
    return cells.tocsr()


def shares(cells: sp.csr_array, counts: Counts, how: str) -> sp.csr_array:
    """Two-mode cells divided by the statements of their row or column."""
    if how == "no":
        return cells
    sums = np.asarray(counts.total().sum(axis=1 if how == "activity" else 0), dtype=np.float64)
    return divided(cells, sums, how)


def divided(cells: sp.csr_array, sums: Floats, how: str) -> sp.csr_array:
    """Cells divided by the sum of their row (*activity*) or of their column (*prominence*)."""
    found = cells.tocoo()
    found.data = _ratio(found.data, sums[found.row if how == "activity" else found.col])
    return found.tocsr()


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _average(counts: Counts, aggregation: str, cells: sp.coo_array) -> Floats:
    said = counts.activity()
    return (said[cells.row] + said[cells.col]) / 2.0


def _inner(counts: Counts, aggregation: str) -> Floats:
    return kernel(counts, "ignore" if aggregation == "ignore" else "congruence")


def _cosine(counts: Counts, aggregation: str, cells: sp.coo_array) -> Floats:
    length = np.sqrt(own(counts, _inner(counts, aggregation)))
    return length[cells.row] * length[cells.col]


def _jaccard(counts: Counts, aggregation: str, cells: sp.coo_array) -> Floats:
    weights = _inner(counts, aggregation)
    square = own(counts, weights)
    shared = _at(one_mode(counts, weights), cells)
    return square[cells.row] + square[cells.col] - shared


def _dna_cosine(counts: Counts, aggregation: str, cells: sp.coo_array) -> Floats:
    said = counts.activity()
    return said[cells.row] * said[cells.col]


def _dna_jaccard(counts: Counts, aggregation: str, cells: sp.coo_array) -> Floats:
    said = counts.activity()
    shared = answered(counts)
    both = one_mode(counts, np.eye(len(counts.layers)))
    alone = said[cells.row] + said[cells.col] - _at((shared + shared.T).tocsr(), cells)
    return alone + _at(both, cells)


def _at(matrix: sp.csr_array, cells: sp.coo_array) -> Floats:
    """The values of `matrix` where `cells` has its own."""
    if not len(cells.row):
        return np.zeros(0)
    return np.asarray(matrix[cells.row, cells.col], dtype=np.float64).ravel()


DIVISORS: Mapping[str, Divisor] = {"average": _average, "jaccard": _jaccard, "cosine": _cosine}
DNA_DIVISORS: Mapping[str, Divisor] = {
    "average": _average,
    "jaccard": _dna_jaccard,
    "cosine": _dna_cosine,
}
