"""Which of several equal statements count: one a document, a week, a month, a year, or at all.

Statements are equal when they have the same actor, the same concept and, unless the qualifier is
ignored, the same qualifier. Of equal statements the first counts. Where one has no date, nothing is
known of its week, month or year, but that it is the same within a document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from kg.networks.events import COLUMN, DOCUMENT, RANK, ROW, TIME, VALUE

# DNA compares Java's boxed integers by identity: those outside a byte are never the same.
BOXED = 128

Keys = Callable[[bool], list[pl.Expr]]


def _undated() -> pl.Expr:
    return pl.when(pl.col(TIME).is_null()).then(pl.col(DOCUMENT)).alias("undated")


def _week(year_aware: bool) -> list[pl.Expr]:
    # Weeks of ISO 8601: the first days of January may belong to the last week of the year before.
    week = pl.col(TIME).dt.week().alias("week")
    year = [pl.col(TIME).dt.iso_year().alias("year")] if year_aware else []
    return [week, *year, _undated()]


def _month(year_aware: bool) -> list[pl.Expr]:
    month = pl.col(TIME).dt.month().alias("month")
    return [month, *_year(True)] if year_aware else [month, _undated()]


def _year(year_aware: bool) -> list[pl.Expr]:
    return [pl.col(TIME).dt.year().alias("year"), _undated()]


PERIODS: Mapping[str, Keys] = {
    "document": lambda _: [pl.col(DOCUMENT)],
    "week": _week,
    "month": _month,
    "year": _year,
    "acrossrange": lambda _: [],
}
DUPLICATES = ("include", *PERIODS)
"""What may count: every statement (*include*), or one for each period."""


def keys(schema: pl.Schema, duplicates: str, by_value: bool, year_aware: bool) -> list[pl.Expr]:
    """What duplicates share besides actor and concept, each with a name of its own.

    `schema` is that of the frame of events; see `without_duplicates` for the rest.
    """
    if duplicates == "include":
        return [pl.col(RANK)]
    shared = [*PERIODS[duplicates](year_aware), *([pl.col(VALUE)] if by_value else [])]
    if by_value and not year_aware and schema[VALUE].is_numeric():
        boxed = pl.col(VALUE).is_between(-BOXED, BOXED - 1)
        shared.append(pl.when(boxed).then(-1).otherwise(RANK).alias("alone"))
    return shared


def without_duplicates(
    frame: pl.LazyFrame, duplicates: str, by_value: bool, year_aware: bool = True
) -> pl.LazyFrame:
    """The statements of `frame` that count; `by_value` keeps those of another qualifier apart.

    `year_aware=False` compares weeks and months by their number alone, so that January 2020 is
    January 2021, and counts equal numbers beyond a byte as different: this is what DNA 3.1.2 does.
    """
    if duplicates == "include":
        return frame
    shared = keys(frame.collect_schema(), duplicates, by_value, year_aware)
    names = [ROW, COLUMN, *(one.meta.output_name() for one in shared)]
    added = frame.with_columns(shared)
    if by_value:
        # Equal in all that a network counts: which of them stays makes no difference.
        return added.unique(names, keep="any")
    return added.sort(RANK).unique(names, keep="first")
