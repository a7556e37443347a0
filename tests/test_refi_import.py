"""`kg import qdpx`: a project becomes a folder that `kg build` takes, or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kg.cli.qdpx import qdpx_command
from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.coding.model import Meeting, Position
from kg.coding.register import Body, Issue, Person
from kg.source import read_sources
from refi_projects import (
    HARBOUR,
    ISLES,
    MEMO,
    TREE,
    Made,
    Tree,
    code,
    coding,
    guid,
    on,
    selection,
    text_source,
    whole,
)

NIGHT = "The ferry runs at night"
Import = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Run the command in an empty folder: exit code, lines of stdout, stderr on one line.

    Without the shapes, which take seconds; one test has them.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.shapes.check_shapes", lambda *_: [])
    return invoke


def invoke(*words: str) -> tuple[int, list[str], str]:
    app = typer.Typer()
    app.command()(qdpx_command)
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    return done.exit_code, done.stdout.splitlines(), " ".join(done.stderr.split())


def load(folder: str) -> Dataset:
    """The folder that was written, with its evidence checked; it has no finding."""
    path = Path(folder)
    dataset, findings = load_dataset(find_files(path, path), read_sources(path / "sources"))
    assert findings == []
    assert all(dataset.checked.values())
    return dataset


def positions(dataset: Dataset) -> list[Position]:
    return [
        position
        for meeting in dataset.meetings
        for item in meeting.items
        for entry in item.entries
        for position in entry.positions
    ]


def places(folder: str, dataset: Dataset) -> list[str]:
    """The words at the place of each position, from the file that its meeting names."""
    texts = {one.path.name: one.text for one in read_sources(Path(folder) / "sources").values()}
    found = []
    for meeting in dataset.meetings:
        text = texts[meeting.document.file_name or ""]
        for item in meeting.items:
            for position in (one for entry in item.entries for one in entry.positions):
                assert position.at is not None
                found.append(text[position.at.start : position.at.end])
    return found


def unmapped(folder: str) -> list[dict[str, str]]:
    text = (Path(folder) / "unmapped.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_project_becomes_a_folder(run: Import) -> None:
    Made().write(Path("ferry.qdpx"))
    code, paths, messages = run("ferry.qdpx")
    assert code == 0, messages
    assert paths == [
        "ferry/authorities/authorities.yaml",
        "ferry/issues/issues.yaml",
        "ferry/meetings/night-ferry-memo.yaml",
        "ferry/sources/night-ferry-memo.txt",
        "ferry/unmapped.csv",
    ]
    assert "2 positions of 1 source read. Next: kg build --data ferry --sources" in messages
    dataset = load("ferry")
    (meeting,) = dataset.meetings
    assert (meeting.date.isoformat(), meeting.coding.coder) == ("2030-05-01", "Ann")
    assert meeting.coding.coded_on.isoformat() == "2030-05-02"
    assert meeting.document.dated is None
    assert [(one.holder, one.stance) for one in positions(dataset)] == [
        ("night-ferry-harbour-office", "support"),
        ("night-ferry-isles", "oppose"),
    ]
    assert places("ferry", dataset) == [HARBOUR, ISLES]
    assert "correct `date`" in messages


@pytest.mark.slow
def test_what_is_imported_passes_the_shapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tree = Tree({**TREE.names, "Persons": ["Ann Ek"], "Speakers": ["Bo Sund"]})
    person = on(MEMO, HARBOUR, "Ann Ek", "Isles", NIGHT, "support")
    spoken = on(MEMO, ISLES, "Isles", "Bo Sund", NIGHT, "oppose")
    sources = text_source(person + spoken) + text_source(on(MEMO, HARBOUR, "noise"), name="Other")
    Made(sources=sources, tree=tree).write(Path("a.qdpx"))
    for more in ([], ["--reported"]):
        code, _, messages = invoke("a.qdpx", "-o", f"a{len(more)}", *more)
        assert code == 0, messages


def test_everything_else_is_kept_in_a_table(run: Import) -> None:
    made = Made(sources=text_source(whole() + selection(0, 3, [], inner=_comment("look here"))))
    made.write(Path("a.qdpx"))
    _, _, messages = run("a.qdpx")
    comment, noise = unmapped("a")
    assert noise == {
        "source": "Memo",
        "file": "night-ferry-memo.txt",
        "start": "63",
        "end": "71",
        "place": "63–71",
        "code": "Themes > noise",
        "coder": "Ann",
        "coded": "2030-05-02T10:00:00Z",
        "comment": "",
        "quote": "too loud",
        "why": "in no group of holders, propositions or stances",
    }
    assert (comment["code"], comment["comment"], comment["quote"]) == ("", "look here", "The")
    assert "Memo, 63–71 “too loud” [Themes > noise]: no position, in no group" in messages


def _comment(words: str) -> str:
    return f"<Description>{words}</Description>"


def test_cells_are_no_formulas(run: Import) -> None:
    tree = Tree({**TREE.names, "=HYPERLINK(1)": []})
    made = Made(sources=text_source(whole() + on(MEMO, "wants", "=HYPERLINK(1)")), tree=tree)
    made.write(Path("a.qdpx"))
    run("a.qdpx")
    assert [one["code"] for one in unmapped("a")] == ["'=HYPERLINK(1)", "Themes > noise"]


@pytest.mark.slow
def test_each_coding_is_in_a_position_or_in_the_table(run: Import) -> None:
    """None is lost, also where one coder's codings alone are wanted."""
    by_bo = "".join(selection(42, 82, [one], user="Bo") for one in ("Isles", NIGHT, "noise"))
    Made(sources=text_source(whole() + by_bo)).write(Path("a.qdpx"))
    assert run("a.qdpx", "--coder", "Ann")[0] == 0
    assert len(positions(load("a"))) == 2
    assert sorted(one["code"] for one in unmapped("a")) == [
        "Actors > Isles",
        f"Propositions > {NIGHT}",
        "Themes > noise",
        "Themes > noise",
    ]
    assert run("a.qdpx", "-o", "b", "--coder", "Cai")[0] == 2


