"""Which positions count for a body, and on whose word."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from kg.differences.tables import statements


def in_force(include_proposed: bool) -> Table:
    """The positions that count: accepted, or proposed where they are asked for, and not superseded.

    A position is superseded by one that counts itself.
    """
    counting = ["accepted", "proposed"] if include_proposed else ["accepted"]
    return statements.filter(statements.status.isin(counting), statements.revised.notin(counting))


def counts_for(given: Table, body: StringValue) -> BooleanValue:
    """Whether a position counts for a body: it is the holder, or the holder represents it."""
    # The texts are searched only where a holder represents several bodies, which is seldom.
    among = (" " + given.counts_for + " ").contains(" " + body + " ")
    return (given.counts_for == body) | ((given.bodies > 1) & among)


def basis(given: Table) -> StringValue:
    """On whose word: own, official or reported; the table's “personal” is reported of the body."""
    held_by_body = given.holder_kind == "body"
    return ibis.cases(
        (held_by_body & (given.basis == "own"), "own"),
        (~held_by_body & (given.basis == "official"), "official"),
        else_="reported",
    )


def age(given: Table) -> StringValue:
    """A text by which positions sort: the day, the place in the meeting, the position's IRI."""
    turn = given["sequence"].fill_null(0).cast("string")
    day = given.date.cast("string").fill_null("")
    return day + " " + (ibis.literal("000000") + turn).right(6) + " " + given.position
