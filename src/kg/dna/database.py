"""A DNA 3 database as a file: opened so that it cannot be changed, read whole, written anew.

Nothing of a file is trusted: its bytes are looked at before SQLite is, only real tables are read,
and no view, trigger, virtual table or function of it is run.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from kg.dna.rows import Database, Row
from kg.dna.schema import ROWS, TABLES, Column, Table
from kg.errors import InputError, OutputError
from kg.findings import Finding, Severity

MAGIC = b"SQLite format 3\x00"
HEADER = 100

_OF_DNA_2 = frozenset({"CODERPERMISSIONS", "STATEMENTLINKS", "ATTRIBUTES"})
_AGAIN = "copy it again from where DNA saved it"


def open_database(path: Path) -> sqlite3.Connection:
    """A DNA 3 database, for reading only; close it when done.

    The tables and columns of `kg.dna.schema` are there, as real tables. Raises `InputError` for
    anything else, with what it is.
    """
    _check_bytes(path)
    with _clear(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
                connection.execute(f"PRAGMA {setting}")
            _check_tables(connection, path)
            _check_pages(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def read_database(path: Path) -> Database:
    """Everything in a DNA 3 database.

    Raises `InputError` like `open_database`, and for a value of another type than its column's.
    """
    with closing(open_database(path)) as connection, _clear(path):
        return Database(**{table.field: _rows(connection, table, path) for table in TABLES})


def left_out(path: Path) -> list[Finding]:
    """A finding for each table and column of the file that DNA 3 does not have: they are not read.

    Raises `InputError` like `open_database`.
    """
    with closing(open_database(path)) as connection, _clear(path):
        known = {table.name: {one.name.upper() for one in table.columns} for table in TABLES}
        strange = [
            f"the table {name} is none of DNA 3's: it is not read"
            for name in sorted(_tables(connection) - set(known))
        ]
        for name, columns in known.items():
            more = sorted(_columns(connection, name) - columns)
            strange += [f"{name}.{one} is no column of DNA 3: it is not read" for one in more]
    return [Finding(path, 0, Severity.WARNING, message) for message in strange]


def to_bytes(database: Database) -> bytes:
    """A database as the bytes of a new SQLite file in the form of DNA 3.

    The same database gives the same bytes with the same SQLite. Raises `OutputError` for a row
    that breaks a rule of DNA, as a title of over 190 signs does.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            for table in TABLES:
                connection.execute(table.create())
                connection.executemany(_insert(table), getattr(database, table.field))
            connection.commit()
            return connection.serialize()
    except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
        raise OutputError(f"The data break a rule of DNA ({error}): correct them") from error


def write_database(database: Database, path: Path) -> None:
    """Write a new file, in the place of the one that was there, whole or not at all.

    Raises `OutputError` like `to_bytes`, and if the file cannot be written.
    """
    content = to_bytes(database)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            made = Path(folder) / path.name
            made.write_bytes(content)
            made.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}): choose another place"
        ) from error


def _insert(table: Table) -> str:
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"


def _check_bytes(path: Path) -> None:
    """Refuse what the first bytes and the size of a file tell."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder: name the file of a DNA database (*.dna)")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEADER)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}: check its name") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check its rights") from error
    if problem := _problem(head, size):
        raise InputError(f"{path} {problem}")
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size:
            raise InputError(
                f"{path} has changes that are not finished ({beside.name}): open and close it in "
                "DNA first"
            )


def _problem(head: bytes, size: int) -> str | None:
    """What is wrong with a file that begins so; see https://www.sqlite.org/fileformat2.html."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "is empty: name the file of a DNA database (*.dna)"
    if start.startswith(b"<"):
        return "is XML, as DNA 1 wrote it: open it in DNA 2, save it, and then save that in DNA 3"
    if start.startswith(b"{"):
        return (
            "is a connection profile or other JSON, and no database: save the database as an "
            "SQLite file in DNA 3, and give that"
        )
    if not head.startswith(MAGIC[: min(len(head), len(MAGIC))]):
        return (
            "is no SQLite file, as DNA 3 databases are; it may be encrypted: decrypt it, or save "
            "it again in DNA 3"
        )
    if len(head) < HEADER or size < _stated_size(head):
        return f"is cut off (it should have {_stated_size(head)} bytes): {_AGAIN}"
    return None


