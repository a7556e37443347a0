"""The JSON-LD context seen from the models: which property a key stands for, and in which form.

Read from the published context and the models alone, so that a key or property is named in no
second place. `kg.decode` goes from property to key with it, `kg.coding.schema` from key to the
property's definition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from kg.coding.model import Evidenced, Node, Quoted
from kg.coding.validation import models
from kg.resources import CONTEXT_FILE, ontology_dir

# What every node may have stands after what is its own, as a writer puts it.
_COMMON = tuple(reversed([*{**Node.model_fields, **Evidenced.model_fields, **Quoted.model_fields}]))


@dataclass(frozen=True)
class Term:
    """A key's definition in the context, with whole IRIs.

    `coercion` is ``@id``, ``@vocab``, the IRI of a datatype, or None for plain text; `codes` maps
    the IRIs of codes that have a definition of their own to their notations, and `vocabulary` is
    what the others begin with; `language` tells that values are keyed by language, `listed` that
    each language may have several.
    """

    key: str
    iri: str
    reverse: bool = False
    coercion: str | None = None
    language: bool = False
    listed: bool = False
    vocabulary: str = ""
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)

    def notation(self, iri: str) -> str | None:
        """The notation of a code, if the IRI is one of this key's list."""
        if iri in self.codes:
            return self.codes[iri]
        notation = iri.removeprefix(self.vocabulary)
        return notation if notation not in {iri, ""} else None


@dataclass(frozen=True)
class Slot:
    """A key of a model: its term, the models of the nodes below it, how many values it takes."""

    term: Term
    models: tuple[type[Node], ...]
    many: bool
    required: bool

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the nodes that may stand below the key."""
        return tuple(name for kind in self.models for name in types_of(kind))


@cache
def context() -> dict[str, Any]:
    """The published JSON-LD context, to be written inline: Oxigraph loads no remote one."""
    path = ontology_dir() / CONTEXT_FILE
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return dict(loaded["@context"])


def expand(name: str) -> str:
    """A name as the context reads it: a keyword, a term, a prefixed name or a word of APRO.

    >>> expand("skos:note"), expand("Meeting").rpartition("#")[2]
    ('http://www.w3.org/2004/02/skos/core#note', 'Meeting')
    """
    if name.startswith("@"):
        return name
    prefix, colon, rest = name.partition(":")
    if colon:
        namespace = context().get(prefix)
        return name if rest.startswith("//") or not namespace else namespace + rest
    definition = context().get(name)
    if isinstance(definition, str):
        return expand(definition)
    if isinstance(definition, dict) and "@id" in definition:
        return expand(definition["@id"])
    return str(context()["@vocab"]) + name


@cache
def term_of(key: str) -> Term:
    """What the context says of a key; a key that it does not name is a property of APRO."""
    definition = context().get(key, {})
    if isinstance(definition, str):
        return Term(key, expand(definition))
    container = definition.get("@container", [])
    containers = container if isinstance(container, list) else [container]
    coercion = definition.get("@type")
    inner = definition.get("@context", {})
    return Term(
        key,
        expand(definition.get("@reverse") or definition.get("@id") or key),
        reverse="@reverse" in definition,
        coercion=expand(coercion) if coercion else None,
        language="@language" in containers,
        listed="@set" in containers,
        vocabulary=inner.get("@vocab", ""),
        codes={iri: word for word, iri in inner.items() if not word.startswith("@")},
    )


def types_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The types that nodes of a model may have, as its `type` lists them."""
    return tuple(map(str, get_args(model.model_fields["type"].annotation)))


def models_in(annotation: Any) -> Iterator[type[Node]]:
    """The models of nodes that an annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, Node):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


@cache
def slots(model: type[BaseModel]) -> tuple[Slot, ...]:
    """The keys of a model that stand for properties, in the order in which they are written.

    What is said of the node comes first, then its evidence and note, then the nodes below it.
    """
    found = []
    for name, info in model.model_fields.items():
        term = term_of(info.alias or name)
        if term.iri.startswith("@"):  # `id`, `type` and the like are JSON-LD's own
            continue
        nested = tuple(models_in(info.annotation))
        many = get_origin(info.annotation) is tuple
        found.append((name, Slot(term, nested, many, info.is_required())))
    return tuple(slot for _, slot in sorted(found, key=_rank))


def _rank(named: tuple[str, Slot]) -> tuple[int, int]:
    name, slot = named
    if name in _COMMON:
        return 1, _COMMON.index(name)
    return (2 if slot.models else 0), 0


@cache
def types_by_iri() -> Mapping[str, str]:
    """The IRI of each class that a coding may hold, with the word that a coding has for it."""
    return {expand(name): name for name in models()}
