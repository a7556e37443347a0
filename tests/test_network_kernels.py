"""Networks weighed by time, against sums over all pairs of statements and values by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.networks.events import NO_QUALIFIER, POLE, Qualifier
from kg.networks.kernels import DNA_KERNELS, KERNELS, Smoothing, smoothed, whole_units
from kg.networks.recipe import Recipe, make_network
from kg.networks.timescale import as_microseconds
from kg.networks.windows import Slice
from network_events import Said, events_of

ACTORS, CONCEPTS = "ABC", "xy"
DAY = timedelta(days=1)
STRENGTH = Qualifier("strength", "number", (-1.0, -0.5, 0.5, 1.0), 2.0)

said = st.tuples(
    st.sampled_from(ACTORS),
    st.sampled_from(CONCEPTS),
    st.sampled_from([-1.0, 1.0]),
    st.just("d"),
    st.datetimes(datetime(2021, 1, 1), datetime(2021, 1, 20)).map(datetime.isoformat),
)


def when(one: Said) -> datetime:
    return datetime.fromisoformat(one[4])


def pairs(
    debate: list[Said], weight: Callable[[datetime], float], similar: Callable[[float], float]
) -> dict[tuple[str, str], float]:
    """Σ over all pairs of statements on one concept of √(z z') s(|q - q'|), by actors."""
    ties = dict.fromkeys(product(ACTORS, ACTORS), 0.0)
    for one, other in product(debate, debate):
        if one[1] == other[1] and one[0] != other[0]:
            apart = abs(float(one[2] or 0) - float(other[2] or 0)) / 2.0
            weights = weight(when(one)) * weight(when(other))
            ties[one[0], other[0]] += math.sqrt(weights) * similar(apart)
    return ties


def tie(slice_: Slice, one: str, other: str) -> float:
    rows = [node.id for node in slice_.network.rows]
    columns = [node.id for node in slice_.network.columns]
    if one not in rows or other not in columns:
        return 0.0
    return float(slice_.network.dense()[rows.index(one), columns.index(other)])


SIMILAR: dict[str, Callable[[float], float]] = {
    "ignore": lambda apart: 1.0,
    "congruence": lambda apart: 1.0 - apart,
    "conflict": lambda apart: apart,
    "subtract": lambda apart: 1.0 - 2.0 * apart,
}


@pytest.mark.parametrize("kernel", KERNELS)
@given(debate=st.lists(said, min_size=1, max_size=9), aggregation=st.sampled_from(list(SIMILAR)))
@settings(max_examples=8, deadline=None)
def test_ties_are_sums_over_pairs_of_statements(
    kernel: str, debate: list[Said], aggregation: str
) -> None:
    slices = smoothed(
        events_of(debate), Recipe(aggregation=aggregation), Smoothing(kernel, "days", 7, step=3)
    )
    assert slices[0].mid == min(map(when, debate))
    for slice_ in slices:

        def weight(time: datetime, mid: datetime = slice_.mid) -> float:
            return float(KERNELS[kernel](np.array([(time - mid) / (3.5 * DAY)]))[0])

        expected = pairs(debate, weight, SIMILAR[aggregation])
        for one, other in expected:
            assert tie(slice_, one, other) == pytest.approx(expected[one, other], abs=1e-6)


@given(st.lists(said, min_size=1, max_size=9))
@settings(max_examples=8, deadline=None)
def test_two_mode_cells_are_sums_of_weights(debate: list[Said]) -> None:
    graded = [(*one[:2], float(one[2] or 0) / 2, *one[3:]) for one in debate]
    slices = smoothed(
        events_of(graded, STRENGTH), Recipe("twomode", "subtract"), Smoothing("gaussian", "days", 4)
    )
    for slice_, actor, concept in product(slices, ACTORS, CONCEPTS):
        expected = sum(
            value * math.exp(-((((when(one) - slice_.mid) / (2 * DAY)) ** 2) / 2)) / 2.50662827
            for one in graded
            if one[:2] == (actor, concept)
            for value in [one[2]]
        )
        assert tie(slice_, actor, concept) == pytest.approx(expected, abs=1e-6)


@given(st.lists(said, min_size=1, max_size=12), st.sampled_from(["no", "average", "cosine"]))
@settings(max_examples=10, deadline=None)
def test_a_uniform_kernel_counts_the_statements_of_a_closed_window(
    debate: list[Said], normalisation: str
) -> None:
    events, recipe = events_of(debate), Recipe(normalisation=normalisation)
    scale = {"no": 0.5, "average": math.sqrt(0.5), "cosine": 1.0}[normalisation]
    for slice_ in smoothed(events, recipe, Smoothing("uniform", "days", 6)):
        window = make_network(events.between(slice_.mid - 3 * DAY, slice_.mid + 3 * DAY), recipe)
        for one, other in product(window.rows, window.rows):
            there = window.dense()[window.rows.index(one), window.rows.index(other)]
            assert tie(slice_, one.id, other.id) == pytest.approx(scale * there, abs=1e-6)


@given(st.lists(said, min_size=1, max_size=12), st.sampled_from(["jaccard", "cosine"]))
@settings(max_examples=10, deadline=None)
def test_normalised_ties_stay_between_0_and_1(debate: list[Said], normalisation: str) -> None:
    recipe = Recipe(normalisation=normalisation)
    for slice_ in smoothed(events_of(debate), recipe, Smoothing("triangular", "days", 8)):
        assert (slice_.network.dense() >= 0).all()
        assert (slice_.network.dense() <= 1 + 1e-9).all()


def test_activity_divides_by_the_weight_of_a_row() -> None:
    debate: list[Said] = [
        ("A", "x", 1.0, "d", "2021-01-05"),
        ("A", "y", 1.0, "d", "2021-01-06"),
        ("A", "y", -1.0, "d", "2021-01-04"),
    ]
    recipe = Recipe("twomode", "ignore", "activity")
    slices = smoothed(events_of(debate), recipe, Smoothing("triangular", "days", 4))
    # About the 5th: 1 for the day itself, 1/2 for the days before and after.
    assert slices[1].mid == datetime(2021, 1, 5)
    assert tie(slices[1], "A", "x") == pytest.approx(0.5)
    assert tie(slices[1], "A", "y") == pytest.approx(0.5)


def test_kernels_are_symmetric_densities_and_those_of_dna_are_not() -> None:
    u = np.linspace(-12.0, 12.0, 240_001)
    for kernel in KERNELS.values():
        assert np.trapezoid(kernel(u), u) == pytest.approx(1.0, abs=1e-4)
        np.testing.assert_allclose(kernel(u), kernel(-u))
    ends = np.array([-1.0, 0.0, 1.0, 1.1])
    assert DNA_KERNELS["triangular"](ends).tolist() == [2.0, 1.0, 0.0, 0.0]
    assert DNA_KERNELS["epanechnikov"](ends).tolist() == [3.0, 0.75, 0.0, 0.0]
    assert KERNELS["epanechnikov"](ends).tolist() == [0.0, 0.75, 0.0, 0.0]


def test_months_are_as_long_as_the_calendar_has_them() -> None:
    debate: list[Said] = [
        ("A", "x", 1.0, "d", "2021-02-01"),
        ("A", "y", 1.0, "d", "2021-02-15"),  # half of February has gone
        ("B", "x", 1.0, "d", "2021-03-16T12:00"),  # and half of March
    ]
    recipe = Recipe("twomode", "ignore")
    first = smoothed(events_of(debate), recipe, Smoothing("triangular", "months", 2))[0]
    assert first.mid == datetime(2021, 2, 1)
    assert tie(first, "A", "x") == 1.0
    assert tie(first, "A", "y") == pytest.approx(0.5)
    years = smoothed(events_of(debate), recipe, Smoothing("triangular", "months", 4))[0]
    assert tie(years, "B", "x") == pytest.approx(0.25)


DEBATE: list[Said] = [
    ("A", "x", 1.0, "d", "2021-01-01"),
    ("B", "x", 1.0, "d", "2021-01-04T12:00"),
    ("B", "x", -1.0, "d", "2021-01-06"),
    ("C", "y", 1.0, "d", "2021-01-11"),
]


def test_points_run_from_the_first_statement_to_the_last_or_are_indented() -> None:
    events = events_of(DEBATE)
    all_ = smoothed(events, Recipe(), Smoothing("uniform", "days", 4))
    assert [one.mid.day for one in all_] == list(range(1, 12))
    assert [one.start.day for one in all_][:4] == [1, 1, 1, 2]
    assert all_[-1].end == datetime(2021, 1, 11)
    indented = smoothed(events, Recipe(), Smoothing("uniform", "days", 4, step=2, indent=True))
    assert [one.mid.day for one in indented] == [3, 5, 7, 9]
    assert {one.network.rows for one in all_} == {all_[0].network.rows}
    assert all_[0].network.made["kernel"] == "uniform"
    gaussian = smoothed(events, Recipe(), Smoothing("gaussian", "days", 4))
    assert {(one.start.day, one.end.day) for one in gaussian} == {(1, 11)}


def dna_weight(time: datetime, mid: datetime, size: int) -> float:
    """The triangular weight of DNA for days, by hand: |1 - u| of distances cut to whole days."""
    whole = int((mid - time).total_seconds() / 86_400)
    return abs(1.0 - 2.0 * whole / size) if abs(mid - time) <= size / 2 * DAY else 0.0


def test_as_dna_distances_are_cut_and_the_past_weighs_less() -> None:
    recipe = Recipe(aggregation="subtract", compatible=True)
    slices = smoothed(events_of(DEBATE), recipe, Smoothing("triangular", "days", 9))
    assert slices[0].network.made["window"] == "10 days"
    assert [one.mid.day for one in slices] == list(range(1, 12))
    for slice_ in slices:

        def weight(time: datetime, mid: datetime = slice_.mid) -> float:
            return dna_weight(time, mid, 10)

        expected = pairs(DEBATE, weight, SIMILAR["subtract"])
        assert tie(slice_, "A", "B") == pytest.approx(expected["A", "B"])


def test_as_dna_average_multiplies_by_what_both_said_over_all_of_time() -> None:
    events, smoothing = events_of(DEBATE), Smoothing("gaussian", "days", 4)
    plain = smoothed(events, Recipe(compatible=True), smoothing)
    average = smoothed(events, Recipe(normalisation="average", compatible=True), smoothing)
    # A: x for 1. B: x for 1, against 1. So 2 / (1 + 1) + 2 / (0 + 1) for A and B.
    for one, other in zip(plain, average, strict=True):
        assert tie(other, "A", "B") == pytest.approx(3 * tie(one, "A", "B"))
    assert average[0].network.made["normalisation"] == "average"


@pytest.mark.parametrize(
    ("unit", "time", "point", "expected"),
    [
        ("seconds", "2021-01-01T00:00:00", "2021-01-01T00:01:01", 61),
        ("minutes", "2021-01-01T00:00:00", "2021-01-01T00:01:59", 1),
        ("hours", "2021-01-01T00:59:00", "2021-01-01T00:00:00", 0),
        ("days", "2021-01-03T23:00:00", "2021-01-01T00:00:00", -2),
        ("weeks", "2021-01-01T00:00:00", "2021-01-14T23:59:59", 1),
        ("months", "2021-01-31T00:00:00", "2021-02-28T00:00:00", 0),
        ("months", "2021-01-31T00:00:00", "2021-03-01T00:00:00", 1),
        ("months", "2021-03-15T00:00:00", "2021-01-16T00:00:00", -1),
        ("months", "2021-03-15T23:00:00", "2021-01-15T00:00:00", -2),
        ("years", "2020-02-29T00:00:00", "2021-02-28T00:00:00", 0),
        ("years", "2023-01-01T00:00:00", "2021-01-01T00:00:00", -2),
    ],
)
def test_whole_units_are_counted_as_java_counts_them(
    unit: str, time: str, point: str, expected: int
) -> None:
    times, there = (as_microseconds(datetime.fromisoformat(one)) for one in (time, point))
    assert whole_units(np.array([times]), there, unit).tolist() == [expected]


@pytest.mark.parametrize("unit", ["hours", "days", "months", "years"])
@pytest.mark.parametrize("kernel", KERNELS)
def test_as_dna_every_unit_and_kernel_gives_networks(kernel: str, unit: str) -> None:
    debate: list[Said] = [
        ("A", "x", 1.0, "d", "2021-01-01T00:00"),
        ("B", "x", 1.0, "d", "2021-01-01T01:00"),
        ("C", "y", 1.0, "d", "2021-01-03"),
    ]
    smoothing = Smoothing(kernel, unit, 4)
    slices = smoothed(events_of(debate), Recipe(compatible=True), smoothing)
    assert all(one.start <= one.mid <= one.end for one in slices)
    assert any(one.network.matrix.nnz for one in slices)


@pytest.mark.parametrize(
    ("recipe", "smoothing", "words"),
    [
        (Recipe("twomode", "combine"), {}, "no kernel can weigh"),
        (Recipe(normalisation="cosine", compatible=True), {}, "DNA has no cosine"),
        (Recipe("twomode", "ignore", "activity", compatible=True), {}, "DNA has no activity"),
        (Recipe(), {"size": 60, "indent": True}, "no point in time is left"),
        (Recipe(compatible=True), {"size": 60, "indent": True}, "no point in time is left"),
        (Recipe(), {"unit": "seconds", "size": 3}, "more than 100000"),
        (Recipe(), {"kernel": "cubic"}, "use one of uniform, epanechnikov"),
        (Recipe(), {"unit": "events"}, "no unit of time"),
        (Recipe(), {"size": 0}, "must be at least 1"),
        (Recipe(), {"step": 0}, "must be at least 1"),
    ],
)
def test_what_cannot_be_is_refused(recipe: Recipe, smoothing: dict[str, Any], words: str) -> None:
    asked: dict[str, Any] = {"kernel": "uniform", "unit": "days", "size": 4, **smoothing}
    with pytest.raises(InputError, match=words):
        smoothed(events_of(DEBATE), recipe, Smoothing(**asked))


def test_levels_other_than_two_and_empty_debates_are_refused() -> None:
    smoothing, dna = Smoothing("uniform", "days", 4), Recipe(compatible=True)
    with pytest.raises(InputError, match="booleans only"):
        smoothed(events_of(DEBATE, STRENGTH), dna, smoothing)
    with pytest.raises(InputError, match="no dated statement"):
        smoothed(events_of([], POLE), Recipe(), smoothing)
    ignoring = replace(dna, aggregation="ignore")
    assert smoothed(events_of(DEBATE, NO_QUALIFIER), ignoring, smoothing)
