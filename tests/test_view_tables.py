"""The tables of a page: each column sorts, rows can be copied, and on paper everything is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.views.page import view_page
from view_samples import congruence, council
from view_tab import Opened, tab, written

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
COLUMN = """([table, column]) => [...document.querySelectorAll(`#${table} tbody tr`)]
  .map((row) => row.cells[column].querySelector("bdi, small")
    ? row.cells[column].querySelector("bdi").textContent : row.cells[column].textContent.trim())"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("views"), "council", view_page(council()))


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Opened]:
    with tab(browser, file) as view:
        view.page.evaluate(
            "() => document.querySelectorAll('details.all-rows').forEach((d) => (d.open = true))"
        )
        yield view


def heads(view: Opened, table: str) -> list[str]:
    found: list[str] = view.page.locator(f"#{table} thead button.sort").all_inner_texts()
    return found


@pytest.mark.parametrize(("table", "columns"), [("statements", 8), ("ties", 4), ("nodes", 4)])
def test_each_column_sorts_both_ways(opened: Opened, table: str, columns: int) -> None:
    assert len(heads(opened, table)) == columns
    for column in range(columns):
        head = opened.page.locator(f"#{table} thead th").nth(column)
        whole = sorted(opened.page.evaluate(COLUMN, [table, 0]))
        head.locator("button").click()
        up = opened.page.evaluate(COLUMN, [table, column])
        assert head.get_attribute("aria-sort") == "ascending"
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        down = opened.page.evaluate(COLUMN, [table, column])
        assert sorted(up) == sorted(down)
        assert up == sorted(up, key=str.casefold)
        assert down == sorted(up, key=str.casefold, reverse=True)
        assert sorted(opened.page.evaluate(COLUMN, [table, 0])) == whole
    assert opened.page.locator(f"#{table} thead th[aria-sort]").count() == 1


def test_stances_sort_by_their_names_and_not_by_their_signs(opened: Opened) -> None:
    opened.page.click("#statements thead button.sort >> nth=2")
    assert opened.page.evaluate(COLUMN, ["statements", 2])[-1] == "undecided"


def test_weights_sort_as_numbers(browser: Any, tmp_path: Path) -> None:
    view = congruence()
    ties = [edge for edge in view.edges if not edge.cases]
    weights = (10.0, 9.0, 0.5, -2.0)
    made = [
        type(e)(e.source, e.target, e.kind, weight=w) for e, w in zip(ties, weights, strict=True)
    ]
    html = view_page(type(view)(**{**vars(view), "edges": tuple(made)}))
    with tab(browser, written(tmp_path, "weights", html)) as page:
        page.page.evaluate("() => (document.querySelector('#s-ties details').open = true)")
        page.page.click("#ties thead button.sort >> nth=3")
        assert page.page.evaluate(COLUMN, ["ties", 3]) == ["-2", "0.5", "9", "10"]


def test_a_copy_holds_the_rows_in_view_and_no_formula(browser: Any, file: Path) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with tab(browser, file, permissions=permissions) as view:
        view.open_menu()
        view.page.uncheck("[data-filter=basis] input[value=reported]")
        view.page.evaluate("() => (document.querySelector('#s-statements details').open = true)")
        view.page.click("[data-copy=statements]")
        view.until("document.getElementById('status').textContent !== ''")
        assert view.page.inner_text("#status") == "5 rows copied"
        copied = view.page.evaluate("navigator.clipboard.readText()")
    rows = [line.split("\t") for line in copied.split("\n")]
    assert [len(row) for row in rows] == [8] * 6
    assert rows[0] == ["Who", "Body", "Stance", "Proposition", "Issue", "On whose word",
                       "Meeting", "Item"]  # fmt: skip
    assert {row[0] for row in rows[1:]} == {"Daavid Korpi", "Frida Ek", "Aino Rantala"}
    assert {row[2] for row in rows[1:]} == {
        "support", "opposition", "hesitant support", "support with conditions",
        "undecided given up later",
    }  # fmt: skip


def test_each_row_leads_to_what_is_behind_it_and_says_to_what(opened: Opened) -> None:
    for table in ("statements", "ties", "nodes"):
        for row in range(len(opened.rows(table))):
            button = opened.page.locator(f"#{table} tbody tr:not([hidden])").nth(row)
            first = button.locator("th").inner_text()
            label = button.locator("td.js-only button").get_attribute("aria-label")
            assert first in (label or "")
            opened.open_row(table, row)
            assert opened.page.inner_text("#panel-title")
            opened.page.click("#panel-close")
            assert opened.focused() == "button →"


def test_on_paper_everything_stands_open_and_no_menu_does(browser: Any, file: Path) -> None:
    with tab(browser, file) as view:
        view.page.emulate_media(media="print")
        view.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert view.page.locator("details:not(.menu):not([open])").count() == 0
        assert view.page.locator("details.menu[open]").count() == 0
        for table in ("statements", "ties", "nodes"):
            assert view.page.is_visible(f"#{table}")
        assert view.page.is_hidden(".switches")
        assert view.page.is_hidden("#panel")
        assert len(view.page.pdf()) > 10_000
        view.page.emulate_media(media="screen")
