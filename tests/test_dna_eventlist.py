"""Event lists in DNA's form, written and read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dna_databases import Said, Text, write_dna
from kg.dna.database import read_database
from kg.dna.eventlist import AFTER, BEFORE, to_events
from kg.dna.eventreader import read_events
from kg.dna.rows import Database
from kg.errors import InputError

TEXT = 'Ada 😀 said: "open";\nBo did not.'
SAID = [
    Said("Ada; A.", "City Library", "Open", 1, start=0, stop=20),
    Said("Bo", "Council", "Open", 0, start=21, stop=32, coder=None),
    Said("Ada; A.", "", "Close", 0, document=2, start=0, stop=3, note="n"),
]
TEXTS = [Text(TEXT, "First", 1710072001, "Ann", "Gazette", "p. 3", "", "letter"), Text("Earlier")]
# As DNA 3 writes it: quotation marks about texts alone, “,” for “;”, “'” for “"”, by time.
WANTED = """\
"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";\
"stop_position";"text";"coder";"document_id";"document_title";"document_author";\
"document_source";"document_section";"document_type"
3;2024-03-10 12:00:00;"Ada, A.";"";"Close";0;0;3;"Ear";1;2;"A document";"";"";"";""
1;2024-03-10 12:00:01;"Ada, A.";"City Library";"Open";1;0;20;"Ada 😀 said: 'open',";1;1;\
"First";"Ann";"Gazette";"p. 3";"letter"
2;2024-03-10 12:00:01;"Bo";"Council";"Open";0;21;32;"Bo did not.";;1;"First";"Ann";\
"Gazette";"p. 3";"letter\""""


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return read_database(write_dna(tmp_path / "ferry.dna", SAID, TEXTS))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "events.csv"
    made.write_text(WANTED, encoding="utf-8")
    return made


def test_statements_are_written_as_dna_writes_them(database: Database) -> None:
    text, findings = to_events(database, Path("ferry"))
    assert text == WANTED
    told = [one.message.partition(":")[0] for one in findings]
    assert told == [
        "statements of other types (1)",
        "texts of documents, but for what is coded (2)",
    ]


def test_the_sample_is_read_by_an_independent_reader(shared: Path) -> None:
    database = read_database(shared / "dna" / "sample.dna")
    text, _ = to_events(database, Path("sample"))
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 40
    assert list(rows[0]) == [*BEFORE, "person", "organization", "concept", "agreement", *AFTER]
    texts = {str(one.id): one.text for one in database.documents}
    for row in rows:
        whole = texts[row["document_id"]]
        part = whole[int(row["start_position"]) : int(row["stop_position"])]
        assert row["text"] == part.replace(";", ",").replace('"', "'")


def test_an_event_list_is_read_as_a_database(path: Path) -> None:
    made, findings = read_events(path)
    assert "person short text, organization short text, concept short text, agreement boolean" in (
        findings[0].message
    )
    first, second = made.documents
    assert (first.title, first.author, first.section, first.date) == (
        "First",
        "Ann",
        "p. 3",
        1710072001,
    )
    assert (first.text[:19], second.text) == ("Ada 😀 said: 'open',", "Ear")
    assert [(s.id, s.document_id, s.start, s.stop, s.coder) for s in made.statements] == [
        (1, 1, 0, 20, 1),
        (2, 1, 21, 32, None),
        (3, 2, 0, 3, 1),
    ]
    assert {one.statement_id: one.value for one in made.booleans} == {1: 1, 2: 0, 3: 0}


def test_what_is_read_is_written_the_same(path: Path, shared: Path, tmp_path: Path) -> None:
    made, _ = read_events(path)
    assert to_events(made, path)[0] == WANTED
    sample, _ = to_events(read_database(shared / "dna" / "sample.dna"), path)
    again = tmp_path / "sample.csv"
    again.write_text(sample, encoding="utf-8", newline="")
    assert to_events(read_events(again)[0], path)[0] == sample


def test_types_of_variables_follow_from_values(path: Path) -> None:
    """An unquoted number other than 0 and 1 makes an integer; a quoted one is text."""
    text = WANTED.replace('"Close";0;', '"Close";-3;').replace('"Open"', '"7"')
    path.write_text(text.replace('"Close"', '"8"'), encoding="utf-8")
    made, findings = read_events(path)
    assert "concept short text, agreement integer" in findings[0].message
    assert sorted(one.value for one in made.integers) == [-3, 0, 1]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(path: Path) -> None:
    plain = read_events(path)[0]
    path.write_text("\ufeff" + WANTED.replace("\n", "\r\n") + "\r\n", encoding="utf-8", newline="")
    assert read_events(path)[0] == plain


def test_a_passage_of_another_length_is_told(path: Path) -> None:
    path.write_text(WANTED.replace("0;3;", "0;5;"), encoding="utf-8")
    made, findings = read_events(path)
    assert made.documents[1].text == "Ear  "
    assert "not as long as its range" in findings[1].message
    assert findings[1].line == 2


BAD = {
    "other columns": (WANTED.replace("stop_position", "stop"), "is no event list of DNA"),
    "empty": ("", "is empty"),
    "no statement": (WANTED.partition("\n")[0], "has no statement"),
    "cells": (WANTED.replace(';"Ear"', ""), ":2: the line has 15 cells, not 16: correct it"),
    "number": (WANTED.replace(";0;3;", ";0;x;"), ":2: stop_position is “x”, no whole number"),
    "time": (WANTED.replace("2024-03-10 12:00:00", "10.3.2024"), ":2: time is “10.3.2024”"),
    "range": (WANTED.replace(";0;3;", ";3;3;"), ":2: 3 to 3 is no range"),
    "huge": (WANTED.replace(";0;3;", ";0;99999999999;"), "is no range of a document"),
    "twice": (WANTED.replace("\n3;", "\n1;"), ":3: statement 1 stands in line 2 already"),
    "mark": (WANTED.replace('"Ear"', 'E"ar'), ":2: a quotation mark is out of place"),
    "same column": (WANTED.replace('"concept"', '"person"'), "has a column twice"),
}


@pytest.mark.parametrize("kind", BAD)
def test_other_files_are_refused_in_one_sentence(path: Path, kind: str) -> None:
    text, wanted = BAD[kind]
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=wanted) as caught:
        read_events(path)
    assert len(str(caught.value).splitlines()) == 1


def test_unreadable_files_are_refused(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read_events(path)
    with pytest.raises(InputError, match="check its name"):
        read_events(path.with_name("missing.csv"))


def test_a_type_is_named_where_that_is_not_clear(database: Database) -> None:
    assert '"note"' in to_events(database, Path("f"), "Annotation")[0].splitlines()[0]
    with pytest.raises(InputError, match="did you mean Annotation"):
        to_events(database, Path("f"), "Anotation")
    with pytest.raises(InputError, match=r"one statement type \(there are: none\): give --type"):
        to_events(Database(), Path("f"))
