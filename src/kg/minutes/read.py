"""Minutes read from a document: head, participants, items, talk, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.documents.blocks import Block, Reading
from kg.minutes.clock import read_happened
from kg.minutes.header import Head, read_header
from kg.minutes.language import read_language
from kg.minutes.model import Minutes, Participant, Remark, Role
from kg.minutes.next_meeting import read_next_meeting
from kg.minutes.sections import Layout, read_sections
from kg.minutes.speeches import read_entries


def read_minutes(reading: Reading, language: str | None = None) -> Minutes:
    """The minutes of a memo; the language is told from its words unless it is given."""
    told, doubt = read_language(reading.blocks)
    layout = read_sections(reading)
    head = read_header(layout.head, language or told)
    start, end = _times(layout, head)
    header = head.header
    talk = read_entries(
        layout.sections,
        layout.participants,
        header.language,
        header.body,
        date.fromisoformat(header.date) if header.date else None,
        "\n".join(block.text for block in layout.listed),
    )
    remarks = [*([doubt] if doubt and language is None else []), *head.remarks, *layout.remarks]
    return Minutes(
        header=header,
        start=start,
        end=end,
        participants=layout.participants,
        items=layout.items,
        entries=talk.entries,
        decisions=talk.decisions,
        actions=talk.actions,
        next_meeting=read_next_meeting(layout, header.date),
        remarks=(*remarks, *_of_people(layout, reading), *talk.remarks),
    )


def _times(layout: Layout, head: Head) -> tuple[str | None, str | None]:
    """When the meeting began and ended: as the head says, else as the minutes tell."""
    blocks: list[Block] = [*layout.head]
    for section in layout.sections:
        blocks += section.blocks
    start, end = read_happened([*blocks, *layout.tail])
    return head.clock.start or start, head.clock.end or end


def _of_people(layout: Layout, reading: Reading) -> list[Remark]:
    """What is odd about the list of participants: none, or nobody who chairs."""
    people: Sequence[Participant] = layout.participants
    if not people:
        span = (reading.blocks[0].traced.span()[0],) * 2 if reading.blocks else (0, 0)
        return [Remark(span, "no list of participants was found")]
    if not any(one.role is Role.CHAIR for one in people):
        return [Remark(people[0].span, "nobody in the list of participants is marked as chair")]
    return []
