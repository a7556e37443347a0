"""The style guide: our files keep to it, and each of its shapes finds its mistake and no other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from pyshacl import validate
from rdflib import OWL, RDF, SH, Graph, Namespace, URIRef
from rdflib.term import Node
from typer.testing import CliRunner, Result

import jena
from conftest import ROOT
from kg.cli.ontology import schema_command
from kg.cli.publishing import check_ontology_command, format_ontology_command
from kg.errors import InputError, OutputError
from kg.findings import Severity
from kg.folders import read_files
from kg.resources import ontology_dir
from kg.vocabulary.check import (
    STYLE,
    check_form,
    check_ontology,
    check_style,
    format_ontology,
    style_graph,
)

DATA = ROOT / "tests" / "data" / "style"
Command = Callable[..., Result]
GUIDE = Namespace("https://w3id.org/apro/style/")
BOATS = "http://example.org/boats"

# Each shape of the style guide, and the nodes of mistakes.ttl in which it finds fault.
MISTAKES = {
    "term-defined-by": {"#Undefined", "foreign#Claimed"},
    "term-one-kind": {"#twice"},
    "term-label": {"#labelMissing", "#labelTwice", "#labelForeign"},
    "term-label-form": {"#labelForeign", "#labelUpper"},
    "term-label-end": {"#labelStop"},
    "term-label-unique": {"#Boat", "#Dinghy"},
    "term-definition": {"#definitionMissing"},
    "term-definition-form": {"#definitionForm"},
    "term-definition-tells": {"#echo"},
    "class-definition-own-words": {"#Circle"},
    "term-scope-note": {"#note"},
    "usage-note": {"foreign#Half"},
    "usage-note-missing": {"foreign#Silent"},
    "class-name": {"#lower"},
    "property-name": {"#with_underscore"},
    "class-example": {"#Plain"},
    "property-example": {"#plain"},
    "axiom-named": {"blank"},
    "axiom-plain": {"blank"},
    "inverse-once": {"#tows"},
    "deprecated-true": {"#Maybe"},
    "deprecated-successor": {"#Gone"},
    "deprecated-live": {"#Chain"},
    "deprecated-unused": {"#Kayak"},
    "code-list": {"/hull/reed"},
    "code-notation": {"/hull/clay"},
    "code-label": {"/hull/hide"},
    "code-definition": {"/hull/hide"},
    "code-top": {"/hull/soft"},
    "code-top-both-ways": {"/hull/wood"},
    "list-version": {"/sail"},
    "header-title": {"/other"},
    "header-version": {"/other"},
    "header-licence": {"/other"},
    "header-creator": {"/other"},
    "header-same-version": {"/other"},
    "shape-label": {"/shapes/mute"},
    "shape-message": {"/shapes/mute"},
    "shape-severity": {"/shapes/mute"},
}
# The shapes that find fault in bare-header.ttl: all that ask for something of a header.
HEADER = {
    "header-title", "header-licence", "header-creator", "header-description", "header-created",
    "header-issued", "header-modified", "header-publisher", "header-rights", "header-source",
    "header-status", "header-prefix", "header-version-iri", "header-citation",
}  # fmt: skip


@pytest.fixture(scope="module")
def guide() -> Graph:
    return Graph().parse(ontology_dir() / STYLE)


def data(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(DATA / name)
    return graph


def results(guide: Graph, *names: str) -> dict[str, set[str]]:
    _, report, _ = validate(data(*names), shacl_graph=guide, inference="none")
    assert isinstance(report, Graph)
    return by_shape(report)


def by_shape(report: Graph) -> dict[str, set[str]]:
    """The nodes that each shape finds fault with: a SPARQL constraint names them as its value."""
    found: dict[str, set[str]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(str(GUIDE))
        node, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        by_query = (
            report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        )
        found.setdefault(shape, set()).add(short(value if by_query and value else node))
    return found


def short(node: Node | None) -> str:
    if not isinstance(node, URIRef):
        return "blank"
    return str(node).removeprefix(BOATS).removeprefix("http://example.org/")


def test_a_vocabulary_that_keeps_to_the_guide_passes(guide: Graph) -> None:
    assert results(guide, "conforming.ttl") == {}


def test_each_shape_finds_its_mistake_and_no_other(guide: Graph) -> None:
    assert results(guide, "conforming.ttl", "mistakes.ttl") == MISTAKES


def test_a_bare_header_is_told_all_that_is_missing(guide: Graph) -> None:
    assert results(guide, "bare-header.ttl") == {name: {""} for name in HEADER}


@pytest.mark.slow
def test_another_engine_finds_the_same_mistakes(guide: Graph) -> None:
    assert by_shape(jena.validate(data("conforming.ttl", "mistakes.ttl"), guide)) == MISTAKES


def test_every_shape_has_a_mistake(guide: Graph) -> None:
    shapes = {
        str(shape).removeprefix(str(GUIDE))
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in guide.subjects(RDF.type, kind)
    }
    assert shapes == set(MISTAKES) | HEADER


def test_the_guide_is_as_complete_as_it_asks_others_to_be(guide: Graph) -> None:
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in guide.subjects(RDF.type, kind):
            for prop in (SH.severity, SH.message):
                assert len(list(guide.objects(shape, prop))) == 1, shape


def test_the_ontology_keeps_to_its_style_guide() -> None:
    found = [f for f in check_style(ontology_dir()) if f.severity is not Severity.INFO]
    assert found == [], "\n".join(map(str, found))


@pytest.mark.parametrize("path", sorted(ontology_dir().rglob("*.ttl")), ids=lambda path: path.stem)
def test_the_files_of_the_ontology_are_in_canonical_form(path: Path) -> None:
    found = list(check_form(path))
    assert found == [], "\n".join(map(str, found)) + "\nRun: kg ontology format"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small ontology's folder that passes every check."""
    guide = (ontology_dir() / STYLE).read_text(encoding="utf-8").replace('"1.0.0"', '"2.1.0"')
    (tmp_path / "style").mkdir()
    (tmp_path / STYLE).write_text(guide, encoding="utf-8")
    text = (DATA / "conforming.ttl").read_text(encoding="utf-8")
    (tmp_path / "apro.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "apro-context.jsonld").write_text('{"@context": {"id": "@id"}}', encoding="utf-8")
    for name in ("apro-codes.ttl", "apro-shapes.ttl"):
        (tmp_path / name).write_text("\n", encoding="utf-8")
    format_ontology(tmp_path)
    return tmp_path


def test_a_folder_in_order_has_no_findings(folder: Path) -> None:
    assert check_ontology(folder) == []


def test_findings_name_the_line_of_the_term(folder: Path) -> None:
    path = folder / "apro.ttl"
    text = path.read_text(encoding="utf-8").replace('"boat"@en', '"Boat"@en')
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index("ex:Boat a owl:Class ;") + 1
    (finding,) = check_ontology(folder)
    assert (finding.path, finding.line, finding.severity) == (path, line, Severity.ERROR)
    assert finding.message.startswith("ex:Boat: A label starts in lower case")


def test_of_alignments_the_guide_sees_the_header_only(folder: Path) -> None:
    alignment = folder / "alignments" / "other.ttl"
    alignment.parent.mkdir()
    text = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\n"
        "<http://example.org/boats/other> a owl:Ontology .\n\n"
        "<http://example.org/foreign#Silent> a owl:Class .\n"
    )
    alignment.write_text(text, encoding="utf-8")
    format_ontology(folder)
    found = check_ontology(folder)
    assert {(finding.path, finding.line) for finding in found} == {(alignment, 3)}
    assert len(found) == 4  # title, version, licence, creator
    assert (None, RDF.type, OWL.Class) in style_graph(folder)


