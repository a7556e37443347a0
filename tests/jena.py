"""Apache Jena, the second engine: SHACL and SPARQL on the triples of a graph."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from java_tools import java
from kg.store import Solutions

LANG = "org.apache.jena.riot.Lang"


def load(graph: Graph) -> Any:
    """Jena's copy of a graph."""
    text = graph.serialize(format="nt")
    return java("org.apache.jena.riot.RDFParser").fromString(text, java(LANG).NTRIPLES).toGraph()


def validate(data: Graph, shapes: Graph) -> Graph:
    """The report of Jena's SHACL."""
    parsed = java("org.apache.jena.shacl.Shapes").parse(load(shapes))
    report = java("org.apache.jena.shacl.ShaclValidator").get().validate(parsed, load(data))
    writer = java("org.apache.jena.riot.RDFWriter").source(report.getGraph())
    return Graph().parse(data=str(writer.lang(java(LANG).NTRIPLES).asString()), format="nt")


def select(graph: Any, text: str) -> Solutions:
    """The solutions of a SELECT on a graph of `load`."""
    out = java("java.io.ByteArrayOutputStream")()
    execution = java("org.apache.jena.sparql.exec.QueryExec").graph(graph).query(text).build()
    try:
        rows = java("org.apache.jena.query.ResultSet").adapt(execution.select())
        form = java("org.apache.jena.riot.resultset.ResultSetLang").RS_JSON
        java("org.apache.jena.riot.ResultSetMgr").write(out, rows, form)
    finally:
        execution.close()
    answer = ox.parse_query_results(bytes(out.toByteArray()), format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    names = tuple(variable.value for variable in answer.variables)
    return Solutions(names, tuple(tuple(row[name] for name in names) for row in answer))
