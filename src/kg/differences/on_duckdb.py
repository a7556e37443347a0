"""The table asked on DuckDB, in this process; what memory cannot hold goes to a scratch folder."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import duckdb

from kg.answers import Answer
from kg.differences.asked import Sql
from kg.differences.asking import Row, Terms, answer
from kg.errors import StoreError
from kg.locks import Held
from kg.queries import NamedQuery
from kg.table import MADE, NODES, RELATIONS, STATEMENTS


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
        """The answer; raises `StoreError` where the table cannot be read, and as `answer`."""
        # A cursor has temporary tables of its own: they go with it.
        with self._told(), self._opened.connection.cursor() as cursor:
            asked = _Asked(cursor, self.made)
            return answer(asked, query, terms, language, include_proposed)

    @cached_property
    def made(self) -> bool:
        """Whether the table has the files of `kg.differences.made`."""
        return all((self.folder / name).is_file() for name in MADE)

    @cached_property
    def _opened(self) -> _Opened:
        """The files of the table, under their names: read anew by each question."""
        opened = _Opened()
        for name in (STATEMENTS, NODES, RELATIONS, *(MADE if self.made else ())):
            read(opened.connection, self.folder, name)
        return opened

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise StoreError(
                f"The table in {self.folder} cannot be asked ({reason}): build it again"
            ) from error


class _Opened:
    """A connection, with a folder for what its memory cannot hold, as long as this is kept."""

    def __init__(self) -> None:
        scratch = mkdtemp(prefix="kg-")
        weakref.finalize(self, rmtree, scratch, ignore_errors=True)
        self.connection = duckdb.connect(config=settings(scratch))


def settings(scratch: str) -> dict[str, str | bool | int | float | list[str]]:
    """How DuckDB is set up, given a folder for what its memory cannot hold."""
    # Nothing is fetched from elsewhere: what is needed is in the library.
    return {"temp_directory": scratch, "autoinstall_known_extensions": False}


def read(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    """Name a file of a table, or a folder of files, in a connection."""
    view = Path(name).stem
    one = folder / name
    found = str(one) if one.is_file() else str(folder / view / "**" / "*.parquet")
    connection.read_parquet(found, hive_partitioning=not one.is_file()).create_view(view)


@dataclass(frozen=True)
class _Asked:
    """One question: an `Engine`."""

    connection: duckdb.DuckDBPyConnection
    made: bool
    dialect: str = "duckdb"

    def keep(self, name: str, sql: Sql, given: Mapping[str, str]) -> None:
        text = f"CREATE OR REPLACE TEMPORARY TABLE {name} AS {sql.text}"
        self.connection.execute(text, sql.values(given))

    def rows(self, sql: Sql, given: Mapping[str, str]) -> list[Row]:
        return self.connection.execute(sql.text, sql.values(given)).fetchall()

    def numbers(self, sql: Sql, given: Mapping[str, str]) -> Iterable[tuple[int, ...]]:
        columns = self.connection.execute(sql.text, sql.values(given)).fetchnumpy()
        return zip(*(column.tolist() for column in columns.values()), strict=True)
