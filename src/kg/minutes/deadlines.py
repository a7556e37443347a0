"""When something is due: “14.4.2022 mennessä”, “senast den 11 oktober”, “by end of April”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.minutes.dates import days_in
from kg.minutes.lexicon import lexicon
from kg.minutes.words import months

_WORD = re.compile(r"[^\W\d_]+")
_ISO_MONTH = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])")
_NUMBER = re.compile(r"(?P<word>[^\W\d_]+)\.?\s?(?P<number>\d{1,2})(?!\d|[.:]\d)")
_SHORT_DAY = re.compile(
    r"(?<![\d./:])(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})|\.(?P<other>\d{1,2}))(?![\d/:])(?P<end>\.?)"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A day ``YYYY-MM-DD`` or month ``YYYY-MM``, the memo's words for it, and where they stand."""

    iso: str
    written: str
    start: int


def due_in(text: str, language: str, meeting: date | None) -> Due | None:
    """The deadline that the text of a task names.

    A year that is not written is that of the next such day or month from the meeting on; without
    the meeting's date there is then no deadline.
    """
    return (
        _full(text, meeting)
        or _iso_month(text)
        or _short(text, language, meeting)
        or _month(text, language, meeting)
        or _year_end(text, language, meeting)
    )


def _iso_month(text: str) -> Due | None:
    found = _ISO_MONTH.search(text)
    return Due(found[0], found[0], found.start()) if found else None


def _full(text: str, meeting: date | None) -> Due | None:
    days = days_in(text)
    exact = [day for day in days if day.day] or days
    if not exact:
        return None
    day = exact[-1]
    iso = day.iso(None if day.year else _year(day.month, day.day, meeting))
    return Due(iso, text[day.start : day.end], day.start) if iso else None


def _short(text: str, language: str, meeting: date | None) -> Due | None:
    """“24/3”, and weeks: “v. 48” is in the month of its Monday."""
    marks = lexicon(language).words("actions.deadlines")
    marked = any(word.casefold() in marks for word in _WORD.findall(text))
    for found in _SHORT_DAY.finditer(text):
        day, month = int(found["day"]), int(found["month"] or found["other"])
        year = _year(month, day, meeting)
        if year and (found["month"] or found["end"] or marked) and _is_day(year, month, day):
            return Due(f"{year:04}-{month:02}-{day:02}", found[0], found.start())
    for found in _NUMBER.finditer(text):
        if found["word"].casefold() in lexicon(language).words("actions.weeks") and meeting:
            return _week(int(found["number"]), found, meeting)
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _week(number: int, found: re.Match[str], meeting: date) -> Due | None:
    if not 1 <= number <= _WEEKS:
        return None
    year = meeting.year + (number < meeting.isocalendar().week)
    monday = date.fromisocalendar(year, number, 1)
    return Due(f"{monday:%Y-%m}", found[0], found.start())


_WEEKS = 52


def _month(text: str, language: str, meeting: date | None) -> Due | None:
    """A month alone: “huhtikuussa”, “före utgången av april”, “the September meeting”."""
    for found in _WORD.finditer(text):
        month = _month_of(found[0], language)
        if month is None:
            continue
        year = _year(month, None, meeting)
        if year:
            return Due(f"{year:04}-{month:02}", found[0], found.start())
    return None


def _year_end(text: str, language: str, meeting: date | None) -> Due | None:
    """“by the end of 2024”, “ennen vuodenvaihdetta”: the December of a year, or the next one."""
    found = _year_end_pattern(language).search(text)
    if found is None:
        return None
    written = next((year for year in found.groups() if year), None)
    year = int(written) if written else _year(_DECEMBER, None, meeting)
    return Due(f"{year:04}-{_DECEMBER}", found[0], found.start()) if year else None


_DECEMBER = 12


@cache
def _year_end_pattern(language: str) -> re.Pattern[str]:
    """The phrases for the end of a year, with ``{year}`` where one is written."""
    phrases = lexicon(language).tables["actions"]["year_ends"]
    written = (re.escape(one).replace(r"\{year\}", r"(\d{4})") for one in phrases)
    return re.compile(rf"\b(?:{'|'.join(written)})\b", re.IGNORECASE)


@cache
def _month_of(word: str, language: str) -> int | None:
    """The month that a word names, with a case ending or without; short names only as written."""
    fold = word.casefold()
    if fold in lexicon(language).words("actions.no_months"):
        return None
    for day, month in lexicon(language).tables["actions"]["holidays"]:
        if fold == day:
            return int(month)
    for name, number in months().items():
        long = len(name) > _SHORT_NAME or len(fold) - len(name) > _SHORT_NAME
        ending = fold[len(name) :] if fold.startswith(name) and long else None
        if fold == name and len(name) > _SHORT_NAME:
            return number
        if ending and ending in lexicon(language).words("actions.month_ends"):
            return number
    capital = word[0].isupper() or not lexicon(language).flag("actions", "capital_months")
    return months().get(fold) if capital and len(fold) == _SHORT_NAME else None


_SHORT_NAME = 3


def _year(month: int, day: int | None, meeting: date | None) -> int | None:
    """The year of the next such day or month, that of the meeting included."""
    if meeting is None:
        return None
    past = (month, day or 31) < (meeting.month, meeting.day if day else 1)
    return meeting.year + past
