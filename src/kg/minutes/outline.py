"""Minutes as a text for people: who was there, and item by item who said what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.minutes.form import line_of, next_meeting
from kg.minutes.memo import Memo
from kg.minutes.model import AgendaItem, Minutes, Participant

_BRIEF = 150


def outline(memo: Memo) -> str:
    """A memo's minutes, some lines an item; speeches are cut short, with the line they begin in."""
    minutes = memo.minutes
    lines = [*_head(minutes), "", f"Participants ({len(minutes.participants)})"]
    lines += [f"  {_participant(one)}" for one in minutes.participants]
    for item in _items(minutes):
        lines += _item(item, memo)
    if following := next_meeting(minutes):
        lines += ["", f"Next meeting: {following}"]
    return "\n".join(lines) + "\n"


def _head(minutes: Minutes) -> Iterator[str]:
    header = minutes.header
    number = f", meeting {header.number}" if header.number else ""
    yield f"{header.body or 'A body that is not named'}{number}"
    scheduled = _times(header.scheduled_start, header.scheduled_end)
    actual = _times(minutes.start, minutes.end)
    parts = [
        header.date or "no date",
        scheduled and f"announced {scheduled}",
        actual and f"held {actual}",
        header.place,
        f"language {header.language}",
    ]
    yield ", ".join(part for part in parts if part)


def _times(start: str | None, end: str | None) -> str | None:
    return f"{start or '?'}–{end or '?'}" if start or end else None


def _participant(one: Participant) -> str:
    parts = [one.name, one.title, one.organisation, one.role.value]
    absent = [] if one.present else ["absent"]
    return ", ".join([part for part in parts if part] + absent)


def _items(minutes: Minutes) -> Iterable[AgendaItem | None]:
    """The items, before them what stands under none."""
    places = [one.item for one in minutes.speeches]
    places += [one.item for one in minutes.decisions]
    places += [one.item for one in minutes.actions]
    loose = None in places
    return [*([None] if loose else []), *minutes.items]


def _item(item: AgendaItem | None, memo: Memo) -> Iterator[str]:
    minutes, text = memo.minutes, memo.document.text
    title = item.title if item else "Under no item"
    key = (item.number or item.title) if item else None
    yield ""
    yield f"{item.number} {title}" if item and item.number else title
    for speech in minutes.speeches:
        if speech.item == key:
            who = speech.speaker_name or speech.speaker
            yield f"  {who} ({speech.act}, line {line_of(speech.span[0], text)}): " + _brief(
                speech.text
            )
    for decision in minutes.decisions:
        if decision.item == key:
            yield f"  Decision: {_brief(decision.text)}"
    for action in minutes.actions:
        if action.item == key:
            due = f", by {action.due or action.due_written}" if action.due_written else ""
            yield f"  Action ({action.responsible or 'nobody named'}{due}): {_brief(action.text)}"


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else text[: _BRIEF - 1].rstrip() + "…"
