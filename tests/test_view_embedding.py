"""Pictures from Python: any networkx graph in, a page out, in a notebook within a shut frame."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from hostile_labels import HOSTILE
from kg.errors import InputError, OutputError
from kg.networks.graphs import to_graph
from kg.statements import Label
from kg.views import picture, picture_of
from kg.views.embedding import Picture
from kg.views.graph_view import graph_view
from network_samples import onemode


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def hostile_graph() -> nx.MultiDiGraph[Any]:
    """All hostile texts as ids, labels, kinds, attributes and colours; two ties of each pair."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for text in HOSTILE.values():
        graph.add_node(text, label=text, kind=text, color=text, note=text, x=text)
    names = list(graph)
    for one, other in pairwise(names):
        graph.add_edge(one, other, weight=2, kind=HOSTILE["image"], tone=HOSTILE["image"])
        graph.add_edge(one, other, weight=-1)
    return graph


def test_any_node_has_a_key_a_label_and_a_kind() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from([7, "7", "int 7", ("a", 1), frozenset("b"), range(3), 2.5])
    graph.nodes["7"].update(label="Seven", kind="group", color="#00ff00", seats=3)
    graph.nodes[7]["label"] = Label("Seven", "Seitsemän", "Sju")
    nodes = graph_view(graph).nodes
    assert [node.key for node in nodes] == [
        "int 7", "7", "int 7 (2)", "tuple 3", "frozenset 4", "range 5", "float 2.5",
    ]  # fmt: skip
    assert [node.label.en for node in nodes[:4]] == ["Seven", "Seven", "int 7", "('a', 1)"]
    assert nodes[0].label.fi == "Seitsemän"
    assert [node.kind for node in nodes[:2]] == ["node", "group"]
    assert nodes[1].colour == "#00ff00"
    assert nodes[1].facts == (("fact.attributes", Label.same("seats: 3")),)


def test_edges_have_direction_weight_and_tone() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight=np.float32(2.5))
    graph.add_edge("a", "b", weight=-1, kind="rivals")
    graph.add_edge("b", "a", sign=1)
    graph.add_edge("b", "b", tone="both", sign=-1)
    view = graph_view(graph)
    assert [(e.source, e.target, e.kind, e.tone, e.weight, e.name) for e in view.edges] == [
        ("a", "b", "tie", "plain", 2.5, "0"),
        ("a", "b", "rivals", "oppose", -1.0, "1"),
        ("b", "a", "tie", "support", 1.0, "2"),
        ("b", "b", "tie", "both", 1.0, "3"),
    ]
    assert all(edge.arrow for edge in view.edges)
    assert view.weighted
    assert not graph_view(nx.path_graph(3)).weighted
    assert not any(edge.arrow for edge in graph_view(nx.path_graph(3)).edges)


def test_attributes_may_have_other_names() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", name="Anna", role="person")
    graph.add_edge("a", "b", strength=4)
    view = graph_view(graph, "Title", kind="role", label="name", weight="strength")
    anna = view.nodes[0]
    assert (view.title.sv, anna.label.en, anna.kind) == ("Title", "Anna", "person")
    assert view.edges[0].weight == 4.0


def test_a_network_keeps_what_its_ties_say() -> None:
    view = graph_view(to_graph(onemode()))
    assert [(edge.tone, edge.weight) for edge in view.edges] == [
        ("support", 3.0), ("oppose", -0.5), ("support", 0.1),
    ]  # fmt: skip
    assert view.nodes[0].colour == "#ff8000"


@pytest.mark.parametrize("weight", ["heavy", float("nan"), float("inf"), 1j, [1]])
def test_a_weight_that_is_no_number_is_told(weight: object) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=weight)
    with pytest.raises(InputError, match=r"from “a” to “b” has the weight .* no finite number"):
        graph_view(graph)


def test_weights_may_be_numbers_of_any_sort() -> None:
    graph: nx.Graph[int] = nx.Graph()
    for node, weight in enumerate([Decimal("1.5"), np.int64(3), True]):
        graph.add_edge(node, node + 1, weight=weight)
    assert [edge.weight for edge in graph_view(graph).edges] == [1.5, 3.0, 1.0]


