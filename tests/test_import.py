"""`kg import`: RDF in any syntax becomes a folder that `kg validate` accepts, or nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.decode import SYNTAXES, read_rdf
from kg.encode import encode, encode_file, serialised, to_jsonld, to_trig
from kg.errors import InputError, OutputError
from kg.findings import Finding, Severity, errors
from kg.names import CONTEXT, DEFAULT_BASE, term
from kg.shapes import Places
from kg.source import read_sources

Import = Callable[..., tuple[int, list[str], str]]
ELSEWHERE = "https://example.org/libraries/"


@pytest.fixture(scope="module")
def library() -> Dataset:
    """The fictional meeting of `kg new`, with its places: it goes with the shipped registers."""
    with as_file(files("kg.scaffold") / "files") as folder:
        dataset, findings = load_dataset(
            find_files(folder, folder), read_sources(folder / "sources")
        )
    assert not errors(findings)
    return dataset


@pytest.fixture(scope="module")
def quads(library: Dataset) -> list[ox.Quad]:
    return encode(library)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Run `kg import` in an empty folder: exit code, lines of stdout, stderr on one line.

    Without the shapes, which take seconds and have tests of their own.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.shapes.check_shapes", lambda *_: [])

    def call(*words: str) -> tuple[int, list[str], str]:
        done = CliRunner().invoke(app, ["import", *words], env={"COLUMNS": "200"})
        return done.exit_code, done.stdout.splitlines(), " ".join(done.stderr.split())

    return call


def write_graph(path: Path, quads: list[ox.Quad]) -> None:
    form = SYNTAXES[path.suffix]
    data = quads if form.supports_datasets else [quad.triple for quad in quads]
    path.write_bytes(serialised(data, form))


FILES = ["authorities/authorities.yaml", "issues/issues.yaml", "meetings/library-2024-03-05.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("ending", SYNTAXES)
def test_every_syntax_gives_the_same_codings(
    run: Import, tmp_path: Path, quads: list[ox.Quad], ending: str
) -> None:
    write_graph(tmp_path / f"library{ending}", quads)
    code, paths, messages = run(f"library{ending}", "-o", "mine/library")
    assert code == 0, messages
    assert set(paths) >= {f"mine/library/{name}" for name in FILES}
    assert "1 meeting read. Next: kg build --data mine/library" in messages
    mine = Path("mine/library")
    dataset, findings = load_dataset(find_files(mine, mine))
    assert findings == []
    ours = {quad.triple for quad in quads}
    assert {q.triple for file in dataset.files for q in encode_file(file)} <= ours


@pytest.mark.slow
def test_what_is_imported_validates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quads: list[ox.Quad]
) -> None:
    """With the shapes, as `kg build` has them."""
    monkeypatch.chdir(tmp_path)
    write_graph(tmp_path / "library.trig", quads)
    for words in (["import", "library.trig"], ["validate", "library"]):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.stderr


def test_a_graph_that_breaks_a_shape_is_refused(
    run: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quads: list[ox.Quad]
) -> None:
    def two_chairs(quads: object, places: Places, *_: str) -> list[Finding]:
        path, line = places["library-2024-03-05"]
        return [Finding(path, line, Severity.ERROR, "library-2024-03-05: two chairs")]

    monkeypatch.setattr("kg.shapes.check_shapes", two_chairs)
    write_graph(tmp_path / "library.trig", quads)
    code, paths, messages = run("library.trig")
    assert (code, paths) == (1, [])
    assert "library.trig: error: library-2024-03-05: two chairs" in messages
    assert "gives no valid codings (1 error): nothing was written" in messages
    assert not (tmp_path / "library").exists()


def test_the_name_of_the_file_names_the_folder(
    run: Import, tmp_path: Path, quads: list[ox.Quad]
) -> None:
    write_graph(tmp_path / "lautta.trig", quads)
    assert run("lautta.trig")[1] == [f"lautta/{name}" for name in sorted(FILES)]


def test_a_graph_with_a_base_of_its_own(run: Import, tmp_path: Path, quads: list[ox.Quad]) -> None:
    text = to_trig(quads).decode().replace(DEFAULT_BASE, ELSEWHERE)
    (tmp_path / "library.trig").write_text(text, encoding="utf-8")
    code, paths, messages = run("library.trig", "-o", "out")
    assert (code, paths) == (2, [])
    assert re.search(rf"perhaps `--base {ELSEWHERE}", messages)
    code, paths, messages = run("library.trig", "-o", "out", "--base", ELSEWHERE)
    assert (code, len(paths)) == (0, 3), messages
    assert f"kg build --data out --base {ELSEWHERE}" in messages


def test_jsonld_that_names_the_published_context(
    run: Import, tmp_path: Path, library: Dataset
) -> None:
    """As another team writes it, with no network to fetch the context from."""
    documents = [{**to_jsonld(file.model), "@context": CONTEXT} for file in library.files]
    path = tmp_path / "all.jsonld"
    path.write_text(json.dumps(documents), encoding="utf-8")
    ours = {quad.triple for file in library.files for quad in encode_file(file)}
    assert {quad.triple for quad in read_rdf(path)} == ours
    path.write_text(json.dumps([{**one, "@context": [CONTEXT]} for one in documents]))
    assert {quad.triple for quad in read_rdf(path)} == ours
    assert run("all.jsonld")[0] == 0


def test_what_is_left_out_is_said_on_stderr_only(
    run: Import, tmp_path: Path, quads: list[ox.Quad]
) -> None:
    more = ox.Quad(
        ox.NamedNode(f"{DEFAULT_BASE}library-2024-03-05"),
        ox.NamedNode("http://purl.org/dc/terms/publisher"),
        ox.Literal("[red]The isles[/red]"),
    )
    write_graph(tmp_path / "library.nq", [*quads, more])
    code, paths, messages = run("library.nq")
    assert (code, paths) == (0, [f"library/{name}" for name in sorted(FILES)])
    assert (
        "library.nq: warning: library-2024-03-05, dcterms:publisher: “[red]The isles[/red]” is left"
        in messages
    )


def without(line: str) -> Callable[[str], str]:
    """The N-Quads text without the lines that match."""
    return lambda text: re.sub(f"(?m)^{line}\n", "", text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without(r".*#stance> .*/stance/oppose> .*"), "stance: the key `stance` is missing"),
        (without(r"\S*/evening-trial> .*"), "“evening-trial” is not defined"),
        (lambda text: text.replace('"2024-03-05"', '"2024-13-05"'), "is no date: write it as"),
        (lambda text: text[:-20], "is no valid N-Quads"),
    ],
    ids=["key", "reference", "date", "syntax"],
)
def test_an_error_leaves_nothing_behind(
    run: Import,
    tmp_path: Path,
    quads: list[ox.Quad],
    change: Callable[[str], str],
    message: str,
) -> None:
    original = serialised(quads, ox.RdfFormat.N_QUADS).decode()
    text = change(original)
    assert text != original
    (tmp_path / "library.nq").write_text(text, encoding="utf-8")
    code, paths, messages = run("library.nq", "-o", "deep/out")
    assert code in {1, 2}
    assert paths == []
    assert message in messages
    assert "library.nq" in messages
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".yaml"]
    assert not (tmp_path / "deep" / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(
    run: Import, tmp_path: Path, quads: list[ox.Quad]
) -> None:
    write_graph(tmp_path / "library.trig", quads)
    kept = tmp_path / "out" / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    code, paths, messages = run("library.trig", "-o", "out")
    assert (code, paths) == (OutputError.exit_code, [])
    assert "out is there already: name a new or empty folder" in messages
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        "library.trig",
        "kept.txt",
    ]
    kept.unlink()
    assert run("library.trig", "-o", "out")[0] == 0


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.owl", b"", "names no RDF syntax; use .trig"),
        ("a.trg", b"", "names no RDF syntax; did you mean .trig?"),
        ("a.ttl", b"<a> <b>", "is no valid Turtle: correct it"),
        ("a.ttl", b"\xff\xfe", "is no valid Turtle: correct it"),
        ("a.json", b"{", "is no valid JSON-LD: correct it"),
        (
            "a.jsonld",
            b'{"@context": {"a": "https://example.org/a"}, "a": 1, "b": 2, "a": 3}',
            'is no valid JSON-LD: correct it \\(the key "a" is given twice\\)',
        ),
        ("a.json", b"[" * 100_000, "is no valid JSON-LD: correct it"),
        ("a.json", b'{"@context": "https://example.org/c", "a": 1}', "is no valid JSON-LD"),
        ("a.rdf", b"<rdf>", "describes no meeting|is no valid RDF/XML"),
        ("a.nt", b"", "describes no meeting and nothing that a register holds"),
        ("gone.ttl", None, "cannot be read \\(No such file or directory\\): check its name"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_remedy(
    run: Import, tmp_path: Path, name: str, raw: bytes | None, message: str
) -> None:
    if raw is not None:
        (tmp_path / name).write_bytes(raw)
    code, paths, messages = run(name, "-o", "out")
    assert (code, paths) == (InputError.exit_code, [])
    assert re.search(message, messages)
    assert name in messages
    assert list(tmp_path.glob("*out*")) == []


def test_several_files_are_read_as_one_graph(
    run: Import, tmp_path: Path, quads: list[ox.Quad]
) -> None:
    """As teams keep them: registers in one file, a meeting in another, blank nodes in both."""
    name = {graph: f"{i}.nq" for i, graph in enumerate(sorted({str(q.graph_name) for q in quads}))}
    text = serialised(quads, ox.RdfFormat.N_QUADS).decode()
    place = re.search(r"(<\S+/memo#char=\d+,\d+>) <\S+end> ", text)
    assert place
    for graph, path in name.items():
        own = [line for line in text.splitlines() if line.endswith(f"{graph} .")]
        blank = "\n".join(own).replace(place[1], "_:b1").replace("<https://example.org/x>", "_:b1")
        (tmp_path / path).write_text(blank + "\n", encoding="utf-8")
    code, paths, messages = run(*name.values(), "-o", "out")
    assert code == 0, messages
    assert paths == [f"out/{file}" for file in sorted(FILES)]
    dataset, _ = load_dataset(find_files(Path("out"), Path("out")))
    ours = {quad.triple for quad in quads}
    assert {q.triple for file in dataset.files for q in encode_file(file)} <= ours


def test_several_files_from_several_places_are_named_by_the_first(
    run: Import, tmp_path: Path, quads: list[ox.Quad]
) -> None:
    """Paths relative and absolute have nothing in common."""
    write_graph(tmp_path / "library.nq", quads)
    (tmp_path / "more").mkdir()
    more = ox.NamedNode("http://purl.org/dc/terms/publisher")
    meeting = ox.NamedNode(f"{DEFAULT_BASE}library-2024-03-05")
    write_graph(tmp_path / "more" / "m.nq", [ox.Quad(meeting, more, ox.Literal("The isles"))])
    write_graph(tmp_path / "more" / "n.nt", [])
    absolute = str(tmp_path / "more" / "m.nq")
    code, paths, messages = run("library.nq", absolute, "more/n.nt", "-o", "out")
    assert (code, len(paths)) == (0, 3), messages
    assert "library.nq and 2 more: warning: library-2024-03-05, dcterms:publisher" in messages


def test_a_folder_that_holds_something_is_refused_before_anything_is_read(
    run: Import, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept.txt").write_text("mine")
    code, paths, messages = run("gone.trig", "-o", "out")
    assert (code, paths) == (OutputError.exit_code, [])
    assert "out is there already: name a new or empty folder" in messages
    assert "Reading" not in messages


def test_deprecated_terms_that_are_left_are_said(
    run: Import, tmp_path: Path, quads: list[ox.Quad]
) -> None:
    old = ox.Quad(
        ox.NamedNode(f"{DEFAULT_BASE}library-2024-03-05"),
        ox.NamedNode(term("nameAsWritten")),
        ox.Literal("A. Lovelace"),
    )
    write_graph(tmp_path / "library.nq", [*quads, old])
    code, _, messages = run("library.nq")
    assert code == 0
    assert "library.nq: warning: apro:nameAsWritten: 1 statement with this deprecated" in messages


def test_the_command_starts_without_what_few_commands_need() -> None:
    late = ["kg.decode", "kg.migrate", "kg.release", "kg.coding.schema"]
    code = f"import sys, kg.cli; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
