"""Days and times of day in a text, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.minutes.words import known, months, one_of

_ROOM = 20  # letters before a number that a word for a room stands in
_DASH = r"[–—−-]"


@dataclass(frozen=True, slots=True)
class Day:
    """A day (or month) as a text names it, at a half-open range; what it leaves out is None."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    def iso(self, year: int | None = None) -> str | None:
        """``YYYY-MM-DD``, or ``YYYY-MM`` without a day; `year` stands in; None without any."""
        at = self.year or year
        if at is None:
            return None
        return f"{at:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of day ``HH:MM`` and, of a range, its end; `marked`: by “at”, minutes or am/pm."""

    start: int
    end: int
    first: str
    last: str | None


@cache
def _day_patterns() -> tuple[re.Pattern[str], ...]:
    name, short = one_of(known("months", "names")), one_of(known("months", "short"))
    month = rf"(?P<month>(?:{name})[^\W\d_]{{0,6}}|(?:{short})\b\.?)"
    link = rf"(?:{_DASH}|{one_of((*known('people', 'words', 'joins'), *known('time', 'to')))})"
    ordinal = rf"(?:{one_of(known('months', 'ordinals'))})?"
    of = rf"(?:(?:{one_of(known('months', 'of'))})\s+)?"
    year = r"(?P<year>(?:19|20)\d\d)"
    flags = re.IGNORECASE
    return (
        re.compile(rf"(?<![\d./-]){year}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?![\d-])"),
        re.compile(
            rf"(?<![\d.,:])(?:(?P<first>\d{{1,2}})\.?(?:\d{{1,2}}\.)?\s?{_DASH}\s?)?"
            rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{year}(?!\d)"
        ),
        re.compile(rf"(?<![\d./])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})[/ -]{year}(?!\d)"),
        re.compile(
            rf"(?<![\d.,:])(?:(?P<first>\d{{1,2}}){ordinal}\.?\s?{link}\s?)?"
            rf"(?P<day>\d{{1,2}}){ordinal}\.?\s+{of}{month}(?:,?\s+{year})?(?!\w)",
            flags,
        ),
        re.compile(
            rf"\b{month}\s+(?P<day>\d{{1,2}}){ordinal}(?:\s?{_DASH}\s?\d{{1,2}})?(?:,?\s+{year})?(?![\w:.]\d)(?!\w)",
            flags,
        ),
        re.compile(rf"\b{month}\s+{year}(?!\d)", flags),
        re.compile(rf"(?<![\d./:])(?P<month>\d{{1,2}})/{year}(?!\d)"),
        re.compile(
            rf"(?<![\d.,:])(?:(?P<first>\d{{1,2}})\.?\s?{_DASH}\s?)?"
            r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\d)"
        ),
        re.compile(r"(?<![\d.,:])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d\d)(?!\d)"),
    )


def days_in(text: str) -> list[Day]:
    """The days that a text names, in order; of a range (“9–10 April”) the first.

    >>> [day.iso() for day in days_in("ma 25.10.2021, den 9 mars 2023, March 5, 2020, 2.3.")]
    ['2021-10-25', '2023-03-09', '2020-03-05', None]
    """
    found: list[Day] = []
    taken: set[int] = set()
    for pattern in _day_patterns():
        for match in pattern.finditer(text):
            day = _day(match)
            if (
                day
                and day.year is None
                and _after_at().search(text[max(0, day.start - 12) : day.start])
            ):
                continue
            if day and taken.isdisjoint(range(day.start, day.end)):
                found.append(day)
                taken.update(range(day.start, day.end))
    return sorted(found, key=lambda day: day.start)


@cache
def _after_room() -> re.Pattern[str]:
    """A word for a room, at a text's end: what follows is its number (“Room 4.02”)."""
    return re.compile(rf"\b(?:{one_of(known('labels', 'room'))})\.?\s$", re.IGNORECASE)


@cache
def _after_at() -> re.Pattern[str]:
    """A word before a time of day at a text's end: what follows is no day (“klo 9.03.”)."""
    words = (word.rstrip(".") for word in known("time", "at"))
    return re.compile(rf"\b(?:{one_of(words)})\.?:?\s*$", re.IGNORECASE)


