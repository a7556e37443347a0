"""`kg publish`: a build into a store on a server, graph by graph, and verified.

Each graph is replaced by one request, so that it is the old one or the new one at any moment (as
far as the engine keeps that promise: docs/stores.md). A graph that is there already as the build
has it is left alone: a run that was cut off goes on where it was. Behind each graph its content is
read back and compared, as canonical RDF (https://www.w3.org/TR/rdf-canon/) whose literals are
normalised for what engines rewrite; no hash that the server could not have made of its own data is
trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

import pyoxigraph as ox

from kg.errors import StoreError
from kg.findings import counted
from kg.opened import Opened
from kg.remote.endpoint import Endpoint
from kg.remote.engines import writable
from kg.remote.graphs import GraphClient
from kg.remote.literals import normalised
from kg.remote.store import RemoteStore

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Publication:
    """What a run did: graphs by IRI, and how many triples the store now holds of the build.

    `extra` are the graphs under the build's base that the build has not, and that stand there.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    dropped: tuple[str, ...]
    extra: tuple[str, ...]
    triples: int


def publish(
    build: Opened, endpoint: Endpoint, progress: Progress, prune: bool = False
) -> Publication:
    """Make a store hold the graphs of a build; with `prune`, no others under the build's base.

    Raises `StoreError` where the store cannot be reached or written, or where it does not hold
    afterwards what it was given; what was written before is whole.
    """
    target = writable(endpoint)
    store = RemoteStore(target)
    before = store.sizes()
    wanted: dict[str, int] = {}
    written: list[str] = []
    with GraphClient(target) as client:
        # Virtuoso cuts a graph off at its 10,000th triple, without a word, unless it is asked for.
        read = client.read if store.is_reliable else lambda graph: list(store.graph(graph))
        for graph, triples in _graphs(build.read_quads()):
            if graph in wanted:
                raise StoreError(f"{build.name} has {graph} in two pieces: build it again")
            wanted[graph] = len(triples)
            digest = digest_of(triples)
            if before.get(graph) == len(triples) and digest_of(read(graph)) == digest:
                continue
            progress(f"Writing graph {len(wanted)}, {graph}")
            client.replace(graph, triples)
            _verify(graph, triples, read(graph), digest)
            written.append(graph)
        own = (name for name in sorted(before) if name.startswith(build.base))
        others = [name for name in own if name not in wanted]
        for graph in others if prune else ():
            progress(f"Removing {graph}")
            client.drop(graph)
    _verify_counts(wanted, store.sizes(), others if prune else [])
    return Publication(
        tuple(written),
        tuple(graph for graph in wanted if graph not in set(written)),
        tuple(others if prune else ()),
        tuple(() if prune else others),
        sum(wanted.values()),
    )


def digest_of(triples: Iterable[ox.Triple]) -> str:
    """The SHA-256 of triples as canonical N-Triples, with literals in one form each.

    >>> triple = ox.parse(b"<a:s> <a:p> true .", format=ox.RdfFormat.TURTLE)
    >>> other = "<a:s> <a:p> '1'^^<http://www.w3.org/2001/XMLSchema#boolean> ."
    >>> digest_of(one.triple for one in triple) == digest_of(
    ...     one.triple for one in ox.parse(other, format=ox.RdfFormat.TURTLE)
    ... )
    True
    """
    found = ox.Dataset(
        ox.Quad(one.subject, one.predicate, normalised(one.object)) for one in triples
    )
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(str(quad.triple) for quad in found)
    return sha256("\n".join(lines).encode()).hexdigest()


def _graphs(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, list[ox.Triple]]]:
    """The graphs one by one, so that no more than one is in memory."""
    for name, group in groupby(quads, key=lambda quad: quad.graph_name):
        assert isinstance(name, ox.NamedNode)  # a build has no default graph
        yield name.value, [quad.triple for quad in group]


def _verify(
    graph: str, given: Sequence[ox.Triple], found: Sequence[ox.Triple], digest: str
) -> None:
    if digest_of(found) != digest:
        raise StoreError(
            f"The store does not hold {graph} as it was written ({counted(len(found), 'triple')} "
            f"of {len(given)}, or other ones): publish again, and report this engine"
        )


def _verify_counts(
    wanted: Mapping[str, int], sizes: Mapping[str, int], gone: Sequence[str]
) -> None:
    wrong = [graph for graph, triples in wanted.items() if sizes.get(graph) != triples]
    wrong += [graph for graph in gone if sizes.get(graph)]
    if wrong:
        raise StoreError(
            f"Something else writes to the store: {', '.join(sorted(wrong)[:3])} changed while the "
            "build was published. Publish again"
        )
