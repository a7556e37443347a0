"""The statement table in parts: whole, the same bytes, read by three engines' readers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb
import polars as pl
import pytest

from fictional_graph import fictional_store
from kg.differences.made import make_files
from kg.errors import OutputError, StoreError
from kg.partitions import write_partitions
from kg.table import MADE, Table, make_table, read_table, write_table


@pytest.fixture(scope="module")
def table() -> Table:
    """Positions of two years, and some without a date."""
    made = make_table(fictional_store())
    meeting = pl.col("meeting").cast(pl.String)
    date = (
        pl.when(meeting.str.ends_with("m2"))
        .then(pl.lit("2031-05-06").str.to_date())
        .when(pl.col("item") != "2a")
        .then("date")
    )
    return replace(made, statements=made.statements.with_columns(date=date))


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_position_stands_in_the_folder_of_its_year(table: Table, tmp_path: Path) -> None:
    assert write_partitions(table, tmp_path / "table") == 3
    assert list(digests(tmp_path / "table")) == [
        "nodes.parquet",
        "relations.parquet",
        "statements/year=2030/part-0.parquet",
        "statements/year=2031/part-0.parquet",
        "statements/year=__HIVE_DEFAULT_PARTITION__/part-0.parquet",
    ]
    files = str(tmp_path / "table" / "statements" / "**" / "*.parquet")
    written = table.statements.collect()
    found = pl.scan_parquet(files, hive_partitioning=True).collect()
    assert sorted(found["position"]) == sorted(written["position"])
    years = duckdb.read_parquet(files, hive_partitioning=True)
    counted = dict(years.aggregate("year, count(*)", "year").fetchall())
    expected = written["date"].dt.year().value_counts()
    assert counted == dict(expected.iter_rows())


def test_what_a_large_table_has_besides_is_exported_and_checked(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    write_table(make_table(fictional_store()), folder)
    assert read_table(folder).standings is None
    make_files(folder)
    write_partitions(read_table(folder), tmp_path / "table")
    for name in MADE:
        assert (tmp_path / "table" / name).read_bytes() == (folder / name).read_bytes()
    assert {"standings.parquet", "pairs.parquet"} <= set(digests(tmp_path / "table"))
    (folder / "standings.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match=r"standings\.parquet cannot be read"):
        read_table(folder)


def test_the_same_table_gives_the_same_bytes(table: Table, tmp_path: Path) -> None:
    write_partitions(table, tmp_path / "one")
    pl.Series(["own", "zzz", "reported"], dtype=pl.Categorical)  # words in another order
    write_partitions(table, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_nothing_is_written_over(table: Table, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="name a new or empty folder"):
        write_partitions(table, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_table_has_one_part_without_rows(table: Table, tmp_path: Path) -> None:
    empty = replace(table, statements=table.statements.head(0))
    assert write_partitions(empty, tmp_path / "table") == 1
    files = str(tmp_path / "table" / "statements" / "**" / "*.parquet")
    assert duckdb.read_parquet(files).fetchall() == []
