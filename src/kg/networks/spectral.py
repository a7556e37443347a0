"""How far two networks are from each other, by the eigenvalues of their Laplacians.

The Laplacian of a one-mode network with ties W ≥ 0 is L = D - W, with the sums of rows on the
diagonal D. Its eigenvalues, divided by their sum, add up to 1 (Braunstein, Ghosh & Severini 2006,
doi:10.1007/s00026-006-0289-3, call L/tr L the density matrix of a graph), so that networks are
compared by their shape and not by how much was said. Ties below 0 count as none.

DNA describes its spectral distance so, but subtracts W from a matrix that its library (ojAlgo 51)
never changes, and drops the result: what it compares are the eigenvalues of D, which are the sums
of rows. *degrees* gives these, for results as of DNA 3.1.2. What both call a Euclidean distance is
the sum of the absolute differences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.errors import InputError
from kg.networks.network import Floats, Network

SPECTRA = ("laplacian", "degrees")
DISTANCES = ("absolute", *SPECTRA)
"""*absolute*: Σ |w - w'| over all cells. The others: see the head of this module."""


def spectrum(ties: Floats, kind: str = "laplacian") -> Floats:
    """Eigenvalues of one or many matrices (… × n × n), the largest first, divided by their sum.

    All are 0 where there are no ties.

    >>> spectrum(np.array([[0.0, 2.0], [2.0, 0.0]])).tolist()
    [1.0, 0.0]
    """
    positive = np.maximum(ties, 0.0)
    degrees = positive.sum(axis=-1)
    if kind == "degrees":
        values = np.sort(degrees, axis=-1)
    else:
        diagonal = degrees[..., None] * np.eye(degrees.shape[-1])
        values = np.linalg.eigvalsh(diagonal - positive)
    total = degrees.sum(axis=-1, keepdims=True)
    shares = np.divide(values[..., ::-1], total, out=np.zeros_like(values), where=total > 0)
    return np.asarray(shares, dtype=np.float64)


def loss(one: Floats, other: Floats) -> Floats:
    """The sum of absolute differences of spectra (… × n); from 0 to 2."""
    return np.asarray(np.abs(one - other).sum(axis=-1), dtype=np.float64)


def distances(networks: Sequence[Network], measure: str = "laplacian") -> Floats:
    """How far networks of the same nodes are from each other, networks × networks.

    What phases of a debate are found by, after Masuda & Holme (2019,
    doi:10.1038/s41598-018-37534-2). Raises `InputError` unless all have the same nodes, or where a
    spectrum is asked of two-mode networks.
    """
    if measure not in DISTANCES:
        raise InputError(f"“{measure}” is no distance: use one of {', '.join(DISTANCES)}")
    if len({(one.rows, one.columns) for one in networks}) > 1:
        raise InputError("Only networks of the same nodes can be compared: keep isolates in all")
    if measure == "absolute":
        cells = [one.dense().ravel() for one in networks]
        return np.array([[np.abs(one - other).sum() for other in cells] for one in cells])
    if any(one.mode == "twomode" for one in networks):
        raise InputError("Two-mode networks have no spectrum here: use the distance “absolute”")
    spectra = [spectrum(one.dense(), measure) for one in networks]
    return np.array([[float(loss(one, other)) for other in spectra] for one in spectra])
