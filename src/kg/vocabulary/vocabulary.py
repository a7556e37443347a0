"""The whole ontology as its files state it: the one thing that pages are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.names import DCTERMS, OWL, RDF, VANN
from kg.resources import (
    CODES_FILE,
    CONTEXT_FILE,
    DEPRECATED_FILE,
    MODEL_FILE,
    SHAPES_FILE,
    ontology_dir,
)
from kg.statements import Label
from kg.vocabulary.alignments import Alignment, read_alignments
from kg.vocabulary.codelists import CodeList, read_code_lists
from kg.vocabulary.constraints import Shape, read_shapes
from kg.vocabulary.contexts import ContextKey, read_context
from kg.vocabulary.facts import Facts, Value, read_facts
from kg.vocabulary.terms import Term, declared, read_term


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself; `metadata` has every statement, by property."""

    iri: str
    namespace: str
    prefix: str
    title: Label
    description: Label
    version: str
    citation: str
    metadata: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True)
class Vocabulary:
    """Header, own terms, reused terms, deprecated terms, code lists, shapes, alignments, keys."""

    header: Header
    own: tuple[Term, ...]
    reused: tuple[Term, ...]
    deprecated: tuple[Term, ...]
    code_lists: tuple[CodeList, ...]
    shapes: tuple[Shape, ...]
    alignments: tuple[Alignment, ...]
    context: tuple[ContextKey, ...]
    prefixes: Mapping[str, str]

    @property
    def terms(self) -> Mapping[str, Term]:
        """Own and reused terms by IRI."""
        return {term.iri: term for term in (*self.own, *self.reused)}

    def shorten(self, iri: str) -> str:
        """An IRI with the prefix that the files give it."""
        return Facts((), self.prefixes).shorten(iri)

    def expand(self, curie: str) -> str:
        """The IRI of a prefixed name; of one without a prefix of the files, its local name."""
        prefix, _, name = curie.partition(":")
        return self.prefixes.get(prefix, "") + name


def read_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The ontology in a folder, or the shipped one.

    Raises `InputError` for a file that is missing, cannot be parsed, or has no header.
    """
    folder = folder or ontology_dir()
    model = read_facts([folder / MODEL_FILE])
    header = read_header(model, folder / MODEL_FILE)
    shapes = read_facts([folder / SHAPES_FILE])
    codes = read_facts([folder / CODES_FILE])
    terms = [read_term(model, iri) for iri in declared(model)]
    old = read_facts(path for path in [folder / DEPRECATED_FILE] if path.exists())
    alignments = read_alignments(folder / "alignments", header.namespace)
    return Vocabulary(
        header=header,
        own=tuple(term for term in terms if term.iri.startswith(header.namespace)),
        reused=tuple(term for term in terms if not term.iri.startswith(header.namespace)),
        deprecated=tuple(term for iri in declared(old) if (term := read_term(old, iri)).deprecated),
        code_lists=read_code_lists(codes, header.namespace),
        shapes=read_shapes(shapes),
        alignments=alignments,
        context=read_context(folder / CONTEXT_FILE),
        prefixes=_prefixes(model, codes, old, *alignments),
    )


def _prefixes(*sources: Facts | Alignment) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in sources:
        found = {**source.prefixes, **found}
    return dict(sorted(found.items()))


def read_header(facts: Facts, path: Path) -> Header:
    """The header of the ontology in these facts; `path` is named where there is none."""
    iri = next(iter(facts.subjects(f"{RDF}type", f"{OWL}Ontology")), "")
    namespace = facts.text(iri, f"{VANN}preferredNamespaceUri")
    if not namespace:
        raise InputError(
            f"{path} has no ontology header: give an owl:Ontology with vann:preferredNamespaceUri"
        )
    return Header(
        iri=iri,
        namespace=namespace,
        prefix=facts.text(iri, f"{VANN}preferredNamespacePrefix"),
        title=facts.label(iri, f"{DCTERMS}title"),
        description=facts.label(iri, f"{DCTERMS}description"),
        version=facts.text(iri, f"{OWL}versionInfo"),
        citation=facts.text(iri, f"{DCTERMS}bibliographicCitation"),
        metadata=tuple(
            (name, tuple(sorted(facts.values(iri, name), key=_by_language)))
            for name in facts.properties(iri)
            if name != f"{RDF}type"
        ),
    )


def _by_language(value: Value) -> tuple[str, str]:
    return (value.language or "" if isinstance(value, ox.Literal) else ""), str(value)
