"""`kg draft`: memos to proposed positions, and these to codings to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import (
    FILE_BY_FILE,
    OutputOption,
    TextOrJson,
    choice,
    clear_errors,
    day_of,
    literal,
    show,
    stderr,
    to_json_text,
    write_output,
)
from kg.cli.reading import (
    MemoLanguageOption,
    PathsArgument,
    findings_of,
    memo_as_data,
    named,
    read_all,
    refuse_failed,
)
from kg.drafting.draft import draft_memo, known_for
from kg.drafting.extractor import Extractor, RuleExtractor
from kg.drafting.form import positions_as_data
from kg.drafting.known import Known, read_known
from kg.drafting.model import Draft, Drafts
from kg.drafting.writing import Options, Written
from kg.errors import InputError, KgError
from kg.findings import counted
from kg.minutes.form import line_of, remarks_as_data
from kg.minutes.memo import Memo

DataOption = Annotated[
    Path | None,
    typer.Option(
        help="Folder of codings: its registers are known, and a draft is written into it.",
        show_default=False,
    ),
]
ExtractorOption = Annotated[
    str,
    typer.Option(
        help="rules, or server: a language model behind an OpenAI-compatible address.",
        callback=choice(("rules", "server")),
    ),
]
ServerOption = Annotated[
    str | None,
    typer.Option(
        help="The server's address (…/v1). Without it: this machine, port 11434. "
        "A key is read from KG_SERVER_KEY.",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None, typer.Option(help="The model, as the server calls it.", show_default=False)
]
RemoteOption = Annotated[
    bool,
    typer.Option("--allow-remote", help="Let the memo's text leave this machine for the server."),
]


def extractor_of(name: str, server: str | None, model: str | None, allow_remote: bool) -> Extractor:
    """The extractor that the options name; raises `InputError` where they do not fit together."""
    if name == "rules":
        if server or model:
            raise InputError("A server or model is named: add --extractor server to ask it")
        return RuleExtractor()
    from kg.drafting.server import DEFAULT_URL, ServerExtractor

    if model is None:
        raise InputError("The server needs to know which model: name it with --model")
    return ServerExtractor(model, server or DEFAULT_URL, allow_remote)


def draft_command(
    paths: PathsArgument,
    data: DataOption = None,
    form: TextOrJson = "text",
    language: MemoLanguageOption = None,
    day: Annotated[
        str | None,
        typer.Option("--date", help="The meeting's day, if the memo does not say it: YYYY-MM-DD."),
    ] = None,
    passages: Annotated[
        bool,
        typer.Option("--passages/--no-passages", help="Put the memo's passages into comments."),
    ] = True,
    extractor: ExtractorOption = "rules",
    server: ServerOption = None,
    model: ModelOption = None,
    remote: RemoteOption = False,
    output: OutputOption = None,
) -> None:
    """Propose who holds which position, from memos; a person reviews it.

    Without --data the proposals are listed. With it, a coding of each memo is written into the
    folder, to be corrected there or with `kg review`; what a person did in one stays as it is.

    Example: kg draft memos/2021-10-25-muistio.txt --data my-meetings
    """
    with clear_errors(FILE_BY_FILE):
        drafter = extractor_of(extractor, server, model, remote)
        held = day_of(day, "--date")
        read, failed = read_all(paths, language)
        if form == "json":
            several = len(read) + failed > 1
            found = [
                (named(memo) if several else {}) | draft_as_data(memo, drafter, _known(memo, data))
                for memo in read
            ]
            write_output(to_json_text(found if several else found[0]), output)
        elif data is None:
            known = read_known()
            listed = [_listed(memo, drafter.extract(memo.minutes, known)) for memo in read]
            write_output("\n".join(listed), output)
        else:
            options = Options(date.today(), held, passages)
            lines, unwritten = _write(read, drafter, data, options)
            failed += unwritten
            write_output("".join(lines), output)
        refuse_failed(failed, len(paths))


def _known(memo: Memo, data: Path | None) -> Known:
    if data is not None and not data.is_dir():
        raise InputError(
            f"There is no folder {data} with registers: correct --data, or leave it out"
        )
    return known_for(memo, data) if data else read_known()


def draft_as_data(memo: Memo, drafter: Extractor, known: Known) -> dict[str, Any]:
    """What `--format json` prints of one memo: its minutes, and the positions in them."""
    drafts = drafter.extract(memo.minutes, known)
    minutes = memo_as_data(memo)
    minutes["findings"] += remarks_as_data(drafts.remarks, memo.document.text)
    return {**minutes, "positions": positions_as_data(drafts.positions)}


def _listed(memo: Memo, drafts: Drafts) -> str:
    """The proposals of a memo for people, a line each, sorted by place."""
    show(findings_of(memo, drafts.remarks))
    head = f"{memo.document.path}: {counted(len(drafts.positions), 'position')} proposed\n"
    return head + "".join(f"{_line(memo, one)}\n" for one in drafts.positions)


def _line(memo: Memo, one: Draft) -> str:
    said = f", said by {one.asserted_by}" if one.asserted_by and one.basis != "personal" else ""
    return (
        f"line {line_of(one.passage.span()[0], memo.document.text)}: {one.holder.name} "
        f"({one.basis}{said}) {one.stance}: {one.proposition}"
    )


def _write(
    read: Iterable[Memo], drafter: Extractor, data: Path, options: Options
) -> tuple[list[str], int]:
    """Write a coding of each memo; the paths, and how many could not be written, which is told."""
    memos = list(read)
    lines: list[str] = []
    failed = 0
    for memo in memos:
        try:
            drafted = draft_memo(memo, drafter, data, options)
        except KgError as error:
            if len(memos) == 1:
                raise
            failed += 1
            stderr.print(f"[red]Not drafted:[/red] {literal(str(error))}")
            continue
        show(findings_of(memo, drafted.drafts.remarks))
        lines += (f"{path}\n" for path in drafted.written.files)
        stderr.print(literal("; ".join(_told(drafted.written, drafted.drafts.positions))))
        stderr.print(literal(f"Next: kg review {drafted.written.path}"))
    return lines, failed


def _told(written: Written, positions: Sequence[Draft]) -> Iterator[str]:
    yield f"{written.path}: {counted(len(positions), 'position')} proposed"
    again = written.redrafted
    if again is not None:
        yield f"{again.added} added, {again.changed} changed, {again.removed} removed"
        yield "what a person accepted or changed stays"
