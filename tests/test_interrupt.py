"""Ctrl-C ends `kg` with one sentence, whenever it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import kg.__main__
from kg.folders import staged
from kg.interrupts import listening
from kg.scaffold import create

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX signals")


@pytest.fixture
def heard() -> Iterator[None]:
    """Tests in the background may ignore Ctrl-C, and their children with them: not here."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(folder: Path, at: str, *options: str) -> tuple[int, str]:
    """Send Ctrl-C to `kg build` when its stderr says something: exit code, rest of stderr."""
    command = ["-m", "kg", "build", "--data", "mine", "--sources", "mine/sources", "--out", "out"]
    with subprocess.Popen(
        [sys.executable, *options, *command],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        assert process.stderr
        assert any(at in line for line in process.stderr)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    return process.returncode, rest


@pytest.mark.slow
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(
    ("at", "options"),
    [("kg.errors", ("-X", "importtime")), ("Checking the shapes", ()), ("Filling", ())],
    ids=["importing", "checking", "writing"],
)
def test_ctrl_c_ends_with_one_sentence(tmp_path: Path, at: str, options: tuple[str, ...]) -> None:
    create(tmp_path / "mine")
    code, rest = interrupted(tmp_path, at, *options)
    said = [line for line in rest.splitlines() if not line.startswith("import time:")]
    assert code == 130, rest
    assert said[-1] == "Interrupted: nothing was changed"
    assert "Traceback" not in rest
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_entry_ends_clearly_when_it_is_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.cli.main", interrupt)
    with pytest.raises(SystemExit) as ended:
        kg.__main__.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Interrupted: nothing was changed\n"


@pytest.mark.usefixtures("heard")
def test_an_interrupt_that_a_library_swallows_still_stops_the_writing(tmp_path: Path) -> None:
    target = tmp_path / "out"

    def write() -> None:
        with listening(), staged(target) as staging:
            with suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            (staging / "new.txt").write_text("half of it", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert list(tmp_path.iterdir()) == []
    with staged(target) as staging:  # it holds for that block alone
        (staging / "new.txt").write_text("all of it", encoding="utf-8")
    assert [path.name for path in target.iterdir()] == ["new.txt"]
