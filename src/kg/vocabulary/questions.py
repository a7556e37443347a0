"""Competency questions: what a graph in the vocabulary must answer, with query and answer.

``questions/questions.yaml`` lists them. A question names a query of its own beside that file, or a
named query of the project with its parameters; ``questions/expected/ID.csv`` is the answer on the
shipped data, as SPARQL 1.1 writes results (https://www.w3.org/TR/sparql11-results-csv-tsv/).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kg.errors import InputError
from kg.names import mint
from kg.queries import ENTITY_TYPES, NamedQuery, bind, find_query, literal, load_queries, load_query

FILE = "questions.yaml"
THEMES = ("meetings", "positions", "disagreement", "arguments", "follow-up", "sources")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wording(_Frozen):
    """A question in the three languages."""

    en: str = Field(min_length=1)
    fi: str = Field(min_length=1)
    sv: str = Field(min_length=1)


class Question(_Frozen):
    """One question; exactly one of `query` (a file) and `named` tells how it is answered."""

    id: str = Field(pattern=r"^cq[0-9]{2,3}$")
    theme: Literal["meetings", "positions", "disagreement", "arguments", "follow-up", "sources"]
    question: Wording
    query: str = Field(default="", pattern=r"^([\w-]+\.rq)?$")
    named: str = Field(default="", pattern=r"^[\w-]*$")
    parameters: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _one_query(self) -> Question:
        if bool(self.query) == bool(self.named):
            raise ValueError("give either `query` or `named`")
        if self.parameters and not self.named:
            raise ValueError("`parameters` go with `named` only")
        return self


class AnsweredQuestion(_Frozen):
    """A question with the SPARQL text that answers it and the answer expected."""

    question: Question
    sparql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_questions(folder: Path) -> tuple[Question, ...]:
    """The questions of a folder, in the order of the file; none where the folder has no file.

    Raises `InputError`, which names the file and the entry, for what is not in the form above.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    questions = tuple(_question(path, number, one) for number, one in enumerate(_load(path), 1))
    ids = [one.id for one in questions]
    if repeated := sorted({one for one in ids if ids.count(one) > 1}):
        raise InputError(f"{path}: two questions have the id {repeated[0]}: give each its own")
    return questions


def _load(path: Path) -> list[Any]:
    try:
        entries = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise InputError(f"{path} cannot be read as YAML: {error}") from error
    if not isinstance(entries, list):
        raise InputError(f"{path}: the file must be a list of questions")
    return entries


def _question(path: Path, number: int, entry: Any) -> Question:
    try:
        return Question.model_validate(entry)
    except ValidationError as error:
        name = entry.get("id", number) if isinstance(entry, dict) else number
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        problem = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{path}, question {name}: {place}: {problem}") from error


def sparql_of(question: Question, folder: Path, queries: Path) -> str:
    """The SPARQL text of a question: its own file's in `folder`, or a named query's, bound.

    Parameters that name something are ids of the data, in English. Raises `InputError` for a file
    that cannot be read, and `QueryError` for a query or parameter that does not exist.
    """
    if question.named:
        return _bound(_named(question.named, queries), question.parameters)
    path = folder / question.query
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}, the query of {question.id}, cannot be read: {error}") from error


def _named(name: str, queries: Path) -> NamedQuery:
    """A named query; only where there is none are all read, for the names to suggest."""
    path = queries / f"{name}.rq"
    return load_query(path) if path.is_file() else find_query(load_queries(queries), name)


def _bound(query: NamedQuery, given: Mapping[str, str]) -> str:
    """The query with its parameters; its header, which speaks of them, is left out."""
    types = {param.name: param for param in query.params}
    terms: dict[str, ox.NamedNode | ox.Literal] = {}
    for name, value in given.items():
        param = types.get(name)
        known = param is not None and param.type not in ENTITY_TYPES
        terms[name] = literal(param, value) if param and known else ox.NamedNode(mint(value))
    lines = bind(query, terms).splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#+"))


def answered(question: Question, folder: Path, queries: Path) -> AnsweredQuestion:
    """A question with its query and its expected answer; raises what `sparql_of` raises."""
    path = folder / "expected" / f"{question.id}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            columns, *rows = [tuple(row) for row in csv.reader(file) if row]
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}, the expected answer of {question.id}, cannot be read: {error}"
        ) from error
    return AnsweredQuestion(
        question=question,
        sparql=sparql_of(question, folder, queries),
        columns=columns,
        rows=tuple(rows),
    )
