"""Data written for an earlier version of APRO, brought to the present one.

A breaking change comes with a query in ``ontology/migrations/VERSION/`` (SPARQL 1.1 Update,
https://www.w3.org/TR/sparql11-update/), which any engine can run. They match terms that are gone,
so that running them all, and running them twice, does no harm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.names import OWL, RDF
from kg.resources import DEPRECATED_FILE, ontology_dir

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
    """The data in the present version, what each query did, and what none could bring over.

    The quads have no order; `left` counts the statements that use a deprecated term, by its IRI.
    """

    quads: tuple[ox.Quad, ...]
    steps: tuple[Step, ...]
    left: Mapping[str, int] = field(default_factory=dict)


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
    now = at_first
    for path in migration_files(folder):
        before = now
        store.update(path.read_text(encoding="utf-8"))
        now = set(store)
        steps.append(Step(path.parent.name, path.stem, len(before - now)))
    if now == at_first:
        return Migrated(tuple(quads), tuple(steps), _left(quads, folder))
    # What no query touched is kept as it was given: the store writes every whole number anew as
    # xsd:integer, also one that is an xsd:nonNegativeInteger.
    kept = [quad for quad in given if quad in store]
    done = _moved([*kept, *(now - at_first)], _UNNAMED, ox.DefaultGraph())
    return Migrated(tuple(done), tuple(steps), _left(done, folder))


def deprecated_terms(folder: Path | None = None) -> frozenset[str]:
    """The properties and classes of earlier versions; none where the ontology lists none.

    Raises `InputError` if the list cannot be read.
    """
    path = (folder or ontology_dir()) / DEPRECATED_FILE
    if not path.exists():
        return frozenset()
    flag = ox.NamedNode(f"{OWL}deprecated")
    try:
        listed = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(f"{path} cannot be read ({error}): restore the file") from error
    return frozenset(
        quad.subject.value
        for quad in listed
        if quad.predicate == flag and isinstance(quad.subject, ox.NamedNode)
    )


def _left(quads: Sequence[ox.Quad], folder: Path | None) -> Mapping[str, int]:
    """How many statements use each deprecated property or class."""
    terms, kind = deprecated_terms(folder), ox.NamedNode(f"{RDF}type")
    used = Counter(
        quad.object.value
        if quad.predicate == kind and isinstance(quad.object, ox.NamedNode)
        else quad.predicate.value
        for quad in quads
    )
    return {name: count for name, count in sorted(used.items()) if name in terms}


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
