"""The statement table as a folder of many files, one a year, for engines on many machines.

The layout is that of Hive, which DuckDB, Polars and Spark read: the folder ``statements`` has
``year=2021/part-0.parquet`` and the like, and ``year=__HIVE_DEFAULT_PARTITION__`` for what has no
date; the other files of the table stand beside it, as in a build.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kg.folders import staged
from kg.table import STATEMENTS, Table, to_parquet, write_beside

FOLDER = Path(STATEMENTS).stem
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


def write_partitions(table: Table, target: Path) -> int:
    """Write a table into a new or empty folder, whole or not at all; gives the number of parts.

    The same table gives the same bytes. One year at a time is held in memory. Raises `OutputError`
    as `kg.folders.staged` does.
    """
    year = pl.col("date").dt.year()
    # As plain texts: the words of all years would stand in the file of each.
    statements = table.statements.with_columns(pl.col(pl.Categorical).cast(pl.String))
    with staged(target) as staging:
        years = table.statements.select(year.unique().sort()).collect()["date"].to_list()
        years = years or [None]  # a file without rows still says which columns there are
        for one in years:
            part = staging / FOLDER / f"year={_NO_YEAR if one is None else one}"
            part.mkdir(parents=True)
            rows = statements.filter(year.eq_missing(pl.lit(one, dtype=pl.Int32)))
            (part / "part-0.parquet").write_bytes(to_parquet(rows))
        write_beside(table, staging)
    return len(years)
