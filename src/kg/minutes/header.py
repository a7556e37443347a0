"""The head of a memo: whose meeting it was, which one, on what day, when and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.bodies import body_named
from kg.minutes.captions import label_of
from kg.minutes.clock import Clock, read_clock
from kg.minutes.dates import Day, days_in, hours_in
from kg.minutes.fields import Field, read_fields
from kg.minutes.meeting import Naming, read_naming
from kg.minutes.model import Header, Remark, Span
from kg.minutes.words import folded, known, known_set, labels, one_of
from kg.traced import Traced

_LONGEST_PLACE = 140
_LONGEST_LINE = 400  # of a head's lines that a day is looked for in
_TOWN = re.compile(r",\s+([^\W\d_a-zåäö][^\W\d_]+(?: [^\W\d_a-zåäö][^\W\d_]+)?),\s+$")
_EDGE = " \t,;:.–—-|/"


@dataclass(frozen=True)
class Head:
    """The header, the times of the head that were those of the meeting itself, and remarks."""

    header: Header
    clock: Clock
    remarks: tuple[Remark, ...] = ()


def read_header(blocks: Sequence[Block], language: str) -> Head:
    """Read a memo's head: the blocks before the first item that are no participants."""
    fields = read_fields(blocks)
    spans: list[tuple[str, Span]] = []
    naming = read_naming(blocks, fields)
    day = _day(blocks, fields)
    clock = read_clock(blocks, fields, day[1] if day else _with_hours(blocks))
    place = _place(blocks, fields, day[1] if day else None)
    for part, traced in (
        ("body", naming.where),
        ("date", day[1] if day else None),
        ("place", place),
    ):
        if traced is not None and traced.text:
            spans.append((part, traced.span()))
    header = Header(
        language=language,
        body=naming.body,
        number=naming.number,
        date=day[0].iso() if day else None,
        scheduled_start=clock.scheduled_start,
        scheduled_end=clock.scheduled_end,
        place=place.text if place is not None else None,
        spans=tuple(spans),
    )
    return Head(header, clock, _remarks(blocks, naming, header))


def _remarks(blocks: Sequence[Block], naming: Naming, header: Header) -> tuple[Remark, ...]:
    span = (blocks[0].traced.span()[0], blocks[-1].traced.span()[1]) if blocks else (0, 0)
    missing = []
    if naming.body is None:
        missing.append(Remark(span, "whose meeting it was is not stated in a way that is known"))
    if header.date is None:
        missing.append(Remark(span, "no day of the meeting was found"))
    return tuple(missing)


def _day(blocks: Sequence[Block], fields: Sequence[Field]) -> tuple[Day, Traced] | None:
    """The day of the meeting, and the text that names it: a labelled one, else one with hours."""
    blocks = [block for block in blocks if len(block.text) <= _LONGEST_LINE]
    year = _year(blocks)
    for part in ("time", "date", "place", "body"):
        for field in fields:
            if field.part == part and (day := _full(field.value.text, year)):
                return day, field.value
    found: list[tuple[int, Day, Traced]] = []
    for block in blocks:
        if day := _full(block.text, None):
            found.append((_likely(block.text, day), day, block.traced))
    if not found:
        return None
    _, day, where = max(found, key=lambda one: one[0])
    return day, where


def _with_hours(blocks: Sequence[Block]) -> Traced | None:
    """The line of a head with hours, where no day of the meeting is known."""
    lines = (block.traced for block in blocks if len(block.text) <= _LONGEST_LINE)
    return next((line for line in lines if hours_in(line.text)), None)


def _likely(text: str, day: Day) -> int:
    """How likely a day in the head is the meeting's rather than the document's."""
    words = {folded(word) for word in text.split()}
    score = 4 * bool(hours_in(text, loose=True))
    score += 3 * bool(words & known_set("bodies", "meetings"))
    score += 2 * bool(words & known_set("time", "weekdays"))
    alone = text.strip(_EDGE) == text[day.start : day.end]
    labelled = ":" in text[: day.start].rstrip()[-40:]  # “Adopted: 6 March”: of something else
    return score - alone - 3 * labelled


def _full(text: str, year: int | None) -> Day | None:
    """The first whole day of a text; one without a year has that of the memo."""
    for day in days_in(text):
        if day.day is None:
            continue
        if day.year is not None:
            return day
        if year is not None:
            return Day(day.start, day.end, year, day.month, day.day)
    return None


