"""Asking: the same questions to every engine, each within a limit of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.scale_data import ALL, MOST, Case
from benchmarks.scale_loading import NEEDS, absent, load
from benchmarks.scale_local import Answered, first_call, open_kg, open_oxigraph, open_rdflib
from benchmarks.scale_options import FUSEKI, KG, OXIGRAPH, RDFLIB, VIRTUOSO, Options, Place, tell
from benchmarks.scale_results import (
    ASKING,
    FAST,
    FIRST,
    LOAD,
    LOADING,
    NOT_TRIED,
    Measured,
    Results,
    Row,
)
from benchmarks.scale_servers import Missing, Served, serve_fuseki, serve_virtuoso
from benchmarks.scale_worker import Failed, TooSlow, Worker

WHATEVER = "all questions"


class Session(Protocol):
    """An engine that holds a corpus and can be asked."""

    def ask(self, case: Case, limit: float) -> Answered:
        """Ask once; raises `TooSlow` and `Failed`."""

    def close(self) -> None:
        """Let the engine go."""


class Local:
    """An engine in a process of ours; where it was killed it is opened again."""

    def __init__(
        self,
        question: Callable[[Case], Sequence[object]],
        opening: Callable[..., Callable[..., Answered]],
        path: Path,
        limit: float,
    ) -> None:
        self._question, self._opening, self._path, self._limit = question, opening, path, limit
        self._worker: Worker | None = None

    def ask(self, case: Case, limit: float) -> Answered:
        """Ask once."""
        if self._worker is None:
            self._worker = self._open()
        try:
            answered = self._worker.ask(limit, *self._question(case))
        except TooSlow:
            self.close()
            raise
        assert isinstance(answered, Answered)
        return answered

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _open(self) -> Worker:
        try:
            return Worker(self._limit, self._opening, self._path)
        except TooSlow:
            raise Failed(f"not open within {self._limit:.0f} s") from None


class Anew:
    """kg as a command that is started for each question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, case: Case, limit: float) -> Answered:
        """Ask once."""
        return first_call(self._folder, case.query, case.given, limit)

    def close(self) -> None:
        """Nothing is left to end."""


def session(engine: str, place: Place, file: Path, limit: float) -> Session:
    """An engine on what it has loaded."""
    made: Mapping[str, Callable[[], Session]] = {
        KG: lambda: Local(lambda case: (case.query, case.given), open_kg, place.data, limit),
        OXIGRAPH: lambda: Local(lambda case: (case.text,), open_oxigraph, place.data, limit),
        FUSEKI: lambda: Served(lambda: serve_fuseki(place.data)),
        VIRTUOSO: lambda: Served(lambda: serve_virtuoso(place.data, file)),
        # Twice the time: it has been loaded within the limit, and may be a little slower now.
        RDFLIB: lambda: Local(lambda case: (case.text,), open_rdflib, file, 2 * limit),
    }
    return made[engine]()


class Questions:
    """Asks all engines, and writes what their answers took into the results."""

    def __init__(self, options: Options, results: Results) -> None:
        self._options, self._results = options, results

    def run(self, size: int, file: Path, cases: Sequence[Case]) -> None:
        """All questions at one size; kg first, whose answers the others are held against."""
        for engine in sorted(self._options.engines, key=lambda one: one != KG):
            place = Place.of(self._options, engine, size)
            try:
                is_loaded = self._is_loaded(engine, size, file)
            except Missing as missing:
                self._results.put(Row(ASKING, WHATEVER, engine), size, absent(missing))
                continue
            if not is_loaded:
                self._all(engine, size, cases, NOT_TRIED)
                continue
            tell(f"{size:,} positions: asking {engine}")
            asked = session(engine, place, file, self._options.limit)
            self._ask(FAST if engine == KG else engine, size, cases, asked)
            if engine == KG:
                first = [case for case in cases if case.title in (MOST, ALL)]
                self._ask(FIRST, size, first, Anew(place.data), warm=False)

    def _is_loaded(self, engine: str, size: int, file: Path) -> bool:
        """Whether an engine holds the corpus, now or already; raises `Missing`."""
        NEEDS.get(engine, lambda: None)()
        earlier = self._results.find(Row(LOADING, LOAD, engine), size)
        if earlier and not earlier.seconds:
            return False
        if engine == RDFLIB or Place.of(self._options, engine, size).is_whole:
            return True
        tell(f"{size:,} positions: loading into {engine}, which holds none yet")
        try:
            load(engine, size, file, self._options)
        except (TooSlow, Failed) as failed:
            tell(f"{engine} could not load: {failed}")
        return Place.of(self._options, engine, size).is_whole

    def _all(self, engine: str, size: int, cases: Sequence[Case], cell: Measured) -> None:
        for case in cases:
            self._results.put(Row(ASKING, case.title, engine), size, cell)

    def _ask(
        self, engine: str, size: int, cases: Sequence[Case], asked: Session, warm: bool = True
    ) -> None:
        try:
            for case in cases:
                row = Row(ASKING, case.title, engine)
                given_up = self._results.given_up(row)
                cell = NOT_TRIED if given_up else self._measured(asked, case, warm)
                self._results.put(row, size, cell)
        finally:
            asked.close()

    def _measured(self, asked: Session, case: Case, warm: bool) -> Measured:
        """The runs of one question, after one that is not counted, as long as there is time.

        Where the first takes so long that there is none, it is the only one.
        """
        limit, taken = self._options.limit, list[Answered]()
        try:
            while len(taken) < self._options.runs + warm:
                taken.append(asked.ask(case, limit))
                if sum(one.seconds for one in taken) > limit:
                    break
        except TooSlow:
            return Measured(limit=limit)
        except Failed as failed:
            return Measured(told=f"fails: {failed}")
        counted = taken[1:] if warm and len(taken) > 1 else taken
        return Measured([one.seconds for one in counted], taken[-1].rows)
