"""The statement table of a large store, made part by part on all cores.

The table is the same as `kg.table.make_table` makes, and where a store cannot be taken apart that
makes it. In memory are the table itself (0.5 KB a position) and in each process one part.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kg.graph_file import Stretch, stretches
from kg.parts import BYTES_OF_PART, Whole, overlapping
from kg.store import EmbeddedStore
from kg.table import SCHEMA, Table, ask_rows, make_table, table_of
from kg.workers import spread

_ORDER = ("date", "meeting", "sequence", "position")
_PARTS_OF_TURN = 4
"""So many parts are made one after the other: what they all refer to is then read once."""


def make_large_table(
    file: Path, folder: Path, workers: int = 1, size: int = BYTES_OF_PART
) -> Table:
    """The table of a graph, given its file and its store; parts are of about so many bytes.

    Raises `StoreError` where they cannot be read.
    """
    store = EmbeddedStore.open(folder)
    found = stretches(file, size)
    rows = _rows(file, folder, found, workers) if len(found) > 1 else None
    return make_table(store) if rows is None else table_of(rows, store)


def _rows(file: Path, folder: Path, found: Sequence[Stretch], workers: int) -> pl.DataFrame | None:
    """The rows of all parts, as one query would give them; None where these are not all."""
    turns = [found[at : at + _PARTS_OF_TURN] for at in range(0, len(found), _PARTS_OF_TURN)]
    made: list[_Rows] = []
    for one in spread(partial(_rows_of_parts, file, folder), turns, workers):
        if one is None:
            return None
        made.append(one)
    if overlapping(one.subjects for one in made):
        return None
    rows, revisions = (
        pl.concat(frames)
        for frames in ([one.rows for one in made], [one.revisions for one in made])
    )
    return _revised(rows, revisions)


class _Rows(NamedTuple):
    """The rows of some parts, without what revises them, and what `Part` tells of these."""

    rows: pl.DataFrame
    revisions: pl.DataFrame
    subjects: pl.Series


def _rows_of_parts(file: Path, folder: Path, found: Sequence[Stretch]) -> _Rows | None:
    whole = Whole(file, folder)
    made = []
    for stretch in found:
        part = whole.part(stretch)
        if not part.closed:
            return None
        made.append(_Rows(ask_rows(part.store), part.revisions, part.subjects))
    rows, revisions, subjects = zip(*made, strict=True)
    return _Rows(pl.concat(rows), pl.concat(revisions), pl.concat(subjects))


def _revised(rows: pl.DataFrame, revisions: pl.DataFrame) -> pl.DataFrame | None:
    """The rows in order, with the best status of what revises them; None where that is no row."""
    status = rows.select(later="position", revised=pl.col("status").cast(pl.String))
    known = revisions.join(status, on="later", how="left")
    if known["revised"].null_count():
        return None
    best = known.group_by("position").agg(pl.col("revised").min().cast(SCHEMA["revised"]))
    columns = rows.columns
    with_best = rows.drop("revised").join(best, on="position", how="left").select(columns)
    return with_best.sort(*(pl.col(name).cast(_TEXT.get(name, SCHEMA[name])) for name in _ORDER))


_TEXT = {"meeting": pl.String}  # sorted as text, not as the numbers by which words are stored
