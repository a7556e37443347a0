"""Tables of people: what stands in each column, and the people of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.minutes.body_words import is_body, names_somebody
from kg.minutes.lists import without_deputised
from kg.minutes.model import Role
from kg.minutes.persons import Person, read_person
from kg.minutes.standing import role_of
from kg.minutes.words import Group, columns, folded, groups, known_set, roles
from kg.traced import Traced, joined, linked, put

_BRACKETED = re.compile(r"\s*\(([^()]*)\)\s*$")
_NAMES = frozenset({"name", "first", "last"})
_DEPUTY_THERE = "deputy present"
_PAIR = ("organisation", "name", "present", "deputy", _DEPUTY_THERE)
_UNKNOWN = "?"  # before the place of a column whose heading says nothing


@dataclass(frozen=True)
class Table:
    """The columns of a table: what stands in each, and where its heading does in the line.

    `group` is what the heading of the names says of all of them (“Absent members”).
    """

    parts: tuple[str | None, ...]
    places: tuple[int, ...]
    group: Group | None

    def people(self, cells: Sequence[Traced], line: Traced) -> list[Person] | None:
        """The person of a row, and the deputy; none in an empty row, None if it is no row of it."""
        parts = self._by_column(cells)
        name = parts.get("name") or _two_part_name(parts)
        if name is None or not name.text:
            return None if any(cell.text for cell in cells) else []
        person = read_person(name, lone_names=True, names_only=True)
        if person is None:
            return None
        if "role" in self.parts:
            _take_for_title(person)
        if "role" in self.parts and "role" not in parts:
            _part_role(parts)
        _fill(person, parts)
        person.entry = line
        deputy = _deputy(parts.get("deputy"), person)
        there = parts.get(_DEPUTY_THERE)
        if deputy is not None and there is not None:
            _fill_presence(deputy, there, True)
        return [person, deputy] if deputy else [person]

    def _by_column(self, cells: Sequence[Traced]) -> dict[str | None, Traced]:
        """The cells by what stands in their columns; where some are missing, by their place."""
        if len(cells) == len(self.parts):
            pairs = list(zip(self.parts, cells, strict=True))
        else:
            full = [cell for cell in cells if cell.text]
            placed = _spaced(full, self.places) if self.places else _tabbed(full)
            last = len(self.parts) - 1
            pairs = [(self.parts[min(place, last)], cell) for place, cell in placed]
        found: dict[str | None, Traced] = {}
        for place, (part, cell) in enumerate(pairs):
            if cell.text:  # of two columns for roles, one has what somebody does elsewhere
                own = part is not None and part not in found
                found[part if own else f"{_UNKNOWN}{place}"] = cell
        return found


def read_table_head(cells: Sequence[Traced]) -> Table | None:
    """The table that a row is the head of: half of its words at least head such columns."""
    parts = _told_apart(tuple(_column(cell.text) for cell in cells))
    hits = {part for part in parts if part}
    if any(names_somebody(cell.text, surely=True) for cell in cells):
        return None
    if len(hits) < 2 or 2 * sum(map(bool, parts)) < len(cells) or not _NAMES & hits:
        return None
    group = groups().get(folded(_BRACKETED.sub("", cells[0].text)))
    return Table(parts, _places(cells), group)


def pair_head(words: Sequence[str]) -> Table | None:
    """The table of a head of single words: a body, a member and a deputy, each with a mark."""
    if len(words) != len(_PAIR):
        return None
    parts = _told_apart(tuple(_column(word) for word in words))
    return Table(parts, (), None) if parts == _PAIR else None


def _told_apart(parts: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """With a title where two columns seem to hold roles: “Position”, “Role”.

    A column of marks behind that of the deputies is theirs.
    """
    if parts.count("present") > 1 and "deputy" in parts:
        at = len(parts) - parts[::-1].index("present") - 1
        if parts[at - 1] == "deputy":
            parts = (*parts[:at], _DEPUTY_THERE, *parts[at + 1 :])
    if parts.count("role") < 2 or "title" in parts:
        return parts
    first = parts.index("role")
    return (*parts[:first], "title", *parts[first + 1 :])


def _column(text: str) -> str | None:
    """What stands below a column's heading; that of a group is a heading of names."""
    word = folded(_BRACKETED.sub("", text))
    found = columns().get(word)
    return found or ("name" if word in groups() else None)


def _places(cells: Sequence[Traced]) -> tuple[int, ...]:
    """Where the headings of a table's columns stand in their line; empty where tabs part them."""
    full = [cell for cell in cells if cell.text]
    spans = [cell.span() for cell in full]
    if all(start - end == 1 for (_, end), (start, _) in pairwise(spans)):
        return ()
    return tuple(start - spans[0][0] for start, _ in spans) if len(full) == len(cells) else ()


def _tabbed(cells: Sequence[Traced]) -> list[tuple[int, Traced]]:
    """Cells with their column: each sign between two in the source is the end of a column."""
    found: list[tuple[int, Traced]] = []
    place = 0
    for at, cell in enumerate(cells):
        place += cell.span()[0] - cells[at - 1].span()[1] if at else 0
        found.append((place, cell))
    return found


