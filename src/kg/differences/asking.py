"""The named queries that are answered from the statement table: what is asked, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import pyoxigraph as ox
from ibis.expr.types import Table

from kg.answers import Answer, Iri, Value
from kg.codes import Language
from kg.differences.pair import disagreements
from kg.differences.pairs import disagreements_all
from kg.queries import NamedQuery, bind

Terms = Mapping[str, ox.NamedNode | ox.Literal]


def expression(
    query: NamedQuery, terms: Terms, language: str = "en", include_proposed: bool = False
) -> Table:
    """The expression of a query (`kg.site.FROM_TABLE`) with its parameters.

    Raises `QueryError` as `kg.queries.bind` does.
    """
    bind(query, terms, language, include_proposed)  # what it refuses is refused here
    given = {name: term.value for name, term in terms.items()}
    tongue, issue = cast(Language, language), given.get("issue", "")
    if query.name == "disagreements-all":
        return disagreements_all(issue, tongue, include_proposed)
    kind = given.get("kind", "any")
    return disagreements(given["a"], given["b"], issue, kind, tongue, include_proposed)


def answer(query: NamedQuery, rows: Iterable[Sequence[Value]]) -> Answer:
    """The rows that an engine gives, as the answer that SPARQL gives."""
    columns = tuple(column.name for column in query.columns)
    iris = [place for place, column in enumerate(query.columns) if column.type == "iri"]
    return Answer(columns, tuple(map(_with_iris(iris), rows)), query.summary, query.brief)


def _with_iris(places: Sequence[int]) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
    """What marks the IRIs of a row as such; each is made once, for they come again and again."""
    known: dict[Value, Value] = {None: None}

    def marked(row: Sequence[Value]) -> tuple[Value, ...]:
        cells = list(row)
        for place in places:
            text = cells[place]
            if text not in known:
                known[text] = Iri(text)
            cells[place] = known[text]
        return tuple(cells)

    return marked
