"""Change between two periods, with a permutation test: is the difference more than the draw?

If time made no difference, statements could as well have fallen into the other period. So they are
dealt anew many times, and p = (b + 1) / (n + 1), where in b of n deals the difference is at least
as large, up or down (Phipson & Smyth 2010, doi:10.2202/1544-6115.1585); p is never 0. What is dealt
decides what is tested:

*document*   whole documents or meetings change period, as many stay in each. Statements of one
             document hang together, so this is the careful choice; it needs more than a few.
*statement*  statements of each actor change period, and each actor keeps its number in each. Tests
             if they speak otherwise, given who spoke when; takes statements as independent.

Where there are few ways to deal documents, all are gone through, and p is exact. A deal for which
the measure is not defined counts as at least as large, so that p errs on the careful side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
import polars as pl

from kg.errors import InputError
from kg.measures.measure import Measure
from kg.measures.statistics import STATISTICS, Statistic
from kg.networks.counts import Counts
from kg.networks.duplicates import without_duplicates
from kg.networks.events import COLUMN, DOCUMENT, ROW, TIME, VALUE, Events
from kg.networks.network import Indices, Node, in_order, sparse

PERMUTATIONS = 999
EXCHANGES = ("document", "statement")
# Duplicates over longer periods would depend on how the statements are dealt.
DUPLICATES = ("include", "document")
_SAME = 1e-12

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Period:
    """From `start` to `stop`, both included."""

    start: datetime
    stop: datetime


@dataclass(frozen=True)
class Comparison:
    """What is compared and how; see above and `kg.measures.statistics`.

    Raises `InputError` for words that are not known.
    """

    statistic: str = "agreement"
    exchange: str = "document"
    duplicates: str = "document"
    permutations: int = PERMUTATIONS
    seed: int = 0

    def __post_init__(self) -> None:
        for word, words in (
            (self.statistic, tuple(STATISTICS)),
            (self.exchange, EXCHANGES),
            (self.duplicates, DUPLICATES),
        ):
            if word not in words:
                raise InputError(f"“{word}” is not known here: use one of {', '.join(words)}")
        if self.permutations < 1:
            raise InputError("A permutation test needs at least one permutation")


@dataclass(frozen=True)
class Change:
    """A statistic in two periods, second - first, and p; `deals` were tried, all if `exact`.

    `undefined` is the number of deals for which the statistic was not defined.
    """

    statistic: str
    first: Measure
    second: Measure
    difference: Measure
    p: Measure
    deals: int
    exact: bool
    undefined: int


@dataclass(frozen=True)
class _Coded:
    """The statements of both periods as numbers; `late` marks those of the second."""

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    row: Indices
    column: Indices
    level: Indices
    unit: Indices
    late: Flags
    events: Events


def change(
    events: Events, first: Period, second: Period, test: Comparison = Comparison()
) -> Change:
    """Compare two periods that do not overlap; raises `InputError` where they do.

    With 200 actors, 500 concepts and 20,000 statements a deal takes 3 to 20 ms, so 999 take 3 to
    20 seconds; *polarisation* takes a third of a second a deal.
    """
    if first.start <= second.stop and second.start <= first.stop:
        raise InputError("The periods overlap: let the second begin after the first has ended")
    coded = _coded(events, first, second, test.duplicates)
    statistic = STATISTICS[test.statistic]
    early, late = (statistic(_counts(coded, chosen)) for chosen in (~coded.late, coded.late))
    if early.value is None or late.value is None:
        reason = f"not defined in both periods: {early.note or late.note}"
        nothing = Measure(None, reason)
        return Change(test.statistic, early, late, nothing, nothing, 0, False, 0)
    observed = late.value - early.value
    if test.exchange == "statement" and not _has_both(coded):
        alone = Measure(None, "no actor has statements in both periods, so nothing can be dealt")
        return Change(test.statistic, early, late, Measure(observed), alone, 0, False, 0)
    deals, exact = _deals(coded, test)
    found = [_difference(coded, statistic, deal) for deal in deals]
    p = _p(found, observed, exact)
    undefined = sum(one is None for one in found)
    return Change(test.statistic, early, late, Measure(observed), p, len(found), exact, undefined)


def _difference(coded: _Coded, statistic: Statistic, late: Flags) -> float | None:
    values = [statistic(_counts(coded, chosen)).value for chosen in (~late, late)]
    return None if values[0] is None or values[1] is None else values[1] - values[0]


def _p(found: list[float | None], observed: float, exact: bool) -> Measure:
    larger = sum(one is None or abs(one) >= abs(observed) - _SAME for one in found)
    if not exact:
        return Measure((larger + 1) / (len(found) + 1))
    ways = f"there are only {len(found)} ways to deal the documents, and all were tried"
    return Measure(larger / len(found), ways)


def _deals(coded: _Coded, test: Comparison) -> tuple[Iterator[Flags], bool]:
    """The statements that fall into the second period, deal by deal, and if these are all deals."""
    rng = np.random.default_rng(test.seed)
    if test.exchange == "statement":
        return (_within_actors(coded, rng) for _ in range(test.permutations)), False
    units = int(coded.unit.max(initial=-1)) + 1
    late = np.zeros(units, dtype=np.bool_)
    late[coded.unit] = coded.late
    if comb(units, int(late.sum())) <= test.permutations:
        ways = combinations(range(units), int(late.sum()))
        return (np.isin(coded.unit, way) for way in ways), True
    return (rng.permutation(late)[coded.unit] for _ in range(test.permutations)), False


def _has_both(coded: _Coded) -> bool:
    """Whether any actor speaks in both periods: only then is one deal unlike another."""
    early, late = (set(coded.row[chosen].tolist()) for chosen in (~coded.late, coded.late))
    return bool(early & late)


def _within_actors(coded: _Coded, rng: np.random.Generator) -> Flags:
    """The periods of each actor's statements in another order."""
    shuffled = np.lexsort((rng.random(len(coded.row)), coded.row))
    dealt = np.empty_like(coded.late)
    dealt[shuffled] = coded.late[np.argsort(coded.row, kind="stable")]
    return dealt


