"""The codec on random small meetings: what goes in comes out, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from pyld import jsonld

from kg.coding.identify import identify
from kg.coding.model import Meeting
from kg.coding.yamlfile import plain
from kg.encode import from_jsonld, to_jsonld
from kg.names import CONTEXT, DEFAULT_BASE, code, graph_iri, term
from random_meetings import MEETINGS, tree_of

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"

# These tables are written from the ontology, not from the
# context, so that they would notice a wrong mapping.

LANGUAGE_TEXTS = {
    "label": f"{SKOS}prefLabel",
    "summary": term("dcterms:abstract"),
    "title": term("schema:jobTitle"),
    "place": term("schema:location"),
    "unit": term("schema:unitText"),
    "note": f"{SKOS}note",
}
TEXTS = {
    "coder": term("coder"),
    "fileName": term("fileName"),
    "language": f"{DCTERMS}language",
    "sha256": term("schema:sha256"),
    "asWritten": term("asWritten"),
    "number": term("number"),
    "quote": term("quote"),
}
TYPED = {
    "characters": (term("characters"), "integer"),
    "sequence": (term("sequence"), "integer"),
    "paragraph": (term("paragraph"), "integer"),
    "value": (term("schema:value"), "decimal"),
    "start": (f"{OA}start", "nonNegativeInteger"),
    "end": (f"{OA}end", "nonNegativeInteger"),
    "present": (term("present"), "boolean"),
    "partiesImplied": (term("partiesImplied"), "boolean"),
    "date": (f"{DCTERMS}date", "date"),
    "codedOn": (f"{DCTERMS}created", "date"),
    "dated": (f"{DCTERMS}issued", "date"),
    "earliest": (term("earliest"), "date"),
    "latest": (term("latest"), "date"),
    "actualStart": (term("prov:startedAtTime"), "dateTime"),
}
IDS = {
    "heldBy": term("heldBy"),
    "person": term("org:member"),
    "represents": term("represents"),
    "speaker": term("speaker"),
    "repliesTo": term("repliesTo"),
    "of": f"{OA}hasSource",
    "holder": term("holder"),
    "proposition": term("proposition"),
    "condition": term("condition"),
    "supports": term("supports"),
    "parties": term("party"),
    "about": term("about"),
}
CODES = {
    "role": (term("org:role"), "role"),
    "act": (term("actType"), "act"),
    "stance": (term("stance"), "stance"),
    "confidence": (term("confidence"), "confidence"),
    "status": (term("adms:status"), "coding-status"),
    "alignment": (term("alignment"), "alignment"),
    "progress": (term("progress"), "progress"),
    "dateKind": (term("dateKind"), "date-kind"),
}
CHILDREN = {
    "coding": term("coding"),
    "document": term("documentedIn"),
    "at": term("evidence"),
    "reasons": term("reason"),
    "dates": term("atDate"),
    "figures": term("figure"),
}
PARENTS = {
    "participants": term("inMeeting"),
    "items": term("inMeeting"),
    "entries": term("inAgendaItem"),
    "positions": term("expressedIn"),
    "claims": term("expressedIn"),
    "reports": term("expressedIn"),
}


def triples_of(node: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What a node must say in RDF, subject, predicate and object as N-Triples has them."""
    this = iri(node["id"])
    yield this, str(RDF_TYPE), f"<{term(node['type'])}>"
    for key, value in node.items():
        if key in LANGUAGE_TEXTS:
            for language, text in value.items():
                yield this, f"<{LANGUAGE_TEXTS[key]}>", str(ox.Literal(text, language=language))
        elif key in TEXTS:
            yield this, f"<{TEXTS[key]}>", str(ox.Literal(value))
        elif key in TYPED:
            name, kind = TYPED[key]
            lexical = str(value).lower() if isinstance(value, bool) else str(value)
            yield this, f"<{name}>", str(ox.Literal(lexical, datatype=ox.NamedNode(XSD + kind)))
        elif key in IDS:
            for one in value if isinstance(value, list) else [value]:
                yield this, f"<{IDS[key]}>", iri(one)
        elif key in CODES:
            name, scheme = CODES[key]
            yield this, f"<{name}>", f"<{code(scheme, value)}>"
        elif key in CHILDREN or key in PARENTS:
            for child in value if isinstance(value, list) else [value]:
                if key in CHILDREN:
                    yield this, f"<{CHILDREN[key]}>", iri(child["id"])
                else:
                    yield iri(child["id"]), f"<{PARENTS[key]}>", this
                yield from triples_of(child)
        else:
            assert key in {"id", "type", "@context"}, f"no expectation for {key}"


def iri(identifier: str) -> str:
    return f"<{DEFAULT_BASE}{identifier}>"


@pytest.mark.slow
def test_the_random_meetings_have_every_key_that_is_expected() -> None:
    """Else the tests below would pass for want of examples."""
    seen = Counter[str]()

    @settings(max_examples=80)
    @given(MEETINGS)
    def count(meeting: dict[str, Any]) -> None:
        seen.update(keys_of(meeting))

    count()
    made_by_the_tool = {"sequence", "id", "type"}
    tables = (LANGUAGE_TEXTS, TEXTS, TYPED, IDS, CODES, CHILDREN, PARENTS)
    assert {key for table in tables for key in table} - made_by_the_tool - set(seen) == set()


def keys_of(node: Any) -> Iterator[str]:
    for key, value in node.items() if isinstance(node, dict) else ():
        yield key
        yield from keys_of(value)
    for value in node if isinstance(node, list) else ():
        yield from keys_of(value)


@settings(max_examples=25)
@given(MEETINGS)
def test_what_goes_in_comes_out_and_nothing_else(meeting: dict[str, Any]) -> None:
    tree = tree_of(meeting)
    identify(tree)
    model = Meeting.model_validate(plain(tree))
    quads = from_jsonld(to_jsonld(model), graph_iri("m"))
    found = Counter((str(q.subject), str(q.predicate), str(q.object)) for q in quads)
    assert set(found) == set(triples_of(plain(tree)))
    assert all(
        isinstance(node, ox.NamedNode | ox.Literal) for q in quads for node in (q.subject, q.object)
    )


@settings(max_examples=25)
@given(MEETINGS)
def test_model_to_yaml_to_model_is_the_identity(meeting: dict[str, Any]) -> None:
    tree = tree_of(meeting)
    identify(tree)
    model = Meeting.model_validate(plain(tree))
    document = {**to_jsonld(model), "@context": CONTEXT}
    again = Meeting.model_validate(plain(tree_of(document)))
    assert again == model
    assert to_jsonld(again) == to_jsonld(model)


@settings(max_examples=10)
@given(MEETINGS)
def test_another_processor_agrees_on_any_meeting(meeting: dict[str, Any]) -> None:
    tree = tree_of(meeting)
    identify(tree)
    document = to_jsonld(Meeting.model_validate(plain(tree)))
    by_pyld = jsonld.to_rdf(
        json.loads(json.dumps(document)), {"base": DEFAULT_BASE, "format": "application/n-quads"}
    )
    ours = {quad.triple for quad in from_jsonld(document, graph_iri("m"))}
    assert {quad.triple for quad in ox.parse(by_pyld, format=ox.RdfFormat.N_QUADS)} == ours