def test_a_file_out_of_order_is_found_and_put_in_order(folder: Path) -> None:
    path = folder / "apro.ttl"
    in_order = path.read_text(encoding="utf-8")
    path.write_text(in_order.replace("\nex:Boat", "\n# A boat\nex:Boat"), encoding="utf-8")
    found = check_ontology(folder)
    assert [(f.severity, f.message.split(":")[0]) for f in found] == [
        (Severity.ERROR, "is not in canonical form"),
        (Severity.WARNING, "“# A boat” is lost in canonical form"),
    ]
    changed, lost = format_ontology(folder)
    assert (changed, lost) == ([path], found[1:])
    assert path.read_text(encoding="utf-8") == in_order
    assert format_ontology(folder) == ([], [])


def test_line_ends_of_windows_are_not_canonical(folder: Path) -> None:
    path = folder / "apro.ttl"
    in_order = path.read_bytes()
    path.write_bytes(in_order.replace(b"\n", b"\r\n"))
    (finding,) = check_ontology(folder)
    assert (finding.path, finding.message.split(":")[0]) == (path, "is not in canonical form")
    assert format_ontology(folder) == ([path], [])
    assert path.read_bytes() == in_order


def test_a_file_that_cannot_be_written_stays_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    path = folder / "apro.ttl"
    change(path, "\nex:Boat", "\n\nex:Boat")
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        format_ontology(folder)
    assert path.read_bytes() == before


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "a.ttl").write_bytes(b"\xff")
    (finding,) = check_ontology(folder)
    assert finding.message == "is not UTF-8 text (byte 0): save it as UTF-8"
    with pytest.raises(InputError, match=r"a\.ttl is not UTF-8"):
        format_ontology(folder)


