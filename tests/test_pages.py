"""Which pages a build has, and what `kg view` makes: complete, small, in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from html_page import Page
from kg import pages
from kg.build import read_build
from kg.errors import InputError
from kg.pages import INDEX, Pages, Wanted
from kg.site import Site
from kg.statements import comparisons_from
from kg.table import read_table
from kg.views.models import VIEWS

MOST_BYTES = 1_500_000
"""What a page of the shipped data may weigh."""


@pytest.fixture(scope="module")
def made(built: Path) -> Pages:
    return Pages(Site(read_build(built).open(), given=read_table(built)))


def html_files(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.html")}


def test_the_names_of_the_views_are_those_that_can_be_made() -> None:
    assert tuple(pages._VIEWS) == VIEWS


def test_a_build_has_every_view_and_an_index_that_leads_to_each(built: Path) -> None:
    found = html_files(built)
    single = {f"{name}.html" for name in VIEWS[1:] if name != "meeting"}
    assert single | {INDEX, "meeting-thb-2021-10-25.html", "disagreement-stm-sm.html"} <= found
    index = Page((built / INDEX).read_text(encoding="utf-8"))
    assert {one["href"] for one in index.of("a")} == found - {INDEX}
    assert len(index.of("svg")) == len(found) - 1


def test_pages_of_the_shipped_data_are_small_and_lead_back(built: Path) -> None:
    for name in html_files(built) - {INDEX}:
        raw = (built / name).read_bytes()
        assert len(raw) < MOST_BYTES, name
        assert b'<a href="index.html"' in raw, name
        assert not re.search(rb"(src|href)=\"(https?:)?//", raw), name


@pytest.mark.slow
@pytest.mark.parametrize("name", VIEWS)
def test_each_view_is_made_in_the_language_that_is_asked_for(made: Pages, name: str) -> None:
    titles = set()
    for language in ("en", "fi", "sv"):
        page = Page(made.page(name, language=language))
        assert page.of("html") == [{"lang": language}]
        titles.add(page.text_of("title")[0])
    assert len(titles) == 3


@pytest.mark.slow
def test_a_view_is_the_same_each_time(built: Path) -> None:
    texts = set()
    for _ in range(2):
        site = Site(read_build(built).open())
        texts.add(Pages(site).page("congruence") + Pages(site).page("graph"))
    assert len(texts) == 1


def test_the_view_of_a_meeting_is_that_of_the_one_named(made: Pages) -> None:
    assert (
        made.view("meeting").title == made.view("meeting", Wanted(meeting="thb-2021-10-25")).title
    )


def test_a_name_that_is_no_view_is_refused(made: Pages) -> None:
    with pytest.raises(InputError, match="no view: take one of disagreement"):
        made.view("actor")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["disagreements", "agreements"])
def test_comparisons_asked_once_are_those_asked_in_each_language(made: Pages, name: str) -> None:
    for a, b in made.site.pairs:
        pair = {"a": ox.NamedNode(a), "b": ox.NamedNode(b)}
        found = made.site.comparisons(name, pair)
        assert found == comparisons_from(made.site.rows(name, pair))
        assert found or name == "agreements"
