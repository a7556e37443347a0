"""The documentation in a real browser: alone, on a phone, by keyboard, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from harbour import MODEL, write_harbour
from hostile_labels import HOSTILE
from kg.statements import LANGUAGES
from kg.vocabulary.pages import PAGES, write_site

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documentation") / "site"
    write_site(folder)
    return folder


class Opened:
    """A tab, with all that its pages complained of or asked for."""

    def __init__(self, browser: Any, **context: Any) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []
        whole = {"viewport": {"width": 1280, "height": 800}} | context
        self.context = browser.new_context(**whole)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def go(self, file: Path, fragment: str = "") -> None:
        self.page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Opened]:
    tab = Opened(browser)
    yield tab
    tab.context.close()
    assert tab.problems == []
    assert [url for url in tab.requests if not url.startswith((site.as_uri(), "data:,"))] == []


def test_every_page_opens_alone(opened: Opened, site: Path) -> None:
    opened.go(site / "index.html")
    for language in LANGUAGES:
        for page in PAGES:
            opened.go(site / language / f"{page}.html")
            assert opened.page.inner_text("h1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_on_a_phone(browser: Any, site: Path, language: str) -> None:
    tab = Opened(browser, viewport={"width": 360, "height": 740})
    for page in PAGES:
        tab.go(site / language / f"{page}.html")
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360, page
    tab.context.close()


def test_on_a_phone_the_languages_stand_below_each_other(browser: Any, site: Path) -> None:
    tops = """() => [...document.querySelectorAll("#Position .three > div")]
        .map((one) => one.getBoundingClientRect().top)"""
    wide, phone = Opened(browser), Opened(browser, viewport={"width": 360, "height": 740})
    for tab, places in ((wide, 1), (phone, 3)):
        tab.go(site / "en" / "terms.html")
        assert len(set(tab.page.evaluate(tops))) == places
        tab.context.close()


def test_a_deep_link_lands_on_its_term(opened: Opened, site: Path) -> None:
    opened.go(site / "sv" / "terms.html", "Position")
    top = opened.page.evaluate("document.getElementById('Position').getBoundingClientRect().top")
    assert 0 <= top < 60


def test_the_filter_finds_words_of_any_language_without_accents(opened: Opened, site: Path) -> None:
    opened.go(site / "en" / "terms.html")
    shown = opened.page.locator("[data-term]:not([hidden])")
    everything = shown.count()
    opened.page.fill("#filter", "STANDPUNKT")
    assert 0 < shown.count() < everything
    assert opened.page.is_visible("#Position")
    assert opened.page.is_hidden("#Study")
    assert opened.page.is_hidden("[data-entry=Study]")
    assert opened.page.inner_text("#filter-status") == f"{shown.count()} of {everything}"
    opened.page.fill("#filter", "no such word")
    assert shown.count() == 0
    assert opened.page.locator("[data-group]:not([hidden])").count() == 0
    opened.page.press("#filter", "Escape")
    assert shown.count() == everything
    assert opened.page.inner_text("#filter-status") == ""


def test_a_link_to_a_hidden_term_shows_it(opened: Opened, site: Path) -> None:
    opened.go(site / "en" / "terms.html")
    opened.page.fill("#filter", "stance")
    assert opened.page.is_hidden("#Study")
    opened.page.evaluate("location.hash = 'Study'")
    opened.page.wait_for_selector("#Study", state="visible")
    assert opened.page.input_value("#filter") == ""


def test_the_keyboard_alone_reaches_content_diagram_and_terms(opened: Opened, site: Path) -> None:
    opened.go(site / "en" / "index.html")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "content"
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "scroll"
    opened.page.keyboard.press("Tab")
    box = opened.page.evaluate("document.activeElement.textContent.trim()")
    assert "apro:" in box
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url("**/terms.html#*")


@pytest.mark.parametrize("page", ["reused", "shapes", "questions"])
def test_other_long_pages_have_the_filter_too(opened: Opened, site: Path, page: str) -> None:
    opened.go(site / "fi" / f"{page}.html")
    shown = opened.page.locator("[data-term]:not([hidden])")
    everything = shown.count()
    word = shown.last.locator("[data-words]").last.inner_text()
    opened.page.fill("#filter", word)
    assert 0 < shown.count() < everything


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lights_can_be_turned_and_stay_so_on_the_next_page(
    browser: Any, site: Path, scheme: str
) -> None:
    tab = Opened(browser, color_scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    tab.go(site / "en" / "index.html")
    before = tab.page.evaluate(paper)
    tab.page.click("#theme")
    after = tab.page.evaluate(paper)
    assert after != before
    tab.go(site / "fi" / "codes.html")
    assert tab.page.evaluate(paper) == after
    assert tab.problems == []
    tab.context.close()


def test_without_scripts_everything_is_there(browser: Any, site: Path) -> None:
    tab = Opened(browser, java_script_enabled=False)
    tab.go(site / "en" / "terms.html")
    assert tab.page.is_hidden("#filter")
    assert tab.page.is_hidden("#theme")
    assert tab.page.locator("[data-term] table").first.is_visible()
    tab.context.close()


def test_drawn_labels_stay_in_their_boxes(opened: Opened, site: Path) -> None:
    wrong = """() => [...document.querySelectorAll(".node")].filter((node) => {
        const box = node.querySelector("rect").getBBox();
        return [...node.querySelectorAll("text")].some((text) => {
          const drawn = text.getBBox();
          return drawn.x < box.x || drawn.x + drawn.width > box.x + box.width
            || drawn.y < box.y || drawn.y + drawn.height > box.y + box.height;
        });
      }).map((node) => node.textContent)"""
    for language in LANGUAGES:
        opened.go(site / language / "index.html")
        assert opened.page.evaluate(wrong) == [], language


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_do_nothing(browser: Any, tmp_path: Path, text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    label = f"h:Ship rdfs:label {quoted}@en ; skos:definition {quoted}@fi ; skos:example {quoted} ."
    model = MODEL.replace('rdfs:label "ship"@en , ', "rdfs:label ") + label
    changes = {"apro.ttl": model, "CHANGELOG.md": f"## {text}\n\n{text}\n"}
    write_site(tmp_path / "site", write_harbour(tmp_path / "harbour", **changes))
    tab = Opened(browser)
    for page in ("index", "terms", "changes"):
        tab.go(tmp_path / "site" / "en" / f"{page}.html")
        assert tab.page.evaluate("typeof window.hostile") == "undefined"
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert tab.problems == []
    tab.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_barrier(browser: Any, site: Path, page: str, scheme: str) -> None:
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.origin:
        pytest.skip("needs axe-playwright-python (kg's dev extra)")
    axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    tab = Opened(browser, color_scheme=scheme)
    tab.go(site / "fi" / f"{page}.html")
    tab.page.evaluate(axe)
    report = tab.page.evaluate("(tags) => axe.run(document, { runOnly: tags })", WCAG)
    found = [(one["id"], one["nodes"][0]["html"]) for one in report["violations"]]
    assert found == []
    tab.context.close()
