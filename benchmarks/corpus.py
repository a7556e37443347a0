"""A made-up corpus of any size, in the shape of real codings, as N-Quads.

    python benchmarks/corpus.py --positions 100000 --seed 1 -o corpus.nq

The same seed and size give the same bytes on every machine. Graph follows graph: the registers and
the ontology in the order of their names, then the meetings by date; each in the order of
`kg.encode.canonical`. Nothing is kept but the registers, which grow up to 60,000 positions, and the
20,000 positions that may still be revised, so that memory does not depend on the size beyond that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.corpus_meetings import meetings
from benchmarks.corpus_registers import Maker, Sizes
from benchmarks.corpus_words import Draws

from kg.encode import canonical, encode_ontology, serialised
from kg.names import DEFAULT_BASE, check_base


def corpus(
    positions: int, seed: int = 1, base: str = DEFAULT_BASE, sizes: Sizes | None = None
) -> Iterator[bytes]:
    """The graphs of a corpus, one after the other; `sizes` are those of the registers.

    Raises `InputError` for a base that cannot carry ids.
    """
    draws = Draws(seed)
    maker = Maker(sizes or Sizes.of(positions), draws, check_base(base))
    registers = maker.make()
    yield maker.authorities.text().encode()
    yield maker.issues.text().encode()
    yield ontology(base)
    yield maker.reforms.text().encode()
    del maker
    for text in meetings(positions, registers, draws, base):
        yield text.encode()


def ontology(base: str) -> bytes:
    """The graph of the shipped ontology."""
    return serialised(canonical(encode_ontology(base)), ox.RdfFormat.N_QUADS)


def write(graphs: Iterator[bytes], path: Path) -> int:
    """Write graphs while they come; gives the number of quads."""
    quads = 0
    with path.open("wb") as file:
        for graph in graphs:
            quads += graph.count(b"\n")
            file.write(graph)
    return quads


def main() -> None:
    """Make a corpus as the command line asks, and say how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--positions", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--base", default=DEFAULT_BASE)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    if asked.positions < 1:
        parser.error("give at least one position")
    quads = write(corpus(asked.positions, asked.seed, asked.base), asked.output)
    sys.stdout.write(f"{asked.positions:,} positions, {quads:,} quads in {asked.output}\n")


if __name__ == "__main__":
    main()
