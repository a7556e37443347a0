"""Camps among bodies: who stands together, on what that rests, and if it is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
import numpy.typing as npt

from kg.measures.agreement import Agreement, agreements
from kg.measures.balance import Frustration, Triangles, frustration, triangles
from kg.measures.communities import Communities, communities
from kg.networks.counts import Counts
from kg.networks.events import Events
from kg.networks.network import Floats, Node
from kg.networks.recipe import Recipe, network_of
from kg.report.pairs import DUPLICATES

FEWEST_BODIES = 4
FEWEST_SHARED = 3
"""Fewer bodies with ties, or propositions that a tied pair shares (median), are too few."""
SURE = 0.8
"""From which share on camps that stay the same are called steady."""

# Leaving out one proposition after the other takes a search for each: only where that is quick.
_MOST_BODIES, _MOST_PROPOSITIONS = 12, 400


@dataclass(frozen=True)
class Steadiness:
    """In how many of `tried` cases the camps stay when one proposition is left out."""

    same: int
    tried: int


@dataclass(frozen=True)
class CampsFound:
    """Groups by agreement alone and camps by agreement and disagreement, of the same bodies.

    `positive` and `negative` are pairs that agree on more propositions than they are opposed on,
    and the reverse. `shared` is the median of the propositions on which a tied pair takes sides.
    `steadiness` is None where there are too many to try.
    """

    bodies: tuple[Node, ...]
    groups: Communities
    camps: Frustration
    triangles: Triangles
    positive: int
    negative: int
    tied: int
    shared: float
    steadiness: Steadiness | None

    @property
    def too_few(self) -> bool:
        """Whether the positions are too few to speak of camps."""
        return self.tied < FEWEST_BODIES or self.shared < FEWEST_SHARED

    @property
    def unsteady(self) -> bool:
        """Whether chance or a single proposition decides who stands with whom."""
        by_chance = self.groups.stability.value
        alone = self.steadiness
        return (by_chance is not None and by_chance < SURE) or (
            alone is not None and alone.tried > 0 and alone.same / alone.tried < SURE
        )


def camps_found(events: Events, counts: Counts) -> CampsFound | None:
    """The camps of the bodies that positions were counted of; None where no two are tied."""
    agreeing = network_of(counts, _recipe("congruence"), events)
    net = _net(events, counts)
    ties = np.triu(net)
    tied = int(np.abs(net).any(axis=1).sum())
    if not tied:
        return None
    signed = network_of(counts, _recipe("subtract"), events)
    found = frustration(signed)
    return CampsFound(
        counts.rows,
        communities(agreeing),
        found,
        triangles(signed),
        int((ties > 0).sum()),
        int((ties < 0).sum()),
        tied,
        _shared(agreements(counts), net, counts.rows),
        _steadiness(events, counts, found, net),
    )


def _recipe(aggregation: str) -> Recipe:
    return Recipe("onemode", aggregation, "no", DUPLICATES)


def _net(events: Events, counts: Counts) -> Floats:
    return network_of(counts, _recipe("subtract"), events).dense()


def _shared(found: tuple[Agreement, ...], net: Floats, bodies: tuple[Node, ...]) -> float:
    place = {node.id: number for number, node in enumerate(bodies)}
    shared = [one.shared for one in found if net[place[one.first.id], place[one.second.id]]]
    return float(median(shared)) if shared else 0.0


def _steadiness(
    events: Events, counts: Counts, found: Frustration, net: Floats
) -> Steadiness | None:
    if len(counts.rows) > _MOST_BODIES or len(counts.columns) > _MOST_PROPOSITIONS:
        return None
    same = [
        _stays(found.camps.labels, frustration(network_of(less, _recipe("subtract"), events)), net)
        for less in _each_left_out(counts)
    ]
    return Steadiness(sum(same), len(same))


def _each_left_out(counts: Counts) -> Iterator[Counts]:
    """The counts without one proposition, for each of which more than one body speaks."""
    speaking = (counts.total().toarray() > 0).sum(axis=0)
    for column in np.flatnonzero(speaking > 1):
        kept: npt.NDArray[np.bool_] = np.arange(len(counts.columns)) != column
        columns = tuple(np.array(counts.columns, dtype=object)[kept])
        layers = tuple(layer[:, kept].tocsr() for layer in counts.layers)
        yield replace(counts, columns=columns, layers=layers)


def _stays(labels: tuple[int | None, ...], after: Frustration, net: Floats) -> bool:
    """Whether all tied pairs that are still in camps are together or apart as they were."""
    later = after.camps.labels
    return all(
        (labels[i] == labels[j]) == (later[i] == later[j])
        for i, j in np.argwhere(np.triu(net) != 0).tolist()
        if later[i] is not None and later[j] is not None
    )
