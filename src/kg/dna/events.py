"""Events straight from a DNA database, without a graph between: columns in, a frame out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from kg.dna.database import open_database
from kg.errors import InputError
from kg.findings import counted, suggest
from kg.networks.events import (
    COLUMN,
    DOCUMENT,
    NO_QUALIFIER,
    RANK,
    ROW,
    TIME,
    VALUE,
    Events,
    Qualifier,
)
from kg.networks.network import Attribute, Node

DOCUMENT_VARIABLES = ("author", "source", "section", "type", "id", "title")
STATEMENT, LABEL = "statement", "label"

# One SQL text a data type, since the names of tables cannot be bound.
_VALUES: Mapping[str, str] = {
    "short text": "SELECT d.StatementId, e.Value FROM DATASHORTTEXT d JOIN ENTITIES e "
    "ON e.ID = d.Entity WHERE d.VariableId = ?",
    "long text": "SELECT StatementId, Value FROM DATALONGTEXT WHERE VariableId = ?",
    "boolean": "SELECT StatementId, Value FROM DATABOOLEAN WHERE VariableId = ?",
    "integer": "SELECT StatementId, Value FROM DATAINTEGER WHERE VariableId = ?",
}
_STATEMENTS = (
    "SELECT s.ID, s.DocumentId, s.Start, s.Stop, d.Date FROM STATEMENTS s "
    "JOIN DOCUMENTS d ON d.ID = s.DocumentId WHERE s.StatementTypeId = ?"
)
_TYPES = "SELECT ID, Label FROM STATEMENTTYPES ORDER BY ID"
_VARIABLES = "SELECT Variable, ID, DataType FROM VARIABLES WHERE StatementTypeId = ? ORDER BY ID"
_DOCUMENTS = "SELECT ID, Author, Source, Section, Type, CAST(ID AS TEXT), Title FROM DOCUMENTS"
_COLOURS = "SELECT Value, Red, Green, Blue FROM ENTITIES WHERE VariableId = ?"
_ATTRIBUTES = (
    "SELECT e.Value, a.AttributeVariable, v.AttributeValue FROM ATTRIBUTEVALUES v "
    "JOIN ENTITIES e ON e.ID = v.EntityId "
    "JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId WHERE e.VariableId = ?"
)


@dataclass(frozen=True)
class Choice:
    """Which statements of a database are read, and what their actor, concept and qualifier are.

    Variables are those of the statement type, or of the document (`DOCUMENT_VARIABLES`). Without a
    `statement_type` the first is taken that has the variables; `qualifier` "" is the type's
    first boolean, else its first integer, and None is no qualifier. `exclude` and `only` hold
    (variable, value): statements with such a value are left out, or are the only ones that stay.
    """

    row: str = "organization"
    column: str = "concept"
    qualifier: str | None = ""
    statement_type: str = ""
    exclude: tuple[tuple[str, str], ...] = ()
    only: tuple[tuple[str, str], ...] = ()


ORGANISATIONS = Choice()
"""Organisations on concepts."""


@dataclass(frozen=True)
class _Type:
    """A statement type with its variables: name to id and data type."""

    id: int
    label: str
    variables: Mapping[str, tuple[int, str]]


def read_events(
    path: Path,
    choice: Choice = ORGANISATIONS,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Events:
    """The statements of a DNA database as events, those from `since` to `until`, both included.

    Statements whose actor or concept is empty are left out, as DNA leaves them out. Raises
    `InputError` for a file that is no DNA 3 database, and for variables that it does not have.
    """
    with closing(open_database(path)) as database:
        return _Reader(database, path, choice, since, until).events()


@dataclass(frozen=True)
class _Reader:
    """One reading of one database."""

    database: sqlite3.Connection
    path: Path
    choice: Choice
    since: datetime | None
    until: datetime | None

    def events(self) -> Events:
        """See `read_events`."""
        found = self._type()
        frame = self._statements(found)
        row, column = self.choice.row, self.choice.column
        if row == column:
            raise InputError(f"Actor and concept are both “{row}”: choose two variables")
        frame = self._with(frame, found, row, ROW)
        frame = self._with(frame, found, column, COLUMN)
        frame = self._filtered(frame, found, of_documents=True)
        qualifier, frame = self._qualified(frame, found)
        rows = self._nodes(frame[ROW], found, row)
        columns = self._nodes(frame[COLUMN], found, column)
        frame = self._filtered(frame, found, of_documents=False)
        ordered = frame.sort(TIME, DOCUMENT, "start", "stop", STATEMENT).with_row_index(RANK)
        kept = ordered.filter((pl.col(ROW) != "") & (pl.col(COLUMN) != ""))
        names = [ROW, COLUMN, VALUE, DOCUMENT, TIME, RANK]
        left = counted(len(ordered) - len(kept), "statement")
        note = f"Left out for want of {row} or {column}: {left}"
        return Events(
            kept.select(names).with_columns(pl.col(ROW, COLUMN).cast(pl.Categorical)).lazy(),
            rows,
            columns,
            qualifier,
            row,
            column,
            (note,) if len(kept) < len(ordered) else (),
            {"source": self.path.name, "statement type": found.label},
        )

    def _type(self) -> _Type:
        """The statement type that was asked for, or the first that has the variables."""
        types = list(self._types())
        wanted = self.choice.statement_type
        if wanted:
            for one in types:
                if one.label == wanted:
                    return one
            names = ", ".join(one.label for one in types)
            raise InputError(f"{self.path} has no statement type “{wanted}”: it has {names}")
        needed = {self.choice.row, self.choice.column} - set(DOCUMENT_VARIABLES)
        for one in types:
            if needed <= set(one.variables):
                return one
        raise self._typeless(types, needed)

    def _typeless(self, types: Sequence[_Type], needed: set[str]) -> InputError:
        known = {name for one in types for name in one.variables}
        for variable in sorted(needed - known):
            near = suggest(variable, sorted(known), most=1)
            if near:
                return InputError(
                    f"{self.path} has no variable “{variable}”; did you mean {near[0]}?"
                )
        listed = "; ".join(f"{one.label}: {', '.join(one.variables)}" for one in types)
        listed += f"; documents: {', '.join(DOCUMENT_VARIABLES)}"
        return InputError(
            f"No statement type of {self.path} has {' and '.join(sorted(needed))}: choose among "
            f"{listed}"
        )

    def _types(self) -> Iterable[_Type]:
        for key, label in self._rows("SELECT ID, Label FROM STATEMENTTYPES ORDER BY ID"):
            text = (
                "SELECT Variable, ID, DataType FROM VARIABLES WHERE StatementTypeId = ? ORDER BY ID"
            )
            rows = self._rows(text, key)
            yield _Type(key, label, {name: (number, kind) for name, number, kind in rows})

    def _statements(self, found: _Type) -> pl.DataFrame:
        schema = [STATEMENT, DOCUMENT, "start", "stop", "epoch"]
        frame = self._frame(self._rows(_STATEMENTS, found.id), schema, pl.Int64)
        dated = frame.with_columns(pl.from_epoch("epoch", time_unit="s").alias(TIME)).drop("epoch")
        if self.since is not None:
            dated = dated.filter(pl.col(TIME) >= self.since)
        return dated if self.until is None else dated.filter(pl.col(TIME) <= self.until)

    def _with(self, frame: pl.DataFrame, found: _Type, variable: str, name: str) -> pl.DataFrame:
        """`frame` with a column `name` that holds the words of a variable, "" where it has none."""
        added = self._values(frame, found, variable, name)
        return added.with_columns(pl.col(name).cast(pl.String).fill_null(""))

    def _values(self, frame: pl.DataFrame, found: _Type, variable: str, name: str) -> pl.DataFrame:
        if variable in found.variables:
            number, kind = found.variables[variable]
            type_ = pl.Int64 if kind in ("boolean", "integer") else pl.String
            rows = self._rows(_VALUES[kind], number)
            values = self._frame(rows, [STATEMENT, name], type_, {STATEMENT: pl.Int64})
            if values[STATEMENT].is_duplicated().any():
                raise InputError(
                    f"{self.path} has two values of {variable} for one statement: open and save it "
                    "in DNA 3"
                )
            return frame.join(values, on=STATEMENT, how="left", maintain_order="left")
        if variable in DOCUMENT_VARIABLES:
            place = DOCUMENT_VARIABLES.index(variable) + 1
            rows = [(row[0], row[place]) for row in self._rows(_DOCUMENTS)]
            values = self._frame(rows, [DOCUMENT, name], pl.String, {DOCUMENT: pl.Int64})
            return frame.join(values, on=DOCUMENT, how="left", maintain_order="left")
        raise self._unknown(variable, found)

    def _unknown(self, variable: str, found: _Type) -> InputError:
        known = [*found.variables, *(one for one in DOCUMENT_VARIABLES)]
        near = suggest(variable, known, most=1)
        hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known)}"
        return InputError(f"“{found.label}” in {self.path} has no variable “{variable}”; {hint}")

    def _qualified(self, frame: pl.DataFrame, found: _Type) -> tuple[Qualifier, pl.DataFrame]:
        """The qualifier, and the frame with its values: -1 and 1, numbers, or words."""
        name = self._qualifier_name(found)
        if name is None:
            return NO_QUALIFIER, frame.with_columns(pl.lit(0.0).alias(VALUE))
        kind = found.variables[name][1] if name in found.variables else "short text"
        if kind == "boolean":
            added = self._values(frame, found, name, VALUE)
            signed = pl.col(VALUE).cast(pl.Float64) * 2 - 1
            return Qualifier(name, "boolean", (-1.0, 1.0), 2.0), added.with_columns(signed)
        if kind == "integer":
            added = self._values(frame, found, name, VALUE).with_columns(
                pl.col(VALUE).cast(pl.Float64)
            )
            levels = tuple(added[VALUE].drop_nulls().unique().sort().to_list())
            span = levels[-1] - levels[0] if levels else 0.0
            return Qualifier(name, "number", levels, span), added
        added = self._with(frame, found, name, VALUE)
        # In the order of Java, which says what combine makes of them. What is empty keeps its
        # level, the first, for where the qualifier is ignored, and is left out where it counts.
        words = sorted(added[VALUE].unique().to_list(), key=lambda word: word.encode("utf-16-be"))
        empty = pl.when(pl.col(VALUE) != "").then(pl.col(VALUE)).alias(VALUE)
        return Qualifier(name, "category", tuple(words)), added.with_columns(empty)

    def _qualifier_name(self, found: _Type) -> str | None:
        wanted = self.choice.qualifier
        if wanted is None:
            return None
        if wanted:
            if wanted not in found.variables and wanted not in DOCUMENT_VARIABLES:
                raise self._unknown(wanted, found)
            if wanted in (self.choice.row, self.choice.column):
                raise InputError(f"“{wanted}” cannot be a node and the qualifier: choose another")
            return wanted
        for kind in ("boolean", "integer"):
            for name, (_, type_) in found.variables.items():
                if type_ == kind:
                    return name
        return None

    def _filtered(self, frame: pl.DataFrame, found: _Type, of_documents: bool) -> pl.DataFrame:
        """What `exclude` and `only` leave, by variables of documents or by those of statements."""
        for pairs, keep in ((self.choice.exclude, False), (self.choice.only, True)):
            for variable in dict.fromkeys(name for name, _ in pairs):
                if (variable not in found.variables) != of_documents:
                    continue
                values = [value for name, value in pairs if name == variable]
                self._check_values(variable, values, found)
                marked = self._with(frame, found, variable, "marked")
                chosen = pl.col("marked").is_in(values)
                frame = marked.filter(chosen if keep else ~chosen).drop("marked")
        return frame

    def _check_values(self, variable: str, values: Sequence[str], found: _Type) -> None:
        """Raise `InputError` for a value that the database does not have: it would do nothing."""
        if variable in DOCUMENT_VARIABLES and variable not in found.variables:
            place = DOCUMENT_VARIABLES.index(variable) + 1
            known = {row[place] for row in self._rows(_DOCUMENTS)}
        elif variable in found.variables and found.variables[variable][1] == "short text":
            known = {row[0] for row in self._rows(_COLOURS, found.variables[variable][0])}
        else:
            return
        for value in values:
            if value not in known:
                near = suggest(value, sorted(known), most=1)
                hint = f"; did you mean {near[0]}?" if near else ": look for it with --variable"
                raise InputError(f"No {variable} of {self.path} is called “{value}”{hint}")

    def _nodes(self, used: pl.Series, found: _Type, variable: str) -> Mapping[str, Node]:
        names = [name for name in used.unique().to_list() if name]
        known: dict[str, dict[str, Attribute]] = {name: {} for name in names}
        if variable in found.variables:
            number = found.variables[variable][0]
            for name, red, green, blue in self._rows(_COLOURS, number):
                if name in known and red is not None:
                    known[name]["color"] = f"#{red:02X}{green:02X}{blue:02X}"
            for name, attribute, value in self._rows(_ATTRIBUTES, number):
                if name in known and value:
                    known[name][attribute] = value
        return {name: Node(name, name, variable, known[name]) for name in names}

    def _rows(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self.database.execute(text, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{self.path} cannot be read ({error}): save it again with DNA 3"
            ) from error

    @staticmethod
    def _frame(
        rows: Sequence[Sequence[object]],
        names: Sequence[str],
        type_: type[pl.DataType],
        others: Mapping[str, type[pl.DataType]] = {},
    ) -> pl.DataFrame:
        schema = {name: others.get(name, type_) for name in names}
        return pl.DataFrame(list(rows), schema=schema, orient="row", strict=False)
