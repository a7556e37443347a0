"""How fast networks come from many statements, beside DuckDB on the same file.

    python benchmarks/networks.py            # needs the developers' environment (make setup-dev)

Each row is the median of seven runs in one process, after one that is not counted; memory is the
peak of a process that does only that. The statements are made up: actors and concepts drawn with
the skew of Zipf's law, as in real debates, with a fixed seed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from dna_databases import DAY, START, Said, Text, write_dna
from kg.dna.events import read_events
from kg.names import mint
from kg.networks.counts import count
from kg.networks.recipe import Recipe, make_network, network_of
from kg.networks.statement_events import statement_events
from kg.table import NODE_SCHEMA, NODES, SCHEMA, STATEMENTS, read_table

RUNS = 7
SQL = """
WITH cells AS (
  SELECT body, proposition, pole, count(*) AS said FROM read_parquet(?)
  WHERE status = 'accepted' AND revised <> 'accepted' AND body <> '' AND pole <> '' GROUP BY ALL
)
SELECT a.body, b.body,
  sum(CASE WHEN a.pole = b.pole THEN a.said * b.said ELSE 0 END) AS congruence,
  sum(CASE WHEN a.pole <> b.pole THEN a.said * b.said ELSE 0 END) AS conflict
FROM cells a JOIN cells b ON a.proposition = b.proposition AND a.body < b.body GROUP BY ALL
"""


def make_statements(folder: Path, size: int, bodies: int, propositions: int) -> None:
    """Write a statement table of made-up positions into a folder."""
    random = np.random.default_rng(20211025)
    body = random.zipf(1.3, size) % bodies
    proposition = random.zipf(1.2, size) % propositions
    pole = random.choice(["support", "oppose"], size)
    frame = pl.DataFrame(
        {
            "position": [mint(f"p{number}") for number in range(size)],
            "holder": pl.Series(body).cast(pl.String),
            "proposition": pl.Series(proposition).cast(pl.String),
            "pole": pole,
            "meeting": pl.Series(np.sort(random.integers(0, size // 50, size))).cast(pl.String),
            "date": pl.Series(np.sort(random.integers(15_000, 20_000, size))).cast(pl.Int32),
        }
    ).with_columns(
        pl.concat_str(pl.lit(mint("body-")), "holder").alias("holder"),
        pl.concat_str(pl.lit(mint("proposition-")), "proposition").alias("proposition"),
        pl.concat_str(pl.lit(mint("meeting-")), "meeting").alias("meeting"),
        pl.col("date").cast(pl.Date),
        pl.when(pl.col("pole") == "support").then(0.8).otherwise(-0.8).alias("polarity"),
        pl.lit("accepted").alias("status"),
        pl.lit("body").alias("holder_kind"),
    )
    frame = frame.with_columns(
        pl.col("holder").alias("body"),
        *(
            pl.lit("" if type_ == pl.Categorical else None).alias(name)
            for name, type_ in SCHEMA.items()
            if name not in frame.columns and name != "body"
        ),
    ).select([pl.col(name).cast(type_) for name, type_ in SCHEMA.items()])
    frame.write_parquet(folder / STATEMENTS)
    names = [*frame["body"].unique().to_list(), *frame["proposition"].unique().to_list()]
    nodes = pl.DataFrame(dict.fromkeys(NODE_SCHEMA, names)).with_columns(
        pl.lit("body").alias("kind")
    )
    nodes.write_parquet(folder / NODES)


def make_database(path: Path, size: int, organisations: int, documents: int) -> None:
    """Write a DNA database of made-up statements."""
    random = np.random.default_rng(20211025)
    said = [
        Said("", f"Organisation {o}", f"Concept {c}", int(v), int(d) + 1)
        for o, c, v, d in zip(
            random.zipf(1.3, size) % organisations,
            random.zipf(1.2, size) % 200,
            random.integers(0, 2, size),
            random.integers(0, documents, size),
            strict=True,
        )
    ]
    write_dna(path, said, [Text(date=START + DAY * number) for number in range(documents)])


def by_kg(folder: Path) -> object:
    """Congruence and conflict of bodies, from the Parquet file to two labelled matrices."""
    events = statement_events(read_table(folder))
    counts = count(events)
    return [
        network_of(counts, Recipe("onemode", one), events) for one in ("congruence", "conflict")
    ]


def by_duckdb(folder: Path) -> object:
    """The same sums by one grouping and one join of it with itself."""
    with closing(duckdb.connect()) as connection:
        return connection.execute(SQL, [str(folder / STATEMENTS)]).fetchnumpy()


def from_dna(path: Path) -> object:
    """Congruence of organisations, one statement a document, from a DNA database."""
    return make_network(read_events(path), Recipe("onemode", "congruence", "no", "document"))


def from_table(folder: Path) -> object:
    """Congruence of bodies, one statement a meeting, from the statement table."""
    return make_network(
        statement_events(read_table(folder)), Recipe("onemode", "congruence", "no", "document")
    )


WORK: dict[str, Callable[[Path], object]] = {
    "kg": by_kg,
    "duckdb": by_duckdb,
    "dna": from_dna,
    "table": from_table,
}


def median(name: str, path: Path) -> float:
    """Seconds, the median of `RUNS` runs."""
    work = WORK[name]
    work(path)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work(path)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak(name: str, path: Path) -> float:
    """Megabytes that a process of its own needs for one run."""
    command = [sys.executable, __file__, "--once", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout) / 1024


def report(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Make the data, run everything, print a Markdown table."""
    if sys.argv[1:2] == ["--once"]:
        WORK[sys.argv[2]](Path(sys.argv[3]))
        # Not ru_maxrss: that of a child starts with what its parent had.
        status = Path("/proc/self/status").read_text()
        report(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        report("| what | median of 7, s | peak memory, MB |\n|---|---|---|")
        make_database(folder / "made-up.dna", 20_000, 200, 400)
        small = folder / "small"
        small.mkdir()
        make_statements(small, 20_000, 200, 200)
        for name, path, what in (
            ("dna", folder / "made-up.dna", "20,000 statements, DNA database, duplicates document"),
            ("table", small, "20,000 statements, statement table, duplicates document"),
        ):
            report(f"| {what} | {median(name, path):.3f} | {peak(name, path):.0f} |")
        for bodies, propositions in ((20, 200), (200, 500), (1000, 2000)):
            large = folder / f"{bodies}"
            large.mkdir()
            make_statements(large, 1_000_000, bodies, propositions)
            for name in ("kg", "duckdb"):
                what = f"1,000,000 statements, {bodies} × {propositions}, {name}"
                report(f"| {what} | {median(name, large):.3f} | {peak(name, large):.0f} |")


if __name__ == "__main__":
    main()
