"""Networks as networkx graphs, for what others have programmed on those."""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx

from kg.networks.network import COLUMN_SIDE, ROW_SIDE, Network, Node
from kg.networks.ties import ties

Key: TypeAlias = str | tuple[str, str]
TieGraph: TypeAlias = "nx.Graph[Key]"


def to_graph(network: Network) -> TieGraph:
    """A network as an undirected graph: a node for each row (and column), an edge for each tie.

    Nodes are keyed by `Node.id` and have `id`, `label`, `kind`, `mode` (*row* or *column*),
    `bipartite` (0 or 1, as networkx has it) and their own attributes; one that is called as one of
    these becomes “… (attribute)”. An id that stands on both sides of a two-mode network is keyed by
    (mode, id), so that no two nodes become one. Edges have `weight`, `sign` (of the weight, 1 or
    -1) and `tone` (what they say, see `kg.networks.ties`). The graph's attributes say how the
    network was made.

    >>> import scipy.sparse as sp
    >>> sides = (Node("stm", "STM", "body"),), (Node("hotline", "A hotline", "proposition"),)
    >>> graph = to_graph(Network("twomode", *sides, sp.csr_array([[-2.0]])))
    >>> list(graph.edges(data=True))
    [('stm', 'hotline', {'weight': -2.0, 'sign': -1, 'tone': 'oppose'})]
    """
    graph: TieGraph = nx.Graph()
    graph.graph.update(network.made, mode=network.mode)
    rows, columns = keys(network)
    for key, node in zip(rows, network.rows, strict=True):
        _add_node(graph, key, node, ROW_SIDE)
    if network.mode == "twomode":
        for key, node in zip(columns, network.columns, strict=True):
            _add_node(graph, key, node, COLUMN_SIDE)
    every = rows if network.mode == "onemode" else rows + columns
    for tie in ties(network):
        sign = 1 if tie.weight > 0 else -1
        ends = every[tie.source], every[tie.target]
        graph.add_edge(*ends, weight=tie.weight, sign=sign, tone=tie.tone)
    return graph


def keys(network: Network) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """The keys that `to_graph` gives the rows and the columns."""
    rows = tuple(node.id for node in network.rows)
    if network.mode == "onemode":
        return rows, rows
    columns = tuple(node.id for node in network.columns)
    both = set(rows) & set(columns)
    return (
        tuple((ROW_SIDE, one) if one in both else one for one in rows),
        tuple((COLUMN_SIDE, one) if one in both else one for one in columns),
    )


def _add_node(graph: TieGraph, key: Key, node: Node, side: str) -> None:
    graph.add_node(key)
    own = {"id": node.id, "label": node.label, "kind": node.kind, "mode": side}
    own_and_side = {**own, "bipartite": int(side == COLUMN_SIDE)}
    others = {
        f"{name} (attribute)" if name in own_and_side else name: value
        for name, value in node.attributes.items()
    }
    graph.nodes[key].update(own_and_side | others)
