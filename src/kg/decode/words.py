"""Values of a graph in words, and whether two of them are the same value."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from kg.coding.fields import in_words
from kg.decode.nodes import FLAGS, NUMERIC
from kg.names import APRO_ROOT, XSD, shorten

# A code of APRO, with the name of its list as the prefix that the ontology's files have for it.
_CODE = re.compile(re.escape(APRO_ROOT) + r"/([a-z][\w-]*)/([\w.-]+)")


def show(value: Any, base: str) -> str:
    """A node by its id or short form, a literal by its text.

    >>> show(ox.NamedNode("https://w3id.org/apro/confidence/high"), "http://e/")
    'confidence:high'
    >>> show(ox.NamedNode("http://e/SM"), "http://e/"), show(ox.Literal("a"), "http://e/")
    ('SM', '“a”')
    """
    if isinstance(value, ox.Literal):
        return in_words(value.value)
    if not isinstance(value, ox.NamedNode):
        return str(value)
    code = None if value.value.startswith(base) else _CODE.fullmatch(value.value)
    return f"{code[1]}:{code[2]}" if code else shorten(value.value, base)


def show_typed(value: Any, base: str) -> str:
    """As `show`, with the datatype or language of a literal.

    >>> show_typed(ox.Literal("03", datatype=ox.NamedNode(f"{XSD}int")), "http://e/")
    '“03” (xsd:int)'
    """
    shown = show(value, base)
    if not isinstance(value, ox.Literal) or value.datatype.value == f"{XSD}string":
        return shown
    return f"{shown} ({value.language or shorten(value.datatype.value)})"


def same_value(one: Any, other: Any) -> bool:
    """Whether two terms are the same, or the same number or truth value in another form.

    >>> number, kind = ox.NamedNode(f"{XSD}integer"), ox.NamedNode(f"{XSD}int")
    >>> same_value(ox.Literal("3", datatype=number), ox.Literal("03", datatype=kind))
    True
    >>> same_value(ox.Literal("3", datatype=number), ox.Literal("3"))
    False
    """
    return bool(one == other) or (
        isinstance(one, ox.Literal)
        and isinstance(other, ox.Literal)
        and _value(one) is not None
        and _value(one) == _value(other)
    )


def _value(literal: ox.Literal) -> tuple[str, Decimal | bool] | None:
    """The value of a number or truth value, with its kind; None for other literals."""
    if literal.datatype.value == f"{XSD}boolean":
        flag = FLAGS.get(literal.value)
        return None if flag is None else ("flag", flag)
    if literal.datatype.value not in NUMERIC:
        return None
    try:
        return "number", Decimal(literal.value)
    except InvalidOperation:
        return None
