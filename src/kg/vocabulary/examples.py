"""One small meeting in three notations, which are made from one file and so say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kg.encode import serialised
from kg.errors import InputError
from kg.names import DEFAULT_BASE
from kg.resources import CONTEXT_FILE
from kg.vocabulary.canonical import canonical
from kg.vocabulary.vocabulary import Vocabulary

FILE = Path("documentation") / "example.yaml"


@dataclass(frozen=True)
class Example:
    """The same statements in YAML, in JSON-LD and in Turtle."""

    yaml: str
    jsonld: str
    turtle: str


def read_example(folder: Path, vocabulary: Vocabulary) -> Example:
    """The example of an ontology's folder, read through the context of that folder.

    Raises `InputError` where the file is missing, no YAML, or no JSON-LD with that context.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
        document = YAML(typ="safe", pure=True).load(text)
        jsonld = json.dumps(document, ensure_ascii=False, indent=2, default=str)
        context = json.loads((folder / CONTEXT_FILE).read_text(encoding="utf-8"))["@context"]
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise InputError(f"{path} cannot be read as YAML: {error}") from error
    try:
        triples = example_triples(document, context)
    except SyntaxError as error:
        raise InputError(f"{path} is no JSON-LD with {CONTEXT_FILE}: {error}") from error
    return Example(text, jsonld + "\n", _turtle(triples, vocabulary))


def example_triples(document: Any, context: Any) -> list[ox.Triple]:
    """The triples of a JSON-LD document, read through a context."""
    whole = json.dumps({**document, "@context": context}, default=str)
    return [
        quad.triple for quad in ox.parse(whole, format=ox.RdfFormat.JSON_LD, base_iri=DEFAULT_BASE)
    ]


def _turtle(triples: Iterable[ox.Triple], vocabulary: Vocabulary) -> str:
    """The triples as Turtle: ids relative to the base, codes with a prefix of their list."""
    found = sorted(set(triples), key=str)
    used = " ".join(map(str, found))
    lists = {scheme.name: f"{scheme.iri}/" for scheme in vocabulary.code_lists}
    prefixes = {**vocabulary.prefixes, **lists}
    prefixes = {name: space for name, space in prefixes.items() if f"<{space}" in used}
    text = canonical(serialised(found, ox.RdfFormat.TURTLE, prefixes).decode())
    return f"@base <{DEFAULT_BASE}> .\n{text.replace(f'<{DEFAULT_BASE}', '<')}"
