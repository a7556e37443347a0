"""The view of one meeting: the agenda, what was said under each item, and who answered whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.errors import InputError
from kg.layout.agenda import agenda
from kg.layout.boxes import Layout, Zone
from kg.statements import LANGUAGES, Label, Statement
from kg.things import Link, Thing, code_words
from kg.views.course import BODIES, Course
from kg.views.models import Codes, Source
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.thing_facts import facts, joined, source_fact
from kg.views.view import Band, Edge, Facets, Fact, Node, View

MOST_BODY = 16
_CLOCK = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T([0-9]{2}:[0-9]{2})(:00)?(Z|[+-][0-9:]{5})?$")
_TOLD = ("progress", "dates", "deadline", "figure")


def meeting_view(
    things: Mapping[str, Thing],
    links: Iterable[Link],
    statements: Sequence[Statement],
    codes: Codes,
    source: Source,
    meeting: str,
) -> View:
    """The course of the meeting `meeting`, given by IRI.

    `links` are those of ``internal/links-meeting`` for it; of the statements only the meeting's own
    are kept. Raises `InputError` where the things hold no such meeting.
    """
    if meeting not in things or things[meeting].kind != "meeting":
        raise InputError(f"“{meeting}” is no meeting of this build: give the IRI of one")
    own = tuple(one for one in statements if one.meeting == meeting)
    course = Course(things, tuple(links), own, things[meeting])
    keys = _seat_keys(course)
    people = [(zone, [keys[one] for one in seats]) for zone, seats in course.people]
    placed = agenda(meeting, people, course.sections)
    return View(
        name="meeting",
        title=course.meeting.label,
        lead=_lead(course),
        scope=_scope(course),
        nodes=tuple(_nodes(course, placed, keys)),
        edges=tuple(_edges(course, placed)),
        source=source,
        codes=codes,
        statements=own,
        bands=tuple(_band(course, zone) for zone in placed.zones),
        notes=tuple(_notes(course)),
        labels={("body", one.id): one.label for one in things.values() if one.kind in BODIES},
    )


def _lead(course: Course) -> Label:
    if not course.shown:
        return interface()["meeting.empty"]
    acts = sum(course.things[one].kind == "speech" for one in course.shown)
    items = counted("meeting.items", len(course.items))
    return phrase("meeting.lead", acts=counted("meeting.acts", acts), items=items)


def _scope(course: Course) -> Label:
    """What the view was made from; a meeting without positions is named all the same."""
    if course.statements:
        return scope_of(course.statements)
    return counted("source.scope", 0, meetings=course.meeting.label)


def _notes(course: Course) -> Iterator[Label]:
    if course.items:
        yield interface()["meeting.order"]
    for a, b in _swapped(course):
        yield phrase("meeting.swapped", a=_number(course.things[a]), b=_number(course.things[b]))
    yield from course.meeting.values.get("note", ())
    if course.shown:
        yield interface()["meeting.bodies"]


def _swapped(course: Course) -> list[tuple[str, str]]:
    """Items that changed places, each pair once."""
    known = set(course.items)
    pairs = ((one.source, one.target) for one in course.links if one.kind == "swapped")
    return sorted({(min(a, b), max(a, b)) for a, b in pairs if a in known and b in known})


def _number(item: Thing) -> Label:
    """What an item goes by among the others: its number, or else its title."""
    return item.value("number") or item.label


def _band(course: Course, zone: Zone) -> Band:
    if zone.name in course.things:
        return Band(zone.name, _caption(course.things[zone.name]), zone.box)
    return Band(zone.name, interface()[f"meeting.{zone.name}"], zone.box)


def _caption(item: Thing) -> Label:
    number = item.value("number")
    return phrase("meeting.caption", n=number, label=item.label) if number else item.label


def _seat_keys(course: Course) -> dict[str, str]:
    """The key of each participation's box: the person's IRI, where he or she has one seat only."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in course.participations:
        person = next(iter(course.targets.get(("person", one), ())), one)
        found[one] = one if person in taken else person
        taken.add(person)
    return found


