"""Things and ties written by hand, for the tests of views that draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fictional_graph import QUERIES, fictional_store
from kg.layout.boxes import Box
from kg.queries import load_query
from kg.statements import Label, Statement
from kg.things import Link, Thing, read_links, read_things
from kg.views.view import Edge, Node, View


def thing(key: str, kind: str, name: str = "", **values: str) -> Thing:
    """A thing called like its key; ``a__b`` in a name of a value is ``a.b``."""
    label = Label.same(name or key)
    told = {key.replace("__", "."): (Label.same(text),) for key, text in values.items()}
    return Thing(key, kind, label, label, told)


def things(*found: Thing) -> dict[str, Thing]:
    """Things by key."""
    return {one.id: one for one in found}


def links(*found: str) -> tuple[Link, ...]:
    """Ties written as ``source kind target``."""
    return tuple(Link(*one.split(" ")) for one in found)


def fictional(name: str) -> tuple[dict[str, Thing], tuple[Link, ...]]:
    """The things of the fictional steering group, and their ties by the query ``links-NAME``."""
    store = fictional_store()
    query = load_query(QUERIES / "internal" / f"links-{name}.rq")
    return dict(read_things(store)), read_links(store, query)


def position(holder: str, proposition: str, **more: str | bool) -> Statement:
    """A supporting position of a body; `more` are fields of `Statement`."""
    given: dict[str, object] = {
        "position": f"{holder}-{proposition}",
        "holder": holder,
        "holder_kind": "body",
        "holder_name": Label.same(holder),
        "body": holder,
        "body_name": Label.same(holder),
        "proposition": proposition,
        "proposition_label": Label.same(proposition),
        "issue": "",
        "issue_label": Label.same(""),
        "stance": "support",
        "pole": "support",
        "qualified": False,
        "basis": "own",
        "speaker_name": "",
        "meeting": "",
        "meeting_label": Label.same(""),
        "date": "2030-01-10",
        "item": "",
        "paragraph": None,
        "start": None,
        "end": None,
        "quote": "",
        "condition_label": Label.same(""),
    }
    return Statement(**(given | more))  # type: ignore[arg-type]


def node(view: View, key: str) -> Node:
    """The node of a key."""
    return next(one for one in view.nodes if one.key == key)


def edge(view: View, source: str, kind: str, target: str) -> Edge:
    """The one edge of a kind between two nodes."""
    found = [
        one for one in view.edges if (one.source, one.kind, one.target) == (source, kind, target)
    ]
    assert len(found) == 1, f"{len(found)} edges: {source} {kind} {target}"
    return found[0]


def said(view: View, key: str) -> list[tuple[str, str]]:
    """The facts of a node in English."""
    return [(fact, text.en) for fact, text in node(view, key).facts]


def check(view: View) -> None:
    """What holds of every view: distinct keys, ends that exist, boxes that do not overlap."""
    keys = [one.key for one in view.nodes]
    assert len(set(keys)) == len(keys)
    for one in view.edges:
        assert {one.source, one.target} <= set(keys)
    for box in view.nodes:
        assert all(0 <= place < len(view.statements) for place in box.statements)
    assert not overlapping([one.box for one in view.nodes])
    assert not overlapping([one.box for one in view.bands])
    zones = {one.zone for one in view.nodes} - {""}
    assert {band.name for band in view.bands if not band.always} <= zones
    assert zones <= {band.name for band in view.bands}


def overlapping(boxes: Sequence[Box]) -> list[tuple[Box, Box]]:
    """Pairs of boxes that share some area."""
    pairs = ((a, b) for place, a in enumerate(boxes) for b in boxes[place + 1 :])
    return [(a, b) for a, b in pairs if a.overlaps(b)]


def within(boxes: Iterable[Box], outer: Box) -> bool:
    """Tell whether all boxes lie inside another."""
    return all(
        abs(box.x - outer.x) * 2 <= outer.width - box.width
        and abs(box.y - outer.y) * 2 <= outer.height - box.height
        for box in boxes
    )
