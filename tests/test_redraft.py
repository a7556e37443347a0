"""Drafting again: what a person did stays byte for byte, the rest becomes the new draft."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from drafted import OPTIONS, TEXT, drafts, memo, position, write
from kg.build import check
from kg.coding.dataset import find_files, load_dataset
from kg.coding.fix import fix_file
from kg.drafting.layout import split_footer
from kg.drafting.model import Draft, Drafts, Holder, HolderType
from kg.drafting.pieces import Piece, Pieces, pieces_of
from kg.drafting.writing import write_draft
from kg.errors import InputError
from kg.source import read_sources

pytestmark = pytest.mark.slow

STANCES = ("support", "oppose", "undecided", "hesitantSupport")


def pieces(path: Path) -> Pieces:
    return pieces_of(path.read_text(encoding="utf-8"))


def positions(path: Path) -> list[Piece]:
    return [one for one in pieces(path).all if one.kind == "positions"]


def edit(path: Path, old: str, new: str, which: int = 0) -> None:
    """Change one of the places of a file where words stand."""
    text = path.read_bytes().decode()
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    start = places[which]
    path.write_bytes((text[:start] + new + text[start + len(old) :]).encode())


def errors(folder: Path) -> list[str]:
    """What is wrong with the data of a folder, its evidence included."""
    found = find_files(folder / "data", folder / "data")
    _, findings = load_dataset(found, read_sources(folder / "memos"))
    return [str(one) for one in findings]


def body(path: Path) -> str:
    """A coding without the comment at its end."""
    return "".join(split_footer(pieces(path).lines)[0])


def other(stance: str = "undecided") -> Drafts:
    """A draft that reads Salo otherwise than the first, and finds one position more."""
    read = drafts()
    first, second, third = read.positions
    more = position("The Treasury had … savings.", proposition="Costs are cut.", phrase="savings")
    return Drafts((replace(first, stance=stance), second, third, more), read.alignments)


def test_the_same_draft_again_changes_nothing(tmp_path: Path) -> None:
    first = write(tmp_path)
    before = {path: path.read_bytes() for path in first.files}
    again = write(tmp_path)
    assert again.path == first.path
    assert again.files == ()
    assert {path: path.read_bytes() for path in first.files} == before


def test_an_untouched_coding_becomes_the_new_draft(tmp_path: Path) -> None:
    path = write(tmp_path).path
    write(tmp_path, read=other("oppose"))
    (tmp_path / "fresh").mkdir()
    fresh = write(tmp_path / "fresh", read=other("oppose")).path
    assert path.read_text(encoding="utf-8") == fresh.read_text(encoding="utf-8")


def test_what_is_accepted_stays_and_the_rest_is_drafted_anew(tmp_path: Path) -> None:
    path = write(tmp_path).path
    edit(
        path, "  status: proposed", "  status: accepted  # as Salo told me", 2
    )  # after the coding's
    kept = pieces(path).of(positions(path)[1])
    again = write(tmp_path, read=other("oppose"))
    assert "".join(kept) in path.read_text(encoding="utf-8")
    said = [(one.data["stance"], one.data["status"]) for one in positions(path)]
    assert said == [
        ("oppose", "proposed"),
        ("support", "accepted"),
        ("support", "proposed"),
        ("opposeWithConditions", "proposed"),
    ]
    assert again.redrafted is not None
    assert (again.redrafted.added, again.redrafted.changed, again.redrafted.removed) == (1, 1, 0)
    assert errors(tmp_path) == []


@pytest.mark.parametrize("status", ["rejected", "accepted"])
def test_what_was_answered_is_not_proposed_again(tmp_path: Path, status: str) -> None:
    path = write(tmp_path).path
    edit(path, "  status: proposed", f"  status: {status}", 1)
    before = body(path)
    write(tmp_path)
    assert body(path) == before
    assert [one.data["status"] for one in positions(path)] == [status, "proposed", "proposed"]


def test_what_was_deleted_is_not_proposed_again(tmp_path: Path) -> None:
    path = write(tmp_path).path
    text = pieces(path)
    gone = positions(path)[0]
    path.write_text("".join(text.lines[: gone.first] + text.lines[gone.end :]), encoding="utf-8")
    for _ in range(2):
        write(tmp_path)
        assert [one.id for one in positions(path)] == [
            one.id for one in positions_of(text) if one.id != gone.id
        ]
    assert errors(tmp_path) == []


def positions_of(text: Pieces) -> list[Piece]:
    return [one for one in text.all if one.kind == "positions"]


def test_a_changed_value_is_the_persons_and_is_not_proposed_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path).path
    edit(path, "stance: support", "stance: oppose")
    edit(path, "proposition: roses-are", "proposition: the-costs-are-known #")
    mine = "".join(pieces(path).of(positions(path)[0]))
    write(tmp_path, read=other())
    assert mine in path.read_text(encoding="utf-8")
    assert len(positions(path)) == 4  # the three, and the new one on savings


def test_a_comment_makes_a_proposal_the_persons(tmp_path: Path) -> None:
    path = write(tmp_path).path
    edit(path, "    # Line 15: “Salo", "    # I doubt this.\n    # Line 15: “Salo")
    mine = "".join(pieces(path).of(positions(path)[0]))
    write(tmp_path, read=other("oppose"))
    assert mine in path.read_text(encoding="utf-8")


def test_an_entry_whose_position_is_accepted_stays_where_it_is(tmp_path: Path) -> None:
    """Also if the new draft has neither the entry nor the position."""
    path = write(tmp_path).path
    edit(path, "  status: proposed", "  status: accepted", 1)
    entry = next(one for one in pieces(path).all if one.id.endswith("s02"))
    own = "".join(pieces(path).lines[entry.first : entry.own])
    read = memo(tmp_path / "memos")
    fewer = replace(read.minutes, entries=read.minutes.entries[:1], decisions=(), actions=())
    write_draft(replace(read, minutes=fewer), Drafts(()), tmp_path / "data", OPTIONS)
    assert own in path.read_text(encoding="utf-8")
    assert [one.data["status"] for one in positions(path)] == ["accepted"]
    assert [one.id[-3:] for one in pieces(path).all if one.kind == "entries"] == ["s01", "s02"]
    assert errors(tmp_path) == []


def test_numbers_of_order_are_no_change(tmp_path: Path) -> None:
    """`kg validate --fix` writes the order of entries into the file."""
    path = write(tmp_path).path
    assert fix_file(path) == (True, [])
    write(tmp_path, read=other("oppose"))
    assert positions(path)[0].data["stance"] == "oppose"
    assert errors(tmp_path) == []


def test_an_accepted_coding_is_kept_whole(tmp_path: Path) -> None:
    path = write(tmp_path).path
    edit(path, "  status: proposed", "  status: accepted")
    before = body(path)
    write(tmp_path, read=Drafts(()))
    assert body(path) == before


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    path = write(tmp_path).path
    edit(path, "  status: proposed", "  status: accepted", 1)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    write(tmp_path, read=other("oppose"))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert errors(tmp_path) == []


def test_another_version_of_the_memo_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path).path
    before = path.read_bytes()
    read = memo(tmp_path / "memos", TEXT + "\nPS\n")
    with pytest.raises(InputError, match=r"a coding of another version of gardens\.txt"):
        write_draft(read, drafts(), tmp_path / "data", OPTIONS)
    assert path.read_bytes() == before


def test_propositions_that_nothing_names_any_more_go(tmp_path: Path) -> None:
    write(tmp_path, read=other())
    register = tmp_path / "data" / "issues" / "committee-on-harbour-gardens-2024-03-05.yaml"
    assert "costs-are-cut" in register.read_text(encoding="utf-8")
    edit(register, "label: {en: Residents water the roses.}", "label: {en: They water them.}")
    write(tmp_path, read=Drafts(drafts().positions[:1]))
    left = [one.id for one in pieces(register).all if one.kind == "propositions"]
    # What a person reworded stays, though nothing names it.
    assert left == ["roses-are-planted-on-the-eastern-quay", "residents-water-the-roses"]


def wild(chance: random.Random) -> Drafts:
    """Some draft: positions of the first one, left out, otherwise or in other places."""
    found: list[Draft] = []
    for draft in other(chance.choice(STANCES)).positions:
        if chance.random() < 0.7:
            name = chance.choice(("Parks Unit", "Treasury", draft.holder.name))
            holder = Holder(name, HolderType.BODY) if name != draft.holder.name else draft.holder
            found.append(replace(draft, holder=holder, stance=chance.choice(STANCES)))
    return Drafts(tuple(found), drafts().alignments if chance.random() < 0.5 else ())


def worked_on(path: Path, chance: random.Random) -> list[str]:
    """Do what a person does to some positions; the pieces that are the person's then."""
    for number in range(len(positions(path))):
        one, text = positions(path)[number], pieces(path)
        deed = chance.choice(("accept", "reject", "stance", "comment", "nothing", "note"))
        lines = list(text.lines)
        for at in range(one.start, one.own):
            if deed in ("accept", "reject") and "status:" in lines[at]:
                lines[at] = lines[at].replace("proposed", f"{deed}ed")
            if deed == "stance" and "stance:" in lines[at]:
                lines[at] = f"      stance: {chance.choice(STANCES)}  # mine\n"
        if deed == "comment":
            lines.insert(one.start, "    # mine\n")
        if deed == "note" and "note" not in one.data:
            lines.insert(one.own, "      note: {en: 'Mine.'}\n")
        path.write_text("".join(lines), encoding="utf-8")
    text = pieces(path)
    return ["".join(text.of(one)) for one in positions(path) if not one.untouched]


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(one, marks=pytest.mark.slow) for one in range(1, 16))]
)
def test_whatever_a_person_did_stays(tmp_path: Path, seed: int) -> None:
    """Through several drafts, each unlike the one before, and work in between."""
    chance = random.Random(seed)
    path = write(tmp_path, read=wild(chance)).path
    for _ in range(3):
        mine = worked_on(path, chance)
        before = pieces(path)
        lines = [line for piece in positions_of(before) for line in before.of(piece)]
        others = [line for line in before.lines if line not in lines and "mine" in line]
        write(tmp_path, read=wild(chance))
        after = path.read_text(encoding="utf-8")
        assert all(one in after for one in mine)
        assert all(line in after for line in others)
        said = [(p.span, p.data["holder"], p.data["proposition"]) for p in positions(path)]
        assert len(said) == len(set(said))
        ids = [one.id for one in pieces(path).all]
        assert len(ids) == len(set(ids))
        assert errors(tmp_path) == []


@pytest.mark.slow
def test_what_is_drafted_twice_builds(tmp_path: Path) -> None:
    path = write(tmp_path).path
    edit(path, "  status: proposed", "  status: rejected", 1)
    write(tmp_path, read=other("oppose"))
    check(tmp_path / "data", tmp_path / "memos")