def test_a_file_that_is_no_turtle_is_named(folder: Path) -> None:
    path = folder / "apro.ttl"
    in_order = path.read_text(encoding="utf-8")
    (folder / "a.ttl").write_text(in_order.replace("\nex:Boat", "\n# A boat\nex:Boat"), "utf-8")
    path.write_text("no turtle", encoding="utf-8")
    (finding,) = [f for f in check_ontology(folder) if f.path == path]
    assert (finding.severity, finding.line) == (Severity.ERROR, 1)
    with pytest.raises(InputError, match=r"apro\.ttl: This is not Turtle"):
        format_ontology(folder)
    assert "# A boat" in (folder / "a.ttl").read_text(encoding="utf-8")  # none is written


@pytest.mark.slow
@pytest.mark.parametrize("name", ["apro-codes.ttl", "apro-shapes.ttl", "apro-context.jsonld"])
def test_a_file_that_is_missing_is_found(folder: Path, command: Command, name: str) -> None:
    (folder / name).unlink()
    (finding,) = check_ontology(folder)
    assert (finding.path, finding.severity) == (folder / name, Severity.ERROR)
    assert "restore the file" in finding.message
    wrong = command("check", str(folder))
    assert (wrong.exit_code, wrong.stdout) == (1, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON-LD context ("),
        ("[]", "is no JSON-LD context ("),
        ('{"@context": {"a": {"@id": "b:c", "@type": 7}}}', "is no JSON-LD context that can be"),
    ],
)
def test_a_context_that_cannot_be_used_is_found(folder: Path, text: str, message: str) -> None:
    (folder / "apro-context.jsonld").write_text(text, encoding="utf-8")
    (finding,) = check_ontology(folder)
    assert finding.message.startswith(message)
    assert finding.message.endswith(": correct it")


@pytest.mark.parametrize("name", ["apro.ttl", "apro-codes.ttl", "apro-context.jsonld"])
def test_a_file_that_is_no_utf8_is_found(folder: Path, command: Command, name: str) -> None:
    (folder / name).write_bytes("# Äkta\n".encode("latin-1"))
    (finding,) = [one for one in check_ontology(folder) if one.path == folder / name]
    assert finding.message == "is not UTF-8 text (byte 2): save it as UTF-8"
    if name.endswith(".ttl"):
        failed = command("format", str(folder))
        assert (failed.exit_code, failed.stdout) == (InputError.exit_code, "")
        assert "is not UTF-8 text" in failed.stderr


