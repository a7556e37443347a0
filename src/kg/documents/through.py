"""Reading a document through: its lines as blocks, with every repair named."""

from __future__ import annotations

from collections.abc import Sequence

from kg.documents.blocks import Block, Change, Reading, Repair
from kg.documents.document import Document, Form, Kind
from kg.documents.furniture import Furniture
from kg.documents.hyphens import is_cut, kept_hyphen
from kg.documents.markup import markup_repairs
from kg.documents.paragraphs import Paragraphs
from kg.documents.seen import Seen, seen
from kg.documents.signs import clean
from kg.traced import Traced, joined, put


def read_through(document: Document) -> Reading:
    """The blocks of a document: lines joined to paragraphs, running lines and page numbers gone.

    Every character of a block stands at its place in the source, or in the range of a repair; every
    character of the source that is no white space stands in a block, or in the range of a repair.
    """
    repairs: list[Repair] = []
    lines = _kept(document, repairs)
    paragraphs = Paragraphs(lines, document.form)
    blocks: list[Block] = []
    group: list[Seen] = []
    for line in lines:
        if group and not paragraphs.goes_on(group[0], group[-1], line):
            blocks.append(_block(group, repairs))
            group = []
        group.append(line)
    if group:
        blocks.append(_block(group, repairs))
    if document.form in {Form.HTML, Form.MARKDOWN}:
        repairs += markup_repairs(document.text, blocks, repairs)
    return Reading(tuple(blocks), tuple(sorted(repairs)))


def _kept(document: Document, repairs: list[Repair]) -> list[Seen]:
    """The lines that are text, clean; what is done to them is added to the repairs."""
    furniture = Furniture(document.lines)
    gaps = document.form in {Form.TXT, Form.DOCX, Form.PDF}
    kept: list[Seen] = []
    gap = turn = False
    for index, line in enumerate(document.lines):
        gap = gap or line.gap
        if index in furniture.left_out:
            is_number = index in furniture.page_numbers
            change = Change.PAGE_NUMBER if is_number else Change.RUNNING_HEAD
            repairs.append(Repair(*line.traced.strip().span(), change))
            turn = True
            continue
        traced = line.traced
        if number := furniture.numbers.get(index):
            traced = _without(traced.strip(), number.start, number.end, repairs)
        traced, changes = clean(traced, gaps, row=line.kind is Kind.ROW)
        repairs += changes
        if not traced.text:
            continue
        turn = turn or bool(kept and kept[-1].page != line.page)
        kept.append(seen(line, traced, gap, turn))
        gap = turn = False
    return kept


def _without(line: Traced, start: int, end: int, repairs: list[Repair]) -> Traced:
    """A line without the page number in it."""
    repairs.append(Repair(*line.span(start, end), Change.PAGE_NUMBER))
    return joined([line[:start], line[end:]])


def _block(lines: Sequence[Seen], repairs: list[Repair]) -> Block:
    """The lines of one paragraph as one text."""
    first = lines[0]
    text = first.traced
    if len(lines) > 1:
        pieces = [first.traced]
        for line in lines[1:]:
            pieces[-1:] = _join(pieces[-1], line, repairs)
        text = joined(pieces)
    if text.text.endswith("\xad"):
        repairs.append(Repair(*text.span(len(text) - 1), Change.SIGN))
        text = text[:-1].strip()
    return Block(text, first.kind, first.level, first.page, first.gap or first.turn)


def _join(before: Traced, line: Seen, repairs: list[Repair]) -> list[Traced]:
    """Two lines as pieces of one text: with a blank between them, or a cut word made whole."""
    after = line.traced
    end, start = before.span()[1], after.source(0)
    over = line.gap or line.turn
    reading = " "
    if is_cut(before.text):
        kept = kept_hyphen(before.text, after.text)
        if kept == "":
            repairs.append(Repair(end - 1, end if over else start, Change.HYPHEN))
            if over:
                repairs.append(Repair(end, end + 1, Change.PAGE))
            return [before[:-1], after]
        reading = kept[1:]
    change = Change.PAGE if over else Change.LINE
    repairs.append(Repair(end, end + 1 if over else start, change, reading))
    return [before, put(reading, end), after] if reading else [before, after]
