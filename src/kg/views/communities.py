"""A network too large to be drawn whole: its communities, what they are called, what ties them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse as sp

from kg.layout.bubbles import bubbles
from kg.layout.clusters import Group
from kg.layout.shelves import Extent
from kg.layout.spring import ROOM, Place, Tie
from kg.networks.disparity import disparity
from kg.networks.network import Network, Node, sparse
from kg.statements import Label
from kg.views.texts import interface, phrase
from kg.views.view import Cluster

NAMED, LONGEST = 2, 40
"""Members that a community is named after, and the most letters of each name."""
LEVEL = 0.05
"""What the disparity filter takes for chance."""


@dataclass(frozen=True)
class Communities:
    """Clusters, each node's innermost one and place, and what a reader should know of them.

    `backbone` has the pairs of outermost clusters (by place, lower first) whose ties are stronger
    than chance.
    """

    clusters: tuple[Cluster, ...]
    cluster_of: tuple[int, ...]
    places: tuple[Place, ...]
    notes: tuple[Label, ...]
    backbone: tuple[tuple[int, int], ...]


def communities(names: Sequence[Label], ties: Sequence[Tie], room: Extent = ROOM) -> Communities:
    """Group nodes by their ties, so that a page can show groups that open.

    `names` has one for each node; `ties` are as in `kg.layout.spring`.
    """
    found = bubbles(len(names), ties, room)
    clusters = tuple(
        Cluster(
            _label(group, names),
            bubble.x,
            bubble.y,
            bubble.radius,
            len(group.members),
            group.parent,
        )
        for group, bubble in zip(found.groups, found.bubbles, strict=True)
    )
    backbone = _backbone(found.groups, found.group_of, ties)
    notes = _notes(found.groups, len(names), bool(backbone))
    return Communities(clusters, found.group_of, found.places, notes, backbone)


def numbered(number: int) -> Label:
    """A number with its thousands apart, as each language has it.

    >>> numbered(1203).en
    '1,203'
    """
    spaced = f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
    return Label(f"{number:,}", spaced, spaced)


def _label(group: Group, names: Sequence[Label]) -> Label:
    """The best-tied members and how many more; and what the group is, if not made by ties."""
    first = [_short(names[member]) for member in group.members[:NAMED]]
    rest = len(group.members) - NAMED
    if rest > 0:
        called = phrase("cluster.more", a=first[0], b=first[1], n=numbered(rest))
    else:
        called = phrase("cluster.pair", a=first[0], b=first[1]) if rest == 0 else first[0]
    return called if group.origin == "found" else phrase(f"cluster.{group.origin}", a=called)


def _short(name: Label) -> Label:
    return Label(*(_cut(text) for text in (name.en, name.fi, name.sv)))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _notes(groups: Sequence[Group], size: int, backbone: bool) -> tuple[Label, ...]:
    there = {group.origin for group in groups} | ({"backbone"} if backbone else set())
    told = ("backbone", "gathered", "cut")
    more = [interface()[f"cluster.note.{one}"] for one in told if one in there]
    return (phrase("cluster.note.found", n=numbered(size)), *more)


def _backbone(
    groups: Sequence[Group], group_of: Sequence[int], ties: Sequence[Tie]
) -> tuple[tuple[int, int], ...]:
    """The ties of outermost groups that pass the disparity filter (Serrano et al. 2009)."""
    top = [place for place, group in enumerate(groups) if group.parent is None]
    outermost = np.arange(len(groups))
    for place, group in enumerate(groups):
        if group.parent is not None:
            outermost[place] = outermost[group.parent]
    nodes = tuple(Node(str(place), "", "community") for place in top)
    whole = Network("onemode", nodes, nodes, _between(outermost[list(group_of)], len(top), ties))
    kept = disparity(whole, LEVEL).matrix.tocoo()
    pairs = zip(kept.row.tolist(), kept.col.tolist(), strict=True)
    return tuple(sorted((top[a], top[b]) for a, b in pairs if a < b))


def _between(
    outermost: np.typing.NDArray[np.int64], size: int, ties: Sequence[Tie]
) -> sp.csr_array:
    """How strongly outermost groups are tied, as a symmetric matrix; signs do not count."""
    given = np.array(ties, dtype=np.float64).reshape(-1, 3)
    one, other = (outermost[given[:, end].astype(np.int64)] for end in (0, 1))
    apart = one != other
    ends = np.concatenate([one[apart], other[apart]])
    weights = np.tile(np.abs(given[apart, 2]), 2)
    return sparse(weights, ends, np.roll(ends, int(apart.sum())), (size, size))
