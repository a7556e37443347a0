"""Counting, projecting and normalising: against loops over statements, and by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dna_oracle
from kg.errors import InputError
from kg.networks.events import NO_QUALIFIER, POLE, Qualifier
from kg.networks.network import Node, in_order, unique_labels
from kg.networks.recipe import Recipe, make_network
from network_events import Said, events_of

DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")
ONE_MODE = [
    (aggregation, how)
    for aggregation in ("ignore", "congruence", "conflict", "subtract")
    for how in ("no", "average", "jaccard", "cosine")
]
TWO_MODE = [
    *((aggregation, how) for aggregation in ("ignore", "subtract") for how in ("no", "activity")),
    *((aggregation, "prominence") for aggregation in ("ignore", "subtract")),
    *(("combine", how) for how in ("no", "activity")),
]
# Days that share a week, month or year across the turn of a year, where year-blind counting errs.
DAYS = ("2020-01-06", "2020-12-28", "2021-01-03", "2021-01-06", "2021-01-11", "2021-02-01")
NUMBERS = (-300.0, -2.0, 0.0, 1.0, 3.0, 200.0)


def statements(values: Sequence[float]) -> st.SearchStrategy[list[Said]]:
    one = st.tuples(
        st.sampled_from("ABCD"),
        st.sampled_from("xyz"),
        st.sampled_from(values),
        st.sampled_from(("d1", "d2")),
        st.sampled_from(DAYS),
    )
    return st.lists(one, min_size=1, max_size=14).map(lambda found: sorted(found, key=_when))


def _when(said: Said) -> tuple[str, str]:
    return said[4], said[3]


def _boolean(values: Sequence[Said]) -> tuple[Qualifier, Sequence[float], float]:
    return POLE, (-1.0, 1.0), 2.0


def _number(values: Sequence[Said]) -> tuple[Qualifier, Sequence[float], float]:
    levels = tuple(sorted({float(one[2] or 0) for one in values}))
    span = levels[-1] - levels[0]
    return Qualifier("scale", "number", levels, span), levels, span


def check(said: list[Said], number: bool, compatible: bool) -> None:
    """Every recipe on one list of statements gives what the loops give."""
    qualifier, levels, span = (_number if number else _boolean)(said)
    events = events_of(said, qualifier)
    for duplicates in DUPLICATES:
        for aggregation, how in ONE_MODE:
            counted = dna_oracle.kept(said, duplicates, aggregation != "ignore", not compatible)
            expected = dna_oracle.one_mode(counted, levels, span, aggregation, how)
            if compatible or how in ("no", "average"):
                recipe = Recipe("onemode", aggregation, how, duplicates, compatible)
                np.testing.assert_allclose(make_network(events, recipe).dense(), expected)
        for aggregation, how in TWO_MODE:
            if compatible or (aggregation, how) != ("combine", "activity"):
                counted = dna_oracle.kept(said, duplicates, aggregation != "ignore", not compatible)
                wanted = dna_oracle.two_mode(counted, levels, aggregation, how)
                recipe = Recipe("twomode", aggregation, how, duplicates, compatible)
                np.testing.assert_allclose(make_network(events, recipe).dense(), wanted)


@pytest.mark.slow
@pytest.mark.parametrize("compatible", [True, False], ids=["as DNA", "true"])
@pytest.mark.parametrize("number", [False, True], ids=["boolean", "number"])
def test_every_recipe_gives_what_loops_over_statements_give(number: bool, compatible: bool) -> None:
    @settings(max_examples=25)
    @given(statements(NUMBERS if number else (-1.0, 1.0)))
    def run(said: list[Said]) -> None:
        check(said, number, compatible)

    run()


SAID: list[Said] = [
    ("A", "x", 1.0, "d1", "2021-01-04"),
    ("A", "x", 1.0, "d1", "2021-01-04"),
    ("A", "y", -1.0, "d1", "2021-01-04"),
    ("B", "x", 1.0, "d1", "2021-01-04"),
    ("B", "y", 1.0, "d2", "2022-01-05"),
    ("C", "z", 1.0, "d2", "2022-01-05"),
]


def test_a_small_case_is_right_in_every_recipe() -> None:
    check(SAID, number=False, compatible=True)
    check(SAID, number=False, compatible=False)


def test_congruence_and_conflict_count_pairs_of_statements() -> None:
    events = events_of(SAID)
    congruence = make_network(events, Recipe("onemode", "congruence"))
    conflict = make_network(events, Recipe("onemode", "conflict"))
    assert congruence.row_labels() == ("A", "B", "C")
    assert congruence.dense().tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    assert conflict.dense().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_true_cosine_and_jaccard_of_a_boolean_by_hand() -> None:
    """A = (x for: 2, y against: 1), B = (x for: 1, y for: 1): ⟨A,B⟩ = 2, ⟨A,A⟩ = 5, ⟨B,B⟩ = 2."""
    events = events_of(SAID)
    cosine = make_network(events, Recipe("onemode", "congruence", "cosine")).dense()
    jaccard = make_network(events, Recipe("onemode", "congruence", "jaccard")).dense()
    assert cosine[0, 1] == pytest.approx(2 / np.sqrt(10))
    assert jaccard[0, 1] == pytest.approx(2 / (5 + 2 - 2))


@pytest.mark.slow
@given(statements((-1.0, -0.3, 0.0, 0.5, 1.0)))
@settings(max_examples=30)
def test_true_measures_stay_in_their_range_and_subtract_is_a_difference(said: list[Said]) -> None:
    qualifier = Qualifier("strength", "number", (-1.0, -0.3, 0.0, 0.5, 1.0), 2.0)
    events = events_of(said, qualifier)
    for how in ("cosine", "jaccard"):
        made = {
            aggregation: make_network(events, Recipe("onemode", aggregation, how)).dense()
            for aggregation in ("ignore", "congruence", "conflict", "subtract")
        }
        for aggregation in ("ignore", "congruence", "conflict"):
            assert made[aggregation].min() >= 0
            assert made[aggregation].max() <= 1 + 1e-12
        np.testing.assert_allclose(
            made["subtract"], made["congruence"] - made["conflict"], atol=1e-12
        )


def test_jaccard_of_sets_of_statements_is_the_share_of_what_both_say() -> None:
    said = [
        *(("A", concept, 1.0, "d", "2021-01-04") for concept in "vwxy"),
        *(("B", concept, 1.0, "d", "2021-01-04") for concept in "xyz"),
    ]
    network = make_network(events_of(said), Recipe("onemode", "congruence", "jaccard"))
    assert network.dense()[0, 1] == pytest.approx(2 / 5)


def test_terms_that_cancel_out_leave_no_tie() -> None:
    """-0.8 + 0.2 + 2 · 0.3 and 1/3 - 1/3 are 0, but not in floating point."""
    numbers = Qualifier("strength", "number", (-0.8, 0.2, 0.3), 2.0)
    said: list[Said] = [("A", "x", value, "d", "2021-01-04") for value in (-0.8, 0.2, 0.3, 0.3)]
    assert make_network(events_of(said, numbers), Recipe("twomode", "subtract")).matrix.nnz == 0
    scale = Qualifier("scale", "number", (0.0, 1.0, 2.0, 3.0), 3.0)
    pairs: list[Said] = [
        ("A", "x", 0.0, "d", "2021-01-04"),
        ("B", "x", 1.0, "d", "2021-01-04"),
        ("A", "y", 0.0, "d", "2021-01-04"),
        ("B", "y", 2.0, "d", "2021-01-04"),
    ]
    assert make_network(events_of(pairs, scale), Recipe("onemode", "subtract")).matrix.nnz == 0
    assert make_network(events_of(pairs, scale), Recipe("onemode", "conflict")).matrix.nnz == 2


@pytest.mark.parametrize("duplicates", ["week", "month", "year"])
@pytest.mark.parametrize("compatible", [True, False], ids=["as DNA", "true"])
def test_what_has_no_date_is_repeated_only_within_its_document(
    duplicates: str, compatible: bool
) -> None:
    said: list[Said] = [("A", "x", 1.0, document, "2021-01-04") for document in ("d", "d", "e")]
    events = events_of(said)
    undated = replace(
        events, frame=events.frame.with_columns(pl.lit(None, pl.Datetime).alias("time"))
    )
    for aggregation in ("ignore", "subtract"):
        recipe = Recipe("twomode", aggregation, "no", duplicates, compatible)
        assert make_network(events, recipe).dense().tolist() == [[1]]
        assert make_network(undated, recipe).dense().tolist() == [[2]]


def test_weeks_months_and_years_are_told_apart_by_year_unless_as_dna() -> None:
    said: list[Said] = [
        ("A", "x", 1.0, "d1", "2020-01-08"),
        ("A", "x", 1.0, "d2", "2021-01-13"),  # the same week number and month, a year later
        ("A", "x", 1.0, "d3", "2021-01-12"),
    ]
    for duplicates, true, blind in (("week", 2, 1), ("month", 2, 1), ("year", 2, 2)):
        right = make_network(events_of(said), Recipe("twomode", "ignore", "no", duplicates))
        as_dna = Recipe("twomode", "ignore", "no", duplicates, compatible=True)
        assert right.dense().tolist() == [[true]]
        assert make_network(events_of(said), as_dna).dense().tolist() == [[blind]]


def test_the_first_days_of_january_may_belong_to_the_week_of_the_old_year() -> None:
    said: list[Said] = [
        ("A", "x", 1.0, "d1", "2020-12-31"),
        ("A", "x", 1.0, "d2", "2021-01-02"),  # the same week, 53 of 2020
    ]
    network = make_network(events_of(said), Recipe("twomode", "ignore", "no", "week"))
    assert network.dense().tolist() == [[1]]


def test_statements_without_a_value_count_only_where_it_is_ignored() -> None:
    said: list[Said] = [*SAID, ("C", "x", None, "d2", "2022-01-05")]
    ignored = make_network(events_of(said), Recipe("onemode", "ignore"))
    told_apart = make_network(events_of(said), Recipe("onemode", "congruence"))
    assert ignored.dense()[0, 2] == 2
    assert ignored.notes == ()
    assert told_apart.dense()[0, 2] == 0
    assert told_apart.notes == ("Left out for want of a pole: 1 statement",)


WORDS: list[Said] = [
    ("A", "x", "yes", "d", "2021-01-04"),
    ("A", "x", "yes", "d", "2021-01-05"),
    ("A", "y", "no", "d", "2021-01-04"),
    ("B", "x", "yes", "d", "2021-01-04"),
    ("B", "y", "maybe", "d", "2021-01-04"),
]
CATEGORY = Qualifier("tone", "category", ("maybe", "no", "yes"))


@pytest.mark.parametrize(
    ("aggregation", "compatible", "expected"),
    [
        ("ignore", False, 3.0),
        ("congruence", False, 2.0),
        ("conflict", False, 1.0),  # no against maybe on y
        ("subtract", False, 1.0),
        ("congruence", True, 2.0),
        ("conflict", True, 2.0),  # what only one of them says: no, maybe
        ("subtract", True, 0.0),
    ],
)
def test_a_qualifier_of_words(aggregation: str, compatible: bool, expected: float) -> None:
    recipe = Recipe("onemode", aggregation, compatible=compatible)
    assert make_network(events_of(WORDS, CATEGORY), recipe).dense()[0, 1] == expected


def test_combine_names_each_set_of_levels() -> None:
    network = make_network(events_of(WORDS, CATEGORY), Recipe("twomode", "combine"))
    assert network.dense().tolist() == [[1, 2], [1, 4]]


def test_combine_and_prominence_as_dna_needs_as_many_rows_as_columns() -> None:
    recipe = Recipe("twomode", "combine", "prominence", compatible=True)
    with pytest.raises(InputError, match="as many rows as columns"):
        make_network(events_of([*SAID[:-2], ("C", "x", 1.0, "d", "2021-01-04")]), recipe)
    assert make_network(events_of(SAID), recipe).dense()[0, 0] == 0.5


def test_combine_is_refused_where_its_codes_would_not_be_exact() -> None:
    """DNA's codes are of 32 bits, ours of 53."""
    said: list[Said] = [("A", "x", float(level), "d", "2021-01-04") for level in range(32)]
    levels = tuple(float(level) for level in range(32))
    events = events_of(said, Qualifier("scale", "number", levels, 31.0))
    assert make_network(events, Recipe("twomode", "combine")).dense()[0, 0] == 2**32 - 1
    with pytest.raises(InputError, match="at most 31"):
        make_network(events, Recipe("twomode", "combine", compatible=True))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["threemode"], "no type of network"),
        (["onemode", "combine"], "has no aggregation"),
        (["twomode", "congruence"], "has no aggregation"),
        (["twomode", "subtract", "cosine"], "has no normalisation"),
        (["onemode", "congruence", "no", "months"], "did you mean month"),
        (["twomode", "combine", "activity"], "a divided code means nothing"),
    ],
)
def test_words_that_do_not_go_together_are_told(words: list[str], message: str) -> None:
    names = ("mode", "aggregation", "normalisation", "duplicates")
    given: dict[str, Any] = dict(zip(names, words, strict=False))
    with pytest.raises(InputError, match=message):
        Recipe(**{"mode": "twomode", "aggregation": "ignore"} | given)


