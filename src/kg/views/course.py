"""The course of one meeting: what was said under which item, by whom, and what it led to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from kg.layout.agenda import Section, Turn
from kg.statements import Label, Statement
from kg.things import Link, Thing, grouped
from kg.views.thing_facts import joined

ENTRIES, OUTCOMES = ("speech", "record"), ("decision", "action")
BODIES = ("body", "workingBody")
PRESENT, ABSENT = "present", "absent"

Place: TypeAlias = tuple[float, float, list[tuple[int, str]], str]

_NUMBER = re.compile(r"([0-9]{0,9})([^0-9]*)")


@dataclass(frozen=True)
class Course:
    """What hangs together in the meeting; keys are IRIs throughout."""

    things: Mapping[str, Thing]
    links: tuple[Link, ...]
    statements: tuple[Statement, ...]
    meeting: Thing

    @cached_property
    def targets(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Where the links of a kind lead from a thing, by kind and source."""
        return grouped(((one.kind, one.source), one.target) for one in self.links)

    @cached_property
    def sources(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Where the links of a kind come from, by kind and target."""
        return grouped(((one.kind, one.target), one.source) for one in self.links)

    @cached_property
    def said_in(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the statements of each speech act or record."""
        return grouped((one.entry, place) for place, one in enumerate(self.statements))

    @cached_property
    def said_by(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the statements of each speaker."""
        return grouped((one.speaker, place) for place, one in enumerate(self.statements))

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The items in the order in which they were handled."""
        items = self._known(self.sources.get(("inMeeting", self.meeting.id), ()), "item")
        spoken = [one for one in items if self.entries.get(one)]
        order = sorted(spoken, key=lambda one: place_of(self.things[self.entries[one][0]]))
        for item in items:
            if item not in self.entries:
                order.insert(self._before(item, order), item)
        return tuple(order)

    def _before(self, item: str, order: Sequence[str]) -> int:
        """Where an item without entries goes: before what follows it in the document."""
        own = place_of(self.things[item])
        after = (place for place, one in enumerate(order) if place_of(self.things[one]) > own)
        return next(after, len(order))

    @cached_property
    def entries(self) -> Mapping[str, tuple[str, ...]]:
        """What was said under each item, in order; an entry of several stands in the first."""
        under = {one.source: one.target for one in reversed(self.links) if one.kind == "inItem"}
        found = grouped((item, entry) for entry, item in under.items())
        return {item: known for item in found if (known := self._known(found[item], *ENTRIES))}

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """All that was said, in order."""
        return tuple(entry for item in self.items for entry in self.entries.get(item, ()))

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[str, ...]]:
        """The decisions and actions that each entry led to; what two led to stands at the first."""
        taken: set[str] = set()
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.shown:
            new = self._known(self.sources.get(("expressedIn", entry), ()), *OUTCOMES)
            found[entry] = tuple(one for one in new if one not in taken)
            taken.update(new)
        return found

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The items as the layout takes them; each names its zone."""
        return tuple(
            Section(item, item, tuple(self._turn(one) for one in self.entries.get(item, ())))
            for item in self.items
        )

    def _turn(self, entry: str) -> Turn:
        return Turn(entry, self.targets.get(("replies", entry), ()), self.outcomes[entry])

    @cached_property
    def participations(self) -> tuple[str, ...]:
        """Who took part, by the body that they stood for, then as the document lists them."""
        found = self._known(
            self.sources.get(("participates", self.meeting.id), ()), "participation"
        )
        return tuple(sorted(found, key=self._seat))

    def _seat(self, participation: str) -> tuple[str, int, str]:
        place = self.things[participation].number("passage.start") or 0
        return self.names("represents", participation).en, place, participation

    @cached_property
    def people(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Participations by zone: who was there and who was not."""
        zones: dict[str, list[str]] = {PRESENT: [], ABSENT: []}
        for one in self.participations:
            gone = self.things[one].plain("present") in ("false", "0")
            zones[ABSENT if gone else PRESENT].append(one)
        return tuple((zone, tuple(keys)) for zone, keys in zones.items() if keys)

    @cached_property
    def stood_for(self) -> Mapping[str, tuple[str, ...]]:
        """The bodies that each person stood for at the meeting."""
        return grouped(
            (person, body)
            for one in self.participations
            for person in self.targets.get(("person", one), ())
            for body in self.targets.get(("represents", one), ())
        )

    def speakers(self, entry: str) -> tuple[str, ...]:
        """Who spoke; nobody in a record of the minutes."""
        return tuple(one for one in self.sources.get(("speaks", entry), ()) if one in self.things)

    def voices(self, entry: str) -> tuple[str, ...]:
        """The bodies for which the speaker spoke: those named there, else where he or she sat."""
        if named := self.targets.get(("voice", entry)):
            return named
        return tuple(body for one in self.speakers(entry) for body in self.bodies_of(one))

    def bodies_of(self, holder: str) -> tuple[str, ...]:
        """The body itself, or those that a person stood for at the meeting."""
        is_body = holder in self.things and self.things[holder].kind in BODIES
        return (holder,) if is_body else self.stood_for.get(holder, ())

    def names(self, kind: str, iri: str) -> Label:
        """The short names of what the links of a kind lead to."""
        found = self.targets.get((kind, iri), ())
        return joined(self.things[one].label for one in found if one in self.things)

    def _known(self, iris: Iterable[str], *kinds: str) -> tuple[str, ...]:
        """Those that are of one of the kinds, by their place in the meeting or the document."""
        found = {one for one in iris if one in self.things and self.things[one].kind in kinds}
        return tuple(sorted(found, key=lambda one: place_of(self.things[one])))


def place_of(thing: Thing) -> Place:
    """The order of what a meeting holds: by sequence, place in the document, number, then IRI.

    >>> item = Thing("a", "item", Label.same(""), Label.same(""), {"number": (Label.same("5a"),)})
    >>> place_of(item)[2]
    [(5, 'a')]
    """
    sequence, start = thing.number("sequence"), thing.number("passage.start")
    found = _NUMBER.findall(thing.plain("number"))
    parts = [(int(digits or 0), rest) for digits, rest in found if digits or rest]
    return _or_last(sequence), _or_last(start), parts, thing.id


def _or_last(number: int | None) -> float:
    return float("inf") if number is None else float(number)
