"""Graphs that answer SPARQL, always with the union of all graphs as the default graph.

`GraphStore` is what the rest of the package asks for; `EmbeddedStore` answers it from Oxigraph, in
memory or from a folder that a build wrote. The errors of Oxigraph become those of `kg.errors` here.
A triple that stands in two graphs is counted twice by Oxigraph's union: queries say ``DISTINCT``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.locks import Held, hold
from kg.sparql import fetches, names_dataset

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?:expected )?(?P<reason>.*)", re.S)
_SHOWN = 8


@dataclass(frozen=True)
class Solutions:
    """The answer to a SELECT: its variables, and one row of terms (None: unbound) a solution."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class GraphStore(Protocol):
    """A graph that answers SPARQL text; the default graph is the union of all its graphs.

    Every method raises `QueryError` where the text does not parse or is of another query form,
    and `StoreError` where the graph cannot be read.
    """

    def select(self, text: str) -> Solutions:
        """The solutions of a SELECT query."""

    def construct(self, text: str) -> tuple[ox.Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query."""

    def ask(self, text: str) -> bool:
        """The answer to an ASK query."""


class EmbeddedStore:
    """A `GraphStore` on Oxigraph in this process.

    >>> store = EmbeddedStore.parse('<a:s> <a:p> "text" <a:g> .', ox.RdfFormat.N_QUADS)
    >>> store.select("SELECT ?o { ?s ?p ?o }").rows[0][0].value
    'text'
    """

    def __init__(self, store: ox.Store, held: Held | None = None) -> None:
        self._store = store
        self._held = held

    @classmethod
    def open(cls, folder: Path, held: Held | None = None) -> EmbeddedStore:
        """Open a store's folder for reading only; raises `StoreError` where it is none.

        The folder around it is held, or `held` is: what takes its place meanwhile is not read.
        """
        try:
            held = held or hold(folder.parent)
            place = held.path / folder.name
            if not (place / "CURRENT").is_file():
                raise StoreError(f"There is no store in {folder}: make one with “kg build”")
            return cls(ox.Store.read_only(str(place)), held)
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"The store in {folder} cannot be opened: {error}") from error

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> EmbeddedStore:
        """A store in memory that holds `quads`."""
        store = ox.Store()
        store.extend(quads)
        return cls(store)

    @classmethod
    def parse(cls, text: str, form: ox.RdfFormat = ox.RdfFormat.TRIG) -> EmbeddedStore:
        """A store in memory from RDF text; raises `StoreError` where that does not parse."""
        try:
            return cls.of(ox.parse(text, format=form))
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"The RDF does not parse: {error}") from error

    def count(self) -> int:
        """How many quads it holds; raises `StoreError` where it cannot be read."""
        try:
            return len(self._store)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The store cannot be read: {error}") from error

    def select(self, text: str) -> Solutions:
        """See `GraphStore.select`."""
        with _foreign_errors():
            found = self._query(text)
            if not isinstance(found, ox.QuerySolutions):
                raise QueryError("This is no SELECT query: only SELECT gives a table")
            names = tuple(variable.value for variable in found.variables)
            return Solutions(names, tuple(tuple(row) for row in found))

    def construct(self, text: str) -> tuple[ox.Triple, ...]:
        """See `GraphStore.construct`."""
        with _foreign_errors():
            found = self._query(text)
            if not isinstance(found, ox.QueryTriples):
                raise QueryError("This is neither CONSTRUCT nor DESCRIBE: only they give triples")
            return tuple(found)

    def ask(self, text: str) -> bool:
        """See `GraphStore.ask`."""
        with _foreign_errors():
            found = self._query(text)
            if not isinstance(found, ox.QueryBoolean):
                raise QueryError("This is no ASK query: only ASK gives true or false")
            return bool(found)

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        if fetches(text):
            raise QueryError("SERVICE is off: kg answers from its own graph and fetches nothing")
        # Oxigraph lets the union override FROM: a query that names its graphs goes without.
        return self._store.query(text, use_default_graph_as_union=not names_dataset(text))


def query_variables(text: str) -> tuple[str, ...]:
    """The variables that a SELECT query returns, in order, without running it on any data.

    >>> query_variables("SELECT ?b (COUNT(*) AS ?n) { ?a ?x ?b } GROUP BY ?b")
    ('b', 'n')

    Raises `QueryError` where the text does not parse or is no SELECT.
    """
    return EmbeddedStore(ox.Store()).select(text).variables


@contextmanager
def _foreign_errors() -> Iterator[None]:
    """Turn the errors of Oxigraph into ours."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(_explain(str(error))) from error
    except OSError as error:
        raise StoreError(f"The store cannot be read: {error}") from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"The query cannot be answered: {error}") from error


def _explain(message: str) -> str:
    """Oxigraph's account of a syntax error as one short sentence with line and column."""
    place = _PLACE.match(message)
    if place is None:
        return f"The SPARQL does not parse: {message}"
    where = f"The SPARQL does not parse at line {place['line']}, column {place['column']}"
    choices = place["reason"].removeprefix("one of ").split(", ")
    named = [choice for choice in choices if not re.search(r"^$|[\[\]]|\\u|^\|", choice)]
    reasons = [choice for choice in named if re.match(r"[A-Z][a-z]+ \w", choice)]
    if reasons:
        return f"{where}: {'; '.join(reasons)}"
    if not named:
        return where
    more = " or more" if len(named) > _SHOWN else ""
    return f"{where}: expected {' or '.join(named[:_SHOWN])}{more}"
