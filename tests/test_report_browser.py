"""The report in a real browser: it opens alone, fits a telephone, and shuts nobody out."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from hostile_labels import HOSTILE
from kg.report.html import to_html
from kg.report.make import make_report
from kg.report.material import Material, Wish
from report_material import made, material, nothing
from test_view_browser import Opened

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def associations(number: int) -> Material:
    return made([f"Association of long names number {n}" for n in range(number)], ["p"])


MATERIALS: dict[str, Callable[[], Material]] = {
    "group": material,
    "fi": lambda: material(Wish(language="fi")),
    "sv": lambda: material(Wish(language="sv")),
    "nothing": nothing,
    "hostile": lambda: made(list(HOSTILE.values())[-6:], list(HOSTILE.values())[:1]),
    "thirteen": lambda: associations(13),
    "many": lambda: associations(31),
}
TO_READ = [name for name in MATERIALS if name != "many"]
"""All but one that axe takes a minute to read; “thirteen” has the same small cells."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    made_pages = {}
    for name, give in MATERIALS.items():
        made_pages[name] = folder / f"{name}.html"
        made_pages[name].write_text(to_html(make_report(give())), encoding="utf-8", newline="\n")
    return made_pages


def closed(view: Opened, file: Path) -> None:
    """Close a page, which has complained of nothing and asked for nothing but itself."""
    view.context.close()
    assert view.problems == []
    assert [url for url in view.requests if url not in {file.as_uri(), "data:,"}] == []


@pytest.mark.parametrize("name", TO_READ)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("needs axe-playwright-python (kg's dev extra)")
    axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    view = Opened(browser, pages[name], color_scheme=scheme)
    view.page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
    view.page.evaluate(axe)
    report = view.page.evaluate("(tags) => axe.run(document, { runOnly: tags })", WCAG)
    found = [(one["id"], one["nodes"][0]["html"][:200]) for one in report["violations"]]
    assert found == []
    closed(view, pages[name])


@pytest.mark.parametrize("name", MATERIALS)
def test_it_fits_a_telephone(browser: Any, pages: dict[str, Path], name: str) -> None:
    view = Opened(browser, pages[name], viewport={"width": 360, "height": 740})
    assert view.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert view.page.evaluate("typeof window.hostile") == "undefined"
    closed(view, pages[name])


def test_a_cell_of_the_matrix_leads_to_the_positions_behind_it(
    browser: Any, pages: dict[str, Path]
) -> None:
    view = Opened(browser, pages["group"])
    view.page.click("svg.heat a >> nth=0")
    heading = view.page.locator("h3:target")
    assert heading.inner_text() == "AM – BM"
    view.page.locator("h3:target ~ table a").first.click()
    assert view.page.locator("tr:target").get_attribute("id") == "s4"
    assert "The centre gets client data" in view.page.inner_text("tbody:has(tr:target)")
    closed(view, pages["group"])


def test_the_keyboard_may_skip_the_figure(browser: Any, pages: dict[str, Path]) -> None:
    view = Opened(browser, pages["many"])
    view.page.focus(".skip")
    assert view.page.is_visible(".skip")
    view.page.keyboard.press("Enter")
    assert view.page.evaluate("document.activeElement.id") == "t-pairs"
    closed(view, pages["many"])


def test_in_print_no_row_is_lost(browser: Any, pages: dict[str, Path]) -> None:
    view = Opened(browser, pages["group"])
    view.page.emulate_media(media="print")
    assert view.page.is_visible("#s25")
    assert view.page.is_hidden(".skip")
    assert len(view.page.pdf()) > 10_000
    closed(view, pages["group"])
