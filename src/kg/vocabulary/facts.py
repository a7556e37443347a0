"""The triples of some Turtle files, looked up by subject or by value, with their prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import InputError
from kg.names import RDF
from kg.statements import LANGUAGES, Label
from kg.vocabulary.reading import read_turtle

Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Facts:
    """What some files state. Nodes go by their IRI, blank ones by ``_:`` and a label."""

    triples: tuple[ox.Triple, ...]
    prefixes: Mapping[str, str]
    _out: dict[str, dict[str, list[Value]]] = field(init=False, repr=False, default_factory=dict)
    _into: dict[tuple[str, str], list[str]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for triple in self.triples:
            subject, value = key(triple.subject), triple.object
            predicate = triple.predicate.value
            self._out.setdefault(subject, {}).setdefault(predicate, []).append(value)
            self._into.setdefault((predicate, key(value)), []).append(subject)

    def values(self, subject: str, *predicates: str) -> list[Value]:
        """What `subject` has for any of these properties, in order."""
        of = self._out.get(subject, {})
        return sorted((one for name in predicates for one in of.get(name, [])), key=str)

    def keys(self, subject: str, *predicates: str) -> tuple[str, ...]:
        """The nodes among `values`, as keys, each once."""
        found = (key(one) for one in self.values(subject, *predicates) if not _is_literal(one))
        return tuple(dict.fromkeys(found))

    def text(self, subject: str, predicate: str) -> str:
        """The first of `values` as text; nothing where there is none."""
        return next((plain(one) for one in self.values(subject, predicate)), "")

    def label(self, subject: str, *predicates: str) -> Label:
        """The texts of the three languages; a text without language is every language's.

        Several texts in one language follow each other; a missing one is empty.
        """
        found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        for one in self.values(subject, *predicates):
            if isinstance(one, ox.Literal):
                for language in [one.language] if one.language else LANGUAGES:
                    found.setdefault(language or "", []).append(one.value)
        return Label(*(" ".join(found[language]) for language in LANGUAGES))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The nodes that have `value` (a key) for the property, in order."""
        return sorted(set(self._into.get((predicate, value), [])))

    def properties(self, subject: str) -> list[str]:
        """The properties that `subject` has, in order."""
        return sorted(self._out.get(subject, {}))

    def members(self, head: str) -> list[Value]:
        """The members of an RDF list; the list of no node is empty.

        Raises `InputError` for a list that leads back into itself.
        """
        found: dict[str, Value] = {}
        while first := self._out.get(head, {}).get(f"{RDF}first"):
            if head in found:
                raise InputError(
                    f"The list with {self.shorten(plain(found[head]))} leads back into itself: "
                    "end it with rdf:nil"
                )
            found[head] = first[0]
            head = next(iter(self.keys(head, f"{RDF}rest")), "")
        return list(found.values())

    def closure(self, node: str) -> Iterator[tuple[str, str, Value]]:
        """The statements on `node` and on the blank nodes below it, of each node once."""
        seen, queue = {node}, [node]
        while queue:
            subject = queue.pop(0)
            for predicate in self.properties(subject):
                for value in self.values(subject, predicate):
                    yield subject, predicate, value
                    if isinstance(value, ox.BlankNode) and key(value) not in seen:
                        seen.add(key(value))
                        queue.append(key(value))

    def shorten(self, iri: str) -> str:
        """An IRI with its prefix, where one fits: the longest.

        >>> Facts((), {"ex": "https://example.org/"}).shorten("https://example.org/Ship")
        'ex:Ship'
        """
        fits = [(len(space), name) for name, space in self.prefixes.items() if _fits(iri, space)]
        if not fits:
            return iri
        length, name = max(fits)
        return f"{name}:{iri[length:]}"


def read_facts(paths: Iterable[Path]) -> Facts:
    """The facts of Turtle files together; blank nodes of two files never meet.

    Raises `InputError` as `read_turtle` does.
    """
    triples: list[ox.Triple] = []
    prefixes: dict[str, str] = {}
    for path in paths:
        stated, named = read_turtle(path)
        triples += stated
        prefixes |= named
    return Facts(tuple(triples), prefixes)


def key(term: Value) -> str:
    """The key of a node; of a literal its whole form.

    >>> key(ox.NamedNode("https://example.org/Ship")), key(ox.Literal("Ship"))
    ('https://example.org/Ship', '"Ship"')
    """
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def plain(term: Value) -> str:
    """A literal's text, or a node's IRI."""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _is_literal(term: Value) -> bool:
    return isinstance(term, ox.Literal)


def _fits(iri: str, space: str) -> bool:
    rest = iri.removeprefix(space)
    return bool(space) and iri.startswith(space) and bool(rest) and not set(rest) & set("/#?")
