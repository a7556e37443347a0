"""When a meeting was announced to begin and end, and when it did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.dates import Hours, days_in, hours_in
from kg.minutes.fields import Field
from kg.minutes.words import known, known_set, one_of, phrases
from kg.traced import Traced

_STRETCH = re.compile(r"[()\[\];]|\.\s+(?=[^\W\d_a-zåäö])|\t")


@dataclass(frozen=True)
class Clock:
    """Times ``HH:MM``; None where the memo does not say."""

    scheduled_start: str | None = None
    scheduled_end: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class _Told:
    """A time, and what the words around it say: that it began, ended, or was announced."""

    hours: Hours
    opened: bool
    closed: bool
    announced: bool


def read_clock(blocks: Sequence[Block], fields: Sequence[Field], day: Traced | None) -> Clock:
    """The times in a memo's head: in the fields for time, else beside the day."""
    texts = [field.value.text for field in fields if field.part in {"time", "date"}]
    as_held = {
        field.value.text for field in fields if field.label in known_set("time", "held_labels")
    }
    texts += [
        field.value.text for field in fields if field.part == "place" and hours_in(field.value.text)
    ]
    if day is not None and day.text not in texts:
        texts.append(day.text)
    if not any(hours_in(text, loose=True) for text in texts):
        texts += _beside(blocks, day)
    clock = _clock(told for text in texts for told in _told(text, text in as_held))
    for field in fields:
        hours = hours_in(field.value.text, loose=True) if field.part in {"start", "end"} else []
        if hours and field.part == "start":
            clock = replace(clock, start=clock.start or hours[0].first)
        elif hours:
            clock = replace(clock, end=clock.end or hours[0].first)
    return clock


def _beside(blocks: Sequence[Block], day: Traced | None) -> list[str]:
    """The lines next to that of the day that have hours."""
    at = next((place for place, block in enumerate(blocks) if block.traced is day), None)
    if at is None:
        return []
    near = [blocks[place].text for place in (at + 1, at - 1) if 0 <= place < len(blocks)]
    return [text for text in near if hours_in(text, loose=True) and len(text) < 120][:1]


def _clock(all_told: Iterable[_Told]) -> Clock:
    """Which time is which: of two ranges, one is announced if the memo says so."""
    clock = Clock()
    plain: list[Hours] = []
    announced: Hours | None = None
    for told in all_told:
        if told.announced:
            announced = announced or told.hours
        elif told.opened:
            clock = replace(clock, start=clock.start or told.hours.first)
            clock = replace(clock, end=clock.end or told.hours.last)
        elif told.closed:
            clock = replace(clock, end=clock.end or told.hours.last or told.hours.first)
        else:
            plain.append(told.hours)
    first = plain[0] if plain else None
    if announced is not None:
        held = first or Hours(0, 0, "", None)
        return Clock(
            announced.first,
            announced.last,
            clock.start or held.first or None,
            clock.end or held.last,
        )
    if first is None:
        return clock
    end = first.last or (plain[1].first if len(plain) > 1 and plain[1].last is None else None)
    return replace(clock, scheduled_start=first.first, scheduled_end=end)


def _told(text: str, held: bool) -> list[_Told]:
    """The times of a text, each with what the words of its clause say.

    `held`: its label says that they are those of the meeting itself.
    """
    found: list[_Told] = []
    cuts = [0, *(match.end() for match in _STRETCH.finditer(text)), len(text)]
    for hours in hours_in(text, loose=True):
        start = max(cut for cut in cuts if cut <= hours.start)
        end = min((cut for cut in cuts if cut >= hours.end), default=len(text))
        opened, closed = _nearest(text[start:end], hours.start - start)
        words = text[start:end].casefold()
        announced = bool(_announced().search(words))
        opened = opened or (held and not closed)
        found.append(_Told(hours, opened and not announced, closed and not announced, announced))
    return found


def _nearest(text: str, at: int) -> tuple[bool, bool]:
    """Which word is nearest before a time: for beginning or for ending; else nearest behind."""
    low = text.casefold()
    marks = [(match.start(), True) for match in _mark("opened").finditer(low)]
    marks += [(match.start(), False) for match in _mark("closed").finditer(low)]
    before = [mark for mark in marks if mark[0] <= at]
    near = max(before, default=None) or min(marks, default=None)
    return (near is not None and near[1], near is not None and not near[1])


@cache
def _mark(name: str) -> re.Pattern[str]:
    """Words for beginning or ending: those that stand alone or with a word for the meeting."""
    words = {line[0] for line in phrases("time", name) if len(line) == 1}
    return re.compile(rf"\b(?:{one_of(words)})")


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(known('time', 'announced'))})")


def read_happened(blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """When the meeting began and ended as its minutes tell (“avasi kokouksen klo 14.02”)."""
    start: str | None = None
    end: str | None = None
    last = len(blocks) - 1
    for at, block in enumerate(blocks):
        if not any(sign.isdigit() for sign in block.text):
            continue
        for sentence in _sentences(block.text):
            near_start, near_end = at <= _NEAR, at >= last - _NEAR
            if start is None and (time := _time_of(sentence, "opened", near_start)):
                start = time
            if time := _time_of(sentence, "closed", near_end):
                end = time
    return start, end


_NEAR = 8  # blocks from the beginning or end in which a single word is enough
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_a-zåäö])|(?<=\d[.)])\s+(?=[^\W\d_a-zåäö]{1}[^\W\d_])"
)


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)


@cache
def _happened(name: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(
        tuple(re.compile(rf"\b{re.escape(stem)}", re.IGNORECASE) for stem in line)
        for line in phrases("time", name)
    )


def _all_in(stems: Sequence[re.Pattern[str]], sentence: str) -> list[re.Match[str]]:
    """Where all of some stems stand in a sentence, empty if one does not."""
    found = []
    for stem in stems:
        place = stem.search(sentence)
        if place is None:
            return []
        found.append(place)
    return found


def _time_of(sentence: str, name: str, single: bool) -> str | None:
    """The time that a sentence gives for the meeting's beginning or end."""
    for stems in _happened(name):
        if len(stems) == 1 and not single:
            continue
        places = _all_in(stems, sentence)
        if not places:
            continue
        hours = [one for one in hours_in(sentence, loose=True) if _exact(sentence, one)]
        if not hours:
            return None
        last = max(place.start() for place in places)
        behind = [one for one in hours if one.start >= last]
        near = behind[0] if behind else hours[-1]
        return near.last or near.first if name == "closed" else near.first
    return None


def _exact(sentence: str, hours: Hours) -> bool:
    """A time with minutes, or with a word or sign that makes it one."""
    written = sentence[hours.start : hours.end]
    marked = any(one.start == hours.start for one in hours_in(sentence))
    return marked or ((":" in written or "." in written) and not days_in(written))
