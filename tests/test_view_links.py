"""Deep links: what the reader has chosen stands in the address, and a link shows it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.views.data import node_id, token
from view_samples import AUTUMN, JUNE, SAMPLES, key
from view_tab import Opened, sample_files, tab

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
QUAY, AINO = node_id(key("quay")), node_id(key("aino-rantala"))
# All that a reader sees and could have changed.
LOOKS = """() => {
  const { network } = document.getElementById("drawing");
  const texts = (which) => [...document.querySelectorAll(which)].map((one) => one.textContent.trim());
  const values = (which, of) => [...document.querySelectorAll(which)].map(of);
  return {
    title: document.title,
    dark: getComputedStyle(document.body).backgroundColor,
    boxes: Object.values(network.body.nodes).map(({ id, x, y }) => [id, Math.round(x), Math.round(y)]).sort(),
    lines: Object.values(network.body.edges).map(({ id, options }) => [id, options.width, options.color]).sort(),
    rows: texts("tbody tr:not([hidden]) th"),
    ticks: values("[data-filter] input", (box) => box.checked),
    days: values("[data-date]", (select) => select.value),
    layers: values("[data-layer]", (button) => button.getAttribute("aria-pressed")),
    query: document.getElementById("search").value,
    least: document.getElementById("least")?.value,
    panel: document.getElementById("panel").hidden ? "" : document.getElementById("panel").innerText,
    told: document.getElementById("hidden-count").textContent,
    restricted: !document.getElementById("restricted").hidden,
  };
}"""  # noqa: E501
CAMERA = """() => {
  const { network } = document.getElementById("drawing");
  return [network.getScale(), network.getViewPosition().x, network.getViewPosition().y];
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return sample_files(tmp_path_factory.mktemp("views"))


def drag(view: Opened, node: str, x: int, y: int) -> None:
    """Move a box by hand."""
    at = view.place(node)
    view.page.mouse.move(*at)
    view.page.mouse.down()
    view.page.mouse.move(at[0] + x / 2, at[1] + y / 2, steps=3)
    view.page.mouse.move(at[0] + x, at[1] + y, steps=3)
    view.page.mouse.up()


def filtered(view: Opened) -> None:
    view.open_menu()
    view.page.uncheck("[data-filter=basis] input[value=reported]")
    view.page.uncheck(f"[data-filter=body] input[value={token(key('MH'))}]")
    view.page.check("[data-filter=status] input[value=proposed]")


def dated(view: Opened) -> None:
    view.open_menu()
    view.page.select_option("[data-date=since]", JUNE)
    view.page.select_option("[data-date=until]", AUTUMN)


def layered(view: Opened) -> None:
    view.page.click("[data-zoom=in]")
    view.page.click("[data-layer='1']")


def searched(view: Opened) -> None:
    view.page.fill("#search", " decree & \"'<b>#=%")
    view.page.fill("#search", "decree")


def chosen(view: Opened) -> None:
    view.page.mouse.click(*view.place(AINO))
    view.page.wait_for_selector("#panel .statement")


def chosen_line(view: Opened) -> None:
    view.open_row("ties", 0)


def chosen_elsewhere(view: Opened) -> None:
    """A line of another layer, chosen in the table of positions."""
    view.page.click("[data-layer='1']")
    view.open_row("statements", 0)


def moved(view: Opened) -> None:
    drag(view, node_id(key("q04")), 60, 30)


def zoomed(view: Opened) -> None:
    view.page.click("[data-zoom=in]")
    view.page.click("[data-zoom=in]")


def slid(view: Opened) -> None:
    view.page.focus("#least")
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("ArrowRight")


def opened_inside(view: Opened) -> None:
    view.page.fill("#search", "Member 4")
    view.page.keyboard.press("Enter")


def in_swedish_by_night(view: Opened) -> None:
    view.page.click("[data-language=sv]")
    view.page.click("#theme")


def everything(view: Opened) -> None:
    for act in (in_swedish_by_night, filtered, layered, searched, moved_decision, zoomed):
        act(view)


def moved_decision(view: Opened) -> None:
    drag(view, node_id(key("lone")), -40, 20)


CHANGES: tuple[tuple[str, Callable[[Opened], None]], ...] = (
    ("council", filtered),
    ("council", dated),
    ("council", layered),
    ("council", searched),
    ("council", chosen),
    ("council", chosen_elsewhere),
    ("council", moved),
    ("council", zoomed),
    ("council", in_swedish_by_night),
    ("council", everything),
    ("congruence", chosen_line),
    ("congruence", slid),
    ("congruence", filtered),
    ("communities", opened_inside),
)


@pytest.mark.parametrize(
    ("name", "change"), CHANGES, ids=[f"{name}-{change.__name__}" for name, change in CHANGES]
)
def test_a_link_shows_the_same_in_a_new_tab(
    browser: Any, files: dict[str, Path], name: str, change: Callable[[Opened], None]
) -> None:
    with tab(browser, files[name]) as first:
        untouched = first.page.evaluate(LOOKS)
        camera = first.page.evaluate(CAMERA)
        change(first)
        seen, link = first.page.evaluate(LOOKS), first.link()
        assert seen != untouched or first.page.evaluate(CAMERA) != camera
        with tab(browser, files[name], link) as second:
            assert second.page.evaluate(LOOKS) == seen
            assert second.link() == link


def test_a_copied_link_shows_the_same_part_of_the_drawing(
    browser: Any, files: dict[str, Path]
) -> None:
    with tab(browser, files["council"]) as first:
        zoomed(first)
        first.page.click("nav a[href='#s-ties']")
        first.page.click("#copy-link")
        first.until("document.getElementById('status').textContent === 'Link copied'")
        seen, link = first.page.evaluate(CAMERA), first.link()
    with tab(browser, files["council"], link) as second:
        assert second.page.evaluate(CAMERA) == pytest.approx(seen, abs=1)


def test_a_layer_does_not_keep_the_camera_of_another(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["council"]) as first:
        layered(first)
        seen, link = first.page.evaluate(CAMERA), first.link()
    assert link == "layer=1"
    with tab(browser, files["council"], link) as second:
        assert second.page.evaluate(CAMERA) == pytest.approx(seen, abs=1)


def test_a_box_that_was_moved_goes_home_when_all_starts_over(
    browser: Any, files: dict[str, Path]
) -> None:
    with tab(browser, files["council"]) as view:
        before = view.page.evaluate(LOOKS)
        moved(view)
        x, y = next(tuple(at[1:]) for at in view.page.evaluate(LOOKS)["boxes"]
                    if at[0] == node_id(key("q04")))  # fmt: skip
        assert f"moved={node_id(key('q04'))}%3A{x}%3A{y}" in view.link()
        view.page.click("#reset")
        assert view.page.evaluate(LOOKS) == before
        assert view.link() == ""


def test_lines_follow_a_box_that_is_moved(browser: Any, files: dict[str, Path]) -> None:
    end = """id => {
      const { edges } = document.getElementById("drawing").network.body;
      const line = Object.values(edges).find((edge) => edge.id.startsWith(id));
      return [line.from.x, line.from.y];
    }"""
    with tab(browser, files["council"]) as view:
        before = view.page.evaluate(end, AINO)
        drag(view, AINO, 0, 40)
        after = view.page.evaluate(end, AINO)
        assert after[0] == pytest.approx(before[0], abs=1)
        assert after[1] > before[1] + 20


def test_an_address_that_changes_changes_the_page(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["council"]) as view:
        inks = """() => Object.values(document.getElementById("drawing").network.body.nodes)
          .map((node) => `${node.id} ${node.options.color.background}`).sort().join()"""
        light = view.page.evaluate(inks)
        view.page.evaluate("location.hash = 'theme=dark&lang=fi&layer=1'")
        view.until("document.documentElement.lang === 'fi'")
        assert view.dark()
        assert len(view.shown("n")) == 8
        view.page.evaluate("location.hash = 'layer=0&theme=dark'")
        view.until("document.querySelector('[data-layer=\"0\"]').ariaPressed === 'true'")
        assert view.page.evaluate(inks) != light
        view.page.click("#theme")
        assert view.page.evaluate(inks) == light


GARBAGE = (
    "%", "=", "&&&", "=&=", "s-nodes", "nowhere",
    "sel=nothing&layer=9&lang=xx&theme=pink&off-=x&least=-1&open=c99&moved=a:b:c&at=1,2",
    "layer=-1", "layer=0.5", "layer=__proto__", "sel=__proto__", "open=constructor",
    "off-body=zzz,__proto__", "off-kind=body%00", "since=zzz", "until=0000",
    f"moved={QUAY}:1e300:NaN,{QUAY}:99999999:1,:::,{QUAY}",  "least=zzz",
    "at=NaN,NaN,NaN", "at=0,0,0x10", "at=1e9,1e9,1",
    "lang=<img src=x onerror=window.hostile=1>", 'theme="onload="window.hostile=1',
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_garbage_in_the_address_does_nothing(
    browser: Any, files: dict[str, Path], name: str
) -> None:
    with tab(browser, files[name]) as view:
        usual, camera = view.page.evaluate(LOOKS), view.page.evaluate(CAMERA)
        for garbage in GARBAGE:
            view.page.evaluate("text => { location.hash = text; }", garbage)
            assert view.page.evaluate(LOOKS) == usual, f"{garbage} in an open page"
            view.page.reload()
            view.drawn()
            assert view.page.evaluate(LOOKS) == usual, garbage
            assert view.page.evaluate(CAMERA) == pytest.approx(camera, abs=1), garbage


def test_a_query_from_the_address_is_only_a_query(browser: Any, files: dict[str, Path]) -> None:
    query = "q=%3Cimg+src%3Dx+onerror%3Dwindow.hostile%3D1%3E"
    with tab(browser, files["council"], query) as view:
        assert view.page.input_value("#search") == "<img src=x onerror=window.hostile=1>"
        assert view.link() == query


def test_a_jump_within_the_page_leaves_the_state_alone(
    browser: Any, files: dict[str, Path]
) -> None:
    with tab(browser, files["council"]) as view:
        filtered(view)
        before, link = view.page.evaluate(LOOKS), view.link()
        assert view.page.is_hidden("#nodes")
        view.page.click("nav a[href='#s-nodes']")
        assert view.page.is_visible("#nodes")
        assert view.focused() == "s-nodes"
        assert view.link() == link
        assert view.page.evaluate(LOOKS) == before
