"""A list of participants line by line: headings of groups, rows, lines, whole paragraphs.

A `Roll` takes the lines of a list one after the other, remembers what the headings above them
say, and tells of each line whether it belongs to the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from kg.documents.blocks import Block
from kg.minutes.body_labels import LONGEST_LABEL, labelled_body, without_code, without_list_sign
from kg.minutes.body_words import is_body, names_somebody
from kg.minutes.captions import read_legend
from kg.minutes.deputies import Deputised, deputised
from kg.minutes.lists import at_commas, split_people, without_deputised
from kg.minutes.model import Role
from kg.minutes.people_table import Table, read_table_head, row_person_of
from kg.minutes.persons import Person, read_person
from kg.minutes.standing import is_instead
from kg.minutes.tokens import is_title_word, token
from kg.minutes.words import Group, folded, groups, known_set, roles
from kg.traced import Traced

_OFFICES = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY})
_SENTENCE = re.compile(r"([^\W\d_]{3,})[.?!]\s+(?=[^\W\d_a-zåäö])")
_IN_BRACKETS = re.compile(r"([^()]+)\s\(([^()]+)\)\.?")
_MOST_STANDING = 3  # words of “Ann Leen sijaan”
_MOST_UNEXPLAINED = 3
_MOST_ALONE = 6  # words of a line with a name that is not known to be one
_MOST_IN_LINE = 14
_LONGEST_ENTRY = 220
_ENOUGH_SHARED = 2  # bodies in brackets, so that one may be that of several
_MOST_ADDED = 25  # words of a line on the person above


@dataclass
class Listed:
    """A person with what the headings above say."""

    person: Person
    group: Group
    body: str | None
    index: int  # of the block


@dataclass
class Roll:
    """The list so far, and the headings that hold for the next line."""

    people: list[Listed] = field(default_factory=list)
    group: Group = field(default_factory=Group)
    body: str | None = None
    since_heading: int = 0
    body_is_heading: bool = False
    table: Table | None = None
    beside: bool = False  # somebody stands behind the heading's colon
    headed: bool = False  # by a heading of people, on the line above
    turned: bool = False  # the lines below the heading write “Surname, First name”
    legend: Mapping[str, bool] = field(default_factory=dict)  # marks before names, and presence

    def open(self, group: Group) -> None:
        """A heading: what it says holds until the next; inside of “absent”, a role keeps it."""
        nested = group.present is None and group.role is not None
        absent = self.group.present is False and (self.since_heading == 0)
        present = self.group.present if nested and absent else group.present
        self.group = Group(group.role, present, group.partly)
        self.since_heading, self.body, self.body_is_heading, self.table = 0, None, False, None
        self.beside, self.headed, self.turned = False, True, False

    def read(self, line: Traced, index: int, surely: bool) -> bool:
        """Take a line, whole; False if it is no part of a list of people.

        `surely`: it stands behind the heading's colon, so that less speaks against it.
        """
        if not line.text.strip():
            return True
        if len(legend := read_legend(line.text)) > 1:
            self.legend = legend
            return True
        mark, *rest = line.text.split(maxsplit=1)
        if rest and mark in self.legend:
            return self._marked(line, mark, index, surely)
        if pair := deputised(line):
            return self._pair(pair, index, surely)
        self.beside = self.beside or surely
        if not surely:
            self._leave_office(index)
        if self._stands_in(line.text):
            return True
        if has_cells(line.text):
            cells = _cells(line)
            if self.heads(line):
                return True
            if self.table is not None:
                return self._row(cells, line, index)
            if done := self._cells(cells, line, index):
                return done
        own = labelled_body(line)
        if own is not None and folded(own[1].text) in _nobody():
            return self.since_heading > 0 or self.headed  # “Treasury: –”: nobody came
        if own is not None and self._excused(own[1], index, own[0]):
            return True
        if own is not None and self._people(own[1], index, surely, own[0]):
            return True
        return self._people(line, index, surely, None) or self._attribute(line)

    def _marked(self, line: Traced, mark: str, index: int, surely: bool) -> bool:
        """Take a line that begins with a mark of the legend: “- Ann Lee, Treasury”."""
        before = len(self.people)
        start = line.text.index(mark) + len(mark)
        taken = self.read(line[start:].strip(), index, surely)
        for listed in self.people[before:]:
            listed.person.present = self.legend[mark]
        return taken

    def _pair(self, pair: Deputised, index: int, surely: bool) -> bool:
        """Take a member and the deputy in brackets behind."""
        before = len(self.people)
        if not self.read(pair.member, index, surely) or len(self.people) == before:
            return False
        if person := read_person(pair.deputy, lone_names=True):
            person.roles.append((Role.DEPUTY, pair.word))
            person.organisations += self.people[-1].person.organisations
            person.present = pair.present
            self.add(person, index)
        return True

    def _stands_in(self, text: str) -> bool:
        """Take a line on the person above: “deputy, in place of Ann Lee”."""
        words = text.split()
        alone = len(words) <= _MOST_STANDING or folded(words[0]) in roles()
        last = self._last()
        if last is None or not alone or not is_instead(" ".join(words).casefold()):
            return False
        if not names_somebody(" ".join(words[:_MOST_STANDING])):
            return False
        last.roles.append((Role.DEPUTY, " ".join(words)))
        return True

    def _leave_office(self, index: int) -> None:
        """An office that one person holds is not that of the people on the lines below.

        “Chair: Ann Lee” says nothing of the next line; a heading “Secretariat” does.
        """
        last = self.people[-1] if self.people and self.since_heading else None
        if last is None or last.index == index or self.group.role not in _OFFICES:
            return
        if self.group.role is not Role.SECRETARY or self.beside:
            self.group = Group(None, self.group.present, self.group.partly)

    def _people(self, text: Traced, index: int, surely: bool, body: str | None) -> bool:
        """Take the people in a line; all of it must be about them."""
        entries = _first_names(text) if surely else []
        persons = [read_person(entry, lone_names=True) for entry in entries]
        if entries and all(persons):
            return self._take([one for one in persons if one is not None], text, index, body)
        entries = [text] if self.turned else split_people(text)
        persons = [
            read_person(entry, lone_names=_is_addressed(entry.text), names_only=self.turned)
            for entry in entries
        ]
        found = [person for person in persons if person is not None]
        if not found and (surely or self.knows(text.text)):
            entries = at_commas(text)
            lone = [read_person(entry, lone_names=True) for entry in entries]
            found = [person for person in lone if person is not None]
            if len(found) < len(entries) and not any(person.strong for person in found):
                return False
        going = self.since_heading > 0 or self.headed
        if not found or not _plausible(text.text, found, surely, going):
            return False
        return self._take(found, text, index, body)

    def _excused(self, text: Traced, index: int, body: str) -> bool:
        """Take “LV - excused (Mr Ozols)”: whom a delegation has told to be absent."""
        match = _IN_BRACKETS.fullmatch(text.text)
        if match is None or folded(match[1]) not in known_set("people", "words", "absent"):
            return False
        before = len(self.people)
        taken = self._people(text[match.start(2) : match.end(2)], index, True, body)
        for listed in self.people[before:]:
            listed.person.present = False
        return taken

    def _take(self, found: list[Person], text: Traced, index: int, body: str | None) -> bool:
        _share_bodies(found, text.text)
        for person in found:
            if body:
                _join_surname(person)
            self.people.append(Listed(person, self.group, body or self.body, index))
        self.since_heading += len(found)
        return True

    def speaks_of(self, text: str) -> bool:
        """Tell whether a line only adds something on the person above (“Anna is from …”)."""
        last = self._last()
        words = text.split()
        if last is None or not 2 <= len(words) <= _MOST_ADDED:
            return False
        return words[0] in last.names and words[1].islower()

    def knows(self, text: str) -> bool:
        """Tell whether one word below a heading is the name of somebody listed before."""
        word = without_list_sign(text).strip(" .,").casefold()
        return " " not in word and any(
            word == name.casefold() for one in self.people for name in one.person.names
        )

    def _cells(self, cells: list[Traced], line: Traced, index: int) -> bool:
        """Take a row without a table's head: one person, or one a cell, or a body's people."""
        named = [cell for cell in cells if names_somebody(without_deputised(cell.text))]
        if not named:
            return False
        several = [cell for cell in cells if len(split_people(cell)) > 1]
        if several:
            first = cells[0].text
            body = first if first and not names_somebody(first) and is_body(first) else None
            return self._cell_by_cell(named, index, body)
        if len(named) > 1:
            return self._cell_by_cell(named, index, None)
        person = row_person_of(cells, line)
        if person is None or person.unexplained > 2 * _MOST_UNEXPLAINED:
            return False
        self.add(person, index)
        return True

    def _cell_by_cell(self, cells: list[Traced], index: int, body: str | None) -> bool:
        taken = [self._people(cell, index, True, body) for cell in cells]
        return all(taken)

    def add(self, person: Person, index: int) -> None:
        """Take a person, of whom the headings above hold."""
        self.people.append(Listed(person, self.group, self.body, index))
        self.since_heading += 1

    def heads(self, line: Traced) -> bool:
        """Take a line that is a table's head, False if it is none."""
        table = read_table_head(_cells(line))
        if table is None or (self.table is not None and None in table.parts):
            return False
        if not self.since_heading and table.group is not None:
            given = self.group.present if table.group.present is None else table.group.present
            self.group = Group(table.group.role, given)
        self.table, self.body = table, None
        return True

    def _row(self, cells: list[Traced], line: Traced, index: int) -> bool:
        """Take a row below a table's head, or a heading of a group between the rows."""
        group = groups().get(folded(line.text))
        if group is not None:
            self.group = group
            return True
        people = self.table.people(cells, line) if self.table else None
        marks = [cell.text for cell in cells if cell.text in self.legend]
        for person in people or []:
            if len(marks) == 1:
                person.present = self.legend[marks[0]]
            self.add(person, index)
        return people is not None

    def _attribute(self, line: Traced) -> bool:
        """Take a line without a person: a body or role, of the people below or of the one above."""
        text = without_list_sign(line.text).strip(" :*")
        if not text or len(text) > LONGEST_LABEL or _has_sentence(text) or text[-1] in ".?!":
            return False
        if folded(text) in known_set("people", "words", "none"):
            self.since_heading += 1
            return True
        return self._body(text) if is_body(text) else self._role(text)

    def _last(self) -> Person | None:
        """The person above, if no heading stands between."""
        return self.people[-1].person if self.people and self.since_heading else None

    def _body(self, text: str) -> bool:
        """Take a body: of the person above that has none yet, else as a heading."""
        last = self._last()
        if last is not None and not last.organisations and not self.body_is_heading:
            last.organisations.append(text)
            return True
        if self.since_heading and not self.body_is_heading:
            return False
        self.body, self.body_is_heading = without_code(text), True
        return True

    def _role(self, text: str) -> bool:
        """Take a role or a title of the person above."""
        last = self._last()
        role = roles().get(folded(text))
        if last is None:
            return False
        if role is not None:
            last.roles.append((role, text))
            return True
        if last.titles or not token(text.split()[-1]).title:
            return False
        last.titles.append(text)
        return True


