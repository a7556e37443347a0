"""A DNA database as RDF, row by row, by W3C's Direct Mapping: what codings cannot hold is there.

https://www.w3.org/TR/rdb-direct-mapping/: a row is a node named by its primary key, a column a
property, a foreign key another property that leads to the row meant; NULL is no triple. Two things
are added: the two tables whose key is no number have their ``rowid`` as a further column, since it
holds their order; and where the user named the variables of positions, the node of the database
itself says which. One is left out unless it is asked for: the hashes of passwords.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.dna.forms import Wanted
from kg.dna.passwords import default_hash
from kg.dna.rows import Database
from kg.dna.schema import ROWS, TABLES, Column, Table
from kg.errors import DataError, InputError
from kg.names import DEFAULT_BASE, RDF, XSD, dna_base, dna_graph

FOLDER = "dna"
"""The folder below a folder of codings that holds the layers, one ``.nt`` a database."""

SECRET = "Password"
_TYPE = ox.NamedNode(f"{RDF}type")
_INTEGER = ox.NamedNode(f"{XSD}integer")
# What an IRI may hold only as %XX: all but *iunreserved* (RFC 3987, 2.2).
_PLANES = "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14))
_RESERVED = re.compile(
    rf"[^A-Za-z0-9._~\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd]"
)


def triples(
    database: Database, name: str, base: str = DEFAULT_BASE, passwords: bool = False
) -> Iterator[ox.Triple]:
    """The rows of a database as triples, table by table; `name` is what its IRIs carry."""
    root = dna_base(name, base)
    for table in TABLES:
        columns = [
            (place, column, ox.NamedNode(f"{root}{table.name}#{column.name}"))
            for place, column in enumerate(table.columns)
            if passwords or column.name != SECRET
        ]
        kind = ox.NamedNode(f"{root}{table.name}")
        key = [column.name for column in table.columns].index(table.key)
        for number, row in enumerate(getattr(database, table.field), start=1):
            node = ox.NamedNode(_row(root, table.name, table.key, row[key]))
            yield ox.Triple(node, _TYPE, kind)
            yield from _values(node, row, columns, root)
            if _ordered_apart(table):
                rowid = ox.NamedNode(f"{root}{table.name}#rowid")
                yield ox.Triple(node, rowid, ox.Literal(str(number), datatype=_INTEGER))


def _values(
    node: ox.NamedNode,
    row: tuple[Any, ...],
    columns: Iterable[tuple[int, Column, ox.NamedNode]],
    root: str,
) -> Iterator[ox.Triple]:
    for place, column, name in columns:
        value = row[place]
        if value is None:
            continue
        number = isinstance(value, int)
        literal = ox.Literal(str(value), datatype=_INTEGER) if number else ox.Literal(value)
        yield ox.Triple(node, name, literal)
        if column.refers_to:
            link = ox.NamedNode(name.value.replace("#", "#ref-"))
            yield ox.Triple(node, link, ox.NamedNode(_row(root, column.refers_to, "ID", value)))


def _row(root: str, table: str, key: str, value: int | str) -> str:
    return f"{root}{table}/{key}={_encoded(str(value))}"


def _encoded(text: str) -> str:
    """A value in an IRI, percent-encoded as the Direct Mapping wants it."""
    return _RESERVED.sub(lambda sign: quote(sign[0], safe=""), text)


def _ordered_apart(table: Table) -> bool:
    """Tell whether the order of a table's rows is not that of their key."""
    return table.columns[0].kind is str


def choices(wanted: Wanted, name: str, base: str = DEFAULT_BASE) -> Iterator[ox.Triple]:
    """Which variables the user named at the import, so that an export sees the rows alike."""
    root = dna_base(name, base)
    for one in fields(wanted):
        if value := getattr(wanted, one.name):
            yield ox.Triple(
                ox.NamedNode(root), ox.NamedNode(f"{root}#{one.name}"), ox.Literal(value)
            )


def chosen(found: Iterable[ox.Triple], name: str, base: str = DEFAULT_BASE) -> Wanted:
    """What `choices` had."""
    root = dna_base(name, base)
    node = ox.NamedNode(root)
    told = {
        one.predicate.value.removeprefix(f"{root}#"): one.object.value
        for one in found
        if one.subject == node and isinstance(one.object, ox.Literal)
    }
    known = {one.name for one in fields(Wanted)}
    return Wanted(**{key: value for key, value in told.items() if key in known})


