"""The release: complete, the same bytes each time, all or nothing, and never changed again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from pyld import jsonld
from rdflib import DCAT, DCTERMS, OWL, RDF, VANN, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from typer.testing import CliRunner, Result

from conftest import ROOT
from kg import release as module
from kg.cli.publishing import release_command
from kg.errors import DataError, InputError, OutputError
from kg.findings import Finding, Severity
from kg.release import (
    FINGERPRINTED,
    KEPT_BACK,
    MEDIA_TYPES,
    RECORD,
    SUMS,
    TRANSLATED,
    Release,
    fingerprint,
    recorded,
    release,
    version_of,
    write_release,
)
from kg.resources import CONTEXT_FILE, examples_dir, ontology_dir, queries_dir
from kg.vocabulary.canonical import canonical

SPDX = Namespace("http://spdx.org/rdf/terms#")
PAGES = {"index.html": b"<!doctype html>", "static/page.css": b"a {}"}


@pytest.fixture(scope="module")
def made() -> Release:
    return release(ontology_dir(), queries_dir(), examples_dir(), PAGES)


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy of the ontology that a test may change; its version is not recorded yet."""
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder)
    (folder / RECORD).unlink(missing_ok=True)
    return folder


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_release_is_complete(made: Release) -> None:
    own = {path for path in ontology_dir().rglob("*") if path.is_file()}
    names = {path.relative_to(ontology_dir()).as_posix() for path in own}
    names = {name for name in names if name.split("/")[0] not in KEPT_BACK}
    translated = {
        name.replace(".ttl", ending)
        for name in names & set(TRANSLATED)
        for ending in (".rdf", ".jsonld", ".nt")
    }
    queries = {f"queries/{path.name}" for path in queries_dir().glob("*.rq")}
    pages = {f"documentation/{name}" for name in PAGES}
    root = examples_dir()
    examples = {f"examples/{x.relative_to(root)}" for x in root.rglob("*") if x.is_file()}
    expected = names | translated | queries | examples | pages | {"release.ttl", "SHA256SUMS"}
    assert set(made.files) == expected
    assert {"LICENSE", "apro-shapes.ttl", "apro-context.jsonld", "style/style.ttl"} <= names


def test_what_is_the_project_s_own_business_stays_out(ontology: Path) -> None:
    (ontology / RECORD).write_text("version\tsha256\n", encoding="utf-8")
    (ontology / ".hidden").write_text("x", encoding="utf-8")
    files = release(ontology, queries_dir(), examples_dir(), {}).files
    assert RECORD not in files
    assert ".hidden" not in files
    assert not [name for name in files if name.startswith("documentation/")]
    assert not [name for name in files if name.startswith("queries/internal")]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", TRANSLATED)
def test_all_four_syntaxes_say_the_same(made: Release, name: str) -> None:
    stem = name.removesuffix(".ttl")
    turtle = Graph().parse(data=made.files[name], format="turtle")
    assert len(turtle) > 10
    for ending, form in ((".rdf", "xml"), (".jsonld", "json-ld"), (".nt", "nt")):
        assert isomorphic(turtle, Graph().parse(data=made.files[stem + ending], format=form)), form


def test_another_json_ld_processor_finds_the_same_graph(made: Release) -> None:
    quads = jsonld.to_rdf(json.loads(made.files["apro.jsonld"]), {"format": "application/n-quads"})
    assert sorted(quads.splitlines()) == sorted(made.files["apro.nt"].decode().splitlines())


def test_the_header_comes_first_in_every_syntax(made: Release) -> None:
    root = "https://w3id.org/apro"
    assert json.loads(made.files["apro.jsonld"])[0]["@id"] == root
    assert made.files["apro.nt"].decode().startswith(f"<{root}> <{RDF.type}> <{OWL.Ontology}> .\n")
    assert f'<owl:Ontology rdf:about="{root}">'.encode() in made.files["apro.rdf"][:2500]


