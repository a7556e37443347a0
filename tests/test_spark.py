"""Spark on a table in parts gives the answers of DuckDB; what it lacks is told in one sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from fictional_graph import FOLDER, code_lists
from java_tools import missing, require_java
from kg.differences.on_duckdb import OnDuckDB
from kg.differences.on_spark import OnSpark
from kg.errors import InputError, StoreError
from kg.names import mint
from kg.partitions import write_partitions
from kg.site import query
from kg.store import EmbeddedStore
from kg.table import make_table

MASTER = "local[2]"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-made cases as a table in parts, one of them without a year."""
    quads = ox.parse(path=FOLDER / "differences.trig", format=ox.RdfFormat.TRIG)
    store = EmbeddedStore.of([*quads, *code_lists()])
    folder = tmp_path_factory.mktemp("parts") / "table"
    write_partitions(make_table(store), folder)
    return folder


@pytest.fixture(scope="module")
def spark(parts: Path) -> OnSpark:
    require_java()
    try:
        import pyspark  # noqa: F401
    except ImportError:
        missing("needs pyspark (kg's extra spark)")
    return OnSpark(str(parts), MASTER)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "given", "language", "proposed"),
    [
        ("disagreements", {"a": "A", "b": "B"}, "en", False),
        ("disagreements", {"a": "B", "b": "A"}, "sv", True),
        ("disagreements", {"a": "A", "b": "D", "issue": "money"}, "fi", False),
        ("disagreements", {"a": "A", "b": "B", "kind": "degree"}, "en", False),
        ("disagreements-all", {}, "en", False),
        ("disagreements-all", {"issue": "money"}, "fi", True),
    ],
)
def test_spark_gives_what_duckdb_gives(
    spark: OnSpark,
    parts: Path,
    name: str,
    given: dict[str, str],
    language: str,
    proposed: bool,
) -> None:
    terms = {
        key: ox.Literal(value) if key == "kind" else ox.NamedNode(mint(value))
        for key, value in given.items()
    }
    found = spark(query(name), terms, language, proposed)
    assert found.rows
    assert found == OnDuckDB(parts)(query(name), terms, language, proposed)


@pytest.mark.slow
def test_a_table_that_is_not_there_is_told(spark: OnSpark, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Spark cannot ask the table"):
        OnSpark(str(tmp_path), MASTER)(query("disagreements-all"), {}, "en", False)


@pytest.mark.slow
def test_what_spark_prints_stays_out_of_the_answer(spark: OnSpark, built: Path) -> None:
    words = ["query", "disagreements-all", "--store", str(built), "--format", "csv"]
    by_spark = ["--engine", "spark", "--master", MASTER]
    answers = [
        subprocess.run(
            [sys.executable, "-m", "kg", *words, *more],
            capture_output=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for more in ([], by_spark)
    ]
    assert answers[0] == answers[1]


def test_missing_java_and_missing_pyspark_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = OnSpark("nowhere", MASTER)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="needs Java 17"):
        asked(query("disagreements-all"), {}, "en", False)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(InputError, match=r"install kg with its extra spark"):
        asked(query("disagreements-all"), {}, "en", False)
