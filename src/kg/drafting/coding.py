"""Minutes and drafts as the lists of a coding: participants, items, entries, what hangs on them.

Places are those of the minutes, labels the memo's own words, cut where they are long. Whoever or
whatever cannot be told is left out and said in a comment, for a person to put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.codes import code_lists
from kg.drafting.dues import deadline
from kg.drafting.gathering import Gathered, gather, under
from kg.drafting.marks import key_of
from kg.drafting.model import AlignmentDraft, Confidence, Draft, Drafts
from kg.drafting.places import Places, readable, shortened
from kg.drafting.proposal import Proposal
from kg.drafting.registers import Registers
from kg.minutes.model import (
    Action,
    AgendaItem,
    Decision,
    Minutes,
    Participant,
    Remark,
    Role,
    Span,
    Speech,
)
from kg.names import is_id

NO_ITEM = "0"

# The codes that a role of minutes may be, the usual one first; the memo's word decides.
_ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.CHAIR: ("chair",),
    Role.VICE_CHAIR: ("viceChair",),
    Role.SECRETARY: ("recordingSecretary", "secretaryGeneral"),
    Role.MEMBER: ("member",),
    Role.DEPUTY: ("deputyMember", "substitute"),
    Role.EXPERT: ("invitedExpert",),
    Role.OTHER: ("other", "observer"),
}
# What else a stance may be that was read with low confidence.
_DOUBTS: Mapping[str, tuple[str, ...]] = {
    "strongSupport": ("support",),
    "support": ("hesitantSupport", "supportWithConditions", "undecided"),
    "supportWithConditions": ("support", "hesitantSupport", "concede"),
    "hesitantSupport": ("support", "undecided"),
    "concede": ("supportWithConditions", "undecided"),
    "undecided": ("hesitantSupport", "hesitantOppose"),
    "hesitantOppose": ("oppose", "undecided"),
    "opposeWithConditions": ("oppose", "supportWithConditions"),
    "oppose": ("hesitantOppose", "opposeWithConditions", "undecided"),
    "strongOppose": ("oppose",),
}
_FOR = frozenset(
    {"strongSupport", "support", "supportWithConditions", "hesitantSupport", "concede"}
)


@dataclass(frozen=True)
class Parts:
    """The lists of a meeting as proposals; `remarks` are what was noticed at no part of them."""

    participants: tuple[Proposal, ...]
    items: tuple[Proposal, ...]
    remarks: tuple[str, ...]


@dataclass
class Coded:
    """What the parts of one coding share; `passages` puts the memo's text into comments."""

    root: str
    minutes: Minutes
    drafts: Drafts
    places: Places
    registers: Registers
    held: date
    passages: bool

    def __post_init__(self) -> None:
        """The people at the table get their ids first, so that their names mean them."""
        self.language = self.minutes.header.language
        self.numbers = {one.number for one in self.minutes.items if is_id(one.number or "")}
        self.people = {
            one.name: self.registers.person(one.name) for one in self.minutes.participants
        }
        self.at_table: set[str] = set()
        self.speaking: dict[str, None] = {}
        remarks = {*self.minutes.remarks, *self.drafts.remarks}
        self._remarks: list[Remark] = sorted(remarks, key=lambda one: (one.span, one.message))

    def remarks_in(self, span: Span) -> list[str]:
        """What was noticed in a range, as comments, each once."""
        found = [one for one in self._remarks if span[0] <= one.span[0] < span[1]]
        self._remarks = [one for one in self._remarks if one not in found]
        return [f"Note: {readable(one.message)}" for one in found]

    def remarks_left(self) -> tuple[str, ...]:
        """What was noticed anywhere else."""
        return tuple(
            f"Note, line {self.places.line(one.span[0])}: {readable(one.message)}"
            for one in self._remarks
        )

    def cited(self, span: Span) -> list[str]:
        """A passage as a comment, if passages are wanted."""
        return [self.places.cited(span)] if self.passages else []


def parts_of(coded: Coded) -> Parts:
    """All that the file's lists hold, by place."""
    participants = list(_participants(coded))
    items = tuple(_items(coded))
    silent = [body for body in coded.speaking if body not in coded.at_table]
    participants += [_body_at_table(body) for body in silent]
    return Parts(tuple(participants), items, coded.remarks_left())


def _participants(coded: Coded) -> Iterator[Proposal]:
    chaired = False
    listed: set[str] = set()
    for one in coded.minutes.participants:
        role, comments = _role(one), [*coded.cited(one.span), *coded.remarks_in(one.span)]
        if role == "chair" and chaired:
            role = "other"
            comments.append("The memo calls a second person chair: who is it?")
        chaired = chaired or role == "chair"
        if one.name not in listed:
            yield _participant(coded, one, role, comments)
        listed.add(one.name)


