"""Codings to RDF: the published context does the mapping, and the same bytes come out each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pydantic import BaseModel
from pyld import jsonld
from rdflib import Graph
from ruamel.yaml import YAML

from ferry import FERRY
from kg.codes import code_lists
from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.coding.register import Register
from kg.coding.terms import context
from kg.coding.validation import models
from kg.encode import (
    canonical,
    encode,
    encode_file,
    encode_ontology,
    from_jsonld,
    to_trig,
)
from kg.errors import InputError
from kg.names import CONTEXT, DEFAULT_BASE, code, graph_iri, term

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = [path for path, _ in find_files(DATA, DATA)]
EXAMPLES = [path for path, _ in find_files(FERRY, FERRY)]

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def ferry() -> Dataset:
    dataset, findings = load_dataset(find_files(FERRY, FERRY))
    assert findings == []
    return dataset


def raw_document(path: Path) -> str:
    """A file as any YAML-LD tool reads it, with the context inline; nothing of ours takes part."""
    document = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert document["@context"] == CONTEXT
    published = DATA.parent / "ontology" / "apro-context.jsonld"
    inline = json.loads(published.read_text(encoding="utf-8"))["@context"]
    return json.dumps({**document, "@context": inline}, default=lambda day: day.isoformat())


def triples(text: str | bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=form, base_iri=DEFAULT_BASE)}


# rdflib's JSON-LD reader uses what rdflib itself calls deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    "path", SHIPPED + EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.name}"
)
def test_the_context_alone_makes_the_same_triples(
    shipped: Dataset, ferry: Dataset, path: Path
) -> None:
    (file,) = (one for one in (*shipped.files, *ferry.files) if one.yaml.path == path)
    ours = {quad.triple for quad in encode_file(file)}
    raw = raw_document(path)
    assert triples(raw, ox.RdfFormat.JSON_LD) == ours
    by_pyld = jsonld.to_rdf(
        json.loads(raw), {"base": DEFAULT_BASE, "format": "application/n-quads"}
    )
    assert triples(by_pyld, ox.RdfFormat.N_QUADS) == ours
    by_rdflib = Graph().parse(data=raw, format="json-ld", base=DEFAULT_BASE)
    assert triples(by_rdflib.serialize(format="nt"), ox.RdfFormat.N_TRIPLES) == ours


def test_a_file_goes_into_the_graph_of_its_folder_or_meeting(shipped: Dataset) -> None:
    graphs = {str(file.yaml.path.parent.name): encode_file(file) for file in shipped.files}
    for folder in ("authorities", "issues", "reforms"):
        assert {quad.graph_name for quad in graphs[folder]} == {ox.NamedNode(graph_iri(folder))}
    (meeting,) = shipped.meetings
    assert {quad.graph_name for quad in graphs["meetings"]} == {
        ox.NamedNode(f"{DEFAULT_BASE}graph/{meeting.id}")
    }
    assert {quad.graph_name for quad in encode_ontology()} == {ox.NamedNode(graph_iri("ontology"))}


def test_the_coding_describes_the_graph_that_it_is(shipped: Dataset) -> None:
    (meeting,) = shipped.meetings
    name = ox.NamedNode(graph_iri(meeting.id))
    described = [quad for quad in encode(shipped) if quad.subject == name]
    assert {quad.graph_name for quad in described} == {name}
    assert ox.NamedNode(term("Coding")) in {quad.object for quad in described}


def test_no_blank_node_stands_in_the_data(shipped: Dataset) -> None:
    ontology = ox.NamedNode(graph_iri("ontology"))
    data = [quad for quad in encode(shipped) if quad.graph_name != ontology]
    assert len(data) > 4000
    assert not [q for q in data if ox.BlankNode in {type(q.subject), type(q.object)}]


def test_every_value_is_in_its_canonical_form(shipped: Dataset) -> None:
    """Virtuoso and others rewrite what is not: 01, +1, 1.50, times with a zone."""
    for quad in encode(shipped):
        if isinstance(quad.object, ox.Literal):
            value, kind = quad.object.value, quad.object.datatype.value.removeprefix(XSD)
            if kind in {"integer", "nonNegativeInteger"}:
                assert value == str(int(value))
            if kind == "boolean":
                assert value in {"true", "false"}
            if kind == "dateTime":
                assert value == datetime.fromisoformat(value).isoformat()
                assert datetime.fromisoformat(value).tzinfo is None


def test_quads_are_in_order_and_without_repeats(shipped: Dataset) -> None:
    quads = encode(shipped)
    keys = [str(quad) for quad in quads]
    assert len(set(keys)) == len(keys)
    assert [str(q.graph_name) for q in quads] == sorted(str(q.graph_name) for q in quads)
    assert canonical(reversed(quads)) == quads


def test_blank_nodes_are_named_after_what_they_say() -> None:
    """The ontology may have some; a parser gives them other names each time."""

    def read() -> list[ox.Quad]:
        text = "[] <http://e/p> [ <http://e/q> 1 ] , [ <http://e/q> 2 ] ."
        form = ox.RdfFormat.TURTLE
        return list(ox.parse(text, format=form, rename_blank_nodes=True))

    assert set(read()) != set(read())
    assert to_trig(canonical(read())) == to_trig(canonical(read()))


def test_trig_reads_back_as_the_same_quads(shipped: Dataset) -> None:
    quads = encode(shipped)
    assert set(ox.parse(to_trig(quads), format=ox.RdfFormat.TRIG)) == set(quads)


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(shipped: Dataset) -> None:
    again, _ = load_dataset(reversed(find_files(DATA, DATA)))
    assert to_trig(encode(again)) == to_trig(encode(shipped))


def test_the_hash_seed_of_python_changes_no_byte() -> None:
    program = (
        "import sys, hashlib; from pathlib import Path;"
        "from kg.coding.dataset import find_files, load_dataset;"
        "from kg.encode import encode, to_trig;"
        "folder = Path(sys.argv[1]);"
        "dataset, _ = load_dataset(find_files(folder, folder));"
        "print(hashlib.sha256(to_trig(encode(dataset))).hexdigest())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(FERRY)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "4711")
    ]
    digests = {process.communicate(timeout=60)[0].strip() for process in running}
    assert len(digests) == 1
    assert len(digests.pop()) == 64


# The base


@pytest.mark.parametrize("base", ["http://localhost:8000/ä/"])
def test_a_base_moves_every_iri_of_the_data_and_nothing_else(shipped: Dataset, base: str) -> None:
    def moved(node: Any) -> Any:
        value = getattr(node, "value", "")
        if isinstance(node, ox.NamedNode) and value.startswith(DEFAULT_BASE):
            return ox.NamedNode(base + value.removeprefix(DEFAULT_BASE))
        return node

    default = [
        ox.Quad(moved(q.subject), q.predicate, moved(q.object), moved(q.graph_name))
        for q in encode(shipped)
    ]
    assert canonical(default) == encode(shipped, base)
    text = to_trig(encode(shipped, base), base).decode()
    assert f"@prefix data: <{base}> ." in text


@pytest.mark.parametrize(
    "base",
    [
        "",
        "data/",
        "example.org/data/",
        "ftp://example.org/",
        "https://",
        "https:///data/",
        "https://example.org",
        "https://example.org/data",
        "https://example.org/data#",
        "https://example.org/?q=/",
        "https://example.org/a/../b/",
        "https://example.org/./",
        "https://exa mple.org/",
        "https://example.org/<x>/",
        "http://[::/",
    ],
)
def test_a_base_that_cannot_carry_ids_is_refused(ferry: Dataset, base: str) -> None:
    encodings: list[Callable[[], object]] = [
        lambda: encode(ferry, base),
        lambda: encode_file(ferry.files[0], base),
        lambda: encode_ontology(base),
    ]
    for encoding in encodings:
        with pytest.raises(InputError, match="cannot carry ids: give an http") as caught:
            encoding()
        assert f"“{base}”" in str(caught.value)


# Codes


def coded_keys() -> Iterator[tuple[str, str]]:
    """The keys of the context whose values are codes, with their lists."""
    for key, definition in context().items():
        if isinstance(definition, dict) and definition.get("@type") == "@vocab":
            yield key, definition["@context"]["@vocab"].rstrip("/").rpartition("/")[2]


def test_every_code_is_the_iri_that_its_list_has() -> None:
    """Also where a code is spelt as a key is: `act: summary`, `dateKind: deadline`."""
    checked = Counter[str]()
    for key, scheme in coded_keys():
        property_iri = term(context()[key]["@id"].removeprefix("apro:"))
        for notation in code_lists()[scheme]:
            document = {"@context": context(), "id": "x", key: notation}
            (quad,) = from_jsonld(document, graph_iri("x"))
            assert quad.predicate.value == property_iri
            assert quad.object == ox.NamedNode(code(scheme, notation))
            checked[scheme] += 1
    assert set(checked) == set(code_lists()) - {"basis"}
    assert checked == {scheme: len(code_lists()[scheme]) for scheme in checked}


def test_every_key_of_the_models_is_in_the_context_and_the_other_way_round() -> None:
    kinds: list[type[BaseModel]] = [Register, *models().values()]
    keys = {field.alias or name for kind in kinds for name, field in kind.model_fields.items()}
    prefixes = {key for key, value in context().items() if str(value).endswith(("#", "/"))}
    types = {key for key in context() if key[0].isupper()}
    assert keys - {"@context"} == set(context()) - prefixes - types - {"@version", "@vocab"}
    assert all(term(key) == term(context()[key]) for key in types)


def test_a_meeting_said_twice_is_encoded_once(ferry: Dataset) -> None:
    doubled = Dataset((*ferry.files, *ferry.files), ferry.checked)
    assert encode(doubled) == encode(ferry)
