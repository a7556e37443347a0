"""A build in other forms: RDF in its syntaxes, and the positions as one flat table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from kg.answers import to_csv
from kg.encode import canonical, serialised, to_trig
from kg.names import DEFAULT_BASE
from kg.pseudonyms import Pseudonyms
from kg.site import Site
from kg.store import EmbeddedStore


def export(
    quads: Sequence[ox.Quad], form: str, pseudonyms: Pseudonyms | None, base: str = DEFAULT_BASE
) -> bytes:
    """The quads in one of `EXPORTS`, without the people in it if pseudonyms are given."""
    shown = pseudonyms.apply(quads, base) if pseudonyms else quads
    return EXPORTS[form](canonical(shown), base)


def _rdf(form: ox.RdfFormat) -> Callable[[Sequence[ox.Quad], str], bytes]:
    def write(quads: Sequence[ox.Quad], base: str) -> bytes:
        return serialised(quads, form)

    return write


def _positions(quads: Sequence[ox.Quad], base: str) -> bytes:
    return to_csv(Site(EmbeddedStore.of(quads), base).ask("network", {}), base).encode()


EXPORTS: Mapping[str, Callable[[Sequence[ox.Quad], str], bytes]] = {
    "trig": to_trig,
    "nquads": _rdf(ox.RdfFormat.N_QUADS),
    "jsonld": _rdf(ox.RdfFormat.JSON_LD),
    "csv": _positions,
}
