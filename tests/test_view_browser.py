"""The page in a real browser: it opens alone, answers to mouse and keyboard, and runs no data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fictional_statements import MEETINGS, PAGES, PROPOSITIONS, SOURCE, STATEMENTS, A
from hostile_labels import HOSTILE
from kg.statements import Label
from kg.views.pages import index_page
from test_views import hostile_page, page

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
# The middle of a line on the screen, for a line on which no other thing lies.
CLEAR_LINE = """() => {
  const network = document.getElementById("drawing").network;
  const frame = document.getElementById("drawing").getBoundingClientRect();
  for (const edge of Object.values(network.body.edges)) {
    if (edge.options.hidden || !edge.fromId.endsWith("a")) continue;
    const at = network.canvasToDOM(edge.edgeType.getPoint(0.5));
    const seen = frame.top + at.y > 0 && frame.top + at.y < innerHeight;
    if (seen && !network.getNodeAt(at) && network.getEdgeAt(at) === edge.id) {
      return { id: edge.id, x: frame.left + at.x, y: frame.top + at.y };
    }
  }
  return null;
}"""


class Opened:
    """A page that was opened from a file, with all that it complained of or asked for."""

    def __init__(self, browser: Any, file: Path, **context: Any) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.context = browser.new_context(
            **({"viewport": {"width": 1280, "height": 800}} | context)
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def shown(self, kind: str) -> list[str]:
        """The ids of what is drawn: ``n…`` for boxes, ``e…`` for lines."""
        found = self.page.evaluate(
            """kind => {
              const body = document.getElementById("drawing").network.body;
              const all = Object.values(kind === "n" ? body.nodes : body.edges);
              return all.filter((one) => !one.options.hidden).map((one) => one.id);
            }""",
            kind,
        )
        return [one for one in found if one.startswith(kind)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "page.html"
    path.write_text(page(), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Opened]:
    view = Opened(browser, file)
    yield view
    view.context.close()
    assert view.problems == []
    assert [url for url in view.requests if url not in {file.as_uri(), "data:,"}] == []


def test_it_opens_alone_and_draws(opened: Opened) -> None:
    assert len(opened.shown("n")) > 30
    assert len(opened.shown("e")) > 40
    painted = opened.page.evaluate(
        """() => {
          const canvas = document.querySelector("#drawing canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    assert painted > 100


def test_a_click_on_a_line_opens_the_statements_behind_it(opened: Opened) -> None:
    line = opened.page.evaluate(CLEAR_LINE)
    opened.page.mouse.click(line["x"], line["y"])
    opened.page.wait_for_selector("#panel .statement")
    panel = opened.page.inner_text("#panel")
    assert opened.page.inner_text("#panel blockquote") == "ei tässä muodossa"
    assert "characters" in panel
    assert "meeting 4" in panel


def test_a_click_on_a_box_opens_all_its_statements(opened: Opened) -> None:
    at = opened.page.evaluate(
        """() => {
          const holder = document.getElementById("drawing");
          const nodes = Object.values(holder.network.body.nodes);
          const node = nodes.find((one) => one.options.label === "MH");
          const at = holder.network.canvasToDOM({ x: node.x, y: node.y });
          const frame = holder.getBoundingClientRect();
          return [frame.left + at.x, frame.top + at.y];
        }"""
    )
    opened.page.mouse.click(*at)
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.inner_text("#panel-title") == "MH"
    assert opened.page.locator("#panel .statement").count() == sum(
        s.body == A.id for s in STATEMENTS
    )


def test_the_language_changes_everything_at_once(opened: Opened) -> None:
    opened.page.click("#disagreements button[data-node]")
    opened.page.click("[data-language=fi]")
    assert (
        opened.page.title() == opened.page.inner_text("h1") == "Mistä SatM ja MetM ovat eri mieltä"
    )
    assert opened.page.get_attribute("html", "lang") == "fi"
    assert opened.page.get_attribute("#search", "placeholder") == "Sana, nimi …"
    assert "Kenen sanomana" in opened.page.inner_text("#panel")
    opened.page.click("[data-language=sv]")
    assert opened.page.inner_text("#h-agreements") == "Vad man är överens om"
    labels = opened.page.evaluate(
        "() => Object.values(document.getElementById('drawing').network.body.nodes)"
        ".map((node) => node.options.label)"
    )
    assert "HamM" in labels
    assert "MH" not in labels


def test_search_finds_marks_and_opens(opened: Opened) -> None:
    opened.page.fill("#search", "JETTIES")
    assert opened.page.locator("#results button").count() == 2
    assert opened.page.inner_text("#status") == "2 found"
    opened.page.press("#search", "Enter")
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.inner_text("#panel-title") == PROPOSITIONS[0].en
    opened.page.fill("#search", "no such word")
    assert opened.page.locator("#results button").count() == 0


def test_what_lies_outside_the_two_is_shown_when_it_is_asked_for(opened: Opened) -> None:
    before = len(opened.shown("n"))
    assert "Not shown: 17 boxes, 14 lines." in opened.page.inner_text("#hidden-count")
    opened.page.click("[data-scope=all]")
    assert len(opened.shown("n")) == before + 17
    assert opened.page.inner_text("#hidden-count") == ""


def test_filters_narrow_drawing_and_table_alike(opened: Opened) -> None:
    opened.page.click("[data-scope=all]")
    rows = opened.page.locator("tr[data-edge]:not([hidden])")
    lines, all_rows = len(opened.shown("e")), rows.count()
    opened.page.click(".filters summary")
    opened.page.uncheck("[data-filter=bases] input[value=reported]")
    assert (len(opened.shown("e")), rows.count()) == (lines - 9, all_rows - 9)
    opened.page.uncheck("[data-filter=stances] input[value=undecided]")
    assert rows.count() == all_rows - 9 - 4
    opened.page.check("[data-filter=bases] input[value=reported]")
    opened.page.check("[data-filter=stances] input[value=undecided]")
    assert rows.count() == all_rows


def test_the_keyboard_alone_reaches_boxes_and_statements(opened: Opened) -> None:
    opened.page.focus("#drawing")
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.inner_text("#status") == "Body: MH"
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.inner_text("#status").startswith("Proposition: ")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.evaluate("document.activeElement.id") == "panel-title"
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#panel")
    assert opened.page.evaluate("document.activeElement.id") == "drawing"


def test_zoom_by_button_and_key_and_back(opened: Opened) -> None:
    scale = "document.getElementById('drawing').network.getScale()"
    whole = opened.page.evaluate(scale)
    opened.page.click("[data-zoom=in]")
    assert opened.page.evaluate(scale) == pytest.approx(whole * 1.25)
    opened.page.focus("#drawing")
    opened.page.keyboard.press("0")
    assert opened.page.evaluate(scale) == pytest.approx(whole)


def test_no_drawn_label_leaves_its_box(opened: Opened) -> None:
    opened.page.click("[data-scope=all]")
    for language in ("en", "fi", "sv"):
        opened.page.click(f"[data-language={language}]")
        wrong = opened.page.evaluate(
            """() => {
              const { view } = JSON.parse(document.getElementById("page-data").textContent);
              const network = document.getElementById("drawing").network;
              return view.nodes.filter((node) => {
                const { width, height } = network.body.nodes[node.id].shape;
                return width > node.w + 0.5 || height > node.h + 0.5;
              }).map((node) => node.id);
            }"""
        )
        assert wrong == [], language


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_can_turn_the_lights(browser: Any, file: Path, scheme: str) -> None:
    view = Opened(browser, file, color_scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = view.page.evaluate(paper)
    view.page.click("#theme")
    assert view.page.evaluate(paper) != before
    view.page.click("#theme")
    assert view.page.evaluate(paper) == before
    assert view.problems == []
    view.context.close()


def test_a_narrow_page_reads_without_sideways_scrolling(browser: Any, file: Path) -> None:
    view = Opened(browser, file, viewport={"width": 360, "height": 740})
    for language in ("en", "fi", "sv"):
        view.page.click(f"[data-language={language}]")
        assert view.page.evaluate("document.documentElement.scrollWidth") <= 360, language
    order = view.page.evaluate("[...document.querySelectorAll('main > section')].map((s) => s.id)")
    assert order.index("disagreements") < order.index("network")
    view.context.close()


def test_without_scripts_the_tables_are_there(browser: Any, file: Path) -> None:
    view = Opened(browser, file, java_script_enabled=False)
    assert view.page.is_visible("#disagreements table")
    assert view.page.is_visible(".no-js")
    assert view.page.is_hidden("#drawing")
    assert view.page.is_hidden("[data-language=fi]")
    view.context.close()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_do_nothing(browser: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(hostile_page(text), encoding="utf-8", newline="\n")
    view = Opened(browser, path)
    view.page.click("[data-language=sv]")
    view.page.click("[data-scope=all]")
    view.page.fill("#search", text[:20])
    view.page.click("#disagreements button[data-node]")
    view.page.wait_for_selector("#panel .statement")
    assert view.page.text_content("#panel-title") == text
    assert view.page.evaluate("typeof window.hostile") == "undefined"
    assert view.page.locator("img, iframe, object, svg[onload]").count() == 0
    assert view.page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert view.problems == []
    assert [url for url in view.requests if url not in {path.as_uri(), "data:,"}] == []
    view.context.close()


def test_the_index_opens_alone_in_three_languages(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    title = Label("Pages", "Sivut", "Sidor")
    path.write_text(index_page(title, PAGES, MEETINGS, SOURCE), encoding="utf-8", newline="\n")
    view = Opened(browser, path)
    view.page.click("[data-language=fi]")
    assert view.page.inner_text("h1") == "Sivut"
    view.page.click("#theme")
    assert view.problems == []
    assert [url for url in view.requests if url not in {path.as_uri(), "data:,"}] == []
    view.context.close()
