"""Data of an earlier version becomes data of this one, and every term that went has its query."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, URIRef
from rdflib.compare import to_isomorphic

from kg.migrate import migrate, migration_files
from kg.names import APRO, term

ROOT = Path(__file__).parent.parent
OLD = Path(__file__).parent / "data" / "migrations" / "0.1.0"
NEW = Path(__file__).parent / "data"
BASE = "https://example.org/"


@pytest.fixture(scope="module")
def deprecated() -> Graph:
    return Graph().parse(ROOT / "ontology" / "apro-deprecated.ttl")


def _quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), base_iri=BASE))


def _triples(quads: list[ox.Quad]) -> Graph:
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return Graph().parse(data=text, format="nt")


@pytest.mark.parametrize(
    ("old", "new"),
    [("meetings.trig", "queries/meetings.trig"), ("conforming.ttl", "shapes/conforming.ttl")],
)
def test_data_of_the_earlier_version_becomes_data_of_this_one(old: str, new: str) -> None:
    done = migrate(_quads(OLD / old))
    assert to_isomorphic(_triples(list(done.quads))) == to_isomorphic(_triples(_quads(NEW / new)))
    assert {quad.graph_name for quad in done.quads} == {
        quad.graph_name for quad in _quads(NEW / new)
    }


def test_running_the_queries_again_changes_nothing() -> None:
    once = migrate(_quads(OLD / "conforming.ttl"))
    again = migrate(once.quads)
    assert again.quads == once.quads
    assert all(not step.changed for step in again.steps)


def test_data_of_this_version_is_left_alone() -> None:
    quads = _quads(NEW / "shapes" / "conforming.ttl")
    assert set(migrate(quads).quads) == set(migrate(quads, ROOT / "src").quads)


def test_every_query_finds_something_in_the_earlier_data() -> None:
    steps = migrate([quad for path in OLD.iterdir() for quad in _quads(path)]).steps
    assert [step.name for step in steps if not step.changed] == []
    assert [step.version for step in steps] == sorted(step.version for step in steps)


def test_every_term_that_went_is_deprecated_and_migrated(deprecated: Graph) -> None:
    gone = set(deprecated.subjects(OWL.deprecated, None))
    queries = "\n".join(path.read_text(encoding="utf-8") for path in migration_files())
    migrated = {f"{APRO}{name}" for name in re.findall(r"\bapro:(\w+)", queries)}
    vocabulary = Graph().parse(ROOT / "ontology" / "apro.ttl")
    assert {str(node) for node in gone} == {
        name for name in migrated if (URIRef(name), RDF.type, None) not in vocabulary
    }
    assert len(gone) == 44


def test_a_deprecated_term_says_what_stands_in_its_place(deprecated: Graph) -> None:
    vocabulary = Graph().parse(ROOT / "ontology" / "apro.ttl")
    for node in deprecated.subjects(OWL.deprecated, None):
        new = deprecated.value(node, DCTERMS.isReplacedBy)
        assert new is None or (new, RDF.type, None) in vocabulary, node
        assert deprecated.value(node, SKOS.changeNote), node
    without = {
        str(node)
        for node in deprecated.subjects(OWL.deprecated, None)
        if not deprecated.value(node, DCTERMS.isReplacedBy)
    }
    assert without == {term("numberingBasis")}


def test_versions_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for version in ("1.10.0", "1.9.0", "2.0.0"):
        (tmp_path / "migrations" / version).mkdir(parents=True)
        (tmp_path / "migrations" / version / "01-x.ru").write_text("CLEAR SILENT GRAPH <urn:x>")
    assert [path.parent.name for path in migration_files(tmp_path)] == ["1.9.0", "1.10.0", "2.0.0"]


def test_what_no_query_touches_keeps_its_form() -> None:
    node = ox.NamedNode("https://example.org/x")
    count = ox.NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
    quad = ox.Quad(node, node, ox.Literal("007", datatype=count))
    assert migrate([quad]).quads == (quad,)
