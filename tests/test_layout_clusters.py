"""Communities in communities: each node in one, none too large, all of it in one world."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
import scipy.sparse as sp

from kg.layout.bubbles import Bubbles, bubbles
from kg.layout.clusters import MOST_GROUPS, MOST_MEMBERS, Group, groups
from kg.layout.spring import Tie
from kg.measures.leiden import leiden

ROOM = (40.0, 20.0)


def camps(*sizes: int) -> list[Tie]:
    """Camps one after the other: each node is tied to ten of its own, and camps by one tie."""
    rng = np.random.default_rng(3)
    ties: list[Tie] = []
    first = 0
    for size in sizes:
        for node in range(size):
            near = rng.choice(size, 10, replace=False).tolist()
            ties += [(first + node, first + other, 3.0) for other in near if other != node]
        if first:
            ties.append((first, first - 1, 1.0))
        first += size
    return ties


SHAPES: dict[str, tuple[int, list[Tie]]] = {
    "camps": (360, camps(90, 90, 90, 90)),
    "star": (500, [(0, node, 1.0) for node in range(1, 500)]),
    "path": (320, [(node, node + 1, 1.0) for node in range(319)]),
    "nobody tied": (400, []),
    "pairs": (320, [(node, node + 1, 1.0) for node in range(0, 320, 2)]),
    "all opposed": (200, [(a, (a * 7 + 1) % 200, -1.0) for a in range(200)]),
}


SLOW = ("path", "pairs", "all opposed")


@pytest.fixture(
    params=[pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in SHAPES],
    scope="module",
)
def shape(request: pytest.FixtureRequest) -> tuple[int, list[Tie], Bubbles]:
    size, ties = SHAPES[request.param]
    return size, ties, bubbles(size, ties, ROOM)


def test_each_node_lies_in_one_leaf_that_is_not_too_large(
    shape: tuple[int, list[Tie], Bubbles],
) -> None:
    size, _, found = shape
    leaves = [group for group in found.groups if group.leaf]
    assert sorted(member for leaf in leaves for member in leaf.members) == list(range(size))
    assert max(len(leaf.members) for leaf in leaves) <= MOST_MEMBERS
    assert all(node in found.groups[place].members for node, place in enumerate(found.group_of))
    assert all(found.groups[place].leaf for place in found.group_of)


def test_groups_part_their_parent(shape: tuple[int, list[Tie], Bubbles]) -> None:
    size, _, found = shape
    inside: dict[int | None, list[int]] = defaultdict(list)
    siblings: Counter[int | None] = Counter()
    for place, group in enumerate(found.groups):
        assert group.parent is None or group.parent < place
        inside[group.parent] += group.members
        siblings[group.parent] += 1
    for parent, members in inside.items():
        whole = range(size) if parent is None else found.groups[parent].members
        assert sorted(members) == sorted(whole)
    assert max(siblings.values()) <= MOST_GROUPS
    assert {place for place, group in enumerate(found.groups) if not group.leaf} == {
        parent for parent in siblings if parent is not None
    }


def test_bubbles_hold_what_is_in_them_and_do_not_overlap(
    shape: tuple[int, list[Tie], Bubbles],
) -> None:
    _, _, found = shape
    for place, group in enumerate(found.groups):
        bubble = found.bubbles[place]
        if group.parent is not None:
            around = found.bubbles[group.parent]
            far = np.hypot(bubble.x - around.x, bubble.y - around.y)
            assert far + bubble.radius <= around.radius
        for other in range(place):
            if found.groups[other].parent == group.parent:
                near = found.bubbles[other]
                far = np.hypot(bubble.x - near.x, bubble.y - near.y)
                assert far >= bubble.radius + near.radius
    for (x, y), place in zip(found.places, found.group_of, strict=True):
        bubble = found.bubbles[place]
        corner = np.hypot(abs(x - bubble.x) + ROOM[0] / 2, abs(y - bubble.y) + ROOM[1] / 2)
        assert corner <= bubble.radius


def test_no_two_nodes_overlap(shape: tuple[int, list[Tie], Bubbles]) -> None:
    size, _, found = shape
    at = np.array(found.places)
    gap = np.abs(at[:, None] - at[None])
    assert int((gap < np.array(ROOM)).all(axis=2).sum()) == size


def outermost(found: tuple[Group, ...]) -> list[tuple[tuple[int, ...], str]]:
    return [(group.members, group.origin) for group in found if group.parent is None]


def test_planted_camps_are_found() -> None:
    found = outermost(groups(*SHAPES["camps"]))
    assert sorted(sorted(members) for members, _ in found) == [
        list(range(first, first + 90)) for first in range(0, 360, 90)
    ]
    assert {origin for _, origin in found} == {"found"}


def test_the_best_tied_member_comes_first() -> None:
    size, ties = SHAPES["camps"]
    hub = [(100, node, 9.0) for node in range(91, 99)]
    named = {members[0] for members, _ in outermost(groups(size, [*ties, *hub]))}
    assert 100 in named


def test_what_ties_do_not_part_is_cut_best_tied_first() -> None:
    found = outermost(groups(*SHAPES["star"]))
    assert {origin for _, origin in found} == {"cut"}
    assert [len(members) for members, _ in found] == [125] * 4
    assert found[0][0][0] == 0


def test_small_groups_are_gathered() -> None:
    size, ties = SHAPES["camps"]
    pairs = [(node, node + 1, 1.0) for node in range(size, size + 20, 2)]
    found = outermost(groups(size + 20, [*ties, *pairs]))
    assert [(len(members), origin) for members, origin in found] == [
        *[(90, "found")] * 4,
        (20, "gathered"),
    ]


def test_ties_of_opposition_bind_nobody() -> None:
    assert groups(*SHAPES["all opposed"]) == groups(200, [])


def test_the_order_of_ties_changes_nothing() -> None:
    size, ties = SHAPES["camps"]
    mixed = [(b, a, weight) for a, b, weight in ties]
    np.random.default_rng(9).shuffle(mixed)
    mixed = [(int(a), int(b), float(weight)) for a, b, weight in mixed]
    assert groups(size, mixed) == groups(size, ties)


def test_a_small_graph_is_one_group() -> None:
    assert outermost(groups(3, [(1, 2, 1.0)])) == [((1, 2, 0), "found")]
    assert groups(0, []) == ()
    assert bubbles(0, []) == Bubbles((), (), (), ())


@pytest.mark.slow
def test_area_grows_with_the_number_of_nodes() -> None:
    found = bubbles(225, camps(100, 100, 25), ROOM)
    assert [len(group.members) for group in found.groups] == [100, 100, 25]
    large, _, small = (bubble.radius for bubble in found.bubbles)
    assert 1.6 < large / small < 2.4  # √(100 / 25) = 2


def test_leiden_needs_no_ties() -> None:
    assert leiden(sp.csr_array((3, 3))).tolist() == [0, 1, 2]


@pytest.mark.slow
def test_twenty_thousand_nodes() -> None:
    rng = np.random.default_rng(5)
    one, other = rng.integers(0, 20_000, (2, 60_000))
    ties = [(int(a), int(b), 1.0) for a, b in zip(one, other, strict=True)]
    found = bubbles(20_000, ties)
    assert max(Counter(found.group_of).values()) <= MOST_MEMBERS
    assert len(set(found.places)) == 20_000
