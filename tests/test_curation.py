"""What there is and what looks wrong among propositions, and the command as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from curation_boards import MEMO, boards, loaded
from kg.cli.curating import propositions
from kg.codes import POLES, poles
from kg.coding.register import Issue, Proposition
from kg.curation.finders import FINDERS, Looking, Row
from kg.curation.history import HISTORY
from kg.curation.inventory import Held, counts, inventory
from kg.curation.rewriting import no_more
from kg.curation.similar import near_duplicates
from kg.curation.wordings import lemma_of, negations, read_wording
from kg.folders import read_files
from kg.languages import languages
from kg.resources import data_dir


def as_it_is(word: str, language: str) -> str:
    """A lemma for tests that need no dictionary."""
    return word.removesuffix("s")


def worded(name: str, **label: str) -> Proposition:
    return Proposition(id=name, type="Proposition", label=label)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return boards(tmp_path / "data")


@pytest.fixture
def held(folder: Path) -> tuple[Held, ...]:
    return inventory(loaded(folder)[0], folder)


def found(held: tuple[Held, ...], kind: str, **words: object) -> list[Row]:
    looking = Looking(lemma=as_it_is, **words)  # type: ignore[arg-type]
    return list(FINDERS[kind].rows(held, looking))


def test_issues_and_propositions_with_what_is_held_of_them(held: tuple[Held, ...]) -> None:
    assert [(one.issue.id, one.proposition and one.proposition.id) for one in held] == [
        ("issue-lamps", "lamps-burn"),
        ("issue-lamps", "lamps-on"),
        ("issue-lamps", "coast-is-lit"),
        ("issue-lamps", "lamps-off"),
        ("issue-paint", None),
    ]
    burn, on, lit, off, _ = held
    assert counts(burn) == {"support": 1, "none": 0, "oppose": 0}
    assert counts(on) == {"support": 1, "none": 0, "oppose": 1}
    assert (on.holders, on.meetings, on.proposed) == (("LIGHT", "ivo-rask"), ("coast-2",), 1)
    assert (lit.conditions, lit.stated, off.conditions) == (1, (), 0)


def test_rejected_positions_count_nowhere(folder: Path) -> None:
    path = folder / "meetings/coast.yaml"
    path.write_text(MEMO.replace("status: proposed", "status: rejected"), encoding="utf-8")
    held = inventory(loaded(folder)[0], folder)
    assert counts(held[1]) == {"support": 1, "none": 0, "oppose": 0}


def test_every_stance_has_a_pole() -> None:
    assert set(poles().values()) == set(POLES)
    assert {stance for stance, pole in poles().items() if pole == "none"} == {"undecided"}


def test_one_holder_unheld_and_negated(held: tuple[Held, ...]) -> None:
    assert found(held, "one-holder") == [
        ("lamps-burn", "The lamps burn all night.", "issue-lamps", "LIGHT", 1)
    ]
    assert [row[0] for row in found(held, "unheld")] == ["coast-is-lit", "lamps-off"]
    assert [(row[0], row[1], row[3]) for row in found(held, "negated")] == [
        ("lamps-off", "en", "not, none"),
        ("lamps-off", "fi", "eivät"),
    ]


def test_near_duplicates_come_with_a_score(held: tuple[Held, ...]) -> None:
    rows = found(held, "near-duplicates", threshold=0.2)
    assert (rows[0][1], rows[0][2], rows[0][6]) == ("lamps-burn", "lamps-off", True)
    scores = [row[0] for row in rows]
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]
    assert found(held, "near-duplicates", threshold=1.0) == []


def test_the_score_is_the_weighted_share_of_common_lemmas() -> None:
    pair = worded("a", en="Red boats"), worded("b", en="Blue boat"), worded("c", en="Rain")
    (only,) = near_duplicates(pair, as_it_is, 0.1)
    # w(boat) = ln(1 + 3/2), w(red) = w(blue) = ln(1 + 3/1)
    assert only.score == pytest.approx(0.9162907 / (0.9162907 + 2 * 1.3862944))
    assert (only.first.id, only.second.id) == ("a", "b")


def test_the_best_language_and_alternative_labels_count() -> None:
    first = worded("a", en="The ferry runs at night", sv="Färjan går")
    second = Proposition.model_validate(
        {
            "id": "b",
            "type": "Proposition",
            "label": {"en": "Boats"},
            "altLabel": {"sv": "Färjan går"},
        }
    )
    (pair,) = near_duplicates([first, second], as_it_is)
    assert (pair.score, pair.wordings[0].language) == (1.0, "sv")


@given(st.permutations(range(4)))
def test_the_pairs_do_not_hang_on_the_order(order: list[int]) -> None:
    texts = ["Red boats sail", "Red boat", "Boats sail", "Rain"]
    all_ = [worded(f"p{number}", en=texts[number]) for number in order]
    pairs = near_duplicates(all_, as_it_is, 0.1)
    assert {(frozenset((one.first.id, one.second.id)), round(one.score, 9)) for one in pairs} == {
        (frozenset((one.first.id, one.second.id)), round(one.score, 9))
        for one in near_duplicates([worded(f"p{n}", en=texts[n]) for n in range(4)], as_it_is, 0.1)
    }


def test_rivals_are_those_that_nobody_supports_together(folder: Path) -> None:
    path = folder / "meetings/coast.yaml"
    more = "".join(
        f"    - {{id: coast-2/s02/q{n}, type: Position, holder: {holder}, proposition: {name}, "
        f"stance: {stance}, confidence: high, status: accepted}}\n"
        for n, (holder, name, stance) in enumerate(
            [
                ("LIGHT", "coast-is-lit", "oppose"),
                ("BUOYS", "coast-is-lit", "strongSupport"),
                ("BUOYS", "lamps-burn", "hesitantOppose"),
                ("ivo-rask", "lamps-burn", "oppose"),
                ("ivo-rask", "coast-is-lit", "undecided"),
            ]
        )
    )
    path.write_text(MEMO.replace("    decisions:\n", f"{more}    decisions:\n"), encoding="utf-8")
    dataset, findings = loaded(folder)
    assert findings == []
    held = inventory(dataset, folder)
    assert found(held, "rivals") == []  # lamps-burn refines coast-is-lit: that links them
    path = folder / "issues/what.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("    refines: [coast-is-lit]\n", "", 1),
        encoding="utf-8",
    )
    (row,) = found(inventory(loaded(folder)[0], folder), "rivals")
    assert (row[0], row[1], row[5]) == ("lamps-burn", "coast-is-lit", "BUOYS, LIGHT")


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fi", "Omia ydintehtäviä ei ole.", ("ei",)),
        (
            "fi",
            "Päätös jää tekemättä ja tarve täyttymättömäksi.",
            ("tekemättä", "täyttymättömäksi"),
        ),
        ("fi", "Se on välttämätöntä sijainnista riippumatta.", ()),
        ("sv", "Det finns inga egna uppgifter, icke-statliga.", ("inga", "icke-statliga")),
        ("en", "It isn’t done; nothing cannot be.", ("isn’t", "nothing", "cannot")),
        ("en", "Notes are noted.", ()),
    ],
)
def test_words_that_say_no(language: str, text: str, words: tuple[str, ...]) -> None:
    assert negations(text, language) == words


def test_every_language_says_what_its_wordings_need() -> None:
    files = {path.parent.name for path in (data_dir() / "languages").glob("*/wording.toml")}
    assert files == set(languages())
    for language in languages():
        assert read_wording("Kaj 12, STM:n", language, as_it_is).lemmas


@pytest.mark.slow
def test_lemmas_find_inflected_duplicates() -> None:
    first = worded("a", fi="Neuvontapuhelin annetaan palvelujen järjestäjille.")
    second = worded("b", fi="Palvelujen järjestäjät antavat neuvontapuhelimen.")
    (pair,) = near_duplicates([first, second], lemma_of)
    assert pair.score == 1.0
    assert lemma_of("stm:n", "fi") == "stm"


def run(*words: str, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(propositions, list(words), env={"COLUMNS": "200"})
    assert done.exit_code == code, done.stderr or done.exception
    return done.stdout, done.stderr


def test_the_list_as_json_csv_and_table(folder: Path) -> None:
    rows = json.loads(run(str(folder), "--format", "json")[0])
    assert rows[1] == {
        "issue": "issue-lamps",
        "issue_label": "Do the lamps burn all night?",
        "proposition": "lamps-on",
        "label": "All lamps are on through the night.",
        "support": 1,
        "undecided": 0,
        "oppose": 1,
        "proposed": 1,
        "holders": "LIGHT, ivo-rask",
        "meetings": "coast-2",
    }
    table = list(csv.DictReader(io.StringIO(run("list", str(folder), "--format", "csv")[0])))
    assert [row["proposition"] for row in table] == [row["proposition"] or "" for row in rows]
    out, err = run(str(folder), "--lang", "fi")
    assert "Lamput palavat koko yön." in out
    assert err == ""
    rows = json.loads(run(str(folder), "--find", "unheld", "--format", "json")[0])
    assert [row["proposition"] for row in rows] == ["coast-is-lit", "lamps-off"]


def test_nothing_found_is_told(folder: Path) -> None:
    out, err = run(str(folder), "--find", "rivals", "--format", "json")
    assert (json.loads(out), err) == ([], "No proposition is found\n")
    assert run(str(folder), "--find", "rivals") == ("", "No proposition is found\n")
    assert "did you mean negated?" in run(str(folder), "--find", "negatd", code=2)[1]


def test_files_with_errors_are_told_and_the_others_counted(folder: Path) -> None:
    path = folder / "meetings/coast.yaml"
    path.write_text(MEMO.replace("stance: oppose", "stance: opose"), encoding="utf-8")
    out, err = run(str(folder), "--format", "json")
    assert json.loads(out)[1]["support"] == 0
    assert "did you mean oppose" in err


@pytest.fixture
def no_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shapes take a second each time; one test below asks them."""
    monkeypatch.setattr("kg.cli.curating._shapes", no_more)


