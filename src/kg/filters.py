"""Which positions are looked at: by time, meeting, issue, body, basis, status, confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

import polars as pl

ACCEPTED = "accepted"
PROPOSED = "proposed"
# The columns of the statement table that a filter of words looks at.
_COLUMNS: Mapping[str, str] = {
    "meetings": "meeting",
    "issues": "issue",
    "bodies": "body",
    "basis": "basis",
    "status": "status",
    "confidence": "confidence",
}


@dataclass(frozen=True)
class Filters:
    """What a position must be like; an empty tuple or None asks for nothing.

    `since` and `until` are included. Meetings, issues and bodies are IRIs; a position is one of a
    body when it counts for it (its holder, or the body that its holder represents). Superseded
    positions drop out, unless `history` is set: those that a position of a status that counts
    revises.
    """

    since: date | None = None
    until: date | None = None
    meetings: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    status: tuple[str, ...] = (ACCEPTED,)
    confidence: tuple[str, ...] = ()
    history: bool = False

    def apply(self, statements: pl.LazyFrame) -> pl.LazyFrame:
        """The rows of a statement table that pass."""
        return statements.filter(*self._conditions())

    def said(self) -> Mapping[str, str]:
        """The filters that ask for something, in words, for the caption of a network."""
        words: dict[str, str] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value and value != (ACCEPTED,):
                shown = ", ".join(value) if isinstance(value, tuple) else str(value)
                words[one.name] = "yes" if value is True else shown
        return words

    def _conditions(self) -> list[pl.Expr]:
        conditions = [
            pl.col(column).is_in(getattr(self, name))
            for name, column in _COLUMNS.items()
            if getattr(self, name)
        ]
        if self.since:
            conditions.append(pl.col("date") >= self.since)
        if self.until:
            conditions.append(pl.col("date") <= self.until)
        if not self.history:
            counting = [ACCEPTED, *([PROPOSED] if PROPOSED in self.status else [])]
            conditions.append(~pl.col("revised").is_in(counting))
        return conditions or [pl.lit(True)]


EVERYTHING_ACCEPTED = Filters()
"""What is looked at where nothing else is asked for."""
