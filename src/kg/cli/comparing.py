"""`kg diff`: two codings of one memo, where they differ and how far their coders agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from kg.agreement.align import align
from kg.agreement.coded import Coding, check_same_document, read_coding, read_known
from kg.agreement.coefficient import Coefficient
from kg.agreement.decisions import Agreement, agreements
from kg.agreement.differences import MISSING, Difference, differences
from kg.answers import Answer, Value, decimal, to_csv
from kg.cli.asking import write_table
from kg.cli.common import (
    OutputOption,
    SourcesOption,
    choice,
    clear_errors,
    show,
    stderr,
    to_json_text,
    write_output,
)
from kg.cli.measuring import for_people
from kg.coding.dataset import FOLDERS
from kg.errors import InputError
from kg.findings import counted
from kg.names import DEFAULT_BASE
from kg.resources import data_dir
from kg.source import read_sources

FORMATS = ("text", "json", "csv")
ALL, DIFFERENCES, AGREEMENT = "all", "differences", "agreement"


@dataclass(frozen=True)
class _Compared:
    """What is shown of two codings."""

    a: Coding
    b: Coding
    differences: Sequence[Difference]
    agreements: Sequence[Agreement]
    stretches: str


def diff_command(
    a: Annotated[Path, typer.Argument(help="A coding.", metavar="A.yaml", show_default=False)],
    b: Annotated[
        Path,
        typer.Argument(help="Another of the same memo.", metavar="B.yaml", show_default=False),
    ],
    sources: SourcesOption = None,
    what: Annotated[
        str,
        typer.Option(
            "--show",
            help=f"{ALL}, {DIFFERENCES} or {AGREEMENT}; csv takes one of the last two.",
            callback=choice((ALL, DIFFERENCES, AGREEMENT)),
        ),
    ] = ALL,
    form: Annotated[
        str, typer.Option("--format", help=f"{', '.join(FORMATS)}.", callback=choice(FORMATS))
    ] = "text",
    output: OutputOption = None,
) -> None:
    """Compare two codings of one memo: their differences, and the agreement of their coders.

    docs/agreement.md tells what is aligned, and what alpha and kappa are computed from. With
    --sources, sentences of the memo are the units in which a position is there or not.

    Example: kg diff ada/meetings/memo.yaml bo/meetings/memo.yaml --sources memos
    """
    with clear_errors():
        if form == "csv" and what == ALL:
            raise InputError(f"csv holds one table: add --show {DIFFERENCES} or --show {AGREEMENT}")
        compared = _compare(a, b, sources)
        if form == "json":
            write_output(to_json_text(_as_data(compared, what)), output)
        elif form == "csv":
            table = _difference_table if what == DIFFERENCES else _agreement_table
            write_output(to_csv(table(compared)), output)
        elif output is not None:
            raise InputError("The text form goes to the screen: give --format json or csv with -o")
        else:
            _write_text(compared, what)


def _compare(a: Path, b: Path, sources: Path | None) -> _Compared:
    found = read_sources(sources) if sources else None
    known = read_known(tuple(filter(None, (_folder(a), _folder(b)))), data_dir())
    first, source = read_coding(a, known, found)
    second, _ = read_coding(b, known, found)
    show(check_same_document(first, second))
    show([*first.findings, *second.findings])
    pairs = align(first, second)
    return _Compared(
        first,
        second,
        differences(pairs),
        agreements(first, second, pairs, source),
        "sentences" if source else "coded places",
    )


def _folder(path: Path) -> Path | None:
    """The data folder that a coding lies in, if it lies in one."""
    above = path.resolve().parents
    return next((one.parent for one in above if one.name == FOLDERS[-1]), None)


def _difference_table(compared: _Compared) -> Answer:
    columns = ("kind", "difference", "a_place", "a", "b_place", "b")
    rows: list[tuple[Value, ...]] = []
    for one in compared.differences:
        a = f"{compared.a.path}:{one.a_line}" if one.a_line else None
        b = f"{compared.b.path}:{one.b_line}" if one.b_line else None
        rows.append((one.kind, _what(one), a, one.a, b, one.b))
    return Answer(columns, tuple(rows))


def _what(one: Difference) -> str:
    if one.what != MISSING:
        return one.what
    return f"{MISSING} in {'A' if one.a_line is None else 'B'}"


def _agreement_table(compared: _Compared) -> Answer:
    columns = ("decision", "units", "agreed", "rate", "metric", "alpha", "kappa", "note")
    rows = tuple(
        (
            one.decision.name,
            one.units,
            one.agreed,
            decimal(one.rate),
            one.decision.metric,
            decimal(one.alpha.value),
            decimal(one.kappa.value),
            _note(one.alpha, one.kappa),
        )
        for one in compared.agreements
    )
    return Answer(columns, rows)


def _note(*coefficients: Coefficient) -> str:
    return "; ".join(dict.fromkeys(one.note for one in coefficients if one.note))


def _as_data(compared: _Compared, what: str) -> dict[str, object]:
    found: dict[str, object] = {
        name: {"path": str(one.path), "coder": one.coder, "sha256": one.sha256}
        for name, one in (("a", compared.a), ("b", compared.b))
    }
    found["presence_units"] = compared.stretches
    if what != DIFFERENCES:
        rows = _agreement_table(compared).records()
        found["agreement"] = [{key: _number(one) for key, one in row.items()} for row in rows]
    if what != AGREEMENT:
        found["differences"] = _difference_table(compared).records()
    return found


def _number(value: Value) -> object:
    """Numbers as JSON has them, others as they are."""
    return float(value) if not isinstance(value, str | int | None) else value  # type: ignore[arg-type]


def _write_text(compared: _Compared, what: str) -> None:
    """For people: first what differs, then the agreement."""
    stderr.print(escape(f"A: {compared.a.path} ({compared.a.coder})"))
    stderr.print(escape(f"B: {compared.b.path} ({compared.b.coder})"))
    if what != AGREEMENT:
        if compared.differences:
            write_table(_difference_table(compared), "table", None, DEFAULT_BASE)
        write_output(f"{counted(len(compared.differences), 'difference')}\n", None)
    if what != DIFFERENCES:
        write_table(for_people(_agreement_table(compared)), "table", None, DEFAULT_BASE)
        stderr.print(f"Present or not: asked of each of the {compared.stretches}")
