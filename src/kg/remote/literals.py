"""Literals in one form each, whatever form an engine keeps them in.

Engines store values, not texts: Virtuoso 7 gives ``true`` back as ``1`` and ``0.50`` as ``0.5``,
Oxigraph a ``nonNegativeInteger`` as an ``integer``, and Jena's TDB2 keeps numbers and times by
value as well (docs/stores.md). Two literals of the same value are equal here, and the types that
are derived from ``integer`` are as good as ``integer``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import pyoxigraph as ox

from kg.names import XSD

T = TypeVar("T", bound=ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)

_BOOLEANS = {"1": "true", "0": "false"}
_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer",
        "nonNegativeInteger",
        "positiveInteger",
        "negativeInteger",
        "nonPositiveInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
)


def normalised(term: T) -> T | ox.Literal:
    """A term as it is, but a literal of a number, a truth or a time in its canonical form.

    >>> print(normalised(ox.Literal("0.50", datatype=ox.NamedNode(XSD + "decimal"))))
    "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    if not isinstance(term, ox.Literal):
        return term
    if term.language is not None:
        return ox.Literal(term.value, language=term.language.lower())
    try:
        if term.datatype.value in _INTEGERS:
            return ox.Literal(str(int(term.value)), datatype=ox.NamedNode(f"{XSD}integer"))
        value = _canonical(term.value.strip(), term.datatype.value)
    except (ValueError, InvalidOperation, OverflowError):
        return term
    return term if value is None else ox.Literal(value, datatype=term.datatype)


def _canonical(text: str, datatype: str) -> str | None:
    """The canonical form of a value; None for a datatype that is kept as a text."""
    if datatype == f"{XSD}boolean":
        return _BOOLEANS.get(text, text)
    if datatype == f"{XSD}decimal":
        return f"{Decimal(text).normalize():f}" if Decimal(text) else "0"
    if datatype in {f"{XSD}double", f"{XSD}float"}:
        return repr(float(text))
    if datatype == f"{XSD}dateTime":
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()
    return None
