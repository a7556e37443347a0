"""Event lists in DNA's form: one statement a line, semicolons between, as DNA exports them.

The columns are ``statement_id``, ``time``, the variables of the statement type, ``start_position``,
``stop_position``, ``text``, ``coder``, ``document_id``, ``document_title``, ``document_author``,
``document_source``, ``document_section`` and ``document_type``. Facts: ``Exporter.java`` of DNA 3
(https://github.com/leifeld/dna). DNA writes a comma for a semicolon and an apostrophe for a
quotation mark in texts, and so does this; numbers and times stand without quotation marks, and no
line break ends the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg.dna.forms import LONG, SHORT, forms
from kg.dna.offsets import Content
from kg.dna.rows import Database, Document, Statement, StatementType, Variable
from kg.errors import InputError
from kg.findings import Finding, Severity, suggest

BEFORE = ("statement_id", "time")
OF_DOCUMENT = ("title", "author", "source", "section", "type")
AFTER = (
    *("start_position", "stop_position", "text", "coder", "document_id"),
    *(f"document_{one}" for one in OF_DOCUMENT),
)
TIME_FORM = "%Y-%m-%d %H:%M:%S"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_events(
    database: Database, source: Path, statement_type: str = ""
) -> tuple[str, list[Finding]]:
    """The statements of one type as an event list, by time; findings say of `source` what is lost.

    Raises `InputError` where the type is not there, or several have statements and none is named.
    """
    chosen = _type(database, statement_type)
    variables = [one for one in database.variables if one.statement_type_id == chosen.id]
    documents = {one.id: one for one in database.documents}
    contents = {one.id: Content(one.text) for one in database.documents}
    values = _values(database)
    wanted = [one for one in database.statements if one.statement_type_id == chosen.id]
    rows = [
        (documents[one.document_id], one)
        for one in wanted
        if one.document_id is not None and one.document_id in documents
    ]
    rows.sort(key=lambda pair: (pair[0].date, pair[1].id))
    lines = [
        ";".join(_quoted(name) for name in (*BEFORE, *(v.variable for v in variables), *AFTER))
    ]
    for document, one in rows:
        given = [_cell(variable, values.get((one.id, variable.id))) for variable in variables]
        text = _passage(contents[document.id], one)
        lines.append(";".join([str(one.id), _time(document), *given, *_rest(document, one, text)]))
    return "\n".join(lines), _told(database, source, chosen, rows)


def _type(database: Database, wanted: str) -> StatementType:
    types = {one.label: one for one in database.statement_types}
    if wanted:
        if wanted not in types:
            near = suggest(wanted, types)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(types)}"
            raise InputError(f"No statement type is called “{wanted}”; {hint}")
        return types[wanted]
    used = {one.statement_type_id for one in database.statements}
    there = [one for one in database.statement_types if one.id in used]
    positions = {one.type for one in forms(database)}
    candidates = [one for one in there if one.id in positions] or there or list(types.values())[:1]
    if len(candidates) != 1:
        names = ", ".join(one.label for one in candidates) or "none"
        raise InputError(
            f"An event list is of one statement type (there are: {names}): give --type"
        )
    return candidates[0]


def _values(database: Database) -> dict[tuple[int, int], str]:
    """The value that each variable has in each statement, as text."""
    names = {one.id: one.value for one in database.entities}
    return {
        **{(s, v): names.get(e, "") for _, s, v, e in database.short_texts},
        **{(s, v): text or "" for _, s, v, text in database.long_texts},
        **{(s, v): str(n) for _, s, v, n in (*database.booleans, *database.integers)},
    }


def _cell(variable: Variable, value: str | None) -> str:
    return _quoted(value or "") if variable.data_type in (SHORT, LONG) else value or ""


def _quoted(text: str) -> str:
    return '"' + text.replace(";", ",").replace('"', "'") + '"'


def _time(document: Document) -> str:
    # strftime writes years before 1000 without zeros on some systems.
    return (_EPOCH + timedelta(seconds=document.date)).isoformat(" ").removesuffix("+00:00")


def _passage(content: Content, one: Statement) -> str:
    start, end = content.points(one.start, one.stop)
    return content.text[start:end]


def _rest(document: Document, one: Statement, text: str) -> Iterator[str]:
    yield from (str(one.start), str(one.stop), _quoted(text))
    yield from ("" if one.coder is None else str(one.coder), str(document.id))
    yield from (_quoted(getattr(document, name)) for name in OF_DOCUMENT)


def _told(
    database: Database, path: Path, chosen: StatementType, rows: list[tuple[Document, Statement]]
) -> list[Finding]:
    """What an event list of these rows does not hold of the database."""
    others = sum(one.statement_type_id != chosen.id for one in database.statements)
    used = {document.id for document, _ in rows}
    counts = (
        (others, "statements of other types"),
        (len(database.documents) - len(used), "documents without statements"),
        (len(used), "texts of documents, but for what is coded"),
        (len(database.attribute_values), "attributes of entities"),
    )
    return [
        Finding(
            path, 0, Severity.WARNING, f"{what} ({number}): an event list has no place for them"
        )
        for number, what in counts
        if number
    ]
