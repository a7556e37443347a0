"""The file ``graph.trig`` in stretches of whole graphs, each of which can be read by itself.

A store keeps a graph's triples in an order of its own and their words elsewhere: to read all of it
takes five times as long as to read the file. As `kg.encode` writes it, the file has the prefixes
first, and each graph once, from a line that ends in ``{`` to the next ``}`` at a line's beginning.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError

_HEAD = re.compile(rb"^[^\s@}][^\n]* \{$", re.MULTILINE)


class Stretch(NamedTuple):
    """Some graphs of the file: from which byte up to which."""

    start: int
    end: int


def stretches(file: Path, size: int) -> list[Stretch]:
    """The graphs of a file in stretches of about `size` bytes.

    Raises `StoreError` where it cannot be read.
    """
    try:
        with file.open("rb") as raw, mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as text:
            heads = [found.start() for found in _HEAD.finditer(text)]
            end = len(text)
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error
    starts: list[int] = []
    for head in heads:
        if not starts or head - starts[-1] >= size:
            starts.append(head)
    return [Stretch(*ends) for ends in zip(starts, [*starts[1:], end], strict=True)]


def read(file: Path, stretch: Stretch) -> Iterator[ox.Quad]:
    """The quads of a stretch, graph by graph; raises `StoreError` where it cannot be read."""
    try:
        with file.open("rb") as raw:
            prefixes = b""
            for line in raw:
                if not line.startswith(b"@prefix"):
                    break
                prefixes += line
            raw.seek(stretch.start)
            text = raw.read(stretch.end - stretch.start)
        yield from ox.parse(prefixes + text, format=ox.RdfFormat.TRIG)
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable(file) from error


def without_prefixes(text: bytes) -> bytes:
    """TriG text as it follows on other such text with the same prefixes."""
    lines = text.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"@prefix"))


def _unreadable(file: Path) -> StoreError:
    return StoreError(f"The graph {file} cannot be read: build it again")
