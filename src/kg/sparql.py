"""SPARQL text as a sequence of tokens: enough of the grammar to know what a variable is.

A ``?_a`` inside an IRI, a string or a comment is no variable. The token forms are those of
SPARQL 1.1 Query Language, section 19.8 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_PREFIX = rf"(?:[{_BASE}](?:[{_NAME}.-]*[{_NAME}-])?)?"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_NAME}:]|{_PLX})(?:(?:[{_NAME}.:-]|{_PLX})*(?:[{_NAME}:-]|{_PLX}))?"

_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<space>\s+)",
            r"(?P<comment>#[^\n\r]*)",
            r"(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)",
            r'(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""',
            r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''",
            r'"(?:[^"\\\n\r]|\\.)*"',
            r"'(?:[^'\\\n\r]|\\.)*')",
            rf"(?P<variable>[?$][{_BASE}_0-9][{_NAME}]*)",
            rf"(?P<blank>_:[{_NAME}.-]+)",
            rf"(?P<prefixed>{_PREFIX}:(?:{_LOCAL})?)",
            rf"(?P<word>@?[{_BASE}][{_NAME}-]*)",
            r"(?P<other>.)",
        )
    ),
    re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query: its kind (``iri``, ``string``, ``variable``, …) and its text."""

    kind: str
    text: str


def tokens(text: str) -> Iterator[Token]:
    """All tokens of `text`, white space included: joined, they are `text` again.

    >>> [token.text for token in tokens("?s <a:?_b> '?_c' # ?_d") if token.kind == "variable"]
    ['?s']
    """
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match.group())


def variables(text: str) -> set[str]:
    """The names of all variables in `text`, without their sign.

    >>> sorted(variables("SELECT ?x { ?x ?p $y }"))
    ['p', 'x', 'y']
    """
    return {token.text[1:] for token in tokens(text) if token.kind == "variable"}


def replace_variables(text: str, replacement: Callable[[str], str | None]) -> str:
    """`text` with each variable replaced by ``replacement(name)``, or kept where that is None."""
    return "".join(
        (replacement(token.text[1:]) or token.text) if token.kind == "variable" else token.text
        for token in tokens(text)
    )


def names_dataset(text: str) -> bool:
    """Tell whether a query says with ``FROM`` which graphs it reads."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(text))


def fetches(text: str) -> bool:
    """Tell whether a query asks another endpoint with ``SERVICE``."""
    return any(token.kind == "word" and token.text.upper() == "SERVICE" for token in tokens(text))


def query_form(text: str) -> str:
    """The form of a query: SELECT, CONSTRUCT, DESCRIBE or ASK; empty where it is none of them.

    >>> query_form("PREFIX select: <a:> ask { select:x ?p 'DESCRIBE' }")
    'ASK'
    """
    forms = {"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"}
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return next((word for word in words if word in forms), "")
