"""`kg import`: the graph of another team, or of an export, as a folder of codings."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from kg.build import check
from kg.cli.common import (
    BaseOption,
    Language,
    LanguageOption,
    clear_errors,
    say,
    show,
    stderr,
    write_output,
)
from kg.cli.migrating import migrated
from kg.decode import SYNTAXES, Decoded, decode, read_rdf, write_folder
from kg.errors import DataError
from kg.findings import Finding, errors
from kg.names import DEFAULT_BASE


def import_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            help=f"A graph in RDF ({', '.join(SYNTAXES)}), in one file or several.",
            metavar="FILE...",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="A new folder. Without it: the name of the first file, no ending.",
        ),
    ] = None,
    base: BaseOption = DEFAULT_BASE,
    lang: LanguageOption = Language.EN,
) -> None:
    """Turn a graph that uses APRO into a folder of codings, all or nothing.

    Several files are one graph. What codings cannot hold is said, with its node and property.

    Example: kg import their-meetings.ttl --base https://example.org/data/ -o their-meetings
    """
    with clear_errors():
        quads = []
        for path in files:
            say(f"Reading {path}")
            quads += read_rdf(path, base)
        file = files[0] if len(files) == 1 else Path(os.path.commonpath(files))
        decoded = decode(migrated(quads), file, base)
        _stop_on_errors(file, decoded.findings)
        folder = output or Path(files[0].stem)

        def accept(made: Path) -> None:
            try:
                check(made, None, base, lang.value, say)
            except DataError as error:
                found = [_of_file(file, made, one) for one in error.findings]
                _stop_on_errors(file, [*decoded.findings, *found])

        paths = write_folder(decoded.files, folder, accept)
        show(decoded.findings)
        write_output("".join(f"{path}\n" for path in paths), None)
        stderr.print(escape(_next(decoded, folder, base)))


def _of_file(file: Path, made: Path, finding: Finding) -> Finding:
    """A finding in a file that will not be written, as one in the file that was given."""
    message = finding.message.replace(f"{made}/", "")
    return replace(finding, path=file, line=0, message=message)


def _stop_on_errors(file: Path, findings: list[Finding] | tuple[Finding, ...]) -> None:
    if found := errors(findings):
        count = "1 error" if len(found) == 1 else f"{len(found)} errors"
        raise DataError(f"{file} gives no valid codings ({count}): nothing was written", findings)


def _next(decoded: Decoded, folder: Path, base: str) -> str:
    count = "1 meeting" if (n := _meetings(decoded)) == 1 else f"{n} meetings"
    option = "" if base == DEFAULT_BASE else f" --base {base}"
    return f"{count} read. Next: kg build --data {folder}{option}"


def _meetings(decoded: Decoded) -> int:
    return sum(file.folder == "meetings" for file in decoded.files)