def _day(match: re.Match[str]) -> Day | None:
    part = match.groupdict()
    written = part["month"].casefold()
    month = int(written) if written.isdigit() else _month(written)
    day = int(part.get("day") or 0) or None
    start = match.start()
    if part.get("first"):
        ranged = day is not None and int(part["first"]) < day
        day, start = (int(part["first"]), start) if ranged else (day, match.start("day"))
    year = int(part["year"]) if part.get("year") else None
    if year is not None and year < 100:
        year += 2000
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return Day(start, match.end(), year, month, day)


@cache
def _month(written: str) -> int:
    """The number of a month from its name, with or without an ending."""
    word = written.rstrip(".")
    fitting = [name for name in months() if word.startswith(name)]
    return months()[max(fitting, key=len)]


@cache
def _hours_pattern() -> re.Pattern[str]:
    clock = r"(?P<h{0}>\d{{1,2}})(?:[:.](?P<m{0}>\d\d)(?!\d))?(?:\s?(?P<p{0}>[ap]\.?m\b\.?|{1}))?"
    noon = one_of(known("time", "noon"))
    link = rf"\s*(?:{_DASH}|\b(?:{one_of(known('time', 'to'))})\b)\s*"
    at = rf"(?P<at>\b(?:{one_of(word.rstrip('.') for word in known('time', 'at'))})\.?:?\s*)?"
    again = rf"(?:(?:{one_of(word.rstrip('.') for word in known('time', 'at'))})\.?\s*)?"
    return re.compile(
        rf"{at}(?<![\d.,:/–-]){clock.format(1, noon)}"
        rf"(?:{link}{again}{clock.format(2, noon)})?(?![\d:/%])",
        re.IGNORECASE,
    )


def hours_in(text: str, loose: bool = False) -> list[Hours]:
    """The times of day that a text names, in order.

    A time counts that has a word for “at” before it, “am” or “pm” behind it, or a colon; `loose`,
    where times are expected, also “9.30” and “9–11”.

    >>> [(one.first, one.last) for one in hours_in("klo 9-10.30; 2pm to 3.15pm; 10:00")]
    [('09:00', '10:30'), ('14:00', '15:15'), ('10:00', None)]
    """
    days = {place for day in days_in(text) for place in range(day.start, day.end)}
    found: list[Hours] = []
    for match in _hours_pattern().finditer(text):
        if not days.isdisjoint(range(match.start("h1"), match.end())):
            continue
        before = text[max(0, match.start() - _ROOM) : match.start()]
        hours = None if _after_room().search(before) else _hours(match, loose)
        if hours:
            found.append(hours)
    return found


def _hours(match: re.Match[str], loose: bool) -> Hours | None:
    part = match.groupdict()
    colon = ":" in match[0][match.start("h1") - match.start() :]
    halves = bool(part["p1"] or part["p2"])
    clear = part["at"] is not None and (
        part["at"].strip().casefold() != "at" or part["m1"] or halves
    )
    minutes = bool(part["m1"]) and (not part["h2"] or bool(part["m2"]))
    ranged = bool(part["h2"]) and bool(part["m1"] or part["m2"])
    if not (
        clear or halves or (colon and part["m1"]) or (loose and (minutes or ranged or part["h2"]))
    ):
        return None
    last = _clock(part["h2"], part["m2"], part["p2"]) if part["h2"] else None
    first = _clock(part["h1"], part["m1"], part["p1"] or _same_half(part))
    if first is None or (part["h2"] and last is None):
        return None
    return Hours(match.start(), match.end(), first, last)


def _same_half(part: dict[str, str]) -> str | None:
    """Of “2–4pm”, the first is pm as well; of “11–1pm” it is not."""
    if not part["h2"] or not part["p2"]:
        return None
    return part["p2"] if int(part["h1"]) % 12 <= int(part["h2"]) % 12 else None


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    at = int(hour)
    if half and at <= 12:
        afternoon = half[0].casefold() == "p" or half.casefold() in known("time", "noon")
        at = at % 12 + (12 if afternoon else 0)
    if at > 24 or int(minute or 0) > 59:
        return None
    return f"{at % 24:02}:{int(minute or 0):02}"
