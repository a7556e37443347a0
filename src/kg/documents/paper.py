"""The text of a PDF file in reading order, and its lines.

Which line goes on in the next is told by the page: a line that leaves room for the first word of
the next ends its paragraph (`Line.whole`). Running headers and page numbers stay in the text;
`kg.documents.through` leaves them out and says so.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import pi
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from kg.documents.columns import flows
from kg.documents.composing import Composer
from kg.documents.document import Kind, Line
from kg.documents.geometry import Glyph, Row, cells, ends, rows
from kg.documents.gutters import spaced
from kg.documents.limits import MOST_PAGES, check_characters
from kg.documents.ruling import rules_of
from kg.documents.tables import parted
from kg.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_HYPHENS = frozenset({0x2, 0xFFFE})  # what PDFium gives for a hyphen at a line's end
_FEW_LETTERS = 20  # a page; a page of text has hundreds
_UNREADABLE = 0.3  # part of the letters without a code, from which on a text is none
_GAP = 1.35  # pitches between baselines that white space stands in
_ROW_GAP = 2.2  # the same, between rows of cells
_LOOSE = 1.25  # pitch of a paragraph at most, in sizes of its letters, which hold their own room
_TIGHT = 0.85  # the same at least
_STEPS = 5  # from row to row that show a pitch
_ROOM = 0.03  # part of a column's width by which lines of a paragraph end apart, as a rule


def read_pdf(raw: bytes, path: Path) -> tuple[str, tuple[Line, ...]]:
    """The text that is taken out of a PDF file, and its lines.

    Raises `InputError` if the file is broken, has a password, too many pages or no text.
    """
    pdf = _opened(raw, path)
    try:
        if len(pdf) > MOST_PAGES:
            raise InputError(
                f"The document {path} has {len(pdf):,} pages, more than the {MOST_PAGES} that are "
                "read: split it, for instance with qpdf, and name the part that holds the memo"
            )
        return _read(pdf, path)
    finally:
        pdf.close()


def _opened(raw: bytes, path: Path) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(raw)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                f"The document {path} has a password: save it without one, for instance with "
                "qpdf --decrypt"
            ) from error
        raise InputError(
            f"The document {path} is a broken PDF: repair it, for instance with qpdf, or print it "
            "to a new PDF"
        ) from error


def _read(pdf: PdfDocument, path: Path) -> tuple[str, tuple[Line, ...]]:
    found: list[tuple[int, list[Row], bool]] = []
    letters = unreadable = count = 0
    pictures = False
    for number in range(len(pdf)):
        page = _page(pdf, number, path)
        glyphs = list(_glyphs(page, path))
        count += len(glyphs)
        check_characters(path, count)
        letters += sum(glyph.sign.isalnum() for glyph in glyphs)
        unreadable += sum(_unreadable(glyph.sign) for glyph in glyphs)
        pictures = pictures or (letters < _FEW_LETTERS and _has_picture(page))
        for stretch, tabular in parted(rows(glyphs), rules_of(page, page.get_rotation())):
            if tabular:
                found.append((number + 1, stretch, True))
            else:
                for flow in flows(stretch):
                    for part, spread in spaced(flow):
                        found.append((number + 1, part if spread else cells(part), spread))
        page.close()
    if letters == 0 or (pictures and letters < _FEW_LETTERS * len(pdf)):
        raise InputError(
            f"The document {path} is scanned and has no text: run OCR over it first, for instance "
            "ocrmypdf -l fin"
        )
    if unreadable > letters * _UNREADABLE:
        raise InputError(
            f"The letters of the document {path} have no codes, so that its text cannot be read: "
            "run OCR over it, for instance ocrmypdf --force-ocr -l fin"
        )
    composer = Composer(path)
    pitches = _pitches([flow for _, flow, tabular in found if not tabular])
    for number, flow, tabular in found:
        if tabular:
            _add_table(composer, flow, number)
        else:
            _add(composer, flow, number, pitches[_class(flow)])
    return composer.finish()


def _page(pdf: PdfDocument, number: int, path: Path) -> PdfPage:
    from pypdfium2 import PdfiumError

    try:
        return pdf[number]
    except PdfiumError as error:
        raise InputError(
            f"Page {number + 1} of the document {path} is broken: repair it, for instance with "
            "qpdf, or print it to a new PDF"
        ) from error


def _unreadable(sign: str) -> bool:
    return sign == "\N{REPLACEMENT CHARACTER}" or "\ue000" <= sign <= "\uf8ff"


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _glyphs(page: PdfPage, path: Path) -> Iterator[Glyph]:
    """The letters of a page that stand upright, with their places."""
    from pypdfium2 import PdfiumError, raw

    try:
        text: PdfTextPage = page.get_textpage()
    except PdfiumError:
        return
    count = raw.FPDFText_CountChars(text)
    check_characters(path, count)
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    turn = page.get_rotation() * pi / 180
    spaced = False
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = "-" if code in _HYPHENS else chr(code) if 0 < code <= 0x10FFFF else ""
        if not sign or 0xD800 <= code <= 0xDFFF or raw.FPDFText_IsGenerated(text, index) == 1:
            spaced = spaced or sign == " "
            continue
        angle = raw.FPDFText_GetCharAngle(text, index)
        if abs((angle + turn + pi) % (2 * pi) - pi) > 0.1 and not sign.isspace():
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield _upright(sign, box, x.value, y.value, page.get_rotation() if turn else 0, spaced)
        spaced = False
    text.close()


def _upright(
    sign: str, box: ctypes.Structure, x: float, y: float, rotation: int, spaced: bool
) -> Glyph:
    """A letter of a page that is turned, as if it were not."""
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    match rotation:
        case 90:
            return Glyph(sign, bottom, top, -x, right - left, spaced)
        case 180:
            return Glyph(sign, -right, -left, -y, top - bottom, spaced)
        case 270:
            return Glyph(sign, -top, -bottom, x, right - left, spaced)
        case _:
            return Glyph(sign, left, right, y, top - bottom, spaced)


def _add(composer: Composer, flow: Sequence[Row], page: int, pitch: float) -> None:
    """Add the rows of a flow as lines."""
    margin = max(row[-1].right for row in flow)
    width = margin - min(row[0].left for row in flow)
    size = _class(flow)
    gap = True
    for row, after in pairwise([*flow, None]):
        assert row is not None
        step = row[0].base - after[0].base if after else 0.0
        # Rows of a table stand further apart than lines, for the rule that may be between them.
        row_gap = _ROW_GAP if after is not None and len(row) > 1 and len(after) > 1 else _GAP
        larger = _larger(row, after, size) if after is not None else 1.0
        parted = after is not None and step > pitch * larger * row_gap
        whole = after is not None and not parted and ends(row[-1], after[0], margin - width * _ROOM)
        text = "\t".join(segment.text for segment in row)
        composer.add(text, page=page, gap=gap, whole=whole)
        gap = parted


def _larger(row: Row, after: Row, size: int) -> float:
    """How much larger than text two lines of a heading are, whose pitch is then larger as well."""
    least = min(row[-1].size, after[0].size)
    same = abs(row[-1].size - after[0].size) <= 0.5
    return max(least / max(size, 1), 1.0) if same else 1.0


def _add_table(composer: Composer, flow: Sequence[Row], page: int) -> None:
    """Add the rows of a table with borders."""
    for at, row in enumerate(flow):
        filled = [segment for segment in row if segment.text]
        if len(filled) == 1:  # a table also serves to lay out a page
            composer.add(filled[0].text, page=page, gap=at == 0, whole=True)
        else:
            text = "\t".join(segment.text for segment in row)
            composer.add(text, Kind.ROW, page=page, gap=at == 0, whole=True)


def _class(flow: Sequence[Row]) -> int:
    return round(median(row[0].size for row in flow))


def _pitches(found: Sequence[Sequence[Row]]) -> dict[int, float]:
    """How far baselines of a paragraph lie apart, by the size of the letters of a flow.

    A list of names has a step of its own: the smallest usual one of the document is that of text.
    """
    pitches: dict[int, float] = {}
    for flow in found:
        size = _class(flow)
        pitches.setdefault(size, (size + 0.5) * _LOOSE)
        steps = sorted(a[0].base - b[0].base for a, b in pairwise(flow))
        if len(steps) >= _STEPS:
            near = [step for step in steps if step <= steps[len(steps) // 4] * 1.3]
            pitches[size] = min(pitches[size], max(median(near), size * _TIGHT))
    return pitches
