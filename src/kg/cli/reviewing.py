"""`kg review`: walk through the proposals of a drafted coding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Language, LanguageOption, clear_errors, day_of, literal, stderr
from kg.review.dialog import Reviewer, review
from kg.review.session import to_review
from kg.review.terminal import Terminal

SAVED = "what was answered is saved"


def review_command(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER", help="A drafted coding, or a folder of data.", show_default=False
        ),
    ],
    sources: Annotated[
        Path | None,
        typer.Option(help="Folder of the memos. Without it: they are looked for beside the data."),
    ] = None,
    coder: Annotated[
        str | None, typer.Option(help="Your name, under which the coding is accepted.")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="The day of the review, if not today: YYYY-MM-DD.")
    ] = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Walk through what was drafted: accept, change, reject, skip, undo, quit.

    Each answer is written at once. When nothing is proposed any more, the coding is accepted in
    your name. Answers may also come from a pipe, a line each.

    Example: kg review my-meetings --sources memos --coder "Ada Ek"
    """
    with clear_errors(SAVED):
        on = day_of(day, "--date") or date.today()
        reviewer = Reviewer(coder, on, lang.value, sources)
        terminal = Terminal()
        for path in to_review(target):
            outcome = review(path, reviewer, terminal)
            stderr.print(literal(outcome.said))
            if outcome.stopped:
                break
