"""The coding of a meeting, as frozen pydantic models: one model a class of APRO.

The YAML key of a field is its name in camel case. The JSON-LD context
(``ontology/apro-context.jsonld``) maps each key to its property; `kg.encode` adds nothing to it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from kg.coding.fields import (
    AS_LIST,
    Context,
    Day,
    Decimal,
    Flag,
    Id,
    InScheme,
    Language,
    Moment,
    Number,
    Quote,
    Ref,
    Refs,
    RefTo,
    Sha256,
    Text,
    Words,
)
from kg.names import passage_id

HOLDERS = ("Body", "WorkingBody", "Person", "Group", "UnnamedHolder")
BODIES = ("Body", "WorkingBody")
DISPUTABLE = ("SourceDocument", "Position", "Entry", "SpeechAct")
NODE_CONFIG = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)
RESERVED_IDS = ("ontology", "authorities", "issues", "reforms")


class Node(BaseModel):
    """Anything with an id; unknown keys are errors, so that no misspelt key is lost."""

    model_config = NODE_CONFIG
    id: Id
    note: Words | None = None


class Passage(Node):
    """A place in a source document; the id is the document's with an RFC 5147 range."""

    type: Literal["Passage"] = "Passage"
    of: Annotated[Ref, RefTo(("SourceDocument",))]
    paragraph: Annotated[Number, Field(ge=0)] | None = None
    start: Annotated[Number, Field(ge=0)]
    end: Annotated[Number, Field(ge=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Passage:
        if self.end <= self.start:
            raise ValueError(f"the range {self.start}–{self.end} ends before it starts: correct it")
        if self.id != (derived := passage_id(self.of, self.start, self.end)):
            raise ValueError(f"the id {self.id} does not say the range: write {derived}")
        return self


class Evidenced(Node):
    """A node whose place in the source is known."""

    at: Passage | None = None


class Quoted(Evidenced):
    """A node with a place and a short phrase from it."""

    quote: Quote | None = None


class Repair(Evidenced):
    """A misreading of the scan, as it stands and as it is read."""

    type: Literal["Repair"] = "Repair"
    as_written: Quote
    read_as: Quote


class Coding(Node):
    """Who coded the meeting, when, and whether a person has reviewed it."""

    type: Literal["Coding"] = "Coding"
    coder: Text
    coded_on: Day
    status: Annotated[str, InScheme("coding-status")]


class Participation(Evidenced):
    """A body at a meeting: by which person, where one is named, and in which role."""

    type: Literal["Participation"] = "Participation"
    person: Annotated[Ref | None, RefTo(("Person",))] = None
    represents: Annotated[Ref | None, RefTo(BODIES)] = None
    role: Annotated[str, InScheme("role")]
    title: Words | None = None
    present: Flag = True
    substitutes_for: Annotated[Ref | None, RefTo(("Person",))] = None
    as_written: Text | None = None


class ImpreciseDate(Evidenced):
    """A date as written, with the first and the last day it can mean."""

    type: Literal["ImpreciseDate"] = "ImpreciseDate"
    date_kind: Annotated[str, InScheme("date-kind")]
    as_written: Quote
    earliest: Day
    latest: Day

    @model_validator(mode="after")
    def _ordered(self) -> ImpreciseDate:
        if self.latest < self.earliest:
            raise ValueError(
                f"the date is over ({self.latest}) before it begins ({self.earliest}): correct it"
            )
        return self


class Figure(Evidenced):
    """A number with its unit."""

    type: Literal["Figure"] = "Figure"
    label: Words | None = None
    value: Decimal
    unit: Words


class Argument(Quoted):
    """A reason given for or against propositions."""

    type: Literal["Argument"] = "Argument"
    label: Words
    supports: Annotated[Refs, RefTo(("Proposition",))] = ()
    attacks: Annotated[Refs, RefTo(("Proposition",))] = ()


class Position(Quoted):
    """One holder's stance to one proposition, expressed in one entry of the minutes."""

    type: Literal["Position"] = "Position"
    holder: Annotated[Ref, RefTo(HOLDERS)]
    proposition: Annotated[Ref, RefTo(("Proposition",))]
    stance: Annotated[str, InScheme("stance")]
    condition: Annotated[Refs, RefTo(("Proposition",))] = ()
    reasons: Annotated[tuple[Argument, ...], AS_LIST] = ()
    revises: Annotated[Refs, RefTo(("Position",))] = ()
    confidence: Annotated[str, InScheme("confidence")] = "high"
    status: Annotated[str, InScheme("coding-status")] = "accepted"


class SourceDocument(Node):
    """A document; `sha256` and `characters` tie evidence to one exact file.

    A document in which its author takes positions (written comments) holds them as an entry does.
    """

    type: Literal["SourceDocument"] = "SourceDocument"
    label: Words | None = None
    file_name: Text | None = None
    sha256: Sha256 | None = None
    characters: Annotated[Number, Field(ge=1)] | None = None
    dated: Day | None = None
    language: Language | None = None
    author: Annotated[Refs, RefTo(HOLDERS)] = ()
    repairs: Annotated[tuple[Repair, ...], AS_LIST] = ()
    positions: Annotated[tuple[Position, ...], AS_LIST] = ()


class AlignmentClaim(Quoted):
    """Someone says that parties agree or disagree, or that a matter is open."""

    type: Literal["AlignmentClaim"] = "AlignmentClaim"
    summary: Words | None = None
    parties: Annotated[Refs, RefTo(HOLDERS)] = ()
    parties_implied: Flag = False
    alignment: Annotated[str, InScheme("alignment")]
    about: Annotated[Refs, RefTo(("Proposition", "Issue"))]
    earlier: Flag = False


class Report(Quoted):
    """A fact asserted in the minutes that is no stance."""

    type: Literal["Report"] = "Report"
    summary: Words
    about: Annotated[Refs, RefTo()]
    progress: Annotated[str, InScheme("progress")] | None = None
    dates: Annotated[tuple[ImpreciseDate, ...], AS_LIST] = ()
    figures: Annotated[tuple[Figure, ...], AS_LIST] = ()
    waits_for: Annotated[Refs, RefTo()] = ()


class Decision(Quoted):
    """What the meeting decided."""

    type: Literal["Decision"] = "Decision"
    label: Words
    adopts: Annotated[Refs, RefTo(("Proposition",))] = ()


class ActionItem(Quoted):
    """What somebody is to do, and by when as far as stated."""

    type: Literal["ActionItem"] = "ActionItem"
    label: Words
    about: Annotated[Refs, RefTo()] = ()
    responsible: Annotated[Refs, RefTo(HOLDERS)] = ()
    parties: Annotated[Refs, RefTo(HOLDERS)] = ()
    mandated_by: Annotated[Refs, RefTo(HOLDERS)] = ()
    deadline: ImpreciseDate | None = None
    progress: Annotated[str, InScheme("progress")] | None = None


class Entry(Evidenced):
    """A unit of the minutes: a speech act when it has a speaker, else a record."""

    type: Literal["Entry", "SpeechAct"]
    sequence: Annotated[Number, Field(ge=1)]
    speaker: Annotated[Ref | None, RefTo(("Person", *BODIES))] = None
    represents: Annotated[Ref | None, RefTo(BODIES)] = None
    act: Annotated[str, InScheme("act")]
    replies_to: Annotated[Refs, RefTo(("Entry", "SpeechAct"))] = ()
    disputes_attribution: Annotated[Refs, RefTo(DISPUTABLE)] = ()
    summary: Words | None = None
    positions: Annotated[tuple[Position, ...], AS_LIST] = ()
    claims: Annotated[tuple[AlignmentClaim, ...], AS_LIST] = ()
    reports: Annotated[tuple[Report, ...], AS_LIST] = ()
    decisions: Annotated[tuple[Decision, ...], AS_LIST] = ()
    actions: Annotated[tuple[ActionItem, ...], AS_LIST] = ()

    @model_validator(mode="after")
    def _typed(self) -> Entry:
        if self.type == "SpeechAct" and self.speaker is None:
            raise ValueError("a SpeechAct needs a `speaker`: name one, or make it an Entry")
        if self.type == "Entry" and self.speaker is not None:
            raise ValueError("what has a `speaker` is a SpeechAct: change its `type`")
        if self.speaker is None and self.represents is not None:
            raise ValueError("only a speaker represents somebody: name one, or remove `represents`")
        return self


class AgendaItem(Evidenced):
    """An item of the agenda with what was said under it, in order."""

    type: Literal["AgendaItem"] = "AgendaItem"
    number: Text
    label: Words
    part_of: Annotated[Refs, RefTo(("AgendaItem",))] = ()
    swapped_with: Annotated[Ref | None, RefTo(("AgendaItem",))] = None
    presenters: Annotated[Refs, RefTo(("Person", *BODIES))] = ()
    entries: Annotated[tuple[Entry, ...], AS_LIST] = ()


class Meeting(Node):
    """A meeting, whole: the root of a file in ``data/meetings``."""

    context: Context = None
    type: Literal["Meeting"] = "Meeting"
    label: Words
    held_by: Annotated[Ref, RefTo(BODIES)]
    number: Text | None = None
    date: Day
    announced_start: Moment | None = None
    announced_end: Moment | None = None
    actual_start: Moment | None = None
    actual_end: Moment | None = None
    place: Words | None = None
    coding: Coding
    document: SourceDocument
    at: Passage | None = None
    participants: Annotated[tuple[Participation, ...], AS_LIST]
    items: Annotated[tuple[AgendaItem, ...], AS_LIST]

    @model_validator(mode="after")
    def _has_own_graph(self) -> Meeting:
        if self.id in RESERVED_IDS:
            raise ValueError(f"the id {self.id} names a graph of the project: choose another")
        return self
