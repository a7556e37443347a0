"""Texts that try to be more than text run nothing and break nothing, wherever they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hostile_labels import HOSTILE
from kg.statements import Label
from kg.views.page import view_page
from kg.views.view import Cluster, View
from test_views import hostile_page
from view_samples import communities, congruence, hostile
from view_tab import NARROW, Opened, tab, written

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
FOREIGN = "img, iframe, object, embed, form, base, svg[onload], [onerror], [onclick], [style*=url]"


def open_all(view: Opened, table: str) -> None:
    """Open what is behind each row, as a reader would."""
    count = view.page.evaluate(
        """table => {
          const buttons = [...document.querySelectorAll(`#${table} td.js-only button`)];
          for (const button of buttons) button.click();
          return buttons.length;
        }""",
        table,
    )
    assert count > 0


def harmless(view: Opened, width: int = 1280) -> None:
    """What data may not have done."""
    assert view.page.evaluate("typeof window.hostile") == "undefined"
    assert view.page.locator(FOREIGN).count() == 0
    assert view.page.evaluate("document.documentElement.scrollWidth") <= width
    assert view.page.locator("script").count() == 3
    assert view.page.evaluate("Object.keys(Object.prototype).length") == 0


@EVERY
def test_everywhere_in_a_view(browser: Any, tmp_path: Path, text: str) -> None:
    with tab(browser, written(tmp_path, "hostile", view_page(hostile(text)))) as view:
        boxes = len(view.shown("n"))
        assert boxes > 5
        for button in ("[data-language=sv]", "[data-layer='1']", "#theme", "[data-layer='0']"):
            view.page.click(button)
        view.page.fill("#search", text[:20])
        for table in ("statements", "ties", "nodes"):
            open_all(view, table)
        assert view.page.text_content("#panel-title") == text
        harmless(view)
        link = view.link()
        with tab(browser, view.file, link) as second:
            assert second.page.text_content("#panel-title") == text
            harmless(second)


@EVERY
def test_in_every_filter(browser: Any, tmp_path: Path, text: str) -> None:
    with tab(browser, written(tmp_path, "hostile", view_page(hostile(text)))) as view:
        view.open_menu()
        sets = view.page.locator("[data-filter]").count()
        assert sets > 0
        for number in range(sets):
            view.page.locator("[data-filter]").nth(number).locator("[data-all=none]").click()
            assert view.page.is_visible("#restricted")
            with tab(browser, view.file, view.link()) as second:
                assert second.shown("n") == view.shown("n")
            view.page.locator("[data-filter]").nth(number).locator("[data-all=all]").click()
        harmless(view)


@EVERY
def test_on_a_telephone(browser: Any, tmp_path: Path, text: str) -> None:
    file = written(tmp_path, "hostile", view_page(hostile(text)))
    with tab(browser, file, viewport=NARROW) as view:
        view.open_menu()
        view.page.fill("#search", text[:20])
        open_all(view, "nodes")
        harmless(view, 360)


@EVERY
def test_in_communities_and_weighted_ties(browser: Any, tmp_path: Path, text: str) -> None:
    label = Label.same(text)
    clusters = tuple(
        Cluster(label, c.x, c.y, c.radius, c.size, c.parent) for c in communities().clusters
    )
    made = View(**{**vars(communities()), "clusters": clusters})
    with tab(browser, written(tmp_path, "communities", view_page(made))) as view:
        view.page.mouse.click(*view.place("c1"))
        view.page.wait_for_selector("#panel:not([hidden])")
        assert view.page.text_content("#panel-title") == text
        open_all(view, "nodes")
        harmless(view)
    said = {("tie.congruence", "support"): label, ("body", "x"): label}
    ring = View(**{**vars(congruence()), "labels": said, "notes": (label,)})
    with tab(browser, written(tmp_path, "ring", view_page(ring))) as view:
        open_all(view, "ties")
        harmless(view)


@EVERY
def test_on_the_page_of_two_bodies(browser: Any, tmp_path: Path, text: str) -> None:
    with tab(browser, written(tmp_path, "two", hostile_page(text))) as view:
        view.page.click("[data-language=sv]")
        view.page.click("[data-layer='1']")
        view.page.fill("#search", text[:20])
        view.page.locator("#disagreements button[data-choose]").first.click()
        view.page.wait_for_selector("#panel .statement")
        assert view.page.text_content("#panel-title") == text
        harmless(view)
