"""The engines that run in a process of ours: kg, Oxigraph and rdflib. These run in workers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from benchmarks.scale_results import SHAPES, STAGE
from benchmarks.scale_worker import Failed, TooSlow, peak

from kg.names import DEFAULT_BASE

if TYPE_CHECKING:
    from rdflib import Dataset

STAGES = {
    "Loading": STAGE,
    "Counting": STAGE,
    "Checking the shapes": SHAPES,
    "Making the statement table": "statement table",
    "Writing the graph": "TriG copy",
    "Making the pages": "pages",
}
"""The rows of a build's stages, by how the messages begin that start them."""


@dataclass(frozen=True)
class Loaded:
    """What a load took: seconds, megabytes, and the seconds of its stages where it has some."""

    seconds: float
    megabytes: int | None = None
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """What a question took, and how many rows came."""

    seconds: float
    rows: int


class Stages:
    """The seconds of each stage of a build, as told by its messages of progress."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._since = STAGE, time.perf_counter()

    def begin(self, message: str) -> None:
        """A message has come: the stage before it has ended."""
        now = time.perf_counter()
        self.seconds[self._name] = self.seconds.get(self._name, 0) + now - self._since
        names = (name for begins, name in STAGES.items() if message.startswith(begins))
        self._name, self._since = next(names, message), now


def load_kg(file: Path, folder: Path) -> Loaded:
    """`kg build --from-rdf` with all its stages."""
    from kg.bulk import build_from_rdf

    stages = Stages()
    began = time.perf_counter()
    build_from_rdf([file], folder, DEFAULT_BASE, "en", stages.begin)
    seconds = time.perf_counter() - began
    stages.begin("")
    return Loaded(seconds, peak(), stages.seconds)


def load_oxigraph(file: Path, folder: Path) -> Loaded:
    """Oxigraph's own bulk loader, the baseline."""
    store = ox.Store(str(folder))
    began = time.perf_counter()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return Loaded(time.perf_counter() - began, peak())


def load_rdflib(file: Path) -> Loaded:
    """The parser of rdflib, into its store in memory."""
    began = time.perf_counter()
    _parsed(file)
    return Loaded(time.perf_counter() - began, peak())


def open_kg(folder: Path) -> Callable[..., Answered]:
    """The build of kg, as its users get it; what it keeps between questions stays warm."""
    from kg.build import read_build
    from kg.site import Site

    made = read_build(folder)
    site = Site(made.open(), made.base, given=made.table(), differences=made.differences())
    return lambda name, given: _timed(lambda: len(site.ask(name, given).rows))


def open_oxigraph(folder: Path) -> Callable[[str], Answered]:
    """Oxigraph in this process, asked in SPARQL."""
    from kg.store import EmbeddedStore

    store = EmbeddedStore(ox.Store.read_only(str(folder)))
    return lambda text: _timed(lambda: len(store.select(text).rows))


def open_rdflib(file: Path) -> Callable[[str], Answered]:
    """Everything in rdflib's memory, asked in SPARQL."""
    dataset = _parsed(file)
    return lambda text: _timed(lambda: len(list(dataset.query(text))))


def first_call(folder: Path, name: str, given: Mapping[str, str], limit: float) -> Answered:
    """One `kg query` from the start of its process to its end."""
    options = [part for key, value in given.items() for part in (f"--{key}", value)]
    form = ["--store", str(folder), "--format", "json"]
    command: Sequence[str] = [sys.executable, "-m", "kg", "query", name, *options, *form]
    began = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    seconds = time.perf_counter() - began
    if done.returncode:
        raise Failed(done.stderr.strip())
    return Answered(seconds, len(json.loads(done.stdout)))


def _parsed(file: Path) -> Dataset:
    from rdflib import Dataset

    dataset = Dataset(default_union=True)
    dataset.parse(file, format="nquads")
    return dataset


def _timed(work: Callable[[], int]) -> Answered:
    began = time.perf_counter()
    rows = work()
    return Answered(time.perf_counter() - began, rows)
