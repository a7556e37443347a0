"""Ctrl-C that a library swallows: `except:` in rdflib and owlrl catches it with everything else.

It is remembered, and raised once more before what was written takes its place.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_heard: list[int] = []


@contextmanager
def listening() -> Iterator[None]:
    """Remember Ctrl-C in the block, where it would raise `KeyboardInterrupt` and is not ignored."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    _heard.clear()
    signal.signal(signal.SIGINT, _hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _heard.clear()


def stop_if_interrupted() -> None:
    """Raise `KeyboardInterrupt` if Ctrl-C has come, and something swallowed it."""
    if _heard:
        raise KeyboardInterrupt


def _hear(number: int, frame: FrameType | None) -> None:
    _heard.append(number)
    signal.default_int_handler(number, frame)
