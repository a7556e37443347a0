"""Krippendorff's alpha: agreement of any number of coders, corrected for chance.

α = 1 - D_o / D_e, from the matrix of coincidences o of values within units: with m_u values in
unit u, o_ck = Σ_u (pairs of c and k in u) / (m_u - 1), n_c = Σ_k o_ck and n = Σ_c n_c,

    D_o = Σ_ck o_ck δ²(c, k) / n            D_e = Σ_ck n_c n_k δ²(c, k) / (n (n - 1))

with the difference δ² of the level of measurement. A value that is missing is in no pair; a unit
with fewer than two values says nothing.

Source: Krippendorff, K. (2011) Computing Krippendorff's alpha-reliability,
https://repository.upenn.edu/asc_papers/43; (2018) Content Analysis, 4th ed., ch. 12.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from math import fsum
from typing import TypeAlias

from kg.agreement.coefficient import NO_UNITS, NO_VARIATION, Coefficient

Value: TypeAlias = str | int | float | bool
Unit: TypeAlias = Sequence[Value | None]
"""The values of one unit, one a coder; None where a coder gave none."""

Totals: TypeAlias = Mapping[Value, float]
Difference: TypeAlias = Callable[[Value, Value, Totals], float]


def nominal(a: Value, b: Value, totals: Totals) -> float:
    """δ² = 0 for equal values, else 1."""
    return float(a != b)


def ordinal(a: Value, b: Value, totals: Totals) -> float:
    """δ² = (Σ n_g over the ranks g from a to b, less (n_a + n_b) / 2)²; values are numbers."""
    low, high = sorted((float(a), float(b)))
    between = fsum(number for value, number in totals.items() if low <= float(value) <= high)
    return (between - (totals[a] + totals[b]) / 2) ** 2


def interval(a: Value, b: Value, totals: Totals) -> float:
    """δ² = (a - b)²; values are numbers."""
    return (float(a) - float(b)) ** 2


METRICS: Mapping[str, Difference] = {"nominal": nominal, "ordinal": ordinal, "interval": interval}


def krippendorff_alpha(units: Sequence[Unit], metric: str = "nominal") -> Coefficient:
    """Alpha of units by a metric of `METRICS`.

    >>> krippendorff_alpha([("a", "a"), ("b", "b"), ("a", None)]).value
    1.0
    >>> krippendorff_alpha([("a", "a"), ("a", "a")]).note
    'not defined: all values are the same, so chance alone would agree'
    """
    coincidences = _coincidences(units)
    totals: Counter[Value] = Counter()
    for (value, _), number in coincidences.items():
        totals[value] += number  # type: ignore[assignment]
    n = fsum(totals.values())
    if not n:
        return Coefficient(None, NO_UNITS)
    difference = METRICS[metric]
    observed = fsum(o * difference(c, k, totals) for (c, k), o in coincidences.items()) / n
    expected = fsum(
        totals[c] * totals[k] * difference(c, k, totals) for c in totals for k in totals if c != k
    )
    if not expected:
        return Coefficient(None, NO_VARIATION)
    return Coefficient(1 - observed * n * (n - 1) / expected)


def _coincidences(units: Sequence[Unit]) -> Mapping[tuple[Value, Value], float]:
    found: defaultdict[tuple[Value, Value], float] = defaultdict(float)
    for unit in units:
        values = [value for value in unit if value is not None]
        for pair in permutations(values, 2):
            found[pair] += 1 / (len(values) - 1)
    return found
