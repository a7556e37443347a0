"""`kg import qdpx`: coded segments of a REFI-QDA project, as a folder of codings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from kg.build import check
from kg.cli.common import (
    BaseOption,
    Language,
    LanguageOption,
    choice,
    clear_errors,
    say,
    show,
    stderr,
    write_output,
)
from kg.errors import DataError, InputError
from kg.findings import Finding, Severity, errors
from kg.folders import check_target, staged, write_files
from kg.names import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.refi.groups import Role
    from kg.refi.imports import Imported, Options
    from kg.refi.texts import Counting

SHOWN = 20
"""So many findings of one severity are shown one by one; all are in unmapped.csv."""
POSITIONS = ("auto", "code-points", "utf-16")
LINE_ENDS = ("auto", "one", "two")


def _group(what: str) -> Any:
    text = f"Code, set or prefix whose codes are {what}; may be given several times."
    return typer.Option(help=text, show_default=False)


_Names = list[str] | None
Holders = Annotated[_Names, _group("holders (bodies)")]
Persons = Annotated[_Names, _group("holders who are persons")]
Speakers = Annotated[_Names, _group("speakers")]
Propositions = Annotated[_Names, _group("propositions")]
Stances = Annotated[_Names, _group("stances")]
Cases = Annotated[bool, typer.Option("--cases", help="Take cases as holders.")]
Overlap = Annotated[
    bool, typer.Option("--overlap", help="Join segments that overlap, not only equal ones.")
]
Reported = Annotated[
    bool, typer.Option("--reported", help="Sources report positions: no holder speaks.")
]
Coder = Annotated[
    str | None, typer.Option(help="Only the codings of this coder.", show_default=False)
]
TextLanguage = Annotated[str, typer.Option(help="Language code of codes and texts.")]
Dated = Annotated[
    str | None,
    typer.Option("--date", help="Date of sources that state none.", show_default=False),
]
Positions = Annotated[
    str,
    typer.Option(help=f"How characters count: {', '.join(POSITIONS)}.", callback=choice(POSITIONS)),
]
LineEnds = Annotated[
    str,
    typer.Option(
        help=f"How a Windows line end counts: {', '.join(LINE_ENDS)}.", callback=choice(LINE_ENDS)
    ),
]
Lenient = Annotated[
    bool,
    typer.Option("--lenient", help="Read a project that breaks the schema, and say where."),
]


def qdpx_command(
    file: Annotated[Path, typer.Argument(help="A project exchange file (.qdpx).")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="A new folder. Without it: the file's name, no ending."
        ),
    ] = None,
    holders: Holders = None,
    persons: Persons = None,
    speakers: Speakers = None,
    propositions: Propositions = None,
    stances: Stances = None,
    cases: Cases = False,
    overlap: Overlap = False,
    reported: Reported = False,
    coder: Coder = None,
    language: TextLanguage = "en",
    dated: Dated = None,
    positions: Positions = "auto",
    line_ends: LineEnds = "auto",
    lenient: Lenient = False,
    base: BaseOption = DEFAULT_BASE,
    lang: LanguageOption = Language.EN,
) -> None:
    """Turn the coded segments of a REFI-QDA project into a folder of codings, all or nothing.

    Segments with a holder, a proposition and a stance become positions; every other coded
    segment is told, and kept in unmapped.csv.

    Example: kg import qdpx interviews.qdpx -o interviews --holders Actors --stances Agreement
    """
    with clear_errors():
        from kg.refi.codings import Wording
        from kg.refi.imports import Options
        from kg.refi.positions import Rules

        options = Options(
            groups=_groups(holders, persons, speakers, propositions, stances),
            rules=Rules(overlap, cases, coder),
            wording=Wording(_language(language), _date(dated), reported),
            countings=_countings(positions, line_ends),
            lenient=lenient,
        )
        _import(file, output or Path(file.stem), options, base, lang.value)


def _groups(*named: _Names) -> Mapping[Role, Sequence[str]]:
    """The names of groups by their role, in the order of the roles."""
    from kg.refi.groups import Role

    return {role: names for role, names in zip(Role, named, strict=True) if names}


def _import(file: Path, folder: Path, options: Options, base: str, lang: str) -> None:
    from kg.refi.imports import import_project

    check_target(folder)
    say("Reading the project")
    imported = import_project(file, options)
    with staged(folder) as made:
        write_files(made, imported.files)
        _check(made, file, base, lang)
    show(_most(imported.findings))
    write_output("".join(f"{folder / name}\n" for name in sorted(imported.files)), None)
    stderr.print(escape(_next(imported, folder, base)))


def _check(made: Path, file: Path, base: str, lang: str) -> None:
    """Check the new folder as a build does, evidence too; its findings are those of the file."""
    from kg.refi.codings import TEXTS

    texts = made / TEXTS
    try:
        check(made, texts if texts.is_dir() else None, base, lang, say)
    except DataError as error:
        found = [
            replace(one, path=file, line=0, message=one.message.replace(f"{made}/", ""))
            for one in errors(error.findings)
        ]
        raise DataError(f"{file} gives no valid codings: nothing was written", found) from error


def _most(findings: Iterable[Finding]) -> Sequence[Finding]:
    """The first findings of each severity, and how many more there are."""
    counts: Counter[Severity] = Counter()
    shown: list[Finding] = []
    for finding in findings:
        counts[finding.severity] += 1
        if counts[finding.severity] <= SHOWN:
            shown.append(finding)
    for severity, count in counts.items():
        if count > SHOWN:
            more = f"{count - SHOWN} more; unmapped.csv has every coded segment that is left"
            shown.append(Finding(shown[0].path, 0, severity, more))
    return shown


def _next(imported: Imported, folder: Path, base: str) -> str:
    meetings = sum(name.startswith("meetings/") for name in imported.files)
    sources = "1 source" if meetings == 1 else f"{meetings} sources"
    positions = "1 position" if imported.positions == 1 else f"{imported.positions} positions"
    option = "" if base == DEFAULT_BASE else f" --base {base}"
    command = f"kg build --data {folder} --sources {folder}/sources{option}"
    return f"{positions} of {sources} read. Next: {command}"


def _language(code: str) -> str:
    if code.isascii() and code.islower() and code.isalpha() and len(code) in (2, 3):
        return code
    raise InputError(f"“{code}” is no language code: write --language en, fi or sv")


def _date(written: str | None) -> date | None:
    from kg.refi.dates import day

    found = day(written) if written else None
    if written and (found is None or len(written) != len("2021-10-25")):
        raise InputError(f"“{written}” is no date: write --date 2021-10-25")
    return found


def _countings(positions: str, line_ends: str) -> Sequence[Counting]:
    """The ways of counting that the options leave open."""
    from kg.refi.texts import ALL

    return [
        one
        for one in ALL
        if (positions == "auto" or one.utf16 == (positions == "utf-16"))
        and (line_ends == "auto" or one.one_line_end == (line_ends == "one"))
    ]
