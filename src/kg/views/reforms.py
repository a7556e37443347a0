"""The view of reforms: what is under way, who is responsible, what is due, what waits for what.

A lane for each body that answers for something, a column for each stage; below, what nobody
answers for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from kg.layout.boxes import Layout
from kg.layout.reform_lanes import FREE, HEADS, Branch, Cell, between, level, reform_lanes
from kg.statements import LANGUAGES, Label, Language, Statement, current
from kg.things import Link, Thing
from kg.views.models import Codes, Source
from kg.views.reform_register import ANSWERING, STAGES, Register
from kg.views.texts import interface, phrase
from kg.views.thing_facts import facts, source_fact
from kg.views.view import Band, Edge, Fact, Node, View

_NAMED = 76  # characters of a name in a box; the state has a line of its own
_LAST = "9999-99-99"  # stands after every day
_TOLD_OF = (
    ("fact.responsible", "responsible"),
    ("reforms.author", "author"),
    ("reforms.assigned", "mandatedBy"),
    ("reforms.counterpart", "party"),
)


def reforms_view(
    things: Mapping[str, Thing],
    links: Iterable[Link],
    statements: Sequence[Statement],
    codes: Codes,
    source: Source,
) -> View:
    """The page of all reforms, measures, statutes, studies, events and agreed actions.

    `links` are those of the query ``links-reforms``. Of `statements` those stay that answer an
    issue which is about one of the things shown.
    """
    register = Register(things, links)
    plan = _Plan(register)
    behind = _Behind(register, current(statements))
    return View(
        name="reforms",
        title=interface()["reforms.title"],
        lead=_lead(register, plan),
        scope=_scope(things),
        nodes=(*_heads(register, plan), *_boxes(register, plan, behind)),
        edges=(
            *_waits(register, plan.layout),
            *_structure(register, plan.layout),
            *_answers(register, plan),
        ),
        source=source,
        codes=codes,
        statements=behind.used,
        bands=_bands(plan),
        notes=tuple(
            interface()[f"reforms.notes.{one}"] for one in ("state", "stuck", "due", "place")
        ),
        labels={("body", ""): interface()["reforms.nobody"]},
    )


class _Plan:
    """In which lane everything stands, and where that is."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.stages = {key: register.stage(key) for key in register.shown}
        held = set(self.stages.values())
        self.columns = [stage for stage in STAGES if stage in held]
        self.owners = {key: register.owners(key) for key in register.shown}
        self._load = Counter(one for owners in self.owners.values() for one in owners)
        self.lane_of = {key: self._lane(key) for key in register.shown}
        self._parts: dict[str, list[str]] = defaultdict(list)
        for part, whole in register.wholes.items():
            if self.lane_of[part] == self.lane_of[whole]:
                self._parts[whole].append(part)
        self._inside = {part for parts in self._parts.values() for part in parts}
        self.layout = self._place()

    def _lane(self, key: str) -> str:
        """Whose lane a thing stands in: of several bodies that of the one with most to answer for.

        A thing without stands with what it is part of; "" is no lane.
        """
        while not self.owners[key] and key in self.register.wholes:
            key = self.register.wholes[key]
        return min(self.owners[key], key=lambda one: (-self._load[one], one), default="")

    def tied(self, key: str) -> bool:
        """Tell whether a line leads from the head of its lane to a thing."""
        return bool(self.owners[key])

    def _place(self) -> Layout:
        lanes: dict[str, list[str]] = {owner: [] for owner in self._load}
        lanes |= {"": []}
        for key in sorted(self.lane_of, key=self._rank):
            if key not in self._inside:
                lanes[self.lane_of[key]].append(key)
        free = lanes.pop("")
        order = sorted(lanes, key=lambda one: (-self._unfinished(one), -self._load[one], one))
        drawn = [(one, [self._branch(key) for key in lanes[one]]) for one in order]
        loose = [cell for key in free for cell in _cells(self._branch(key))]
        return reform_lanes(drawn, loose, len(self.columns))

    def _unfinished(self, owner: str) -> int:
        return self._unfinished_by_owner[owner]

    @cached_property
    def _unfinished_by_owner(self) -> Counter[str]:
        return Counter(
            owner
            for key, owners in self.owners.items()
            for owner in owners
            if self.stages[key] in STAGES[:3]
        )

    def _rank(self, key: str) -> tuple[int, str, Label, str]:
        """By stage, then what is due first."""
        due = self.register.due(key) or _LAST
        return STAGES.index(self.stages[key]), due, self.register.things[key].name, key

    def _branch(self, key: str) -> Branch:
        parts = tuple(self._branch(one) for one in sorted(self._parts[key], key=self._rank))
        return Branch(key, self.columns.index(self.stages[key]), parts, self.tied(key))


def _cells(branch: Branch) -> Iterator[Cell]:
    yield branch.key, branch.column
    for child in branch.children:
        yield from _cells(child)


class _Behind:
    """The positions on issues that are about a thing, numbered as the page has them."""

    def __init__(self, register: Register, statements: Iterable[Statement]) -> None:
        by_issue: dict[str, list[Statement]] = defaultdict(list)
        for one in statements:
            by_issue[one.issue].append(one)
        about = {
            key: [s for one in register.back["about"].get(key, ()) for s in by_issue.get(one, ())]
            for key in register.shown
        }
        places: dict[str, int] = {}
        used: list[Statement] = []
        for one in (s for found in about.values() for s in found):
            if one.position not in places:
                places[one.position] = len(used)
                used.append(one)
        self.used = tuple(used)
        self.of = {key: tuple(sorted({places[s.position] for s in about[key]})) for key in about}


