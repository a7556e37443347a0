"""The query ``disagreements``: where two bodies differ, proposition by proposition."""

from __future__ import annotations

import ibis
from ibis.expr.types import ArrayValue, StringScalar, Table

from kg.codes import Language
from kg.differences.kinds import KINDS, kind, related, sort_of, turn
from kg.differences.positions import age, basis, counts_for, in_force
from kg.differences.tables import label, nodes, with_names

_SIDE = ("stance", "basis", "asserted_by", "count", "item", "evidence")
_LATEST = ("speaker", "entry", "meeting", "date", "item", "quote", "places")
_ORDER = ("issue", "label", "proposition", "b_proposition", "a_stance", "a_basis")


def disagreements(
    a: str,
    b: str,
    issue: str = "",
    only: str = "any",
    language: Language = "en",
    include_proposed: bool = False,
) -> Table:
    """The rows of the query ``disagreements`` for two bodies and an issue ("": all), by IRI.

    `only` is a kind of difference, or any. Texts are null where the query leaves them unbound.
    """
    side_a, side_b = (
        _side(body, language, include_proposed).rename(f"{mark}_{{name}}")
        for body, mark in ((a, "a"), (b, "b"))
    )
    pairs = related()
    pairs = pairs.join(side_a, pairs.proposition == side_a.a_proposition)
    pairs = pairs.join(side_b, pairs.other == side_b.b_proposition)
    pairs = pairs.mutate(kind=kind(pairs))
    pairs = pairs.filter(pairs.kind.isin(KINDS if only == "any" else [only]))
    if issue:
        pairs = pairs.filter((pairs.a_issue == issue) | (pairs.b_issue == issue))
    pairs = with_names(pairs, "proposition", "label", language)
    pairs = with_names(pairs, "a_issue", "issue", language)
    shown = _shown(pairs, label(a, language), label(b, language))
    keys = [turn(shown.kind), *(shown[one].asc(nulls_first=True) for one in _ORDER)]
    return shown.order_by(*keys, "b_stance", "b_basis", "a_evidence", "b_evidence")


def _side(body: str, language: Language, include_proposed: bool) -> Table:
    """What a body holds: one row a proposition, stance and basis, with the latest position.

    A row comes again for each place, where that position has several and no phrase.
    """
    said = in_force(include_proposed)
    said = said.filter(counts_for(said, body))
    said = said.mutate(
        on_word_of=basis(said), sort=sort_of(said), age=age(said), places=_places(said)
    )
    groups = said.group_by("proposition", "issue", "stance", "sort", basis="on_word_of")
    told = {one: said[one] for one in _LATEST}
    held = groups.aggregate(
        count=said.count(), age=said.age.max(), latest=ibis.struct(told).argmax(said.age)
    )
    held = held.unpack("latest")
    held = held.mutate(
        item=held.item.nullif(""),
        meeting=held.meeting.nullif(""),
        place=held.places.unnest(),
    )
    held = held.mutate(evidence=(held.quote == "").ifelse("char=" + held.place, held.quote))
    return _asserted(held, language).drop("speaker", "entry", "quote", "places", "place")


def _places(said: Table) -> ArrayValue:
    """The places of a position, as “start,end”; one null for one that is quoted or has none."""
    place = said.start.cast("string") + "," + said.end.cast("string")
    return ibis.cases(
        (said.quote != "", ibis.array([ibis.null("string")])),
        (said.places != "", said.places.split(" ")),
        else_=ibis.array([place]),
    )


def _asserted(held: Table, language: Language) -> Table:
    """Who says so: a document by its title, else the speaker."""
    documents = nodes.filter(nodes.kind == "document").select(document="node")
    held = held.left_join(documents, [("entry", "document")])
    held = held.mutate(said_by=held.document.fill_null(held.speaker))
    return with_names(held, "said_by", "asserted_by", language).drop("document", "said_by")


def _shown(pairs: Table, a: StringScalar, b: StringScalar) -> Table:
    """The columns of the query, in its order."""
    sides = {
        mark: {mark: short, **{f"{mark}_{one}": pairs[f"{mark}_{one}"] for one in _SIDE}}
        for mark, short in (("a", a), ("b", b))
    }
    # Where both sides rest on one position, they say the same.
    a_is_later = pairs.a_age > pairs.b_age
    later = {
        one: a_is_later.ifelse(pairs[f"a_{one}"], pairs[f"b_{one}"])
        for one in ("meeting", "date", "item", "evidence")
    }
    return pairs.select(
        **{"proposition": "proposition", "b_proposition": "other"},
        **{one: one for one in ("label", "issue", "kind")},
        **sides["a"],
        **sides["b"],
        **later,
    )
