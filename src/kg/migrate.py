"""Data written for an earlier version of APRO, brought to the present one.

A breaking change comes with a query in ``ontology/migrations/VERSION/`` (SPARQL 1.1 Update,
https://www.w3.org/TR/sparql11-update/), which any engine can run. They match terms that are gone,
so that running them all, and running them twice, does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.encode import canonical
from kg.resources import ontology_dir

# The queries match named graphs; triples without one stand in this graph while they run.
_UNNAMED = ox.NamedNode("urn:x-apro:unnamed")


@dataclass(frozen=True)
class Step:
    """One migration query, and how many quads of the data it replaced."""

    version: str
    name: str
    changed: int = 0


@dataclass(frozen=True)
class Migrated:
    """The data in the present version, in canonical order, and what each query did."""

    quads: tuple[ox.Quad, ...]
    steps: tuple[Step, ...]


def migration_files(folder: Path | None = None) -> list[Path]:
    """The migration queries of the ontology, by version and then by name."""
    root = (folder or ontology_dir()) / "migrations"
    return sorted(root.glob("*/*.ru"), key=lambda path: (_numbers(path.parent.name), path.name))


def _numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def migrate(quads: Sequence[ox.Quad], folder: Path | None = None) -> Migrated:
    """Run every migration query, in order, over the data.

    >>> old = ox.NamedNode("https://w3id.org/apro#claimedIn")
    >>> node = ox.NamedNode("https://example.org/c1")
    >>> done = migrate([ox.Quad(node, old, node)])
    >>> done.quads[0].predicate.value, [step.name for step in done.steps if step.changed]
    ('https://w3id.org/apro#expressedIn', ['01-properties'])
    """
    given = _moved(quads, ox.DefaultGraph(), _UNNAMED)
    store = ox.Store()
    store.bulk_extend(given)
    at_first, steps = set(store), []
    for path in migration_files(folder):
        before = set(store)
        store.update(path.read_text(encoding="utf-8"))
        steps.append(Step(path.parent.name, path.stem, len(before - set(store))))
    # What no query touched is kept as it was given: the store writes every whole number anew as
    # xsd:integer, also one that is an xsd:nonNegativeInteger.
    kept = [quad for quad in given if quad in store]
    done = _moved([*kept, *(set(store) - at_first)], _UNNAMED, ox.DefaultGraph())
    return Migrated(tuple(canonical(done)), tuple(steps))


def _moved(
    quads: Sequence[ox.Quad],
    start: ox.NamedNode | ox.DefaultGraph,
    end: ox.NamedNode | ox.DefaultGraph,
) -> list[ox.Quad]:
    """The same quads, with those of one graph in another."""
    return [
        ox.Quad(
            quad.subject,
            quad.predicate,
            quad.object,
            end if quad.graph_name == start else quad.graph_name,
        )
        for quad in quads
    ]
