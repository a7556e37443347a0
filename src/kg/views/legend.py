"""What a reader needs to know to read a drawing: only what occurs in it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.statements import Label
from kg.views.data import STYLES, named
from kg.views.texts import interface
from kg.views.view import Node, Tone, View

_TONES: tuple[Tone, ...] = ("support", "oppose", "undecided", "both", "plain")
_SAID = ("support", "oppose", "undecided")
_MOST_PLAIN = 7
"""Kinds of plain lines that are named; of more the panel says what each means."""


@dataclass(frozen=True)
class LineKey:
    """A line as it is drawn, and what it means."""

    tone: Tone
    arrow: bool
    label: Label


@dataclass(frozen=True)
class BoxKey:
    """A node as it is drawn: its kind as a class of the style sheet, its shape, and its name."""

    style: str
    shape: str
    label: Label


@dataclass(frozen=True)
class Legend:
    """`stances` are those of lines from holders to propositions; `lines` are all the others."""

    stances: tuple[Tone, ...]
    qualified: bool
    own: bool
    reported: bool
    lines: tuple[LineKey, ...]
    boxes: tuple[BoxKey, ...]


def legend(view: View) -> Legend:
    """The legend of a view."""
    said = [edge for edge in view.edges if edge.kind == "stance"]
    marks = [node.mark for node in view.nodes if node.mark]
    tones = {edge.tone for edge in said} | {mark.pole or "undecided" for mark in marks}
    return Legend(
        tuple(tone for tone in _TONES if tone in tones and tone in _SAID),
        any(edge.thin for edge in said) or any(mark.qualified for mark in marks),
        any(not edge.dashed for edge in said),
        any(edge.dashed for edge in view.edges) or any(mark.reported for mark in marks),
        _lines(view),
        _boxes(view.nodes, bool(said)),
    )


def _lines(view: View) -> tuple[LineKey, ...]:
    """Each kind of edge as it is drawn most often."""
    seen: dict[tuple[str, Tone], LineKey] = {}
    for edge in view.edges:
        if edge.kind != "stance" and (edge.kind, edge.tone) not in seen:
            label = _meaning(view, edge.kind, edge.tone)
            seen[edge.kind, edge.tone] = LineKey(edge.tone, edge.arrow and not edge.follows, label)
    plain = [one for one in seen.values() if one.tone == "plain"]
    told = [one for one in seen.values() if one.tone != "plain"]
    if len(plain) > _MOST_PLAIN:
        plain = [LineKey("plain", False, interface()["legend.lines"])]
    return tuple(sorted((*told, *plain), key=lambda one: (_TONES.index(one.tone), one.label)))


def _meaning(view: View, kind: str, tone: Tone) -> Label:
    return view.labels.get((f"tie.{kind}", tone), named("tie", kind))


def _boxes(nodes: tuple[Node, ...], signed: bool) -> tuple[BoxKey, ...]:
    """Each kind as it is drawn; where positions are lines, boxes have signs at their sides."""
    found = {(node.kind, node.shape) for node in nodes if node.shape != "sign"}
    return tuple(
        BoxKey(kind if kind in STYLES else "", shape, _told(kind, signed and shape == "box"))
        for kind, shape in sorted(found)
    )


def _told(kind: str, signed: bool) -> Label:
    """A kind as the legend explains it."""
    if kind == "proposition" and not signed:
        return named("thing", kind)
    return interface().get(f"legend.{kind}", named("thing", kind))
