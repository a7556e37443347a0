"""Answers to queries, and the forms in which they are written.

`WRITERS` is the list of formats: each turns an answer into a table for the console, text or bytes.
The forms for people (table, markdown) shorten the IRIs of the data to ids; the forms for machines
(csv, json, xlsx) carry them whole.

A cell of CSV that a spreadsheet would take for a formula (it starts with ``=``, ``+``, ``-``,
``@``, tab or return) gets an apostrophe before it, because quotes come from documents that others
wrote (https://owasp.org/www-community/attacks/CSV_Injection); numbers stay as they are. JSON has
every text unchanged, and the text cells of a workbook are marked as text instead.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import OutputError
from kg.findings import visible
from kg.names import DEFAULT_BASE, XSD, shorten
from kg.queries import NamedQuery, bind
from kg.store import GraphStore, Solutions, Term

if TYPE_CHECKING:
    from openpyxl.cell import Cell


class Iri(str):
    """A text that is an IRI, so that it may be shortened for people."""

    __slots__ = ()


Value = str | int | bool | Decimal | date | datetime | None
"""What a cell holds (an `Iri` is a str); None where the query left it unbound."""

Spell = Callable[[str, Value], Value]
"""From a column and a value in it to the words for people."""


@dataclass(frozen=True)
class Answer:
    """A table: its columns, its rows, and for people a title and the columns that tell most."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    telling: tuple[str, ...] = ()

    def brief(self, spell: Spell | None = None) -> Answer:
        """The most telling columns only, as people read them.

        Columns joined by ``+`` share a cell, and what belongs to a side is named by it:
        ``a_stance+a_basis`` is “STM” where a is STM. A pair's other proposition is left out
        where it is the same. `spell` turns a column's values into words, as notations to labels.
        """
        if not self.telling:
            return self
        sides: dict[str, str] = {name: self._constant(name) for name in ("a", "b")}
        groups = [[name.strip() for name in group.split("+")] for group in self.telling]
        rows = tuple(
            tuple(_joined([_shown(record, name, spell) for name in group]) for group in groups)
            for record in self.records()
        )
        return Answer(tuple(_heading(group, sides) for group in groups), rows, self.title)

    def _constant(self, column: str) -> str:
        """The one value of a column; nothing where there is none, or several."""
        values = {lexical(record.get(column)) for record in self.records()}
        return values.pop() if len(values) == 1 else ""

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries keyed by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(
    store: GraphStore,
    query: NamedQuery,
    terms: Mapping[str, ox.NamedNode | ox.Literal],
    language: str = "en",
    include_proposed: bool = False,
) -> Answer:
    """Run a named query with its parameters; raises what `kg.queries.bind` and the store raise."""
    bound = bind(query, terms, language, include_proposed)
    return replace(answer_from(store.select(bound), query.summary), telling=query.brief)


def decimal(value: float | None) -> Decimal | None:
    """A number as a cell, with all its digits, and whole numbers without a point.

    >>> decimal(0.1), decimal(87.0)
    (Decimal('0.1'), Decimal('87'))
    """
    if value is None:
        return None
    return Decimal(int(value)) if float(value).is_integer() else Decimal(repr(float(value)))


def answer_from(solutions: Solutions, title: str = "") -> Answer:
    """The solutions of a SELECT as an answer."""
    rows = tuple(tuple(value_from(term) for term in row) for row in solutions.rows)
    return Answer(solutions.variables, rows, title)


def _shown(record: Mapping[str, Value], column: str, spell: Spell | None) -> Value:
    value = record[column]
    if value is None or (column == "b_proposition" and value == record.get("proposition")):
        return None
    return spell(column, value) if spell else value


def _joined(cells: list[Value]) -> Value:
    filled = [cell for cell in cells if cell not in (None, "")]
    return filled[0] if len(filled) == 1 else ", ".join(map(lexical, filled))


def _heading(group: list[str], sides: Mapping[str, str]) -> str:
    side, _, rest = group[0].partition("_")
    if not (rest and sides.get(side)):
        return group[0].replace("_", " ")
    return sides[side] if len(group) > 1 else f"{sides[side]} {rest}".replace("_", " ")


