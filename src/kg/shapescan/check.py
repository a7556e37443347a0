"""The check of a whole store: its graphs in parts, each part in a process of its own."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.findings import Finding, Severity
from kg.graph_file import stretches
from kg.shapescan.part import Checker, Found, Part, again
from kg.shapescan.scan import named
from kg.shapescan.summary import has_results, is_about_terms, summary
from kg.workers import cores, spread

MOST = 1000
"""Findings of each severity that are kept."""
_PIECE = 20_000_000
"""Bytes of N-Triples in a piece: some 100,000 quads, which take about 150 MB in memory."""
_GRAPHS = 200
"""Graphs in a part; those of a meeting have about 600 quads."""
_STRETCH = 6_000_000
"""Bytes of the graph's file in a part: a third of what they are as N-Triples, so that a part is one
piece, and no meeting is cut in two, which would then have to be checked again."""
_ALONE = 2
"""Up to so many parts, other processes take longer to start than the work."""

Progress = Callable[[str], None]
_checker: list[Checker] = []


@dataclass(frozen=True)
class Checked:
    """Findings in order, and how many there are of each severity where not all were kept.

    A node that several pieces refer to is counted with each of them once a severity is cut.
    """

    findings: Sequence[Finding]
    counts: Counter[Severity]

    @property
    def cut(self) -> int:
        """How many findings were not kept."""
        return sum(self.counts.values()) - len(self.findings)


@dataclass(frozen=True)
class Limits:
    """How the work is cut: graphs in a part, or bytes of the file; bytes in a piece; processes.

    At most `most` findings of each severity are kept.
    """

    graphs: int = _GRAPHS
    stretch: int = _STRETCH
    piece: int = _PIECE
    processes: int = 0
    most: int = MOST


def check_large(
    store: ox.Store,
    folder: Path | None,
    base: str,
    language: str,
    progress: Progress,
    limits: Limits | None = None,
    file: Path | None = None,
) -> Checked:
    """Check every quad of a store against the shapes; the findings are those of `check_shapes`.

    `folder` is where the store lies: other processes read it there, all that is in it must have
    been flushed. Without it, the work is done in this process. `file` is the file of the graph that
    the store holds: it is read quicker. `progress` is told how far it is. Raises `InputError` where
    the shapes use what `kg.shapescan.compiled` does not know.
    """
    limits = limits or Limits()
    checker = Checker(store, base, language, file)
    if file is not None:
        parts = [Part(one) for one in stretches(file, limits.stretch)]
    else:
        names = sorted(one.value for one in store.named_graphs() if isinstance(one, ox.NamedNode))
        parts = [
            Part(tuple(names[start : start + limits.graphs]))
            for start in range(0, len(names), limits.graphs)
        ]
    processes = limits.processes or cores()
    alone = folder is None or len(parts) <= _ALONE or processes == 1

    def found_in(some: Sequence[Part]) -> Iterator[Found]:
        if alone:
            return (checker.do(part, limits.piece, limits.most) for part in some)
        prepare = partial(_start, str(folder), base, language, file)
        do = partial(_do, size=limits.piece, most=limits.most)
        return spread(do, some, processes, prepare)

    found = []
    for one in found_in(parts):
        found.append(one)
        if not alone:
            _tell(progress, len(found), len(parts))
    once_more = again(parts, found)
    for number, one in zip(once_more, found_in(list(once_more.values())), strict=True):
        found[number] = one
    return _together(checker, found, limits.most)


def _tell(progress: Progress, done: int, of: int) -> None:
    tenths = done * 10 // of
    if tenths != (done - 1) * 10 // of and tenths < 10:
        progress(f"Checking the shapes: {tenths * 10} %")


def _start(folder: str, base: str, language: str, file: Path | None) -> None:
    """Make a process ready."""
    gc.disable()  # the pieces hold no cycles, and looking for them takes a third of the time
    _checker.append(Checker(ox.Store.read_only(folder), base, language, file))


def _do(part: Part, size: int, most: int) -> Found:
    return _checker[0].do(part, size, most)


def _together(checker: Checker, parts: Sequence[Found], most: int) -> Checked:
    """All findings, with those of named nodes and of the terms that are used."""
    rest = Found()
    rest.add(set(checker.findings(named(checker.compiled, checker.whole))), most)
    rest.add(set(checker.findings(_of_terms(checker, parts))), most)
    found: set[Finding] = set()
    counts: Counter[Severity] = Counter()
    for severity in Severity:
        kept = sorted({one for part in (*parts, rest) for one in part.kept.get(severity, ())})
        total = sum(part.counts[severity] for part in (*parts, rest))
        whole = all(part.counts[severity] <= most for part in (*parts, rest))
        found.update(kept[:most])
        counts[severity] = len(kept) if whole else total
    return Checked(sorted(found), counts)


def _of_terms(checker: Checker, parts: Sequence[Found]) -> Iterator[tuple[int, str]]:
    used = summary(set().union(*(part.terms for part in parts)), checker.whole)
    for number, target in enumerate(checker.compiled.targets):
        for query in filter(is_about_terms, target.queries):
            if has_results(query, used):
                yield from ((number, node) for node in target.nodes)