def _participant(coded: Coded, one: Participant, role: str, comments: list[str]) -> Proposal:
    data: dict[str, Any] = {"person": coded.people[one.name]}
    if one.organisation:
        data["represents"] = coded.registers.body(readable(one.organisation), one.body)
        coded.at_table.add(data["represents"])
    data |= {"role": role, "present": one.present}
    if one.title and readable(one.title):
        data["title"] = {coded.language: readable(one.title)}
    data["at"] = coded.places.at(one.span, 0)
    key = key_of("participant", data["person"])
    return Proposal("participants", key, data, one.span[0], tuple(comments))


def _role(one: Participant) -> str:
    """The code of a role; where there are several, that whose name is the memo's word."""
    codes = _ROLES[one.role]
    written = (one.written_role or "").casefold()
    for notation in codes:
        labels = code_lists()["role"][notation].labels.values()
        if written and any(label.casefold() in written for label in labels):
            return notation
    return codes[0]


def _body_at_table(body: str) -> Proposal:
    data = {"represents": body, "role": "other", "present": True}
    comment = "Speaks in the memo, but nobody in the list of participants represents it."
    return Proposal("participants", key_of("participant", body), data, 0, (comment,))


def _items(coded: Coded) -> Iterator[Proposal]:
    gathered = gather(coded.minutes, coded.drafts, coded.places.document.text)
    numbers: dict[str, int] = {}
    if loose := under(gathered, None):
        data = {"number": NO_ITEM, "label": {"en": "Under no item of the agenda"}}
        entries = tuple(_entry(coded, one, None, 0) for one in loose)
        yield Proposal("items", key_of("item", NO_ITEM), data, loose[0].span[0], (), entries)
    for position, item in enumerate(coded.minutes.items, start=1):
        number = item.number or str(position)
        numbers[number] = numbers.get(number, 0) + 1
        yield _item(coded, item, number, numbers[number], under(gathered, item))


def _item(
    coded: Coded, item: AgendaItem, number: str, time: int, entries: list[Gathered]
) -> Proposal:
    """An item with its entries; `time` counts the items of this number."""
    comments = coded.remarks_in(item.span)
    if item.number is None:
        comments.append("The memo gives this item no number.")
    data: dict[str, Any] = {
        "number": number,
        "label": {coded.language: readable(item.title) or number},
    }
    if item.parent in coded.numbers and item.parent != item.number:
        data["partOf"] = f"{coded.root}/i{item.parent}"
    if presenters := [coded.people[one] for one in item.presenters if one in coded.people]:
        data["presenters"] = presenters
    heading = coded.places.paragraph(coded.places.span(item.span)[0])
    if all(coded.places.paragraph(one.span[0]) >= heading for one in entries):
        data["at"] = coded.places.at(item.span, heading)
    else:
        heading = 0
        comments.append("Its heading stands after what is said under it: no place is given.")
    children = tuple(_entry(coded, one, item, heading) for one in entries)
    key = key_of("item", number, time)
    return Proposal("items", key, data, item.span[0], tuple(comments), children)


def _entry(coded: Coded, one: Gathered, item: AgendaItem | None, heading: int) -> Proposal:
    comments = coded.cited(one.span)
    data: dict[str, Any] = {}
    speaker = _speaker(coded, one)
    if speaker:
        data["speaker"] = speaker
    elif isinstance(one.said, Speech):
        words = readable(one.said.speaker)
        comments.append(f"Who is “{words}”? Give `speaker`, and SpeechAct as `type`.")
    data["act"] = one.said.act if isinstance(one.said, Speech) else "record"
    data["at"] = coded.places.at(one.span, heading)
    children = tuple(_children(coded, one, item, heading))
    comments += coded.remarks_in(one.span)
    key = key_of("entry", *one.span, speaker or _written(one))
    return Proposal("entries", key, data, one.span[0], tuple(comments), children)


def _written(one: Gathered) -> str:
    return one.said.speaker if isinstance(one.said, Speech) else ""


def _speaker(coded: Coded, one: Gathered) -> str | None:
    """Who speaks: a participant, or a body where the memo names no person."""
    if not isinstance(one.said, Speech):
        return None
    if one.said.speaker_name in coded.people:
        return coded.people[one.said.speaker_name]
    if one.said.speaker_name is None and one.said.body:
        body = coded.registers.body(one.said.body)
        coded.speaking[body] = None
        return body
    return None


def _children(
    coded: Coded, one: Gathered, item: AgendaItem | None, heading: int
) -> Iterator[Proposal]:
    title = _title(coded, item)
    for draft in sorted(one.positions, key=lambda draft: draft.passage.span()):
        yield _position(coded, draft, one, title, heading)
    for claim in sorted(one.claims, key=lambda claim: claim.passage.span()):
        yield _claim(coded, claim, one, title, heading)
    for decision in sorted(one.decisions, key=lambda decision: decision.span):
        yield _decision(coded, decision, heading)
    for action in sorted(one.actions, key=lambda action: action.span):
        yield _action(coded, action, heading)


