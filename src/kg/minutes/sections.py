"""Sections: which blocks of a memo stand under which item of its agenda."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.documents.blocks import Block, Reading
from kg.documents.document import Kind
from kg.minutes.agenda import Agenda, choose
from kg.minutes.captions import label_of
from kg.minutes.elected import with_elected
from kg.minutes.headings import TOP, Heading, Style, find_headings
from kg.minutes.model import AgendaItem, Participant, Remark
from kg.minutes.participants import participants_of
from kg.minutes.people import People, read_people
from kg.minutes.plain_headings import find_plain
from kg.minutes.run_in import cut_headings
from kg.minutes.signature import is_signature
from kg.minutes.titles import read_title
from kg.minutes.told import told_people
from kg.minutes.words import folded, labels

_FEW = 3  # participants of lists, where sentences may tell of more
_NO_HEAD = 25  # blocks that the head has at most where no item begins after it
_SHORT = 40


@dataclass(frozen=True)
class Section:
    """The blocks under an item's heading, until the next heading.

    `item` is None for text that stands under no item: before the first, or a list of actions at the
    end, whose heading is then the first block. The memo's head and its participants are in no
    section.
    """

    item: AgendaItem | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Layout:
    """A memo's blocks by what they are: head, people, items and sections, tail."""

    head: tuple[Block, ...]
    participants: tuple[Participant, ...]
    items: tuple[AgendaItem, ...]
    sections: tuple[Section, ...]
    tail: tuple[Block, ...] = ()
    remarks: tuple[Remark, ...] = ()
    listed: tuple[Block, ...] = ()  # in which the participants stand


def read_sections(reading: Reading) -> Layout:
    """The participants and items of a memo, and the blocks under each item."""
    blocks = cut_headings(reading)
    candidates = find_headings(blocks)
    agenda = choose(candidates, blocks)
    known = [*agenda.headings, *agenda.announced]
    stops = frozenset(heading.index for heading in known if heading.number is not None)
    first = min(stops, default=min(len(blocks), _NO_HEAD))
    people = read_people(blocks, first, stops)
    if len(people.participants) < _FEW:
        told = _told(blocks, stops)
        people = told if len(told.participants) > len(people.participants) else people
    agenda = _without_people(agenda, people)
    if not agenda.headings:
        found = find_plain(candidates, blocks, people.blocks | stops, agenda.announced)
        agenda = Agenda(tuple(found), agenda.announced)
    numbered = _numbered(agenda, people.participants)
    layout = _laid_out(blocks, agenda, numbered, people)
    text = [*layout.head, *(block for section in layout.sections for block in section.blocks)]
    return replace(
        layout,
        participants=with_elected(people.participants, text),
        listed=tuple(blocks[index] for index in sorted(people.blocks)),
    )


def _told(blocks: Sequence[Block], stops: frozenset[int]) -> People:
    """The participants that sentences tell of, whose blocks stay text."""
    participants, remarks = participants_of(told_people(blocks, stops))
    return People(participants, frozenset(), remarks)


def _without_people(agenda: Agenda, people: People) -> Agenda:
    """Without headings that a list of people has turned out to begin at."""
    kept = [
        heading
        for heading in agenda.headings
        if heading.number is not None or heading.index not in people.blocks
    ]
    return replace(agenda, headings=tuple(kept))


def _laid_out(
    blocks: Sequence[Block],
    agenda: Agenda,
    found: Sequence[tuple[Heading, AgendaItem, bool]],
    people: People,
) -> Layout:
    taken = people.blocks
    announced = {heading.index for heading in agenda.announced}
    places = [(heading, item) for heading, item, is_section in found if is_section]
    start = places[0][0].index if places else len(blocks)
    head, sections = _head(blocks, start, taken | announced)
    tail: list[Block] = []
    for at, (heading, item) in enumerate(places):
        begin = heading.index + heading.size
        end = places[at + 1][0].index if at + 1 < len(places) else len(blocks)
        own = [Block(rest) for rest in heading.rest]
        own += [blocks[index] for index in range(begin, end) if index not in taken | announced]
        if at + 1 == len(places):
            own, after, tail = _without_tail(own)
            sections.append(Section(item, tuple(own)))
            sections += after
        else:
            sections.append(Section(item, tuple(own)))
    items = tuple(item for _, item in _listed(found))
    return Layout(
        tuple(head), people.participants, items, tuple(sections), tuple(tail), people.remarks
    )


def _listed(
    found: Sequence[tuple[Heading, AgendaItem, bool]],
) -> Iterator[tuple[Heading, AgendaItem]]:
    """Each item once, where it stands first."""
    seen: set[int] = set()
    for heading, item, _ in found:
        if id(item) not in seen:
            seen.add(id(item))
            yield heading, item


