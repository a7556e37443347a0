"""The query ``disagreements-all``: how often each two bodies differ, counted by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import Table, Value

from kg.codes import Language
from kg.differences.kinds import KINDS, RELATIONS, SORTS, differing, related, sort_of, turn
from kg.differences.positions import basis, in_force
from kg.differences.tables import nodes

# Of each sort of stance: in how many ways (stances and bases) it is held.
_WAYS = tuple(f"ways{number}" for number in range(len(SORTS)))


def disagreements_all(
    issue: str = "", language: Language = "en", include_proposed: bool = False
) -> Table:
    """The rows of the query ``disagreements-all`` for an issue ("": all), by IRI.

    Each body has one row a proposition, so that two bodies meet once at each pair of propositions
    and what differs there is a sum of products. Bodies and propositions are numbered first, since
    numbers are compared much quicker than IRIs.
    """
    said = _said(include_proposed)
    bodies = _numbered(_each_body(said.select("counts_for").distinct()), "body")
    propositions = _numbered(said, "proposition", "issue")
    held = _held(said, bodies, propositions)
    facing = _facing(_related(propositions, issue), held.view())
    pairs = facing.join(held, [facing.first == held.proposition, held.body < facing.b_body])
    sums = pairs.group_by(a_body="body", b_body="b_body").aggregate(**_sums(pairs))
    return _shown(_by_kind(sums), bodies, language)


def _said(include_proposed: bool) -> Table:
    """What is said for which bodies: the propositions, stances and bases that occur."""
    said = in_force(include_proposed)
    said = said.filter(said.counts_for != "")
    return said.select(
        *("counts_for", "proposition", "issue", "stance"), sort=sort_of(said), basis=basis(said)
    ).distinct()


def _each_body(said: Table) -> Table:
    """One row a body, where something counts for several."""
    return said.mutate(body=said.counts_for.split(" ").unnest()).drop("counts_for")


def _numbered(said: Table, column: str, *more: str) -> Table:
    """The IRIs of a column, numbered in their order, with the columns that depend on them."""
    found = said.select(column, *more).distinct()
    number = ibis.row_number().over(order_by=found[column])
    return found.mutate(**{f"{column}_number": number.cast("int32")})


def _held(said: Table, bodies: Table, propositions: Table) -> Table:
    """One row a body and proposition, by number: in how many ways it holds each sort of stance.

    `own` has a bit for each sort that it ever holds by its own word.
    """
    said = _each_body(said).join(bodies, "body").join(propositions.drop("issue"), "proposition")
    # One position may count for several bodies, and several positions for one in the same way.
    said = said.select(
        *("stance", "sort", "basis"), body="body_number", proposition="proposition_number"
    ).distinct()
    spoken = said.basis != "reported"
    of_sort = [said.sort == number for number in range(len(SORTS))]
    bits = ((test & spoken).ifelse(1 << n, 0).max() for n, test in enumerate(of_sort))
    return said.group_by("body", "proposition").aggregate(
        own=reduce(add, bits).cast("int32"),
        **{way: test.sum().cast("int32") for way, test in zip(_WAYS, of_sort, strict=True)},
    )


def _related(propositions: Table, issue: str) -> Table:
    """The pairs of propositions by number, with their relation, and of one issue if it is named."""
    pairs = related()
    for mark, column in (("first", "proposition"), ("second", "other")):
        numbers = propositions.select(
            **{f"{mark}_iri": "proposition", mark: "proposition_number", f"{mark}_issue": "issue"}
        )
        pairs = pairs.join(numbers, [(column, f"{mark}_iri")])
    if issue:
        pairs = pairs.filter((pairs.first_issue == issue) | (pairs.second_issue == issue))
    return pairs.select("first", "second", "relation")


def _facing(relations: Table, held: Table) -> Table:
    """What a body a meets: for each proposition of its own, what b holds on a related one.

    For each kind of difference and each sort of a's: the ways in which b differs so from it; and as
    bits, from which sorts of a's b differs so by its own word.
    """
    found = relations.join(held, [("second", "proposition")])
    columns: dict[str, Value] = {}
    for kind in KINDS:
        own = [ibis.literal(0)]
        for number in _sorts(kind):
            others = {each: differing(each, kind).get(number, ()) for each in RELATIONS}
            ways = {each: _ways(found, those) for each, those in others.items() if those}
            spoken = {each: (found.own & _bits(those)) != 0 for each, those in others.items()}
            columns[f"{kind}{number}"] = _cases(found, ways, 0)
            own.append(_cases(found, spoken, False).ifelse(1 << number, 0))
        columns[f"{kind}_own"] = reduce(add, own)
    # DISTINCT takes nothing away: it has the sums made here, before bodies meet, and not for each
    # two bodies anew, as DuckDB's planner would.
    return found.select("first", "second", b_body="body", **columns).distinct()


def _sorts(kind: str) -> list[int]:
    """The sorts of stance, by number, from which something can differ in a way."""
    return sorted({number for each in RELATIONS for number in differing(each, kind)})


def _ways(held: Table, sorts: Sequence[int]) -> Value:
    return reduce(add, (held[_WAYS[number]] for number in sorts))


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _cases(found: Table, by_relation: Mapping[str, Value], otherwise: Value) -> Value:
    tests = ((found.relation == each, value) for each, value in by_relation.items())
    return ibis.cases(*tests, else_=otherwise)


def _sums(pairs: Table) -> dict[str, Value]:
    """For each kind: on how many pairs they differ so, how many by own word, in how many ways."""
    found: dict[str, Value] = {}
    for kind in KINDS:
        ways = reduce(
            add, (pairs[_WAYS[number]] * pairs[f"{kind}{number}"] for number in _sorts(kind))
        )
        found[f"propositions_{kind}"] = (ways > 0).sum()
        found[f"own_word_{kind}"] = ((pairs.own & pairs[f"{kind}_own"]) != 0).sum()
        found[f"combinations_{kind}"] = ways.sum()
    return found


def _by_kind(sums: Table) -> Table:
    """One row a pair of bodies and kind in which they differ."""
    parts = [
        sums.select(
            *("a_body", "b_body"),
            kind=ibis.literal(kind),
            **{one: sums[f"{one}_{kind}"] for one in ("propositions", "own_word", "combinations")},
        )
        for kind in KINDS
    ]
    counts = ibis.union(*parts)
    return counts.filter(counts.propositions > 0)


def _shown(counts: Table, bodies: Table, language: Language) -> Table:
    """The columns of the query, in its order, and its order of rows."""
    short = nodes.select(body="node", short=nodes[f"label_{language}"].nullif(nodes.node))
    named = bodies.left_join(short, "body")
    for mark in ("a", "b"):
        names = named.select(
            **{mark: "short", f"{mark}_iri": "body", f"{mark}_number": "body_number"}
        )
        counts = counts.join(names, [(f"{mark}_body", f"{mark}_number")])
    shown = counts.select(
        *("a", "b", "kind", "propositions", "own_word", "combinations"),
        a_body="a_iri",
        b_body="b_iri",
    )
    first, second = (shown[one].asc(nulls_first=True) for one in ("a", "b"))
    return shown.order_by(first, second, "a_body", "b_body", turn(shown.kind))
