"""Fictional DNA databases for tests, written with sqlite3 alone: nothing of `kg.dna` takes part.

write_dna(path, [Said("Ada Lindgren", "City Library", "Open at night", 1)])
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOON = 12 * 3600
DAY = 86_400
START = 1_710_028_800  # 10.3.2024, 0:00 UTC

TABLES: Mapping[str, str] = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": "ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL, "
    "Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, "
    "Blue INTEGER NOT NULL DEFAULT 0, Refresh INTEGER NOT NULL DEFAULT 0, "
    "FontSize INTEGER NOT NULL DEFAULT 14, Password TEXT NOT NULL, "
    "PopupWidth INTEGER DEFAULT 300, ColorByCoder INTEGER NOT NULL DEFAULT 0, "
    "PopupDecoration INTEGER NOT NULL DEFAULT 0, PopupAutoComplete INTEGER NOT NULL DEFAULT 1, "
    + ", ".join(
        f"Permission{right} INTEGER NOT NULL DEFAULT 1"
        for right in (
            *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments"),
            *("AddStatements", "EditStatements", "DeleteStatements", "EditAttributes"),
            *("EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
            *("ViewOthersDocuments", "EditOthersDocuments"),
            *("ViewOthersStatements", "EditOthersStatements"),
        )
    ),
    "DOCUMENTS": "ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, "
    "Coder INTEGER, Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', "
    "Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '', "
    "Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL",
    "STATEMENTTYPES": "ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL, "
    "Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, "
    "Blue INTEGER NOT NULL DEFAULT 0",
    "VARIABLES": "ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL, "
    "DataType TEXT NOT NULL DEFAULT 'short text', StatementTypeId INTEGER",
    "VARIABLELINKS": "ID INTEGER NOT NULL PRIMARY KEY, SourceVariableId INTEGER, "
    "TargetVariableId INTEGER",
    "REGEXES": "Label TEXT PRIMARY KEY, Red INTEGER NOT NULL DEFAULT 0, "
    "Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0",
    "CODERRELATIONS": "ID INTEGER NOT NULL PRIMARY KEY, Coder INTEGER, OtherCoder INTEGER, "
    "viewStatements INTEGER NOT NULL DEFAULT 1, editStatements INTEGER NOT NULL DEFAULT 1, "
    "viewDocuments INTEGER NOT NULL DEFAULT 1, editDocuments INTEGER NOT NULL DEFAULT 1",
    "STATEMENTS": "ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, "
    "Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER",
    "DATABOOLEAN": "ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, "
    "VariableId INTEGER NOT NULL, Value INTEGER NOT NULL DEFAULT 1",
    "DATAINTEGER": "ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, "
    "VariableId INTEGER NOT NULL, Value INTEGER NOT NULL DEFAULT 0",
    "ENTITIES": "ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, "
    "Value TEXT NOT NULL DEFAULT '', Red INTEGER, Green INTEGER, Blue INTEGER, ChildOf INTEGER",
    "DATASHORTTEXT": "ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, "
    "VariableId INTEGER NOT NULL, Entity INTEGER NOT NULL",
    "DATALONGTEXT": "ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, "
    "VariableId INTEGER NOT NULL, Value TEXT DEFAULT ''",
    "ATTRIBUTEVARIABLES": "ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, "
    "AttributeVariable TEXT NOT NULL",
    "ATTRIBUTEVALUES": "ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL, "
    "AttributeVariableId INTEGER NOT NULL, AttributeValue TEXT NOT NULL DEFAULT ''",
}


@dataclass(frozen=True)
class Said:
    """A statement: the values of its four variables, its document and its range in UTF-16 units.

    An empty name is DNA's blank entity; None leaves the variable without a value.
    """

    person: str | None
    organization: str | None
    concept: str | None
    agreement: int | None
    document: int = 1
    start: int = 0
    stop: int = 10
    coder: int | None = 1
    note: str | None = None


@dataclass(frozen=True)
class Text:
    """A document: `date` counts seconds from 1970."""

    text: str = "She said so."
    title: str = "A document"
    date: int = START + NOON
    author: str = ""
    source: str = ""
    section: str = ""
    notes: str = ""
    type: str = ""
    coder: int | None = 1


@dataclass
class Ids:
    """The entities that a database has so far, by variable and name."""

    entities: dict[tuple[int, str], int] = field(default_factory=dict)

    def of(self, variable: int, name: str) -> int:
        """The entity of a name; a new one if there is none yet."""
        return self.entities.setdefault((variable, name), len(self.entities) + 1)


def write_dna(
    path: Path,
    said: Sequence[Said],
    texts: Sequence[Text] = (Text(),),
    *,
    version: str = "3.0.7",
    qualifier: str = "boolean",
    attributes: Sequence[tuple[str, str, str, str]] = (),
) -> Path:
    """Write a database of one statement type, *DNA Statement*; its documents are numbered from 1.

    `qualifier` is the type of the variable *agreement*; `attributes` are variable, entity, name of
    the attribute and value. A statement with a note is also one of the type *Annotation*.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
        put(connection, "SETTINGS", [("version", version), ("date", "2024-01-01")])
        coders = ((n, f"Coder {n}", 40 * n, 90, 0, f"hash-of-{n}") for n in (1, 2))
        connection.executemany(
            "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?, ?)",
            coders,
        )
        put(connection, "STATEMENTTYPES", [(1, "DNA Statement", 239, 208, 51)])
        put(connection, "STATEMENTTYPES", [(2, "Annotation", 211, 211, 211)])
        names = ("person", "organization", "concept")
        put(connection, "VARIABLES", [(n, v, "short text", 1) for n, v in enumerate(names, 1)])
        put(connection, "VARIABLES", [(4, "agreement", qualifier, 1), (5, "note", "long text", 2)])
        put(
            connection,
            "DOCUMENTS",
            [
                (
                    n,
                    t.title,
                    t.text,
                    t.coder,
                    t.author,
                    t.source,
                    t.section,
                    t.notes,
                    t.type,
                    t.date,
                )
                for n, t in enumerate(texts, 1)
            ],
        )
        ids = Ids()
        _put_statements(connection, said, ids, qualifier)
        _put_attributes(connection, attributes, ids, names)
        shades = ((i, v, name, i * 7 % 256, 0, 0, None) for (v, name), i in ids.entities.items())
        put(connection, "ENTITIES", list(shades))
    return path


