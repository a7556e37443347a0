"""A large graph in parts, each small enough for memory: some meetings with what they refer to.

One query over a store on disk looks every node up by itself, and keeps all its rows until the last
is found. So graph after graph is read into stores in memory, and the same query is asked of each.
The answers are those of the whole where each resource is described in one graph, and what happens
in a meeting in the graph of that meeting, as `kg.encode` writes them. Other data is told by
`Part.closed` and `overlapping`: ask it as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph_file import Stretch, read
from kg.names import PREFIXES
from kg.store import EmbeddedStore

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

BYTES_OF_PART = 16_000_000
"""About so many bytes of the file make a part: some 20,000 positions, which take some 200 MB."""
_REVISIONS = {"later": pl.String, "position": pl.String}


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


HOLDER, REVISES = _node("apro:holder"), _node("apro:revises")
# From a position to what happens around it, which is found from there.
_INWARD = frozenset(map(_node, ("apro:expressedIn", "apro:inAgendaItem", "apro:inMeeting")))
# To what may be described elsewhere: people, propositions, codes, documents.
_OUTWARD = frozenset(
    map(
        _node,
        (
            "adms:status", "apro:confidence", "apro:evidence", "apro:holder", "apro:pole",
            "apro:proposition", "apro:speaker", "apro:stance", "dcterms:creator", "oa:hasSource",
        ),
    )
)  # fmt: skip
# What else is asked of a position and of what is around it. The rest are labels and notes.
_TOLD = frozenset(
    map(
        _node,
        (
            "apro:answers", "apro:condition", "apro:number", "apro:paragraph", "apro:polarity",
            "apro:qualified", "apro:quote", "apro:represents", "apro:sequence", "dcterms:date",
            "dcterms:issued", "dcterms:language", "oa:end", "oa:start", "org:member",
            "skos:notation",
        ),
    )
)  # fmt: skip
_TYPE = _node("rdf:type")
_CLASSES = frozenset(
    map(
        _node,
        (
            "apro:Body", "apro:Group", "apro:Position", "apro:UnnamedHolder", "apro:WorkingBody",
            "foaf:Person",
        ),
    )
)  # fmt: skip
KEPT = _INWARD | _OUTWARD | _TOLD | {_TYPE}
"""The properties that parts have."""


@dataclass(frozen=True)
class Part:
    """Some graphs as a store in memory, as far as positions are asked for (`KEPT`).

    `subjects` has a hash of each resource that each graph describes, once a graph. `closed` tells
    whether what happens in its meetings is all in these graphs. What revises what leads from one
    meeting to another, and is not in the store: `revisions` has the columns `later` and `position`.
    """

    store: EmbeddedStore
    subjects: pl.Series
    closed: bool
    revisions: pl.DataFrame


class Whole:
    """A graph on disk, of which parts are made: its file, and the store of the same.

    Raises `StoreError` where one of them cannot be read.
    """

    def __init__(self, file: Path, store: Path) -> None:
        self._file = file
        try:
            self._store = ox.Store.read_only(str(store))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"The store in {store} cannot be opened: {error}") from error
        self._elsewhere: dict[ox.NamedNode, list[ox.Quad]] = {}

    def part(self, stretch: Stretch) -> Part:
        """The part of some graphs of the file, with what they refer to in others."""
        kept: list[ox.Quad] = []
        hashes, closed = [_hashes(())], True
        described: set[Node] = set()
        revisions: list[tuple[str, str]] = []
        for _, quads in groupby(read(self._file, stretch), key=_graph):
            here: set[Node] = set()
            inward: set[Node] = set()
            for quad in quads:
                here.add(quad.subject)
                if _kept(quad):
                    kept.append(quad)
                    if quad.predicate in _INWARD:
                        inward.add(quad.object)
                elif quad.predicate == REVISES:
                    revisions.append((_name(quad.subject), _name(quad.object)))
            described |= here
            hashes.append(_hashes(here))
            closed = closed and inward <= here
        named = {node for node in map(_led_to, kept) if node is not None}
        for node in named - described:
            kept += self._described(node)
        store = ox.Store()
        store.bulk_extend(ox.Quad(one.subject, one.predicate, one.object) for one in kept)
        frame = pl.DataFrame(revisions, schema=_REVISIONS, orient="row")
        return Part(EmbeddedStore(store), pl.concat(hashes), closed, frame)

    def _described(self, node: ox.NamedNode) -> list[ox.Quad]:
        """What a node of another graph is, and what it refers to in turn: its codes, its source."""
        if node not in self._elsewhere:
            found: dict[ox.NamedNode, list[ox.Quad]] = {}
            ahead = [node]
            while ahead:
                one = ahead.pop()
                if one not in found:
                    found[one] = [
                        quad
                        for quad in self._store.quads_for_pattern(one, None, None)
                        if _kept(quad)
                    ]
                    ahead += (o for o in map(_led_to, found[one]) if o is not None)
            self._elsewhere[node] = [quad for quads in found.values() for quad in quads]
        return self._elsewhere[node]

    def latest(self, positions: Iterable[str]) -> Iterator[ox.Quad]:
        """All quads of the graphs that hold some positions, and of those that hold none at all."""
        wanted = {
            quad.graph_name
            for position in positions
            for quad in self._store.quads_for_pattern(ox.NamedNode(position), HOLDER, None)
        }
        for graph in self._store.named_graphs():
            if graph in wanted or self._has_none(graph):
                yield from self._store.quads_for_pattern(None, None, None, graph)

    def _has_none(self, graph: ox.NamedNode | ox.BlankNode) -> bool:
        return next(self._store.quads_for_pattern(None, HOLDER, None, graph), None) is None


def overlapping(subjects: Iterable[pl.Series]) -> bool:
    """Tell whether a resource is described in two graphs; the hashes are those of all parts."""
    hashes = pl.concat(subjects)
    return hashes.n_unique() < len(hashes)


def _graph(quad: ox.Quad) -> str:
    return str(quad.graph_name)


def _name(node: Node) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _kept(quad: ox.Quad) -> bool:
    if quad.predicate == _TYPE:
        return quad.object in _CLASSES
    return quad.predicate in KEPT


def _led_to(quad: ox.Quad) -> ox.NamedNode | None:
    leads = quad.predicate in _OUTWARD and isinstance(quad.object, ox.NamedNode)
    return quad.object if leads else None  # type: ignore[return-value]


def _hashes(nodes: Iterable[object]) -> pl.Series:
    """A number for each node: that two of ten million share one has a chance of 1 in 100,000."""
    return pl.Series([str(node) for node in nodes], dtype=pl.String).hash(0)
