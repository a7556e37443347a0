"""The positions of codings, flat, each with what DNA may know of it; and what DNA cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.coding.model import AgendaItem, Entry, Meeting, Passage, Position, SourceDocument
from kg.coding.register import Issue, Person, Register, Topic

PARTICIPATIONS, ITEMS = "participations", "agenda items"
UNUSED = "people, bodies and propositions without a position"


@dataclass(frozen=True)
class Named:
    """Somebody or something that a position refers to: its class, names and further names."""

    id: str
    type: str
    label: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    note: Mapping[str, str] | None = None

    def name(self, language: str) -> str:
        """The label in a language, in English, or in any."""
        for key in (language, "en", *self.label):
            if key in self.label:
                return self.label[key]
        return self.id


@dataclass(frozen=True)
class Occasion:
    """A document with positions: minutes of a meeting, or a text in which its author takes them."""

    document: SourceDocument
    meeting: Meeting | None

    @property
    def id(self) -> str:
        """The id of the meeting, or else of the document."""
        return self.meeting.id if self.meeting else self.document.id


@dataclass(frozen=True)
class Stated:
    """A position: `body` is whom its holder, a person, speaks for; `place` is in code points."""

    position: Position
    occasion: Occasion
    speaker: str | None
    body: str | None
    basis: str
    place: tuple[int, int] | None

    @property
    def id(self) -> str:
        """The id of the position."""
        return self.position.id


@dataclass(frozen=True)
class Codings:
    """The models of a dataset."""

    registers: tuple[Register, ...]
    meetings: tuple[Meeting, ...]

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """The entities of the registers that positions refer to, and the issues, by id."""
        return {one.id: one for register in self.registers for one in _named(register)}

    @cached_property
    def issues(self) -> Mapping[str, str]:
        """The issue of each proposition."""
        return {
            proposition.id: issue.id
            for register in self.registers
            for issue in register.entities
            if isinstance(issue, Issue)
            for proposition in issue.propositions
        }

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Every position, meeting by meeting in order of date and speech, then those of texts."""
        meetings = sorted(self.meetings, key=lambda one: (one.date, one.id))
        in_meetings = (one for meeting in meetings for one in self._in_meeting(meeting))
        texts = (
            one
            for register in self.registers
            for one in register.entities
            if isinstance(one, SourceDocument)
        )
        return (*in_meetings, *(one for text in texts for one in self._in_text(text)))

    def _in_meeting(self, meeting: Meeting) -> Iterator[Stated]:
        occasion = Occasion(meeting.document, meeting)
        for entry in entries(meeting):
            for position in entry.positions:
                place = _place(position.at or entry.at, meeting.document.id)
                body = self._body(position, entry, meeting)
                basis = self._basis(position, entry.speaker, body, meeting)
                yield Stated(position, occasion, entry.speaker, body, basis, place)

    def _in_text(self, text: SourceDocument) -> Iterator[Stated]:
        for position in text.positions:
            own = position.holder in text.author
            person = self._kind(position.holder) == "Person"
            basis = ("personal" if person else "own") if own else "reported"
            author = text.author[0] if len(text.author) == 1 else None
            place = _place(position.at, text.id)
            yield Stated(position, Occasion(text, None), author, None, basis, place)

    def _kind(self, name: str) -> str:
        return self.named[name].type if name in self.named else ""

    def _body(self, position: Position, entry: Entry, meeting: Meeting) -> str | None:
        """The body that a person speaks for: as the entry says, else as the meeting does."""
        if self._kind(position.holder) != "Person":
            return None
        if entry.speaker == position.holder and entry.represents:
            return entry.represents
        found = represented(meeting, position.holder)
        return found[0] if found else None

    def _basis(
        self, position: Position, speaker: str | None, body: str | None, meeting: Meeting
    ) -> str:
        """The basis of a position; see docs/coding.md."""
        if speaker == position.holder and self._kind(position.holder) == "Person":
            return "official" if body else "personal"
        if speaker and (
            speaker == position.holder or position.holder in represented(meeting, speaker)
        ):
            return "own"
        return "reported"

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The ids of positions that a later one, which is accepted, revises."""
        return frozenset(
            earlier
            for one in self.stated
            if one.position.status == "accepted"
            for earlier in one.position.revises
        )

    def unheld(self) -> Iterator[tuple[int, str]]:
        """What codings have beside positions, with counts: DNA has no place for it."""
        found: Counter[str] = Counter()
        for meeting in self.meetings:
            found[PARTICIPATIONS] += len(meeting.participants)
            found[ITEMS] += len(meeting.items)
            for entry in entries(meeting):
                found["alignment claims"] += len(entry.claims)
                found["reports"] += len(entry.reports)
                found["decisions"] += len(entry.decisions)
                found["action items"] += len(entry.actions)
        used: set[str | None] = set(self.issues.values())
        for stated in self.stated:
            found["arguments"] += len(stated.position.reasons)
            used |= {
                stated.position.holder,
                stated.position.proposition,
                stated.body,
                stated.speaker,
            }
        for name, named in self.named.items():
            found[UNUSED] += name not in used
            found["labels in further languages"] += max(len(named.label) - 1, 0)
        for register in self.registers:
            for entity in register.entities:
                if entity.type not in (*_HELD, "Issue", "SourceDocument", "Topic"):
                    found["reforms, statutes, studies, events and the like"] += 1
                if isinstance(entity, Issue):
                    for one in entity.propositions:
                        links = len(one.refines) + len(one.incompatible_with)
                        found["links between propositions"] += links
        return ((number, name) for name, number in found.items() if number)


_HELD = ("Body", "WorkingBody", "Group", "UnnamedHolder", "Person")


def entries(meeting: Meeting) -> Iterator[Entry]:
    """The entries of a meeting in the order of speech."""
    items: Sequence[AgendaItem] = meeting.items
    return iter(sorted((e for item in items for e in item.entries), key=lambda e: e.sequence))


def represented(meeting: Meeting, person: str) -> tuple[str, ...]:
    """The bodies that somebody represents at a meeting."""
    found: Iterable[str] = (
        one.represents for one in meeting.participants if one.person == person and one.represents
    )
    return tuple(dict.fromkeys(found))


def _place(at: Passage | None, document: str) -> tuple[int, int] | None:
    return (at.start, at.end) if at and at.of == document else None


def _named(register: Register) -> Iterator[Named]:
    for one in register.entities:
        if isinstance(one, Person):
            yield Named(one.id, one.type, {"en": one.name}, one.other_names, one.note)
        elif isinstance(one, Issue):
            yield Named(one.id, one.type, one.label)
            for proposition in one.propositions:
                aliases = tuple(a for many in (proposition.alt_label or {}).values() for a in many)
                label = proposition.label
                yield Named(proposition.id, "Proposition", label, aliases, proposition.note)
        elif one.type in _HELD and not isinstance(one, SourceDocument | Topic):
            short = tuple((getattr(one, "abbreviation", None) or {}).values())
            others = tuple(a for many in (one.alt_label or {}).values() for a in many)
            yield Named(
                one.id, one.type, one.label, tuple(dict.fromkeys((*short, *others))), one.note
            )
