"""The text of a DOCX file as a reader of the final version sees it, and its lines.

Left out are headers and footers, deleted and hidden text, comments and the codes of fields. Notes
stand at the end; text boxes after the paragraph that they are fixed to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from lxml import etree

from kg.documents.composing import Composer
from kg.documents.document import Kind, Line
from kg.documents.limits import MOST_DEPTH
from kg.documents.numbering import Numbering, W
from kg.documents.package import Package
from kg.documents.styles import Style, Styles, properties_of
from kg.errors import InputError

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OFF = frozenset({"0", "false", "off"})

# What stands for a character, within a run.
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_LEFT_OUT = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr", f"{W}rt"}
    | {f"{W}footnoteReference", f"{W}endnoteReference", f"{W}annotationRef", f"{W}sdtPr"}
    | {f"{W}footnoteRef", f"{W}endnoteRef", f"{W}fldChar", f"{W}tblPr", f"{W}trPr", f"{W}tcPr"}
)
_NOTES = (("footnotes", f"{W}footnote"), ("endnotes", f"{W}endnote"))


@dataclass(frozen=True)
class _Paragraph:
    text: str
    kind: Kind = Kind.TEXT
    level: int = 0
    gap: bool = True


def read_docx(raw: bytes, path: Path) -> tuple[str, tuple[Line, ...]]:
    """The text that is taken out of a DOCX file, and its lines.

    Raises `InputError` if the file is broken, has a password, or is larger than is read.
    """
    package = Package(raw, path)
    main = package.main()
    reader = _Reader(package, package.relations(main), path)
    composer = Composer(path)
    for paragraph in reader.paragraphs(main):
        composer.add(paragraph.text, paragraph.kind, paragraph.level, gap=paragraph.gap, whole=True)
    return composer.finish()


class _Reader:
    def __init__(self, package: Package, relations: dict[str, str], path: Path) -> None:
        self._package, self._relations, self._path = package, relations, path
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._before = ""  # of a paragraph whose end was deleted

    def _part(self, kind: str) -> etree._Element | None:
        name = self._relations.get(kind)
        return None if name is None else self._package.part(name)

    def paragraphs(self, main: str) -> Iterator[_Paragraph]:
        """The paragraphs and rows of the document, then its notes."""
        root = self._package.part(main)
        body = root.find(f"{W}body") if root is not None else None
        if body is not None:
            yield from self._blocks(body, 0)
        for part, name in _NOTES:
            notes = self._part(part)
            for note in notes.iter(name) if notes is not None else ():
                if note.get(f"{W}type", "normal") == "normal":
                    for paragraph in self._blocks(note, 0):
                        yield replace(paragraph, kind=Kind.ITEM, level=0)

    def _blocks(self, parent: etree._Element, depth: int) -> Iterator[_Paragraph]:
        """The paragraphs and rows in an element, through what only wraps them."""
        if depth > MOST_DEPTH:
            raise InputError(
                f"The document {self._path} has tables and frames more than {MOST_DEPTH} deep: "
                "save its text alone as DOCX or plain text"
            )
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, depth)
            elif element.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_chosen(element), depth + 1)
            elif element.tag not in _LEFT_OUT:
                yield from self._blocks(element, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[_Paragraph]:
        boxes: list[etree._Element] = []
        pieces: list[str] = []
        self._text(element, pieces, boxes, 0)
        text = self._before + "".join(pieces)
        self._before = ""
        properties = element.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._before = text
            return
        kind, level, number = self._form(properties, bool(text.strip()))
        gap = True
        for line in text.split("\n"):
            if line.strip():
                first = f"{number} {line.strip()}" if number else line.strip(" \n\r")
                yield _Paragraph(first, kind, level, gap)
                kind, level = (kind, level) if kind is Kind.HEADING else (Kind.TEXT, 0)
                number, gap = "", False
        for box in boxes:
            yield from self._blocks(box, depth + 1)

    def _form(self, properties: etree._Element | None, filled: bool) -> tuple[Kind, int, str]:
        """The kind of a paragraph, its level, and its number as it is shown."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        identity = named.get(f"{W}val", "") if named is not None else self._styles.default
        style, own = self._styles.of(identity), properties_of(properties)
        heading = style.heading if own.heading is None else own.heading
        number, depth, listed = self._number(own, style, identity, filled)
        if heading:
            return Kind.HEADING, heading, number
        return (Kind.ITEM, depth, number) if listed else (Kind.TEXT, 0, "")

    def _number(
        self, own: Style, style: Style, identity: str, filled: bool
    ) -> tuple[str, int, bool]:
        number = style.number if own.number is None else own.number
        if number is None or number == "0" or not filled:
            return "", 0, False
        level = own.level
        if level is None:
            level = style.level or 0
            if own.number is None:
                level = self._numbering.level_of(number, level, identity)
        shown, listed = self._numbering.next(number, level)
        return shown, level, listed

    def _text(
        self, element: etree._Element, pieces: list[str], boxes: list[etree._Element], depth: int
    ) -> None:
        """The text of a paragraph; text boxes in it are kept for later."""
        if depth > MOST_DEPTH:
            return
        for child in element:
            tag = child.tag
            if tag in {f"{W}t", _MATH_TEXT}:
                pieces.append((child.text or "").replace("\n", " ").replace("\r", " "))
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{_MC}AlternateContent":
                self._text(_chosen(child), pieces, boxes, depth + 1)
            elif tag not in _LEFT_OUT and not (tag == f"{W}r" and _hidden(child)):
                self._text(child, pieces, boxes, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> Iterator[_Paragraph]:
        first = True
        for row in _children(table, f"{W}tr", 0):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            cells = [list(self._blocks(cell, depth + 1)) for cell in _children(row, f"{W}tc", 0)]
            for number, beside in enumerate(zip_longest(*cells)):
                yield _row(beside, gap=first or (number == 0 and _alone(beside)))
                first = False


def _row(beside: tuple[_Paragraph | None, ...], gap: bool) -> _Paragraph:
    """Paragraphs of cells side by side; where there is only one, it stays what it is."""
    filled = [one for one in beside if one is not None]
    if len(filled) == 1:
        return replace(filled[0], gap=gap or filled[0].kind is Kind.HEADING)
    text = "\t".join(one.text if one is not None else "" for one in beside).rstrip()
    return _Paragraph(text, Kind.ROW, 0, gap)


def _alone(beside: tuple[_Paragraph | None, ...]) -> bool:
    return len(beside) == 1


def _children(parent: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through what only wraps them."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag not in _LEFT_OUT and depth < MOST_DEPTH:
            yield from _children(child, name, depth + 1)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The first of the alternatives that a part offers for newer and older programs."""
    for child in alternatives:
        if child.tag in {f"{_MC}Choice", f"{_MC}Fallback"}:
            return child
    return etree.Element("none")


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in _OFF
