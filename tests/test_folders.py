"""A folder or a file is written whole or not at all, whatever ends the writing."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg import folders
from kg.errors import InputError, OutputError
from kg.folders import (
    Kind,
    read_files,
    staged,
    staged_file,
    sweep,
    write_atomically,
    write_files,
)

KIND = Kind("site", "made.json")
OLD, NEW = {"made.json": b"1"}, {"made.json": b"2", "deep/er/page.html": b"<p>"}
GONE = 2**22 + 1  # above the highest process number of Linux: nobody has it


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder of an earlier run."""
    folder = tmp_path / "site[1]"  # signs with a meaning in patterns
    write_files(folder, OLD)
    return folder


def make(target: Path, files: Mapping[str, bytes] = NEW) -> None:
    with staged(target, KIND) as staging:
        write_files(staging, files)


def beside(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir()]


def test_a_new_folder_takes_the_place_of_the_old_one(target: Path) -> None:
    make(target)
    assert read_files(target) == NEW
    assert beside(target) == [target.name]


def test_a_folder_and_those_above_it_are_made(tmp_path: Path) -> None:
    make(tmp_path / "a" / "b")
    assert read_files(tmp_path / "a" / "b") == NEW


def test_others_may_read_the_folder(target: Path) -> None:
    make(target)
    assert target.stat().st_mode & 0o777 == 0o755


def test_a_link_to_a_folder_stays_a_link(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(target)
    make(link)
    assert link.is_symlink()
    assert read_files(target) == NEW
    assert sorted(beside(target)) == ["link", target.name]


def break_rename(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, of: str, before: bool
) -> None:
    """Let the move of the old or the new folder raise, before it is done or after."""
    rename = Path.rename

    def failing(self: Path, goal: Path) -> Path:
        new = ".new-" in self.name and not self.name.endswith(".old")
        if (of == "new") != new or self.name.endswith(".old"):
            return rename(self, goal)
        if not before:
            rename(self, goal)
        raise error

    monkeypatch.setattr(Path, "rename", failing)
    # As on systems on which two folders cannot change places at once.
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)


ENDINGS = {
    "error": OSError(28, "No space left on device"),
    "Ctrl-C": KeyboardInterrupt(),
    "exit": SystemExit(3),
    "bug": ValueError("a bug"),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("moment", [("old", True), ("old", False), ("new", True)])
def test_a_failure_in_mid_swap_leaves_the_old_folder(
    target: Path, monkeypatch: pytest.MonkeyPatch, ending: str, moment: tuple[str, bool]
) -> None:
    break_rename(monkeypatch, ENDINGS[ending], *moment)
    with pytest.raises((OutputError, type(ENDINGS[ending]))):
        make(target)
    assert read_files(target) == OLD
    assert beside(target) == [target.name]


@pytest.mark.skipif(sys.platform != "linux", reason="asks for renameat2 of Linux")
def test_the_two_folders_change_places_at_once(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = folders._exchange

    def interrupted(one: Path, other: Path) -> bool:
        assert exchange(one, other)
        assert (read_files(one), read_files(other)) == (OLD, NEW)
        raise KeyboardInterrupt

    monkeypatch.setattr(folders, "_exchange", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(target)
    assert read_files(target) == NEW
    assert beside(target) == [target.name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_failure_while_writing_leaves_the_old_folder(target: Path, ending: str) -> None:
    def fail() -> None:
        with staged(target, KIND) as staging:
            write_files(staging, NEW)
            raise ENDINGS[ending]

    with pytest.raises((OutputError, type(ENDINGS[ending]))):
        fail()
    assert read_files(target) == OLD
    assert beside(target) == [target.name]


def test_ctrl_c_after_the_swap_leaves_the_new_folder_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_rename(monkeypatch, KeyboardInterrupt(), "new", before=False)
    with pytest.raises(KeyboardInterrupt):
        make(target)
    assert read_files(target) == NEW
    assert beside(target) == [target.name]


def test_the_message_names_reason_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match=r"cannot be written \(.+\): free space or choose"):
        make(tmp_path / "file" / "site")


def wrapped() -> Exception:
    """A full disk as libraries tell it: another error around an error without a number."""
    error = InputError("memo.nq cannot be read: give another file")
    error.__cause__ = RuntimeError("IO error: No space left on device: While appending to file")
    return error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), wrapped()])
def test_a_full_disk_is_told_whoever_met_it(target: Path, error: Exception) -> None:
    def fail() -> None:
        with staged(target, KIND):
            raise error

    with pytest.raises(OutputError) as told:
        fail()
    assert str(told.value) == (
        f"{target} cannot be written (No space left on device): free space or choose another folder"
    )


def test_a_folder_without_a_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="give its full path"):
        make(Path())


def write(target: Path, text: str) -> None:
    with staged_file(target) as staging:
        staging.write_text(text)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    link, target = tmp_path / "link", tmp_path / "file"
    link.symlink_to(target)
    write(link, "old")
    assert target.stat().st_mode & 0o777 == 0o644
    target.chmod(0o600)
    (tmp_path / f".file.new-{GONE}-a").write_text("of a killed process")
    write(link, "new")
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert read_files(tmp_path) == {"file": b"new", "link": b"new"}

    def fail() -> None:
        with staged_file(target) as staging:
            staging.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert read_files(tmp_path) == {"file": b"new", "link": b"new"}


def test_what_killed_processes_left_is_swept_and_the_old_folder_comes_back(target: Path) -> None:
    start = f".{target.name}.new-"
    target.rename(target.with_name(f"{start}{GONE}-a.old"))
    target.with_name(f"{start}{GONE}-a").mkdir()
    target.with_name(f"{start}{os.getpid()}-b").mkdir()  # of a process that still runs
    target.with_name(f"{start}other").mkdir()  # not ours
    sweep(target)
    assert read_files(target) == OLD
    assert set(beside(target)) == {target.name, f"{start}{os.getpid()}-b", f"{start}other"}


def test_the_next_run_sweeps_by_itself(target: Path) -> None:
    write_files(target.with_name(f".{target.name}.new-{GONE}-a.old"), OLD)
    make(target)
    assert beside(target) == [target.name]


@pytest.mark.parametrize(
    ("there", "replaces", "message"),
    [
        ("folder", KIND, "holds something else than a site: name another"),
        ("folder", None, "is there already: name a new or empty folder"),
        ("file", KIND, "is a file: name a folder for the site"),
        ("file", None, "is there already: name a new or empty folder"),
    ],
)
def test_nothing_else_is_written_over(
    tmp_path: Path, there: str, replaces: Kind | None, message: str
) -> None:
    target = tmp_path / "mine"
    write_files(tmp_path, {"mine" if there == "file" else "mine/letter.txt": b"dear"})
    before = read_files(tmp_path)
    with pytest.raises(OutputError, match=message), staged(target, replaces):
        pytest.fail("the block was run")
    assert read_files(tmp_path) == before


def test_what_others_put_there_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    with pytest.raises(OutputError, match="is there already"), staged(target):
        write_files(target, {"letter.txt": b"dear"})
    assert read_files(tmp_path) == {"mine/letter.txt": b"dear"}


@pytest.mark.parametrize("ending", ["error", "Ctrl-C"])
def test_a_file_that_cannot_be_moved_in_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def failing(self: Path, goal: Path) -> Path:
        raise ENDINGS[ending]

    path = tmp_path / "apro.ttl"
    path.write_text("old")
    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_atomically(path, "new")
    assert read_files(tmp_path) == {"apro.ttl": b"old"}
