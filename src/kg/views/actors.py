"""Who is for and against what: two camps of actors, and the propositions between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.layout.boxes import Layout, Line
from kg.layout.two_sides import Block, Unit, lines, two_sides
from kg.statements import Label, Statement, counting, current
from kg.views.held import (
    LEVELS,
    Actor,
    actor_of,
    actors,
    camps,
    contested,
    layer_labels,
    places_by,
    stance_cases,
    stance_edge,
)
from kg.views.models import Codes, Source
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.view import Band, Edge, Fact, Node, View


def actors_view(
    statements: Sequence[Statement], codes: Codes, source: Source, *, proposed: bool = False
) -> View:
    """Actors left and right by camp, propositions between them, grouped by issue.

    Two layers: bodies, for which their officials' positions count, and all holders, each for
    itself. A proposition stands in the middle when both camps speak of it, else on the outer side
    of its camp. The order of `statements` says who was heard first; superseded ones are left out.
    The lead speaks of what is accepted, and with `proposed` of what is only proposed, too.
    """
    given = current(statements)
    fought = contested(given)
    sides = _sides(given)
    blocks = _blocks(given, fought)
    issues = list(blocks)
    spoken = _spoken(given)
    units = _units(given, sides)
    layout = two_sides(units, list(blocks.values()), spoken)
    return View(
        name="actors",
        title=interface()["actors.title"],
        lead=_lead(given, contested(counting(given, proposed))),
        scope=scope_of(given),
        nodes=(*_actors(given, layout), *_propositions(given, layout, fought)),
        edges=_with_lines(_edges(given), layout),
        source=source,
        codes=codes,
        statements=given,
        bands=_bands(given, layout, units, issues),
        layers=layer_labels(),
        notes=_notes(given),
    )


def _lead(given: Sequence[Statement], fought: Collection[str]) -> Label:
    if not given:
        return interface()["held.nothing"]
    return counted("actors.lead", len(fought)) if fought else interface()["actors.lead.none"]


def _notes(given: Sequence[Statement]) -> tuple[Label, ...]:
    return (interface()["actors.note.camps"],) if given else ()


def _sides(given: Sequence[Statement]) -> Mapping[str, tuple[str, bool]]:
    """The side of each actor, and whether it is apart from the camps.

    Who shares nothing with anyone goes where there is less to see so far.
    """
    found = camps(given)
    speaks = {key: {given[p].proposition for p in ps} for key, ps in places_by(given).items()}
    load = Counter({"left": 0, "right": 0})
    sides: dict[str, tuple[str, bool]] = {}
    for key, camp in sorted(found.items(), key=lambda one: (one[1] is None, -len(speaks[one[0]]))):
        lighter = "left" if load["left"] <= load["right"] else "right"
        side = lighter if camp is None else ("left", "right")[camp]
        load[side] += len(speaks[key])
        sides[key] = side, camp is None
    return sides


def _units(given: Sequence[Statement], sides: Mapping[str, tuple[str, bool]]) -> list[Unit]:
    """Each body with its officials, in the order in which they are first heard."""
    members: defaultdict[str, dict[str, None]] = defaultdict(dict)
    seen = set(sides)
    for one in given:
        if one.holder not in seen:
            members[actor_of(one).key][one.holder] = None
            seen.add(one.holder)
    return [Unit(key, tuple(members[key]), *sides[key]) for key in actors(given)]


def _blocks(given: Sequence[Statement], fought: Collection[str]) -> dict[str, Block]:
    """The issues by key, those first in which most is disputed; in each the disputed first."""
    heard: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, Statement] = {}
    issues: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in given:
        heard[one.proposition].add(actor_of(one).key)
        first.setdefault(one.proposition, one)
        issues[first[one.proposition].issue][one.proposition] = None

    def rank(proposition: str) -> tuple[bool, int, str, str, str]:
        who = min(heard[proposition])
        label = first[proposition].proposition_label.en
        return proposition not in fought, -len(heard[proposition]), who, label, proposition

    def fight(issue: str) -> tuple[int, int, str, str]:
        disputed = len(set(issues[issue]) & set(fought))
        label = first[next(iter(issues[issue]))].issue_label.en
        return -disputed, -len(issues[issue]), label, issue

    return {
        issue: Block(issue, tuple(sorted(issues[issue], key=rank)))
        for issue in sorted(issues, key=fight)
    }


def _spoken(given: Sequence[Statement]) -> Mapping[str, frozenset[str]]:
    """Who speaks of each proposition, at either level."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in given:
        found[one.proposition] |= {actor_of(one, level).key for level in LEVELS}
    return {proposition: frozenset(who) for proposition, who in found.items()}


