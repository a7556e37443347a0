"""When something is due: a date as the minutes give it, as the first and last day it can mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from kg.coding.fields import MAX_QUOTE_WORDS
from kg.minutes.model import Action


def deadline(action: Action, held: date) -> dict[str, Any] | None:
    """The deadline of an action; None where none is told, or it is over before the meeting.

    >>> action = Action("3", "VM", "…", "2024-02", (0, 1), "in February")
    >>> due = deadline(action, date(2024, 1, 9))
    >>> due["earliest"], due["latest"]
    ('2024-02-01', '2024-02-29')
    """
    days = _days(action.due)
    if days is None or days[1] < held:
        return None
    written = " ".join((action.due_written or action.due or "").split()[:MAX_QUOTE_WORDS])
    earliest, latest = (day.isoformat() for day in days)
    return {
        "dateKind": "deadline",
        "asWritten": written,
        "earliest": earliest,
        "latest": latest,
    }


def _days(due: str | None) -> tuple[date, date] | None:
    """The days that YYYY-MM-DD or YYYY-MM can mean."""
    try:
        year, month, *day = (int(part) for part in (due or "").split("-"))
        if day:
            return date(year, month, day[0]), date(year, month, day[0])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None
