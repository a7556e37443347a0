"""One graph as the trees of codings: each node with its keys, and the nodes below it.

The walk goes from a root (a meeting, an entity of a register) along the keys of its model. What
does not fit a key is left, with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

import pyoxigraph as ox
from ruamel.yaml.comments import CommentedMap

from kg.coding.fields import in_words
from kg.coding.terms import Slot, Term, expand, slots, types_by_iri
from kg.coding.validation import models
from kg.encode import encode_ontology
from kg.names import RDF, RDFS, XSD, is_id, passage_id, shorten

Resource: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = Resource | ox.Literal | ox.Triple

TYPE = ox.NamedNode(f"{RDF}type")
# Keys that say the order of the nodes of a list; where they do not, the ids do.
ORDER_KEYS = ("sequence", "number")
_WHOLE = frozenset(
    XSD + name
    for name in ("integer", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte")
)
NUMERIC = _WHOLE | {f"{XSD}decimal"}
FLAGS = {"true": True, "1": True, "false": False, "0": False}
_NUMBER = re.compile(r"([+-]?)0*([0-9]{1,18})(?:\.([0-9]*?)0*)?")
_LAST = float("inf")


class Unfit(Exception):
    """A value that a key cannot hold, with the reason and the remedy."""


class OtherClass(Unfit):
    """A node of another class than the key takes; another key of the same property may take it."""


def id_of(node: ox.NamedNode, base: str) -> str:
    """The id that an IRI has in a coding: without the base where it can be resolved again.

    >>> id_of(ox.NamedNode("http://e/d/SM"), "http://e/d/"), id_of(ox.NamedNode("http://f/"), "")
    ('SM', 'http://f/')
    """
    rest = node.value.removeprefix(base)
    return rest if rest != node.value and is_id(rest) else node.value


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key that puts numbers within texts in their order.

    >>> sorted(["i10", "i9", "i"], key=natural)
    ['i', 'i9', 'i10']
    """
    found = re.findall(r"0*([0-9]+)|([^0-9]+)", text)
    return [(0, len(digits), digits) if digits else (1, 0, other) for digits, other in found]


def in_order(tree: CommentedMap) -> tuple[Any, ...]:
    """The key by which the nodes of a list are put in order."""
    sequence = tree.get(ORDER_KEYS[0])
    place = sequence if isinstance(sequence, int) else _LAST
    return place, natural(str(tree.get(ORDER_KEYS[1], ""))), natural(str(tree.get("id", "")))


@cache
def ontology() -> frozenset[ox.Triple]:
    """The triples of the ontology and its code lists, which are no data."""
    return frozenset(quad.triple for quad in encode_ontology())


@cache
def _broader() -> frozenset[tuple[str, str]]:
    """Pairs of a class and a class above it."""
    above = ox.NamedNode(f"{RDFS}subClassOf")
    return frozenset(
        (one.subject.value, one.object.value)
        for one in ontology()
        if one.predicate == above
        and isinstance(one.subject, ox.NamedNode)
        and isinstance(one.object, ox.NamedNode)
    )


