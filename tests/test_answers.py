"""Answers in every format: what people read, what machines read, and what neither may run."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from rich.console import Console

from kg.answers import (
    WRITERS,
    Answer,
    Iri,
    Value,
    answer_from,
    to_csv,
    to_json,
    to_markdown,
    to_xlsx,
    write,
)
from kg.errors import OutputError
from kg.names import XSD, mint
from kg.store import Solutions

ANSWER = Answer(
    ("node", "label", "count", "share", "date", "yes"),
    (
        (Iri(mint("SM")), 'Säily, "lisä"|a', 3, Decimal("0.5"), date(2021, 10, 25), True),
        (None, "=1+1", None, None, None, False),
    ),
    "A title.",
)


def _shown(form: str, answer: Answer = ANSWER, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width)
    write(answer, form, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _cells(answer: Answer) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(to_xlsx(answer))).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_terms_become_python_values() -> None:
    literals = {
        "integer": ("7", 7),
        "decimal": ("0.5", Decimal("0.5")),
        "boolean": ("true", True),
        "date": ("2021-10-25", date(2021, 10, 25)),
        "dateTime": ("2021-10-25T14:02:00", datetime(2021, 10, 25, 14, 2)),
        "string": ("x", "x"),
        "gYear": ("2021", "2021"),
    }
    row = [
        ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for kind, (text, _) in literals.items()
    ]
    names = (*literals, "none", "iri")
    answer = answer_from(Solutions(names, ((*row, None, ox.NamedNode("urn:x")),)), "T")
    assert answer.rows == ((*(value for _, value in literals.values()), None, Iri("urn:x")),)
    assert isinstance(answer.rows[0][-1], Iri)
    assert answer.title == "T"


def test_a_literal_that_is_not_of_its_type_stays_text() -> None:
    odd = ox.Literal("soon", datatype=ox.NamedNode(f"{XSD}date"))
    assert answer_from(Solutions(("x",), ((odd,),))).rows == (("soon",),)


def test_json_keeps_numbers_nulls_and_whole_iris() -> None:
    first, second = json.loads(to_json(ANSWER))
    assert first == {
        "node": mint("SM"),
        "label": 'Säily, "lisä"|a',
        "count": 3,
        "share": 0.5,
        "date": "2021-10-25",
        "yes": True,
    }
    assert second["node"] is None
    assert second["label"] == "=1+1"


def test_csv_follows_the_rfc_and_disarms_formulas() -> None:
    text = to_csv(ANSWER)
    assert text.endswith("\r\n")
    assert '"Säily, ""lisä""|a"' in text
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1][0] == mint("SM")
    assert rows[2] == ["", "'=1+1", "", "", "", "false"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_cell_of_csv_starts_as_a_formula(sign: str) -> None:
    row: tuple[Value, ...] = (f"{sign}2", -2)
    read = list(csv.reader(io.StringIO(to_csv(Answer(("a", "b"), (row,))), newline="")))
    assert read == [["a", "b"], [f"'{sign}2", "-2"]]


def test_people_see_ids_and_escaped_text() -> None:
    lines = to_markdown(ANSWER).splitlines()
    assert lines[0] == "| node | label | count | share | date | yes |"
    assert lines[1] == "| --- | --- | --- | --- | --- | --- |"
    assert lines[2] == '| SM | Säily, "lisä"\\|a | 3 | 0.5 | 2021-10-25 | true |'
    assert "SM" in _shown("table")
    assert mint("SM") not in _shown("table")


def test_a_cell_cannot_break_out_of_a_markdown_table() -> None:
    wild = "a\n| b \\| <script> [x](javascript:y) `z`"
    lines = to_markdown(Answer(("x",), ((wild,),))).splitlines()
    assert len(lines) == 3
    assert lines[2] == "| a \\| b \\\\\\| \\<script\\> \\[x\\](javascript:y) \\`z\\` |"


def test_the_table_runs_neither_markup_nor_control_codes() -> None:
    shown = _shown("table", Answer(("x",), (("[red]\x1b[31mtext",),)))
    assert "[red]" in shown
    assert "\x1b" not in shown


def test_an_answer_too_wide_for_the_console_is_shown_in_blocks() -> None:
    columns = tuple(f"column_{number}" for number in range(23))
    shown = _shown("table", Answer(columns, (tuple(range(23)),)), width=80)
    assert [line for line in shown.splitlines() if "column_7 " in line and " 7 " in line]


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    cells = _cells(ANSWER)
    assert cells[0] == list(ANSWER.columns)
    assert cells[1][:4] == [mint("SM"), 'Säily, "lisä"|a', 3, 0.5]
    assert cells[1][4] == datetime(2021, 10, 25)
    sheet = load_workbook(io.BytesIO(to_xlsx(ANSWER))).active
    assert sheet is not None
    formula = sheet["B3"]
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=1+1", "s", True)


def test_a_workbook_takes_what_others_would_refuse() -> None:
    moment = datetime(2021, 10, 25, 14, tzinfo=UTC)
    assert _cells(Answer(("x", "y"), (("a\x00b", moment),)))[1] == [
        "a\N{REPLACEMENT CHARACTER}b",
        "2021-10-25T14:00:00+00:00",
    ]


def test_a_text_too_long_for_a_workbook_is_refused_and_not_cut() -> None:
    with pytest.raises(OutputError, match="csv or json"):
        to_xlsx(Answer(("x",), (("a" * 32_768,),)))


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.lists(st.tuples(texts, st.integers()), max_size=4))
def test_what_json_and_csv_write_can_be_read_back(rows: list[tuple[str, int]]) -> None:
    answer = Answer(("text", "number"), tuple(rows))
    assert [(row["text"], row["number"]) for row in json.loads(to_json(answer))] == rows
    read = list(csv.reader(io.StringIO(to_csv(answer), newline="")))[1:]
    undone = [
        (text[1:] if text[:2] in {f"'{sign}" for sign in "=+-@\t\r"} else text, int(number))
        for text, number in read
    ]
    kept = [row for row in rows if not (row[0].startswith("'") and row[0][1:2] in set("=+-@\t\r"))]
    assert len(undone) == len(rows)
    assert [pair for pair, row in zip(undone, rows, strict=True) if row in kept] == kept


def test_every_format_is_written_to_a_file(tmp_path: Path) -> None:
    for form in WRITERS:
        target = tmp_path / f"answer.{form}"
        write(ANSWER, form, Console(file=io.StringIO()), target)
        assert target.stat().st_size > 0
    assert b"\r\n" in (tmp_path / "answer.csv").read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write(ANSWER, "csv", Console(file=io.StringIO()), tmp_path / "none" / "answer.csv")


def test_a_workbook_is_not_poured_into_a_terminal() -> None:
    with pytest.raises(OutputError, match="--output"):
        _shown("xlsx")
