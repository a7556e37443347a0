"""A view as plain data for the page's script: opaque ids, and each text once.

No text of the data becomes an id, a class or a key. Ids are short hashes of the keys, so that a
link to a node still finds it when the page is made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from kg.names import shorten
from kg.statements import Label, Statement
from kg.views.models import Codes
from kg.views.texts import Texts, interface
from kg.views.view import Band, Cluster, Edge, Facets, Fact, Node, View

Json = dict[str, Any]

STYLES = frozenset(key.partition(".")[2] for key in interface() if key.startswith("thing."))
"""The kinds of nodes that the page knows how to draw; others look plain."""
TIES = frozenset(key.partition(".")[2] for key in interface() if key.startswith("tie."))

_DIGITS = 12
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""A language tag as BCP 47 has it, in its usual form."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}")


def node_id(key: str) -> str:
    """The opaque id of a node: the same for the same key.

    >>> node_id("https://example.org/data/SM") == node_id("https://example.org/data/SM")
    True
    """
    return f"n{_hash(key)}"


def token(value: str) -> str:
    """A value of a filter as it stands in forms and links: a plain word as it is, else a hash.

    >>> token("support"), token(""), token("</script>")[0]
    ('support', 'none', '_')
    """
    if not value:
        return "none"
    return value if _PLAIN.fullmatch(value) else f"_{_hash(value)}"


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def code_label(codes: Codes, scheme: str, notation: str) -> Label:
    """The label of a code; a code that the caller gave no label for is shown by its notation."""
    return codes.get(scheme, {}).get(notation, Label.same(notation))


def named(area: str, kind: str) -> Label:
    """What a kind of node (``thing``) or of edge (``tie``) is called; an unknown one as it is."""
    return interface().get(f"{area}.{kind}", Label.same(kind))


def view_data(view: View, texts: Texts) -> Json:
    """What the script draws; every text is an index into `texts`.

    Raises `ValueError` where two nodes have one key, or an edge has an end that is no node.
    """
    places = {node.key: place for place, node in enumerate(view.nodes)}
    if len(places) < len(view.nodes):
        raise ValueError("Two nodes of a view have the same key")
    kinds, ties = _Kinds("thing", STYLES, texts), _Kinds("tie", TIES, texts)
    return {
        "name": token(view.name),
        "title": texts.add(view.title),
        "sources": [texts.add(line) for line in view.source.sources],
        "licence": texts.add(view.source.licence),
        "weighted": view.weighted,
        "layers": [texts.add(label) for label in view.layers],
        "nodes": [_node(node, kinds, texts) for node in view.nodes],
        "edges": [_edge(edge, places, ties, texts) for edge in view.edges],
        "statements": [_statement(s, places, view.codes, texts) for s in view.statements],
        "bands": [_band(band, texts) for band in view.bands],
        "clusters": [_cluster(cluster, texts) for cluster in view.clusters],
        "backbone": view.backbone,
        "kinds": kinds.rows,
        "ties": ties.rows,
    }


class _Kinds:
    """The kinds that occur: each with its text and, if the page knows it, its style."""

    def __init__(self, area: str, known: frozenset[str], texts: Texts) -> None:
        self._area, self._known, self._texts = area, known, texts
        self._places: dict[str, int] = {}
        self.rows: list[list[Any]] = []

    def add(self, kind: str) -> int:
        if kind not in self._places:
            self._places[kind] = len(self.rows)
            style = kind if kind in self._known else ""
            label = self._texts.add(named(self._area, kind))
            self.rows.append([label, style, token(kind)])
        return self._places[kind]


def _node(node: Node, kinds: _Kinds, texts: Texts) -> Json:
    box = node.box
    whole: Json = {
        "id": node_id(node.key),
        "kind": kinds.add(node.kind),
        "text": texts.add(node.label),
        "x": box.x,
        "y": box.y,
        "w": box.width,
        "h": box.height,
        "shape": "" if node.shape == "box" else node.shape,
        "name": _optional(node.name, texts),
        "issue": _optional(node.issue, texts),
        "mark": node.mark and [node.mark.pole, node.mark.qualified, node.mark.reported],
        "zone": token(node.zone) if node.zone else None,
        "layers": list(node.layers),
        "facts": _facts(node.facts, texts),
        "facets": facets_of(node.facets),
        "statements": list(node.statements),
        "colour": node.colour,
        "always": node.always,
        "cluster": node.cluster,
    }
    return _told(whole)


def _edge(edge: Edge, places: Mapping[str, int], ties: _Kinds, texts: Texts) -> Json:
    for end in (edge.source, edge.target):
        if end not in places:
            raise ValueError(f"An edge of a view ends at what is no node: {end!r}")
    line = edge.line
    whole: Json = {
        "from": places[edge.source],
        "to": places[edge.target],
        "kind": ties.add(edge.kind),
        "tone": edge.tone if edge.tone != "plain" else "",
        "dashed": edge.dashed,
        "thin": edge.thin,
        "open": not edge.arrow,
        "weight": edge.weight if edge.weight != 1 else None,
        "cases": [[list(side) for side in case] for case in edge.cases],
        "facts": _facts(edge.facts, texts),
        "facets": facets_of(edge.facets),
        "layers": list(edge.layers),
        "line": [*line.start, *line.end] if line else None,
        "side": line.side if line else "",
        "follows": edge.follows,
    }
    return _told(whole)


_NEEDED = frozenset(("kind", "text", "x", "y", "w", "h", "from", "to"))


def _told(whole: Json) -> Json:
    """What says something: the script takes all else to be empty."""
    return {key: value for key, value in whole.items() if key in _NEEDED or _says(value)}


def _says(value: object) -> bool:
    return bool(value) or (value == 0 and value is not False)


def _optional(label: Label | None, texts: Texts) -> int | None:
    return texts.add(label) if label is not None else None


def _facts(facts: Iterable[Fact], texts: Texts) -> list[list[int]]:
    return [[texts.add(interface()[key]), texts.add(text)] for key, text in facts]


def facets_of(facets: Facets) -> dict[str, list[str]]:
    """The values of each filter as tokens."""
    return {facet: [token(value) for value in values] for facet, values in facets.items()}


def statement_facets(statement: Statement) -> dict[str, list[str]]:
    """What the filters see of a statement."""
    return facets_of(
        {
            "body": (statement.body,),
            "issue": (statement.issue,),
            "stance": (statement.stance,),
            "basis": (statement.basis,),
            "date": (statement.date,),
            "status": (statement.status,),
        }
    )


def _statement(s: Statement, places: Mapping[str, int], codes: Codes, texts: Texts) -> Json:
    whole: Json = {
        "holder": texts.add(s.holder_name),
        "proposition": texts.add(s.proposition_label),
        "issue": texts.add(s.issue_label) if s.issue else None,
        "body": texts.add(s.body_name) if s.body else None,
        "stance": texts.add(code_label(codes, "stance", s.stance)),
        "basis": texts.add(code_label(codes, "basis", s.basis)),
        "status": texts.add(code_label(codes, "status", s.status)),
        "proposed": s.status != "accepted",
        "superseded": s.superseded,
        "reported": s.basis == "reported",
        "pole": s.pole,
        "qualified": s.qualified,
        "speaker": s.speaker_name,
        "meeting": texts.add(s.meeting_label),
        "date": s.date,
        "item": s.item,
        "place": [s.paragraph, s.start, s.end] if s.start is not None else None,
        "quote": s.quote,
        "language": s.language if _TAG.fullmatch(s.language) else "",
        "condition": texts.add(s.condition_label) if s.condition_label.en else None,
        "position": shorten(s.position),
        "facets": statement_facets(s),
        "ends": [places.get(key) for key in (s.holder, s.body, s.proposition)],
    }
    return _told(whole)


def _band(band: Band, texts: Texts) -> Json:
    box = band.box
    return {
        "name": token(band.name),
        "text": texts.add(band.label),
        "layers": list(band.layers),
        "always": band.always,
        "x": box.x,
        "y": box.y,
        "w": box.width,
        "h": box.height,
    }


def _cluster(cluster: Cluster, texts: Texts) -> Json:
    return {
        "text": texts.add(cluster.label),
        "x": cluster.x,
        "y": cluster.y,
        "r": cluster.radius,
        "size": cluster.size,
        "parent": cluster.parent,
    }


def places_used(view: View) -> list[int]:
    """The places of the statements that something in the view rests on, in order."""
    used = {place for node in view.nodes for place in node.statements}
    used |= {p for edge in view.edges for case in edge.cases for side in case for p in side}
    return sorted(used)
