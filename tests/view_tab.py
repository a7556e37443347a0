"""A page in a browser's tab, opened from a file, with all that it complained of or asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kg.views.page import view_page
from view_samples import SAMPLES

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 360, "height": 740}


class Opened:
    """A page that was opened from a file; `context` is what the browser's context takes."""

    def __init__(self, browser: Any, file: Path, fragment: str = "", **context: Any) -> None:
        self.file = file
        self.problems: list[str] = []
        self.requests: list[str] = []
        whole = {"viewport": {"width": 1280, "height": 800}} | context
        self.context = browser.new_context(**whole)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))

    def drawn(self) -> Opened:
        """Wait until the reader sees the drawing."""
        self.page.wait_for_selector("html[data-drawn=yes]", state="attached")
        return self

    def until(self, truth: str) -> None:
        """Wait until an expression of the page is true, at most for 600 frames.

        Playwright's own `wait_for_function` evaluates texts, which the page's policy forbids.
        """
        self.page.evaluate(
            f"""() => new Promise((done, failed) => {{
              const look = (left) => {{
                if ({truth}) done();
                else if (left) requestAnimationFrame(() => look(left - 1));
                else failed(new Error("never true: " + {truth!r}));
              }};
              look(600);
            }})"""
        )

    def shown(self, kind: str) -> list[str]:
        """The ids of what is drawn: of boxes (``n``) without the ends of lines, or of lines."""
        found: list[str] = self.page.evaluate(
            """kind => {
              const body = document.getElementById("drawing").network.body;
              const all = Object.values(kind === "n" ? body.nodes : body.edges);
              return all.filter((one) => one.id && !one.options.hidden).map((one) => one.id);
            }""",
            kind,
        )
        return [one for one in found if kind != "n" or len(one) == 13 or one.startswith("c")]

    def rows(self, table: str) -> list[str]:
        """The first cells of the rows of a table that the filters leave, as they stand."""
        found: list[str] = self.page.evaluate(
            """table => [...document.querySelectorAll(`#${table} tbody tr:not([hidden])`)]
              .map((row) => row.cells[0].textContent.trim())""",
            table,
        )
        return found

    def place(self, node: str) -> list[float]:
        """Where the middle of a node is in the window, after it was scrolled into sight."""
        at: list[float] = self.page.evaluate(
            """id => {
              const holder = document.getElementById("drawing");
              const { x, y } = holder.network.body.nodes[id];
              const at = holder.network.canvasToDOM({ x, y });
              const top = () => holder.getBoundingClientRect().top + at.y;
              if (top() < 10 || top() > innerHeight - 10) scrollBy(0, top() - innerHeight / 2);
              return [holder.getBoundingClientRect().left + at.x, top()];
            }""",
            node,
        )
        return at

    def open_row(self, table: str, row: int = 0) -> None:
        """Open what is behind a row of a table (of those in view), as a reader would."""
        self.page.evaluate(
            "() => document.querySelectorAll('details.all-rows').forEach((d) => (d.open = true))"
        )
        found = self.page.locator(f"#{table} tbody tr:not([hidden])").nth(row)
        found.locator("td.js-only button").click()
        self.page.wait_for_selector("#panel:not([hidden])")

    def facts(self) -> dict[str, str]:
        """What the panel tells of its first statement, by name."""
        first = self.page.locator("#panel .statement").first
        names, texts = (first.locator(tag).all_text_contents() for tag in ("dt", "dd"))
        return dict(zip(names, texts, strict=True))

    def link(self) -> str:
        """The state of the page as it stands in its address."""
        found: str = self.page.evaluate("location.hash.slice(1)")
        return found

    def focused(self) -> str:
        """What has the focus: its id, or else its tag and text."""
        found: str = self.page.evaluate(
            """() => {
              const one = document.activeElement;
              return one.id || `${one.localName} ${one.textContent.trim().slice(0, 40)}`;
            }"""
        )
        return found

    def open_menu(self, place: int = 0) -> None:
        """Open the menu of filters, or that of downloads (-1)."""
        self.page.locator("details.menu > summary").nth(place).click()

    def unfold(self) -> None:
        """Open all that folds, and the menu of filters; two menus at once would hide each other."""
        self.page.evaluate(
            """() => document.querySelectorAll("details:not(.menu), details.filters")
              .forEach((one) => (one.open = true))"""
        )

    def dark(self) -> bool:
        """Whether the page is shown light on dark."""
        paper = "getComputedStyle(document.body).backgroundColor"
        return bool(self.page.evaluate(paper) != "rgb(255, 255, 255)")

    def barriers(self) -> list[tuple[str, str]]:
        """What axe-core finds in the page as it stands; skips where it is not installed."""
        spec = find_spec("axe_playwright_python")
        if spec is None or spec.origin is None:
            pytest.skip("needs axe-playwright-python (kg's dev extra)")
        axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
        self.page.evaluate(axe)
        report = self.page.evaluate("(tags) => axe.run(document, { runOnly: tags })", WCAG)
        return [(one["id"], one["nodes"][0]["html"][:200]) for one in report["violations"]]

    def close(self) -> None:
        """Close the page, which has run no data, complained of nothing, asked for nothing else."""
        ran = self.page.evaluate("typeof window.hostile")
        self.context.close()
        assert ran == "undefined"
        assert self.problems == []
        assert [url for url in self.requests if not self._own(url)] == []

    def _own(self, url: str) -> bool:
        own = self.file.as_uri()
        # Pictures that the page makes of its own drawing are no requests to anybody.
        return url.partition("#")[0] == own or url.startswith(("data:", f"blob:{own}", "blob:null"))


@contextmanager
def tab(browser: Any, file: Path, fragment: str = "", **context: Any) -> Iterator[Opened]:
    """A page with its drawing, closed and judged at the end."""
    view = Opened(browser, file, fragment, **context)
    yield view.drawn()
    view.close()


def written(folder: Path, name: str, html: str) -> Path:
    """A page as a file."""
    file = folder / f"{name}.html"
    file.write_text(html, encoding="utf-8", newline="\n")
    return file


def sample_files(folder: Path) -> dict[str, Path]:
    """The pages of the sample views, as files."""
    return {name: written(folder, name, view_page(make())) for name, make in SAMPLES.items()}
