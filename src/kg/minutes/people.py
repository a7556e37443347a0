"""Who took part: the lists of participants in a memo, wherever they stand, as participants."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.documents.marks import labelled
from kg.minutes.attendance import Listed, Roll, has_cells
from kg.minutes.captions import (
    LONGEST_CAPTION,
    Label,
    caption_rest,
    is_caption,
    label_of,
    read_legend,
    told_together,
    wrapped_label,
)
from kg.minutes.flat_tables import (
    cell_people,
    cells_head,
    column_people,
    head_size,
    line_people,
    row_head,
    row_people,
    row_person,
    rows_behind_head,
)
from kg.minutes.model import Participant, Remark
from kg.minutes.pair_tables import pair_people
from kg.minutes.participants import participants_of
from kg.minutes.persons import Person, starts_with_surname
from kg.minutes.standing import is_presence
from kg.minutes.tokens import find_name, token
from kg.minutes.told import told_in, told_people
from kg.minutes.words import Group, columns, folded, groups, known_set, labels, roles
from kg.traced import Traced, joined, linked

_LIST_SIGN = re.compile(r"^\s*(?:[-–—•·*○▪#]+)\s+")
_NUMBER = re.compile(r"^\s*(?:§\s*)?\d{1,3}(?:\.\d{1,2})*\s?[.)§]?\s+")
_CAPTION_END = re.compile(r"[:\t]")
_SIGNS = " *_#-–•"
_MOST_WORDED = 5
_OPENING = 4  # blocks of the first item, which may tell who was absent
_FULL_LINE = 84  # letters
_LEAST_ROWS = 2  # of a table


@dataclass(frozen=True)
class People:
    """The participants, which blocks they stand in (by index), and what could not be read."""

    participants: tuple[Participant, ...]
    blocks: frozenset[int]
    remarks: tuple[Remark, ...] = ()


def read_people(blocks: Sequence[Block], head: int, stops: Set[int] = frozenset()) -> People:
    """The participants of a memo; `head` is how many blocks stand before the first item.

    `stops` are the indexes of headings of items, at which a list ends. In the head a label opens a
    list; further down only one that stands alone or has a colon, and that people follow.
    """
    walk = _Walk(blocks, head, stops)
    for index in range(len(blocks)):
        if index not in walk.taken:
            walk.step(index)
    if walk.roll.people:
        walk.roll.people += _told_absent(blocks, head, stops, walk.taken)
    participants, remarks = participants_of(walk.roll.people)
    return People(participants, frozenset(walk.taken), remarks)


def _told_absent(
    blocks: Sequence[Block], head: int, stops: Set[int], taken: Set[int]
) -> list[Listed]:
    """Who was absent as a sentence beside the lists tells, by first name and surname."""
    told = told_people(blocks, {*stops, *taken}, head + _OPENING)
    return [one for one in told if one.group.present is False and len(one.person.names) > 1]


@dataclass
class _Walk:
    """Goes through the blocks once; `active` while a list of people goes on."""

    blocks: Sequence[Block]
    head: int
    stops: Set[int]
    roll: Roll = field(default_factory=Roll)
    taken: set[int] = field(default_factory=set)
    active: bool = False
    turned: bool = False  # a list so far wrote surnames first
    flat: tuple[str, ...] = ()  # what the columns hold of rows that have lost them

    def step(self, index: int) -> None:
        """Take a block into a list, or let the list end there."""
        block = self.blocks[index]
        if index in self.stops:
            self.active = _heads_people(block)
            if self.active:
                self.roll.open(Group())
            return
        if has_cells(block.text) and self._expected(index) and self.roll.heads(block.traced):
            self.active = True
            self.taken.add(index)
            return
        if self._expected(index) and (self._cell_a_line(index) or self._row_a_line(index)):
            return
        if self.active and self.roll.table is not None and has_cells(block.text):
            if self.roll.read(block.traced, index, False):
                self.taken.add(index)
                return
        if self.active and self.flat and (person := row_person(block.traced, self.flat)):
            self.roll.add(person, index)
            self.taken.add(index)
            return
        label, group = self._label(index)
        if self.active and (rest := caption_rest(self.blocks, index)) is not None:
            self.active = not rest.text or self.roll.read(rest, index, False)
            self.taken.update({index} if self.active else ())
        elif group and self.active and _own_role(self.blocks, index, self.roll):
            self.taken.add(index)
        elif label and group and self._opens(index, label):
            self._open(index, label, group)
        elif label and _is_part(block.text, label):
            self.active = False
        elif self.active:
            self.active = _goes_on(block) and (
                self.roll.read(self._entry(block), index, False)
                or self.roll.speaks_of(block.text)
                or self._parts(index)
            )
            if self.active:
                self.taken.add(index)

    def _parts(self, index: int) -> bool:
        """Take a line of no known words as the heading of the people who stand below it."""
        text = self.blocks[index].text.strip()
        short = len(text.split()) <= _MOST_WORDED and is_caption(text, text)
        if not short or index + 1 >= len(self.blocks) or has_cells(text):
            return False
        if not (trial := Roll()).read(_line(self.blocks[index + 1]), index, False):
            return False
        if self.roll.body_is_heading:  # then this is one of no known word
            self.roll.body = text
        else:
            self.roll.open(Group(None, self.roll.group.present))
        return any(listed.person.strong for listed in trial.people)

    def _entry(self, block: Block) -> Traced:
        """A line of a list without its sign, unless that is a mark that the heading explains."""
        marked = block.text.split()[0] in self.roll.legend
        return block.traced if marked else _line(block)

    def _cell_a_line(self, index: int) -> bool:
        """Take a table of people each of whose cells is a line."""
        size = cells_head(self.blocks, index)
        people: list[Person] = []
        end = index
        if size:
            people, end = cell_people(self.blocks, index + size, self.stops)
        elif columns().get(folded(self.blocks[index].text)) == "name":
            people, end = column_people(self.blocks, index, self.stops)
        elif (pairs := pair_people(self.blocks, index, self.stops))[0]:
            people, end = pairs
        elif (rows := rows_behind_head(self.blocks, index, self.stops))[0]:
            people, end = rows
        elif row_head(self.blocks[index].text):
            people, end = cell_people(self.blocks, index + 1, self.stops)
        return len(people) >= _LEAST_ROWS and self._take(people, index, end)

    def _row_a_line(self, index: int) -> bool:
        """Take a table of people each of whose rows is a line, without its columns."""
        head = row_head(self.blocks[index].text)
        if not head:
            return self._all_in_a_line(index)
        below = self.blocks[index + 1].text if index + 1 < len(self.blocks) else ""
        if folded(below) in groups():
            self.flat, self.active = head, True
            self.taken.add(index)
            return True
        people, end = row_people(self.blocks, index + 1, head, self.stops)
        if len(people) < _LEAST_ROWS:
            return False
        self.flat = head
        return self._take(people, index, end)

    def _all_in_a_line(self, index: int) -> bool:
        """Take a table of people that has become one line, its head first."""
        text = self.blocks[index].traced
        label = label_of(text.text)
        if label is not None and label.closed and label.word in groups():
            return False  # “Members present: …” is no head of two columns
        size = head_size(text.text)
        people = line_people(text) if size else []
        if not size or not (people or self.roll.read(text[size:].strip(), index, True)):
            return False
        return self._take(people, index, index + 1)

    def _take(self, people: Sequence[Person], index: int, end: int) -> bool:
        """Take the people of a table, and its blocks, after which the list goes on."""
        for person in people:
            self.roll.add(person, index)
        self.taken.update(range(index, end))
        self.active = True
        return True

    def _expected(self, index: int) -> bool:
        return self.active or index < self.head

    def _label(self, index: int) -> tuple[Label | None, Group | None]:
        wrapped = wrapped_label(self.blocks, index)
        label = wrapped or label_of(self.blocks[index].text)
        group = groups().get(label.word) if label else None
        if group is None and (itemed := _itemed_group(self.blocks[index].text)) is not None:
            return itemed
        if group is None and (worded := _worded_group(self.blocks, index)) is not None:
            return worded
        return label, group

    def _open(self, index: int, label: Label, group: Group) -> None:
        """Begin a list at a label, with what stands behind it."""
        rest, after = _whole(self.blocks, index, label, self.stops)
        before = len(self.roll.people)
        if self._tells(index, after, label, rest):
            return
        self.roll.open(group)
        self.roll.legend = read_legend(self.blocks[index].text) or self.roll.legend
        least = 1 if self.turned else 2
        self.roll.turned = not rest.text and _are_turned(self.blocks, index + 1, least)
        self.turned = self.turned or self.roll.turned
        if not rest.text or self.roll.read(rest, index, True):
            self.taken.update(range(index, after))
            self.active = True
        else:
            self.active = len(self.roll.people) > before

    def _tells(self, index: int, after: int, label: Label, rest: Traced) -> bool:
        """Take a paragraph whose sentences tell who was there, if they tell more than a list."""
        words = rest if label.closed else joined([self.blocks[index].traced[: label.end], rest])
        told = told_in(words, index)
        if label.closed and len({one.group for one in told}) < 2:  # behind a colon, several do
            return False
        trial = Roll()
        listed = len(trial.people) if trial.read(rest, index, True) else 0
        if len(told) < 2 or len(told) < listed:
            return False
        self.roll.people += told
        self.taken.update(range(index, after))
        self.active = False
        return True

    def _opens(self, index: int, label: Label) -> bool:
        """Tell whether a label opens a list of people, rather than being words of the text."""
        in_head = index < self.head
        rest = self.blocks[index].traced[label.end :].strip()
        if rest.text:
            if not label.closed and (not in_head or self._is_entry(index, label)):
                return False
            return Roll().read(rest, index, in_head) or (in_head and label.closed)
        if labels().get(label.word) == "kinds":  # “Minutes” is the title here, not a role
            return False
        if in_head or self.active:
            return True
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if following is None:
            return False
        inner = label_of(following.text)
        if inner and inner.word in groups() and inner.closed:
            return True
        return _goes_on(following) and Roll().read(_line(following), index, False)

    def _is_entry(self, index: int, label: Label) -> bool:
        """Tell whether a role before a name is that of one of several people, a line each."""
        block = self.blocks[index]
        marked = _LIST_SIGN.match(block.text) is not None and index - 1 in self.taken
        return self.active and not block.gap and marked and label.word in roles()


def _are_turned(blocks: Sequence[Block], start: int, least: int) -> bool:
    """Tell whether the lines of a list, so many at least, write “Surname, First name, …”."""
    lines: list[str] = []
    for block in blocks[start:]:
        if lines and (block.gap or label_of(block.text)):
            break
        lines.append(_line(block).text)
    return len(lines) >= least and all(starts_with_surname(line) for line in lines)


def _heads_people(block: Block) -> bool:
    """Tell whether an item is that of who is there (“1. Attendance”)."""
    number = _NUMBER.match(block.text)
    title = block.text[number.end() :] if number else block.text
    found = groups().get(folded(title))
    return found is not None and found.present is True


def _own_role(blocks: Sequence[Block], index: int, roll: Roll) -> bool:
    """Take a line with a role as that of the person above: names, roles, bodies, a line each."""
    block = blocks[index]
    last = roll.people[-1] if roll.people else None
    if block.gap or last is None or last.index != index - 1 or last.person.roles:
        return False
    if folded(block.text) not in roles() or block.text.rstrip().endswith(":"):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is not None and not following.gap:
        if find_name(tuple(following.text.split())) or roll.knows(following.text):
            return False
    return roll.read(block.traced, index, False)


def _is_part(text: str, label: Label) -> bool:
    """Tell whether a label is of another part of the memo; two capitals are a country's code."""
    country = len(label.word) == 2 and text[:2].isupper() and text[2:3] == "\t"
    return label.word in labels() and label.closed and not country


