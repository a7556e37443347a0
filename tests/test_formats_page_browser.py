"""The page of a network in a real browser: it opens alone, draws, and answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.networks.network import Network
from kg.views.network_page import network_page
from network_samples import hostile, onemode, twomode
from test_view_browser import Opened

pytestmark = pytest.mark.browser
PLACE = """label => {
  const holder = document.getElementById("drawing");
  const node = Object.values(holder.network.body.nodes).find((n) => n.options.label === label);
  const at = holder.network.canvasToDOM({ x: node.x, y: node.y });
  const frame = holder.getBoundingClientRect();
  return [frame.left + at.x, frame.top + at.y];
}"""


def opened_page(browser: Any, folder: Path, network: Network, **context: Any) -> Iterator[Opened]:
    file = folder / "page.html"
    file.write_text(network_page(network), encoding="utf-8", newline="\n")
    view = Opened(browser, file, **context)
    yield view
    hostile_ran = view.page.evaluate("() => window.hostile")
    view.context.close()
    assert view.problems == []
    assert hostile_ran is None
    assert [url for url in view.requests if url not in {file.as_uri(), "data:,"}] == []


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    yield from opened_page(browser, tmp_path, onemode())


@pytest.fixture
def opened_twomode(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    yield from opened_page(browser, tmp_path, twomode(), color_scheme="dark")


@pytest.fixture
def opened_hostile(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    yield from opened_page(browser, tmp_path, hostile())


def edges(view: Opened) -> list[Any]:
    """The drawn lines: hidden, dashes, width."""
    found: list[Any] = view.page.evaluate(
        """() => Object.values(document.getElementById("drawing").network.body.edges)
          .map(({ options }) => [options.hidden, options.dashes, options.width])"""
    )
    return found


def test_signs_are_told_by_line_and_weights_by_width(opened: Opened) -> None:
    (_, solid, widest), (_, dashes, thinner), (_, _, thinnest) = edges(opened)
    assert solid is False
    assert dashes == [8, 6]
    assert widest > thinner > thinnest


def test_the_slider_hides_weak_ties_in_drawing_and_table(opened: Opened) -> None:
    assert opened.page.inner_text("#status") == "3 of 3 ties, from weight 0.1."
    opened.page.focus("#least")
    opened.page.keyboard.press("ArrowRight")
    assert [hidden for hidden, _, _ in edges(opened)] == [False, False, True]
    assert opened.page.locator("tr[data-tie]:visible").count() == 2
    assert opened.page.inner_text("#status") == "2 of 3 ties, from weight 0.5."


def test_a_click_on_a_node_opens_its_ties(opened: Opened) -> None:
    opened.page.mouse.click(*opened.page.evaluate(PLACE, "Harbour Board"))
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.inner_text("#panel-title") == "Harbour Board"
    names = opened.page.locator("#panel .stance").all_inner_texts()
    assert names == ["Saaristokunta Öljysaari", "Ferries & Sons"]
    opened.page.keyboard.press("Escape")
    assert not opened.page.is_visible("#panel")


def test_the_keyboard_reaches_every_node(opened: Opened) -> None:
    opened.page.click("#nodes summary")
    opened.page.focus('button[data-node="n3"]')
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel-title") == "Nobody"
    assert "No ties." in opened.page.inner_text("#panel-body")
    opened.page.click("#panel-close")
    assert opened.page.evaluate("() => document.activeElement.dataset.node") == "n3"


def test_the_language_changes_at_once(opened: Opened) -> None:
    opened.page.click("[data-language=sv]")
    assert opened.page.title() == "Nätverk: Organisation × Organisation"
    assert opened.page.inner_text("#status") == "3 av 3 band, från vikt 0.1."
    assert opened.page.inner_text("#h-made") == "Hur nätverket gjordes"


def test_search_marks_and_opens(opened: Opened) -> None:
    opened.page.fill("#search", "ferries")
    assert opened.page.inner_text("#status") == "1 found"
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel-title") == "Ferries & Sons"


def test_two_modes_have_two_shapes(opened_twomode: Opened) -> None:
    shapes = opened_twomode.page.evaluate(
        """() => Object.values(document.getElementById("drawing").network.body.nodes)
          .map((node) => node.options.shape)"""
    )
    assert shapes == ["dot", "dot", "dot", "square", "square"]
    assert edges(opened_twomode)[0][1] == [2, 4]


def test_hostile_labels_do_nothing(opened_hostile: Opened) -> None:
    assert opened_hostile.page.locator("tr[data-tie]").count() == len(hostile().rows) - 1
    opened_hostile.page.click("#nodes summary")
    for place in range(len(hostile().rows)):
        opened_hostile.page.locator(f'button[data-node="n{place}"]').evaluate("b => b.click()")
    assert opened_hostile.page.is_visible("#panel")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(browser: Any, tmp_path: Path, width: int) -> None:
    view = {"width": width, "height": 800}
    for opened in opened_page(browser, tmp_path, onemode(), viewport=view):
        assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_checker_of_accessibility_finds_nothing(opened: Opened) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    opened.page.evaluate(
        "() => document.querySelectorAll('details').forEach((d) => { d.open = true; })"
    )
    found = axe.Axe().run(opened.page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
