"""Quads of a store piece by piece, each with all that its graphs say of its subjects.

A piece is indexed by predicate, so that most of what a shape asks is answered for all its nodes at
once by sets. It answers as `Data` for its own subjects, and asks the whole store for all others,
and for those that another piece describes too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Set
from functools import cached_property
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.graph_file import Stretch, read
from kg.shapescan.components import TYPE
from kg.shapescan.data import Values, Way
from kg.shapescan.whole import Whole

Rows = Iterable[str]


class Piece:
    """Triples in N-Triples, indexed; `shared` are nodes that other pieces describe as well."""

    def __init__(self, rows: Rows, whole: Whole, shared: Callable[[Set[str]], Set[str]]) -> None:
        self.whole = whole
        self.first: dict[str, dict[str, str]] = {}
        self.more: dict[str, dict[str, list[str]]] = {}
        self._index(rows)
        self.subjects: set[str] = set().union(*self.first.values())
        self.shared = shared(self.subjects)
        self.own = self.subjects - self.shared if self.shared else self.subjects
        self._inverse: dict[str, dict[str, list[str]]] = {}
        self._objects: dict[str, Set[str]] = {}
        self._reached: dict[tuple[int, str], Values] = {}

    def _index(self, rows: Rows) -> None:
        first, more = self.first, self.more
        for row in rows:
            subject, predicate, value = row.split(" ", 2)
            value = value[:-2]  # without the dot at the end
            column = first.get(predicate)
            if column is None:
                column = first[predicate] = {}
            known = column.setdefault(subject, value)
            if known is not value and known != value:
                values = more.setdefault(predicate, {}).setdefault(subject, [known])
                if value not in values:
                    values.append(value)

    def values(self, node: str, predicate: str) -> Values:
        """See `Data.values`."""
        if node not in self.own:
            return self.whole.values(node, predicate)
        column = self.first.get(predicate)
        one = column.get(node) if column is not None else None
        if one is None:
            return ()
        return self.more.get(predicate, {}).get(node) or (one,)

    def inverse(self, node: str, predicate: str) -> Values:
        """See `Data.inverse`."""
        if node not in self.own:
            return self.whole.inverse(node, predicate)
        if predicate not in self._inverse:
            self._inverse[predicate] = self._turn(predicate)
        return self._inverse[predicate].get(node, ())

    def _turn(self, predicate: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subject, value in self.pairs(predicate):
            found.setdefault(value, []).append(subject)
        return found

    def pairs(self, predicate: str) -> Iterable[tuple[str, str]]:
        """The subjects and objects of a predicate."""
        several = self.more.get(predicate, {})
        for subject, value in self.first.get(predicate, {}).items():
            if subject in several:
                yield from ((subject, one) for one in several[subject])
            else:
                yield subject, value

    def closure(self, name: str) -> frozenset[str]:
        """See `Data.closure`."""
        return self.whole.closure(name)

    def reached(self, way: Way, node: str) -> Values:
        """See `Data.reached`; a path lives as long as the shapes, and is known by its number."""
        found = self._reached.get((id(way), node))
        if found is None:
            found = self._reached[id(way), node] = way.of(self, node)
        return found

    def having(self, predicate: str) -> Collection[str]:
        """The subjects of a predicate."""
        return self.first.get(predicate, {}).keys()

    def having_several(self, predicate: str) -> Set[str]:
        """The subjects with more than one object of a predicate."""
        return self.more.get(predicate, {}).keys()

    def objects(self, predicate: str) -> Set[str]:
        """The objects of a predicate."""
        if predicate not in self._objects:
            several = self.more.get(predicate, {}).values()
            found = set(self.first.get(predicate, {}).values()).union(*several)
            self._objects[predicate] = found
        return self._objects[predicate]

    @cached_property
    def _classes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for subject, name in self.pairs(TYPE):
            found.setdefault(name, set()).add(subject)
        return found

    def instances(self, name: str) -> Set[str]:
        """The subjects that the piece says are of a class, or of one of its subclasses."""
        classes = self._classes
        return set().union(*(classes[one] for one in self.closure(name) if one in classes))

    def terms(self) -> Set[str]:
        """The predicates and classes that are used."""
        return self.first.keys() | self._classes.keys()


class Cutter:
    """What Oxigraph writes a graph to: cuts the triples into pieces, at the end of a subject.

    `take` gets the rows of each piece; `size` is in bytes.
    """

    def __init__(self, size: int, take: Callable[[list[str]], None]) -> None:
        self._size = self._limit = size
        self._take = take
        self._kept: list[bytes] = []
        self._length = 0

    def write(self, data: bytes) -> int:
        """Take what was written."""
        self._kept.append(bytes(data))
        self._length += len(data)
        if self._length >= self._limit:
            self._cut()
        return len(data)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def _cut(self) -> None:
        rows, begun = self._rows()
        whole = _end_of_subject(rows)
        self._keep("".join(f"{row}\n" for row in rows[whole:]).encode() + begun)
        if whole:
            self._take(rows[:whole])

    def _rows(self) -> tuple[list[str], bytes]:
        """The rows that are complete, and the beginning of the next one."""
        complete, newline, begun = b"".join(self._kept).rpartition(b"\n")
        return (complete.decode().split("\n") if newline else []), begun

    def _keep(self, rest: bytes) -> None:
        """Go on with what is left; it is not looked through again before as much has come."""
        self._kept, self._length = [rest], len(rest)
        self._limit = self._length + self._size

    def close(self) -> None:
        """Hand over what is left."""
        rows, _ = self._rows()
        self._keep(b"")
        if rows:
            self._take(rows)


def _end_of_subject(rows: list[str]) -> int:
    """How many rows stand before those of the last subject."""
    subject = f"{rows[-1].partition(' ')[0]} " if rows else ""
    end = len(rows)
    while end and rows[end - 1].startswith(subject):
        end -= 1
    return end


def cut(store: ox.Store, graphs: Iterable[ox.NamedNode], cutter: Cutter) -> None:
    """Send the triples of graphs through a cutter."""
    for graph in graphs:
        out = cast(IO[bytes], cutter)  # `write` and `flush` are all that is asked of it
        store.dump(out, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
    cutter.close()


def cut_file(file: Path, stretch: Stretch, cutter: Cutter) -> None:
    """Send the triples of a graph's file through a cutter; they are the same as in the store.

    They are read four times as fast as from a store on disk.
    """
    out = cast(IO[bytes], cutter)
    triples = (quad.triple for quad in read(file, stretch))
    ox.serialize(triples, out, format=ox.RdfFormat.N_TRIPLES)
    cutter.close()