@pytest.mark.usefixtures("no_shapes")
def test_a_dry_run_shows_a_diff_and_changes_nothing(folder: Path) -> None:
    before = read_files(folder)
    out, err = run("rename", "lamps-on", "lamps-lit", "--data", str(folder), "--dry-run")
    assert read_files(folder) == before
    lines = out.splitlines()
    assert f"--- {folder}/issues/what.yaml" in lines
    assert "-  - id: lamps-on   # from another memo" in lines
    assert "+  - id: lamps-lit   # from another memo" in lines
    assert "undo" not in err


@pytest.mark.usefixtures("no_shapes")
def test_a_change_and_the_way_back(folder: Path) -> None:
    before = read_files(folder)
    out, err = run("merge", "lamps-burn", "lamps-on", "--data", str(folder))
    assert out.splitlines() == [f"{folder}/issues/what.yaml", f"{folder}/meetings/coast.yaml"]
    assert f"kg propositions undo --data {folder}" in err
    assert "LIGHT has two positions to lamps-burn" in err
    assert (folder / HISTORY).exists()
    assert (
        "+  - id: lamps-on   # from another memo"
        in run("undo", "--data", str(folder), "--dry-run")[0]
    )
    out, err = run("undo", "--data", str(folder))
    assert "Taken back: merge lamps-burn lamps-on" in err
    assert read_files(folder) == before


