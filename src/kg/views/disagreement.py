"""The view of two bodies face to face: where they disagree and agree, on whose word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from kg.layout.boxes import Layout, Line
from kg.layout.face_to_face import BANDS, face_to_face, lines
from kg.networks.stances import StanceGraph, stance_network
from kg.statements import LANGUAGES, Comparison, Label, Language, Statement, current
from kg.views.comparisons import ComparisonRow, bands, comparison_rows
from kg.views.filters import stance_marks
from kg.views.held import tone_of
from kg.views.models import Codes, Party, Source
from kg.views.page import view_page
from kg.views.placed import MOST_DRAWN
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.view import Band, Edge, Node, View

StanceEdge: TypeAlias = tuple[str, str, str]
TWO, EVERYONE = 0, 1
"""The layers of the page: the two bodies alone, and everyone."""
BELOW = "others"
_LAYERS = (interface()["controls.scope_pair"], interface()["controls.scope_all"])


@dataclass(frozen=True)
class FaceToFace:
    """Two bodies, with what their page is made of.

    `statements` are those of the whole network, `disagreements` and `agreements` those between
    `a` and `b`. What view and page share is worked out once.
    """

    a: Party
    b: Party
    statements: Sequence[Statement]
    disagreements: Sequence[Comparison]
    agreements: Sequence[Comparison]
    codes: Codes
    source: Source

    @cached_property
    def graph(self) -> StanceGraph:
        """Who holds what; both bodies are in it, whether they spoke or not."""
        graph = stance_network(current(self.statements))
        for party in (self.a, self.b):
            graph.add_node(party.id, kind="body", label=party.short)
        return graph

    @cached_property
    def differing(self) -> list[ComparisonRow]:
        """The rows of the table of disagreements."""
        return self._rows(self.disagreements)

    @cached_property
    def agreeing(self) -> list[ComparisonRow]:
        """The rows of the table of agreements."""
        return self._rows(self.agreements)

    def _rows(self, comparisons: Sequence[Comparison]) -> list[ComparisonRow]:
        marks = stance_marks(self.statements)
        return comparison_rows(comparisons, self.graph, self.codes, marks)

    @cached_property
    def view(self) -> View:
        """What the page draws."""
        return _view(self)


def disagreement_page(
    pair: FaceToFace, language: Language = "en", index_file: str = "", proposed: bool = False
) -> str:
    """Two bodies face to face: where they disagree and agree, on whose word, with the evidence.

    The page opens in `language` and switches to the others without a reload, and with `proposed` it
    opens with what nobody has accepted yet; with `index_file` it links back to the index. Equal
    input gives equal bytes.
    """
    points = _points(pair.differing)
    return view_page(
        replace(pair.view, proposed=proposed),
        language,
        index_file,
        "disagreement.html.j2",
        a=pair.a,
        b=pair.b,
        differing=pair.differing,
        points=counted("points", points, m=len(pair.differing)),
        several=points < len(pair.differing),
        agreeing=pair.agreeing,
        tongues={s.quote: s.language for s in pair.statements if s.quote and s.language},
    )


def _view(pair: FaceToFace) -> View:
    graph, a, b = pair.graph, pair.a, pair.b
    layout = face_to_face(graph, a.id, b.id, bands(pair.disagreements, pair.agreements))
    places = {id(statement): place for place, statement in enumerate(pair.statements)}
    drawn = lines(graph, layout)
    crowded = len(graph) > MOST_DRAWN
    kept = {node for node in graph if not crowded or layout.zone_of[node] != BELOW}
    edges = [edge for edge in graph.edges(keys=True) if kept.issuperset(edge[:2])]
    return View(
        name="disagreement",
        title=phrase("heading.disagreement", a=a.short, b=b.short),
        lead=_summary(a, b, pair.differing, pair.agreements),
        scope=scope_of(pair.statements),
        nodes=tuple(_node(graph, layout, node, (a, b)) for node in graph if node in kept),
        edges=tuple(_edge(graph, edge, drawn.get(edge), places) for edge in edges),
        source=pair.source,
        codes=pair.codes,
        statements=tuple(pair.statements),
        bands=tuple(_bands(layout, a, b)),
        layers=() if crowded else _LAYERS,
        notes=(counted("crowd.left", len(graph) - len(kept)),) if crowded else (),
    )


def _node(graph: StanceGraph, layout: Layout, node: str, pair: tuple[Party, Party]) -> Node:
    attributes, zone = graph.nodes[node], layout.zone_of[node]
    names = {party.id: party.name for party in pair}
    return Node(
        key=node,
        kind=attributes["kind"],
        label=attributes["label"],
        box=layout.boxes[node],
        name=names.get(node),
        issue=attributes.get("issue"),
        zone=zone,
        layers=_layers(zone),
        always=node in names,
    )


def _layers(zone: str) -> tuple[int, ...]:
    """What hangs on neither of the two bodies is shown with everyone."""
    return (EVERYONE,) if zone == BELOW else ()


def _edge(
    graph: StanceGraph, edge: StanceEdge, line: Line | None, places: Mapping[int, int]
) -> Edge:
    source, target, name = edge
    attributes = graph.edges[edge]
    if line is None:
        return Edge(source, target, "represents", follows=True)
    behind: tuple[Statement, ...] = attributes["statements"]
    return Edge(
        source,
        target,
        "stance",
        name,
        tone=tone_of(attributes["pole"]),
        dashed=attributes["basis"] == "reported",
        thin=attributes["qualified"],
        cases=((tuple(places[id(statement)] for statement in behind),),),
        line=line,
    )


def _bands(layout: Layout, a: Party, b: Party) -> Iterator[Band]:
    """The zones with their captions."""
    captions = {name: interface()[f"zone.{name}"] for name in (*BANDS, BELOW)}
    for key, party in (("a", a), ("b", b)):
        for area in ("only", "camp", "report"):
            captions[f"{area}_{key}"] = phrase(f"zone.{area}", a=party.short)
    for zone in layout.zones:
        yield Band(zone.name, captions[zone.name], zone.box, _layers(zone.name))


def _points(differing: Sequence[ComparisonRow]) -> int:
    """On how many points two differ: one that differs in two ways has two rows."""
    return len({(row.node, row.label, row.b_label) for row in differing})


def _summary(
    a: Party, b: Party, differing: Sequence[ComparisonRow], agreements: Sequence[Comparison]
) -> Label:
    """One or two sentences that hold the whole answer."""
    # Rows come sharpest first: a pair that differs in two ways counts once, under the sharper.
    sharpest = {(row.node, row.label, row.b_label): row for row in reversed(differing)}
    kinds = Counter(row.kind for row in sharpest.values())
    parts = [counted(f"summary.{k}", kinds[k]) for k in ("opposed", "rival", "degree") if kinds[k]]
    lead = counted("summary.disagree", len(sharpest), a=a.short, b=b.short)
    # An agreement and those over its refinements have one label: what both support.
    agreed = {comparison.label for comparison in agreements}
    derived = {comparison.label for comparison in agreements if comparison.ground != "claimed"}
    only = [counted("summary.claimed", len(agreed - derived))] if agreed - derived else []
    sentences = [
        _with_parts(lead, parts),
        _with_parts(counted("summary.agree", len(agreed)), only),
    ]
    on_report = sum(row.on_report for row in sharpest.values())
    if on_report:
        sentences.append(counted("summary.reported", on_report))
    return Label(*(" ".join(s.get(language) for s in sentences) for language in LANGUAGES))


def _with_parts(lead: Label, parts: Sequence[Label]) -> Label:
    def whole(language: Language) -> str:
        listed = ", ".join(part.get(language) for part in parts)
        return f"{lead.get(language)} ({listed})." if listed else f"{lead.get(language)}."

    return Label(*(whole(language) for language in LANGUAGES))
