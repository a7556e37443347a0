"""Large answers in pages: SPARQL text that asks for a part of what another text asks for.

Many services give so many rows at most. A page wraps the query as a subquery, which keeps its
order; one without an order gets that of all its variables, so that no two pages overlap. Virtuoso
sorts no more than a bound of rows for LIMIT and OFFSET beside ORDER BY, and has none for the
wrapped form.
"""

from __future__ import annotations

from kg.sparql import Token, tokens
from kg.store import query_variables

_SELECT = "SELECT"


def page(text: str, size: int, start: int) -> str:
    """The text that asks for `size` rows of a SELECT from row `start` (0 is the first) on.

    >>> print(page("PREFIX a: <b:> SELECT ?s { ?s a:p ?o } ORDER BY ?s", 10, 20))
    PREFIX a: <b:>
    SELECT ?s { { SELECT ?s { ?s a:p ?o } ORDER BY ?s
    } } LIMIT 10 OFFSET 20
    """
    prologue, body = _split(text)
    columns = " ".join(f"?{name}" for name in query_variables(text))
    if not _is_ordered(body):
        body = f"{_wrapped(body, columns)} ORDER BY {columns}"
    return f"{prologue}\n{_wrapped(body, columns)} LIMIT {size} OFFSET {start}"


def _wrapped(body: str, columns: str) -> str:
    # The line break ends a comment that the body may end with.
    return f"{_SELECT} {columns} {{ {{ {body}\n}} }}"


def _split(text: str) -> tuple[str, str]:
    """The prologue of a query, and the rest from its form on."""
    before: list[str] = []
    found = list(tokens(text))
    for place, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == _SELECT:
            return "".join(before).strip(), "".join(one.text for one in found[place:]).strip()
        before.append(token.text)
    return "", text


def _is_ordered(body: str) -> bool:
    """Tell whether a query orders its answer, and not only that of a subquery."""
    depth = 0
    for token in tokens(body):
        depth += _depth(token)
        if not depth and token.kind == "word" and token.text.upper() == "ORDER":
            return True
    return False


def _depth(token: Token) -> int:
    if token.kind != "other":
        return 0
    return (token.text == "{") - (token.text == "}")
