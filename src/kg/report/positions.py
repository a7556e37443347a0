"""The positions of a report, numbered, so that every number in it can lead to what it counts.

They stand by issue, proposition and holder, so that the positions behind a cell mostly have numbers
in a row: “12–14”.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kg.answers import Value
from kg.filters import Filters
from kg.report.blocks import Line, Link, Text
from kg.statements import Language
from kg.table import Table

Ask = Callable[[str, Mapping[str, str]], list[dict[str, Value]]]
"""The rows of a named query, its parameters given by IRI."""


@dataclass(frozen=True)
class Given:
    """What positions are read from."""

    table: Table
    filters: Filters
    language: Language
    ask: Ask


@dataclass(frozen=True)
class Position:
    """One position with its evidence.

    `bodies` are those for which it counts; `side` is the first of them, or the holder where there
    is none. `number` is its number in the report, from 1. `superseded`: a later one revises it.
    Labels are in the report's language; what is not known is "" or None.
    """

    number: int
    id: str
    holder: str
    holder_label: str
    holder_kind: str
    bodies: tuple[str, ...]
    side: str
    side_label: str
    proposition: str
    proposition_label: str
    issue: str
    issue_label: str
    stance: str
    pole: str
    polarity: float
    qualified: bool
    basis: str
    speaker_label: str
    meeting: str
    meeting_label: str
    document: str
    date: str
    item: str
    start: int | None
    end: int | None
    confidence: str
    status: str
    superseded: bool
    paragraph: int | None = None
    quote: str = ""
    condition: str = ""

    @property
    def anchor(self) -> str:
        """Where it stands in the report."""
        return f"s{self.number}"

    @property
    def reported(self) -> bool:
        """Whether someone else asserts it."""
        return self.basis == "reported"


def positions_of(given: Given) -> tuple[Position, ...]:
    """The positions that pass the filters, and those that one of them revises, in order."""
    labels = given.table.labels(given.language)
    history = replace(given.filters, history=True)
    frame = history.apply(given.table.statements).collect()
    told = {str(row["position"]): row for row in given.ask("network", {})}
    current = set(given.filters.apply(given.table.statements).collect()["position"].to_list())
    shared = _of_several(given, frame.to_dicts())
    found = [
        _position(row, labels, told.get(row["position"], {}), shared, row["position"] in current)
        for row in frame.to_dicts()
    ]
    ordered = sorted(found, key=_order)
    return tuple(replace(one, number=number) for number, one in enumerate(ordered, start=1))


def _of_several(given: Given, rows: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """The bodies of positions that count for several, which the table does not name all."""
    several = {row["position"] for row in rows if (row["bodies"] or 0) > 1}
    if not several:
        return {}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for body in (iri for iri, kind in given.table.kinds().items() if kind == "body"):
        for record in given.ask("positions", {"actor": body}):
            if record["position"] in several:
                found[str(record["position"])].add(body)
    return {position: tuple(sorted(bodies)) for position, bodies in found.items()}


def _position(
    row: Mapping[str, Any],
    labels: Mapping[str, str],
    told: Mapping[str, Value],
    shared: Mapping[str, tuple[str, ...]],
    current: bool,
) -> Position:
    def called(column: str) -> str:
        return labels.get(row[column], row[column])

    bodies = shared.get(row["position"]) or ((row["body"],) if row["body"] else ())
    paragraph = told.get("paragraph")
    return Position(
        number=0,
        id=row["position"],
        holder=row["holder"],
        holder_label=called("holder"),
        holder_kind=row["holder_kind"],
        bodies=bodies,
        side=row["body"] or row["holder"],
        side_label=called("body") if row["body"] else called("holder"),
        proposition=row["proposition"],
        proposition_label=called("proposition"),
        issue=row["issue"],
        issue_label=called("issue"),
        stance=row["stance"],
        pole=row["pole"],
        polarity=row["polarity"] or 0.0,
        qualified=bool(row["qualified"]),
        basis=row["basis"],
        speaker_label=called("speaker"),
        meeting=row["meeting"],
        meeting_label=called("meeting"),
        document=row["document"],
        date=row["date"].isoformat() if row["date"] else "",
        item=row["item"],
        start=row["start"],
        end=row["end"],
        confidence=row["confidence"],
        status=row["status"],
        superseded=not current,
        paragraph=int(str(paragraph)) if paragraph is not None else None,
        quote=str(told.get("quote") or ""),
        condition=str(told.get("condition_label") or ""),
    )


def _order(one: Position) -> tuple[object, ...]:
    return (
        (one.issue_label, one.issue),
        (one.proposition_label, one.proposition),
        (one.side_label, one.side),
        -one.polarity,
        one.basis,
        one.date,
        one.id,
    )


def refs(positions: Iterable[Position]) -> Line:
    """Links to positions, as numbers in brackets; neighbours are drawn together."""
    numbers = sorted({one.number for one in positions})
    if not numbers:
        return ()
    breaks = [place for place, (one, two) in enumerate(pairwise(numbers), 1) if two > one + 1]
    runs = [numbers[i:j] for i, j in zip([0, *breaks], [*breaks, len(numbers)], strict=True)]
    pieces: list[Link | Text] = []
    for run in runs:
        text = f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}"
        pieces.extend(
            [Text(", "), Link(text, f"s{run[0]}")] if pieces else [Link(text, f"s{run[0]}")]
        )
    return (Text("["), *pieces, Text("]"))
