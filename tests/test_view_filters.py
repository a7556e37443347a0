"""Filters, layers, the slider and communities: drawing, tables and counts follow them alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.views.data import node_id, token
from view_samples import AUTUMN, JUNE, MAY, key
from view_tab import Opened, sample_files, tab

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return sample_files(tmp_path_factory.mktemp("views"))


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    """The page of the council with its filters open: nine boxes, ten lines, seven positions."""
    with tab(browser, files["council"]) as view:
        view.open_menu()
        yield view


@pytest.fixture
def ring(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    with tab(browser, files["congruence"]) as view:
        yield view


@pytest.fixture
def nested(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    with tab(browser, files["communities"]) as view:
        yield view


def seen(view: Opened) -> tuple[int, int, int]:
    """How many boxes and lines are drawn, and how many positions the table shows."""
    return len(view.shown("n")), len(view.shown("e")), len(view.rows("statements"))


def box(facet: str, value: str) -> str:
    return f"[data-filter={facet}] input[value={token(value)}]"


@pytest.mark.parametrize(
    ("facet", "value", "left"),
    [
        ("kind", "person", (4, 2, 7)),  # what persons alone speak of goes with them
        ("kind", "proposition", (2, 0, 7)),
        ("body", key("MH"), (8, 7, 5)),  # the body itself stays, its official goes
        ("body", "", (8, 9, 6)),
        ("issue", key("issue0"), (8, 8, 5)),
        ("stance", "undecided", (9, 9, 6)),
        ("basis", "reported", (8, 8, 5)),
        ("status", "accepted", (2, 0, 0)),
    ],
)
def test_each_filter_narrows_drawing_and_tables_alike(
    opened: Opened, facet: str, value: str, left: tuple[int, int, int]
) -> None:
    assert seen(opened) == (9, 10, 7)
    opened.page.uncheck(box(facet, value))
    assert seen(opened) == left
    assert opened.page.is_visible("#restricted")
    assert len(opened.rows("nodes")) == left[0]
    hidden = f"Not shown: {10 - left[0]} boxes, {12 - left[1]} lines."
    assert opened.page.inner_text("#hidden-count") == hidden
    opened.page.check(box(facet, value))
    assert seen(opened) == (9, 10, 7)
    assert opened.page.is_hidden("#restricted")


def test_what_is_only_proposed_comes_when_it_is_asked_for(opened: Opened) -> None:
    opened.page.check(box("status", "proposed"))
    assert seen(opened) == (10, 12, 8)
    assert opened.page.inner_text("#hidden-count") == ""
    assert opened.page.is_visible("#restricted")


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        (JUNE, "", (6, 4, 3)),
        (JUNE, JUNE, (4, 2, 2)),
        ("", MAY, (7, 6, 4)),
        (AUTUMN, MAY, (2, 0, 0)),
    ],
)
def test_dates_narrow_from_both_ends(
    opened: Opened, since: str, until: str, left: tuple[int, int, int]
) -> None:
    opened.page.select_option("[data-date=since]", since)
    opened.page.select_option("[data-date=until]", until)
    assert seen(opened) == left
    assert opened.page.is_visible("#restricted")


def test_all_and_none(opened: Opened) -> None:
    opened.page.click("[data-filter=stance] [data-all=none]")
    assert seen(opened) == (2, 0, 0)
    assert opened.page.locator("[data-filter=stance] input:checked").count() == 0
    opened.page.click("[data-filter=stance] [data-all=all]")
    assert seen(opened) == (9, 10, 7)
    opened.page.click("[data-filter=status] [data-all=all]")
    assert seen(opened) == (10, 12, 8)


def test_filters_work_together_and_start_over(opened: Opened) -> None:
    opened.page.uncheck(box("basis", "reported"))
    opened.page.uncheck(box("body", key("MH")))
    opened.page.select_option("[data-date=until]", MAY)
    opened.page.fill("#search", "quay")
    assert len(opened.rows("statements")) == 2
    opened.page.click("#reset")
    assert seen(opened) == (9, 10, 7)
    assert opened.page.locator("[data-filter] input:not(:checked)").count() == 1
    assert opened.page.input_value("[data-date=until]") == ""
    assert opened.page.input_value("#search") == ""
    assert "off-" not in opened.link()


def test_layers_show_their_own_boxes_and_lines(opened: Opened) -> None:
    opened.page.click("[data-layer='1']")
    assert seen(opened)[:2] == (8, 3)
    assert opened.page.get_attribute("[data-layer='1']", "aria-pressed") == "true"
    assert opened.page.get_attribute("[data-layer='0']", "aria-pressed") == "false"
    assert len(opened.rows("ties")) == 3
    opened.page.click("[data-layer='0']")
    assert seen(opened) == (9, 10, 7)


@pytest.mark.parametrize(
    ("facet", "value", "gone"),
    [
        ("issue", key("quay"), {"decision", "study", "quay", "q00"}),
        # Something of no issue is shown only while nothing is filtered by issue.
        ("issue", key("issue0"), {"study"}),
        ("body", key("MH"), {"decision", "study", "quay", "q00"}),
        # A sign goes with the position that it stands for.
        ("basis", "reported", {"sign"}),
    ],
)
def test_things_are_filtered_by_what_they_are_about(
    opened: Opened, facet: str, value: str, gone: set[str]
) -> None:
    opened.page.click("[data-layer='1']")
    before = set(opened.shown("n"))
    opened.open_menu()
    opened.page.uncheck(box(facet, value))
    assert before - set(opened.shown("n")) == {node_id(key(name)) for name in gone}


def test_things_are_filtered_by_their_dates(opened: Opened) -> None:
    opened.page.click("[data-layer='1']")
    before = set(opened.shown("n"))
    opened.open_menu()
    opened.page.select_option("[data-date=since]", JUNE)
    assert before - set(opened.shown("n")) == {node_id(key("study"))}


def test_the_panel_follows_the_filters(opened: Opened) -> None:
    opened.page.mouse.click(*opened.place(node_id(key("MF"))))
    opened.page.wait_for_selector("#panel .statement")
    opened.open_menu()
    opened.page.uncheck(box("basis", "reported"))
    assert opened.page.locator("#panel .statement").count() == 3


def test_nothing_is_set_back_when_the_chosen_box_is_filtered_away(opened: Opened) -> None:
    opacity = """() => Object.values(document.getElementById("drawing").network.body.edges)
      .map((edge) => edge.options.color.opacity)"""
    opened.page.mouse.click(*opened.place(node_id(key("frida-ek"))))
    opened.page.wait_for_selector("#panel .statement")
    assert min(opened.page.evaluate(opacity)) < 0.5
    opened.open_menu()
    opened.page.uncheck(box("stance", "hesitantSupport"))
    assert node_id(key("frida-ek")) not in opened.shown("n")
    assert min(opened.page.evaluate(opacity)) > 0.5


def test_the_slider_hides_weak_ties_in_drawing_and_table(ring: Opened) -> None:
    widths = """() => Object.values(document.getElementById("drawing").network.body.edges)
      .map((edge) => edge.options.width)"""
    assert len(set(ring.page.evaluate(widths))) == 4
    ring.page.focus("#least")
    ring.page.keyboard.press("ArrowRight")
    assert (
        ring.page.inner_text("#hidden-count") == "Not shown: 0 boxes, 2 lines. Ties from weight 2."
    )
    assert ring.page.get_attribute("#least", "aria-valuetext") == "2"
    assert len(ring.shown("e")) == len(ring.rows("ties")) == 3
    ring.page.keyboard.press("End")
    assert ring.page.get_attribute("#least", "aria-valuetext") == "5"
    assert len(ring.shown("e")) == 1
    ring.page.keyboard.press("Home")
    assert len(ring.shown("e")) == 5


def test_the_weight_of_a_tie_counts_what_the_filters_leave(ring: Opened) -> None:
    tie = f"{node_id(key('MH'))}-{node_id(key('MF'))}-conflict-0"
    assert tie in ring.shown("e")
    ring.open_menu()
    ring.page.uncheck(box("stance", "oppose"))
    assert tie not in ring.shown("e")
    ring.page.check(box("status", "proposed"))
    assert tie in ring.shown("e")


def test_a_community_opens_into_those_inside(nested: Opened) -> None:
    assert set(nested.shown("n")) == {"c0", "c1", node_id(key("out"))}
    nested.page.mouse.click(*nested.place("c0"))
    nested.page.wait_for_selector("#panel:not([hidden])")
    assert nested.page.inner_text("#panel-title") == "West"
    assert set(nested.shown("n")) == {"c1", "c2", "c3", node_id(key("out"))}
    nested.page.click("#panel .ties button >> text=North-west")
    assert set(nested.shown("n")) >= {node_id(key(f"m{n}")) for n in range(3)}
    assert "4 of 11 shown one by one, the others in 2" in nested.page.inner_text("#hidden-count")


def test_a_community_can_be_closed_again(nested: Opened) -> None:
    nested.page.fill("#search", "Member 0")
    nested.page.keyboard.press("Enter")
    assert nested.page.inner_text("#panel-title") == "Member 0"
    assert {"c0", "c2"}.isdisjoint(nested.shown("n"))
    nested.page.click("#panel button >> text=West")
    nested.page.click("#panel button >> text=Close the community")
    assert set(nested.shown("n")) == {"c0", "c1", node_id(key("out"))}
    assert "open=" not in nested.link()


def test_a_tie_between_closed_communities_tells_how_many(nested: Opened) -> None:
    assert len(nested.shown("e")) == 2
    nested.open_row("ties", 0)
    assert {"c0", "c2"}.isdisjoint(nested.shown("n"))
    assert nested.page.inner_text("#panel-title") == "Member 0 – Member 1"