def put(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert whole rows."""
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _put_statements(
    connection: sqlite3.Connection, said: Sequence[Said], ids: Ids, qualifier: str
) -> None:
    numbers: list[tuple[int, int, int, int]] = []
    texts: list[tuple[int, int, int, int]] = []
    for number, one in enumerate(said, 1):
        names = (one.person, one.organization, one.concept)
        row = (number, 1, one.document, one.start, one.stop, one.coder)
        put(connection, "STATEMENTS", [row])
        for variable, name in enumerate(names, 1):
            if name is not None:
                texts.append((len(texts) + 1, number, variable, ids.of(variable, name)))
        if one.agreement is not None:
            numbers.append((len(numbers) + 1, number, 4, one.agreement))
    connection.executemany("INSERT INTO DATASHORTTEXT VALUES (?, ?, ?, ?)", texts)
    table = "DATABOOLEAN" if qualifier == "boolean" else "DATAINTEGER"
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", numbers)
    notes = [one for one in said if one.note is not None]
    for number, one in enumerate(notes, 1):
        row = (len(said) + number, 2, one.document, one.start, one.stop, one.coder)
        put(connection, "STATEMENTS", [row])
        put(connection, "DATALONGTEXT", [(number, row[0], 5, one.note)])


def _put_attributes(
    connection: sqlite3.Connection,
    attributes: Sequence[tuple[str, str, str, str]],
    ids: Ids,
    names: Sequence[str],
) -> None:
    known: dict[tuple[int, str], int] = {}
    for number, (variable, entity, attribute, value) in enumerate(attributes, 1):
        of = names.index(variable) + 1
        key = known.setdefault((of, attribute), len(known) + 1)
        put(connection, "ATTRIBUTEVALUES", [(number, ids.of(of, entity), key, value)])
    rows = [(key, variable, name) for (variable, name), key in known.items()]
    put(connection, "ATTRIBUTEVARIABLES", rows)


def many(
    count: int, organizations: int, concepts: int, documents: int, seed: int = 1
) -> tuple[list[Said], list[Text]]:
    """Statements by chance, the same each time, and their documents, one a day."""
    chance = random.Random(seed)
    said = [
        Said(
            person=f"Person {(body := chance.randrange(organizations))}-{chance.randrange(3)}",
            organization=f"Organization {body}",
            concept=f"Concept {chance.randrange(concepts)}",
            agreement=chance.randrange(2),
            document=1 + chance.randrange(documents),
            start=number % 900,
            stop=number % 900 + 20,
        )
        for number in range(count)
    ]
    words = "word " * 200
    return said, [Text(words, f"Document {n}", START + n * DAY) for n in range(documents)]
