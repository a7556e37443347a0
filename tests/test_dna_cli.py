"""`kg import dna`, `kg export dna` and what goes with them, as a user runs them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dna_databases import Said, Text, write_dna
from kg.cli import app
from kg.dna.database import read_database
from kg.dna.passwords import DEFAULT_PASSWORD, default_hash
from kg.dna.schema import TABLES
from kg.names import dna_graph

Run = Callable[..., tuple[int, str, str]]
SAID = [
    Said("Ada", "City Library", "Open at night", 1, stop=13, note="seen"),
    Said("Bo", "Council", "Open at night", 0, start=14, stop=25),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kg` in an empty folder: exit code, stdout, stderr on one line."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
        return done.exit_code, done.stdout, " ".join(done.stderr.split())

    return call


@pytest.fixture
def no_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the shapes, which take long and have tests of their own."""
    monkeypatch.setattr("kg.shapes.check_shapes", lambda *_: [])


@pytest.fixture
def dna(tmp_path: Path) -> Path:
    return write_dna(tmp_path / "Ferry 1.dna", SAID, [Text("Ada said: oh! Bo said no.")])


@pytest.mark.slow
@pytest.mark.usefixtures("no_shapes")
def test_a_database_becomes_a_folder_and_comes_back(run: Run, dna: Path, tmp_path: Path) -> None:
    code, listed, told = run(
        "import", "dna", "Ferry 1.dna", "-o", "ferry", "--coded-on", "2024-05-01"
    )
    assert code == 0, told
    assert listed.splitlines() == [
        "ferry/authorities/ferry-1.yaml",
        "ferry/dna/ferry-1.nt",
        "ferry/issues/ferry-1.yaml",
        "ferry/meetings/ferry-1-d1.yaml",
        "ferry/sources/ferry-1-d1.txt",
    ]
    assert "2 positions in 1 documents read. Next: kg build --data ferry" in told
    code, _, told = run("build", "--data", "ferry", "--sources", "ferry/sources", "--out", "built")
    assert code == 0, told
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    code, out, told = run("sparql", graphs, "--store", "built", "--format", "json")
    assert {"g": dna_graph("ferry-1")} in json.loads(out)
    code, out, told = run("export", "dna", "-o", "back.dna", "--store", "built")
    assert (code, out) == (0, "")
    assert f"the password of Coder 1, Coder 2 is “{DEFAULT_PASSWORD}”: change it in DNA" in told
    given, back = read_database(dna), read_database(tmp_path / "back.dna")
    for table in TABLES:
        if table.name != "CODERS":
            assert getattr(back, table.field) == getattr(given, table.field)
    assert {one.password for one in back.coders} == {default_hash()}
    code, out, _ = run("export", "dna-events", "--store", "built")
    assert (code, len(out.splitlines())) == (0, 3)


@pytest.mark.slow
def test_the_sample_goes_round_with_all_checks(run: Run, shared: Path, tmp_path: Path) -> None:
    """Each row of each table, as SQLite gives them, with the passwords since they are asked for."""
    sample = shared / "dna" / "sample.dna"
    for words in (
        ("import", "dna", str(sample), "-o", "sample", "--keep-passwords"),
        ("build", "--data", "sample", "--sources", "sample/sources", "--out", "built"),
        ("export", "dna", "back.dna", "--store", "built", "--keep-passwords"),
    ):
        code, _, told = run(*words)
        assert code == 0, told
    with (
        closing(sqlite3.connect(sample)) as given,
        closing(sqlite3.connect(tmp_path / "back.dna")) as back,
    ):
        for table in TABLES:
            asked = f"SELECT * FROM {table.name}"
            assert back.execute(asked).fetchall() == given.execute(asked).fetchall(), table.name


@pytest.mark.slow
@pytest.mark.usefixtures("no_shapes", "dna")
def test_a_graph_with_a_layer_is_imported_with_it(run: Run, tmp_path: Path) -> None:
    """What goes out as TriG comes back whole: codings, and rows beside them."""
    run("import", "dna", "Ferry 1.dna", "-o", "ferry")
    run("build", "--data", "ferry", "--out", "built")
    run("export", "--store", "built", "-o", "ferry.trig")
    code, listed, told = run("import", "ferry.trig", "-o", "again")
    assert code == 0, told
    assert "again/dna/ferry-1.nt" in listed.splitlines()
    layer = Path("dna") / "ferry-1.nt"
    assert (tmp_path / "again" / layer).read_bytes() == (tmp_path / "ferry" / layer).read_bytes()
    assert "left out" not in told


