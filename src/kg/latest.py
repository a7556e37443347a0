"""The latest meetings of a large graph, as a small one: what its pages show.

A page bears some thousands of positions: with more it takes long to open, and nobody reads it.
What a page leaves out it says (`Site.part`); commands that answer in tables know no such limit.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kg.parts import Whole
from kg.site import Site
from kg.store import EmbeddedStore
from kg.table import Table, make_table
from kg.views.texts import phrase

MOST_POSITIONS = 5_000
"""So many positions pages show at most, unless one meeting alone has more."""
_OCCASION = ("date", "meeting", "document")


def latest(
    site: Site,
    table: Table,
    whole: Whole,
    meeting: str = "",
    bodies: Sequence[str] = (),
    most: int | None = None,
) -> Site:
    """The site of the latest meetings and documents with at most so many positions together.

    `most` is `MOST_POSITIONS` unless it is given; the site itself is it where it has no more. Of a
    `meeting` it is that alone, of `bodies` the occasions on which one of them has a position. A
    meeting is taken with its graph, and with all graphs that hold no positions. `table` and `whole`
    are those of the site's store.
    """
    most = MOST_POSITIONS if most is None else most
    total = _size(table.statements)
    if total <= most:
        return site
    positions = _latest(table, _asked(meeting, bodies), most)
    store = EmbeddedStore.of(whole.latest(positions["position"]))
    shown = make_table(store)
    days = shown.statements.select(pl.col("date").drop_nulls()).collect()["date"]
    part = phrase(
        "site.part",
        n=_spaced(_size(shown.statements)),
        total=_spaced(total),
        a=str(days.min() or "–"),
        b=str(days.max() or "–"),
    )
    return Site(store, site.base, site.include_proposed, shown, part)


def _asked(meeting: str, bodies: Sequence[str]) -> pl.Expr:
    if meeting:
        return pl.col("meeting").cast(pl.String) == meeting
    if bodies:
        counts_for = pl.col("counts_for").str.split(" ")
        return pl.any_horizontal(counts_for.list.contains(body) for body in bodies)
    return pl.lit(value=True)


def _latest(table: Table, of: pl.Expr, most: int) -> pl.DataFrame:
    """The positions of the latest occasions, of whole occasions only: a column `position`."""
    named = [pl.col(name).cast(pl.String).fill_null("").alias(f"_{name}") for name in _OCCASION]
    rows = table.statements.select("position", of.alias("_of"), *named).collect()
    keys = [f"_{name}" for name in _OCCASION]
    sizes = rows.group_by(keys).agg(pl.len(), pl.col("_of").any()).filter("_of")
    sizes = sizes.sort(keys, descending=True)
    kept = sizes.filter((pl.col("len").cum_sum() <= most) | (pl.int_range(pl.len()) == 0))
    return rows.join(kept, on=keys, how="semi")


def _size(statements: pl.LazyFrame) -> int:
    return int(statements.select(pl.len()).collect().item())


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
