"""When positions were stated, meeting by meeting or month by month, and which of them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.report.analysis import Analysis
from kg.report.blocks import (
    Block,
    Group,
    Heading,
    Line,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
    Text,
    plain,
)
from kg.report.drawing import stacked
from kg.report.material import Record
from kg.report.pieces import basis, method, numbers, stance
from kg.report.positions import Position, refs

MOST_MEETINGS = 24
"""Up to so many meetings each has a row; more are drawn together by month."""
MOST_CHANGES = 60
"""For how many bodies or persons changes are looked up; each takes a query."""
BASES = ("own", "official", "personal", "reported")


def timeline_section(found: Analysis) -> Section:
    """Positions over time, and the changes among them."""
    words = found.words
    periods = periods_of(found.material.current)
    blocks: list[Block] = []
    if not periods:
        blocks.append(Paragraph(plain(words.say("timeline.none"))))
    else:
        key = "timeline.one" if len(periods) == 1 else "timeline.intro"
        blocks += [Paragraph(plain(words.say(key))), _table(found, periods)]
    changing = _changing(found.material.positions)
    blocks += [Heading(plain(words.say("timeline.changes"))), *_changes(found, changing)]
    runs = [found.material.run("network")]
    runs += [found.material.run("changes", {"actor": actor}) for actor in list(changing)[:1]]
    blocks.append(method(words, [words.say("timeline.method")], runs))
    return Section("timeline", words.say("timeline.title"), tuple(blocks))


def periods_of(positions: Sequence[Position]) -> list[tuple[str, str, list[Position]]]:
    """Date, name and positions of each meeting or document, or of each month where they are many.

    Positions without a date come last.
    """
    by_meeting: defaultdict[tuple[str, str, str], list[Position]] = defaultdict(list)
    for one in positions:
        by_meeting[one.date or "–", one.meeting_label, one.meeting or one.document].append(one)
    if len(by_meeting) <= MOST_MEETINGS:
        ordered = sorted(by_meeting, key=lambda key: (key[0] == "–", key))
        return [(date, name, by_meeting[date, name, iri]) for date, name, iri in ordered]
    by_month: defaultdict[str, list[Position]] = defaultdict(list)
    for one in positions:
        by_month[one.date[:7] or "–"].append(one)
    months = sorted(by_month, key=lambda month: (month == "–", month))
    return [(month, "", by_month[month]) for month in months]


def _table(found: Analysis, periods: Sequence[tuple[str, str, list[Position]]]) -> Table:
    words = found.words
    most = max(len(positions) for _, _, positions in periods)
    rows = tuple(_row(found, date, name, positions, most) for date, name, positions in periods)
    keys = ("date", "meeting", "over_time", "positions", "bodies", "by_basis", "behind")
    columns = tuple(words.say(f"column.{key}") for key in keys)
    return Table(
        words.say("timeline.caption"), columns, (Group(rows),), pictures=(2,), look="narrow"
    )


def _row(found: Analysis, date: str, name: str, positions: Sequence[Position], most: int) -> Row:
    counts = [(one, sum(p.basis == one for p in positions)) for one in BASES]
    told = by_basis(found, positions)
    drawn = Picture(stacked([(f"basis-{one}", n) for one, n in counts], most), told)
    bodies = {body for one in positions for body in one.bodies}
    label = name or found.words.counted("timeline.meetings", len({p.meeting for p in positions}))
    return Row(
        (
            plain(date),
            plain(label),
            (drawn,),
            *numbers(len(positions), len(bodies)),
            plain(told),
            refs(positions),
        )
    )


def by_basis(found: Analysis, positions: Sequence[Position]) -> str:
    """How many positions on whose word: “74 representative’s view, 13 own”."""
    counts = [(one, sum(p.basis == one for p in positions)) for one in BASES]
    return ", ".join(f"{n} {found.words.code('basis', one)}" for one, n in counts if n)


def _changing(positions: Sequence[Position]) -> dict[str, set[str]]:
    """Who has changed: actor, and the propositions on which it did.

    A change is a position that a later one revises, or stances that differ between two days.
    """
    said: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for one in positions:
        for actor in one.bodies or (one.holder,):
            said[actor, one.proposition].append(one)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (actor, proposition), group in said.items():
        days, stances = {one.date for one in group}, {one.stance for one in group}
        if any(one.superseded for one in group) or (len(days) > 1 and len(stances) > 1):
            found[actor].add(proposition)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _changes(found: Analysis, changing: Mapping[str, set[str]]) -> Iterator[Block]:
    words = found.words
    if not changing:
        yield Paragraph(plain(words.say("timeline.no_change")))
        return
    if len(changing) > MOST_CHANGES:
        hidden = words.say("timeline.left_out", most=MOST_CHANGES, n=len(changing) - MOST_CHANGES)
        yield Paragraph(plain(hidden), "warning")
    groups = [
        group
        for actor, propositions in list(changing.items())[:MOST_CHANGES]
        for group in _groups(found, actor, propositions)
    ]
    keys = ("date", "holder", "stance", "basis", "revises", "behind")
    columns = tuple(words.say(f"column.{key}") for key in keys)
    yield Table(words.say("timeline.changes_caption"), columns, tuple(groups), look="narrow")


def _groups(found: Analysis, actor: str, propositions: set[str]) -> Iterator[Group]:
    by_id = {one.id: one for one in found.material.positions}
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for record in found.material.ask("changes", {"actor": actor}):
        position = by_id.get(str(record["position"]))
        if position is not None and position.proposition in propositions:
            rows[position.proposition].append(_change(found, position, record))
    for proposition, group in sorted(rows.items()):
        label = found.material.label
        yield Group(tuple(group), plain(f"{label(actor)}: {label(proposition)}", "strong"))


def _change(found: Analysis, one: Position, record: Record) -> Row:
    words = found.words
    given_up = words.code("stance", str(record["revised_stance"] or ""))
    held: Line = stance(words, one.stance, one.pole, one.qualified, one.reported)
    if one.superseded:
        held = (*held, Text(f" ({words.say('evidence.superseded')})", "soft"))
    cells = (plain(one.date or "–"), plain(one.holder_label), held, (basis(words, one.basis),))
    return Row((*cells, plain(given_up), refs([one])))
