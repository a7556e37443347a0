"""Alignments: how the ontology's terms stand to those of other vocabularies, one file each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.names import DCTERMS, OWL, RDF, RDFS, VANN
from kg.statements import Label
from kg.vocabulary.facts import key, read_facts

_TEXTS = (f"{DCTERMS}description", f"{VANN}usageNote", f"{RDFS}comment")


@dataclass(frozen=True)
class Link:
    """One statement between an own term and a term elsewhere."""

    subject: str
    relation: str
    value: str


@dataclass(frozen=True)
class Alignment:
    """The links to one vocabulary; `file` is the file's name."""

    file: str
    title: Label
    description: Label
    links: tuple[Link, ...]
    prefixes: dict[str, str]


def read_alignments(folder: Path, namespace: str) -> tuple[Alignment, ...]:
    """Every ``*.ttl`` of the folder, by name; none where there is no such folder.

    Raises `InputError` for a file that is no Turtle.
    """
    return tuple(_alignment(path, namespace) for path in sorted(folder.glob("*.ttl")))


def _alignment(path: Path, namespace: str) -> Alignment:
    facts = read_facts([path])
    header = next(iter(facts.subjects(f"{RDF}type", f"{OWL}Ontology")), "")
    links = {
        Link(key(triple.subject), triple.predicate.value, key(triple.object))
        for triple in facts.triples
        if _between(triple, namespace) and key(triple.subject) != header
    }
    return Alignment(
        file=path.name,
        title=facts.label(header, f"{DCTERMS}title", f"{RDFS}label"),
        description=facts.label(header, *_TEXTS),
        links=tuple(sorted(links, key=lambda one: _order(one, namespace))),
        prefixes=dict(facts.prefixes),
    )


def _between(triple: ox.Triple, namespace: str) -> bool:
    """Tell whether a triple links a term of the namespace with a node outside it."""
    ends = (triple.subject, triple.object)
    if not all(isinstance(end, ox.NamedNode) for end in ends):
        return False
    if triple.predicate.value in (f"{RDF}type", f"{RDFS}isDefinedBy"):
        return False
    return sum(key(end).startswith(namespace) for end in ends) == 1


def _order(link: Link, namespace: str) -> tuple[str, str, str]:
    """Links by the own term, then by relation and the other term."""
    own, other = link.subject, link.value
    if not own.startswith(namespace):
        own, other = other, own
    return own, link.relation, other
