"""Actors and propositions: two camps computed by hand, lanes, lines, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_statements import BASE, CODES, SOURCE, STATEMENTS, statement
from kg.layout.two_sides import Block, Unit, spread, two_sides
from kg.statements import Label, Statement, current
from kg.views.actors import actors_view
from kg.views.held import camps, contested
from kg.views.view import View
from view_checks import ANY, HOLDERS, STANCES, Spoken, check, hostile, signature, spoken

MH, MF, ML = (BASE + name for name in ("MH", "MF", "ML"))


def view(given: Sequence[Statement]) -> View:
    return actors_view(given, CODES, SOURCE)


@settings(max_examples=40)
@given(ANY)
def test_boxes_lie_apart_and_lines_have_ends_whoever_speaks(
    given: list[Spoken],
) -> None:
    check(view(spoken(*given)))


@settings(max_examples=20)
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_no_edge(given: list[Spoken], random: Random) -> None:
    ordered = list(spoken(*given))
    mixed = list(ordered)
    random.shuffle(mixed)
    assert signature(view(mixed)) == signature(view(ordered))


def test_what_is_disputed_tells_camps_apart_however_much_is_agreed() -> None:
    """MH and MF agree on five things and dispute one; ML sides with MF on it."""
    given = spoken(
        *((holder, n, "support") for n in range(5) for holder in ("aino-rantala", "daavid-korpi")),
        ("MH", 9, "support", "own"),
        ("MF", 9, "oppose", "own"),
        ("gunnar-fyr", 9, "oppose"),
        ("helmi-silta", 20, "support"),
    )
    assert camps(given) == {MH: 0, MF: 1, ML: 1, BASE + "MB": None}
    assert contested(given) == {BASE + "q09"}


def test_who_disputes_with_itself_alone_disputes_with_nobody() -> None:
    given = spoken(("aino-rantala", 0, "support"), ("bertil-strandqvist", 0, "oppose"))
    assert contested(given) == frozenset()
    assert camps(given) == {MH: None}


def test_many_actors_part_as_few_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The singular vector that is used for many gives the camps that the search gives for few."""
    given = spoken(
        ("MH", 0, "support"), ("MF", 0, "oppose"), ("ML", 0, "oppose"), ("MT", 0, "support"),
        ("MH", 1, "oppose"), ("MF", 1, "support"), ("ML", 1, "support"), ("MW", 1, "oppose"),
        ("MH", 2, "support"), ("MF", 2, "oppose"),
    )  # fmt: skip
    searched = camps(given)
    monkeypatch.setattr("kg.views.held.MOST_PARTED", 0)
    assert camps(given) == searched == {MH: 0, MF: 1, ML: 1, BASE + "MT": 0, BASE + "MW": 0}


def test_camps_stand_left_and_right_of_what_both_speak_of() -> None:
    made = view(
        spoken(
            ("aino-rantala", 0, "support"),
            ("daavid-korpi", 0, "oppose"),
            ("aino-rantala", 1, "support"),
            ("daavid-korpi", 2, "support"),
            ("helmi-silta", 3, "support"),
        )
    )
    x = {node.key: node.box.x for node in made.nodes}
    zones = {node.key: node.zone for node in made.nodes}
    q0, q1, q2, q3 = (f"{BASE}q{n:02}" for n in range(4))
    assert x[q1] < x[MH] < x[q0] < x[MF] < x[q2]
    assert (zones[MH], zones[MF]) == ("camp left", "camp right")
    assert zones[BASE + "MB"] == "apart left"
    assert zones[q3].startswith("left apart ")
    captions = {band.name: band.label.en for band in made.bands}
    assert captions["camp left"] == "MH"


def test_a_stance_is_one_edge_for_each_basis_with_all_that_is_behind_it() -> None:
    made = view(
        spoken(
            ("aino-rantala", 0, "support"),
            ("bertil-strandqvist", 0, "support"),
            ("MH", 0, "support", "reported"),
            ("daavid-korpi", 0, "hesitantOppose"),
        )
    )
    found = {
        (e.source, e.name.split()[1], layer): e for e in made.edges for layer in e.layers or (0, 1)
    }
    bodies = found[MH, "official", 0]
    assert (bodies.tone, bodies.dashed, bodies.thin) == ("support", False, False)
    assert bodies.cases == (((0, 1),),)
    for layer in (0, 1):
        reported = found[MH, "reported", layer]
        assert (reported.cases, reported.dashed) == ((((2,),),), True)
    assert found[BASE + "aino-rantala", "official", 1].cases == (((0,),),)
    against = found[MF, "official", 0]
    assert (against.tone, against.thin, against.kind) == ("oppose", True, "stance")
    assert len(found) == 7


