"""Moving windows: which statements are in which, against counting each window anew and by hand."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.networks.events import NO_QUALIFIER, Qualifier
from kg.networks.recipe import Recipe, make_network, network_of
from kg.networks.timed import timed
from kg.networks.timescale import UNITS, as_datetime, as_microseconds, later, moment, place
from kg.networks.windows import Slice, Window, windows
from network_events import Said, events_of

DEBATE: list[Said] = [
    ("Harbour", "bridge", 1.0, "d1", "2021-01-04"),
    ("Ferry", "bridge", -1.0, "d1", "2021-01-05"),
    ("Harbour", "toll", 1.0, "d2", "2021-01-20T12:00"),
    ("Ferry", "toll", 1.0, "d3", "2021-02-01"),
    ("Town", "bridge", 1.0, "d4", "2021-03-31T23:59:59"),
]
COUNTED = Recipe("twomode", "ignore")

said = st.tuples(
    st.sampled_from("ABCD"),
    st.sampled_from("xyz"),
    st.sampled_from([-1.0, 1.0]),
    st.sampled_from(["d1", "d2", "d3"]),
    st.dates(datetime(2020, 12, 20).date(), datetime(2021, 2, 10).date()).map(str),
)


def random_debate(size: int, days: int, values: tuple[float, ...] = (-1.0, 1.0)) -> list[Said]:
    """Three actors on two concepts, in the order of time; one document a day of the month."""
    random = np.random.default_rng(4)
    debate: list[Said] = []
    for day in sorted(random.integers(0, days, size).tolist()):
        date = datetime(2020, 11, 1) + timedelta(days=day)
        actor, concept = f"a{random.integers(3)}", f"c{random.integers(2)}"
        value = float(random.choice(values))
        debate.append((actor, concept, value, f"d{date.day}", date.isoformat()))
    return debate


def cells(slice_: Slice) -> dict[tuple[str, str], float]:
    network = slice_.network
    dense = network.dense()
    return {
        (row.id, column.id): dense[i, j]
        for i, row in enumerate(network.rows)
        for j, column in enumerate(network.columns)
        if dense[i, j]
    }


def sizes(slices: tuple[Slice, ...]) -> list[float]:
    return [float(one.network.matrix.sum()) for one in slices]


def test_windows_of_three_statements_move_by_one() -> None:
    slices = windows(events_of(DEBATE), COUNTED, Window("events", 3))
    assert sizes(slices) == [3, 3, 3]
    assert [one.mid for one in slices] == [
        datetime(2021, 1, 5),
        datetime(2021, 1, 20, 12),
        datetime(2021, 2, 1),
    ]
    assert (slices[0].start, slices[0].end) == (datetime(2021, 1, 4), datetime(2021, 1, 20, 12))
    assert cells(slices[2]) == {("Harbour", "toll"): 1, ("Ferry", "toll"): 1, ("Town", "bridge"): 1}
    assert slices[0].network.made["window"] == "3 events"
    assert slices[0].network.made["mid"] == "2021-01-05 00:00:00"


@given(st.lists(said, min_size=1, max_size=14), st.integers(1, 6), st.integers(1, 3))
@settings(max_examples=15, deadline=None)
def test_each_window_by_events_is_what_its_statements_alone_give(
    debate: list[Said], size: int, step: int
) -> None:
    size, recipe = min(size, len(debate)), Recipe(normalisation="jaccard")
    slices = windows(events_of(debate), recipe, Window("events", size, step, ties="order"))
    ordered = sorted(debate, key=lambda one: one[4])
    starts = range(0, len(debate) - size + 1, step)
    assert len(slices) == len(starts)
    for start, slice_ in zip(starts, slices, strict=True):
        alone = make_network(events_of(ordered[start : start + size]), recipe)
        assert slice_.network.rows == alone.rows
        np.testing.assert_allclose(slice_.network.dense(), alone.dense())


@given(st.lists(said, min_size=1, max_size=12), st.sampled_from(["days", "weeks", "months"]))
@settings(max_examples=15, deadline=None)
def test_each_window_of_the_calendar_is_what_its_statements_alone_give(
    debate: list[Said], unit: str
) -> None:
    events, recipe = events_of(debate), Recipe("twomode", "subtract")
    slices = windows(events, recipe, Window(unit, 1))
    assert sum(int(one.network.made["statements"]) for one in slices) == len(debate)
    for slice_ in slices:
        last = slice_.end - timedelta(microseconds=1)
        alone = make_network(events.between(slice_.start, last), recipe)
        assert slice_.network.rows == alone.rows
        np.testing.assert_allclose(slice_.network.dense(), alone.dense())


def test_a_window_of_two_months_includes_its_first_instant_and_not_its_last() -> None:
    slices = windows(events_of(DEBATE), COUNTED, Window("months", 2))
    assert [(one.start, one.end) for one in slices] == [
        (datetime(2021, 1, 1), datetime(2021, 3, 1)),
        (datetime(2021, 2, 1), datetime(2021, 4, 1)),
    ]
    assert sizes(slices) == [4, 2]
    assert slices[0].mid == datetime(2021, 2, 1)


def test_weeks_begin_on_monday_and_empty_ones_are_there() -> None:
    slices = windows(events_of(DEBATE), COUNTED, Window("weeks", 1))
    assert {one.start.weekday() for one in slices} == {0}
    assert sizes(slices) == [2, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_a_step_leaves_windows_out() -> None:
    all_ = windows(events_of(DEBATE), COUNTED, Window("weeks", 2))
    some = windows(events_of(DEBATE), COUNTED, Window("weeks", 2, step=3))
    assert [one.start for one in some] == [one.start for one in all_][::3]


def test_all_slices_may_have_the_same_nodes() -> None:
    events = events_of(DEBATE)
    own = windows(events, Recipe(), Window("months", 1))
    same = windows(events, Recipe(), Window("months", 1, same_nodes=True))
    assert [len(one.network.rows) for one in own] == [2, 1, 1]
    assert [len(one.network.rows) for one in same] == [3, 3, 3]
    silent = replace(events, frame=events.frame.filter(pl.col("row") != "Town"))
    isolates = windows(silent, Recipe(isolates=True), Window("months", 1))
    assert [len(one.network.rows) for one in isolates] == [3, 3]


SAME_DAY: list[Said] = [(actor, "toll", 1.0, "d", "2021-01-04") for actor in "ABCDEFGH"]


def test_statements_of_one_time_are_drawn_with_a_seed_and_none_counts_twice() -> None:
    events = events_of(SAME_DAY)
    once = [cells(one) for one in windows(events, COUNTED, Window("events", 3, seed=1))]
    again = [cells(one) for one in windows(events, COUNTED, Window("events", 3, seed=1))]
    other = [cells(one) for one in windows(events, COUNTED, Window("events", 3, seed=2))]
    assert once == again != other
    assert all(set(one.values()) == {1.0} and len(one) == 3 for one in once)


def test_ties_may_follow_their_order_or_all_come_in() -> None:
    events = events_of([*SAME_DAY, ("Z", "toll", 1.0, "d", "2021-01-05")])
    ordered = windows(events, COUNTED, Window("events", 2, ties="order"))
    assert list(cells(ordered[0])) == [("A", "toll"), ("B", "toll")]
    whole = windows(events, COUNTED, Window("events", 2, ties="all"))
    assert sizes(whole) == [8] * 7 + [9]


REPEATED: list[Said] = [
    ("Harbour", "toll", 1.0, "d1", "2021-01-04"),
    ("Harbour", "toll", 1.0, "d2", "2021-01-12"),
    ("Harbour", "toll", 1.0, "d3", "2021-01-13"),
]


@pytest.mark.parametrize(("where", "expected"), [("range", [1, 0]), ("window", [1, 1])])
def test_duplicates_go_before_the_windows_are_cut_or_in_each(
    where: str, expected: list[float]
) -> None:
    recipe = Recipe("twomode", "ignore", duplicates="month")
    # With a later statement, so that the range does not end with the first that counts.
    later_one: Said = ("Ferry", "bridge", 1.0, "d4", "2021-01-15")
    window = Window("weeks", 1, duplicates_in=where)
    slices = windows(events_of([*REPEATED, later_one]), recipe, window)
    assert [cells(one).get(("Harbour", "toll"), 0) for one in slices] == expected


@pytest.mark.parametrize("compatible", [False, True])
@pytest.mark.parametrize("aggregation", ["ignore", "subtract"])
@pytest.mark.parametrize("duplicates", ["document", "week", "month", "year", "acrossrange"])
def test_duplicates_over_the_range_are_those_of_a_network(
    duplicates: str, aggregation: str, compatible: bool
) -> None:
    recipe = Recipe("twomode", aggregation, duplicates=duplicates, compatible=compatible)
    # DNA counts equal numbers beyond a byte as different, so 500 is in there.
    scale = Qualifier("strength", "number", (-1.0, 1.0, 500.0), 501.0)
    events = events_of(random_debate(90, 400, (-1.0, 1.0, 500.0)), scale)
    whole = make_network(events, recipe)
    counted = timed(events, recipe).firsts()
    assert len(counted) == int(whole.made["statements"]) < 90
    same = network_of(counted.counts(), recipe, events)
    np.testing.assert_array_equal(same.dense(), whole.dense())


def test_statements_without_a_date_are_left_out_and_noted() -> None:
    events = events_of(DEBATE)
    dated = pl.when(pl.col("row") != "Town").then(pl.col("time")).alias("time")
    some = replace(events, frame=events.frame.with_columns(dated))
    slices = windows(some, COUNTED, Window("events", 4))
    assert len(slices) == 1
    assert slices[0].network.notes == ("Left out for want of a date: 1 statement",)


def test_statements_without_a_stance_are_left_out_where_it_counts() -> None:
    debate: list[Said] = [*DEBATE, ("Town", "toll", None, "d5", "2021-03-31")]
    stances = windows(events_of(debate), Recipe(), Window("events", 5))
    assert stances[0].network.notes == ("Left out for want of a pole: 1 statement",)
    assert sizes(windows(events_of(debate), COUNTED, Window("events", 6))) == [6]


def as_dna(window: Window, debate: list[Said] = DEBATE) -> tuple[Slice, ...]:
    return windows(events_of(debate), replace(COUNTED, compatible=True), window)


def test_as_dna_an_even_number_of_events_is_one_more() -> None:
    assert sizes(as_dna(Window("events", 4))) == [5]
    assert sizes(windows(events_of(DEBATE), COUNTED, Window("events", 4))) == [4, 4]


def test_as_dna_windows_are_closed_and_as_wide_as_half_their_size_twice() -> None:
    two, three = (as_dna(Window("days", size)) for size in (2, 3))
    assert [(one.start, one.end) for one in two] == [(one.start, one.end) for one in three]
    assert (two[0].start, two[0].mid, two[0].end) == (
        datetime(2021, 1, 4),
        datetime(2021, 1, 5),
        datetime(2021, 1, 6),
    )
    assert two[-1].end <= datetime(2021, 3, 31, 23, 59, 59)
    instants = as_dna(Window("days", 1))
    assert sizes(instants)[:2] == [1, 1]
    assert sum(sizes(instants)) == 3


def test_as_dna_a_month_after_the_31st_is_the_last_day_and_stays_there() -> None:
    debate: list[Said] = [
        ("A", "toll", 1.0, "d", "2021-01-31"),
        ("B", "toll", 1.0, "d", "2021-04-30"),
    ]
    mids = [one.mid for one in as_dna(Window("months", 1), debate)]
    assert mids == [datetime(2021, *day) for day in ((1, 31), (2, 28), (3, 28), (4, 28))]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Window("events", 0), "must be at least 1, not 0"),
        (lambda: Window("days", 3, step=-1), "step .* at least 1"),
        (lambda: Window("days", 3, seed=-1), "seed must be at least 0"),
        (lambda: Window("month", 1), "did you mean months"),
        (lambda: Window("days", 1, ties="none"), "use one of shuffle, order, all"),
        (lambda: windows(events_of([]), COUNTED, Window("days", 1)), "no dated statement"),
        (lambda: windows(events_of(DEBATE), COUNTED, Window("events", 6)), "no window of 6 fits"),
        (lambda: windows(events_of(DEBATE), COUNTED, Window("years", 2)), "span 1 year,"),
        (lambda: windows(events_of(DEBATE), COUNTED, Window("seconds", 1)), "more than 100000"),
        (lambda: as_dna(Window("years", 2)), "no window of 2 fits"),
        (lambda: as_dna(Window("years", 10**9)), "no window of"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(InputError, match=words):
        make()


def test_a_network_without_a_qualifier_can_only_ignore_it() -> None:
    events = events_of(DEBATE, NO_QUALIFIER)
    assert sizes(windows(events, COUNTED, Window("events", 5))) == [5]
    with pytest.raises(InputError, match="Without a qualifier"):
        windows(events, Recipe(), Window("events", 5))


@given(
    st.datetimes(datetime(1890, 1, 1), datetime(2150, 1, 1)),
    st.sampled_from(UNITS),
)
def test_a_place_on_an_axis_leads_back_to_its_time(when: datetime, unit: str) -> None:
    times = np.array([as_microseconds(when)])
    back = as_datetime(int(moment(place(times, unit), unit)[0]))
    assert abs(back - when) < timedelta(milliseconds=1)


@given(st.dates(datetime(1890, 1, 1).date(), datetime(2150, 1, 1).date()), st.integers(-40, 40))
def test_whole_places_are_first_days_and_whole_steps_apart(day: object, months: int) -> None:
    first = datetime.fromisoformat(str(day)).replace(day=1)
    there = later(first, months, "months")
    times = np.array([as_microseconds(first), as_microseconds(there)])
    places = place(times, "months")
    assert places[1] - places[0] == months
    assert places[0] == np.floor(places[0])
    assert moment(places, "months").tolist() == times.tolist()


@pytest.mark.slow
def test_five_hundred_windows_of_twenty_thousand_statements_take_seconds() -> None:
    random, begin = np.random.default_rng(1), datetime(2020, 1, 1)
    debate: list[Said] = []
    for i in range(20_000):
        actor, concept = f"a{random.integers(200)}", f"c{random.integers(100)}"
        value, date = float(random.choice([-1.0, 1.0])), begin + timedelta(hours=i // 8)
        debate.append((actor, concept, value, f"d{i // 8}", date.isoformat()))
    started = time.perf_counter()
    window = Window("events", 1000, step=38)
    slices = windows(events_of(debate), Recipe(duplicates="document"), window)
    assert len(slices) >= 490
    assert time.perf_counter() - started < 10
