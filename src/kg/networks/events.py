"""Events: who said what of which concept, how, when and where; what every network is counted from.

An event list is how discourse network analysis sees a text (Leifeld 2017,
doi:10.1093/oxfordhb/9780190228217.013.25): one row for each statement, with an actor, a concept and
a qualifier. It comes from the statement table of a build or straight from a DNA database, and all
that follows does not know from which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np
import polars as pl

from kg.networks.network import Floats, Node

QualifierKind: TypeAlias = Literal["boolean", "number", "category", "none"]

ROW, COLUMN, VALUE, DOCUMENT, TIME = "row", "column", "value", "document", "time"
# The order in which statements count, so that of duplicates the first one is kept: date, document,
# place in it. `rank` is the place of a row in that order.
RANK = "rank"


@dataclass(frozen=True)
class Qualifier:
    """The levels that tell statements on one concept apart.

    *boolean*: levels -1 (against) and 1 (for). *number*: the numbers in use, in order; `span` is
    the length of their scale. *category*: words without order. *none*: one level, nothing told
    apart.
    """

    name: str
    kind: QualifierKind
    levels: tuple[float | str, ...]
    span: float = 1.0

    def distances(self) -> Floats:
        """How far two levels are from each other, levels × levels, from 0 to 1 (the whole span).

        >>> Qualifier("pole", "boolean", (-1.0, 1.0), span=2.0).distances().tolist()
        [[0.0, 1.0], [1.0, 0.0]]
        """
        if self.kind in ("category", "none"):
            return 1.0 - np.eye(len(self.levels))
        values = np.array(self.levels, dtype=np.float64)
        apart = np.abs(values[:, None] - values[None, :])
        return apart / self.span if self.span else np.zeros_like(apart)

    def weights(self) -> Floats:
        """What a statement of each level adds where opposition is subtracted from support.

        Booleans add -1 or 1, numbers their value, categories 1, since none of them is negative.
        """
        if self.kind in ("category", "none"):
            return np.ones(len(self.levels))
        return np.array(self.levels, dtype=np.float64)


NO_QUALIFIER = Qualifier("", "none", (0.0,))
POLE = Qualifier("pole", "boolean", (-1.0, 1.0), span=2.0)


@dataclass(frozen=True)
class Events:
    """Statements as a frame with the columns row, column, value, document, time and rank.

    `row` and `column` hold ids of nodes (categories), `value` a level of the qualifier or null,
    `document` what tells documents apart, `time` a date and time. `every_row` and `every_column`
    say what each id is, in every statement before filters. Events without a node on either side
    are not in here; `notes` tell of what is missing.
    """

    frame: pl.LazyFrame
    rows: Mapping[str, Node]
    columns: Mapping[str, Node]
    qualifier: Qualifier
    row_variable: str
    column_variable: str
    notes: tuple[str, ...] = ()
    made: Mapping[str, str] = field(default_factory=dict)

    def between(self, start: object, stop: object) -> Events:
        """The events from `start` to `stop`, both included (dates with time)."""
        kept = self.frame.filter(pl.col(TIME).is_between(pl.lit(start), pl.lit(stop)))
        return replace(self, frame=kept)
