"""What is written of a memo: a coding that holds when it is checked, and its registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from drafted import OPTIONS, TEXT, drafts, memo, position, span, write
from kg import __version__
from kg.build import check
from kg.coding.dataset import find_files, load_dataset
from kg.coding.model import Meeting
from kg.drafting.draft import draft_memo, known_for
from kg.drafting.known import Known
from kg.drafting.model import Drafts, Holder, HolderType
from kg.drafting.pieces import pieces_of
from kg.drafting.writing import Options, Written, write_draft
from kg.errors import DataError, InputError, OutputError
from kg.findings import Severity
from kg.folders import read_files
from kg.minutes.model import AgendaItem, Minutes, Participant, Role, Speech
from kg.source import read_sources


def meeting(folder: Path) -> Meeting:
    """The one meeting of a folder, evidence checked, without an error."""
    found = find_files(folder / "data", folder / "data")
    dataset, findings = load_dataset(found, read_sources(folder / "memos"))
    assert findings == []
    (only,) = dataset.meetings
    assert dataset.checked[only.id]
    return only


def with_minutes(folder: Path, *, read: Drafts | None = None, **changed: Any) -> Written:
    """The draft of a memo whose minutes say some things otherwise."""
    one = memo(folder / "memos")
    other = replace(one, minutes=replace(one.minutes, **changed))
    return write_draft(other, read or drafts(), folder / "data", OPTIONS)


def registers(folder: Path) -> dict[str, dict[str, Any]]:
    """The entities of a folder by id, propositions included."""
    found: dict[str, dict[str, Any]] = {}
    for path in (folder / "data").glob("[ai]*/*.yaml"):
        pieces = pieces_of(path.read_text(encoding="utf-8")).all
        found |= {one.id: dict(one.data) for one in pieces}
    return found


def test_the_coding_says_what_the_minutes_say(tmp_path: Path) -> None:
    written = write(tmp_path)
    one = meeting(tmp_path)
    assert written.path.name == f"{one.id}.yaml"
    assert one.id == "committee-on-harbour-gardens-2024-03-05"
    assert (one.number, str(one.actual_start)) == ("3", "2024-03-05 09:02:00")
    assert (one.coding.coder, one.coding.status) == (f"kg draft {__version__}", "proposed")
    roles = [(seat.person, seat.represents, seat.role) for seat in one.participants]
    assert roles[0] == ("maja-ek", "harbour-office", "chair")
    said = [(entry.speaker, entry.act) for item in one.items for entry in item.entries]
    assert said == [
        ("maja-ek", "opening"),
        ("timo-salo", "statement"),
        ("lea-berg", "statement"),
        (None, "question"),
        (None, "record"),
        (None, "record"),
        (None, "record"),
    ]


def test_positions_are_proposed_with_their_evidence(tmp_path: Path) -> None:
    write(tmp_path)
    entries = [entry for item in meeting(tmp_path).items for entry in item.entries]
    first, second = entries[1].positions
    assert (first.holder, first.stance, first.status) == ("parks-unit", "support", "proposed")
    assert first.at is not None
    assert TEXT[first.at.start : first.at.end].startswith("Salo said")
    # The words stand in the memo with a cut at the end of a line.
    assert second.quote == "watering should be left to the residents"
    (third,) = entries[2].positions
    assert third.condition == ("the-costs-are-known",)
    assert third.reasons[0].attacks == ("roses-are-planted-on-the-eastern-quay",)


def test_outcomes_hang_on_entries(tmp_path: Path) -> None:
    write(tmp_path)
    entries = [entry for item in meeting(tmp_path).items for entry in item.entries]
    (claim,) = entries[4].claims
    assert (claim.parties, claim.about) == (("maja-ek", "timo-salo"), ("issue-roses-on-the-quay",))
    (decision,) = entries[5].decisions
    assert decision.label == {"en": "It was decided to ask for an estimate."}
    (action,) = entries[6].actions
    assert action.responsible == ("timo-salo",)
    assert action.deadline is not None
    assert (action.deadline.earliest, action.deadline.latest) == (
        date(2024, 4, 1),
        date(2024, 4, 30),
    )


def test_comments_help_to_correct(tmp_path: Path) -> None:
    text = write(tmp_path).path.read_text(encoding="utf-8")
    assert "# Line 11: “Ek opened the meeting at 9.02.”" in text
    assert "# New proposition: Residents water the roses." in text
    assert "# Doubtful, may also be hesitantSupport, supportWithConditions, undecided." in text
    assert "# Who is “XY”? Give `speaker`, and SpeechAct as `type`." in text
    assert "# Note: who “XY” is cannot be told" in text
    assert all(len(line) <= 100 for line in text.splitlines() if line.lstrip().startswith("#"))


def test_passages_can_be_left_out(tmp_path: Path) -> None:
    text = write(tmp_path, options=replace(OPTIONS, passages=False)).path.read_text(
        encoding="utf-8"
    )
    assert "Ek opened" not in text
    assert "Doubtful" in text


def test_the_registers_get_what_they_lack(tmp_path: Path) -> None:
    write(tmp_path)
    found = registers(tmp_path)
    assert found["lea-berg"] == {"id": "lea-berg", "type": "Person", "name": "Lea Berg"}
    assert found["treasury"]["label"] == {"en": "Treasury"}
    assert found["committee-on-harbour-gardens"]["type"] == "WorkingBody"
    issue = found["issue-roses-on-the-quay"]
    assert [one["id"] for one in issue["propositions"]] == [
        "roses-are-planted-on-the-eastern-quay",
        "residents-water-the-roses",
        "the-costs-are-known",
    ]


def test_what_the_shipped_registers_know_is_not_defined_again(tmp_path: Path) -> None:
    seat = Participant("Venla Roth", None, "oikeusministeriö", Role.MEMBER, True, span("Lea Berg"))
    with_minutes(tmp_path, participants=(seat,), read=Drafts(()))
    assert not {"OM", "venla-roth"} & registers(tmp_path).keys()
    checked = check(tmp_path / "data", tmp_path / "memos")
    (only,) = checked.dataset.meetings
    assert (only.participants[0].person, only.participants[0].represents) == ("venla-roth", "OM")


def test_a_second_memo_uses_the_registers_of_the_first(tmp_path: Path) -> None:
    write(tmp_path)
    before = read_files(tmp_path / "data")
    one = memo(tmp_path / "memos")
    other = tmp_path / "memos" / "next.txt"
    other.write_text(TEXT + "\n", encoding="utf-8")
    document = replace(one.document, path=other, sha256="0" * 64, text=TEXT + "\n")
    header = replace(one.minutes.header, date="2024-04-05")
    again = replace(one, document=document, minutes=replace(one.minutes, header=header))
    written = write_draft(again, drafts(), tmp_path / "data", OPTIONS)
    assert written.files == (written.path,)
    assert written.path.name == "committee-on-harbour-gardens-2024-04-05.yaml"
    assert {name: read_files(tmp_path / "data")[name] for name in before} == before


def test_a_new_proposition_joins_the_issue_of_the_folder(tmp_path: Path) -> None:
    issues = tmp_path / "data" / "issues" / "mine.yaml"
    issues.parent.mkdir(parents=True)
    mine = """\
