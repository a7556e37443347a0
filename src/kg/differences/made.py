"""The files that a large table has besides: where each body stands, and how often two differ."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl
from ibis.expr.types import Table

from kg.differences.asked import compiled
from kg.differences.on_duckdb import read, settings
from kg.differences.pairs import all_pairs
from kg.differences.standings import all_standings
from kg.table import NODES, PAIRS, RELATIONS, ROWS_OF_GROUP, STANDINGS, STATEMENTS, to_parquet


def make_files(folder: Path) -> None:
    """Write the files into the folder of a table; the same table gives the same bytes."""
    with (
        TemporaryDirectory(prefix=".made-", dir=folder) as scratch,
        duckdb.connect(config=settings(scratch)) as connection,
    ):
        for name in (STATEMENTS, NODES, RELATIONS):
            read(connection, folder, name)
        for name, made in ((STANDINGS, all_standings()), (PAIRS, all_pairs())):
            _write(connection, made, folder / name, Path(scratch) / name)
            read(connection, folder, name)


def _write(connection: duckdb.DuckDBPyConnection, made: Table, file: Path, scratch: Path) -> None:
    """Write a file by way of another, whose rows stand as DuckDB's threads have come to them."""
    connection.sql(compiled(made, "duckdb").text).write_parquet(str(scratch))
    ordered = pl.scan_parquet(scratch).sort(made.columns, nulls_last=True)
    file.write_bytes(to_parquet(ordered, ROWS_OF_GROUP))
