"""The check of large graphs finds what pyshacl finds, however the graph is cut."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph

from conftest import ROOT
from kg.build import build
from kg.encode import canonical, encode_ontology, to_trig
from kg.errors import InputError
from kg.findings import Finding, Severity
from kg.names import APRO, DEFAULT_BASE, graph_iri, shorten
from kg.resources import data_dir
from kg.shapes import check_shapes, shapes_graph, wordings
from kg.shapescan.around import patterns
from kg.shapescan.check import Checked, Limits, check_large
from kg.shapescan.compiled import compile_shapes
from kg.shapescan.pieces import Cutter
from shape_cases import ALONE, BASE, CASES, EXAMPLE, SHAPES, Case, expected_results, mutate, turtle

sys.path.insert(0, str(ROOT))
made_by = pytest.importorskip("benchmarks.corpus", reason="needs a checkout, with benchmarks/")

TINY = Limits(graphs=1, piece=20_000)
BLANK = re.compile(r"^[0-9A-Za-z]{20,}(?=:|$)")


def store_of(graphs: dict[str, Graph], ontology: bool = True) -> ox.Store:
    """A store with a named graph each, and the ontology."""
    store = ox.Store()
    for name, graph in graphs.items():
        text = graph.serialize(format="nt", encoding="utf-8")
        store.load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(BASE + name))
    store.extend(encode_ontology(BASE) if ontology else ())
    return store


def scanned(store: ox.Store, base: str = BASE, limits: Limits | None = None) -> Sequence[Finding]:
    return check_large(store, None, base, "en", lambda _: None, limits).findings


def reference(store: ox.Store, base: str = BASE) -> Sequence[Finding]:
    return check_shapes(store, {}, "en", base)


def unnamed(findings: Iterable[Finding]) -> list[tuple[str, Severity, str]]:
    """Findings whose blank nodes have no names: each engine gives them its own."""
    return sorted(
        (BLANK.sub("blank", str(one.path)), one.severity, BLANK.sub("blank", one.message))
        for one in findings
    )


@pytest.fixture(scope="module")
def cases() -> ox.Store:
    graphs = {"conforming/graph": turtle(EXAMPLE, "conforming")}
    return store_of(graphs | {f"{case.name}/graph": mutate(case) for case in CASES})


@pytest.fixture(scope="module")
def expected() -> list[Finding]:
    """The findings that stand for the results that `test_shapes` asks of pyshacl."""
    texts = wordings(shapes_graph(), "en")
    return sorted(
        {
            Finding(Path(f"{case}/{focus}"), 0, said.severity, f"{case}/{focus}: {said.message}")
            for case, rows in expected_results().items()
            for shape, _, focus, _ in rows
            for said in [texts[SHAPES + shape]]
        }
    )


@pytest.mark.parametrize("limits", [Limits(), TINY, Limits(graphs=7, piece=300)])
def test_each_mistake_gives_the_findings_of_pyshacl(
    cases: ox.Store, expected: list[Finding], limits: Limits
) -> None:
    assert scanned(cases, limits=limits) == expected


@pytest.mark.parametrize(
    "shape", ["proposition-negation", "passage-within", "revises-earlier", "meeting-one-chair"]
)
def test_a_mistake_of_several_nodes_is_found_with_a_piece_for_each(shape: str) -> None:
    case = next(one for one in CASES if one.shape == shape)
    store = store_of({f"{case.name}/graph": mutate(case)}, ontology=False)
    found = scanned(store, limits=Limits(graphs=1, piece=1))
    assert found == scanned(store)
    assert wordings(shapes_graph(), "en")[SHAPES + shape].message in {
        one.message.partition(": ")[2] for one in found
    }


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_a_mistake_without_a_node_of_its_own(case: Case) -> None:
    store = store_of({f"{case.name}/graph": mutate(case)})
    found = scanned(store)
    assert [one.message.partition(": ")[2] for one in found] == [
        wordings(shapes_graph(), "en")[SHAPES + case.shape].message
    ]
    assert unnamed(found) == unnamed(reference(store))


@pytest.mark.parametrize("language", ["fi", "sv", "et"])
def test_findings_are_in_the_language_asked_for(language: str) -> None:
    case = next(one for one in CASES if one.shape == "meeting-date")
    store = store_of({"one": mutate(case)})
    found = check_large(store, None, BASE, language, lambda _: None).findings
    assert found == check_shapes(store, {}, language, BASE)


@pytest.mark.slow
def test_the_shipped_data_gives_the_findings_of_pyshacl(tmp_path: Path) -> None:
    made, _ = build(data_dir(), tmp_path / "build")
    store = ox.Store()
    store.extend(made.read_quads())
    assert scanned(store, DEFAULT_BASE, TINY) == reference(store, DEFAULT_BASE)


@pytest.mark.parametrize("folder", sorted(ROOT.glob("examples/*/")), ids=lambda path: path.name)
def test_the_examples_give_the_findings_of_pyshacl(folder: Path) -> None:
    files = sorted(folder.glob("*.ttl"))
    if not files:
        pytest.skip("its data is JSON-LD: the shapes are the same")
    store = store_of({file.name: Graph().parse(file) for file in files})
    assert unnamed(scanned(store, limits=TINY)) == unnamed(reference(store))


@cache
def quads_of(seed: int) -> tuple[ox.Quad, ...]:
    text = b"".join(made_by.corpus(300, seed))
    return tuple(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def spoilt(seed: int, times: int) -> ox.Store:
    """A corpus with random changes of the data: quads gone, moved, doubled, with other objects."""
    draws = random.Random(seed)
    quads = list(quads_of(seed))
    ontology = ox.NamedNode(graph_iri("ontology"))
    data = [quad for quad in quads if quad.graph_name != ontology]
    store = ox.Store()
    store.extend(quads)
    for quad in draws.sample(data, times):
        other = draws.choice(data)
        change = draws.choice(["drop", "object", "literal", "add", "predicate", "move"])
        if change != "add":
            store.remove(quad)
        if change in {"object", "add"}:
            store.add(ox.Quad(quad.subject, quad.predicate, other.object, quad.graph_name))
        elif change == "literal":
            value = draws.choice(LITERALS)
            store.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
        elif change == "predicate":
            store.add(ox.Quad(quad.subject, other.predicate, quad.object, quad.graph_name))
        elif change == "move":
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, other.graph_name))
    return store


XSD = "http://www.w3.org/2001/XMLSchema#"
LITERALS = [
    ox.Literal("text"),
    ox.Literal("teksti", language="fi"),
    ox.Literal('not a \\ word\n"“'),
    ox.Literal(7),
    ox.Literal(-1),
    ox.Literal(2.5),
    ox.Literal(True),
    ox.Literal("2030-01-01", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("2030-13-01", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("seven", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("2030-01-01T10:00:00", datatype=ox.NamedNode(f"{XSD}dateTime")),
]


def by_queries(store: ox.Store) -> set[Finding]:
    """What the SPARQL constraints find, each run by Oxigraph over the whole graph at once.

    That on the terms in use names a node instead, and compares nothing.
    """
    shapes, texts, found = shapes_graph(), wordings(shapes_graph(), "en"), set()
    for target in compile_shapes(shapes).targets:
        for query in () if target.nodes else target.queries:
            rows = store.query(query, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions)
            for row in rows:
                name = shorten(row["this"].value, DEFAULT_BASE)
                said = texts[target.iri]
                found.add(Finding(Path(name), 0, said.severity, f"{name}: {said.message}"))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
def test_a_spoilt_corpus_gives_the_findings_of_pyshacl(seed: int) -> None:
    """But for constraints in SPARQL on values that it cannot compare.

    rdflib puts these in an order all the same. There, Oxigraph's answer over the whole graph is
    the measure.
    """
    store = spoilt(seed, 150)
    texts = wordings(shapes_graph(), "en")
    targets = compile_shapes(shapes_graph()).targets
    queries = {texts[one.iri].message for one in targets if one.queries and not one.nodes}
    wanted = set(reference(store, DEFAULT_BASE))
    of_queries = {one for one in wanted if one.message.partition(": ")[2] in queries}
    assert len(wanted - of_queries) > 50
    answered = by_queries(store)
    assert answered <= of_queries
    for limits in (Limits(), TINY, Limits(graphs=3, piece=1000)):
        assert set(scanned(store, DEFAULT_BASE, limits)) == wanted - of_queries | answered


@pytest.mark.parametrize("seed", range(11, 17))
def test_where_the_graph_is_cut_makes_no_difference(seed: int) -> None:
    store = spoilt(seed, 300)
    whole = scanned(store, DEFAULT_BASE)
    assert whole
    assert scanned(store, DEFAULT_BASE, Limits(graphs=1, piece=500)) == whole


def test_other_processes_find_the_same(tmp_path: Path) -> None:
    memory = spoilt(21, 300)
    store = ox.Store(str(tmp_path / "store"))
    store.extend(memory)
    store.flush()
    told: list[str] = []
    limits = Limits(graphs=2, piece=50_000, processes=2)
    found = check_large(store, tmp_path / "store", DEFAULT_BASE, "en", told.append, limits)
    assert found.findings == scanned(memory, DEFAULT_BASE)
    assert told
    assert sum(found.counts.values()) == len(found.findings)
    # As the store gives them: it writes some literals otherwise than they came.
    file = tmp_path / "graph.trig"
    file.write_bytes(to_trig(canonical(store), DEFAULT_BASE))
    for limits in (Limits(), Limits(stretch=50_000, piece=20_000, processes=2)):
        assert found == check_large(
            store, tmp_path / "store", DEFAULT_BASE, "en", told.append, limits, file
        )


@pytest.mark.parametrize("limits", [Limits(), TINY, Limits(graphs=1, piece=200)])
def test_what_another_meeting_says_is_looked_up(limits: Limits) -> None:
    """Each subject of the example in a graph of its own, and in two: nothing is wrong with it."""
    graphs: dict[str, Graph] = {}
    for subject, predicate, value in turtle(EXAMPLE, "split"):
        for name in (f"{subject.n3()}", f"{subject.n3()}{predicate.n3()}"):
            graph = graphs.setdefault(re.sub(r"\W", "-", name), Graph())
            graph.add((subject, predicate, value))
    assert scanned(store_of(graphs), limits=limits) == []


def test_all_that_is_wrong_is_counted_and_the_first_of_each_severity_kept() -> None:
    store = spoilt(31, 600)
    whole = scanned(store, DEFAULT_BASE)
    limits = Limits(graphs=1, piece=20_000, most=3)
    found = check_large(store, None, DEFAULT_BASE, "en", lambda _: None, limits)
    kept = [
        one for severity in Severity for one in [x for x in whole if x.severity is severity][:3]
    ]
    assert list(found.findings) == sorted(kept)
    assert found.cut > 0
    assert sum(found.counts.values()) >= len(whole)


def test_everything_wrong_is_bounded() -> None:
    store = ox.Store()
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for number in range(3000):
        node = ox.NamedNode(f"{BASE}p{number}")
        graph = ox.NamedNode(f"{BASE}graph/{number % 50}")
        store.add(ox.Quad(node, kind, ox.NamedNode(f"{APRO}Position"), graph))
    found = check_large(store, None, BASE, "en", lambda _: None, Limits(most=100))
    assert isinstance(found, Checked)
    assert len(found.findings) == 200
    assert found.counts[Severity.INFO] == 3000
    assert found.cut > 0


@pytest.mark.parametrize(
    "text",
    [
        "sh:maxLength 3",
        "sh:path [ sh:zeroOrMorePath dcterms:date ]",
        "sh:nodeKind sh:Literal",
        'sh:pattern "a" ; sh:flags "m"',
        "sh:deactivated true",
        "sh:property [ sh:path dcterms:date ; sh:minCount 1 ]",
        "sh:not [ sh:xone ( [ sh:minCount 1 ] ) ]",
    ],
)
def test_what_is_not_known_is_refused(text: str) -> None:
    data = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
        f"<a:shape> sh:targetClass dcterms:Agent ; {text} ."
    )
    with pytest.raises(InputError, match="does not know"):
        compile_shapes(Graph().parse(data=data, format="turtle"))


def test_the_shapes_are_all_known() -> None:
    shapes = shapes_graph()
    compiled = compile_shapes(shapes)
    assert {one.iri for one in compiled.targets} == set(map(str, shapes.subjects(SH.severity)))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $this { { $this <a:p> ?x } UNION { ?x <a:p> $this } }",
        "SELECT $this { $this <a:p> ?x MINUS { $this <a:q> ?x } }",
    ],
)
def test_a_constraint_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="does not know"):
        patterns(text)


@pytest.mark.parametrize("size", [1, 9, 30, 1000])
def test_a_piece_ends_where_a_subject_ends(size: int) -> None:
    rows = [f"<a:{subject}> <a:p> <ä:{value}> ." for subject in "abc" for value in range(3)]
    pieces: list[list[str]] = []
    cutter = Cutter(size, pieces.append)
    for byte in "".join(f"{row}\n" for row in rows).encode():
        cutter.write(bytes([byte]))
    cutter.close()
    assert [row for piece in pieces for row in piece] == rows
    starts = [piece[0].partition(" ")[0] for piece in pieces]
    assert len(starts) == len(set(starts))
