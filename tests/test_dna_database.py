"""DNA databases as files: what is refused, in which sentence, and what is read and written."""

from __future__ import annotations

import base64
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dna_databases import Said, Text, many, write_dna
from kg.dna.checks import broken
from kg.dna.database import (
    left_out,
    open_database,
    read_database,
    to_bytes,
    write_database,
)
from kg.dna.passwords import password_hash
from kg.dna.rows import Database, Document, Entity, NumberValue, Regex, Setting, Statement
from kg.dna.schema import ROWS, TABLES
from kg.errors import InputError, OutputError
from kg.findings import Severity, errors

LINES = [Said("Ada Lindgren", "City Library", "Open at night", 1, note="a “note”")]


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in the order in which SQLite gives them."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(f"SELECT * FROM {table.name}").fetchall()
            for table in TABLES
        }


@pytest.fixture
def dna(tmp_path: Path) -> Path:
    return write_dna(tmp_path / "ferry.dna", LINES, [Text("Ada said so. 😀", author="Ann")])


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for one in statements:
            connection.execute(one)


def test_everything_in_a_file_is_read(dna: Path) -> None:
    change(dna, "INSERT INTO REGEXES VALUES ('zoo', 1, 2, 3), ('a;b', 4, 5, 6)")
    found = read_database(dna)
    assert found.settings == (Setting("version", "3.0.7"), Setting("date", "2024-01-01"))
    assert found.documents[0] == Document(
        1, "A document", "Ada said so. 😀", 1, "Ann", "", "", "", "", 1710072000
    )
    assert found.statements[0] == Statement(1, 1, 1, 0, 10, 1)
    assert found.booleans == (NumberValue(1, 1, 4, 1),)
    assert found.entities[1] == Entity(2, 2, "City Library", 14, 0, 0, None)
    assert found.long_texts[0].value == "a “note”"
    assert found.coders[1].password == "hash-of-2"
    assert found.regexes == (Regex("zoo", 1, 2, 3), Regex("a;b", 4, 5, 6))
    assert [len(getattr(found, table.field)) for table in TABLES] == [
        len(rows) for rows in dump(dna).values()
    ]


def test_fields_are_the_columns_in_their_order() -> None:
    for table in TABLES:
        fields = [name.replace("_", "") for name in ROWS[table.name]._fields]
        assert fields == [column.name.lower() for column in table.columns], table.name


def test_what_is_written_is_what_was_read(dna: Path, tmp_path: Path) -> None:
    found = read_database(dna)
    again = tmp_path / "again.dna"
    write_database(found, again)
    assert read_database(again) == found
    assert dump(again) == dump(dna)
    assert again.read_bytes() == to_bytes(found)
    assert {path.name for path in tmp_path.iterdir()} == {"ferry.dna", "again.dna"}


def test_the_sample_comes_back_with_the_same_tables(shared: Path, tmp_path: Path) -> None:
    """Rows, columns, defaults, foreign keys and unique keys are those that DNA itself made."""
    sample, again = shared / "dna" / "sample.dna", tmp_path / "again.dna"
    write_database(read_database(sample), again)
    assert dump(again) == dump(sample)
    assert left_out(again) == []
    asked = ("table_info({})", "foreign_key_list({})", "index_list({})")
    for table in TABLES:
        for pragma in asked:
            made, given = (_pragma(path, pragma.format(table.name)) for path in (again, sample))
            assert made == given, f"{table.name}: {pragma}"


