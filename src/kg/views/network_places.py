"""Where the nodes of a network stand in a drawing: computed once, so that it never moves by itself.

Each connected part is laid out by its ties (Fruchterman & Reingold 1991,
doi:10.1002/spe.4380211102), from a fixed seed: strong ties pull, ties of opposition hardly do, so
that camps stand apart. Parts are then set out in rows, the largest first, and nodes without a
tie below. Units are pixels at scale 1; y grows down; whole numbers, so that equal networks have
equal places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np

from kg.networks.network import Floats, Network
from kg.networks.ties import Tie, ties

Place: TypeAlias = tuple[float, float]

SEED = 1
ROOM = (150.0, 96.0)
"""What a node with its label needs: width and height."""
PITCH = 85.0
"""How far apart the nodes of a part stand, on average."""
STRETCH = (1.25, 0.8)
"""A page is wider than it is high."""
GAP = 60.0
ROUNDS, FEW_ROUNDS, MANY = 300, 30, 400
# What a tie of opposition pulls, as a share of the strongest tie.
OPPOSED = 0.15


def places(network: Network) -> list[Place]:
    """The place of each node of `network.nodes()`; the middle of the whole is (0, 0)."""
    graph = _graph(network)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    blocks = [_part(graph, sorted(part)) for part in parts if len(part) > 1]
    alone = sorted(node for part in parts if len(part) == 1 for node in part)
    width = max([_width(blocks), *(_extent(block)[0] for _, block in blocks), ROOM[0]])
    placed, height = _shelves(blocks, width)
    placed.update(_rows(alone, width, height))
    if not placed:
        return []
    found = np.array([placed[node] for node in range(len(network.nodes()))])
    middle = (found.min(axis=0) + found.max(axis=0)) / 2
    return [(float(round(x)), float(round(y))) for x, y in found - middle]


def _graph(network: Network) -> nx.Graph[int]:
    """The network with the pull of each tie."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes())))
    found = ties(network)
    most = max((abs(tie.weight) for tie in found), default=1.0)
    for tie in found:
        graph.add_edge(tie.source, tie.target, pull=_pull(tie, most))
    return graph


def _pull(tie: Tie, most: float) -> float:
    return OPPOSED if tie.weight < 0 else max(OPPOSED, math.sqrt(tie.weight / most))


Block: TypeAlias = tuple[Sequence[int], Floats]
"""Nodes, and their places: nodes × 2."""


def _part(graph: nx.Graph[int], nodes: Sequence[int]) -> Block:
    rounds = ROUNDS if len(nodes) < MANY else FEW_ROUNDS
    start = _circle(nodes)
    found = nx.spring_layout(
        graph.subgraph(nodes), pos=start, weight="pull", iterations=rounds, seed=SEED
    )
    at = np.array([found[node] for node in nodes], dtype=np.float64)
    spread = _level(at - at.mean(axis=0))
    size = math.sqrt(float((spread**2).sum(axis=1).mean())) or 1.0
    scaled = spread / size * PITCH * math.sqrt(len(nodes)) * np.array(STRETCH) * 0.7
    return nodes, _apart(scaled) if len(nodes) < MANY else scaled


def _level(at: Floats) -> Floats:
    """Turn the drawing so that it is widest from left to right, its first node on the left."""
    _, _, axes = np.linalg.svd(at, full_matrices=False)
    turned: Floats = at @ axes.T
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _circle(nodes: Sequence[int]) -> dict[int, Place]:
    """Where the nodes start: no random numbers, so that no version of a library changes them."""
    step = 2 * math.pi / len(nodes)
    return {node: (math.cos(i * step), math.sin(i * step)) for i, node in enumerate(nodes)}


def _apart(at: Floats) -> Floats:
    """Push nodes apart until no two labels lie over each other, or a hundred times."""
    at = at.copy()
    for _ in range(100):
        gap = at[:, None, :] - at[None, :, :]
        over = np.array(ROOM) - np.abs(gap)
        np.einsum("iik->ik", over)[:] = 0.0
        touching = np.all(over > 0, axis=2)
        if not touching.any():
            break
        # The shorter way out; of two in one place the later one goes right.
        order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None, :])
        side = np.where(gap == 0, order[:, :, None], np.sign(gap))
        sideways = over[:, :, 0] < over[:, :, 1]
        push = np.where(
            np.stack([sideways, ~sideways], axis=2) & touching[:, :, None], over * side / 2, 0.0
        )
        at += push.sum(axis=1) / np.maximum(1, touching.sum(axis=1))[:, None]
    return at


def _extent(at: Floats) -> tuple[float, float]:
    size = at.max(axis=0) - at.min(axis=0)
    return float(size[0]) + ROOM[0], float(size[1]) + ROOM[1]


def _width(blocks: Sequence[Block]) -> float:
    """The width of a page that is about twice as wide as high."""
    area = sum(width * height for width, height in (_extent(at) for _, at in blocks))
    return math.sqrt(2 * area)


def _shelves(blocks: Sequence[Block], width: float) -> tuple[dict[int, Place], float]:
    """The parts side by side in rows of `width`; and how high the rows are together."""
    placed: dict[int, Place] = {}
    x = y = tallest = 0.0
    for nodes, at in blocks:
        wide, high = _extent(at)
        if x and x + wide > width + 1:
            x, y, tallest = 0.0, y + tallest + GAP, 0.0
        shifted = at - at.min(axis=0) + np.array([x + ROOM[0] / 2, y + ROOM[1] / 2])
        placed.update({n: (float(a), float(b)) for n, (a, b) in zip(nodes, shifted, strict=True)})
        x, tallest = x + wide + GAP, max(tallest, high)
    return placed, y + tallest + (GAP if blocks else 0.0)


def _rows(nodes: Sequence[int], width: float, top: float) -> dict[int, Place]:
    """Nodes without a tie in rows below the rest."""
    fits = max(1, int(width // ROOM[0])) if top else max(1, math.ceil(math.sqrt(2 * len(nodes))))
    return {
        node: ((i % fits + 0.5) * ROOM[0], top + (i // fits + 0.5) * ROOM[1])
        for i, node in enumerate(nodes)
    }
