"""Work on all cores: a function called on one piece of work after the other, in processes.

They are started anew (*spawn*), since a process with threads or an open store cannot be forked
safely; so a script that asks for several has its work under ``if __name__ == "__main__":``. A
worker ends with the process that started it, also where that one is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


def cores() -> int:
    """How many processes can work at once here."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    task: Callable[[Work], Result],
    pieces: Sequence[Work],
    workers: int,
    prepare: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """The results of a task, in the order of the pieces; with one worker in this very process.

    `task` is a function of a module, or a `functools.partial` of one. So is `prepare`, by which
    each process makes ready what the pieces share: what needs it is always done in processes.
    Raises what the task raises; when Ctrl-C comes, what has been begun is finished first.
    """
    if not pieces:
        return
    if prepare is None and (workers <= 1 or len(pieces) == 1):
        yield from map(task, pieces)
        return
    pool = ProcessPoolExecutor(
        min(max(workers, 1), len(pieces)),
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(prepare,),
    )
    try:
        yield from pool.map(task, pieces)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(prepare: Callable[[], None] | None) -> None:
    """Leave Ctrl-C to the process that started this one, and end where it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()
    if prepare is not None:
        prepare()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