def _nodes(course: Course, placed: Layout, keys: Mapping[str, str]) -> Iterator[Node]:
    yield _meeting(course, placed)
    for seat, key in keys.items():
        yield _person(course, placed, seat, key)
    for item in course.items:
        yield _item(course, placed, item)
        for entry in course.entries.get(item, ()):
            yield _entry(course, placed, entry, item)
            for outcome in course.outcomes[entry]:
                yield _outcome(course, placed, outcome, entry)


def _meeting(course: Course, placed: Layout) -> Node:
    thing = course.meeting
    clock = [
        (key, Label.same(_CLOCK.sub(r"\1", text.en))) for key, text in facts(thing, "start", "end")
    ]
    held_by = course.names("heldBy", thing.id)
    return Node(
        key=thing.id,
        kind="meeting",
        label=thing.label,
        name=thing.name,
        box=placed.boxes[thing.id],
        facts=(
            *_filled("fact.heldBy", held_by),
            *facts(thing, "number", "date"),
            *clock,
            *facts(thing, "place", "note"),
            *source_fact(thing),
        ),
        always=True,
    )


def _person(course: Course, placed: Layout, seat: str, key: str) -> Node:
    """Somebody who took part, or a body where no person is named."""
    thing, bodies = course.things[seat], course.names("represents", seat)
    people = course.targets.get(("person", seat), ())
    name = course.names("person", seat) if people else bodies
    if not name.en:
        name = thing.value("asWritten") or thing.label
    where = (bodies if people else Label.same(""), thing.value("role") or Label.same(""))
    return Node(
        key=key,
        kind="person" if people else "body",
        label=joined((name, joined(where)), "\n"),
        name=name,
        box=placed.boxes[key],
        facts=(
            *_filled("fact.body", bodies),
            *facts(thing, "role", "title"),
            *_filled("fact.substitutes", course.names("substitutes", seat)),
            *facts(thing, "note"),
            *source_fact(thing),
        ),
        facets={"body": course.targets.get(("represents", seat), ())},
        statements=tuple(place for one in people for place in course.said_by.get(one, ())),
        zone=placed.zone_of[key],
        always=True,
    )


def _item(course: Course, placed: Layout, item: str) -> Node:
    thing = course.things[item]
    number = thing.value("number")
    presenters = joined(
        course.things[one].label
        for one in course.sources.get(("presents", item), ())
        if one in course.things
    )
    return Node(
        key=item,
        kind="item",
        label=phrase("meeting.chip", n=number) if number else thing.label,
        name=_caption(thing),
        box=placed.boxes[item],
        facts=(
            *_filled("fact.presenter", presenters),
            *_filled("fact.itemOf", course.names("partOf", item)),
            *_filled("fact.swapped", course.names("swapped", item)),
            *facts(thing, "note"),
            *source_fact(thing),
        ),
        facets=_together(_facets(course, one) for one in course.entries.get(item, ())),
        zone=placed.zone_of[item],
        always=True,
    )


def _entry(course: Course, placed: Layout, entry: str, item: str) -> Node:
    """A speech act by its speaker, or a record of the minutes, and what is said in short."""
    thing = course.things[entry]
    act, bodies = thing.value("act") or Label.same(""), _bodies(course, entry)
    speaker = joined(course.things[one].label for one in course.speakers(entry))
    who = phrase("meeting.speaker", name=speaker, body=_cut(bodies)) if bodies.en else speaker
    head = joined((who, act), " · ")
    return Node(
        key=entry,
        kind=thing.kind,
        label=joined((head, thing.value("summary") or _positions(course, entry)), "\n"),
        name=head if head.en else thing.name,
        box=placed.boxes[entry],
        facts=(
            *_filled("fact.speaker", speaker),
            *_filled("fact.body", bodies),
            ("fact.item", _caption(course.things[item])),
            *facts(thing, "act", "summary", "note"),
            *_asserted(course, entry),
            *source_fact(thing),
        ),
        facets=_facets(course, entry),
        statements=course.said_in.get(entry, ()),
        zone=placed.zone_of[entry],
        always=True,
    )


def _positions(course: Course, entry: str) -> Label:
    """The positions taken in an act, in words: what its box says where nobody summed it up."""
    own = (course.statements[place] for place in course.said_in.get(entry, ()))
    said = ((code_words("stance", one.stance), one.proposition_label) for one in own)
    return joined((joined(pair, ": ") for pair in dict.fromkeys(said)), "; ")


