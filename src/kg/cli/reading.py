"""`kg read`: memos to minutes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import (
    OutputOption,
    TextOrJson,
    clear_errors,
    literal,
    show,
    stderr,
    to_json_text,
    write_output,
)
from kg.errors import InputError
from kg.findings import Finding, Severity, counted
from kg.languages import languages
from kg.minutes.form import line_of, minutes_as_data
from kg.minutes.memo import Memo, find_memos, read_memos
from kg.minutes.model import Remark
from kg.minutes.outline import outline

PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…",
        help="Memos, or folders of them: txt, md, docx, pdf, html.",
        show_default=False,
    ),
]


def a_language(value: str | None) -> str | None:
    """A check for an option that names a language of memos."""
    if value is not None and value not in languages():
        raise typer.BadParameter(f"“{value}” is not known; use one of {', '.join(languages())}")
    return value


MemoLanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language", help="The memo's language, if it is told wrong.", callback=a_language
    ),
]


def read_command(
    paths: PathsArgument,
    form: TextOrJson = "text",
    language: MemoLanguageOption = None,
    text: Annotated[
        bool, typer.Option("--plain", help="Print the text that offsets count in, nothing else.")
    ] = False,
    repairs: Annotated[
        bool, typer.Option("--repairs", help="List every repair of the text as well.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Read memos into minutes: who was there, who said what, what was decided.

    One memo gives one object with `--format json`, several a list. What cannot be read or resolved
    is told on stderr, with its line.

    Example: kg read memos/2021-10-25-muistio.txt --format json
    """
    with clear_errors():
        read, failed = read_all(paths, language)
        if text:
            write_output("".join(memo.document.text for memo in read), output)
        elif form == "json":
            several = len(read) + failed > 1
            data = [(named(memo) if several else {}) | memo_as_data(memo) for memo in read]
            write_output(to_json_text(data if several else data[0]), output)
        else:
            for memo in read:
                show(findings_of(memo))
                if repairs:
                    show(repairs_of(memo))
            write_output("\n".join(outline(memo) for memo in read), output)
        refuse_failed(failed, len(read) + failed)


def refuse_failed(failed: int, of: int) -> None:
    """End with an `InputError` if any document of several could not be read."""
    if failed:
        raise InputError(
            f"{counted(failed, 'document')} of {of} could not be read: see the messages above"
        )


def read_all(paths: list[Path], language: str | None) -> tuple[list[Memo], int]:
    """The memos that can be read, and the number of those that cannot, which are told.

    Raises the `InputError` of a memo that is the only one.
    """
    found = find_memos(paths)
    memos: list[Memo] = []
    failed = 0
    for _, memo in read_memos(found, language):
        if isinstance(memo, Memo):
            memos.append(memo)
        elif len(found) == 1:
            raise memo
        else:
            failed += 1
            stderr.print(f"[red]Not read:[/red] {literal(str(memo))}")
    return memos, failed


def memo_as_data(memo: Memo) -> dict[str, Any]:
    """What `--format json` prints of one memo."""
    return minutes_as_data(memo.minutes, memo.document.text)


def named(memo: Memo) -> dict[str, Any]:
    """The name of a memo's file, which stands first where several are printed."""
    return {"document": str(memo.document.path)}


def findings_of(memo: Memo, more: Iterable[Remark] = ()) -> list[Finding]:
    """What could not be read or resolved, as findings with their lines."""
    document = memo.document
    return [
        Finding(document.path, line_of(one.span[0], document.text), Severity.WARNING, one.message)
        for one in (*memo.minutes.remarks, *more)
    ]


def repairs_of(memo: Memo) -> list[Finding]:
    """Every change that was made to read through the document."""
    document = memo.document
    return [
        Finding(
            document.path,
            line_of(one.start, document.text),
            Severity.INFO,
            f"{one.change}: characters {one.start}–{one.end}"
            + (f" read as “{one.reading}”" if one.reading.strip() else ""),
        )
        for one in memo.reading.repairs
    ]
