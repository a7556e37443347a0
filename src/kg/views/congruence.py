"""Who agrees and who disagrees with whom, and on how many propositions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.layout.boxes import Layout
from kg.layout.camps import APART, camps_apart
from kg.statements import LANGUAGES, Label, Statement, counting, current
from kg.views.held import (
    LEVELS,
    Actor,
    Level,
    Pair,
    actors,
    camps,
    layer_labels,
    pairs,
    places_by,
)
from kg.views.models import Codes, Source
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.view import Band, Case, Edge, Fact, Node, Tone, View

LEAST, GROWTH, MOST = 20.0, 5.0, 64.0
"""Diameters of dots in pixels: the least, by how much they grow, the most."""


def congruence_view(
    statements: Sequence[Statement], codes: Codes, source: Source, *, proposed: bool = False
) -> View:
    """Actors with a tie for agreement and one for disagreement, weighed by propositions.

    Two layers: bodies, for which their officials' positions count, and all holders. A weight counts
    the propositions and poles on which two meet, as ``kg network --duplicates acrossrange`` does;
    but groups and others without a body stand for themselves here. Superseded ones are left out.
    The lead speaks of what is accepted, and with `proposed` of what is only proposed, too.
    """
    given = current(statements)
    tied = {level: pairs(given, level) for level in LEVELS}
    layouts = {level: _layout(given, tied[level], level) for level in LEVELS}
    return View(
        name="congruence",
        title=interface()["congruence.title"],
        lead=_lead(counting(given, proposed)),
        scope=scope_of(given),
        nodes=tuple(
            n for level in LEVELS for n in _nodes(given, tied[level], layouts[level], level)
        ),
        edges=tuple(e for level in LEVELS for e in _edges(given, tied[level], level)),
        source=source,
        codes=codes,
        statements=given,
        bands=tuple(b for level in LEVELS for b in _bands(given, layouts[level], level)),
        layers=layer_labels(),
        notes=_notes(given),
        weighted=True,
    )


def _keys(given: Sequence[Statement], level: Level) -> Mapping[str, str]:
    """The key of each actor's node: who stands in both layers is a node in each, at its place."""
    bodies = actors(given)
    found = actors(given, level)
    return {key: f"{key} {level}" if level != "body" and key in bodies else key for key in found}


def _lead(given: Sequence[Statement]) -> Label:
    """Who agrees most, and who disagrees most."""
    if not given:
        return interface()["held.nothing"]
    tied = pairs(given)
    if not tied:
        return interface()["congruence.lead.none"]
    names = {key: actor.label for key, actor in actors(given).items()}
    agree, disagree = (max(tied, key=len_of) for len_of in (_agreed, _disagreed))
    if disagree.disagree and (disagree.first, disagree.second) == (agree.first, agree.second):
        both = {"n": _agreed(agree), "m": _disagreed(agree)}
        return phrase("congruence.lead.both", a=names[agree.first], b=names[agree.second], **both)
    sentences = [
        counted(f"congruence.lead.{key}", number, a=names[pair.first], b=names[pair.second])
        for key, pair, number in (
            ("agree", agree, _agreed(agree)),
            ("disagree", disagree, _disagreed(disagree)),
        )
        if number
    ]
    return Label(*(" ".join(one.get(language) for one in sentences) for language in LANGUAGES))


def _agreed(pair: Pair) -> int:
    return len(pair.agree)


def _disagreed(pair: Pair) -> int:
    return len(pair.disagree)


def _notes(given: Sequence[Statement]) -> tuple[Label, ...]:
    notes = ("congruence.note.count", "congruence.note.camps")
    return tuple(interface()[note] for note in notes) if given else ()


def _layout(given: Sequence[Statement], tied: Sequence[Pair], level: Level) -> Layout:
    net = [(pair.first, pair.second, float(_agreed(pair) - _disagreed(pair))) for pair in tied]
    sizes = {key: _diameter(len(places)) for key, places in places_by(given, level).items()}
    return camps_apart(camps(given, level), net, sizes)


def _diameter(positions: int) -> float:
    """The area of a dot grows with the number of positions."""
    return min(MOST, LEAST + GROWTH * math.sqrt(positions))


def _nodes(
    given: Sequence[Statement], tied: Sequence[Pair], layout: Layout, level: Level
) -> Iterable[Node]:
    agreed, disagreed = Counter[str](), Counter[str]()
    for pair in tied:
        for end in (pair.first, pair.second):
            agreed[end] += _agreed(pair)
            disagreed[end] += _disagreed(pair)
    places, keys = places_by(given, level), _keys(given, level)
    for key, actor in actors(given, level).items():
        counts = {
            "held.positions": len({given[place].position for place in places[key]}),
            "congruence.agreements": agreed[key],
            "congruence.disagreements": disagreed[key],
        }
        yield Node(
            keys[key],
            actor.kind,
            actor.label,
            layout.boxes[key],
            "dot",
            facts=(*_bodies(given, places[key], actor), *_numbers(counts)),
            statements=tuple(places[key]),
            zone=_zone(layout.zone_of[key], level),
            layers=(LEVELS.index(level),),
        )


def _bodies(given: Sequence[Statement], places: Sequence[int], actor: Actor) -> Iterable[Fact]:
    """The bodies that an official represents."""
    if actor.kind == "person":
        bodies = {given[place].body: given[place].body_name for place in places}
        yield from (("panel.represents", name) for body, name in bodies.items() if body)


def _numbers(counts: Mapping[str, int]) -> Iterable[Fact]:
    return ((key, Label.same(str(number))) for key, number in counts.items())


def _zone(name: str, level: Level) -> str:
    return f"{level} {name}"


def _edges(given: Sequence[Statement], tied: Sequence[Pair], level: Level) -> Iterable[Edge]:
    """Of each two: an edge for what they agree on, and one for what they disagree on."""
    keys = _keys(given, level)
    for pair in tied:
        ends = keys[pair.first], keys[pair.second]
        if pair.agree:
            yield _edge(given, ends, "congruence", "support", pair.agree, level)
        if pair.disagree:
            yield _edge(given, ends, "conflict", "oppose", pair.disagree, level)


def _edge(
    given: Sequence[Statement],
    ends: tuple[str, str],
    kind: str,
    tone: Tone,
    cases: tuple[Case, ...],
    level: Level,
) -> Edge:
    return Edge(
        *ends,
        kind,
        tone=tone,
        dashed=all(_by_report(given, case) for case in cases),
        arrow=False,
        weight=float(len(cases)),
        cases=cases,
        layers=(LEVELS.index(level),),
    )


def _by_report(given: Sequence[Statement], case: Case) -> bool:
    """Tell whether a case rests on reports: one side of it is known from reports alone."""
    return any(all(given[place].basis == "reported" for place in side) for side in case)


def _bands(given: Sequence[Statement], layout: Layout, level: Level) -> Iterable[Band]:
    weights = {key: len(places) for key, places in places_by(given, level).items()}
    found = actors(given, level)
    for zone in layout.zones:
        members = [key for key in found if layout.zone_of[key] == zone.name]
        lead = found[max(members, key=lambda key: weights[key])].label
        label = interface()["congruence.apart"]
        if zone.name != APART:
            label = phrase(f"actors.camp.{'one' if len(members) == 1 else 'more'}", a=lead)
        box = zone.box
        yield Band(_zone(zone.name, level), label, box, (LEVELS.index(level),))
