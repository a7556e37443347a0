"""What is only said of others, and what is left to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.report.analysis import Analysis, Hearsay
from kg.report.blocks import (
    Block,
    Group,
    Heading,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    plain,
)
from kg.report.material import Record
from kg.report.pieces import method, stance
from kg.report.positions import refs


def hearsay_section(found: Analysis) -> Section:
    """Positions that others assert of a body, which it has not stated itself, or contradicts."""
    words = found.words
    open_ones = [one for one in found.hearsay if one.can_speak and not one.confirmed]
    others = [one for one in found.hearsay if not one.can_speak]
    confirmed = [one for one in found.hearsay if one.can_speak and one.confirmed]
    blocks: list[Block] = [Paragraph(plain(words.say("hearsay.intro")))]
    blocks += _part(found, "unconfirmed", open_ones) or [_none(found, "hearsay.none")]
    blocks += _part(found, "confirmed", confirmed)
    blocks += _part(found, "unable", others)
    blocks += _disputes(found)
    runs = [found.material.run("reported"), found.material.run("disputes")]
    blocks.append(method(words, [words.say("hearsay.method")], runs))
    return Section("reported", words.say("hearsay.title"), tuple(blocks))


def _none(found: Analysis, key: str) -> Paragraph:
    return Paragraph(plain(found.words.say(key)))


def _part(found: Analysis, key: str, told: Sequence[Hearsay]) -> list[Block]:
    if not told:
        return []
    words = found.words
    keys = ("said_of", "proposition", "stance", "said_by", "itself", "behind")
    columns = tuple(words.say(f"column.{one}") for one in keys)
    rows = tuple(_told(found, one) for one in told)
    caption = words.say(f"hearsay.{key}")
    return [Table(caption, columns, (Group(rows),), look="narrow")]


def _told(found: Analysis, one: Hearsay) -> Row:
    words, position = found.words, one.position
    said_by = one.said_by or words.say("side.minutes")
    if one.said_for:
        said_by = words.say("hearsay.said_for", who=said_by, body=one.said_for)
    itself = words.say(f"hearsay.itself_{one.itself}")
    if one.own_stance:
        own = words.code("stance", one.own_stance)
        itself = words.say("hearsay.own", itself=itself, stance=own, who=one.own_said_by or "–")
    return Row(
        (
            plain(position.holder_label),
            plain(position.proposition_label),
            stance(words, position.stance, position.pole, position.qualified, True),
            plain(said_by),
            plain(itself if one.can_speak else words.say("hearsay.itself_unable")),
            refs([position]),
        )
    )


def _disputes(found: Analysis) -> list[Block]:
    """Who disputes that a view is ascribed to a body, in the meetings looked at."""
    words = found.words
    meetings = {one.meeting for one in found.material.positions}
    rows = [row for row in found.material.ask("disputes") if str(row["meeting"]) in meetings]
    if not rows:
        return []
    keys = ("who", "body", "disputed", "where")
    columns = tuple(words.say(f"column.{key}") for key in keys)
    table = Table(
        words.say("hearsay.disputes_caption"),
        columns,
        (Group(tuple(_dispute(found, row) for row in rows)),),
        look="narrow",
    )
    return [Heading(plain(words.say("hearsay.disputes"))), table]


def _dispute(found: Analysis, row: Record) -> Row:
    return Row(
        (
            plain(str(row["name"] or "–")),
            plain(str(row["body"] or "–")),
            plain(str(row["disputed_label"] or "–")),
            where(found, row),
        )
    )


def where(found: Analysis, row: Record) -> Line:
    """Where a row of a query stands: meeting, item, and the phrase or the characters."""
    words = found.words
    item = words.say("side.item", n=str(row["item"])) if row["item"] else ""
    several = row["meeting"] and not found.only_meeting
    named = [found.material.label(str(row["meeting"])) if several else "", item]
    line: Line = (Text(", ".join(part for part in named if part)),)
    evidence = str(row["evidence"] or "")
    if evidence.startswith("char="):
        start, _, end = evidence.removeprefix("char=").partition(",")
        return (*line, Text(", " + words.say("place.characters", a=start, b=end)))
    return (*line, Text(" "), Text(evidence, "quote")) if evidence else line


def actions_section(found: Analysis) -> Section:
    """What is open: who, what, by when, and what is late on the day of the report."""
    words = found.words
    blocks: list[Block] = [Paragraph(plain(text)) for text in _days(found)]
    if found.open_actions:
        keys = ("what", "responsible", "with", "by_when", "progress", "where")
        columns = tuple(words.say(f"column.{key}") for key in keys)
        rows = tuple(_action(found, row) for row in found.open_actions)
        blocks.append(Table(words.say("actions.caption"), columns, (Group(rows),)))
    else:
        blocks.append(_none(found, "actions.none"))
    blocks.append(method(words, [words.say("actions.method")], [found.material.run("actions")]))
    return Section("actions", words.say("actions.title"), tuple(blocks))


def _days(found: Analysis) -> Iterator[str]:
    words, material = found.words, found.material
    if material.as_of is None:
        yield words.say("actions.no_day")
    else:
        key = "actions.as_of" if material.wish.as_of else "actions.latest"
        yield words.say(key, day=material.as_of.isoformat())
    filters = material.wish.filters
    if filters.issues or filters.basis or filters.confidence:
        yield words.say("actions.unfiltered")


def _action(found: Analysis, row: Record) -> Row:
    words = found.words
    progress = words.code("progress", str(row["progress"] or "")) or "–"
    return Row(
        (
            plain(str(row["label"] or "–"), "strong"),
            plain(str(row["responsible"] or "–")),
            plain(str(row["counterpart"] or "–")),
            _deadline(found, row),
            plain(progress),
            where(found, row),
        )
    )


def _deadline(found: Analysis, row: Record) -> Line:
    words = found.words
    written, latest = str(row["deadline"] or ""), str(row["latest"] or "")
    if not (written or latest):
        return plain(words.say("actions.no_deadline"), "soft")
    text = words.say("actions.until", written=written, day=latest) if written and latest else ""
    line = plain(text or written or latest)
    if found.overdue(row):
        line = (*line, Text(" "), Text(words.say("actions.overdue"), "late"))
    return line
