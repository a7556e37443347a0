"""How far each actor is for and against each concept: what contest and agreement are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.errors import InputError
from kg.networks.counts import Counts
from kg.networks.events import Qualifier
from kg.networks.network import Floats, Node


@dataclass(frozen=True)
class Stances:
    """For each actor (row) and concept (column) three matrices, and who and what they are.

    `said` counts statements. `support` and `oppose`, from 0 to 1, are the means of what the
    statements say for and against: a statement of level v on the scale from -1 to 1 adds max(v, 0)
    and max(-v, 0). So each actor weighs the same however much it says; one that says both splits
    its weight; a qualified stance weighs by its degree, and an undecided one nothing.
    """

    actors: tuple[Node, ...]
    concepts: tuple[Node, ...]
    said: Floats
    support: Floats
    oppose: Floats

    def net(self) -> Floats:
        """Support - opposition, from -1 to 1; 0 also where nothing was said."""
        return self.support - self.oppose


def stances(counts: Counts) -> Stances:
    """The stances behind counts; raises `InputError` where the qualifier has no for and against."""
    shares = scale(counts.qualifier)
    shape = (len(counts.rows), len(counts.columns))
    said, support, oppose = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for layer, share in zip(counts.layers, shares, strict=True):
        dense = layer.toarray()
        said += dense
        support += dense * max(share, 0.0)
        oppose += dense * max(-share, 0.0)
    spoken = np.maximum(said, 1.0)
    return Stances(counts.rows, counts.columns, said, support / spoken, oppose / spoken)


def scale(qualifier: Qualifier) -> tuple[float, ...]:
    """The levels on a scale from -1 to 1.

    The length of the scale is its span if that reaches all levels from 0, else the level farthest
    from 0. Raises `InputError` where no level is against.

    >>> scale(Qualifier("strength", "number", (-3.0, 1.0, 2.0), span=6.0))[0]
    -1.0
    """
    if qualifier.kind in ("category", "none"):
        raise InputError(
            "This measure needs to know who is for and who against: choose a qualifier that is "
            "boolean or a number"
        )
    levels = [float(level) for level in qualifier.levels]
    farthest = max((abs(level) for level in levels), default=0.0)
    whole = qualifier.span / 2
    if farthest > whole and min(levels) >= 0:
        raise InputError(
            f"No level of {qualifier.name} is below 0, so none says who is against: choose a "
            "qualifier with a scale around 0"
        )
    return tuple(level / max(whole, farthest) for level in levels) if farthest else tuple(levels)
