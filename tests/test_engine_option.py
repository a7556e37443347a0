"""`kg query --engine` and `kg export table`: one answer, and a sentence where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app


def run(*words: str | Path, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(map(str, words)), env={"COLUMNS": "200"})
    assert result.exit_code == code, result.stderr or result.exception
    return result.stdout, " ".join(result.stderr.split())


def test_engines_give_the_same_answer(built: Path, tmp_path: Path) -> None:
    asked = ("query", "disagreements", "--a", "STM", "--b", "SM", "--store", built, "--lang", "fi")
    for form in ("csv", "json", "table"):
        expected, _ = run(*asked, "--format", form, "--engine", "sparql")
        assert run(*asked, "--format", form, "--engine", "duckdb")[0] == expected
        assert run(*asked, "--format", form)[0] == expected
    _, said = run("export", "table", "--store", built, "-o", tmp_path / "table")
    assert said == f"Wrote {tmp_path / 'table'}: positions of 1 year"
    in_parts, _ = run(*asked, "--engine", "duckdb", "--table", tmp_path / "table")
    assert in_parts == run(*asked)[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("positions", "--actor", "SM", "--engine", "duckdb"), "answers disagreements and"),
        (("positions", "--actor", "SM", "--engine", "spark"), "ask positions without --engine"),
        (("disagreements-all", "--table", "x"), "--table belongs to --engine duckdb or spark"),
        (("disagreements-all", "--engine", "sparql", "--table", "x"), "--table belongs to"),
        (("disagreements-all", "--master", "local"), "--master belongs to --engine spark"),
        (("disagreements-all", "--engine", "duckbd"), "did you mean duckdb?"),
    ],
)
def test_what_an_engine_cannot_do_is_told(
    built: Path, words: tuple[str, ...], sentence: str
) -> None:
    _, said = run("query", *words, "--store", built, code=2)
    assert sentence in said.replace(" │ │ ", " ")


def test_a_table_that_is_not_there_is_told(built: Path, tmp_path: Path) -> None:
    words = ("query", "disagreements-all", "--store", built, "--engine", "duckdb")
    _, said = run(*words, "--table", tmp_path, code=3)
    assert f"The table in {tmp_path} cannot be asked" in said


def test_a_table_is_not_written_over(built: Path) -> None:
    _, said = run("export", "table", "--store", built, "-o", built, code=4)
    assert "is there already" in said
