"""The statement table: one row a position, as Parquet beside the store; networks are made from it.

Three files. ``statements.parquet`` has a row for each position, whatever its status, with ids,
codes and English labels; ``nodes.parquet`` has what each node is called in three languages, and
``relations.parquet`` which propositions refine each other or are rivals. A large build has two
more, made of these by `kg.differences.made`: ``standings.parquet`` (where each body stands on each
proposition) and ``pairs.parquet`` (how often each two bodies differ). Polars, DuckDB and pandas
read them as they are. The graph stays the source of truth: the table holds nothing that one query
does not give again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from kg.answers import Value, ask
from kg.codes import LANGUAGES, Language
from kg.errors import InputError, StoreError
from kg.locks import Held
from kg.queries import load_query
from kg.resources import queries_dir
from kg.statements import HOLDER_KINDS, Label, Statement
from kg.store import GraphStore

STATEMENTS, NODES, RELATIONS = "statements.parquet", "nodes.parquet", "relations.parquet"
STANDINGS, PAIRS = MADE = ("standings.parquet", "pairs.parquet")
"""The files that large builds alone have."""
KINDS: Mapping[str, str] = {
    **HOLDER_KINDS,
    "Proposition": "proposition",
    "Issue": "issue",
    "Meeting": "meeting",
    "SourceDocument": "document",
}
_NODE_COLUMNS = ("holder", "body", "proposition", "issue", "speaker", "meeting")
_LISTS = ("counts_for", "places")  # in any order, as they come from a query
_WORDS = pl.Categorical
# Words that come again are stored once each, and compared as numbers.
SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "position": pl.String,
    "holder": _WORDS,
    "holder_kind": _WORDS,
    "body": _WORDS,
    "bodies": pl.Int32,
    "counts_for": pl.String,
    "proposition": _WORDS,
    "issue": _WORDS,
    "stance": _WORDS,
    "pole": _WORDS,
    "polarity": pl.Float64,
    "qualified": pl.Boolean,
    "basis": _WORDS,
    "speaker": _WORDS,
    "meeting": _WORDS,
    "language": _WORDS,
    "document": _WORDS,
    "date": pl.Date,
    "item": _WORDS,
    "sequence": pl.Int64,
    "paragraph": pl.Int64,
    "start": pl.Int64,
    "end": pl.Int64,
    "places": pl.String,
    "status": _WORDS,
    "confidence": _WORDS,
    "revised": _WORDS,
    "entry": _WORDS,
    "quote": pl.String,
    "condition": pl.String,
}
NODE_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "node": pl.String,
    "kind": _WORDS,
    **{f"{what}_{language}": pl.String for what in ("label", "name") for language in LANGUAGES},
}
RELATION_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "proposition": pl.String,
    "other": pl.String,
    "relation": _WORDS,
}
STANDING_COLUMNS = (
    *("proposed", "body", "proposition", "issue", "stance", "sort", "basis"),
    *("positions", "age"),
    *("said_by", "meeting", "date", "item", "evidence"),
)
PAIR_COLUMNS = (
    *("proposed", "a_body", "b_body"),
    *("kind", "propositions", "own_word", "combinations"),
)
ROWS_OF_GROUP = 20_000
"""So many rows of a made file stand together: who asks for one body reads where it stands."""


@dataclass(frozen=True)
class Table:
    """The statement table, read when it is asked for.

    `statements` has the columns of `SCHEMA` and for each node column a ``…_label``; what a position
    does not have is "" in a column of words, else null. Rows stand in the order of date, meeting
    and speech act. `counts_for` has the IRIs of all bodies for which a position counts, and
    `places` all its places (``start,end``) where it has several, both sorted and with one space
    between. `nodes` has the columns of `NODE_SCHEMA`. `relations` has those of `RELATION_SCHEMA`:
    ordered pairs of propositions, where ``a refines b``, ``b refines a`` or the two are ``rival``.
    `standings` and `pairs` are there in the table of a large build alone.
    """

    statements: pl.LazyFrame
    nodes: pl.LazyFrame
    relations: pl.LazyFrame
    standings: pl.LazyFrame | None = None
    pairs: pl.LazyFrame | None = None

    @cached_property
    def names(self) -> pl.DataFrame:
        """The nodes, read."""
        return self.nodes.collect()

    def labels(self, language: Language = "en") -> Mapping[str, str]:
        """What each node is called in a language, by its IRI."""
        return dict(self.names.select("node", f"label_{language}").iter_rows())

    def full_names(self, language: Language = "en") -> Mapping[str, str]:
        """The whole name of each node in a language, by its IRI."""
        return dict(self.names.select("node", f"name_{language}").iter_rows())

    def kinds(self) -> Mapping[str, str]:
        """What each node is (one of the values of `KINDS`), by its IRI."""
        return dict(self.names.select("node", "kind").iter_rows())


def make_table(store: GraphStore) -> Table:
    """Ask a store for the table.

    One query for the statements, one a language for the names, one for the relations.
    """
    return table_of(ask_rows(store), store)


def ask_rows(store: GraphStore) -> pl.DataFrame:
    """The rows of the statements, with the columns of `SCHEMA` as the query gives them."""
    answer = ask(store, load_query(queries_dir() / "internal" / "statements.rq"), {})
    return _frame(answer.columns, answer.rows, SCHEMA)


def table_of(statements: pl.DataFrame, store: GraphStore) -> Table:
    """The table of rows that `ask_rows` gave, with the names and the relations of a store."""
    nodes = _nodes(store)
    kinds = pl.col("holder_kind").cast(pl.String).replace_strict(HOLDER_KINDS, default="")
    statements = statements.with_columns(kinds.cast(_WORDS))
    labels = nodes.select(pl.col("node").cast(_WORDS), pl.col("label_en").cast(_WORDS))
    for column in _NODE_COLUMNS:
        named = labels.rename({"node": column, "label_en": f"{column}_label"})
        statements = statements.join(named, on=column, how="left", maintain_order="left")
    filled = statements.with_columns(pl.col(_WORDS).fill_null(""), pl.col(pl.String).fill_null(""))
    ordered = [pl.col(column).str.split(" ").list.sort().list.join(" ") for column in _LISTS]
    return Table(filled.with_columns(ordered).lazy(), nodes.lazy(), _relations(store).lazy())


def statements_of(table: Table) -> tuple[Statement, ...]:
    """Every position that is not rejected, with labels in three languages, in the table's order.

    The superseded ones are included and marked: those that an accepted position revises, and of
    the proposed ones also those that a proposed position does. Raises `InputError` for a holder of
    a class that cannot be shown.
    """
    known = _Names(table)
    rows = table.statements.filter(pl.col("status").is_in(list(_SUPERSEDED_BY))).collect()
    return tuple(_statement(row, known) for row in rows.iter_rows(named=True))


def write_table(table: Table, folder: Path) -> None:
    """Write the files into a folder; the same table gives the same bytes."""
    (folder / STATEMENTS).write_bytes(to_parquet(table.statements))
    write_beside(table, folder)


def write_beside(table: Table, folder: Path) -> None:
    """Write all files but that of the statements."""
    for frame, name in ((table.nodes, NODES), (table.relations, RELATIONS)):
        (folder / name).write_bytes(to_parquet(frame))
    for made, name in ((table.standings, STANDINGS), (table.pairs, PAIRS)):
        if made is not None:
            (folder / name).write_bytes(to_parquet(made, ROWS_OF_GROUP))


def to_parquet(frame: pl.LazyFrame, rows: int | None = None) -> bytes:
    """A frame as the bytes of a Parquet file, in groups of so many rows."""
    raw = BytesIO()
    frame.collect().write_parquet(raw, compression="zstd", statistics=True, row_group_size=rows)
    return raw.getvalue()


def read_table(folder: Path, held: Held | None = None) -> Table:
    """The table in a build's folder; raises `StoreError` where there is none, or a damaged one.

    Its files are taken as they are now, still packed: another build may take the folder's place.
    """
    inside = held.path if held else folder
    found = {
        name: _read(folder / name, inside / name, columns)
        for name, columns in _FILES.items()
        if name not in MADE or (inside / name).is_file()
    }
    return Table(*(found.get(name) for name in _FILES))  # type: ignore[arg-type]


def _read(path: Path, found: Path, columns: Collection[str]) -> pl.LazyFrame:
    """A file that is called `path`, and is `found` elsewhere."""
    try:
        frame = pl.scan_parquet(found.read_bytes())
        missing = sorted(set(columns) - set(frame.collect_schema().names()))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise StoreError(f"{path} cannot be read: build it again with “kg build”") from error
    if missing:
        raise StoreError(f"{path} lacks {', '.join(missing)}: build it again with “kg build”")
    return frame


_FILES: Mapping[str, Collection[str]] = {
    STATEMENTS: SCHEMA,
    NODES: NODE_SCHEMA,
    RELATIONS: RELATION_SCHEMA,
    STANDINGS: STANDING_COLUMNS,
    PAIRS: PAIR_COLUMNS,
}


class _Names:
    """What nodes are called, as labels in three languages."""

    def __init__(self, table: Table) -> None:
        self.short = _Labels.of(table.labels)
        self.whole = _Labels.of(table.full_names)
        self.kinds = table.kinds()

    def conditions(self, iris: str) -> Label:
        """The names of propositions side by side, sorted in each language."""
        if not iris:
            return _NOTHING
        names = [self.whole[iri] for iri in iris.split()]
        texts = [sorted({name.get(language) for name in names}) for language in LANGUAGES]
        return Label(*("; ".join(one) for one in texts))

    def speaker(self, speaker: str, entry: str) -> str:
        """Who says so: a document by its title, else a person or a body."""
        return self.whole[entry if self.kinds.get(entry) == "document" else speaker].en


class _Labels(dict[str, Label]):
    """Labels by IRI; an IRI without one is called by itself."""

    @classmethod
    def of(cls, names: Callable[[Language], Mapping[str, str]]) -> _Labels:
        texts = [names(language) for language in LANGUAGES]
        return cls((iri, Label(*(one[iri] for one in texts))) for iri in texts[0])

    def __missing__(self, iri: str) -> Label:
        return Label.same(iri)


def _statement(row: Mapping[str, Any], known: _Names) -> Statement:
    if not row["holder_kind"]:
        raise InputError(
            f"The holder {row['holder']} cannot be shown: make it one of {', '.join(HOLDER_KINDS)}"
        )
    return Statement(
        **{column: row[column] for column in _AS_THEY_ARE},
        holder_name=known.short[row["holder"]],
        body_name=known.short[row["body"]],
        proposition_label=known.whole[row["proposition"]],
        issue_label=known.whole[row["issue"]],
        speaker_name=known.speaker(row["speaker"], row["entry"]),
        meeting_label=known.whole[row["meeting"]],
        date=row["date"].isoformat() if row["date"] else "",
        condition_label=known.conditions(row["condition"]),
        superseded=row["revised"] in _SUPERSEDED_BY[row["status"]],
    )


_NOTHING = Label.same("")
_AS_THEY_ARE = tuple(
    one.name for one in fields(Statement) if one.name in SCHEMA and one.name != "date"
)
# Of a shown position's status: the statuses of those that supersede it.
_SUPERSEDED_BY = {"accepted": ("accepted",), "proposed": ("accepted", "proposed")}


def _nodes(store: GraphStore) -> pl.DataFrame:
    query = load_query(queries_dir() / "internal" / "nodes.rq")
    answers = {language: ask(store, query, {}, language) for language in LANGUAGES}
    found: dict[str, dict[str, Value]] = {}
    for language, answer in answers.items():
        for record in answer.records():
            node = found.setdefault(str(record["node"]), {"node": str(record["node"])})
            node["kind"] = KINDS[str(record["kind"])]
            node[f"label_{language}"] = record["label"] or str(record["node"])
            node[f"name_{language}"] = record["name"] or str(record["node"])
    rows = [tuple(node.get(column) for column in NODE_SCHEMA) for node in found.values()]
    return _frame(tuple(NODE_SCHEMA), rows, NODE_SCHEMA)


def _relations(store: GraphStore) -> pl.DataFrame:
    query = load_query(queries_dir() / "internal" / "proposition-relations.rq")
    answer = ask(store, query, {})
    return _frame(answer.columns, answer.rows, RELATION_SCHEMA)


def _frame(
    columns: Sequence[str],
    rows: Sequence[Sequence[Value]],
    schema: Mapping[str, pl.DataType | type[pl.DataType]],
) -> pl.DataFrame:
    """Rows as columns of the types of a schema."""
    series = [
        pl.Series(column, [_plain(row[place]) for row in rows], dtype=schema[column], strict=False)
        for place, column in enumerate(columns)
    ]
    return pl.DataFrame(series)


def _plain(value: Value) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, str) else value
