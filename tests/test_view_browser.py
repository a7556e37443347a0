"""A page in a real browser: it opens alone, draws, finds, and tells what is behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fictional_statements import MEETINGS, PAGES, PROPOSITIONS, SOURCE
from kg.statements import Label
from kg.views.data import node_id
from kg.views.index import index_page
from view_samples import SAMPLES, key
from view_tab import NARROW, sample_files, tab, written
from view_tab import Opened as Opened

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
# The middle of a line on the screen, for a line on which no other thing lies.
CLEAR_LINE = """kind => {
  const holder = document.getElementById("drawing");
  const { network } = holder;
  const frame = holder.getBoundingClientRect();
  for (const edge of Object.values(network.body.edges)) {
    const at = network.canvasToDOM(edge.edgeType.getPoint(0.5));
    const seen = frame.top + at.y > 0 && frame.top + at.y < innerHeight;
    const clear = !network.getNodeAt(at) && network.getEdgeAt(at) === edge.id;
    if (edge.id.includes(kind) && seen && clear) {
      return [frame.left + at.x, frame.top + at.y];
    }
  }
  return null;
}"""
LABELS = """() => Object.values(document.getElementById("drawing").network.body.nodes)
  .map((node) => node.options.label ?? "")"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return sample_files(tmp_path_factory.mktemp("views"))


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    with tab(browser, files["council"]) as view:
        yield view


@pytest.mark.parametrize(
    ("name", "boxes", "lines", "told"),
    [
        ("council", 9, 10, "Not shown: 1 boxes, 2 lines."),
        ("congruence", 6, 5, ""),
        ("communities", 3, 2, "1 of 11 shown one by one, the others in 2 communities: "
         "click one to open it."),
        ("empty", 0, 0, ""),
    ],
)  # fmt: skip
def test_it_opens_alone_and_draws(
    browser: Any, files: dict[str, Path], name: str, boxes: int, lines: int, told: str
) -> None:
    with tab(browser, files[name]) as view:
        assert (len(view.shown("n")), len(view.shown("e"))) == (boxes, lines)
        assert view.page.inner_text("#hidden-count") == told
        painted = view.page.evaluate(
            """() => {
              const canvas = document.querySelector("#drawing canvas");
              const pen = canvas.getContext("2d");
              const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
              return new Set(new Uint32Array(data.buffer)).size;
            }"""
        )
        assert painted > 30 or name == "empty"
        assert view.link() == ""


def test_a_click_on_a_box_opens_all_its_statements(opened: Opened) -> None:
    opened.page.mouse.click(*opened.place(node_id(key("aino-rantala"))))
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.inner_text("#panel-title") == "Aino Rantala"
    assert opened.page.locator("#panel .statement").count() == 2
    assert "Relations (1)" in opened.page.inner_text("#panel")


def test_a_body_stands_for_what_its_officials_say(opened: Opened) -> None:
    opened.page.mouse.click(*opened.place(node_id(key("MF"))))
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.locator("#panel .statement").count() == 4


def test_a_click_on_a_line_opens_the_statement_behind_it(opened: Opened) -> None:
    ends = f"{node_id(key('MF'))}-{node_id(key('q04'))}"
    opened.page.mouse.click(*opened.page.evaluate(CLEAR_LINE, ends))
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.inner_text("#panel-title") == PROPOSITIONS[4].en
    assert opened.page.inner_text("#panel .stance") == f"MF — opposition: {PROPOSITIONS[4].en}"
    assert opened.page.inner_text("#panel blockquote") == "ei tässä muodossa"
    told = opened.facts()
    position = told.pop("Position")
    assert position.endswith("m4/s03/p1")
    assert told == {
        "Body": "MF",
        "On whose word": "reported",
        "Reported by": "Aino Rantala",
        "Issue": "The coastal advice centre?",
        "Meeting": "Steering group of coastal matters, meeting 4, 12 May 2031",
        "Date": "2031-06-20",
        "Item": "6",
        "Place": "paragraph 3, characters 300–342",
    }


