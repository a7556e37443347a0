"""Codings to RDF: the published context does the mapping, and the same bytes come out each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pyld import jsonld
from rdflib import Graph
from ruamel.yaml import YAML

from ferry import FERRY
from kg.codes import code_lists
from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.coding.identify import identify
from kg.coding.model import Meeting
from kg.coding.register import Register
from kg.coding.validation import models
from kg.coding.yamlfile import plain, yaml_reader
from kg.encode import (
    canonical,
    context,
    encode,
    encode_file,
    encode_ontology,
    from_jsonld,
    to_jsonld,
    to_trig,
)
from kg.errors import InputError
from kg.names import CONTEXT, DEFAULT_BASE, code, graph_iri, term

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = [path for path, _ in find_files(DATA, DATA)]
EXAMPLES = [path for path, _ in find_files(FERRY, FERRY)]

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"


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
        for seed in ("0", "1", "4711")
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
        property_iri = context()[key]["@id"].replace("apro:", term(""))
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
    assert keys - {"@context"} == set(context()) - prefixes - {"@version", "@vocab"}


# The codec: random small meetings. The tables below are written from the ontology, not from the
# context, so that they would notice a wrong mapping.

LANGUAGE_TEXTS = {
    "label": f"{SKOS}prefLabel",
    "summary": term("summary"),
    "title": term("title"),
    "place": term("place"),
    "unit": term("unit"),
    "note": f"{SKOS}note",
}
TEXTS = {
    "coder": f"{DCTERMS}creator",
    "fileName": term("fileName"),
    "language": f"{DCTERMS}language",
    "sha256": term("sha256"),
    "nameAsWritten": term("nameAsWritten"),
    "itemNumber": term("itemNumber"),
    "quote": term("quote"),
    "written": term("dateAsWritten"),
}
TYPED = {
    "meetingNumber": (term("meetingNumber"), "integer"),
    "characters": (term("characters"), "integer"),
    "sequence": (term("sequence"), "integer"),
    "paragraph": (term("paragraph"), "integer"),
    "value": (term("value"), "integer"),
    "start": (f"{OA}start", "nonNegativeInteger"),
    "end": (f"{OA}end", "nonNegativeInteger"),
    "present": (term("present"), "boolean"),
    "partiesImplied": (term("partiesImplied"), "boolean"),
    "date": (f"{DCTERMS}date", "date"),
    "codedOn": (f"{DCTERMS}created", "date"),
    "dated": (f"{DCTERMS}issued", "date"),
    "earliest": (term("earliest"), "date"),
    "latest": (term("latest"), "date"),
    "actualStart": (term("actualStart"), "dateTime"),
}
IDS = {
    "heldBy": term("heldBy"),
    "person": term("participant"),
    "represents": term("represents"),
    "speaker": term("speaker"),
    "repliesTo": term("repliesTo"),
    "of": f"{OA}hasSource",
    "holder": term("holder"),
    "proposition": term("proposition"),
    "condition": term("condition"),
    "supports": term("supports"),
    "parties": term("party"),
    "regarding": term("regarding"),
    "about": term("about"),
}
CODES = {
    "role": (term("role"), "role"),
    "act": (term("actType"), "act"),
    "stance": (term("stance"), "stance"),
    "confidence": (term("confidence"), "confidence"),
    "status": (term("codingStatus"), "coding-status"),
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
    "participants": term("participationIn"),
    "items": term("inMeeting"),
    "entries": term("inAgendaItem"),
    "positions": term("expressedIn"),
    "claims": term("claimedIn"),
    "reports": term("reportedIn"),
}

# Words that YAML, JSON-LD or RDF could take for something else, and any other text.
TRAPS = [
    "no",
    "null",
    "14:02",
    "010",
    "2021-10-25",
    "@id",
    "apro:x",
    "_:b0",
    "a\nb",
    "”ä” 𝒳\\",
    "~",
]
ANY = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
WORDS = (st.sampled_from(TRAPS) | ANY).filter(lambda text: text and text == text.strip())
PHRASES = st.sampled_from([*TRAPS, "three short words"])
BY_LANGUAGE = st.dictionaries(st.sampled_from(["en", "fi", "sv", "sme"]), WORDS, min_size=1)
NAMES = st.sampled_from(["SM", "stm", "a.b", "x~1", "deep/er/id", "label", "summary", "deadline"])
DAYS = st.dates(date(1, 1, 1)).map(date.isoformat)
NUMBERS = st.integers(0, 10**12)


def some(values: Any) -> Any:
    return st.lists(values, min_size=1, max_size=2, unique=True)


def codes(scheme: str) -> Any:
    return st.sampled_from(sorted(code_lists()[scheme]))


def several(node: Any, least: int = 0) -> Any:
    return st.lists(node, min_size=least, max_size=2)


def dated(days: tuple[str, str], more: dict[str, Any]) -> dict[str, Any]:
    return {**more, "earliest": min(days), "latest": max(days)}


PASSAGES = st.builds(
    lambda start, length, paragraph: {
        "of": "m/memo",
        "paragraph": paragraph,
        "start": start,
        "end": start + length,
    },
    NUMBERS,
    st.integers(1, 10**6),
    NUMBERS,
)
DATES = st.builds(
    dated,
    st.tuples(DAYS, DAYS),
    st.fixed_dictionaries({"dateKind": codes("date-kind"), "written": PHRASES}),
)
FIGURES = st.fixed_dictionaries(
    {"label": BY_LANGUAGE, "value": st.integers(-(10**15), 10**15), "unit": BY_LANGUAGE}
)
ARGUMENTS = st.fixed_dictionaries({"label": BY_LANGUAGE}, optional={"supports": some(NAMES)})
POSITIONS = st.fixed_dictionaries(
    {"holder": NAMES, "proposition": NAMES, "stance": codes("stance")},
    optional={
        "condition": some(NAMES),
        "quote": PHRASES,
        "confidence": codes("confidence"),
        "status": codes("coding-status"),
        "reasons": several(ARGUMENTS),
        "at": PASSAGES,
        "note": BY_LANGUAGE,
    },
)
CLAIMS = st.fixed_dictionaries(
    {"alignment": codes("alignment"), "regarding": some(NAMES)},
    optional={"parties": some(NAMES), "partiesImplied": st.booleans(), "summary": BY_LANGUAGE},
)
REPORTS = st.fixed_dictionaries(
    {
        "about": some(NAMES),
        "summary": BY_LANGUAGE,
        "dates": several(DATES),
        "figures": several(FIGURES),
    },
    optional={"progress": codes("progress")},
)
ENTRIES = st.fixed_dictionaries(
    {
        "act": codes("act"),
        "summary": BY_LANGUAGE,
        "positions": several(POSITIONS),
        "claims": several(CLAIMS),
        "reports": several(REPORTS),
    },
    optional={
        "speaker": NAMES,
        "repliesTo": some(NAMES),
        "at": PASSAGES,
    },
)
ITEMS = st.fixed_dictionaries(
    {"itemNumber": st.sampled_from(["1", "2", "5a", "B.3"]), "label": BY_LANGUAGE},
    optional={"entries": several(ENTRIES, 1), "at": PASSAGES},
)
PARTICIPANTS = st.fixed_dictionaries(
    {"person": NAMES, "represents": NAMES, "role": codes("role")},
    optional={"title": BY_LANGUAGE, "present": st.booleans(), "nameAsWritten": WORDS},
)
MEETINGS = st.fixed_dictionaries(
    {
        "id": st.just("m"),
        "label": BY_LANGUAGE,
        "heldBy": NAMES,
        "date": DAYS,
        "coding": st.fixed_dictionaries(
            {"coder": WORDS, "codedOn": DAYS, "status": codes("coding-status")}
        ),
        "document": st.fixed_dictionaries(
            {},
            optional={
                "fileName": WORDS,
                "sha256": st.sampled_from(["0" * 64, "a1" * 32, "1" * 64]),
                "characters": st.integers(1, 10**9),
                "dated": DAYS,
                "language": st.sampled_from(["fi", "sme"]),
            },
        ),
        "participants": several(PARTICIPANTS),
        "items": several(ITEMS, 1),
    },
    optional={
        "meetingNumber": st.integers(-5, 500),
        "place": BY_LANGUAGE,
        "actualStart": st.datetimes(datetime(1, 1, 1)).map(
            lambda moment: (moment - timedelta(microseconds=moment.microsecond)).isoformat()
        ),
    },
)


def tree_of(meeting: Mapping[str, Any]) -> Any:
    """A meeting as its file gives it, by way of YAML text."""
    out = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False  # in flow style it writes `{en: ?0}`, which it cannot read
    writer.dump(meeting, out)
    return yaml_reader().load(out.getvalue())


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


def test_the_random_meetings_have_every_key_that_is_expected() -> None:
    """Else the tests below would pass for want of examples."""
    seen = Counter[str]()

    @settings(max_examples=40)
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


@settings(max_examples=40)
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


@settings(max_examples=40)
@given(MEETINGS)
def test_model_to_yaml_to_model_is_the_identity(meeting: dict[str, Any]) -> None:
    tree = tree_of(meeting)
    identify(tree)
    model = Meeting.model_validate(plain(tree))
    document = {**to_jsonld(model), "@context": CONTEXT}
    again = Meeting.model_validate(plain(tree_of(document)))
    assert again == model
    assert to_jsonld(again) == to_jsonld(model)


@settings(max_examples=20)
@given(MEETINGS)
def test_another_processor_agrees_on_any_meeting(meeting: dict[str, Any]) -> None:
    tree = tree_of(meeting)
    identify(tree)
    document = to_jsonld(Meeting.model_validate(plain(tree)))
    by_pyld = jsonld.to_rdf(
        json.loads(json.dumps(document)), {"base": DEFAULT_BASE, "format": "application/n-quads"}
    )
    ours = {quad.triple for quad in from_jsonld(document, graph_iri("m"))}
    assert triples(by_pyld, ox.RdfFormat.N_QUADS) == ours


def test_a_meeting_said_twice_is_encoded_once(ferry: Dataset) -> None:
    doubled = Dataset((*ferry.files, *ferry.files), ferry.checked)
    assert encode(doubled) == encode(ferry)
