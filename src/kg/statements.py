"""The statement table: one `Statement` per position, and what two bodies differ or agree on.

The rows come from named queries that are run once per language; here the three answers become one
frozen record with a `Label` in three languages, which networks and views take as their only input.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, cast

from kg.codes import LANGUAGES as LANGUAGES
from kg.codes import Language as Language
from kg.errors import InputError

Row: TypeAlias = Mapping[str, object]
# What the query calls a holder, by class, and what networks and pages call it.
HOLDER_KINDS = {
    "Body": "body",
    "WorkingBody": "body",
    "Person": "person",
    "Group": "group",
    "UnnamedHolder": "unnamed",
}


@dataclass(frozen=True, order=True)
class Label:
    """One text in the three languages of the interface.

    >>> Label("Ministry", "Ministeriö", "Ministerium").get("fi")
    'Ministeriö'
    """

    en: str
    fi: str
    sv: str

    @classmethod
    def same(cls, text: str) -> Label:
        """A text that does not change with the language: a name, a date, a number."""
        return cls(text, text, text)

    def get(self, language: Language) -> str:
        """The text in `language`."""
        return cast(str, getattr(self, language))


@dataclass(frozen=True)
class Statement:
    """One position as it counts for one holder.

    `holder_kind` is body, person, group or unnamed; `body` is the body that it counts for, or "".
    `status` is that of the coding. A `superseded` position is one that a later one revises.
    `speaker` is who says so, and `entry` the speech act, record or document in which it is
    expressed, both by IRI, and `language` that of the quoted document (BCP 47); they are empty in
    what `statements_from` reads.
    """

    position: str
    holder: str
    holder_kind: str
    holder_name: Label
    body: str
    body_name: Label
    proposition: str
    proposition_label: Label
    issue: str
    issue_label: Label
    stance: str
    pole: str
    qualified: bool
    basis: str
    speaker_name: str
    meeting: str
    meeting_label: Label
    date: str
    item: str
    paragraph: int | None
    start: int | None
    end: int | None
    quote: str
    condition_label: Label
    status: str = "accepted"
    superseded: bool = False
    speaker: str = ""
    entry: str = ""
    language: str = ""


def current(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements that no later one revises."""
    return tuple(one for one in statements if not one.superseded)


def counting(statements: Iterable[Statement], proposed: bool) -> tuple[Statement, ...]:
    """The statements in force that leads and counts speak of: what is only proposed, if asked."""
    return tuple(one for one in current(statements) if proposed or one.status == "accepted")


@dataclass(frozen=True)
class Side:
    """What one of two bodies holds, and on whose word."""

    body: str
    stance: str
    basis: str
    asserted_by: str
    count: int
    item: str
    evidence: str


@dataclass(frozen=True)
class Comparison:
    """A proposition (or a pair of them) on which two bodies differ or agree.

    `kind` is *opposed*, *rival*, *degree* or, in a table of agreements, *agree*; `ground` and
    `claimed_by` are filled for agreements only.
    """

    kind: str
    proposition: str
    b_proposition: str
    label: Label
    b_label: Label
    issue: Label
    a: Side
    b: Side
    meeting: str
    date: str
    item: str
    ground: str = ""
    claimed_by: str = ""


def statements_from(tables: Mapping[str, Sequence[Row]]) -> tuple[Statement, ...]:
    """Join the answers of the query ``network`` in en, fi and sv into statements.

    Raises `InputError` when a language is missing or the three answers hold different rows.
    """
    return tuple(_statement(rows) for rows in _joined(tables, _statement_key))


def comparisons_from(tables: Mapping[str, Sequence[Row]]) -> tuple[Comparison, ...]:
    """Join the answers of ``disagreements`` or ``agreements`` in en, fi and sv.

    Rows without a column ``kind`` are agreements. Raises `InputError` as `statements_from` does.
    """
    return tuple(_comparison(rows) for rows in _joined(tables, _comparison_key))


Rows: TypeAlias = dict[Language, Row]