@pytest.mark.slow
@pytest.mark.usefixtures("no_shapes", "dna")
def test_events_become_a_folder(run: Run) -> None:
    run("import", "dna", "Ferry 1.dna", "-o", "ferry")
    run("build", "--data", "ferry", "--out", "built")
    run("export", "dna-events", "--store", "built", "-o", "events.csv")
    code, listed, told = run("import", "dna-events", "events.csv", "--coded-on", "2024-05-01")
    assert code == 0, told
    assert "events/meetings/events-d1.yaml" in listed.splitlines()


@pytest.mark.usefixtures("no_shapes")
def test_a_failed_import_writes_nothing(run: Run, dna: Path, tmp_path: Path) -> None:
    (tmp_path / "old.dna").write_text("<xml/>")
    there = sorted(tmp_path.iterdir())
    for words, exit_code, wanted in (
        (("old.dna",), 2, "is XML, as DNA 1 wrote it"),
        (("none.dna",), 2, "There is no file none.dna"),
        (("Ferry 1.dna", "--coded-on", "May"), 2, "--coded-on May is no date"),
        (("Ferry 1.dna", "--concept", "conept"), 2, "did you mean concept"),
        (("Ferry 1.dna", "--base", "x"), 2, "cannot carry ids"),
        (("Ferry 1.dna", "--language", "English"), 1, "no language code"),
        (("Ferry 1.dna", "-o", "old.dna"), 4, "is there already"),
    ):
        code, out, told = run("import", "dna", *words)
        assert (code, out) == (exit_code, ""), told
        assert wanted in told
        assert "Traceback" not in told
    assert sorted(tmp_path.iterdir()) == there
    with closing(sqlite3.connect(dna)) as connection, connection:
        connection.execute("UPDATE STATEMENTS SET DocumentId = 9 WHERE ID = 1")
    code, out, told = run("import", "dna", "Ferry 1.dna")
    assert (code, out) == (1, "")
    assert "STATEMENTS 1: DocumentId 9 is not in DOCUMENTS" in told
    assert "Ferry 1.dna has 1 error: nothing was written" in told
    with closing(sqlite3.connect(dna)) as connection, connection:
        connection.execute("UPDATE STATEMENTS SET DocumentId = 1")
        connection.execute("UPDATE VARIABLES SET Variable = 'frame' WHERE Variable = 'concept'")
    code, out, told = run("import", "dna", "Ferry 1.dna")
    assert (code, out) == (2, "")
    assert "frame (short text), agreement (boolean); Annotation: note (long text)): name" in told


def test_an_export_needs_a_place_and_a_build(run: Run, built: Path) -> None:
    code, out, told = run("export", "dna", "--store", str(built))
    assert (code, out, told) == (2, "", "Error: The database needs a place: give -o FILE")
    code, _, told = run("export", "dna", "a.dna", "-o", "b.dna", "--store", str(built))
    assert (code, "name one" in told) == (2, True)
    code, _, told = run("export", "dna", "a.dna", "--store", "nowhere")
    assert (code, "There is no build in nowhere" in told) == (3, True)
    code, _, told = run("export", "dna", "missing/a.dna", "--store", str(built))
    assert (code, "choose another place" in told) == (4, True)


def test_words_that_name_no_form_go_to_the_graph(run: Run, built: Path) -> None:
    """`kg import FILE` and `kg export --format` are as they were before there were forms."""
    code, out, _ = run("export", "--format", "csv", "--store", str(built))
    assert (code, out.startswith("position,")) == (0, True)
    assert run("export", "graph", "--format", "csv", "--store", str(built))[1] == out
    code, _, told = run("import", "-o", "dna", "theirs.xyz")
    assert (code, "names no RDF syntax" in told) == (2, True)
    code, _, told = run("import")
    assert (code, "Missing argument" in told) == (2, True)


def test_each_form_has_help_with_an_example(run: Run) -> None:
    for group, names in (
        ("import", ("rdf", "dna", "dna-events", "qdpx")),
        ("export", ("graph", "dna", "dna-events")),
    ):
        listed = run(group, "--help")[1]
        assert f"Example: kg {group}" in " ".join(listed.split())
        for name in names:
            assert f"│ {name} " in listed
            shown = " ".join(run(group, name, "--help")[1].split())
            wanted = f"Example: kg {group} " + ("" if name in {"rdf", "graph"} else name)
            assert wanted in shown


def test_help_does_not_wait_for_heavy_modules() -> None:
    code = (
        "import sys, kg.cli; print([m for m in ('rdflib', 'polars', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_no_name_in_a_file_commands_the_terminal(run: Run, dna: Path) -> None:
    with closing(sqlite3.connect(dna)) as connection, connection:
        connection.execute(
            "UPDATE VARIABLES SET Variable = 'conc' || char(27) || '[31mept' WHERE ID = 3"
        )
    for words in (("network", "--from-dna", str(dna)), ("import", "dna", str(dna), "-o", "new")):
        code, _, told = run(*words)
        assert code == 2
        assert "conc�[31mept" in told
        assert "\x1b" not in told
