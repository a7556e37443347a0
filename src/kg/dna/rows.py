"""The rows of a DNA 3 database: one named tuple a table, a field a column, in the table's order.

Facts on the schema: ``Sql.java`` of DNA 3 (https://github.com/leifeld/dna), and the tables of its
sample database. A field is named as its column, in snake case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Setting(NamedTuple):
    """A property of the database, as the version of DNA that made it."""

    property: str
    value: str


class Coder(NamedTuple):
    """A person who codes: name, colour, how the screen looks, and what the coder may do."""

    id: int
    name: str
    red: int
    green: int
    blue: int
    refresh: int
    font_size: int
    password: str
    popup_width: int | None
    color_by_coder: int
    popup_decoration: int
    popup_auto_complete: int
    permission_add_documents: int
    permission_edit_documents: int
    permission_delete_documents: int
    permission_import_documents: int
    permission_add_statements: int
    permission_edit_statements: int
    permission_delete_statements: int
    permission_edit_attributes: int
    permission_edit_regex: int
    permission_edit_statement_types: int
    permission_edit_coders: int
    permission_edit_coder_relations: int
    permission_view_others_documents: int
    permission_edit_others_documents: int
    permission_view_others_statements: int
    permission_edit_others_statements: int


class Document(NamedTuple):
    """A text with its metadata; `date` counts seconds from 1970 in UTC."""

    id: int
    title: str
    text: str
    coder: int | None
    author: str
    source: str
    section: str
    notes: str
    type: str
    date: int


class StatementType(NamedTuple):
    """A form that statements have, with its colour."""

    id: int
    label: str
    red: int
    green: int
    blue: int


class Variable(NamedTuple):
    """A variable of a statement type: boolean, integer, short text (entities) or long text."""

    id: int
    variable: str
    data_type: str
    statement_type_id: int | None


class VariableLink(NamedTuple):
    """A link between two variables."""

    id: int
    source_variable_id: int | None
    target_variable_id: int | None


class Regex(NamedTuple):
    """A pattern that DNA shows in a colour."""

    label: str
    red: int
    green: int
    blue: int


class CoderRelation(NamedTuple):
    """What one coder may see and change of another's work."""

    id: int
    coder: int | None
    other_coder: int | None
    view_statements: int
    edit_statements: int
    view_documents: int
    edit_documents: int


class Statement(NamedTuple):
    """A coded range of a document: UTF-16 units from 0, half open, as Java counts."""

    id: int
    statement_type_id: int | None
    document_id: int | None
    start: int
    stop: int
    coder: int | None


class NumberValue(NamedTuple):
    """The value of a boolean (0 or 1) or integer variable in a statement."""

    id: int
    statement_id: int
    variable_id: int
    value: int


class Entity(NamedTuple):
    """A value that a short text variable can have, with its colour."""

    id: int
    variable_id: int
    value: str
    red: int | None
    green: int | None
    blue: int | None
    child_of: int | None


class ShortText(NamedTuple):
    """The entity that a short text variable has in a statement."""

    id: int
    statement_id: int
    variable_id: int
    entity: int


class LongText(NamedTuple):
    """The text of a long text variable in a statement."""

    id: int
    statement_id: int
    variable_id: int
    value: str | None


class AttributeVariable(NamedTuple):
    """An attribute that the entities of a variable can have, as Type or Alias."""

    id: int
    variable_id: int
    attribute_variable: str


class AttributeValue(NamedTuple):
    """The value of an attribute of an entity."""

    id: int
    entity_id: int
    attribute_variable_id: int
    attribute_value: str


Row: TypeAlias = (
    Setting
    | Coder
    | Document
    | StatementType
    | Variable
    | VariableLink
    | Regex
    | CoderRelation
    | Statement
    | NumberValue
    | Entity
    | ShortText
    | LongText
    | AttributeVariable
    | AttributeValue
)


@dataclass(frozen=True)
class Database:
    """Everything in a DNA 3 database: its tables, each with its rows in order.

    An empty one has no row in any table:

    >>> Database().statements
    ()
    """

    settings: tuple[Setting, ...] = ()
    coders: tuple[Coder, ...] = ()
    documents: tuple[Document, ...] = ()
    statement_types: tuple[StatementType, ...] = ()
    variables: tuple[Variable, ...] = ()
    variable_links: tuple[VariableLink, ...] = ()
    regexes: tuple[Regex, ...] = ()
    coder_relations: tuple[CoderRelation, ...] = ()
    statements: tuple[Statement, ...] = ()
    booleans: tuple[NumberValue, ...] = ()
    integers: tuple[NumberValue, ...] = ()
    entities: tuple[Entity, ...] = ()
    short_texts: tuple[ShortText, ...] = ()
    long_texts: tuple[LongText, ...] = ()
    attribute_variables: tuple[AttributeVariable, ...] = ()
    attribute_values: tuple[AttributeValue, ...] = ()
