"""Minutes as data for JSON and as text for people: what `kg read` prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.minutes.model import Minutes, Participant, Remark, Span, Speech


def minutes_as_data(minutes: Minutes, text: str) -> dict[str, Any]:
    """The one object that ``kg read --format json`` prints.

    Places of findings are lines of `text`, the document's, from 1; offsets of speeches are half
    open, in code points of it.
    """
    header = minutes.header
    return {
        "language": header.language,
        "body": header.body,
        "meeting_number": header.number,
        "date": header.date,
        "start": minutes.start,
        "end": minutes.end,
        "scheduled_start": header.scheduled_start,
        "scheduled_end": header.scheduled_end,
        "place": header.place,
        "participants": [_participant(one) for one in minutes.participants],
        "agenda_items": [{"number": item.number, "title": item.title} for item in minutes.items],
        "speeches": [_speech(one) for one in minutes.speeches],
        "decisions": [{"item": one.item, "text": one.text} for one in minutes.decisions],
        "actions": [
            {
                "item": one.item,
                "responsible": one.responsible,
                "text": one.text,
                "due": one.due,
            }
            for one in minutes.actions
        ],
        "next_meeting": next_meeting(minutes),
        "findings": remarks_as_data(minutes.remarks, text),
    }


def remarks_as_data(remarks: Iterable[Remark], text: str) -> list[dict[str, str]]:
    """What could not be read or resolved: the place in `text`, and the message."""
    return [{"place": place(one.span, text), "message": one.message} for one in remarks]


def next_meeting(minutes: Minutes) -> str | None:
    """The day of the next meeting, or the memo's words where they name no day."""
    following = minutes.next_meeting
    return (following.date or following.written) if following else None


def place(span: Span, text: str) -> str:
    r"""The line of a span and its quote, short.

    >>> place((6, 9), "first\nsecond")
    'line 2: “sec”'
    """
    start, end = span
    quote = " ".join(text[start:end].split())
    quote = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1].rstrip() + "…"
    return f"line {line_of(start, text)}: “{quote}”"


_QUOTE = 60


def line_of(offset: int, text: str) -> int:
    """The line of an offset, from 1; CRLF is one line end."""
    before = text[:offset]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _participant(one: Participant) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "organisation": one.organisation,
        "role": one.role.value,
        "present": one.present,
    }


def _speech(one: Speech) -> dict[str, Any]:
    start, end = one.span
    return {
        "item": one.item,
        "speaker": one.speaker,
        "speaker_name": one.speaker_name,
        "verb": one.verb or None,
        "text": one.text,
        "start": start,
        "end": end,
    }