def _joined(tables: Mapping[str, Sequence[Row]], key: Callable[[Row], Hashable]) -> list[Rows]:
    """Rows of one meaning in the three languages, in the order of the English answer."""
    missing = [language for language in LANGUAGES if language not in tables]
    if missing:
        raise InputError(
            f"Rows are missing in {', '.join(missing)}: run the query in each language"
        )
    indexed = {language: _indexed(tables[language], key) for language in LANGUAGES}
    if any(indexed[language].keys() != indexed["en"].keys() for language in LANGUAGES):
        raise InputError("The answers differ between languages: run the query on one store")
    return [{language: indexed[language][k] for language in LANGUAGES} for k in indexed["en"]]


def _indexed(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, Row]:
    """Rows by key; rows of one key are told apart by their order, and none is lost."""
    seen: Counter[Hashable] = Counter()
    indexed: dict[Hashable, Row] = {}
    for row in rows:
        found = key(row)
        indexed[found, seen[found]] = row
        seen[found] += 1
    return indexed


def _statement_key(row: Row) -> Hashable:
    return _text(row, "position"), _text(row, "body")


# Names may be abbreviations, which differ by language: a key takes only what no language changes.
_COMPARISON_KEY = (
    "kind",
    "proposition",
    "b_proposition",
    "a_stance",
    "a_basis",
    "b_stance",
    "b_basis",
    "ground",
    "meeting",
    "item",
)


def _comparison_key(row: Row) -> Hashable:
    return tuple(_text(row, column) for column in _COMPARISON_KEY)


def _statement(rows: Rows) -> Statement:
    row = rows["en"]
    text, label = partial(_text, row), partial(_label, rows)
    return Statement(
        position=text("position"),
        holder=text("holder"),
        holder_kind=_holder_kind(row),
        holder_name=label("holder_name"),
        body=text("body"),
        body_name=label("body_name"),
        proposition=text("proposition"),
        proposition_label=label("proposition_label"),
        issue=text("issue"),
        issue_label=label("issue_label"),
        stance=text("stance"),
        pole=text("pole"),
        qualified=_truth(row, "qualified"),
        basis=text("basis"),
        speaker_name=text("speaker_name"),
        meeting=text("meeting"),
        meeting_label=label("meeting_label"),
        date=text("date"),
        item=text("item"),
        paragraph=_number(row, "paragraph"),
        start=_number(row, "start"),
        end=_number(row, "end"),
        quote=text("quote"),
        condition_label=label("condition_label"),
    )


def _comparison(rows: Rows) -> Comparison:
    row = rows["en"]
    text, label = partial(_text, row), partial(_label, rows)
    return Comparison(
        kind=text("kind") or "agree",
        proposition=text("proposition"),
        b_proposition=text("b_proposition") or text("proposition"),
        label=label("label"),
        b_label=label("b_label"),
        issue=label("issue"),
        a=_side(row, "a"),
        b=_side(row, "b"),
        meeting=text("meeting"),
        date=text("date"),
        item=text("item"),
        ground=text("ground"),
        claimed_by=text("claimed_by"),
    )


def _side(row: Row, side: str) -> Side:
    return Side(
        body=_text(row, side),
        stance=_text(row, f"{side}_stance"),
        basis=_text(row, f"{side}_basis"),
        asserted_by=_text(row, f"{side}_asserted_by"),
        count=_number(row, f"{side}_count") or 0,
        item=_text(row, f"{side}_item"),
        evidence=_text(row, f"{side}_evidence"),
    )


def _holder_kind(row: Row) -> str:
    given = _text(row, "holder_kind")
    if given not in HOLDER_KINDS:
        known = ", ".join(HOLDER_KINDS)
        raise InputError(f"A holder of kind “{given}” cannot be shown: make it one of {known}")
    return HOLDER_KINDS[given]


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)


def _label(rows: Rows, column: str) -> Label:
    return Label(*(_text(rows[language], column) for language in LANGUAGES))


def _number(row: Row, column: str) -> int | None:
    text = _text(row, column)
    return int(text) if text else None


def _truth(row: Row, column: str) -> bool:
    return _text(row, column).lower() in {"true", "1"}
