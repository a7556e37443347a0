"""What a run of the benchmark of scale is asked to do, and where its data lie."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OXIGRAPH, KG, FUSEKI, VIRTUOSO, RDFLIB = ENGINES = (
    "oxigraph",
    "kg",
    "fuseki",
    "virtuoso",
    "rdflib",
)
_WHOLE = "whole"


@dataclass(frozen=True)
class Options:
    """The command line; limits are in seconds."""

    positions: Sequence[int]
    engines: Sequence[str]
    runs: int
    limit: float
    load_limit: float
    work: Path
    keep: bool

    def limit_of(self, engine: str) -> float:
        """How long a load may take; rdflib's is repeated in each of its processes."""
        return self.limit if engine == RDFLIB else max(self.limit, self.load_limit)


@dataclass(frozen=True)
class Place:
    """Where an engine keeps a corpus; it is whole once its load has ended well."""

    folder: Path

    @classmethod
    def of(cls, options: Options, engine: str, size: int) -> Place:
        """The place of an engine and size."""
        return cls(options.work / f"{size}" / engine)

    @property
    def data(self) -> Path:
        """The folder that the engine makes."""
        return self.folder / "data"

    @property
    def is_whole(self) -> bool:
        """Whether a load of it has ended well."""
        return (self.folder / _WHOLE).exists()

    def clear(self) -> None:
        """Remove it, and make room for a new one."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def finish(self) -> None:
        """Mark it as whole."""
        (self.folder / _WHOLE).touch()


def tell(text: str) -> None:
    """What is going on, to the one who waits."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
