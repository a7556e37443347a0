"""A build: the same bytes twice, all or nothing, and readable as what it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import MANIFEST, build, read_build
from kg.errors import OutputError, StoreError
from kg.scaffold import create


@pytest.mark.slow
def test_a_second_build_has_the_same_bytes(built: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kg.build import build; "
        "from kg.resources import data_dir; build(data_dir(), Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "out")], check=True, env=environment
    )
    for path in [*built.glob("*.html"), built / "graph.trig", built / MANIFEST]:
        assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes()


def test_a_build_says_what_it_is_and_opens(built: Path) -> None:
    made = read_build(built)
    count = made.open().select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows[0][0]
    assert getattr(count, "value", "") == str(made.quads)
    assert list(made.meetings) == ["thb-2021-10-25"]


def test_a_damaged_or_older_build_is_told_from_a_missing_one(built: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no build"):
        read_build(tmp_path)
    manifest = json.loads((built / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps({**manifest, "format": 0}))
    with pytest.raises(StoreError, match="build it again"):
        read_build(tmp_path)
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        read_build(tmp_path)


def test_only_a_build_or_an_empty_folder_is_written_over(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    create(mine)
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="something else"):
        build(mine, other)
    assert [path.name for path in other.iterdir()] == ["notes.txt"]


@pytest.mark.slow
def test_a_swap_that_fails_brings_the_old_build_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, target = tmp_path / "mine", tmp_path / "out"
    create(mine)
    before = build(mine, target, sources=mine / "sources")[0]
    rename = Path.rename

    def failing(self: Path, goal: Path) -> Path:
        if ".new-" in self.name and not self.name.endswith(".old"):
            raise OSError(28, "No space left on device")
        return rename(self, goal)

    monkeypatch.setattr(Path, "rename", failing)
    monkeypatch.setattr("kg.folders._exchange", lambda one, other: False)
    with pytest.raises(OutputError, match="No space left"):
        build(mine, target, sources=mine / "sources")
    monkeypatch.undo()
    assert read_build(target) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]
