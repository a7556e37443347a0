"""Every page of a build in a real browser: alone, drawn, readable by all, in three languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import pytest

from fictional_graph import fictional_store
from kg.build import read_build
from kg.pages import INDEX, write_pages
from kg.site import Site
from kg.statements import LANGUAGES
from kg.table import read_table
from view_tab import NARROW, Opened

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
RealPages: TypeAlias = dict[str, Path]
WIDE = {"width": 1280, "height": 800}
# What stands out of its box, and boxes that lie over each other, in the layer that is seen.
CROWDED = """() => {
  const { view } = JSON.parse(document.getElementById("page-data").textContent);
  const { body } = document.getElementById("drawing").network;
  const shown = view.nodes.filter((node) => body.nodes[node.id]);
  const boxes = shown.filter((node) => !node.shape);
  const wide = boxes.filter(({ id, w, h }) =>
    body.nodes[id].shape.width > w + 0.5 || body.nodes[id].shape.height > h + 0.5);
  const over = boxes.filter((a, n) => boxes.slice(n + 1).some((b) =>
    Math.abs(a.x - b.x) * 2 < a.w + b.w - 1 && Math.abs(a.y - b.y) * 2 < a.h + b.h - 1));
  return [...wide, ...over].map(({ text }) => view.texts?.[text] ?? text);
}"""


@pytest.fixture(scope="module", params=["shipped", "fictional"])
def real_pages(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> RealPages:
    """The pages of a build, by file name."""
    folder = tmp_path_factory.mktemp("pages")
    if request.param == "shipped":
        write_pages(Site(read_build(built).open(), given=read_table(built)), folder)
    else:
        write_pages(Site(fictional_store()), folder)
    return {file.name: file for file in sorted(folder.glob("*.html"))}


def opened(browser: Any, file: Path, **context: Any) -> Opened:
    view = Opened(browser, file, **context)
    return view if file.name == INDEX else view.drawn()


def test_each_page_opens_alone_and_draws_something(browser: Any, real_pages: RealPages) -> None:
    assert len(real_pages) > 8
    for name, file in real_pages.items():
        view = opened(browser, file)
        if name != INDEX:
            assert view.shown("n"), name
        view.close()


def test_each_page_speaks_three_languages(browser: Any, real_pages: RealPages) -> None:
    for name, file in real_pages.items():
        view = opened(browser, file)
        headings = set()
        for language in LANGUAGES:
            view.page.click(f"[data-language={language}]")
            headings.add(view.page.inner_text("#h-sources"))
            assert view.page.inner_text("h1") == view.page.title(), name
            if name != INDEX:
                assert view.page.evaluate(CROWDED) == [], (name, language)
        assert len(headings) == len(LANGUAGES), name
        view.close()


def test_each_layer_and_each_row_can_be_opened(browser: Any, real_pages: RealPages) -> None:
    for name, file in real_pages.items():
        if name == INDEX:
            continue
        view = opened(browser, file)
        for layer in range(view.page.locator("[data-layer]").count()):
            view.page.click(f"[data-layer='{layer}']")
            assert view.shown("n"), (name, layer)
            assert view.page.evaluate(CROWDED) == [], (name, layer)
        for table in ("statements", "ties", "nodes"):
            if view.rows(table):
                view.open_row(table)
                assert view.page.inner_text("#panel-title").strip(), (name, table)
                view.page.keyboard.press("Escape")  # the panel lies over the last column
        view.close()


# The two others are seen on the pages of the samples: here a page takes axe some seconds.
@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", NARROW)])
def test_axe_finds_no_barrier_on_any_page(
    browser: Any, real_pages: RealPages, scheme: str, viewport: dict[str, int]
) -> None:
    found = {}
    for name, file in real_pages.items():
        view = opened(browser, file, color_scheme=scheme, viewport=viewport)
        view.unfold()
        found[name] = view.barriers()
        assert view.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        view.close()
    assert {name: barriers for name, barriers in found.items() if barriers} == {}


def test_the_index_leads_to_each_page_and_each_page_back(
    browser: Any, real_pages: RealPages
) -> None:
    view = opened(browser, real_pages[INDEX])
    links = view.page.locator(".pages a").evaluate_all("(all) => all.map((one) => one.pathname)")
    assert {Path(link).name for link in links} == set(real_pages) - {INDEX}
    view.page.locator(".pages a").first.click()
    view.drawn()
    view.page.click(f"nav a[data-page='{INDEX}']")
    view.page.wait_for_selector(".pages")
    view.context.close()
    assert view.problems == []
