"""`kg backup` and `kg restore`: a build as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.backup import backup, restore
from kg.build import read_build
from kg.cli.common import (
    DEFAULT_BUILD,
    TextOrJson,
    clear_errors,
    say,
    to_json_text,
    write_output,
)
from kg.errors import InputError
from kg.findings import counted
from kg.remote.endpoint import find_endpoint


def backup_command(
    build: Annotated[
        str | None,
        typer.Argument(help="A build's folder. Without it: ./build.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file of the backup.", show_default=False),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option("--store", help="The same as the argument: a folder.", show_default=False),
    ] = None,
    form: TextOrJson = "text",
) -> None:
    """Write a build into one file, with the hash of all that is in it, and read it back.

    Example: kg backup my-build -o my-build.tar.gz
    """
    with clear_errors():
        named = build or store or str(DEFAULT_BUILD)
        if build and store:
            raise InputError("Which build? Name it once, as the argument or with --store")
        if find_endpoint(named):
            raise InputError(
                "A store on a server is no folder to back up: "
                f"use “kg export --format nquads --store {named}”"
            )
        if output is None:
            raise InputError("Where to? Give -o with a file, such as build.tar.gz")
        made = read_build(Path(named))
        files = backup(made, output, say).files
        size = output.stat().st_size
        if form == "json":
            done = {"files": len(files), "quads": made.quads, "bytes": size}
            write_output(to_json_text(done), None)
            return
        what = f"{counted(len(files), 'file')}, {counted(made.quads, 'quad')}"
        write_output(f"{output} holds {made.name}: {what}, {size} bytes, verified\n", None)


def restore_command(
    file: Annotated[Path, typer.Argument(help="What kg backup has made.", show_default=False)],
    out: Annotated[
        Path, typer.Option(help="A new folder, or that of a build to replace.", show_default=False)
    ],
    form: TextOrJson = "text",
) -> None:
    """Make the build of a backup again, every hash checked, all or nothing.

    Example: kg restore my-build.tar.gz --out my-build
    """
    with clear_errors():
        made = restore(file, out, say)
        if form == "json":
            data = {"quads": made.quads, "graph_sha256": made.graph_sha256}
            write_output(to_json_text(data), None)
            return
        write_output(f"{out} holds the build of {file}: {counted(made.quads, 'quad')}\n", None)
