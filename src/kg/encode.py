"""From codings to RDF: the JSON-LD context does the mapping, this module only runs it.

One named graph a register folder, one a meeting, one for the ontology. The same input gives the
same bytes: nodes carry ids, the few blank nodes (of the ontology) get canonical labels by RDFC-1.0
(https://www.w3.org/TR/rdf-canon/), and quads are written in order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any, TypeAlias

import pyoxigraph as ox

from kg.coding.dataset import CodingFile, Dataset
from kg.coding.model import Meeting
from kg.coding.register import Register
from kg.coding.terms import context
from kg.names import DEFAULT_BASE, PREFIXES, check_base, graph_iri
from kg.resources import CODES_FILE, MODEL_FILE, ontology_dir

ONTOLOGY_FILES = (MODEL_FILE, CODES_FILE)

Graphs: TypeAlias = Mapping[str, Sequence[ox.Quad]]
"""The quads of each graph in canonical order, by the graph's term as text (``<…>``)."""


def to_jsonld(model: Register | Meeting) -> dict[str, Any]:
    """A model as the JSON-LD document that its file is, with the context inline."""
    document: dict[str, Any] = model.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude_none=True
    )
    return {**document, "@context": context()}


def from_jsonld(document: dict[str, Any], graph: str, base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The quads of a JSON-LD document whose context is inline, put into one named graph."""
    parsed = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD, base_iri=base)
    return _in_graph(parsed, graph)


def _in_graph(quads: Iterable[ox.Quad], graph: str) -> list[ox.Quad]:
    name = ox.NamedNode(graph)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads]


def encode_file(file: CodingFile, base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The quads of one coding file, in the graph of its folder or its meeting.

    Raises `InputError` if ids cannot be resolved against the base.
    """
    check_base(base)
    return from_jsonld(to_jsonld(file.model), graph_iri(file.graph, base), base)


def encode_ontology(base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The vocabulary and its code lists, in the graph ``ontology``; raises like `encode_file`."""
    check_base(base)
    parsed = (
        quad
        for file in ONTOLOGY_FILES
        for quad in ox.parse(
            path=ontology_dir() / file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True
        )
    )
    return _in_graph(parsed, graph_iri("ontology", base))


def encode(
    dataset: Dataset, base: str = DEFAULT_BASE, kept: Graphs = MappingProxyType({})
) -> list[ox.Quad]:
    """All quads of a dataset with the ontology, without repeats, in canonical order.

    `kept` has the graphs of the files that were not read, as `graphs_of` gives them. Raises
    `InputError` if ids cannot be resolved against the base.
    """
    quads = encode_ontology(base)
    for file in dataset.files:
        quads += encode_file(file, base)
    # Blank nodes, whose labels hang on all that is said of them, are in the ontology alone: the
    # graphs of the others are the same, whatever stands beside them.
    graphs = {**kept, **graphs_of(canonical(quads))}
    return [quad for name in sorted(graphs) for quad in graphs[name]]


def graphs_of(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """Quads in canonical order by the term of their graph; the order stays."""
    graphs = groupby(quads, key=lambda quad: quad.graph_name)
    return {str(name): list(members) for name, members in graphs}


def canonical(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The same dataset with canonical blank node labels, sorted by graph, subject, predicate."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=_order)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def to_trig(quads: Sequence[ox.Quad], base: str = DEFAULT_BASE) -> bytes:
    """Canonical quads as TriG text."""
    return serialised(quads, ox.RdfFormat.TRIG, {**PREFIXES, "data": base})


def to_turtle(triples: Iterable[ox.Triple], base: str = DEFAULT_BASE) -> bytes:
    """Triples as Turtle text, sorted."""
    ordered = sorted(set(triples), key=str)
    return serialised(ordered, ox.RdfFormat.TURTLE, {**PREFIXES, "data": base})


def serialised(
    data: Iterable[ox.Quad] | Iterable[ox.Triple],
    form: ox.RdfFormat,
    prefixes: dict[str, str] | None = None,
) -> bytes:
    """Quads or triples in one of RDF's syntaxes."""
    text = ox.serialize(data, format=form, prefixes=prefixes)
    assert text is not None  # without an output file, serialize returns the bytes
    return text
