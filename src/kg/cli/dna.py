"""`kg import dna`, `kg export dna` and the same with `dna-events`: DNA's files in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from kg.build import check
from kg.cli.common import (
    BaseOption,
    Language,
    LanguageOption,
    StoreOption,
    clear_errors,
    day_of,
    opened,
    say,
    show,
    stderr,
    write_output,
)
from kg.errors import DataError, InputError
from kg.findings import Finding, Severity, counted, errors
from kg.folders import check_target, staged, write_files
from kg.names import DEFAULT_BASE, check_base, slug

if TYPE_CHECKING:
    from kg.dna.codings import Options
    from kg.dna.export import Wish
    from kg.dna.rows import Database

FileArgument = Annotated[Path, typer.Argument(help="A database of DNA 3 (*.dna).")]
FolderOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="A new folder. Without it: the file's name, no ending."),
]
NameOption = Annotated[
    str, typer.Option(help="What ids begin with. Without it: the name of the file.")
]
LanguageOfLabels = Annotated[
    str, typer.Option("--language", help="Language of names and concepts (en, fi, sv, de, …).")
]
CodedOn = Annotated[
    str, typer.Option(help="Day of the coding, as 2024-03-01. Without it: the day of the file.")
]
PersonOption = Annotated[str, typer.Option(help="The variable that names persons.")]
OrganisationOption = Annotated[str, typer.Option(help="The variable that names organisations.")]
ConceptOption = Annotated[str, typer.Option(help="The variable that names concepts.")]
QualifierOption = Annotated[str, typer.Option(help="The boolean or integer variable of stances.")]
IssuesBy = Annotated[str, typer.Option(help="An attribute of concepts that groups them to issues.")]
LayerOption = Annotated[
    str, typer.Option(help="Which DNA database of the build, where it holds several.")
]
TextsOption = Annotated[
    Path | None, typer.Option(help="Folder of the source documents, for their texts.")
]
ProposedOption = Annotated[
    bool, typer.Option("--include-proposed", help="Also positions nobody has accepted yet.")
]


def import_dna_command(
    file: FileArgument,
    output: FolderOption = None,
    name: NameOption = "",
    language: LanguageOfLabels = "en",
    coded_on: CodedOn = "",
    person: PersonOption = "",
    organisation: OrganisationOption = "",
    concept: ConceptOption = "",
    qualifier: QualifierOption = "",
    issues_by: IssuesBy = "",
    keep_passwords: Annotated[
        bool, typer.Option("--keep-passwords", help="Put the hashes of passwords into the graph.")
    ] = False,
    base: BaseOption = DEFAULT_BASE,
) -> None:
    """Turn a DNA database into a folder of codings, with every row in a layer beside them.

    All or nothing. What codings cannot hold is said; `kg export dna` gives the database back.

    Example: kg import dna sample.dna -o sample
    """
    with clear_errors():
        from kg.dna.codings import Options
        from kg.dna.database import left_out, read_database
        from kg.dna.forms import Wanted

        folder = output or Path(file.stem)
        check_target(folder)
        wanted = Wanted(person, organisation, concept, qualifier)
        say(f"Reading {file}")
        database, more = read_database(file), left_out(file)
        options = Options(_day(coded_on, file), language, wanted, issues_by)
        _import(database, file, name, options, folder, base, keep_passwords, more)


def import_dna_events_command(
    file: Annotated[Path, typer.Argument(help="An event list that DNA wrote (*.csv).")],
    output: FolderOption = None,
    name: NameOption = "",
    language: LanguageOfLabels = "en",
    coded_on: CodedOn = "",
    person: PersonOption = "",
    organisation: OrganisationOption = "",
    concept: ConceptOption = "",
    qualifier: QualifierOption = "",
    base: BaseOption = DEFAULT_BASE,
) -> None:
    """Turn an event list in DNA's form into a folder of codings, all or nothing.

    Of the documents an event list has only what is coded: those passages become their text.

    Example: kg import dna-events events.csv -o events
    """
    with clear_errors():
        from kg.dna.codings import Options
        from kg.dna.eventreader import read_events
        from kg.dna.forms import Wanted

        folder = output or Path(file.stem)
        check_target(folder)
        database, more = read_events(file)
        wanted = Wanted(person, organisation, concept, qualifier)
        options = Options(_day(coded_on, file), language, wanted)
        _import(database, file, name, options, folder, base, False, more)


def _import(
    database: Database,
    file: Path,
    name: str,
    options: Options,
    folder: Path,
    base: str,
    keep_passwords: bool,
    more: list[Finding],
) -> None:
    """Write the folder if its codings pass the checks of a build; tell what was not certain."""
    from kg.dna.checks import broken, told
    from kg.dna.codings import Import
    from kg.dna.layer import choices, layer_file, to_ntriples, triples

    check_base(base)
    doubts = broken(database, file)
    _stop(file, doubts)
    made = Import(database, slug(name or file.stem) or "dna", options)
    if not made.forms:
        _refuse(file, database)
    findings = [*more, *doubts, *told(made, file, keep_passwords)]
    rows = triples(database, made.name, base, keep_passwords)
    layer = to_ntriples([*rows, *choices(options.wanted, made.name, base)])
    files = {**dict(made.files()), layer_file(made.name): layer}
    _write(files, file, folder, base)
    show(findings)
    write_output("".join(f"{folder / one}\n" for one in sorted(files)), None)
    option = "" if base == DEFAULT_BASE else f" --base {base}"
    stderr.print(
        escape(
            f"{len(made.positions)} positions in {len(database.documents)} documents read. "
            f"Next: kg build --data {folder} --sources {folder / 'sources'}{option}"
        )
    )


def _day(given: str, file: Path) -> date:
    """The day of the coding: what the user says, else the day on which the file was changed."""
    if stated := day_of(given, "--coded-on"):
        return stated
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    except OSError as error:
        raise InputError(f"There is no file {file}: check its name") from error


def _refuse(file: Path, database: Database) -> None:
    """Say that no statement type makes positions, and which variables there are."""
    types = {one.id: one.label for one in database.statement_types}
    listed = "; ".join(
        f"{label}: "
        + ", ".join(
            f"{v.variable} ({v.data_type})" for v in database.variables if v.statement_type_id == n
        )
        for n, label in types.items()
    )
    raise InputError(
        f"No statement type of {file} has an actor, a concept and a qualifier ({listed}): name "
        "them with --person or --organisation, --concept and --qualifier"
    )


def _stop(file: Path, findings: list[Finding]) -> None:
    if found := errors(findings):
        count = counted(len(found), "error")
        raise DataError(f"{file} has {count}: nothing was written", findings)


def _write(files: Mapping[str, bytes], file: Path, folder: Path, base: str) -> None:
    """Write the files as a folder, if its codings pass the checks of a build with its sources."""
    with staged(folder) as made:
        write_files(made, files)
        try:
            check(made, made / "sources", base, progress=say)
        except DataError as error:
            here = [replace(one, path=file, line=0) for one in error.findings]
            _stop(file, errors(here))


def export_dna_command(
    file: Annotated[
        Path | None, typer.Argument(help="The database to write; or give --output.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The database to write (*.dna).")
    ] = None,
    layer: LayerOption = "",
    sources: TextsOption = None,
    include_proposed: ProposedOption = False,
    keep_passwords: Annotated[
        bool, typer.Option("--keep-passwords", help="Coders' passwords, if the graph has them.")
    ] = False,
    store: StoreOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Write a build as a database of DNA 3; what DNA cannot hold is said.

    What came from DNA comes back row by row, with what was changed since in the codings.

    Example: kg export dna -o share.dna
    """
    with clear_errors():
        from kg.dna.database import write_database

        target = _target(file, output)
        wish = _wish(layer, sources, lang.value, include_proposed, keep_passwords)
        made, source, findings = _exported(store, wish)
        write_database(made, target)
        show(findings)
        _tell_passwords(made, source)
        stderr.print(f"Wrote {escape(str(target))}: {len(made.statements)} statements")


