"""The plain tables of a page: the same content without the drawing, and without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.statements import Label
from kg.views.comparisons import word_of
from kg.views.data import code_label, named, node_id
from kg.views.shown import rounded
from kg.views.texts import phrase
from kg.views.view import Edge, Fact, Mark, View

MOST_LISTED = 2000
"""Rows of a table: a page of more would be slow to open. The downloads have them all."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """The rows of a table, and how many there are in all."""

    rows: Sequence[Row]
    total: int

    @property
    def rest(self) -> Label | None:
        """The sentence that says what is left out."""
        if self.total <= len(self.rows):
            return None
        return phrase("tables.rest", n=len(self.rows), m=self.total)


@dataclass(frozen=True)
class StatementRow:
    """One position: `place` is that of the statement in the view."""

    place: int
    holder: Label
    body: Label | None
    mark: Mark
    stance: Label
    condition: Label | None
    basis: Label
    who: Label
    proposition: Label
    issue: Label | None
    meeting: Label
    date: str
    item: str
    quote: str
    status: Label
    proposed: bool
    superseded: bool


@dataclass(frozen=True)
class TieRow:
    """One edge: `place` is that of the edge in the view."""

    place: int
    source: Label
    target: Label
    kind: Label
    tone: str
    dashed: bool
    weight: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class NodeRow:
    """One node with what is known of it."""

    id: str
    kind: Label
    name: Label
    facts: Sequence[Fact]
    ties: int


def statement_rows(view: View, used: Sequence[int]) -> Listed[StatementRow]:
    """The statements at the places `used`, by body, holder and proposition."""
    rows = [_statement_row(view, place) for place in used]
    rows.sort(key=lambda row: (row.body or row.holder, row.holder, row.proposition, row.place))
    return Listed(rows[:MOST_LISTED], len(rows))


def _statement_row(view: View, place: int) -> StatementRow:
    s = view.statements[place]
    return StatementRow(
        place=place,
        holder=s.holder_name,
        body=s.body_name if s.body else None,
        mark=Mark(s.pole, s.qualified, s.basis == "reported"),
        stance=code_label(view.codes, "stance", s.stance),
        condition=s.condition_label if s.condition_label.en else None,
        basis=code_label(view.codes, "basis", s.basis),
        who=word_of(s.speaker_name, s.basis == "reported"),
        proposition=s.proposition_label,
        issue=s.issue_label if s.issue else None,
        meeting=s.meeting_label,
        date=s.date,
        item=s.item,
        quote=s.quote,
        status=code_label(view.codes, "status", s.status),
        proposed=s.status != "accepted",
        superseded=s.superseded,
    )


def tie_rows(view: View) -> Listed[TieRow]:
    """The edges that are no positions, the heaviest first where weights tell something."""
    names = {node.key: node.name or node.label for node in view.nodes}
    places = [place for place, edge in enumerate(view.edges) if edge.kind != "stance"]
    if view.weighted:
        places.sort(key=lambda place: -abs(view.edges[place].total))
    rows = [_tie_row(view.edges[place], place, names) for place in places[:MOST_LISTED]]
    return Listed(rows, len(places))


def _tie_row(edge: Edge, place: int, names: dict[str, Label]) -> TieRow:
    weight = edge.total
    return TieRow(
        place,
        names[edge.source],
        names[edge.target],
        named("tie", edge.kind),
        edge.tone,
        edge.dashed,
        rounded(int(weight) if weight == int(weight) else weight),
        edge.facts,
    )


def node_rows(view: View) -> Listed[NodeRow]:
    """The nodes by kind and name; those with most ties first where weights tell something."""
    ties = dict.fromkeys((node.key for node in view.nodes), 0)
    for edge in view.edges:
        ties[edge.source] += 1
        ties[edge.target] += 1
    rows = [
        NodeRow(
            node_id(node.key),
            named("thing", node.kind),
            node.name or node.label,
            node.facts,
            ties[node.key],
        )
        for node in view.nodes
    ]
    rows.sort(key=lambda row: (-row.ties if view.weighted else 0, row.kind, row.name, row.id))
    return Listed(rows[:MOST_LISTED], len(rows))
