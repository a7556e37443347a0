"""Agreement and disagreement of actors: by hand, and as the networks of the package count them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_graph import fictional_store
from fictional_statements import BASE, CODES, SOURCE, STATEMENTS, statement
from kg.layout.boxes import Box
from kg.layout.camps import camps_apart
from kg.networks.recipe import Recipe, make_network
from kg.networks.statement_events import Choice, statement_events
from kg.statements import Statement, current
from kg.table import Table, make_table, statements_of
from kg.views.congruence import congruence_view
from kg.views.held import actors
from kg.views.view import Edge, View
from view_checks import ANY, HOLDERS, Spoken, check, hostile, signature, spoken

MH, MF, ML, MB = (BASE + name for name in ("MH", "MF", "ML", "MB"))


def view(given: Sequence[Statement]) -> View:
    return congruence_view(given, CODES, SOURCE)


def ties(made: View, layer: int) -> dict[tuple[str, frozenset[str]], Edge]:
    return {
        (edge.kind, frozenset((edge.source, edge.target))): edge
        for edge in made.edges
        if edge.layers == (layer,)
    }


def holder(name: str) -> str:
    """The key in the second layer: bodies are in both, officials in that one only."""
    return f"{BASE}{name} holder" if name.isupper() else BASE + name


def facts(made: View, key: str) -> dict[str, str]:
    (node,) = (node for node in made.nodes if node.key == key)
    return {name: text.en for name, text in node.facts}


DEBATE = spoken(
    ("aino-rantala", 0, "support"),
    ("bertil-strandqvist", 0, "strongSupport"),
    ("daavid-korpi", 0, "hesitantSupport"),
    ("MH", 1, "support", "own"),
    ("MF", 1, "oppose", "reported"),
    ("gunnar-fyr", 1, "undecided"),
    ("elli-honkasaari", 2, "oppose"),
    ("gunnar-fyr", 2, "oppose"),
    ("helmi-silta", 3, "support"),
)
"""MH and MF agree on 0 and, by a report, disagree on 1; MF and ML agree on 2; MB is alone."""


def test_agreement_and_disagreement_by_hand() -> None:
    found = ties(view(DEBATE), 0)
    assert found.keys() == {
        ("congruence", frozenset((MH, MF))),
        ("conflict", frozenset((MH, MF))),
        ("congruence", frozenset((MF, ML))),
    }
    agree = found["congruence", frozenset((MH, MF))]
    assert (agree.tone, agree.weight, agree.dashed, agree.arrow) == ("support", 1.0, False, False)
    assert agree.cases == (((0, 1), (2,)),)
    conflict = found["conflict", frozenset((MH, MF))]
    assert (conflict.tone, conflict.cases, conflict.dashed) == ("oppose", (((3,), (4,)),), True)


def test_officials_agree_for_themselves_in_the_second_layer() -> None:
    made = view(DEBATE)
    found = ties(made, 1)
    pairs = {("congruence", "aino-rantala", "bertil-strandqvist")}
    pairs |= {
        ("congruence", name, "daavid-korpi") for name in ("aino-rantala", "bertil-strandqvist")
    }
    pairs |= {("congruence", "elli-honkasaari", "gunnar-fyr"), ("conflict", "MH", "MF")}
    ends = {(kind, frozenset(map(holder, two))) for kind, *two in pairs}
    assert found.keys() == ends
    assert [label.en for label in made.layers] == ["Bodies", "Officials and other holders"]


def test_two_that_are_of_two_minds_agree_and_disagree_on_one_proposition() -> None:
    made = view(
        spoken(
            ("aino-rantala", 0, "support"),
            ("bertil-strandqvist", 0, "oppose"),
            ("daavid-korpi", 0, "support"),
            ("elli-honkasaari", 0, "oppose"),
        )
    )
    found = ties(made, 0)
    agree, conflict = (found[kind, frozenset((MH, MF))] for kind in ("congruence", "conflict"))
    assert set(agree.cases) == {((0,), (2,)), ((1,), (3,))}
    assert set(conflict.cases) == {((0,), (3,)), ((1,), (2,))}


def test_a_tie_is_dashed_when_all_that_it_counts_rests_on_reports() -> None:
    given = spoken(
        ("MH", 0, "support", "own"), ("MF", 0, "support", "reported"),
        ("MH", 1, "support", "own"), ("MF", 1, "support", "reported"),
        ("daavid-korpi", 1, "support"),
    )  # fmt: skip
    assert not ties(view(given), 0)["congruence", frozenset((MH, MF))].dashed
    assert ties(view(given[:2]), 0)["congruence", frozenset((MH, MF))].dashed


def test_facts_count_positions_agreements_and_disagreements() -> None:
    made = view(DEBATE)
    assert facts(made, MF) == {
        "held.positions": "3",
        "congruence.agreements": "2",
        "congruence.disagreements": "1",
    }
    assert facts(made, holder("aino-rantala"))["panel.represents"] == "MH"


def test_who_shares_nothing_stands_aside() -> None:
    made = view(DEBATE)
    zones = {node.key: node.zone for node in made.nodes}
    captions = {band.name: band.label.en for band in made.bands}
    assert captions[zones[MB]] == "Shares no proposition with others"
    boxes = {node.key: node.box for node in made.nodes}
    assert boxes[MB].y > max(boxes[key].y for key in (MH, MF, ML))


def test_camps_stand_apart() -> None:
    given = spoken(
        ("MH", 0, "support"), ("MF", 0, "oppose"), ("ML", 0, "oppose"), ("MB", 0, "support"),
        ("MH", 1, "support"), ("MB", 1, "support"), ("MF", 2, "support"), ("ML", 2, "support"),
    )  # fmt: skip
    made = view(given)
    x = {node.key: node.box.x for node in made.nodes if node.layers == (0,)}
    assert max(x[MH], x[MB]) + 200 < min(x[MF], x[ML])
    assert {band.label.en for band in made.bands} == {"The side of MH", "The side of MF"}


def test_the_lead_names_who_agrees_and_who_disagrees_most() -> None:
    assert view(DEBATE).lead.en.startswith("MH and MF meet most often: they agree on 1 and dis")
    apart = spoken(
        ("MH", 0, "support"), ("MF", 0, "support"), ("MH", 1, "support"), ("MF", 1, "support"),
        ("ML", 2, "support"), ("MB", 2, "oppose"),
    )  # fmt: skip
    both = "MH and MF agree most often: on 2 points. ML and MB disagree on 1 point."
    assert view(apart).lead.en == both
    assert "No two actors" in view(DEBATE[-1:]).lead.en
    assert view(()).lead.en == "No positions have been recorded yet."


@pytest.fixture(scope="module")
def table() -> Table:
    return make_table(fictional_store())


@pytest.mark.parametrize(("layer", "row"), [(0, "body"), (1, "holder")])
@pytest.mark.parametrize("kind", ["congruence", "conflict"])
def test_weights_are_those_of_the_networks(table: Table, layer: int, row: str, kind: str) -> None:
    """Each actor counts once for a proposition and a pole: duplicates *acrossrange*.

    Who has no body has no row among bodies there, and stands for itself here.
    """
    recipe = Recipe("onemode", kind, duplicates="acrossrange")
    network = make_network(statement_events(table, Choice(row)), recipe)
    accepted = [one for one in statements_of(table) if one.status == "accepted"]
    twice = set(actors(current(accepted))) if row == "holder" else set()
    keys = [f"{node.id} holder" if node.id in twice else node.id for node in network.rows]
    cells = network.dense()
    expected = {
        frozenset((keys[i], keys[j])): cells[i, j]
        for i in range(len(keys))
        for j in range(i)
        if cells[i, j]
    }
    found = ties(view(accepted), layer)
    weights = {ends: edge.weight for (what, ends), edge in found.items() if what == kind}
    assert {ends: n for ends, n in weights.items() if ends <= set(keys)} == expected
    assert expected


@settings(max_examples=30)
@given(ANY)
def test_dots_lie_apart_and_ties_have_ends_whoever_speaks(given: list[Spoken]) -> None:
    made = view(spoken(*given))
    check(made)
    assert all(edge.weight == len(edge.cases) > 0 for edge in made.edges)


@settings(max_examples=20)
@given(ANY, st.integers(0, 99))
def test_the_order_of_statements_changes_no_tie(given: list[Spoken], seed: int) -> None:
    ordered = list(spoken(*given))
    mixed = list(ordered)
    Random(seed).shuffle(mixed)
    assert signature(view(mixed)) == signature(view(ordered))


def test_superseded_positions_are_left_out_and_hostile_texts_are_texts() -> None:
    gone = tuple(replace(one, superseded=True) for one in DEBATE)
    assert (view(gone).edges, view(gone).nodes) == ((), ())
    check(view(hostile()))
    check(view(STATEMENTS))
    assert view(STATEMENTS).statements == current(STATEMENTS)


def behind(boxes: Mapping[str, Box], two: Sequence[tuple[str, str]]) -> int:
    """How many dots of radius 25 a straight line between others runs through."""
    found = 0
    for a, b in two:
        way = complex(boxes[b].x - boxes[a].x, boxes[b].y - boxes[a].y)
        for key in boxes.keys() - {a, b}:
            gap = complex(boxes[key].x - boxes[a].x, boxes[key].y - boxes[a].y) / way
            found += 0 < gap.real < 1 and abs(gap.imag * abs(way)) < 25
    return found


def test_a_camp_moves_so_that_lines_pass_the_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unmoved, the line from a to e runs behind d."""
    two = ["ab", "bc", "ad", "ae", "bd", "bg", "de", "df", "dg", "ef", "eg", "fg"]
    ties = [(one[0], one[1], 1.0 + 2 * (one in ("ad", "de"))) for one in two]
    camps = dict(zip("abcdefg", (0, 0, 0, 1, 1, 1, 1), strict=True))
    sizes = dict.fromkeys(camps, 40.0)
    across = [(one[0], one[1]) for one in two if (one[0] < "d") != (one[1] < "d")]
    moved = camps_apart(camps, ties, sizes).boxes
    monkeypatch.setattr("kg.layout.camps.MOST_CHECKED", 0)
    assert behind(moved, across) == 0 < behind(camps_apart(camps, ties, sizes).boxes, across)


@pytest.mark.slow
def test_twenty_thousand_positions_are_tied_in_seconds() -> None:
    many = tuple(
        replace(
            statement(n % 50, HOLDERS[n % 4], n % 40, ("support", "oppose")[n % 3 == 0]),
            position=f"p{n}",
            holder=f"h{n * 7919 % 900}",
            body=f"b{n * 7919 % 900 % 90}",
            proposition=f"q{n * 104729 % 3000}",
        )
        for n in range(20_000)
    )
    started = perf_counter()
    made = view(many)
    assert perf_counter() - started < 20.0
    assert len(made.nodes) == 990
