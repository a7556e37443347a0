"""The command `kg`: arguments in, results to stdout, messages to stderr, exit codes out."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import __version__
from kg.cli.commands import Commands

app = typer.Typer(
    name="kg",
    cls=Commands,
    help="A knowledge graph of who wants what in meetings: build it, ask it, look at it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """A knowledge graph of who wants what in meetings: build it, ask it, look at it."""


def main() -> None:
    """The entry point of the console command; results are UTF-8 whatever the locale says."""
    if sys.stdout is None:  # closed by the caller (`>&-`): the result is not wanted
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
