"""Networks in which a statement counts the less, the further it is from a moving point in time.

With z_t = K(u_t) the weight of statement t, u_t its distance from the point in half windows, a
two-mode cell is Σ_t z_t, and a one-mode tie

    Σ_j Σ_k Σ_k' s[k,k'] Σ_t Σ_t' √(z_t z_t')

over the statements t of i on concept j at level k and t' of i' on j at k' (s as the aggregation has
it). Since √(z_t z_t') = √z_t √z_t', the inner sums are (Σ_t √z_t)(Σ_t' √z_t'): the tie is the
ordinary one, with Σ √z_t in place of the number of statements, and no pair of statements has to be
looked at. The normalisations follow from there, as ⟨i,i'⟩ remains an inner product.

========================  ==============================
kernel                    K(u)
========================  ==============================
*uniform*                 1/2                  for |u| ≤ 1
*epanechnikov*            3/4 (1 - u²)         for |u| ≤ 1
*triangular*              1 - |u|              for |u| ≤ 1
*gaussian*                exp(-u²/2) / √(2π)   everywhere
========================  ==============================

These are the symmetric densities of kernel estimation (Silverman 1986, *Density Estimation for
Statistics and Data Analysis*, section 3.3). DNA 3.1.2 has |1 - u| for *triangular* and
3/4 (1 - u)² for *epanechnikov* (Exporter.java, zeta), with u > 0 for what was said before: a
statement weighs the more, the later it is, up to 2 and 3 at the end of the window, where it should
weigh nothing. It also cuts distances down to whole units, adds 1 to an odd size, and multiplies
*average* by Σ_j Σ_k 2 / (A[i,j,k] + A[i',j,k]) over all of time. `Recipe.compatible` does all this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from kg.errors import InputError
from kg.networks.counts import Counts
from kg.networks.events import Events
from kg.networks.network import Floats, Indices, Network
from kg.networks.recipe import Recipe, network_of
from kg.networks.timed import Timed, timed
from kg.networks.timescale import (
    LENGTHS,
    SECOND,
    UNITS,
    as_datetime,
    as_microseconds,
    check_unit,
    check_whole,
    later,
    moment,
    place,
)
from kg.networks.windows import Slice, check_number, moving, sliced

Kernel = Callable[[Floats], Floats]


def _within(weights: Kernel) -> Kernel:
    return lambda u: np.where(np.abs(u) <= 1.0, weights(u), 0.0)


def _gaussian(u: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * u * u) / np.sqrt(2.0 * np.pi), dtype=np.float64)


KERNELS: Mapping[str, Kernel] = {
    "uniform": _within(lambda u: np.full_like(u, 0.5)),
    "epanechnikov": _within(lambda u: 0.75 * (1.0 - u * u)),
    "triangular": _within(lambda u: 1.0 - np.abs(u)),
    "gaussian": _gaussian,
}
DNA_KERNELS: Mapping[str, Kernel] = {
    **KERNELS,
    "epanechnikov": _within(lambda u: 0.75 * (1.0 - u) * (1.0 - u)),
    "triangular": _within(lambda u: np.abs(1.0 - u)),
}


@dataclass(frozen=True)
class Smoothing:
    """A kernel and the whole width of its window, `size` units of the calendar.

    The point moves by `step` units from the first statement to the last; with `indent` from half a
    window after the first to half a window before the last, so that no window reaches beyond the
    statements. Raises `InputError` for unknown words and sizes below 1.
    """

    kernel: str
    unit: str
    size: int
    step: int = 1
    indent: bool = False

    def __post_init__(self) -> None:
        if self.kernel not in KERNELS:
            raise InputError(f"“{self.kernel}” is no kernel: use one of {', '.join(KERNELS)}")
        check_unit(self.unit, UNITS)
        check_whole("The size of a window", self.size)
        check_whole("The step of a window", self.step)


def smoothed(events: Events, recipe: Recipe, smoothing: Smoothing) -> tuple[Slice, ...]:
    """A network for each point in time, all with the same nodes.

    Raises `InputError` if there are no statements, if no point is left after indenting, or if the
    recipe divides or combines what cannot be divided or combined.
    """
    _check(events, recipe)
    statements = timed(events, recipe).firsts()
    if recipe.compatible:
        return _as_dna(statements, events, recipe, smoothing)
    where, half = place(statements.time, smoothing.unit), smoothing.size / 2.0
    inset = half if smoothing.indent else 0.0
    points = _points(where[0] + inset, where[-1] - inset, smoothing)
    spread = np.inf if smoothing.kernel == "gaussian" else half
    edges = (np.maximum(points - spread, where[0]), points, np.minimum(points + spread, where[-1]))
    times = np.column_stack([moment(edge, smoothing.unit) for edge in edges]).tolist()
    kernel, made = KERNELS[smoothing.kernel], _made(smoothing, smoothing.size)
    slices = []
    for point, (start, mid, end) in zip(points, times, strict=True):
        network = _weighed(statements, kernel((where - point) / half), events, recipe)
        slices.append(sliced(network, start, mid, end, made))
    return tuple(slices)


def _points(first: float, last: float, smoothing: Smoothing) -> Floats:
    if first > last:
        raise _too_short(smoothing)
    number = int((last - first) // smoothing.step) + 1
    check_number(number)
    return first + smoothing.step * np.arange(number, dtype=np.float64)


def _weighed(statements: Timed, weights: Floats, events: Events, recipe: Recipe) -> Network:
    """The network of statements that weigh something, each with its weight."""
    inside = np.flatnonzero(weights)
    parts = weights[inside] if recipe.mode == "twomode" else np.sqrt(weights[inside])
    return network_of(statements.at(inside).counts(parts), recipe, events)


def _made(smoothing: Smoothing, size: int) -> dict[str, str]:
    return {
        "kernel": smoothing.kernel,
        "window": f"{size} {smoothing.unit}",
        "step": str(smoothing.step),
    }


def _as_dna(
    statements: Timed, events: Events, recipe: Recipe, smoothing: Smoothing
) -> tuple[Slice, ...]:
    """As DNA 3.1.2 does it, but without its diagonal, where a node is tied to itself."""
    size, unit = smoothing.size + smoothing.size % 2, smoothing.unit
    factor = _dna_average(statements.counts()) if recipe.normalisation == "average" else None
    plain = replace(recipe, normalisation="no")
    slices = []
    for start, mid, end in _dna_times(statements, smoothing, size // 2):
        u = 2.0 * whole_units(statements.time, mid, unit) / size
        inside = (statements.time >= start) & (statements.time <= end)
        weights = np.where(inside, DNA_KERNELS[smoothing.kernel](u), 0.0)
        network = _weighed(statements, weights, events, plain)
        divided = network if factor is None else _multiplied(network, factor)
        slices.append(sliced(divided, start, mid, end, _made(smoothing, size)))
    return tuple(slices)


def _dna_times(statements: Timed, smoothing: Smoothing, half: int) -> list[tuple[int, int, int]]:
    """Start, middle and end of each window in microseconds, no further than the statements."""
    unit, begin, end = smoothing.unit, int(statements.time[0]), int(statements.time[-1])
    first, last = place(statements.time[[0, -1]], unit)
    inset = half if smoothing.indent else 0
    # A middle beyond all dates need not be computed to know that it is too late.
    if 2 * inset > last - first + 1:
        raise _too_short(smoothing)
    check_number(int(last - first) // smoothing.step)
    stop = later(as_datetime(end), -inset, unit)
    points = moving(later(as_datetime(begin), inset, unit), smoothing.step, unit)
    mids = [as_microseconds(point) for point in takewhile(lambda time: time <= stop, points)]
    if not mids:
        raise _too_short(smoothing)
    if smoothing.kernel == "gaussian" or half > last - first + 1:
        return [(begin, mid, end) for mid in mids]
    return [
        (max(begin, _moved(mid, -half, unit)), mid, min(end, _moved(mid, half, unit)))
        for mid in mids
    ]


def _moved(time: int, number: int, unit: str) -> int:
    return as_microseconds(later(as_datetime(time), number, unit))


def _multiplied(network: Network, factor: Floats) -> Network:
    cells = network.matrix.tocoo()
    cells.data = cells.data * factor[cells.row, cells.col]
    made = {**network.made, "normalisation": "average"}
    return replace(network, matrix=cells.tocsr(), made=made)


def _dna_average(counts: Counts) -> Floats:
    """Σ_j Σ_k 2 / (A[i,j,k] + A[i',j,k]), rows × rows, where that is no division by 0."""
    factor = np.zeros((len(counts.rows), len(counts.rows)))
    for layer in counts.layers:
        for said in layer.toarray().T:
            both = said[:, None] + said[None, :]
            factor += np.divide(2.0, both, out=np.zeros_like(both), where=both != 0)
    return factor


def whole_units(times: Indices, point: int, unit: str) -> Floats:
    """Whole units from each time to the point, below 0 after it, cut towards 0.

    As Java counts: of months and years by the day alone, as `Period.between` does.

    >>> whole_units(np.array([0, 40 * 86_400 * SECOND]), 59 * 86_400 * SECOND, "months").tolist()
    [2.0, 0.0]
    """
    if unit in LENGTHS:
        seconds = (point - times) // SECOND
        return np.trunc(seconds / (LENGTHS[unit] // SECOND))
    days = times.astype("datetime64[us]").astype("datetime64[D]")
    day = np.array([point]).astype("datetime64[us]").astype("datetime64[D]")
    months, rest = _months(day) - _months(days), _day_of_month(day) - _day_of_month(days)
    months = months - ((months > 0) & (rest < 0)) + ((months < 0) & (rest > 0))
    return np.trunc(months / (12 if unit == "years" else 1))


def _months(days: npt.NDArray[np.datetime64]) -> Indices:
    return np.asarray(days.astype("datetime64[M]"), dtype=np.int64)


def _day_of_month(days: npt.NDArray[np.datetime64]) -> Indices:
    first = days.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray((days - first).astype(np.int64), dtype=np.int64)


def _too_short(smoothing: Smoothing) -> InputError:
    return InputError(
        f"Indented by half a window of {smoothing.size} {smoothing.unit}, no point in time is "
        "left: take a smaller one, or do not indent"
    )


def _check(events: Events, recipe: Recipe) -> None:
    if recipe.aggregation == "combine":
        raise InputError(
            "Combine gives codes for sets of stances, which no kernel can weigh: use subtract"
        )
    if recipe.compatible and recipe.normalisation not in ("no", "average"):
        raise InputError(
            f"DNA has no {recipe.normalisation} for kernels: use no or average, "
            "or leave --dna-compatible"
        )
    if recipe.compatible and recipe.aggregation != "ignore" and events.qualifier.kind != "boolean":
        raise InputError(
            "DNA weighs levels by their place in a list here, which fits booleans only: "
            "use ignore, or leave --dna-compatible"
        )