def test_officials_stand_under_their_body_in_their_own_layer() -> None:
    made = view(spoken(("aino-rantala", 0, "support"), ("fishers", 0, "oppose", "reported")))
    nodes = {node.key: node for node in made.nodes}
    official = nodes[BASE + "aino-rantala"]
    assert (official.layers, nodes[MH].layers) == ((1,), ())
    assert official.box.y > nodes[MH].box.y
    assert ("panel.represents", Label("MH", "SatM", "HamM")) in official.facts
    assert nodes[BASE + "fishers"].kind == "group"


def test_lines_end_at_the_sides_of_the_boxes_that_face_each_other() -> None:
    made = view(STATEMENTS)
    boxes = {node.key: node.box for node in made.nodes}
    for edge in made.edges:
        assert edge.line is not None
        source, target = boxes[edge.source], boxes[edge.target]
        way = 1 if source.x < target.x else -1
        assert edge.line.start[0] == source.x + way * source.width / 2
        assert edge.line.end[0] == target.x - way * target.width / 2
        assert edge.line.side == ("left" if way == 1 else "right")
        assert abs(edge.line.end[1] - target.y) < target.height / 2


def test_the_disputed_comes_first_and_is_told() -> None:
    made = view(STATEMENTS)
    middle = [n for n in made.nodes if n.zone.startswith("middle")]
    disputed = {n.key for n in made.nodes if any(key == "held.disputed" for key, _ in n.facts)}
    assert disputed == contested(STATEMENTS)
    highest = min(middle, key=lambda node: node.box.y)
    assert highest.key in disputed
    assert f"{len(disputed)} propositions are disputed" in made.lead.en


def test_of_an_issue_the_disputed_stands_above_what_more_agree_on() -> None:
    made = view(
        spoken(
            *((who, 0, "support") for who in ("MH", "MF", "ML")),
            ("MH", 10, "support"),
            ("MF", 10, "oppose"),
        )
    )
    y = {node.key: node.box.y for node in made.nodes}
    assert y[BASE + "q10"] < y[BASE + "q00"]


def test_lines_at_one_side_of_a_box_have_ends_of_their_own() -> None:
    made = view(STATEMENTS)
    for layer in (0, 1):
        drawn = [e.line for e in made.edges if e.line and (not e.layers or layer in e.layers)]
        assert len({line.end for line in drawn}) == len(drawn)


def test_superseded_positions_are_left_out() -> None:
    first, second = spoken(("aino-rantala", 0, "support"), ("aino-rantala", 0, "oppose"))
    made = view((replace(first, superseded=True), second))
    assert made.statements == current((replace(first, superseded=True), second)) == (second,)
    assert {edge.tone for edge in made.edges} == {"oppose"}


def test_nothing_makes_a_view_that_says_so() -> None:
    made = view(())
    assert (made.nodes, made.edges, made.bands) == ((), (), ())
    assert made.lead.fi == "Kantoja ei ole vielä kirjattu."


def test_hostile_and_empty_texts_are_only_texts() -> None:
    check(view(hostile()))
    nameless = tuple(replace(one, issue="", issue_label=Label.same("")) for one in STATEMENTS[:3])
    assert "No issue" in {band.label.en for band in view(nameless).bands}


def test_a_camp_alone_has_what_it_shares_in_the_middle() -> None:
    units = [Unit("a", (), "left"), Unit("b", (), "left")]
    layout = two_sides(units, [Block("i", ("p", "q"))], {"p": {"a", "b"}, "q": {"a"}})
    assert layout.zone_of == {"p": "middle 0", "q": "left 0", "a": "camp left", "b": "camp left"}


@given(
    st.lists(st.tuples(st.integers(-500, 500), st.integers(1, 80)), max_size=12),
    st.integers(-300, 300),
)
def test_spread_keeps_the_order_and_the_room_of_each(
    pairs: list[tuple[int, int]], top: int
) -> None:
    wanted = sorted(float(want) for want, _ in pairs)
    heights = [float(height) for _, height in pairs]
    tops = spread(wanted, heights, float(top))
    assert all(one >= top for one in tops)
    ends = [one + height for one, height in zip(tops, heights, strict=True)]
    assert all(end <= start + 1e-6 for end, start in zip(ends, tops[1:], strict=False))


def test_spread_moves_nothing_that_has_room() -> None:
    assert spread([0.0, 50.0], [20.0, 20.0]) == [0.0, 50.0]
    assert spread([10.0, 10.0, 10.0], [10.0, 10.0, 10.0], -99.0) == [0.0, 10.0, 20.0]


@pytest.mark.slow
def test_twenty_thousand_positions_are_placed_in_seconds() -> None:
    many = tuple(
        replace(
            statement(n % 50, HOLDERS[n % 7], n % 40, STANCES[n % 4]),
            position=f"p{n}",
            holder=f"h{n * 7919 % 3000}",
            body=f"b{n * 7919 % 3000 % 150}",
            proposition=f"q{n * 104729 % 900}",
        )
        for n in range(20_000)
    )
    started = perf_counter()
    made = view(many)
    assert perf_counter() - started < 8.0
    assert len(made.nodes) == 3000 + 150 + 900