@cache
def _nobody() -> frozenset[str]:
    """What stands behind a body that has sent nobody: a dash, a word for absent."""
    words = ("none", "absent")
    return frozenset({""}).union(*(known_set("people", "words", word) for word in words))


def has_cells(text: str) -> bool:
    """Tell whether a line is a row: of a table, or drawn with upright strokes."""
    return "\t" in text or " | " in text


def _cells(line: Traced) -> list[Traced]:
    if "\t" in line.text:
        return [cell.strip() for cell in Block(line).cells]
    cells: list[Traced] = []
    start = 0
    for end in [*(at for at, sign in enumerate(line.text) if sign == "|"), len(line)]:
        cells.append(line[start:end].strip())
        start = end + 1
    inner = slice(not cells[0].text, len(cells) - (not cells[-1].text))
    return cells[inner]


def _first_names(text: Traced) -> list[Traced]:
    """The entries of a list in which some are called by their first name alone; else none."""
    parts = at_commas(text)
    words = [part.text.split("(")[0].split() for part in parts]
    alone = sum(len(word) == 1 and token(word[0]).first for word in words)
    short = all(1 <= len(word) <= 3 for word in words)
    if not alone or not short or any(is_body(part.text.split("(")[0]) for part in parts):
        return []
    return parts


def _is_addressed(text: str) -> bool:
    """Tell whether an entry is a form of address and one name: “Ms Lee”."""
    words = text.split()
    return len(words) == 2 and words[0].casefold() in known_set("people", "words", "courtesy")


