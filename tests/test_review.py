"""`kg review`: every answer is an exact edit that is on disk at once."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kg.cli
from drafted import write
from kg.build import build
from kg.codes import LANGUAGES
from kg.coding.dataset import find_files, load_dataset
from kg.drafting.known import read_known
from kg.drafting.pieces import Piece, pieces_of
from kg.folders import read_files
from kg.review.choices import Choice, near, propositions
from kg.review.terminal import Terminal
from kg.review.wording import Wording, _texts
from kg.source import read_sources

pytestmark = pytest.mark.slow

ROSES = "roses-are-planted-on-the-eastern-quay"


@pytest.fixture
def coding(tmp_path: Path) -> Path:
    return write(tmp_path).path


def answered(coding: Path, *answers: str, more: tuple[str, ...] = ()) -> Result:
    """What `kg review` says to some lines of answers."""
    options = ["--date", "2024-03-09", *more]
    lines = "".join(f"{one}\n" for one in answers)
    result = CliRunner().invoke(kg.cli.app, ["review", str(coding), *options], input=lines)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def pieces(path: Path, kind: str) -> list[Piece]:
    return [one for one in pieces_of(path.read_text(encoding="utf-8")).all if one.kind == kind]


def statuses(coding: Path) -> list[object]:
    return [one.data["status"] for one in pieces(coding, "positions")]


def wordings(coding: Path) -> dict[str, object]:
    register = coding.parent.parent / "issues" / coding.name
    return {one.id: one.data["label"] for one in pieces(register, "propositions")}


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ, of texts of the same number of lines."""
    both = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(old.strip(), new.strip()) for old, new in both if old != new]


def holds(coding: Path) -> bool:
    folder = coding.parent.parent
    found = find_files(folder, folder)
    return load_dataset(found, read_sources(folder.parent / "memos"))[1] == []


def test_accepting_changes_one_value_and_takes_the_mark(coding: Path) -> None:
    before = coding.read_text(encoding="utf-8")
    answered(coding, "a", "q")
    changes = changed_lines(before, coding.read_text(encoding="utf-8"))
    assert [new for _, new in changes] == [
        "- id: committee-on-harbour-gardens-2024-03-05/s02/p1",
        "status: accepted",
    ]


def test_what_is_shown(coding: Path) -> None:
    said = answered(coding, "q").stdout
    assert "Item 2: Roses on the quay" in said
    assert "Timo Salo (statement)" in said
    assert "[[Salo said that the Parks Unit supports roses on the eastern quay.]]" in said
    assert "Parks Unit supports: Roses are planted on the eastern quay (confidence high)" in said
    assert "[a]ccept, [c]hange, [r]eject, [s]kip, [u]ndo, [q]uit:" in said


def test_a_view_of_others_is_said_to_be_reported(coding: Path) -> None:
    text = coding.read_text(encoding="utf-8")
    coding.write_text(text.replace("holder: treasury", "holder: parks-unit"), encoding="utf-8")
    said = " ".join(answered(coding, "s", "s", "q").stdout.split())
    assert "Parks Unit opposes conditionally" in said
    assert "if: The costs are known, reported by Lea Berg" in said


def test_rejecting_keeps_the_position_as_rejected(coding: Path) -> None:
    answered(coding, "r", "q")
    assert statuses(coding) == ["rejected", "proposed", "proposed"]
    assert holds(coding)


def test_skipping_leaves_all_as_it_is(coding: Path) -> None:
    before = read_files(coding.parent.parent)
    result = answered(coding, *"sssssss")
    assert read_files(coding.parent.parent) == before
    assert result.stderr.endswith(": 7 left to review\n")


def test_undo_takes_back_answer_by_answer(coding: Path) -> None:
    before = read_files(coding.parent.parent)
    said = answered(coding, "r", "a", "s", "u", "u", "u", "u", "q").stdout
    assert read_files(coding.parent.parent) == before
    assert said.count("There is nothing to undo.") == 1


def test_changing_asks_for_everything(coding: Path) -> None:
    """Stance by the beginning of its code, proposition by a number, and a quote that must stand."""
    answers = ["s", "c", "Maja Ek", "supportW", "roses", "1", "costs", "1", "medium"]
    answered(coding, *answers, "no such words", "left to the residents", "q")
    one = pieces(coding, "positions")[1].data
    assert {key: one[key] for key in ("holder", "stance", "proposition", "confidence")} == {
        "holder": "maja-ek",
        "stance": "supportWithConditions",
        "proposition": ROSES,
        "confidence": "medium",
    }
    assert (one["condition"], one["quote"]) == (["the-costs-are-known"], "left to the residents")
    assert one["status"] == "accepted"
    assert holds(coding)


def test_a_condition_and_a_quote_can_go(coding: Path) -> None:
    answered(coding, "s", "s", "c", "", "oppose", "", "-", "", "-", "q")
    one = pieces(coding, "positions")[2].data
    assert one["stance"] == "oppose"
    assert not {"condition", "quote"} & one.keys()
    assert holds(coding)


