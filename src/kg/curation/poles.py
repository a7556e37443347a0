"""The pole that a stance counts as, from the code list of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from kg.codes import code_lists
from kg.names import APRO, APRO_ROOT
from kg.resources import CODES_FILE, ontology_dir

POLES = ("oppose", "none", "support")
"""The poles in their order, from against to for."""


@cache
def poles() -> Mapping[str, str]:
    """The pole of each stance.

    >>> poles()["hesitantSupport"], poles()["undecided"]
    ('support', 'none')
    """
    stated = {
        _notation(triple.subject): _notation(triple.object)
        for triple in ox.parse(path=ontology_dir() / CODES_FILE, format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == f"{APRO}pole"
    }
    return {stance: stated.get(stance, "none") for stance in code_lists()["stance"]}


def _notation(node: object) -> str:
    return str(node).strip("<>").removeprefix(f"{APRO_ROOT}/stance/")
