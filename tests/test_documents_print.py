"""Memos printed to PDF by a browser are read as well as the pages that they were printed from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from conftest import ROOT
from kg.minutes.memo import read_memo
from kg.minutes.model import Minutes

pytestmark = pytest.mark.browser

MEMOS = ROOT / "tests" / "data" / "memos"
PRINTED = [
    "fi-arkistointi.html",
    "sv-kulturnamnden.html",
    "en-tabular-wg.html",
    "en-library-consortium.md",
    "fi-tyrsky.md",
    "sv-forskningsdata.md",
]
STYLE = """<meta charset="utf-8"><style>
body { font: 11pt "DejaVu Serif" }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid #888; padding: 3px 6px !important; vertical-align: top }
</style>"""
# Two memos have a table without lines: what a word processor makes of tabs.
UNRULED = STYLE.replace("border: 1px solid #888;", "border: none;")
MARGINS = {"top": "20mm", "bottom": "20mm", "left": "25mm", "right": "25mm"}
FOOTER = (
    '<p style="font-size:8pt"><span class="pageNumber"></span> (<span class="totalPages"></span>)'
)


def printed(memo: Path, style: str, browser: Any, folder: Path) -> Path:
    text = memo.read_text(encoding="utf-8")
    if memo.suffix == ".md":
        text = MarkdownIt("commonmark").enable("table").render(text)
    page = browser.new_page()
    page.set_content(style + text)
    path = folder / f"{memo.stem}.pdf"
    page.pdf(
        path=str(path),
        format="A4",
        margin=MARGINS,
        display_header_footer=True,
        header_template="<p>",
        footer_template=FOOTER,
    )
    page.close()
    return path


def people(minutes: Minutes) -> list[tuple[str, str | None, str, bool]]:
    return [
        (one.name, one.organisation, one.role.value, one.present) for one in minutes.participants
    ]


def said(minutes: Minutes) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.item, one.speaker_name, one.verb) for one in minutes.speeches]


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_memo_reads_as_its_page(name: str, browser: Any, tmp_path: Path) -> None:
    page = read_memo(MEMOS / name).minutes
    pdf = read_memo(printed(MEMOS / name, STYLE, browser, tmp_path)).minutes
    assert people(pdf) == people(page)
    assert [(one.number, one.title) for one in pdf.items] == [
        (one.number, one.title) for one in page.items
    ]
    assert said(pdf) == said(page)


@pytest.mark.parametrize("name", ["en-library-consortium.md", "sv-forskningsdata.md"])
def test_a_printed_table_without_borders_reads_as_its_page(
    name: str, browser: Any, tmp_path: Path
) -> None:
    pdf = read_memo(printed(MEMOS / name, UNRULED, browser, tmp_path)).minutes
    assert people(pdf) == people(read_memo(MEMOS / name).minutes)
