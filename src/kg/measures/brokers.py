"""Brokers: who links camps that have no link of their own?

Two views. *Roles* (Gould & Fernandez 1989, doi:10.2307/270949) count the open triads that a node
stands in the middle of, i.e. pairs of its neighbours without a tie to each other, by the camps of
the three. They tell which camps a broker links, as betweenness does not, but look only at direct
neighbours; in a dense network few triads are open, so take its backbone or a threshold first.
*Participation* (Guimerà & Amaral 2005, doi:10.1038/nature03288) uses weights and needs no open
triads: it tells how evenly the ties of a node are spread over camps.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kg.errors import InputError
from kg.measures.camps import Camps
from kg.measures.matrices import similarities
from kg.measures.measure import Measure, Scores, measures
from kg.networks.network import Floats, Indices, Network

ROLES: Mapping[str, str] = {
    "coordinator": "all three are of one camp",
    "itinerant": "both neighbours are of one camp, the broker of another",
    "gatekeeper": "one neighbour is of the broker's camp, the other not",
    "liaison": "all three are of different camps",
}
"""The roles of ties without direction, where gatekeeper and representative are one."""

_NO_CAMP = Measure(None, "is in no camp")


def brokers(network: Network, camps: Camps) -> Scores:
    """Open triads by role, their sum between camps, and participation, for each node.

    `between` = itinerant + gatekeeper + liaison. `participation` = 1 - Σ_s (w_is / w_i)² with w_is
    the weight of ties to camp s, from 0 (all to one camp) to 1 - 1/k. Neighbours without a camp
    are left out. Raises `InputError` for camps of other nodes, a two-mode network, and ties
    below 0.
    """
    if camps.nodes != network.rows:
        raise InputError("The camps are of other nodes than the network: find them in it first")
    ties = similarities(network, "Brokerage")
    labels = np.array([-1 if one is None else one for one in camps.labels], dtype=np.int64)
    ties = ties * (labels >= 0)[None, :] * (labels >= 0)[:, None]
    roles = _roles((ties > 0).astype(np.float64), labels)
    columns = {name: _in_camps(values, labels) for name, values in roles.items()}
    return Scores(network.rows, {**columns, "participation": _participation(ties, labels)})


def _roles(adjacent: Floats, labels: Indices) -> Mapping[str, Floats]:
    """The open triads of each node by role, from counts of pairs of neighbours without a tie."""
    count = int(labels.max(initial=-1)) + 1
    nodes = np.arange(len(labels))
    same = np.zeros((len(labels), max(count, 1)))
    for camp in range(count):
        of_camp = adjacent * (labels == camp)[None, :]
        same[:, camp] = _open_pairs(of_camp, of_camp, adjacent) / 2
    own = adjacent * (labels[:, None] == labels[None, :])
    coordinator = same[nodes, np.maximum(labels, 0)] * (labels >= 0)
    itinerant = same.sum(axis=1) - coordinator
    gatekeeper = _open_pairs(own, adjacent - own, adjacent)
    total = _open_pairs(adjacent, adjacent, adjacent) / 2
    liaison = total - coordinator - itinerant - gatekeeper
    return {
        "coordinator": coordinator,
        "itinerant": itinerant,
        "gatekeeper": gatekeeper,
        "liaison": liaison,
        "between": itinerant + gatekeeper + liaison,
    }


def _open_pairs(first: Floats, second: Floats, adjacent: Floats) -> Floats:
    """For each node the pairs of one neighbour in `first` and another in `second` without a tie."""
    pairs = first.sum(axis=1) * second.sum(axis=1) - (first * second).sum(axis=1)
    tied = ((first @ adjacent) * second).sum(axis=1)
    return np.asarray(pairs - tied, dtype=np.float64)


def _participation(ties: Floats, labels: Indices) -> tuple[Measure, ...]:
    camps = range(int(labels.max(initial=-1)) + 1)
    sums = np.array([ties[:, labels == camp].sum(axis=1) for camp in camps])
    whole = ties.sum(axis=1)
    return tuple(
        _NO_CAMP
        if labels[node] < 0
        else Measure(float(1 - ((sums[:, node] / whole[node]) ** 2).sum()))
        if whole[node]
        else Measure(None, "has no tie")
        for node in range(len(labels))
    )


def _in_camps(values: Floats, labels: Indices) -> tuple[Measure, ...]:
    return tuple(
        _NO_CAMP if label < 0 else one for label, one in zip(labels, measures(values), strict=True)
    )
