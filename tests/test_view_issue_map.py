"""The map of issues: the disputed first, refinements indented, rivals next to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_graph import QUERIES, fictional_store
from fictional_statements import CODES, SOURCE, statement
from kg.layout.boxes import Box
from kg.layout.issue_rows import INDENT, Block, in_order, issue_rows
from kg.names import mint
from kg.queries import load_query
from kg.statements import Label, Statement
from kg.things import Link, Thing, read_links, read_things
from kg.views.data import view_data
from kg.views.issue_map import issue_map_view
from kg.views.texts import Texts, interface
from kg.views.view import Edge, Node, View

STANCE = {"+": "support", "-": "oppose", "?": "undecided"}


def said(position: str, holder: str, proposition: str, sign: str, **other: object) -> Statement:
    made = statement(0, "daavid-korpi", 0, STANCE[sign])
    made = replace(made, position=position, holder=holder, proposition=proposition)
    made = replace(made, holder_name=Label.same(holder), issue="i")
    return replace(made, **other)  # type: ignore[arg-type]


def things(**kinds: str) -> dict[str, Thing]:
    """Things by kind: ``proposition="p q"`` makes two."""
    return {
        key: Thing(key, kind, Label.same(key), Label.same(key))
        for kind, keys in kinds.items()
        for key in keys.split()
    }


def links(*texts: str) -> list[Link]:
    return [Link(*text.split()) for text in texts]


def made(found: Mapping[str, Thing], ties: list[Link], *statements: Statement) -> View:
    return issue_map_view(found, ties, statements, CODES, SOURCE)


def node(view: View, key: str) -> Node:
    (found,) = (one for one in view.nodes if one.key == key)
    return found


def edges(view: View) -> set[tuple[str, str, str]]:
    return {(one.source, one.kind, one.target) for one in view.edges}


def overlapping(boxes: Mapping[str, Box]) -> list[tuple[str, str]]:
    pairs = combinations(boxes.items(), 2)
    return [(a, b) for (a, one), (b, two) in pairs if one.overlaps(two)]


def test_issues_with_the_most_dispute_come_first_then_those_most_spoken_of() -> None:
    found = things(issue="calm loud rivals hot", proposition="c l r1 r2 h1 h2")
    ties = links("c answers calm", "l answers loud", "r1 answers rivals", "r2 answers rivals",
                 "h1 answers hot", "h2 answers hot", "r1 incompatible r2")  # fmt: skip
    view = made(
        found, ties,
        said("1", "A", "c", "+"), said("2", "A", "l", "+"), said("3", "B", "l", "+"),
        said("4", "A", "r1", "+"), said("5", "B", "r2", "+"),
        said("6", "A", "h1", "+"), said("7", "B", "h1", "-"),
        said("8", "A", "h2", "+"), said("9", "B", "h2", "-"),
    )  # fmt: skip
    assert [one.key for one in view.nodes if one.kind == "issue"] == [
        "hot",
        "rivals",
        "loud",
        "calm",
    ]
    assert [one.label.en for one in view.bands] == [
        "Disputed: 2 of 2 propositions",
        "Rival pairs: 1",
        "No voices against each other",
        "No voices against each other",
    ]
    assert view.lead.en.startswith("4 issues with 6 propositions; voices for and against meet on 2")


def test_a_box_counts_holders_once_and_leaves_out_what_is_given_up_or_proposed() -> None:
    found = things(issue="i", proposition="p silent")
    view = made(
        found, links("p answers i", "silent answers i"),
        said("1", "A", "p", "+"), said("2", "A", "p", "+"), said("3", "B", "p", "+"),
        said("4", "C", "p", "-"), said("5", "D", "p", "-", superseded=True),
        said("6", "E", "p", "-", status="proposed"), said("7", "F", "p", "?"),
    )  # fmt: skip
    told = node(view, "p")
    assert told.label.en == "2 for · 1 against · 1 undecided\np"
    assert told.label.fi == "2 puolesta · 1 vastaan · 1 ei vielä kantaa\np"
    assert told.facts[0] == ("fact.standing", Label(*(x.partition("\n")[0] for x in (
        told.label.en, told.label.fi, told.label.sv))))  # fmt: skip
    assert told.statements == (0, 1, 2, 3, 5, 6)  # a filter leaves out what is proposed
    assert node(view, "silent").label == Label.same("silent")


def test_what_nobody_spoke_of_stays_until_something_is_filtered() -> None:
    view = made(things(issue="i empty", proposition="p"), links("p answers i"))
    silent = node(view, "p")
    assert (silent.always, silent.statements) == (True, ())
    assert silent.facets["body"] == silent.facets["stance"] == silent.facets["date"] == ()
    assert silent.facets["issue"] == ("i",)
    assert node(view, "empty").facets["body"] == ()
    assert "body" not in node(view, "i").facets  # it follows its propositions
    assert {one.label.en for one in view.bands} == {"No positions recorded"}
    assert [one.follows for one in view.edges] == [True]


def test_arguments_for_stand_above_those_against_and_tell_who_put_them_forward() -> None:
    found = things(issue="i", proposition="p", argument="a b c")
    ties = links("p answers i", "a attacks p", "b supports p", "c supports p", "1 reason b")
    view = made(found, ties, said("1", "Aino", "p", "+"))
    assert [node(view, key).box.y for key in "bca"] == sorted(node(view, k).box.y for k in "abc")
    assert node(view, "b").statements == (0,)
    assert ("fact.givenBy", Label.same("Aino")) in node(view, "b").facts
    assert (node(view, "a").always, node(view, "b").always) == (True, False)
    tones = {one.source: (one.kind, one.tone) for one in view.edges if one.kind != "answers"}
    assert tones == {
        "a": ("attacks", "oppose"), "b": ("supports", "support"), "c": ("supports", "support"),
    }  # fmt: skip
    issue, proposition, argument = (node(view, key).box for key in "ipa")
    assert issue.x < proposition.x < argument.x
    lines = {one.source: one.line for one in view.edges if one.line}
    assert lines["p"].end == (issue.x + issue.width / 2, issue.y)
    assert lines["a"].start == (argument.x - argument.width / 2, argument.y)
    assert [lines[key].end[1] for key in "bca"] == sorted(lines[key].end[1] for key in "abc")
    assert {lines[key].end[0] for key in "abc"} == {proposition.x + proposition.width / 2}


@pytest.mark.parametrize(("sign", "kind"), [("+", "supports"), ("-", "attacks")])
def test_an_argument_that_names_no_aim_follows_the_position_it_was_given_for(
    sign: str, kind: str
) -> None:
    found = things(issue="i", proposition="p", argument="a")
    view = made(found, links("p answers i", "1 reason a"), said("1", "A", "p", sign))
    assert ("a", kind, "p") in edges(view)


def test_an_argument_without_any_aim_is_left_out() -> None:
    found = things(issue="i", proposition="p", argument="a")
    view = made(found, links("p answers i", "1 reason a"), said("1", "A", "p", "?"))
    assert "a" not in {one.key for one in view.nodes}


def test_what_leads_to_another_issue_is_told_at_both_ends_and_not_drawn() -> None:
    found = things(issue="i j", proposition="p q", argument="a")
    ties = links("p answers i", "q answers j", "q refines p", "a supports p", "a attacks q",
                 "p incompatible q")  # fmt: skip
    view = made(found, ties)
    assert edges(view) == {("p", "answers", "i"), ("q", "answers", "j"), ("a", "supports", "p")}
    assert ("fact.attacksAlso", Label.same("q")) in node(view, "a").facts
    assert ("fact.attacksBy", Label.same("a")) in node(view, "q").facts
    assert ("fact.refines", Label.same("p")) in node(view, "q").facts


def test_refinements_hang_on_what_they_specify_and_rivals_are_joined() -> None:
    found = things(issue="i", proposition="p q r s")
    ties = links("p answers i", "q answers i", "r answers i", "s answers i", "q refines p",
                 "p incompatible s", "r incompatible s")  # fmt: skip
    view = made(found, ties)
    # q hangs on p alone; the chain of rivals p – s – r stands together.
    assert edges(view) == {
        ("p", "answers", "i"), ("r", "answers", "i"), ("s", "answers", "i"), ("q", "refines", "p"),
        ("p", "incompatible", "s"), ("r", "incompatible", "s"),
    }  # fmt: skip
    order = sorted("pqrs", key=lambda key: node(view, key).box.y)
    assert order == ["p", "q", "s", "r"]
    rivals = {one.source: one for one in view.edges if one.kind == "incompatible"}
    assert (rivals["p"].line is None, rivals["r"].line is None) == (False, True)
    assert all((one.tone, one.arrow) == ("oppose", False) for one in rivals.values())


def test_propositions_that_specify_each_other_in_a_circle_all_stand() -> None:
    circle = {"a": ("b",), "b": ("c",), "c": ("a",)}
    rows = in_order(Block("z", "", ("a", "b", "c"), circle))
    assert [(row.key, row.depth) for row in rows] == [("c", 0), ("b", 1), ("a", 2)]


def test_propositions_without_an_issue_come_last() -> None:
    view = made(things(issue="i", proposition="p lost"), links("p answers i"))
    assert [one.label for one in view.bands][-1] == interface()["issues.none"]
    assert node(view, "lost").issue is None
    assert node(view, "lost").zone == view.bands[-1].name


def test_a_proposition_of_two_issues_stands_in_one_and_is_tied_to_both() -> None:
    view = made(things(issue="i j", proposition="p"), links("p answers j", "p answers i"))
    assert edges(view) == {("p", "answers", "i"), ("p", "answers", "j")}
    assert node(view, "p").zone == "i"


def test_without_any_issue_there_is_still_a_view() -> None:
    view = made({}, [])
    assert view.lead == interface()["issues.empty"]
    assert (view.nodes, view.notes) == ((), ())
    assert (view.edges, view.bands) == ((), ())


def test_the_fictional_meetings_make_a_page() -> None:
    store = fictional_store()
    found = read_links(store, load_query(QUERIES / "internal" / "links-issues.rq"))
    view = issue_map_view(read_things(store), found, (), CODES, SOURCE)
    assert view_data(view, Texts("sv"))["name"] == "issues"
    assert (mint("automatic"), "refines", mint("share")) in edges(view)
    assert (mint("daily"), "refines", mint("automatic")) in edges(view)
    share, daily = node(view, mint("share")).box, node(view, mint("daily")).box
    assert daily.x - daily.width / 2 == share.x - share.width / 2 + 2 * INDENT
    assert all(key in interface() for one in view.nodes for key, _ in one.facts)
    assert overlapping({one.key: one.box for one in view.nodes}) == []


def test_labels_are_data_whatever_they_hold() -> None:
    hostile = ("<img onerror=x>", "{n} {0}", "", "\u202e", "x" * 10_000)
    found = {
        f"p{n}": Thing(f"p{n}", "proposition", Label.same(text), Label.same(text))
        for n, text in enumerate(hostile)
    }
    view = made(found, [], said("1", "{A}", "p1", "+"))
    assert {one.name for one in view.nodes} == {Label.same(text) for text in hostile}
    view_data(view, Texts("en"))


KEYS = [f"p{n}" for n in range(7)]
PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from([*KEYS, "gone"]))


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    """Issues whose propositions refine and exclude each other in any way, in circles, too."""
    found: list[Block] = []
    for number in range(draw(st.integers(0, 4))):
        own = {key: f"{number}{key}" for key in [*KEYS, "gone"]}
        kept = draw(st.lists(st.sampled_from(KEYS), unique=True))
        refines: dict[str, tuple[str, ...]] = {}
        for one, other in draw(st.lists(PAIRS, max_size=8)):
            refines[own[one]] = (*refines.get(own[one], ()), own[other])
        excludes = frozenset((own[a], own[b]) for a, b in draw(st.lists(PAIRS, max_size=5)))
        counts = draw(st.lists(st.integers(0, 4), min_size=7, max_size=7))
        arguments = {
            own[key]: tuple(f"{own[key]}a{n}" for n in range(count))
            for key, count in zip(KEYS, counts, strict=True)
        }
        issue = draw(st.sampled_from(["", f"issue{number}"]))
        propositions = tuple(own[key] for key in kept)
        found.append(Block(f"z{number}", issue, propositions, refines, excludes, arguments))
    return found


@settings(max_examples=20)
@given(blocks())
def test_every_proposition_stands_once_in_its_zone_and_nothing_overlaps(found: list[Block]) -> None:
    placed = issue_rows(found)
    for block in found:
        rows = in_order(block)
        assert sorted(row.key for row in rows) == sorted(block.propositions)
        seen: set[str] = set()
        for row in rows:  # what is refined stands above
            assert not row.parent or row.parent in seen
            assert not row.parent or row.parent in block.refines[row.key]
            seen.add(row.key)
    assert overlapping(placed.boxes) == []
    zones = {zone.name: zone.box for zone in placed.zones}
    assert overlapping(zones) == []
    for key, name in placed.zone_of.items():
        box, zone = placed.boxes[key], zones[name]
        assert abs(box.x - zone.x) * 2 + box.width <= zone.width + 1e-6
        assert abs(box.y - zone.y) * 2 + box.height <= zone.height + 1e-6


@settings(max_examples=6)
@given(st.permutations(range(6)))
def test_the_order_of_the_links_changes_nothing(order: list[int]) -> None:
    found = things(issue="i j", proposition="p q r", argument="a")
    ties = links("p answers i", "q answers i", "r answers j", "q refines p", "a supports q",
                 "1 reason a")  # fmt: skip
    statements = (said("1", "A", "p", "+"),)
    shuffled = made(found, [ties[place] for place in order], *statements)
    straight = made(found, ties, *statements)
    assert sorted(shuffled.edges, key=_ends) == sorted(straight.edges, key=_ends)
    assert shuffled.nodes == straight.nodes


def _ends(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.kind, edge.target
