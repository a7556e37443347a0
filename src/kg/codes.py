"""The code lists (stances, roles, …) as the ontology states them, for checking and for labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

import pyoxigraph as ox

from kg.names import APRO_ROOT, SKOS
from kg.resources import CODES_FILE, ontology_dir

Language: TypeAlias = Literal["en", "fi", "sv"]
LANGUAGES: tuple[Language, ...] = ("en", "fi", "sv")
"""The languages of labels, texts and answers."""


@dataclass(frozen=True)
class Code:
    """One concept of a code list: its notation and its labels by language."""

    notation: str
    labels: Mapping[str, str] = field(hash=False)


@cache
def code_lists() -> Mapping[str, Mapping[str, Code]]:
    """All code lists, keyed by list (``stance``, ``role``, …) and then by notation.

    >>> code_lists()["stance"]["support"].labels["fi"]
    'kannattaa'
    """
    labels: dict[str, dict[str, dict[str, str]]] = {}
    path = ontology_dir() / CODES_FILE
    for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        subject, label = triple.subject, triple.object
        if triple.predicate.value != f"{SKOS}prefLabel" or not isinstance(label, ox.Literal):
            continue
        scheme, _, notation = str(subject).strip("<>").removeprefix(f"{APRO_ROOT}/").partition("/")
        if notation and label.language:
            labels.setdefault(scheme, {}).setdefault(notation, {})[label.language] = label.value
    return {
        scheme: {notation: Code(notation, texts) for notation, texts in sorted(members.items())}
        for scheme, members in sorted(labels.items())
    }


def code_label(scheme: str, notation: str, language: str) -> str:
    """The label of a code in a language, in English, or else its notation."""
    code = code_lists().get(scheme, {}).get(notation)
    return code.labels.get(language, code.labels.get("en", notation)) if code else notation
