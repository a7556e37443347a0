"""Contested concepts, bipolarisation and agreement, by hand and against scipy."""

from __future__ import annotations

from dataclasses import replace
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, entropy

from kg.errors import InputError, UnknownName
from kg.measures.agreement import agreement, agreements, overall_agreement, wilson
from kg.measures.bipolarisation import bipolarisation, esteban_ray
from kg.measures.contest import contests, issue_contests
from kg.measures.measure import Measure
from kg.measures.stances import scale, stances
from kg.networks.counts import Counts, count
from kg.networks.events import NO_QUALIFIER, POLE, Qualifier
from kg.networks.network import Node
from network_events import Said, events_of

STRENGTH = Qualifier("strength", "number", (-1.0, -0.5, 0.0, 0.5, 1.0), 2.0)
DAY = "2024-03-10"


def counted(*said: tuple[str, str, float], qualifier: Qualifier = POLE) -> Counts:
    rows: list[Said] = [(actor, concept, value, "memo", DAY) for actor, concept, value in said]
    return count(events_of(rows, qualifier))


LIBRARY = counted(
    ("A", "open at night", 1.0),
    ("A", "open at night", 1.0),
    ("B", "open at night", 1.0),
    ("C", "open at night", -1.0),
    ("D", "open at night", 1.0),
    ("D", "open at night", -1.0),
    ("A", "a new roof", 1.0),
    ("B", "a new roof", 1.0),
    ("C", "more staff", -1.0),
)


def test_each_actor_has_one_vote_and_the_divided_split_it() -> None:
    night, roof, staff = contests(LIBRARY)
    assert [one.concept.id for one in (night, roof, staff)] == [
        "open at night",
        "a new roof",
        "more staff",
    ]
    assert (night.supporters, night.opponents, night.divided, night.actors) == (2, 1, 1, 4)
    # P = 1 + 1 + ½, N = 1 + ½.
    assert night.p.value == pytest.approx(2.5 / 4)
    assert night.balance.value == pytest.approx(1 - 1 / 4)
    assert night.entropy.value == pytest.approx(entropy([2.5, 1.5], base=2))
    # A, B and half of D against C and half of D, but D not against D.
    assert night.conflict == pytest.approx(2.5 * 1.5 - 0.25)
    assert (roof.balance.value, roof.entropy.value, roof.conflict) == (0.0, 0.0, 0.0)
    assert (staff.p.value, staff.entropy.value) == (0.0, 0.0)


def test_qualified_stances_weigh_by_degree_and_the_undecided_nothing() -> None:
    counts = counted(
        ("A", "x", 0.5), ("B", "x", -1.0), ("C", "x", 0.0), ("C", "y", 0.0), qualifier=STRENGTH
    )
    x, y = contests(counts)
    assert (x.supporters, x.opponents, x.undecided) == (1, 1, 1)
    assert x.p.value == pytest.approx(0.5 / 1.5)
    assert x.conflict == pytest.approx(0.5)
    # Who hesitates makes no contest.
    assert y.balance == y.entropy == y.p == Measure(None, "no actor takes a side")


def test_issues_take_the_mean_of_their_propositions_by_actors() -> None:
    issue = Node("library", "Library", "issue")
    (found,) = issue_contests(LIBRARY, {"open at night": issue, "a new roof": issue})
    assert (found.propositions, found.actors) == (2, 4)
    assert found.balance.value == pytest.approx((4 * 0.75 + 2 * 0.0) / 6)
    assert found.most.id == "open at night"
    assert found.conflict == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("qualifier", "levels"),
    [
        (POLE, (-1.0, 1.0)),
        (STRENGTH, STRENGTH.levels),
        (Qualifier("n", "number", (-3.0, 1.0, 3.0), 6.0), (-1.0, 1 / 3, 1.0)),
        # Only a part of the scale is in use: the farthest level is the end of it.
        (Qualifier("n", "number", (-1.0, 5.0), 6.0), (-0.2, 1.0)),
        (Qualifier("strength", "number", (0.5, 1.0), 2.0), (0.5, 1.0)),
    ],
)
def test_levels_come_onto_a_scale_around_zero(
    qualifier: Qualifier, levels: tuple[float, ...]
) -> None:
    assert scale(qualifier) == pytest.approx(levels)


@pytest.mark.parametrize(
    ("qualifier", "why"),
    [
        (NO_QUALIFIER, "who is for"),
        (Qualifier("frame", "category", ("cost", "rights")), "who is for"),
        (Qualifier("grade", "number", (1.0, 2.0, 5.0), 4.0), "grade is below 0"),
    ],
)
def test_qualifiers_without_for_and_against_are_refused(qualifier: Qualifier, why: str) -> None:
    with pytest.raises(InputError, match=why):
        scale(qualifier)


@given(st.integers(0, 20), st.integers(0, 20))
def test_firm_stances_are_bipolar_by_four_p_q(pro: int, con: int) -> None:
    if pro + con < 2:
        return
    p = pro / (pro + con)
    positions = np.array([1.0] * pro + [-1.0] * con)
    assert esteban_ray(positions) == pytest.approx(4 * p * (1 - p))


def test_bipolarisation_by_hand() -> None:
    # A third each at -1, 0 and 1: K = 4, π³ = 1/27, distances ½, ½ and 1, each pair twice.
    assert esteban_ray(np.array([-1.0, 0.0, 1.0])) == pytest.approx(4 / 27 * 2 * (0.5 + 0.5 + 1))
    # Two camps in the middle of the sides are half as far apart.
    assert esteban_ray(np.array([-0.5, -0.5, 0.5, 0.5])) == pytest.approx(0.5)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=9), st.floats(0.1, 1.6))
