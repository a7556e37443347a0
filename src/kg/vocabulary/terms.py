"""Classes and properties as the ontology's files state them, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.names import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, VANN
from kg.statements import Label
from kg.vocabulary.facts import Facts, plain


class Kind(StrEnum):
    """What a term is; the value is the local name of its type in OWL."""

    CLASS = "Class"
    OBJECT = "ObjectProperty"
    DATATYPE = "DatatypeProperty"
    ANNOTATION = "AnnotationProperty"


@dataclass(frozen=True)
class Text:
    """One text in one language, or in none."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Term:
    """A class or property: its own texts, and its links to other terms by IRI.

    `name` is the local name, `holders` and `values` are domain and range, formal or for
    documentation; `formal` tells which of them reasoners use. `relations` holds every other link
    to a node, by property. A missing text is empty.
    """

    iri: str
    curie: str
    name: str
    kind: Kind
    label: Label
    definition: Label
    scope_note: Label
    usage_note: Label
    change_note: Label
    examples: tuple[Text, ...]
    parents: tuple[str, ...]
    holders: tuple[str, ...]
    values: tuple[str, ...]
    formal: frozenset[str]
    relations: Mapping[str, tuple[str, ...]]
    traits: tuple[str, ...]
    since: str
    deprecated: bool
    replaced_by: tuple[str, ...]

    @property
    def is_class(self) -> bool:
        """Tell a class from a property."""
        return self.kind is Kind.CLASS

    def shown(self, language: str) -> str:
        """The label in a language, or else the prefixed name: reused terms have no label here."""
        return str(getattr(self.label, language)) or self.curie


PARENTS = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
HOLDERS = (f"{RDFS}domain", f"{SCHEMA}domainIncludes")
VALUES = (f"{RDFS}range", f"{SCHEMA}rangeIncludes")
REPLACED = f"{DCTERMS}isReplacedBy"
_ELSEWHERE = {*PARENTS, *HOLDERS, *VALUES, REPLACED, f"{RDF}type", f"{RDFS}isDefinedBy"}


def declared(facts: Facts) -> list[str]:
    """The IRIs that some file declares as a class or property, in order."""
    found = {iri for kind in Kind for iri in facts.subjects(f"{RDF}type", OWL + kind)}
    return sorted(iri for iri in found if not iri.startswith("_:"))


def read_term(facts: Facts, iri: str) -> Term:
    """The term with this IRI, which must be declared."""
    types = facts.keys(iri, f"{RDF}type")
    curie = facts.shorten(iri)
    return Term(
        iri=iri,
        curie=curie,
        name=curie.rpartition(":")[2] if "://" not in curie else curie,
        kind=next(kind for kind in Kind if OWL + kind in types),
        label=facts.label(iri, f"{RDFS}label"),
        definition=facts.label(iri, f"{SKOS}definition"),
        scope_note=facts.label(iri, f"{SKOS}scopeNote"),
        usage_note=facts.label(iri, f"{VANN}usageNote"),
        change_note=facts.label(iri, f"{SKOS}changeNote", f"{SKOS}historyNote"),
        examples=tuple(_texts(facts, iri, f"{SKOS}example")),
        parents=facts.keys(iri, *PARENTS),
        holders=facts.keys(iri, *HOLDERS),
        values=facts.keys(iri, *VALUES),
        formal=frozenset(facts.keys(iri, HOLDERS[0], VALUES[0])),
        relations=_relations(facts, iri),
        traits=tuple(_traits(types)),
        since=facts.text(iri, f"{OWL}versionInfo"),
        deprecated=facts.text(iri, f"{OWL}deprecated") == "true",
        replaced_by=facts.keys(iri, REPLACED),
    )


def _texts(facts: Facts, iri: str, predicate: str) -> Iterable[Text]:
    for one in facts.values(iri, predicate):
        yield Text(plain(one), (one.language or "") if isinstance(one, ox.Literal) else "")


def _relations(facts: Facts, iri: str) -> dict[str, tuple[str, ...]]:
    """Links to named nodes that no field of `Term` holds, such as inverses and disjoint classes."""
    found = {}
    for predicate in facts.properties(iri):
        nodes = tuple(n for n in facts.keys(iri, predicate) if not n.startswith("_:"))
        if nodes and predicate not in _ELSEWHERE:
            found[predicate] = nodes
    return found


def _traits(types: Iterable[str]) -> Iterable[str]:
    """Further types of OWL, as ``SymmetricProperty``."""
    kinds = {OWL + kind for kind in Kind}
    for one in types:
        if one.startswith(OWL) and one not in kinds:
            yield one.removeprefix(OWL)
