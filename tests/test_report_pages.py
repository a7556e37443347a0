"""The report as a page and as Markdown: whole, safe, in three languages, each link with its end."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import pairwise
from pathlib import Path
from string import Formatter

import pytest
import typer
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import test_examples
from conftest import ROOT
from hostile_labels import HOSTILE
from kg.cli.reporting import report_command
from kg.report.blocks import Picture, Report, Table
from kg.report.drawing import interval, shortened, two_sided
from kg.report.html import to_html
from kg.report.make import SECTIONS, make_report
from kg.report.markdown import to_markdown
from kg.report.material import Material, Wish
from kg.report.wording import texts
from kg.statements import LANGUAGES, Language
from kg.table import make_table
from report_material import made, material, nothing
from test_views import Page

ANCHOR = re.compile(r"\(#([\w-]+)\)")
MARK = re.compile(r'<a id="([\w-]+)"></a>')
BAR = re.compile(r"(?<!\\)\|")
MARKDOWN_TAGS = re.compile(
    "a|blockquote|br|code|details|h[1-3]|li|ol|p|pre|strong|summary|table|tbody|td|th|thead|tr|ul"
)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report(material())


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return to_html(report)


def check_page(html: str) -> Page:
    """A page that is well-formed, asks for nothing, runs nothing, and has an end for each link."""
    page = Page(html)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert [name for name, number in Counter(ids).items() if number > 1] == []
    links = {str(attributes["href"]) for attributes in page.of("a")}
    assert {link for link in links if not link.startswith("#") or link[1:] not in ids} == set()
    assert page.of("script") == page.of("img") == page.of("iframe") == []
    assert [one["href"] for one in page.of("link")] == ["data:,"]
    for _, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        assert "src" not in attributes
    (policy,) = (one["content"] for one in page.of("meta") if "http-equiv" in one)
    assert str(policy).startswith("default-src 'none'; script-src ; style-src 'sha256-")
    return page


def check_markdown(text: str) -> None:
    """Markdown whose links have ends, and whose tables have as many cells in each row."""
    plain = FENCE.sub("", text)
    marks = Counter(MARK.findall(plain))
    assert max(marks.values()) == 1
    assert set(ANCHOR.findall(plain)) <= set(marks)
    for block in plain.split("\n\n"):
        if block.startswith("|"):
            assert len({len(BAR.findall(line)) for line in block.splitlines()}) == 1, block[:200]
    rest = re.sub(r"</?details>|</?summary>|<br>|</?code>", "", MARK.sub("", plain))
    assert re.findall(r"(?<!\\)<", rest) == []


def test_the_page_has_ten_parts_and_asks_for_nothing(html: str) -> None:
    page = check_page(html)
    assert len(page.of("section")) == len(SECTIONS) == 10
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(page.of("caption")) == len(page.of("table"))


def test_each_filled_cell_of_the_matrix_leads_to_its_pair(html: str) -> None:
    """Four pairs differ (above), and four share a proposition with one side each (below)."""
    figure = html[html.index("<figure>") : html.index("</figure>")]
    cells = re.findall(r'<a href="#(pair-\d+)" aria-label="([^"]+)">', figure)
    assert len(cells) == 8
    assert cells[0][1].startswith("AM – BM: differences 9 (5 squarely opposed, 4 by degree)")
    for anchor, _ in cells:
        assert f'<h3 id="{anchor}">' in html


def test_the_markdown_holds_the_same_tables(report: Report) -> None:
    text = to_markdown(report)
    check_markdown(text)
    tables = [block for one in report.sections for block in one.blocks if isinstance(block, Table)]
    assert text.count("\n| --- ") == len(tables)
    rows = sum(len(group.rows) for table in tables for group in table.groups)
    lines = [line for line in FENCE.sub("", text).splitlines() if line.startswith("|")]
    assert len(lines) == rows + 2 * len(tables)


def test_every_number_of_a_position_is_listed(report: Report, html: str) -> None:
    assert re.findall(r'<tr role="row" id="(s\d+)">', html) == [f"s{n}" for n in range(1, 26)]
    drawn = [
        piece
        for one in report.sections
        for block in one.blocks
        if isinstance(block, Table)
        for group in block.groups
        for row in group.rows
        for cell in row.cells
        for piece in cell
        if isinstance(piece, Picture)
    ]
    assert drawn
    assert all(piece.alternative for piece in drawn)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_report_speaks_the_language_that_is_asked_for(language: Language) -> None:
    html = to_html(make_report(material(Wish(language=language))))
    check_page(html)
    assert f'<html lang="{language}">' in html
    title = {"fi": "Kuka on eri mieltä kenen kanssa ja mistä", "sv": "Vem är oense med vem"}
    assert title[language] in html
    assert f"LANG(?a1) = &#34;{language}&#34;" in html, "the query is bound to the language"


def test_texts_have_the_same_places_in_each_language() -> None:
    for key, label in texts().items():
        places = [
            {place for _, place, _, _ in Formatter().parse(label.get(one)) if place is not None}
            for one in LANGUAGES
        ]
        assert places[0] == places[1] == places[2], key
        assert all(label.get(one) for one in LANGUAGES), key


@pytest.mark.slow
def test_an_empty_graph_gives_a_report_that_says_so() -> None:
    html = to_html(make_report(nothing()))
    check_page(html)
    assert "there is nothing to report" in html
    assert "<figure>" not in html
    check_markdown(to_markdown(make_report(nothing())))


def test_one_body_is_compared_with_nobody() -> None:
    html = to_html(make_report(made(["The only body"], ["It rains"])))
    check_page(html)
    assert "there is nothing to compare" in html
    assert "1 position, of 1 body" in html


@pytest.mark.slow
def test_hostile_texts_are_shown_and_do_nothing() -> None:
    names = list(HOSTILE.values())
    report = make_report(made(names, names[:3]))
    page = check_page(to_html(report))
    shown = "\n".join(text for _, text in page.texts)
    for text in names:
        assert " ".join(text.split()) in " ".join(shown.split()), text[:40]
    assert page.of("b") == []
    text = to_markdown(report)
    check_markdown(text)
    rendered = MarkdownIt("commonmark").enable("table").render(text)
    assert all(map(MARKDOWN_TAGS.fullmatch, re.findall(r"<([a-z]\w*)", rendered)))
    read = unescape(re.sub(r"<[^>]*>", "", rendered)).replace("\N{WORD JOINER}", "")
    for name in names:
        assert " ".join(name.split()) in " ".join(read.split()), name[:40]


@pytest.mark.slow
def test_a_large_debate_is_cut_and_what_is_left_out_is_counted() -> None:
    """40 bodies, one proposition: 13 are against, 27 for, so that 351 pairs differ."""
    names = [f"National association of things number {number}" for number in range(40)]
    html = to_html(make_report(made(names, ["p"])))
    page = check_page(html)
    assert "10 more are not shown" in html
    (hidden,) = re.findall(r"others, are (\d+) differences of (\d+) pairs", html)
    figure = html[html.index("<figure>") : html.index("</figure>")]
    cells = re.findall(r'class="differ ', figure)
    assert hidden == (str(351 - len(cells)),) * 2
    assert len(page.of("rect")) >= 900
    assert shortened(names[0]) in figure


@pytest.mark.slow
def test_very_much_in_common_is_listed_by_number_of_position() -> None:
    """Two bodies on 32 propositions: of 0, 3, 6 … 30 the second is against, so that 21 are left."""
    report = make_report(made(["A", "B"], [f"p{number:02}" for number in range(32)]))
    html = to_html(report)
    check_page(html)
    (told,) = re.findall(r"<p>.*?what both are for.*?</p>", html)
    assert "(21 propositions)" in told
    numbers = re.findall(r">(\d+)(?:–(\d+))?<", told)
    assert sum(int(last or first) - int(first) + 1 for first, last in numbers) == 2 * 21
    assert html.count("⇄") + html.count('class="kind opposed"') >= 11


@pytest.mark.slow
@pytest.mark.parametrize("name", ["municipal-committee", "nordic-group"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_other_teams_give_a_report(name: str, language: Language) -> None:
    folder = ROOT / "examples" / name
    store = test_examples.store(folder)
    given = Material(store, make_table(store), tuple, Wish(language=language))
    report = make_report(given)
    check_page(to_html(report))
    check_markdown(to_markdown(report))
    assert given.current


def test_drawings_keep_to_scale() -> None:
    bar = str(two_sided(1, 0, 3, 3))
    widths = [float(one) for one in re.findall(r'width="([\d.]+)" height="14"', bar)]
    assert widths[1] == pytest.approx(3 * widths[0], abs=0.1)
    drawn = str(interval(0.5, 0.25, 1.0))
    (middle,) = re.findall(r'cx="([\d.]+)"', drawn)
    start, end = re.findall(r'class="range" d="M([\d.]+) 10H([\d.]+)', drawn)[0]
    low, high = 6.0, 164.0
    assert float(middle) == pytest.approx((low + high) / 2)
    assert float(start) == pytest.approx(low + (high - low) / 4, abs=0.06)
    assert float(end) == high


def app() -> typer.Typer:
    made_app = typer.Typer()
    made_app.command("report")(report_command)
    return made_app


def test_the_command_writes_markdown_with_filters(built: Path) -> None:
    call = ["--store", str(built), "--format", "markdown", "--body", "STM", "--body", "SM"]
    done = CliRunner().invoke(app(), [*call, "--as-of", "2022-02-01"])
    assert done.exit_code == 0, done.stderr
    check_markdown(done.stdout)
    assert "SM and STM disagree most: on 8 points" in done.stdout
    assert "Only: body: STM, SM." in done.stdout
    assert "kg report --body STM --body SM --as-of 2022-02-01" in done.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--as-of", "soon"], "--as-of soon is no date: write it as 2021-10-25"),
        (["--status", "rejected"], "give --status accepted or proposed"),
        (["--body", "nobody"], "nobody"),
        (["--format", "pdf"], "“pdf” is not known"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_one_sentence(
    built: Path, given: list[str], said: str
) -> None:
    done = CliRunner().invoke(app(), ["--store", str(built), *given])
    assert done.exit_code != 0
    assert done.stdout == ""
    assert said in " ".join(done.stderr.split())
