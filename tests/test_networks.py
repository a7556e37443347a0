"""The stance network: what becomes a node, what an edge, and that order does not matter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import networkx as nx

from fictional_statements import BASE, MINISTRIES, OFFICIALS, STATEMENTS, statement
from kg.networks.stances import members, spoken_of, stance_edges, stance_network

THREE = (
    statement(1, "aino-rantala", 0, "support"),
    statement(2, "aino-rantala", 0, "support"),
    statement(3, "MF", 0, "oppose", "reported", "Aino Rantala"),
)


def kinds(graph: nx.MultiDiGraph[str]) -> Counter[str]:
    return Counter(graph.nodes[node]["kind"] for node in graph)


def test_nodes_are_holders_their_bodies_and_propositions() -> None:
    graph = stance_network(THREE)
    assert kinds(graph) == {"person": 1, "body": 2, "proposition": 1}


def test_one_edge_carries_all_statements_of_one_stance_and_basis() -> None:
    graph = stance_network(THREE)
    edge = graph.edges[BASE + "aino-rantala", BASE + "q00", "support official"]
    assert [s.position for s in edge["statements"]] == [BASE + "m4/s01/p1", BASE + "m4/s02/p1"]
    assert (edge["pole"], edge["qualified"], edge["reporters"]) == ("support", False, ())


def test_stance_and_basis_each_part_edges() -> None:
    graph = stance_network(
        (
            *THREE,
            statement(4, "aino-rantala", 0, "hesitantSupport"),
            statement(5, "MF", 0, "oppose", "own", "Frida Ek"),
        )
    )
    assert len(stance_edges(graph)) == 4


def test_a_reported_position_hangs_on_the_body_it_is_reported_of() -> None:
    graph = stance_network(THREE)
    edge = graph.edges[BASE + "MF", BASE + "q00", "oppose reported"]
    assert edge["reporters"] == ("Aino Rantala",)
    assert not any(
        key.endswith("reported") for _, _, key in graph.out_edges(BASE + "aino-rantala", keys=True)
    )


def test_a_report_without_speaker_is_the_minutes_own() -> None:
    graph = stance_network([replace(THREE[2], speaker_name="")])
    assert graph.edges[BASE + "MF", BASE + "q00", "oppose reported"]["reporters"] == ("",)


def test_officials_represent_their_body() -> None:
    assert members(stance_network(THREE)) == {BASE + "MH": (BASE + "aino-rantala",)}


def test_a_person_of_two_bodies_makes_one_statement_for_both() -> None:
    other = replace(THREE[0], body=BASE + "MW", body_name=MINISTRIES["MW"])
    graph = stance_network((THREE[0], other))
    assert (
        len(graph.edges[BASE + "aino-rantala", BASE + "q00", "support official"]["statements"]) == 1
    )
    assert set(members(graph)) == {BASE + "MH", BASE + "MW"}


def test_bodies_narrow_the_network() -> None:
    graph = stance_network(STATEMENTS, {BASE + "MT"})
    assert kinds(graph) == {"body": 1, "proposition": 2}


def test_a_body_has_spoken_of_what_its_officials_speak_of() -> None:
    graph = stance_network(THREE)
    assert spoken_of(graph, BASE + "MH") == spoken_of(graph, BASE + "MF") == {BASE + "q00"}
    assert spoken_of(graph, BASE + "MW") == frozenset()


def test_the_whole_debate() -> None:
    graph = stance_network(STATEMENTS)
    assert kinds(graph) == {"person": len(OFFICIALS), "body": 6, "group": 1, "proposition": 38}
    assert sum(len(graph.edges[e]["statements"]) for e in stance_edges(graph)) == len(STATEMENTS)


def test_the_order_of_statements_does_not_matter() -> None:
    there, back = stance_network(STATEMENTS), stance_network(reversed(STATEMENTS))
    assert list(there.nodes(data=True)) == list(back.nodes(data=True))
    assert list(there.edges(keys=True, data=True)) == list(back.edges(keys=True, data=True))
