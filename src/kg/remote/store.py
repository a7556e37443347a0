"""`RemoteStore`: a `GraphStore` on any SPARQL 1.1 endpoint.

Queries go by POST through SPARQLWrapper; a query changes nothing, so that one that fails for a
passing reason is sent again (`kg.remote.asking`). The default graph is the union of all graphs, as
everywhere in kg, also where the service has it otherwise (`kg.remote.dataset`). Answers that the
service cuts off are fetched page by page (`kg.remote.paging`). Literals come in their canonical
form (`kg.remote.literals`), since engines differ in the one that they give.

SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.queries import NamedQuery, bind, load_query
from kg.remote.asking import Parameters, Reply, Service
from kg.remote.dataset import Probe, Union
from kg.remote.endpoint import Endpoint
from kg.remote.literals import normalised
from kg.remote.paging import page
from kg.resources import queries_dir
from kg.sparql import fetches, names_dataset, query_form
from kg.store import Solutions, Term

Row = tuple[Term | None, ...]

_MOST_ROWS = "X-SPARQL-MaxRows"  # Virtuoso says so where it has cut an answer off
_VIRTUOSO_YES = "__ASK_RETVAL"  # the column in which Virtuoso 7 says yes (1) or no
_VIRTUOSO_TRIPLES = 10_000  # it gives no more of a CONSTRUCT, unless its settings differ
_RDF = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/turtle": ox.RdfFormat.TURTLE,
    "text/n3": ox.RdfFormat.N3,
    "text/rdf+n3": ox.RdfFormat.N3,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}


class RemoteStore:
    """A `GraphStore` on a server.

    Its methods raise what `GraphStore` says, and `StoreError` where the service cannot be reached,
    refuses the keys, takes too long, or answers what is no SPARQL result.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._service = Service(endpoint)

    def select(self, text: str) -> Solutions:
        """See `GraphStore.select`."""
        _check(text, ("SELECT",), "This is no SELECT query: only SELECT gives a table")
        return self._select(text, self._union.parameters(text))

    def construct(self, text: str) -> tuple[ox.Triple, ...]:
        """See `GraphStore.construct`."""
        forms = ("CONSTRUCT", "DESCRIBE")
        _check(text, forms, "This is neither CONSTRUCT nor DESCRIBE: only they give triples")
        with self._service.query(text, self._union.parameters(text)) as reply:
            form = _RDF.get(reply.type)
            if form is None:
                raise StoreError(f"{reply.name} answers in {reply.type or 'no'} form: no RDF")
            with reply.errors():
                found = tuple(
                    ox.Triple(one.subject, one.predicate, normalised(one.object))
                    for one in ox.parse(reply.stream, format=form)
                )
        if len(found) == _VIRTUOSO_TRIPLES and self._service.is_virtuoso:
            raise StoreError(
                f"{reply.name} gives {len(found)} triples at most and says nothing of the rest: "
                "ask for less with LIMIT, or for rows with SELECT"
            )
        return found

    def ask(self, text: str) -> bool:
        """See `GraphStore.ask`."""
        _check(text, ("ASK",), "This is no ASK query: only ASK gives true or false")
        with self._service.query(text, self._union.parameters(text)) as reply:
            found = _results(reply)
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            if [one.value for one in found.variables] != [_VIRTUOSO_YES]:
                raise StoreError(f"{reply.name} answers ASK with a table: it is no SPARQL service")
            return any(value == ox.Literal(1) for row in _rows(reply, found) for value in row)

    def graph(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of one graph."""
        text = bind(_internal("graph"), {"graph": ox.NamedNode(graph)})
        for row in self._select(text, ()).rows:
            subject, predicate, value = row
            assert isinstance(subject, ox.NamedNode | ox.BlankNode)
            assert isinstance(predicate, ox.NamedNode)
            assert value is not None
            yield ox.Triple(subject, predicate, value)

    def sizes(self) -> dict[str, int]:
        """How many triples each named graph holds."""
        return {
            graph.value: int(count.value)
            for graph, count in self._select(_internal("graphs").text, ()).rows
            if isinstance(graph, ox.NamedNode) and isinstance(count, ox.Literal)
        }

    @cached_property
    def is_reliable(self) -> bool:
        """Whether the engine answers every query as SPARQL has it, as far as is known.

        Virtuoso 7 fails on four of kg's queries with errors of its compiler, and gives other rows
        than all other engines for a fifth (docs/stores.md).
        """
        self._select(_internal("default-graph").text, ())
        return not self._service.is_virtuoso

    @cached_property
    def _union(self) -> Union:
        outside, filled = _internal("outside-default").text, _internal("default-graph").text
        return Union(
            Probe(
                outside=lambda parameters: bool(self._select(outside, parameters).rows),
                filled=lambda parameters: bool(self._select(filled, parameters).rows),
                graphs=self.sizes,
            )
        )

    def _select(self, text: str, parameters: Parameters) -> Solutions:
        with self._service.query(text, parameters) as reply:
            variables, rows = _table(reply)
            found = list(rows)
            most = _number(reply.header(_MOST_ROWS)) or self.endpoint.page
        if most and len(found) >= most:
            found = list(self._pages(text, parameters, most))
        return Solutions(variables, tuple(found))

    def _pages(self, text: str, parameters: Parameters, size: int) -> Iterator[Row]:
        """All rows of an answer that comes in pages of at most `size` rows."""
        if names_dataset(text):
            raise StoreError(
                f"The store {self.endpoint.query} gives {size} rows at most, and pages of a query "
                "with FROM cannot be asked for: leave FROM out, or ask for less with LIMIT"
            )
        start, fetched = 0, size
        while fetched == size:
            with self._service.query(page(text, size, start), parameters) as reply:
                rows = list(_table(reply)[1])
            yield from rows
            fetched = len(rows)
            start += fetched


def _check(text: str, forms: tuple[str, ...], message: str) -> None:
    if fetches(text):
        raise QueryError("SERVICE is off: kg answers from its own graph and fetches nothing")
    if query_form(text) not in forms:
        raise QueryError(message)


@cache
def _internal(name: str) -> NamedQuery:
    return load_query(queries_dir() / "internal" / f"remote-{name}.rq")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _table(reply: Reply) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The variables of a table, and its rows as they arrive."""
    found = _results(reply)
    if not isinstance(found, ox.QuerySolutions):
        raise StoreError(f"{reply.name} answers SELECT with yes or no: it is no SPARQL service")
    return tuple(one.value for one in found.variables), _rows(reply, found)


def _rows(reply: Reply, found: ox.QuerySolutions) -> Iterator[Row]:
    with reply.errors():
        for row in found:
            yield tuple(None if term is None else normalised(term) for term in row)


def _results(reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
    form = _RESULTS.get(reply.type)
    if form is None:
        raise StoreError(f"{reply.name} answers in {reply.type or 'no'} form: no SPARQL result")
    with reply.errors():
        return ox.parse_query_results(reply.stream, form)
