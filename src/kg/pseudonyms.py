"""A graph without the people in it: stable keys for persons, and no text that could name them.

A person's IRI becomes a keyed hash (HMAC-SHA-256, RFC 2104), as does an IRI that holds a name, or
the file name of its document: whoever holds the key file gets the same keys in every export, nobody
else can tell whose they are. Names, titles, quotes, summaries, notes, places in the source and the
wording of reports are left out, and the rows of a DNA database whole; structure, code lists and the
labels of bodies, issues, propositions and reforms stay. The memos are public: someone who reads
them beside the export may still recognise a speaker by place and order.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import InputError, OutputError
from kg.lookup import CLASSES
from kg.names import DEFAULT_BASE, FOAF_NAME, RDF, SKOS, dna_graph, graph_iri, mint, slug, term

# Case endings of Finnish, Swedish and English: “Rothiin” names a person, “Report” not Mr Repo.
_ENDINGS = "n|in|en|a|ä|ia|iä|lle|lla|llä|lta|ltä|ssa|ssä|sta|stä|[aeiouyäö]n|hin|iin|s|['’]s"
_TYPE = ox.NamedNode(f"{RDF}type")
_PERSON = ox.NamedNode(term("Person"))
_DROPPED_TYPES = {term(name) for name in ("Passage", "Repair")}
_LABELLED_TYPES = {
    term(name)
    for name in (
        *("Body", "WorkingBody", "Group", "UnnamedHolder", "Topic", "Issue", "Proposition"),
        *("Meeting", "AgendaItem"),
        *CLASSES["project"],
    )
}
_FILE_NAME = term("fileName")
_LABELS = {f"{SKOS}prefLabel", f"{SKOS}altLabel", term("abbreviation")}
_DROPPED = {
    FOAF_NAME,
    f"{SKOS}note",
    *(
        term(name)
        for name in (
            *("asWritten", "coder", "evidence", "fileName", "quote", "readAs", "repair"),
            *("dcterms:abstract", "schema:jobTitle", "schema:sha256"),
        )
    ),
}


@dataclass(frozen=True)
class Pseudonyms:
    """The secret behind the keys."""

    secret: bytes

    def key(self, iri: str, base: str = DEFAULT_BASE) -> str:
        """The stable IRI that stands for a node's IRI."""
        digest = hmac.new(self.secret, iri.encode(), hashlib.sha256).hexdigest()
        return mint(f"key-{digest[:20]}", base)

    def apply(self, quads: Sequence[ox.Quad], base: str = DEFAULT_BASE) -> list[ox.Quad]:
        """The quads without the people, by the rules of this module."""
        layers = f"<{dna_graph('', base)}"
        quads = [quad for quad in quads if not str(quad.graph_name).startswith(layers)]
        types = _types(quads)
        persons = {node for node, kinds in types.items() if _PERSON.value in kinds}
        telling = _Telling(quads, persons, base)
        vocabulary = ox.NamedNode(graph_iri("ontology", base))
        kept = (
            quad
            for quad in quads
            if quad.graph_name == vocabulary or _stays(quad, types, persons, telling)
        )
        return [self._renamed(quad, persons, telling, base) for quad in kept]

    def _renamed(self, quad: ox.Quad, persons: set[str], telling: _Telling, base: str) -> ox.Quad:
        def renamed(node: ox.NamedNode) -> ox.NamedNode:
            hidden = node.value in persons or telling.in_iri(node.value)
            return ox.NamedNode(self.key(node.value, base)) if hidden else node

        subject, target = quad.subject, quad.object
        return ox.Quad(
            renamed(subject) if isinstance(subject, ox.NamedNode) else subject,
            quad.predicate,
            renamed(target) if isinstance(target, ox.NamedNode) else target,
            quad.graph_name,
        )


class _Telling:
    """Knows the names of the people, to find them in texts and IRIs that would stay."""

    def __init__(self, quads: Sequence[ox.Quad], persons: set[str], base: str) -> None:
        names = set(_names(quads, persons))
        surnames = {name.split()[-1] for name in names}
        words = sorted(names | surnames, key=len, reverse=True)
        self._text = re.compile(
            rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?:{_ENDINGS})?(?!\w)"
        )
        slugs = {slug(name) for name in words} | {
            slug(person.removeprefix(base)) for person in persons if person.startswith(base)
        }
        self._slugs = slugs - {""}  # of a name without Latin letters
        self._documents = set(_named_by_file(quads))
        self._base = base

    def in_text(self, text: str) -> bool:
        """Tell whether a text names a person, in any case ending."""
        return bool(self._text.search(text))

    def in_iri(self, iri: str) -> bool:
        """Tell whether an IRI is made from a file's name, or one of the data from a person's."""
        if iri.partition("#")[0] in self._documents:
            return True
        if not iri.startswith(self._base):
            return False
        return any(_holds(iri.removeprefix(self._base), name) for name in self._slugs)


def _names(quads: Iterable[ox.Quad], persons: set[str]) -> Iterator[str]:
    """What people are called: their names, and the other names that they have or had."""
    for quad in quads:
        told, target = quad.predicate.value, quad.object
        named = told == FOAF_NAME or (told in _LABELS and _value(quad.subject) in persons)
        if named and isinstance(target, ox.Literal) and target.value.strip():
            yield target.value


def _named_by_file(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """The IRIs of documents that hold the name of the document's file, which may name a person."""
    for quad in quads:
        if quad.predicate.value == _FILE_NAME and (name := slug(_value(quad.object))):
            if _holds(_value(quad.subject), name):
                yield _value(quad.subject)


def _holds(identifier: str, name: str) -> bool:
    """Tell whether an id holds the slug of a name as whole words."""
    return f"-{name}-" in f"-{slug(unquote(identifier))}-"


def _types(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            types.setdefault(_value(quad.subject), set()).add(quad.object.value)
    return types


def _stays(quad: ox.Quad, types: dict[str, set[str]], persons: set[str], telling: _Telling) -> bool:
    subject, predicate, target = _value(quad.subject), quad.predicate.value, quad.object
    kinds = types.get(subject, set())
    if predicate in _DROPPED or kinds & _DROPPED_TYPES:
        return False
    if predicate in _LABELS and not kinds & _LABELLED_TYPES:
        return False
    if subject in persons:
        return predicate == _TYPE.value
    return not (isinstance(target, ox.Literal) and telling.in_text(target.value))


def _value(node: object) -> str:
    return str(getattr(node, "value", node))


def read_key(path: Path) -> Pseudonyms:
    """The secret in a key file; the file is made, readable by its owner alone, if there is none.

    Raises `InputError` if the file is too short to be a secret, `OutputError` if it cannot be made.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        secret = path.read_bytes().strip()
    except OSError as error:
        raise OutputError(
            f"The key file {path} cannot be made or read ({error.strerror}): give another --key"
        ) from error
    if len(secret) < 16:
        raise InputError(f"The key file {path} holds no secret (16 bytes at least): give another")
    return Pseudonyms(secret)