def test_two_equal_camps_at_the_ends_are_the_most_bipolar(
    positions: list[float], alpha: float
) -> None:
    assert -1e-12 <= esteban_ray(np.array(positions), alpha) <= 1 + 1e-9
    assert esteban_ray(np.array([-1.0, 1.0]), alpha) == pytest.approx(1.0)


def test_the_mean_bipolarisation_leaves_out_who_speaks_alone() -> None:
    found = bipolarisation(LIBRARY)
    by_concept = dict(zip((node.id for node in found.concepts), found.values, strict=True))
    assert by_concept["more staff"] == Measure(None, "a single actor speaks of it")
    # At night: two at 1, one at 0 and one at -1, so 4 Σ π² π |y - y'| / 2.
    night = 4 * (
        0.5**2 * (0.25 * 0.5 + 0.25 * 1) + 0.25**2 * (0.5 * 0.5 + 0.25 * 0.5) * 1
        + 0.25**2 * (0.5 * 1 + 0.25 * 0.5)
    )  # fmt: skip
    assert by_concept["open at night"].value == pytest.approx(night)
    assert found.mean.value == pytest.approx((4 * night + 2 * 0) / 6)
    alone = bipolarisation(counted(("A", "x", 1.0)))
    assert alone.mean == Measure(None, "no two actors speak of one concept")


@pytest.mark.parametrize("alpha", [0.0, -1.0, 1.7])
def test_alpha_stays_in_its_range(alpha: float) -> None:
    with pytest.raises(InputError, match=r"at most 1\.6"):
        bipolarisation(LIBRARY, alpha)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize(("successes", "cases"), [(0, 1), (1, 1), (3, 7), (10, 10), (40, 90)])
def test_wilson_is_as_in_scipy(successes: int, cases: int, level: float) -> None:
    expected = binomtest(successes, cases).proportion_ci(level, method="wilson")
    assert wilson(successes, cases, level) == pytest.approx((expected.low, expected.high))


def test_a_rate_counts_a_concept_once() -> None:
    counts = counted(
        *[("A", "x", 1.0)] * 5,
        ("B", "x", 1.0),
        ("A", "y", 1.0),
        ("B", "y", -1.0),
        ("A", "z", 1.0),
        ("B", "z", 1.0),
        ("B", "z", -1.0),
        ("A", "alone", 1.0),
    )
    found = agreement(counts, "A", "B")
    assert (found.shared, found.agreed, found.divided) == (2, 1, 1)
    assert found.rate.value == 0.5
    assert (found.low, found.high) == pytest.approx(wilson(1, 2))
    # Nearness: 1 on x, 0 on y, and B in the middle on z.
    assert found.nearness.value == pytest.approx((1 + 0 + 0.5) / 3)
    mirrored = agreement(counts, "B", "A")
    assert (mirrored.rate, mirrored.nearness) == (found.rate, found.nearness)


def test_concepts_on_which_both_are_divided_count_once() -> None:
    both = [(actor, "x", pole) for actor in "AB" for pole in (1.0, -1.0)]
    found = agreement(counted(*both, ("A", "y", 1.0), ("B", "y", 1.0), ("B", "y", -1.0)), "A", "B")
    assert (found.shared, found.divided) == (0, 2)


def test_nearness_sees_degrees_that_the_rate_does_not() -> None:
    counts = counted(("A", "x", 1.0), ("B", "x", 0.5), qualifier=STRENGTH)
    found = agreement(counts, "A", "B")
    assert (found.rate.value, found.nearness.value) == (1.0, 0.75)


def test_no_shared_concept_is_no_rate() -> None:
    counts = counted(("A", "x", 1.0), ("B", "y", 1.0))
    found = agreement(counts, "A", "B")
    assert found.rate == Measure(None, "there is no concept on which both take one side")
    assert found.nearness == Measure(None, "they speak of no common concept")
    assert (found.low, found.high) == (0.0, 1.0)
    assert agreements(counts) == ()
    assert overall_agreement(counts).value is None


def test_all_pairs_are_as_one_by_one_and_add_up() -> None:
    rng = np.random.default_rng(6)
    said = [(f"a{rng.integers(6)}", f"c{rng.integers(8)}", rng.choice([-1.0, 1.0]))
            for _ in range(60)]  # fmt: skip
    counts = counted(*said)
    found = agreements(counts)
    for one in found:
        alone = agreement(counts, one.first.id, one.second.id)
        assert replace(one, nearness=alone.nearness) == alone
        assert one.nearness.value == pytest.approx(alone.nearness.value)
    agreed, shared = sum(one.agreed for one in found), sum(one.shared for one in found)
    assert overall_agreement(counts).value == pytest.approx(agreed / shared)


def test_an_unknown_actor_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean Kallio"):
        agreement(counted(("Kallio", "x", 1.0)), "Kalio", "Kallio")


def test_stances_are_means_over_statements() -> None:
    found = stances(counted(("A", "x", 1.0), ("A", "x", 1.0), ("A", "x", -1.0)))
    assert found.said.tolist() == [[3.0]]
    assert found.net()[0, 0] == pytest.approx(1 / 3)
    p = 2 / 3
    (one,) = contests(counted(("A", "x", 1.0), ("A", "x", 1.0), ("A", "x", -1.0)))
    assert one.entropy.value == pytest.approx(-p * log2(p) - (1 - p) * log2(1 - p))
    assert one.conflict == 2 / 3 * 1 / 3 - 2 / 3 * 1 / 3
