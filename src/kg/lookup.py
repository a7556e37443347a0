"""From the word that a user gives to the one node that it means.

A body answers to its id, IRI, abbreviation or name in any language; a person to the full name or
the surname; an issue, proposition, meeting or project to its id, IRI or label. Capitals, accents'
encoding and spaces do not matter. The first of these that fits decides: IRI, id, abbreviation,
name, surname; where it fits several nodes the user is asked to choose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, QueryError, UnknownName
from kg.findings import suggest
from kg.names import DEFAULT_BASE, shorten, term
from kg.queries import ENTITY_TYPES, NamedQuery, Parameter, bind, literal, load_query
from kg.store import GraphStore

_BODIES = ("Body", "WorkingBody")
CLASSES: Mapping[str, tuple[str, ...]] = {
    "body": _BODIES,
    "person": ("Person",),
    "actor": (*_BODIES, "Person", "Group", "UnnamedHolder"),
    "issue": ("Issue",),
    "proposition": ("Proposition",),
    "meeting": ("Meeting",),
    "project": (
        "ReformProject",
        "Programme",
        "Statute",
        "Study",
        "Recommendation",
        "Event",
        "Measure",
    ),
}


@dataclass(frozen=True)
class Name:
    """One name of one node; `rank` tells its sort, from the IRI (0) to the surname (4)."""

    node: str
    type: str
    rank: int
    text: str

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return fold(self.text)


@dataclass(frozen=True)
class NameIndex:
    """All names of a graph."""

    names: tuple[Name, ...]
    base: str = DEFAULT_BASE

    def resolve(self, word: str, kind: str) -> str:
        """The IRI of the node of this kind (see `CLASSES`) that `word` means.

        Raises `UnknownName` with the nearest names where there is none, and `InputError` with the
        candidates where there are several.
        """
        classes = {term(name) for name in CLASSES[kind]}
        names = [name for name in self.names if name.type in classes]
        for nodes in _matches(word, names):
            if len(nodes) > 1:
                raise InputError(self._ambiguous(word, kind, nodes))
            if nodes:
                return nodes.pop()
        raise UnknownName(kind, word, _suggestions(word, names))

    def _ambiguous(self, word: str, kind: str, nodes: Iterable[str]) -> str:
        candidates = ", ".join(sorted(shorten(node, self.base) for node in nodes))
        return f"More than one {kind} is called “{word}”: give the id of one of {candidates}"


def read_names(store: GraphStore, queries: Path, base: str = DEFAULT_BASE) -> NameIndex:
    """The names in `store`, by the query ``internal/names.rq`` of the folder `queries`."""
    query = load_query(queries / "internal" / "names.rq")
    names: list[Name] = []
    for row in store.select(bind(query, {})).rows:
        node, type_, name_kind, text = (getattr(cell, "value", "") for cell in row)
        names += [Name(node, type_, 0, node), Name(node, type_, 1, shorten(node, base))]
        if text:
            names.append(Name(node, type_, 2 if name_kind == "abbreviation" else 3, text))
        if text and type_ == term("Person"):
            names += [Name(node, type_, 4, surname) for surname in _surnames(text)]
    return NameIndex(tuple(dict.fromkeys(names)), base)


def arguments(
    query: NamedQuery, values: Mapping[str, str], index: NameIndex
) -> dict[str, ox.NamedNode | ox.Literal]:
    """The terms that the user's `values` mean as parameters of `query`, ready for `bind`.

    An empty value counts as not given. Raises `QueryError` for a parameter that the query lacks
    or a value of the wrong type, `UnknownName` or `InputError` for a name that means no or many
    nodes.
    """
    params = {param.name: param for param in query.params}
    for name in values:
        if name not in params:
            accepted = f"it takes {', '.join(params)}" if params else "it takes none"
            raise QueryError(f"The query {query.name} has no parameter “{name}”: {accepted}")
    return {name: _argument(params[name], value, index) for name, value in values.items() if value}


def fold(text: str) -> str:
    """The form in which names are compared.

    >>> fold("  Sisäministeriö ") == fold("SISA\u0308MINISTERIO\u0308")
    True
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _argument(param: Parameter, value: str, index: NameIndex) -> ox.NamedNode | ox.Literal:
    if param.type in ENTITY_TYPES:
        return ox.NamedNode(index.resolve(value, param.type))
    return literal(param, value)


def _matches(word: str, names: list[Name]) -> Iterator[set[str]]:
    """The nodes that `word` fits, sort of name by sort; exact capitals win over folded ones."""
    folded = fold(word)
    for rank in range(5):
        ranked = [name for name in names if name.rank == rank]
        exact = {name.node for name in ranked if name.text == word.strip()}
        yield exact or {name.node for name in ranked if name.folded == folded}


def _suggestions(word: str, names: list[Name]) -> list[str]:
    """The names nearest to `word`, one for each node."""
    nodes = {name.text: name.node for name in names if name.rank}
    one_each = {nodes[text]: text for text in reversed(suggest(fold(word), nodes, most=6))}
    return list(reversed(one_each.values()))[:3]


def _surnames(name: str) -> list[str]:
    """The ends of a person's name: ``von Essen`` and ``Essen`` of Anna von Essen."""
    words = name.split()
    return [" ".join(words[start:]) for start in range(1, len(words))]
