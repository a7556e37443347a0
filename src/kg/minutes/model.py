"""Minutes: what a memo says of its meeting, each part with its place in the document.

A `span` is a half-open range of the document's text in code points (`kg.documents`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.traced import Traced

Span = tuple[int, int]


class Role(StrEnum):
    """What somebody is at a meeting."""

    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    DEPUTY = "deputy"
    EXPERT = "expert"
    OTHER = "other"


@dataclass(frozen=True)
class Participant:
    """Somebody in the list of participants.

    `organisation` is as written (a misprint of a known body's name repaired), `body` the key of
    the body that it names (`kg.languages.Body.key`), None for one that no country's file has.
    `written_role` are the words for the role, None where the list's place says it; `initials` and
    `nickname` what the list says that the person is called in the text; `delegation` is the code
    under which the list has them beside an organisation (“FI”).
    """

    name: str
    title: str | None
    organisation: str | None
    role: Role
    present: bool
    span: Span
    body: str | None = None
    written_role: str | None = None
    initials: str | None = None
    nickname: str | None = None
    delegation: str | None = None


@dataclass(frozen=True)
class AgendaItem:
    """An item of the agenda; `parent` is the number of the item that it is part of.

    `handled` is the order in which it was handled, counting from 1: that of the memo.
    """

    number: str | None
    title: str
    span: Span
    presenters: tuple[str, ...] = ()
    parent: str | None = None
    handled: int = 0


@dataclass(frozen=True)
class Speech:
    """What one speaker said without a break.

    `verb` and `speaker` stand as in the memo (there is no verb in “Virtanen: …”).
    `speaker_name` is the participant, None where it is a body or cannot be told; `body` the
    speaker's body as it is called (of a ministry that speaks, or of the participant). `act` is
    a code of ``https://w3id.org/apro/act/`` (comment, question, answer, presentation …).
    """

    item: str | None
    speaker: str
    speaker_name: str | None
    verb: str | None
    act: str
    passage: Traced
    body: str | None = None

    @property
    def text(self) -> str:
        """The words of the memo, reporting clause included."""
        return self.passage.text

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.passage.span()


@dataclass(frozen=True)
class Record:
    """A stretch of the minutes without a speaker."""

    item: str | None
    passage: Traced


@dataclass(frozen=True)
class Decision:
    """What the meeting decided, approved, agreed or took note of; `text` as in the memo."""

    item: str | None
    text: str
    span: Span


@dataclass(frozen=True)
class Action:
    """What somebody is to do; `due` is YYYY-MM-DD or YYYY-MM, `due_written` the memo's words."""

    item: str | None
    responsible: str | None
    text: str
    due: str | None
    span: Span
    due_written: str | None = None


@dataclass(frozen=True)
class NextMeeting:
    """When the group meets again: an ISO date if the memo gives one, and its words."""

    date: str | None
    written: str
    span: Span


@dataclass(frozen=True)
class Remark:
    """Something that could not be read or resolved, and where."""

    span: Span
    message: str


@dataclass(frozen=True)
class Header:
    """What stands at the head of minutes, and the times that the meeting really had."""

    language: str
    body: str | None = None
    number: str | None = None
    date: str | None = None
    scheduled_start: str | None = None
    scheduled_end: str | None = None
    place: str | None = None
    spans: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True)
class Minutes:
    """A memo as a structure. `entries` are speeches and records in the order of the memo."""

    header: Header
    start: str | None
    end: str | None
    participants: tuple[Participant, ...]
    items: tuple[AgendaItem, ...]
    entries: tuple[Speech | Record, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    next_meeting: NextMeeting | None
    remarks: tuple[Remark, ...]

    @property
    def speeches(self) -> tuple[Speech, ...]:
        """The entries that have a speaker."""
        return tuple(entry for entry in self.entries if isinstance(entry, Speech))
