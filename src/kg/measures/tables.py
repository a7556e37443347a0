"""Measures as tables: what `kg measures` shows, each from the same statements and settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import polars as pl

from kg.answers import Answer, Value, decimal
from kg.errors import InputError, UnknownName
from kg.findings import suggest
from kg.measures.agreement import Agreement, agreement, agreements
from kg.measures.bipolarisation import bipolarisation
from kg.measures.brokers import brokers
from kg.measures.centrality import centralities
from kg.measures.change import Comparison, Period, change
from kg.measures.communities import Communities, communities
from kg.measures.contest import contests, issue_contests
from kg.measures.measure import Measure, measures
from kg.measures.polarisation import Polarisation, polarisation
from kg.networks.counts import Counts, count
from kg.networks.events import TIME, Events
from kg.networks.network import Network, Node
from kg.networks.recipe import Recipe, network_of


@dataclass(frozen=True)
class Looking:
    """Statements, and how they are looked at.

    `mode` is that of the network for *actors*; `between` names two actors, by label or id; `split`
    is when the second period begins; `issue_of` has the issue of each concept by its id.
    """

    events: Events
    mode: str = "onemode"
    normalisation: str = "no"
    duplicates: str = "include"
    camps: int = 2
    method: str = "leiden"
    seed: int = 0
    between: tuple[str, ...] = ()
    split: datetime | None = None
    comparison: Comparison = field(default_factory=Comparison)
    issue_of: Mapping[str, Node] = field(default_factory=dict)

    @cached_property
    def counts(self) -> Counts:
        """Statements by actor, concept and level."""
        return count(self.events, self.duplicates)

    def network(self, aggregation: str) -> Network:
        """The one-mode network of the actors."""
        recipe = Recipe("onemode", aggregation, self.normalisation, self.duplicates)
        return network_of(self.counts, recipe, self.events)

    @cached_property
    def congruence(self) -> Network:
        """Who agrees with whom."""
        return self.network("congruence")

    @cached_property
    def parted(self) -> Polarisation:
        """The camps."""
        return polarisation(self.congruence, self.network("conflict"), self.camps, self.seed)

    @cached_property
    def grouped(self) -> Communities:
        """The communities."""
        return communities(self.congruence, self.method, seed=self.seed)


def actors(looking: Looking) -> Answer:
    """The centralities of each node; in a one-mode network also its camp and its brokerage."""
    if looking.mode == "twomode":
        counts = count(looking.events, looking.duplicates, by_value=False)
        recipe = Recipe("twomode", "ignore", duplicates=looking.duplicates)
        found = centralities(network_of(counts, recipe, looking.events))
        columns = dict(found.columns)
        sides = ["row"] * len(counts.rows) + ["column"] * len(counts.columns)
        leading: dict[str, list[Value]] = {"node": _labels(found.nodes), "side": list(sides)}
    else:
        found = centralities(looking.congruence)
        roles = brokers(looking.congruence, looking.parted.camps).columns
        columns = {**found.columns, "brokers": roles["between"]}
        columns["participation"] = roles["participation"]
        camps = [_number(one) for one in looking.parted.camps.labels]
        leading = {"actor": _labels(found.nodes), "camp": list(camps)}
    return _table("Who stands in the middle", leading, columns)


def concepts(looking: Looking) -> Answer:
    """How contested each concept is, the most conflict first."""
    found = contests(looking.counts)
    poles = bipolarisation(looking.counts)
    by_id = {node.id: one for node, one in zip(poles.concepts, poles.values, strict=True)}
    leading: dict[str, list[Value]] = {
        "concept": _labels(one.concept for one in found),
        "for": [one.supporters for one in found],
        "against": [one.opponents for one in found],
        "divided": [one.divided for one in found],
        "undecided": [one.undecided for one in found],
        "conflict": [decimal(one.conflict) for one in found],
    }
    columns = {
        "balance": tuple(one.balance for one in found),
        "entropy": tuple(one.entropy for one in found),
        "bipolarisation": tuple(by_id[one.concept.id] for one in found),
    }
    return _table("What is contested", leading, columns)


def issues(looking: Looking) -> Answer:
    """How contested each issue is, the most conflict first."""
    if not looking.issue_of:
        raise InputError(
            "Concepts are not grouped to issues here: ask for concepts, or of a build for issues "
            "with propositions as concepts"
        )
    found = issue_contests(looking.counts, looking.issue_of)
    leading: dict[str, list[Value]] = {
        "issue": _labels(one.issue for one in found),
        "propositions": [one.propositions for one in found],
        "actors": [one.actors for one in found],
        "conflict": [decimal(one.conflict) for one in found],
        "most contested": _labels(one.most for one in found),
    }
    columns = {
        "balance": tuple(one.balance for one in found),
        "entropy": tuple(one.entropy for one in found),
    }
    return _table("Which issues are contested", leading, columns)


def pairs(looking: Looking) -> Answer:
    """How far each two actors agree, with the interval of the rate."""
    found = _chosen(looking)
    leading: dict[str, list[Value]] = {
        "a": _labels(one.first for one in found),
        "b": _labels(one.second for one in found),
        "shared": [one.shared for one in found],
        "agreed": [one.agreed for one in found],
        "divided": [one.divided for one in found],
    }
    columns = {
        "rate": tuple(one.rate for one in found),
        "low": measures(one.low for one in found),
        "high": measures(one.high for one in found),
        "nearness": tuple(one.nearness for one in found),
    }
    return _table("Who agrees with whom", leading, columns)


def camps(looking: Looking) -> Answer:
    """The camp and the community of each actor."""
    parted, grouped = looking.parted.camps, looking.grouped.camps
    found = [
        (node.label, _number(camp), _number(group))
        for node, camp, group in zip(parted.nodes, parted.labels, grouped.labels, strict=True)
    ]
    found.sort(key=lambda row: (row[1] is None, row[1] or 0, row[2] or 0))
    return Answer(("actor", "camp", "community"), tuple(found), "Who stands together")


def changes(looking: Looking) -> Answer:
    """What changed from one period to the next, and if by more than the draw."""
    if looking.split is None:
        raise InputError("Say with --split when the second period begins, as 2021-10-25")
    span = looking.events.frame.select(pl.col(TIME).min().alias("a"), pl.col(TIME).max().alias("b"))
    first, last = span.collect().row(0)
    if first is None or not first < looking.split <= last:
        raise InputError(
            f"There are no statements on both sides of {looking.split:%Y-%m-%d}: choose a day "
            "within the time of the statements"
        )
    before = looking.split - datetime.resolution
    periods = Period(first, before), Period(looking.split, last)
    found = change(looking.events, *periods, looking.comparison)
    columns = {name: (getattr(found, name),) for name in ("first", "second", "difference", "p")}
    leading: dict[str, list[Value]] = {
        "measure": [found.statistic],
        "deals": [found.deals],
        "undefined": [found.undefined],
    }
    return _table("What changed", leading, columns)


def _chosen(looking: Looking) -> tuple[Agreement, ...]:
    """All pairs, those of one actor, or a single pair."""
    ids = [_actor(looking.counts, name) for name in looking.between]
    if len(ids) == 2:
        return (agreement(looking.counts, ids[0], ids[1]),)
    found = agreements(looking.counts)
    return tuple(one for one in found if not ids or ids[0] in (one.first.id, one.second.id))


def _actor(counts: Counts, name: str) -> str:
    """The id of the actor that is called so, or has this id."""
    found = [node.id for node in counts.rows if name in (node.id, node.label)]
    if len(found) > 1:
        raise InputError(f"{len(found)} actors are called “{name}”: give the id of one")
    if not found:
        labels = [node.label for node in counts.rows]
        raise UnknownName("actor with a statement", name, suggest(name, labels))
    return found[0]


def _table(
    title: str, leading: Mapping[str, list[Value]], columns: Mapping[str, tuple[Measure, ...]]
) -> Answer:
    """Columns of values, then columns of measures, then what their notes say."""
    notes = [_notes(columns, row) for row in range(len(next(iter(columns.values()))))]
    numbers: list[list[Value]] = [
        [decimal(one.value) for one in column] for column in columns.values()
    ]
    every = [*leading.values(), *numbers, list[Value](notes)]
    return Answer((*leading, *columns, "note"), tuple(zip(*every, strict=True)), title)


def _notes(columns: Mapping[str, tuple[Measure, ...]], row: int) -> str:
    """The notes on a row, each once, with the measures that it is on."""
    said: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column[row].note:
            said.setdefault(column[row].note, []).append(name)
    return "; ".join(f"{', '.join(names)}: {note}" for note, names in said.items())


def _labels(nodes: Iterable[Node]) -> list[Value]:
    return [node.label for node in nodes]


def _number(label: int | None) -> int | None:
    """Camps are counted from 1 for people."""
    return None if label is None else label + 1


TABLES: Mapping[str, Callable[[Looking], Answer]] = {
    "actors": actors,
    "concepts": concepts,
    "issues": issues,
    "pairs": pairs,
    "camps": camps,
    "change": changes,
}
"""What can be asked of `kg measures` beside the overview."""