def test_the_shapes_are_checked_too(folder: Path) -> None:
    """A condition that becomes the proposition itself is an error of the RDF alone."""
    before = read_files(folder)
    words = ("merge", "coast-is-lit", "lamps-on", "--data", str(folder))
    out, err = run(*words, code=1)
    assert out == ""
    assert "The condition is the proposition itself" in err
    assert f"{folder}/meetings/coast.yaml:" in err
    assert "would make new errors, so nothing was changed" in err
    assert read_files(folder) == before


@pytest.mark.usefixtures("no_shapes")
def test_split_and_reword_take_labels_by_language(folder: Path) -> None:
    where = ("--data", str(folder))
    run(
        *("split", "lamps-on", "--new", "late", "--label-en", "Late.", "--label-sv", "Sent."),
        *("--positions", "coast-2/s01/p1, coast-2/s02/p1", *where),
    )
    run("reword", "late", "--fi", "Myöhään.", *where)
    held = {
        one.proposition.id: one for one in inventory(loaded(folder)[0], folder) if one.proposition
    }
    late = held["late"].proposition
    assert late is not None
    assert late.label == {"en": "Late.", "sv": "Sent.", "fi": "Myöhään."}
    assert len(held["late"].stated) == 2
    assert "No wording is given" in run("reword", "late", *where, code=2)[1]


@pytest.mark.slow
def test_the_shipped_data_merge_and_come_back(tmp_path: Path) -> None:
    for name in ("authorities", "issues", "reforms", "meetings"):
        shutil.copytree(data_dir() / name, tmp_path / name)
    before = read_files(tmp_path)
    where = ("--data", str(tmp_path))
    run("merge", "regional-level", "one-centre-per-area", *where)
    run("rename", "regional-level", "a-region", *where)
    run("undo", *where)
    run("undo", *where)
    assert read_files(tmp_path) == before


@pytest.mark.slow
def test_the_shipped_propositions_are_listed() -> None:
    rows = json.loads(run("--format", "json")[0])
    assert sum(row["support"] + row["undecided"] + row["oppose"] for row in rows) > 80
    pairs = json.loads(run("--find", "near-duplicates", "--format", "json")[0])
    assert all(Decimal("0.5") <= Decimal(str(pair["score"])) <= 1 for pair in pairs)


def test_issues_without_propositions_hold_nothing() -> None:
    issue = Issue(id="i", type="Issue", label={"en": "Why?"})
    assert found((Held(issue, None, ()),), "unheld") == []
