"""A layout for any graph: what is strongly tied stands together, what is not stands apart.

Each connected part begins where the distances along its ties put it (Brandes & Pich 2007,
doi:10.1007/978-3-540-70904-6_6) and then follows the forces of ForceAtlas2 (Jacomy, Venturini,
Heymann & Bastian 2014, doi:10.1371/journal.pone.0098679): all nodes push each other away, more so
where they have many ties or need much room, and ties pull. Ties of opposition hardly pull, so that
camps stand apart. Boxes that overlap are pushed apart (`kg.layout.apart`); parts are set out on
shelves, nodes without a tie below. There are no random numbers, and the result is in whole pixels,
so that equal graphs have equal places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components, dijkstra

from kg.layout.apart import boxes_apart, circles_together, clear_of_lines
from kg.layout.shelves import GAP, Extent, rows, shelves, wide
from kg.networks.network import Floats, Indices

Place: TypeAlias = tuple[float, float]
Tie: TypeAlias = tuple[int, int, float]
"""Two nodes by their numbers and the weight of what ties them; below 0 they are opposed."""

ROOM: Extent = (150.0, 96.0)
"""What a dot with its label needs: width and height."""
STRETCH = 1.25
"""A page is wider than it is high: by so much the drawing is widened, and made lower."""
RATIO = 1.4
"""Several parts together are wider than one by as much."""
DENSITY = 0.43
"""How far from the middle nodes are before boxes are pushed apart: the root of the mean square,
as a share of the side of a square as large as all boxes together."""
WEAKEST = 0.15
"""What a tie of opposition, or the weakest tie, pulls as a share of the strongest tie."""
GRAVITY = 0.2
"""How strongly the middle draws, so that what hangs on one tie does not fly off."""
PIVOTS = 40
ROUNDS, FEWEST_ROUNDS, EFFORT = 120, 40, 1.2e8
"""Effort: the pairs of nodes looked at in all rounds; a larger part has fewer rounds."""
CLEARANCE, MOST_CLEARED = 0.45, 8_000
"""How near a line comes to a node that it passes, as a share of the smallest side of a box; and
nodes times ties of the largest part in which that is looked after."""
FIRST_STEP = 0.2
"""The longest way in the first round, as a share of the size of the drawing."""
TINY = 1e-300
_ROWS = 512  # of the table of pairs that are in memory at once


def spring(
    size: int,
    ties: Sequence[Tie],
    rooms: Extent | Sequence[Extent] = ROOM,
    *,
    stretch: float = STRETCH,
    ratio: float = RATIO,
    gap: float = GAP,
    clear: bool = True,
) -> list[Place]:
    """The place of the middle of each of `size` nodes, in pixels; that of the whole is (0, 0).

    `rooms` is the width and height that a node needs, the same for all or one for each: no two
    rooms overlap. Several ties of one pair add up; one of a node with itself says nothing. Each
    part is `stretch` times as wide as its forces have it, all together are about `ratio` times as
    wide as one; `gap` is the way between parts. With `clear`, nodes of small parts come off the
    lines that pass them.

    >>> spring(3, [(0, 1, 1.0)], (100, 50))
    [(-51.0, -56.0), (51.0, -56.0), (-51.0, 56.0)]
    """
    if not size:
        return []
    need = _rooms(size, rooms)
    pull = pulls(size, ties)
    number, part = connected_components(pull, directed=False)
    order = np.argsort(part, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(part, minlength=number))[:-1])
    together = [nodes for nodes in members if len(nodes) > 1]
    alone = np.array([nodes[0] for nodes in members if len(nodes) == 1], dtype=np.int64)
    blocks = [_part(pull[n][:, n].tocsr(), need[n], stretch, clear) for n in together]
    at = _set_out(together, blocks, np.sort(alone), need, stretch * ratio, gap)
    middle = ((at - need / 2).min(axis=0) + (at + need / 2).max(axis=0)) / 2
    return [(float(x), float(y)) for x, y in np.round(at - middle) + 0.0]


def circles(radii: Floats, ties: Sequence[Tie], *, stretch: float = STRETCH) -> Floats:
    """The middles (nodes × 2) of circles that do not overlap, close together around (0, 0).

    Here all is one part: what no tie leads to hangs on the largest by the weakest tie.

    >>> circles(np.array([5.0, 4.0]), []).round(1).tolist()
    [[-4.0, -0.0], [5.0, 0.0]]
    """
    size = len(radii)
    if size < 2:
        return np.zeros((size, 2))
    _, part = connected_components(pulls(size, ties), directed=False)
    _, firsts = np.unique(part, return_index=True)
    largest = int(radii.argmax())
    threads = [(largest, int(node), 0.0) for node in firsts if part[node] != part[largest]]
    need = np.repeat(2 * radii[:, None], 2, axis=1)
    return circles_together(_spread(pulls(size, [*ties, *threads]), need, stretch), radii)


def _rooms(size: int, rooms: Extent | Sequence[Extent]) -> Floats:
    """Width and height of each node, a pixel larger, as places are rounded in the end."""
    given = np.asarray(rooms, dtype=np.float64)
    return np.broadcast_to(given, (size, 2)) + 1.0


def pulls(size: int, ties: Sequence[Tie]) -> sp.csr_array:
    """How strongly each tie pulls, `WEAKEST` to 1, as a symmetric matrix; 0 for no tie."""
    given = np.array([tie for tie in ties if tie[0] != tie[1]], dtype=np.float64).reshape(-1, 3)
    ends, weights = given[:, :2].astype(np.int64), given[:, 2]
    weights = weights / max(float(np.abs(weights).max(initial=0.0)), TINY)
    keys, place = np.unique(ends.min(axis=1) * size + ends.max(axis=1), return_inverse=True)
    total = np.bincount(place, weights, len(keys))
    most = max(float(np.abs(total).max(initial=0.0)), TINY)
    pull = np.maximum(WEAKEST, np.sqrt(np.maximum(total, 0.0) / most))
    one, other = keys // size, keys % size
    cells = (np.tile(pull, 2), (np.concatenate([one, other]), np.concatenate([other, one])))
    return sp.csr_array(cells, shape=(size, size))


def _part(pull: sp.csr_array, need: Floats, stretch: float, clear: bool) -> Floats:
    """The places of a connected part, no box over another."""
    at = boxes_apart(_spread(pull, need, stretch), need)
    if not clear or len(at) * pull.nnz > 2 * MOST_CLEARED:
        return at
    upper = sp.triu(pull).tocoo()
    ties = np.stack([upper.row, upper.col], axis=1).astype(np.int64)
    return clear_of_lines(at, ties, need, CLEARANCE * float(need.min()))


def _spread(pull: sp.csr_array, need: Floats, stretch: float) -> Floats:
    """The places of a connected part by forces alone, about as large as all its boxes."""
    reach = np.sqrt(need.prod(axis=1))
    at = _forced(_started(pull), pull, reach / reach.mean())
    at = _level(at - at.mean(axis=0)) * np.array([math.sqrt(stretch), 1 / math.sqrt(stretch)])
    spread = math.sqrt(float((at**2).sum(axis=1).mean())) or 1.0
    size = DENSITY * math.sqrt(float(need.prod(axis=1).sum()))
    return np.asarray(at / spread * size, dtype=np.float64)


def _started(pull: sp.csr_array) -> Floats:
    """Places by the distances to a few pivots, each as far as can be from those before it."""
    size = pull.shape[0]
    lengths = pull.copy()
    lengths.data = 1.0 / lengths.data
    far, nearest, pivot = [], np.full(size, np.inf), 0
    for _ in range(min(PIVOTS, size)):
        far.append(dijkstra(lengths, directed=False, indices=np.array([pivot]))[0])
        nearest = np.minimum(nearest, far[-1])
        pivot = int(nearest.argmax())
    squares = np.stack(far, axis=1) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    at = centred @ axes[:, :-3:-1]
    return np.asarray(at / at.std(axis=0).max() + 0.05 * _sunflower(size), dtype=np.float64)


def _sunflower(size: int) -> Floats:
    """Points spread evenly over a disc of radius 1: nodes of equal distances need a difference."""
    place = np.arange(size)
    angle, radius = place * math.pi * (3 - math.sqrt(5)), np.sqrt((place + 0.5) / size)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _forced(at: Floats, pull: sp.csr_array, reach: Floats) -> Floats:
    """Follow the forces, each round in smaller steps."""
    size = len(at)
    rounds = int(min(ROUNDS, max(FEWEST_ROUNDS, EFFORT / size**2))) if size > 2 else 0
    cells = pull.tocoo()
    ends = cells.row.astype(np.int64), cells.col.astype(np.int64), cells.data
    mass = reach * (1.0 + pull.sum(axis=1))
    for step in np.linspace(FIRST_STEP, 0.0, rounds, endpoint=False):
        force = _pushed(at, mass) + _pulled(at, ends) - GRAVITY * at * mass[:, None]
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        most = step * math.sqrt(float((at**2).sum(axis=1).mean()))
        at = at + force * (np.minimum(length, most) / length)[:, None]
    return at


def _pushed(at: Floats, mass: Floats) -> Floats:
    """All push all: by the product of their masses, divided by how far they are apart."""
    force = np.empty_like(at)
    for start in range(0, len(at), _ROWS):
        some = slice(start, start + _ROWS)
        gaps = [at[some, None, axis] - at[None, :, axis] for axis in (0, 1)]
        share = mass[None, :] / np.maximum(gaps[0] ** 2 + gaps[1] ** 2, 1e-6)
        for axis in (0, 1):
            force[some, axis] = np.einsum("ij,ij->i", gaps[axis], share) * mass[some]
    return force


def _pulled(at: Floats, ends: tuple[Indices, Indices, Floats]) -> Floats:
    """Ties pull the more, the longer they are."""
    one, other, pull = ends
    gap = at[other] - at[one]
    force = gap * pull[:, None]
    return np.stack([np.bincount(one, force[:, axis], len(at)) for axis in (0, 1)], axis=1)


def _level(at: Floats) -> Floats:
    """Turn the drawing so that it is widest from left to right, its first node on the left."""
    _, _, axes = np.linalg.svd(at, full_matrices=False)
    turned: Floats = at @ axes.T
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _set_out(
    together: Sequence[Indices],
    blocks: Sequence[Floats],
    alone: Indices,
    need: Floats,
    ratio: float,
    gap: float,
) -> Floats:
    """Parts on shelves, and what has no tie in rows below."""
    at = np.zeros_like(need)
    corners = [(b - need[n] / 2).min(axis=0) for n, b in zip(together, blocks, strict=True)]
    ends = [(b + need[n] / 2).max(axis=0) for n, b in zip(together, blocks, strict=True)]
    extents = [(float(w), float(h)) for w, h in (e - c for c, e in zip(corners, ends, strict=True))]
    room = need[alone].max(axis=0) if len(alone) else np.ones(2)
    area = sum(w * h for w, h in extents) + len(alone) * float(room.prod())
    width = max([wide(area, ratio), *(w for w, _ in extents)])
    tops = shelves(extents, width, gap)
    for nodes, block, corner, top in zip(together, blocks, corners, tops, strict=True):
        at[nodes] = block - corner + np.array(top)
    low = max((y + h + gap for (_, y), (_, h) in zip(tops, extents, strict=True)), default=0.0)
    at[alone] = rows(len(alone), (float(room[0]), float(room[1])), width) + np.array([0.0, low])
    return at