entities:
- id: roses  # mine
  type: Issue
  label: {en: Roses}
  propositions:
  - id: no-roses
    type: Proposition
    label: {en: The quay stays bare.}
- id: quays
  type: Issue
  label: {en: Quays}
"""
    issues.write_text(mine, encoding="utf-8")
    write(tmp_path, read=Drafts((position("Salo said … quay.", issue_id="roses"),)))
    lines = issues.read_text(encoding="utf-8").splitlines()
    new = lines[8:11]
    assert lines[:8] + lines[11:] == mine.splitlines()
    assert new[0].startswith("  - id: roses-are-planted-on-the-eastern-quay  # draft ")
    assert meeting(tmp_path).items


def test_a_body_that_speaks_is_at_the_table(tmp_path: Path) -> None:
    said = memo(tmp_path / "memos").minutes.entries[2]
    assert isinstance(said, Speech)
    speech = replace(said, speaker="Treasury", speaker_name=None, body="Port of Ek")
    with_minutes(tmp_path, entries=(speech,), read=Drafts(()))
    seat = meeting(tmp_path).participants[-1]
    assert (seat.person, seat.represents, seat.role) == (None, "port-of-ek", "other")


def test_a_second_chair_is_asked_about(tmp_path: Path) -> None:
    seats = memo(tmp_path / "memos").minutes.participants
    two = tuple(replace(one, role=Role.CHAIR) for one in seats)
    path = with_minutes(tmp_path, participants=two).path
    assert [one.role for one in meeting(tmp_path).participants] == ["chair", "other", "other"]
    assert "The memo calls a second person chair: who is it?" in path.read_text(encoding="utf-8")


def test_holders_of_every_kind_are_declared(tmp_path: Path) -> None:
    kinds = (("residents", HolderType.GROUP), ("", HolderType.UNNAMED), ("UM", HolderType.BODY))
    read = tuple(position("Salo said … quay.", holder=Holder(*kind)) for kind in kinds)
    write(tmp_path, read=Drafts(read))
    checked = check(tmp_path / "data", tmp_path / "memos")
    (only,) = checked.dataset.meetings
    held = [one.holder for item in only.items for entry in item.entries for one in entry.positions]
    assert held == ["residents", "unnamed", "UM"]


def test_items_without_numbers_and_entries_under_no_item(tmp_path: Path) -> None:
    items = (
        AgendaItem(None, "Roses", span("2 Roses on the quay")),
        AgendaItem(None, "Late", span("It was … estimate.")),
    )
    entries = memo(tmp_path / "memos").minutes.entries
    bare = tuple(replace(one, item=None) for one in entries)
    with_minutes(tmp_path, items=items, entries=bare, decisions=(), actions=())
    found = [(item.number, len(item.entries)) for item in meeting(tmp_path).items]
    assert found == [("0", 1), ("1", 4), ("2", 0)]


def test_what_cannot_be_dated_is_refused(tmp_path: Path) -> None:
    header = replace(memo(tmp_path / "memos").minutes.header, date=None)
    with pytest.raises(InputError, match="--date 2024-03-05"):
        with_minutes(tmp_path, header=header)
    assert not (tmp_path / "data").exists()
    one = memo(tmp_path / "memos")
    undated = replace(one, minutes=replace(one.minutes, header=header))
    options = Options(date(2024, 3, 6), held=date(2024, 2, 1))
    write_draft(undated, drafts(), tmp_path / "data", options)
    assert meeting(tmp_path).date == date(2024, 2, 1)


def test_a_deadline_before_the_meeting_is_no_deadline(tmp_path: Path) -> None:
    (action,) = memo(tmp_path / "memos").minutes.actions
    path = with_minutes(tmp_path, actions=(replace(action, due="2023-04"),)).path
    assert "# When is “the end of April”? Give `deadline`." in path.read_text(encoding="utf-8")
    assert check(tmp_path / "data").dataset.meetings


def test_signs_that_yaml_does_not_have_do_no_harm(tmp_path: Path) -> None:
    odd = position("Salo said … quay.", proposition="Roses\x07 are: “planted”\u2028 # here. ")
    write(tmp_path, read=Drafts((odd,)))
    assert meeting(tmp_path).items


def test_a_broken_file_of_the_folder_stops_all(tmp_path: Path) -> None:
    path = write(tmp_path).path
    path.write_text(path.read_text(encoding="utf-8") + "\n\t: broken", encoding="utf-8")
    before = read_files(tmp_path / "data")
    with pytest.raises((DataError, InputError)):
        write(tmp_path, read=Drafts(()))
    assert read_files(tmp_path / "data") == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        write(tmp_path)


def test_all_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    before = read_files(tmp_path / "data")
    written: list[Path] = []

    def fail(path: Path, text: str) -> None:
        if written:
            raise OutputError("full")
        written.append(path)
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr("kg.drafting.writing.write_atomically", fail)
    more = position("The Treasury had … savings.", proposition="Costs are cut.", phrase="savings")
    with pytest.raises(OutputError):
        write(tmp_path, read=Drafts((more,)))
    assert written
    assert read_files(tmp_path / "data") == before


def test_an_extractor_does_not_know_its_own_last_draft(tmp_path: Path) -> None:
    class Extractor:
        def extract(self, minutes: Minutes, known: Known) -> Drafts:
            self.known = {one.id for one in known.propositions}
            return drafts()

    extractor, one = Extractor(), memo(tmp_path / "memos")
    for _ in range(2):
        draft_memo(one, extractor, tmp_path / "data", OPTIONS)
        assert "residents-water-the-roses" not in extractor.known
    register = tmp_path / "data" / "issues" / "committee-on-harbour-gardens-2024-03-05.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text("".join(line.split("  # draft")[0] + "\n" for line in text.splitlines()))
    known = {one.id for one in known_for(one, tmp_path / "data").propositions}
    assert "residents-water-the-roses" in known


@pytest.mark.slow
def test_a_draft_builds_without_warning(tmp_path: Path) -> None:
    write(tmp_path)
    findings = check(tmp_path / "data", tmp_path / "memos").findings
    assert {one.severity for one in findings} <= {Severity.INFO}