@pytest.mark.slow
def test_the_same_ontology_gives_the_same_bytes(made: Release) -> None:
    code = (
        "from kg.release import release; from kg.resources import *; import sys; "
        f"made = release(ontology_dir(), queries_dir(), examples_dir(), {PAGES!r}); "
        "sys.stdout.write(made.files['SHA256SUMS'].decode())"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
        )
        assert run.stdout == made.files[SUMS]


def test_the_checksums_are_those_of_the_files(made: Release, tmp_path: Path) -> None:
    target, _ = write_release(made, tmp_path)
    lines = (target / SUMS).read_text(encoding="utf-8").splitlines()
    pairs = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {p.relative_to(target).as_posix(): p for p in target.rglob("*") if p.is_file()}
    assert set(pairs) == set(files) - {SUMS}
    for name, digest in pairs.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest
    if program := shutil.which("sha256sum"):
        subprocess.run([program, "--strict", "--quiet", "-c", SUMS], cwd=target, check=True)


def test_the_release_describes_its_files(made: Release) -> None:
    graph = Graph().parse(data=made.files["release.ttl"], format="turtle")
    base = f"https://w3id.org/apro/releases/{made.version}/"
    dataset = URIRef(f"https://w3id.org/apro/{made.version}")
    assert graph.value(dataset, DCTERMS.isVersionOf) == URIRef("https://w3id.org/apro")
    assert graph.value(dataset, DCTERMS.license)
    described = {str(file).removeprefix(base) for file in graph.objects(dataset, DCAT.distribution)}
    pages = {name for name in made.files if name.startswith("documentation/")}
    assert described == set(made.files) - pages - {SUMS, "release.ttl"}
    for name in described:
        file = URIRef(base + name)
        assert graph.value(file, DCAT.downloadURL) == file
        size = Literal(str(len(made.files[name])), datatype=XSD.nonNegativeInteger)
        assert graph.value(file, DCAT.byteSize) == size
        checksum = graph.value(file, SPDX.checksum)
        digest = str(graph.value(checksum, SPDX.checksumValue))
        assert digest.lower() == hashlib.sha256(made.files[name]).hexdigest()


def test_every_kind_of_file_has_its_media_type(made: Release) -> None:
    pages = {name for name in made.files if name.startswith("documentation/")}
    endings = {Path(name).suffix for name in set(made.files) - pages - {SUMS, "LICENSE"}}
    assert endings <= set(MEDIA_TYPES)


def test_a_release_is_written_whole_and_only_once(made: Release, tmp_path: Path) -> None:
    target, new = write_release(made, tmp_path / "releases")
    assert (target, new) == (tmp_path / "releases" / made.version, True)
    for name, content in made.files.items():
        assert (target / name).read_bytes() == content
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    assert write_release(made, tmp_path / "releases") == (target, False)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before
    assert list((tmp_path / "releases").iterdir()) == [target]