def test_without_a_qualifier_only_ignore_makes_sense() -> None:
    events = events_of([(*one[:2], 0.0, *one[3:]) for one in SAID], NO_QUALIFIER)
    assert make_network(events, Recipe("onemode", "ignore")).dense()[0, 1] == 3
    with pytest.raises(InputError, match="Without a qualifier"):
        make_network(events, Recipe("onemode", "congruence"))


def test_isolates_stay_when_they_are_asked_for() -> None:
    events = events_of(SAID)
    early = replace(events, frame=events.frame.filter(events_before("2021-06-01")))
    assert make_network(early, Recipe()).row_labels() == ("A", "B")
    kept = make_network(early, Recipe(isolates=True))
    assert kept.row_labels() == ("A", "B", "C")
    assert kept.dense()[2].tolist() == [0, 0, 0]


def events_before(day: str) -> pl.Expr:
    return pl.col("time") < pl.lit(day).str.to_datetime()


def test_no_events_make_an_empty_network() -> None:
    events = events_of(SAID)
    nothing = replace(events, frame=events.frame.limit(0))
    for mode in ("onemode", "twomode"):
        network = make_network(nothing, Recipe(mode, "ignore"))
        assert (network.rows, network.columns) == ((), ())
        assert network.dense().shape == (0, 0)


def test_nodes_stand_as_java_sorts_their_names_and_equal_names_are_told_apart() -> None:
    names = ["b", "Z", "ä", "\U0001f600", "\uffee", ""]
    ordered = [node.label for node in in_order(Node(name, name, "actor") for name in names)]
    assert ordered == ["", "Z", "b", "ä", "\U0001f600", "\uffee"]
    assert unique_labels([Node("1", "SM", "b"), Node("2", "SM", "b")]) == ("SM (1)", "SM (2)")
