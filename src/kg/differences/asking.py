"""The named queries that are answered from the statement table: what is asked, and the answer."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple, Protocol, cast

import ibis
import pyoxigraph as ox

from kg.answers import Answer, Value
from kg.codes import Language
from kg.differences import pair, pairs
from kg.differences.asked import BODY, Sql, compiled
from kg.differences.tables import short_names
from kg.queries import NamedQuery, bind

Terms = Mapping[str, ox.NamedNode | ox.Literal]
Row = tuple[Value, ...]


class Engine(Protocol):
    """What runs SQL over the files of a table."""

    @property
    def dialect(self) -> str:
        """One of `kg.differences.asked.COMPILERS`."""

    @property
    def made(self) -> bool:
        """Whether the files of `kg.differences.made` are among them."""

    def keep(self, name: str, sql: Sql, given: Mapping[str, str]) -> None:
        """Keep what a text gives, as a table of this name."""

    def rows(self, sql: Sql, given: Mapping[str, str]) -> Iterable[Row]:
        """The rows that a text gives."""

    def numbers(self, sql: Sql, given: Mapping[str, str]) -> Iterable[tuple[int, ...]]:
        """The rows that a text gives, where they hold numbers alone."""


def answer(
    engine: Engine, query: NamedQuery, terms: Terms, language: str, include_proposed: bool
) -> Answer:
    """The answer of a query (`kg.site.FROM_TABLE`), as SPARQL gives it.

    Raises `QueryError` as `kg.queries.bind` does.
    """
    bind(query, terms, language, include_proposed)  # what it refuses is refused here
    given = {name: term.value for name, term in terms.items()}
    shape = _Shape(
        engine.dialect,
        cast(Language, language),
        include_proposed,
        bool(given.get("issue")),
        engine.made,
    )
    if query.name == "disagreements-all":
        rows = _all(engine, _texts_of_all(shape), given)
    else:
        rows = _pair(engine, _texts_of_pair(shape, given.get("kind", "any")), given)
    columns = tuple(column.name for column in query.columns)
    with _uncollected():
        return Answer(columns, tuple(rows), query.summary, query.brief)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no cycles: among 100,000 rows that takes as long as to make them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Shape(NamedTuple):
    """What shapes a text of SQL: it is the same whatever bodies and issue are asked for."""

    dialect: str
    language: Language
    include_proposed: bool
    of_issue: bool
    made: bool


class _OfPair(NamedTuple):
    """What is asked for of a pair."""

    side: Sql
    shown: tuple[Sql, Sql]
    links: Sql
    name: Sql


class _OfAll(NamedTuple):
    """What is asked for of all bodies."""

    counts: Sql
    bodies: Sql
    shown: Sql
    figures: Sql


def _pair(engine: Engine, texts: _OfPair, given: Mapping[str, str]) -> Iterator[Row]:
    first, second = ({**given, "body": given[mark]} for mark in "ab")
    for name, body in zip(pair.SIDES, (first, second), strict=True):
        engine.keep(name, texts.side, body)
    a, b = (engine.rows(text, given) for text in texts.shown)
    names = _name(engine, texts.name, first), _name(engine, texts.name, second)
    return pair.put_together(names, (a, b), engine.numbers(texts.links, given))


def _name(engine: Engine, text: Sql, given: Mapping[str, str]) -> Value:
    return next((row[0] for row in engine.rows(text, given)), None)


def _all(engine: Engine, texts: _OfAll, given: Mapping[str, str]) -> Iterator[Row]:
    engine.keep(pairs.COUNTS, texts.counts, given)
    engine.keep(pairs.BODIES, texts.bodies, given)
    bodies = engine.rows(texts.shown, given)
    return pairs.put_together(bodies, engine.numbers(texts.figures, given))


# Ibis takes longer over a text than an engine over the answer.
@cache
def _texts_of_pair(shape: _Shape, kind: str) -> _OfPair:
    side = pair.side(shape.language, shape.include_proposed, shape.made)
    a, b = (ibis.table(side.schema(), name=name) for name in pair.SIDES)
    short = short_names(shape.language)
    name = short.filter(short.node == BODY).select("short")
    of_a, of_b = (compiled(pair.shown(one), shape.dialect) for one in (a, b))
    links = compiled(pair.links(a, b, kind, shape.of_issue), shape.dialect)
    return _OfPair(
        compiled(side, shape.dialect), (of_a, of_b), links, compiled(name, shape.dialect)
    )


@cache
def _texts_of_all(shape: _Shape) -> _OfAll:
    made = pairs.counted(shape.include_proposed, shape.made, shape.of_issue)
    counts = ibis.table(made.schema(), name=pairs.COUNTS)
    called = pairs.called(counts, shape.language)
    bodies = ibis.table(called.schema(), name=pairs.BODIES)
    asked = (made, called, bodies.order_by("number"), pairs.figures(counts, bodies))
    return _OfAll(*(compiled(one, shape.dialect) for one in asked))
