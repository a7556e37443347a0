"""The plain tables of a page: what is readable without the drawing, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.networks.stances import StanceGraph, stance_edges
from kg.statements import Comparison, Label, Side, Statement
from kg.views.models import Codes
from kg.views.payload import code_label, edge_ids, node_ids
from kg.views.texts import phrase

KINDS = ("opposed", "rival", "degree", "agree")


@dataclass(frozen=True)
class Mark:
    """A stance as it is shown: its pole, whether it is qualified, and its name."""

    pole: str
    qualified: bool
    label: Label

    @property
    def glyph(self) -> str:
        """The sign that carries the stance beside its colour."""
        return {"support": "+", "oppose": "−"}.get(self.pole, "?")


# What the queries give as evidence where no phrase was coded (RFC 5147).
_PLACE = re.compile(r"char=(?P<start>\d+),(?P<end>\d+)")


@dataclass(frozen=True)
class Voice:
    """One side's stance, on whose word, with its evidence: a phrase, or else its place."""

    mark: Mark | None
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


@dataclass(frozen=True)
class StatementRow:
    """One stance edge of the network."""

    edge: str
    holder: Label
    bodies: tuple[Label, ...]
    mark: Mark
    reported: bool
    basis: Label
    who: Label
    proposition: Label
    items: str


Marks = Callable[[str], Mark]


def marks(statements: Iterable[Statement], codes: Codes) -> Marks:
    """How each stance is shown; pole and qualification come from the statements that use it."""
    known = {s.stance: (s.pole, s.qualified) for s in statements}

    def mark(stance: str) -> Mark:
        return Mark(*known.get(stance, ("", True)), code_label(codes, "stance", stance))

    return mark


def comparison_rows(
    comparisons: Sequence[Comparison], graph: StanceGraph, codes: Codes, mark: Marks
) -> list[ComparisonRow]:
    """One row per kind and proposition, the sharpest kind first; each side's voices once.

    The second proposition of a pair is named by `graph` where the comparison does not name it.
    """
    ranked = sorted(comparisons, key=_rank)
    return [
        _comparison_row(list(group), graph, codes, mark)
        for _, group in groupby(ranked, key=lambda c: (c.kind, c.proposition, c.b_proposition))
    ]


def _rank(comparison: Comparison) -> tuple[int, str, str, str]:
    kind = KINDS.index(comparison.kind) if comparison.kind in KINDS else len(KINDS)
    return kind, comparison.issue.en, comparison.proposition, comparison.b_proposition


def _comparison_row(
    group: Sequence[Comparison], graph: StanceGraph, codes: Codes, mark: Marks
) -> ComparisonRow:
    first = group[0]
    return ComparisonRow(
        kind=first.kind,
        label=_label(first, graph),
        b_label=_second_label(first, graph),
        issue=first.issue,
        node=node_ids(graph).get(first.proposition, ""),
        a=_voices([c.a for c in group], codes, mark),
        b=_voices([c.b for c in group], codes, mark),
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


def _voices(sides: Sequence[Side], codes: Codes, mark: Marks) -> tuple[Voice, ...]:
    """Each voice once; a side without a stance (of a claim) gives way to one with a stance."""
    speaking = [side for side in sides if side.stance] or sides
    return tuple(_voice(side, codes, mark) for side in dict.fromkeys(speaking))


def _voice(side: Side, codes: Codes, mark: Marks) -> Voice:
    reported = side.basis == "reported"
    place = _PLACE.fullmatch(side.evidence)
    return Voice(
        mark=mark(side.stance) if side.stance else None,
        reported=reported,
        basis=code_label(codes, "basis", side.basis),
        who=word_of(side.asserted_by, reported),
        count=phrase("side.times", n=side.count) if side.count > 1 else None,
        item=phrase("side.item", n=side.item) if side.item else None,
        quote="" if place else side.evidence,
        place=place and phrase("side.place", s=place["start"], e=place["end"]),
    )


def word_of(speakers: str, reported: bool) -> Label:
    """On whose word a position stands; without a speaker it stands on that of the minutes."""
    who: Label = Label.same(speakers) if speakers else phrase("side.minutes")
    return phrase("side.reported_by", a=who) if reported else who


def statement_rows(graph: StanceGraph, codes: Codes, mark: Marks) -> list[StatementRow]:
    """One row for each stance edge, in the order of holders and propositions."""
    names = edge_ids(graph)
    rows = [_statement_row(graph, names[edge], edge, codes, mark) for edge in stance_edges(graph)]
    return sorted(rows, key=lambda row: (row.bodies, row.holder, row.proposition, row.edge))


def _statement_row(
    graph: StanceGraph, name: str, edge: tuple[str, str, str], codes: Codes, mark: Marks
) -> StatementRow:
    attributes = graph.edges[edge]
    behind: tuple[Statement, ...] = attributes["statements"]
    reported = attributes["basis"] == "reported"
    speakers = ", ".join(sorted({s.speaker_name for s in behind if s.speaker_name}))
    return StatementRow(
        edge=name,
        holder=graph.nodes[edge[0]]["label"],
        bodies=tuple(sorted({s.body_name for s in behind if s.body})),
        mark=mark(attributes["stance"]),
        reported=reported,
        basis=code_label(codes, "basis", attributes["basis"]),
        who=word_of(speakers, reported),
        proposition=graph.nodes[edge[1]]["label"],
        items=", ".join(sorted({s.item for s in behind if s.item})),
    )


def bands(disagreements: Iterable[Comparison], agreements: Iterable[Comparison]) -> dict[str, str]:
    """The sharpest kind under which a proposition appears, for the layout."""
    found: dict[str, str] = {}
    for comparison in sorted((*disagreements, *agreements), key=_rank):
        for proposition in (comparison.proposition, comparison.b_proposition):
            found.setdefault(proposition, comparison.kind)
    return found
