"""How fast memos are read and drafted, and how the time grows with the length of one.

    python benchmarks/reading.py [MEMO…]     # needs the developers' environment (make setup-dev)

Without arguments: the fictional memos of the tests. Each row is the median of five runs in one
process on one core, after one that is not counted; memory is the peak of a process that does
nothing else.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kg.drafting.known import Known, read_known
from kg.drafting.positions import draft_positions
from kg.minutes.memo import find_memos, read_memo

RUNS = 5
TIMES = (1, 2, 4, 8, 16, 32)
HERE = Path(__file__).resolve().parent
MEMOS = HERE.parent / "tests" / "data" / "memos"


def main(memos: Sequence[Path]) -> None:
    """Print the tables."""
    known = read_known(None)
    characters = sum(len(read_memo(path).document.text) for path in memos)
    print(f"{len(memos)} memos, {characters:,} characters, one core, median of {RUNS} runs")
    print("| | memos a second | milliseconds a memo |\n|---|---|---|")
    reading = median(lambda: [read_memo(path) for path in memos])
    row("read", reading, len(memos))
    drafting = median(lambda: [read_and_draft(path, known) for path in memos])
    row("read and draft", drafting, len(memos))
    longest = max(memos, key=lambda path: path.stat().st_size)
    print(f"\n{longest.name}, its items repeated\n\n| times | characters | seconds | a character |")
    print("|---|---|---|---|")
    text = read_memo(longest).document.text
    with tempfile.TemporaryDirectory() as folder:
        for times in TIMES:
            path = Path(folder) / f"{times}.txt"
            path.write_text(text * times, encoding="utf-8")
            took = median(partial(read_and_draft, path, known))
            share = took / (len(text) * times) * 1e6
            print(f"| {times} | {len(text) * times:,} | {took:.3f} | {share:.2f} µs |")
        print(f"\nPeak memory, the longest of these: {peak(path)} MB")


def read_and_draft(path: Path, known: Known) -> object:
    """What `kg draft` works out of one memo."""
    return draft_positions(read_memo(path).minutes, known)


def row(name: str, seconds: float, memos: int) -> None:
    """One row of the first table."""
    print(f"| {name} | {memos / seconds:.0f} | {seconds / memos * 1000:.1f} |")


def median(work: Callable[[], object]) -> float:
    """Seconds of processor time that a piece of work takes."""
    work()
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return statistics.median(took)


def peak(path: Path) -> int:
    """Megabytes at most of a process that reads and drafts one memo."""
    command = [sys.executable, "-m", "kg", "draft", str(path), "--format", "json"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or find_memos([MEMOS]))