def test_changing_to_a_new_proposition(coding: Path) -> None:
    answered(coding, "c", "", "", "Roses are watered at night.", "+", "", "", "q")
    name = "roses-are-watered-at-night"
    assert pieces(coding, "positions")[0].data["proposition"] == name
    assert wordings(coding)[name] == {"en": "Roses are watered at night."}
    assert holds(coding)


def test_an_end_in_the_middle_of_a_change_changes_nothing(coding: Path) -> None:
    before = read_files(coding.parent.parent)
    result = answered(coding, "c", "Maja Ek", "oppose")
    assert read_files(coding.parent.parent) == before
    assert result.exit_code == 0
    assert result.stderr.endswith(": 7 left to review\n")


def test_a_new_proposition_is_asked_about_after_its_first_position(coding: Path) -> None:
    said = answered(coding, "a", "c", "Roses grow on the quay.", "+", "q").stdout
    assert "New proposition: Roses are planted on the eastern quay." in said
    assert wordings(coding)[ROSES] == {"en": "Roses grow on the quay."}
    register = coding.parent.parent / "issues" / coding.name
    (one,) = [one for one in pieces(register, "propositions") if one.id == ROSES]
    assert one.data["altLabel"] == {"en": ["Roses are planted on the eastern quay."]}
    assert one.key is None


def test_a_new_proposition_can_be_merged(coding: Path) -> None:
    answered(coding, "a", "c", "residents-water-the-roses", "q")
    assert ROSES not in wordings(coding)
    named = [one.data["proposition"] for one in pieces(coding, "positions")]
    assert named == ["residents-water-the-roses"] * 3
    assert holds(coding)


def test_rejecting_a_new_proposition_rejects_its_position(coding: Path) -> None:
    answered(coding, "a", "r", "q")
    assert statuses(coding)[0] == "rejected"


def test_a_speaker_is_one_of_the_table(coding: Path) -> None:
    answered(coding, "s", "s", "s", "c", "nobody", "salo", "1", "q")
    one = pieces(coding, "entries")[3].data
    assert (one["speaker"], one["type"]) == ("timo-salo", "SpeechAct")
    assert holds(coding)


def test_without_a_speaker_it_is_a_record(coding: Path) -> None:
    answered(coding, "s", "s", "s", "r", "q")
    assert pieces(coding, "entries")[3].data["act"] == "record"


def test_claims_decisions_and_actions_are_asked_about(coding: Path) -> None:
    answered(coding, "s", "s", "s", "s", "c", "disagree", "r", "c", "Salo gets an estimate.")
    assert [one.data["alignment"] for one in pieces(coding, "claims")] == ["disagree"]
    assert pieces(coding, "decisions") == []
    assert pieces(coding, "actions")[0].data["label"] == {"en": "Salo gets an estimate."}
    assert holds(coding)
    # What was rejected is not drafted again.
    write(coding.parents[2])
    assert pieces(coding, "decisions") == []


def test_when_nothing_is_left_the_coding_is_accepted(coding: Path) -> None:
    result = answered(coding, *"aaaaaaaaaa", more=("--coder", "Ada Ek"))
    coded = pieces_of(coding.read_text(encoding="utf-8")).root["coding"]
    assert (coded["coder"], coded["codedOn"], coded["status"]) == (
        "Ada Ek",
        "2024-03-09",
        "accepted",
    )
    assert "not yet reviewed" not in coding.read_text(encoding="utf-8")
    assert "accepted in the name of Ada Ek" in result.stderr
    assert holds(coding)
    assert answered(coding).stderr.endswith(": nothing to review\n")


def test_the_coder_is_asked_for(coding: Path) -> None:
    result = answered(coding, *"aaaaaaaaaa")
    assert "run it again with --coder" in result.stderr
    answered(coding, "Ada Ek")
    assert pieces_of(coding.read_text(encoding="utf-8")).root["coding"]["coder"] == "Ada Ek"


def test_a_folder_is_reviewed_file_by_file(coding: Path) -> None:
    second = coding.with_name("second.yaml")
    text = coding.read_text(encoding="utf-8")
    second.write_text(text.replace("-2024-03-05", "-2024-03-06"), encoding="utf-8")
    result = answered(coding.parent.parent, *"rrrrrrr", "q", more=("--coder", "Ada"))
    assert "accepted in the name of Ada" in result.stderr
    assert result.stderr.endswith("second.yaml: 7 left to review\n")


def test_comments_and_line_ends_of_a_person_stay(coding: Path) -> None:
    text = coding.read_text(encoding="utf-8").replace("stance: support\n", "stance: support # x\n")
    coding.write_bytes(b"\xef\xbb\xbf# mine\r\n" + text.replace("\n", "\r\n").encode())
    answered(coding, *"arrrrrrr")
    raw = coding.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# mine\r\n")
    assert raw.count(b"stance: support # x\r\n") == 2
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert holds(coding)


