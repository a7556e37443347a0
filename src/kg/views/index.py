"""The first page of a build: what the graph holds, and its pages."""

from __future__ import annotations

from collections.abc import Sequence

from kg.statements import Label, Language
from kg.views.models import Meeting, PageLink, Source
from kg.views.shell import program, render
from kg.views.texts import Texts


def index_page(
    title: Label,
    pages: Sequence[PageLink],
    meetings: Sequence[Meeting],
    source: Source,
    *,
    rest: Label | None = None,
    language: Language = "en",
) -> str:
    """The first page of a build: its pages with a sentence each, and the meetings behind them.

    `rest` says what could have a page and has none.
    """
    scripts = [program("text.js", "theme.js", "index_page.js")]
    return render(
        "index.html.j2",
        Texts(language),
        scripts,
        None,
        title=title,
        pages=pages,
        meetings=meetings,
        rest=rest,
        source=source,
        index_file="",
    )