def _whole(
    blocks: Sequence[Block], index: int, label: Label, stops: Set[int]
) -> tuple[Traced, int]:
    """What stands behind a label, with the lines below in which the same paragraph goes on."""
    rest = blocks[index].traced[label.end :].strip()
    after, wrapped = index + 1, False
    while after < len(blocks) and rest.text and after not in stops:
        following = blocks[after]
        if following.gap or following.kind is not Kind.TEXT or "\t" in following.text:
            break
        if label_of(following.text) or labelled(following.text):
            break
        if _LIST_SIGN.match(following.text):
            break
        wrapped = wrapped or _unfinished(rest.text) or len(blocks[after - 1].text) > _FULL_LINE
        if not wrapped:
            break
        rest = linked([rest, following.traced.strip()])
        after += 1
    return rest, after


def _unfinished(text: str) -> bool:
    """Tell whether a line of a list breaks off: at a comma, in brackets, between two names."""
    last = text.split()[-1]
    if text[-1] in ",;" or text.count("(") > text.count(")"):
        return True
    return folded(last) in known_set("people", "words", "joins") or (
        token(last).first and "," in text
    )


def _itemed_group(text: str) -> tuple[Label, Group] | None:
    """A heading that also says when they were there: “Guests for item 5: …”."""
    head, colon, _ = text[: LONGEST_CAPTION + 1].partition(":")
    words = head.strip(_SIGNS).split() if colon or head == text else []
    for size in range(len(words) - 1, 0, -1):
        word = folded(" ".join(words[:size]))
        if word in groups() and is_presence(" ".join(words[size:]).casefold()):
            return Label(word, len(head) + len(colon), True), groups()[word]
    return None


