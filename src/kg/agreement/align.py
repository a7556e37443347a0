"""What two coders coded, put together by place and content.

Two things may stand for the same if their ranges overlap by at least half of the shorter one.
Among those the pairs are chosen that are best together (the assignment problem: Kuhn 1955,
doi:10.1002/nav.3800020109), by how far the ranges are the same and how many values are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.agreement.coded import KINDS, Coded, Coding

_ENOUGH = 0.5
_CONTENT = 2.0  # what equal values weigh against equal ranges
_NEARER = 1e-6  # settles what is equal otherwise, the same way from both sides


@dataclass(frozen=True)
class Pair:
    """What stands for one thing in both codings; None where one coder has nothing there."""

    a: Coded | None
    b: Coded | None

    @property
    def kind(self) -> str:
        """What is coded: entry, position …"""
        one = self.a or self.b
        assert one is not None  # a pair is made of at least one
        return one.kind

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return min(one.start for one in (self.a, self.b) if one is not None)


def align(a: Coding, b: Coding) -> tuple[Pair, ...]:
    """All pairs, kind by kind in the order of `KINDS`, each kind in the order of the document."""
    return tuple(pair for kind in KINDS for pair in pairs(a.of(kind), b.of(kind)))


def pairs(a: Sequence[Coded], b: Sequence[Coded]) -> list[Pair]:
    """The best pairs of things of one kind, and those that are alone."""
    found = []
    if a and b:
        scores = np.array([[_score(x, y, i - j) for j, y in enumerate(b)] for i, x in enumerate(a)])
        rows, columns = linear_sum_assignment(scores, maximize=True)
        matched = zip(rows.tolist(), columns.tolist(), strict=True)
        found = [(i, j) for i, j in matched if scores[i, j] > 0]
    with_a, with_b = {i for i, _ in found}, {j for _, j in found}
    together = [Pair(a[i], b[j]) for i, j in found]
    alone = [Pair(x, None) for i, x in enumerate(a) if i not in with_a]
    alone += [Pair(None, y) for j, y in enumerate(b) if j not in with_b]
    return sorted([*together, *alone], key=lambda pair: pair.start)


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Tell whether two ranges share at least half of the shorter one.

    >>> overlaps((0, 10), (5, 40)), overlaps((0, 10), (6, 40))
    (True, False)
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared >= _ENOUGH * min(a[1] - a[0], b[1] - b[0])


def _score(a: Coded, b: Coded, apart: int) -> float:
    if not overlaps((a.start, a.end), (b.start, b.end)):
        return 0.0
    shared = min(a.end, b.end) - max(a.start, b.start)
    whole = max(a.end, b.end) - min(a.start, b.start)
    equal = sum(a.values[key] == b.values[key] for key in a.values) / len(a.values)
    return 1 + shared / whole + _CONTENT * equal - _NEARER * abs(apart)
