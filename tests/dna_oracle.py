"""DNA's network formulas as loops over statements, slow and plain, to hold the fast ones to.

Written from design notes and from what DNA 3.1.2 does with its sample database, without matrices:
each cell is added up by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import sqrt

from network_events import Said

Matrix = list[list[float]]


def kept(said: Sequence[Said], duplicates: str, by_value: bool, year_aware: bool) -> list[Said]:
    """The statements that count, the first of equal ones, looked for one by one."""
    found: list[Said] = []
    for one in said:
        if not any(_same(one, other, duplicates, by_value, year_aware) for other in found):
            found.append(one)
    return found


def _same(one: Said, other: Said, duplicates: str, by_value: bool, year_aware: bool) -> bool:
    if duplicates == "include" or one[:2] != other[:2] or (by_value and one[2] != other[2]):
        return False
    if by_value and not year_aware and isinstance(one[2], float) and not -128 <= one[2] <= 127:
        return False
    here, there = datetime.fromisoformat(one[4]), datetime.fromisoformat(other[4])
    week, weeks = here.isocalendar(), there.isocalendar()
    return {
        "document": one[3] == other[3],
        "week": week[1] == weeks[1] and (not year_aware or week[0] == weeks[0]),
        "month": here.month == there.month and (not year_aware or here.year == there.year),
        "year": here.year == there.year,
        "acrossrange": True,
    }[duplicates]


def nodes(said: Sequence[Said]) -> tuple[list[str], list[str]]:
    """Actors and concepts in the order of their names."""
    return sorted({one[0] for one in said}), sorted({one[1] for one in said})


def how_often(said: Sequence[Said], actor: str, concept: str, level: object) -> int:
    """How often an actor said a concept at a level."""
    return sum(one[:3] == (actor, concept, level) for one in said)


def one_mode(
    said: Sequence[Said], levels: Sequence[float], span: float, aggregation: str, how: str
) -> Matrix:
    """The one-mode matrix of the statements that count."""
    actors, concepts = nodes(said)

    def tie(a: str, b: str) -> float:
        total = 0.0
        for concept in concepts:
            for k in levels:
                for m in levels:
                    both = how_often(said, a, concept, k) * how_often(said, b, concept, m)
                    apart = abs(k - m) / span if span else 0.0
                    total += (
                        both
                        * {
                            "ignore": 1.0,
                            "congruence": 1.0 - apart,
                            "conflict": apart,
                            "subtract": 1.0 - 2 * apart,
                        }[aggregation]
                    )
        return total

    def divisor(a: str, b: str) -> float:
        mine, yours = (sum(one[0] == actor for one in said) for actor in (a, b))
        if how == "average":
            return (mine + yours) / 2
        if how == "cosine":
            return sqrt(mine * mine) * sqrt(yours * yours)
        total = 0.0
        for concept in concepts:
            for k in levels:
                m, y = how_often(said, a, concept, k), how_often(said, b, concept, k)
                total += m * y if m and y else m + y
        return total if how == "jaccard" else 1.0

    def cell(a: str, b: str) -> float:
        below = divisor(a, b)
        return tie(a, b) / below if a != b and below else 0.0

    return [[cell(a, b) for b in actors] for a in actors]


def two_mode(said: Sequence[Said], levels: Sequence[float], aggregation: str, how: str) -> Matrix:
    """The two-mode matrix of the statements that count."""
    actors, concepts = nodes(said)

    def cell(actor: str, concept: str) -> float:
        counts = [how_often(said, actor, concept, level) for level in levels]
        if aggregation == "ignore":
            return float(sum(counts))
        if aggregation == "subtract":
            return sum(level * count for level, count in zip(levels, counts, strict=True))
        bits = "".join("1" if count else "0" for count in counts)
        return float(int(bits, 2))

    cells = [[cell(actor, concept) for concept in concepts] for actor in actors]
    if how == "no":
        return cells
    if aggregation == "combine":
        below = [sum(value > 0 for value in row) for row in cells]
        return [[v / below[i] for v in row] for i, row in enumerate(cells)]
    place, names = (0, actors) if how == "activity" else (1, concepts)
    sums = [sum(one[place] == name for one in said) for name in names]
    return [
        [v / (sums[i] if how == "activity" else sums[j]) for j, v in enumerate(row)]
        for i, row in enumerate(cells)
    ]
