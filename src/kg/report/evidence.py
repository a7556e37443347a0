"""The positions behind all figures, and the documents and tools behind the whole report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kg import __version__
from kg.report.analysis import Analysis
from kg.report.blocks import (
    Block,
    Break,
    Group,
    Line,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    Text,
    joined,
    plain,
)
from kg.report.material import Document
from kg.report.pieces import basis, method, place, stance
from kg.report.positions import Position
from kg.site import licence


def evidence_section(found: Analysis) -> Section:
    """Every position with its number, holder, stance, speaker and place."""
    words, material = found.words, found.material
    blocks: list[Block] = [Paragraph(plain(words.say("evidence.intro")))]
    if found.only_meeting:
        name = material.label(found.only_meeting)
        blocks.append(Paragraph(plain(words.say("evidence.only", meeting=name))))
    keys = ("number", "holder", "stance", "basis", "where", "phrase")
    columns = tuple(words.say(f"column.{key}") for key in keys)
    for _, group in groupby(material.positions, key=lambda one: one.issue):
        positions = list(group)
        name = positions[0].issue_label or words.say("issues.no_issue")
        caption = words.say("evidence.caption", issue=name)
        groups = tuple(_groups(found, positions))
        blocks.append(Table(caption, columns, groups, look="evidence"))
    if not material.positions:
        blocks.append(Paragraph(plain(words.say("evidence.none"))))
    runs = [material.run("network")]
    blocks.append(method(words, [words.say("evidence.method")], runs))
    return Section("positions", words.say("evidence.title"), tuple(blocks))


def _groups(found: Analysis, positions: list[Position]) -> Iterator[Group]:
    for _, group in groupby(positions, key=lambda one: one.proposition):
        rows = list(group)
        heading = plain(rows[0].proposition_label, "strong")
        yield Group(tuple(_row(found, one) for one in rows), heading)


def _row(found: Analysis, one: Position) -> Row:
    cells = (
        plain(str(one.number)),
        _holder(one),
        _stance(found, one),
        _word(found, one),
        _place(found, one),
        (Text(one.quote, "quote"),) if one.quote else plain("–"),
    )
    return Row(cells, one.anchor)


def _holder(one: Position) -> Line:
    held = plain(one.holder_label, "strong")
    if one.side_label and one.side != one.holder:
        return (*held, Break(), Text(one.side_label, "soft"))
    return held


def _stance(found: Analysis, one: Position) -> Line:
    words = found.words
    condition = words.say("evidence.condition", text=one.condition) if one.condition else ""
    marks = [
        words.say("evidence.superseded") if one.superseded else "",
        words.code("coding-status", one.status) if one.status != "accepted" else "",
        words.say("evidence.confidence", x=words.code("confidence", one.confidence))
        if one.confidence not in ("", "high")
        else "",
    ]
    held = stance(words, one.stance, one.pole, one.qualified, one.reported)
    notes = [plain(text, "soft") for text in (condition, *marks)]
    return joined([held, *notes], Break())


def _word(found: Analysis, one: Position) -> Line:
    who = one.speaker_label or found.words.say("side.minutes")
    return (basis(found.words, one.basis), Text(f" {who}"))


def _place(found: Analysis, one: Position) -> Line:
    at = place(found.words, one.item, one.paragraph, one.start, one.end)
    if found.only_meeting:
        return plain(at or "–")
    document = found.material.label(one.document) if one.document else ""
    dated = ", ".join(part for part in (one.date, at) if part)
    return joined([plain(one.meeting_label or document), plain(dated, "soft")], Break())


def method_section(found: Analysis) -> Section:
    """What the report was made from, by what, under which licence."""
    words, material = found.words, found.material
    blocks: list[Block] = [Paragraph(plain(text)) for text in _method(found)]
    if material.documents:
        blocks.append(_documents(found, material.documents))
    call = Run(" ".join(["kg report", *material.options(), *_day(found), *material.language]))
    blocks.append(method(words, [words.say("method.again")], [call]))
    return Section("method", words.say("method.section"), tuple(blocks))


def _day(found: Analysis) -> list[str]:
    given = found.material.wish.as_of
    return [f"--as-of {given.isoformat()}"] if given else []


def _method(found: Analysis) -> Iterator[str]:
    words, material = found.words, found.material
    yield words.say("method.derived")
    yield words.say("method.measures")
    yield words.say("method.version", version=__version__)
    if material.graph_sha256:
        yield words.say("method.graph", sha=material.graph_sha256)
    ours = licence(one.meeting for one in material.positions if one.meeting)
    yield f"{words.say('source.licence')}: {ours.get(material.wish.language)}"


def _documents(found: Analysis, documents: tuple[Document, ...]) -> Table:
    words = found.words
    columns = tuple(words.say(f"column.{key}") for key in ("document", "file", "sha256"))
    rows = tuple(
        Row(
            (
                plain(one.label),
                plain(one.file or "–"),
                (Text(one.sha256, "code"),) if one.sha256 else plain(words.say("method.no_hash")),
            )
        )
        for one in documents
    )
    return Table(words.say("method.documents"), columns, (Group(rows),))
