"""Reading DOCX and PDF: what Word and the page show, and what is refused, in one sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest

from documents_made import (
    column,
    docx,
    level,
    listed,
    paragraph,
    part,
    pdf,
    table,
    written,
    zipped,
)
from kg.documents import limits, package, paper
from kg.documents.blocks import Change
from kg.documents.document import Document
from kg.documents.read import read_document
from kg.documents.through import read_through
from kg.errors import InputError


def read(content: bytes, folder: Path) -> Document:
    return read_document(written(folder, "memo", content))


def blocks(content: bytes, folder: Path) -> list[tuple[str, int, str]]:
    found = read_through(read(content, folder)).blocks
    return [(block.kind.value, block.level, block.text) for block in found]


def texts(content: bytes, folder: Path) -> list[str]:
    return [text for _, _, text in blocks(content, folder)]


def numbering(*levels: str, nums: str = "") -> str:
    return part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}',
    )


def test_a_document_of_another_library_is_read(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_heading("Muistio", 0)
    made.add_heading("Kokouksen avaus", 2)
    made.add_paragraph("Aika\tma 3.1.2022")
    made.add_paragraph("Avaus", style="List Number")
    made.add_paragraph("Muut asiat", style="List Number")
    made.add_paragraph("kohta", style="List Bullet")
    cells = made.add_table(2, 2)
    cells.cell(0, 0).text, cells.cell(0, 1).text = "Läsnä", "Matti\nTeppo"
    cells.cell(1, 0).text, cells.cell(1, 1).text = "Poissa", "Kaisa"
    buffer = BytesIO()
    made.save(buffer)
    assert blocks(buffer.getvalue(), tmp_path) == [
        ("heading", 1, "Muistio"),
        ("heading", 2, "Kokouksen avaus"),
        ("text", 0, "Aika\tma 3.1.2022"),
        ("item", 0, "1. Avaus"),
        ("item", 0, "2. Muut asiat"),
        ("item", 0, "kohta"),
        ("row", 0, "Läsnä\tMatti"),
        ("text", 0, "Teppo"),
        ("row", 0, "Poissa\tKaisa"),
    ]


def test_numbers_count_as_word_shows_them(tmp_path: Path) -> None:
    parts = numbering(
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%1%2)"),
        level(2, "upperRoman", "(%3)"),
        level(3, "bullet", "•"),
        nums='<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>',
    )
    body = "".join(
        [
            *(listed("a", 1), listed("b", 1), listed("c", 1, 1), listed("d", 1, 1)),
            *(listed("e", 1, 2), listed("f", 1), listed("g", 1, 1), listed("h", 2)),
            *(listed("i", 2), listed("j", 1, 3), listed("", 1), listed("k", 0), listed("l", 9)),
        ]
    )
    assert texts(docx(body, numbering=parts), tmp_path) == [
        *("1. a", "2. b", "2a) c", "2b) d", "(I) e", "3. f", "3a) g", "7. h", "8. i"),
        *("j", "k", "l"),
    ]


def test_numbers_of_styles_and_legal_levels(tmp_path: Path) -> None:
    parts = numbering(
        level(0, "upperRoman", "%1", more='<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="H2"/><w:isLgl/>'),
    )
    listing = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        f"<w:pPr>{listing}</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        f'<w:basedOn w:val="H1"/><w:pPr>{listing}</w:pPr></w:style>',
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in [("a", "H1"), ("b", "H2"), ("c", "H2"), ("d", "H1"), ("e", "H2")]
    )
    assert blocks(docx(body, numbering=parts, styles=styles), tmp_path) == [
        ("heading", 1, "I a"),
        ("heading", 2, "1.1 b"),
        ("heading", 2, "1.2 c"),
        ("heading", 1, "II d"),
        ("heading", 2, "2.1 e"),
    ]


def test_only_the_final_text_is_read(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p>"
        + run.format("Päätös ")
        + "<w:del><w:r><w:delText>poistettu</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('lisätty')}</w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>piilo</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:noBreakHyphen/><w:softHyphen/></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        "<mc:AlternateContent><mc:Choice><w:r><v:shape><v:textbox><w:txbxContent>"
        + paragraph("laatikko")
        + "</w:txbxContent></v:textbox></v:shape></w:r></mc:Choice><mc:Fallback>"
        f"{run.format('vara')}</mc:Fallback></mc:AlternateContent>{run.format('loppu')}</w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        + run.format("Yhdessä ")
        + "</w:p>"
        + paragraph("eteenpäin")
        + table([table([paragraph("A"), paragraph("B")]), paragraph("C")])
    )
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
        f"<w:footnote>{paragraph('Alaviite')}</w:footnote>",
    )
    assert blocks(docx(body, footnotes=notes), tmp_path) == [
        ("text", 0, "Päätös lisätty-loppu"),
        ("text", 0, "laatikko"),
        ("text", 0, "Yhdessä eteenpäin"),
        ("row", 0, "A\tB\tC"),
        ("item", 0, "Alaviite"),
    ]


def test_the_text_of_a_docx_parts_paragraphs_by_blank_lines(tmp_path: Path) -> None:
    body = paragraph("Avaus") + table([paragraph("A"), paragraph("B")], [paragraph("C")] * 2)
    document = read(docx(body), tmp_path)
    assert document.text == "Avaus\n\nA\tB\nC\tC\n"
    assert [document.text[slice(*line.traced.span())] for line in document.lines] == [
        *("Avaus", "A\tB", "C\tC")
    ]


def _encrypted() -> bytes:
    raw = bytearray(docx(paragraph("a")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + place] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def _deep() -> str:
    return "<w:tbl><w:tr><w:tc>" * 120 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 120


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_encrypted(), "has a password"),
        (docx(_deep()), "deep|broken"),
        (docx("<w:p>"), "broken DOCX"),
        (docx(paragraph("&bomb;")), "broken DOCX"),
        (zipped({f"{number}": b"" for number in range(5_001)}), "packs 5,001 files"),
        (docx(""), "is empty"),
        (docx(paragraph("a"))[:-60], "broken DOCX"),
    ],
)
def test_a_docx_that_is_broken_or_a_trap_is_refused(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=sentence):
        read(content, tmp_path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
    raw = docx(paragraph("a"), styles=entities + part("styles", "&c;"))
    with pytest.raises(InputError, match="broken DOCX"):
        read(raw, tmp_path)


@pytest.mark.parametrize("lies", [False, True])
def test_a_bomb_is_refused(lies: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED_BYTES", 2_000_000)
    raw = docx(paragraph(" " * 4_000_000))
    if lies:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            size = archive.getinfo("word/document.xml").file_size
        raw = raw.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(InputError, match=r"unpacks to more than 2,000,000|broken"):
        read(raw, tmp_path)


PROSE = """\
Puheenjohtaja avasi kokouksen ja totesi, että esityslista on lähetetty ennak-
koon kaikille jäsenille. Keskusteltiin sosiaali- ja terveydenhuollon tilasta sekä
siitä, miten hanke etenee.
Ministeriö esitti, että valmistelua jatketaan ja että lausunnot pyydetään vielä
ennen kesää.

