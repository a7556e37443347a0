"""Contested concepts: on which propositions, and which issues, do actors stand against each other?

With P_i and N_i the support and the opposition of actor i (see `kg.measures.stances`), P and N
their sums over actors, and p = P / (P + N):

=============  =====================================  ==========================================
measure        formula                                range
=============  =====================================  ==========================================
*balance*      1 - |P - N| / (P + N) = 2 min(p, 1-p)  0 one-sided, 1 both sides weigh the same
*entropy*      -p log₂ p - (1-p) log₂ (1-p)           as above, steeper near 0: a single dissenter
                                                      counts more (Shannon 1948,
                                                      doi:10.1002/j.1538-7305.1948.tb01338.x)
*conflict*     P · N - Σ_i P_i N_i                    0 or more; for firm stances the number of
                                                      pairs of actors that stand against each other
=============  =====================================  ==========================================

For firm stances, 1 - |P - N| / (P + N) is 1 - |mean stance|. Where some are undecided it is not:
they are left out, since many who hesitate make no contest. Balance and entropy are 1 for two actors
as for two hundred; *conflict* grows with their number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.measures.measure import Measure
from kg.measures.stances import Stances, stances
from kg.networks.counts import Counts
from kg.networks.network import Node

ONE_SIDED = "no actor takes a side"


@dataclass(frozen=True)
class Contest:
    """How contested a concept is.

    Actors are `supporters` (only for), `opponents` (only against), `divided` (both) or `undecided`
    (neither). `p` is the share of support.
    """

    concept: Node
    supporters: int
    opponents: int
    divided: int
    undecided: int
    p: Measure
    balance: Measure
    entropy: Measure
    conflict: float

    @property
    def actors(self) -> int:
        """How many actors say anything of it."""
        return self.supporters + self.opponents + self.divided + self.undecided


@dataclass(frozen=True)
class IssueContest:
    """How contested an issue is: the means over its propositions, each weighed by its actors.

    Support of two propositions is not support of one thing, so they are not added up. `conflict`
    is their sum; `most` is the proposition with the most conflict.
    """

    issue: Node
    propositions: int
    actors: int
    balance: Measure
    entropy: Measure
    conflict: float
    most: Node


def contests(counts: Counts) -> tuple[Contest, ...]:
    """The concepts that someone speaks of, the most conflict first, then the highest entropy.

    `counts` has actors as rows. Raises `InputError` where the qualifier has no for and against.
    """
    found = stances(counts)
    spoken = np.flatnonzero(found.said.any(axis=0))
    return tuple(sorted((_contest(found, int(place)) for place in spoken), key=_order))


def issue_contests(counts: Counts, issue_of: Mapping[str, Node]) -> tuple[IssueContest, ...]:
    """The issues of the concepts, the most conflict first; `issue_of` has the issue by concept id.

    Concepts without an issue are left out.
    """
    groups: dict[str, list[Contest]] = {}
    for one in contests(counts):
        if one.concept.id in issue_of:
            groups.setdefault(issue_of[one.concept.id].id, []).append(one)
    speaking = stances(counts).said > 0
    place = {node.id: number for number, node in enumerate(counts.columns)}
    made = []
    for group in groups.values():
        columns = [place[one.concept.id] for one in group]
        actors = int(speaking[:, columns].any(axis=1).sum())
        made.append(_issue(issue_of[group[0].concept.id], group, actors))
    return tuple(sorted(made, key=lambda one: (-one.conflict, one.issue.label, one.issue.id)))


def _contest(found: Stances, column: int) -> Contest:
    support, oppose = found.support[:, column], found.oppose[:, column]
    pro, con = support > 0, oppose > 0
    undecided = (found.said[:, column] > 0) & ~pro & ~con
    for_, against = float(support.sum()), float(oppose.sum())
    share = for_ / (for_ + against) if for_ + against else None
    return Contest(
        found.concepts[column],
        int((pro & ~con).sum()),
        int((con & ~pro).sum()),
        int((pro & con).sum()),
        int(undecided.sum()),
        Measure(None, ONE_SIDED) if share is None else Measure(share),
        Measure(None, ONE_SIDED) if share is None else Measure(1 - abs(2 * share - 1)),
        Measure(None, ONE_SIDED) if share is None else Measure(entropy(share)),
        for_ * against - float(support @ oppose),
    )


def entropy(p: float) -> float:
    """The entropy of two sides of shares p and 1 - p, in bits.

    >>> entropy(0.5), entropy(1.0)
    (1.0, 0.0)
    """
    parts = [part * float(np.log2(part)) for part in (p, 1 - p) if part > 0]
    return abs(sum(parts))


def _issue(issue: Node, group: list[Contest], actors: int) -> IssueContest:
    return IssueContest(
        issue,
        len(group),
        actors,
        _mean(group, "balance"),
        _mean(group, "entropy"),
        sum(one.conflict for one in group),
        group[0].concept,
    )


def _mean(group: list[Contest], measure: str) -> Measure:
    """The mean over concepts where the measure is defined, weighed by those who take a side."""
    defined = [(one.actors - one.undecided, getattr(one, measure).value) for one in group]
    weighed = [(weight, value) for weight, value in defined if value is not None]
    weight = sum(weight for weight, _ in weighed)
    if not weight:
        return Measure(None, ONE_SIDED)
    return Measure(sum(weight * value for weight, value in weighed) / weight)


def _order(one: Contest) -> tuple[float, float, str, str]:
    return -one.conflict, -(one.entropy.value or 0.0), one.concept.label, one.concept.id