def test_a_click_beside_everything_closes_the_panel(opened: Opened) -> None:
    opened.page.mouse.click(*opened.place(node_id(key("MF"))))
    opened.page.wait_for_selector("#panel .statement")
    x, y = opened.place(node_id(key("MF")))
    opened.page.mouse.click(x - 160, y)
    opened.page.wait_for_selector("#panel", state="hidden")
    assert "sel=" not in opened.link()


@pytest.mark.parametrize(
    ("holder", "name", "text"),
    [
        ("Daavid Korpi", "On condition that", PROPOSITIONS[39].en),
        ("Aino Rantala", "In force", "no: given up later"),
        ("Bertil Strandqvist", "Coding", "proposed"),
    ],
)
def test_what_limits_a_position_is_told(opened: Opened, holder: str, name: str, text: str) -> None:
    opened.open_menu()
    opened.page.check("[data-filter=status] input[value=proposed]")
    for row, first in enumerate(opened.rows("statements")):
        if first != holder:
            continue
        opened.open_row("statements", row)
        if opened.facts().get(name) == text:
            return
    pytest.fail(f"no position of {holder} tells {name}: {text}")


def test_what_two_say_of_one_thing_stands_together(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["congruence"]) as view:
        view.page.mouse.click(*view.page.evaluate(CLEAR_LINE, "-conflict-"))
        view.page.wait_for_selector("#panel .case")
        assert view.page.inner_text("#panel-title") == "MH – MF"
        assert "Weight: 1" in view.page.inner_text("#panel .what")
        heads = view.page.locator("#panel .case > h3").all_inner_texts()
        assert heads == [PROPOSITIONS[0].en]
        assert view.page.locator("#panel .case .statement").count() == 2
        view.open_menu()
        view.page.check("[data-filter=status] input[value=proposed]")
        assert "Weight: 2" in view.page.inner_text("#panel .what")
        assert view.page.locator("#panel .case .statement").count() == 4


def test_facts_and_ties_lead_on(opened: Opened) -> None:
    opened.page.click("[data-layer='1']")
    opened.page.mouse.click(*opened.place(node_id(key("decision"))))
    opened.page.wait_for_selector("#panel .facts")
    assert opened.page.inner_text("#panel .facts").split("\n") == ["Deadline", "early June"]
    ties = opened.page.locator("#panel .ties li").all_inner_texts()
    assert sorted(ties) == sorted(
        [f"→ adopts: {PROPOSITIONS[0].en}", "→ drafts: A study of jetties",
         "– is about: The quay of the harbour"]
    )  # fmt: skip
    opened.page.click("#panel .ties button >> text=The quay")
    assert opened.page.inner_text("#panel-title") == "The quay of the harbour"


def test_the_language_changes_everything_at_once(opened: Opened) -> None:
    opened.open_row("statements", opened.rows("statements").index("MF"))
    for language, title, holder, word, hidden in (
        ("fi", "Kuka haluaa laitureista mitä", "MetM", "Kenen sanomana", "1 laatikkoa"),
        ("sv", "Vem vill vad", "SkoM", "På vems ord", "1 rutor"),
    ):
        opened.page.click(f"[data-language={language}]")
        assert opened.page.title() == opened.page.inner_text("h1") == title
        assert opened.page.get_attribute("html", "lang") == language
        assert word in opened.facts()
        assert holder in opened.page.inner_text("#panel .stance")
        assert hidden in opened.page.inner_text("#hidden-count")
        assert holder in opened.page.evaluate(LABELS)
        assert "MF" not in opened.page.evaluate(LABELS)
        assert holder in opened.rows("statements")
    assert opened.page.get_attribute("#search", "placeholder") == "Ett ord, ett namn …"


def test_search_finds_marks_and_opens(opened: Opened) -> None:
    opened.page.fill("#search", "DECREE")
    assert opened.page.locator("#results button").count() == 3
    assert opened.page.inner_text("#status") == "3 found"
    opened.page.fill("#search", "jetties")
    opened.page.press("#search", "Enter")
    opened.page.wait_for_selector("#panel .statement")
    assert opened.page.inner_text("#panel-title") == PROPOSITIONS[0].en
    opened.page.fill("#search", "no such word")
    assert opened.page.is_hidden("#results")
    assert opened.page.inner_text("#status") == "0 found"


