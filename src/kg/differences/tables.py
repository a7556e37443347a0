"""The files of the statement table as Ibis sees them: only the columns that are asked."""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from kg.codes import LANGUAGES, Language

statements: Table = ibis.table(
    {
        **dict.fromkeys(
            (
                *("position", "holder_kind", "counts_for", "proposition", "issue", "stance"),
                *("pole", "basis", "speaker", "meeting", "item", "status", "revised", "entry"),
                *("quote", "places"),
            ),
            "string",
        ),
        **dict.fromkeys(("bodies", "sequence", "start", "end"), "int64"),
        "qualified": "boolean",
        "date": "date",
    },
    name="statements",
)
nodes: Table = ibis.table(
    dict.fromkeys(
        ("node", "kind", *(f"{what}_{one}" for what in ("label", "name") for one in LANGUAGES)),
        "string",
    ),
    name="nodes",
)
relations: Table = ibis.table(
    dict.fromkeys(("proposition", "other", "relation"), "string"), name="relations"
)

standings: Table = ibis.table(
    {
        "proposed": "boolean",
        **dict.fromkeys(("body", "proposition", "issue", "stance"), "string"),
        "sort": "int32",
        "basis": "string",
        "positions": "int64",
        **dict.fromkeys(("age", "said_by", "meeting"), "string"),
        "date": "date",
        **dict.fromkeys(("item", "evidence"), "string"),
    },
    name="standings",
)
pairs: Table = ibis.table(
    {
        "proposed": "boolean",
        **dict.fromkeys(("a_body", "b_body", "kind"), "string"),
        **dict.fromkeys(("propositions", "own_word", "combinations"), "int64"),
    },
    name="pairs",
)


def with_names(given: Table, column: str, called: str, language: Language) -> Table:
    """A table with what the nodes of a column are called, as the column `called`.

    Null for one that has no name, which the nodes call by its IRI.
    """
    # A view, since one expression names several columns.
    view = nodes.view()
    name = view[f"name_{language}"].nullif(view.node)
    names = view.select(**{f"{called}_node": view.node, called: name})
    return given.left_join(names, [(column, f"{called}_node")]).drop(f"{called}_node")


def short_names(language: Language) -> Table:
    """What each node is called in short; null where it has no name."""
    return nodes.select("node", short=nodes[f"label_{language}"].nullif(nodes.node))