def test_a_file_changed_meanwhile_is_not_written_over(
    coding: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(self: Terminal, prompt: str, candidates: object = ()) -> str:
        coding.write_text(coding.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")
        return "a"

    monkeypatch.setattr(Terminal, "ask", ask)
    result = answered(coding)
    assert result.exit_code == 2
    assert "was changed by another program" in result.stderr
    assert statuses(coding) == ["proposed"] * 3


def test_passages_come_from_the_comments_where_the_memo_is_not_at_hand(coding: Path) -> None:
    (coding.parents[2] / "memos" / "gardens.txt").unlink()
    said = answered(coding, "q").stdout
    assert "The document gardens.txt is not at hand" in said
    assert "[[Line 15: “Salo said that the Parks Unit" in said


def test_a_changed_memo_is_not_shown(coding: Path) -> None:
    (coding.parents[2] / "memos" / "gardens.txt").write_text("Other.", encoding="utf-8")
    assert "is not at hand" in answered(coding, "q").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.yaml"], "There is no none.yaml"),
        ([".", "--date", "tomorrow"], "--date tomorrow is no date"),
        (["."], "holds no meetings"),
    ],
)
def test_what_cannot_be_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(kg.cli.app, ["review", *arguments])
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_a_broken_coding_is_told_with_its_line(coding: Path) -> None:
    coding.write_text(coding.read_text(encoding="utf-8") + "\n\t: x", encoding="utf-8")
    result = answered(coding, "a")
    assert result.exit_code == 1
    assert "a tab stands here" in result.stderr


@pytest.mark.parametrize(("language", "word"), [("fi", "kannattaa"), ("sv", "stöder")])
def test_it_speaks_the_language_asked_for(coding: Path, language: str, word: str) -> None:
    result = answered(coding, "q", more=("--lang", language))
    assert f"Parks Unit {word}: Roses" in result.stdout
    assert "left" not in result.stderr


def test_every_text_is_in_every_language() -> None:
    for group in _texts().values():
        for text in group.values():
            assert set(text) == set(LANGUAGES)
            places = {one.count("{") for one in text.values()}
            assert len(places) == 1


def test_near_names_come_in_order(coding: Path) -> None:
    known = propositions(read_known(coding.parent.parent), Wording("en"))
    for given in ("Resid", "residents water a rose"):
        assert near(given, known)[0].id == "residents-water-the-roses"
    few = (Choice("b", "Salo", ("Timo Salo",)), Choice("a", "Berg", ("Lea Berg",)))
    assert [one.id for one in near("salo", few)] == ["b"]
    assert near("qqq", few) == []


def test_codes_by_their_beginning() -> None:
    say = Wording("fi")
    given = ("oppo", "vastustaa", "strongs", "hesitant", "x", "")
    found = [say.notation("stance", one) for one in given]
    assert found == ["oppose", "oppose", "strongSupport", None, None, None]


@pytest.mark.slow
def test_rejected_positions_are_in_no_answer(coding: Path) -> None:
    answered(coding, *"aarrrrrr")
    folder = coding.parent.parent
    made, _ = build(folder, folder.parent / "build", folder.parent / "memos")
    options = ["--store", str(made.folder), "--format", "csv"]
    said = {
        who: CliRunner().invoke(kg.cli.app, ["query", "positions", "--actor", who, *options]).stdout
        for who in ("parks-unit", "treasury")
    }
    assert ROSES in said["parks-unit"]
    assert "residents-water" not in said["parks-unit"]
    assert ROSES not in said["treasury"]


@pytest.mark.slow
def test_in_a_terminal_tab_completes_and_a_kill_loses_nothing(coding: Path) -> None:
    """The evidence is bold, Tab completes a proposition, and what is answered is on disk."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "review", str(coding), "--date", "2024-03-09"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "INPUTRC": os.devnull},
    )
    os.close(follower)
    try:
        said = _until(leader, "[q]uit:")
        assert "\x1b[1mSalo said that the Parks Unit supports" in said
        os.write(leader, b"c\r")
        for prompt in ("Who has", "Stance"):
            _until(leader, prompt)
            os.write(leader, b"\r")
        _until(leader, "Proposition [")
        os.write(leader, b"residents-w\t\r")
        for prompt in ("Confidence", "Quote"):
            _until(leader, prompt)
            os.write(leader, b"\r")
        _until(leader, "New proposition")
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    one = pieces(coding, "positions")[0].data
    assert (one["proposition"], one["status"]) == ("residents-water-the-roses", "accepted")
    assert holds(coding)


def _until(terminal: int, words: str) -> str:
    """All that a terminal says until some words, for half a minute at most."""
    said, end = b"", time.monotonic() + 30
    while words.encode() not in said:
        assert time.monotonic() < end, said.decode(errors="replace")
        said += os.read(terminal, 4096)
    return said.decode(errors="replace")