@pytest.mark.slow
def test_many_findings_are_counted(run: Import) -> None:
    themes = "".join(selection(at, at + 3, ["noise"]) for at in range(30))
    Made(sources=text_source(whole() + themes)).write(Path("a.qdpx"))
    code, _, messages = run("a.qdpx")
    assert code == 0
    assert messages.count("no position") == 20
    assert "more; unmapped.csv has every coded segment that is left" in messages
    assert len(unmapped("a")) == 31


@pytest.mark.slow
def test_holders_speak_unless_the_sources_report(run: Import) -> None:
    Made().write(Path("a.qdpx"))
    run("a.qdpx", "-o", "own")
    run("a.qdpx", "-o", "reported", "--reported")
    own, reported = (load(one).meetings[0] for one in ("own", "reported"))
    assert [one.speaker for one in own.items[0].entries] == [
        "night-ferry-harbour-office",
        "night-ferry-isles",
    ]
    assert [one.represents for one in own.participants] == [
        "night-ferry-harbour-office",
        "night-ferry-isles",
    ]
    assert [(one.speaker, one.act) for one in reported.items[0].entries] == [(None, "record")] * 2
    assert reported.participants == ()


def test_persons_speak_for_the_body_coded_with_them(run: Import) -> None:
    tree = Tree({**TREE.names, "Persons": ["Ann Ek"]})
    source = text_source(on(MEMO, HARBOUR, "Ann Ek", "Isles", NIGHT, "support"))
    Made(sources=source, tree=tree).write(Path("a.qdpx"))
    assert run("a.qdpx")[0] == 0
    (meeting,) = load("a").meetings
    (entry,) = meeting.items[0].entries
    assert (entry.speaker, entry.represents) == ("night-ferry-ann-ek", "night-ferry-isles")
    assert [one.holder for one in entry.positions] == ["night-ferry-ann-ek"]
    assert [(one.person, one.represents) for one in meeting.participants] == [
        ("night-ferry-ann-ek", "night-ferry-isles")
    ]


def test_a_speaker_who_reports_is_not_the_holder(run: Import) -> None:
    tree = Tree({**TREE.names, "Speakers": ["Bo Sund"]})
    codes = ("Bo Sund", "Isles", "Harbour Office", NIGHT, "support")
    Made(sources=text_source(on(MEMO, HARBOUR, *codes)), tree=tree).write(Path("a.qdpx"))
    assert run("a.qdpx")[0] == 0
    (entry,) = load("a").meetings[0].items[0].entries
    assert (entry.speaker, entry.represents) == ("night-ferry-bo-sund", None)
    assert {one.holder for one in entry.positions} == {
        "night-ferry-isles",
        "night-ferry-harbour-office",
    }


def test_codes_of_one_name_are_one_actor_and_that_is_said(run: Import) -> None:
    again = code("Actors", code("North", code("Isles").replace(guid("Isles"), guid("Isles 2"))))
    tree = Tree(TREE.names, again.replace(guid("Actors"), guid("Actors 2")))
    other = on(MEMO, HARBOUR, "Isles 2", NIGHT, "oppose")
    made = Made(sources=text_source(on(MEMO, ISLES, "Isles", NIGHT, "oppose") + other), tree=tree)
    made.write(Path("a.qdpx"))
    _, _, messages = run("a.qdpx")
    assert {one.holder for one in positions(load("a"))} == {"night-ferry-isles"}
    assert "several codes are called “Isles”, and are taken for one" in messages


def entities(dataset: Dataset) -> dict[str, type]:
    return {
        one.id: type(one)
        for file in dataset.files
        if not isinstance(file.model, Meeting)
        for one in file.model.entities
    }