class Reading:
    """The walk through one graph; `used` are the triples that the trees say."""

    def __init__(self, triples: Iterable[ox.Triple], base: str) -> None:
        self.base = base
        self.used: set[ox.Triple] = set()
        self.reasons: dict[ox.Triple, str] = {}
        self.made: list[tuple[CommentedMap, Resource]] = []
        self.visited: set[Resource] = set()
        self.misnamed: list[tuple[CommentedMap, Resource]] = []
        self._out: dict[Resource, dict[str, list[ox.Triple]]] = {}
        self._in: dict[Value, dict[str, list[ox.Triple]]] = {}
        for triple in triples:
            name = triple.predicate.value
            if isinstance(triple.subject, Resource):
                self._out.setdefault(triple.subject, defaultdict(list))[name].append(triple)
            self._in.setdefault(triple.object, defaultdict(list))[name].append(triple)

    def of_type(self, names: Sequence[str]) -> Iterator[tuple[Resource, str]]:
        """The nodes of these types, each once, with the narrowest type that it has of them."""
        for node in sorted(self._out, key=str):
            if name := self._type(node, names):
                yield node, name

    def _type(self, node: Value, names: Sequence[str]) -> str | None:
        """The narrowest of a node's types that is among `names`."""
        found = [iri for _, iri in self._typing(node)]
        fitting = {iri: name for iri, name in types_by_iri().items() if iri in found}
        fitting = {iri: name for iri, name in fitting.items() if name in names}
        wide = {above for iri, above in _broader() if iri in fitting}
        narrow = [name for iri, name in sorted(fitting.items()) if iri not in wide]
        return narrow[0] if narrow else None

    def _typing(self, node: Value) -> list[tuple[ox.Triple, str]]:
        """The triples that give a node a class, with the IRI of the class."""
        by_property = self._out.get(node, {}) if isinstance(node, Resource) else {}
        triples = by_property.get(TYPE.value, [])
        return [(one, one.object.value) for one in triples if isinstance(one.object, ox.NamedNode)]

    def tree(self, node: Resource, name: str) -> CommentedMap:
        """A node with its keys and the nodes below it, as a file has them; ids may be missing."""
        made = CommentedMap()
        self.made.append((made, node))
        self.visited.add(node)
        if isinstance(node, ox.NamedNode):
            made["id"] = id_of(node, self.base)
        made["type"] = name
        self._note_type(node, name)
        for slot in slots(models()[name]):
            self._fill(made, node, slot)
        if name == "Passage":
            _name_passage(made)
        if "id" in made and not is_id(made["id"]):
            self.misnamed.append((made, node))
        return made

    def _note_type(self, node: Resource, name: str) -> None:
        for one, iri in self._typing(node):
            if iri == expand(name):
                self.used.add(one)
            else:
                self.reasons[one] = f"a coding names one class, and {name} is kept"

    def _fill(self, made: CommentedMap, node: Resource, slot: Slot) -> None:
        values: list[Any] = []
        for triple, value in self._values(node, slot.term):
            try:
                if values and not slot.many and not slot.term.language:
                    raise Unfit(f"`{slot.term.key}` takes one value, and {_short(values[0])} is")
                values.append(self._value(slot, value))
                self.used.add(triple)
                self.reasons.pop(triple, None)
            except OtherClass as unfit:
                self.reasons.setdefault(triple, str(unfit))
            except Unfit as unfit:
                if triple not in self.used:
                    self.reasons[triple] = str(unfit)
        if slot.term.language:
            self._fill_languages(made, node, slot, values)
        elif slot.many:
            if values or slot.required:
                made[slot.term.key] = _sorted(values)
        elif values:
            made[slot.term.key] = values[0]

    def _values(self, node: Resource, term: Term) -> list[tuple[ox.Triple, Value]]:
        index = self._in if term.reverse else self._out
        found = index.get(node, {}).get(term.iri, [])
        pairs = [(one, one.subject if term.reverse else one.object) for one in found]
        return sorted(pairs, key=lambda pair: natural(str(pair[1])))

    def _value(self, slot: Slot, value: Value) -> Any:
        """A value as the key has it; raises `Unfit` for one that it cannot hold."""
        if slot.models:
            return self._node_below(slot, value)
        if slot.term.coercion == "@id":
            return self._reference(value)
        if slot.term.coercion == "@vocab":
            notation = slot.term.notation(value.value) if isinstance(value, ox.NamedNode) else None
            if notation is None:
                raise Unfit(f"a code that begins with {slot.term.vocabulary} belongs here: give it")
            return notation
        if not isinstance(value, ox.Literal):
            raise Unfit("a text or number belongs here, no node: write it as a literal")
        return _language_text(value) if slot.term.language else _literal(slot.term, value)

    def _node_below(self, slot: Slot, value: Value) -> CommentedMap:
        name = self._type(value, slot.types)
        if name is None or not isinstance(value, Resource):
            wanted = " or ".join(slot.types)
            raise OtherClass(f"a node of class {wanted} belongs here: describe it so")
        if value in self.visited and name != "Passage":
            raise Unfit("a node stands in one place of a coding, and this one has another: copy it")
        return self.tree(value, name)

    def _reference(self, value: Value) -> str:
        if isinstance(value, ox.BlankNode):
            raise Unfit("a node without IRI cannot be referred to: give it one")
        if not isinstance(value, ox.NamedNode):
            raise Unfit("the IRI of a node belongs here, no text: write it in <>")
        name = id_of(value, self.base)
        if not is_id(name) and "://" not in name:
            raise Unfit("a coding refers to ids and web addresses only: give an http(s) IRI")
        return name

    def _fill_languages(
        self, made: CommentedMap, node: Resource, slot: Slot, values: list[tuple[str, str]]
    ) -> None:
        """Texts by language; a second one of a language fits only where there are lists."""
        lists: dict[str, list[str]] = defaultdict(list)
        for language, text in values:
            lists[language].append(text)
        if not lists:
            return
        ordered = sorted(lists.items())
        if slot.term.listed:
            made[slot.term.key] = CommentedMap(ordered)
            return
        made[slot.term.key] = CommentedMap((language, texts[0]) for language, texts in ordered)
        for triple, value in self._values(node, slot.term):
            if triple not in self.used or not isinstance(value, ox.Literal):
                continue
            if value.value != lists[value.language or ""][0]:
                self.used.discard(triple)
                self.reasons[triple] = f"`{slot.term.key}` takes one text a language"


def _name_passage(made: CommentedMap) -> None:
    """Give a place the id that says its range, whatever it is called in the graph."""
    document, start, end = (made.get(key) for key in ("of", "start", "end"))
    if isinstance(document, str) and isinstance(start, int) and isinstance(end, int):
        if is_id(wanted := passage_id(document, start, end)):
            made.pop("id", None)
            made.insert(0, "id", wanted)


def _language_text(value: ox.Literal) -> tuple[str, str]:
    if not value.language:
        raise Unfit('the text has no language: give it one, as in "…"@en')
    return value.language, value.value


def _literal(term: Term, value: ox.Literal) -> str | int | bool:
    """A literal as JSON has it; raises `Unfit` for another datatype than the key's."""
    wanted, kind = term.coercion or f"{XSD}string", value.datatype.value
    whole = kind in _WHOLE and wanted in NUMERIC
    if value.language or (kind != wanted and not whole):
        has = f"the language {value.language}" if value.language else f"type {shorten(kind)}"
        raise Unfit(f"the value has {has}, and {shorten(wanted)} belongs here: write it so")
    if wanted == f"{XSD}boolean":
        return FLAGS.get(value.value, value.value)
    return _number(value.value) if wanted in NUMERIC else value.value


def _number(text: str) -> int | str:
    """A number as codings have it: whole ones as such, decimals as text without idle zeros.

    >>> _number("+012.0"), _number("-0.50"), _number("1e3")
    (12, '-0.5', '1e3')
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    sign, whole, fraction = found[1].replace("+", ""), found[2], found[3]
    return f"{sign}{whole}.{fraction}" if fraction else int(sign + whole)


def _sorted(values: list[Any]) -> list[Any]:
    if values and isinstance(values[0], CommentedMap):
        return sorted(values, key=in_order)
    return sorted(values, key=lambda one: natural(str(one)))


def _short(value: Any) -> str:
    return str(value.get("id")) if isinstance(value, CommentedMap) else in_words(value)
