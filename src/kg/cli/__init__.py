"""The command `kg`: arguments in, results to stdout, messages to stderr, exit codes out."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import __version__
from kg.cli.asking import QueryGroup, list_queries, sparql_command
from kg.cli.building import build_command, new_command, validate_command
from kg.cli.exchange import exporting, importing
from kg.cli.measuring import measures_command
from kg.cli.migrating import migrate_command
from kg.cli.networking import network_command
from kg.cli.ontology import ontology
from kg.cli.sharing import show_command, view_command

app = typer.Typer(
    name="kg",
    help="A knowledge graph of who wants what in meetings: build it, ask it, look at it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("build")(build_command)
app.command("validate")(validate_command)
app.command("new")(new_command)
app.command("sparql")(sparql_command)
app.command("view")(view_command)
app.command("show")(show_command)
app.command("network")(network_command)
app.command("measures")(measures_command)
app.command("migrate")(migrate_command)

queries = typer.Typer(cls=QueryGroup, invoke_without_command=True)
queries.callback()(list_queries)
app.add_typer(queries, name="query")
app.add_typer(ontology, name="ontology")
app.add_typer(importing, name="import")
app.add_typer(exporting, name="export")


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
