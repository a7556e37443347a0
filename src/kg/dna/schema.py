"""The tables of DNA 3 as data: from it come reading, writing and the RDF of a database.

DNA gives a database its constraints; they are stated here column by column, so that a file that is
written here is one that DNA would have made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.dna import rows

LONGEST = 190
"""Signs that a short text, a title or an attribute can have in DNA."""

_NAME = f"TEXT NOT NULL CHECK (LENGTH({{0}}) <= {LONGEST})"
_LABEL = f"TEXT NOT NULL DEFAULT '' CHECK (LENGTH({{0}}) <= {LONGEST})"
_FREE = "TEXT NOT NULL"
_SHADE = "INTEGER NOT NULL DEFAULT 0 CHECK ({0} BETWEEN 0 AND 255)"
_NO_SHADE = "INTEGER CHECK ({0} BETWEEN 0 AND 255)"
_YES = "INTEGER NOT NULL DEFAULT 1 CHECK ({0} IN (0, 1))"
_NO = "INTEGER NOT NULL DEFAULT 0 CHECK ({0} IN (0, 1))"
_KEY = "INTEGER NOT NULL PRIMARY KEY"
_ID = "INTEGER NOT NULL"
_MAYBE_ID = "INTEGER"
_POSITIVE = "INTEGER CHECK ({0} > 0)"
_TYPES = "('boolean', 'integer', 'long text', 'short text')"


@dataclass(frozen=True)
class Column:
    """A column: its name, what it may hold as SQL says it, and the table that it refers to."""

    name: str
    definition: str
    refers_to: str | None = None

    @property
    def kind(self) -> type[int] | type[str]:
        """The type of its values."""
        return int if self.definition.startswith("INTEGER") else str

    @property
    def optional(self) -> bool:
        """Tell whether it may have no value."""
        return "NOT NULL" not in self.definition and "PRIMARY KEY" not in self.definition


@dataclass(frozen=True)
class Table:
    """A table: its name, the field of `Database` that holds it, its columns and constraints."""

    name: str
    field: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    check: str = ""

    @property
    def key(self) -> str:
        """The column that is the primary key."""
        return next(one.name for one in self.columns if "PRIMARY KEY" in one.definition)

    def create(self) -> str:
        """The SQL that makes the table."""
        parts = [f"{one.name} {one.definition.format(one.name)}" for one in self.columns]
        parts += [f"UNIQUE ({', '.join(self.unique)})"] if self.unique else []
        parts += [f"CHECK ({self.check})"] if self.check else []
        parts += [
            f"FOREIGN KEY ({one.name}) REFERENCES {one.refers_to} (ID) ON DELETE CASCADE"
            for one in self.columns
            if one.refers_to
        ]
        return f"CREATE TABLE {self.name} ({', '.join(parts)})"


def _columns(*parts: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(*part) for part in parts)


_COLOUR = (("Red", _SHADE), ("Green", _SHADE), ("Blue", _SHADE))
_RIGHTS = (
    "AddDocuments",
    "EditDocuments",
    "DeleteDocuments",
    "ImportDocuments",
    "AddStatements",
    "EditStatements",
    "DeleteStatements",
    "EditAttributes",
    "EditRegex",
    "EditStatementTypes",
    "EditCoders",
    "EditCoderRelations",
    "ViewOthersDocuments",
    "EditOthersDocuments",
    "ViewOthersStatements",
    "EditOthersStatements",
)


def _values(name: str, field: str, *value: str) -> Table:
    """A table of the values that one kind of variable has in statements."""
    owner = ("StatementId", _ID, "STATEMENTS"), ("VariableId", _ID, "VARIABLES")
    columns = _columns(("ID", _KEY), *owner, value)
    return Table(name, field, columns, ("StatementId", "VariableId"))


TABLES: Sequence[Table] = (
    Table("SETTINGS", "settings", _columns(("Property", "TEXT PRIMARY KEY"), ("Value", _FREE))),
    Table(
        "CODERS",
        "coders",
        _columns(
            ("ID", _KEY),
            ("Name", _NAME),
            *_COLOUR,
            ("Refresh", "INTEGER NOT NULL DEFAULT 0 CHECK (Refresh BETWEEN 0 AND 9999)"),
            ("FontSize", "INTEGER NOT NULL DEFAULT 14 CHECK (FontSize BETWEEN 1 AND 99)"),
            ("Password", _NAME),
            ("PopupWidth", "INTEGER DEFAULT 300 CHECK (PopupWidth BETWEEN 100 AND 9999)"),
            ("ColorByCoder", _NO),
            ("PopupDecoration", _NO),
            ("PopupAutoComplete", _YES),
            *((f"Permission{right}", _YES) for right in _RIGHTS),
        ),
    ),
    Table(
        "DOCUMENTS",
        "documents",
        _columns(
            ("ID", _KEY),
            ("Title", _NAME),
            ("Text", _FREE),
            ("Coder", _MAYBE_ID, "CODERS"),
            ("Author", _LABEL),
            ("Source", _LABEL),
            ("Section", _LABEL),
            ("Notes", "TEXT NOT NULL DEFAULT ''"),
            ("Type", _LABEL),
            ("Date", "INTEGER NOT NULL"),
        ),
    ),
    Table("STATEMENTTYPES", "statement_types", _columns(("ID", _KEY), ("Label", _NAME), *_COLOUR)),
    Table(
        "VARIABLES",
        "variables",
        _columns(
            ("ID", _KEY),
            ("Variable", _NAME),
            ("DataType", f"TEXT NOT NULL DEFAULT 'short text' CHECK (DataType IN {_TYPES})"),
            ("StatementTypeId", _MAYBE_ID, "STATEMENTTYPES"),
        ),
        ("Variable", "StatementTypeId"),
    ),
    Table(
        "VARIABLELINKS",
        "variable_links",
        _columns(
            ("ID", _KEY),
            ("SourceVariableId", _MAYBE_ID, "VARIABLES"),
            ("TargetVariableId", _MAYBE_ID, "VARIABLES"),
        ),
        check="SourceVariableId != TargetVariableId",
    ),
    Table(
        "REGEXES",
        "regexes",
        _columns(("Label", f"TEXT PRIMARY KEY CHECK (LENGTH(Label) <= {LONGEST})"), *_COLOUR),
    ),
    Table(
        "CODERRELATIONS",
        "coder_relations",
        _columns(
            ("ID", _KEY),
            ("Coder", _POSITIVE, "CODERS"),
            ("OtherCoder", _POSITIVE, "CODERS"),
            ("viewStatements", _YES),
            ("editStatements", _YES),
            ("viewDocuments", _YES),
            ("editDocuments", _YES),
        ),
        check="Coder != OtherCoder",
    ),
    Table(
        "STATEMENTS",
        "statements",
        _columns(
            ("ID", _KEY),
            ("StatementTypeId", _MAYBE_ID, "STATEMENTTYPES"),
            ("DocumentId", _MAYBE_ID, "DOCUMENTS"),
            ("Start", "INTEGER NOT NULL CHECK (Start >= 0)"),
            ("Stop", "INTEGER NOT NULL CHECK (Stop >= 0)"),
            ("Coder", _MAYBE_ID, "CODERS"),
        ),
        check="Start < Stop",
    ),
    _values("DATABOOLEAN", "booleans", "Value", "INTEGER NOT NULL DEFAULT 1"),
    _values("DATAINTEGER", "integers", "Value", "INTEGER NOT NULL DEFAULT 0"),
    Table(
        "ENTITIES",
        "entities",
        _columns(
            ("ID", _KEY),
            ("VariableId", _ID, "VARIABLES"),
            ("Value", _LABEL),
            ("Red", _NO_SHADE),
            ("Green", _NO_SHADE),
            ("Blue", _NO_SHADE),
            ("ChildOf", _POSITIVE, "ENTITIES"),
        ),
        ("VariableId", "Value"),
    ),
    _values("DATASHORTTEXT", "short_texts", "Entity", _ID, "ENTITIES"),
    _values("DATALONGTEXT", "long_texts", "Value", "TEXT DEFAULT ''"),
    Table(
        "ATTRIBUTEVARIABLES",
        "attribute_variables",
        _columns(("ID", _KEY), ("VariableId", _ID, "VARIABLES"), ("AttributeVariable", _NAME)),
        ("VariableId", "AttributeVariable"),
    ),
    Table(
        "ATTRIBUTEVALUES",
        "attribute_values",
        _columns(
            ("ID", _KEY),
            ("EntityId", _ID, "ENTITIES"),
            ("AttributeVariableId", _ID, "ATTRIBUTEVARIABLES"),
            ("AttributeValue", _LABEL),
        ),
        ("EntityId", "AttributeVariableId"),
    ),
)
"""The tables of DNA 3, in the order in which DNA makes them."""

BY_NAME: Mapping[str, Table] = MappingProxyType({table.name: table for table in TABLES})

ROWS: Mapping[str, type[rows.Row]] = MappingProxyType(
    {
        "SETTINGS": rows.Setting,
        "CODERS": rows.Coder,
        "DOCUMENTS": rows.Document,
        "STATEMENTTYPES": rows.StatementType,
        "VARIABLES": rows.Variable,
        "VARIABLELINKS": rows.VariableLink,
        "REGEXES": rows.Regex,
        "CODERRELATIONS": rows.CoderRelation,
        "STATEMENTS": rows.Statement,
        "DATABOOLEAN": rows.NumberValue,
        "DATAINTEGER": rows.NumberValue,
        "ENTITIES": rows.Entity,
        "DATASHORTTEXT": rows.ShortText,
        "DATALONGTEXT": rows.LongText,
        "ATTRIBUTEVARIABLES": rows.AttributeVariable,
        "ATTRIBUTEVALUES": rows.AttributeValue,
    }
)
"""The named tuple of each table's rows."""
