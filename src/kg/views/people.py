"""The view of people and organisations: who sat at the table, for whom, and at which meetings.

Each body is a house with the people who represent it; the meetings and working bodies stand in
the middle. Title, role and body belong to a participation, that is to one meeting.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.layout.boxes import Layout, Zone
from kg.layout.houses import HOUSE, House, houses, line
from kg.statements import Label, Statement, current
from kg.things import Link, Thing
from kg.views.models import Codes, Source
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.thing_facts import facts, joined
from kg.views.view import Band, Edge, Facets, Fact, Node, View

BODIES = ("body", "workingBody", "group")
_ROLES = (
    *("chair", "viceChair", "secretaryGeneral", "member", "deputyMember", "substitute"),
    *("recordingSecretary", "invitedExpert", "observer", "other", ""),
)
"""Who is named first in a house."""
_BETWEEN_BODIES = ("mandatedBy", "partOf", "linked", "replaces")


@dataclass(frozen=True)
class _Seat:
    """A place at one meeting; without a person it is the body's own."""

    thing: Thing
    who: tuple[str, ...]
    bodies: tuple[str, ...]
    meeting: str

    @property
    def absent(self) -> bool:
        return self.thing.plain("present") in ("false", "0")

    @property
    def role(self) -> str:
        return self.thing.plain("role.code")