def _spaced(cells: Sequence[Traced], at: Sequence[int]) -> list[tuple[int, Traced]]:
    """Cells with the column whose heading stands nearest above."""
    base = cells[0].source(0) if cells else 0
    return [
        (min(range(len(at)), key=lambda one: abs(at[one] - (cell.source(0) - base))), cell)
        for cell in cells
    ]


def _part_role(parts: dict[str | None, Traced]) -> None:
    """Part a role from a cell that it has run into: “director, Treasury member”."""
    for part, cell in [*parts.items()]:
        _, comma, behind = cell.text.rpartition(", ")
        body, space, word = behind.rpartition(" ")
        if comma and space and folded(word) in roles() and is_body(body):
            end = len(cell) - len(word)
            parts[part], parts["role"] = cell[:end].strip(), cell[end:]


def _two_part_name(parts: dict[str | None, Traced]) -> Traced | None:
    first, last = parts.get("first"), parts.get("last")
    if first is None or last is None:
        return first or last
    return linked([first, last])


def _deputy(cell: Traced | None, person: Person) -> Person | None:
    """The deputy in the row of a member, who is there where the member is not."""
    other = read_person(cell) if cell is not None and names_somebody(cell.text) else None
    if other is None or cell is None:
        return None
    other.roles.append((Role.DEPUTY, cell.text))
    other.organisations += person.organisations[:1]
    if person.present is False and other.present is None:
        other.present = True
    return other


def _take_for_title(person: Person) -> None:
    """Beside a column of roles, “Expert Ann Lee” in that of the names is her title."""
    named = [one for one in person.roles if one[0] in {Role.EXPERT, Role.OTHER}]
    person.roles = [one for one in person.roles if one not in named]
    person.titles += [written for _, written in named]


def _fill(person: Person, parts: dict[str | None, Traced]) -> None:
    """What the other columns of a row say of a person."""
    if (title := parts.get("title")) is not None:
        role = None if "role" in parts else roles().get(folded(title.text))
        bracket = _BRACKETED.search(title.text)
        inside = roles().get(folded(bracket[1])) if bracket else None
        if bracket and inside:
            person.roles.append((inside, bracket[1]))
            person.titles.append(title.text[: bracket.start()])
        else:
            person.roles += [(role, title.text)] if role else []
            person.titles += [] if role else [title.text]
    if (body := parts.get("organisation")) is not None:
        person.organisations.insert(0, body.text)
    if (initials := parts.get("initials")) is not None:
        person.initials = initials.text
    unknown = [part for part in parts if part and part.startswith(_UNKNOWN)]
    if (cell := parts.get("role")) is not None:
        _fill_from(person, cell)
    for part in unknown:
        _fill_from(person, parts[part], beside="role" in parts and bool(person.roles))
    for part, marked in (("present", True), ("absent", False)):
        if (cell := parts.get(part)) is not None:
            _fill_presence(person, cell, marked)


def _mark(cell: Traced) -> str:
    """A cell's mark as it is compared, without what brackets add."""
    return folded(cell.text.split("(")[0]) or cell.text.strip()


def _fill_presence(person: Person, cell: Traced, marked: bool) -> None:
    """A mark in the column of those present (or absent): “x”, “no”, “present (Chair)”."""
    mark = _mark(cell)
    bracket = _BRACKETED.search(cell.text)
    if bracket and (role := roles().get(folded(bracket[1]))):
        person.roles.append((role, bracket[1]))
    yes = mark in known_set("people", "words", "yes")
    if mark in known_set("people", "words", "no") and (marked or not yes):
        person.present = not marked
    elif not marked or yes or person.present is None:
        person.present = marked


def _fill_from(person: Person, cell: Traced, beside: bool = False) -> None:
    """What a cell says in a column for roles or remarks, or one whose heading is not known.

    `beside`: another cell of the row tells the role here, so that one in this cell is a title.
    """
    mark = _mark(cell)
    for answer, present in (("no", False), ("yes", True)):
        if mark in known_set("people", "words", answer) and mark not in roles():
            person.present = present
            return
    if role := role_of(cell.text):
        person.roles.append((role, cell.text))
        return
    helper = read_person(joined([person.entry, put(", ", cell.span()[0]), cell]), lone_names=True)
    if helper is None:
        return
    named = {*(written for _, written in person.roles), *person.titles}
    told = [role for role in helper.roles if role[1] not in named]
    person.roles += [] if beside else told
    person.titles += [written for _, written in told] if beside else []
    person.titles += [title for title in helper.titles if title not in person.titles]
    if not person.organisations:
        person.organisations += helper.organisations
    if helper.present is not None:
        person.present = helper.present


def row_person_of(cells: list[Traced], line: Traced) -> Person | None:
    """The person of a row, perhaps there for another: “Ann Lee  Treasury  Member, for B. Day”."""
    cut = [cell[: len(without_deputised(cell.text))] for cell in cells]
    if all(len(one) == len(cell) for one, cell in zip(cut, cells, strict=True)):
        return read_person(line)
    pieces = [piece for cell in cut for piece in (put("\t", cell.span()[0]), cell)]
    person = read_person(joined(pieces[1:]))
    if person is not None:
        person.entry = line
        person.roles = [(Role.DEPUTY, "")]
    return person
