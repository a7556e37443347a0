"""`kg export table`: the statement table in parts, for engines on many machines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import StoreOption, clear_errors, literal, opened, stderr
from kg.findings import counted

FolderOption = Annotated[
    Path, typer.Option("--output", "-o", help="A new or empty folder for the table.")
]


def export_table_command(output: FolderOption, store: StoreOption = None) -> None:
    """Write the statement table as a folder of Parquet files, one a year.

    DuckDB, Polars and Spark read it; `kg query --engine spark --table FOLDER` asks it.

    Example: kg export table -o table
    """
    with clear_errors():
        # Here, since Polars takes long to import.
        from kg.partitions import write_partitions

        parts = write_partitions(opened(store).table(), output)
        stderr.print(f"Wrote {literal(str(output))}: positions of {counted(parts, 'year')}")
