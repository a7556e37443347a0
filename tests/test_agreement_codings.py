"""Two codings of one memo compared: what stands for the same, what differs, `kg diff`."""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ferry import FERRY, MEETING
from kg.agreement.align import align
from kg.agreement.coded import Coding, Known, check_same_document, read_coding
from kg.agreement.decisions import DECISIONS, agreements
from kg.agreement.differences import MISSING, Difference, differences
from kg.agreement.stretches import stretches
from kg.cli.comparing import diff_command
from kg.coding.writing import yaml_text
from kg.errors import DataError, InputError
from kg.source import read_sources

KNOWN = Known({"tea": "issue-drinks", "milk": "issue-drinks", "bread": "issue-food"}, {})
SHA = "ab" * 32
HOLDERS = ("cook", "guest", "KITCHEN")
STANCES = ("support", "oppose", "undecided", "strongSupport")


def place(start: int, end: int) -> dict[str, Any]:
    name = f"m/memo#char={start},{end}"
    return {"id": name, "type": "Passage", "of": "m/memo", "start": start, "end": end}


def position(start: int, holder: str, proposition: str, stance: str) -> dict[str, Any]:
    at = place(start, start + 30)
    return {"holder": holder, "proposition": proposition, "stance": stance, "at": at}


def meeting(entries: list[dict[str, Any]], **document: str) -> dict[str, Any]:
    """A meeting with one item a entry; the first half of them speeches of the cook."""
    present = [
        {"person": "cook", "represents": "KITCHEN", "role": "member"},
        {"person": "guest", "role": "member"},
    ]
    items = [
        {"id": f"m/i{number}", "number": f"{number}.", "label": {"en": "Item"}, "entries": [entry]}
        for number, entry in enumerate(entries, start=1)
    ]
    return {
        "id": "m",
        "type": "Meeting",
        "label": {"en": "Meal"},
        "heldBy": "KITCHEN",
        "date": "2031-01-01",
        "coding": {"coder": "Cai", "codedOn": "2031-01-02", "status": "accepted"},
        "document": {"sha256": SHA, "fileName": "memo.txt", **document},
        "participants": present,
        "items": items,
    }


def sample() -> dict[str, Any]:
    """Two speeches with three positions, a decision and an action."""
    return meeting(
        [
            {
                "speaker": "cook",
                "act": "statement",
                "at": place(0, 100),
                "positions": [
                    position(0, "KITCHEN", "tea", "support"),
                    position(40, "cook", "milk", "oppose"),
                ],
            },
            {
                "speaker": "guest",
                "act": "statement",
                "at": place(100, 200),
                "positions": [position(100, "cook", "bread", "undecided")],
                "decisions": [{"label": {"en": "Bread."}, "at": place(140, 160)}],
                "actions": [
                    {"label": {"en": "Bake."}, "responsible": ["cook"], "at": place(170, 190)}
                ],
            },
        ]
    )


