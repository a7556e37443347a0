"""`kg import` and `kg export` as groups: by the name of a form, or without one for the graph."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from kg.cli.dna import (
    export_dna_command,
    export_dna_events_command,
    import_dna_command,
    import_dna_events_command,
)
from kg.cli.importing import import_command
from kg.cli.qdpx import qdpx_command
from kg.cli.sharing import export_command
from kg.cli.tables import export_table_command


class DefaultGroup(TyperGroup):
    """A group in which words that name no command go to the one that is called `default`."""

    default = ""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before words that name none; `--help` is the group's own."""
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else [self.default, *args])


class ImportGroup(DefaultGroup):
    """`kg import`: RDF unless another form is named."""

    default = "rdf"


class ExportGroup(DefaultGroup):
    """`kg export`: the graph or its positions unless another form is named."""

    default = "graph"


importing = typer.Typer(
    cls=ImportGroup, subcommand_metavar="FILE... | COMMAND [ARGS]...", add_completion=False
)
importing.command("rdf")(import_command)
importing.command("dna")(import_dna_command)
importing.command("dna-events")(import_dna_events_command)
importing.command("qdpx")(qdpx_command)

exporting = typer.Typer(
    cls=ExportGroup, subcommand_metavar="[OPTIONS] | COMMAND [ARGS]...", add_completion=False
)
exporting.command("graph")(export_command)
exporting.command("dna")(export_dna_command)
exporting.command("dna-events")(export_dna_events_command)
exporting.command("table")(export_table_command)


@importing.callback()
def import_options() -> None:
    """Turn the work of another team or tool into a folder of codings, all or nothing.

    Files without a command are RDF that uses APRO; `kg import rdf --help` tells their options.

    Example: kg import their-meetings.ttl --base https://example.org/data/ -o their-meetings

    Example: kg import dna sample.dna -o sample

    Example: kg import qdpx interviews.qdpx -o interviews
    """


@exporting.callback()
def export_options() -> None:
    """Write a build as a file for others.

    Without a command the graph; `kg export graph --help` tells the options.

    Example: kg export --format trig --pseudonymise -o share.trig

    Example: kg export dna -o share.dna

    Example: kg export table -o table
    """
