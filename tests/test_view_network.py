"""A network as a view: every tie with its meaning, whatever the labels and the size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hostile_labels import HOSTILE
from kg.errors import OutputError
from kg.layout.boxes import Box
from kg.networks.duplicates import DUPLICATES
from kg.networks.network import Network
from kg.networks.network import Node as Actor
from kg.networks.normalisation import NORMALISATIONS
from kg.networks.projection import AGGREGATIONS
from kg.networks.recipe import MODES
from kg.statements import Label
from kg.views import placed as placing
from kg.views.communities import communities, numbered
from kg.views.made import made_note
from kg.views.network_view import network_view
from kg.views.placed import placed
from kg.views.texts import interface
from kg.views.view import Edge, Node, View
from network_samples import hostile, matrix_of, network_of_rows, networks, onemode, twomode


def edges(view: View) -> list[tuple[str, str, str, str, float]]:
    return [(one.source, one.target, one.kind, one.tone, one.weight) for one in view.edges]


def test_what_is_seen_follows_the_network() -> None:
    view = network_view(onemode())
    assert edges(view) == [
        ("id:harbour", "id:islands", "congruence", "support", 3.0),
        ("id:harbour", "id:ferries", "conflict", "oppose", -0.5),
        ("id:islands", "id:ferries", "congruence", "support", 0.1),
    ]
    assert view.weighted
    assert not any(edge.arrow for edge in view.edges)
    assert [(node.key, node.kind, node.shape, node.colour) for node in view.nodes] == [
        ("id:harbour", "body", "dot", "#ff8000"),
        ("id:islands", "body", "dot", ""),
        ("id:ferries", "body", "dot", ""),
        ("id:loner", "body", "dot", ""),
    ]
    widths = [node.box.width for node in view.nodes]
    assert widths[0] == widths[1] == widths[2] == 46.0  # 2 · (9 + 14)
    assert widths[3] == 18.0


def test_the_page_says_what_a_tie_means_and_how_the_network_was_made() -> None:
    view = network_view(onemode())
    assert view.title.en == "Network: Body × Body"
    assert view.title.fi == "Verkko: Organisaatio × Organisaatio"
    assert view.lead.en.startswith("Agreement less disagreement")
    assert view.scope.en == "4 nodes, 3 ties."
    assert view.notes[0] == Label.same("Left out for want of a pole: 2 statements")
    assert view.notes[1].sv.endswith("dubbletter: en gång per dokument")


def test_facts_are_the_sum_of_weights_and_the_attributes() -> None:
    view = network_view(onemode())
    facts = [[(key, text.en) for key, text in node.facts] for node in view.nodes]
    assert facts[0] == [("fact.sum", "2.5"), ("fact.attributes", "seats: 7")]
    assert facts[3] == [("fact.sum", "0"), ("fact.attributes", "public: True")]


def test_codes_of_combine_are_no_strengths() -> None:
    view = network_view(twomode())
    assert [(edge.kind, edge.tone, edge.weight) for edge in view.edges] == [
        ("both", "both", 1.0),
        ("for", "support", 1.0),
        ("against", "oppose", 1.0),
        ("for", "support", 1.0),
    ]
    assert [edge.facts[0][1].en for edge in view.edges] == ["3", "1", "2", "1"]
    assert not view.weighted
    assert [node.shape for node in view.nodes] == ["dot"] * 3 + ["square"] * 2
    assert [key for node in view.nodes for key, _ in node.facts] == ["fact.attributes"] * 4
    assert "codes for what someone has said" in view.notes[0].en


def test_concepts_are_judged_alike_and_do_not_agree() -> None:
    view = network_view(replace(onemode(), made={"rows": "issue", "aggregation": "subtract"}))
    assert {edge.kind for edge in view.edges} == {"alike", "unlike"}
    assert "the same actors" in view.lead.en


def test_words_of_a_recipe_are_in_each_language_and_others_as_they_are() -> None:
    made = {"rows": "actor", "coder": "<b>", "window": "2 months", "statements": "7", "by": ""}
    note = made_note(made)
    assert note is not None
    assert note.fi == (
        "Miten verkko on tehty: rivit: henkilöt ja organisaatiot; coder: <b>; aikaikkuna: 2 months"
    )
    assert made_note({"statements": "7"}) is None


def test_every_word_of_a_recipe_has_its_texts() -> None:
    words = {
        "aggregation": {word for words in AGGREGATIONS.values() for word in words},
        "normalisation": {word for words in NORMALISATIONS.values() for word in words},
        "duplicates": set(DUPLICATES),
        "type": set(MODES),
    }
    for key, values in words.items():
        assert f"made.{key}" in interface()
        assert {f"made_as.{key}.{value}" for value in values} <= interface().keys()


def test_the_number_of_statements_stands_in_the_scope() -> None:
    view = network_view(replace(onemode(), made={"statements": "1203"}))
    assert view.scope.en == "4 nodes, 3 ties, made of 1203 statements."


@settings(max_examples=20, deadline=None)
@given(networks())
def test_every_end_of_an_edge_is_a_node_and_nothing_overlaps(network: Network) -> None:
    try:
        view = network_view(network)
    except OutputError:  # weights may add up to infinity
        return
    keys = [node.key for node in view.nodes]
    assert len(set(keys)) == len(keys) == len(network.nodes())
    assert {end for edge in view.edges for end in (edge.source, edge.target)} <= set(keys)
    boxes = [node.box for node in view.nodes]
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
    assert network_view(network) == view


def test_labels_stay_what_they_are() -> None:
    assert {node.label.en for node in network_view(hostile()).nodes} >= set(HOSTILE.values())


def test_one_id_on_both_sides_is_two_nodes() -> None:
    sides = (Actor("x", "X", "body"),), (Actor("x", "X", "issue"), Actor("y", "Y", "issue"))
    view = network_view(Network("twomode", *sides, matrix_of([[1.0, 2.0]])))
    assert [node.key for node in view.nodes] == ["row x", "column x", "column y"]
    assert [(e.source, e.target) for e in view.edges] == [
        ("row x", "column x"), ("row x", "column y"),
    ]  # fmt: skip


def test_a_network_without_nodes_says_so() -> None:
    view = network_view(Network("onemode", (), (), matrix_of([], (0, 0))))
    assert view.nodes == ()
    assert "nothing to draw" in view.lead.en
    assert view.title.en == "Network: – × –"


def test_a_weight_that_is_not_finite_is_refused() -> None:
    with pytest.raises(OutputError, match="weight inf"):
        network_view(network_of_rows([[0, np.inf], [np.inf, 0]], ["a", "b"]))
    coded = {"aggregation": "combine"}
    two = network_of_rows([[np.inf]], ["a", "b"], "twomode")
    with pytest.raises(OutputError, match="weight inf"):
        network_view(replace(two, made=coded))


def two_camps(size: int) -> list[tuple[int, int, float]]:
    """Two halves, each node tied to three of its own; one tie between them."""
    half = size // 2
    inside = [
        (first + node, first + (node * k + k) % half, 2.0)
        for first in (0, half)
        for node in range(half)
        for k in (2, 3, 5)
        if node != (node * k + k) % half
    ]
    return [*inside, (0, half, 1.0)]


def test_many_nodes_stand_in_communities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "MOST_DRAWN", 199)
    nodes = [Node(f"n{n}", "body", Label.same(f"Body {n}"), Box(0, 0, 100, 30)) for n in range(200)]
    ties = [Edge(f"n{a}", f"n{b}", "tie", weight=w) for a, b, w in two_camps(200)]
    found = placed(nodes, ties)
    assert sum(cluster.size for cluster in found.clusters if cluster.parent is None) == 200
    boxes = [node.box for node in found.nodes]
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
    for node in found.nodes:
        assert node.cluster is not None
        around = found.clusters[node.cluster]
        assert np.hypot(node.box.x - around.x, node.box.y - around.y) < around.radius
    assert "200 nodes are too many" in found.notes[0].en
    assert placed(nodes[:199], []).clusters == ()


def test_communities_are_called_by_their_best_tied_members() -> None:
    ties = [(0, node, 1.0) for node in range(2, 9)] + [(1, node, 1.0) for node in range(3, 9)]
    names = [Label(f"{n} en", f"{n} fi", "x" * 99) for n in range(9)]
    [cluster] = communities(names, ties).clusters
    assert cluster.label.en == "0 en, 1 en + 7"
    assert cluster.label.sv == f"{'x' * 39}…, {'x' * 39}… + 7"
    assert numbered(20_000).fi == "20\N{NO-BREAK SPACE}000"


def test_the_backbone_has_what_is_more_than_chance() -> None:
    # Five cliques of forty; the first two share many ties, all others one.
    clique = [(a, b) for a in range(40) for b in range(a)]
    ties = [(c * 40 + a, c * 40 + b, 1.0) for c in range(5) for a, b in clique]
    ties += [(c * 40, d * 40, 1.0) for c in range(5) for d in range(c)]
    ties += [(node, node + 40, 1.0) for node in range(1, 40)]
    found = communities([Label.same(str(n)) for n in range(200)], ties)
    [(one, other)] = found.backbone
    assert "stronger than chance" in found.notes[1].en
    assert {found.cluster_of[1], found.cluster_of[41]} == {one, other}
