"""The measures of a whole debate in one table."""

from __future__ import annotations

from collections.abc import Iterator

from kg.answers import Answer, Value, decimal
from kg.measures.balance import frustration, triangles
from kg.measures.bipolarisation import bipolarisation
from kg.measures.density import density
from kg.measures.measure import Measure
from kg.measures.statistics import STATISTICS
from kg.measures.tables import Looking

_Line = tuple[str, Measure, str]


def overview(looking: Looking) -> Answer:
    """Each measure with its value, its range and what there is to know of it."""
    lines = [*_size(looking), *_debate(looking), *_camps(looking), *_balance(looking)]
    rows: list[tuple[Value, ...]] = [
        (name, decimal(found.value), span, found.note) for name, found, span in lines
    ]
    return Answer(("measure", "value", "range", "note"), tuple(rows), "The debate as a whole")


def _size(looking: Looking) -> Iterator[_Line]:
    counts = looking.counts
    yield "statements", Measure(counts.statements), "0 or more"
    yield "actors", Measure(len(counts.rows)), "0 or more"
    yield "concepts", Measure(len(counts.columns)), "0 or more"
    found = density(looking.congruence)
    yield "density of congruence", found.density, "0 to 1"
    yield "mean congruence of a pair", found.mean, "0 or more"


def _debate(looking: Looking) -> Iterator[_Line]:
    yield "agreement", STATISTICS["agreement"](looking.counts), "0 to 1"
    yield "conflict share", STATISTICS["conflict"](looking.counts), "0 to 1"
    yield "contest (balance)", STATISTICS["contest"](looking.counts), "0 to 1"
    yield "bipolarisation", bipolarisation(looking.counts).mean, "0 to 1"


def _camps(looking: Looking) -> Iterator[_Line]:
    parted, grouped = looking.parted, looking.grouped
    top = 1 - 1 / looking.camps
    proof = "" if parted.exact else "the best that was found; there may be better camps"
    yield "polarisation: modularity", _noted(parted.modularity, proof), f"0 to {top:.3g}"
    yield "polarisation: share of the largest", parted.of_maximum, "0 to 1"
    yield "E-I index of congruence", parted.ei_congruence, "-1 to 1"
    yield "E-I index of conflict", parted.ei_conflict, "-1 to 1"
    yield "communities", Measure(grouped.camps.count(), grouped.method), "0 or more"
    yield "communities: modularity", grouped.modularity, "-0.5 to 1"
    runs = f"{grouped.partings} different in {grouped.runs} runs"
    yield "communities: stability", _noted(grouped.stability, runs), "up to 1"


def _balance(looking: Looking) -> Iterator[_Line]:
    signed = looking.network("subtract")
    threes = triangles(signed)
    yield "balanced triangles", threes.share, "0 to 1"
    yield "balanced triangles by chance", threes.by_chance, "0 to 1"
    yield "balanced triangles, weighted", threes.weighted, "0 to 1"
    found = frustration(signed, seed=looking.seed)
    bound = "" if found.exact else f"the true one is at least {found.at_least:.6g}"
    yield "frustration", Measure(found.index, bound), "0 or more"
    yield "balance of two camps", found.balance, "0 to 1"


def _noted(found: Measure, note: str) -> Measure:
    """The measure with a note, where it has a value and none yet."""
    return found if found.note else Measure(found.value, note)
