"""`kg migrate`: data written for an earlier version of APRO, brought to the present one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer
from rich.markup import escape

from kg.cli.common import BaseOption, clear_errors, say, stderr, write_output
from kg.decode import SYNTAXES, read_rdf
from kg.encode import to_trig
from kg.migrate import Migrated, migrate
from kg.names import DEFAULT_BASE


def migrate_command(
    file: Annotated[
        Path, typer.Argument(help=f"A graph in RDF ({', '.join(SYNTAXES)}).", show_default=False)
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file. Without it: standard output.")
    ] = None,
    base: BaseOption = DEFAULT_BASE,
) -> None:
    """Bring data of an earlier version of APRO to the present one, as TriG.

    Says what each migration query replaced. Data of the present version comes back as it is.

    Example: kg migrate graph-0.1.trig -o graph.trig
    """
    with clear_errors():
        say(f"Reading {file}")
        done = migrate(read_rdf(file, base))
        write_output(to_trig(done.quads, base), output)
        report(done)


def migrated(quads: Sequence[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The quads in the present version; what was replaced is told."""
    done = migrate(quads)
    if any(step.changed for step in done.steps):
        report(done)
        return done.quads
    return tuple(quads)


def report(done: Migrated) -> None:
    """Tell on stderr what each query replaced."""
    replaced = [step for step in done.steps if step.changed]
    for step in replaced:
        count = "1 statement" if step.changed == 1 else f"{step.changed} statements"
        stderr.print(escape(f"{step.version}/{step.name}: {count} replaced"))
    if not replaced:
        stderr.print("Nothing to migrate: no term of an earlier version is used")