def _worded_group(blocks: Sequence[Block], index: int) -> tuple[Label, Group] | None:
    """A heading of more words than are known (“Panel members attending”), if people follow."""
    text = blocks[index].text
    head = _CAPTION_END.split(text, maxsplit=1)[0].strip(_SIGNS)
    words = [folded(word) for word in head.split()]
    told = [groups()[word] for word in words if word in groups()]
    if not told or not is_caption(text, head) or not 2 <= len(words) <= _MOST_WORDED:
        return None
    start = text.find(head) + len(head)
    rest = text[start:].lstrip(f"{_SIGNS}:\t")
    if rest and not _CAPTION_END.match(text[start:].lstrip(_SIGNS)):
        return None
    end = len(text) - len(rest)
    line = blocks[index].traced[end:] if rest else _below(blocks, index)
    trial = Roll()
    if line is None or not trial.read(line, index, False):
        return None
    if not any(listed.person.strong for listed in trial.people):
        return None
    return Label(" ".join(words), end, True), told_together(told, words[0])


def _below(blocks: Sequence[Block], index: int) -> Traced | None:
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return _line(following) if following is not None and _goes_on(following) else None


def _goes_on(block: Block) -> bool:
    return block.kind is not Kind.HEADING


def _line(block: Block) -> Traced:
    sign = _LIST_SIGN.match(block.text)
    return block.traced[sign.end() :] if sign else block.traced
