"""Merge, split, reword, rename and back: what is said after each, and what does not change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curation_boards import WHAT, boards, loaded, opened
from kg.coding.dataset import Dataset
from kg.coding.model import Meeting
from kg.coding.register import Issue, Proposition, Register
from kg.curation import asked, history
from kg.curation.changes import Change
from kg.curation.folder import DataFolder, read_folder
from kg.curation.history import HISTORY, carry_out, take_back, undo
from kg.curation.rewriting import no_more, rewrite
from kg.errors import DataError, InputError, OutputError, UnknownName
from kg.findings import Finding, Severity
from kg.folders import read_files, write_atomically
from kg.resources import data_dir

pytestmark = pytest.mark.slow

NOW = datetime(2031, 3, 6, 12, tzinfo=UTC)

Request = Callable[[DataFolder], Change]

REQUESTS: dict[str, Request] = {
    "merge": lambda folder: asked.merge(folder, "lamps-burn", ["lamps-on"]),
    "merge backwards": lambda folder: asked.merge(folder, "lamps-on", ["lamps-burn"]),
    "merge three": lambda folder: asked.merge(folder, "coast-is-lit", ["lamps-burn", "lamps-on"]),
    "split": lambda folder: asked.split(
        folder, "lamps-on", "lamps-on/late", {"en": "Late: on.", "sv": "Sent"}, ["coast-2/s01/p1"]
    ),
    "reword": lambda folder: asked.reword(folder, "lamps-on", {"fi": "Valot: päällä", "en": "On!"}),
    "rename": lambda folder: asked.rename(folder, "lamps-on", "lamps/on"),
}


def carry(folder: Path, request: Request) -> tuple[Finding, ...]:
    data = opened(folder)
    found = rewrite(data, request(data))
    carry_out(data, found, NOW)
    return found.findings


def back(folder: Path) -> None:
    data = opened(folder)
    take_back(data, undo(data, no_more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return boards(tmp_path / "data")


def meeting(folder: Path) -> Meeting:
    dataset, findings = loaded(folder)
    assert findings == []
    return dataset.meetings[0]


def propositions(folder: Path) -> dict[str, Proposition]:
    return {
        one.id: one
        for file in loaded(folder)[0].files
        if isinstance(file.model, Register)
        for issue in file.model.entities
        if isinstance(issue, Issue)
        for one in issue.propositions
    }


def comments(folder: Path) -> list[str]:
    return sorted(
        line[line.index("#") :]
        for name, text in read_files(folder).items()
        for line in text.decode().splitlines()
        if "# " in line and name != HISTORY
    )


def test_the_sample_has_no_error(folder: Path) -> None:
    meeting(folder)


def test_a_merge_reaches_every_reference(folder: Path) -> None:
    findings = carry(folder, REQUESTS["merge"])
    first, second = meeting(folder).items[0].entries
    assert [one.proposition for one in first.positions] == ["lamps-burn", "lamps-burn"]
    reason = first.positions[0].reasons[0]
    assert (reason.supports, reason.attacks) == (("lamps-burn",), ("lamps-off",))
    assert first.claims[0].about == ("lamps-burn", "issue-lamps")
    assert (first.reports[0].about, first.reports[0].waits_for) == (
        ("lamps-burn",),
        ("lamps-burn",),
    )
    assert second.positions[0].proposition == "https://w3id.org/apro/data/lamps-burn"
    assert second.decisions[0].adopts == ("lamps-burn",)
    assert second.actions[0].about == ("lamps-burn",)
    assert [one.message for one in findings] == [
        "LIGHT has two positions to lamps-burn in coast-2/s01: keep one of them"
    ]
    assert second.actions[0].label["en"] == "Buy oil about lamps-on"  # words are no reference


def test_a_merge_keeps_wordings_links_and_notes(folder: Path) -> None:
    carry(folder, REQUESTS["merge"])
    found = propositions(folder)
    assert list(found) == ["lamps-burn", "coast-is-lit", "lamps-off"]
    kept = found["lamps-burn"]
    assert kept.label == {"en": "The lamps burn all night.", "fi": "Lamput palavat koko yön."}
    assert kept.alt_label == {
        "en": ("All lamps are on through the night.",),
        "fi": ("Lamput ovat päällä yön läpi.",),
        "sv": ("Lamporna är på.",),
    }
    assert kept.refines == ("coast-is-lit",)  # and not itself
    assert kept.note == {"en": "From the second memo."}
    assert found["lamps-off"].incompatible_with == ("lamps-burn",)


def test_what_a_merge_leaves_empty_goes(folder: Path) -> None:
    carry(folder, REQUESTS["merge three"])
    found = propositions(folder)
    assert found["coast-is-lit"].refines == ()
    assert "refines" not in (folder / "issues/what.yaml").read_text(encoding="utf-8")
    # The condition was another proposition once: models and references have nothing against it,
    # the shapes do (see the test of the command).
    assert meeting(folder).items[0].entries[0].positions[0].condition == ("coast-is-lit",)


def test_a_split_moves_positions_with_their_reasons(folder: Path) -> None:
    carry(folder, REQUESTS["split"])
    first, second = meeting(folder).items[0].entries
    assert [one.proposition for one in first.positions] == ["lamps-on/late", "lamps-burn"]
    assert first.positions[0].reasons[0].supports == ("lamps-on/late",)
    assert first.claims[0].about == ("lamps-burn", "lamps-on", "issue-lamps")
    assert second.positions[0].proposition == "https://w3id.org/apro/data/lamps-on"
    found = propositions(folder)
    assert list(found)[1:3] == ["lamps-on", "lamps-on/late"]
    assert found["lamps-on/late"].label == {"en": "Late: on.", "sv": "Sent"}


def test_a_rewording_keeps_the_old_wording_once(folder: Path) -> None:
    carry(folder, REQUESTS["reword"])
    found = propositions(folder)["lamps-on"]
    assert found.label == {"en": "On!", "fi": "Valot: päällä"}
    assert found.alt_label == {
        "sv": ("Lamporna är på.",),
        "en": ("All lamps are on through the night.",),
        "fi": ("Lamput ovat päällä yön läpi.",),
    }
    first = {"fi": "Lamput ovat päällä yön läpi."}
    carry(folder, lambda data: asked.reword(data, "lamps-on", first))
    again = propositions(folder)["lamps-on"]
    assert again.label["fi"] == first["fi"]
    assert again.alt_label is not None
    assert again.alt_label["fi"] == ("Valot: päällä",)


def test_a_new_name_reaches_every_reference(folder: Path) -> None:
    assert carry(folder, REQUESTS["rename"]) == ()
    assert list(propositions(folder)) == ["lamps-burn", "lamps/on", "coast-is-lit", "lamps-off"]
    text = "".join(one.decode() for name, one in read_files(folder).items() if name != HISTORY)
    assert text.count("lamps-on") == 1  # in the label of the action
    assert text.count("lamps/on") == WHAT.count("lamps-on") + 8


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize(("ends", "mark"), [("\n", ""), ("\r\n", ""), ("\n", "\ufeff")])
def test_every_change_is_taken_back_byte_for_byte(
    tmp_path: Path, name: str, ends: str, mark: str
) -> None:
    folder = boards(tmp_path, ends, mark)
    before, said = read_files(folder), comments(folder)
    carry(folder, REQUESTS[name])
    after = read_files(folder)
    assert after != before
    assert comments(folder) == said
    for one in after.values():
        assert ends == "\n" or one.count(b"\n") == one.count(b"\r\n") or b"Changes" in one
    back(folder)
    assert read_files(folder) == before
    with pytest.raises(InputError, match="no change of propositions"):
        undo(opened(folder), no_more)


def test_lines_that_no_change_concerns_stay(folder: Path) -> None:
    before = (folder / "meetings/coast.yaml").read_text(encoding="utf-8").splitlines()
    carry(folder, REQUESTS["rename"])
    after = (folder / "meetings/coast.yaml").read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [old.replace("lamps-on", "lamps/on") for old, _ in changed] == [
        new.replace("Buy oil about lamps-on", "Buy oil about lamps/on") for _, new in changed
    ]


def test_changes_are_taken_back_in_turn(folder: Path) -> None:
    states = [read_files(folder)]
    for name in ("rename", "merge backwards"):
        request = REQUESTS[name] if name == "rename" else _merge_renamed
        carry(folder, request)
        states.append(read_files(folder))
    entries = history.read_history(opened(folder))
    assert [one.what for one in entries] == [
        "rename lamps-on lamps/on",
        "merge lamps/on lamps-burn",
    ]
    assert entries[0].when == "2031-03-06T12:00:00+00:00"
    for state in reversed(states[:-1]):
        back(folder)
        assert read_files(folder) == state


def _merge_renamed(folder: DataFolder) -> Change:
    return asked.merge(folder, "lamps/on", ["lamps-burn"])


def test_what_was_changed_elsewhere_since_stays(folder: Path) -> None:
    path = folder / "meetings/coast.yaml"
    before = path.read_text(encoding="utf-8")
    carry(folder, REQUESTS["merge"])
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "# one line more\n" + text.replace("label: {en: Lamps}", "label: {en: The lamps}")
    )
    back(folder)
    expected = "# one line more\n" + before.replace("label: {en: Lamps}", "label: {en: The lamps}")
    assert path.read_text(encoding="utf-8") == expected


def test_what_was_changed_there_since_is_not_overwritten(folder: Path) -> None:
    carry(folder, REQUESTS["merge"])
    path = folder / "meetings/coast.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lamps-burn   # said twice", "lamps-off   # said twice"))
    before = read_files(folder)
    with pytest.raises(InputError, match=r"coast\.yaml was changed since at the places of “merge"):
        undo(opened(folder), no_more)
    assert read_files(folder) == before


def test_a_change_that_was_cut_off_is_taken_back(folder: Path) -> None:
    """The history is written first: some files may stand as before."""
    before = read_files(folder)
    carry(folder, REQUESTS["merge"])
    (folder / "meetings/coast.yaml").write_bytes(before["meetings/coast.yaml"])
    back(folder)
    assert read_files(folder) == before


def test_an_undoing_that_would_leave_errors_is_refused(folder: Path) -> None:
    carry(folder, REQUESTS["rename"])
    path = folder / "meetings/coast.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("condition: [coast-is-lit]", "condition: [lamps/on]"))
    with pytest.raises(DataError, match="would make new errors") as caught:
        undo(opened(folder), no_more)
    assert [one.message for one in caught.value.findings] == [
        "Position coast-2/s01/p1, condition: “lamps/on” is not defined; "
        "did you mean lamps-on, lamps-off or lamps-burn?"
    ]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_all_files_or_none(folder: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    before = read_files(folder)
    written = 0
    real = write_atomically

    def full(path: Path, text: str) -> None:
        nonlocal written
        written += 1
        if written == at:
            raise OutputError("The disk is full")
        real(path, text)

    monkeypatch.setattr("kg.curation.rewriting.write_atomically", full)
    with pytest.raises(OutputError, match="full"):
        carry(folder, REQUESTS["merge"])
    assert read_files(folder) == before


def test_a_file_changed_in_the_meantime_stops_the_change(folder: Path) -> None:
    data = opened(folder)
    found = rewrite(data, REQUESTS["merge"](data))
    with (folder / "meetings/coast.yaml").open("a", encoding="utf-8") as file:
        file.write("# later\n")
    before = read_files(folder)
    with pytest.raises(OutputError, match="changed in the meantime"):
        carry_out(data, found, NOW)
    assert read_files(folder) == before


def test_new_errors_change_nothing(folder: Path) -> None:
    def refuse(dataset: Dataset) -> list[Finding]:
        found = propositions_in(dataset)
        message = "the shapes have something against it"
        bad = Finding(folder / "issues/what.yaml", 7, Severity.ERROR, message)
        return [] if "lamps-on" in found else [bad]

    data = opened(folder)
    with pytest.raises(DataError, match="would make new errors") as caught:
        rewrite(data, REQUESTS["merge"](data), refuse)
    assert [one.line for one in caught.value.findings] == [7]


def propositions_in(dataset: Dataset) -> set[str]:
    return {name for name in dataset.places() if name.startswith("lamps")}


def test_errors_that_were_there_before_are_no_hindrance(folder: Path) -> None:
    path = folder / "meetings/coast.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("condition: [coast-is-lit]", "condition: [lamps-onn]"))
    before = read_files(folder)
    carry(folder, lambda data: asked.rename(data, "lamps-on", "zz"))
    (left,) = loaded(folder)[1]
    assert "condition: “lamps-onn” is not defined" in left.message
    back(folder)
    assert read_files(folder) == before


@pytest.mark.parametrize(
    ("request_", "error", "message"),
    [
        (lambda f: asked.merge(f, "lamps-burn", ["lamps-off"]), InputError, "incompatible"),
        (lambda f: asked.merge(f, "lamps-burn", ["lamps-burn"]), InputError, "named twice"),
        (lambda f: asked.merge(f, "lamp-burn", ["lamps-on"]), UnknownName, "did you mean lamps-b"),
        (lambda f: asked.rename(f, "LIGHT", "LAMP"), UnknownName, "No proposition"),
        (lambda f: asked.rename(f, "lamps-on", "ada-holm"), InputError, "taken already"),
        (lambda f: asked.rename(f, "lamps-on", "lamps on"), InputError, "cannot be the id"),
        (lambda f: asked.rename(f, "lamps-on", "m#char=1,2"), InputError, "cannot be the id"),
        (lambda f: asked.reword(f, "lamps-on", {}), InputError, "No wording"),
        (lambda f: asked.reword(f, "lamps-on", {"en": " x"}), InputError, "spaces around"),
        (
            lambda f: asked.split(f, "lamps-on", "new", {"en": "N"}, ["coast-2/s01/p9"]),
            UnknownName,
            "No position is called",
        ),
        (
            lambda f: asked.split(f, "lamps-on", "new", {"en": "N"}, ["coast-2/s01/p2"]),
            InputError,
            "is about lamps-burn, not lamps-on",
        ),
        (lambda f: asked.split(f, "lamps-on", "new", {}, []), InputError, "No wording"),
    ],
)
def test_what_cannot_be_is_refused(
    folder: Path, request_: Request, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        request_(opened(folder))


def test_a_position_given_by_its_whole_iri_can_be_moved(folder: Path) -> None:
    carry(
        folder,
        lambda data: asked.split(data, "lamps-on", "new", {"en": "N"}, ["coast-2/s02/p1"]),
    )
    assert meeting(folder).items[0].entries[1].positions[0].proposition == "new"


def test_a_position_without_an_id_is_not_moved(folder: Path) -> None:
    path = folder / "meetings/coast.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- id: coast-2/s01/p1\n      type", "- type"))
    with pytest.raises(InputError, match="has no id in"):
        REQUESTS["split"](opened(folder))


def test_nothing_to_change_is_said(folder: Path) -> None:
    data = opened(folder)
    with pytest.raises(InputError, match="says so already"):
        rewrite(data, asked.reword(data, "coast-is-lit", {"en": "The coast is lit."}))


def test_a_file_that_cannot_be_read_stops_everything(folder: Path) -> None:
    (folder / "meetings/other.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(DataError, match="nothing can be changed"):
        opened(folder)


def test_what_the_shipped_registers_define_stays(folder: Path) -> None:
    data = read_folder(folder, data_dir())
    with pytest.raises(InputError, match="defined in the shipped registers"):
        data.proposition("regional-level")
    with pytest.raises(InputError, match="taken already"):
        asked.rename(data, "lamps-on", "regional-level")


def test_the_data_of_an_installed_package_stay(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.resources.__file__", str(folder.parent / "resources.py"))
    with pytest.raises(InputError, match="belong to the installed package"):
        opened(folder)


@pytest.mark.parametrize("text", ["entries: 3\n", "- x\n", "entries: [{what: x}]\n", "e: [\n"])
def test_a_damaged_history_is_told(folder: Path, text: str) -> None:
    (folder / HISTORY).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"(?s)history .*damaged"):
        undo(opened(folder), no_more)


def test_a_merge_over_two_issues_and_two_notes_is_told(folder: Path) -> None:
    path = folder / "issues/what.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text
        + "  propositions:\n  - {id: red, type: Proposition, label: {en: Red.}, note: {en: Own.}}\n"
    )
    findings = carry(folder, lambda data: asked.merge(data, "lamps-on", ["red"]))
    assert [one.message for one in findings] == [
        "the note of red (en) goes: lamps-on has one",
        "what answered issue-paint answers issue-lamps now: red",
    ]
    assert [one.severity for one in findings] == [Severity.INFO, Severity.INFO]