def value_from(term: Term | None) -> Value:
    """The python value of an RDF term; a literal that is not of its own type stays text.

    >>> value_from(ox.Literal("7", datatype=ox.NamedNode(XSD + "integer")))
    7
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    read = _READERS.get(term.datatype.value)
    try:
        return read(term.value) if read else term.value
    except (ValueError, InvalidOperation):
        return term.value


_READERS: Mapping[str, Callable[[str], Value]] = {
    f"{XSD}boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}.get(text),
    f"{XSD}integer": int,
    f"{XSD}nonNegativeInteger": int,
    f"{XSD}decimal": Decimal,
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
}


def write(
    answer: Answer,
    form: str,
    console: Console,
    target: Path | None = None,
    base: str = DEFAULT_BASE,
) -> None:
    """Write `answer` in the format `form` (a key of `WRITERS`) to `target`, or to the console.

    Raises `OutputError` where the file cannot be written, or where a workbook has no file.
    """
    made = WRITERS[form](answer, base)
    if target is not None:
        _to_file(made, target)
    elif isinstance(made, Table):
        fits = len(answer.columns) * _NARROWEST <= console.width
        console.print(made if fits else to_blocks(answer, base))
    elif isinstance(made, bytes):
        raise OutputError("A workbook cannot be shown in a terminal: give a file with --output")
    else:
        # Neither wrapped nor highlighted: what is read by a machine keeps every character.
        console.file.write(made)


def _to_file(made: Table | str | bytes, target: Path) -> None:
    if isinstance(made, Table):
        buffer = io.StringIO()
        Console(file=buffer, width=200, emoji=False).print(made)
        made = buffer.getvalue()
    try:
        target.write_bytes(made if isinstance(made, bytes) else made.encode())
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error


def to_table(answer: Answer, base: str = DEFAULT_BASE) -> Table:
    """A table for the console; nothing in a cell is taken for markup or for a control code."""
    table = Table(title=Text(answer.title) if answer.title else None, title_justify="left")
    for column in answer.columns:
        table.add_column(Text(column), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_readable(value, base)) for value in row))
    return table


def to_blocks(answer: Answer, base: str = DEFAULT_BASE) -> Table:
    """A table of two columns, name and value, for answers too wide for the console."""
    table = Table(title=Text(answer.title) if answer.title else None, title_justify="left")
    table.add_column("")
    table.add_column("", overflow="fold")
    for row in answer.records():
        for column, value in row.items():
            if value is not None:
                table.add_row(Text(column), Text(_readable(value, base)))
        table.add_section()
    return table


def to_markdown(answer: Answer, base: str = DEFAULT_BASE) -> str:
    """A table in GitHub's Markdown, with what Markdown or HTML would read as its own escaped."""
    rows = [answer.columns, *([_readable(value, base) for value in row] for row in answer.rows)]
    lines = [f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(answer.columns)}")
    return "\n".join(lines) + "\n"


def to_csv(answer: Answer, base: str = DEFAULT_BASE) -> str:
    """Comma-separated values by RFC 4180: a header, CRLF line ends, quotes where needed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_harmless(value) for value in row])
    return buffer.getvalue()


def to_json(answer: Answer, base: str = DEFAULT_BASE) -> str:
    """An array with one object a row, keyed by column; null where the query left it unbound."""
    rows = [{column: _plain(value) for column, value in row.items()} for row in answer.records()]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def to_xlsx(answer: Answer, base: str = DEFAULT_BASE) -> bytes:
    """A workbook of one sheet, whose text cells are text and never formulas.

    Raises `OutputError` where a text is longer than a cell can hold.
    """
    # Here, since openpyxl takes longer to import than most questions to answer.
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "answer"
    sheet.freeze_panes = "A2"
    for row_number, row in enumerate((answer.columns, *answer.rows), start=1):
        for column_number, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column_number)
            assert isinstance(cell, Cell)  # no cells are merged here
            _fill(cell, value)
            if row_number == 1:
                cell.font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WRITERS: Mapping[str, Callable[[Answer, str], Table | str | bytes]] = {
    "table": to_table,
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
    "xlsx": to_xlsx,
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST = 14  # characters of the console for a column that can still be read
_CELL_LIMIT = 32_767
_MARKDOWN = re.compile(r"[\\|<>`*_\[\]]")


def _readable(value: Value, base: str) -> str:
    """A value for people on one line: ids for IRIs, no control characters."""
    text = shorten(value, base) if isinstance(value, Iri) else lexical(value)
    return " ".join(visible(text).split())


def lexical(value: Value) -> str:
    """A value as RDF writes it: ISO dates, true and false, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _escaped(cell: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", cell)


def _harmless(value: Value) -> str:
    text = lexical(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _plain(value: Value) -> str | int | float | bool | None:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    return lexical(value) if isinstance(value, date) else value


def _fill(cell: Cell, value: Value) -> None:
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.isoformat()  # a workbook has no time zones
    if not isinstance(value, str):
        cell.value = value
        return
    text = visible(value)
    if len(text) > _CELL_LIMIT:
        raise OutputError(
            f"A text of {len(text)} characters does not fit into a cell of a workbook: "
            "use --format csv or json"
        )
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA)
