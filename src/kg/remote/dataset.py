"""The union of all graphs as default graph, on services that have it otherwise.

Tried in turn, until one gives the union: nothing (Virtuoso, or a service set up so), Oxigraph's
``union-default-graph``, Jena's ``urn:x-arq:UnionGraph``, and the list of all graphs as the
protocol has it (SPARQL 1.1 Protocol, section 2.1.4), which every service knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.remote.asking import Parameters
from kg.sparql import names_dataset, tokens

_DEFAULT, _NAMED = "default-graph-uri", "named-graph-uri"
_OXIGRAPH: Parameters = (("union-default-graph", "true"),)
_JENA: Parameters = ((_DEFAULT, "urn:x-arq:UnionGraph"),)


@dataclass(frozen=True)
class Probe:
    """What is asked of a service about its graphs, with parameters of the protocol.

    `outside` tells whether a triple of a named graph is missing from the default graph, `filled`
    whether the default graph holds anything, `graphs` lists the named graphs.
    """

    outside: Callable[[Parameters], bool]
    filled: Callable[[Parameters], bool]
    graphs: Callable[[], Iterable[str]]


class Union:
    """The parameters with which queries see the union of all graphs."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    def parameters(self, text: str) -> Parameters:
        """What goes with a query; nothing with one that names its graphs itself."""
        if names_dataset(text):
            return ()
        if self._found == _JENA and _names_graphs(text):
            return self._listed
        return self._found

    @cached_property
    def _found(self) -> Parameters:
        if not self._probe.outside(()):
            return ()
        for tried in (_OXIGRAPH, _JENA):
            # Behind parameters that a service does not know, all is as it was, or nothing is there.
            if self._probe.filled(tried) and not self._probe.outside(tried):
                return tried
        return self._listed

    @cached_property
    def _listed(self) -> Parameters:
        graphs = sorted(self._probe.graphs())
        return [(kind, graph) for kind in (_DEFAULT, _NAMED) for graph in graphs]


def _names_graphs(text: str) -> bool:
    return any(one.kind == "word" and one.text.upper() == "GRAPH" for one in tokens(text))
