"""The layout of any graph: nothing overlaps, ties tell what is near, nothing is left to chance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.layout.apart import boxes_apart, circles_together, middle_of_circles
from kg.layout.shelves import Extent, disc, shelves
from kg.layout.spring import ROOM, Tie, circles, pulls, spring
from kg.networks.network import Floats


def overlaps(at: list[tuple[float, float]], rooms: list[Extent]) -> list[tuple[int, int]]:
    """The pairs of boxes that share area."""
    return [
        (a, b)
        for a, b in combinations(range(len(at)), 2)
        if abs(at[a][0] - at[b][0]) * 2 < rooms[a][0] + rooms[b][0]
        and abs(at[a][1] - at[b][1]) * 2 < rooms[a][1] + rooms[b][1]
    ]


def camps(size: int, number: int, ties: int) -> list[Tie]:
    """A graph with planted camps: nine of ten ties are inside one."""
    rng = np.random.default_rng(11)
    found: set[tuple[int, int]] = set()
    while len(found) < ties:
        one, other = sorted(rng.integers(0, size, 2).tolist())
        if one != other and (one % number == other % number) != (rng.random() < 0.1):
            found.add((one, other))
    return [(one, other, 1.0) for one, other in sorted(found)]


def mean_distance(at: Floats, pairs: list[tuple[int, int]]) -> float:
    return float(np.mean([np.hypot(*(at[a] - at[b])) for a, b in pairs]))


GRAPHS = st.integers(1, 14).flatmap(
    lambda size: st.tuples(
        st.lists(st.tuples(st.floats(10, 350), st.floats(10, 90)), min_size=size, max_size=size),
        st.lists(
            st.tuples(
                st.integers(0, size - 1),
                st.integers(0, size - 1),
                st.sampled_from([1.0, 0.2, -1.0, 0.0, 1e308, -1e308, 5e-324]),
            ),
            max_size=20,
        ),
    )
)


@settings(max_examples=20, deadline=None)
@given(GRAPHS)
def test_no_room_overlaps_whatever_the_graph(graph: tuple[list[Extent], list[Tie]]) -> None:
    rooms, ties = graph
    at = spring(len(rooms), ties, rooms)
    assert overlaps(at, rooms) == []
    assert all(x == round(x) and y == round(y) for x, y in at)


@settings(max_examples=5, deadline=None)
@given(st.permutations(camps(12, 3, 16)))
def test_the_order_and_direction_of_ties_change_nothing(ties: list[Tie]) -> None:
    turned = [(b, a, w) if n % 2 else (a, b, w) for n, (a, b, w) in enumerate(ties)]
    assert spring(12, turned) == spring(12, camps(12, 3, 16))


def test_nothing_and_one() -> None:
    assert spring(0, []) == []
    assert spring(1, [(0, 0, 2.0)], (10, 10)) == [(0.0, 0.0)]


def test_ties_of_one_pair_add_up() -> None:
    rest: list[Tie] = [(1, 2, 1.0), (2, 3, 4.0)]
    assert spring(4, [(0, 1, 1.0), (1, 0, 3.0), *rest]) == spring(4, [(0, 1, 4.0), *rest])


def test_pulls_grow_with_the_root_of_the_weight_and_opposition_hardly_pulls() -> None:
    found = pulls(4, [(0, 1, 4.0), (1, 2, 1.0), (2, 3, -9.0), (0, 0, 99.0)]).toarray()
    # The strongest tie is the one of size 9: √(4/9), √(1/9), and the least for opposition.
    expected = np.zeros((4, 4))
    for (one, other), pull in {(0, 1): 2 / 3, (1, 2): 1 / 3, (2, 3): 0.15}.items():
        expected[one, other] = expected[other, one] = pull
    assert np.allclose(found, expected)


def test_camps_stand_apart() -> None:
    at = np.array(spring(60, camps(60, 3, 150)))
    pairs = list(combinations(range(60), 2))
    within = mean_distance(at, [(a, b) for a, b in pairs if a % 3 == b % 3])
    between = mean_distance(at, [(a, b) for a, b in pairs if a % 3 != b % 3])
    assert within < 0.6 * between


def test_opponents_stand_further_apart_than_allies() -> None:
    ties = [(a, b, 5.0 if a // 2 == b // 2 else -5.0) for a, b in combinations(range(4), 2)]
    at = np.array(spring(4, ties))
    gaps = {(a, b): mean_distance(at, [(a, b)]) for a, b in combinations(range(4), 2)}
    allies = {gaps.pop((0, 1)), gaps.pop((2, 3))}
    assert max(allies) < min(gaps.values())


def test_the_drawing_is_wider_than_high_and_lies_around_the_middle() -> None:
    at = np.array(spring(60, camps(60, 3, 150)))
    wide, high = at.max(axis=0) - at.min(axis=0)
    assert wide > high
    assert np.abs(at.max(axis=0) + at.min(axis=0)).max() <= 1


def test_parts_do_not_mix_and_loners_stand_below() -> None:
    at = np.array(spring(9, [(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (5, 6, 2.0)]))
    boxes = [(at[p].min(axis=0), at[p].max(axis=0)) for p in ([0, 1, 2], [3, 4], [5, 6])]
    for (low, high), (low2, high2) in combinations(boxes, 2):
        assert (high < low2).any() or (high2 < low).any()
    assert at[7:, 1].min() >= at[:7, 1].max() + ROOM[1]


@pytest.mark.slow
def test_a_thousand_nodes_with_three_thousand_ties() -> None:
    at = spring(1000, camps(1000, 8, 3000))
    gap = np.abs(np.array(at)[:, None] - np.array(at)[None])
    touching = (gap < np.array(ROOM)).all(axis=2)
    assert int(touching.sum()) == 1000  # each with itself


def passed(at: list[tuple[float, float]], ties: list[Tie]) -> float:
    """The least distance from a node to the middle third of a line that does not end there."""
    points = np.array(at)
    gaps = [
        np.hypot(*(points[node] - (points[a] * (1 - share) + points[b] * share)))
        for a, b, _ in ties
        for node in range(len(at))
        for share in (0.33, 0.4, 0.45, 0.5, 0.55, 0.6, 0.67)
        if node not in (a, b)
    ]
    return float(min(gaps))


def test_lines_of_a_small_graph_keep_clear_of_nodes() -> None:
    ends = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (4, 0), (4, 3)]
    ties = [(a, b, 1.0) for a, b in ends]
    assert passed(spring(5, ties), ties) > 40
    loose = camps(12, 2, 18)
    assert passed(spring(12, loose), loose) > 1.5 * passed(spring(12, loose, clear=False), loose)


def test_boxes_that_do_not_touch_stay() -> None:
    at = np.array([[0.0, 0.0], [100.0, 0.0], [104.0, 0.0]])
    moved = boxes_apart(at, np.full((3, 2), 10.0))
    assert moved[0].tolist() == [0.0, 0.0]
    assert moved[2, 0] - moved[1, 0] >= 10 - 1e-4


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(1, 300), max_size=15))
def test_circles_never_overlap(sizes: list[float]) -> None:
    radii = np.array(sizes)
    at = circles(radii, [(n, n + 1, 1.0) for n in range(0, len(sizes) - 1, 3)])
    for a, b in combinations(range(len(sizes)), 2):
        assert np.hypot(*(at[a] - at[b])) >= radii[a] + radii[b] - 1e-3


def test_circles_are_drawn_together() -> None:
    grid = np.array([[x * 60.0, y * 60.0] for x in range(5) for y in range(5)])
    at = circles_together(grid, np.full(25, 10.0))
    # 25 circles in a hexagon of circles need a radius of about 6 · 10; loosely packed, some more.
    assert np.hypot(at[:, 0], at[:, 1]).max() + 10 < 75


def test_the_middle_of_circles_takes_their_radii_into_account() -> None:
    middle = middle_of_circles(np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([1.0, 5.0]))
    # The circle around both reaches from -1 to 15.
    assert middle.tolist() == pytest.approx([7.0, 0.0], abs=0.1)


def test_shelves_break_where_the_width_ends() -> None:
    assert shelves([(10, 5), (10, 5), (10, 5)], 25, gap=2) == [(0, 0), (12, 0), (0, 7)]
    assert shelves([(99, 5), (10, 9)], 25, gap=2) == [(0.0, 11.0), (0.0, 0.0)]


def test_a_disc_is_round_and_its_boxes_do_not_overlap() -> None:
    at = disc(100, (20.0, 10.0))
    assert len({tuple(place) for place in at.tolist()}) == 100
    assert (np.abs(at / [20.0, 10.0] - np.round(at / [20.0, 10.0])) < 1e-9).all()
    # An area of 100 · 200 is a circle of radius 79.8.
    assert np.hypot(at[:, 0], at[:, 1]).max() < 90
