"""`kg measures`: who stands where, what is contested, what changed, each number with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from kg.answers import Answer, Value
from kg.cli.asking import FormatOption, write_table
from kg.cli.common import (
    Language,
    LanguageOption,
    OutputOption,
    StoreOption,
    choice,
    clear_errors,
    stderr,
)
from kg.cli.filtering import (
    Asked,
    BasisOption,
    BodyOption,
    ConfidenceOption,
    DnaOption,
    ExcludeOption,
    HistoryOption,
    IssueOption,
    MeetingOption,
    OnlyOption,
    Shape,
    SinceOption,
    StatementTypeOption,
    StatusOption,
    UntilOption,
    opened_table,
    read_asked,
)
from kg.errors import InputError
from kg.names import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.networks.network import Node

# Listed here so that `kg --help` need not import what measures; a test holds them to kg.measures.
WHAT: Mapping[str, str] = {
    "overview": "the debate as a whole",
    "actors": "centralities, camp and brokerage of each actor",
    "concepts": "how contested each concept is",
    "issues": "how contested each issue is",
    "pairs": "how far each two actors agree, with an interval",
    "camps": "which actors stand together",
    "change": "two periods compared, with a permutation test",
}
NORMALISATIONS = ("no", "average", "jaccard", "cosine")
DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")
METHODS = ("leiden", "louvain")
STATISTICS = ("agreement", "conflict", "density", "contest", "bipolarisation", "polarisation")
EXCHANGES = ("document", "statement")
_FOR_PEOPLE = ("table", "markdown")
_PLACES = Decimal("0.001")


def measures_command(
    what: Annotated[
        str,
        typer.Argument(
            help="; ".join(f"{name}: {summary}" for name, summary in WHAT.items()) + ".",
            callback=choice(tuple(WHAT)),
        ),
    ] = "overview",
    a: Annotated[
        str, typer.Option("--a", help="pairs: only those with this actor (label or id).")
    ] = "",
    b: Annotated[str, typer.Option("--b", help="pairs: the other actor, with --a.")] = "",
    split: Annotated[
        str,
        typer.Option(
            metavar="DATE", help="change: the day on which the second period begins (2021-10-25)."
        ),
    ] = "",
    statistic: Annotated[
        str,
        typer.Option(
            help=f"change: what is compared: {', '.join(STATISTICS)}.",
            callback=choice(STATISTICS),
        ),
    ] = "agreement",
    exchange: Annotated[
        str,
        typer.Option(
            help="change: what a permutation moves between the periods: document (or meeting), or "
            "statement of the same actor.",
            callback=choice(EXCHANGES),
        ),
    ] = "document",
    permutations: Annotated[
        int, typer.Option(min=1, help="change: how many permutations, at most.")
    ] = 999,
    mode: Annotated[
        str,
        typer.Option(
            "--type",
            help="actors: onemode (by congruence) or twomode.",
            callback=choice(("onemode", "twomode")),
        ),
    ] = "onemode",
    camps: Annotated[int, typer.Option(min=2, help="How many camps there are at most.")] = 2,
    method: Annotated[
        str, typer.Option(help=f"Communities: {' or '.join(METHODS)}.", callback=choice(METHODS))
    ] = "leiden",
    seed: Annotated[
        int, typer.Option(min=0, help="Where chance begins; equal seeds, equal results.")
    ] = 0,
    variable: Annotated[
        str,
        typer.Option(
            help="The actors: body, person, holder or actor; with --from-dna a variable. "
            "Without it: body, or organization.",
            show_default=False,
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            help="What they speak of. Without it: proposition, or concept.", show_default=False
        ),
    ] = "",
    qualifier: Annotated[
        str,
        typer.Option(
            help="What tells agreement: pole (for or against) or strength (-1 to 1); with "
            "--from-dna a variable. Without it: pole, or the first boolean.",
            show_default=False,
        ),
    ] = "",
    normalisation: Annotated[
        str,
        typer.Option(
            "--normalization",
            "--normalisation",
            help=f"Of the networks: {', '.join(NORMALISATIONS)}.",
            callback=choice(NORMALISATIONS),
        ),
    ] = "no",
    duplicates: Annotated[
        str,
        typer.Option(
            help="include counts every statement; the others count equal ones once in each: "
            f"{', '.join(DUPLICATES[1:])}; change takes include and document.",
            callback=choice(DUPLICATES),
        ),
    ] = "include",
    from_dna: DnaOption = None,
    statement_type: StatementTypeOption = "",
    exclude: ExcludeOption = None,
    only: OnlyOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    meeting: MeetingOption = None,
    issue: IssueOption = None,
    body: BodyOption = None,
    basis: BasisOption = None,
    status: StatusOption = None,
    confidence: ConfidenceOption = None,
    history: HistoryOption = False,
    form: FormatOption = "table",
    store: StoreOption = None,
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Measure the debate in a build, or in a DNA database.

    Tables show three decimals, csv, json and xlsx all. docs/measures.md tells what each measure
    says, its formula, its range and its source.

    Example: kg measures

    Example: kg measures pairs --a STM --b SM

    Example: kg measures change --from-dna my.dna --split 2023-01-01 --statistic conflict
    """
    asked = Asked(
        since,
        until,
        meeting,
        issue,
        body,
        basis,
        status,
        confidence,
        history,
        from_dna,
        statement_type,
        exclude,
        only,
    )
    with clear_errors():
        from kg.measures.change import Comparison
        from kg.measures.overview import overview
        from kg.measures.tables import TABLES, Looking

        _check(what, mode, a, b)
        events = read_asked(asked, Shape(variable, by, qualifier), store, lang)
        looking = Looking(
            events,
            mode,
            normalisation,
            duplicates,
            camps,
            method,
            seed,
            tuple(name for name in (a, b) if name),
            _day(split),
        )
        if what == "change":
            compared = Comparison(statistic, exchange, duplicates, permutations, seed)
            looking = replace(looking, comparison=compared)
        if what == "issues" and from_dna is None and events.column_variable == "proposition":
            looking = replace(looking, issue_of=_issues(store, lang))
        answer = overview(looking) if what == "overview" else TABLES[what](looking)
        for note in looking.counts.notes:
            stderr.print(f"[dim]{escape(note)}[/dim]")
        write_table(
            for_people(answer) if form in _FOR_PEOPLE else answer, form, output, DEFAULT_BASE
        )


