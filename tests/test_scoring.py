"""Scores: what counts as right, and what is listed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.scoring.gold import Minutes, find_gold
from kg.scoring.layers import Element, Outcome, body_key, compare, score
from kg.scoring.report import Scored, as_data, as_text, totals


def element(key: str, text: str = "") -> Element:
    return Element((key,), Counter(text.split()) if text else None, f"{key} {text}".strip())


def test_elements_match_once_each_and_the_nearest_first() -> None:
    found = [element("a", "one two three"), element("a", "one two three four")]
    wanted = [element("a", "one two three four"), element("b", "one")]
    outcome = compare(found, wanted)
    assert outcome == Outcome(1, ("b one",), ("a one two three",))
    assert (outcome.precision, outcome.recall, outcome.f1) == (0.5, 0.5, 0.5)


def test_half_of_the_words_must_be_shared() -> None:
    assert compare([element("a", "one two")], [element("a", "one two three four")]).right == 1
    assert compare([element("a", "one")], [element("a", "one two three")]).right == 0


def test_nothing_in_either_is_no_figure() -> None:
    empty = compare([], [])
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)
    assert compare([], [element("a")]).f1 == 0


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_right_is_what_both_bags_hold(found: list[str], wanted: list[str]) -> None:
    outcome = compare([element(one) for one in found], [element(one) for one in wanted])
    assert outcome.right == (Counter(found) & Counter(wanted)).total()
    assert outcome.right + len(outcome.missed) == len(wanted)
    assert outcome.right + len(outcome.extra) == len(found)


def test_a_ministry_is_itself_under_each_of_its_names() -> None:
    assert body_key("SM") == body_key("sisäministeriö") == body_key("Sisäministeriö")
    assert body_key("SM") != body_key("STM")


GOLD: dict[str, Any] = {
    "language": "fi",
    "participants": [
        {"name": "Aino Sulka", "organisation": "SM", "role": "chair", "present": True},
        {"name": "Onni Kaarna", "organisation": None, "role": "member", "present": True},
    ],
    "positions": [
        {
            "holder": "SM",
            "stance": "oppose",
            "evidence": {"quote": "SM ei kannata mallia lainkaan."},
        }
    ],
}


def test_layers_that_the_gold_leaves_out_are_not_scored() -> None:
    outcomes = score(GOLD, Minutes.model_validate(GOLD))
    assert list(outcomes) == ["header", "participants", "titles", "positions"]
    assert all(not one.missed and not one.extra for one in outcomes.values())


@pytest.mark.parametrize(
    ("change", "layer"),
    [
        ({"role": "member"}, "participants"),
        ({"organisation": "STM"}, "participants"),
        ({"present": False}, "participants"),
    ],
)
def test_a_participant_is_right_only_whole(change: dict[str, Any], layer: str) -> None:
    found = {**GOLD, "participants": [{**GOLD["participants"][0], **change}]}
    outcome = score(found, Minutes.model_validate(GOLD))[layer]
    assert (outcome.right, len(outcome.missed), len(outcome.extra)) == (0, 2, 1)


def test_a_position_needs_its_holder_and_pole() -> None:
    gold = Minutes.model_validate(GOLD)
    for change in ({"stance": "support"}, {"holder": "STM"}):
        found = {**GOLD, "positions": [{**GOLD["positions"][0], **change}]}
        assert score(found, gold)["positions"].right == 0
    found = {**GOLD, "positions": [{**GOLD["positions"][0], "holder": "sisäministeriö"}]}
    assert score(found, gold)["positions"].right == 1


def test_folders_are_summed_up_apart_and_errors_listed() -> None:
    scored = [
        Scored(Path("a/x.gold.json"), {"items": Outcome(1, ("2 Muut asiat",), ())}),
        Scored(Path("b/y.gold.json"), {"items": Outcome(3, (), ("9 Liite",))}),
    ]
    assert totals(scored)["items"] == Outcome(4, ("2 Muut asiat",), ("9 Liite",))
    data = as_data(scored)
    assert [(one["folder"], one["layers"]["items"]["right"]) for one in data] == [
        ("a", 1),
        ("b", 3),
    ]
    text = as_text(scored)
    assert "  items: missed 2 Muut asiat" in text
    assert "  items: not there 9 Liite" in text
    assert "Muut asiat" not in as_text(scored, errors=False)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no gold file"):
        find_gold([tmp_path])
    with pytest.raises(InputError, match="There is no gold file"):
        find_gold([tmp_path / "none.gold.json"])