def _year(blocks: Sequence[Block]) -> int | None:
    years = (day.year for block in blocks for day in days_in(block.text) if day.year)
    return next(years, None)


def _place(blocks: Sequence[Block], fields: Sequence[Field], day: Traced | None) -> Traced | None:
    """The place: labelled, or what stands behind or below the day and hours."""
    for field in fields:
        if field.part == "place" and (place := _without_time(field.value, False)).text:
            return place
    for field in fields:
        if field.part == "time" and (place := _without_time(field.value)).text:
            if _is_place(place.text):
                return place
    if day is None or any(field.part in {"time", "date"} for field in fields):
        return None
    if (beside := _in_line(day)) is not None:
        return beside
    for at, block in enumerate(blocks):
        if block.traced is day and hours_in(block.text, loose=True):
            below = blocks[at + 1] if at + 1 < len(blocks) else None
            if below is not None and not below.gap and _is_place(below.text):
                return below.traced
    return None


def _in_line(day: Traced) -> Traced | None:
    """The place behind the day and hours in one line: “… at 9.00 in Room 4”, “…, Room 4”."""
    place = _without_time(day)
    if not place.text or day.text.startswith(place.text):
        return _before_day(day)
    before = _before_place().match(place.text)
    if before:
        place = place[before.end() :]
    elif not day.text.partition(place.text)[0].rstrip().endswith(","):
        return None
    return place if place.text and _is_place(place.text) else None


def _before_day(day: Traced) -> Traced | None:
    """The place before the day in one line: “held by video on 6 March”."""
    days = days_in(day.text)
    before = day.text[: days[0].start] if days else ""
    met = any(folded(word) in known_set("bodies", "meetings") for word in before.split())
    found = _between().search(before) or (_TOWN.search(before) if met else None)
    if found is None:
        return None
    place = day[found.start(1) : found.end(1)]
    return place if _is_place(place.text) else None


@cache
def _before_place() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{one_of(known('labels', 'before_place'))})\s+"
        rf"(?:(?:{one_of(known('labels', 'articles'))})\s+)?",
        re.IGNORECASE,
    )


@cache
def _between() -> re.Pattern[str]:
    """A place between the word before it and that before a day, at the end."""
    weekday = rf"(?:(?:{one_of(known('time', 'weekdays'))})\s+)?"
    on = one_of(known("labels", "before_day"))
    return re.compile(
        rf"\s(?:{one_of(known('labels', 'before_place'))})\s+"
        rf"(?:(?:{one_of(known('labels', 'articles'))})\s+)?"
        rf"(\w[^.;:]{{1,60}}?),?\s+{weekday}(?:{on})\s+{weekday}\Z",
        re.IGNORECASE,
    )


def _is_place(text: str) -> bool:
    if len(text) > _LONGEST_PLACE or text.endswith((".", ":")) or days_in(text):
        return False
    last = folded(text.split()[-1]) if text.split() else ""
    if (
        not text[:1].isalpha()
        or last in known_set("bodies", "meetings")
        or folded(text) in labels()
    ):
        return False
    label = label_of(text)
    own = label is None or (not label.closed and labels().get(label.word) in {"body", "place"})
    return own and body_named(text) is None  # “Committee Room 3” is a place


def _without_time(value: Traced, single: bool = True) -> Traced:
    """What is left of a value when its day, hours, weekday and brackets of time go.

    `single`: “2.14” may be a time, where it is not the number of a room.
    """
    text = value.text
    marks = [(day.start, day.end) for day in days_in(text)]
    sure = {hours.start for hours in hours_in(text)}
    marks += [
        (hours.start, hours.end)
        for hours in hours_in(text, loose=True)
        if single or hours.last or hours.start in sure
    ]
    if not marks:
        return value.strip()
    end = max(end for _, end in marks)
    closing = text.find(")", end)
    if text.rfind("(", 0, end) > text.rfind(")", 0, end) and closing >= 0:
        end = closing + 1
    behind = value[end:]
    trimmed = behind[len(behind.text) - len(behind.text.lstrip(_EDGE)) :].strip()
    first = min(start for start, _ in marks)
    if trimmed.text and not re.fullmatch(r"[A-Z]{2,5}", trimmed.text):
        return trimmed
    before = value[:first]
    kept = [
        word for word in before.text.split() if folded(word) not in known_set("time", "weekdays")
    ]
    words = before.text.rstrip(_EDGE)
    return before[: len(words)] if len(kept) > 1 and "," in before.text else value[:0]