def _stated_size(head: bytes) -> int:
    """The bytes that an SQLite file should have by its header, where that says so."""
    if len(head) < HEADER:
        return HEADER
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big") if head[24:28] == head[92:96] else 1
    return pages * (65536 if page == 1 else page)


@contextmanager
def _clear(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite into ours."""
    try:
        yield
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path} is damaged, or no database ({reason}): {_AGAIN}") from error


def _tables(connection: sqlite3.Connection) -> set[str]:
    """The real tables of a file: no views, no virtual tables (they have no page of their own)."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    found = {str(name).upper() for (name,) in connection.execute(asked)}
    return {name for name in found if not name.startswith("SQLITE_")}


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table that are stored, not computed."""
    found = connection.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", (table,))
    return {str(name).upper() for (name,) in found}


def _check_tables(connection: sqlite3.Connection, path: Path) -> None:
    there = _tables(connection)
    version = _version(connection) if "SETTINGS" in there else ""
    if version.startswith("2") or (not version.startswith("3") and there & _OF_DNA_2):
        raise InputError(
            f"{path} is a database of DNA 2: open it in DNA 3, save it there, and give that file"
        )
    if not there & {"STATEMENTS", "STATEMENTTYPES", "VARIABLES"}:
        raise InputError(f"{path} is SQLite, but no database of DNA 3: give a file that DNA saved")
    lacking = [
        table.name if table.name not in there else f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.name.upper() not in (_columns(connection, table.name) & _all(table, there))
    ]
    if lacking:
        names = ", ".join(dict.fromkeys(lacking))
        raise InputError(f"{path} lacks {names}, which DNA 3 has: save it again in DNA 3")
    if not version.startswith("3"):
        raise InputError(
            f"{path} says that it is of DNA {version or '(no version)'}; this kg reads DNA 3: "
            "save it in DNA 3"
        )


def _all(table: Table, there: set[str]) -> set[str]:
    """The columns of a table, if it is a real table of the file."""
    return {one.name.upper() for one in table.columns} if table.name in there else set()


def _version(connection: sqlite3.Connection) -> str:
    """The version of DNA that a file is of, or no text where it says none."""
    if not {"PROPERTY", "VALUE"} <= _columns(connection, "SETTINGS"):
        return ""
    asked = "SELECT Value FROM SETTINGS WHERE Property = 'version'"
    found = connection.execute(asked).fetchone()
    return str(found[0]) if found else ""


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        reason = " ".join(str(found).removeprefix("*** in database main ***").split())
        raise InputError(f"{path} is damaged ({reason}): {_AGAIN}")


def _rows(connection: sqlite3.Connection, table: Table, path: Path) -> tuple[Any, ...]:
    """The rows of a table in its order, as named tuples."""
    for column in table.columns:
        _check_type(connection, table, column, path)
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    found = connection.execute(f'SELECT {names} FROM "{table.name}" ORDER BY rowid')
    kind: type[Row] = ROWS[table.name]
    return tuple(map(kind._make, found))


def _check_type(connection: sqlite3.Connection, table: Table, column: Column, path: Path) -> None:
    """Refuse a value of another type than its column's: SQLite itself takes any."""
    wanted = ["integer" if column.kind is int else "text", *(["null"] if column.optional else [])]
    marks = ", ".join("?" * len(wanted))
    asked = (
        f'SELECT "{table.key}", typeof("{column.name}") FROM "{table.name}" '
        f'WHERE typeof("{column.name}") NOT IN ({marks}) LIMIT 1'
    )
    found: Sequence[Any] | None = connection.execute(asked, wanted).fetchone()
    if found:
        raise InputError(
            f"{path}, {table.name} {found[0]}: {column.name} is of type {found[1]}, not "
            f"{' or '.join(wanted)}: correct it in DNA"
        )
