"""The options that say which statements a network, a measure or a report looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import Language, day_of, opened
from kg.errors import InputError
from kg.findings import suggest
from kg.opened import Opened
from kg.site import Site

if TYPE_CHECKING:
    from kg.filters import Filters
    from kg.networks.events import Events
    from kg.table import Table

BASES = ("own", "official", "reported", "personal")
STATUS = ("accepted", "proposed", "rejected")
CONFIDENCE = ("high", "medium", "low")

STATEMENTS = "Which statements"
"""The panel of these options in the help."""

Words = list[str] | None
SinceOption = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="DATE",
        help="Only from this day on (2021-10-25).",
        rich_help_panel=STATEMENTS,
    ),
]
UntilOption = Annotated[
    str,
    typer.Option(
        "--until",
        metavar="DATE",
        help="Only until this day, itself included.",
        rich_help_panel=STATEMENTS,
    ),
]
MeetingOption = Annotated[
    Words,
    typer.Option("--meeting", help="Only this meeting (repeatable).", rich_help_panel=STATEMENTS),
]
IssueOption = Annotated[
    Words, typer.Option("--issue", help="Only this issue (repeatable).", rich_help_panel=STATEMENTS)
]
BodyOption = Annotated[
    Words,
    typer.Option(
        "--body", help="Only what counts for this body (repeatable).", rich_help_panel=STATEMENTS
    ),
]
BasisOption = Annotated[
    Words,
    typer.Option(
        "--basis",
        help=f"Only on this basis: {', '.join(BASES)} (repeatable).",
        rich_help_panel=STATEMENTS,
    ),
]
StatusOption = Annotated[
    Words,
    typer.Option(
        "--status",
        help=f"{', '.join(STATUS)} (repeatable). Without it: accepted.",
        rich_help_panel=STATEMENTS,
    ),
]
ConfidenceOption = Annotated[
    Words,
    typer.Option(
        "--confidence",
        help=f"Only this: {', '.join(CONFIDENCE)} (repeatable).",
        rich_help_panel=STATEMENTS,
    ),
]
HistoryOption = Annotated[
    bool,
    typer.Option(
        "--history", help="Also positions that a later one revises.", rich_help_panel=STATEMENTS
    ),
]
DnaOption = Annotated[
    Path | None,
    typer.Option(
        "--from-dna",
        metavar="FILE",
        help="A DNA database instead of a build.",
        rich_help_panel=STATEMENTS,
    ),
]
StatementTypeOption = Annotated[
    str,
    typer.Option(
        "--statement-type",
        help="With --from-dna: their type. Without it: the first that has the variables.",
        rich_help_panel=STATEMENTS,
    ),
]
ExcludeOption = Annotated[
    Words,
    typer.Option(
        "--exclude",
        metavar="VARIABLE=VALUE",
        help="With --from-dna: leave these out, such as concept=Growth (repeatable).",
        rich_help_panel=STATEMENTS,
    ),
]
OnlyOption = Annotated[
    Words,
    typer.Option(
        "--only",
        metavar="VARIABLE=VALUE",
        help="With --from-dna: nothing but these (repeatable).",
        rich_help_panel=STATEMENTS,
    ),
]


@dataclass(frozen=True)
class Asked:
    """Which statements are asked for, in the user's words."""

    since: str = ""
    until: str = ""
    meetings: Words = None
    issues: Words = None
    bodies: Words = None
    basis: Words = None
    status: Words = None
    confidence: Words = None
    history: bool = False
    from_dna: Path | None = None
    statement_type: str = ""
    exclude: Words = None
    only: Words = None


@dataclass(frozen=True)
class Shape:
    """What becomes rows, columns and qualifier; "" is what is usual for the source."""

    variable: str = ""
    by: str = ""
    qualifier: str = ""


def read_asked(
    asked: Asked, shape: Shape, store: str | None = None, language: Language = Language.EN
) -> Events:
    """The events that are asked for, from a build or straight from a DNA database.

    Raises what `opened`, `read_table` and `read_events` raise, and `InputError` for words that are
    not known and for options that do not go together.
    """
    if asked.from_dna is not None:
        return _from_dna(asked, shape, asked.from_dna)
    _refuse(asked, ("statement_type", "exclude", "only"), "needs --from-dna")
    from kg.networks.statement_events import CONCEPTS, Choice, statement_events

    variable = shape.variable or "body"
    by = shape.by or ("body" if variable in CONCEPTS else "proposition")
    build, table = opened_table(store)
    choice = Choice(variable, by, shape.qualifier or "pole")
    return statement_events(table, choice, filters_of(asked, build), language.value)


def opened_table(store: str | None) -> tuple[Opened, Table]:
    """What a command reads, and its statement table."""
    build = opened(store)
    return build, build.table()


def filters_of(asked: Asked, build: Opened) -> Filters:
    """The filters, with the names that the user gave as IRIs of the build."""
    from kg.filters import ACCEPTED, Filters

    names = Site(build.open(), build.base).names if _named(asked) else None

    def found(words: Words, kind: str) -> tuple[str, ...]:
        return tuple(names.resolve(word, kind) for word in words or ()) if names else ()

    return Filters(
        day_of(asked.since, "--since"),
        day_of(asked.until, "--until"),
        found(asked.meetings, "meeting"),
        found(asked.issues, "issue"),
        found(asked.bodies, "body"),
        _known(asked.basis, BASES),
        _known(asked.status, STATUS) or (ACCEPTED,),
        _known(asked.confidence, CONFIDENCE),
        asked.history,
    )


def _from_dna(asked: Asked, shape: Shape, path: Path) -> Events:
    from datetime import datetime, time

    from kg.dna.events import Choice, read_events

    _refuse(
        asked,
        ("meetings", "issues", "bodies", "basis", "status", "confidence", "history"),
        "is for builds: with --from-dna use --exclude and --only",
    )
    qualifier = None if shape.qualifier == "none" else shape.qualifier
    variable = shape.variable or "organization"
    by = shape.by or ("organization" if variable == "concept" else "concept")
    choice = Choice(
        variable, by, qualifier, asked.statement_type, _pairs(asked.exclude), _pairs(asked.only)
    )
    since, until = day_of(asked.since, "--since"), day_of(asked.until, "--until")
    return read_events(
        path,
        choice,
        datetime.combine(since, time.min) if since else None,
        datetime.combine(until, time.max) if until else None,
    )


def _named(asked: Asked) -> bool:
    return bool(asked.meetings or asked.issues or asked.bodies)


def _refuse(asked: Asked, names: Sequence[str], why: str) -> None:
    """Stop on options that have no meaning here, rather than pass them over."""
    flags = {"meetings": "meeting", "issues": "issue", "bodies": "body"}
    for name in names:
        if getattr(asked, name):
            raise InputError(f"--{flags.get(name, name).replace('_', '-')} {why}")


def _known(given: Words, words: Sequence[str]) -> tuple[str, ...]:
    for word in given or ():
        if word not in words:
            near = suggest(word, words, most=1)
            hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(words)}"
            raise InputError(f"“{word}” is not known; {hint}")
    return tuple(given or ())


def _pairs(given: Words) -> tuple[tuple[str, str], ...]:
    pairs = []
    for text in given or ():
        variable, sign, value = text.partition("=")
        if not sign or not variable:
            raise InputError(f"“{text}” names no value: write VARIABLE=VALUE, organization=Senate")
        pairs.append((variable, value))
    return tuple(pairs)