class _Company:
    """Who is there, who sits for whom, and what is said by whom."""

    def __init__(
        self, things: Mapping[str, Thing], links: Iterable[Link], statements: Iterable[Statement]
    ) -> None:
        self.things = things
        self.links = sorted({link for link in links if link.source in things})
        self.statements = current(statements)
        kinds = {key: things[key].kind for key in sorted(things)}
        self.people = [key for key, kind in kinds.items() if kind == "person"]
        self.bodies = [key for key, kind in kinds.items() if kind in BODIES]
        self.meetings = sorted(
            (key for key, kind in kinds.items() if kind == "meeting"),
            key=lambda key: (things[key].plain("date"), key),
        )

    def _targets(self, kind: str, source: str) -> tuple[str, ...]:
        return self._ahead.get((kind, source), ())

    @cached_property
    def _ahead(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for link in self.links:
            if link.target in self.things:
                found[link.kind, link.source].append(link.target)
        return {key: tuple(targets) for key, targets in found.items()}

    @cached_property
    def seats(self) -> tuple[_Seat, ...]:
        """Every place at a meeting that is known, by the date of the meeting."""
        found = []
        for key, thing in self.things.items():
            if thing.kind == "participation":
                bodies = self._targets("represents", key)
                who = self._targets("member", key) or bodies
                meetings = self._targets("inMeeting", key)
                found += [_Seat(thing, who, bodies, one) for one in meetings]
        return tuple(sorted(found, key=lambda one: (self._date(one.meeting), one.thing.id)))

    def _date(self, meeting: str) -> str:
        return self.things[meeting].plain("date")

    @cached_property
    def seats_of(self) -> Mapping[str, tuple[_Seat, ...]]:
        """The places of each person, and of each body that sits for itself."""
        found: dict[str, list[_Seat]] = defaultdict(list)
        for one in self.seats:
            for key in one.who:
                found[key].append(one)
        return {key: tuple(seats) for key, seats in found.items()}

    @cached_property
    def represented(self) -> Mapping[str, tuple[str, ...]]:
        """The bodies of each person, those represented most often first."""
        found = {}
        for key in self.people:
            times = Counter(body for one in self.seats_of.get(key, ()) for body in one.bodies)
            known = [body for body in times if body in self._known_bodies]
            found[key] = tuple(sorted(known, key=lambda body: (-times[body], body)))
        return found

    @cached_property
    def _known_bodies(self) -> frozenset[str]:
        return frozenset(self.bodies)

    @cached_property
    def houses(self) -> tuple[House, ...]:
        """Each body that sat somewhere, with those who represent it most often, by role."""
        sitting = {key for key in self.seats_of if key in self._known_bodies} | self.staff.keys()
        inside: dict[str, list[str]] = {body: [] for body in sitting}
        for key in self.people:
            for body in self.represented[key][:1]:
                inside[body].append(key)
        order = sorted(inside, key=lambda body: (self.things[body].label, body))
        return tuple(House(body, tuple(sorted(inside[body], key=self._rank))) for body in order)

    @cached_property
    def staff(self) -> Counter[str]:
        """How many people ever represented each body."""
        return Counter(body for bodies in self.represented.values() for body in bodies)

    def _rank(self, person: str) -> tuple[int, Label, str]:
        known = [
            _ROLES.index(role) if role in _ROLES else len(_ROLES) for role in self.roles(person)
        ]
        return min(known, default=len(_ROLES)), self.things[person].name, person

    def roles(self, key: str) -> set[str]:
        """The roles that somebody had at meetings, as notations."""
        return {one.role for one in self.seats_of.get(key, ())}

    @cached_property
    def loose(self) -> list[str]:
        """People who represent nobody, by name."""
        alone = [key for key in self.people if not self.represented[key]]
        return sorted(alone, key=lambda key: (self.things[key].name, key))

    @cached_property
    def groups(self) -> list[str]:
        """Working bodies that nobody represents: those that hold meetings first."""
        holders = {link.source for link in self.links if link.kind == "heldBy"}
        free = (key for key in self._without if self.things[key].kind == "workingBody")
        return sorted(free, key=lambda key: (key not in holders, self.things[key].name, key))

    @cached_property
    def outside(self) -> list[str]:
        """Other bodies that nobody represents."""
        others = (key for key in self._without if self.things[key].kind != "workingBody")
        return sorted(others, key=self._by_name)

    def _by_name(self, key: str) -> tuple[bool, Label, str]:
        thing = self.things[key]
        return thing.kind == "group", thing.label, key

    @cached_property
    def _without(self) -> list[str]:
        inhabited = {house.body for house in self.houses}
        return [key for key in self.bodies if key not in inhabited]

    @cached_property
    def acts(self) -> Counter[str]:
        """How many speech acts each had."""
        return Counter(link.source for link in self.links if link.kind == "speaks")

    @cached_property
    def behind(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the statements behind each person, body and meeting."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for place, one in enumerate(self.statements):
            for key in (one.holder, one.speaker, one.body, one.meeting):
                if key in self.things:
                    found[key][place] = None
        for body in self._known_bodies & found.keys():
            own = found[body]
            found[body] = {p: None for p in own if self._counts_for(self.statements[p], body)}
        return {key: tuple(places) for key, places in found.items()}

    @staticmethod
    def _counts_for(statement: Statement, body: str) -> bool:
        return body in (statement.holder, statement.body)


def people_view(
    things: Mapping[str, Thing],
    links: Iterable[Link],
    statements: Sequence[Statement],
    codes: Codes,
    source: Source,
) -> View:
    """The page of all people, bodies and meetings; `links` are those of ``links-people``."""
    company = _Company(things, links, statements)
    layout = houses(
        company.houses, company.meetings, company.groups, company.outside, company.loose
    )
    return View(
        name="people",
        title=interface()["people.title"],
        lead=_lead(company),
        scope=scope_of(company.statements),
        nodes=tuple(_node(company, layout, key) for key in layout.boxes),
        edges=tuple(_edges(company, layout)),
        source=source,
        codes=codes,
        statements=company.statements,
        bands=tuple(_band(company, zone) for zone in layout.zones),
        notes=tuple(interface()[f"people.notes.{one}"] for one in ("role", "house", "behind")),
    )


def _lead(company: _Company) -> Label:
    if not company.people and not company.bodies:
        return interface()["people.empty"]
    return phrase(
        "people.lead",
        people=len(company.people),
        bodies=len(company.houses),
        meetings=len(company.meetings),
    )


def _band(company: _Company, zone: Zone) -> Band:
    number = zone.name.removeprefix(HOUSE)
    if number == zone.name:
        return Band(zone.name, interface()[f"people.{zone.name}"], zone.box)
    people = company.staff[company.houses[int(number)].body]
    return Band(zone.name, counted("people.seats", people), zone.box)


def _node(company: _Company, layout: Layout, key: str) -> Node:
    thing = company.things[key]
    return Node(
        key=key,
        kind=thing.kind,
        label=_text(company, key),
        box=layout.boxes[key],
        name=thing.name,
        facts=tuple(_facts(company, key)),
        facets=_facets(company, key),
        statements=company.behind.get(key, ()),
        zone=layout.zone_of[key],
        always=True,
    )


def _text(company: _Company, key: str) -> Label:
    """A person with the role that he or she always had; others by their short name."""
    thing, seats = company.things[key], company.seats_of.get(key, ())
    if thing.kind == "meeting":
        return joined((Label.same(thing.plain("date")), thing.label), "\n")
    if thing.kind != "person":
        return thing.label
    under = []
    if len(company.roles(key)) == 1:
        under += [role for role in (seats[0].thing.value("role"),) if role]
    if seats and all(one.absent for one in seats):
        under.append(interface()["people.absent"])
    return joined((thing.name, joined(under)), "\n")


def _facets(company: _Company, key: str) -> Facets:
    thing = company.things[key]
    if thing.kind == "meeting":
        return {"date": (thing.plain("date"),)}
    if thing.kind == "person":
        return {"body": company.represented[key] or ("",)}
    return {"body": (key,)}


def _facts(company: _Company, key: str) -> Iterator[Fact]:
    """What the panel says: the meetings one by one, and how often somebody spoke."""
    thing = company.things[key]
    yield from facts(thing, "number", "date", "place", "title", "note")
    for one in company.seats_of.get(key, ()):
        yield "people.attended", _attended(company, one)
    if company.acts[key]:
        yield "people.acts", Label.same(str(company.acts[key]))


def _attended(company: _Company, one: _Seat) -> Label:
    """A meeting with what somebody was there: ``2030-01-10 Meeting 1: chair, director, for A``."""
    meeting = company.things[one.meeting]
    head = joined((Label.same(meeting.plain("date")), meeting.name), " ")
    return joined((head, joined(_how(company, one))), ": ")


def _how(company: _Company, one: _Seat) -> Iterator[Label]:
    for key in ("role", "title", "note"):
        yield from one.thing.values.get(key, ())[:1]
    if one.who != one.bodies and one.bodies:
        names = joined(company.things[body].name for body in one.bodies)
        yield phrase("people.for", body=names)
    if one.absent:
        yield interface()["people.absent"]


def _edges(company: _Company, layout: Layout) -> Iterator[Edge]:
    for key in company.people:
        for body in company.represented[key]:
            told = tuple(_represented(company, key, body))
            at = line(layout, key, body)
            yield Edge(key, body, "represents", thin=True, arrow=False, facts=told, line=at)
    yield from _attendance(company, layout)
    yield from _between(company, layout)


def _represented(company: _Company, key: str, body: str) -> Iterator[Fact]:
    for one in company.seats_of[key]:
        if body in one.bodies:
            yield "people.attended", _attended(company, one)


def _attendance(company: _Company, layout: Layout) -> Iterator[Edge]:
    """Who was at which meeting; who had several places there was present if one of them was."""
    found: dict[tuple[str, str], list[_Seat]] = defaultdict(list)
    for one in company.seats:
        for key in one.who:
            if key in layout.boxes and one.meeting in layout.boxes:
                found[key, one.meeting].append(one)
    for (key, meeting), seats in sorted(found.items()):
        kind = "absent" if all(one.absent for one in seats) else "participates"
        told = tuple(("people.attended", _attended(company, one)) for one in seats)
        date = {"date": (company.things[meeting].plain("date"),)}
        at = line(layout, key, meeting)
        yield Edge(key, meeting, kind, thin=True, arrow=False, facts=told, facets=date, line=at)


def _between(company: _Company, layout: Layout) -> Iterator[Edge]:
    """Who holds a meeting, who set up whom, who stood in for whom."""
    seen = set()
    for link in company.links:
        ends = (link.source, link.target)
        if link.kind not in ("heldBy", *_BETWEEN_BODIES, "substitutes"):
            continue
        if link.kind == "substitutes":
            yield from _substitutions(company, layout, link)
        elif layout.boxes.keys() >= set(ends) and ends[0] != ends[1]:
            if link.kind == "linked" and ends[::-1] in seen:
                continue
            seen.add(ends)
            yield Edge(*ends, link.kind, arrow=link.kind != "linked", line=line(layout, *ends))


def _substitutions(company: _Company, layout: Layout, link: Link) -> Iterator[Edge]:
    """From a participation to whom its person stood in for."""
    for one in company.seats:
        if one.thing.id == link.source and link.target in layout.boxes:
            yield from (
                Edge(key, link.target, "substitutes") for key in one.who if key != link.target
            )
