"""What the benchmark of scale has measured: rows of loads and queries, a cell a size."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

LOADING, ASKING = "loading", "asking"
"""The parts of the benchmark."""
LOAD, STAGE, SHAPES, WHOLE = "load", "loading stage", "shapes", "whole build"
"""What is loaded: a file by an engine's own loader, and stages of kg's build."""
FAST, FIRST = "kg", "kg, first call in a new process"


@dataclass(frozen=True)
class Measured:
    """One cell: the seconds of each run, or why there are none.

    `limit` is the time within which it did not end; `told` says anything else that came between.
    """

    seconds: Sequence[float] = ()
    rows: int | None = None
    megabytes: int | None = None
    limit: float | None = None
    told: str = ""

    @property
    def median(self) -> float | None:
        """The seconds that the table shows."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def least(self) -> float | None:
        """How long it takes, or at least takes."""
        return self.limit if self.median is None else self.median


NOT_TRIED = Measured(told="not tried")


@dataclass(frozen=True)
class Row:
    """What is measured: a part, what is loaded or asked, and the engine."""

    part: str
    what: str
    engine: str


@dataclass
class Results:
    """All rows, in the order in which they came; the head says on what, when and with what."""

    sizes: Sequence[int]
    head: Mapping[str, str] = field(default_factory=dict)
    _cells: dict[Row, dict[int, Measured]] = field(default_factory=dict)

    def put(self, row: Row, size: int, measured: Measured) -> None:
        """Write a cell."""
        self._cells.setdefault(row, {})[size] = measured

    def find(self, row: Row, size: int) -> Measured | None:
        """A cell, if it is there."""
        return self._cells.get(row, {}).get(size)

    def rows(self, part: str) -> list[Row]:
        """The rows of a part; what belongs together stands together, a whole behind its stages."""
        found = [row for row in self._cells if row.part == part]
        if part == LOADING:
            engines = list(dict.fromkeys(row.engine for row in found))
            return sorted(found, key=lambda row: (engines.index(row.engine), row.what == WHOLE))
        asked = list(dict.fromkeys(row.what for row in found))
        return sorted(found, key=lambda row: asked.index(row.what))

    def given_up(self, row: Row) -> bool:
        """Whether a smaller size took too long already, so that this one is not tried."""
        return any(one.limit or one == NOT_TRIED for one in self._cells.get(row, {}).values())

    def text(self) -> str:
        """Everything as JSON."""
        rows = [
            {**asdict(row), "cells": {f"{size}": _plain(one) for size, one in cells.items()}}
            for row, cells in self._cells.items()
        ]
        made = {"head": self.head, "sizes": list(self.sizes), "rows": rows}
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def read(cls, path: Path) -> Results:
        """The results of an earlier run."""
        given = json.loads(path.read_text(encoding="utf-8"))
        made = cls(given["sizes"], given["head"])
        for row in given["rows"]:
            cells = row.pop("cells")
            for size, one in cells.items():
                made.put(Row(**row), int(size), Measured(**{x: one[x] for x in _FIELDS}))
        return made

    def cells(self) -> Iterator[tuple[Row, int, Measured]]:
        """Everything."""
        for row, cells in self._cells.items():
            for size, one in cells.items():
                yield row, size, one


_FIELDS = ("seconds", "rows", "megabytes", "limit", "told")


def merged(earlier: Results, later: Results) -> Results:
    """Two runs as one; where both have a cell the later one stands, and its head."""
    both = Results(sorted({*earlier.sizes, *later.sizes}), {**earlier.head, **later.head})
    for results in (earlier, later):
        for row, size, one in results.cells():
            both.put(row, size, replace(one))
    return both


def _plain(one: Measured) -> dict[str, object]:
    told = {name: getattr(one, name) for name in _FIELDS}
    if not one.seconds:
        return told
    return {**told, "median": one.median, "min": min(one.seconds), "max": max(one.seconds)}
