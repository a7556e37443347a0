"""The fictional steering group of tests/data/queries as a store, for the tests of the queries."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.answers import Iri, Value, ask
from kg.lookup import NameIndex, arguments
from kg.names import graph_iri, shorten
from kg.queries import load_query
from kg.resources import ontology_dir, queries_dir
from kg.store import EmbeddedStore, GraphStore

FOLDER = Path(__file__).parent / "data" / "queries"
QUERIES = queries_dir()


@cache
def code_lists() -> tuple[ox.Quad, ...]:
    """The shipped code lists, in the graph of the ontology."""
    path = ontology_dir() / "apro-codes.ttl"
    graph = ox.NamedNode(graph_iri("ontology"))
    triples = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    return tuple(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in triples)


def fictional_store() -> EmbeddedStore:
    """The meetings of ``meetings.trig`` with the code lists."""
    meetings = ox.parse(path=FOLDER / "meetings.trig", format=ox.RdfFormat.TRIG)
    return EmbeddedStore.of([*meetings, *code_lists()])


def expectations() -> list[dict[str, Any]]:
    """The expected answers, one dictionary a case."""
    cases: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return cases


def shown(value: Value) -> object:
    """A cell as ``expected.json`` writes it: ids for IRIs, ISO dates, floats."""
    if isinstance(value, Iri):
        return shorten(value)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def answered(
    case: dict[str, Any], store: GraphStore, names: NameIndex
) -> tuple[list[str], list[list[object]]]:
    """The columns and the rows that a store gives for a case, as ``expected.json`` writes them."""
    query = load_query(QUERIES / f"{case['query']}.rq")
    terms = arguments(query, case["params"], names)
    proposed = case.get("include_proposed", False)
    answer = ask(store, query, terms, case.get("lang", "en"), proposed)
    return list(answer.columns), [[shown(value) for value in row] for row in answer.rows]
