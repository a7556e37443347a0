"""One writer of a folder at a time; a reader goes on with the folder that it has opened."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg import locks
from kg.errors import OutputError
from kg.folders import Kind, read_files, staged, write_files
from kg.locks import hold, writing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks for the locks of Linux")
KIND = Kind("site", "made.json")
HOLDING = """
import os, sys
from pathlib import Path
from kg.locks import writing
with writing(Path(sys.argv[1]), Path("out")):
    print("locked", flush=True)
    sys.stdin.read()
"""
COUNTING = """
import sys
from pathlib import Path
from kg.errors import OutputError
from kg.folders import Kind, staged
target, done, told = Path(sys.argv[1]), 0, 0
while done < 25:
    try:
        with staged(target, Kind("count", "n")) as staging:
            before = int((target / "n").read_text()) if target.exists() else 0
            (staging / "n").write_text(str(before + 1))
        done += 1
    except OutputError as error:
        assert "Another kg is writing" in str(error), error
        told += 1
print(told)
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    make(folder, b"1")
    return folder


def make(target: Path, content: bytes) -> None:
    with staged(target, KIND) as staging:
        write_files(staging, {"made.json": content})


def beside(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_a_second_writer_is_told(target: Path) -> None:
    with writing(target, target):
        with pytest.raises(OutputError) as told:
            make(target, b"2")
        assert str(told.value) == f"Another kg is writing {target}: wait until it is done"
    make(target, b"3")
    assert read_files(target.parent) == {"out/made.json": b"3"}


def test_two_folders_are_written_side_by_side(target: Path) -> None:
    with writing(target, target):
        make(target.with_name("other"), b"2")


def test_a_killed_writer_lets_its_lock_go(target: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(OutputError, match="Another kg"):
            make(target, b"2")
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert beside(target) == [".out.lock", "out"]
    make(target, b"3")
    assert read_files(target.parent) == {"out/made.json": b"3"}


def test_no_write_of_several_processes_is_lost(tmp_path: Path) -> None:
    target = tmp_path / "out"
    command = [sys.executable, "-c", COUNTING, str(target)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    told = [int(run.communicate()[0]) for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert read_files(tmp_path) == {"out/n": b"100"}
    assert sum(told) > 0


def test_a_held_folder_is_read_to_the_end_and_goes_with_its_last_reader(target: Path) -> None:
    link = target.with_name("link")
    link.symlink_to(target)
    first, second, third = hold(target), hold(link), hold(target)
    make(target, b"2")
    newer = hold(target)
    make(target, b"3")
    assert [(held.path / "made.json").read_bytes() for held in (first, second, third)] == [b"1"] * 3
    assert (newer.path / "made.json").read_bytes() == b"2"
    assert len(beside(target)) == 4
    del first, third
    assert (second.path / "made.json").read_bytes() == b"1"
    del newer
    assert len(beside(target)) == 3
    del second
    assert beside(target) == ["link", "out"]
    assert read_files(target) == {"made.json": b"3"}


def test_a_reader_leaves_alone_what_is_no_replaced_folder(target: Path) -> None:
    held = hold(target)
    target.rename(target.with_name("moved"))
    del held
    assert beside(target) == ["moved"]
    aside = target.with_name(".out.new-1-a.old")
    target.with_name("moved").rename(aside)
    held = hold(target)
    assert (held.path / "made.json").read_bytes() == b"1"
    del held
    assert beside(target) == [aside.name]  # its writer was killed: it is the only one


def test_a_folder_that_is_replaced_while_it_is_being_held_is_not_the_one(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, late = locks._lock, [b"3", b"2"]

    def replaced(descriptor: int, shared: bool = False) -> bool:
        if shared and late:
            make(target, late.pop())
        return lock(descriptor, shared)

    monkeypatch.setattr(locks, "_lock", replaced)
    assert (hold(target).path / "made.json").read_bytes() == b"3"
    assert beside(target) == ["out"]


def test_a_folder_that_is_not_there_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        hold(tmp_path / "nothing")


def test_without_locks_and_ways_into_opened_folders_all_goes_on_by_name(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    monkeypatch.setattr(locks, "_DESCRIPTORS", Path("/nowhere"))
    held = hold(target)
    assert held.path == target
    make(target, b"2")
    assert (held.path / "made.json").read_bytes() == b"2"
    del held
    assert beside(target) == ["out"]
