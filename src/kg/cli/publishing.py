"""`kg ontology check`, `format` and `release`: the ontology's own files, from draft to release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from kg.cli.common import FILE_BY_FILE, clear_errors, say, show, stderr, write_output
from kg.errors import DataError
from kg.findings import Finding, errors
from kg.resources import examples_dir, ontology_dir, ontology_to_change, queries_dir

FolderArgument = Annotated[
    Path | None,
    typer.Argument(help="Folder of the ontology. Without it: the shipped one.", show_default=False),
]
DEFAULT_RELEASES = Path("releases")


def check_ontology_command(folder: FolderArgument = None) -> None:
    """Check the ontology's files: canonical form, style guide, metadata, one version.

    Example: kg ontology check
    """
    with clear_errors():
        found = _checked(folder or ontology_dir())
        show(found)
        write_output("No errors\n", None)


def _checked(folder: Path) -> list[Finding]:
    """The findings on a folder; raises `DataError`, which carries them, if one is an error."""
    # Here, since pyshacl and rdflib take long to import and other commands do without.
    from kg.vocabulary.check import check_ontology

    say("Checking the ontology")
    found = check_ontology(folder)
    if wrong := errors(found):
        count = "1 error: correct it" if len(wrong) == 1 else f"{len(wrong)} errors: correct them"
        raise DataError(f"The ontology has {count} first", found)
    return found


def format_ontology_command(
    folder: FolderArgument = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if a file would change.")
    ] = False,
) -> None:
    """Write the ontology's files in canonical form, so that a diff shows what was changed.

    Example: kg ontology format --check
    """
    with clear_errors(FILE_BY_FILE):
        from kg.vocabulary.check import check_form, files, format_ontology

        place = folder or (ontology_dir() if check else ontology_to_change())
        if check:
            found = [finding for path in files(place) for finding in check_form(path)]
            if errors(found):
                raise DataError("The ontology is not in canonical form", found)
            return
        changed, lost = format_ontology(place)
        show(lost)
        for path in changed:
            write_output(f"{path}\n", None)


def release_command(
    folder: FolderArgument = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder that gets a folder for the version.")
    ] = DEFAULT_RELEASES,
) -> None:
    """Make the release of the version that the ontology states, all or nothing.

    Example: kg ontology release -o releases
    """
    with clear_errors():
        from kg.release import RECORD, record_lines, release, write_release
        from kg.vocabulary.pages import site_files

        place = folder or ontology_dir()
        show(_checked(place))
        say("Making the release")
        made = release(place, queries_dir(), examples_dir(), site_files(place))
        target, new = write_release(made, output)
        write_output(f"{target}\n", None)
        if not new:
            stderr.print("It was there already, with the same content")
        if lines := record_lines(place):
            stderr.print(escape(f"When it is published, add to {place / RECORD}, with the tabs:"))
            typer.echo(lines, err=True, nl=False)  # rich makes spaces of tabs
