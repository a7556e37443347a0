"""Statements in the order of time, as arrays: what windows and kernels cut and weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from kg.errors import InputError
from kg.findings import counted
from kg.networks.counts import Counts, levels
from kg.networks.duplicates import keys
from kg.networks.events import COLUMN, RANK, ROW, TIME, VALUE, Events, Qualifier
from kg.networks.network import Floats, Indices, Node, in_order, sparse
from kg.networks.recipe import Recipe, check_qualifier


@dataclass(frozen=True)
class Timed:
    """Statements by time and rank; all arrays have one item for each statement.

    `row`, `column` and `level` are places in `rows`, `columns` and the qualifier's levels, `time`
    is in microseconds since 1970. Statements of the same `group` are duplicates of each other.
    """

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    row: Indices
    column: Indices
    level: Indices
    time: Indices
    group: Indices
    qualifier: Qualifier
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.time)

    def at(self, places: Indices) -> Timed:
        """The statements at `places`, in that order."""
        return replace(
            self,
            row=self.row[places],
            column=self.column[places],
            level=self.level[places],
            time=self.time[places],
            group=self.group[places],
        )

    def firsts(self) -> Timed:
        """Of each group of duplicates the first statement."""
        _, places = np.unique(self.group, return_index=True)
        return self.at(np.sort(places))

    def counts(self, weights: Floats | None = None, same_nodes: bool = True) -> Counts:
        """Counts of all statements, or sums of their `weights`.

        `same_nodes` keeps all rows and columns; else those without a statement are left out.
        """
        rows, row = _used(self.rows, self.row, same_nodes)
        columns, column = _used(self.columns, self.column, same_nodes)
        values = np.ones(len(self)) if weights is None else weights
        shape = (len(rows), len(columns))
        layers = []
        for level in range(len(self.qualifier.levels)):
            here = self.level == level
            layers.append(sparse(values[here], row[here], column[here], shape))
        return Counts(rows, columns, tuple(layers), self.qualifier, len(self), self.notes)


def timed(events: Events, recipe: Recipe) -> Timed:
    """The events that the recipe counts, before duplicates are left out.

    Statements without a date, and those without a value of the qualifier where it counts, are left
    out and noted. Raises `InputError` if none are left or the recipe needs a qualifier.
    """
    by_value = recipe.aggregation != "ignore" and events.qualifier.kind != "none"
    check_qualifier(events, recipe)
    frame, notes = _usable(events, by_value)
    if frame.is_empty():
        raise InputError("There is no dated statement to make networks of: check the filters")
    rows, row = _placed(frame[ROW], events.rows, recipe.isolates)
    columns, column = _placed(frame[COLUMN], events.columns, recipe.isolates)
    level = levels(frame[VALUE], events.qualifier)
    time = frame[TIME].cast(pl.Datetime("us")).to_physical().to_numpy()
    shared = keys(frame.schema, recipe.duplicates, by_value, not recipe.compatible)
    group = together([row, column, *map(_codes, frame.select(shared).get_columns())])
    return Timed(rows, columns, row, column, level, time, group, events.qualifier, notes)


def _usable(events: Events, by_value: bool) -> tuple[pl.DataFrame, tuple[str, ...]]:
    frame = events.frame.collect()
    dated = frame.filter(pl.col(TIME).is_not_null())
    valued = dated.filter(pl.col(VALUE).is_not_null()) if by_value else dated
    lost = [
        (len(frame) - len(dated), "date"),
        (len(dated) - len(valued), events.qualifier.name),
    ]
    left = [
        f"Left out for want of a {what}: {counted(many, 'statement')}"
        for many, what in lost
        if many
    ]
    return valued.sort(TIME, RANK), (*events.notes, *left)


def _placed(
    ids: pl.Series, nodes: Mapping[str, Node], isolates: bool
) -> tuple[tuple[Node, ...], Indices]:
    """The nodes in order, and the place of each statement's node among them."""
    words = ids.cast(pl.String)
    chosen = nodes.values() if isolates else (nodes[one] for one in words.unique().to_list())
    ordered = tuple(in_order(chosen))
    places = {node.id: number for number, node in enumerate(ordered)}
    return ordered, words.replace_strict(places, return_dtype=pl.Int64).to_numpy()


def _codes(column: pl.Series) -> Indices:
    return column.rank("dense").cast(pl.Int64).fill_null(0).to_numpy()


def together(keys: list[Indices]) -> Indices:
    """One number for each combination of keys.

    >>> together([np.array([0, 0, 1]), np.array([7, 8, 7])]).tolist()
    [0, 1, 2]
    """
    found: Indices = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        _, found = np.unique(found * (int(key.max()) + 1) + key, return_inverse=True)
    return found


def _used(
    nodes: tuple[Node, ...], places: Indices, all_nodes: bool
) -> tuple[tuple[Node, ...], npt.NDArray[np.int64]]:
    if all_nodes:
        return nodes, places
    kept, found = np.unique(places, return_inverse=True)
    return tuple(nodes[one] for one in kept.tolist()), found
