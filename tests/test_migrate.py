"""Data of an earlier version becomes data of this one, and every term that went has its query."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, URIRef
from rdflib.compare import to_isomorphic
from typer.testing import CliRunner

from kg.cli import app
from kg.cli.migrating import ENDINGS
from kg.decode import SYNTAXES
from kg.errors import InputError, OutputError
from kg.migrate import migrate, migration_files
from kg.names import APRO, term
from kg.names import RDF as RDF_NAMESPACE

ROOT = Path(__file__).parent.parent
OLD = Path(__file__).parent / "data" / "migrations" / "0.1.0"
NEW = Path(__file__).parent / "data"
BASE = "https://example.org/"
TYPE = ox.NamedNode(f"{RDF_NAMESPACE}type")


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
    gone = {str(node) for node in deprecated.subjects(OWL.deprecated, None)}
    queries = "\n".join(path.read_text(encoding="utf-8") for path in migration_files())
    migrated = {f"{APRO}{name}" for name in re.findall(r"\bapro:(\w+)", queries)}
    vocabulary = Graph().parse(ROOT / "ontology" / "apro.ttl")
    assert gone == {name for name in migrated if (URIRef(name), RDF.type, None) not in vocabulary}
    assert len(gone) == 43


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


# What no query can bring over, and the command


NAME_WITHOUT_PERSON = """
@prefix apro: <https://w3id.org/apro#> .
@prefix org: <http://www.w3.org/ns/org#> .
<https://example.org/m/p1> org:member <https://example.org/ada> ;
    apro:nameAsWritten "A. Lovelace" .
<https://example.org/m/p2> org:member <https://example.org/ida> ;
    apro:nameAsWritten "I. Rhodes" .
"""
PERSON = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://example.org/ada> a foaf:Person .
<https://example.org/ida> a foaf:Person .
"""
LEFT = (
    "apro:nameAsWritten: 2 statements with this deprecated term could not be brought over: give "
    "the files that describe what they refer to as well"
)


def test_terms_that_no_query_brought_over_are_counted() -> None:
    old = list(ox.parse(NAME_WITHOUT_PERSON, format=ox.RdfFormat.TURTLE))
    assert migrate(old).left == {term("nameAsWritten"): 2}
    new = list(ox.parse(PERSON, format=ox.RdfFormat.TURTLE))
    assert migrate([*old, *new]).left == {}


def test_classes_that_no_query_brought_over_are_counted(tmp_path: Path) -> None:
    shutil.copy(ROOT / "ontology" / "apro-deprecated.ttl", tmp_path)
    node = ox.NamedNode("https://example.org/ada")
    quads = [ox.Quad(node, TYPE, ox.NamedNode(f"{APRO}Person"))]
    assert migrate(quads, tmp_path).left == {f"{APRO}Person": 1}


def test_a_broken_list_of_deprecated_terms_is_named(tmp_path: Path) -> None:
    (tmp_path / "apro-deprecated.ttl").write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"apro-deprecated\.ttl cannot be read .* restore"):
        migrate([], tmp_path)


def test_data_of_this_version_is_not_sorted_anew() -> None:
    quads = _quads(NEW / "shapes" / "conforming.ttl")
    assert migrate(quads).quads == tuple(quads)


Migrate = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Migrate:
    """Run `kg migrate` in an empty folder: exit code, stdout, stderr on one line."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, ["migrate", *words], env={"COLUMNS": "200"})
        return done.exit_code, done.stdout, " ".join(done.stderr.split())

    return call


def test_the_command_writes_the_data_and_tells_what_it_replaced(
    run: Migrate, tmp_path: Path
) -> None:
    shutil.copy(OLD / "meetings.trig", tmp_path / "old.trig")
    code, text, messages = run("old.trig", "--base", BASE)
    assert code == 0
    assert re.search(r"1\.0\.0/01-properties: \d+ statements replaced", messages)
    done = list(ox.parse(text, format=ox.RdfFormat.TRIG))
    assert set(done) == set(migrate(_quads(OLD / "meetings.trig")).quads)
    assert run("old.trig", "--base", BASE)[1] == text
    assert run("old.trig", "--base", BASE, "-o", "new.trig")[:2] == (0, "")
    assert (tmp_path / "new.trig").read_text(encoding="utf-8") == text
    code, again, messages = run("new.trig", "--base", BASE)
    assert (code, again) == (0, text)
    assert "Nothing to migrate: no term of an earlier version is used" in messages
    assert "replaced" not in messages


def test_the_command_names_the_terms_that_are_left(run: Migrate, tmp_path: Path) -> None:
    (tmp_path / "meeting.ttl").write_text(NAME_WITHOUT_PERSON, encoding="utf-8")
    (tmp_path / "people.ttl").write_text(PERSON, encoding="utf-8")
    code, text, messages = run("meeting.ttl")
    assert (code, "nameAsWritten" in text) == (0, True)
    assert f"meeting.ttl: warning: {LEFT}" in messages
    assert "Nothing to migrate" not in messages
    code, text, messages = run("meeting.ttl", str(tmp_path / "people.ttl"))
    assert (code, "nameAsWritten" in text) == (0, False)
    assert "warning" not in messages


@pytest.mark.parametrize(
    ("words", "exit_code", "message"),
    [
        (["old.owl"], InputError.exit_code, "The ending of old.owl names no RDF syntax"),
        (["gone.ttl"], InputError.exit_code, "gone.ttl cannot be read"),
        (["bad.ttl"], InputError.exit_code, "bad.ttl is no valid Turtle: correct it"),
        (["ok.ttl", "-o", "no/x.trig"], OutputError.exit_code, "no/x.trig cannot be written"),
    ],
)
def test_the_command_fails_in_one_sentence(
    run: Migrate, tmp_path: Path, words: list[str], exit_code: int, message: str
) -> None:
    (tmp_path / "bad.ttl").write_text("<a> <b>", encoding="utf-8")
    (tmp_path / "ok.ttl").write_text(PERSON, encoding="utf-8")
    code, text, messages = run(*words)
    assert (code, text) == (exit_code, "")
    assert message in messages


def test_the_help_lists_the_endings_that_are_read() -> None:
    assert ENDINGS.split(", ") == list(SYNTAXES)
