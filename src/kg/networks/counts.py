"""Counting statements: actors × concepts, one sparse layer for each level of the qualifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl
import scipy.sparse as sp

from kg.findings import counted
from kg.networks.duplicates import without_duplicates
from kg.networks.events import COLUMN, RANK, ROW, VALUE, Events, Qualifier
from kg.networks.network import Floats, Indices, Node, in_order, sparse


@dataclass(frozen=True)
class Counts:
    """How often each actor said each concept at each level.

    `layers[k]` has rows × columns and holds A[i, j, k], the number of statements of actor i on
    concept j with level k of the qualifier. Nodes stand in the order of their labels.
    """

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    layers: tuple[sp.csr_array, ...]
    qualifier: Qualifier
    statements: int
    notes: tuple[str, ...] = ()

    def total(self) -> sp.csr_array:
        """Statements of any level, rows × columns."""
        return sum(self.layers[1:], start=self.layers[0])

    def activity(self) -> Floats:
        """How many statements each row made."""
        return np.asarray(self.total().sum(axis=1), dtype=np.float64)

    def transposed(self) -> Counts:
        """Concepts as rows and actors as columns."""
        layers = tuple(layer.T.tocsr() for layer in self.layers)
        return replace(self, rows=self.columns, columns=self.rows, layers=layers)


def count(
    events: Events,
    duplicates: str = "include",
    by_value: bool = True,
    year_aware: bool = True,
    isolates: bool = False,
) -> Counts:
    """Count the events that `duplicates` lets count (see `kg.networks.duplicates`).

    `by_value` is False where the qualifier is ignored. Statements without a value of the qualifier
    count only there; how many are left out is noted. `isolates` keeps nodes without a statement.
    """
    frame, notes = events.frame, events.notes
    if by_value and events.qualifier.kind != "none":
        frame, notes = _valued(events)
    counted = without_duplicates(frame, duplicates, by_value, year_aware)
    cells = counted.group_by(ROW, COLUMN, VALUE).agg(pl.len().alias("count")).collect()
    rows, row_codes = _indexed(cells[ROW], events.rows, isolates)
    columns, column_codes = _indexed(cells[COLUMN], events.columns, isolates)
    sizes = cells["count"].cast(pl.Float64).to_numpy()
    shape = (len(rows), len(columns))
    found = levels(cells[VALUE], events.qualifier)
    layers = tuple(
        _layer(row_codes, column_codes, sizes, found == level, shape)
        for level in range(len(events.qualifier.levels))
    )
    return Counts(rows, columns, layers, events.qualifier, int(sizes.sum()), notes)


def _valued(events: Events) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    """The events that have a value of the qualifier, and a note on those that have none."""
    has = pl.col(VALUE).is_not_null()
    # By rank: a position that counts for two actors is one.
    left = events.frame.select(pl.col(RANK).filter(~has).n_unique()).collect().item()
    frame = events.frame.filter(has)
    if not left:
        return frame, events.notes
    note = f"Left out for want of a {events.qualifier.name}: {counted(left, 'statement')}"
    return frame, (*events.notes, note)


def _indexed(
    found: pl.Series, nodes: Mapping[str, Node], isolates: bool
) -> tuple[tuple[Node, ...], Indices]:
    """The nodes in order, and the index of each cell's node."""
    codes, places = np.unique(found.to_physical().to_numpy(), return_inverse=True)
    physical = found.to_physical()
    words = dict(zip(physical.to_list(), found.cast(pl.String).to_list(), strict=True))
    used = [words[int(code)] for code in codes]
    ordered = in_order(nodes.values() if isolates else (nodes[one] for one in used))
    place = {node.id: number for number, node in enumerate(ordered)}
    order = np.array([place[one] for one in used], dtype=np.int64)
    return tuple(ordered), order[places] if len(codes) else np.zeros(0, dtype=np.int64)


def levels(values: pl.Series, qualifier: Qualifier) -> Indices:
    """The level of each value, as its number; what has no level has the first."""
    if qualifier.kind == "none":
        return np.zeros(len(values), dtype=np.int64)
    numbers = {level: number for number, level in enumerate(qualifier.levels)}
    known = values.cast(pl.String) if qualifier.kind == "category" else values
    return known.replace_strict(numbers, default=0, return_dtype=pl.Int64).to_numpy()


def _layer(
    rows: Indices,
    columns: Indices,
    sizes: Floats,
    chosen: npt.NDArray[np.bool_],
    shape: tuple[int, int],
) -> sp.csr_array:
    return sparse(sizes[chosen], rows[chosen], columns[chosen], shape)
