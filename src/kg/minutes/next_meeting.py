"""When the group meets again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.dates import Day, days_in
from kg.minutes.model import NextMeeting
from kg.minutes.sections import Layout, Section
from kg.minutes.words import folded, known_set, phrases
from kg.traced import Traced

_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=\d[.)])\s+(?=[^\W\d_a-zåäö])")
_CLAUSE_END = re.compile(r"[,.;:()]|$")
_NEAR = 60  # letters between the words and the day
_EARLY = 8  # the words stand among the first of their sentence


def read_next_meeting(layout: Layout, meeting: str | None) -> NextMeeting | None:
    """The next meeting that a memo names: its day, else its words; `meeting` is this one's day."""
    for section in layout.sections:
        title = section.item.title if section.item else ""
        if _tells(title) or folded(title) in known_set("next_meeting", "titles"):
            found = _in_blocks(section.blocks, meeting) or _words_in(section)
            if found is not None:
                return found
    labelled = _labelled([*layout.head, *_all(layout)], meeting)
    return labelled or _mentioned(layout, meeting)


def _all(layout: Layout) -> Iterator[Block]:
    for section in layout.sections:
        yield from section.blocks
    yield from layout.tail


def _in_blocks(blocks: Sequence[Block], meeting: str | None) -> NextMeeting | None:
    """The first day after this meeting, rather in a sentence that tells of the next."""
    sentences = [sentence for block in blocks for sentence in _sentences(block.traced)]
    for wanted in (True, False):
        for sentence in sentences:
            if _tells(sentence.text) == wanted and (found := _dated(sentence, meeting)):
                return found
    return None


def _words_in(section: Section) -> NextMeeting | None:
    """The words on a next meeting without a day: from the month on, else the whole sentence."""
    sentences = [sentence for block in section.blocks for sentence in _sentences(block.traced)]
    told = [sentence for sentence in sentences if _tells(sentence.text)] or sentences
    if not told:
        return None
    for sentence in told:
        if found := _vaguely(sentence):
            return found
    return _written(told[0])


def _vaguely(sentence: Traced) -> NextMeeting | None:
    for day in days_in(sentence.text):
        if day.year is not None:
            return _written(sentence[day.start : day.end])
    month = _months().search(sentence.text)
    if month is None:
        return None
    end = _CLAUSE_END.search(sentence.text, month.end())
    assert end is not None
    return _written(sentence[month.start() : end.start()])


@cache
def _months() -> re.Pattern[str]:
    from kg.minutes.words import known, one_of

    return re.compile(rf"\b(?:{one_of(known('months', 'names'))})\w*", re.IGNORECASE)


def _written(traced: Traced) -> NextMeeting:
    traced = traced.strip()
    return NextMeeting(None, traced.text.rstrip("."), traced.span())


def _labelled(blocks: Sequence[Block], meeting: str | None) -> NextMeeting | None:
    """“Next meeting: …”, the day behind the colon or in the lines below."""
    for at, block in enumerate(blocks):
        head, colon, rest = block.text.partition(":")
        short = len(head.split()) <= 6
        if short and _tells(head) and (colon or not rest):
            below = blocks[at : at + 3] if not rest.strip() else [block]
            if found := _in_blocks(below, meeting):
                return found
            if rest.strip():
                return _written(block.traced[len(head) + 1 :])
    return None


def _mentioned(layout: Layout, meeting: str | None) -> NextMeeting | None:
    """A sentence anywhere that tells of the next meeting and names its day; the last one counts."""
    found: NextMeeting | None = None
    for block in _all(layout):
        if not _tells(block.text):
            continue
        for sentence in _sentences(block.traced):
            place = _place(sentence.text)
            if place is None or len(sentence.text[:place].split()) > _EARLY:
                continue
            near = sentence[place : place + len(sentence.text)]
            if (one := _dated(near, meeting, _NEAR)) or (one := _dated_month(near)):
                found = one
    return found


def _dated(sentence: Traced, meeting: str | None, within: int | None = None) -> NextMeeting | None:
    for day in days_in(sentence.text):
        if day.day is None or (within is not None and day.start > within):
            continue
        iso = _after(day, meeting)
        if iso is not None and (meeting is None or iso > meeting):
            part = sentence[day.start : day.end]
            return NextMeeting(iso, part.text, part.span())
    return None


def _dated_month(sentence: Traced) -> NextMeeting | None:
    months = [day for day in days_in(sentence.text) if day.day is None and day.year is not None]
    return _written(sentence[months[0].start : months[0].end]) if months else None


def _after(day: Day, meeting: str | None) -> str | None:
    """The day as ISO; without a year the first such day after this meeting."""
    if day.year is not None:
        return day.iso()
    if meeting is None:
        return None
    year = int(meeting[:4])
    this = day.iso(year)
    return this if this is not None and this > meeting else day.iso(year + 1)


def _sentences(text: Traced) -> list[Traced]:
    found: list[Traced] = []
    start = 0
    for match in _END.finditer(text.text):
        found.append(text[start : match.start()])
        start = match.end()
    found.append(text[start:])
    return [sentence for sentence in found if sentence.text.strip()]


def _tells(text: str) -> bool:
    return _place(text) is not None


def _place(text: str) -> int | None:
    """Where a text tells of the next meeting; None if it does not."""
    for stems in _patterns():
        places = [stem.search(text) for stem in stems]
        starts = [place.start() for place in places if place]
        if len(starts) == len(stems) and max(starts) - min(starts) < _NEAR:
            return min(starts)
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(
        tuple(re.compile(rf"\b{re.escape(stem)}", re.IGNORECASE) for stem in line)
        for line in phrases("next_meeting", "phrases")
    )
