"""Builds that are killed, written twice at once, read while they are replaced, and a full disk."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from fictional_graph import QUERIES, answered, expectations, fictional_store
from kg.backup import backup, restore
from kg.build import KIND, build, quiet, read_build
from kg.bulk import build_from_rdf
from kg.cli.common import opened
from kg.errors import OutputError
from kg.folders import staged
from kg.locks import standing
from kg.lookup import read_names
from kg.names import DEFAULT_BASE
from kg.store import EmbeddedStore
from killed import NEW_LABEL, beside, codings, kg_build, state, swap_killed_at, swapping

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX signals"),
]
KILLS, WORKERS = 100, 2
GONE = 2**22 + 1  # above the highest process number of Linux: nobody has it
FULL = r"cannot be written \(No space left on device\): free space or choose another folder$"
MIB = 1 << 20


class Two:
    """Two builds that differ in one label, and the codings that they are made of."""

    def __init__(self, folder: Path) -> None:
        self.data = [codings(folder / "one"), codings(folder / "two", NEW_LABEL)]
        self.made = [folder / "old", folder / "new"]
        for data, out in zip(self.data, self.made, strict=True):
            build(data, out, sources=data / "sources")
        self.states = [state(out) for out in self.made]
        assert self.states[0] != self.states[1]

    def put(self, number: int, out: Path) -> None:
        """Write one of the two as a build is written."""
        with staged(out, KIND) as staging:
            shutil.copytree(self.made[number], staging, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    return Two(tmp_path_factory.mktemp("two"))


@pytest.fixture
def out(two: Two, tmp_path: Path) -> Path:
    """The old build, at a place of its own."""
    two.put(0, tmp_path / "out")
    return tmp_path / "out"


# Killed.


def ended(process: subprocess.Popen[str], within: float) -> bool:
    """Kill a process after some seconds; tell whether it had ended well before."""
    try:
        _, said = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    assert process.returncode == 0, said
    return True


def kill_builds(two: Two, out: Path, seed: int, kills: int) -> Counter[str]:
    """Kill so many builds that replace one by the other; every second leaves its rests to the next.

    Moments are spread over the run, as long as the shortest was that ended before its kill; half of
    them are in its last third, where the folders change.
    """
    chance, found, whole = random.Random(seed), Counter[str](), 60.0
    two.put(0, out)
    while found["old"] + found["new"] < kills:
        before = two.states.index(state(out))
        part = chance.uniform(0, 1) if chance.random() < 0.5 else chance.uniform(0.67, 1)
        start = time.monotonic()
        alive = not ended(kg_build(two.data[1 - before], out), part * whole)
        whole = whole if alive else min(whole, time.monotonic() - start)
        after = two.states.index(state(out))  # at once, whole, one of the two
        found[("old" if after == before else "new") if alive else "ended"] += 1
        assert alive or after != before
        if found.total() % 2:
            two.put(1 - after, out)
            assert state(out) == two.states[1 - after]
            assert beside(out) == [out.name]
    assert ended(kg_build(two.data[0], out), 600)
    assert (state(out), beside(out)) == (two.states[0], [out.name])
    return found


def test_a_hundred_kills_each_leave_the_old_build_or_the_new_one(two: Two, tmp_path: Path) -> None:
    with ThreadPoolExecutor(WORKERS) as workers:
        places = [tmp_path / str(number) / "out" for number in range(WORKERS)]
        runs = [
            workers.submit(kill_builds, two, place, seed, KILLS // WORKERS)
            for seed, place in enumerate(places)
        ]
        found = sum((run.result() for run in runs), Counter[str]())
    assert found["old"] + found["new"] == KILLS


@pytest.mark.parametrize("how", ["exchange", "moves"])
def test_a_kill_at_every_call_of_the_swap_leaves_one_of_the_two(
    two: Two, tmp_path: Path, how: str
) -> None:
    small = [tmp_path / name for name in ("a", "b")]
    for folder, name in zip(small, "ab", strict=True):
        folder.mkdir()
        (folder / "build.json").write_text(name)
    target = tmp_path / "around" / "out"
    call, found = 0, Counter[str]()
    while call == 0 or swap_killed_at(call, how, target, small[1]):
        if call:
            found[(standing(target) / "build.json").read_text()] += 1
            assert target.is_dir() or how == "moves"
        call += 1
        with staged(target, KIND) as staging:
            shutil.copytree(small[0], staging, dirs_exist_ok=True)
        assert ((target / "build.json").read_text(), beside(target)) == ("a", ["out"])
    assert set(found) == {"a", "b"}
    assert found.total() > 20


def test_a_build_that_a_killed_writer_has_moved_aside_is_read_and_not_made_anew(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(two.made[0], tmp_path / f".build.new-{GONE}-a.old")
    made = opened(None)
    assert made.graph_sha256 == two.states[0]
    assert state(tmp_path / "build") == two.states[0]
    assert not (tmp_path / "build").exists()
    two.put(1, tmp_path / "build")
    assert made.open().ask("ASK { ?s ?p ?o }")
    del made
    assert beside(tmp_path / "build") == ["build"]


# Written twice at once.


def test_a_second_writer_is_told_and_the_first_goes_on(two: Two, out: Path) -> None:
    first = kg_build(two.data[1], out)
    try:
        assert first.stderr
        assert any("Filling" in line for line in first.stderr)
        first.send_signal(signal.SIGSTOP)
        second = kg_build(two.data[0], out)
        _, said = second.communicate(timeout=600)
        assert second.returncode == 4
        assert said.splitlines()[-1] == "Error: Another kg is writing out: wait until it is done"
        assert state(out) == two.states[0]
        first.send_signal(signal.SIGCONT)
        assert ended(first, 600)
    finally:
        first.kill()
        first.communicate()
    assert (state(out), beside(out)) == (two.states[1], ["out"])


def test_of_two_writers_that_start_together_one_at_least_wins(two: Two, out: Path) -> None:
    runs = [kg_build(data, out) for data in two.data]
    said = [run.communicate(timeout=600)[1] for run in runs]
    codes = [run.returncode for run in runs]
    assert 0 in codes, said
    assert set(codes) <= {0, 4}, said
    won = [state for state, code in zip(two.states, codes, strict=True) if code == 0]
    assert state(out) in won
    assert beside(out) == ["out"]


# Read while replaced.


@pytest.mark.parametrize("how", ["exchange", "moves"])
def test_a_reader_never_fails_during_swaps(two: Two, out: Path, how: str) -> None:
    seen = Counter[str]()
    with swapping(how, out, 20, *two.made[::-1]) as writer:
        while writer.poll() is None:
            seen[state(out)] += 1
    assert writer.returncode == 0
    assert set(seen) <= set(two.states)
    assert seen.total() > 5
    assert beside(out) == ["out"]


def in_parts(quads: list[ox.Quad], folder: Path, parts: int = 30) -> None:
    """A store of more files than RocksDB opens at first, as large stores are."""
    store = ox.Store(str(folder))
    for number in range(parts):
        store.bulk_extend(quads[number::parts])
    store.flush()


def check_queries(store: EmbeddedStore) -> None:
    names = read_names(store, QUERIES)
    for case in expectations():
        _, rows = answered(case, store, names)
        assert (case["query"], rows) == (case["query"], case["rows"])


@pytest.mark.parametrize("how", ["exchange", "moves"])
def test_an_open_reader_goes_on_to_its_end(two: Two, tmp_path: Path, how: str) -> None:
    large, out = tmp_path / "large", tmp_path / "around" / "out"
    shutil.copytree(two.made[0], large)
    shutil.rmtree(large / "store")
    fictional = fictional_store()
    in_parts(list(fictional._store), large / "store")
    shutil.copytree(large, out)
    made = read_build(out)
    store, table = made.open(), made.table()
    for _ in range(2):  # twice, so that what has replaced it is replaced as well
        with swapping(how, out, 1, two.made[1]) as writer:
            pass
        assert writer.returncode == 0
    assert state(out) == two.states[1]
    check_queries(store)
    assert store.count() == fictional.count()
    assert table.statements.collect().height > 0
    assert sum(1 for _ in made.read_quads()) == made.quads
    assert len(beside(out)) == 2  # the old folder is kept for its reader
    del made, store
    assert beside(out) == ["out"]


# No space.


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A small file system; called again it changes: its options are those of tmpfs."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        if mounted:
            options = f"remount,{options}"
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
        if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
            pytest.skip("needs the right to mount a small file system (root, as in CI)")
        mounted = True
        return place

    yield mount
    if mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def size_of(folder: Path) -> int:
    """What a folder takes, in pages of 4 KiB as tmpfs counts."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in files)


