"""`kg report`: who disagrees with whom on what, as one page or as Markdown."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import (
    Language,
    LanguageOption,
    OutputOption,
    StoreOption,
    choice,
    clear_errors,
    day_of,
    opened,
    write_output,
)
from kg.cli.filtering import (
    Asked,
    BasisOption,
    BodyOption,
    ConfidenceOption,
    IssueOption,
    MeetingOption,
    SinceOption,
    StatusOption,
    UntilOption,
    filters_of,
)

FORMATS = ("html", "markdown")


def report_command(
    since: SinceOption = "",
    until: UntilOption = "",
    meeting: MeetingOption = None,
    issue: IssueOption = None,
    body: BodyOption = None,
    basis: BasisOption = None,
    status: StatusOption = None,
    confidence: ConfidenceOption = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day on which actions are overdue. Without it: the latest day in the data.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        str, typer.Option("--format", help=f"{' or '.join(FORMATS)}.", callback=choice(FORMATS))
    ] = "html",
    store: StoreOption = None,
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Report who disagrees with whom on what: one page that needs no network, or Markdown.

    Example: kg report --lang fi -o report.html
    """
    asked = Asked(since, until, meeting, issue, body, basis, status, confidence)
    with clear_errors():
        from kg.report.html import to_html
        from kg.report.make import make_report
        from kg.report.markdown import to_markdown
        from kg.report.material import Wish, material_of

        build = opened(store)
        wish = Wish(filters_of(asked, build), lang.value, day_of(as_of, "--as-of"))
        report = make_report(material_of(build, wish))
        write_output({"html": to_html, "markdown": to_markdown}[form](report), output)
