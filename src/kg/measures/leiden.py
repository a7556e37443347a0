"""Leiden on a sparse matrix of ties: one run, equal for equal ties and seed."""

from __future__ import annotations

import graspologic_native
import numpy as np
import scipy.sparse as sp

from kg.networks.network import Indices

ITERATIONS = 10
"""How often Leiden starts again from its own result."""


def leiden(ties: sp.csr_array, resolution: float = 1.0, seed: int = 0) -> Indices:
    """The community of each node (Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z).

    `ties` is symmetric with no weight below 0. A node without a tie is a community by itself. A
    higher `resolution` gives more and smaller communities.

    >>> leiden(sp.csr_array([[0.0, 1.0], [1.0, 0.0]])).tolist()
    [0, 0]
    """
    if not ties.nnz:
        return np.arange(ties.shape[0])
    _, found = graspologic_native.leiden_csr(
        ties.indptr.astype(np.int64),
        ties.indices.astype(np.int32),
        ties.data.astype(np.float64),
        ties.shape[0],
        resolution=resolution,
        iterations=ITERATIONS,
        seed=seed,
    )
    return np.array([found[node] for node in range(ties.shape[0])], dtype=np.int64)
