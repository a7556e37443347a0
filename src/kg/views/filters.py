"""The choices that a page offers: by kind, body, issue, stance, basis, date and coding status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.statements import Label, Statement
from kg.views.data import code_label, named, token
from kg.views.texts import interface
from kg.views.view import FACETS, Mark, View

WEIGHTS = ("support", "support?", "?", "oppose?", "oppose")
"""Stances from full support to full opposition; a question mark stands for reserve."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter; `on` says whether it is let through when the page opens."""

    value: str
    label: Label
    mark: Mark | None = None
    on: bool = True


@dataclass(frozen=True)
class Choices:
    """The filters of a page; a filter with one value only is left out. `dates` are in order."""

    by: Mapping[str, tuple[Choice, ...]]
    dates: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.by) or len(self.dates) > 1


def choices(view: View) -> Choices:
    """The choices of every filter for which the view has more than one value."""
    found = _labels(view)
    by = {facet: _in_order(facet, found[facet], view) for facet in FACETS if facet != "date"}
    dates = tuple(sorted(date for date in found["date"] if date))
    return Choices({facet: many for facet, many in by.items() if len(many) > 1}, dates)


def _labels(view: View) -> dict[str, dict[str, Label]]:
    """What each value of each filter is called."""
    found: dict[str, dict[str, Label]] = {facet: {} for facet in FACETS}
    for statement in view.statements:
        for facet, value, label in _of_statement(statement, view):
            found[facet].setdefault(value, label)
    names = {node.key: node.name or node.label for node in view.nodes}
    for facets in (one.facets for some in (view.nodes, view.edges) for one in some):
        for facet, values in facets.items():
            for value in values:
                found[facet].setdefault(value, _label(view, names, facet, value))
    for node in view.nodes:
        found["kind"].setdefault(node.kind, named("thing", node.kind))
    return found


def _of_statement(s: Statement, view: View) -> Iterable[tuple[str, str, Label]]:
    yield "body", s.body, s.body_name if s.body else interface()["controls.no_body"]
    yield "issue", s.issue, s.issue_label if s.issue else interface()["controls.no_issue"]
    for facet, value in (("stance", s.stance), ("basis", s.basis), ("status", s.status)):
        yield facet, value, code_label(view.codes, facet, value)
    yield "date", s.date, Label.same(s.date)


def _label(view: View, names: Mapping[str, Label], facet: str, value: str) -> Label:
    if (facet, value) in view.labels:
        return view.labels[facet, value]
    if facet in ("stance", "basis", "status"):
        return code_label(view.codes, facet, value)
    if not value:
        return interface()["controls.no_issue" if facet == "issue" else "controls.no_body"]
    return names.get(value, Label.same(value))


def _in_order(facet: str, labels: Mapping[str, Label], view: View) -> tuple[Choice, ...]:
    """Stances from support to opposition, all else by name; what has no value comes last."""
    marks = stance_marks(view.statements)
    made = [
        Choice(
            token(value),
            label,
            marks.get(value) if facet == "stance" else None,
            on=view.proposed or (facet, value) != ("status", "proposed"),
        )
        for value, label in labels.items()
    ]
    if facet == "stance":
        return tuple(sorted(made, key=lambda one: (_weight(one.mark), one.value)))
    return tuple(sorted(made, key=lambda one: (one.value == "none", one.label, one.value)))


def stance_marks(statements: Iterable[Statement]) -> dict[str, Mark]:
    """How each stance that occurs is shown."""
    return {s.stance: Mark(s.pole, s.qualified) for s in statements}


def _weight(mark: Mark | None) -> int:
    mark = mark or Mark("", True)
    shown = (mark.pole or "") + ("?" if mark.qualified or not mark.pole else "")
    return WEIGHTS.index(shown) if shown in WEIGHTS else len(WEIGHTS)