def test_nodes_stand_where_their_own_places_have_them() -> None:
    graph: nx.Graph[int] = nx.Graph()
    for node, (x, y) in enumerate([(0, 0), (1, 0), (0, np.float32(1)), (1, 1)]):
        graph.add_node(node, x=x, y=y)
    at = [(node.box.x, node.box.y) for node in graph_view(graph).nodes]
    assert at == [(0, 0), (260, 0), (0, 260), (260, 260)]  # 130 · √4 wide
    graph.nodes[0].update(x=10_000)
    assert graph_view(graph).nodes[0].box.x == 10_000
    graph.nodes[0].update(x=float("nan"))
    assert graph_view(graph).nodes[0].box.x < 1_000


def test_a_graph_without_nodes_is_a_page_too() -> None:
    assert "nothing to draw" in picture(nx.Graph()).html


def test_the_frame_holds_the_page_and_is_shut() -> None:
    shown = picture(hostile_graph(), title=HOSTILE["quotes"] + HOSTILE["script end"])
    elements = Elements(shown._repr_html_())
    [(tag, attributes)] = elements.found
    assert tag == "iframe"
    assert set(attributes) == {
        "srcdoc", "sandbox", "title", "width", "height", "style", "loading",
    }  # fmt: skip
    assert attributes["srcdoc"] == shown.html
    assert attributes["title"] == shown.title == HOSTILE["quotes"] + HOSTILE["script end"]
    assert attributes["sandbox"] == "allow-scripts allow-downloads"
    assert attributes["height"] == "640"
    assert "".join(elements.texts).strip() == ""


def test_what_is_in_a_graph_stays_text() -> None:
    page = Elements(picture(hostile_graph()).html)
    tags = {tag for tag, _ in page.found}
    assert not tags & {"img", "iframe", "b", "object"}
    assert not [a for _, a in page.found if any(name.startswith("on") for name in a)]
    assert len([tag for tag, _ in page.found if tag == "script"]) == 3


def test_half_a_character_can_be_written(tmp_path: Path) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("\ud800", "b", kind="\udfff")
    saved = picture(graph, title="\ud800").save(tmp_path / "graph.html")
    assert "<html" in saved.read_text(encoding="utf-8")


def test_a_picture_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    shown = Picture("<p>ä</p>", "A page")
    assert shown.save(str(tmp_path / "page.html")).read_bytes() == "<p>ä</p>".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    with pytest.raises(OutputError, match="cannot be written"):
        shown.save(tmp_path / "nowhere" / "page.html")


def test_a_page_opens_in_the_language_asked_for() -> None:
    view = graph_view(nx.path_graph(2))
    shown = picture_of(view, "fi", height=300)
    assert ("html", {"lang": "fi"}) in Elements(shown.html).found
    assert shown.title == view.title.fi
    with pytest.raises(InputError, match="“de” is no language of the pages: use en, fi, sv"):
        picture_of(view, "de")  # type: ignore[arg-type]


def test_equal_graphs_give_equal_pages() -> None:
    assert picture(hostile_graph()).html == picture(hostile_graph()).html


@pytest.mark.slow
def test_importing_the_package_does_not_wait_for_networks() -> None:
    code = (
        "import sys, kg.views; assert 'networkx' not in sys.modules; "
        "from kg.views import picture; assert 'networkx' in sys.modules; kg.views.nothing"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip().endswith("module 'kg.views' has no attribute 'nothing'")


@pytest.mark.browser
def test_the_frame_draws_and_cannot_reach_the_notebook(browser: Any, tmp_path: Path) -> None:
    shown = picture(hostile_graph(), title="Hostile")
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{shown._repr_html_()}", encoding="utf-8")
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(file.as_uri())
    frame = page.frames[1]
    frame.wait_for_function("() => document.documentElement.dataset.drawn === 'yes'")
    assert frame.evaluate("() => window.hostile") is None
    assert page.evaluate("() => window.hostile") is None
    reached = "() => { try { return parent.document.title; } catch { return 'shut'; } }"
    assert frame.evaluate(reached) == "shut"
    assert problems == []
    page.close()
