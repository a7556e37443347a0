"""The query ``disagreements-all``: how often each two bodies differ, counted by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import Table, Value

from kg.answers import Iri
from kg.answers import Value as Cell
from kg.codes import Language
from kg.differences.asked import ISSUE
from kg.differences.kinds import KINDS, RELATIONS, SORTS, differing, related, turn
from kg.differences.standings import stances
from kg.differences.tables import pairs as pairs_made
from kg.differences.tables import short_names

COUNTS, BODIES = "counts", "bodies"
"""What the counts and their bodies are called where more is asked of them."""
# Of each sort of stance: in how many ways (stances and bases) it is held.
_WAYS = tuple(f"ways{number}" for number in range(len(SORTS)))


def counted(include_proposed: bool, made: bool, of_issue: bool) -> Table:
    """How often each two bodies differ, by IRI and kind: the columns of `pairs` but `proposed`.

    `made` tells whether the files of `kg.differences.made` are there; `of_issue` leaves `ISSUE`.
    """
    if made and not of_issue:
        return pairs_made.filter(pairs_made.proposed == include_proposed).drop("proposed")
    return _counted(stances(include_proposed, made), of_issue)


def all_pairs() -> Table:
    """How often each two bodies differ, without the proposed positions and again with them."""
    parts = (
        _counted(stances(each, True), False)
        .mutate(proposed=ibis.literal(each))
        .select(pairs_made.columns)
        for each in (False, True)
    )
    return ibis.union(*parts)


def _counted(said: Table, of_issue: bool) -> Table:
    """Each body has one row a proposition, so that two bodies meet once at each pair of these.

    What differs there is a sum of products. Bodies and propositions are numbered first, since
    numbers are compared much quicker than IRIs.
    """
    bodies = _numbered(said, "body")
    propositions = _numbered(said, "proposition", "issue")
    held = _held(said, bodies, propositions)
    facing = _facing(_related(propositions, of_issue), held.view())
    pairs = facing.join(held, [facing.first == held.proposition, held.body < facing.b_body])
    sums = pairs.group_by(a_body="body", b_body="b_body").aggregate(**_sums(pairs))
    return _with_iris(_by_kind(sums), bodies)


def _numbered(said: Table, column: str, *more: str) -> Table:
    """The IRIs of a column, numbered in their order, with the columns that depend on them."""
    found = said.select(column, *more).distinct()
    number = ibis.row_number().over(order_by=found[column])
    return found.mutate(**{f"{column}_number": number.cast("int32")})


def _held(said: Table, bodies: Table, propositions: Table) -> Table:
    """One row a body and proposition, by number: in how many ways it holds each sort of stance.

    `own` has a bit for each sort that it ever holds by its own word.
    """
    said = said.join(bodies, "body").join(propositions.drop("issue"), "proposition")
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


def _related(propositions: Table, of_issue: bool) -> Table:
    """The pairs of propositions by number, with their relation, and of `ISSUE` if it is asked."""
    pairs = related()
    for mark, column in (("first", "proposition"), ("second", "other")):
        numbers = propositions.select(
            **{f"{mark}_iri": "proposition", mark: "proposition_number", f"{mark}_issue": "issue"}
        )
        pairs = pairs.join(numbers, [(column, f"{mark}_iri")])
    if of_issue:
        pairs = pairs.filter((pairs.first_issue == ISSUE) | (pairs.second_issue == ISSUE))
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
    # DuckDB adds up in 128 bits, of which Ibis does not know: a cast to int64 alone it leaves out.
    return {name: one.cast("decimal(38, 0)").cast("int64") for name, one in found.items()}


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


def _with_iris(counts: Table, bodies: Table) -> Table:
    """Counts of numbered bodies as those of their IRIs."""
    for mark in ("a", "b"):
        iris = bodies.select(**{f"{mark}_iri": "body", f"{mark}_number": "body_number"})
        counts = counts.join(iris, [(f"{mark}_body", f"{mark}_number")])
    figures = ("kind", "propositions", "own_word", "combinations")
    return counts.select(a_body="a_iri", b_body="b_iri", **{one: one for one in figures})


def called(counts: Table, language: Language) -> Table:
    """The bodies that are counted, numbered in the order of rows: their names and IRIs."""
    found = counts.select(body="a_body").union(counts.select(body="b_body"), distinct=True)
    found = found.left_join(short_names(language), [("body", "node")])
    number = ibis.row_number().over(order_by=[found.short.asc(nulls_first=True), found.body])
    return found.select("short", "body", number=number)


def figures(counts: Table, bodies: Table) -> Table:
    """The counts in the order of rows; bodies by number, kinds by their place in `KINDS`."""
    for mark in ("a", "b"):
        numbers = bodies.select(**{mark: "number", f"{mark}_iri": "body"}).view()
        counts = counts.join(numbers, [(f"{mark}_body", f"{mark}_iri")])
    keys = ("a", "b", "kind")
    counts = counts.mutate(kind=turn(counts.kind).cast("int32")).order_by(*keys)
    return counts.select(*keys, "propositions", "own_word", "combinations")


def put_together(
    bodies: Iterable[Sequence[Cell]], found: Iterable[tuple[int, ...]]
) -> Iterator[tuple[Cell, ...]]:
    """The rows of the answer, of what `called` and `figures` give."""
    names = [(short, Iri(iri)) for short, iri, _ in bodies]
    for a, b, kind, *numbers in found:
        (first, first_iri), (second, second_iri) = names[a], names[b]
        yield (first, second, KINDS[kind], *numbers, first_iri, second_iri)
