"""Many nodes as communities within communities, down to what a drawing can show at once.

Leiden (`kg.measures.leiden`) parts the nodes by their ties, then each community that is still too
large by the ties inside it, with a higher resolution where the first finds nothing. What no
resolution parts is cut: the best-tied first, in equal pieces, and the group says so. Communities
of a few nodes are gathered in one group, as are those beyond the largest `MOST_GROUPS`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import scipy.sparse as sp

from kg.layout.spring import Tie
from kg.measures.leiden import leiden
from kg.networks.network import Indices, sparse

Origin: TypeAlias = Literal["found", "gathered", "cut"]

MOST_MEMBERS = 150
"""A group of more is parted further."""
MOST_GROUPS = 40
"""Groups side by side."""
FEWEST, SHARE = 4, 1000
"""A community is gathered with others if it has fewer nodes, or less than one in so many."""
RESOLUTIONS = (1.0, 2.0, 4.0, 8.0)
SHRUNK = 0.8
"""A parting counts as one if the largest part has no more than this share of the whole."""
Part: TypeAlias = tuple[Indices, Origin]
Waiting: TypeAlias = tuple[int | None, Indices, Origin]

PIECES = 12
"""Pieces into which a group is cut at most, at a time."""


@dataclass(frozen=True)
class Group:
    """Nodes that belong together: its parent's place in the list, its members, best-tied first.

    `members` are those at any depth; the order is that of their ties within the group. *found* by
    its ties, *gathered* from small communities, or *cut* from a group that ties do not part.
    """

    parent: int | None
    members: tuple[int, ...]
    origin: Origin
    leaf: bool


def groups(size: int, ties: Sequence[Tie]) -> tuple[Group, ...]:
    """The groups of `size` nodes, each parent before its own, larger ones first.

    Each node is in one leaf. Ties of opposition bind nobody and are left out. Equal ties give
    equal groups.

    >>> [group.members for group in groups(5, [(0, 1, 1.0), (1, 2, 2.0)])]
    [(1, 2, 0, 3, 4)]
    """
    binding = _binding(size, ties)
    found: list[Group] = []
    # This list grows while it is read: level by level.
    waiting: list[Waiting] = [(None, *part) for part in _parts(binding, np.arange(size))]
    for parent, members, origin in waiting:
        leaf = len(members) <= MOST_MEMBERS
        found.append(Group(parent, _ranked(binding, members), origin, leaf))
        if not leaf:
            waiting += [(len(found) - 1, *part) for part in _parts(binding, members)]
    return tuple(found)


def _binding(size: int, ties: Sequence[Tie]) -> sp.csr_array:
    """The ties above 0 as a symmetric matrix; several of one pair add up."""
    given = [tie for tie in ties if tie[0] != tie[1] and tie[2] > 0]
    one, other, weights = np.array(given, dtype=np.float64).reshape(-1, 3).T
    ends = np.concatenate([one, other]).astype(np.int64)
    return sparse(np.tile(weights, 2), ends, np.roll(ends, len(given)), (size, size))


def _ranked(binding: sp.csr_array, members: Indices) -> tuple[int, ...]:
    """Members by what ties them to the others of the group, the most first."""
    inside = np.asarray(binding[members][:, members].sum(axis=1)).ravel()
    return tuple(members[np.lexsort((members, -inside))].tolist())


def _parts(binding: sp.csr_array, members: Indices) -> list[Part]:
    """The groups right below a group, the largest first, what is gathered last."""
    if len(members) <= MOST_MEMBERS:
        return [(members, "found")] if len(members) else []
    inside = binding[members][:, members].tocsr()
    for resolution in RESOLUTIONS:
        parts = _gathered(_communities(leiden(inside, resolution)))
        if max(len(part) for part, _ in parts) <= SHRUNK * len(members):
            return [(members[part], origin) for part, origin in parts]
    return [(members[piece], "cut") for piece in _cut(inside)]


def _cut(inside: sp.csr_array) -> list[Indices]:
    """Equal pieces of a group, along its communities and in these by ties."""
    order = np.concatenate([_ranked(inside, part) for part in _communities(leiden(inside))])
    pieces = min(PIECES, math.ceil(len(order) / MOST_MEMBERS))
    return np.array_split(order.astype(np.int64), pieces)


def _communities(labels: Indices) -> list[Indices]:
    """The nodes of each community, the largest first; of two equal ones that of the first node."""
    order = np.argsort(labels, kind="stable")
    found = np.split(order, np.cumsum(np.bincount(labels))[:-1])
    return sorted((part for part in found if len(part)), key=lambda part: (-len(part), part[0]))


def _gathered(communities: Sequence[Indices]) -> list[Part]:
    """The communities, where those that are small or too many are one."""
    least = max(FEWEST, sum(map(len, communities)) // SHARE)
    many = [part for part in communities[: MOST_GROUPS - 1] if len(part) >= least]
    few = communities[len(many) :]
    parts: list[Part] = [(part, "found") for part in many]
    if len(few) == 1:
        parts.append((few[0], "found"))
    elif few:
        parts.append((np.sort(np.concatenate(few)), "gathered"))
    return parts
