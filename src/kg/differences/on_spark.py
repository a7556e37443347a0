"""The table asked on Spark: on the processors of this machine, or on a cluster."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ibis.backends.sql.compilers import PySparkCompiler
from ibis.expr.types import Table

from kg.answers import Answer, Value
from kg.differences.asking import Terms, answer, expression
from kg.errors import InputError, StoreError
from kg.queries import NamedQuery
from kg.table import NODES, RELATIONS, STATEMENTS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class OnSpark:
    """A table as `kg.partitions` writes it, or that of a build, asked on Spark.

    `place` is a folder, or an address in a file system that the cluster at `master` reads. Asking
    raises `InputError` where Spark or Java is missing, `StoreError` where the table or the cluster
    does not answer, and what `expression` raises.
    """

    place: str
    master: str

    def __call__(
        self, query: NamedQuery, terms: Terms, language: str, include_proposed: bool
    ) -> Answer:
        """The answer; raises as the class says."""
        asked = expression(query, terms, language, include_proposed)
        with warnings.catch_warnings():
            # Pyspark warns of the versions of packages that are not used here.
            warnings.simplefilter("ignore")
            return answer(query, self._rows(asked))

    def _rows(self, asked: Table) -> list[tuple[Value, ...]]:
        session = self._session
        text = PySparkCompiler().to_sqlglot(asked).sql(dialect=PySparkCompiler.dialect)
        from pyspark.errors import PySparkException

        try:
            for name in (STATEMENTS, NODES, RELATIONS):
                session.read.parquet(self._file(name)).createOrReplaceTempView(Path(name).stem)
            return [tuple(row) for row in session.sql(text).collect()]
        except PySparkException as error:
            reason = str(error).strip().partition("\n")[0]
            raise StoreError(f"Spark cannot ask the table in {self.place}: {reason}") from error

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
