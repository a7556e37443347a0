"""What every view of positions must hold, and small debates to try it on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from hypothesis import strategies as st

from fictional_statements import STATEMENTS, statement
from hostile_labels import HOSTILE
from kg.statements import Label, Statement
from kg.views.view import View

Spoken: TypeAlias = tuple[str, int, str] | tuple[str, int, str, str]
"""A holder, the number of a proposition, a stance and perhaps a basis."""


def spoken(*given: Spoken) -> tuple[Statement, ...]:
    """Statements from (holder, proposition, stance) or with a basis."""
    return tuple(statement(number, *one) for number, one in enumerate(given))


def overlapping(made: View, layer: int) -> list[tuple[str, str]]:
    """The nodes of a layer that lie over each other."""
    nodes = [one for one in made.nodes if not one.layers or layer in one.layers]
    return [(a.key, b.key) for a, b in combinations(nodes, 2) if a.box.overlaps(b.box)]


def check(made: View) -> None:
    """What every view must hold: keys and names are told apart, ends exist, boxes lie apart."""
    nodes = {node.key: node for node in made.nodes}
    assert len(nodes) == len(made.nodes)
    for layer in range(max(1, len(made.layers))):
        assert overlapping(made, layer) == []
        shown = {node.key for node in made.nodes if not node.layers or layer in node.layers}
        for edge in made.edges:
            if not edge.layers or layer in edge.layers:
                assert {edge.source, edge.target} <= shown
    names = Counter((e.source, e.target, e.kind, e.name, e.layers) for e in made.edges)
    assert not names or max(names.values()) == 1
    bands = {band.name for band in made.bands}
    assert {node.zone for node in made.nodes} <= bands
    places = {p for edge in made.edges for case in edge.cases for side in case for p in side}
    assert places <= set(range(len(made.statements)))


def hostile() -> tuple[Statement, ...]:
    """Statements whose every text and key tries to be more than text, and some that have none."""
    made = [_called(one, "", "") for one in STATEMENTS[:3]]
    for turn, text in enumerate(HOSTILE.values()):
        made.append(_called(STATEMENTS[turn], text, turn % 2 * text))
    return tuple(made)


def _called(one: Statement, text: str, body: str) -> Statement:
    label = Label.same(text)
    return replace(
        one,
        holder=f"{one.holder}{text}",
        holder_name=label,
        body=body,
        body_name=label,
        proposition=f"{one.proposition}{text}",
        proposition_label=label,
        issue=text,
        issue_label=label,
        meeting=body,
        meeting_label=label,
        speaker_name=text,
    )


HOLDERS = (
    "aino-rantala",
    "bertil-strandqvist",
    "daavid-korpi",
    "gunnar-fyr",
    "MH",
    "MF",
    "fishers",
)
STANCES = ("support", "oppose", "undecided", "supportWithConditions")
ANY = st.lists(
    st.tuples(
        st.sampled_from(HOLDERS),
        st.integers(0, 12),
        st.sampled_from(STANCES),
        st.sampled_from(("official", "own", "reported")),
    ),
    max_size=14,
)


def signature(made: View) -> Counter[tuple[object, ...]]:
    """The edges, with what is behind them by position; only arrows have a direction."""
    given = made.statements
    return Counter(
        (
            *((e.source, e.target) if e.arrow else sorted((e.source, e.target))),
            *(e.kind, e.tone, e.dashed, e.thin, layer),
            frozenset(frozenset(given[p].position for p in s) for case in e.cases for s in case),
        )
        for e in made.edges
        for layer in e.layers or range(len(made.layers))
    )
