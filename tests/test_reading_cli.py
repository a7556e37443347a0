"""`kg read`, `kg draft` and `kg score`: what is printed, where messages go, how bad input ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

MEMOS = ROOT / "tests" / "data" / "memos"
FINNISH = MEMOS / "fi-omaishoito.txt"
FIELDS = [
    *("language", "body", "meeting_number", "date", "start", "end"),
    *("scheduled_start", "scheduled_end", "place", "participants", "agenda_items", "speeches"),
    *("decisions", "actions", "next_meeting", "findings"),
]


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def drafted() -> dict[str, Any]:
    done = kg("draft", FINNISH, "--format", "json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert isinstance(data, dict)
    return data


def test_a_draft_is_the_reading_with_positions(drafted: dict[str, Any]) -> None:
    assert list(drafted) == [*FIELDS, "positions"]
    assert list(drafted["participants"][0]) == ["name", "title", "organisation", "role", "present"]
    assert list(drafted["agenda_items"][0]) == ["number", "title"]
    assert list(drafted["speeches"][0]) == [
        *("item", "speaker", "speaker_name", "verb", "text", "start", "end")
    ]
    assert list(drafted["positions"][0]) == [
        *("item", "holder", "holder_type", "asserted_by", "basis", "stance", "proposition"),
        *("confidence", "evidence"),
    ]


def test_offsets_count_the_file_as_it_stands(drafted: dict[str, Any]) -> None:
    """Line-end hyphens are joined in the text; the range holds the same letters in the file."""
    text = FINNISH.read_bytes().decode()
    spans = [(one["text"], one["start"], one["end"]) for one in drafted["speeches"]]
    spans += [
        (one["evidence"]["quote"], one["evidence"]["start"], one["evidence"]["end"])
        for one in drafted["positions"]
    ]
    assert spans
    for said, start, end in spans:
        assert text[start] == said[0]
        assert text[end - 1] == said[-1]
        words = "".join(said.split()).replace("-", "")
        assert len("".join(text[start:end].split())) >= len(words)


def test_one_memo_that_cannot_be_read_hinders_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FINNISH.read_bytes())
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.md").write_bytes((MEMOS / "fi-tyrsky.md").read_bytes())
    done = kg("read", tmp_path, "--format", "json")
    assert done.returncode == 2
    assert [Path(one["document"]).name for one in json.loads(done.stdout)] == ["a.txt", "d.md"]
    assert done.stderr.count("Not read:") == 2
    assert "2 documents of 4 could not be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["read", "draft"])
def test_a_missing_memo_ends_with_one_sentence(command: str, tmp_path: Path) -> None:
    done = kg(command, tmp_path / "none.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_outline_names_people_items_and_decisions() -> None:
    done = kg("read", FINNISH)
    assert done.returncode == 0
    gold = json.loads(FINNISH.with_suffix(".gold.json").read_text(encoding="utf-8"))
    for one in gold["participants"]:
        assert one["name"] in done.stdout
    for one in gold["agenda_items"]:
        assert f"{one['number']} {one['title']}" in done.stdout
    assert done.stdout.count("  Decision: ") == len(gold["decisions"])


@pytest.mark.slow
def test_a_draft_is_written_validates_and_builds(tmp_path: Path) -> None:
    done = kg("draft", FINNISH, "--data", tmp_path / "mine")
    assert done.returncode == 0, done.stderr
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert paths
    assert all(path.is_file() for path in paths)
    sources = tmp_path / "memos"
    sources.mkdir()
    (sources / FINNISH.name).write_bytes(FINNISH.read_bytes())
    checked = kg("validate", tmp_path / "mine", "--sources", sources)
    assert checked.returncode == 0, checked.stderr
    again = kg("draft", FINNISH, "--data", tmp_path / "mine")
    assert (again.returncode, again.stdout) == (0, ""), "nothing changes"
    made = kg("build", "--data", tmp_path / "mine", "--sources", sources, "--out", tmp_path / "b")
    assert made.returncode == 0, made.stderr


def test_a_score_lists_layers_and_errors(tmp_path: Path) -> None:
    (tmp_path / FINNISH.name).write_bytes(FINNISH.read_bytes())
    gold = json.loads(FINNISH.with_suffix(".gold.json").read_text(encoding="utf-8"))
    gold["participants"][0]["name"] = "Nemo Nobody"
    (tmp_path / "one.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    done = kg("score", tmp_path, "--format", "json")
    assert done.returncode == 0, done.stderr
    (folder,) = json.loads(done.stdout)
    people = folder["by_memo"][0]["layers"]["participants"]
    assert [shown.split(",")[0] for shown in people["missed"]] == ["Nemo Nobody"]
    assert len(people["extra"]) == 1
    assert folder["layers"]["participants"]["right"] == len(gold["participants"]) - 1


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ("{", "is not in the form of"),
        ('{"document": "none.txt"}', "is missing"),
        ('{"document": "a.txt", "participants": [{"name": "A"}]}', "participants.0.role"),
    ],
)
def test_a_gold_file_that_is_none_is_refused(tmp_path: Path, gold: str, message: str) -> None:
    (tmp_path / "a.txt").write_text("Muistio", encoding="utf-8")
    (tmp_path / "a.gold.json").write_text(gold, encoding="utf-8")
    done = kg("score", tmp_path / "a.gold.json")
    assert done.returncode == 2
    assert message in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_the_server_is_asked_only_when_named() -> None:
    done = kg("draft", FINNISH, "--model", "any")
    assert done.returncode == 2
    assert "--extractor server" in done.stderr
    away = kg(
        *("draft", FINNISH, "--extractor", "server", "--model", "any"),
        *("--server", "https://models.example.org/v1"),
    )
    assert away.returncode == 2
    assert "Traceback" not in away.stderr