def test_a_missing_style_guide_is_named(folder: Path, command: Command) -> None:
    (folder / STYLE).unlink()
    failed = command("check", str(folder))
    assert (failed.exit_code, failed.stdout) == (InputError.exit_code, "")
    assert "style.ttl cannot be read (No such file or directory): restore the file" in " ".join(
        failed.stderr.split()
    )


def test_a_folder_that_is_called_like_a_file_is_passed_over(folder: Path) -> None:
    (folder / "more.ttl").mkdir()
    assert check_ontology(folder) == []


def test_codes_are_named_in_short(folder: Path) -> None:
    text = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        "<https://w3id.org/apro/confidence/high> a skos:Concept .\n"
    )
    (folder / "apro-codes.ttl").write_text(text, encoding="utf-8")
    found = check_ontology(folder)
    assert found
    assert all(finding.message.startswith("confidence:high: ") for finding in found)


def test_a_folder_without_ontology_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no apro\.ttl .* give the folder"):
        check_ontology(tmp_path)


@pytest.fixture
def command() -> Command:
    app = typer.Typer()
    app.command("check")(check_ontology_command)
    app.command("format")(format_ontology_command)
    app.command("schema")(schema_command)
    return lambda *arguments: CliRunner().invoke(app, arguments)


@pytest.mark.slow
def test_the_command_check_says_what_is_wrong(folder: Path, command: Command) -> None:
    fine = command("check", str(folder))
    assert (fine.exit_code, fine.stdout) == (0, "No errors\n")
    change(folder / "apro.ttl", '"boat"@en', '"Boat"@en')
    wrong = command("check", str(folder))
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "A label starts in lower case" in wrong.stderr
    assert "The ontology has 1 error: correct it first" in wrong.stderr


def test_a_warning_is_shown_but_does_not_fail(folder: Path, command: Command) -> None:
    change(folder / "apro.ttl", '    skos:example "A dinghy."', '    skos:note "A dinghy."')
    found = command("check", str(folder))
    assert (found.exit_code, found.stdout) == (0, "No errors\n")
    assert "The class has no example" in found.stderr


def test_the_command_format_lists_what_it_changed(folder: Path, command: Command) -> None:
    path = folder / "apro.ttl"
    in_order = path.read_text(encoding="utf-8")
    assert command("format", "--check", str(folder)).exit_code == 0
    change(path, "\nex:Boat", "\n# A boat\nex:Boat")
    changed = path.read_text(encoding="utf-8")
    failed = command("format", "--check", str(folder))
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert "is not in canonical form" in failed.stderr
    assert path.read_text(encoding="utf-8") == changed
    done = command("format", str(folder))
    assert (done.exit_code, done.stdout) == (0, f"{path}\n")
    assert "“# A boat” is lost" in done.stderr
    assert path.read_text(encoding="utf-8") == in_order
    assert command("format", str(folder)).stdout == ""


def test_the_installed_ontology_is_not_changed(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = folder.parent / "kg"
    installed = package / "resources_data" / "ontology"
    shutil.copytree(folder, installed)
    change(installed / "apro.ttl", "\nex:Boat", "\n\nex:Boat")
    before = read_files(installed)
    monkeypatch.setattr("kg.resources._PACKAGE", package)
    assert "is not in canonical form" in command("format", "--check").stderr
    for name in ("format", "schema"):
        refused = command(name)
        assert (refused.exit_code, refused.stdout) == (InputError.exit_code, "")
        assert "give a folder, or run kg from a checkout" in " ".join(refused.stderr.split())
    assert read_files(installed) == before


def test_a_folder_without_ontology_fails_in_one_sentence(tmp_path: Path, command: Command) -> None:
    for arguments in (["check"], ["format"], ["format", "--check"]):
        failed = command(*arguments, str(tmp_path))
        assert failed.exit_code == InputError.exit_code
        assert "There is no apro.ttl" in failed.stderr


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
