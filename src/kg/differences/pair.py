"""The query ``disagreements``: where two bodies differ, proposition by proposition.

An answer may have some 100,000 rows, and in them what either side says comes again and again. So
three tables are asked for, not one: where each of the two bodies stands, and which rows of the one
differ from which of the other. They are put together here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import ibis
from ibis.expr.types import Table

from kg.answers import Iri, Value
from kg.codes import Language
from kg.differences.asked import BODY, ISSUE
from kg.differences.kinds import KINDS, kind, related, turn
from kg.differences.standings import standings_of
from kg.differences.tables import with_names

SIDES = ("side_a", "side_b")
"""What the sides of two bodies are called where the links between them are asked for."""
_ORDER = ("issue", "label", "proposition")


def side(language: Language, include_proposed: bool, made: bool) -> Table:
    """Where `BODY` stands, numbered in the order of rows, and with what else that order rests on.

    `made` tells whether this is taken from its file. Texts are null where the query leaves them
    unbound.
    """
    held = standings_of(BODY, include_proposed, made).drop("body", "proposed")
    held = with_names(held, "proposition", "label", language)
    held = held.rename(issue_iri="issue")
    held = with_names(held, "issue_iri", "issue", language)
    held = with_names(held, "said_by", "asserted_by", language)
    named = [held[one].asc(nulls_first=True) for one in _ORDER]
    way = ("stance", "basis")
    return held.mutate(
        number=ibis.row_number().over(order_by=[*named, *way, "evidence", "issue_iri"]),
        as_first=ibis.dense_rank().over(order_by=named),
        as_second=ibis.dense_rank().over(order_by="proposition"),
        way=ibis.dense_rank().over(order_by=way),
    )


def shown(of: Table) -> Table:
    """Of a side: what the answer shows, by number, and the age of the latest position."""
    return of.order_by("number").select(*Held._fields)


def links(a: Table, b: Table, only: str, of_issue: bool) -> Table:
    """Which rows of two sides differ, by their numbers, and how, by place in `KINDS`; in order.

    `only` is a kind of difference, or any; `of_issue` leaves those of `ISSUE`.
    """
    columns = ("number", "proposition", "issue_iri", "sort", "as_first", "as_second", "way")
    side_a, side_b = (
        one.select(**{f"{mark}_{column}": column for column in columns})
        for one, mark in ((a, "a"), (b, "b"))
    )
    pairs = related()
    pairs = pairs.join(side_a, pairs.proposition == side_a.a_proposition)
    pairs = pairs.join(side_b, pairs.other == side_b.b_proposition)
    if of_issue:
        pairs = pairs.filter((pairs.a_issue_iri == ISSUE) | (pairs.b_issue_iri == ISSUE))
    pairs = pairs.mutate(kind=kind(pairs))
    pairs = pairs.filter(pairs.kind.isin(KINDS if only == "any" else [only]))
    pairs = pairs.mutate(kind=turn(pairs.kind))
    keys = ("kind", "a_as_first", "b_as_second", "a_way", "b_way", "a_number", "b_number")
    return pairs.order_by(*keys).select("a_number", "b_number", "kind")


class Held(NamedTuple):
    """A row of a side, as `shown` gives it."""

    proposition: str
    label: str | None
    issue: str | None
    stance: str
    basis: str
    asserted_by: str | None
    positions: int
    item: str | None
    evidence: str | None
    meeting: str | None
    date: Value
    age: str


def put_together(
    names: tuple[Value, Value],
    sides: tuple[Iterable[Sequence[Value]], Iterable[Sequence[Value]]],
    found: Iterable[tuple[int, ...]],
) -> Iterator[tuple[Value, ...]]:
    """The rows of the answer, of what the two are called, their sides, and the links."""
    known: dict[Value, Value] = {None: None}
    a, b = (_parts(name, rows, known) for name, rows in zip(names, sides, strict=True))
    for first, second, number in found:
        one, label, issue, held, latest, age = a[first]
        other, _, _, other_held, other_latest, other_age = b[second]
        # Where both sides rest on one position, they say the same.
        later = latest if age > other_age else other_latest
        head = (one, other, label, issue, KINDS[number])
        yield head + held + other_held + later


class _Parts(NamedTuple):
    """A row of a side, cut as the rows of the answer are."""

    proposition: Value
    label: str | None
    issue: str | None
    held: tuple[Value, ...]
    latest: tuple[Value, ...]
    age: str


def _parts(name: Value, rows: Iterable[Sequence[Value]], known: dict[Value, Value]) -> list[_Parts]:
    """The rows of a side, cut; each IRI is made once, for they come again and again."""

    def iri(text: Value) -> Value:
        if text not in known:
            known[text] = Iri(text)
        return known[text]

    found = []
    for row in rows:
        one = Held(*row)  # type: ignore[arg-type]
        held = (name, one.stance, one.basis, one.asserted_by, one.positions, one.item, one.evidence)
        latest = (iri(one.meeting), one.date, one.item, one.evidence)
        found.append(_Parts(iri(one.proposition), one.label, one.issue, held, latest, one.age))
    return found
