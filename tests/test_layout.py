"""The face-to-face layout: places mean something, nothing overlaps, nothing is left to chance."""

from __future__ import annotations

from itertools import combinations

import pytest

from fictional_statements import AGREEMENTS, BASE, DISAGREEMENTS, STATEMENTS, A, B, statement
from kg.layout.boxes import Layout
from kg.layout.face_to_face import face_to_face, lines
from kg.networks.stances import StanceGraph, members, stance_edges, stance_network
from kg.views.comparisons import bands


@pytest.fixture(scope="module")
def graph() -> StanceGraph:
    return stance_network(STATEMENTS)


@pytest.fixture(scope="module")
def layout(graph: StanceGraph) -> Layout:
    return face_to_face(graph, A.id, B.id, bands(DISAGREEMENTS, AGREEMENTS))


def test_every_node_has_a_place_and_a_zone(graph: StanceGraph, layout: Layout) -> None:
    assert set(layout.boxes) == set(graph) == set(layout.zone_of)


def test_no_box_overlaps_another(layout: Layout) -> None:
    pairs = combinations(layout.boxes.items(), 2)
    assert [(a, b) for (a, x), (b, y) in pairs if x.overlaps(y)] == []


def test_zones_hold_their_boxes_and_do_not_overlap(layout: Layout) -> None:
    zones = {zone.name: zone.box for zone in layout.zones}
    for node, box in layout.boxes.items():
        zone = zones[layout.zone_of[node]]
        assert abs(box.x - zone.x) * 2 <= zone.width - box.width
        assert abs(box.y - zone.y) * 2 <= zone.height - box.height
    assert not any(a.overlaps(b) for a, b in combinations(zones.values(), 2))


def test_a_stands_left_and_b_right_each_with_its_officials(
    graph: StanceGraph, layout: Layout
) -> None:
    assert layout.boxes[A.id].x < 0 < layout.boxes[B.id].x
    for party in (A, B):
        for person in members(graph)[party.id]:
            assert layout.boxes[person].x == layout.boxes[party.id].x
            assert layout.boxes[person].y > layout.boxes[party.id].y


def test_the_contested_stands_above_the_agreed(layout: Layout) -> None:
    tops = [zone.box.y for zone in layout.zones if zone.name in {"opposed", "degree", "agree"}]
    assert tops == sorted(tops)
    assert layout.zone_of[BASE + "q00"] == "opposed"
    assert layout.zone_of[BASE + "q14"] == "agree"


def test_what_only_one_speaks_of_stands_on_its_outer_side(layout: Layout) -> None:
    assert layout.boxes[BASE + "q12"].x < layout.boxes[A.id].x
    assert layout.boxes[BASE + "q25"].x > layout.boxes[B.id].x


def test_a_rival_pair_stands_together_between_the_two(layout: Layout) -> None:
    pair = [layout.boxes[BASE + name] for name in ("q09", "q21")]
    assert {layout.zone_of[BASE + name] for name in ("q09", "q21")} == {"rival"}
    assert pair[1].y - pair[0].y < 2 * pair[0].height


def test_others_stand_below_all_lanes(layout: Layout) -> None:
    main = max(box.y for node, box in layout.boxes.items() if layout.zone_of[node] != "others")
    assert all(
        layout.boxes[BASE + other].y > main for other in ("ML", "gunnar-fyr", "fishers", "q30")
    )


def test_lines_end_at_the_side_of_their_boxes_each_at_a_point_of_its_own(
    graph: StanceGraph, layout: Layout
) -> None:
    drawn = lines(graph, layout)
    assert set(drawn) == set(stance_edges(graph))
    assert len({line.end for line in drawn.values()}) == len(drawn)
    for (_, proposition, _), line in drawn.items():
        box = layout.boxes[proposition]
        assert abs(line.end[0] - box.x) == box.width / 2
        assert abs(line.end[1] - box.y) < box.height / 2
        assert (line.end[0] < box.x) == (line.side == "left")


def test_equal_input_gives_an_equal_layout(graph: StanceGraph, layout: Layout) -> None:
    again = stance_network(reversed(STATEMENTS))
    assert face_to_face(again, A.id, B.id, bands(DISAGREEMENTS, AGREEMENTS)) == layout
    assert lines(again, layout) == lines(graph, layout)


def test_two_bodies_of_which_one_is_silent_and_nothing_is_shared() -> None:
    graph = stance_network([statement(1, "aino-rantala", 0, "support")])
    graph.add_node(B.id, kind="body", label=B.short)
    layout = face_to_face(graph, A.id, B.id, {})
    assert layout.zone_of[BASE + "q00"] == "only_a"
    assert layout.zone_of[B.id] == "camp_b"


def test_what_neither_of_the_two_speaks_of_stays_with_those_who_do(graph: StanceGraph) -> None:
    claimed = bands(DISAGREEMENTS, AGREEMENTS) | {BASE + "q30": "agree", BASE + "no-such": "agree"}
    layout = face_to_face(graph, A.id, B.id, claimed)
    assert layout.zone_of[BASE + "q30"] == "others"
    assert set(layout.boxes) == set(graph)
