"""Bodies two by two: where they differ, where they are on one side, and with which positions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.measures.agreement import Agreement, agreements
from kg.networks.counts import Counts, count
from kg.networks.events import Events
from kg.networks.statement_events import statement_events
from kg.report.material import Material, Record
from kg.report.positions import Position

KINDS = ("opposed", "rival", "degree")
DUPLICATES = "acrossrange"
"""A body's equal positions on one proposition count once, however often they were stated."""

MOST_BODIES = 30
"""How many bodies a matrix shows at most."""
MOST_PAIRS = 60
"""How many pairs are set out point by point; each takes a query."""

_WEIGHTS = {"opposed": 100, "rival": 10, "degree": 1}


@dataclass(frozen=True)
class Side:
    """A stance that one of two bodies takes on a point, with the positions behind it."""

    stance: str
    pole: str
    qualified: bool
    basis: str
    positions: tuple[Position, ...]


@dataclass(frozen=True)
class Point:
    """A proposition, or a pair of them, on which two bodies differ in one of `KINDS`."""

    kind: str
    a_proposition: str
    b_proposition: str
    a: tuple[Side, ...]
    b: tuple[Side, ...]


@dataclass(frozen=True)
class Pair:
    """Two bodies: on how many points they differ, by kind, and on how many on their own word.

    `points` is empty where the pair is not set out. `agreement` is None where they do not speak
    of a common proposition. `number` counts the pairs of a report from 1, the sharpest first.
    """

    number: int
    a: str
    b: str
    kinds: Mapping[str, int]
    own_word: int
    points: tuple[Point, ...] = ()
    agreement: Agreement | None = None

    @property
    def differences(self) -> int:
        """Points of all kinds."""
        return sum(self.kinds.values())

    @property
    def anchor(self) -> str:
        """Where it is set out in the report."""
        return f"pair-{self.number}"


@dataclass(frozen=True)
class Pairs:
    """All pairs of bodies that differ or share a proposition, and the bodies of a matrix.

    `bodies` are those shown, the ones that differ most first; `left_out` are the others.
    """

    bodies: tuple[str, ...]
    left_out: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def by_bodies(self) -> Mapping[frozenset[str], Pair]:
        """The pairs by their two bodies."""
        return {frozenset((pair.a, pair.b)): pair for pair in self.pairs}

    def shown(self) -> tuple[Pair, ...]:
        """The pairs of the bodies shown."""
        bodies = set(self.bodies)
        return tuple(pair for pair in self.pairs if {pair.a, pair.b} <= bodies)

    def differing(self) -> tuple[Pair, ...]:
        """The pairs that differ in anything."""
        return tuple(pair for pair in self.pairs if pair.differences)


def counted(material: Material) -> tuple[Events, Counts]:
    """The positions of bodies as events, and how many of each body on each proposition."""
    events = statement_events(material.table, None, material.wish.filters, material.wish.language)
    return events, count(events, DUPLICATES)


def pairs_of(material: Material, counts: Counts, most: int = MOST_BODIES) -> Pairs:
    """Find the pairs of the bodies that are looked at."""
    differing = _differing(material)
    agreeing = {frozenset((one.first.id, one.second.id)): one for one in agreements(counts)}
    shown, left_out = _bodies(material, differing, most)
    found = [
        _pair(material, key, differing.get(key, []), agreeing.get(key))
        for key in {*differing, *agreeing}
    ]
    ordered = sorted(found, key=lambda pair: _sharpest(material, pair))
    numbered = tuple(
        _set_out(material, pair, number) for number, pair in enumerate(ordered, start=1)
    )
    return Pairs(shown, left_out, numbered)


def _differing(material: Material) -> dict[frozenset[str], list[Record]]:
    found: defaultdict[frozenset[str], list[Record]] = defaultdict(list)
    for row in material.ask("disagreements-all", seen=True):
        found[frozenset((str(row["a_body"]), str(row["b_body"])))].append(row)
    return found


