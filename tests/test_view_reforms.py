"""The view of reforms: lanes, stages, who reports what, and what waits for what."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from fictional_statements import SOURCE
from hostile_labels import HOSTILE
from kg.layout.reform_lanes import Branch, reform_lanes
from kg.names import mint
from kg.statements import Label
from kg.things import Link, Thing
from kg.views.data import view_data
from kg.views.reforms import reforms_view
from kg.views.texts import Texts, interface
from kg.views.view import View
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
    within,
)

MEETING = things(
    thing("m1", "meeting", "First", date="2030-01-10"),
    thing("m2", "meeting", "Second", date="2030-03-05"),
    thing("i1", "item", number="4"),
    thing("i2", "item"),
    thing("s1", "speech", sequence="9"),
    thing("s2", "speech", sequence="2"),
    thing("ann", "person", "Ann Aho"),
)
COURSE = links(
    *("s1 inItem i1", "s2 inItem i2", "i1 inMeeting m1", "i2 inMeeting m2", "ann speaks s1"),
    *("r1 expressedIn s1", "r2 expressedIn s2"),
)
BODIES = things(thing("A", "body"), thing("B", "body"), thing("wg", "workingBody"))


def made(found: dict[str, Thing], *ties: str) -> View:
    view = reforms_view(MEETING | BODIES | found, (*COURSE, *links(*ties)), (), {}, SOURCE)
    check(view)
    return view


def zone(view: View, key: str) -> str:
    """The English caption of the band in which a thing stands."""
    return next(b.label.en for b in view.bands if b.name == node(view, key).zone)


def test_the_latest_report_tells_how_a_thing_stands_and_the_register_where_there_is_none() -> None:
    view = made(
        things(
            thing("plan", "project", progress="planned", progress__code="planned"),
            thing("law", "statute", progress="in force", progress__code="inForce"),
            thing("r1", "report", "late", progress="delayed", progress__code="delayed"),
            thing(
                "r2", "report", "on its way", progress="in progress", progress__code="inProgress"
            ),
        ),
        *("A responsible plan", "r1 about plan", "r2 about plan"),
    )
    assert zone(view, "plan") == "Under way"
    assert node(view, "plan").label.en == "plan\nin progress"
    assert zone(view, "law") == "Finished – nobody responsible"
    reported = [text for key, text in said(view, "plan") if key == "reforms.reported"]
    assert reported == [
        "on its way (the minutes; 2030-03-05 Second)",
        "late (Ann Aho; 2030-01-10 First, item 4)",
    ]
    assert ("fact.progress", "in progress") in said(view, "plan")


def test_what_is_due_is_the_earliest_last_day_unless_the_thing_is_finished() -> None:
    dates = {"dates": "spring (2030-03-01–2030-05-31)", "dates__kind": "plannedCompletion"}
    dates |= {"dates__earliest": "2030-03-01", "dates__latest": "2030-05-31"}
    deadline = {"deadline": "May", "deadline__kind": ""}
    deadline |= {"deadline__earliest": "2030-05-01", "deadline__latest": "2030-05-15"}
    view = made(
        things(
            thing("open", "action", **(dates | deadline)),
            thing("done", "study", progress="completed", progress__code="completed", **dates),
            thing("past", "measure", **(dates | {"dates__kind": "originalPlan"})),
        )
    )
    assert node(view, "open").label.en == "open\nby 2030-05-15"
    assert said(view, "open")[:2] == [
        ("fact.deadline", "May"),
        ("fact.dates", "spring (2030-03-01–2030-05-31)"),
    ]
    assert node(view, "done").label.en == "done\ncompleted"
    assert node(view, "past").label.en == "past"


def test_a_later_report_replaces_a_date_of_the_same_kind_only() -> None:
    day = {"dates__kind": "plannedCompletion", "dates__earliest": "2030-01-01"}
    other = {"dates__kind": "termEnd", "dates__earliest": "2030-01-01"}
    view = made(
        things(
            thing("plan", "project", dates="end of term", dates__latest="2031-01-01", **other),
            thing("r1", "report", dates="first", dates__latest="2030-02-01", **day),
            thing("r2", "report", dates="second", dates__latest="2030-09-01", **day),
        ),
        *("r1 about plan", "r2 about plan"),
    )
    told = [text for key, text in said(view, "plan") if key == "fact.dates"]
    assert told == ["second", "end of term"]
    assert node(view, "plan").label.en == "plan\nby 2030-09-01"


def test_what_waits_for_something_unfinished_is_stuck_and_a_report_is_dashed() -> None:
    view = made(
        things(
            thing("a", "measure"),
            thing("b", "measure", progress="in progress", progress__code="inProgress"),
            thing("c", "measure"),
            thing("law", "statute", progress="in force", progress__code="inForce"),
            thing("r1", "report", "a waits"),
        ),
        *("r1 about a", "r1 waitsFor b", "c waitsFor law", "b waitsFor b"),
    )
    assert zone(view, "a").startswith("Waits")
    assert zone(view, "c").startswith("Not told")
    reported, known = edge(view, "a", "waitsFor", "b"), edge(view, "c", "waitsFor", "law")
    assert (reported.dashed, known.dashed) == (True, False)
    assert reported.facts[0][1].en == "a waits (Ann Aho; 2030-01-10 First, item 4)"
    assert len([one for one in view.edges if one.kind == "waitsFor"]) == 2


def test_a_lane_is_as_high_as_what_its_body_answers_for_and_lines_are_level() -> None:
    progress = {"progress": "in progress", "progress__code": "inProgress"}
    view = made(
        things(
            thing("plan", "project", **progress),
            thing("study", "study"),
            thing("law", "statute", **progress),
            thing("joint", "action", **progress),
        ),
        *("A responsible plan", "A author study", "plan drafts law"),
        *("A responsible joint", "B responsible joint"),
    )
    head = node(view, "A").box
    for key, kind in (("plan", "responsible"), ("study", "author"), ("joint", "responsible")):
        line = edge(view, "A", kind, key).line
        assert line is not None
        assert line.start[1] == line.end[1]
        assert abs(line.start[1] - head.y) * 2 < head.height
    other = edge(view, "B", "responsible", "joint").line
    assert other is None
    law = node(view, "law")
    assert abs(law.box.y - head.y) * 2 < head.height, "a draft stands with its project"
    assert law.facets["body"] == ("A",)
    assert set(node(view, "joint").facets["body"]) == {"A", "B"}


def test_a_part_that_is_further_on_shares_the_row_of_its_whole() -> None:
    view = made(
        things(
            thing("study", "study", progress="in progress", progress__code="inProgress"),
            thing("advice", "recommendation", progress="late", progress__code="delayed"),
        ),
        *("A author study", "advice partOf study"),
    )
    boxes = [node(view, key).box for key in ("A", "study", "advice")]
    assert len({(box.y, box.height) for box in boxes}) == 1
    assert [box.x for box in boxes] == sorted(box.x for box in boxes)


def test_no_level_line_crosses_a_box() -> None:
    keys = [f"t{number}" for number in range(12)]
    codes = ("planned", "inProgress", "delayed", "completed")
    found = [
        thing(key, "measure", progress="x", progress__code=codes[place % 4])
        for place, key in enumerate(keys)
    ]
    ties = [f"{'AB'[place % 2]} responsible {key}" for place, key in enumerate(keys) if place % 3]
    parts = [f"{keys[place]} partOf {keys[place - 1]}" for place in range(1, 12, 2)]
    view = made(things(*found), *ties, *parts)
    for one in view.edges:
        if one.kind == "responsible" and one.line:
            (x, y), (end, _) = one.line.start, one.line.end
            crossed = [
                n.key
                for n in view.nodes
                if abs(n.box.y - y) * 2 < n.box.height and x < n.box.x - n.box.width / 2 < end - 1
            ]
            assert crossed == []


def test_what_nobody_answers_for_is_told_apart_and_counted() -> None:
    view = made(
        things(
            thing("mine", "measure"),
            thing("nobody", "event"),
            thing("over", "study", progress="completed", progress__code="completed"),
        ),
        "A responsible mine",
    )
    assert zone(view, "nobody") == "Not told – nobody responsible"
    assert node(view, "nobody").facets == {"body": ("",)}
    assert view.labels["body", ""] == interface()["reforms.nobody"]
    assert "3 in all" in view.lead.en
    assert "named as responsible: 1." in view.lead.en


def test_an_event_without_a_body_stands_with_the_action_that_is_about_it() -> None:
    view = made(
        things(thing("next", "event"), thing("agree", "action")),
        *("agree about next", "B responsible agree", "wg mandatedBy agree"),
    )
    assert node(view, "next").facets["body"] == ("B",)
    assert edge(view, "agree", "about", "next").thin
    assert ("reforms.assigned", "wg") in said(view, "agree")
    assert "wg" not in {one.key for one in view.nodes}, "who gives a task does not answer for it"


def test_who_gives_a_task_answers_for_a_project_but_not_for_an_action() -> None:
    view = made(
        things(thing("task", "action"), thing("plan", "project")),
        *("wg mandatedBy task", "wg mandatedBy plan"),
    )
    assert node(view, "task").facets == {"body": ("",)}
    assert node(view, "plan").facets == {"body": ("wg",)}
    assert edge(view, "wg", "mandatedBy", "task").line is None


def test_a_working_body_is_shown_where_a_meeting_reports_on_its_work() -> None:
    told = thing("r1", "report", progress="in progress", progress__code="inProgress")
    view = made(things(told), "r1 about wg", "A mandatedBy wg")
    assert zone(view, "wg") == "Under way"
    assert edge(view, "A", "mandatedBy", "wg").line
    assert not made({}, "A mandatedBy wg").nodes


def test_a_circle_of_parts_ends() -> None:
    view = made(
        things(*(thing(key, "measure") for key in "xyz")),
        *("x partOf y", "y partOf z", "z partOf x", "x partOf x"),
    )
    assert {one.key for one in view.nodes} == {"x", "y", "z"}
    assert len([one for one in view.edges if one.kind == "partOf"]) == 3


def test_positions_on_an_issue_about_a_thing_stand_behind_it() -> None:
    found = BODIES | things(thing("plan", "project"), thing("q", "issue"))
    told = (
        position("A", "p1", issue="other"),
        position("A", "p2", issue="q"),
        position("B", "p3", issue="q", superseded=True),
    )
    view = reforms_view(found, links("q about plan"), told, {}, SOURCE)
    assert [one.position for one in view.statements] == ["A-p2"]
    assert node(view, "plan").statements == (0,)


def test_the_fictional_reform_waits_for_the_measure_of_another_ministry() -> None:
    found, ties = fictional("reforms")
    view = reforms_view(found, ties, (), {}, SOURCE)
    check(view)
    reform, measure, act = mint("reform"), mint("measure"), mint("act")
    assert zone(view, reform) == "Waits for something, or is late"
    assert node(view, reform).label.fi == "Uudistus\nviivästynyt · viim. 2030-11-30"
    assert edge(view, reform, "waitsFor", measure).dashed
    assert edge(view, reform, "waitsFor", act).dashed
    assert edge(view, measure, "partOf", mint("plan")).thin
    assert ("fact.responsible", "Ministry of Alpha") in said(view, reform)
    action = node(view, mint("m1/s07/x1"))
    assert action.label.en == "A study is made\nagreed · by 2030-02-10"
    assert ("reforms.agreed", "Anna Aho; 2030-01-10 Meeting 1, item 2a") in said(view, action.key)
    assert ("reforms.counterpart", "Carl von Essen") in said(view, action.key)
    assert view.scope.en == "Meetings coded: 2, the latest on 2030-03-05"


def test_a_graph_without_reforms_says_so() -> None:
    view = reforms_view({}, (), (), {}, SOURCE)
    assert view.lead == interface()["reforms.empty"]
    assert (view.nodes, view.edges, view.bands) == ((), (), ())


def test_hostile_texts_are_texts() -> None:
    found = [
        thing(f"t{place} {text[:40]}", "measure", text, progress=text, note=text, summary=text)
        for place, text in enumerate(HOSTILE.values())
    ]
    tie = [Link(one.id, "waitsFor", found[0].id) for one in found]
    view = reforms_view(things(*found), tie, (), {}, SOURCE)
    check(view)
    assert [one.name for one in view.nodes] == [
        one.name for one in sorted(found, key=lambda t: t.id)
    ]
    assert all(len(one.label.en) < 120 for one in view.nodes)
    assert view_data(view, Texts("en"))["nodes"]


KEYS = [f"k{number}" for number in range(9)]
KINDS = ("project", "measure", "statute", "action", "report", "body", "workingBody", "person")
TIES = ("responsible", "author", "mandatedBy", "partOf", "drafts", "waitsFor", "about", "replaces")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(("", "waiting", "inForce"))), max_size=9
    ),
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(TIES), st.sampled_from(KEYS)), max_size=25
    ),
    st.randoms(use_true_random=False),
)
def test_any_graph_is_drawn_the_same_in_any_order(
    kinds: list[tuple[str, str]], ties: list[tuple[str, str, str]], random: Random
) -> None:
    found = [
        Thing(key, kind, Label.same(key), Label.same(key), {"progress.code": (Label.same(code),)})
        if code
        else thing(key, kind)
        for key, (kind, code) in zip(KEYS, kinds, strict=False)
    ]
    given_links = [Link(*one) for one in ties]
    view = reforms_view(things(*found), given_links, (), {}, SOURCE)
    check(view)
    random.shuffle(found)
    random.shuffle(given_links)
    assert reforms_view(things(*found), given_links, (), {}, SOURCE) == view
    assert {one.key for one in view.nodes} >= {t.id for t in found if t.kind in KINDS[:4]}


def test_zones_hold_their_boxes_and_what_hangs_on_a_thing_may_share_its_row() -> None:
    step = Branch("step", 2, (), tied=False)
    before = Branch("before", 0, (), tied=False)
    own = Branch("own", 2)
    layout = reform_lanes([("A", [Branch("plan", 1, (step, before, own))])], [("loose", 1)], 3)
    rows = {key: box.y for key, box in layout.boxes.items()}
    assert rows["step"] == rows["plan"] < rows["before"] < rows["own"] < rows["loose"]
    for found in layout.zones:
        held = [layout.boxes[key] for key, name in layout.zone_of.items() if name == found.name]
        assert held
        assert within(held, found.box)
