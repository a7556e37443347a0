"""The view of the whole graph: every thing, every tie, and positions as lines."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_statements import SOURCE
from hostile_labels import HOSTILE
from kg.names import mint
from kg.statements import Label
from kg.things import KINDS, Link
from kg.views.data import view_data
from kg.views.placed import MOST_DRAWN
from kg.views.texts import Texts, interface
from kg.views.view import View
from kg.views.whole import whole_view
from things_by_hand import (
    check,
    edge,
    fictional,
    links,
    node,
    position,
    said,
    thing,
    things,
)

FOUND = things(
    *(thing(key, "body") for key in ("A", "B")),
    *(thing(key, "person", key.title()) for key in ("ann", "bo")),
    thing("m1", "meeting", date="2030-01-10"),
    thing("i1", "item", number="1"),
    thing("s1", "speech", "She asks.", summary="She asks.", act="question", note="Twice."),
    thing("s2", "speech"),
    thing("q", "issue"),
    *(thing(key, "proposition") for key in ("p", "r")),
    *(thing(key, "argument") for key in ("for", "against")),
    thing("plan", "project"),
    thing("seat", "participation"),
)
TIES = (
    *(
        "ann represents A",
        "ann participates m1",
        "ann speaks s1",
        "i1 inMeeting m1",
        "s1 inItem i1",
    ),
    *("p answers q", "p incompatible r", "r incompatible p", "for supports p", "against attacks p"),
    *("A responsible plan", "seat member ann", "plan waitsFor gone", "q about q"),
)


def made(*told: object, ties: tuple[str, ...] = TIES) -> View:
    view = whole_view(FOUND, links(*ties), told, {}, SOURCE)  # type: ignore[arg-type]
    check(view)
    return view


def test_every_thing_is_a_dot_but_participations_which_are_ties() -> None:
    view = made()
    assert {one.key for one in view.nodes} == FOUND.keys() - {"seat"}
    assert {one.shape for one in view.nodes} == {"dot"}
    assert edge(view, "ann", "participates", "m1").arrow
    assert edge(view, "i1", "inItem", "m1").arrow, "an item belongs to its meeting"
    assert "14 things and 10 ties" in view.lead.en


def test_what_has_more_ties_is_larger() -> None:
    view = made()
    sizes = {one.key: one.box.width for one in view.nodes}
    assert sizes["p"] > sizes["ann"] > sizes["m1"] > sizes["bo"]


def test_ties_without_direction_are_one_line_and_arguments_have_a_tone() -> None:
    view = made()
    mutual = edge(view, "p", "incompatible", "r")
    assert (mutual.arrow, mutual.tone) == (False, "plain")
    assert edge(view, "for", "supports", "p").tone == "support"
    assert edge(view, "against", "attacks", "p").tone == "oppose"
    assert len(view.edges) == 10


def test_positions_are_lines_that_rest_on_their_statements() -> None:
    view = made(
        position("A", "p"),
        position("A", "p", stance="oppose", pole="oppose", superseded=True),
        position("A", "p", basis="reported", qualified=True, entry="s1", speaker="bo"),
        position("A", "p", position="again"),
        position("B", "r", stance="undecided", pole="", issue="q", body="B"),
    )
    own, reported, undecided = (one for one in view.edges if one.kind == "stance")
    assert [one.cases for one in (own, reported, undecided)] == [
        (((0, 2),),),
        (((1,),),),
        (((3,),),),
    ]
    assert (own.tone, own.dashed, own.thin) == ("support", False, False)
    assert (reported.tone, reported.dashed, reported.thin) == ("support", True, True)
    assert undecided.tone == "undecided"
    behind = {key: node(view, key).statements for key in ("A", "p", "q", "s1", "bo", "i1")}
    assert behind == {"A": (0, 1, 2), "p": (0, 1, 2), "q": (3,), "s1": (1,), "bo": (1,), "i1": ()}


def test_filters_by_body_know_who_speaks_who_is_spoken_of_and_who_answers() -> None:
    view = made(position("B", "p", entry="s1"))
    facets = {one.key: one.facets for one in view.nodes}
    assert facets["s1"] == {"body": ("A", "B")}
    assert facets["ann"] == facets["plan"] == facets["A"] == {"body": ("A",)}
    assert facets["bo"] == {"body": ("",)}
    assert facets["m1"] == {"date": ("2030-01-10",)}
    assert facets["q"] == facets["for"] == {}
    spoken = made(ties=("B speaks s2",))
    assert node(spoken, "s2").facets == {"body": ("B",)}


def test_a_speech_act_goes_by_who_speaks_and_how() -> None:
    view = made()
    assert node(view, "s1").label.en == "Ann · question"
    assert node(view, "s1").name == Label.same("She asks.")
    assert said(view, "s1") == [("fact.act", "question"), ("fact.note", "Twice.")]
    assert node(view, "s2").label.en == "s2"


def test_holders_and_propositions_of_positions_are_there_in_any_case() -> None:
    view = whole_view({}, (), (position("A", "p"),), {}, SOURCE)
    assert {(one.key, one.kind) for one in view.nodes} == {("A", "body"), ("p", "proposition")}
    check(view)


def test_the_fictional_graph_has_all_its_ties() -> None:
    found, ties = fictional("all")
    view = whole_view(found, ties, (), {}, SOURCE)
    check(view)
    kinds = {one.kind for one in view.edges}
    assert kinds <= {key.removeprefix("tie.") for key in interface() if key.startswith("tie.")}
    assert kinds >= {"answers", "refines", "incompatible", "represents", "participates", "speaks"}
    assert kinds >= {"inItem", "swapped", "replies", "expressedIn", "party", "about", "waitsFor"}
    assert edge(view, mint("arvo-aalto"), "absent", mint("m2")).arrow
    assert edge(view, mint("m1/s02"), "disputes", mint("m1/s01")).arrow
    assert edge(view, mint("bo-aho"), "substitutes", mint("dora-dahl")).arrow
    assert edge(view, mint("m1/s07/d1"), "adopts", mint("staff")).arrow
    assert {one.kind for one in view.nodes} <= set(KINDS.values()) - {"participation"}


def test_an_empty_graph_says_so() -> None:
    view = whole_view({}, (), (), {}, SOURCE)
    assert view.lead == interface()["whole.empty"]
    assert (view.nodes, view.edges) == ((), ())


def test_hostile_texts_are_texts_and_labels_are_short() -> None:
    found = [thing(f"t{text[:40]}", "issue", text, note=text) for text in HOSTILE.values()]
    view = whole_view(things(*found), (), (), {}, SOURCE)
    check(view)
    assert {one.name for one in view.nodes} == {one.name for one in found}
    assert max(len(one.label.en) for one in view.nodes) == 48
    assert view_data(view, Texts("sv"))["nodes"]


KEYS = [f"k{number}" for number in range(8)]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(tuple(KINDS.values())), min_size=1, max_size=8),
    st.lists(
        st.tuples(
            st.sampled_from(KEYS),
            st.sampled_from(("about", "linked", "speaks", "supports", "represents")),
            st.sampled_from(KEYS),
        ),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_any_graph_is_drawn_the_same_in_any_order(
    kinds: list[str], ties: list[tuple[str, str, str]], random: Random
) -> None:
    found = [thing(key, kind) for key, kind in zip(KEYS, kinds, strict=False)]
    tied = [Link(*one) for one in ties]
    view = whole_view(things(*found), tied, (), {}, SOURCE)
    check(view)
    random.shuffle(found)
    random.shuffle(tied)
    assert whole_view(things(*found), tied, (), {}, SOURCE) == view


@pytest.mark.slow
def test_many_things_come_in_communities() -> None:
    size = MOST_DRAWN + 200
    found = [thing(f"t{number}", "issue") for number in range(size)]
    ties = [Link(f"t{n}", "about", f"t{n - n % 40}") for n in range(size)]
    view = whole_view(things(*found), ties, (), {}, SOURCE)
    assert len(view.nodes) == size
    assert view.clusters
    assert all(one.cluster is not None for one in view.nodes)
    assert len(view.notes) > 2
