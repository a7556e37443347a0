"""Networks for tests of measures, from plain matrices and from networkx graphs."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
import scipy.sparse as sp

from kg.measures.measure import Measure
from kg.networks.network import Floats, Network, Node

Cells = Sequence[Sequence[float]] | Floats


def one_mode_of(cells: Cells) -> Network:
    """A one-mode network of nodes n0, n1, …"""
    matrix = np.asarray(cells, dtype=np.float64)
    nodes = nodes_of("n", len(matrix))
    return Network("onemode", nodes, nodes, sp.csr_array(matrix))


def two_mode_of(cells: Cells) -> Network:
    """A two-mode network of rows r0, r1, … and columns c0, c1, …"""
    matrix = np.asarray(cells, dtype=np.float64)
    rows, columns = matrix.shape
    return Network("twomode", nodes_of("r", rows), nodes_of("c", columns), sp.csr_array(matrix))


def nodes_of(letter: str, count: int) -> tuple[Node, ...]:
    return tuple(Node(f"{letter}{number}", f"{letter}{number}", "actor") for number in range(count))


def matrix_of(graph: nx.Graph[int]) -> Floats:
    """The weights of a graph whose nodes are 0, 1, …"""
    return np.asarray(nx.to_numpy_array(graph, nodelist=range(len(graph))), dtype=np.float64)


def random_ties(nodes: int, share: float, seed: int, signed: bool = False) -> Floats:
    """Symmetric ties of random weight between a share of the pairs."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.uniform(0.5, 4.0, (nodes, nodes)) * (rng.random((nodes, nodes)) < share), 1)
    if signed:
        upper = upper * rng.choice([-1.0, 1.0], upper.shape)
    return np.asarray(upper + upper.T, dtype=np.float64)


def two_cliques(size: int) -> Floats:
    """Two groups of `size` with a tie of 1 between all within, and none between."""
    block = np.ones((size, size)) - np.eye(size)
    return np.asarray(sp.block_diag([block, block]).toarray(), dtype=np.float64)


def numbers(column: Sequence[Measure]) -> list[float]:
    """The values of measures that are all defined."""
    values = [one.value for one in column]
    assert None not in values
    return [value for value in values if value is not None]
