"""`kg ontology`: the ontology's own files checked, documented and released."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import FILE_BY_FILE, clear_errors, say, write_output
from kg.cli.publishing import (
    FolderArgument,
    check_ontology_command,
    format_ontology_command,
    release_command,
)
from kg.resources import ontology_to_change

DEFAULT_SITE = Path("dist") / "ontology"

ontology = typer.Typer(
    help="The ontology's own files: check, document, release.",
    no_args_is_help=True,
    add_completion=False,
)
ontology.command("check")(check_ontology_command)
ontology.command("format")(format_ontology_command)
ontology.command("release")(release_command)


@ontology.command("docs")
def docs_command(
    folder: FolderArgument = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder of the site; an earlier one is replaced.")
    ] = DEFAULT_SITE,
) -> None:
    """Write the ontology's documentation as pages that need no network.

    Prints the path of the first page.

    Example: kg ontology docs -o dist/ontology
    """
    with clear_errors():
        # Here, since reading Markdown takes long to import and other commands do without.
        from kg.vocabulary.pages import write_site

        say("Writing the documentation")
        write_site(output, folder)
        write_output(f"{output / 'index.html'}\n", None)


@ontology.command("schema")
def schema_command(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="An existing folder. Without it: the checkout's."),
    ] = None,
) -> None:
    """Write the JSON Schemas of the coding files, for editors and other checkers.

    Example: kg ontology schema -o schema
    """
    with clear_errors(FILE_BY_FILE):
        from kg.coding.schema import write_schemas

        for path in write_schemas(output or ontology_to_change() / "schema"):
            write_output(f"{path}\n", None)
