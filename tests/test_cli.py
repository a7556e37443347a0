"""The command `kg` as a user runs it: results on stdout, messages on stderr, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kg.cli import app

Run = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """What a run of `kg` left."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kg` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, code: int = 0, stdin: str = "") -> Done:
        result = CliRunner().invoke(app, list(words), input=stdin, env={"COLUMNS": "200"})
        assert result.exit_code == code, result.stderr or result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


def test_the_command_runs_as_a_process(built: Path, tmp_path: Path) -> None:
    words = ("query", "participants", "--format", "csv", "--store", str(built))
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 16
    assert done.stderr == ""
    bad = subprocess.run(
        [sys.executable, "-m", "kg", "show", "Nobody", "--store", str(built)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert bad.returncode == 2
    assert bad.stderr.startswith("Error: No meeting, person, body or issue is called")
    assert len(bad.stderr.splitlines()) == 1


def test_the_main_answer_as_json(kg: Run, built: Path) -> None:
    done = kg(
        "query",
        "disagreements",
        *("--a", "STM", "--b", "sisäministeriö", "--format", "json", "--store", str(built)),
    )
    rows = json.loads(done.stdout)
    assert done.stderr == ""
    squarely = {
        row["proposition"].rpartition("/")[2]: row for row in rows if row["kind"] == "opposed"
    }
    assert set(squarely) == {"broad-client-tasks", "reflection-recovery-in-counties"}
    reported = squarely["broad-client-tasks"]
    assert (reported["a_stance"], reported["a_basis"], reported["a_asserted_by"]) == (
        "oppose",
        "reported",
        "Venla Roth",
    )
    tasks = squarely["reflection-recovery-in-counties"]
    assert (tasks["a_basis"], tasks["b_basis"], tasks["b_asserted_by"]) == (
        "own",
        "reported",
        "Jari Keinänen",
    )
    assert tasks["item"] == "3"
    assert tasks["date"] == "2021-10-25"


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_labels_follow_the_language(kg: Run, built: Path, language: str) -> None:
    options = ("--lang", language, "--format", "csv", "--store", str(built))
    done = kg("query", "agreements", "--a", "SHM", "--b", "IM", *options)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["a"] for row in rows} == {{"sv": "SHM"}.get(language, "STM")}


def test_a_spreadsheet_is_written_to_a_file(kg: Run, built: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.xlsx"
    done = kg(
        *("query", "participants", "--format", "xlsx", "-o", str(target), "--store", str(built))
    )
    assert done.stdout == ""
    sheet = load_workbook(target).active
    assert sheet is not None
    assert sheet.max_row == 16


def test_sparql_from_text_file_and_standard_input(kg: Run, built: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/apro#Participation> }"
    file = tmp_path / "count.rq"
    file.write_text(text)
    options = ("--format", "json", "--store", str(built))
    for words, stdin in (((text,), ""), ((str(file),), ""), (("-",), text)):
        assert json.loads(kg("sparql", *words, *options, stdin=stdin).stdout) == [{"n": 15}]
    asked = kg("sparql", "ASK { ?s ?p ?o }", "--store", str(built))
    assert asked.stdout == "true\n"
    graph = kg("sparql", "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 3", "--store", str(built))
    assert graph.stdout.startswith("@prefix")


@pytest.mark.slow
def test_a_first_query_builds_the_shipped_data_and_says_so(kg: Run, tmp_path: Path) -> None:
    done = kg("query", "participants", "--format", "csv")
    assert "no build" in done.stderr
    assert len(done.stdout.splitlines()) == 16
    assert (tmp_path / "build" / "index.html").is_file()


@pytest.mark.slow
def test_a_user_goes_from_a_new_folder_to_table_and_page(kg: Run, tmp_path: Path) -> None:
    kg("new", "mine")
    assert "place is not complete" in kg("validate", "mine", code=1).stderr
    kg("validate", "mine", "--sources", "mine/sources", "--fix")
    done = kg("build", "--data", "mine", "--sources", "mine/sources", "--out", "out")
    assert "evidence checked against the source" in done.stdout
    rows = json.loads(
        kg(
            *("query", "disagreements", "--a", "City Library", "--b", "Nuorisopalvelut"),
            *("--format", "json", "--store", "out"),
        ).stdout
    )
    kinds = {(row["label"], row["kind"]) for row in rows}
    assert kinds == {
        ("Every branch is open in the evening.", "opposed"),
        ("Evening hours are tried out in two branches.", "degree"),
    }
    page = kg("view", "disagreement", "--a", "CL", "--b", "YS", "--store", "out").stdout
    assert page.startswith("<!doctype html>") or page.startswith("<!DOCTYPE html>")
    assert (tmp_path / "out" / "disagreement-cl-ys.html").is_file()


@pytest.mark.parametrize(
    "name", ["thb-2021-10-25", "Pimiä", "STM", "issue-client-information-flow"]
)
@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_show_tells_in_words(kg: Run, built: Path, name: str, language: str) -> None:
    done = kg("show", name, "--lang", language, "--store", str(built))
    assert len(done.stdout.splitlines()) > 5
    assert "None" not in done.stdout


@pytest.mark.slow
def test_machines_get_json_from_every_command_that_tells(
    kg: Run, built: Path, tmp_path: Path
) -> None:
    shown = json.loads(kg("show", "STM", "--format", "json", "--store", str(built)).stdout)
    assert set(shown) == {"show-body", "positions"}
    assert json.loads(kg("validate", "--format", "json").stdout)[0]["severity"] == "info"
    kg("new", "mine")
    wrong = json.loads(kg("validate", "mine", "--format", "json", code=1).stdout)
    assert {"path", "line", "severity", "message"} == set(wrong[0])
    words = ("--data", "mine", "--sources", "mine/sources", "--out", "out", "--format", "json")
    made = json.loads(kg("build", *words).stdout)
    assert made["evidence_checked"] == {"library-2024-03-05": True}
    assert len(made["disagreements"]) == 2
    assert made["disagreements"][0]["date"] == "2024-03-05"


BAD = {
    "a misspelt ministry": (
        ("query", "disagreements", "--a", "STN", "--b", "SM"),
        2,
        "did you mean",
    ),
    "an unknown query": (("query", "disagrements"), 2, "did you mean disagreements"),
    "a missing option": (("query", "disagreements", "--a", "STM"), 2, "--b"),
    "the same body twice": (("query", "disagreements", "--a", "STM", "--b", "SHM"), 2, "another"),
    "an unknown format": (("query", "participants", "--format", "exel"), 2, "xlsx"),
    "an unknown view": (("view", "disagreemnt"), 2, "did you mean disagreement"),
    "one body for a view of two": (("view", "--a", "STM"), 2, "both --a and --b"),
    "a body twice for a view of two": (("view", "--a", "STM", "--b", "STM"), 2, "two different"),
    "bodies for another view": (("view", "actors", "--a", "STM"), 2, "leave them out of actors"),
    "a meeting for another view": (("view", "time", "--meeting", "5"), 2, "leave it out of time"),
    "a meeting that is none": (("view", "meeting", "--meeting", "no such"), 2, "no such"),
    "an unknown name": (("show", "Kirsi Pimia"), 2, "did you mean"),
    "broken SPARQL": (("sparql", "SELECT ?s { ?s ?p }"), 2, "line 1"),
    "a query that would fetch": (
        ("sparql", "SELECT * { SERVICE <http://x> { ?s ?p ?o } }"),
        2,
        "off",
    ),
    "a query file that is not there": (("sparql", "nothing.rq"), 2, "nothing.rq"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence(kg: Run, built: Path, case: str) -> None:
    words, code, hint = BAD[case]
    done = kg(*words, "--store", str(built), code=code)
    assert done.stdout == ""
    assert hint in " ".join(done.stderr.split())


@pytest.mark.slow
def test_bad_places_get_one_sentence(kg: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    cases = [
        (("query", "participants", "--store", "nowhere"), 3, "kg build"),
        (("build", "--out", "file/build"), 4, "cannot be"),
        (("build", "--out", "full"), 4, "something else than a build"),
        (("build", "--out", "/proc/build"), 4, "cannot be written"),
        (("build", "--data", "nowhere"), 2, "kg new nowhere"),
        (("build", "--data", "empty"), 2, "no coding"),
        (("build", "--sources", "nowhere"), 2, "nowhere"),
        (("build", "--sources", "empty"), 1, "do not hold the 2021-10-25-muistio.txt"),
        (("build", "--base", "not an address"), 2, "ends in /"),
        (("new", "full"), 4, "not empty"),
    ]
    for words, code, hint in cases:
        assert hint in " ".join(kg(*words, code=code).stderr.split())
    assert (tmp_path / "full" / "letter.txt").read_text() == "x"
    assert not list(tmp_path.glob(".*.new-*"))


@pytest.mark.slow
def test_a_failed_build_leaves_the_earlier_one(kg: Run, tmp_path: Path) -> None:
    kg("new", "mine")
    kg("validate", "mine", "--sources", "mine/sources", "--fix")
    kg("build", "--data", "mine", "--out", "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    meeting = tmp_path / "mine" / "meetings" / "2024-03-05.yaml"
    meeting.write_text(meeting.read_text().replace("stance: oppose", "stance: opose"))
    done = kg("build", "--data", "mine", "--out", "out", code=1)
    assert "did you mean" in done.stderr
    assert f"{Path('mine') / 'meetings' / '2024-03-05.yaml'}:" in done.stderr
    assert done.stdout == ""
    after = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert after == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_optional_parameters_reach_their_query(kg: Run, built: Path) -> None:
    options = ("--format", "json", "--store", str(built))
    known = json.loads(kg("query", "positions", "--actor", "broadscope", *options).stdout)
    words = ("query", "positions", "--actor", "broadscope", "--history", *options)
    everything = json.loads(kg(*words).stdout)
    assert len(everything) == len(known) + 1
    rivals = ("query", "disagreements", "--a", "STM", "--b", "SM", "--kind", "rival", *options)
    assert {row["kind"] for row in json.loads(kg(*rivals).stdout)} == {"rival"}


def test_a_table_for_people_names_the_other_proposition(kg: Run, built: Path) -> None:
    words = ("query", "disagreements", "--a", "STM", "--b", "SM", "--kind", "rival")
    shown = " ".join(kg(*words, "--store", str(built)).stdout.split())
    assert "smaller reform" in shown
    assert "smaller-reform-first" not in shown


def test_a_table_for_people_speaks_their_language(kg: Run, built: Path) -> None:
    words = ("query", "disagreements", "--a", "STM", "--b", "SM", "--lang", "sv")
    shown = " ".join(kg(*words, "--store", str(built)).stdout.split())
    for word in ("Gradskillnad", "stöder", "medger", "företrädarens", "SHM"):
        assert word in shown
    everything = kg(*words, "--all-columns", "--store", str(built)).stdout
    assert "supportWithConditions" in everything


def test_every_command_has_help_with_an_example(kg: Run) -> None:
    listed = kg("--help").stdout
    for command in ("build", "validate", "new", "query", "sparql", "view", "show", "export"):
        assert command in listed
        assert f"Example: kg {command}" in " ".join(kg(command, "--help").stdout.split())


def test_every_query_is_listed_and_has_help(kg: Run) -> None:
    listed = kg("query", "--list").stdout
    names = [
        "actions agreements changes claims disagreements disagreements-all issue participants",
        "positions projects reported unspoken within disputes",
    ]
    for name in " ".join(names).split():
        assert name in listed
    shown = " ".join(kg("query", "disagreements", "--help").stdout.split())
    assert "Example: kg query disagreements --a STM --b SM" in shown
    assert "--issue" in shown
