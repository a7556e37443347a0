"""What a command reads: a build's folder, or the same graph in a store on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg.build import quiet, read_build
from kg.encode import canonical, to_trig
from kg.errors import StoreError
from kg.names import check_base, graph_iri
from kg.remote.endpoint import Endpoint, find_endpoint
from kg.remote.store import RemoteStore
from kg.store import EmbeddedStore, GraphStore

if TYPE_CHECKING:
    from kg.site import Differences
    from kg.table import Table

_ONTOLOGY = graph_iri("ontology", "")


class Opened(Protocol):
    """A graph that can be asked: its base, and what it is called for people."""

    @property
    def base(self) -> str:
        """What the ids of its data begin with."""

    @property
    def name(self) -> str:
        """Its folder or its address."""

    @property
    def place(self) -> Path:
        """The place that findings name."""

    @property
    def graph_sha256(self) -> str:
        """The hash of the whole graph as canonical TriG."""

    def open(self) -> GraphStore:
        """The store, for reading."""

    def table(self) -> Table:
        """The statement table."""

    def differences(self) -> Differences | None:
        """What answers the queries of differences quicker than the store; None for the store."""

    def read_quads(self) -> Iterable[ox.Quad]:
        """The whole graph, all quads of a named graph behind each other."""


@dataclass(frozen=True)
class Published:
    """A build's graph in a store on a server.

    From an engine that is known to answer some queries wrongly the graph is read whole, and asked
    here; `tell` is told so. Its methods raise `StoreError` where the store cannot be read.
    """

    endpoint: Endpoint
    tell: Callable[[str], None] = quiet

    @property
    def name(self) -> str:
        """The address at which it is asked."""
        return self.endpoint.query

    @property
    def place(self) -> Path:
        """The place that findings name: the address without its scheme."""
        return Path(self.name.partition("://")[2])

    @cached_property
    def base(self) -> str:
        """What the ids of its data begin with: as the settings say, else as its graphs are called.

        Raises `StoreError` where it holds no graph of kg's, or those of several bases.
        """
        if self.endpoint.base:
            return check_base(self.endpoint.base)
        found = [
            graph.removesuffix(_ONTOLOGY)
            for graph in self._store.sizes()
            if graph.endswith(f"/{_ONTOLOGY}")
        ]
        if not found:
            raise StoreError(f"The store {self.name} holds no graph of kg: fill it with kg publish")
        if len(found) > 1:
            raise StoreError(
                f"The store {self.name} holds the data of {' and '.join(sorted(found))}: say which "
                "in the settings (base)"
            )
        return found[0]

    @cached_property
    def graph_sha256(self) -> str:
        """The hash of the whole graph as canonical TriG."""
        return sha256(to_trig(canonical(self.read_quads()), self.base)).hexdigest()

    def open(self) -> GraphStore:
        """The store, for reading."""
        return self._asked

    def table(self) -> Table:
        """The statement table, asked of the store."""
        # Here, since Polars takes long to import and most commands ask queries alone.
        from kg.table import make_table

        return make_table(self._asked)

    def differences(self) -> None:
        """Nothing: its table is not at hand."""

    def read_quads(self) -> Iterator[ox.Quad]:
        """The whole graph, graph by graph."""
        for graph in sorted(name for name in self._store.sizes() if name.startswith(self.base)):
            for one in self._store.graph(graph):
                yield ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(graph))

    @cached_property
    def _asked(self) -> GraphStore:
        """The store on the server, or a copy of its graph where that is safer."""
        if self.endpoint.trusted or self._store.is_reliable:
            return self._store
        self.tell(
            "The store's engine answers some queries wrongly: reading its graph to answer them here"
        )
        return EmbeddedStore.of(self.read_quads())

    @cached_property
    def _store(self) -> RemoteStore:
        return RemoteStore(self.endpoint)


def open_store(store: str, tell: Callable[[str], None] = quiet) -> Opened:
    """What a folder, an address or a name of the settings means, for reading.

    Raises `StoreError` for a folder that is no build, `InputError` for settings that are wrong.
    """
    endpoint = find_endpoint(store)
    return Published(endpoint, tell) if endpoint else read_build(Path(store))