def _heads(register: Register, plan: _Plan) -> Iterator[Node]:
    for key, zone in plan.layout.zone_of.items():
        if zone == HEADS:
            thing = register.things[key]
            yield Node(
                key=key,
                kind=thing.kind,
                label=thing.label,
                box=plan.layout.boxes[key],
                name=thing.name,
                facts=facts(thing, "note"),
                facets={"body": (key,)},
                zone=HEADS,
                always=True,
            )


def _boxes(register: Register, plan: _Plan, behind: _Behind) -> Iterator[Node]:
    for key in register.shown:
        thing = register.things[key]
        lane = plan.lane_of[key]
        bodies = dict.fromkeys((*plan.owners[key], lane))
        yield Node(
            key=key,
            kind=thing.kind,
            label=_text(register, key),
            box=plan.layout.boxes[key],
            name=thing.name,
            facts=tuple(_facts(register, key)),
            facets={"body": tuple(bodies)},
            statements=behind.of[key],
            zone=plan.layout.zone_of[key],
            always=True,
        )


def _text(register: Register, key: str) -> Label:
    """What stands in a box: the name, and on a line of its own the state and the last day."""
    name, told, due = register.things[key].name, register.state(key), register.due(key)
    by = phrase("reforms.due", date=due) if due else None
    parts = [one for one in (told and told.value("progress"), by) if one]

    def text(language: Language) -> str:
        under = " · ".join(part.get(language) for part in parts)
        return f"{_cut(name.get(language))}\n{under}" if under else _cut(name.get(language))

    return Label(*(text(language) for language in LANGUAGES))


def _cut(name: str) -> str:
    return name if len(name) <= _NAMED else f"{name[: _NAMED - 1].rstrip()}…"


def _facts(register: Register, key: str) -> Iterator[Fact]:
    """What the panel says of a thing: its state, its dates, who answers for it, who reported."""
    thing = register.things[key]
    if told := register.state(key):
        yield from facts(told, "progress")
    for day in register.days(key):
        yield ("fact.deadline" if day.kind == "deadline" else "fact.dates"), day.words
    for fact, tie in _TOLD_OF:
        if names := register.names(tie, key):
            yield fact, names
    yield from facts(thing, "identifier", "summary", "note", "quote")
    yield from source_fact(thing)
    if thing.kind == "action":
        yield "reforms.agreed", register.word(key)
    yield from _reported(register, register.reports(key))


def _reported(register: Register, reports: Iterable[str]) -> Iterator[Fact]:
    for one in reports:
        thing, word = register.things[one], register.word(one)
        yield "reforms.reported", phrase("reforms.report", text=thing.name, word=word)


def _waits(register: Register, layout: Layout) -> Iterator[Edge]:
    """What waits for what; dashed where only somebody's report says so."""
    for (waiting, target), reports in register.waiting.items():
        told = tuple(_reported(register, reports))
        line = between(layout, waiting, target)
        yield Edge(waiting, target, "waitsFor", dashed=bool(reports), facts=told, line=line)


def _structure(register: Register, layout: Layout) -> Iterator[Edge]:
    """What is part of what, drafts what, replaces what, or is agreed to be done about what."""
    known = set(register.shown)
    for kind in ("about", "drafts", "partOf", "replaces"):
        for source, targets in register.ahead[kind].items():
            for target in targets:
                if known >= {source, target} and source != target:
                    line = between(layout, source, target)
                    yield Edge(source, target, kind, thin=True, line=line)


def _answers(register: Register, plan: _Plan) -> Iterator[Edge]:
    """Level lines from the head of a lane to what it answers for; others as they come."""
    known = set(register.shown)
    for kind in (*ANSWERING, "party"):
        for source, targets in register.ahead[kind].items():
            for target in targets:
                if target in known and plan.layout.zone_of.get(source) == HEADS:
                    at_home = plan.lane_of[target] == source
                    line = level(plan.layout, source, target) if at_home else None
                    yield Edge(source, target, kind, thin=True, arrow=False, line=line)


def _bands(plan: _Plan) -> tuple[Band, ...]:
    zones = plan.layout.zones
    return tuple(
        Band(
            zone.name,
            _caption(zone.name, plan.columns),
            zone.box,
            # An empty column is told as well: nothing stands so there.
            always=not zone.name.startswith(FREE),
        )
        for zone in zones
    )


def _caption(zone: str, columns: Sequence[str]) -> Label:
    if zone == HEADS:
        return interface()["reforms.responsible"]
    part = "free" if zone.startswith(FREE) else "stage"
    return interface()[f"reforms.{part}.{columns[int(zone.removeprefix(FREE))]}"]


def _lead(register: Register, plan: _Plan) -> Label:
    if not register.shown:
        return interface()["reforms.empty"]
    counts = Counter(plan.stages.values())
    loose = sum(not plan.owners[key] and plan.stages[key] != "done" for key in register.shown)
    return phrase(
        "reforms.lead",
        n=len(register.shown),
        underway=counts["underway"],
        stuck=counts["stuck"],
        done=counts["done"],
        loose=loose,
    )


def _scope(things: Mapping[str, Thing]) -> Label:
    dates = [thing.plain("date") for thing in things.values() if thing.kind == "meeting"]
    if not dates:
        return interface()["reforms.scope_none"]
    return phrase("reforms.scope", n=len(dates), date=max(dates) or "–")
