"""The view of a meeting: order of items, exchanges in columns, answers, what stays in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_graph import QUERIES, fictional_store
from fictional_statements import CODES, SOURCE, statement
from kg.errors import InputError
from kg.layout.agenda import ACT, GAP_Y, INDENT, WIDTH, Section, Turn, agenda
from kg.layout.boxes import Box
from kg.names import mint
from kg.queries import load_query
from kg.statements import LANGUAGES, Label, Statement
from kg.things import Link, Thing, read_links, read_things
from kg.views.data import view_data
from kg.views.meeting import meeting_view
from kg.views.texts import Texts, interface
from kg.views.view import Node, View

M1 = mint("m1")


def said(
    entry: str, holder: str, body: str, stance: str, speaker: str, basis: str = "own"
) -> Statement:
    """A statement of the first fictional meeting."""
    made = statement(0, "daavid-korpi", 0, stance, basis)
    return replace(
        made, position=mint(f"{entry}/{holder}"), entry=mint(entry), holder=mint(holder),
        body=mint(body), speaker=mint(speaker), meeting=M1, issue=mint("data"),
    )  # fmt: skip


STATEMENTS = (
    said("m2/s01", "A", "A", "support", "anna-aho"),
    said("m1/s01", "A", "A", "support", "anna-aho"),
    said("m1/s01", "B", "B", "oppose", "anna-aho", "reported"),
    said("m1/s02", "bertta-berg", "B", "oppose", "bertta-berg", "official"),
)


@pytest.fixture(scope="module")
def view() -> View:
    store = fictional_store()
    query = load_query(QUERIES / "internal" / "links-meeting.rq")
    links = read_links(store, query, {"meeting": ox.NamedNode(M1)})
    elsewhere = replace(STATEMENTS[0], meeting=mint("m2"))
    own = (elsewhere, *STATEMENTS[1:])
    return meeting_view(read_things(store), links, own, CODES, SOURCE, M1)


def node(view: View, key: str) -> Node:
    (found,) = (one for one in view.nodes if one.key == mint(key))
    return found


def overlapping(boxes: Mapping[str, Box]) -> list[tuple[str, str]]:
    pairs = combinations(boxes.items(), 2)
    return [(a, b) for (a, one), (b, two) in pairs if one.overlaps(two)]


def test_only_the_statements_of_the_meeting_are_in_the_view(view: View) -> None:
    assert view.statements == STATEMENTS[1:]
    assert node(view, "m1/s01").statements == (0, 1)
    assert node(view, "anna-aho").statements == (0, 1)
    assert node(view, "bertta-berg").statements == (2,)


def test_items_stand_in_the_order_in_which_they_were_handled(view: View) -> None:
    items = [one for one in view.nodes if one.kind == "item"]
    assert [one.label.en for one in items] == ["Item 1", "Item 2a"]
    assert [one.label.en for one in view.bands] == ["Present", "1. Data", "2a. Money"]
    assert interface()["meeting.order"] in view.notes
    assert Label("Items 1 and 2a changed places.", *_swapped()) in view.notes
    assert ("fact.swapped", Label("Money", "Raha", "Money")) in items[0].facts
    assert ("fact.presenter", Label.same("Anna Aho")) in items[0].facts


def _swapped() -> tuple[str, str]:
    return "Kohdat 1 ja 2a vaihtoivat paikkaa.", "Ärendena 1 och 2a bytte plats."


def test_a_speech_act_says_who_spoke_for_whom_and_what_it_was(view: View) -> None:
    first = node(view, "m1/s01")
    assert first.kind == "speech"
    assert first.label.en.startswith("Anna Aho (AM) · presentation\nsupports: ")
    assert first.label.fi.startswith("Anna Aho (AM) · esittely\nkannattaa: ")
    assert first.name == Label(*(text.partition("\n")[0] for text in _texts(first.label)))
    record = node(view, "m1/s05")
    assert (record.kind, record.label.en) == ("record", "record")


def _texts(label: Label) -> list[str]:
    return [label.get(language) for language in LANGUAGES]


def test_an_act_tells_what_it_claims_disputes_and_reports(view: View) -> None:
    told = node(view, "m1/s07").facts
    assert ("fact.alignment", _claim("agree", "samaa mieltä", "eniga", "m1/s07/c1")) in told
    assert ("fact.reports", _report()) in told
    # What is disputed in an act that is shown is a line; a document is told.
    assert [key for key, _ in node(view, "m1/s02").facts].count("fact.disputes") == 1
    disputes = [one for one in view.edges if one.kind == "disputes"]
    assert [(one.source, one.target) for one in disputes] == [(mint("m1/s02"), mint("m1/s01"))]


def _claim(en: str, fi: str, sv: str, name: str) -> Label:
    return Label(f"{en}: {name}", f"{fi}: {name}", f"{sv}: {name}")


def _report() -> Label:
    when = "keväällä (2030-03-01–2030-05-31)"
    words = ("in progress", "käynnissä", "pågår")
    return Label(*(f"m1/s07/f1 · {word} · {when}" for word in words))


def test_outcomes_name_who_is_responsible_and_hang_under_their_act(view: View) -> None:
    action, decision, act = (node(view, f"m1/s07{one}") for one in ("/x1", "/d1", ""))
    study = ("AM, BM: A study is made", "AM, BM: Selvitys", "AMIN, BMIN: A study is made")
    assert action.label == Label(*study)
    when = Label.same("helmikuun alussa (2030-02-01–2030-02-10)")
    assert ("fact.deadline", when) in action.facts
    staff = Label("The unit gets staff", "Yksikkö saa väkeä", "The unit gets staff")
    assert ("fact.adopts", staff) in decision.facts
    ties = {(edge.source, edge.target, edge.kind) for edge in view.edges}
    for one in (action, decision):
        assert one.box.y > act.box.y
        assert one.box.x - one.box.width / 2 == act.box.x - act.box.width / 2 + INDENT
        assert (one.key, act.key, "expressedIn") in ties


def test_an_answer_stands_under_what_it_answers(view: View) -> None:
    asked, answer = node(view, "m1/s01").box, node(view, "m1/s02").box
    assert (answer.x, answer.y) == (asked.x, asked.y + ACT[1] + GAP_Y)
    (reply,) = (one for one in view.edges if one.kind == "replies")
    assert reply.line is not None
    assert reply.line.start[0] == reply.line.end[0]
    assert reply.line.end[1] == asked.y + asked.height / 2


def test_people_stand_by_their_bodies_and_say_in_whose_place_they_sit(view: View) -> None:
    people = [one for one in view.nodes if one.kind == "person"]
    assert [one.key.rpartition("/")[2] for one in people] == [
        "anna-aho", "arvo-aalto", "bertta-berg", "dora-dahl", "carl-von-essen", "bo-aho",
    ]  # fmt: skip
    assert people[0].label.en == "Anna Aho\nAM, chair"
    assert ("fact.substitutes", Label.same("Dora Dahl")) in node(view, "bo-aho").facts
    assert {one.zone for one in people} == {"present"}


def test_the_absent_have_a_zone_of_their_own() -> None:
    store = fictional_store()
    query = load_query(QUERIES / "internal" / "links-meeting.rq")
    links = read_links(store, query, {"meeting": ox.NamedNode(mint("m2"))})
    view = meeting_view(read_things(store), links, (), CODES, SOURCE, mint("m2"))
    absent = {one.key.rpartition("/")[2] for one in view.nodes if one.zone == "absent"}
    assert absent == {"arvo-aalto", "dora-dahl"}
    assert [one.label.fi for one in view.bands] == ["Läsnä", "Poissa", "1. Jatko"]


def test_a_filter_by_body_leaves_its_speakers_and_what_is_said_of_its_position(view: View) -> None:
    bodies = {
        one.key.rpartition("/")[2]: {body.rpartition("/")[2] for body in one.facets["body"]}
        for one in view.nodes
        if one.kind in ("speech", "record", "action", "decision")
    }
    assert bodies["s01"] == {"A", "B"}  # Anna Aho of A reports of B
    assert bodies["s02"] == {"B"}
    assert bodies["s05"] == set()  # the minutes speak for nobody
    assert bodies["s06"] == {"C"}  # without any statement
    assert bodies["x1"] == {"A", "B"}
    assert bodies["d1"] == {"A"}
    assert node(view, "m1/s01").facets["stance"] == ("oppose", "support")
    assert node(view, "m1/s01").facets["issue"] == (mint("data"),)
    assert node(view, "m1/s06").facets["stance"] == ()
    assert set(node(view, "m1/i1").facets["body"]) == {mint("A"), mint("B")}
    assert view.labels["body", mint("A")].en == "AM"


def test_the_view_can_become_a_page_and_no_boxes_overlap(view: View) -> None:
    assert view_data(view, Texts("en"))["name"] == "meeting"
    assert overlapping({one.key: one.box for one in view.nodes}) == []
    assert all(fact in interface() for one in view.nodes for fact, _ in one.facts)
    assert view.lead.en.startswith("6 speech acts under 2 items.")
    assert view.scope.en.startswith("3 positions in force from ")


def thing(key: str, kind: str, **values: str) -> Thing:
    found = {name: (Label.same(value),) for name, value in values.items()}
    return Thing(key, kind, Label.same(key), Label.same(key), found)


def test_a_meeting_of_which_nothing_is_known_is_still_a_view() -> None:
    view = meeting_view({"m": thing("m", "meeting")}, (), (), {}, SOURCE, "m")
    assert view.lead == interface()["meeting.empty"]
    assert [one.key for one in view.nodes] == ["m"]
    assert (view.bands, view.notes) == ((), ())
    assert not view.edges


@pytest.mark.parametrize("things", [{}, {"m": thing("m", "body")}])
def test_what_is_no_meeting_is_refused(things: dict[str, Thing]) -> None:
    with pytest.raises(InputError, match="“m” is no meeting"):
        meeting_view(things, (), (), {}, SOURCE, "m")


def order(*items: tuple[str, dict[str, str], int | None]) -> list[str]:
    """The items of a meeting as the view orders them: key, values, sequence of its one entry."""
    things, links = {"m": thing("m", "meeting")}, []
    for key, values, sequence in items:
        things[key] = thing(key, "item", **values)
        links.append(Link(key, "inMeeting", "m"))
        if sequence is not None:
            things[f"{key}/e"] = thing(f"{key}/e", "record", sequence=str(sequence))
            links.append(Link(f"{key}/e", "inItem", key))
    found = meeting_view(things, links, (), {}, SOURCE, "m")
    return [one.key for one in found.nodes if one.kind == "item"]


def test_the_order_of_speech_goes_before_that_of_the_numbers() -> None:
    assert order(("a", {"number": "3"}, 9), ("b", {"number": "4"}, 2)) == ["b", "a"]


def test_an_item_without_entries_stands_before_what_follows_it() -> None:
    number, place = {"number": "10"}, {"passage.start": "500"}
    assert order(("x", number, None), ("y", {"number": "9b"}, 1), ("z", {"number": "11"}, 2)) == [
        "y", "x", "z",
    ]  # fmt: skip
    late = {"passage.start": "1000"}
    assert order(("x", late, None), ("y", place, 1)) == ["y", "x"]


def test_an_entry_of_two_items_and_an_outcome_of_two_acts_are_drawn_once() -> None:
    things = {key: thing(key, "item") for key in ("i1", "i2")} | {"m": thing("m", "meeting")}
    things |= {key: thing(key, "speech") for key in ("e1", "e2")} | {"d": thing("d", "decision")}
    pairs = (
        ("i1", "inMeeting", "m"), ("i2", "inMeeting", "m"), ("e1", "inItem", "i1"),
        ("e1", "inItem", "i2"), ("e2", "inItem", "i2"), ("d", "expressedIn", "e1"),
        ("d", "expressedIn", "e2"), ("e1", "replies", "e1"), ("e2", "replies", "gone"),
    )  # fmt: skip
    view = meeting_view(things, [Link(*pair) for pair in pairs], (), {}, SOURCE, "m")
    assert sorted(one.key for one in view.nodes) == ["d", "e1", "e2", "i1", "i2", "m"]
    assert [(one.source, one.target) for one in view.edges] == [("d", "e1")]
    assert {one.key: one.zone for one in view.nodes if one.zone} == {
        "i1": "i1", "e1": "i1", "d": "i1", "i2": "i2", "e2": "i2",
    }  # fmt: skip
    view_data(view, Texts("fi"))


@st.composite
def sections(draw: st.DrawFn) -> list[Section]:
    """Items with acts that answer any other, before or after them, or nothing there is."""
    made: list[Section] = []
    for item in range(draw(st.integers(0, 4))):
        keys = [f"{item}-{turn}" for turn in range(draw(st.integers(0, 14)))]
        turns = [
            Turn(
                key,
                tuple(draw(st.lists(st.sampled_from([*keys, "gone"]), max_size=2))),
                tuple(f"{key}/{n}" for n in range(draw(st.integers(0, 2)))),
            )
            for key in keys
        ]
        made.append(Section(f"zone{item}", f"chip{item}", tuple(turns)))
    return made


@settings(max_examples=15)
@given(sections(), st.integers(0, 30))
def test_no_boxes_overlap_and_each_lies_in_its_zone(made: list[Section], people: int) -> None:
    names = [f"person{n}" for n in range(people)]
    placed = agenda("head", [("present", names)] if names else [], made)
    expected = {"head", *names} | {one.chip for one in made}
    expected |= {key for one in made for turn in one.turns for key in (turn.key, *turn.outcomes)}
    assert placed.boxes.keys() == expected
    assert overlapping(placed.boxes) == []
    zones = {zone.name: zone.box for zone in placed.zones}
    assert overlapping(zones) == []
    for key, name in placed.zone_of.items():
        box, zone = placed.boxes[key], zones[name]
        assert abs(box.x - zone.x) * 2 + box.width <= zone.width + 1e-6
        assert abs(box.y - zone.y) * 2 + box.height <= zone.height + 1e-6
    assert all(zone.x + zone.width / 2 <= WIDTH + 1e-6 for zone in zones.values())


@settings(max_examples=15)
@given(sections())
def test_lines_join_acts_of_one_column_and_rise(made: list[Section]) -> None:
    placed = agenda("head", [], made)
    for (below, above), line in placed.lines.items():
        assert placed.boxes[below].y > placed.boxes[above].y
        assert line.start[1] > line.end[1]
        assert abs(line.start[0] - line.end[0]) <= INDENT


def columns(turns: Sequence[Turn]) -> list[list[str]]:
    """The keys of one item column by column."""
    placed = agenda("head", [], [Section("z", "chip", tuple(turns))])
    found: dict[tuple[int, float], list[str]] = {}
    for key, box in placed.boxes.items():
        if key not in ("head", "chip"):
            found.setdefault((0, round(box.x + box.width / 2)), []).append(key)
    return [found[place] for place in sorted(found)]


def test_a_thread_is_read_downwards_and_answers_follow_what_they_answer() -> None:
    turns = [Turn("a"), Turn("b", ("a",)), Turn("c"), Turn("d", ("a",)), Turn("e", ("b", "a"))]
    assert columns(turns) == [["a", "b", "e", "d"], ["c"]]
    assert columns([Turn("a", ("b",)), Turn("b")]) == [["a"], ["b"]]  # nothing answers the future


def test_of_several_answers_all_but_the_last_are_indented_so_that_its_line_runs_free() -> None:
    turns = [Turn("a", (), ("made",)), Turn("b", ("a",)), Turn("c", ("a",))]
    placed = agenda("head", [], [Section("z", "chip", tuple(turns))])
    lefts = {key: box.x - box.width / 2 for key, box in placed.boxes.items()}
    assert lefts["made"] == lefts["b"] == lefts["a"] + INDENT
    assert lefts["c"] == lefts["a"]
    assert lefts["a"] < placed.lines["c", "a"].start[0] < lefts["b"]
