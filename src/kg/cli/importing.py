"""`kg import`: the graph of another team, or of an export, as a folder of codings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from kg.cli.migrating import FilesArgument, migrated, read_files, source_of
from kg.dna.layer import layer_file, split_layers, to_ntriples
from kg.errors import DataError
from kg.findings import Finding, counted, errors
from kg.folders import check_target, write_files
from kg.names import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.decode import Decoded


def import_command(
    files: FilesArgument,
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
        folder = output or Path(files[0].stem)
        check_target(folder)
        source = source_of(files)
        decoded, layers = _read(files, source, base)
        paths = _written(decoded, layers, source, folder, base, lang.value)
        show(decoded.findings)
        write_output("".join(f"{path}\n" for path in paths), None)
        stderr.print(escape(_next(decoded, folder, base)))


def _read(files: Sequence[Path], source: Path, base: str) -> tuple[Decoded, dict[str, bytes]]:
    """The codings that the files hold, and the layers of DNA databases beside them.

    Raises `DataError` if one of the codings is not valid.
    """
    from kg.decode import decode

    quads, layers = split_layers(read_files(files, base), base)
    decoded = decode(migrated(quads, source), source, base)
    _stop_on_errors(source, decoded.findings)
    return decoded, {layer_file(name): to_ntriples(found) for name, found in layers.items()}


def _written(
    decoded: Decoded,
    layers: Mapping[str, bytes],
    source: Path,
    folder: Path,
    base: str,
    lang: str,
) -> list[Path]:
    """Write the codings if they pass the checks of a build; tell which files."""
    from kg.decode import write_folder

    def accept(made: Path) -> None:
        write_files(made, layers)
        try:
            check(made, None, base, lang, say)
        except DataError as error:
            found = [_of_file(source, made, one) for one in error.findings]
            _stop_on_errors(source, [*decoded.findings, *found])

    return [*write_folder(decoded.files, folder, accept), *(folder / name for name in layers)]


def _of_file(file: Path, made: Path, finding: Finding) -> Finding:
    """A finding in a file that will not be written, as one in the file that was given."""
    message = finding.message.replace(f"{made}/", "")
    return replace(finding, path=file, line=0, message=message)


def _stop_on_errors(file: Path, findings: Sequence[Finding]) -> None:
    if found := errors(findings):
        count = counted(len(found), "error")
        raise DataError(f"{file} gives no valid codings ({count}): nothing was written", findings)


def _next(decoded: Decoded, folder: Path, base: str) -> str:
    count = counted(_meetings(decoded), "meeting")
    option = "" if base == DEFAULT_BASE else f" --base {base}"
    return f"{count} read. Next: kg build --data {folder}{option}"


def _meetings(decoded: Decoded) -> int:
    return sum(file.folder == "meetings" for file in decoded.files)
