"""The table asked on DuckDB, in this process; what memory cannot hold goes to a scratch folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from ibis.backends.sql.compilers import DuckDBCompiler

from kg.answers import Answer
from kg.differences.asking import Terms, answer, expression
from kg.errors import StoreError
from kg.locks import Held
from kg.queries import NamedQuery
from kg.table import NODES, RELATIONS, STATEMENTS


@dataclass(frozen=True)
class OnDuckDB:
    """The table of a folder, as `kg.table` or `kg.partitions` writes it, asked on DuckDB.

    What is `held` stays there until it is answered, whatever takes the folder's place.
    """

    folder: Path
    held: Held | None = None

    def __call__(
        self, query: NamedQuery, terms: Terms, language: str, include_proposed: bool
    ) -> Answer:
        """The answer; raises `StoreError` where the table cannot be read, and as `expression`."""
        asked = expression(query, terms, language, include_proposed)
        text = DuckDBCompiler().to_sqlglot(asked).sql(dialect="duckdb")
        with TemporaryDirectory(prefix="kg-") as scratch:
            # Nothing is fetched from elsewhere: what is needed is in the library.
            config: dict[str, str | bool | int | float | list[str]] = {
                "temp_directory": scratch,
                "autoinstall_known_extensions": False,
            }
            with duckdb.connect(config=config) as connection:
                try:
                    for name in (STATEMENTS, NODES, RELATIONS):
                        self._read(connection, name)
                    return answer(query, connection.execute(text).fetchall())
                except duckdb.Error as error:
                    reason = str(error).partition("\n")[0]
                    raise StoreError(
                        f"The table in {self.folder} cannot be asked ({reason}): build it again"
                    ) from error

    def _read(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Name a file of the table, or a folder of files, in a connection."""
        view = Path(name).stem
        one = self.folder / name
        found = str(one) if one.is_file() else str(self.folder / view / "**" / "*.parquet")
        connection.read_parquet(found, hive_partitioning=not one.is_file()).create_view(view)