def _coded(events: Events, first: Period, second: Period, duplicates: str) -> _Coded:
    """The statements that count in either period; of a document at one time as one unit."""
    early, late = (
        events.between(one.start, one.stop).frame.with_columns(pl.lit(number).alias("late"))
        for number, one in enumerate((first, second))
    )
    both = pl.concat([early, late]).filter(pl.col(VALUE).is_not_null())
    frame = without_duplicates(both, duplicates, by_value=True).collect()
    # In a fixed order, whatever the threads did: equal seeds are to give equal deals.
    frame = frame.with_columns(pl.col(ROW, COLUMN, DOCUMENT).cast(pl.String))
    frame = frame.sort(TIME, DOCUMENT, ROW, COLUMN, VALUE)
    levels = {level: number for number, level in enumerate(events.qualifier.levels)}
    unit = frame.select(pl.struct(DOCUMENT, TIME).rank("dense")).to_series() - 1
    rows, row = _nodes(frame[ROW], events.rows)
    columns, column = _nodes(frame[COLUMN], events.columns)
    return _Coded(
        rows,
        columns,
        row,
        column,
        np.array([levels[one] for one in frame[VALUE].to_list()], dtype=np.int64),
        unit.cast(pl.Int64).to_numpy(),
        frame["late"].to_numpy() == 1,
        events,
    )


def _nodes(found: pl.Series, known: Mapping[str, Node]) -> tuple[tuple[Node, ...], Indices]:
    nodes = in_order(known[one] for one in found.unique().to_list())
    place = {node.id: number for number, node in enumerate(nodes)}
    return tuple(nodes), np.array([place[one] for one in found.to_list()], dtype=np.int64)


def _counts(coded: _Coded, chosen: Flags) -> Counts:
    """The counts of the chosen statements, of the actors and concepts that have one among them."""
    rows, row = np.unique(coded.row[chosen], return_inverse=True)
    columns, column = np.unique(coded.column[chosen], return_inverse=True)
    level, shape = coded.level[chosen], (len(rows), len(columns))
    layers = []
    for number in range(len(coded.events.qualifier.levels)):
        here = level == number
        layers.append(sparse(np.ones(int(here.sum())), row[here], column[here], shape))
    return Counts(
        tuple(coded.rows[one] for one in rows),
        tuple(coded.columns[one] for one in columns),
        tuple(layers),
        coded.events.qualifier,
        int(chosen.sum()),
    )
