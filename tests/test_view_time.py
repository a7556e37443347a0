"""Positions over meetings: columns by date, signs in cells, what follows what, what is given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_statements import BASE, CODES, SOURCE, STATEMENTS, statement
from kg.layout.calendar import HIGHEST, WIDEST, Row, calendar
from kg.statements import Label, Statement
from kg.views.time import time_view
from kg.views.view import Mark, Node, View
from view_checks import ANY, HOLDERS, STANCES, Spoken, check, hostile, spoken

Heard: TypeAlias = tuple[str, int, str, int]
"""A holder, the number of a proposition, a stance, and the number of a meeting."""


def heard(*given: Heard) -> tuple[Statement, ...]:
    """Statements of meetings in the months of 2031."""
    made = zip(spoken(*((who, what, how) for who, what, how, _ in given)), given, strict=True)
    return tuple(_at(one, meeting) for one, (*_, meeting) in made)


def _at(one: Statement, meeting: int) -> Statement:
    label = Label.same(f"Meeting {meeting}")
    date = f"2031-{meeting:02}-01"
    return replace(one, meeting=f"{BASE}m{meeting}", meeting_label=label, date=date)


def view(given: Sequence[Statement]) -> View:
    return time_view(given, CODES, SOURCE)


def signs(made: View) -> list[Node]:
    return [node for node in made.nodes if node.shape == "sign"]


def column(made: View, node: Node) -> str:
    """The caption over a sign."""
    (label,) = {band.label.en for band in made.bands if band.name == node.zone}
    return label


TURNING = heard(
    ("gunnar-fyr", 7, "support", 1),
    ("aino-rantala", 0, "support", 1),
    ("daavid-korpi", 0, "oppose", 1),
    ("aino-rantala", 0, "support", 3),
    ("daavid-korpi", 0, "supportWithConditions", 2),
    ("helmi-silta", 8, "support", 2),
    ("helmi-silta", 8, "support", 3),
)
"""MF turns on 0, where MH stands fast; MB stands fast on 8; ML is heard once on 7."""


def test_signs_stand_under_their_meetings_in_the_order_of_dates() -> None:
    made = view(TURNING)
    found = [(column(made, one), one.label.en, one.mark) for one in signs(made)]
    assert ("2031-01-01", "MF", Mark("oppose", False)) in found
    assert ("2031-02-01", "MF", Mark("support", True)) in found
    x = {column(made, one): one.box.x for one in signs(made) if one.issue and one.label.en != "ML"}
    assert x["2031-01-01"] < x["2031-02-01"] < x["2031-03-01"]
    assert len(found) == 7


def test_lines_lead_from_one_word_of_an_actor_to_its_next() -> None:
    made = view(TURNING)
    nodes = {node.key: node for node in made.nodes}
    found = {
        (nodes[e.source].label.en, column(made, nodes[e.source]), column(made, nodes[e.target]))
        for e in made.edges
    }
    assert found == {
        ("MH", "2031-01-01", "2031-03-01"),
        ("MF", "2031-01-01", "2031-02-01"),
        ("MB", "2031-02-01", "2031-03-01"),
    }
    assert {edge.kind for edge in made.edges} == {"next"}
    assert all(nodes[e.source].box.y == nodes[e.target].box.y for e in made.edges)
    assert made.edges[0].cases == (((1,), (3,)),)


def test_rows_on_which_somebody_changed_come_first_then_those_heard_again() -> None:
    made = view(TURNING)
    rows = sorted((n for n in made.nodes if n.kind == "proposition"), key=lambda n: n.box.y)
    assert [node.key for node in rows] == [f"{BASE}q{n:02}" for n in (0, 8, 7)]
    assert "3 meetings and documents by date. 1 time somebody changed" in made.lead.en


def test_that_nobody_changed_is_told() -> None:
    steady = heard(("MF", 1, "support", 1), ("MF", 1, "support", 2), ("MH", 1, "oppose", 2))
    assert "Nobody has changed position so far." in view(steady).lead.en


def test_what_was_given_up_within_a_meeting_comes_before_what_was_said_twice() -> None:
    twice = heard(("MF", 1, "support", 1), ("MF", 1, "support", 2))
    first, second = heard(("MH", 0, "support", 2), ("MH", 0, "oppose", 2))
    made = view((*twice, replace(first, superseded=True), second))
    rows = sorted((n for n in made.nodes if n.kind == "proposition"), key=lambda n: n.box.y)
    assert [node.key for node in rows] == [f"{BASE}q{n:02}" for n in (0, 1)]


def test_what_is_given_up_is_crossed_and_the_later_position_points_back() -> None:
    first, other, second = heard(
        ("aino-rantala", 0, "support", 1),
        ("bertil-strandqvist", 0, "undecided", 2),
        ("aino-rantala", 0, "oppose", 3),
    )
    made = view((replace(first, superseded=True), other, second))
    nodes = {node.key: node for node in made.nodes}
    (back,) = (edge for edge in made.edges if edge.kind == "revises")
    assert back.cases == (((2,), (0,)),)
    assert nodes[back.target].label.en == "MH ✕"
    assert ("time.superseded", Label("yes", "kyllä", "ja")) in nodes[back.target].facts
    assert nodes[back.source].mark == Mark("oppose", False)
    assert len(made.statements) == 3
    assert any("cross" in note.en for note in made.notes)


def test_what_is_given_up_for_nothing_has_no_arrow() -> None:
    first, second = heard(("aino-rantala", 0, "support", 1), ("daavid-korpi", 0, "oppose", 2))
    made = view((replace(first, superseded=True), second))
    assert made.edges == ()
    assert {node.label.en for node in signs(made)} == {"MH ✕", "MF"}


def test_one_meeting_says_so_and_stands_in_the_order_of_speech() -> None:
    made = view(heard(*((who, 0, "support", 5) for who in ("MF", "ML", "MH"))))
    assert made.lead.en.startswith("There is only one meeting so far: Meeting 5.")
    assert [one.label.en for one in sorted(signs(made), key=lambda one: one.box.x)] == [
        "MF",
        "ML",
        "MH",
    ]
    assert "Meeting 5" in {band.label.en for band in made.bands}


def test_a_sign_stands_for_all_that_officials_of_a_body_say_alike() -> None:
    made = view(
        (
            *heard(
                ("aino-rantala", 0, "support", 1),
                ("bertil-strandqvist", 0, "support", 1),
                ("bertil-strandqvist", 0, "oppose", 1),
            ),
            replace(_at(statement(9, "MH", 0, "support", "reported"), 1), position="reported"),
        )
    )
    found = {(one.mark, one.statements) for one in signs(made)}
    assert found == {
        (Mark("support", False), (0, 1)),
        (Mark("oppose", False), (2,)),
        (Mark("support", False, True), (3,)),
    }
    assert made.edges == ()


def test_a_document_is_an_occasion_and_what_has_no_date_comes_last() -> None:
    dated, undated = heard(("MH", 0, "support", 6), ("MF", 0, "support", 7))
    paper = replace(undated, entry="doc", date="2031-06-01", meeting="", speaker_name="An opinion")
    lost = replace(undated, entry="lost", date="", meeting="", speaker_name="A note")
    made = view((dated, paper, lost))
    captions = {column(made, one): one.box.x for one in signs(made)}
    # Two occasions of one day are told apart by their names.
    assert sorted(captions, key=lambda name: captions[name]) == [
        "An opinion",
        "Meeting 6",
        "A note",
    ]


def test_rows_that_are_left_out_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.views.time.MOST_ROWS", 2)
    made = view(TURNING)
    shown = {node.key for node in made.nodes if node.kind == "proposition"}
    assert shown == {f"{BASE}q{n:02}" for n in (0, 8)}
    assert made.notes[-1].en.startswith("1 proposition is not shown")
    check(made)


def test_nothing_makes_a_view_that_says_so() -> None:
    made = view(())
    assert (made.nodes, made.edges, made.bands, made.notes) == ((), (), (), ())
    assert made.lead.sv == "Inga ståndpunkter har antecknats ännu."


def test_hostile_and_empty_texts_are_only_texts() -> None:
    made = view(hostile())
    check(made)
    assert all(len(one.label.en) <= 14 for one in signs(made))


@settings(max_examples=40)
@given(ANY, st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=14, max_size=14))
def test_signs_lie_apart_and_lines_have_ends_whatever_is_said(
    given: list[Spoken], when: list[tuple[int, bool]]
) -> None:
    pairs = zip(spoken(*given), when, strict=False)
    made = view(tuple(replace(_at(one, month), superseded=gone) for one, (month, gone) in pairs))
    check(made)
    behind = sorted(place for one in signs(made) for place in one.statements)
    assert behind == list(range(len(given)))


def test_the_whole_debate_holds() -> None:
    check(view(STATEMENTS))


def test_a_high_and_narrow_table_goes_on_beside_itself() -> None:
    rows = [Row(f"q{n}", f"issue {n // 3}", ({0: [f"s{n}"]},)) for n in range(60)]
    layout = calendar(rows, 1, 60.0)
    strips = [zone for zone in layout.zones if zone.name == "column 0"]
    assert len(strips) == 3
    bottom = max(zone.box.y + zone.box.height / 2 for zone in layout.zones)
    assert bottom < HIGHEST * 1.1
    assert max(zone.box.x + zone.box.width / 2 for zone in layout.zones) < WIDEST
    one = calendar(rows[:3], 1, 60.0)
    assert len([zone for zone in one.zones if zone.name == "column 0"]) == 1


def test_a_full_cell_breaks_into_lines() -> None:
    layout = calendar(
        [Row("q", "i", ({0: list("abcdefgh")},)), Row("r", "i", ({0: ["z"]},))], 1, 60
    )
    assert layout.boxes["g"].x == layout.boxes["a"].x
    assert layout.boxes["g"].y > layout.boxes["f"].y
    assert layout.boxes["z"].y > layout.boxes["g"].y


@pytest.mark.slow
def test_twenty_thousand_positions_are_set_out_in_seconds() -> None:
    many = tuple(
        replace(
            _at(statement(n % 50, HOLDERS[n % 7], n % 40, STANCES[n % 4]), n % 12 + 1),
            position=f"p{n}",
            body=f"b{n * 7919 % 150}",
            proposition=f"q{n * 104729 % 900}",
        )
        for n in range(20_000)
    )
    started = perf_counter()
    made = view(many)
    assert perf_counter() - started < 8.0
    assert made.notes[-1].en.startswith("600 propositions are not shown")
