"""Loading: each engine's bulk loader on the same file, and kg's build stage by stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.scale_local import Loaded, load_kg, load_oxigraph, load_rdflib
from benchmarks.scale_options import FUSEKI, KG, OXIGRAPH, RDFLIB, VIRTUOSO, Options, Place, tell
from benchmarks.scale_results import (
    LOAD,
    LOADING,
    NOT_TRIED,
    WHOLE,
    Measured,
    Results,
    Row,
)
from benchmarks.scale_servers import (
    Missing,
    load_fuseki,
    load_virtuoso,
    need_java,
    need_virtuoso,
)
from benchmarks.scale_worker import Failed, TooSlow, once

LOADERS: Mapping[str, Callable[[Path, Path, float], Loaded]] = {
    OXIGRAPH: lambda file, folder, limit: _once(limit, load_oxigraph, file, folder),
    KG: lambda file, folder, limit: _once(limit, load_kg, file, folder),
    FUSEKI: lambda file, folder, limit: _once(limit, load_fuseki, file, folder),
    VIRTUOSO: load_virtuoso,
    RDFLIB: lambda file, folder, limit: _once(limit, load_rdflib, file),
}
ABSENT = "not there"
NEEDS: Mapping[str, Callable[[], None]] = {FUSEKI: need_java, VIRTUOSO: need_virtuoso}


class Loads:
    """Runs the loads of one size after the other, and writes what they took into the results."""

    def __init__(self, options: Options, results: Results) -> None:
        self._options, self._results = options, results

    def run(self, size: int, file: Path) -> None:
        """All loads of one corpus; the baseline and kg take turns, since disks vary."""
        turns = [engine for engine in (OXIGRAPH, KG) if engine in self._options.engines]
        self._in_turns(turns, size, file)
        for engine in self._options.engines:
            if engine not in turns:
                self._in_turns([engine], size, file)

    def _in_turns(self, engines: Sequence[str], size: int, file: Path) -> None:
        """Load by turns, the first once more at the end, as long as there is time for it."""
        taken: dict[str, list[Loaded]] = {engine: [] for engine in engines}
        for _ in range(self._options.runs):
            for engine in engines:
                self._one(engine, size, file, taken[engine])
            spent = sum(one.seconds for loads in taken.values() for one in loads)
            if spent > self._options.limit:
                break
        if len(engines) > 1 and self._options.runs > 1:
            self._one(engines[0], size, file, taken[engines[0]])
        for engine, loads in taken.items():
            if loads:
                self._put(engine, size, loads)

    def _one(self, engine: str, size: int, file: Path, taken: list[Loaded]) -> None:
        """Load once more, unless that went wrong before."""
        row = Row(LOADING, WHOLE if engine == KG else LOAD, engine)
        if self._results.find(row, size):
            return
        loaded = self._tried(engine, size, file, row)
        if isinstance(loaded, Loaded):
            taken.append(loaded)
        else:
            taken.clear()
            self._results.put(row, size, loaded)

    def _tried(self, engine: str, size: int, file: Path, row: Row) -> Loaded | Measured:
        if self._results.given_up(row):
            return NOT_TRIED
        tell(f"{size:,} positions: loading into {engine}")
        try:
            return load(engine, size, file, self._options)
        except Missing as missing:
            return absent(missing)
        except TooSlow:
            return Measured(limit=self._options.limit_of(engine))
        except Failed as failed:
            return Measured(told=f"fails: {failed}")

    def _put(self, engine: str, size: int, loads: Sequence[Loaded]) -> None:
        memory = max((one.megabytes or 0 for one in loads), default=0) or None
        whole = Measured([one.seconds for one in loads], megabytes=memory)
        for stage in dict.fromkeys(name for one in loads for name in one.stages):
            seconds = [one.stages.get(stage, 0.0) for one in loads]
            self._results.put(Row(LOADING, stage, engine), size, Measured(seconds))
        row = Row(LOADING, WHOLE if engine == KG else LOAD, engine)
        self._results.put(row, size, whole)


def load(engine: str, size: int, file: Path, options: Options) -> Loaded:
    """Load a corpus into an engine, in place of what was there; it is whole afterwards.

    Raises `Missing`, `TooSlow` and `Failed`.
    """
    NEEDS.get(engine, lambda: None)()
    place = Place.of(options, engine, size)
    place.clear()
    loaded = LOADERS[engine](file, place.data, options.limit_of(engine))
    place.finish()
    return loaded


def absent(missing: Missing) -> Measured:
    """The cell of an engine that this machine does not have."""
    return Measured(told=f"{ABSENT}: {missing}")


def clear(size: int, options: Options) -> None:
    """Remove what the engines hold of a size."""
    shutil.rmtree(options.work / f"{size}", ignore_errors=True)


def _once(limit: float, work: Callable[..., Loaded], *given: object) -> Loaded:
    loaded, seen = once(limit, work, *given)
    assert isinstance(loaded, Loaded)
    return replace(loaded, megabytes=max(loaded.megabytes or 0, seen))