def test_search_knows_the_whole_name_of_what_is_shown(opened: Opened) -> None:
    opened.page.fill("#search", "of the harbour")
    assert opened.page.locator("#results button").count() == 0
    opened.page.click("[data-layer='1']")
    opened.page.fill("#search", "of the harbou")
    assert opened.page.locator("#results button").all_inner_texts() == [
        "The quay of the harbour Issue"
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_drawn_label_leaves_its_box(browser: Any, files: dict[str, Path], name: str) -> None:
    wrong = """() => {
      const { view } = JSON.parse(document.getElementById("page-data").textContent);
      const { body } = document.getElementById("drawing").network;
      return view.nodes.filter((node) => {
        const shape = body.nodes[node.id]?.shape;
        return shape && !node.shape && (shape.width > node.w + 0.5 || shape.height > node.h + 0.5);
      }).map((node) => node.id);
    }"""
    with tab(browser, files[name]) as view:
        for language in ("en", "fi", "sv"):
            view.page.click(f"[data-language={language}]")
            assert view.page.evaluate(wrong) == [], language


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_can_turn_the_lights(browser: Any, files: dict[str, Path], scheme: str) -> None:
    with tab(browser, files["council"], color_scheme=scheme) as view:
        inside = "() => document.getElementById('drawing').network.body.nodes"
        inks = f"() => Object.values(({inside})()).map((n) => n.options.color.background).join()"
        before, painted = view.dark(), view.page.evaluate(inks)
        assert before is (scheme == "dark")
        view.page.click("#theme")
        assert view.dark() is not before
        assert view.page.evaluate(inks) != painted
        view.page.click("#theme")
        assert (view.dark(), view.page.evaluate(inks)) == (before, painted)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_narrow_page_reads_without_sideways_scrolling(
    browser: Any, files: dict[str, Path], name: str
) -> None:
    with tab(browser, files[name], viewport=NARROW) as view:
        for language in ("en", "fi", "sv"):
            view.page.click(f"[data-language={language}]")
            assert view.page.evaluate("document.documentElement.scrollWidth") <= 360, language
        if name == "council":
            view.open_menu()
            view.page.mouse.click(*view.place(node_id(key("MF"))))
            view.page.wait_for_selector("#panel .statement")
            assert view.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_tables_are_there(browser: Any, files: dict[str, Path]) -> None:
    view = Opened(browser, files["council"], java_script_enabled=False)
    view.page.click("#s-statements summary")
    assert view.page.is_visible("#statements")
    assert view.page.is_visible(".no-js")
    assert view.page.is_hidden("#drawing")
    assert view.page.is_hidden("[data-language=fi]")
    view.context.close()


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(opened: Opened) -> None:
    scale = "document.getElementById('drawing').network.getScale()"
    before = opened.page.evaluate(scale)
    opened.page.mouse.move(*opened.place(node_id(key("MF"))))
    opened.page.mouse.wheel(0, 120)
    opened.until("scrollY > 0")
    assert opened.page.evaluate(scale) == before
    opened.page.keyboard.down("Control")
    opened.page.mouse.wheel(0, -120)
    opened.until(f"{scale} > {before}")
    opened.page.keyboard.up("Control")
    opened.page.click("[data-zoom=fit]")
    assert opened.page.evaluate(scale) == pytest.approx(before)


def test_the_index_opens_alone_in_three_languages(browser: Any, tmp_path: Path) -> None:
    title = Label("Pages", "Sivut", "Sidor")
    path = written(tmp_path, "index", index_page(title, PAGES, MEETINGS, SOURCE))
    view = Opened(browser, path)
    view.page.click("[data-language=fi]")
    assert view.page.inner_text("h1") == "Sivut"
    view.page.click("#theme")
    view.close()
