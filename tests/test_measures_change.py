"""Change between periods: exact where it can be counted out, careful where it cannot."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import numpy as np
import pytest

from kg.errors import InputError
from kg.measures import change as module
from kg.measures.change import Comparison, Period, change
from kg.measures.measure import Measure
from kg.measures.qap import likeness
from kg.measures.statistics import STATISTICS
from kg.networks.events import Events
from measure_networks import one_mode_of, random_ties, two_mode_of
from network_events import Said, events_of

EARLY = Period(datetime(2024, 1, 1), datetime(2024, 12, 31, 23, 59))
LATE = Period(datetime(2025, 1, 1), datetime(2025, 12, 31, 23, 59))


def debate(*poles: tuple[float, float], year: int = 2024) -> list[Said]:
    """One memo for each pair of poles of A and B, on a concept of its own, all in a year."""
    said: list[Said] = []
    for number, (a, b) in enumerate(poles, start=1):
        memo, day = f"{year}-{number}", f"{year}-{number:02}-01"
        said += [("A", f"on {memo}", a, memo, day), ("B", f"on {memo}", b, memo, day)]
    return said


AGREED, OPPOSED = (1.0, 1.0), (1.0, -1.0)
TURNED = events_of(
    [*debate(*[AGREED] * 3, year=2024), *debate(*[OPPOSED] * 3, year=2025)]
)  # fmt: skip


def test_few_documents_are_dealt_in_all_ways() -> None:
    # 20 ways to deal six memos; two of them part agreement and opposition.
    found = change(TURNED, EARLY, LATE)
    assert (found.first.value, found.second.value, found.difference.value) == (1.0, 0.0, -1.0)
    assert (found.exact, found.deals, found.undefined) == (True, 20, 0)
    assert found.p.value == pytest.approx(2 / 20)
    assert "only 20 ways" in found.p.note


def test_random_deals_come_near_to_all_deals() -> None:
    found = change(TURNED, EARLY, LATE, Comparison(permutations=19, seed=5))
    assert not found.exact
    assert found.p.value is not None
    # (b + 1) / (n + 1): never 0, and a multiple of 1/20.
    assert found.p.value * 20 == pytest.approx(round(found.p.value * 20))
    assert found.p.value >= 1 / 20


def test_no_change_has_a_large_p() -> None:
    same = events_of(
        [*debate(AGREED, OPPOSED, AGREED), *debate(AGREED, OPPOSED, AGREED, year=2025)]
    )
    found = change(same, EARLY, LATE)
    assert (found.difference.value, found.p.value) == (0.0, 1.0)


def test_equal_seeds_give_equal_p() -> None:
    events = random_events(80, seed=1)
    for exchange in module.EXCHANGES:
        test = Comparison("conflict", exchange, "include", 50, seed=3)
        assert change(events, EARLY, LATE, test) == change(events, EARLY, LATE, test)


def random_events(size: int, seed: int) -> Events:
    """Statements without any pattern."""
    rng = np.random.default_rng(seed)
    return events_of(
        (
            f"a{rng.integers(4)}",
            f"c{rng.integers(5)}",
            float(rng.choice([-1.0, 1.0])),
            f"memo {number // 4}",
            f"{2024 + (number // 4) % 2}-{1 + number // 4 % 12:02}-01",
        )
        for number in range(size)
    )


def test_statements_stay_with_their_actor() -> None:
    coded = module._coded(random_events(80, seed=2), EARLY, LATE, "include")
    rng = np.random.default_rng(0)
    dealt = [module._within_actors(coded, rng) for _ in range(5)]
    for late in dealt:
        assert np.bincount(coded.row[late]).tolist() == np.bincount(coded.row[coded.late]).tolist()
    assert len({late.tobytes() for late in dealt}) > 1


def test_documents_stay_whole() -> None:
    coded = module._coded(random_events(160, seed=2), EARLY, LATE, "include")
    deals, exact = module._deals(coded, Comparison(permutations=5))
    assert not exact
    for late in deals:
        for unit in np.unique(coded.unit):
            assert len(set(late[coded.unit == unit].tolist())) == 1
        assert len(np.unique(coded.unit[late])) == len(np.unique(coded.unit[coded.late]))


@pytest.mark.parametrize("statistic", STATISTICS)
def test_every_statistic_can_be_compared(statistic: str) -> None:
    found = change(random_events(120, seed=4), EARLY, LATE, Comparison(statistic, permutations=9))
    assert found.first.value is not None
    assert found.second.value is not None
    assert found.p.value is not None
    assert 0.1 <= found.p.value <= 1.0


def test_documents_of_one_day_are_dealt_apart() -> None:
    said: list[Said] = [
        (actor, "x", 1.0, memo, day)
        for memo, day in (("m1", "2024-01-01"), ("m2", "2024-01-01"), ("m3", "2025-01-01"))
        for actor in "AB"
    ]
    assert change(events_of(said), EARLY, LATE).deals == 3


def test_duplicates_in_a_document_count_once() -> None:
    said = debate(AGREED, OPPOSED) * 3 + debate(AGREED, year=2025)
    coded = module._coded(events_of(said), EARLY, LATE, "document")
    assert len(coded.row) == 6


def test_a_period_without_the_measure_says_why() -> None:
    found = change(events_of(debate(AGREED)), EARLY, LATE)
    assert found.second == Measure(None, "no two actors take a side on one concept")
    assert found.difference.value is None
    assert "not defined in both periods" in found.p.note


def test_deals_without_the_measure_count_against_the_change() -> None:
    # Dealt otherwise, A and B are in separate periods: nothing can be compared there.
    said: list[Said] = [
        ("A", "x", 1.0, "m1", "2024-01-01"),
        ("B", "x", 1.0, "m2", "2024-02-01"),
        ("A", "x", 1.0, "m3", "2025-01-01"),
        ("B", "x", -1.0, "m4", "2025-02-01"),
    ]
    found = change(events_of(said), EARLY, LATE)
    # Of six deals {m1,m2|m3,m4}, {m1,m4|m2,m3} and their mirrors compare; the other two cannot.
    assert (found.deals, found.undefined, found.p.value) == (6, 2, 1.0)


def test_bad_comparisons_are_refused() -> None:
    with pytest.raises(InputError, match="overlap"):
        change(TURNED, EARLY, Period(datetime(2024, 6, 1), datetime(2025, 1, 1)))
    for words in (("x",), ("conflict", "x"), ("conflict", "document", "week")):
        with pytest.raises(InputError, match="use one of"):
            Comparison(*words)
    with pytest.raises(InputError, match="at least one"):
        Comparison(permutations=0)


@pytest.mark.slow
@pytest.mark.parametrize("exchange", module.EXCHANGES)
def test_without_change_p_is_small_as_seldom_as_it_says(exchange: str) -> None:
    test = Comparison("conflict", exchange, "include", 19)
    small = sum(
        (change(random_events(80, seed), EARLY, LATE, test).p.value or 0.0) <= 0.1
        for seed in range(100)
    )
    # 10 of 100 are expected; over 20 has a chance of about one in a thousand.
    assert small <= 20


def test_qap_of_a_network_with_itself_and_with_its_opposite() -> None:
    ties = random_ties(9, 0.5, seed=1)
    one = one_mode_of(ties)
    found = likeness(one, one)
    assert found.correlation.value == pytest.approx(1.0)
    assert found.p.value == pytest.approx(1 / 1000)
    opposite = likeness(one, one_mode_of(-ties))
    assert opposite.correlation.value == pytest.approx(-1.0)
    assert opposite.p.value == pytest.approx(1 / 1000)


def test_qap_correlates_the_pairs_of_common_nodes() -> None:
    first, second = random_ties(8, 0.7, seed=2), random_ties(6, 0.7, seed=3)
    found = likeness(one_mode_of(first), one_mode_of(second), permutations=50)
    upper = np.triu_indices(6, 1)
    assert found.nodes == 6
    assert found.correlation.value == pytest.approx(
        np.corrcoef(first[:6, :6][upper], second[upper])[0, 1]
    )


def test_qap_comes_near_to_all_renamings() -> None:
    first, second = random_ties(5, 0.8, seed=23), random_ties(5, 0.8, seed=24)
    upper = np.triu_indices(5, 1)
    orders = [np.array(order) for order in permutations(range(5))]
    every = [np.corrcoef(first[upper], second[np.ix_(one, one)][upper])[0, 1] for one in orders]
    exact = np.mean([abs(one) >= abs(every[0]) - 1e-12 for one in every])
    found = likeness(one_mode_of(first), one_mode_of(second), permutations=3000)
    assert found.p.value == pytest.approx(exact, abs=0.03)


def test_qap_without_variation_or_nodes_says_why() -> None:
    flat = one_mode_of(np.ones((4, 4)) - np.eye(4))
    assert "equal" in likeness(flat, flat).p.note
    pair = one_mode_of([[0, 1], [1, 0]])
    assert "fewer than 3" in likeness(pair, pair).correlation.note
    with pytest.raises(InputError, match="one-mode"):
        likeness(two_mode_of([[1]]), flat)


def test_actors_of_one_period_alone_leave_nothing_to_deal() -> None:
    said = [
        ("A", "x", 1.0, "d1", "2024-01-01"),
        ("B", "x", -1.0, "d1", "2024-01-01"),
        ("C", "x", 1.0, "d2", "2025-01-01"),
        ("D", "x", 1.0, "d2", "2025-01-01"),
    ]
    found = change(events_of(said), EARLY, LATE, Comparison(exchange="statement"))
    assert found.difference.value is not None
    assert (found.p.value, found.deals) == (None, 0)
    assert "no actor has statements in both periods" in found.p.note
