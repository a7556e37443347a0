"""The code lists (stances, roles, …) as the ontology states them, for checking and for labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

import pyoxigraph as ox

from kg.names import APRO, APRO_ROOT, SKOS
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
        label = triple.object
        if triple.predicate.value != f"{SKOS}prefLabel" or not isinstance(label, ox.Literal):
            continue
        scheme, _, notation = _path(triple.subject).partition("/")
        if notation and label.language:
            labels.setdefault(scheme, {}).setdefault(notation, {})[label.language] = label.value
    return {
        scheme: {notation: Code(notation, texts) for notation, texts in sorted(members.items())}
        for scheme, members in sorted(labels.items())
    }


POLES = ("oppose", "none", "support")
"""The poles of stances in their order, from against to for."""


@cache
def poles() -> Mapping[str, str]:
    """The pole of each stance, “none” where the code list states none.

    >>> poles()["hesitantSupport"], poles()["undecided"]
    ('support', 'none')
    """
    stated = {
        _path(triple.subject): _path(triple.object)
        for triple in ox.parse(path=ontology_dir() / CODES_FILE, format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == f"{APRO}pole"
    }
    found = {stance: stated.get(f"stance/{stance}", "") for stance in code_lists()["stance"]}
    return {stance: pole.removeprefix("stance/") or "none" for stance, pole in found.items()}


def _path(node: object) -> str:
    """The list and notation that the IRI of a code ends with, parted by a slash."""
    return str(node).strip("<>").removeprefix(f"{APRO_ROOT}/")


def code_label(scheme: str, notation: str, language: str) -> str:
    """The label of a code in a language, in English, or else its notation."""
    code = code_lists().get(scheme, {}).get(notation)
    return code.labels.get(language, code.labels.get("en", notation)) if code else notation