def _actors(given: Sequence[Statement], layout: Layout) -> Iterable[Node]:
    """Bodies, which head their officials in both layers; officials; groups and the unnamed."""
    bodies = actors(given)
    found = {**actors(given, "holder"), **bodies}
    places = {**places_by(given, "holder"), **places_by(given)}
    for key, actor in found.items():
        yield Node(
            key,
            actor.kind,
            actor.label,
            layout.boxes[key],
            facts=_facts(given, places[key], actor),
            statements=tuple(places[key]),
            zone=layout.zone_of[key],
            layers=() if key in bodies else (LEVELS.index("holder"),),
        )


def _facts(given: Sequence[Statement], places: Sequence[int], actor: Actor) -> tuple[Fact, ...]:
    number = ("held.positions", Label.same(str(len({given[p].position for p in places}))))
    bodies = {given[p].body: given[p].body_name for p in places if given[p].body}
    if actor.kind != "person":
        return (number,)
    return (
        *(("panel.represents", name) for key, name in bodies.items() if key != actor.key),
        number,
    )


def _propositions(
    given: Sequence[Statement], layout: Layout, fought: Collection[str]
) -> Iterable[Node]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(given):
        places[one.proposition].append(place)
    for key, some in places.items():
        one = given[some[0]]
        yield Node(
            key,
            "proposition",
            one.proposition_label,
            layout.boxes[key],
            issue=one.issue_label if one.issue else None,
            facts=tuple(_tally(given, some, key in fought)),
            statements=tuple(some),
            zone=layout.zone_of[key],
        )


def _tally(given: Sequence[Statement], places: Sequence[int], fought: bool) -> Iterable[Fact]:
    """How many bodies are for and against."""
    for pole in ("support", "oppose", ""):
        who = {actor_of(given[place]).key for place in places if given[place].pole == pole}
        if who:
            yield f"legend.{pole or 'undecided'}", Label.same(str(len(who)))
    if fought:
        yield "held.disputed", interface()["held.yes"]


def _edges(given: Sequence[Statement]) -> tuple[Edge, ...]:
    """An edge for each actor, proposition, stance and basis; one that both layers have once."""
    by_level = [stance_cases(given, level) for level in LEVELS]
    edges = []
    for layer, cases in enumerate(by_level):
        for ends, places in cases.items():
            same = by_level[1 - layer].get(ends) == places
            if not (same and layer):
                edge = stance_edge(ends, given[places[0]], places)
                edges.append(replace(edge, layers=() if same else (layer,)))
    return tuple(edges)


def _with_lines(edges: Sequence[Edge], layout: Layout) -> tuple[Edge, ...]:
    """The edges with their ends; one of both layers becomes two where its ends differ."""
    found: list[dict[int, Line]] = []
    for layer in range(len(LEVELS)):
        drawn = [n for n, edge in enumerate(edges) if not edge.layers or layer in edge.layers]
        made = lines(layout.boxes, [(edges[n].source, edges[n].target) for n in drawn])
        found.append(dict(zip(drawn, made, strict=True)))
    placed: list[Edge] = []
    for number, edge in enumerate(edges):
        ends = [
            (layer, found[layer][number]) for layer in range(len(LEVELS)) if number in found[layer]
        ]
        if len({line for _, line in ends}) == 1:
            placed.append(replace(edge, line=ends[0][1]))
        else:
            placed += [replace(edge, line=line, layers=(layer,)) for layer, line in ends]
    return tuple(placed)


def _bands(
    given: Sequence[Statement], layout: Layout, units: Sequence[Unit], issues: Sequence[str]
) -> tuple[Band, ...]:
    names = {one.issue: one.issue_label for one in reversed(given)}
    weights = {key: len(places) for key, places in places_by(given).items()}
    labels = {key: actor.label for key, actor in actors(given).items()}
    bands = []
    for zone in layout.zones:
        what, _, last = zone.name.rpartition(" ")
        if what in ("camp", "apart"):
            heads = [one.head for one in units if (one.side, one.apart) == (last, what == "apart")]
            lead = max(heads, key=lambda head: weights[head])
            more = "actors.camp.one" if len(heads) == 1 else "actors.camp.more"
            label = phrase("actors.apart") if what == "apart" else phrase(more, a=labels[lead])
        else:
            issue = issues[int(last)]
            label = names[issue] if issue else interface()["controls.no_issue"]
        bands.append(Band(zone.name, label, zone.box))
    return tuple(bands)
