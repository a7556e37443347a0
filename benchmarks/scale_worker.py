"""Work in a process of its own, which is killed where it takes longer than it may."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any

CONTEXT = get_context("spawn")  # a new Python each: no engine takes a fork well
LOOK_SECONDS = 0.5
Answerer = Callable[..., Any]


class TooSlow(Exception):
    """The work took longer than its limit, and its process was killed."""


class Failed(Exception):
    """The work ended in an error."""


class Worker:
    """A process that opens something once and then answers one question after another.

    `opening(*given)` runs there, and gives the function that answers. Raises `TooSlow` and
    `Failed`, and after `TooSlow` nothing can be asked any more.
    """

    def __init__(self, limit: float, opening: Callable[..., Answerer], *given: object) -> None:
        self.megabytes = 0
        self._link, far = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_serve, args=(far, opening, given))
        self._process.start()
        far.close()
        try:
            self._answer(limit)
        except BaseException:
            self.close()
            raise

    def ask(self, limit: float, *given: object) -> Any:
        """The answer to one question."""
        self._link.send(given)
        return self._answer(limit)

    def watch(self, limit: float, *given: object) -> Any:
        """`ask` while the memory is looked at that the process and all its own have together."""
        self._link.send(given)
        end = time.monotonic() + limit
        while not self._link.poll(LOOK_SECONDS) and time.monotonic() < end:
            self.megabytes = max(self.megabytes, together(self._process.pid or 0))
        return self._answer(0)

    def close(self) -> None:
        """End the process, and all that it has started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._link.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _answer(self, limit: float) -> Any:
        if not self._link.poll(limit):
            raise TooSlow
        try:
            ended_well, answer = self._link.recv()
        except EOFError:
            raise Failed("its process ended without a word") from None
        if not ended_well:
            raise Failed(answer)
        return answer


def once(limit: float, work: Callable[..., Any], *given: object) -> tuple[Any, int]:
    """The result of one piece of work in a process of its own, and its megabytes at the peak."""
    with Worker(limit, _itself, work) as worker:
        return worker.watch(limit, *given), worker.megabytes


def together(group: int) -> int:
    """The megabytes that the processes of a group have in memory now."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended meanwhile
            if os.getpgid(int(process.name)) == group:
                pages += int((process / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def peak(process: int | str = "self") -> int:
    """The most memory that a process has used so far, in megabytes.

    Not ru_maxrss: that of a child starts with what its parent had.
    """
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _itself(work: Answerer) -> Answerer:
    return work


def _follow() -> None:
    """End with the benchmark, also where that one is killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.killpg(0, signal.SIGKILL)


def _serve(link: Connection, opening: Callable[..., Answerer], given: tuple[object, ...]) -> None:
    """What the process does until it is killed, or nobody is left to ask."""
    os.setsid()  # so that it can be ended with all that it starts
    Thread(target=_follow, daemon=True).start()
    answer: Answerer | None = None
    with suppress(EOFError):
        while True:
            try:
                if answer is None:
                    answer, told = opening(*given), None
                else:
                    told = answer(*given)
                link.send((True, told))
            except Exception as error:
                link.send((False, f"{error}" or type(error).__name__))
            given = link.recv()