def _bodies(
    material: Material, differing: Mapping[frozenset[str], Sequence[Record]], most: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bodies that are shown, and the others, each with those first that differ most.

    Of many those stay that differ most among themselves: one after the other the body that differs
    least from the rest is left out (Charikar 2000, doi:10.1007/3-540-44436-X_10).
    """
    said = Counter(body for one in material.current for body in one.bodies)
    apart: dict[str, Counter[str]] = {body: Counter() for body in said}
    for key, rows in differing.items():
        for body in key:
            (other,) = key - {body}
            apart[body][other] = sum(_integer(row["propositions"]) for row in rows)
    left: list[str] = []
    among = {body: sum(others.values()) for body, others in apart.items()}
    while len(among) > most:
        least = min(among, key=lambda body: (among[body], said[body], body))
        del among[least]
        left.append(least)
        for other in apart[least].keys() & among.keys():
            among[other] -= apart[least][other]
    shown = sorted(among, key=lambda body: (-among[body], -said[body], material.label(body), body))
    return tuple(shown), tuple(reversed(left))


def _pair(
    material: Material,
    key: frozenset[str],
    rows: Sequence[Record],
    agreement: Agreement | None,
) -> Pair:
    a, b = sorted(key, key=lambda body: (material.label(body), body))
    kinds = {str(row["kind"]): _integer(row["propositions"]) for row in rows}
    own = sum(_integer(row["own_word"]) for row in rows)
    return Pair(0, a, b, {kind: kinds[kind] for kind in KINDS if kind in kinds}, own, (), agreement)


def _sharpest(material: Material, pair: Pair) -> tuple[object, ...]:
    weight = sum(_WEIGHTS[kind] * number for kind, number in pair.kinds.items())
    shared = pair.agreement.shared if pair.agreement else 0
    return -weight, -shared, material.label(pair.a), material.label(pair.b), pair.a, pair.b


def _set_out(material: Material, pair: Pair, number: int) -> Pair:
    points = _points(material, pair) if number <= MOST_PAIRS and pair.differences else ()
    return Pair(number, pair.a, pair.b, pair.kinds, pair.own_word, points, pair.agreement)


def _points(material: Material, pair: Pair) -> tuple[Point, ...]:
    """The rows of the query, those of one kind and one pair of propositions together."""
    groups: defaultdict[tuple[int, str, str], list[Record]] = defaultdict(list)
    for row in material.ask("disagreements", {"a": pair.a, "b": pair.b}, seen=True):
        kind = KINDS.index(str(row["kind"]))
        groups[kind, str(row["proposition"]), str(row["b_proposition"])].append(row)
    found = [
        Point(
            KINDS[kind],
            first,
            second,
            _sides(material, pair.a, first, "a", rows),
            _sides(material, pair.b, second, "b", rows),
        )
        for (kind, first, second), rows in groups.items()
    ]
    order = {one.proposition: one.number for one in material.current}
    return tuple(
        sorted(found, key=lambda one: (KINDS.index(one.kind), order.get(one.a_proposition, 0)))
    )


def _sides(
    material: Material, body: str, proposition: str, side: str, rows: Sequence[Record]
) -> tuple[Side, ...]:
    found = dict.fromkeys((str(row[f"{side}_stance"]), str(row[f"{side}_basis"])) for row in rows)
    return tuple(_side(material, body, proposition, stance, basis) for stance, basis in found)


def _side(material: Material, body: str, proposition: str, stance: str, basis: str) -> Side:
    behind = tuple(
        one
        for one in material.by_side.get((body, proposition), ())
        if (one.stance, one.basis) == (stance, basis)
    )
    pole, qualified = (behind[0].pole, behind[0].qualified) if behind else ("", True)
    return Side(stance, pole, qualified, basis, behind)


def _integer(value: object) -> int:
    return int(str(value))
