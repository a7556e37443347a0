"""The table of the benchmark of scale as Markdown, and its place in a page of the docs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.scale_checks import BASELINE, checks
from benchmarks.scale_options import FUSEKI, KG, OXIGRAPH, RDFLIB, VIRTUOSO
from benchmarks.scale_results import ASKING, FAST, LOADING, STAGE, Measured, Results, Row

NAMES = {
    FAST: "kg, warm",
    OXIGRAPH: "Oxigraph, embedded",
    FUSEKI: "Jena Fuseki, TDB2",
    VIRTUOSO: "Virtuoso 7",
    RDFLIB: "rdflib, in memory",
}
LOADER_NAMES = {
    FAST: "kg, warm",
    OXIGRAPH: "Oxigraph's bulk loader, the baseline",
    KG: "kg build --from-rdf",
    FUSEKI: "Jena's bulk loader of TDB2",
    VIRTUOSO: "Virtuoso's bulk loader",
    RDFLIB: "rdflib's parser",
}
LOADING_STAGE = "loading stage: parse, store, counts"
LONGEST = 130
BEGIN, END = "<!-- table of benchmarks/scale.py -->", "<!-- end of the table -->"


def markdown(results: Results) -> str:
    """Head, table and checks."""
    head = [f"- {name}: {value}" for name, value in results.head.items()]
    sizes = [f"{size:,}" for size in results.sizes]
    table = [
        f"| | engine | {' | '.join(sizes)} positions |",
        f"|---|---|{'---:|' * len(sizes)}",
        *_lines(results, LOADING),
        *_lines(results, ASKING),
    ]
    verdicts = [check.line() for check in checks(results)]
    return "\n\n".join("\n".join(part) for part in (head, table, verdicts)) + "\n"


def write_into(page: Path, table: str) -> None:
    """Put the table into its place in a page; raises `ValueError` where it has none."""
    text = page.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"{page} has no place for the table: give it {BEGIN} and {END}")
    made = place.sub(lambda _: f"{BEGIN}\n\n{table}\n{END}", text)
    page.write_text(made, encoding="utf-8")


def seconds(value: float) -> str:
    """Seconds with three digits that count.

    >>> seconds(0.01234), seconds(1.234), seconds(1234.5), seconds(0.0)
    ('0.0123 s', '1.23 s', '1,234 s', '0 s')
    """
    if not value:
        return "0 s"
    digits = min(max(2 - math.floor(math.log10(value)), 0), 4)
    return f"{value:,.{digits}f} s"


def _lines(results: Results, part: str) -> Iterator[str]:
    for row in results.rows(part):
        cells = [_cell(results, row, size) for size in results.sizes]
        yield f"| {_what(row)} | {_engine(row)} | {' | '.join(cells)} |"


def _what(row: Row) -> str:
    return LOADING_STAGE if row.what == STAGE else row.what


def _engine(row: Row) -> str:
    return (LOADER_NAMES if row.part == LOADING else NAMES).get(row.engine, row.engine)


def _cell(results: Results, row: Row, size: int) -> str:
    one = results.find(row, size)
    if one is None:
        return "–"
    if one.median is None:
        return f"> {one.limit:.0f} s" if one.limit else _escaped(one.told)
    told = [seconds(one.median), *_ratio(results, row, size, one.median)]
    if one.megabytes:
        told.append(f"{one.megabytes:,} MB")
    return ", ".join([*told, *_rows(results, row, size, one)])


def _ratio(results: Results, row: Row, size: int, taken: float) -> Sequence[str]:
    """How many times the baseline a load takes."""
    base = results.find(BASELINE, size)
    if row.part != LOADING or row == BASELINE or base is None or not base.median:
        return ()
    return (f"{taken / base.median:.2f} ×",)


def _rows(results: Results, row: Row, size: int, one: Measured) -> Sequence[str]:
    """How many rows came; of all engines but the first only where they are others."""
    if one.rows is None:
        return ()
    alike = [other for other in results.rows(ASKING) if other.what == row.what]
    counted = [found for other in alike if (found := results.find(other, size)) is not None]
    first = next(found.rows for found in counted if found.rows is not None)
    if one.rows != first:
        return (f"**{one.rows:,} rows instead of {first:,}**",)
    return (
        (f"{one.rows:,} row{'s' * (one.rows != 1)}",)
        if row.engine == FAST or counted[0] is one
        else ()
    )


def _escaped(text: str) -> str:
    """What an engine said, on one line that does not end the cell."""
    line = " ".join(text.strip().partition("\n")[0].split())
    short = line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
    return re.sub(r"[\\|<>*_`]", r"\\\g<0>", short)