STAGES: Mapping[str, float] = {
    "no file at all": 0,
    "the graph": 0.02,
    "the store": 0.2,
    "its end": 0.5,
    "the pages": 0.8,
    "the last pages": 0.97,
}


def write_codings(two: Two, out: Path) -> None:
    build(two.data[1], out, sources=two.data[1] / "sources")


def write_rdf(two: Two, out: Path) -> None:
    build_from_rdf([two.made[1] / "graph.trig"], out, DEFAULT_BASE, "en", quiet)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("write", [write_codings, write_rdf])
def test_a_full_disk_is_told_and_the_old_build_stays(
    two: Two, disk: Callable[[str], Path], write: Callable[[Two, Path], None], stage: str
) -> None:
    place = disk("size=64m")
    out = place / "out"
    two.put(0, out)
    room = size_of(two.made[0])
    disk(f"size={(room + int(STAGES[stage] * room)) // 4096 * 4096 + 4096}")
    with pytest.raises(OutputError, match=FULL):
        write(two, out)
    assert (state(out), beside(out)) == (two.states[0], ["out"])
    disk("size=64m")
    two.put(1, out)
    assert state(out) == two.states[1]


def test_the_command_tells_a_full_disk(two: Two, disk: Callable[[str], Path]) -> None:
    out = disk(f"size={size_of(two.made[0]) + 3 * MIB}") / "out"
    two.put(0, out)
    with kg_build(two.data[1], out) as run:
        _, said = run.communicate(timeout=600)
    assert run.returncode == 4
    assert said.splitlines()[-1].startswith("Error: out cannot be written (No space left on device")
    assert "Traceback" not in said
    assert (state(out), beside(out)) == (two.states[0], ["out"])


def test_backups_and_restores_tell_a_full_disk(
    two: Two, disk: Callable[[str], Path], tmp_path: Path
) -> None:
    out = disk(f"size={size_of(two.made[0]) + MIB}") / "out"
    two.put(0, out)
    with pytest.raises(OutputError, match=FULL):
        backup(read_build(two.made[1]), out.parent / "full.tar.gz")
    backup(read_build(two.made[1]), tmp_path / "new.tar.gz")
    with pytest.raises(OutputError, match=FULL):
        restore(tmp_path / "new.tar.gz", out)
    assert (state(out), beside(out)) == (two.states[0], ["out"])


def test_a_disk_that_cannot_be_written_is_read(two: Two, disk: Callable[[str], Path]) -> None:
    out = disk("size=64m") / "out"
    two.put(0, out)
    disk("ro")
    assert (state(out), beside(out)) == (two.states[0], ["out"])
    with pytest.raises(OutputError, match="Read-only file system"):
        two.put(1, out)
