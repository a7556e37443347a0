"""`kg network`: words in, a network out; options that make no sense are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dna_databases import Said, Text, write_dna
from kg.cli import app, refining
from kg.cli.networking import AGGREGATIONS, DUPLICATES, FORMATS, MODES, NORMALISATIONS
from kg.formats import WRITERS
from kg.networks import (
    backbone,
    duplicates,
    kernels,
    normalisation,
    projection,
    recipe,
    signed,
    windows,
)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["network", *words])


def made(*words: str) -> dict[str, list[object]]:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, list[object]] = json.loads(result.stdout)
    return found


def test_the_words_of_the_command_are_those_of_the_tables() -> None:
    assert tuple(WRITERS) == FORMATS
    assert duplicates.DUPLICATES == DUPLICATES
    assert recipe.MODES == MODES
    for words, table in (
        (AGGREGATIONS, projection.AGGREGATIONS),
        (NORMALISATIONS, normalisation.NORMALISATIONS),
    ):
        assert set(words) == {word for of_mode in table.values() for word in of_mode}


def test_the_ministries_of_the_shipped_meeting(built: Path) -> None:
    network = made("--store", str(built))
    assert network["rows"] == network["columns"]
    stm, sm = network["rows"].index("STM"), network["rows"].index("SM")
    assert network["matrix"][stm][sm] == 8  # type: ignore[index]


def test_what_is_left_out_is_told_beside_the_result(built: Path) -> None:
    result = run("--store", str(built), "--format", "json")
    assert "Left out for want of a body: 4 positions" in result.stderr
    json.loads(result.stdout)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (("--body", "SM"), ["SM"]),
        (("--body", "SM", "--body", "stm"), ["SM", "STM"]),
        (("--meeting", "thb-2021-10-25", "--basis", "reported"), None),
        (("--since", "2021-10-26"), []),
        (("--until", "2021-10-24"), []),
    ],
)
def test_filters_take_names_and_days(built: Path, words: tuple[str, ...], rows: object) -> None:
    network = made("--store", str(built), "--type", "twomode", *words)
    assert rows is None or network["rows"] == rows


def test_propositions_can_be_the_nodes(built: Path) -> None:
    network = made("--store", str(built), "--variable", "proposition", "--lang", "fi")
    assert len(network["rows"]) > 20


@pytest.fixture
def dna(tmp_path: Path) -> Path:
    said = [
        Said("Ada", "Library", "Open at night", 1, 1),
        Said("Bo", "School", "Open at night", 0, 1),
        Said("Bo", "School", "Open at night", 0, 1),
        Said("Cy", "", "Open at night", 1, 2),
        Said("Ada", "Library", "More books", 1, 2),
    ]
    path = tmp_path / "towns.dna"
    write_dna(path, said, [Text(date=1_580_000_000), Text(date=1_611_600_000, author="Press")])
    return path


def test_a_dna_database_is_read_straight(dna: Path) -> None:
    words = ("--from-dna", str(dna), "--type", "twomode", "--aggregation", "subtract")
    network = made(*words, "--duplicates", "document")
    assert network["rows"] == ["Library", "School"]
    assert network["columns"] == ["More books", "Open at night"]
    assert network["matrix"] == [[1, 1], [0, -1]]
    persons = made(*words, "--variable", "person", "--exclude", "person=Bo")
    assert persons["rows"] == ["Ada", "Cy"]
    authors = made(*words, "--variable", "author", "--only", "person=Ada")
    assert authors["rows"] == ["Press"]


def test_days_cut_a_dna_database(dna: Path) -> None:
    words = ("--from-dna", str(dna), "--type", "twomode", "--until", "2020-12-31")
    assert made(*words)["columns"] == ["Open at night"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--aggregation", "combine"), "A onemode network has no aggregation “combine”"),
        (("--aggregation", "subtract", "--normalization", "activity"), "has no normalisation"),
        (("--variable", "party"), "“party” is not known"),
        (("--since", "yesterday"), "is no date"),
        (("--basis", "reportde"), "did you mean reported?"),
        (("--body", "Ministry of Silly Walks"), "Ministry of Silly Walks"),
        (("--only", "person=Ada"), "--only needs --from-dna"),
    ],
)
def test_bad_words_end_with_one_sentence(built: Path, words: tuple[str, ...], message: str) -> None:
    result = run("--store", str(built), *words)
    assert result.exit_code != 0
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--variable", "organisation"), "did you mean organization?"),
        (("--variable", "person", "--by", "person"), "choose two variables"),
        (("--qualifier", "tone"), "has no variable “tone”"),
        (("--qualifier", "concept"), "cannot be a node and the qualifier"),
        (("--statement-type", "Story"), "no statement type “Story”"),
        (("--exclude", "person"), "write VARIABLE=VALUE"),
        (("--exclude", "person=Boo"), "did you mean Bo?"),
        (("--only", "author=Pres"), "did you mean Press?"),
        (("--body", "SM"), "use --exclude and --only"),
        (("--basis", "own"), "--basis is for builds"),
    ],
)
def test_what_a_database_does_not_have_is_told(
    dna: Path, words: tuple[str, ...], message: str
) -> None:
    result = run("--from-dna", str(dna), *words)
    assert result.exit_code != 0
    assert message in result.stderr


def test_isolates_stay_also_when_their_statements_are_left_out(dna: Path) -> None:
    words = ("--from-dna", str(dna), "--type", "twomode", "--exclude", "person=Bo")
    assert made(*words)["rows"] == ["Library"]
    assert made(*words, "--isolates")["rows"] == ["Library", "School"]


def test_a_qualifier_of_words_keeps_what_is_empty_where_it_is_ignored(tmp_path: Path) -> None:
    said = [
        Said("Ada", "Library", "Open at night", 1, 1),
        Said("", "School", "Open at night", 1, 1),
        Said("\U0001f600", "School", "Open at night", 1, 1),
        Said("\uffee", "School", "Open at night", 1, 1),
    ]
    path = tmp_path / "words.dna"
    write_dna(path, said)
    words = ("--from-dna", str(path), "--type", "twomode", "--qualifier", "person", "--aggregation")
    assert made(*words, "ignore")["matrix"] == [[1], [3]]
    # Levels in Java's order: empty, Ada, the emoji, U+FFEE.
    assert made(*words, "combine")["matrix"] == [[4], [3]]


def test_no_statement_is_told_as_such(built: Path) -> None:
    result = run("--store", str(built), "--since", "2030-01-01")
    assert "No statement passes these filters" in result.stderr


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.dna"
    path.write_text("no database")
    result = run("--from-dna", str(path))
    assert result.exit_code != 0
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_words_of_refinements_are_those_of_the_networks() -> None:
    assert set(windows.WINDOW_UNITS) == set(refining.UNITS)
    assert tuple(kernels.KERNELS) == refining.KERNELS
    assert backbone.METHODS == refining.METHODS
    assert windows.TIES == refining.TIES
    assert signed.WEIGHTS == refining.SIGNS


def test_windows_of_time_come_as_a_list_or_as_a_folder(dna: Path, tmp_path: Path) -> None:
    words = ("--from-dna", str(dna), "--window", "years", "--type", "twomode")
    result = run(*words, "--format", "json")
    assert [one["mid"][:4] for one in json.loads(result.stdout)] == ["2020", "2021"]
    refused = run(*words, "--format", "pajek")
    assert "name a folder" in refused.stderr
    folder = tmp_path / "years"
    done = run(*words, "--format", "pajek", "-o", str(folder))
    assert done.exit_code == 0
    assert len(list(folder.glob("*.net"))) == 2


def test_a_nested_backbone_is_a_table(dna: Path) -> None:
    words = ("--from-dna", str(dna), "--backbone", "nested", "--format")
    steps = json.loads(run(*words, "json").stdout)
    assert [step["left"] for step in steps] == [1, 0]
    assert "use table, csv or json" in run(*words, "gexf").stderr


def test_a_backbone_names_its_concepts(dna: Path) -> None:
    words = ("--from-dna", str(dna), "--backbone", "fixed", "--backbone-size", "1")
    assert "Backbone of 1 of 2" in run(*words).stdout


def test_signs_and_thresholds(dna: Path) -> None:
    words = ("--from-dna", str(dna), "--signed", "sign", "--format", "json")
    assert json.loads(run(*words).stdout)["matrix"] == [[0, -1], [-1, 0]]
    words = ("--from-dna", str(dna), "--aggregation", "conflict", "--threshold", "2")
    assert "No two nodes are tied" in run(*words).stderr
    assert "Left out, not above 2: 1 tie" in run(*words).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--kernel", "gaussian"), "--kernel needs --window"),
        (("--backbone-size", "3"), "is for --backbone fixed"),
        (("--backbone", "fixed"), "needs --backbone-size"),
        (("--window", "days", "--signed", "net"), "do not go together"),
        (("--window", "days", "--alpha", "0.1"), "for one network"),
        (("--window", "fortnights"), "is not known"),
        (("--window", "days", "--window-size", "0"), "at least 1"),
        (("--threshold", "-1"), "at least 0"),
    ],
)
def test_refinements_that_make_no_sense_are_told(
    dna: Path, words: tuple[str, ...], message: str
) -> None:
    result = run("--from-dna", str(dna), *words)
    assert result.exit_code != 0
    assert message in " ".join(result.stderr.replace("│", " ").split())
