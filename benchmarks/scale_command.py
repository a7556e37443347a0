"""The command of the benchmark of scale: what it is asked for, and in which order that is done."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.scale_asking import Questions
from benchmarks.scale_data import cases, corpus_file, count
from benchmarks.scale_head import head
from benchmarks.scale_loading import Loads, clear
from benchmarks.scale_options import ENGINES, Options, tell
from benchmarks.scale_picture import picture
from benchmarks.scale_results import Results, merged
from benchmarks.scale_table import markdown, write_into

SIZES = (10_000, 100_000, 1_000_000)
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "scale.svg"


def run(options: Options, loads: bool, queries: bool) -> Results:
    """Measure everything that is asked for, size by size."""
    results = Results(options.positions, head(options.runs, options.limit))
    loading, asking = Loads(options, results), Questions(options, results)
    options.work.mkdir(parents=True, exist_ok=True)
    for size in options.positions:
        tell(f"{size:,} positions: the corpus")
        file = corpus_file(options.work, size)
        found = count(file)
        try:
            if loads:
                loading.run(size, file)
            if queries:
                asking.run(size, file, cases(found))
        finally:
            if not options.keep:
                clear(size, options)
    return results


def asked(description: str) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--positions", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--runs", type=int, default=3, help="of each load and query, at most")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds of a query")
    parser.add_argument("--load-limit", type=float, default=3600.0, help="seconds of a load")
    parser.add_argument("--work", type=Path, help="a folder for the data, which stay there")
    parser.add_argument("--keep", action="store_true", help="keep what the engines have loaded")
    parser.add_argument("--loads", action="store_true", help="only loads, unless --queries too")
    parser.add_argument("--queries", action="store_true", help="only queries, unless --loads too")
    parser.add_argument("--json", type=Path, help="write all runs there")
    parser.add_argument("--docs", type=Path, help="write the table into this page")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="the drawing")
    parser.add_argument("--with", dest="earlier", type=Path, help="JSON of a run to add this to")
    given = parser.parse_args()
    if min(given.positions) < 1 or given.runs < 1 or given.limit <= 0:
        parser.error("give at least one position, one run, and a limit above 0")
    return given


def main(description: str) -> None:
    """Measure, and show."""
    given = asked(description.partition("\n")[0])
    everything = given.loads == given.queries
    with tempfile.TemporaryDirectory() as scratch:
        options = Options(
            positions=sorted(set(given.positions)),
            engines=[engine for engine in ENGINES if engine in given.engines],
            runs=given.runs,
            limit=given.limit,
            load_limit=given.load_limit,
            work=given.work or Path(scratch),
            keep=given.keep,
        )
        results = run(options, given.loads or everything, given.queries or everything)
    if given.earlier:
        results = merged(Results.read(given.earlier), results)
    show(results, given)


def show(results: Results, given: argparse.Namespace) -> None:
    """Print the table, and write what else is asked for."""
    table = markdown(results)
    sys.stdout.write(table)
    if given.json:
        given.json.write_text(results.text(), encoding="utf-8")
    given.picture.write_text(picture(results), encoding="utf-8")
    if given.docs:
        write_into(given.docs, table)
