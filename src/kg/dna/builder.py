"""A DNA database under change: rows are added, changed, taken away; the others stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from kg.dna.forms import BOOLEAN, Form
from kg.dna.rows import (
    AttributeValue,
    AttributeVariable,
    Coder,
    Database,
    Document,
    Entity,
    LongText,
    NumberValue,
    ShortText,
    Statement,
    Variable,
)
from kg.dna.schema import LONGEST, TABLES

Made = TypeVar("Made", bound=tuple[Any, ...])


class Builder:
    """The tables of a database as lists by key."""

    def __init__(self, database: Database) -> None:
        self._others = {t.field: getattr(database, t.field) for t in TABLES}
        self._variables = database.variables
        self.documents = {one.id: one for one in database.documents}
        self.coders = {one.id: one for one in database.coders}
        self.statements = {one.id: one for one in database.statements}
        self.entities = {one.id: one for one in database.entities}
        self.short_texts = {one.id: one for one in database.short_texts}
        self.long_texts = {one.id: one for one in database.long_texts}
        self.booleans = {one.id: one for one in database.booleans}
        self.integers = {one.id: one for one in database.integers}
        self.attribute_variables = {one.id: one for one in database.attribute_variables}
        self.attribute_values = {one.id: one for one in database.attribute_values}
        self._attributes = {
            (one.entity_id, one.attribute_variable_id): one.id for one in database.attribute_values
        }
        self._by_value = {(e.variable_id, e.value): e.id for e in database.entities}
        self._texts = {(t.statement_id, t.variable_id): t.id for t in database.short_texts}
        self._numbers = {
            (n.statement_id, n.variable_id): n.id for n in (*database.booleans, *database.integers)
        }

    def database(self) -> Database:
        """The database as it is now, its rows by key."""
        changed = {
            name: tuple(one for _, one in sorted(getattr(self, name).items()))
            for name in self._others
            if hasattr(self, name)
        }
        return Database(**{**self._others, **changed})

    def variables_of(self, statement_type: int) -> list[Variable]:
        """The variables of a statement type."""
        return [one for one in self._variables if one.statement_type_id == statement_type]

    def coder(self, name: str, make: Callable[[int], Coder]) -> int:
        """The coder of a name; a new one if there is none."""
        known = next((one.id for one in self.coders.values() if one.name == name), None)
        return known if known is not None else _add(self.coders, make)

    def document(self, make: Callable[[int], Document]) -> int:
        """Add a document."""
        return _add(self.documents, make)

    def entity(
        self, variable: Variable, value: str, colour: tuple[int, int, int] = (0, 0, 0)
    ) -> int:
        """The entity of a value; a new one if the variable has none."""
        known = self._by_value.get((variable.id, value))
        if known is not None:
            return known
        made = _add(self.entities, lambda n: Entity(n, variable.id, value, *colour, None))
        self._by_value[variable.id, value] = made
        for one in list(self.attribute_variables.values()):
            if one.variable_id == variable.id:
                self.attribute(made, one.id, "")
        return made

    def free_value(self, variable: Variable, value: str) -> str:
        """A value, cut to what DNA takes, that no entity of the variable has."""
        short = fitting(value)
        number = 1
        while (variable.id, short) in self._by_value:
            number += 1
            short = fitting(value, f" ({number})")
        return short

    def rename(self, entity: int, value: str) -> None:
        """Give an entity another value, which none of its variable has."""
        old = self.entities[entity]
        del self._by_value[old.variable_id, old.value]
        self._by_value[old.variable_id, value] = entity
        self.entities[entity] = old._replace(value=value)

    def attribute_variable(self, variable: Variable, name: str) -> int:
        """The attribute of a name; a new one if the variable has none."""
        for one in self.attribute_variables.values():
            if (one.variable_id, one.attribute_variable) == (variable.id, name):
                return one.id
        return _add(self.attribute_variables, lambda n: AttributeVariable(n, variable.id, name))

    def attribute(self, entity: int, attribute: int, value: str) -> None:
        """Give an entity the value of an attribute, cut to what DNA takes."""
        key = entity, attribute
        if key in self._attributes:
            number = self._attributes[key]
            old = self.attribute_values[number]
            self.attribute_values[number] = old._replace(attribute_value=fitting(value))
        else:
            self._attributes[key] = _add(
                self.attribute_values, lambda n: AttributeValue(n, *key, fitting(value))
            )

    def statement(self, form: Form, document: int, place: tuple[int, int], coder: int) -> int:
        """Add a statement without values; `place` counts UTF-16 units."""
        return _add(self.statements, lambda n: Statement(n, form.type, document, *place, coder))

    def move(self, statement: int, place: tuple[int, int]) -> None:
        """Give a statement another range."""
        start, stop = place
        self.statements[statement] = self.statements[statement]._replace(start=start, stop=stop)

    def remove(self, statements: Collection[int]) -> None:
        """Take statements away with their values."""
        for number in statements:
            del self.statements[number]
        for table in (self.short_texts, self.long_texts, self.booleans, self.integers):
            _drop(table, (n for n, one in table.items() if one.statement_id in statements))

    def set_text(self, statement: int, variable: Variable, entity: int) -> None:
        """Give a statement the entity of a short text variable."""
        key = statement, variable.id
        if key in self._texts:
            number = self._texts[key]
            self.short_texts[number] = self.short_texts[number]._replace(entity=entity)
        else:
            self._texts[key] = _add(self.short_texts, lambda n: ShortText(n, *key, entity))

    def set_number(self, statement: int, variable: Variable, value: int) -> None:
        """Give a statement the value of a boolean or integer variable."""
        table = self.booleans if variable.data_type == BOOLEAN else self.integers
        key = statement, variable.id
        if key in self._numbers:
            number = self._numbers[key]
            table[number] = table[number]._replace(value=value)
        else:
            self._numbers[key] = _add(table, lambda n: NumberValue(n, *key, value))

    def set_long(self, statement: int, variable: Variable, text: str) -> None:
        """Give a new statement the text of a long text variable."""
        _add(self.long_texts, lambda n: LongText(n, statement, variable.id, text))


def fitting(text: str, end: str = "") -> str:
    """A text cut to the signs that DNA takes, with an end that stays whole.

    >>> len(fitting("long " * 50)), fitting("short", " (2)")
    (190, 'short (2)')
    """
    room = LONGEST - len(end)
    return (text if len(text) <= room else text[: room - 1] + "…") + end


def _add(table: dict[int, Made], make: Callable[[int], Made]) -> int:
    number = next(reversed(table), 0) + 1  # the keys are in order: new ones come last
    table[number] = make(number)
    return number


def _drop(table: dict[int, Any], keys: Iterable[int]) -> None:
    for key in list(keys):
        del table[key]
