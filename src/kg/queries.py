"""Named queries: SPARQL files that describe themselves, and the binding of their parameters.

A file starts with a YAML header behind ``#+`` (in the manner of grlc, https://grlc.io): a summary,
a description, parameters and columns. In the text a parameter ``a`` is the variable ``?_a``;
binding puts an RDF term in its place, token by token, so that no value can end a string or an IRI.
``?_lang`` and ``?_include_proposed`` exist in every query and are not declared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kg.codes import LANGUAGES
from kg.errors import InputError, QueryError
from kg.findings import suggest
from kg.names import XSD
from kg.sparql import replace_variables, variables
from kg.store import query_variables

ENTITY_TYPES = (
    "body",
    "person",
    "actor",
    "issue",
    "proposition",
    "meeting",
    "project",
    "graph",
)
LITERAL_TYPES: Mapping[str, str] = {
    "string": f"{XSD}string",
    "choice": f"{XSD}string",
    "integer": f"{XSD}integer",
    "date": f"{XSD}date",
    "boolean": f"{XSD}boolean",
}
COLUMN_TYPES = ("iri", "string", "integer", "decimal", "boolean", "date", "dateTime")

_INTEGER = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True)
class Parameter:
    """What a query asks for; `default` is its value as text where the user gives none."""

    name: str
    type: str
    summary: str
    example: str
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    differs_from: str = ""


@dataclass(frozen=True)
class Column:
    """One column of the answer."""

    name: str
    type: str
    summary: str


@dataclass(frozen=True)
class NamedQuery:
    """A query file: its name (the file's), its header and the whole text.

    `brief` names the columns that a table for people shows (the header's ``table``; empty: all).
    """

    name: str
    summary: str
    description: str
    params: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str = field(repr=False)
    path: Path = field(compare=False)
    brief: tuple[str, ...] = ()


def load_queries(folder: Path) -> Mapping[str, NamedQuery]:
    """All queries directly in `folder`, by name; those in its subfolders are for internal use.

    Raises `QueryError` where a file is wrong, `InputError` where the folder holds none.
    """
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise InputError(f"There are no queries (*.rq) in {folder}: give a folder that holds some")
    return {path.stem: load_query(path) for path in paths}


def find_query(queries: Mapping[str, NamedQuery], name: str) -> NamedQuery:
    """The query called `name`; raises `QueryError` with the nearest names where there is none."""
    if name in queries:
        return queries[name]
    near = suggest(name, queries)
    hint = f"did you mean {' or '.join(near)}?" if near else "“kg query --list” shows them all"
    raise QueryError(f"No query is called “{name}”; {hint}")


def load_query(path: Path) -> NamedQuery:
    """Read one query file and check that header and text agree.

    Raises `QueryError`, which names the file, where the header or the SPARQL is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: the query cannot be read: {error}") from error
    return parse_query(text, path)


def parse_query(text: str, path: Path) -> NamedQuery:
    """`load_query` for a text that is at hand; `path` gives the name and the place of errors."""
    header = _header(text, path)
    try:
        query = NamedQuery(
            name=path.stem,
            summary=str(header["summary"]),
            description=" ".join(str(header.get("description", "")).split()),
            params=tuple(_parameter(entry) for entry in header.get("params") or ()),
            columns=tuple(_column(entry) for entry in header["columns"]),
            text=text,
            path=path,
            brief=tuple(_text(name) for name in header.get("table") or ()),
        )
        _check_variables(query)
    except KeyError as error:
        raise QueryError(f"{path}: the header lacks {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise QueryError(f"{path}: the header is wrong: {error}") from error
    except QueryError as error:
        raise QueryError(f"{path}: {error}") from error
    return query


def bind(
    query: NamedQuery,
    terms: Mapping[str, ox.NamedNode | ox.Literal],
    language: str = "en",
    include_proposed: bool = False,
) -> str:
    """The text of `query` with each parameter replaced by its term, ready to be sent to a store.

    Raises `QueryError` for a parameter that the query does not have, for one that is required and
    missing, and for a term that is not of the parameter's type.
    """
    if language not in LANGUAGES:
        raise QueryError(f"The language “{language}” is not known: give {_either(LANGUAGES)}")
    _refuse_undeclared(query, terms)
    bound = {param.name: _term(query, param, terms) for param in query.params}
    for param in query.params:
        if param.differs_from and bound[param.name] == bound[param.differs_from]:
            raise QueryError(
                f"The query {query.name} compares two: give {param.name} another value "
                f"than {param.differs_from}"
            )
    bound["lang"] = ox.Literal(language)
    bound["include_proposed"] = ox.Literal(include_proposed)
    return replace_variables(query.text, lambda name: _serialised(bound, name))


def literal(param: Parameter, text: str) -> ox.Literal:
    """The literal that a user's `text` means for a parameter of a literal type.

    Raises `QueryError` where the text is no such value.
    """
    value = text.strip().lower() if param.type == "boolean" else text
    if param.type == "choice" and value not in param.choices:
        raise QueryError(f"“{text}” is no {param.name}: give {_either(param.choices)}")
    if not _has_form(param.type, value):
        raise QueryError(f"“{text}” is no {param.type} for {param.name}: give {_wanted(param)}")
    return ox.Literal(value, datatype=ox.NamedNode(LITERAL_TYPES[param.type]))


def _has_form(kind: str, value: str) -> bool:
    """Tell whether `value` is a canonical lexical form of the type `kind`."""
    if kind == "date":
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    if kind == "integer":
        return bool(_INTEGER.fullmatch(value))
    return kind != "boolean" or value in {"true", "false"}


def _header(text: str, path: Path) -> dict[str, Any]:
    """The YAML behind ``#+`` at the start of the file."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        lines.append(line[2:].removeprefix(" "))
    try:
        header = YAML(typ="safe", pure=True).load("\n".join(lines))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise QueryError(f"{path}{place}: the header is no YAML: {problem}") from error
    if not isinstance(header, dict):
        raise QueryError(f"{path}: the file must start with a header, “#+ summary: …”")
    return header


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    """One entry of ``params``; raises on unknown keys, types and defaults."""
    fields = {key: _text(value) for key, value in entry.items() if key != "choices"}
    required = fields.pop("required", "false") == "true"
    choices = tuple(_text(choice) for choice in entry.get("choices", ()))
    param = Parameter(**fields, required=required, choices=choices)
    if param.type not in ENTITY_TYPES and param.type not in LITERAL_TYPES:
        known = _either((*ENTITY_TYPES, *LITERAL_TYPES))
        raise ValueError(f"the parameter {param.name} has the type “{param.type}”: give {known}")
    if param.default and param.type in ENTITY_TYPES:
        raise ValueError(f"the parameter {param.name} names something and can have no default")
    if param.type in LITERAL_TYPES and not param.required and param.default:
        literal(param, param.default)
    return param


def _column(entry: Mapping[str, Any]) -> Column:
    """One entry of ``columns``; raises on unknown keys and types."""
    column = Column(**{key: _text(value) for key, value in entry.items()})
    if column.type not in COLUMN_TYPES:
        raise ValueError(
            f"the column {column.name} is of type “{column.type}”: give one of "
            f"{_either(COLUMN_TYPES)}"
        )
    return column


def _text(value: object) -> str:
    """A header's value as text: YAML's true and false in their RDF form, null as nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _check_variables(query: NamedQuery) -> None:
    """Refuse a query whose header does not describe its text."""
    declared = tuple(column.name for column in query.columns)
    selected = query_variables(query.text)
    if declared != selected:
        raise QueryError(
            f"the columns of the header ({', '.join(declared)}) are not those of the SELECT "
            f"({', '.join(selected)}): make them the same, in the same order"
        )
    shown = {name.strip() for group in query.brief for name in group.split("+")}
    if unknown := sorted(shown - set(declared)):
        raise QueryError(f"the header's table names {unknown[0]}, which is no column")
    used = {name[1:] for name in variables(query.text) if name.startswith("_")}
    params = {param.name for param in query.params}
    if unknown := sorted(used - params - {"lang", "include_proposed"}):
        raise QueryError(f"the text uses ?_{unknown[0]}, which the header does not declare")
    if unused := sorted(params - used):
        raise QueryError(f"the header declares {unused[0]}, but the text has no ?_{unused[0]}")


def _refuse_undeclared(query: NamedQuery, terms: Mapping[str, object]) -> None:
    names = [param.name for param in query.params]
    for name in terms:
        if name not in names:
            accepted = f"it takes {', '.join(names)}" if names else "it takes none"
            raise QueryError(f"The query {query.name} has no parameter “{name}”: {accepted}")


def _term(
    query: NamedQuery, param: Parameter, terms: Mapping[str, ox.NamedNode | ox.Literal]
) -> ox.NamedNode | ox.Literal:
    """The term that stands for `param`: the one given if it fits, or else the default."""
    term = terms.get(param.name)
    if term is None:
        if param.required:
            raise QueryError(
                f"The query {query.name} needs {param.name} ({param.summary}), "
                f"for example --param {param.name}={param.example}"
            )
        return literal(param, param.default) if param.default else ox.Literal("")
    if param.type in ENTITY_TYPES:
        if isinstance(term, ox.NamedNode):
            return term
        raise QueryError(f"{param.name} of {query.name} must be the IRI of a {param.type}")
    if isinstance(term, ox.Literal) and term.datatype.value == LITERAL_TYPES[param.type]:
        return literal(param, term.value)
    raise QueryError(f"{param.name} of {query.name} must be {_wanted(param)}, not {term}")


def _wanted(param: Parameter) -> str:
    example = f", for example {param.example}" if param.example else ""
    if param.type == "choice":
        return _either(param.choices)
    return f"a value of the type {param.type}{example}"


def _either(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else "".join(choices)


def _serialised(bound: Mapping[str, ox.NamedNode | ox.Literal], name: str) -> str | None:
    """The N-Triples form of the parameter behind the variable `name`, if it is one."""
    term = bound.get(name[1:]) if name.startswith("_") else None
    return None if term is None else str(term)
