"""Cohen's kappa: agreement of two coders on names, corrected for chance.

κ = (p_o - p_e) / (1 - p_e), with p_o the share of units on which both agree, and p_e = Σ_c p_c q_c
what two coders who use value c for shares p_c and q_c of the units would agree on by chance.

Source: Cohen, J. (1960) A coefficient of agreement for nominal scales. Educational and
Psychological Measurement 20(1), 37-46, doi:10.1177/001316446002000104.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import isclose

from kg.agreement.coefficient import NO_UNITS, NO_VARIATION, Coefficient


def cohen_kappa(pairs: Sequence[tuple[Hashable | None, Hashable | None]]) -> Coefficient:
    """Kappa of pairs of values; a pair with a value that is missing (None) is left out.

    >>> cohen_kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")]).value
    0.0
    """
    valued = [(a, b) for a, b in pairs if a is not None and b is not None]
    n = len(valued)
    if not n:
        return Coefficient(None, NO_UNITS)
    agreed = sum(a == b for a, b in valued) / n
    first, second = Counter(a for a, _ in valued), Counter(b for _, b in valued)
    chance = sum(first[value] * second[value] for value in first) / n**2
    if isclose(chance, 1):
        return Coefficient(None, NO_VARIATION)
    return Coefficient((agreed - chance) / (1 - chance))
