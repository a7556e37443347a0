"""The time axis of windows and kernels: units from seconds to years, and places on it.

Times are microseconds since 1970, without a time zone, as the events have them. A place is a number
of units: 2.5 on the axis of months is the middle of March 1970. Months and years are as long as the
calendar has them, so that whole numbers are first days; weeks begin on Monday (ISO 8601).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from kg.errors import InputError
from kg.findings import suggest
from kg.networks.network import Floats, Indices

Calendar: TypeAlias = Literal["M", "Y"]

EPOCH = datetime(1970, 1, 1)
SECOND = 1_000_000
DAY = 86_400 * SECOND
# 1 January 1970 was a Thursday.
MONDAY = 3 * DAY
LENGTHS: Mapping[str, int] = {
    "seconds": SECOND,
    "minutes": 60 * SECOND,
    "hours": 3600 * SECOND,
    "days": DAY,
    "weeks": 7 * DAY,
}
CALENDAR: Mapping[str, Calendar] = {"months": "M", "years": "Y"}
UNITS = (*LENGTHS, *CALENDAR)


def place(times: Indices, unit: str) -> Floats:
    """Where times (microseconds) are on the axis of a unit.

    >>> place(np.array([45 * DAY]), "months").round(3).tolist()  # 15 February 1970
    [1.5]
    """
    if unit in LENGTHS:
        since = times + (MONDAY if unit == "weeks" else 0)
        return np.asarray(since / LENGTHS[unit], dtype=np.float64)
    whole = times.astype("datetime64[us]").astype(f"datetime64[{CALENDAR[unit]}]")
    begin, end = _microseconds(whole), _microseconds(whole + 1)
    return np.asarray(whole.astype(np.int64) + (times - begin) / (end - begin), dtype=np.float64)


def moment(places: Floats, unit: str) -> Indices:
    """The times (microseconds) at places on the axis of a unit; the inverse of `place`.

    >>> moment(np.array([1.5]), "months").tolist() == [45 * DAY]
    True
    """
    if unit in LENGTHS:
        times = np.rint(places * LENGTHS[unit]).astype(np.int64)
        return times - (MONDAY if unit == "weeks" else 0)
    floor = np.floor(places)
    whole = floor.astype(np.int64).astype(f"datetime64[{CALENDAR[unit]}]")
    begin, end = _microseconds(whole), _microseconds(whole + 1)
    return begin + np.rint((places - floor) * (end - begin)).astype(np.int64)


def _microseconds(whole: npt.NDArray[np.datetime64]) -> Indices:
    return whole.astype("datetime64[us]").astype(np.int64)


def as_datetime(time: int) -> datetime:
    """A time of the axis as date and time of day."""
    return EPOCH + timedelta(microseconds=time)


def as_microseconds(time: datetime) -> int:
    """A date and time of day as a time of the axis."""
    return (time - EPOCH) // timedelta(microseconds=1)


def later(time: datetime, number: int, unit: str) -> datetime:
    """`number` units after (before, if negative) a time, as Java's LocalDateTime counts.

    A day that the month does not have becomes its last.

    >>> later(datetime(2021, 1, 31), 1, "months")
    datetime.datetime(2021, 2, 28, 0, 0)
    """
    if unit in LENGTHS:
        return time + timedelta(microseconds=number * LENGTHS[unit])
    months = time.year * 12 + time.month - 1 + number * (12 if unit == "years" else 1)
    year, month = months // 12, months % 12 + 1
    return time.replace(year=year, month=month, day=min(time.day, monthrange(year, month)[1]))


def check_unit(unit: str, units: tuple[str, ...]) -> None:
    """Raise `InputError` unless `unit` is one of `units`."""
    if unit not in units:
        near = suggest(unit, units, most=1)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(units)}"
        raise InputError(f"“{unit}” is no unit of time; {hint}")


def check_whole(what: str, number: int, least: int = 1) -> None:
    """Raise `InputError` unless `number` is at least `least`."""
    if number < least:
        raise InputError(f"{what} must be at least {least}, not {number}")
