"""What a view was made from, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from kg.statements import LANGUAGES, Label, Statement, current
from kg.views.texts import counted, phrase

MOST_NAMED = 3
"""Meetings that are named; of more, their number and their first and last day are told."""


def scope_of(statements: Sequence[Statement]) -> Label:
    """How many positions in force, from which meetings; what is only proposed is told apart."""
    told = current(statements)
    accepted = {s.position for s in told if s.status == "accepted"}
    others = {s.position for s in told} - accepted
    sources = sorted({(s.date, s.meeting_label) for s in told})
    lead = counted("source.scope", len(accepted), meetings=_meetings(sources))
    if not others:
        return lead
    more = counted("source.proposed", len(others))
    return Label(*(f"{lead.get(lang)} {more.get(lang)}" for lang in LANGUAGES))


def _meetings(sources: Sequence[tuple[str, Label]]) -> Label:
    if not sources:
        return phrase("source.no_meeting")
    if len(sources) > MOST_NAMED:
        days = [day for day, _ in sources if day] or ["–"]
        return phrase("source.meetings", n=len(sources), a=min(days), b=max(days))
    return Label(*("; ".join(label.get(lang) for _, label in sources) for lang in LANGUAGES))
