"""What is wrong with a DNA database, and what of it codings do not hold, as findings.

Nothing of a database is lost on the way in: what a finding here names stays in the layer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kg.dna.cleaning import clean
from kg.dna.codings import Import
from kg.dna.database import to_bytes
from kg.dna.forms import LONG
from kg.dna.rows import Database
from kg.dna.schema import TABLES
from kg.errors import OutputError
from kg.findings import Finding, Severity

_LAST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
_FIRST = int(datetime(1, 1, 2, tzinfo=UTC).timestamp())
_KEPT = "kept in the DNA layer only"


def broken(database: Database, path: Path) -> list[Finding]:
    """An error for each row that refers to one that is not there, or has a time of no calendar.

    So too for a second row of a key: a graph would make one of the two. An entity of another
    variable than the row's is not there for it. Any other rule of DNA that the rows break is a
    warning, since DNA would refuse them on the way back.
    """
    keys = {t.name: {row[0] for row in getattr(database, t.field)} for t in TABLES}
    found = [
        _error(path, f"{table.name} {row[0]}: {column.name} {row[place]} is not in {to}")
        for table in TABLES
        for place, column in enumerate(table.columns)
        if (to := column.refers_to)
        for row in getattr(database, table.field)
        if row[place] is not None and row[place] not in keys[to]
    ]
    found += [_error(path, message) for message in _twice(database)]
    owners = {one.id: one.variable_id for one in database.entities}
    found += [
        _error(path, f"DATASHORTTEXT {one.id}: Entity {one.entity} is of another variable")
        for one in database.short_texts
        if owners.get(one.entity, one.variable_id) != one.variable_id
    ]
    found += [
        _error(path, f"DOCUMENTS {one.id}: Date {one.date} is no second of the years 1 to 9999")
        for one in database.documents
        if not _FIRST <= one.date <= _LAST
    ]
    return found or _ruled_out(database, path)


def _twice(database: Database) -> Iterator[str]:
    """The rows whose key, or whose columns that make a row the only one, another row has too."""
    for table in TABLES:
        names = [column.name for column in table.columns]
        for unique in filter(None, ((table.key,), table.unique)):
            seen: set[tuple[object, ...]] = set()
            places = [names.index(name) for name in unique]
            for row in getattr(database, table.field):
                values = tuple(row[place] for place in places)
                if values in seen:
                    yield f"{table.name} {row[0]}: another row has the same {' and '.join(unique)}"
                seen |= {values} if None not in values else set()


def _ruled_out(database: Database, path: Path) -> list[Finding]:
    try:
        to_bytes(database)
    except OutputError as error:
        message = f"{error} in DNA, or `kg export dna` will say so again and write nothing"
        return [Finding(path, 0, Severity.WARNING, message)]
    return []


def _error(path: Path, message: str) -> Finding:
    return Finding(path, 0, Severity.ERROR, f"{message}: correct or delete the row in DNA")


def told(made: Import, path: Path, passwords: bool) -> list[Finding]:
    """What an import could not know, and what codings do not hold of a database."""
    found = [
        *((Severity.INFO, message) for message in _assumed(made)),
        *((Severity.WARNING, message) for message in _left(made)),
        *((Severity.WARNING, message) for message in _doubts(made)),
        *((Severity.INFO, message) for message in _only_in_layer(made, passwords)),
    ]
    return [Finding(path, 0, severity, message) for severity, message in found]


def _assumed(made: Import) -> Iterator[str]:
    options = made.options
    yield (
        f"DNA does not record when statements were coded: codedOn is {options.coded_on}, the day "
        "of the file unless --coded-on names another"
    )
    yield (
        f"DNA does not record languages: labels are marked “{options.language}”, "
        "which --language changes"
    )
    for form in made.forms:
        if form.qualifier.data_type == "integer":
            values = sorted({one.value for one in made.positions if one.form == form})
            stances = ", ".join(f"{value} {form.stance(value)}" for value in values)
            yield (
                f"{form.label}, {form.qualifier.variable}: the integers used ({form.lowest} to "
                f"{form.highest}) become the nearest stances: {stances}"
            )


def _left(made: Import) -> Iterator[str]:
    """Statements that are no positions."""
    types = {one.id: one.label for one in made.database.statement_types}
    known = {form.type for form in made.forms}
    counted = Counter(one.statement_type_id for one in made.database.statements)
    for number, label in types.items():
        if number not in known and counted[number]:
            yield (
                f"{_count(counted[number], 'statement')} of the type “{label}”, which has not all "
                f"of an actor, a concept and a qualifier: {_KEPT}; name its variables with "
                "--person, --organisation, --concept and --qualifier if they are there"
            )
    for one in made.uncoded:
        place = f" (document {one.document})" if one.document else ""
        yield f"statement {one.statement}{place} {one.reason}: {_KEPT}"


def _doubts(made: Import) -> Iterator[str]:
    for one in made.database.documents:
        if "\r" in one.text:
            yield (
                f"document {one.id} has carriage returns, which DNA's window does not count: its "
                "statements may stand a little further on than meant"
            )
    bodies: dict[tuple[int, int], dict[int | None, None]] = defaultdict(dict)
    for position in made.positions:
        if position.person is not None:
            bodies[position.document, position.person][position.organisation] = None
    for (document, person), several in bodies.items():
        if len(several) > 1:
            names = ", ".join(
                "none" if one is None else clean(made.entities[one].value) for one in several
            )
            yield (
                f"{clean(made.entities[person].value)} speaks for several organisations in "
                f"document {document} ({names}): at a meeting a person counts for one body, here "
                "the first"
            )


def _only_in_layer(made: Import, passwords: bool) -> Iterator[str]:
    database = made.database
    variables = {one.id: one for one in database.variables}
    counted = Counter(one.variable_id for one in database.short_texts)
    counted.update(one.variable_id for one in database.long_texts)
    counted.update(one.variable_id for one in (*database.booleans, *database.integers))
    mapped = {form.qualifier.id for form in made.forms} | set(made.kinds)
    types = {form.type for form in made.forms}
    for number, count in sorted(counted.items()):
        one = variables[number]
        if number not in mapped and (one.statement_type_id in types or one.data_type != LONG):
            yield f"{_count(count, 'value')} of the variable “{one.variable}”: {_KEPT}"
    children = sum(one.child_of is not None for one in database.entities)
    counts = (
        (len(database.entities), "colour of an entity", "colours of entities"),
        (children, "entity that is a child of another", "entities that are children of others"),
        (len(database.regexes), "pattern", "patterns"),
        (len(database.variable_links), "link of variables", "links of variables"),
        (len(database.coder_relations), "relation of coders", "relations of coders"),
        (len(database.coders), "coder with colour and rights", "coders with colours and rights"),
    )
    kept = ", ".join(_count(n, one, several) for n, one, several in counts if n)
    if kept:
        yield f"{kept}: {_KEPT}"
    if database.coders and not passwords:
        yield (
            f"the hashes of {_count(len(database.coders), 'password')} are kept nowhere, since "
            "they are secret: --keep-passwords puts them into the layer"
        )


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"
