"""Where two bodies differ and agree, side by side: the rows of a page's own tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.networks.stances import StanceGraph
from kg.statements import Comparison, Label, Side
from kg.views.data import code_label, node_id
from kg.views.models import Codes
from kg.views.texts import phrase
from kg.views.view import Mark

KINDS = ("opposed", "rival", "degree", "agree")


# What the queries give as evidence where no phrase was coded (RFC 5147).
_PLACE = re.compile(r"char=(?P<start>\d+),(?P<end>\d+)")


@dataclass(frozen=True)
class Voice:
    """One side's stance, on whose word, with its evidence: a phrase, or else its place."""

    mark: Mark | None
    stance: Label | None
    reported: bool
    basis: Label
    who: Label
    count: Label | None
    item: Label | None
    quote: str
    place: Label | None


@dataclass(frozen=True)
class ComparisonRow:
    """All that the two sides say on one proposition (or pair) under one kind of difference."""

    kind: str
    label: Label
    b_label: Label | None
    issue: Label
    node: str
    a: tuple[Voice, ...]
    b: tuple[Voice, ...]
    ground: Label | None
    claimed_by: str

    @property
    def on_report(self) -> bool:
        """Whether one of the two sides is known from reports alone."""
        return any(side and all(v.reported for v in side) for side in (self.a, self.b))


Marks = Mapping[str, Mark]
"""How each stance is shown."""


def comparison_rows(
    comparisons: Sequence[Comparison], graph: StanceGraph, codes: Codes, marks: Marks
) -> list[ComparisonRow]:
    """One row per kind and proposition, the sharpest kind first; each side's voices once.

    The second proposition of a pair is named by `graph` where the comparison does not name it.
    """
    ranked = sorted(comparisons, key=_rank)
    return [
        _comparison_row(list(group), graph, codes, marks)
        for _, group in groupby(ranked, key=lambda c: (c.kind, c.proposition, c.b_proposition))
    ]


def _rank(comparison: Comparison) -> tuple[int, str, str, str]:
    kind = KINDS.index(comparison.kind) if comparison.kind in KINDS else len(KINDS)
    return kind, comparison.issue.en, comparison.proposition, comparison.b_proposition


def _comparison_row(
    group: Sequence[Comparison], graph: StanceGraph, codes: Codes, marks: Marks
) -> ComparisonRow:
    first = group[0]
    return ComparisonRow(
        kind=first.kind,
        label=_label(first, graph),
        b_label=_second_label(first, graph),
        issue=first.issue,
        node=node_id(first.proposition) if first.proposition in graph else "",
        a=_voices([c.a for c in group], codes, marks),
        b=_voices([c.b for c in group], codes, marks),
        ground=_ground({c.ground for c in group if c.ground}),
        claimed_by=", ".join(dict.fromkeys(c.claimed_by for c in group if c.claimed_by)),
    )


def _label(comparison: Comparison, graph: StanceGraph) -> Label:
    """What a speaks of; an agreement over a refinement is labelled by what it refines instead."""
    if comparison.proposition == comparison.b_proposition or comparison.proposition not in graph:
        return comparison.label
    label: Label = graph.nodes[comparison.proposition]["label"]
    return label


def _second_label(comparison: Comparison, graph: StanceGraph) -> Label | None:
    if comparison.proposition == comparison.b_proposition:
        return None
    if comparison.b_label.en or comparison.b_proposition not in graph:
        return comparison.b_label if comparison.b_label.en else None
    label: Label = graph.nodes[comparison.b_proposition]["label"]
    return label


def _ground(grounds: set[str]) -> Label | None:
    if not grounds:
        return None
    return phrase(f"ground.{grounds.pop()}" if len(grounds) == 1 else "ground.both")


def _voices(sides: Sequence[Side], codes: Codes, marks: Marks) -> tuple[Voice, ...]:
    """Each voice once; a side without a stance (of a claim) gives way to one with a stance."""
    speaking = [side for side in sides if side.stance] or sides
    return tuple(_voice(side, codes, marks) for side in dict.fromkeys(speaking))


def _voice(side: Side, codes: Codes, marks: Marks) -> Voice:
    reported = side.basis == "reported"
    place = _PLACE.fullmatch(side.evidence)
    return Voice(
        mark=_mark(side, marks) if side.stance else None,
        stance=code_label(codes, "stance", side.stance) if side.stance else None,
        reported=reported,
        basis=code_label(codes, "basis", side.basis),
        who=word_of(side.asserted_by, reported),
        count=phrase("side.times", n=side.count) if side.count > 1 else None,
        item=phrase("side.item", n=side.item) if side.item else None,
        quote="" if place else side.evidence,
        place=place and phrase("side.place", s=place["start"], e=place["end"]),
    )


def _mark(side: Side, marks: Marks) -> Mark:
    """The sign of a side; a stance that no position has stands for itself, with reserve."""
    known = marks.get(side.stance, Mark("", True))
    return replace(known, reported=side.basis == "reported")


def word_of(speakers: str, reported: bool) -> Label:
    """On whose word a position stands; without a speaker it stands on that of the minutes."""
    who: Label = Label.same(speakers) if speakers else phrase("side.minutes")
    return phrase("side.reported_by", a=who) if reported else who


def bands(disagreements: Iterable[Comparison], agreements: Iterable[Comparison]) -> dict[str, str]:
    """The sharpest kind under which a proposition appears, for the layout."""
    found: dict[str, str] = {}
    for comparison in sorted((*disagreements, *agreements), key=_rank):
        for proposition in (comparison.proposition, comparison.b_proposition):
            found.setdefault(proposition, comparison.kind)
    return found
