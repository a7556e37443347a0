"""Networks as tables: for the terminal, as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from io import StringIO

from rich.console import Console

from kg.answers import Answer, Value
from kg.answers import to_csv as answer_to_csv
from kg.answers import to_table as answer_to_table
from kg.findings import visible
from kg.formats.numbers import matrix, number
from kg.networks.network import Network
from kg.networks.ties import ties
from kg.views.shown import rounded

LABEL_WIDTH = 48
"""Characters of a label on one line of the terminal; the rest goes on below."""
MOST_COLUMNS = 40
"""Columns that a terminal can still show; a larger network is listed tie by tie."""


def to_table(network: Network) -> str:
    """The matrix for the terminal: columns carry numbers, which the rows or a key below explain.

    A network of more than `MOST_COLUMNS` is a list of its ties instead, strongest first. Weights
    are rounded to three decimals. Notes stand below.
    """
    parts = _list(network) if len(network.columns) > MOST_COLUMNS else _grid(network)
    return "".join([*parts, *(f"{' '.join(visible(note).split())}\n" for note in network.notes)])


def _list(network: Network) -> list[str]:
    rows, columns = network.row_labels(), network.column_labels()
    offset = 0 if network.mode == "onemode" else len(rows)
    found = sorted(ties(network), key=lambda tie: -abs(tie.weight))
    cells = tuple(
        (rows[tie.source], columns[tie.target - offset], rounded(number(tie.weight)))
        for tie in found
    )
    size = f"{len(rows)} rows, {len(columns)} columns, {len(found)} ties, strongest first\n"
    return [size, _drawn(Answer(("row", "column", "weight"), cells))]


def _grid(network: Network) -> list[str]:
    rows = matrix(network)
    heads = tuple(str(place) for place in range(1, len(network.columns) + 1))
    marks = heads if network.mode == "onemode" else ("",) * len(rows)
    cells: list[tuple[Value, ...]] = [
        (f"{mark} {label}".strip(), *(rounded(value) for value in row))
        for mark, label, row in zip(marks, network.row_labels(), rows, strict=True)
    ]
    parts = [_drawn(Answer(("", *heads), tuple(cells)))]
    if network.mode == "twomode":
        key = [
            f"{head} {label}" for head, label in zip(heads, network.column_labels(), strict=True)
        ]
        parts.append(_drawn(Answer(("columns",), tuple((line,) for line in key))))
    return parts


def _drawn(answer: Answer) -> str:
    """A table as text, wide enough for every column."""
    columns = zip(answer.columns, *answer.rows, strict=True)
    widths = [max(map(len, map(str, column))) for column in columns]
    width = sum(min(width, LABEL_WIDTH) + 3 for width in widths) + 1
    console = Console(file=StringIO(), width=width, emoji=False, color_system=None)
    table = answer_to_table(answer)
    for place, column in enumerate(table.columns):
        column.max_width = LABEL_WIDTH
        if place:
            column.justify = "right"
    console.print(table)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def to_csv(network: Network) -> str:
    """The matrix with a row of labels above and a column of labels before it."""
    rows = [
        (label, *map(exact, row))
        for label, row in zip(network.row_labels(), matrix(network), strict=True)
    ]
    return csv_text([("", *network.column_labels()), *rows])


def csv_text(rows: Sequence[tuple[Value, ...]]) -> str:
    """Rows as CSV in the form of `kg.answers`; the first is a header of labels.

    A header can come from data here, and so it is written as a row, whose texts are protected.
    """
    return answer_to_csv(Answer((), tuple(rows))).removeprefix("\r\n")


def exact(value: int | float) -> Value:
    """A number as a cell: no digit lost, and never taken for text."""
    return value if isinstance(value, int) else Decimal(repr(value))


def to_json(network: Network) -> str:
    """``{"rows": […], "columns": […], "matrix": [[…]]}``, a line for each row of the matrix."""
    return json_object(json_parts(network)) + "\n"


def json_parts(network: Network) -> dict[str, str]:
    """The JSON text of each key of `to_json`, in their order."""
    return {
        "rows": _text(network.row_labels()),
        "columns": _text(network.column_labels()),
        "matrix": json_lines([_text(row) for row in matrix(network)]),
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def json_lines(items: Sequence[str]) -> str:
    """A JSON array of texts that are JSON, one on a line."""
    return "[\n" + ",\n".join(items) + "\n]" if items else "[]"


def json_object(parts: dict[str, str]) -> str:
    """A JSON object of keys and of texts that are JSON, a key on a line."""
    inside = ",\n".join(f"{_text(key)}: {value}" for key, value in parts.items())
    return "{\n" + inside + "\n}"
