"""Camps: nodes parted into groups, and the search for the parting that is best by some gain.

What is best is Σ gain(i,j) over all pairs in the same camp, with a symmetric matrix of gains: the
modularity matrix for polarisation, the signed ties for structural balance. To find it is NP-hard
(modularity: Brandes et al. 2008, doi:10.1109/TKDE.2007.190689), so small cases are counted out and
larger ones searched from several seeded starts, which finds a good parting but cannot prove that
there is no better one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.networks.network import Floats, Indices, Node

# Up to so many partings are counted out: two camps of 18 nodes, three of 11.
MOST_COUNTED = 2**17
STARTS = 12
"""From how many random partings the search starts."""

_CHUNK = 2**13
_SAME = 1e-9


@dataclass(frozen=True)
class Camps:
    """Which camp each node is in, from 0 for the largest; None for a node without a tie."""

    nodes: tuple[Node, ...]
    labels: tuple[int | None, ...]

    def members(self) -> tuple[tuple[Node, ...], ...]:
        """The nodes of each camp."""
        pairs = list(zip(self.nodes, self.labels, strict=True))
        return tuple(
            tuple(node for node, label in pairs if label == camp) for camp in range(self.count())
        )

    def count(self) -> int:
        """How many camps there are."""
        return len(set(self.labels) - {None})

    def of(self, node: str) -> int | None:
        """The camp of the node with this id."""
        ids = [one.id for one in self.nodes]
        return self.labels[ids.index(node)]


@dataclass(frozen=True)
class Parting:
    """A found parting: its labels, Σ gain within camps (each pair twice), and if none is better."""

    labels: Indices
    gain: float
    exact: bool


def camps_of(nodes: Sequence[Node], labels: Indices, among: Indices | None = None) -> Camps:
    """Labels as camps, numbered by size and then by their first node.

    `among` says which nodes the labels are of; the others have no camp.

    >>> nodes = [Node(name, name, "body") for name in "abc"]
    >>> camps_of(nodes, np.array([5, 2, 2])).labels
    (1, 0, 0)
    """
    places = range(len(nodes)) if among is None else among.tolist()
    sizes = {label: int(np.count_nonzero(labels == label)) for label in labels.tolist()}
    ordered = sorted(sizes, key=lambda label: (-sizes[label], labels.tolist().index(label)))
    numbered = {label: number for number, label in enumerate(ordered)}
    found = dict(zip(places, (numbered[one] for one in labels.tolist()), strict=True))
    return Camps(tuple(nodes), tuple(found.get(place) for place in range(len(nodes))))


def best_parting(gains: Floats, camps: int, seed: int = 0, starts: int = STARTS) -> Parting:
    """The best parting into at most `camps` camps, by counting out or by search.

    The search moves one node after the other to where it gains most, be it a loss, and goes back
    to the best parting on the way, until that helps no more (Kernighan & Lin 1970,
    doi:10.1002/j.1538-7305.1970.tb01770.x). It starts from all in one camp, from the leading
    eigenvector and from `starts` random partings. Equal `seed`, equal result.
    """
    pairs = gains - np.diag(np.diag(gains))
    if camps ** max(len(pairs) - 1, 0) <= MOST_COUNTED:
        labels = _counted_out(pairs, camps)
        return Parting(labels, within(gains, labels), True)
    rng = np.random.default_rng(seed)
    best, most = np.zeros(len(pairs), dtype=np.int64), -np.inf
    for start in _starts(pairs, camps, starts, rng):
        labels = _improved(pairs, start, camps)
        found = within(gains, labels)
        if found > most + _SAME * abs(most if np.isfinite(most) else 0.0):
            best, most = labels, found
    return Parting(best, most, False)


def within(gains: Floats, labels: Indices) -> float:
    """Σ gain(i,j) over ordered pairs in the same camp, the diagonal included."""
    return float(gains[labels[:, None] == labels[None, :]].sum())


def _counted_out(gains: Floats, camps: int) -> Indices:
    """The best of all partings; of equally good ones the first in the order of counting."""
    nodes = len(gains)
    best, most = np.zeros(nodes, dtype=np.int64), -np.inf
    powers = camps ** np.arange(max(nodes - 1, 0), dtype=np.int64)
    total = camps ** max(nodes - 1, 0)
    same = _SAME * float(np.abs(gains).sum())
    for first in range(0, total, _CHUNK):
        codes = np.arange(first, min(first + _CHUNK, total))
        # The first node is in camp 0: that a camp is called otherwise makes no other parting.
        labels = np.zeros((len(codes), nodes), dtype=np.int64)
        labels[:, 1:] = codes[:, None] // powers % camps
        inside = [(labels == camp).astype(np.float64) for camp in range(camps)]
        found = sum((((one @ gains) * one).sum(axis=1) for one in inside), start=np.zeros(1))
        place = int(np.argmax(found))
        if found[place] > most + same:
            best, most = labels[place], float(found[place])
    return best


def _starts(gains: Floats, camps: int, starts: int, rng: np.random.Generator) -> Iterator[Indices]:
    yield np.zeros(len(gains), dtype=np.int64)
    leading = np.linalg.eigh(gains)[1][:, -1]
    ranks = np.argsort(np.argsort(leading, kind="stable"), kind="stable")
    yield (leading < 0).astype(np.int64)
    yield ranks * camps // len(gains)
    for _ in range(starts):
        yield rng.integers(camps, size=len(gains))


def _improved(gains: Floats, labels: Indices, camps: int) -> Indices:
    while True:
        after, gained = _round(gains, labels, camps)
        if gained <= _SAME * float(np.abs(gains).sum()):
            return labels
        labels = after


def _round(gains: Floats, labels: Indices, camps: int) -> tuple[Indices, float]:
    """Move each node once, the best move first; the best parting on the way, and what it gains."""
    nodes = len(gains)
    labels = labels.copy()
    pulls = gains @ (labels[:, None] == np.arange(camps)[None, :]).astype(np.float64)
    everyone = np.arange(nodes)
    staying = pulls[everyone, labels]
    # What a move gains; no move to one's own camp, and none of a node that has moved.
    moves = pulls - staying[:, None]
    moves[everyone, labels] = -np.inf
    path: list[tuple[int, int]] = []
    gained, best, length = 0.0, 0.0, 0
    for _ in range(nodes):
        node, camp = (int(one) for one in np.unravel_index(np.argmax(moves), moves.shape))
        old = int(labels[node])
        gained += moves[node, camp]
        path.append((node, old))
        labels[node] = camp
        _update(moves, gains[node], labels, old, camp)
        moves[node] = -np.inf
        if gained > best:
            best, length = gained, len(path)
    for node, old in reversed(path[length:]):
        labels[node] = old
    return labels, best


def _update(moves: Floats, pull: Floats, labels: Indices, old: int, new: int) -> None:
    """Bring the gains of all moves up to date after a node went from `old` to `new`."""
    moves[:, old] -= pull
    moves[:, new] += pull
    moves[labels == old] += pull[labels == old, None]
    moves[labels == new] -= pull[labels == new, None]
