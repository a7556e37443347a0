"""The keyboard alone is enough, and a checker of accessibility finds no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fictional_statements import PROPOSITIONS
from kg.views.data import node_id
from view_samples import SAMPLES, key
from view_tab import NARROW, Opened, sample_files, tab

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
# Whatever can be used by mouse and is seen, each with a number to tell it by.
USABLE = """() => {
  const all = "a[href], button, input, select, summary, [tabindex='0']";
  const seen = [...document.querySelectorAll(all)].filter((one) => one.checkVisibility());
  seen.forEach((one, n) => { one.dataset.turn = n; });
  return seen.map((one) => `${one.dataset.turn} ${one.localName} ${one.textContent.trim()}`);
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  const ring = one === document.body || getComputedStyle(one).outlineStyle !== "none";
  return [one.dataset.turn ?? "", ring];
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return sample_files(tmp_path_factory.mktemp("views"))


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    with tab(browser, files["council"]) as view:
        yield view


def press(view: Opened, *keys: str) -> None:
    for one in keys:
        view.page.keyboard.press(one)


def said(view: Opened) -> str:
    text: str = view.page.inner_text("#status")
    return text


@pytest.mark.parametrize("name", SAMPLES)
def test_tab_reaches_everything_and_shows_where_it_is(
    browser: Any, files: dict[str, Path], name: str
) -> None:
    with tab(browser, files[name]) as view:
        view.page.evaluate(
            "() => document.querySelectorAll('details:not(.menu)').forEach((d) => (d.open = true))"
        )
        usable = view.page.evaluate(USABLE)
        reached = set()
        for _ in range(len(usable) + 5):
            press(view, "Tab")
            turn, ring = view.page.evaluate(FOCUSED)
            assert ring, turn
            reached.add(turn)
        assert [one for one in usable if one.partition(" ")[0] not in reached] == []


def test_arrows_move_between_boxes_and_enter_opens(opened: Opened) -> None:
    opened.page.focus("#drawing")
    press(opened, "ArrowRight")
    assert said(opened) == "Body: MH"
    press(opened, "ArrowDown")
    assert said(opened) == "Person: Aino Rantala"
    press(opened, "ArrowRight")
    assert said(opened) == f"Proposition: {PROPOSITIONS[0].en}"
    assert opened.page.is_hidden("#panel")
    press(opened, "Enter")
    opened.page.wait_for_selector("#panel .statement")
    assert opened.focused() == "panel-title"
    press(opened, "Escape")
    assert opened.page.is_hidden("#panel")
    assert opened.focused() == "drawing"
    press(opened, "ArrowLeft")  # on from where the reader was
    assert said(opened) == "Person: Aino Rantala"


def test_arrows_with_other_keys_are_the_browsers(opened: Opened) -> None:
    opened.page.focus("#drawing")
    press(opened, "Control+ArrowRight", "Alt+ArrowDown")
    assert said(opened) == ""


def test_arrows_bring_what_they_reach_into_sight(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["council"], viewport={"width": 900, "height": 300}) as view:
        view.page.focus("#drawing")
        press(view, "ArrowDown", *["ArrowDown"] * 6)
        assert said(view) == "Person: Frida Ek"
        top = """id => {
          const holder = document.getElementById("drawing");
          const { x, y } = holder.network.body.nodes[id];
          return holder.getBoundingClientRect().top + holder.network.canvasToDOM({ x, y }).y;
        }"""
        assert 0 < view.page.evaluate(top, node_id(key("frida-ek"))) < 300


def test_keys_zoom_and_go_back(opened: Opened) -> None:
    scale = "document.getElementById('drawing').network.getScale()"
    whole = opened.page.evaluate(scale)
    opened.page.focus("#drawing")
    press(opened, "+")
    assert opened.page.evaluate(scale) == pytest.approx(whole * 1.25)
    press(opened, "-")
    assert opened.page.evaluate(scale) == pytest.approx(whole)
    press(opened, "-", "-", "0")
    assert opened.page.evaluate(scale) == pytest.approx(whole)


def test_communities_open_by_key(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["communities"]) as view:
        view.page.focus("#drawing")
        press(view, "ArrowRight")
        assert said(view) == "Community of 6: West"
        press(view, "Enter")
        assert {"c2", "c3"} <= set(view.shown("n"))
        view.page.keyboard.press("Tab")
        assert view.focused() == "panel-close"
        press(view, "Tab", "Enter")  # the button that closes the community
        assert "c0" in view.shown("n")


def test_the_list_of_results_by_arrows(opened: Opened) -> None:
    opened.page.focus("#search")
    opened.page.keyboard.type("decree")
    press(opened, "ArrowDown")
    first = opened.focused()
    press(opened, "ArrowDown")
    second = opened.focused()
    assert first.startswith("button The ")
    assert second != first
    press(opened, "ArrowUp")
    assert opened.focused() == first
    press(opened, "ArrowUp")
    assert opened.focused() == "search"
    press(opened, "ArrowDown", "Enter")
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.is_hidden("#results")
    press(opened, "Escape")
    assert opened.focused() == "search"


def test_escape_closes_the_list_and_only_then_the_panel(opened: Opened) -> None:
    opened.open_row("statements")
    opened.page.focus("#search")
    opened.page.keyboard.type("decree")
    press(opened, "ArrowDown", "Escape")
    assert opened.page.is_hidden("#results")
    assert opened.focused() == "search"
    assert opened.page.is_visible("#panel")
    press(opened, "Escape")
    assert opened.page.is_hidden("#panel")


def test_filters_by_key_and_escape_closes_one_thing_at_a_time(opened: Opened) -> None:
    opened.open_row("statements")
    opened.page.locator("details.filters > summary").focus()
    press(opened, "Enter")
    assert opened.page.locator("details.filters[open]").count() == 1
    opened.page.focus("[data-filter=basis] input[value=reported]")
    press(opened, "Space")
    assert len(opened.rows("statements")) == 5
    press(opened, "Escape")
    assert opened.page.locator("details.filters[open]").count() == 0
    assert opened.focused().startswith("summary Filter")
    assert opened.page.is_visible("#panel")
    press(opened, "Escape")
    assert opened.page.is_hidden("#panel")


def test_a_menu_that_the_focus_leaves_closes(opened: Opened) -> None:
    opened.open_menu()
    opened.page.locator("details.filters select").last.focus()
    press(opened, "Tab")
    assert opened.focused() == "summary Download"
    assert opened.page.locator("details.menu[open]").count() == 0


def test_the_panel_by_key_and_back_to_where_it_was_opened(opened: Opened) -> None:
    opened.open_row("nodes", 1)
    assert opened.focused() == "panel-title"
    press(opened, "Tab")
    assert opened.focused() == "panel-close"
    press(opened, "Enter")
    assert opened.page.is_hidden("#panel")
    assert opened.focused() == "button →"


def test_a_panel_from_a_link_closes_onto_the_drawing(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["council"], f"sel={node_id(key('MF'))}") as view:
        assert view.focused() == "panel-title"
        press(view, "Escape")
        assert view.focused() == "drawing"


def test_the_panel_covers_no_tool(opened: Opened) -> None:
    opened.open_row("statements")
    covered = """() => {
      const { left } = document.getElementById("panel").getBoundingClientRect();
      const tools = ".top :is(button, a), .tools :is(button, summary, input)";
      return [...document.querySelectorAll(tools)]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > left)
        .map((one) => one.textContent.trim());
    }"""
    assert opened.page.evaluate(covered) == []
    opened.open_menu()
    opened.page.uncheck("[data-filter=stance] input[value=strongOppose]", timeout=2000)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser: Any, files: dict[str, Path], name: str, scheme: str) -> None:
    with tab(browser, files[name], color_scheme=scheme) as view:
        assert view.barriers() == []
        view.unfold()
        assert view.barriers() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["council", "congruence", "communities"])
def test_axe_finds_no_barrier_with_panel_and_results(
    browser: Any, files: dict[str, Path], name: str, scheme: str
) -> None:
    with tab(browser, files[name], color_scheme=scheme) as view:
        view.open_row("nodes", 1)
        view.page.fill("#search", "m")
        view.page.click("[data-language=fi]")
        view.page.fill("#search", "i")
        assert view.barriers() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SAMPLES)
def test_axe_finds_no_barrier_on_a_telephone(
    browser: Any, files: dict[str, Path], name: str, scheme: str
) -> None:
    with tab(browser, files[name], viewport=NARROW, color_scheme=scheme) as view:
        view.unfold()
        assert view.barriers() == []
        if name != "empty":
            view.open_row("nodes")
            assert view.barriers() == []
