"""Values as they stand in N-Triples, and what SHACL asks of them.

Text is kept in place of terms, since a million of them are compared and hashed. Where the meaning
of a literal matters, it is rdflib's and pyshacl's, so that the findings are the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox
from pyshacl.rdfutil.compare import compare_literal
from rdflib import Literal, URIRef

from kg.names import RDF, XSD

_INTEGER = re.compile(rf'"(-?[0-9]{{1,18}})"\^\^<{re.escape(XSD)}integer>')
_KEPT = 1 << 16


def is_literal(text: str) -> bool:
    """Tell whether a term in N-Triples is a literal."""
    return text.startswith('"')


def name_of(text: str) -> str:
    """A node without the signs around it: an IRI, the label of a blank node, a literal's form.

    >>> name_of("<https://example.org/a>"), name_of("_:b1"), name_of('"one"@en')
    ('https://example.org/a', 'b1', 'one')
    """
    if text.startswith("<"):
        return text[1:-1]
    return form_of(text) if is_literal(text) else text[2:]


def form_of(text: str) -> str:
    """The lexical form of a literal, its escapes undone."""
    form = text[1 : text.rindex('"')]
    return _term(text).value if "\\" in form else form


def language_of(text: str) -> str:
    """The language tag of a literal in lower case; empty for what has none.

    >>> language_of('"yksi"@fi'), language_of("<a:b>")
    ('fi', '')
    """
    if not is_literal(text):
        return ""
    rest = text[text.rindex('"') + 1 :]
    return rest[1:].lower() if rest.startswith("@") else ""


def string_of(text: str) -> str:
    """What `sh:pattern` looks at: an IRI, or the form of a literal."""
    if is_literal(text) and text.endswith(">"):
        return str(literal(text))
    return name_of(text)


def has_datatype(text: str, datatype: str) -> bool:
    """Tell whether a value is a well-formed literal of a datatype (SHACL, section 4.1.2)."""
    if not is_literal(text):
        return False
    if datatype == f"{XSD}string":
        return text.endswith('"')
    if datatype == f"{RDF}langString":
        return bool(language_of(text))
    if not text.endswith(f"^^<{datatype}>"):
        return False
    return bool(_INTEGER.fullmatch(text)) or _well_formed(text)


@lru_cache(_KEPT)
def _well_formed(text: str) -> bool:
    found = literal(text)
    return not found.ill_typed and found.value is not None


def is_at_least(text: str, least: str) -> bool:
    """Tell whether a value is at least another (SHACL, section 4.3.2); what has no order is not."""
    one, other = _integer(text), _integer(least)
    if one is not None and other is not None:
        return one >= other
    if not is_literal(text):
        return False
    value, limit = literal(text), literal(least)
    if isinstance(value.value, str) != isinstance(limit.value, str):
        return False
    try:
        return bool(compare_literal(value, limit) >= 0)  # type: ignore[no-untyped-call]
    except (TypeError, NotImplementedError):
        return False


def is_less(one: str, other: str, or_equal: bool) -> bool:
    """Tell whether a value is less than another (SHACL, sections 4.5.3 and 4.5.4)."""
    first, second = _integer(one), _integer(other)
    if first is not None and second is not None:
        return first <= second if or_equal else first < second
    if one.startswith("_:") or other.startswith("_:"):
        return False
    left, right = _comparable(one), _comparable(other)
    if isinstance(left, Literal) != isinstance(right, Literal):
        return False
    try:
        return bool(left <= right if or_equal else left < right)
    except (TypeError, NotImplementedError):
        return False


def _comparable(text: str) -> Literal | str:
    """A literal, or as a string what pyshacl compares as one."""
    if not is_literal(text):
        return name_of(text)
    found = literal(text)
    return found.value if isinstance(found.value, str) else found


def _integer(text: str) -> int | None:
    found = _INTEGER.fullmatch(text)
    return int(found[1]) if found else None


def literal(text: str) -> Literal:
    """A literal of N-Triples as rdflib has it."""
    term = _term(text)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == f"{XSD}string" else URIRef(datatype))


def _term(text: str) -> ox.Literal:
    (triple,) = ox.parse(f"<a:s> <a:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, ox.Literal)
    return triple.object