@pytest.mark.parametrize("harm", ["change", "add", "remove"])
def test_a_published_version_never_changes(made: Release, tmp_path: Path, harm: str) -> None:
    target, _ = write_release(made, tmp_path)
    if harm == "change":
        (target / "apro.ttl").write_text("other", encoding="utf-8")
    elif harm == "add":
        (target / "more.ttl").write_text("", encoding="utf-8")
    else:
        (target / "apro.nt").unlink()
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    with pytest.raises(OutputError, match=r"never changes: raise owl:versionInfo"):
        write_release(made, tmp_path)
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_a_failure_leaves_nothing_behind(
    made: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path, files: object) -> None:
        (folder / "half").write_text("x", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_files", fail)
    with pytest.raises(OutputError, match=r"cannot be written .* free space"):
        write_release(made, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_a_file_is_refused(made: Release, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="choose another folder"):
        write_release(made, tmp_path / "file")
    (tmp_path / made.version).write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        write_release(made, tmp_path)


def test_the_fingerprint_is_of_what_is_said_not_of_its_layout(ontology: Path) -> None:
    before = fingerprint(ontology)
    for name in FINGERPRINTED:
        path = ontology / name
        path.write_text("# A remark.\n" + canonical(path.read_text(encoding="utf-8")), "utf-8")
    context = json.loads((ontology / CONTEXT_FILE).read_text(encoding="utf-8"))
    (ontology / CONTEXT_FILE).write_text(json.dumps(context, indent=7), encoding="utf-8")
    assert fingerprint(ontology) == before


CHANGES = {
    "apro.ttl": ("A gathering of", "A meeting of"),
    "apro-codes.ttl": ("chair", "chairman"),
    "apro-shapes.ttl": ("minCount 1", "minCount 2"),
    "apro-deprecated.ttl": ("@sv", "@fi"),
    "apro-context.jsonld": ("heldBy", "heldOf"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_fingerprint_shows_every_change(ontology: Path, name: str) -> None:
    before = fingerprint(ontology)
    change(ontology / name, *CHANGES[name])
    assert fingerprint(ontology) != before


def test_a_recorded_version_with_other_content_is_refused(ontology: Path) -> None:
    version = version_of(ontology)
    record = f"version\tsha256\n0.1.0\tabc\n{version}\t{fingerprint(ontology)}\n"
    (ontology / RECORD).write_text(record, encoding="utf-8")
    assert release(ontology, queries_dir(), examples_dir(), {}).version == version
    change(ontology / "apro.ttl", *CHANGES["apro.ttl"])
    with pytest.raises(InputError, match=r"published with other content.*raise owl:versionInfo"):
        release(ontology, queries_dir(), examples_dir(), {})


@pytest.mark.parametrize(
    "text",
    [
        "version,sha256\n1.0.0,abc\n",
        "version\tsha256\n1.0.0\\tabc\n",
        "version\tsha256\n1.0.0    abc\n",
        "version\tsha256\n1.0.0\t\n",
        "version\tsha256\n1.0.0\tabc\tdef\n",
        "1.0.0\tabc\n",
    ],
)
def test_a_damaged_record_is_refused(ontology: Path, text: str) -> None:
    (ontology / RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="columns version and sha256"):
        recorded(ontology)


def test_files_that_cannot_be_read_are_named(ontology: Path) -> None:
    (ontology / RECORD).write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"released\.tsv is not UTF-8 text"):
        recorded(ontology)
    (ontology / RECORD).unlink()
    (ontology / RECORD).mkdir()
    with pytest.raises(InputError, match=r"released\.tsv cannot be read"):
        recorded(ontology)
    (ontology / CONTEXT_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="is no JSON-LD context"):
        fingerprint(ontology)
    (ontology / "apro.ttl").write_text("no turtle", encoding="utf-8")
    for ask in (fingerprint, version_of):
        with pytest.raises(InputError, match=r"apro\.ttl is no Turtle .* correct it"):
            ask(ontology)


def test_our_record_fits_what_we_publish() -> None:
    known = recorded(ontology_dir())
    assert known.get(version_of(ontology_dir()), fingerprint(ontology_dir())) == fingerprint(
        ontology_dir()
    )
    assert all(len(digest) == 64 for digest in known.values())


def test_an_ontology_without_version_is_refused(ontology: Path) -> None:
    graph = Graph().parse(ontology / "apro.ttl")
    graph.remove((None, OWL.versionInfo, None))
    graph.serialize(ontology / "apro.ttl")
    with pytest.raises(InputError, match="states no version"):
        version_of(ontology)
    (ontology / "apro.ttl").unlink()
    with pytest.raises(InputError, match=r"no apro\.ttl"):
        version_of(ontology)


def test_all_files_of_the_ontology_have_one_version() -> None:
    version = version_of(ontology_dir())
    seen = 0
    for path in ontology_dir().rglob("*.ttl"):
        for found in Graph().parse(path).objects(None, OWL.versionInfo):
            assert str(found) == version, path
            seen += 1
    assert seen > 10  # vocabulary, shapes, style guide and each code list at least
    graph = Graph().parse(ontology_dir() / "apro.ttl")
    (header,) = graph.subjects(VANN.preferredNamespaceUri)
    assert graph.value(header, OWL.versionIRI) == URIRef(f"{header}/{version}")
    assert f"version {version}" in str(graph.value(header, DCTERMS.bibliographicCitation))


def test_context_and_schemas_name_no_other_version() -> None:
    version = version_of(ontology_dir())
    for path in [ontology_dir() / CONTEXT_FILE, *ontology_dir().glob("schema/*.json")]:
        found = re.findall(r"w3id\.org/apro/(\d+\.\d+\.\d+)", path.read_text(encoding="utf-8"))
        assert set(found) <= {version}, path


def test_the_changelog_of_the_ontology_tells_of_this_version() -> None:
    text = (ontology_dir() / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{version_of(ontology_dir())}]" in text


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`kg ontology release` on an ontology that passes all checks, with few pages."""
    monkeypatch.setattr("kg.vocabulary.check.check_ontology", lambda folder: [])
    monkeypatch.setattr("kg.vocabulary.pages.site_files", lambda folder: PAGES)
    app = typer.Typer()
    app.command("release")(release_command)
    return lambda *arguments: CliRunner().invoke(app, arguments)


@pytest.mark.slow
def test_the_command_makes_a_release_and_says_where(
    ontology: Path, tmp_path: Path, command: Callable[..., Result]
) -> None:
    target = tmp_path / "releases" / version_of(ontology)
    line = f"{version_of(ontology)}\t{fingerprint(ontology)}\n"
    first = command(str(ontology), "-o", str(target.parent))
    assert (first.exit_code, first.stdout) == (0, f"{target}\n")
    assert line in first.stderr
    again = command(str(ontology), "-o", str(target.parent))
    assert (again.exit_code, again.stdout) == (0, f"{target}\n")
    assert "It was there already, with the same content" in again.stderr
    change(ontology / "apro.ttl", *CHANGES["apro.ttl"])
    refused = command(str(ontology), "-o", str(target.parent))
    assert (refused.exit_code, refused.stdout) == (OutputError.exit_code, "")
    assert "never changes: raise owl:versionInfo" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("record", [None, "", "version\tsha256\n0.1.0\tabc\n"])
def test_the_printed_lines_guard_what_was_published(
    ontology: Path, tmp_path: Path, command: Callable[..., Result], record: str | None
) -> None:
    path = ontology / RECORD
    if record is not None:
        path.write_text(record, encoding="utf-8")
    printed = command(str(ontology), "-o", str(tmp_path / "one")).stderr
    lines = [line for line in printed.splitlines(keepends=True) if "\t" in line]
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(lines))
    assert list(recorded(ontology)) == [*(["0.1.0"] if record else []), version_of(ontology)]
    again = command(str(ontology), "-o", str(tmp_path / "two"))
    assert (again.exit_code, "\t" in again.stderr) == (0, False)
    change(ontology / "apro.ttl", *CHANGES["apro.ttl"])
    refused = command(str(ontology), "-o", str(tmp_path / "three"))
    assert (refused.exit_code, refused.stdout) == (InputError.exit_code, "")
    assert "published with other content" in refused.stderr


def test_an_ontology_with_errors_is_not_released(
    ontology: Path,
    tmp_path: Path,
    command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = [Finding(ontology / "apro.ttl", 3, Severity.ERROR, "something is wrong: correct it")]
    monkeypatch.setattr("kg.vocabulary.check.check_ontology", lambda folder: wrong)
    refused = command(str(ontology), "-o", str(tmp_path / "releases"))
    assert (refused.exit_code, refused.stdout) == (DataError.exit_code, "")
    assert "apro.ttl:3: error: something is wrong" in refused.stderr
    assert not (tmp_path / "releases").exists()
