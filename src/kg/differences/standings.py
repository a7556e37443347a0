"""Where each body stands: on each proposition, by stance and basis, with its latest position."""

from __future__ import annotations

import ibis
from ibis.expr.types import ArrayValue, StringValue, Table

from kg.differences.kinds import sort_of
from kg.differences.positions import age, basis, counts_for, in_force
from kg.differences.tables import nodes, standings

_LATEST = ("speaker", "entry", "meeting", "date", "item", "quote", "places")
_STANCE = ("body", "proposition", "issue", "stance", "sort", "basis")


def standings_of(body: StringValue, include_proposed: bool, made: bool) -> Table:
    """Where one body stands: the columns of `standings`, taken from its file if that is made."""
    if not made:
        return _standings(_said(include_proposed, body), include_proposed)
    return standings.filter(standings.proposed == include_proposed, standings.body == body)


def all_standings() -> Table:
    """Where all bodies stand, without the proposed positions and again with them."""
    return ibis.union(*(_standings(_said(each), each) for each in (False, True)))


def stances(include_proposed: bool, made: bool) -> Table:
    """The stances that bodies take on propositions, with their basis: each once."""
    if made:
        return standings.filter(standings.proposed == include_proposed).select(_STANCE).distinct()
    return _said(include_proposed).select(_STANCE).distinct()


def _said(include_proposed: bool, body: StringValue | None = None) -> Table:
    """The positions that count: one row for each body for which one does, or of one body alone."""
    said = in_force(include_proposed)
    if body is None:
        said = said.filter(said.counts_for != "")
        said = said.mutate(body=said.counts_for.split(" ").unnest())
    else:
        said = said.filter(counts_for(said, body)).mutate(body=body)
    return said.mutate(basis=basis(said), sort=sort_of(said).cast("int32"))


def _standings(said: Table, include_proposed: bool) -> Table:
    """One row a body, proposition, stance and basis, with the latest of its positions.

    A row comes again for each place, where that position has several and no phrase.
    """
    said = said.mutate(age=age(said), places=_places(said))
    told = {one: said[one] for one in _LATEST}
    held = said.group_by(_STANCE).aggregate(
        positions=said.count(), age=said.age.max(), latest=ibis.struct(told).argmax(said.age)
    )
    held = held.unpack("latest")
    held = held.mutate(place=held.places.unnest())
    documents = nodes.filter(nodes.kind == "document").select(document="node")
    held = held.left_join(documents, [("entry", "document")])
    shown = {
        "proposed": ibis.literal(include_proposed),
        "said_by": held.document.fill_null(held.speaker),
        "item": held.item.nullif(""),
        "meeting": held.meeting.nullif(""),
        "evidence": (held.quote == "").ifelse("char=" + held.place, held.quote),
    }
    return held.mutate(**shown).select(standings.columns)


def _places(said: Table) -> ArrayValue:
    """The places of a position, as “start,end”; one null for one that is quoted or has none."""
    place = said.start.cast("string") + "," + said.end.cast("string")
    return ibis.cases(
        (said.quote != "", ibis.array([ibis.null("string")])),
        (said.places != "", said.places.split(" ")),
        else_=ibis.array([place]),
    )
