"""`kg build`, `kg validate` and `kg new`: from codings to a build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from kg import scaffold
from kg.build import Checked, build, check
from kg.cli.asking import write_table
from kg.cli.common import (
    DEFAULT_BUILD,
    FILE_BY_FILE,
    UNCHANGED,
    BaseOption,
    DataOption,
    Language,
    LanguageOption,
    SourcesOption,
    TextOrJson,
    clear_errors,
    say,
    show,
    stderr,
    to_json_text,
    write_output,
)
from kg.coding.dataset import find_files
from kg.coding.fix import fix_file
from kg.errors import DataError, InputError
from kg.findings import Finding, Severity, counted
from kg.names import DEFAULT_BASE
from kg.resources import data_dir
from kg.site import Site
from kg.source import read_sources
from kg.table import read_table
from kg.workers import cores


def build_command(
    data: DataOption = None,
    out: Annotated[Path, typer.Option(help="Folder of the build.")] = DEFAULT_BUILD,
    sources: SourcesOption = None,
    from_rdf: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-rdf",
            help="RDF with named graphs (.nq, .trig, .gz) instead of codings; may be repeated.",
            show_default=False,
        ),
    ] = None,
    base: BaseOption = DEFAULT_BASE,
    full: Annotated[
        bool,
        typer.Option("--full", help="Take nothing over from the build that is there."),
    ] = False,
    lang: LanguageOption = Language.EN,
    form: TextOrJson = "text",
) -> None:
    """Check the codings and make the graph, the store and the pages, all or nothing.

    Prints what was made and where the two bodies that differ most disagree. Of the build that is
    there it takes over what has not changed; the outcome is the same.

    Example: kg build --data my-meetings --sources my-meetings/sources --out build
    """
    with clear_errors():
        if from_rdf:
            if data or sources:
                raise InputError("--from-rdf takes no codings: leave --data and --sources out")
            _build_from_rdf(from_rdf, out, base, lang.value, form)
            return
        made, checked = build(data or data_dir(), out, sources, base, lang.value, say, full)
        show(_notable(checked.findings))
        site = Site(made.open(), base, given=read_table(out), differences=made.differences())
        pairs = site.pairs
        if form == "json":
            write_output(to_json_text(_result(checked, site, pairs, lang.value)), None)
            return
        write_output(f"{_summary(checked)}\n\n", None)
        for a, b in pairs[:1]:
            answer = site.ask("disagreements", {"a": a, "b": b}, lang.value)
            write_table(site.brief(answer, lang.value), "table", None, base)
        if not pairs:
            write_output("No two bodies differ\n", None)
        _say_where(out)


def _say_where(out: Path) -> None:
    """Say what to open."""
    stderr.print(f"Open {escape(str((out / 'index.html').resolve()))} in a browser")


def _build_from_rdf(files: list[Path], out: Path, base: str, language: str, form: str) -> None:
    """Build RDF as it stands, and say what it holds."""
    from kg.bulk import build_from_rdf

    loaded = build_from_rdf(files, out, base, language, say, cores())
    made = loaded.build
    show(_notable(loaded.findings))
    if loaded.cut:
        stderr.print(f"{loaded.cut} more of the same severities are not listed")
    if form == "json":
        data = {
            "meetings": list(made.meetings),
            "quads": made.quads,
            "findings_cut": loaded.cut,
            "findings": _as_data(loaded.findings),
        }
        write_output(to_json_text(data), None)
        return
    meetings = counted(len(made.meetings), "meeting")
    write_output(f"{meetings}, {made.quads} quads\n", None)
    _say_where(out)


def _result(
    checked: Checked, site: Site, pairs: Sequence[tuple[str, str]], language: str
) -> dict[str, object]:
    """What was built, for machines: its size, its findings, and where the first two differ."""
    rows = [
        row
        for a, b in pairs[:1]
        for row in site.ask("disagreements", {"a": a, "b": b}, language).records()
    ]
    return {
        "meetings": [meeting.id for meeting in checked.dataset.outlines],
        "evidence_checked": dict(checked.dataset.checked),
        "quads": len(checked.quads),
        "findings": _as_data(checked.findings),
        "disagreements": rows,
    }


def _as_data(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [
        {
            "path": str(finding.path),
            "line": finding.line,
            "severity": finding.severity.value,
            "message": finding.message,
        }
        for finding in findings
    ]


def _notable(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.INFO]


def _summary(checked: Checked) -> str:
    """What was built, in a few lines."""
    lines = []
    for meeting in checked.dataset.outlines:
        seen = checked.dataset.checked.get(meeting.id)
        lines.append(
            f"{meeting.date} {meeting.id}: {meeting.participants} participants, "
            f"{meeting.speeches} speech acts, {meeting.positions} positions; "
            f"evidence {'checked against the source' if seen else 'not checked'}"
        )
    lines.append(f"{len(checked.quads)} quads")
    return "\n".join(lines)


def validate_command(
    data: Annotated[
        Path | None, typer.Argument(help="Folder of codings. Without it: the shipped one.")
    ] = None,
    sources: SourcesOption = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write ids, order and, from the sources, places.")
    ] = False,
    base: BaseOption = DEFAULT_BASE,
    lang: LanguageOption = Language.EN,
    form: TextOrJson = "text",
) -> None:
    """Check the codings and say everything that is wrong, with file, line and remedy.

    Example: kg validate my-meetings --sources my-meetings/sources --fix
    """
    with clear_errors(FILE_BY_FILE if fix else UNCHANGED):
        folder = data or data_dir()
        try:
            if fix:
                _fix(folder, sources)
            checked = check(folder, sources, base, lang.value, say)
        except DataError as error:
            if form == "json":
                write_output(to_json_text(_as_data(error.findings)), None)
            raise
        if form == "json":
            write_output(to_json_text(_as_data(checked.findings)), None)
            return
        show(checked.findings)
        write_output(f"{_summary(checked)}\nNo errors\n", None)


def _fix(folder: Path, sources: Path | None) -> None:
    """Fix every file of the folder itself; raise `DataError` with all that could not be fixed."""
    found = read_sources(sources) if sources else None
    findings: list[Finding] = []
    own = [path for path, _ in find_files(folder, data_dir()) if path.is_relative_to(folder)]
    for path in own:
        changed, more = fix_file(path, found)
        findings += more
        if changed:
            stderr.print(f"Fixed {escape(str(path))}")
    if findings:
        count = counted(len(findings), "place")
        raise DataError(f"{count} could not be fixed", findings)


def new_command(
    folder: Annotated[Path, typer.Argument(help="A new folder.", show_default=False)],
) -> None:
    """Start a folder of your own, with a small fictional meeting that builds as it is.

    Example: kg new my-meetings
    """
    with clear_errors("the new folder may be incomplete, remove it"):
        for path in scaffold.create(folder):
            write_output(f"{path}\n", None)
        stderr.print(
            escape(f"Next: kg validate {folder} --sources {folder / 'sources'} --fix"),
        )
