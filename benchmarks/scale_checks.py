"""What is asked of kg at scale, held against what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.scale_data import ALL, PAIRS
from benchmarks.scale_options import KG, OXIGRAPH, RDFLIB
from benchmarks.scale_results import (
    ASKING,
    FAST,
    FIRST,
    LOAD,
    LOADING,
    NOT_TRIED,
    SHAPES,
    STAGE,
    Measured,
    Results,
    Row,
)

MOST_OF_LOADING, MOST_OF_SHAPES = 1.3, 1.0
"""Times the baseline."""
MOST_SECONDS, MOST_SECONDS_OF_ALL = 0.5, 1.0
TIMES_FASTER = 100
BASELINE = Row(LOADING, LOAD, OXIGRAPH)


@dataclass(frozen=True)
class Check:
    """One requirement; `held` is None where it was not measured, `found` says what was."""

    text: str
    held: bool | None
    found: str = ""

    def line(self) -> str:
        """As it stands below the table."""
        verdict = "not measured" if self.held is None else "held" if self.held else "not held"
        return f"- **{verdict}**: {self.text}" + (f" ({self.found})" if self.found else "")


def checks(results: Results) -> list[Check]:
    """All requirements."""
    return [*_of_loading(results), *_of_asking(results), *_beside_rdflib(results), _growth(results)]


def _of_loading(results: Results) -> Iterator[Check]:
    size = max(results.sizes)
    base = results.find(BASELINE, size)
    for stage, most in ((STAGE, MOST_OF_LOADING), (SHAPES, MOST_OF_SHAPES)):
        times = f"{most} × Oxigraph's bulk load at {size:,} positions"
        text = f"kg's stage “{stage}” takes at most {times}"
        found = results.find(Row(LOADING, stage, KG), size)
        if not (base and base.median and found and found.median):
            yield Check(text, None)
            continue
        ratio = found.median / base.median
        yield Check(text, ratio <= most, f"{ratio:.2f} ×")


def _of_asking(results: Results) -> Iterator[Check]:
    size = max(results.sizes)
    for what in (*PAIRS, ALL):
        most = MOST_SECONDS_OF_ALL if what == ALL else MOST_SECONDS
        text = f"{what} in less than {most} s at {size:,} positions"
        found = results.find(Row(ASKING, what, FAST), size)
        if found == NOT_TRIED:
            yield Check(text, False, "not tried: it took too long at a smaller size")
        elif found is None or found.least is None:
            yield Check(text, None)
        elif found.median is None:
            yield Check(text, False, f"more than {found.least:.0f} s")
        else:
            yield Check(text, found.median < most, f"{found.median:.3f} s")


def _beside_rdflib(results: Results) -> Iterator[Check]:
    """At the largest size at which rdflib was tried, whether it ended or not."""
    for what in (*PAIRS, ALL):
        text = f"{what} at least {TIMES_FASTER} times faster than rdflib"
        theirs = Row(ASKING, what, RDFLIB)
        tried = [size for size in results.sizes if _least(results.find(theirs, size))]
        if not tried:
            yield Check(text, None)
            continue
        size = max(tried)
        ours = results.find(Row(ASKING, what, FAST), size)
        yield _faster(f"{text} at {size:,} positions", ours, results.find(theirs, size))


def _faster(text: str, ours: Measured | None, theirs: Measured | None) -> Check:
    least = _least(theirs)
    if ours is None or not ours.median or theirs is None or not least:
        return Check(text, None)
    times = least / ours.median
    if theirs.median is None and times < TIMES_FASTER:
        return Check(text, None, f"at least {times:,.0f} times; rdflib reached its limit")
    word = "at least " if theirs.median is None else ""
    return Check(text, times >= TIMES_FASTER, f"{word}{times:,.0f} times")


def _growth(results: Results) -> Check:
    """Each row of kg grows no faster than the data."""
    small, large = min(results.sizes), max(results.sizes)
    wanted = large / small
    text = f"each row of kg grows no more than the data from {small:,} to {large:,} positions"
    found = {row: _times(results, row, small, large) for row in _rows_of_kg(results, small, large)}
    grown = {row: times for row, times in found.items() if times}
    over = {row: times for row, times in grown.items() if times > wanted}
    if small == large or not grown or (len(grown) < len(found) and not over):
        return Check(text, None, "not every row has a time at both")
    worst = max(grown, key=lambda row: grown[row])
    shown = over or {worst: grown[worst]}
    listed = "; ".join(f"{row.what}, {row.engine}: {times:.1f} ×" for row, times in shown.items())
    return Check(text, not over, f"{'too much' if over else 'the most'}: {listed}")


def _rows_of_kg(results: Results, *sizes: int) -> list[Row]:
    """Those that are there at all these sizes: a stage may be needed for large data alone."""
    loads = [row for row in results.rows(LOADING) if row.engine == KG]
    asked = [row for row in results.rows(ASKING) if row.engine in (FAST, FIRST)]
    return [row for row in loads + asked if all(results.find(row, size) for size in sizes)]


def _times(results: Results, row: Row, small: int, large: int) -> float | None:
    """How many times as long it takes; where it reached its limit, only if that is too long."""
    first, last = results.find(row, small), results.find(row, large)
    if not (first and first.median and last and last.least):
        return None
    times = last.least / first.median
    return times if last.seconds or times > large / small else None


def _least(one: Measured | None) -> float | None:
    return one.least if one else None