def _title(coded: Coded, item: AgendaItem | None) -> str:
    """What the issue of an item is called: the item's title, else the meeting's or document's."""
    title = readable(item.title) if item else ""
    return title or readable(coded.minutes.header.body or "") or coded.places.document.path.stem


def _proposition(coded: Coded, draft: Draft, title: str) -> str:
    words = shortened(draft.proposition)
    return coded.registers.proposition(words, title, draft.proposition_id, draft.issue_id)


def _position(coded: Coded, draft: Draft, one: Gathered, title: str, heading: int) -> Proposal:
    registers = coded.registers
    holder = registers.holder(draft.holder)
    proposition = _proposition(coded, draft, title)
    span = coded.places.span(draft.passage.span())
    data: dict[str, Any] = {
        "holder": holder,
        "proposition": proposition,
        "stance": draft.stance,
        "confidence": draft.confidence.value,
        "status": "proposed",
    }
    if draft.condition and readable(draft.condition):
        condition = registers.proposition(shortened(draft.condition), title, None, draft.issue_id)
        if condition != proposition:
            data["condition"] = [condition]
    if quote := coded.places.quote(draft.phrase, span):
        data["quote"] = quote
    bears = "supports" if draft.stance in _FOR else "attacks"
    reasons = [shortened(reason) for reason in draft.reasons if readable(reason)]
    if reasons:
        data["reasons"] = [
            {"label": {coded.language: reason}, bears: [proposition]} for reason in reasons
        ]
    data["at"] = coded.places.at(span, heading)
    comments = coded.cited(span) if span != one.span else []
    new = "New proposition" if registers.is_new(proposition) else "Known proposition"
    comments.append(f"{new}: {shortened(draft.proposition)}")
    if draft.confidence is Confidence.LOW:
        comments.append(f"Doubtful, may also be {', '.join(_DOUBTS[draft.stance])}.")
    key = key_of("position", *span, holder, proposition)
    return Proposal("positions", key, data, span[0], tuple(comments))


def _claim(
    coded: Coded, claim: AlignmentDraft, one: Gathered, title: str, heading: int
) -> Proposal:
    span = coded.places.span(claim.passage.span())
    about = list(claim.about_ids) or [
        _proposition(coded, draft, title)
        for draft in one.positions
        if _touch(coded.places.span(draft.passage.span()), span)
    ]
    about = about or [coded.registers.issue(title)]
    data: dict[str, Any] = {"alignment": claim.alignment.value}
    parties = [coded.registers.holder(party) for party in claim.parties]
    if parties:
        data["parties"] = list(dict.fromkeys(parties))
    if claim.implied or not parties:
        data["partiesImplied"] = True
    data["about"] = list(dict.fromkeys(about))
    if claim.earlier:
        data["earlier"] = True
    if quote := coded.places.quote(claim.phrase, span):
        data["quote"] = quote
    data["at"] = coded.places.at(span, heading)
    comments = coded.cited(span) if span != one.span else []
    if claim.about:
        comments.append(f"About: {readable(claim.about)}")
    key = key_of("claim", *span, claim.alignment)
    return Proposal("claims", key, data, span[0], tuple(comments))


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _decision(coded: Coded, decision: Decision, heading: int) -> Proposal:
    span = coded.places.span(decision.span)
    data = {
        "label": {coded.language: shortened(decision.text)},
        "at": coded.places.at(span, heading),
    }
    return Proposal("decisions", key_of("decision", *span), data, span[0])


def _action(coded: Coded, action: Action, heading: int) -> Proposal:
    span = coded.places.span(action.span)
    data: dict[str, Any] = {"label": {coded.language: shortened(action.text)}}
    comments: list[str] = []
    if action.responsible:
        if responsible := _responsible(coded, readable(action.responsible)):
            data["responsible"] = [responsible]
        else:
            comments.append(f"Who is “{readable(action.responsible)}”? Give `responsible`.")
    if due := deadline(action, coded.held):
        data["deadline"] = due
    elif action.due_written:
        comments.append(f"When is “{readable(action.due_written)}”? Give `deadline`.")
    data["at"] = coded.places.at(span, heading)
    key = key_of("action", *span, action.responsible or "")
    return Proposal("actions", key, data, span[0], tuple(comments))


def _responsible(coded: Coded, name: str) -> str | None:
    """Whoever a name means: a participant by full name or surname, or a known body."""
    alike = [full for full in coded.people if full == name or full.split()[-1] == name]
    if len(alike) == 1:
        return coded.people[alike[0]]
    return coded.registers.known_body(name)
