"""What the variables of a DNA database stand for: who speaks, of what, and how the speaker stands.

DNA leaves the names of variables to its users; its own defaults are *person*, *organization*,
*concept* and *agreement*. A statement type that has somebody, a concept and a qualifier is a form
of positions here. Other types are not guessed at: their statements stay in the layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

import pyoxigraph as ox

from kg.dna.cleaning import clean
from kg.dna.rows import Database, Variable
from kg.errors import InputError
from kg.findings import suggest
from kg.names import term
from kg.resources import CODES_FILE, ontology_dir

NAMES: Mapping[str, tuple[str, ...]] = {
    "person": ("person", "actor", "speaker"),
    "organisation": ("organization", "organisation"),
    "concept": ("concept", "claim", "proposition"),
    "qualifier": ("agreement", "qualifier", "stance"),
}
"""The names that a variable of each kind is known by, unless the user gives another."""

SHORT, BOOLEAN, INTEGER, LONG = "short text", "boolean", "integer", "long text"


@dataclass(frozen=True)
class Wanted:
    """The names of the variables that the user gives; an empty one leaves it to `NAMES`."""

    person: str = ""
    organisation: str = ""
    concept: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class Form:
    """A statement type whose statements are positions, with the variables that make them so.

    `lowest` and `highest` are the range of the qualifier: 0 and 1, or the integers that are used.
    """

    type: int
    label: str
    person: Variable | None
    organisation: Variable | None
    concept: Variable
    qualifier: Variable
    lowest: int = 0
    highest: int = 1

    def stance(self, value: int) -> str:
        """The stance that a value of the qualifier is: support or oppose, or the nearest by scale.

        An integer is put on the scale from -1 to 1: where the range has both signs, 0 stays 0 and
        the value farther from it becomes 1; else lowest and highest are the ends. Of two stances
        that are as near, it is the weaker one.
        """
        if self.qualifier.data_type == BOOLEAN:
            return "support" if value else "oppose"
        scaled = self._scaled(value)
        scale = {
            name: polarity
            for name, polarity in polarities().items()
            if name != "concede" and not name.endswith("WithConditions")
        }
        return min(scale, key=lambda one: (round(abs(scale[one] - scaled), 9), abs(scale[one])))

    def value(self, stance: str) -> int | None:
        """The value of the qualifier that is nearest to a stance; None: a boolean cannot say it.

        `stance` the other way round, where the value was the only one of its stance.
        """
        polarity = polarities()[stance]
        if self.qualifier.data_type == BOOLEAN:
            return None if polarity == 0 else int(polarity > 0)
        middle, half = self._scale()
        return min(max(round(middle + polarity * half), self.lowest), self.highest)

    def _scaled(self, value: int) -> float:
        middle, half = self._scale()
        return (value - middle) / half if half else 0.0

    def _scale(self) -> tuple[float, float]:
        """The value that is 0 on the scale from -1 to 1, and how many make 1."""
        if self.lowest < 0 < self.highest:
            return 0.0, float(max(-self.lowest, self.highest))
        return (self.lowest + self.highest) / 2, (self.highest - self.lowest) / 2


@cache
def polarities() -> Mapping[str, float]:
    """The stances with the polarity that the ontology gives each, from -1 to 1.

    >>> polarities()["support"], polarities()["strongOppose"]
    (0.8, -1.0)
    """
    path = ontology_dir() / CODES_FILE
    return {
        str(triple.subject).strip("<>").rpartition("/")[2]: float(triple.object.value)
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == term("polarity") and isinstance(triple.object, ox.Literal)
    }


def forms(database: Database, wanted: Wanted = Wanted()) -> tuple[Form, ...]:
    """The statement types that are positions, in the order of the file.

    Raises `InputError` for a name in `wanted` that no variable of the right kind has.
    """
    _check(database, wanted)
    found = (
        _form(database, number, label, wanted) for number, label, *_ in database.statement_types
    )
    return tuple(one for one in found if one)


def _check(database: Database, wanted: Wanted) -> None:
    for one in fields(wanted):
        name = getattr(wanted, one.name)
        kinds = (BOOLEAN, INTEGER) if one.name == "qualifier" else (SHORT,)
        known = sorted({v.variable for v in database.variables if v.data_type in kinds})
        if name and name not in known:
            near = suggest(name, known)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
            raise InputError(f"No {' or '.join(kinds)} variable is called “{name}”; {hint}")


def _form(database: Database, number: int, label: str, wanted: Wanted) -> Form | None:
    of_type = [one for one in database.variables if one.statement_type_id == number]
    texts = [one for one in of_type if one.data_type == SHORT]
    person = _named(texts, "person", wanted.person)
    organisation = _named(texts, "organisation", wanted.organisation)
    concept = _named(texts, "concept", wanted.concept)
    qualifier = _qualifier(of_type, wanted.qualifier)
    if concept is None or qualifier is None or not (person or organisation):
        return None
    lowest, highest = _range(database, qualifier)
    return Form(number, label, person, organisation, concept, qualifier, lowest, highest)


def _named(variables: Sequence[Variable], kind: str, wanted: str) -> Variable | None:
    names = (wanted,) if wanted else NAMES[kind]
    return next(
        (one for name in names for one in variables if one.variable.lower() == name.lower()), None
    )


def _qualifier(variables: Sequence[Variable], wanted: str) -> Variable | None:
    """The qualifier by its name, or the only number that there is."""
    numbers = [one for one in variables if one.data_type in (BOOLEAN, INTEGER)]
    named = _named(numbers, "qualifier", wanted)
    return named or (numbers[0] if len(numbers) == 1 and not wanted else None)


def _range(database: Database, qualifier: Variable) -> tuple[int, int]:
    if qualifier.data_type == BOOLEAN:
        return 0, 1
    used = [one.value for one in database.integers if one.variable_id == qualifier.id]
    return (min(used), max(used)) if used else (0, 0)


@dataclass(frozen=True)
class Coded:
    """A statement that is a position: ids of entities (None: not given), the qualifier's value."""

    statement: int
    document: int
    start: int
    stop: int
    coder: int | None
    person: int | None
    organisation: int | None
    concept: int
    value: int
    form: Form