def export_dna_events_command(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file instead of the screen.")
    ] = None,
    statement_type: Annotated[
        str, typer.Option("--type", help="The statement type, where there are several.")
    ] = "",
    layer: LayerOption = "",
    sources: TextsOption = None,
    include_proposed: ProposedOption = False,
    store: StoreOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Write the statements of a build as an event list in DNA's form: CSV with semicolons.

    Example: kg export dna-events -o events.csv
    """
    with clear_errors():
        from kg.dna.eventlist import to_events

        wish = _wish(layer, sources, lang.value, include_proposed, False)
        made, source, findings = _exported(store, wish)
        text, more = to_events(made, source, statement_type)
        write_output(text, output)
        show([*findings, *more])


def _target(file: Path | None, output: Path | None) -> Path:
    """The file to write, given in one way or the other."""
    if file and output and file != output:
        raise InputError(f"Two files are named, {file} and {output}: name one")
    target = output or file
    if target is None:
        raise InputError("The database needs a place: give -o FILE")
    return target


def _wish(
    layer: str, sources: Path | None, language: str, include_proposed: bool, keep_passwords: bool
) -> Wish:
    """What the options say of an export."""
    from kg.dna.export import Wish
    from kg.source import read_sources

    texts = read_sources(sources) if sources else {}
    return Wish(layer, texts, language, include_proposed, keep_passwords)


def _exported(store: str | None, wish: Wish) -> tuple[Database, Path, list[Finding]]:
    """The database of a build, the place of the build, and what the database does not hold."""
    from kg.dna.export import export_database

    made = opened(store)
    exported = export_database(made.read_quads(), wish, made.place, made.base)
    return exported.database, made.place, list(exported.findings)


def _tell_passwords(made: Database, source: Path) -> None:
    """Say what the passwords are that the graph did not have."""
    from kg.dna.passwords import DEFAULT_PASSWORD, default_hash

    unknown = [one.name for one in made.coders if one.password == default_hash()]
    if unknown:
        message = f"the password of {', '.join(unknown)} is “{DEFAULT_PASSWORD}”: change it in DNA"
        show([Finding(source, 0, Severity.WARNING, message)])