def for_people(answer: Answer) -> Answer:
    """Numbers with three decimals, and no note where no row has one."""
    notes = answer.columns.index("note") if "note" in answer.columns else None
    drop = notes is not None and not any(row[notes] for row in answer.rows)
    keep = [place for place in range(len(answer.columns)) if not (drop and place == notes)]
    rows = tuple(tuple(_rounded(row[place]) for place in keep) for row in answer.rows)
    return replace(answer, columns=tuple(answer.columns[place] for place in keep), rows=rows)


def _rounded(value: Value) -> Value:
    """Whole numbers without a point, others with three decimals."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else value.quantize(_PLACES)


def _check(what: str, mode: str, a: str, b: str) -> None:
    if mode == "twomode" and what != "actors":
        raise InputError(f"{what} is of actors alone: --type twomode goes with actors")
    if (a or b) and what != "pairs":
        raise InputError(f"--a and --b go with pairs, not with {what}")


def _issues(store: str | None, language: Language) -> Mapping[str, Node]:
    """The issue of each proposition of a build."""
    from kg.networks.network import Node

    _, table = opened_table(store)
    labels = table.labels(language.value)
    found = table.statements.select("proposition", "issue").unique().collect()
    return {
        str(proposition): Node(str(issue), labels.get(str(issue), str(issue)), "issue")
        for proposition, issue in found.sort("proposition", "issue").iter_rows()
        if issue
    }


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"--split {text} is no date: write it as 2021-10-25") from error