@dataclass(frozen=True)
class Uncoded:
    """A statement of a form that is no position, since it lacks something."""

    statement: int
    document: int | None
    reason: str


def coded(database: Database, found: Sequence[Form]) -> Iterator[Coded | Uncoded]:
    """The statements of these forms, in the order of the file."""
    by_type = {form.type: form for form in found}
    blank = {one.id for one in database.entities if not clean(one.value)}
    entities = {(s, v): e for _, s, v, e in database.short_texts if e not in blank}
    numbers = {(s, v): n for _, s, v, n in (*database.booleans, *database.integers)}
    for one in database.statements:
        form = by_type.get(one.statement_type_id) if one.statement_type_id is not None else None
        if form is None:
            continue

        def entity(variable: Variable | None, statement: int = one.id) -> int | None:
            return entities.get((statement, variable.id)) if variable else None

        person, organisation = entity(form.person), entity(form.organisation)
        concept = entity(form.concept)
        value = numbers.get((one.id, form.qualifier.id))
        if one.document_id is None:
            yield Uncoded(one.id, None, "belongs to no document")
        elif concept is None:
            yield Uncoded(one.id, one.document_id, f"has no {form.concept.variable}")
        elif value is None:
            yield Uncoded(one.id, one.document_id, f"has no {form.qualifier.variable}")
        elif person is None and organisation is None:
            yield Uncoded(one.id, one.document_id, "names neither a person nor an organisation")
        else:
            place = (one.id, one.document_id, one.start, one.stop, one.coder)
            yield Coded(*place, person, organisation, concept, value, form)
