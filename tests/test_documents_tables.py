"""Tables in PDF files, with borders and without: cells are whole again, rows stay rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from documents_made import Placed, pdf
from kg.documents.document import Kind
from kg.documents.read import read_document

HEAD = ("Nimi", "Organisaatio", "Rooli")
PEOPLE = (
    (("Anna-Kaisa", "Kuvitteellinen"), ("Satujen ja", "tarinoiden virasto"), ("pj.",)),
    (("Matti Keksitty",), ("Mallikunta",), ("jäsen",)),
    (("Teppo Testi",), ("Esimerkkilän seu-", "dun kuntayhtymä"), ()),
    (("Liisa Luoto",), ("Mallikunta",), ("sihteeri",)),
)
READ = [
    "Nimi\tOrganisaatio\tRooli",
    "Anna-Kaisa Kuvitteellinen\tSatujen ja tarinoiden virasto\tpj.",
    "Matti Keksitty\tMallikunta\tjäsen",
    "Teppo Testi\tEsimerkkilän seudun kuntayhtymä\t",
    "Liisa Luoto\tMallikunta\tsihteeri",
]
LEFT = (60.0, 150.0, 255.0, 330.0)  # of the columns, and the right edge
LINE, PADDING, TOP = 13.0, 4.0, 760.0


def table() -> tuple[list[Placed], list[float]]:
    """The words of the table at their places, and the heights of its borders."""
    placed: list[Placed] = []
    borders = [TOP]
    cells = [tuple((cell,) for cell in HEAD), *PEOPLE]
    for row in cells:
        top = borders[-1] - PADDING - 10
        for x, lines in zip(LEFT, row, strict=False):
            placed += [(x + 5, top - LINE * at, line) for at, line in enumerate(lines)]
        height = max(len(lines) for lines in row) * LINE + 2 * PADDING
        borders.append(borders[-1] - height)
    return placed, borders


def lines_drawn(borders: list[float]) -> str:
    """Borders as lines, as LaTeX and ReportLab draw them."""
    level = [f"{LEFT[0]} {y} m {LEFT[-1]} {y} l S" for y in borders]
    upright = [f"{x} {borders[0]} m {x} {borders[-1]} l S" for x in LEFT]
    return "\n".join(level + upright)


def boxes_drawn(borders: list[float]) -> str:
    """Borders as a box around each cell, as fpdf draws them."""
    return "\n".join(
        f"{x} {low} {after - x} {high - low} re S"
        for high, low in pairwise(borders)
        for x, after in pairwise(LEFT)
    )


def bars_drawn(borders: list[float]) -> str:
    """Borders as thin bars in one path, as word processors and browsers draw them."""
    level = [f"{LEFT[0]} {y} {LEFT[-1] - LEFT[0]} 0.5 re" for y in borders]
    upright = [f"{x} {borders[-1]} 0.5 {borders[0] - borders[-1]} re" for x in LEFT]
    return "\n".join([*level, *upright, "f*"])


def level_drawn(borders: list[float]) -> str:
    """Lines between rows only."""
    return "\n".join(f"{LEFT[0]} {y} {LEFT[-1] - LEFT[0]} 0.5 re f" for y in borders)


def rows(content: bytes, folder: Path) -> list[str]:
    (folder / "x.pdf").write_bytes(content)
    return [line.text for line in read_document(folder / "x.pdf").lines]


@pytest.mark.parametrize("draw", [lines_drawn, boxes_drawn, bars_drawn, level_drawn])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_cells_between_borders_are_whole(
    draw: Callable[[list[float]], str], angle: int, tmp_path: Path
) -> None:
    placed, borders = table()
    text: list[Placed] = [(60, 800, "Muistio"), *placed, (60, 500, "Kokous alkoi klo 9.")]
    found = rows(pdf(text, angle=angle, drawn=draw(borders)), tmp_path)
    assert found == ["Muistio", *READ, "Kokous alkoi klo 9."]


def test_cells_without_borders_are_whole(tmp_path: Path) -> None:
    placed, _ = table()
    after = "Avattiin kokous ja todettiin, että kaikki jäsenet ovat paikalla ja että kello on 9."
    found = rows(pdf([(60, 800, "Muistio"), *placed, (60, 580, after)]), tmp_path)
    assert found == ["Muistio", *READ, after]


def test_the_rows_of_a_table_are_rows(tmp_path: Path) -> None:
    placed, borders = table()
    (tmp_path / "x.pdf").write_bytes(pdf(placed, drawn=lines_drawn(borders)))
    lines = read_document(tmp_path / "x.pdf").lines
    assert {line.kind for line in lines} == {Kind.ROW}


def test_names_under_each_other_in_a_cell_stay_apart(tmp_path: Path) -> None:
    names = ["Liisa Luoto, Mallikunta", "Matti Keksitty, Satuvirasto", "Teppo Testi"]
    text: list[Placed] = [(65, 746, "Läsnä")]
    text += [(155, 746 - 13 * at, name) for at, name in enumerate(names)]
    text += [(65, 700, "Poissa"), (155, 700, "Ville Vapaa")]
    level = "\n".join(f"60 {y} 460 0.5 re f" for y in (760, 714, 692))
    upright = "\n".join(f"{x} 692 0.5 68 re f" for x in (60, 150, 520))
    assert rows(pdf(text, drawn=f"{level}\n{upright}"), tmp_path) == [
        "Läsnä\tLiisa Luoto, Mallikunta",
        "Matti Keksitty, Satuvirasto",
        "Teppo Testi",
        "Poissa\tVille Vapaa",
    ]


def test_a_box_around_text_and_a_line_below_a_word_are_no_table(tmp_path: Path) -> None:
    text: list[Placed] = [
        (60, 746, "Kokouksessa todettiin, että hanke on edennyt suunnitellusti ja että"),
        (60, 733, "jäsenet ovat saaneet aineiston."),
        (60, 680, "Linkki"),
        (120, 680, "aineistoon on kutsussa."),
    ]
    drawn = "50 725 500 40 re S\n60 678 30 0.5 re f\n50 100 80 80 100 200 c S\n10 10 m 90 70 l S"
    assert rows(pdf(text, drawn=drawn), tmp_path) == [
        "Kokouksessa todettiin, että hanke on edennyt suunnitellusti ja että",
        "jäsenet ovat saaneet aineiston.",
        "Linkki\taineistoon on kutsussa.",
    ]


@pytest.mark.parametrize(("gap", "read"), [(0.1, "Kaarnaja"), (1.7, "Kaarna ja")])
def test_a_narrow_blank_parts_words(gap: float, read: str, tmp_path: Path) -> None:
    """Where letters overhang, little white is left of a blank: that the file names one tells."""
    end = 60 + 11 * (667 + 3 * 556 + 333 + 556) / 1000  # of “Kaarna” in Helvetica
    assert rows(pdf([(60, 746, "Kaarna"), (end + gap, 746, "ja")]), tmp_path) == [read]
