"""`kg measures`: each table, from a build and from a DNA database, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import typer
from typer.testing import CliRunner

from dna_databases import DAY, START, Said, Text, write_dna
from kg.answers import Answer
from kg.cli import measuring
from kg.cli.measuring import for_people, measures_command
from kg.measures.change import DUPLICATES, EXCHANGES
from kg.measures.communities import METHODS
from kg.measures.statistics import STATISTICS
from kg.measures.tables import TABLES
from kg.networks.duplicates import DUPLICATES as ALL_DUPLICATES
from kg.networks.normalisation import NORMALISATIONS

Run = Callable[..., Any]


@pytest.fixture
def run() -> Run:
    """Run the command with words; gives its result, whose output is stdout."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(measures_command)

    def with_words(*words: str, code: int = 0) -> Any:
        result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
        assert result.exit_code == code, result.output
        return result

    return with_words


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Three organisations on two concepts, on four days of which two are a year later."""
    texts = [Text(date=START + day * DAY) for day in (0, 1, 366, 367)]
    said = [
        Said(None, organization, concept, agreement, document)
        for organization, concept, agreement, document in (
            ("Library", "Open at night", 1, 1),
            ("Museum", "Open at night", 1, 1),
            ("Council", "Open at night", 0, 2),
            ("Library", "A new roof", 1, 2),
            ("Museum", "A new roof", 1, 2),
            ("Library", "Open at night", 1, 3),
            ("Council", "Open at night", 0, 3),
            ("Museum", "Open at night", 0, 4),
            ("Council", "Open at night", 0, 4),
        )
    ]
    return write_dna(tmp_path / "library.dna", said, texts)


def rows(result: Any) -> list[dict[str, Any]]:
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def test_the_overview_of_a_database(run: Run, database: Path) -> None:
    found = rows(run("--from-dna", database, "--format", "json"))
    values = {row["measure"]: row["value"] for row in found}
    assert (values["statements"], values["actors"], values["concepts"]) == (9, 3, 2)
    # Museum is divided on the night; Library and Council disagree; all agree on the roof.
    assert values["agreement"] == pytest.approx(1 / 2)
    assert all(row["value"] is not None or row["note"] for row in found)


def test_pairs_of_two_actors(run: Run, database: Path) -> None:
    source = ("--from-dna", database, "--format", "json")
    (row,) = rows(run("pairs", "--a", "Library", "--b", "Council", *source))
    assert (row["shared"], row["agreed"], row["rate"]) == (1, 0, 0.0)
    assert 0.79 < row["high"] < 0.8
    assert len(rows(run("pairs", "--a", "Library", *source))) == 2
    assert len(rows(run("pairs", *source))) == 3
    unknown = run("pairs", "--a", "Libary", *source, code=2)
    assert "did you mean Library" in unknown.stderr


def test_change_of_a_database(run: Run, database: Path) -> None:
    words = ("change", "--from-dna", database, "--split", "2024-12-31", "--format", "json")
    (row,) = rows(run(*words, "--statistic", "conflict"))
    # First: 2 agree at night, both times 2 against Council, and 1 on the roof: 2 of 4 conflict.
    assert row["first"] == pytest.approx(2 / 4)
    assert (row["deals"], row["p"] is not None) == (6, True)
    assert "both sides" in run(*words[:3], "--split", "2030-01-01", code=2).stderr
    assert "--split" in run(*words[:3], code=2).stderr
    assert "no date" in run(*words[:3], "--split", "soon", code=2).stderr


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("what", ["overview", "actors", "concepts", "issues", "pairs", "camps"])
def test_every_table_of_a_build(run: Run, built: Path, what: str, form: str) -> None:
    result = run(what, "--store", built, "--format", form)
    assert result.stdout.strip()
    assert "nan" not in result.stdout.lower().split()


def test_issues_carry_their_propositions(run: Run, built: Path) -> None:
    issues = rows(run("issues", "--store", built, "--format", "json"))
    concepts = rows(run("concepts", "--store", built, "--format", "json"))
    assert sum(row["propositions"] for row in issues) == len(concepts)
    assert sum(row["conflict"] for row in issues) == sum(row["conflict"] for row in concepts)


def test_two_modes_name_the_sides(run: Run, built: Path) -> None:
    found = rows(run("actors", "--type", "twomode", "--store", built, "--format", "json"))
    assert {row["side"] for row in found} == {"row", "column"}


def test_strength_looks_at_degrees(run: Run, built: Path) -> None:
    words = ("concepts", "--store", built, "--format", "json", "--qualifier", "strength")
    assert any(row["undecided"] for row in rows(run(*words)))


def test_equal_words_give_equal_bytes(run: Run, built: Path) -> None:
    words = ("actors", "--store", built, "--format", "csv", "--seed", "3")
    assert run(*words).stdout == run(*words).stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("camps", "--type", "twomode"), "goes with actors"),
        (("overview", "--a", "SM"), "go with pairs"),
        (("issues", "--by", "issue"), "grouped to issues"),
        (("concepts", "--qualifier", "none"), "who is for"),
        (("change", "--duplicates", "week", "--split", "2021-10-25"), "include, document"),
        (("overviw",), "did you mean overview"),
    ],
)
def test_what_makes_no_sense_is_said(
    run: Run, built: Path, words: tuple[str, ...], why: str
) -> None:
    assert why in " ".join(run(*words, "--store", built, code=2).stderr.split())


def test_the_words_of_the_command_are_those_of_the_measures() -> None:
    assert tuple(measuring.WHAT) == ("overview", *TABLES)
    assert tuple(STATISTICS) == measuring.STATISTICS
    assert tuple(METHODS) == measuring.METHODS
    assert measuring.EXCHANGES == EXCHANGES
    assert measuring.DUPLICATES == ALL_DUPLICATES
    assert measuring.DUPLICATES[:2] == DUPLICATES
    assert NORMALISATIONS["onemode"] == measuring.NORMALISATIONS
    assert "what" in get_type_hints(measures_command)


def test_people_get_three_decimals_and_no_empty_notes() -> None:
    answer = Answer(("value", "note"), ((Decimal("0.12345"), ""), (Decimal("2.0"), "")))
    assert for_people(answer).rows == ((Decimal("0.123"),), (2,))
    noted = Answer(("value", "note"), ((None, "why"),))
    assert for_people(noted) == noted


def test_every_measure_is_documented(root: Path) -> None:
    text = (root / "docs" / "measures.md").read_text(encoding="utf-8")
    modules = {path.stem for path in (root / "src" / "kg" / "measures").glob("*.py")}
    helpers = {
        "__init__",
        "leiden",
        "matrices",
        "measure",
        "overview",
        "paths",
        "stances",
        "tables",
    }
    missing = {name for name in modules - helpers if f"`kg.measures.{name}`" not in text}
    assert not missing
