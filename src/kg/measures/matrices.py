"""What a measure asks of a network before it reads the matrix."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from kg.errors import InputError
from kg.networks.network import Floats, Indices, Network


def ties(network: Network, measure: str) -> Floats:
    """The matrix of a network whose ties are similarities, rows × columns.

    Raises `InputError` for ties below 0 and for the codes of *combine*.
    """
    if network.made.get("aggregation") == "combine":
        raise InputError(
            f"{measure} needs ties that are amounts, and combine gives codes: use ignore"
        )
    matrix = network.dense()
    if matrix.size and matrix.min() < 0:
        raise InputError(
            f"{measure} needs ties of 0 or more: use congruence, conflict or ignore "
            "instead of subtract"
        )
    return matrix


def square(network: Network, measure: str) -> Floats:
    """The matrix of a one-mode network, rows × rows, of whatever sign.

    Raises `InputError` for a two-mode network.
    """
    if network.mode != "onemode":
        raise InputError(f"{measure} needs a one-mode network: use --type onemode")
    return network.dense()


def similarities(network: Network, measure: str) -> Floats:
    """The matrix of a one-mode network of similarities; raises as `ties` and `square` do."""
    square(network, measure)
    return ties(network, measure)


def adjacency(network: Network, measure: str) -> Floats:
    """Ties between all nodes, rows and then columns: of a two-mode network [[0, M], [Mᵀ, 0]]."""
    matrix = ties(network, measure)
    if network.mode == "onemode":
        return matrix
    rows, columns = matrix.shape
    whole = np.zeros((rows + columns, rows + columns))
    whole[:rows, rows:] = matrix
    whole[rows:, :rows] = matrix.T
    return whole


def components(matrix: Floats) -> tuple[int, Indices]:
    """How many connected components the ties make, and the number of each node's."""
    found, labels = connected_components(sp.csr_array(matrix != 0), directed=False)
    return int(found), np.asarray(labels, dtype=np.int64)
