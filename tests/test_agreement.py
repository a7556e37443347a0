"""Agreement of two coders: the coefficients against published examples, and what is compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.agreement.alpha import METRICS, Unit, krippendorff_alpha
from kg.agreement.coefficient import NO_UNITS, NO_VARIATION
from kg.agreement.kappa import cohen_kappa

# Krippendorff 2011 (Computing Krippendorff's alpha-reliability), part D: 4 observers, 12 units.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def units(*observers: Sequence[int | str | None]) -> list[Unit]:
    return list(zip(*observers, strict=True))


@pytest.mark.parametrize(
    ("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_krippendorffs_own_example(metric: str, alpha: float) -> None:
    found = krippendorff_alpha(units(*OBSERVERS), metric).value
    assert found == pytest.approx(alpha, abs=0.0005)


def test_alpha_of_his_two_observers() -> None:
    """Parts A (binary) and B (nominal) of the same paper."""
    binary = units((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))
    assert krippendorff_alpha(binary).value == pytest.approx(0.095, abs=0.0005)
    nominal = units("aabbdcccedda", "babbbccceddd")
    assert krippendorff_alpha(nominal).value == pytest.approx(0.692, abs=0.0005)


def table(*rows: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of values with these counts: rows are the first coder's values."""
    return [
        (a, b) for a, row in enumerate(rows) for b, number in enumerate(row) for _ in range(number)
    ]


def test_kappa_of_textbook_examples() -> None:
    """Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, table 18.1."""
    found = cohen_kappa(table((75, 1, 4), (5, 4, 1), (0, 0, 10))).value
    assert found == pytest.approx(0.676, abs=0.0005)
    # p_o = 35/50, p_e = 0.5: (0.7 - 0.5) / (1 - 0.5)
    assert cohen_kappa(table((20, 5), (10, 15))).value == pytest.approx(0.4)


@pytest.mark.parametrize("metric", METRICS)
def test_what_is_not_defined_is_said(metric: str) -> None:
    assert krippendorff_alpha([], metric).note == NO_UNITS
    assert krippendorff_alpha([(1, None), (None, 2)], metric).note == NO_UNITS
    assert krippendorff_alpha([(1, 1), (1, 1), (2, None)], metric).note == NO_VARIATION
    assert krippendorff_alpha([(1, 1), (1, 1)], metric).value is None


def test_kappa_that_is_not_defined_is_said() -> None:
    assert cohen_kappa([]).note == NO_UNITS
    assert cohen_kappa([("a", None)]).note == NO_UNITS
    assert cohen_kappa([("a", "a"), ("a", "a")]).note == NO_VARIATION
    assert cohen_kappa([("a", "b"), ("a", "b")]).value == 0.0  # chance would not agree either


VALUES = st.integers(1, 5)
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=30)


@given(st.lists(VALUES, min_size=2, max_size=30).filter(lambda one: len(set(one)) > 1))
def test_identical_codings_agree_wholly(values: list[int]) -> None:
    pairs = [(value, value) for value in values]
    for metric in METRICS:
        assert krippendorff_alpha(pairs, metric).value == pytest.approx(1.0)
    assert cohen_kappa(pairs).value == pytest.approx(1.0)


@given(st.lists(st.tuples(*[VALUES | st.none()] * 3), max_size=15), st.sampled_from(list(METRICS)))
def test_the_order_of_coders_does_not_matter(rows: list[tuple[int | None, ...]], name: str) -> None:
    first = krippendorff_alpha(rows, name)
    for order in permutations(range(3)):
        other = krippendorff_alpha([[row[at] for at in order] for row in rows], name)
        assert other.note == first.note
        assert other.value == (None if first.value is None else pytest.approx(first.value))


@given(PAIRS)
def test_alpha_and_kappa_are_at_most_one_and_near_each_other(pairs: list[tuple[int, int]]) -> None:
    alpha, kappa = krippendorff_alpha(pairs).value, cohen_kappa(pairs).value
    swapped = cohen_kappa([(b, a) for a, b in pairs]).value
    assert swapped == (None if kappa is None else pytest.approx(kappa))
    if alpha is not None:
        assert alpha <= 1.0
        # Two coders without missing values: alpha is Scott's pi with a correction for few units,
        # α = 1 - (1 - π) (2N - 1) / 2N (Krippendorff 2018, ch. 12).
        assert alpha == pytest.approx(
            1 - (1 - _scott(pairs)) * (2 * len(pairs) - 1) / (2 * len(pairs))
        )


def _scott(pairs: list[tuple[int, int]]) -> float:
    n = len(pairs)
    both = [value for pair in pairs for value in pair]
    chance = math.fsum((both.count(value) / (2 * n)) ** 2 for value in set(both))
    return (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)


@given(PAIRS)
def test_a_unit_with_one_value_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    more: list[tuple[int | None, int | None]] = [*pairs, (3, None), (None, None)]
    for metric in METRICS:
        assert krippendorff_alpha(more, metric) == krippendorff_alpha(pairs, metric)
    assert cohen_kappa(more) == cohen_kappa(pairs)