def entry(data: dict[str, Any], number: int) -> Any:
    return data["items"][number - 1]["entries"][0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def coding(folder: Path, data: dict[str, Any], name: str = "a.yaml") -> Coding:
    path = folder / name
    path.write_text(yaml_text(data), encoding="utf-8")
    return read_coding(path, KNOWN)[0]


def compared(folder: Path, a: dict[str, Any], b: dict[str, Any]) -> list[tuple[Any, ...]]:
    first, second = coding(folder, a, "a.yaml"), coding(folder, b, "b.yaml")
    return [(one.kind, one.what, one.a, one.b) for one in differences(align(first, second))]


def values(folder: Path, a: dict[str, Any], b: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Units and agreed ones by kind of decision."""
    first, second = coding(folder, a, "a.yaml"), coding(folder, b, "b.yaml")
    found = agreements(first, second, align(first, second), None)
    return {one.decision.name: (one.units, one.agreed) for one in found}


def test_a_coding_as_decisions(folder: Path) -> None:
    found = coding(folder, sample())
    assert [(one.kind, one.id, one.start, one.end) for one in found.coded] == [
        ("entry", "m/s01", 0, 100),
        ("position", "m/s01/p1", 0, 30),
        ("position", "m/s01/p2", 40, 70),
        ("entry", "m/s02", 100, 200),
        ("position", "m/s02/p1", 100, 130),
        ("decision", "m/s02/d1", 140, 160),
        ("action", "m/s02/t1", 170, 190),
    ]
    own, personal, reported = found.of("position")
    assert dict(own.values) == {
        "item": "1",
        "speaker": "cook",
        "holder": "KITCHEN",
        "proposition": "tea",
        "issue": "issue-drinks",
        "stance": "support",
        "basis": "own",
    }
    assert (personal.values["basis"], reported.values["basis"]) == ("personal", "reported")


def test_a_body_that_speaks_holds_its_own(folder: Path) -> None:
    data = sample()
    entry(data, 1)["speaker"] = "KITCHEN"
    assert coding(folder, data).of("position")[0].values["basis"] == "own"
    del entry(data, 1)["speaker"]
    found = coding(folder, data)
    assert found.of("position")[0].values["basis"] == "reported"
    assert found.of("entry")[0].values["speaker"] == "(record)"


def test_equal_codings_do_not_differ(folder: Path) -> None:
    assert compared(folder, sample(), sample()) == []
    found = values(folder, sample(), sample())
    assert all(units == agreed > 0 for units, agreed in found.values())
    assert set(found) == {one.name for one in DECISIONS}


def test_every_kind_of_difference(folder: Path) -> None:
    other = sample()
    first, second = entry(other, 1), entry(other, 2)
    first["speaker"] = "guest"
    second["act"] = "question"
    other["items"][1]["number"] = "2a"
    first["positions"][0] |= {"holder": "cook", "proposition": "milk", "stance": "strongSupport"}
    first["positions"][0]["at"] = place(2, 29)  # nearly the same sentence
    second["decisions"] = [{"label": {"en": "Bread."}, "at": place(150, 170)}]
    second["actions"][0]["responsible"] = ["guest", "cook"]
    assert compared(folder, sample(), other) == [
        ("entry", "speaker", "cook", "guest"),
        ("position", "holder", "KITCHEN", "cook"),
        ("position", "proposition", "tea", "milk"),
        ("position", "stance", "support", "strongSupport"),
        ("position", "basis", "own", "reported"),
        ("position", "basis", "personal", "reported"),
        ("entry", "item", "2", "2a"),
        ("entry", "act", "statement", "question"),
        ("action", "responsible", "cook", "cook, guest"),
    ]
    found = values(folder, sample(), other)
    assert (found["stance"], found["pole"], found["issue"]) == ((3, 2), (3, 3), (3, 3))
    assert (found["holder"], found["speaker"], found["item"]) == ((3, 2), (2, 1), (2, 1))
    assert found["responsible"] == (1, 0)


def test_what_one_coder_alone_has_is_missing_in_the_other(folder: Path) -> None:
    other = sample()
    entry(other, 1)["positions"].pop()
    entry(other, 2)["positions"].append(position(100, "guest", "tea", "oppose"))
    found = compared(folder, sample(), other)
    assert found == [
        ("position", MISSING, "cook cook oppose milk", None),
        ("position", MISSING, None, "guest guest oppose tea"),
    ]
    present = values(folder, sample(), other)["position present"]
    assert present == (5, 4)


def test_differences_name_the_lines_of_both_files(folder: Path) -> None:
    other = sample()
    entry(other, 2)["positions"][0]["stance"] = "support"
    b = {"note": {"en": "One key more."}, **other}
    first, second = coding(folder, sample(), "a.yaml"), coding(folder, b, "b.yaml")
    (one,) = differences(align(first, second))
    assert isinstance(one, Difference)
    assert (one.a_line, one.b_line) == (one.a_line, (one.a_line or 0) + 1)
    line = (folder / "a.yaml").read_text(encoding="utf-8").splitlines()[(one.a_line or 0) - 1]
    assert line.strip() == "- holder: cook"


def test_of_several_positions_in_one_sentence_the_like_ones_go_together(folder: Path) -> None:
    data, other = sample(), sample()
    places = [("KITCHEN", "tea"), ("cook", "milk"), ("guest", "bread")]
    entry(data, 1)["positions"] = [position(0, *one, "support") for one in places]
    entry(other, 1)["positions"] = [position(0, *one, "support") for one in reversed(places)]
    assert compared(folder, data, other) == []


def test_ranges_that_share_less_than_half_are_apart(folder: Path) -> None:
    other = sample()
    entry(other, 1)["positions"][1]["at"] = place(56, 86)
    assert [one[1] for one in compared(folder, sample(), other)] == [MISSING, MISSING]
    entry(other, 1)["positions"][1]["at"] = place(55, 85)
    assert compared(folder, sample(), other) == []


def test_rejected_positions_are_no_part(folder: Path) -> None:
    data = sample()
    entry(data, 1)["positions"][0]["status"] = "rejected"
    assert len(coding(folder, data).of("position")) == 2


def test_what_has_no_place_is_told(folder: Path) -> None:
    data = sample()
    del entry(data, 1)["at"]
    found = coding(folder, data)
    assert [one.message for one in found.findings] == [
        "m/s01 has no place in the document and is not compared: give it one"
    ]
    del entry(data, 1)["positions"][0]["at"]
    assert len(coding(folder, data).findings) == 2


def test_a_position_without_a_place_has_that_of_its_entry(folder: Path) -> None:
    data = sample()
    del entry(data, 1)["positions"][0]["at"]
    assert {one.start for one in coding(folder, data).of("position")} == {0, 40, 100}


def test_a_proposition_that_no_register_knows_has_no_issue(folder: Path) -> None:
    data = sample()
    entry(data, 1)["positions"][0]["proposition"] = "cake"
    assert values(folder, data, data)["issue"] == (2, 2)


def test_places_that_overlap_are_one_stretch(folder: Path) -> None:
    found = coding(folder, sample())
    assert stretches(found.coded, None) == [(0, 30), (40, 70), (100, 130), (140, 160), (170, 190)]
    assert stretches((), None) == []


def random_meeting(random: Random) -> dict[str, Any]:
    """Speeches of four sentences each, with positions in some of them."""
    entries = []
    for number in range(6):
        start = number * 160
        said = [
            position(
                start + sentence * 40 + random.randint(0, 3),
                random.choice(HOLDERS),
                random.choice(("tea", "milk", "bread")),
                random.choice(STANCES),
            )
            for sentence in range(4)
            for _ in range(random.randint(0, 2))
        ]
        speech: dict[str, Any] = {
            "speaker": random.choice(HOLDERS),
            "act": random.choice(("statement", "question")),
            "at": place(start, start + 160),
        }
        entries.append({**speech, "positions": said} if said else speech)
    return meeting(entries)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_two_coders_does_not_matter(folder: Path, seed: int) -> None:
    random = Random(seed)
    a = coding(folder, random_meeting(random), "a.yaml")
    b = coding(folder, random_meeting(random), "b.yaml")
    there, back = align(a, b), align(b, a)
    mirrored = {
        (one.kind, one.what, one.b_line, one.b, one.a_line, one.a) for one in differences(back)
    }
    assert {
        (one.kind, one.what, one.a_line, one.a, one.b_line, one.b) for one in differences(there)
    } == mirrored
    for one, other in zip(agreements(a, b, there, None), agreements(b, a, back, None), strict=True):
        assert (one.units, one.agreed) == (other.units, other.agreed)
        assert one.alpha.note == other.alpha.note
        assert one.alpha.value == pytest.approx(other.alpha.value)
        assert one.kappa.value == pytest.approx(other.kappa.value)


@pytest.mark.parametrize("seed", range(3))
def test_a_coding_agrees_with_itself(folder: Path, seed: int) -> None:
    one = coding(folder, random_meeting(Random(seed)))
    pairs = align(one, one)
    assert differences(pairs) == ()
    for found in agreements(one, one, pairs, None):
        assert found.units == found.agreed
        assert found.alpha.value is None or found.alpha.value == pytest.approx(1.0)


def test_codings_of_different_documents_are_refused(folder: Path) -> None:
    a = coding(folder, sample(), "a.yaml")
    other = sample() | {"document": {"sha256": "cd" * 32, "fileName": "memo.txt"}}
    with pytest.raises(InputError, match=r"different documents \(memo.txt SHA-256 abababababab…"):
        check_same_document(a, coding(folder, other, "b.yaml"))
    nameless = coding(folder, sample() | {"document": {"fileName": "memo.txt"}}, "b.yaml")
    assert [one.path.name for one in check_same_document(a, nameless)] == ["b.yaml"]
    elsewhere = coding(folder, sample() | {"document": {"fileName": "other.txt"}}, "b.yaml")
    with pytest.raises(InputError, match="different documents"):
        check_same_document(a, elsewhere)
    assert check_same_document(a, a) == []


def test_a_coding_with_errors_is_told(folder: Path) -> None:
    data = sample()
    entry(data, 1)["positions"][0]["stance"] = "supprt"
    with pytest.raises(DataError, match="has errors") as caught:
        coding(folder, data)
    assert "did you mean support" in caught.value.findings[0].message
    (folder / "c.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        read_coding(folder / "c.yaml", KNOWN)


def test_sentences_of_the_document_are_the_units_where_it_is_given() -> None:
    sources = read_sources(FERRY / "sources")
    found, source = read_coding(FERRY / MEETING, KNOWN, sources)
    assert source is not None
    texts = [source.text[start:end] for start, end in stretches(found.coded, source)]
    assert texts[0] == "Ek opened the meeting."
    assert "Sund answered that the isles hesitate." in texts
    assert len(texts) == len(set(texts))
    (present, *_) = agreements(found, found, align(found, found), source)
    assert (present.units, present.agreed) == (len(texts), len(texts))
    assert present.alpha.value == pytest.approx(1.0)


def test_a_draft_is_located_by_its_document() -> None:
    """Phrases and `find` texts become places in memory; the file stays."""
    draft = FERRY / "draft" / "ferry.yaml"
    before = draft.read_bytes()
    sources = read_sources(FERRY / "sources")
    found, _ = read_coding(draft, KNOWN, sources)
    finished, _ = read_coding(FERRY / MEETING, KNOWN, sources)
    assert differences(align(found, finished)) == ()
    assert draft.read_bytes() == before


def run(*words: str, code: int = 0) -> tuple[str, str]:
    app = typer.Typer()
    app.command()(diff_command)
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert done.exit_code == code, done.stderr or done.exception
    return done.stdout, done.stderr


@pytest.fixture
def two(folder: Path) -> tuple[str, str]:
    a, b = sample(), deepcopy(sample())
    entry(b, 1)["positions"][1]["stance"] = "undecided"
    coding(folder, a, "a.yaml")
    coding(folder, b, "b.yaml")
    return str(folder / "a.yaml"), str(folder / "b.yaml")


def test_the_command_in_its_forms(two: tuple[str, str]) -> None:
    data = json.loads(run(*two, "--format", "json")[0])
    assert (data["a"]["coder"], data["presence_units"]) == ("Cai", "coded places")
    (one,) = data["differences"]
    assert (one["kind"], one["difference"], one["a"], one["b"]) == (
        *("position", "stance"),
        *("oppose", "undecided"),
    )
    assert one["a_place"].startswith(f"{two[0]}:")
    by_name = {row["decision"]: row for row in data["agreement"]}
    assert by_name["stance"]["rate"] == pytest.approx(2 / 3)
    assert by_name["act"]["alpha"] is None
    assert "not defined" in by_name["act"]["note"]
    rows = list(csv.DictReader(io.StringIO(run(*two, "--format", "csv", "--show", "agreement")[0])))
    assert [row["decision"] for row in rows] == [one.name for one in DECISIONS]
    out, err = run(*two)
    assert "1 difference\n" in out
    assert "undecided" in out
    assert "A: " in err
    assert "add --show differences" in run(*two, "--format", "csv", code=2)[1]


def test_the_command_refuses_different_documents(folder: Path, two: tuple[str, str]) -> None:
    other = sample() | {"document": {"sha256": "cd" * 32}}
    coding(folder, other, "c.yaml")
    out, err = run(two[0], str(folder / "c.yaml"), code=2)
    assert out == ""
    assert "codings of different documents" in err
