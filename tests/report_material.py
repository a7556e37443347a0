"""Materials for the tests of the report: the fictional group, an empty one, and one of any size."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product

import pyoxigraph as ox

from fictional_graph import FOLDER, code_lists
from kg.names import DEFAULT_BASE, RDF, XSD, code, graph_iri, term
from kg.report.material import Material, Wish
from kg.store import EmbeddedStore
from kg.table import Table, make_table

DAY = "2030-02-01"
_GRAPH = ox.NamedNode(graph_iri("made"))


@cache
def fictional() -> tuple[EmbeddedStore, Table, tuple[ox.Quad, ...]]:
    """The steering group of tests/data/queries, with its table, made once."""
    meetings = ox.parse(path=FOLDER / "meetings.trig", format=ox.RdfFormat.TRIG)
    return stored((*meetings, *code_lists()))


def material(wish: Wish | None = None) -> Material:
    """The fictional group, looked at as a wish says."""
    store, table, quads = fictional()
    return Material(store, table, lambda: quads, wish or Wish(), DEFAULT_BASE, "0" * 64)


def made(bodies: list[str], propositions: list[str], wish: Wish | None = None) -> Material:
    """Bodies that each speak of each proposition, for and against in a pattern, in one meeting."""
    store, table, quads = stored((*_said(bodies, propositions), *code_lists()))
    return Material(store, table, lambda: quads, wish or Wish())


def nothing(wish: Wish | None = None) -> Material:
    """A graph without a single position."""
    store, table, quads = stored(code_lists())
    return Material(store, table, lambda: quads, wish or Wish())


def stored(quads: Iterable[ox.Quad]) -> tuple[EmbeddedStore, Table, tuple[ox.Quad, ...]]:
    """Quads as a store with its table."""
    kept = tuple(quads)
    store = EmbeddedStore.of(kept)
    return store, make_table(store), kept


def _said(bodies: list[str], propositions: list[str]) -> Iterable[ox.Quad]:
    yield from _named("issue", "Issue", "Issue")
    yield from _named("m", "Meeting", "Meeting")
    yield _quad("m", "dcterms:date", ox.Literal(DAY, datatype=ox.NamedNode(f"{XSD}date")))
    yield from (_quad("i", "a", _iri("AgendaItem")), _quad("i", "inMeeting", _node("m")))
    for number, name in enumerate(bodies):
        yield from _named(f"b{number}", "Body", name)
        yield from _named(f"s{number}", "SpeechAct", "")
        yield _quad(f"s{number}", "inAgendaItem", _node("i"))
        yield _quad(f"s{number}", "speaker", _node(f"b{number}"))
    for number, text in enumerate(propositions):
        yield from _named(f"p{number}", "Proposition", text)
        yield _quad(f"p{number}", "answers", _node("issue"))
    for body, proposition in product(range(len(bodies)), range(len(propositions))):
        stance = "oppose" if (body * (proposition + 1)) % 3 == 1 else "support"
        yield from _position(f"x{body}-{proposition}", body, proposition, stance)


def _position(name: str, body: int, proposition: int, stance: str) -> Iterable[ox.Quad]:
    yield _quad(name, "a", _iri("Position"))
    yield _quad(name, "holder", _node(f"b{body}"))
    yield _quad(name, "proposition", _node(f"p{proposition}"))
    yield _quad(name, "stance", ox.NamedNode(code("stance", stance)))
    yield _quad(name, "adms:status", ox.NamedNode(code("coding-status", "accepted")))
    yield _quad(name, "expressedIn", _node(f"s{body}"))


def _named(name: str, kind: str, label: str) -> Iterable[ox.Quad]:
    yield _quad(name, "a", _iri(kind))
    if label:
        yield _quad(name, "skos:prefLabel", ox.Literal(label, language="en"))


def _quad(subject: str, predicate: str, found: ox.NamedNode | ox.Literal) -> ox.Quad:
    relation = ox.NamedNode(f"{RDF}type") if predicate == "a" else _iri(predicate)
    return ox.Quad(_node(subject), relation, found, _GRAPH)


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(term(name))


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{DEFAULT_BASE}{name}")