def _head(
    blocks: Sequence[Block], start: int, taken: frozenset[int] | set[int]
) -> tuple[list[Block], list[Section]]:
    """The blocks before the first item: the head itself, and text of the meeting."""
    head: list[Block] = []
    sections: list[list[Block]] = []
    listing = False
    for index in range(start):
        block = blocks[index]
        if index in taken:
            listing = False
            continue
        part = _part(block)
        if part in {"actions", "record"} and index:
            sections.append([block])
            listing = True
        elif listing and not (block.kind is Kind.HEADING or (part and part != "record")):
            sections[-1].append(block)
        elif _is_sentence(block) and part is None:
            listing = False
            sections.append([block])
            head.append(block)
        else:
            listing = False
            head.append(block)
    return head, [Section(None, tuple(own)) for own in sections]


def _is_sentence(block: Block) -> bool:
    text = block.text
    return len(text) > _SHORT and text.rstrip("”’\"')")[-1:] in {".", "!", "?"}


def _part(block: Block) -> str | None:
    """What part of a memo a block begins, by a label that stands alone or has a colon."""
    label = label_of(block.text)
    if label is None:
        return None
    part = labels().get(folded(label.word))
    short = part == "tail" and len(block.text) < _SHORT + len(label.word)
    return part if label.closed or short else None


def _without_tail(blocks: list[Block]) -> tuple[list[Block], list[Section], list[Block]]:
    """Of the last item's blocks: its own, lists of actions behind it, and what is no minutes."""
    own: list[Block] = []
    lists: list[list[Block]] = []
    tail: list[Block] = []
    room = own
    for at, block in enumerate(blocks):
        part = _part(block)
        if part == "actions" and _stands(block):
            lists.append([])
            room = lists[-1]
        elif room is not tail and _ends_minutes(block, part, at):
            room = tail
        room.append(block)
    return own, [Section(None, tuple(one)) for one in lists], tail


def _ends_minutes(block: Block, part: str | None, at: int) -> bool:
    """Tell whether a block begins what stands behind the minutes: attachments, a signature …"""
    if part in {"tail", "other"}:
        return _stands(block) or block.gap
    if part == "next":
        return at > 0 and block.gap
    if block.kind is Kind.HEADING:
        return part is None
    return at > 0 and block.gap and is_signature(block.text)


def _stands(block: Block) -> bool:
    """Tell whether a block is a heading: of the format, or a label and nothing behind it."""
    label = label_of(block.text)
    return label is not None and not block.text[label.end :].strip()


def _numbered(
    agenda: Agenda, participants: tuple[Participant, ...]
) -> list[tuple[Heading, AgendaItem, bool]]:
    """The items with their headings; True where text stands under the heading."""
    sections = list(agenda.headings)
    numbered = any(heading.number is not None for heading in sections)
    announced = [] if numbered else list(agenda.announced)
    found: list[tuple[Heading, AgendaItem, bool]] = []
    parent: AgendaItem | None = None
    for heading in announced:
        item = _item(heading, parent, participants, len(found) + 1)
        parent = item if heading.style in TOP else parent
        found.append((heading, item, not sections))
    parent = None
    known = [item for _, item, _ in found]
    tops = {heading.style for heading in sections[:1]} | (set(TOP) - {Style.CAPITAL})
    for heading in sections:
        item = _item(
            heading, parent if heading.style not in tops else None, participants, len(found) + 1
        )
        same = _announced_as(item.title, known)
        if same is None and item.number is None:
            same = _named_before(item.title, found)
        if same is None and heading.style in tops:
            parent = item
        found.append((heading, same or item, True))
    return found


def _named_before(
    title: str, found: Sequence[tuple[Heading, AgendaItem, bool]]
) -> AgendaItem | None:
    """The item of the same title that has no number either."""
    same = [item for _, item, _ in found if item.number is None and item.title == title]
    return same[0] if same else None


def _announced_as(title: str, known: Sequence[AgendaItem]) -> AgendaItem | None:
    """The announced item that a section's title is, or is part of."""
    words = f" {folded(title)} "
    equal = [item for item in known if f" {folded(item.title)} " == words]
    part = [item for item in known if words in f" {folded(item.title)} "]
    whole = [item for item in known if f" {folded(item.title)} " in words]
    return next(iter((*equal, *part, *whole)), None)


def _item(
    heading: Heading,
    parent: AgendaItem | None,
    participants: tuple[Participant, ...],
    handled: int,
) -> AgendaItem:
    title, presenters = read_title(heading.title, participants)
    number, above = heading.number, None
    if heading.style in {Style.LETTER, Style.CAPITAL} and parent is not None and number:
        number, above = f"{parent.number or ''}{number.casefold()}", parent.number
    elif heading.style in {Style.SUB, Style.LETTERED} and parent is not None:
        above = parent.number
    span = heading.title.span() if heading.title.text else (0, 0)
    return AgendaItem(number, title, span, presenters, above, handled)
