"""Downloads: pictures that hold what is in view and fetch nothing, and tables without formulas."""

from __future__ import annotations

import csv
import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from fictional_statements import PROPOSITIONS
from hostile_labels import HOSTILE
from kg.statements import Label
from kg.views.page import view_page
from kg.views.view import View
from view_samples import SPOKEN, congruence, council, hostile
from view_tab import Opened, sample_files, tab, written

pytest.importorskip("playwright.sync_api", reason="needs playwright (kg's dev extra)")
pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=HYPERLINK(1)")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return sample_files(tmp_path_factory.mktemp("views"))


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    with tab(browser, files["council"]) as view:
        yield view


def saved(view: Opened, what: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that the page gives to its reader."""
    view.open_menu(-1)
    with view.page.expect_download() as download:
        view.page.click(f"[data-save={what}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def rows(view: Opened, what: str) -> list[list[str]]:
    name, found = saved(view, what)
    assert name.endswith(".csv")
    assert found.startswith(b"\xef\xbb\xbf")  # so that a spreadsheet reads the letters right
    text = found.decode("utf-8-sig")
    made = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in made}) == 1
    return made


def drawing(view: Opened) -> ElementTree.Element:
    """The drawing as SVG; it parses, runs nothing and names no address."""
    name, found = saved(view, "svg")
    assert name.endswith(".svg")
    root = ElementTree.fromstring(found)
    assert root.tag == f"{SVG}svg"
    allowed = {"svg", "title", "g", "path", "rect", "circle", "text"}
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= allowed
    for one in root.iter():
        for key, value in one.attrib.items():
            assert not key.lower().startswith("on"), key
            assert "href" not in key.lower()
            assert key == "aria-label" or not re.search(r"url\(|javascript:|https?:", value), value
    return root


def words(root: ElementTree.Element) -> str:
    """All texts of a drawing in one, without regard to how they are broken into lines."""
    return " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))


def test_the_drawing_holds_every_label_in_view(opened: Opened) -> None:
    found = words(drawing(opened))
    for node in council().nodes:
        seen = node.layers == () and "Bertil" not in node.label.en
        beginning = " ".join(node.label.en.split()[:4])
        assert (beginning in found) is seen, node.label.en
    assert council().title.en in found
    assert "Speakers" in found
    assert "dashed: someone else reports it" in found
    assert "Invented for tests." in found
    assert "Licence: CC BY 4.0" in found


def test_the_drawing_follows_layer_filters_and_language(opened: Opened) -> None:
    opened.open_menu()
    opened.page.uncheck("[data-filter=basis] input[value=reported]")
    opened.page.click("[data-layer='1']")
    opened.page.click("[data-language=fi]")
    found = words(drawing(opened))
    for text in ("Rekisteriä pidetään", "A study of jetties", "The quay", "SatM", "Lisenssi"):
        assert text in found
    for text in ("Aino Rantala", "By sign", "Puhujat ja", "Register is kept"):
        assert text not in found


def test_the_drawing_has_a_line_for_each_line_in_view(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["congruence"]) as view:
        lines = [one for one in drawing(view).iter(f"{SVG}path") if one.get("stroke-opacity")]
        assert len(lines) == len(view.shown("e")) == 5
        assert len([one for one in lines if one.get("stroke-dasharray")]) == 1
        colours = [one.get("fill") for one in drawing(view).iter(f"{SVG}circle")]
        assert colours.count("#c0d8f0") == 6


def test_the_drawing_holds_communities(browser: Any, files: dict[str, Path]) -> None:
    with tab(browser, files["communities"]) as view:
        found = words(drawing(view))
        assert all(text in found for text in ("West", "East", "Outsider"))
        assert "Member" not in found


def picture(found: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the raw lines of pixels of a PNG, without undoing its filters."""
    assert found.startswith(b"\x89PNG\r\n\x1a\n")
    place, packed = 8, b""
    width = height = 0
    while place < len(found):
        (length,), kind = (
            struct.unpack(">I", found[place : place + 4]),
            found[place + 4 : place + 8],
        )
        body = found[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
        if kind == b"IDAT":
            packed += body
        place += length + 12
    raw = zlib.decompress(packed)
    step = len(raw) // height
    return width, height, {raw[n : n + step] for n in range(0, len(raw), step)}


@pytest.mark.parametrize("name", ["council", "congruence", "communities", "empty"])
def test_the_picture_is_twice_the_drawing_and_not_blank(
    browser: Any, files: dict[str, Path], name: str
) -> None:
    with tab(browser, files[name]) as view:
        root = drawing(view)
        file, found = saved(view, "png")
    assert file == f"apro-{name if name != 'communities' else 'whole'}.png"
    width, height, lines = picture(found)
    assert width == pytest.approx(2 * float(root.get("width", 0)), abs=3)
    assert height == pytest.approx(2 * float(root.get("height", 0)), abs=3)
    assert len(lines) > 50


def test_positions_as_csv_are_those_in_view(opened: Opened) -> None:
    opened.open_menu()
    opened.page.uncheck("[data-filter=basis] input[value=reported]")
    head, *found = rows(opened, "csv-statements")
    assert head[:3] == ["Holder", "Body", "Stance"]
    assert sorted(row[0] for row in found) == sorted(opened.rows("statements"))
    told = dict(zip(head, found[-1], strict=True))
    last = SPOKEN[-1]
    assert told["Proposition"] == PROPOSITIONS[4].en
    assert told["On condition that"] == PROPOSITIONS[39].en
    assert (told["Speaker"], told["Date"], told["Item"]) == ("Daavid Korpi", last.date, last.item)
    assert told["In the document’s words"] == "'=2+3"
    assert told["Place"] == "paragraph 8, characters 800–842"
    assert told["Coding"] == "accepted"


def test_lines_and_boxes_as_csv_are_those_in_view(opened: Opened) -> None:
    opened.page.click("[data-layer='1']")
    head, *found = rows(opened, "csv-ties")
    assert head[:3] == ["From", "Relation", "To"] or head[:3] == ["From", "Tie", "To"]
    assert len(found) == len(opened.shown("e"))
    assert ["Register is kept", "adopts", PROPOSITIONS[0].en] in [row[:3] for row in found]
    assert "Deadline: by May" in [row[-1] for row in found]
    head, *found = rows(opened, "csv-nodes")
    assert head == ["Kind", "Name", "Facts"]
    assert len(found) == len(opened.shown("n"))
    assert ["Issue", "The quay of the harbour", ""] in found
    assert ["Decision", "Register is kept", "Deadline: early June"] in found


def test_weights_stay_numbers(browser: Any, tmp_path: Path) -> None:
    ties = tuple(replace(edge, weight=-2.5, cases=()) for edge in congruence().edges[:1])
    file = written(tmp_path, "weights", view_page(replace(congruence(), edges=ties)))
    with tab(browser, file) as view:
        head, *found = rows(view, "csv-ties")
    assert found[0][head.index("Weight")] == "-2.5"


def spoken_formulas() -> View:
    given = [
        replace(one, quote=formula, speaker_name=formula, holder_name=Label.same(formula))
        for one, formula in zip(SPOKEN, FORMULAS, strict=False)
    ]
    nodes = [
        replace(node, label=Label.same(formula), name=Label.same(formula))
        for node, formula in zip(council().nodes, FORMULAS, strict=False)
    ]
    rest = council().nodes[len(nodes) :]
    return replace(council(), statements=tuple(given), nodes=(*nodes, *rest))


@pytest.mark.parametrize("what", ["csv-statements", "csv-ties", "csv-nodes"])
def test_no_cell_is_a_formula(browser: Any, tmp_path: Path, what: str) -> None:
    with tab(browser, written(tmp_path, "formulas", view_page(spoken_formulas()))) as view:
        view.open_menu()
        view.page.check("[data-filter=status] input[value=proposed]")
        cells = {cell for row in rows(view, what) for cell in row}
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]
    assert "'=1+1" in cells


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_stay_texts_in_files(browser: Any, tmp_path: Path, text: str) -> None:
    with tab(browser, written(tmp_path, "hostile", view_page(hostile(text)))) as view:
        drawing(view)
        assert len(picture(saved(view, "png")[1])[2]) > 20
        for what in ("csv-statements", "csv-ties", "csv-nodes"):
            made = rows(view, what)
            assert len(made) > 3
        assert text in {cell for row in made for cell in row}


def test_the_menu_closes_and_the_focus_returns(opened: Opened) -> None:
    saved(opened, "csv-nodes")
    assert opened.page.locator("details.menu[open]").count() == 0
    assert opened.focused() == "summary Download"
