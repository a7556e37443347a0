"""How two stances on related propositions differ: opposed, rival, in degree, or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import ibis
from ibis.expr.types import IntegerValue, StringValue, Table

from kg.differences.tables import nodes, relations

KINDS = ("opposed", "rival", "degree")
"""The kinds of difference, the sharpest first."""
RELATIONS = ("same", "a refines b", "b refines a", "rival")


@dataclass(frozen=True)
class Sort:
    """What of a stance decides how it differs from another."""

    pole: str
    qualified: bool
    conceded: bool = False


# A concession is one stance, that of the notation “concede”: qualified support.
SORTS = (
    *(Sort(pole, qualified) for pole in ("support", "oppose", "") for qualified in (False, True)),
    Sort("support", True, conceded=True),
)


def kind_of(relation: str, a: Sort, b: Sort) -> str:
    """The kind of difference between two sorts of stance, else “agree” or “none”.

    >>> kind_of("same", Sort("support", False), Sort("oppose", True))
    'degree'
    >>> kind_of("a refines b", Sort("support", False), Sort("oppose", False))
    'opposed'
    """
    if relation == "rival":
        # Who concedes accepts the other's way too, and is no rival.
        both_want_theirs = a.pole == b.pole == "support" and not (a.conceded or b.conceded)
        return "rival" if both_want_theirs else "none"
    # Support of a refinement is support of what it refines; no other stance passes upwards.
    refining, refined = (a, b) if relation == "a refines b" else (b, a)
    if relation != "same" and refining.pole != "support":
        return "degree" if refined.pole == "support" else "none"
    if a.pole == b.pole == "":
        return "none"
    if a.pole == b.pole:
        return "agree" if a.qualified == b.qualified else "degree"
    return "degree" if a.qualified or b.qualified else "opposed"


@cache
def differing(relation: str, kind: str) -> Mapping[int, tuple[int, ...]]:
    """Of a relation and a kind: for each sort of a, the sorts of b that differ so, by number."""
    found = {
        i: tuple(j for j, b in enumerate(SORTS) if kind_of(relation, a, b) == kind)
        for i, a in enumerate(SORTS)
    }
    return {i: others for i, others in found.items() if others}


def sort_of(given: Table) -> IntegerValue:
    """The number in `SORTS` of a position's stance."""
    conceded = given.stance == "concede"
    plain = ((given.pole == one.pole) & (given.qualified == one.qualified) for one in SORTS[:-1])
    return ibis.cases(
        (conceded, len(SORTS) - 1), *((test, number) for number, test in enumerate(plain))
    )


def related() -> Table:
    """Pairs of propositions with their relation, each proposition with itself included."""
    itself = nodes.filter(nodes.kind == "proposition").select(
        proposition="node", other="node", relation=ibis.literal("same")
    )
    return relations.union(itself)


def kind(pairs: Table) -> StringValue:
    """The kind of difference between the sides of a pair; null where they do not differ.

    `pairs` has `relation` and the numbers of the two sorts, `a_sort` and `b_sort`.
    """
    stances = pairs.a_sort * len(SORTS) + pairs.b_sort
    tests = []
    for one in KINDS:
        for relation in RELATIONS:
            found = differing(relation, one)
            numbers = [i * len(SORTS) + j for i, others in found.items() for j in others]
            if numbers:
                tests.append(((pairs.relation == relation) & stances.isin(numbers), one))
    return ibis.cases(*tests)


def turn(of: StringValue) -> IntegerValue:
    """The place of a kind in `KINDS`."""
    return ibis.cases(*((of == one, place) for place, one in enumerate(KINDS)))
