"""The view of people and organisations: houses, the table between them, who was there."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_statements import SOURCE
from hostile_labels import HOSTILE
from kg.layout.houses import House, houses, line
from kg.names import mint
from kg.things import Link, Thing
from kg.views.data import view_data
from kg.views.people import people_view
from kg.views.texts import Texts, interface
from kg.views.view import View
from things_by_hand import (
    check,
    edge,
    fictional,
    links,
    node,
    overlapping,
    position,
    said,
    thing,
    things,
    within,
)


def seat(key: str, role: str = "member", present: str = "true", **more: str) -> Thing:
    return thing(key, "participation", role=role, role__code=role, present=present, **more)


FOUND = things(
    *(thing(key, "body") for key in ("A", "B", "C")),
    *(thing(key, "person", key.title()) for key in ("ann", "bo", "cy", "dee")),
    thing("wg", "workingBody"),
    thing("sub", "workingBody"),
    thing("towns", "group"),
    thing("m1", "meeting", "First", date="2030-01-10"),
    thing("m2", "meeting", "Second", date="2030-03-05"),
    seat("p1", "chair", title="director"),
    seat("p2"),
    seat("p3", present="false"),
    seat("p4"),
    seat("p5"),
    seat("p6", present="false", note="Nobody came."),
)
TIES = (
    *("p1 member ann", "p1 represents A", "p1 inMeeting m1"),
    *("p2 member bo", "p2 represents A", "p2 inMeeting m1"),
    *("p3 member bo", "p3 represents A", "p3 inMeeting m2"),
    *("p4 member cy", "p4 represents B", "p4 inMeeting m1", "p4 substitutes dee"),
    *("p5 member cy", "p5 represents A", "p5 inMeeting m2"),
    *("p6 represents C", "p6 inMeeting m2"),
    *(
        "wg heldBy m1",
        "wg heldBy m2",
        "A mandatedBy wg",
        "sub partOf wg",
        "C linked A",
        "A linked C",
    ),
    *("ann speaks s1", "ann speaks s2"),
)


@pytest.fixture(scope="module")
def view() -> View:
    made = people_view(FOUND, links(*TIES), (), {}, SOURCE)
    check(made)
    return made


def test_people_stand_in_the_house_of_the_body_that_they_represent_most_often(view: View) -> None:
    assert node(view, "ann").zone == node(view, "bo").zone == node(view, "A").zone
    assert node(view, "cy").zone == node(view, "A").zone, "of two alike the first by IRI"
    assert node(view, "dee").zone == "loose"
    assert node(view, "towns").zone == "outside"


def test_a_body_that_was_represented_has_a_house_though_nobody_lives_in_it(view: View) -> None:
    assert not edge(view, "cy", "represents", "B").arrow
    captions = {band.name: band.label.en for band in view.bands}
    found = {key: captions[node(view, key).zone] for key in "ABC"}
    assert found == {
        "A": "3 representatives",
        "B": "1 representative",
        "C": "0 representatives",
    }


def test_roles_decide_who_is_first_times_which_house_and_one_presence_counts() -> None:
    found = FOUND | things(
        *(seat(key, "other") for key in ("x1", "x2", "x3")),
        seat("x4", "chair"),
        seat("x5", present="false"),
    )
    ties = links(
        *("x1 member ann", "x1 represents B", "x1 inMeeting m1"),
        *("x2 member ann", "x2 represents B", "x2 inMeeting m2"),
        *("x3 member ann", "x3 represents A", "x3 inMeeting m2"),
        *("x4 member bo", "x4 represents B", "x4 inMeeting m1"),
        *("x5 member bo", "x5 represents B", "x5 inMeeting m1"),
    )
    made = people_view(found, ties, (), {}, SOURCE)
    assert node(made, "ann").zone == node(made, "bo").zone == node(made, "B").zone
    assert node(made, "bo").box.y < node(made, "ann").box.y
    assert edge(made, "bo", "participates", "m1").facts[1][1].en.endswith("absent")
    assert node(made, "bo").label.en == "Bo", "no one role that was always the same"


def test_whoever_chairs_is_named_first(view: View) -> None:
    ann, bo = node(view, "ann"), node(view, "bo")
    assert ann.box.y < bo.box.y
    assert (ann.label.en, bo.label.en) == ("Ann\nchair", "Bo\nmember")


def test_meetings_stand_in_the_middle_in_order_with_who_holds_them_below(view: View) -> None:
    column = [node(view, key).box for key in ("m1", "m2", "wg", "sub")]
    assert {box.x for box in column} == {0.0}
    assert [box.y for box in column] == sorted(box.y for box in column)
    assert edge(view, "wg", "heldBy", "m2").line is None, "it stands right above"
    beside = edge(view, "wg", "heldBy", "m1").line
    assert beside is not None
    assert beside.start[0] == beside.end[0] == -node(view, "m1").box.width / 2


def test_present_and_absent_are_told_apart_meeting_by_meeting(view: View) -> None:
    assert edge(view, "bo", "participates", "m1").facets == {"date": ("2030-01-10",)}
    assert edge(view, "bo", "absent", "m2").facts[0][1].en == (
        "2030-03-05 Second: member, for A, absent"
    )
    assert said(view, "ann") == [
        ("people.attended", "2030-01-10 First: chair, director, for A"),
        ("people.acts", "2"),
    ]
    assert [text for _, text in said(view, "bo")] == [
        "2030-01-10 First: member, for A",
        "2030-03-05 Second: member, for A, absent",
    ]


def test_a_body_that_sends_nobody_sits_for_itself(view: View) -> None:
    assert edge(view, "C", "absent", "m2").thin
    assert said(view, "C") == [
        ("people.attended", "2030-03-05 Second: member, Nobody came., absent")
    ]


def test_ties_between_bodies_and_people_are_drawn_once(view: View) -> None:
    assert edge(view, "cy", "substitutes", "dee").arrow
    assert edge(view, "A", "mandatedBy", "wg").line is not None
    assert edge(view, "sub", "partOf", "wg").arrow
    assert len([one for one in view.edges if one.kind == "linked"]) == 1


def test_filters_know_bodies_and_dates(view: View) -> None:
    assert node(view, "cy").facets == {"body": ("A", "B")}
    assert node(view, "dee").facets == {"body": ("",)}
    assert node(view, "A").facets == {"body": ("A",)}
    assert node(view, "m2").facets == {"date": ("2030-03-05",)}
    assert all(one.always for one in view.nodes)


def test_behind_a_person_stands_what_was_held_or_said_behind_a_body_what_counts_for_it() -> None:
    told = (
        position("B", "q1", speaker="ann", basis="reported", meeting="m1"),
        position("ann", "q2", holder_kind="person", body="A", speaker="ann"),
        position("A", "q3", superseded=True, speaker="ann"),
    )
    made = people_view(FOUND, links(*TIES), told, {}, SOURCE)
    behind = {key: node(made, key).statements for key in ("ann", "A", "B", "m1")}
    assert behind == {"ann": (0, 1), "A": (1,), "B": (0,), "m1": (0,)}
    assert len(made.statements) == 2


def test_the_fictional_group_sits_at_its_table() -> None:
    found, ties = fictional("people")
    made = people_view(found, ties, (), {}, SOURCE)
    check(made)
    assert made.lead.en.startswith("Who sat at the table, and for whom: people 6, bodies")
    home = {key: node(made, mint(key)).zone for key in ("anna-aho", "arvo-aalto", "A")}
    assert len(set(home.values())) == 1
    assert edge(made, mint("arvo-aalto"), "absent", mint("m2")).thin
    assert edge(made, mint("bo-aho"), "substitutes", mint("dora-dahl")).arrow
    assert edge(made, mint("group"), "heldBy", mint("m1")).arrow
    text = "2030-01-10 Meeting 1: chair, director, for Ministry of Alpha"
    assert ("people.attended", text) in said(made, mint("anna-aho"))
    assert node(made, mint("m1")).label.sv == "2030-01-10\nMeeting 1"


def test_a_graph_without_people_says_so() -> None:
    made = people_view({}, (), (), {}, SOURCE)
    assert made.lead == interface()["people.empty"]
    assert (made.nodes, made.edges, made.bands) == ((), (), ())


def test_hostile_texts_are_texts() -> None:
    people = [thing(f"p{n} {text[:9]}", "person", text) for n, text in enumerate(HOSTILE.values())]
    bodies = [thing(f"b{n}", "body", text) for n, text in enumerate(HOSTILE.values())]
    places = [seat(f"s{n}", title=text) for n, text in enumerate(HOSTILE.values())]
    ties = [Link(one.id, "member", who.id) for one, who in zip(places, people, strict=True)]
    ties += [Link(one.id, "represents", b.id) for one, b in zip(places, bodies, strict=True)]
    ties += [Link(one.id, "inMeeting", "m1") for one in places]
    found = FOUND | things(*people, *bodies, *places)
    made = people_view(found, ties, (), {}, SOURCE)
    check(made)
    assert node(made, people[0].id).name == people[0].name
    assert view_data(made, Texts("fi"))["nodes"]


KEYS = [f"k{number}" for number in range(10)]
KINDS = ("person", "body", "workingBody", "group", "meeting", "participation", "participation")
KINDS_OF_TIES = (
    *("member", "represents", "inMeeting", "heldBy", "mandatedBy", "partOf", "linked"),
    *("substitutes", "speaks", "replaces"),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(KINDS), max_size=10),
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(KINDS_OF_TIES), st.sampled_from(KEYS)),
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_any_graph_is_drawn_the_same_in_any_order(
    kinds: list[str], ties: list[tuple[str, str, str]], random: Random
) -> None:
    found = [thing(key, kind) for key, kind in zip(KEYS, kinds, strict=False)]
    tied = [Link(*one) for one in ties]
    made = people_view(things(*found), tied, (), {}, SOURCE)
    check(made)
    assert {one.key for one in made.nodes} == {t.id for t in found if t.kind != "participation"}
    random.shuffle(found)
    random.shuffle(tied)
    assert people_view(things(*found), tied, (), {}, SOURCE) == made


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 6), max_size=8),
    *(st.integers(0, 5) for _ in range(3)),
    st.integers(0, 7),
)
def test_houses_hold_their_people_and_nothing_overlaps(
    sizes: list[int], meetings: int, groups: int, outside: int, loose: int
) -> None:
    inhabited = [
        House(f"b{n}", tuple(f"b{n} p{one}" for one in range(size))) for n, size in enumerate(sizes)
    ]
    rows = (
        [f"{name}{n}" for n in range(count)]
        for name, count in (("m", meetings), ("g", groups), ("o", outside), ("l", loose))
    )
    layout = houses(inhabited, *rows)
    assert not overlapping(list(layout.boxes.values()))
    assert not overlapping([zone.box for zone in layout.zones])
    for zone in layout.zones:
        assert within(
            [layout.boxes[k] for k, z in layout.zone_of.items() if z == zone.name], zone.box
        )


def test_a_line_from_a_person_to_a_meeting_crosses_no_box_of_its_house() -> None:
    people = ("p0", "p1", "p2")
    layout = houses([House("b", people), House("c", ("q",))], ["m1", "m2"], [], [])
    for person in people:
        found = line(layout, person, "m2")
        assert found is not None
        assert found.start[0] == max(layout.boxes[one].x for one in people) + 95.0
        assert found.end[0] == layout.boxes["m2"].x - 125.0


def test_a_long_side_has_several_people_in_a_row() -> None:
    people = tuple(f"p{n}" for n in range(300))
    layout = houses([House("b", people)], ["m"], [], [])
    assert not overlapping(list(layout.boxes.values()))
    assert max(box.y for box in layout.boxes.values()) < 5500
