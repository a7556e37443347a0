"""What hangs on which entry, and which entry stands under which item of the agenda."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.drafting.model import AlignmentDraft, Draft, Drafts
from kg.minutes.model import Action, AgendaItem, Decision, Minutes, Record, Span, Speech
from kg.traced import taken

_BACK = 4  # so many entries before a place are looked at: two speakers may share one passage


@dataclass
class Gathered:
    """An entry of the minutes and what was read in it."""

    said: Speech | Record
    item: AgendaItem | None
    span: Span
    positions: list[Draft] = field(default_factory=list)
    claims: list[AlignmentDraft] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def gather(minutes: Minutes, drafts: Drafts, text: str) -> list[Gathered]:
    """The entries by place, each with what it holds.

    A decision or an action outside all entries gets an entry of its own, a record.
    """
    entries = [
        Gathered(one, _item(minutes, one.item, _span(one)[0]), _span(one))
        for one in minutes.entries
    ]
    for draft in drafts.positions:
        entries[draft.entry].positions.append(draft)
    for claim in drafts.alignments:
        entries[claim.entry].claims.append(claim)
    entries.sort(key=lambda one: one.span)
    new: list[Gathered] = []
    starts = [one.span[0] for one in entries]
    decided: tuple[Decision | Action, ...] = (*minutes.decisions, *minutes.actions)
    for said in decided:
        place = _holding(entries, starts, said.span) or _same(new, said.span)
        if place is None:
            record = Record(said.item, taken(text, *said.span))
            place = Gathered(record, _item(minutes, said.item, said.span[0]), said.span)
            new.append(place)
        if isinstance(said, Decision):
            place.decisions.append(said)
        else:
            place.actions.append(said)
    return sorted([*entries, *new], key=lambda one: one.span)


def under(entries: Sequence[Gathered], item: AgendaItem | None) -> list[Gathered]:
    """The entries under one item, or under none."""
    return [entry for entry in entries if entry.item is item]


def _span(said: Speech | Record) -> Span:
    return said.passage.strip().span()


def _item(minutes: Minutes, number: str | None, start: int) -> AgendaItem | None:
    """The item of a number, or where items have none, the one whose heading stands before."""
    alike = [item for item in minutes.items if item.number == number]
    before = [item for item in alike if item.span[0] <= start]
    found = before[-1:] or (alike[:1] if number is not None else [])
    return found[0] if found else None


def _holding(entries: Sequence[Gathered], starts: Sequence[int], span: Span) -> Gathered | None:
    """The last entry that a range begins in."""
    after = bisect_right(starts, span[0])
    near: Iterator[Gathered] = reversed(entries[max(after - _BACK, 0) : after])
    return next((one for one in near if span[0] < one.span[1]), None)


def _same(entries: Sequence[Gathered], span: Span) -> Gathered | None:
    return next((one for one in entries if one.span == span), None)
