"""What is asked for, as values that an expression leaves open: it is turned into SQL but once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
from ibis.backends.sql.compilers import DuckDBCompiler, PySparkCompiler
from ibis.expr.types import Table
from sqlglot import exp

BODY, ISSUE = (ibis.param("string") for _ in range(2))
COMPILERS = {"duckdb": DuckDBCompiler, "spark": PySparkCompiler}
# No text of an expression begins so; each becomes a placeholder of SQL.
_MARKS = {BODY: "\0body", ISSUE: "\0issue"}
_NAMES = {mark: mark.removeprefix("\0") for mark in _MARKS.values()}


@dataclass(frozen=True)
class Sql:
    """A text of SQL, and the names of the values that are to be given with it."""

    text: str
    names: frozenset[str]

    def values(self, given: Mapping[str, str]) -> dict[str, str]:
        """Of what is given, what the text asks for."""
        return {name: given[name] for name in sorted(self.names)}


def compiled(expression: Table, dialect: str) -> Sql:
    """An expression as SQL of one of `COMPILERS`, with a placeholder for each value left open."""
    compiler = COMPILERS[dialect]
    names = set()

    def opened(node: exp.Expression) -> exp.Expression:
        name = _NAMES.get(node.this) if isinstance(node, exp.Literal) else None
        if name is None:
            return node
        names.add(name)
        return exp.Placeholder(this=name)

    tree = compiler().to_sqlglot(expression, params=_MARKS).transform(opened)
    return Sql(tree.sql(dialect=compiler.dialect), frozenset(names))
