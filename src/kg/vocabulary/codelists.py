"""Code lists: SKOS concept schemes with their hierarchy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.names import RDF, SKOS, XSD
from kg.statements import Label
from kg.vocabulary.facts import Facts, Value, plain


@dataclass(frozen=True)
class ListedCode:
    """One code; `depth` is 0 at the top, `facts` are its values for properties of the ontology."""

    iri: str
    notation: str
    label: Label
    definition: Label
    scope_note: Label
    depth: int
    broader: str
    facts: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class CodeList:
    """A concept scheme with its codes, each below the one it narrows."""

    iri: str
    name: str
    label: Label
    definition: Label
    scope_note: Label
    codes: tuple[ListedCode, ...]
    columns: tuple[str, ...]


def read_code_lists(facts: Facts, namespace: str) -> tuple[CodeList, ...]:
    """Every concept scheme; `namespace` tells which properties of codes are the ontology's own."""
    schemes = facts.subjects(f"{RDF}type", f"{SKOS}ConceptScheme")
    return tuple(_code_list(facts, iri, namespace) for iri in schemes)


def _code_list(facts: Facts, iri: str, namespace: str) -> CodeList:
    members = facts.subjects(f"{SKOS}inScheme", iri)
    tops = [one for one in members if not set(facts.keys(one, f"{SKOS}broader")) & set(members)]
    tops = _ordered(facts, tops, namespace)
    codes = _listed(facts, [*tops, *_ordered(facts, members, namespace)], namespace)
    return CodeList(
        iri=iri,
        name=iri.rstrip("/").rpartition("/")[2],
        label=facts.label(iri, f"{SKOS}prefLabel"),
        definition=facts.label(iri, f"{SKOS}definition"),
        scope_note=facts.label(iri, f"{SKOS}scopeNote", f"{SKOS}note"),
        codes=codes,
        columns=tuple(sorted({name for code in codes for name, _ in code.facts})),
    )


def _listed(facts: Facts, roots: list[str], namespace: str) -> tuple[ListedCode, ...]:
    """The codes below each root that stands below no other; of those in a circle, the first."""
    found: dict[str, list[ListedCode]] = {}
    for root in roots:
        if not any(code.iri == root for codes in found.values() for code in codes):
            below = list(_below(facts, root, 0, namespace, ()))
            for code in below:
                found.pop(code.iri, None)
            found[root] = below
    return tuple(code for codes in found.values() for code in codes)


def _below(
    facts: Facts, iri: str, depth: int, namespace: str, path: tuple[str, ...]
) -> Iterator[ListedCode]:
    """A code and those narrower than it; a code that is its own ancestor is shown once."""
    broader = facts.keys(iri, f"{SKOS}broader")
    yield ListedCode(
        iri=iri,
        notation=facts.text(iri, f"{SKOS}notation"),
        label=facts.label(iri, f"{SKOS}prefLabel"),
        definition=facts.label(iri, f"{SKOS}definition"),
        scope_note=facts.label(iri, f"{SKOS}scopeNote", f"{SKOS}note"),
        depth=depth,
        broader=broader[0] if broader else "",
        facts=tuple(
            (name, value)
            for name in facts.properties(iri)
            if name.startswith(namespace)
            for value in facts.values(iri, name)
        ),
    )
    for narrower in _ordered(facts, facts.subjects(f"{SKOS}broader", iri), namespace):
        if narrower not in (*path, iri):
            yield from _below(facts, narrower, depth + 1, namespace, (*path, iri))


def _ordered(facts: Facts, codes: list[str], namespace: str) -> list[str]:
    """Codes by their number, where the ontology gives them one, the highest first; then by IRI."""

    def order(iri: str) -> tuple[Decimal, str]:
        names = (name for name in facts.properties(iri) if name.startswith(namespace))
        values = (value for name in names for value in facts.values(iri, name))
        return -next(filter(None, map(_number, values)), Decimal(0)), iri

    return sorted(codes, key=order)


def _number(value: Value) -> Decimal | None:
    numeric = isinstance(value, ox.Literal) and value.datatype.value == f"{XSD}decimal"
    return Decimal(plain(value)) if numeric else None
