"""GraphML and GEXF: they keep to their schemas, and other programs find all that is in them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given

import xml_rules as rules
from kg.formats import WRITERS
from kg.formats.attributes import columns
from kg.networks.network import Attribute, Network, Node
from kg.networks.ties import ties
from network_samples import hostile, matrix_of, network_of_rows, networks, onemode, twomode

igraph = pytest.importorskip("igraph", reason="needs igraph (kg's dev extra)")
G, X = f"{{{rules.GRAPHML_NAMESPACE}}}", f"{{{rules.GEXF_NAMESPACE}}}"
VIZ = f"{{{rules.GEXF_NAMESPACE}/viz}}"
Y, VISONE = "{http://www.yworks.com/xml/graphml}", "{http://visone.info/xmlns}"


def parsed(form: str, network: Network) -> ET.Element:
    return ET.fromstring(WRITERS[form](network).encode())


def read_graphml(network: Network) -> Any:
    return nx.read_graphml(BytesIO(WRITERS["graphml"](network).encode()))


def read_gexf(network: Network) -> Any:
    return nx.read_gexf(BytesIO(WRITERS["gexf"](network).encode()), version="1.3")


def as_xml(text: str) -> str:
    """What XML can hold of a text."""
    return "".join(c if c in "\t\n\r" or " " <= c < "\ufffe" or c > "\uffff" else "�" for c in text)


@given(networks())
def test_graphml_keeps_to_its_schema(network: Network) -> None:
    root = parsed("graphml", network)
    rules.check(root, rules.GRAPHML, rules.GRAPHML_NAMESPACE)
    keys = {(key.get("for"), key.get("id")) for key in root.iter(f"{G}key")}
    rules.unique(key.get("id", "") for key in root.iter(f"{G}key"))
    for of in ("graph", "node", "edge"):
        for element in root.iter(f"{G}{of}"):
            used = [data.get("key", "") for data in element.findall(f"{G}data")]
            assert {(of, key) for key in rules.unique(used)} <= keys
    nodes = rules.unique(node.get("id", "") for node in root.iter(f"{G}node"))
    assert {
        edge.get(end) for edge in root.iter(f"{G}edge") for end in ("source", "target")
    } <= nodes


@given(networks())
def test_gexf_keeps_to_its_schema(network: Network) -> None:
    root = parsed("gexf", network)
    rules.check(root, rules.GEXF, rules.GEXF_NAMESPACE)
    for of in ("node", "edge"):
        declared = rules.unique(
            one.get("id", "")
            for group in root.iter(f"{X}attributes")
            if group.get("class") == of
            for one in group
        )
        items = list(root.iter(f"{X}{of}"))
        assert {v.get("for") for item in items for v in item.iter(f"{X}attvalue")} <= declared
        assert [g.get("count") for g in root.iter(f"{X}{of}s")] == [str(len(items))]
    nodes = rules.unique(node.get("id", "") for node in root.iter(f"{X}node"))
    assert {
        edge.get(end) for edge in root.iter(f"{X}edge") for end in ("source", "target")
    } <= nodes


@given(networks())
@pytest.mark.parametrize("read", [read_graphml, read_gexf])
def test_networkx_finds_every_tie(read: Any, network: Network) -> None:
    graph = read(network)
    names = [*graph]
    assert not graph.is_directed()
    assert len(names) == len(network.nodes())
    found = {
        (*sorted((names.index(a), names.index(b))), d["weight"])
        for a, b, d in graph.edges(data=True)
    }
    assert found == {(tie.source, tie.target, tie.weight) for tie in ties(network)}


@given(networks())
def test_graphml_gives_labels_and_attributes_back(network: Network) -> None:
    root = parsed("graphml", network)
    titles = {key.get("id"): key.get("attr.name") for key in root.iter(f"{G}key")}
    for node, element in zip(network.nodes(), root.iter(f"{G}node"), strict=True):
        found = {titles[data.get("key")]: data.text or "" for data in element}
        assert found["label"] == as_xml(node.label)
        assert found["identifier"] == as_xml(node.id)
        for name, value in node.attributes.items():
            if isinstance(value, str):
                kept = found.get(as_xml(f"{name} (attribute)"), found.get(as_xml(name)))
                assert kept == as_xml(value)


def test_graphml_has_typed_attributes_and_how_the_network_was_made() -> None:
    graph = read_graphml(onemode())
    first = graph.nodes["n0"]
    assert first["label"] == "Harbour Board"
    assert first["identifier"] == "id:harbour"
    assert (first["kind"], first["mode"], first["color"]) == ("body", "row", "#ff8000")
    assert first["seats"] == 7.0
    assert graph.nodes["n1"]["seats"] == 12.5
    assert (graph.nodes["n2"]["public"], graph.nodes["n3"]["public"]) == (False, True)
    assert graph.edges["n0", "n2"] == {
        "id": "e1", "weight": -0.5, "sign": -1, "strength": 0.5, "tone": "oppose",
    }  # fmt: skip
    assert graph.graph["aggregation"] == "subtract"
    assert graph.graph["notes"] == "Left out for want of a pole: 2 statements"


def test_both_modes_are_marked_and_a_taken_name_gives_way() -> None:
    for graph in (read_graphml(twomode()), read_gexf(twomode())):
        sides = [data["mode"] for _, data in graph.nodes(data=True)]
        assert sides == ["row", "row", "row", "column", "column"]
        bridge = [*graph.nodes(data=True)][3][1]
        assert (bridge["kind"], bridge["kind (attribute)"]) == ("proposition", "costly")
        tones = {data["tone"] for _, _, data in graph.edges(data=True)}
        assert tones == {"support", "oppose", "both"}


def test_colours_stand_where_gephi_and_networkx_look_for_them() -> None:
    graph = read_graphml(onemode())
    assert [graph.nodes["n0"][part] for part in "rgb"] == [255, 128, 0]
    assert "r" not in graph.nodes["n1"]
    root = parsed("gexf", onemode())
    nodes = list(root.iter(f"{X}node"))
    colours = [node.find(f"{VIZ}color") for node in nodes]
    assert colours[0] is not None
    assert colours[0].attrib == {"r": "255", "g": "128", "b": "0"}
    assert colours[1:] == [None, None, None]
    edges = [edge.find(f"{VIZ}color") for edge in root.iter(f"{X}edge")]
    reds = [int(found.get("r", "")) for found in edges if found is not None]
    assert reds == [0x00, 0xB8, 0x00]


def test_igraph_reads_graphml(tmp_path: Path) -> None:
    file = tmp_path / "one.graphml"
    file.write_text(WRITERS["graphml"](onemode()), encoding="utf-8")
    graph = igraph.Graph.Read_GraphML(str(file))
    assert graph.vs["label"] == [node.label for node in onemode().rows]
    assert graph.get_edgelist() == [(0, 1), (0, 2), (1, 2)]
    assert graph.es["weight"] == [3.0, -0.5, 0.1]


def typed(*values: Attribute) -> str:
    nodes = tuple(Node(str(place), "", "", {"x": value}) for place, value in enumerate(values))
    size = len(nodes)
    network = Network("onemode", nodes, nodes, matrix_of([[0.0] * size] * size))
    return next(column.type for column in columns(network) if column.name == "x")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((True, False), "boolean"),
        ((1, -(2**31)), "int"),
        ((1, 2**31), "long"),
        ((-(2**63),), "long"),
        ((2**63,), "string"),
        ((1, 0.5), "double"),
        ((1, "a"), "string"),
        ((True, 1), "string"),
    ],
)
def test_a_column_has_the_narrowest_type_that_holds_it(
    values: tuple[Attribute, ...], expected: str
) -> None:
    assert typed(*values) == expected


def test_visone_finds_labels_colours_shapes_and_lines() -> None:
    root = parsed("visone", twomode())
    kinds = {
        k.get("yfiles.type") or k.get("visone.type"): k.get("id") for k in root.iter(f"{G}key")
    }
    shown = root.find(f"{G}graph/{G}data[@key='{kinds['properties']}']/{VISONE}labelAttribute")
    assert shown is not None
    assert shown.get("nodeLabel") == "label"
    looks = [n.find(f"{G}data[@key='{kinds['nodegraphics']}']") for n in root.iter(f"{G}node")]
    shapes = [look.find(f"{VISONE}shapeNode/{Y}ShapeNode") for look in looks if look is not None]
    assert [s.findtext(f"{Y}NodeLabel") for s in shapes if s is not None] == [
        node.label for node in twomode().nodes()
    ]
    found = [(s.find(f"{Y}Fill"), s.find(f"{Y}Shape")) for s in shapes if s is not None]
    assert [shape.get("type") for _, shape in found if shape is not None] == [
        *["ellipse"] * 3, *["roundrectangle"] * 2,
    ]  # fmt: skip
    assert [fill.get("color") for fill, _ in found if fill is not None][:2] == [
        "#ff8000",
        "#FFFFFF",
    ]
    styles = [(s.get("color"), s.get("type")) for s in root.iter(f"{Y}LineStyle")]
    assert styles == [
        ("#5B2A86", "line"), ("#00609C", "line"), ("#B84300", "dashed"), ("#00609C", "line"),
    ]  # fmt: skip


def test_visone_has_the_same_attributes_as_plain_graphml() -> None:
    plain, rich = parsed("graphml", onemode()), parsed("visone", onemode())
    texts = [[d.text for d in root.iter(f"{G}data") if not len(d)] for root in (plain, rich)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("form", ["graphml", "visone", "gexf"])
def test_hostile_labels_stay_labels(form: str) -> None:
    network = hostile()
    root = parsed(form, network)
    if form == "gexf":
        found = [node.get("label", "") for node in root.iter(f"{X}node")]
    else:
        found = [node.findtext(f"{G}data", "") for node in root.iter(f"{G}node")]
    assert found == [as_xml(node.label) for node in network.nodes()]


def test_ties_say_what_they_mean() -> None:
    def tones(aggregation: str, rows: list[list[float]], kind: str = "boolean") -> list[str]:
        network = network_of_rows(rows, ["a", "b", "c", "d"], mode="twomode")
        made = {"aggregation": aggregation, "qualifier kind": kind}
        return [
            tie.tone
            for tie in ties(Network("twomode", network.rows, network.columns, network.matrix, made))
        ]

    cells: list[list[float]] = [[1, 2], [3, 0]]
    assert tones("congruence", cells) == ["support"] * 3
    assert tones("conflict", cells) == ["oppose"] * 3
    assert tones("ignore", cells) == ["neutral"] * 3
    assert tones("combine", cells) == ["support", "oppose", "both"]
    assert tones("combine", cells, "number") == ["neutral"] * 3
    assert tones("subtract", cells) == ["support"] * 3
    assert tones("", [[1.0, -1], [0, 0]]) == ["support", "oppose"]