def to_ntriples(found: Iterable[ox.Triple]) -> bytes:
    """Triples as N-Triples, a line each, sorted."""
    text = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None  # without an output file, serialize returns the bytes
    return b"".join(sorted(text.splitlines(keepends=True)))


def layer_file(name: str) -> str:
    """Where the layer of a database is in a folder of codings.

    >>> layer_file("sample")
    'dna/sample.nt'
    """
    return f"{FOLDER}/{name}.nt"


def read_layers(folder: Path, base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The layers of a folder of codings, each as a named graph; none where there is no such file.

    Raises `InputError` for a file that is no N-Triples, or whose IRIs are of another base.
    """
    found: list[ox.Quad] = []
    for path in sorted((folder / FOLDER).glob("*.nt")):
        graph, root = ox.NamedNode(dna_graph(path.stem, base)), dna_base(path.stem, base)
        try:
            read = list(ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES))
        except (OSError, SyntaxError, ValueError) as error:
            raise InputError(f"{path} is no valid N-Triples ({error}): import it again") from error
        if read and not any(str(quad.subject).startswith(f"<{root}") for quad in read):
            raise InputError(
                f"No row of {path} begins with {root}: give the `--base` that it was imported "
                "with, and leave the file its name"
            )
        found += [ox.Quad(one.subject, one.predicate, one.object, graph) for one in read]
    return found


def split_layers(
    quads: Iterable[ox.Quad], base: str = DEFAULT_BASE
) -> tuple[list[ox.Quad], dict[str, list[ox.Triple]]]:
    """The quads that are no layer of a DNA database, and the triples of each layer by its name."""
    begin = f"<{dna_graph('', base)}"
    others: list[ox.Quad] = []
    layers: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        graph = str(quad.graph_name)
        if graph.startswith(begin):
            layers[graph[len(begin) : -1]].append(quad.triple)
        else:
            others.append(quad)
    return others, dict(layers)


def to_database(found: Iterable[ox.Triple], name: str, base: str = DEFAULT_BASE) -> Database:
    """The database whose rows a layer holds: what `triples` had, rows by their keys.

    A password that is not there is `kg.dna.passwords.DEFAULT_PASSWORD`. Raises `DataError` for a
    row that lacks a value or has one of another type.
    """
    root = dna_base(name, base)
    nodes: dict[Any, dict[str, str]] = defaultdict(dict)
    tables: dict[str, list[Any]] = defaultdict(list)
    for triple in found:
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
            tables[triple.object.value.removeprefix(root)].append(triple.subject)
        elif isinstance(triple.object, ox.Literal):
            nodes[triple.subject][triple.predicate.value.removeprefix(root)] = triple.object.value
    return Database(
        **{
            table.field: _rows(table, [nodes[node] for node in tables[table.name]], name)
            for table in TABLES
        }
    )


def _rows(table: Table, found: Iterable[Mapping[str, str]], name: str) -> tuple[Any, ...]:
    kind = ROWS[table.name]
    order = "rowid" if _ordered_apart(table) else table.key
    keyed = [(_number(one.get(f"{table.name}#{order}"), table, order, name), one) for one in found]
    return tuple(
        kind._make(_value(table, column, one, name) for column in table.columns)
        for _, one in sorted(keyed, key=lambda pair: pair[0])
    )


def _value(table: Table, column: Column, row: Mapping[str, str], name: str) -> int | str | None:
    text = row.get(f"{table.name}#{column.name}")
    if text is None and column.name == SECRET:
        return default_hash()
    if text is None and column.optional:
        return None
    if column.kind is int:
        return _number(text, table, column.name, name)
    if text is None:
        raise _lacking(table, column.name, name)
    return text


def _number(text: str | None, table: Table, column: str, name: str) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise _lacking(table, column, name) from None


def _lacking(table: Table, column: str, name: str) -> DataError:
    return DataError(
        f"A row of {table.name} in the DNA layer “{name}” has no {column}, or one that is no "
        "number: import the database again"
    )
