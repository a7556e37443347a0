"""One part of the work: some graphs of a store, and what is found in them.

A part is plain data, so that another process can do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.findings import Finding, Severity
from kg.graph_file import Stretch
from kg.names import shorten
from kg.shapes import Wording, shapes_graph, wordings
from kg.shapescan.compiled import Compiled, compile_shapes
from kg.shapescan.literals import is_literal, name_of
from kg.shapescan.pieces import Cutter, Piece, cut, cut_file
from kg.shapescan.scan import Fault, faults
from kg.shapescan.whole import Whole

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Part:
    """Graphs to check: of a store by their names, of a graph's file as a stretch of it.

    `shared` are the hashes of the nodes that other parts describe as well.
    """

    graphs: Sequence[str] | Stretch
    shared: Hashes = field(default_factory=lambda: np.empty(0, np.uint64))


@dataclass
class Found:
    """What a part gave: its findings, and what must be held against those of other parts.

    `kept` are at most so many of each severity as were asked for, `counts` are all. `subjects` are
    the hashes of the nodes that it describes, `objects` those of others that a path leads back
    from, one array for each piece; `terms` are the predicates and classes that it uses.
    """

    kept: dict[Severity, list[Finding]] = field(default_factory=dict)
    counts: Counter[Severity] = field(default_factory=Counter)
    subjects: list[Hashes] = field(default_factory=list)
    objects: list[Hashes] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)

    def add(self, findings: Iterable[Finding], most: int) -> None:
        """Keep the first findings of each severity, in order."""
        for one in findings:
            self.counts[one.severity] += 1
            self.kept.setdefault(one.severity, []).append(one)
        for severity, kept in self.kept.items():
            self.kept[severity] = sorted(set(kept))[:most]


class Checker:
    """The compiled shapes with the store that they are checked on, and the file of its graph."""

    def __init__(self, store: ox.Store, base: str, language: str, file: Path | None = None) -> None:
        graph = shapes_graph()
        self._file = file
        self.whole = Whole(store)
        self.compiled: Compiled = compile_shapes(graph)
        self._wordings = wordings(graph, language)
        self._base = base

    def do(self, part: Part, size: int, most: int) -> Found:
        """Check the graphs of a part in pieces of `size` bytes; keep `most` of each severity."""
        found = Found()

        def take(rows: list[str]) -> None:
            piece = Piece(rows, self.whole, lambda nodes: _shared(nodes, part.shared))
            found.add(set(self.findings(faults(self.compiled, piece))), most)
            self._note(piece, found)

        cutter = Cutter(size, take)
        if isinstance(part.graphs, Stretch):
            assert self._file is not None  # stretches are of a file
            cut_file(self._file, part.graphs, cutter)
        else:
            cut(self.whole.store, map(ox.NamedNode, part.graphs), cutter)
        return found

    def _note(self, piece: Piece, found: Found) -> None:
        found.terms |= piece.terms()
        found.subjects.append(hashes(piece.subjects)[0])
        ends = set().union(*map(piece.objects, self.compiled.turned)) - piece.subjects
        found.objects.append(hashes(ends)[0])

    def findings(self, faults: Iterable[Fault]) -> Iterable[Finding]:
        """The findings that stand for faults, as `kg.shapes.check_shapes` words them."""
        for number, node in faults:
            name = shorten(name_of(node), self._base)
            wording = self._wordings[self.compiled.targets[number].iri]
            yield _finding(name, wording)


def _finding(name: str, wording: Wording) -> Finding:
    return Finding(Path(name), 0, wording.severity, f"{name}: {wording.message}")


def hashes(nodes: Set[str]) -> tuple[Hashes, list[str]]:
    """The hashes of nodes, the same in every process, and the nodes in that order."""
    listed = [node for node in nodes if not is_literal(node)]
    return pl.Series(listed, dtype=pl.String).hash(seed=0).to_numpy(), listed


def _shared(nodes: Set[str], shared: Hashes) -> Set[str]:
    if not shared.size:
        return set()
    numbers, listed = hashes(nodes)
    return {listed[at] for at in np.flatnonzero(np.isin(numbers, shared))}


def again(parts: Sequence[Part], found: Sequence[Found]) -> dict[int, Part]:
    """The parts to do once more, since another piece says more of nodes that they describe.

    A node is shared where two pieces have it as a subject, or one does and a path leads back from
    it in another. Two nodes with one hash cost time and no finding.
    """
    subjects = np.concatenate([one for part in found for one in part.subjects] or [_NONE])
    objects = np.concatenate([one for part in found for one in part.objects] or [_NONE])
    names, counts = np.unique(subjects, return_counts=True)
    shared = np.union1d(names[counts > 1], np.intersect1d(names, objects))
    if not shared.size:
        return {}
    touched = {
        number: np.intersect1d(shared, np.concatenate(part.subjects or [_NONE]))
        for number, part in enumerate(found)
    }
    return {
        number: replace(parts[number], shared=those)
        for number, those in touched.items()
        if those.size
    }


_NONE: Hashes = np.empty(0, np.uint64)
