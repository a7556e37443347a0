"""Who took which position when, and who gave one up: meetings from left to right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kg.layout.boxes import Layout
from kg.layout.calendar import Cells, Row, calendar
from kg.statements import LANGUAGES, Label, Statement
from kg.views.held import actor_of
from kg.views.models import Codes, Source
from kg.views.placed import MOST_DRAWN
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.view import Band, Edge, Fact, Mark, Node, View

MOST_ROWS = 300
"""Propositions on the page; of more, those on which somebody changed and those heard most stay."""
LONGEST = 12
"""Characters of a label under a sign; the panel has the whole."""
LETTER, SIDE = 6.6, 22.0


@dataclass(frozen=True)
class _Sign:
    """What an actor says of a proposition on one occasion, told apart by how it looks."""

    proposition: str
    actor: str
    column: int
    stance: str
    reported: bool
    superseded: bool

    @property
    def key(self) -> str:
        words = (self.proposition, self.actor, str(self.column), self.stance)
        return "\n".join((*words, str(self.reported), str(self.superseded)))


@dataclass(frozen=True)
class _Column:
    """An occasion: a meeting or a document, with its date and name."""

    date: str
    name: Label
    key: str = ""


_Signs = Mapping[_Sign, Sequence[int]]
"""The places of the statements behind each sign, in the order in which they were first made."""


def time_view(
    statements: Sequence[Statement], codes: Codes, source: Source, *, proposed: bool = False
) -> View:
    """Meetings (and documents) as columns by date, propositions as rows grouped by issue.

    In a cell stands a sign for each body, group or unnamed holder and each stance that it took
    there; superseded positions are included. Rows on which somebody changed come first, then those
    heard on more than one occasion. At most `MOST_ROWS` rows, and no more signs than a drawing
    bears; a note says how many rows are left out. The lead speaks of what is accepted, and with
    `proposed` of what is only proposed, too.
    """
    columns = _columns(statements)
    signs = _signs(statements, columns)
    rows = _rows(statements, signs)
    kept = _fitting(rows)
    shown = {row.head for row in kept}
    signs = {sign: places for sign, places in signs.items() if sign.proposition in shown}
    ordered = _in_blocks(kept)
    layout = calendar(ordered, len(columns), _pitch(statements))
    changed = _changes(_counting(statements, proposed), signs)
    return View(
        name="time",
        title=interface()["time.title"],
        lead=_lead(columns, sum(changed.values())),
        scope=scope_of(statements),
        nodes=(*_heads(statements, ordered, layout), *_drawn(statements, signs, layout)),
        edges=(*_next(signs), *_given_up(statements, signs)),
        source=source,
        codes=codes,
        statements=tuple(statements),
        bands=tuple(_bands(statements, ordered, columns, layout)),
        notes=_notes(statements, len(rows) - len(kept)),
    )


def _lead(columns: Sequence[_Column], changes: int) -> Label:
    if not columns:
        return interface()["held.nothing"]
    if len(columns) == 1:
        single = phrase("time.lead.single", meeting=columns[0].name)
        gone = counted("time.gone", changes) if changes else None
        return _joined(single, gone)
    if not changes:
        return phrase("time.lead.steady", m=len(columns))
    return counted("time.lead.changes", changes, m=len(columns))


def _joined(first: Label, second: Label | None) -> Label:
    if second is None:
        return first
    return Label(*(f"{first.get(lang)} {second.get(lang)}" for lang in LANGUAGES))


def _notes(statements: Sequence[Statement], left_out: int) -> tuple[Label, ...]:
    notes = [interface()["time.note.signs"]] if statements else []
    if any(one.superseded for one in statements):
        notes.append(interface()["time.note.superseded"])
    if left_out:
        notes.append(counted("time.note.left_out", left_out))
    return tuple(notes)


def _columns(statements: Sequence[Statement]) -> tuple[_Column, ...]:
    """The occasions by date, those without one last."""
    found = {_occasion(one): _Column(one.date, _name(one)) for one in reversed(statements)}
    ranked = sorted(found, key=lambda key: (not found[key].date, found[key].date, key))
    return tuple(replace(found[key], key=key) for key in ranked)


def _occasion(statement: Statement) -> str:
    """The meeting, or the document where a position is of no meeting."""
    return statement.meeting or statement.entry


def _name(statement: Statement) -> Label:
    if statement.meeting:
        return statement.meeting_label
    return Label.same(statement.speaker_name or statement.date)


def _signs(statements: Sequence[Statement], columns: Sequence[_Column]) -> _Signs:
    number = {column.key: place for place, column in enumerate(columns)}
    found: defaultdict[_Sign, list[int]] = defaultdict(list)
    for place, one in enumerate(statements):
        sign = _Sign(
            one.proposition,
            actor_of(one).key,
            number[_occasion(one)],
            one.stance,
            one.basis == "reported",
            one.superseded,
        )
        found[sign].append(place)
    return found


def _tracks(signs: Iterable[_Sign]) -> dict[tuple[str, str], list[_Sign]]:
    """The signs of each proposition and actor, by time; of one occasion in the order of speech."""
    found: defaultdict[tuple[str, str], list[_Sign]] = defaultdict(list)
    for sign in signs:
        found[sign.proposition, sign.actor].append(sign)
    return {ends: sorted(some, key=lambda sign: sign.column) for ends, some in found.items()}


def _changes(statements: Sequence[Statement | None], signs: _Signs) -> Counter[str]:
    """How many actors changed their position on each proposition.

    One gives a position up, or its holder says something else later, by his or her own word: what
    two officials of one body say apart is no change, nor is what others report of somebody.
    """
    found: Counter[str] = Counter()
    for (proposition, _), track in _tracks(signs).items():
        heard: defaultdict[str, dict[int, set[tuple[str, bool]]]] = defaultdict(dict)
        gone = False
        for sign in track:
            for one in filter(None, (statements[place] for place in signs[sign])):
                gone = gone or one.superseded
                if not sign.reported:
                    said = heard[one.holder].setdefault(sign.column, set())
                    said.add((one.pole, one.qualified))
        found[proposition] += gone or any(_differ(said.values()) for said in heard.values())
    return found


def _differ(said: Iterable[set[tuple[str, bool]]]) -> bool:
    return any(one != other for one, other in pairwise(said))


def _counting(statements: Sequence[Statement], proposed: bool) -> list[Statement | None]:
    """The statements at their places, without those that the lead does not speak of."""
    return [one if proposed or one.status == "accepted" else None for one in statements]


def _rows(statements: Sequence[Statement], signs: _Signs) -> list[Row]:
    """The rows, first those that time says most of; of equal ones, those heard first."""
    issues = {one.proposition: one.issue for one in reversed(statements)}
    by_proposition: defaultdict[str, list[_Sign]] = defaultdict(list)
    for sign in signs:
        by_proposition[sign.proposition].append(sign)
    changes = _changes(statements, signs)

    def rank(proposition: str) -> tuple[int, bool, int]:
        occasions = {sign.column for sign in by_proposition[proposition]}
        heard = {sign.actor for sign in by_proposition[proposition]}
        several = len(occasions) > 1
        return -changes[proposition], not several, -len(heard) if several else 0

    ranked = sorted(by_proposition, key=rank)
    return [Row(key, issues[key], _lines(by_proposition[key])) for key in ranked]


def _fitting(rows: Sequence[Row]) -> list[Row]:
    """The first rows, as many as a drawing bears: each has a head and its signs."""
    sizes = (1 + sum(len(k) for line in row.lines for k in line.values()) for row in rows)
    return [
        row
        for row, size in zip(rows[:MOST_ROWS], accumulate(sizes), strict=False)
        if size <= MOST_DRAWN
    ]


def _lines(signs: Sequence[_Sign]) -> tuple[Cells, ...]:
    """A line for each actor that is heard again or gives something up, and one for the others."""
    lines: list[dict[int, list[str]]] = []
    rest: dict[int, list[str]] = {}
    for track in _tracks(signs).values():
        again = len({sign.column for sign in track}) > 1 or any(s.superseded for s in track)
        line: dict[int, list[str]] = {} if again else rest
        for sign in track:
            line.setdefault(sign.column, []).append(sign.key)
        if again:
            lines.append(line)
    return tuple([*lines, rest] if rest else lines)


def _in_blocks(rows: Sequence[Row]) -> list[Row]:
    """Rows of one issue together, issues in the order of their first row."""
    first: dict[str, int] = {}
    for turn, row in enumerate(rows):
        first.setdefault(row.block, turn)
    return sorted(rows, key=lambda row: first[row.block])


def _pitch(statements: Sequence[Statement]) -> float:
    """The width of a sign with the longest label."""
    longest = max((len(_short(actor_of(one).label).en) for one in statements), default=0)
    crossed = any(one.superseded for one in statements)
    return SIDE + LETTER * (longest + 2 * crossed)


def _under(sign: _Sign, label: Label) -> Label:
    """What stands under a sign; a cross says that the position was given up."""
    return phrase("time.given_up", a=_short(label)) if sign.superseded else _short(label)


def _short(label: Label) -> Label:
    texts = (label.get(language) for language in LANGUAGES)
    return Label(*(x if len(x) <= LONGEST else f"{x[: LONGEST - 1].rstrip()}…" for x in texts))


def _heads(statements: Sequence[Statement], rows: Sequence[Row], layout: Layout) -> Iterable[Node]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(statements):
        places[one.proposition].append(place)
    for row in rows:
        one = statements[places[row.head][0]]
        yield Node(
            row.head,
            "proposition",
            one.proposition_label,
            layout.boxes[row.head],
            issue=one.issue_label if one.issue else None,
            statements=tuple(places[row.head]),
            zone=layout.zone_of[row.head],
        )


def _drawn(statements: Sequence[Statement], signs: _Signs, layout: Layout) -> Iterable[Node]:
    for sign, places in signs.items():
        one = statements[places[0]]
        actor = actor_of(one)
        yield Node(
            sign.key,
            actor.kind,
            _under(sign, actor.label),
            layout.boxes[sign.key],
            "sign",
            name=phrase("time.sign", a=actor.label, q=one.proposition_label),
            issue=one.issue_label if one.issue else None,
            facts=tuple(_facts(one)),
            statements=tuple(places),
            zone=layout.zone_of[sign.key],
            mark=Mark(one.pole, one.qualified, sign.reported),
        )


def _facts(one: Statement) -> Iterable[Fact]:
    yield "fact.meeting", _name(one)
    if one.date:
        yield "fact.date", Label.same(one.date)
    if one.superseded:
        yield "time.superseded", interface()["held.yes"]


def _next(signs: _Signs) -> Iterable[Edge]:
    """From the last word of an actor on one occasion to its first on the next."""
    for track in _tracks(signs).values():
        for one, other in pairwise(track):
            if one.column != other.column:
                case = tuple(signs[one]), tuple(signs[other])
                yield Edge(one.key, other.key, "next", cases=(case,))


def _given_up(statements: Sequence[Statement], signs: _Signs) -> Iterable[Edge]:
    """From the position that a holder took next to the one that it gave up."""
    for track in _tracks(signs).values():
        for turn, one in enumerate(track):
            if one.superseded:
                holders = {statements[place].holder for place in signs[one]}
                for other in track[turn + 1 :]:
                    if holders & {statements[place].holder for place in signs[other]}:
                        case = tuple(signs[other]), tuple(signs[one])
                        yield Edge(other.key, one.key, "revises", cases=(case,), thin=True)
                        break


def _bands(
    statements: Sequence[Statement],
    rows: Sequence[Row],
    columns: Sequence[_Column],
    layout: Layout,
) -> Iterable[Band]:
    issues = {one.issue: one.issue_label for one in reversed(statements)}
    blocks = list(dict.fromkeys(row.block for row in rows))
    dates = Counter(column.date for column in columns)
    for zone in layout.zones:
        what, _, number = zone.name.partition(" ")
        if what == "block":
            issue = blocks[int(number)]
            label = issues[issue] if issue else interface()["controls.no_issue"]
        else:
            column = columns[int(number)]
            alone = len(columns) > 1 and column.date and dates[column.date] == 1
            label = Label.same(column.date) if alone else column.name
        yield Band(zone.name, label, zone.box)