2. Muut asiat

Ei muita asioita.
"""


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_paragraphs_of_a_pdf_are_whole_again(angle: int, tmp_path: Path) -> None:
    top = 560 if angle in {90, 270} else 780
    found = texts(pdf(column(PROSE, top=top), angle=angle), tmp_path)
    assert found[0].startswith("Puheenjohtaja avasi")
    assert "lähetetty ennakkoon kaikille jäsenille. Keskusteltiin sosiaali- ja" in found[0]
    assert found[1].startswith("Ministeriö esitti")
    assert found[2:] == ["2. Muut asiat", "Ei muita asioita."]


def test_running_lines_of_a_pdf_drop_out_by_name(tmp_path: Path) -> None:
    def page(number: int, text: str) -> list[tuple[float, float, str]]:
        head = [(60.0, 810.0, "Satuministeriö"), (480.0, 810.0, f"{number} (3)")]
        return [*head, *column(text), (60, 30, "VN/1/2022")]

    raw = pdf(
        page(1, "MUISTIO\n\nPuheenjohtaja totesi, että kaikki aineisto on nyt jo hyvissä ajoin ja"),
        page(2, "lähetetty.\n\nPäätös:\n\nHyväksyttiin kaikki edellä mainittu ja muu aineisto ja"),
        page(3, "sen liitteet."),
    )
    document = read(raw, tmp_path)
    reading = read_through(document)
    assert [block.text for block in reading.blocks] == [
        "Satuministeriö",
        "MUISTIO",
        "Puheenjohtaja totesi, että kaikki aineisto on nyt jo hyvissä ajoin ja lähetetty.",
        "Päätös:",
        "Hyväksyttiin kaikki edellä mainittu ja muu aineisto ja sen liitteet.",
    ]
    assert [block.page for block in reading.blocks] == [1, 1, 1, 2, 2]
    assert document.text.count("VN/1/2022") == 3
    left_out = [
        document.text[one.start : one.end] for one in reading.repairs
        if one.change in {Change.RUNNING_HEAD, Change.PAGE_NUMBER}
    ]  # fmt: skip
    assert left_out.count("VN/1/2022") == 3


COLUMNS = (
    "Kokouksessa todettiin, että hanke on\nedennyt suunnitellusti ja että kaikki\n"
    "jäsenet ovat saaneet aineiston ajoissa\nennen kokousta, kuten on sovittu, ja\n"
    "voivat siis ottaa siihen kantaa.",
    "Ministeriön edustaja piti tärkeänä, et-\ntä rahoitus varmistetaan hyvissä ajoin\n"
    "ennen kevään kehysriihtä eikä vasta sen\njälkeen, jolloin olisi liian myöhäistä\n"
    "saada siihen enää muutoksia.",
)


@pytest.mark.parametrize("shift", [0, 4])
def test_columns_are_read_one_after_the_other(shift: int, tmp_path: Path) -> None:
    lines = [*column(COLUMNS[0], 60), *column(COLUMNS[1], 320, 780 - shift)]
    found = texts(pdf([(60, 810, "Kokouksen muistio"), *lines]), tmp_path)
    assert found[0] == "Kokouksen muistio"
    assert found[1].endswith("voivat siis ottaa siihen kantaa.")
    assert found[2].startswith("Ministeriön edustaja piti tärkeänä, että rahoitus")
    assert len(found) == 3


def test_rows_of_a_table_are_read_across(tmp_path: Path) -> None:
    rows = [("Nimi", "Taho", "Rooli"), ("Matti Esimerkki", "Satuministeriö", "pj."),
            ("Maija Mallikas-Kuvitteellinen", "Keksitty kunta", "jäsen"),
            ("Teppo Testi", "Tarinavirasto", "jäsen")]  # fmt: skip
    lines = [
        (x, 780 - 16 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip((60.0, 215.0, 330.0), row, strict=True)
    ]
    assert texts(pdf(lines), tmp_path) == ["\t".join(row) for row in rows]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (pdf([]), "is scanned and has no text: run OCR"),
        (pdf(column(PROSE))[:300], "broken PDF"),
        (pdf(*[[] for _ in range(501)]), "has 501 pages, more than the 500"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(raw: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=sentence):
        read(raw, tmp_path)


def test_a_pdf_with_a_password_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    def refuse(raw: bytes) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    with pytest.raises(InputError, match="has a password"):
        paper.read_pdf(b"%PDF-", tmp_path)


def test_limits_are_sane() -> None:
    assert limits.MOST_TEXT_BYTES < 50_000_000 < limits.MOST_OFFICE_BYTES
    assert limits.MOST_PAGES < 2_000
