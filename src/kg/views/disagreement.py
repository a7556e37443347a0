"""The pages themselves: what goes on each, in which order, and the sentence that says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.layout import BANDS, face_to_face
from kg.networks.stances import StanceGraph, stance_network
from kg.statements import LANGUAGES, Comparison, Label, Language, Statement
from kg.views.models import Codes, Meeting, PageLink, Party, Source
from kg.views.payload import Json, code_label, network_payload, node_ids, stances_of
from kg.views.shell import program, render, vis_network
from kg.views.tables import (
    ComparisonRow,
    Marks,
    bands,
    comparison_rows,
    marks,
    statement_rows,
)
from kg.views.texts import Texts, counted, interface, phrase

NETWORK_SCRIPTS = (
    "text.js",
    "theme.js",
    "labels.js",
    "state.js",
    "draw.js",
    "camera.js",
    "panel.js",
    "controls.js",
    "network_page.js",
)


def disagreement_page(
    a: Party,
    b: Party,
    statements: Sequence[Statement],
    disagreements: Sequence[Comparison],
    agreements: Sequence[Comparison],
    codes: Codes,
    source: Source,
    *,
    language: Language = "en",
    index_file: str = "",
) -> str:
    """Two bodies face to face: where they disagree and agree, on whose word, with the evidence.

    `statements` are those of the whole network, `disagreements` and `agreements` those between
    `a` and `b`. The page opens in `language` and switches to the others without a reload; with
    `index_file` it links back to the index. Equal input gives equal bytes.
    """
    graph = stance_network(statements)
    for party in (a, b):
        graph.add_node(party.id, kind="body", label=party.short)
    texts, mark, ids = Texts(language), marks(statements, codes), node_ids(graph)
    differing = comparison_rows(disagreements, graph, codes, mark)
    agreeing = comparison_rows(agreements, graph, codes, mark)
    return render(
        "disagreement.html.j2",
        texts,
        [vis_network(), program(*NETWORK_SCRIPTS)],
        _view(graph, a, b, bands(disagreements, agreements), codes, texts),
        title=phrase("heading.disagreement", a=a.short, b=b.short),
        summary=_summary(a, b, differing, agreements),
        scope=_scope(statements),
        a=a,
        b=b,
        differing=differing,
        agreeing=agreeing,
        rows=statement_rows(graph, codes, mark),
        filters=_filters(graph, statements, codes, mark, ids),
        source=source,
        index_file=index_file,
    )


def index_page(
    title: Label,
    pages: Sequence[PageLink],
    meetings: Sequence[Meeting],
    source: Source,
    *,
    language: Language = "en",
) -> str:
    """The first page of a build: its pages with a sentence each, and the meetings behind them."""
    scripts = [program("text.js", "theme.js", "index_page.js")]
    return render(
        "index.html.j2",
        Texts(language),
        scripts,
        None,
        title=title,
        pages=pages,
        meetings=meetings,
        source=source,
        index_file="",
    )


def _view(
    graph: StanceGraph, a: Party, b: Party, band: Mapping[str, str], codes: Codes, texts: Texts
) -> Json:
    captions = {name: interface()[f"zone.{name}"] for name in (*BANDS, "others")}
    for key, party in (("a", a), ("b", b)):
        captions[f"only_{key}"] = phrase("zone.only", a=party.short)
        captions[f"camp_{key}"] = phrase("zone.camp", a=party.short)
    layout = face_to_face(graph, a.id, b.id, band)
    ids = node_ids(graph)
    return network_payload(graph, layout, captions, codes, texts) | {"pair": [ids[a.id], ids[b.id]]}


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


def _scope(statements: Sequence[Statement]) -> Label:
    """How many positions, from which meetings."""
    meetings = sorted({(s.date, s.meeting_label) for s in statements})
    names = Label(*("; ".join(label.get(lang) for _, label in meetings) for lang in LANGUAGES))
    return phrase("source.scope", n=len({s.position for s in statements}), meetings=names)


def _filters(
    graph: StanceGraph,
    statements: Sequence[Statement],
    codes: Codes,
    mark: Marks,
    ids: Mapping[str, str],
) -> dict[str, list[tuple[str, Label, Any]]]:
    """The choices of each filter: value, label and, for stances, how they are marked."""
    bodies = sorted({(s.body_name, ids[s.body]) for s in statements if s.body})
    choices: list[tuple[str, Label, Any]] = [(name, label, None) for label, name in bodies]
    if any(not s.body for s in statements):
        choices.append(("", interface()["controls.no_body"], None))
    found = sorted(stances_of(graph, "stance"), key=lambda s: _weight(mark, s))
    return {
        "bodies": choices,
        "stances": [(s, code_label(codes, "stance", s), mark(s)) for s in found],
        "bases": [(x, code_label(codes, "basis", x), None) for x in stances_of(graph, "basis")],
    }


def _weight(mark: Marks, stance: str) -> tuple[int, str]:
    """From full support to full opposition."""
    shown = mark(stance)
    order = ("support", "support?", "?", "oppose?", "oppose")
    return order.index(shown.pole + ("?" if shown.qualified else "")), stance
