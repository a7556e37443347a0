"""The rules of GraphML and GEXF that our files use, and a check that a file keeps to them.

Written after the schemas of GraphML 1.0 (http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd) and
GEXF 1.3 (https://gexf.net/1.3/gexf.xsd): which elements may stand where, with which attributes.
What our files never hold (hyperedges, ports, hierarchies …) is left out, and so refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree import ElementTree as ET

Check = Callable[[str], object]


@dataclass(frozen=True)
class Rule:
    """An element: its children in order, as a pattern of names, and its attributes."""

    children: str = ""
    required: Mapping[str, Check] = field(default_factory=dict)
    allowed: Mapping[str, Check] = field(default_factory=dict)
    text: bool = False


def nmtoken(value: str) -> None:
    assert re.fullmatch(r"[\w.:-]+", value), f"“{value}” is no NMTOKEN"


def one_of(*words: str) -> Check:
    def check(value: str) -> None:
        assert value in words, f"“{value}” is none of {words}"

    return check


def anything(value: str) -> None:
    """Any text."""


def a_time(value: str) -> None:
    for read in (int, date.fromisoformat, datetime.fromisoformat):
        try:
            read(value)
        except ValueError:
            continue
        return
    raise AssertionError(f"“{value}” is no time")


GRAPHML_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
GRAPHML: Mapping[str, Rule] = {
    "graphml": Rule("(key )*(graph )*"),
    "key": Rule(
        "",
        {"id": nmtoken, "for": one_of("graph", "node", "edge"), "attr.name": anything},
        {"attr.type": one_of("boolean", "int", "long", "float", "double", "string")},
    ),
    "graph": Rule("(data |node |edge )*", {"edgedefault": one_of("undirected")}, {"id": nmtoken}),
    "node": Rule("(data )*", {"id": nmtoken}),
    "edge": Rule("(data )*", {"source": nmtoken, "target": nmtoken}, {"id": nmtoken}),
    "data": Rule("", {"key": nmtoken}, text=True),
}

GEXF_NAMESPACE = "http://gexf.net/1.3"
CHANNEL = one_of(*map(str, range(256)))
TYPES = one_of("integer", "long", "double", "boolean", "string")
GEXF: Mapping[str, Rule] = {
    "gexf": Rule("(meta )?graph ", {"version": one_of("1.3")}),
    "meta": Rule("(description )*"),
    "description": Rule(text=True),
    "graph": Rule(
        "(attributes )*nodes edges ",
        {"mode": one_of("static", "dynamic"), "defaultedgetype": one_of("undirected")},
        {
            "timeformat": one_of("integer", "date", "dateTime"),
            "timerepresentation": one_of("timestamp", "interval"),
        },
    ),
    "attributes": Rule(
        "(attribute )*", {"class": one_of("node", "edge")}, {"mode": one_of("static", "dynamic")}
    ),
    "attribute": Rule("", {"id": anything, "title": anything, "type": TYPES}),
    "nodes": Rule("(node )*", {"count": int}),
    "edges": Rule("(edge )*", {"count": int}),
    "node": Rule("(attvalues |spells |viz:color )*", {"id": anything, "label": anything}),
    "edge": Rule(
        "(attvalues |spells |viz:color )*",
        {"id": anything, "source": anything, "target": anything},
        {"weight": float},
    ),
    "attvalues": Rule("(attvalue )*"),
    "attvalue": Rule("", {"for": anything, "value": anything}, {"timestamp": a_time}),
    "spells": Rule("(spell )+", {}),
    "spell": Rule("", {"timestamp": a_time}),
    "viz:color": Rule("", {"r": CHANNEL, "g": CHANNEL, "b": CHANNEL}),
}


def check(root: ET.Element, rules: Mapping[str, Rule], namespace: str) -> None:
    """Fail on the first element that breaks a rule."""
    for element in root.iter():
        name = short(element, namespace)
        rule = rules[name]
        children = "".join(f"{short(child, namespace)} " for child in element)
        assert re.fullmatch(rule.children, children), f"{name}: {children[:200]}"
        assert rule.text or not (element.text or "").strip(), f"{name} holds text"
        _check_attributes(name, element.attrib, rule)


def _check_attributes(name: str, attributes: Mapping[str, str], rule: Rule) -> None:
    own = {key: value for key, value in attributes.items() if not key.startswith("{")}
    missing = set(rule.required) - set(own)
    assert not missing, f"{name} lacks {missing}"
    known = {**rule.required, **rule.allowed}
    for key, value in own.items():
        assert key in known, f"{name} has no attribute {key}"
        known[key](value)


def short(element: ET.Element, namespace: str) -> str:
    """The name of an element, with ``viz:`` before those of GEXF's second namespace."""
    where, _, name = element.tag.removeprefix("{").partition("}")
    assert where in (namespace, f"{namespace}/viz"), f"{element.tag} is in a foreign namespace"
    return name if where == namespace else f"viz:{name}"


def unique(values: Iterable[str]) -> set[str]:
    """The values as a set; fails if one comes twice."""
    found = list(values)
    assert len(set(found)) == len(found)
    return set(found)