def _cut(name: Label) -> Label:
    """A body's name as it fits behind that of a speaker."""
    whole = (name.get(language) for language in LANGUAGES)
    cut = (f"{one[:MOST_BODY].rstrip()}…" if len(one) > MOST_BODY else one for one in whole)
    return Label(*cut)


def _bodies(course: Course, entry: str) -> Label:
    """The bodies that the speaker spoke for; a body that speaks itself is not named twice."""
    speakers = course.speakers(entry)
    found = (one for one in course.voices(entry) if one in course.things and one not in speakers)
    return joined(course.things[one].label for one in dict.fromkeys(found))


def _asserted(course: Course, entry: str) -> Iterator[Fact]:
    """What an act disputes, claims of agreement, and tells as a fact."""
    for one in course.targets.get(("disputes", entry), ()):
        if one in course.things:
            yield "fact.disputes", course.things[one].name
    said = course.sources.get(("expressedIn", entry), ())
    for thing in (course.things[one] for one in said if one in course.things):
        if thing.kind == "claim":
            yield "fact.alignment", joined((*thing.values.get("alignment", ()), thing.name), ": ")
        if thing.kind == "report":
            more = (text for key in _TOLD for text in thing.values.get(key, ()))
            yield "fact.reports", joined((thing.name, *more), " · ")


def _facets(course: Course, entry: str) -> Facets:
    """An act counts for its speaker's bodies and for those of which it states a position."""
    own = [course.statements[place] for place in course.said_in.get(entry, ())]
    spoken_for = {*course.voices(entry), *(one.body for one in own if one.body)}
    return {
        "body": tuple(sorted(spoken_for)),
        "issue": _values(one.issue for one in own),
        "stance": _values(one.stance for one in own),
        "basis": _values(one.basis for one in own),
        "status": _values(one.status for one in own),
    }


def _values(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def _together(many: Iterable[Facets]) -> Facets:
    """What lets any of several acts pass."""
    found = list(many)
    keys = ("body", "issue", "stance", "basis", "status")
    return {key: _values(value for one in found for value in one[key]) for key in keys}


def _outcome(course: Course, placed: Layout, outcome: str, entry: str) -> Node:
    """A decision, or an action with who is to do it."""
    thing = course.things[outcome]
    responsible = course.sources.get(("responsible", outcome), ())
    names = joined(course.things[one].label for one in responsible if one in course.things)
    bodies = tuple(body for one in responsible for body in course.bodies_of(one))
    facets = _facets(course, entry)
    return Node(
        key=outcome,
        kind=thing.kind,
        label=joined((names, thing.label), ": "),
        name=thing.name,
        box=placed.boxes[outcome],
        facts=(
            *_filled("fact.responsible", names),
            *facts(thing, "deadline", "progress"),
            *_filled("fact.adopts", course.names("adopts", outcome)),
            *facts(thing, "quote", "note"),
            *source_fact(thing),
        ),
        facets={**facets, "body": _values((*facets["body"], *bodies))},
        zone=placed.zone_of[outcome],
        always=True,
    )


def _filled(key: str, text: Label) -> tuple[Fact, ...]:
    return ((key, text),) if text.en else ()


def _edges(course: Course, placed: Layout) -> Iterator[Edge]:
    """Answers and outcomes; items that changed places, where one stands right under the other."""
    entries, swapped = set(course.shown), set(_swapped(course))
    for entry in course.shown:
        for target in course.targets.get(("replies", entry), ()):
            if target in entries and target != entry:
                yield Edge(entry, target, "replies", line=placed.lines.get((entry, target)))
        for target in course.targets.get(("disputes", entry), ()):
            if target in entries and target != entry:
                yield Edge(entry, target, "disputes", tone="oppose")
        for outcome in course.outcomes[entry]:
            line = placed.lines.get((outcome, entry))
            yield Edge(outcome, entry, "expressedIn", thin=True, line=line)
    for pair in pairwise(course.items):
        if tuple(sorted(pair)) in swapped and len({placed.boxes[one].x for one in pair}) == 1:
            yield Edge(*pair, "swapped", thin=True, arrow=False)
