"""The table asked on Spark: on the processors of this machine, or on a cluster."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers import Answer
from kg.differences.asked import Sql
from kg.differences.asking import Row, Terms, answer
from kg.errors import InputError, StoreError
from kg.queries import NamedQuery
from kg.table import MADE, NODES, RELATIONS, STATEMENTS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(frozen=True)
class OnSpark:
    """A table as `kg.partitions` writes it, or that of a build, asked on Spark.

    `place` is a folder, or an address in a file system that the cluster at `master` reads. Asking
    raises `InputError` where Spark or Java is missing, `StoreError` where the table or the cluster
    does not answer, and what `kg.differences.asking.answer` raises.
    """

    place: str
    master: str

    def __call__(
        self, query: NamedQuery, terms: Terms, language: str, include_proposed: bool
    ) -> Answer:
        """The answer; raises as the class says."""
        with warnings.catch_warnings():
            # Pyspark warns of the versions of packages that are not used here.
            warnings.simplefilter("ignore")
            return self._answer(query, terms, language, include_proposed)

    def _answer(
        self, query: NamedQuery, terms: Terms, language: str, include_proposed: bool
    ) -> Answer:
        session = self._session
        from pyspark.errors import PySparkException

        try:
            for name in (STATEMENTS, NODES, RELATIONS):
                self._read(name)
            made = all(self._is_read(name) for name in MADE)
            with _Asked(session, made) as asked:
                return answer(asked, query, terms, language, include_proposed)
        except PySparkException as error:
            reason = str(error).strip().partition("\n")[0]
            raise StoreError(f"Spark cannot ask the table in {self.place}: {reason}") from error

    def _read(self, name: str) -> None:
        """Name a file of the table in the session."""
        found = self._session.read.parquet(self._file(name))
        found.createOrReplaceTempView(Path(name).stem)

    def _is_read(self, name: str) -> bool:
        """Name a file that only large tables have; tell whether it is there."""
        from pyspark.errors import AnalysisException

        try:
            self._read(name)
        except AnalysisException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise
            return False
        return True

    def _file(self, name: str) -> str:
        """Where a file of the table is, or the folder of its parts."""
        one = Path(self.place) / name
        parted = name == STATEMENTS and not one.is_file()
        return f"{self.place}/{Path(name).stem if parted else name}"

    @cached_property
    def _session(self) -> SparkSession:
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise InputError(
                "The engine spark needs pyspark: install kg with its extra spark "
                "(pip install 'apro-kg[spark]')"
            ) from error
        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise InputError(
                "The engine spark needs Java 17 or newer: install it, or set JAVA_HOME"
            )
        builder = SparkSession.builder.appName("kg").master(self.master)
        for key, value in _SETTINGS.items():
            builder = builder.config(key, value)
        try:
            with _no_chatter():
                session = builder.getOrCreate()
        except (PySparkException, OSError, RuntimeError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise StoreError(f"Spark does not start on {self.master}: {reason}") from error
        session.sparkContext.setLogLevel("ERROR")
        return session


class _Asked:
    """One question: an `Engine` that lets go at its end what it has kept."""

    dialect = "spark"

    def __init__(self, session: SparkSession, made: bool) -> None:
        self.session = session
        self.made = made
        self.kept: list[DataFrame] = []

    def __enter__(self) -> _Asked:
        return self

    def __exit__(self, *_: object) -> None:
        for frame in self.kept:
            frame.unpersist()

    def rows(self, sql: Sql, given: Mapping[str, str]) -> Iterable[Row]:
        return [tuple(row) for row in self._run(sql, given).collect()]

    def numbers(self, sql: Sql, given: Mapping[str, str]) -> Iterable[tuple[int, ...]]:
        return [tuple(row) for row in self._run(sql, given).collect()]

    def keep(self, name: str, sql: Sql, given: Mapping[str, str]) -> None:
        frame = self._run(sql, given).cache()
        self.kept.append(frame)
        frame.createOrReplaceTempView(name)

    def _run(self, sql: Sql, given: Mapping[str, str]) -> DataFrame:
        return self.session.sql(sql.text, args=sql.values(given))


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Years are read as the texts of their folders are, and days as they are written.
    "spark.sql.session.timeZone": "UTC",
}


@contextmanager
def _no_chatter() -> Iterator[None]:
    """Let what Java prints go to stderr: stdout is for the answer alone, and Java inherits it."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
