"""The stance network: bodies, officials, groups and propositions, nothing added up or drawn.

An official *represents* a body; a holder has a *stance* to a proposition. A reported position
belongs to the holder that it is reported of, and its edge says who reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

import networkx as nx

from kg.statements import Statement

StanceGraph: TypeAlias = "nx.MultiDiGraph[str]"


def stance_network(
    statements: Iterable[Statement], bodies: Collection[str] | None = None
) -> StanceGraph:
    """Build the network of who holds what; `bodies` keeps the positions of these bodies alone.

    Nodes carry `kind` (body, person, group, unnamed, proposition), `label`, and propositions their
    `issue`. Edges carry `kind`: *represents* (person to body), or *stance* with `stance`, `pole`,
    `qualified`, `basis`, `reporters` and the `statements` behind it: one edge for each holder,
    proposition, stance and basis. Nodes and edges come in sorted order, so that equal input in any
    order gives an equal graph.
    """
    graph: StanceGraph = nx.MultiDiGraph()
    for statement in sorted(statements, key=_order):
        if bodies is None or statement.body in bodies:
            _add_nodes(graph, statement)
            _add_represents(graph, statement)
            _add_stance(graph, statement)
    return graph


def stance_edges(graph: StanceGraph) -> list[tuple[str, str, str]]:
    """The keys (holder, proposition, key) of the stance edges, in order."""
    return [edge for edge in graph.edges(keys=True) if graph.edges[edge]["kind"] == "stance"]


def members(graph: StanceGraph) -> dict[str, tuple[str, ...]]:
    """Each body with the officials that represent it (those of several bodies under each)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person, body, key in graph.edges(keys=True):
        if graph.edges[person, body, key]["kind"] == "represents":
            found[body].append(person)
    return {body: tuple(persons) for body, persons in found.items()}


def spoken_of(graph: StanceGraph, body: str) -> frozenset[str]:
    """The propositions to which `body` has a position, be it its own, an official's or reported."""
    return frozenset(
        proposition
        for holder, proposition, key in stance_edges(graph)
        if any(s.body == body for s in graph.edges[holder, proposition, key]["statements"])
    )


def heard_of(graph: StanceGraph, body: str) -> frozenset[str]:
    """The propositions on which only others say what `body` thinks."""
    bases: defaultdict[str, set[str]] = defaultdict(set)
    for holder, proposition, key in stance_edges(graph):
        for statement in graph.edges[holder, proposition, key]["statements"]:
            if statement.body == body:
                bases[proposition].add(statement.basis)
    return frozenset(proposition for proposition, found in bases.items() if found == {"reported"})


def _order(statement: Statement) -> tuple[str, str, str, str]:
    return statement.date, statement.position, statement.holder, statement.body


def _add_nodes(graph: StanceGraph, statement: Statement) -> None:
    graph.add_node(statement.holder, kind=statement.holder_kind, label=statement.holder_name)
    graph.add_node(
        statement.proposition,
        kind="proposition",
        label=statement.proposition_label,
        issue=statement.issue_label,
    )


def _add_represents(graph: StanceGraph, statement: Statement) -> None:
    if statement.holder_kind == "person" and statement.body:
        graph.add_node(statement.body, kind="body", label=statement.body_name)
        graph.add_edge(statement.holder, statement.body, "represents", kind="represents")


def _add_stance(graph: StanceGraph, statement: Statement) -> None:
    key = f"{statement.stance} {statement.basis}"
    ends = statement.holder, statement.proposition
    behind: tuple[Statement, ...] = ()
    if graph.has_edge(*ends, key):
        behind = graph.edges[*ends, key]["statements"]
    # A person who represents two bodies has two rows for one position: it is one statement here.
    if statement.position not in {other.position for other in behind}:
        behind = (*behind, statement)
    graph.add_edge(
        *ends,
        key,
        kind="stance",
        stance=statement.stance,
        pole=statement.pole,
        qualified=statement.qualified,
        basis=statement.basis,
        reporters=_reporters(behind),
        statements=behind,
    )


def _reporters(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Who reports a position of someone else; "" stands for the minutes without a speaker."""
    names = {statement.speaker_name for statement in statements if statement.basis == "reported"}
    return tuple(sorted(names))