def _join_surname(person: Person) -> None:
    """Below a body's label a word behind a name is a surname: “DK – Ms Ann Brandt Holm”."""
    last = person.organisations[0] if len(person.organisations) == 1 else ""
    beside = person.entry.text.rstrip(" .").endswith(f"{person.names[-1]} {last}")
    if last and beside and " " not in last and not is_body(last):
        person.names.append(last)
        person.organisations.clear()


def _has_sentence(text: str) -> bool:
    """Tell whether a sentence ends inside of a text, rather than a role's or title's letters."""
    words = (match[1].casefold() for match in _SENTENCE.finditer(text) if match.start())
    return any(word not in roles() and not is_title_word(word) for word in words)


def _plausible(text: str, found: list[Person], surely: bool, going: bool) -> bool:
    """Tell whether a text is a list and no sentence about people; `going`: a list goes on."""
    most = _MOST_IN_LINE if going and text.rstrip()[-1:] != "." else _MOST_ALONE
    if not surely and not any(person.strong for person in found) and len(text.split()) > most:
        return False
    if any(person.unexplained > _MOST_UNEXPLAINED for person in found):
        return False
    if _has_sentence(text) and not surely:
        return len(found) > 2
    return len(text) / len(found) < _LONGEST_ENTRY


def _share_joined(found: list[Person], text: str) -> None:
    """“A (chair) and B, Treasury; C, Defra”: joined by “and”, both are from one body."""
    joins = known_set("people", "words", "joins")
    at = 0
    for person, following in pairwise(found):
        end = text.find(person.entry.text, at) + len(person.entry.text)
        at = text.find(following.entry.text, end)
        if not person.organisations and text[end:at].strip(" ,") in joins:
            person.organisations += following.organisations[:1]


def _share_bodies(found: list[Person], text: str) -> None:
    """“A, B, C (Vaara)”: a body in brackets is also that of the bare names before it."""
    bracketed = sum(bool(one.organisations) and "(" in one.entry.text for one in found)
    if ";" in text:
        _share_joined(found, text)
        return
    if "\t" in text or bracketed < _ENOUGH_SHARED:
        return
    shared: str | None = None
    for person in reversed(found):
        if person.organisations:
            shared = person.organisations[0] if "(" in person.entry.text else None
        elif person.roles or person.titles or "(" in person.entry.text:
            shared = None
        elif shared:
            person.organisations.append(shared)
