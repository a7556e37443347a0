"""The options of `kg query` that say what answers: SPARQL, or DuckDB or Spark from the table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kg.build import Build
from kg.cli.common import choice
from kg.errors import InputError
from kg.opened import Opened
from kg.site import FROM_TABLE, Differences

AUTO, SPARQL, DUCKDB, SPARK = ENGINES = ("auto", "sparql", "duckdb", "spark")
LOCAL = "local[*]"

EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        help=f"One of {', '.join(ENGINES)}. duckdb and spark answer {' and '.join(FROM_TABLE)} "
        "from the statement table; auto takes duckdb for those where the build is large.",
        callback=choice(ENGINES),
    ),
]
MasterOption = Annotated[
    str, typer.Option("--master", help="Of --engine spark: the cluster's address.")
]
TableOption = Annotated[
    str | None,
    typer.Option(
        "--table",
        help="Of --engine duckdb or spark: the folder of “kg export table”, also on a file system "
        "of the cluster. Without it: the build's own table. Names are still looked up in --store.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Engine:
    """What the user wants to answer a query."""

    name: str
    master: str
    table: str | None

    def differences(self, query: str, made: Opened) -> Differences | None:
        """What answers a query instead of SPARQL; None for SPARQL.

        Raises `InputError` where the engine cannot answer it.
        """
        if self.name not in (DUCKDB, SPARK) and self.table:
            raise InputError("--table belongs to --engine duckdb or spark: name one of them")
        if self.name != SPARK and self.master != LOCAL:
            raise InputError("--master belongs to --engine spark: name it")
        if self.name == AUTO and query in FROM_TABLE:
            return made.differences()
        if self.name in (AUTO, SPARQL):
            return None
        if query not in FROM_TABLE:
            raise InputError(
                f"The engine {self.name} answers {' and '.join(FROM_TABLE)} alone: ask {query} "
                "without --engine"
            )
        return self._of(made)

    def _of(self, made: Opened) -> Differences:
        # Here, since Ibis takes long to import.
        from kg.differences.on_duckdb import OnDuckDB
        from kg.differences.on_spark import OnSpark

        if self.table:
            by_duckdb, place = OnDuckDB(Path(self.table)), self.table
        elif isinstance(made, Build):
            # Spark is a process of its own, for which a folder that is held here has its own name.
            by_duckdb, place = OnDuckDB(made.files, made.held), str(made.files.resolve())
        else:
            raise InputError(
                f"The store {made.name} has no table that {self.name} could read: name one with "
                "--table, or ask with --engine sparql"
            )
        return by_duckdb if self.name == DUCKDB else OnSpark(place, self.master)