def _pragma(path: Path, asked: str) -> list[tuple[object, ...]]:
    """What SQLite says of a table, without the numbers of keys, which depend on their order."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"PRAGMA {asked}").fetchall()
    return sorted(row[1:] if asked.startswith("table") else row[2:] for row in found)


@pytest.mark.parametrize(
    "row",
    [
        "INSERT INTO DOCUMENTS (ID, Title, Text, Date) VALUES (1, printf('%.191c', 'x'), '', 0)",
        "INSERT INTO STATEMENTS VALUES (1, NULL, NULL, 5, 5, NULL)",
        "INSERT INTO VARIABLES VALUES (1, 'v', 'real', 1)",
        "INSERT INTO ENTITIES VALUES (1, 1, 'e', 256, 0, 0, NULL)",
        "INSERT INTO CODERRELATIONS VALUES (1, 1, 1, 1, 1, 1, 1)",
        "INSERT INTO VARIABLELINKS VALUES (1, 2, 2)",
        "INSERT INTO CODERS (ID, Name, Password, FontSize) VALUES (1, 'n', 'p', 0)",
    ],
)
def test_a_written_file_has_the_rules_of_dna(tmp_path: Path, row: str) -> None:
    write_database(Database(), tmp_path / "empty.dna")
    with pytest.raises(sqlite3.IntegrityError):
        change(tmp_path / "empty.dna", row)


def test_a_row_against_the_rules_writes_nothing(tmp_path: Path) -> None:
    wrong = Database(documents=(Document(1, "x" * 191, "", None, "", "", "", "", "", 0),))
    target = tmp_path / "wrong.dna"
    target.write_text("as it was")
    with pytest.raises(OutputError, match="break a rule of DNA"):
        write_database(wrong, target)
    assert target.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(OutputError, match="choose another place"):
        write_database(Database(), tmp_path / "missing" / "x.dna")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_other_sqlite(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE t (a)")


Spoil = Callable[[Path], object]
REFUSED: dict[str, tuple[Spoil, str]] = {
    "missing": (lambda p: p.unlink(), "There is no file .*: check its name"),
    "folder": (as_folder, "is a folder: name the file"),
    "empty": (lambda p: p.write_bytes(b""), "is empty"),
    "XML": (lambda p: p.write_text("\ufeff<?xml version='1.0'?><dna/>"), "as DNA 1 wrote it"),
    "profile": (lambda p: p.write_text('{"type": "mysql"}'), "connection profile"),
    "encrypted": (lambda p: p.write_bytes(bytes(range(200, 256)) * 90), "may be encrypted"),
    "text": (lambda p: p.write_text("SQLite is not what this is"), "no SQLite file"),
    "only the first bytes": (lambda p: p.write_bytes(p.read_bytes()[:40]), "is cut off"),
    "cut off": (lambda p: p.write_bytes(p.read_bytes()[:-4096]), "is cut off .* bytes"),
    "spoilt": (
        lambda p: p.write_bytes(p.read_bytes()[:4096] + b"\xff" * (p.stat().st_size - 4096)),
        "is damaged",
    ),
    "spoilt schema": (
        lambda p: p.write_bytes(p.read_bytes()[:100] + b"\xff" * (p.stat().st_size - 100)),
        "is damaged",
    ),
    "write-ahead log": (
        lambda p: p.with_name(f"{p.name}-wal").write_bytes(b"x"),
        "not finished .*-wal.*: open and close it in DNA",
    ),
    "journal": (lambda p: p.with_name(f"{p.name}-journal").write_bytes(b"x"), "not finished"),
    "DNA 2 by its version": (
        lambda p: change(p, "UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'"),
        "database of DNA 2: open it in DNA 3, save it there",
    ),
    "DNA 2 by its tables": (
        lambda p: change(
            p, "DROP TABLE SETTINGS", "CREATE TABLE STATEMENTLINKS (ID INTEGER PRIMARY KEY)"
        ),
        "database of DNA 2",
    ),
    "DNA 4": (lambda p: change(p, "UPDATE SETTINGS SET Value = '4.0'"), "is of DNA 4.0"),
    "other SQLite": (
        as_other_sqlite,
        "no database of DNA 3",
    ),
    "no column": (
        lambda p: change(
            p,
            "ALTER TABLE ENTITIES DROP COLUMN ChildOf",
            "ALTER TABLE STATEMENTS DROP COLUMN Stop",
            "DROP TABLE REGEXES",
        ),
        "lacks REGEXES, STATEMENTS.Stop, ENTITIES.ChildOf, which DNA 3 has",
    ),
    "a view": (
        lambda p: change(
            p,
            "ALTER TABLE REGEXES RENAME TO OTHERS",
            "CREATE VIEW REGEXES AS SELECT * FROM OTHERS",
        ),
        "lacks REGEXES,",
    ),
    "a computed column": (
        lambda p: change(
            p,
            "ALTER TABLE REGEXES DROP COLUMN Red",
            "ALTER TABLE REGEXES ADD COLUMN Red AS (abs(-9223372036854775807 - 1))",
        ),
        "lacks REGEXES.Red,",
    ),
    "a value of another type": (
        lambda p: change(p, "UPDATE DATABOOLEAN SET Value = 'yes'"),
        "DATABOOLEAN 1: Value is of type text, not integer: correct it in DNA",
    ),
    "no value": (
        lambda p: change(
            p,
            "DROP TABLE REGEXES",
            "CREATE TABLE REGEXES (Label TEXT, Red, Green, Blue)",
            "INSERT INTO REGEXES VALUES ('x', NULL, 1, 1)",
        ),
        "REGEXES x: Red is of type null",
    ),
    "no UTF-8": (
        lambda p: change(p, "UPDATE DOCUMENTS SET Text = CAST(x'ff41' AS TEXT)"),
        "is damaged, or no database",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_other_files_are_refused_in_one_sentence(dna: Path, kind: str) -> None:
    spoil, wanted = REFUSED[kind]
    spoil(dna)
    with pytest.raises(InputError, match=wanted) as caught:
        read_database(dna)
    message = str(caught.value)
    assert dna.name in message
    assert len(message.splitlines()) == 1
    assert ": " in message  # a remedy


def test_nothing_of_a_file_is_run_or_changed(dna: Path) -> None:
    change(
        dna,
        "CREATE TABLE SEEN (n INTEGER)",
        "CREATE TRIGGER t AFTER INSERT ON REGEXES BEGIN INSERT INTO SEEN VALUES (1); END",
        "CREATE VIEW v AS SELECT load_extension('x')",
    )
    before = dna.read_bytes()
    write = "INSERT INTO REGEXES VALUES ('x', 1, 1, 1)"
    with (
        closing(open_database(dna)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute(write)
    assert dna.read_bytes() == before
    assert [path.name for path in dna.parent.iterdir()] == [dna.name]
    (told,) = left_out(dna)
    assert "the table SEEN is none of DNA 3's" in str(told)


def test_a_column_that_dna_does_not_have_is_told(dna: Path) -> None:
    change(dna, "ALTER TABLE DOCUMENTS ADD COLUMN Mood TEXT")
    assert "DOCUMENTS.MOOD is no column of DNA 3" in str(left_out(dna)[0])
    assert read_database(dna).documents[0].date == 1710072000


def test_a_file_name_with_signs_of_an_address(tmp_path: Path) -> None:
    path = write_dna(tmp_path / "a?b#c %41 &.dna", LINES)
    assert len(read_database(path).statements) == 2


def test_rows_that_lead_nowhere_are_errors(dna: Path) -> None:
    change(
        dna,
        "UPDATE STATEMENTS SET DocumentId = 9 WHERE ID = 1",
        "UPDATE DATASHORTTEXT SET Entity = 77 WHERE ID = 2",
        "UPDATE DATASHORTTEXT SET Entity = 1 WHERE ID = 3",
        "UPDATE DOCUMENTS SET Date = 999999999999999",
    )
    found = broken(read_database(dna), dna)
    assert [one.message.partition(":")[0] for one in found] == [
        "STATEMENTS 1",
        "DATASHORTTEXT 2",
        "DATASHORTTEXT 3",
        "DOCUMENTS 1",
    ]
    assert "DocumentId 9 is not in DOCUMENTS: correct or delete" in found[0].message


def test_rows_that_dna_could_not_hold_are_told(dna: Path) -> None:
    """Two rows of one key would be one in a graph; any other rule only stops the way back."""
    rows = (
        "CREATE TABLE OTHER AS SELECT * FROM STATEMENTS",
        "DROP TABLE STATEMENTS",
        "ALTER TABLE OTHER RENAME TO STATEMENTS",
        "INSERT INTO STATEMENTS SELECT ID, 1, 1, 3, 9, 1 FROM STATEMENTS WHERE ID = 1",
        "INSERT INTO DATABOOLEAN SELECT 99, StatementId, 4, 0 FROM DATABOOLEAN WHERE ID = 1",
        "UPDATE DOCUMENTS SET Title = printf('%.191c', 'x')",
    )
    change(dna, *rows)
    found = broken(read_database(dna), dna)
    assert [one.message.partition(": correct")[0] for one in found] == [
        "STATEMENTS 1: another row has the same ID",
        "DATABOOLEAN 99: another row has the same StatementId and VariableId",
    ]
    assert len(errors(found)) == 2
    change(dna, "DELETE FROM STATEMENTS WHERE Stop = 9", "DELETE FROM DATABOOLEAN WHERE ID = 99")
    (told,) = broken(read_database(dna), dna)
    assert told.severity is Severity.WARNING
    assert "LENGTH(Title) <= 190" in told.message
    assert "`kg export dna` will" in told.message


def test_the_hash_of_a_password_is_in_the_form_of_dna(shared: Path) -> None:
    """The coders of DNA's sample all have a known password; the salt is in its hash."""
    for coder in read_database(shared / "dna" / "sample.dna").coders[:1]:
        salt = base64.b64decode(coder.password)[:16]
        assert password_hash("sample", salt) == coder.password
    with pytest.raises(ValueError, match="16 bytes"):
        password_hash("sample", b"")


@pytest.mark.slow
def test_twenty_thousand_statements_take_under_two_seconds(tmp_path: Path) -> None:
    path = write_dna(tmp_path / "many.dna", *many(20_000, 200, 50, 2_000))
    begun = time.perf_counter()
    found = read_database(path)
    assert time.perf_counter() - begun < 2
    assert len(found.statements) == 20_000
