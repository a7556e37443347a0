"""Networks of a window that moves through time: by number of statements, or by the calendar.

*Events*: with the statements in the order of time, each window holds `size` of them, and the next
begins `step` statements later. *seconds* … *years*: each window spans `size` whole units of the
calendar, its beginning included and its end not, and the next begins `step` units later; the first
begins with the unit of the first statement, and the last ends with that of the last.

What DNA 3.1.2 does differently, and what `Recipe.compatible` follows (Exporter.java,
computeTimeWindowMatrices):

- By events, a window has 2⌊size/2⌋ + 1 statements: an even size becomes the next odd one. Of
  statements at the time of a window's first or last, DNA draws anew for each window, with no seed,
  and where that is also the time of its middle, the middle and its neighbours may count twice. Here
  statements of one time are shuffled once, with a seed, and then none counts twice.
- By calendar, a window reaches ⌊size/2⌋ units to either side of a moving point, both ends included:
  *2 days* are 2 days and an instant, and so are *3 days*; *1 day* is an instant.
- Duplicates are left out before the windows are cut, so that a statement repeated within a month is
  missing from a later week of it. This is the rule here too, unless `duplicates_in` is *window*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

import numpy as np

from kg.errors import InputError
from kg.networks.events import Events
from kg.networks.network import Indices, Network
from kg.networks.recipe import Recipe, network_of
from kg.networks.timed import Timed, timed
from kg.networks.timescale import (
    UNITS,
    as_datetime,
    as_microseconds,
    check_unit,
    check_whole,
    later,
    moment,
    place,
)

WINDOW_UNITS = ("events", *UNITS)
TIES = ("shuffle", "order", "all")
"""Which statements of one time come first in a window by events: *shuffle* draws, *order* takes
them in the order of documents and places in them, *all* widens the window to hold all of them."""
DUPLICATES_IN = ("range", "window")
MOST_SLICES = 100_000


@dataclass(frozen=True)
class Window:
    """A moving window of `size` units; see the head of this module.

    `seed` is for ties that are shuffled. `same_nodes` gives every slice the same nodes, those of
    all statements; else each has those with a statement in it. (A recipe with `isolates` gives each
    slice every node there is.) Raises `InputError` for unknown words and sizes below 1.
    """

    unit: str
    size: int
    step: int = 1
    ties: str = "shuffle"
    seed: int = 0
    same_nodes: bool = False
    duplicates_in: str = "range"

    def __post_init__(self) -> None:
        check_unit(self.unit, WINDOW_UNITS)
        check_whole("The size of a window", self.size)
        check_whole("The step of a window", self.step)
        check_whole("The seed", self.seed, 0)
        for word, words in ((self.ties, TIES), (self.duplicates_in, DUPLICATES_IN)):
            if word not in words:
                raise InputError(f"“{word}” is not known: use one of {', '.join(words)}")


@dataclass(frozen=True)
class Slice:
    """A network of the time from `start` to `end`, about `mid`.

    By events, these are the times of the first, middle and last statement. By calendar, `end` is
    where the window ends, itself not included.
    """

    start: datetime
    mid: datetime
    end: datetime
    network: Network


@dataclass(frozen=True)
class _Span:
    """A window: the statements from `first` up to `stop`, and its times in microseconds."""

    first: int
    stop: int
    start: int
    mid: int
    end: int


def windows(events: Events, recipe: Recipe, window: Window) -> tuple[Slice, ...]:
    """A network for each place of the window, in the order of time.

    Raises `InputError` if there are no statements, or none of the windows fits among them.
    """
    whole = timed(events, recipe)
    statements = whole.firsts() if window.duplicates_in == "range" else whole
    if window.unit == "events":
        statements, spans = _by_events(statements, window, recipe.compatible)
    else:
        spans = (_compatible if recipe.compatible else _by_calendar)(statements, window)
    return tuple(_slice(statements, span, events, recipe, window) for span in spans)


def _slice(statements: Timed, span: _Span, events: Events, recipe: Recipe, window: Window) -> Slice:
    inside = statements.at(np.arange(span.first, span.stop))
    counted = inside.firsts() if window.duplicates_in == "window" else inside
    same = window.same_nodes or recipe.isolates
    network = network_of(counted.counts(same_nodes=same), recipe, events)
    made = {"window": f"{window.size} {window.unit}", "step": str(window.step)}
    return sliced(network, span.start, span.mid, span.end, made)


def sliced(network: Network, start: int, mid: int, end: int, made: dict[str, str]) -> Slice:
    """A network as a slice of time (microseconds), and in its `made` how it was cut."""
    times = {"start": start, "mid": mid, "end": end}
    dates = {name: as_datetime(time) for name, time in times.items()}
    said = {name: date.isoformat(sep=" ") for name, date in dates.items()}
    whole = replace(network, made={**network.made, **made, **said})
    return Slice(dates["start"], dates["mid"], dates["end"], whole)


def _by_events(
    statements: Timed, window: Window, compatible: bool
) -> tuple[Timed, tuple[_Span, ...]]:
    size = window.size // 2 * 2 + 1 if compatible else window.size
    if size > len(statements):
        raise InputError(
            f"There are {len(statements)} statements, so no window of {size} fits: "
            "take a smaller one"
        )
    if window.ties == "shuffle":
        draw = np.random.default_rng(window.seed).random(len(statements))
        statements = statements.at(np.lexsort((draw, statements.time)))
    starts = np.arange(0, len(statements) - size + 1, window.step)
    check_number(len(starts))
    stops, time = starts + size, statements.time
    middle, last = time[starts + size // 2], time[stops - 1]
    firsts = starts
    if window.ties == "all":
        firsts = np.searchsorted(time, time[starts], side="left")
        stops = np.searchsorted(time, last, side="right")
    return statements, _spans(firsts, stops, time[starts], middle, last)


def _by_calendar(statements: Timed, window: Window) -> tuple[_Span, ...]:
    first, last = np.floor(place(statements.time[[0, -1]], window.unit))
    if last + 1 - first < window.size:
        raise _too_short(window, int(last + 1 - first))
    number = int((last + 1 - first - window.size) // window.step) + 1
    check_number(number)
    begins = first + np.arange(number) * window.step
    edges = [moment(begins + part * window.size, window.unit) for part in (0.0, 0.5, 1.0)]
    start, mid, end = edges
    inside = [np.searchsorted(statements.time, edge, side="left") for edge in (start, end)]
    return _spans(*inside, start, mid, end)


def _compatible(statements: Timed, window: Window) -> tuple[_Span, ...]:
    """The windows of DNA: closed on both sides, about points that move from the first statement."""
    half = window.size // 2
    ends = place(statements.time[[0, -1]], window.unit)
    if 2 * half > ends[1] - ends[0] + 1:
        raise _too_short(window, int(ends[1] - ends[0]) + 1)
    check_number(int(ends[1] - ends[0]) // window.step)
    first, last = (as_datetime(int(time)) for time in statements.time[[0, -1]])
    edges = [
        [as_microseconds(time) for time in (start, mid, end)]
        for mid in takewhile(lambda time: time <= last, moving(first, window.step, window.unit))
        for start, end in [(later(mid, -half, window.unit), later(mid, half, window.unit))]
        if first <= start and end <= last
    ]
    if not edges:
        raise _too_short(window, int(ends[1] - ends[0]) + 1)
    start, mid, end = np.array(edges, dtype=np.int64).T
    firsts = np.searchsorted(statements.time, start, side="left")
    return _spans(firsts, np.searchsorted(statements.time, end, side="right"), start, mid, end)


def moving(time: datetime, step: int, unit: str) -> Iterator[datetime]:
    """A time, and those `step` units after the one before, as DNA moves on."""
    while True:
        yield time
        time = later(time, step, unit)


def _spans(*columns: Indices) -> tuple[_Span, ...]:
    return tuple(_Span(*row) for row in np.column_stack(columns).tolist())


def _too_short(window: Window, span: int) -> InputError:
    unit = window.unit.removesuffix("s") if span == 1 else window.unit
    return InputError(
        f"The statements span {span} {unit}, so no window of {window.size} fits: take a smaller one"
    )


def check_number(slices: int) -> None:
    """Raise `InputError` if there would be more networks than anyone can want."""
    if slices > MOST_SLICES:
        raise InputError(
            f"That makes {slices} networks, more than {MOST_SLICES}: take a longer step or unit"
        )
