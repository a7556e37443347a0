"""The view of the whole graph: every thing but passages and provenance, with every tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.layout.boxes import Box
from kg.statements import LANGUAGES, Label, Statement, current
from kg.things import Link, Thing
from kg.views.held import stance_cases, stance_edge
from kg.views.models import Codes, Source
from kg.views.placed import placed
from kg.views.scope import scope_of
from kg.views.texts import interface, phrase
from kg.views.thing_facts import facts, joined
from kg.views.view import Edge, Facets, Node, Tone, View

LEFT_OUT = frozenset(("participation",))
"""Kinds of things that are ties here: of a person to a meeting and to a body."""
_BODIES = frozenset(("body", "workingBody"))
_SAID = frozenset(("speech", "record"))
_CALLED = {"inMeeting": "inItem"}
"""Ties that go by the name of another kind."""
_MUTUAL = frozenset(("incompatible", "linked", "swapped"))
_TONES: Mapping[str, Tone] = {"supports": "support", "attacks": "oppose"}
_COUNTING = ("represents", "responsible", "author", "mandatedBy")
"""Ties by which a thing counts for a body when the page is filtered by bodies."""
_FACTS = (
    *("act", "alignment", "number", "date", "start", "end", "place", "progress", "deadline"),
    *("dates", "figure", "identifier", "title", "summary", "quote", "note"),
)
_LONGEST = 48  # characters of the label under a dot


def whole_view(
    things: Mapping[str, Thing],
    links: Iterable[Link],
    statements: Sequence[Statement],
    codes: Codes,
    source: Source,
) -> View:
    """The page of everything; `links` are those of ``links-all``.

    Beyond a thousand things, communities come first (see `kg.views.placed`).
    """
    told = current(statements)
    shown = _shown(things, told)
    ties = _ties(shown, links)
    edges = (*ties, *_stances(told))
    drawn = placed(tuple(_nodes(shown, ties, told)), edges)
    return View(
        name="graph",
        title=interface()["whole.title"],
        lead=_lead(len(shown), len(edges)),
        scope=scope_of(told),
        nodes=drawn.nodes,
        edges=edges,
        source=source,
        codes=codes,
        statements=told,
        clusters=drawn.clusters,
        notes=(*(interface()[f"whole.notes.{one}"] for one in ("stances", "left")), *drawn.notes),
        backbone=drawn.backbone or None,
    )


def _shown(things: Mapping[str, Thing], statements: Iterable[Statement]) -> dict[str, Thing]:
    """What is drawn, in the order of the IRIs; holders and propositions in any case."""
    found = {key: thing for key, thing in things.items() if thing.kind not in LEFT_OUT}
    for one in statements:
        ends = (
            (one.holder, one.holder_kind, one.holder_name),
            (one.proposition, "proposition", one.proposition_label),
        )
        for key, kind, name in ends:
            if key not in found:
                found[key] = Thing(key, kind, name, name)
    return dict(sorted(found.items()))


def _ties(shown: Mapping[str, Thing], links: Iterable[Link]) -> tuple[Edge, ...]:
    """The ties between what is drawn, each once; those without a direction have no arrow."""
    found: dict[tuple[str, str, str], Edge] = {}
    for link in sorted(links):
        if link.source not in shown or link.target not in shown or link.source == link.target:
            continue
        kind, mutual = _CALLED.get(link.kind, link.kind), link.kind in _MUTUAL
        ends = (link.source, link.target)
        if mutual:
            ends = (min(ends), max(ends))
        tone = _TONES.get(kind, "plain")
        edge = Edge(*ends, kind, tone=tone, thin=True, arrow=not mutual)
        found.setdefault((*ends, kind), edge)
    return tuple(found.values())


def _stances(statements: Sequence[Statement]) -> Iterator[Edge]:
    """An edge for each holder, proposition, stance and basis, in the order of first mention."""
    for ends, places in stance_cases(statements).items():
        yield stance_edge(ends, statements[places[0]], places)


def _nodes(
    shown: Mapping[str, Thing], ties: Sequence[Edge], statements: Sequence[Statement]
) -> Iterator[Node]:
    speakers = _speakers(ties)
    behind, counting = _behind(statements), _counting(shown, ties, speakers, statements)
    for key, thing in shown.items():
        head = _head(shown, thing, speakers.get(key, ()))
        yield Node(
            key=key,
            kind=thing.kind,
            label=_short(head),
            box=Box(0.0, 0.0, 0.0, 0.0),
            shape="dot",
            name=thing.name if thing.kind not in _SAID or thing.value("summary") else head,
            facts=tuple(fact for fact in facts(thing, *_FACTS) if fact[1] != thing.name),
            facets=_facets(thing, counting),
            statements=behind.get(key, ()),
        )


def _speakers(ties: Iterable[Edge]) -> Mapping[str, list[str]]:
    """Who speaks in each speech act."""
    found: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        if tie.kind == "speaks":
            found[tie.target].append(tie.source)
    return found


def _head(shown: Mapping[str, Thing], thing: Thing, speakers: Iterable[str]) -> Label:
    """What a thing is called in short: a speech act by who speaks, and how."""
    if thing.kind not in _SAID:
        return thing.label
    names = (shown[one].label for one in speakers)
    head = joined((*names, *thing.values.get("act", ())), " · ")
    return head if head.en else thing.label


def _short(label: Label) -> Label:
    texts = (label.get(language) for language in LANGUAGES)
    return Label(*(t if len(t) <= _LONGEST else f"{t[: _LONGEST - 1].rstrip()}…" for t in texts))


def _behind(statements: Sequence[Statement]) -> Mapping[str, tuple[int, ...]]:
    """The places of the statements behind a thing: held, stated, answered or expressed there."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(statements):
        keys = (one.holder, one.speaker, one.body, one.proposition, one.issue, one.meeting)
        for key in {*keys, one.entry} - {""}:
            found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _counting(
    shown: Mapping[str, Thing],
    ties: Iterable[Edge],
    speakers: Mapping[str, Iterable[str]],
    statements: Iterable[Statement],
) -> Mapping[str, frozenset[str]]:
    """The bodies for which a thing counts; a speech act for the bodies of its speaker, too."""
    found: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for thing, body in ((tie.source, tie.target), (tie.target, tie.source)):
            if tie.kind in _COUNTING and shown[body].kind in _BODIES:
                found[thing].add(body)
    for one in statements:
        if one.entry and one.body:
            found[one.entry].add(one.body)
    for entry, people in speakers.items():
        for person in people:
            found[entry] |= found.get(person, set()) | ({person} & _bodies(shown, person))
    return {key: frozenset(bodies) for key, bodies in found.items()}


def _bodies(shown: Mapping[str, Thing], key: str) -> set[str]:
    return {key} if shown[key].kind in _BODIES else set()


def _facets(thing: Thing, counting: Mapping[str, frozenset[str]]) -> Facets:
    if thing.kind == "meeting":
        return {"date": (thing.plain("date"),)}
    if thing.kind in _BODIES:
        return {"body": (thing.id,)}
    if bodies := counting.get(thing.id):
        return {"body": tuple(sorted(bodies))}
    return {"body": ("",)} if thing.kind == "person" else {}


def _lead(things: int, ties: int) -> Label:
    if not things:
        return interface()["whole.empty"]
    return phrase("whole.lead", n=things, m=ties)
