"""Rows of three languages become one record, or an error that says what is wrong."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.statements import Label, comparisons_from, statements_from

ROW = {
    "position": "p1", "holder": "h", "holder_kind": "Person", "holder_name": "Aino", "body": "b",
    "body_name": "MH", "proposition": "q", "proposition_label": "A pier", "issue": "i",
    "issue_label": "Piers", "stance": "support", "pole": "support", "qualified": False,
    "basis": "official", "speaker_name": "Aino", "meeting": "m", "meeting_label": "Meeting 1",
    "date": "2031-05-12", "item": "5a", "paragraph": 2, "start": "10", "end": 20, "quote": "a b c",
    "condition_label": None,
}  # fmt: skip
PAIR = {
    "kind": "degree", "proposition": "q", "b_proposition": "", "label": "A pier", "issue": "Piers",
    "a": "MH", "a_stance": "support", "a_basis": "own", "a_asserted_by": "Aino", "a_count": 2,
    "a_item": "3", "a_evidence": "x", "b": "MF", "b_stance": "undecided", "b_basis": "reported",
    "b_asserted_by": "", "b_count": "1", "b_item": "4", "b_evidence": "y", "meeting": "m",
    "date": "2031-05-12", "item": "4",
}  # fmt: skip


def in_three(row: dict[str, object], **swedish: object) -> dict[str, list[dict[str, object]]]:
    return {"en": [row], "fi": [row], "sv": [row | swedish]}


def test_labels_come_from_each_language() -> None:
    (statement,) = statements_from(in_three(ROW, body_name="HamM", issue_label="Bryggor"))
    assert statement.body_name == Label("MH", "MH", "HamM")
    assert statement.issue_label.sv == "Bryggor"


def test_values_get_their_types() -> None:
    (statement,) = statements_from(in_three(ROW))
    assert (statement.paragraph, statement.start, statement.end) == (2, 10, 20)
    assert statement.qualified is False
    assert statement.condition_label == Label.same("")


@pytest.mark.parametrize(
    ("given", "read"), [(True, True), ("true", True), ("1", True), ("false", False)]
)
def test_truth_is_read_in_every_form_that_stores_answer(given: object, read: bool) -> None:
    (statement,) = statements_from(in_three(ROW | {"qualified": given}))
    assert statement.qualified is read


def test_rows_are_matched_by_meaning_not_by_order() -> None:
    other = ROW | {"position": "p2", "issue_label": "Bridges"}
    tables = {"en": [ROW, other], "fi": [other, ROW], "sv": [ROW, other]}
    assert [s.issue_label.fi for s in statements_from(tables)] == ["Piers", "Bridges"]


def test_comparisons_keep_both_sides() -> None:
    (pair,) = comparisons_from(in_three(PAIR, a="HamM"))
    assert (pair.a.count, pair.b.basis, pair.b.asserted_by) == (2, "reported", "")
    assert pair.b_proposition == "q"


def test_a_row_without_kind_is_an_agreement() -> None:
    row = {k: v for k, v in PAIR.items() if k != "kind"} | {"ground": "both", "claimed_by": "Aino"}
    (pair,) = comparisons_from(in_three(row))
    assert (pair.kind, pair.ground, pair.claimed_by) == ("agree", "both", "Aino")


def test_a_missing_language_is_named() -> None:
    with pytest.raises(InputError, match="missing in fi, sv"):
        statements_from({"en": [ROW]})


def test_answers_that_differ_between_languages_are_refused() -> None:
    with pytest.raises(InputError, match="differ between languages"):
        statements_from({"en": [ROW], "fi": [], "sv": [ROW]})


def test_a_holder_of_unknown_kind_is_refused() -> None:
    with pytest.raises(InputError, match="kind “Ship” cannot be shown"):
        statements_from(in_three(ROW | {"holder_kind": "Ship"}))


def test_no_row_is_lost_where_only_a_name_tells_two_apart() -> None:
    rows = [PAIR | {"claimed_by": name} for name in ("Aino", "Elli")]
    found = comparisons_from({"en": rows, "fi": rows, "sv": rows})
    assert [pair.claimed_by for pair in found] == ["Aino", "Elli"]
