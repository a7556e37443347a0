"""What all commands share: where results and messages go, how errors end, which build is read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from kg.build import MANIFEST, build
from kg.errors import DataError, InputError, KgError, OutputError
from kg.findings import Finding, Severity, suggest, visible
from kg.locks import standing
from kg.opened import Opened, open_store
from kg.remote.endpoint import default_store
from kg.resources import data_dir

DEFAULT_BUILD = Path("build")
# What is said after Ctrl-C.
UNCHANGED = "nothing was changed"
FILE_BY_FILE = "each file is as it was, or changed whole"

# Results go to stdout alone; progress, findings and errors to stderr.
stderr = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


class Language(StrEnum):
    """Languages of labels and pages."""

    EN = "en"
    FI = "fi"
    SV = "sv"


LanguageOption = Annotated[
    Language, typer.Option("--lang", help="Language of labels, with English as fallback.")
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="A build's folder, a SPARQL service's address, or a name of kg.toml. "
        "Without it: KG_STORE, kg.toml, else the build in ./build, made first if there is none.",
        show_default=False,
    ),
]
SourcesOption = Annotated[
    Path | None,
    typer.Option(help="Folder of the source documents, to check the evidence against."),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file instead of the screen.")
]
DataOption = Annotated[
    Path | None,
    typer.Option(help="Folder of codings. Without it: the shipped one.", show_default=False),
]
BaseOption = Annotated[str, typer.Option(help="Address that all ids of the data begin with.")]


def choice(choices: Sequence[str]) -> Callable[[str], str]:
    """A check for an option that takes one of a few words."""

    def check(value: str) -> str:
        if value not in choices:
            near = suggest(value, choices, most=1)
            hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(choices)}"
            raise typer.BadParameter(f"“{value}” is not known; {hint}")
        return value

    return check


TextOrJson = Annotated[
    str, typer.Option("--format", help="text or json.", callback=choice(("text", "json")))
]


def day_of(text: str | None, option: str) -> date | None:
    """The day that an option names, None for none; raises `InputError` for what is no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"{option} {text} is no date: write it as 2021-10-25") from error


def to_json_text(data: object) -> str:
    """Data as JSON for machines; dates in ISO form."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"


def literal(text: str) -> str:
    """A text for `stderr` in which nothing is markup, or a command to the terminal."""
    return escape(visible(text))


def say(message: str) -> None:
    """A line of progress, to stderr."""
    stderr.print(f"[dim]{literal(message)} …[/dim]")


def show(findings: Iterable[Finding]) -> None:
    """Findings to stderr, one a line: file, line, severity, message."""
    for finding in findings:
        place = f"{finding.path}:{finding.line}" if finding.line else str(finding.path)
        colour = _COLOURS[finding.severity]
        stderr.print(
            f"{literal(place)}: [{colour}]{finding.severity}[/{colour}]: {literal(finding.message)}"
        )


@contextmanager
def clear_errors(interrupted: str = UNCHANGED) -> Iterator[None]:
    """End on a `KgError` with its one sentence and its exit code, never a traceback.

    `interrupted` is what holds after Ctrl-C.
    """
    try:
        yield
    except KgError as error:
        if isinstance(error, DataError):
            show(error.findings)
        stderr.print(f"[red]Error:[/red] {literal(str(error))}")
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        stderr.print(f"Interrupted: {interrupted}")
        raise typer.Exit(130) from error
    except BrokenPipeError as error:
        # The reader of stdout has gone (`| head`): that is no error. What is buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error
    except OSError as error:
        # Files that a command reads or writes have errors of their own: this is stdout.
        stderr.print(f"[red]Error:[/red] The result cannot be written: {literal(str(error))}")
        raise typer.Exit(OutputError.exit_code) from error


def opened(store: str | None) -> Opened:
    """What a command reads; a build of the shipped data where nothing is named and none is there.

    Raises `StoreError` for a folder that is no build, and what `open_store` and `build` raise.
    """
    named = store or default_store()
    if named:
        return open_store(named, say)
    if not (standing(DEFAULT_BUILD) / MANIFEST).exists():
        stderr.print("There is no build in ./build yet: making one from the shipped data")
        return build(data_dir(), DEFAULT_BUILD, progress=say)[0]
    return open_store(str(DEFAULT_BUILD))


def write_output(text: str | bytes, output: Path | None) -> None:
    """A result to stdout or to a file; raises `OutputError` if the file cannot be written."""
    raw = text.encode() if isinstance(text, str) else text
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(raw)
    except OSError as error:
        raise OutputError(
            f"{output} cannot be written ({error.strerror}): choose another place"
        ) from error
    stderr.print(f"Wrote {literal(str(output))}")
