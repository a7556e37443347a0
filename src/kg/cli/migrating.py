"""`kg migrate`: data written for an earlier version of APRO, brought to the present one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from kg.cli.common import BaseOption, clear_errors, say, show, stderr, write_output
from kg.encode import canonical, to_trig
from kg.findings import Finding, Severity
from kg.names import DEFAULT_BASE, shorten

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.migrate import Migrated

# The endings of `kg.decode.SYNTAXES`, which is imported only where a graph is read.
ENDINGS = ".trig, .nq, .ttl, .nt, .jsonld, .json, .rdf, .xml"

FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        help=f"A graph in RDF ({ENDINGS}), in one file or several.",
        metavar="FILE...",
        show_default=False,
    ),
]


def migrate_command(
    files: FilesArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file. Without it: standard output.")
    ] = None,
    base: BaseOption = DEFAULT_BASE,
) -> None:
    """Bring data of an earlier version of APRO to the present one, as TriG.

    Several files are one graph: give those together that tell of the same people. Says what each
    migration query replaced. Data of the present version comes back as it is.

    Example: kg migrate graph-0.1.trig -o graph.trig
    """
    with clear_errors():
        from kg.migrate import migrate

        done = migrate(read_files(files, base))
        write_output(to_trig(canonical(done.quads), base), output)
        report(done, source_of(files))


def read_files(files: Sequence[Path], base: str) -> list[ox.Quad]:
    """The quads of all files together."""
    from kg.decode import read_rdf

    quads = []
    for path in files:
        say(f"Reading {path}")
        quads += read_rdf(path, base)
    return quads


def source_of(files: Sequence[Path]) -> Path:
    """What findings name: the file, or the first one and how many others.

    >>> source_of([Path("a.ttl")]).name, source_of([Path("a.ttl"), Path("/b.ttl")]).name
    ('a.ttl', 'a.ttl and 1 more')
    """
    return files[0] if len(files) == 1 else Path(f"{files[0]} and {len(files) - 1} more")


def migrated(quads: Sequence[ox.Quad], source: Path) -> tuple[ox.Quad, ...]:
    """The quads in the present version; what was replaced or could not be is told."""
    from kg.migrate import migrate

    done = migrate(quads)
    if done.left or any(step.changed for step in done.steps):
        report(done, source)
    return done.quads


def report(done: Migrated, source: Path) -> None:
    """Tell on stderr what each query replaced, and which deprecated terms are still used."""
    replaced = [step for step in done.steps if step.changed]
    for step in replaced:
        count = _statements(step.changed)
        stderr.print(escape(f"{step.version}/{step.name}: {count} replaced"))
    show(
        Finding(
            source,
            0,
            Severity.WARNING,
            f"{shorten(name)}: {_statements(count)} with this deprecated term could not be brought "
            "over: give the files that describe what they refer to as well",
        )
        for name, count in done.left.items()
    )
    if not replaced and not done.left:
        stderr.print("Nothing to migrate: no term of an earlier version is used")


def _statements(count: int) -> str:
    return "1 statement" if count == 1 else f"{count} statements"