@pytest.mark.slow
def test_registers_say_who_and_what(run: Import) -> None:
    tree = Tree({**TREE.names, "Persons": ["Ann Ek"]})
    made = Made(
        sources=text_source(whole() + on(MEMO, "wants", "Ann Ek", NIGHT, "support")), tree=tree
    )
    made.write(Path("a.qdpx"))
    assert run("a.qdpx", "--language", "fi")[0] == 0
    found = entities(load("a"))
    assert found["night-ferry-ann-ek"] is Person
    assert found["night-ferry-isles"] is Body
    assert found[f"night-ferry-issue-{'the-ferry-runs-at-night'}"] is Issue
    assert "{fi: Isles}" in Path("a/authorities/authorities.yaml").read_text(encoding="utf-8")


def variable(value: str) -> str:
    return (
        f'<VariableValue><VariableRef targetGUID="{guid("date")}"/>'
        f"<DateValue>{value}</DateValue></VariableValue>"
    )


@pytest.mark.slow
def test_the_date_of_a_source_is_that_of_its_variable(run: Import) -> None:
    one = text_source(whole() + variable("2029-12-24"))
    other = text_source(on(MEMO, HARBOUR, "noise"), name="Other")
    of_case = (
        f'<Cases><Case guid="{guid("c")}">{variable("2028-01-02")}'
        f'<SourceRef targetGUID="{guid("Other")}"/></Case></Cases>'
    )
    Made(sources=one + other, cases=of_case).write(Path("a.qdpx"))
    _, _, messages = run("a.qdpx")
    dates = {one.label["en"]: one.date.isoformat() for one in load("a").meetings}
    assert dates == {"Memo": "2029-12-24", "Other": "2028-01-02"}
    assert "correct `date`" not in messages


@pytest.mark.slow
def test_a_source_without_any_date_needs_one(run: Import) -> None:
    Made(sources=text_source(whole(), attributes="")).write(Path("a.qdpx"))
    code, _, messages = run("a.qdpx")
    assert (code, Path("a").exists()) == (2, False)
    assert "give one for such sources with `--date YYYY-MM-DD`" in messages
    assert run("a.qdpx", "--date", "2030-01-31")[0] == 0
    assert load("a").meetings[0].date.isoformat() == "2030-01-31"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--date", "yesterday"], "is no date: write --date 2021-10-25"),
        (["--language", "English"], "is no language code"),
        (["--holders", "Nobody"], "called “Nobody” (--holders)"),
    ],
)
def test_options_that_cannot_be_used_are_refused(
    run: Import, words: list[str], expected: str
) -> None:
    Made().write(Path("a.qdpx"))
    code, paths, messages = run("a.qdpx", *words)
    assert (code, paths) == (2, [])
    assert expected in messages
    assert not Path("a").exists()


@pytest.mark.slow
def test_a_project_without_a_position_is_refused_with_a_remedy(run: Import) -> None:
    apart = on(MEMO, HARBOUR, NIGHT, "support") + on(MEMO, "wants", "Isles")
    Made(sources=text_source(apart)).write(Path("a.qdpx"))
    code, _, messages = run("a.qdpx")
    assert (code, Path("a").exists()) == (2, False)
    assert "1 have them in segments that overlap, so try `--overlap`" in messages
    assert run("a.qdpx", "--overlap")[0] == 0


def test_a_folder_that_is_there_is_left_alone(run: Import) -> None:
    Made().write(Path("a.qdpx"))
    Path("a").mkdir()
    Path("a/mine.txt").write_text("mine", encoding="utf-8")
    assert run("a.qdpx")[0] == 4
    assert [one.name for one in Path("a").iterdir()] == ["mine.txt"]


def test_what_is_not_carried_over_is_counted(run: Import) -> None:
    notes = f'<Notes><Note guid="{guid("n")}"><PlainTextContent>x</PlainTextContent></Note></Notes>'
    Made(rest=notes).write(Path("a.qdpx"))
    assert "1 of Note are not carried over" in run("a.qdpx")[2]


@pytest.mark.slow
def test_sources_of_one_name_stay_apart(run: Import) -> None:
    other = text_source(whole()).replace(guid("Memo"), guid("Another"))
    Made(sources=text_source(whole()) + other).write(Path("a.qdpx"))
    assert run("a.qdpx")[0] == 0
    assert [one.id for one in load("a").meetings] == ["night-ferry-memo", "night-ferry-memo-2"]
    assert len(positions(load("a"))) == 4


@pytest.mark.slow
def test_the_same_project_gives_the_same_bytes(run: Import) -> None:
    Made().write(Path("a.qdpx"))
    run("a.qdpx", "-o", "one")
    run("a.qdpx", "-o", "two")
    for path in Path("one").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (Path("two") / path.relative_to("one")).read_bytes()


def test_coding_of_whole_sources_is_kept(run: Import) -> None:
    Made(sources=text_source(whole() + coding("noise"))).write(Path("a.qdpx"))
    assert run("a.qdpx")[0] == 0
    assert [one["place"] for one in unmapped("a")] == ["0–82", "63–71"]
