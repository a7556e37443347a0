"""What a coefficient of agreement gives: a number, or nothing and the reason."""

from __future__ import annotations

from dataclasses import dataclass

NO_UNITS = "no unit has values of both coders"
NO_VARIATION = "not defined: all values are the same, so chance alone would agree"


@dataclass(frozen=True)
class Coefficient:
    """A coefficient; 1 is perfect agreement, 0 what chance gives. None has a note that says why."""

    value: float | None
    note: str = ""
