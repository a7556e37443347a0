"""What may not stand in the repository: machine paths, vendored scripts, long quotes and more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from conftest import ROOT

LARGEST_FILE = 2_000_000
LONGEST_MODULE = 400  # the house rule
LAST_LIMIT = 600
SHARED_RUN = 13  # words in a row that may not stand both in a memo and in the project
QUOTE_WORDS = 12
QUOTED_SHARE = 5  # all quotes together: at most a fifth of the memo
QUOTING_KEYS = {"quote", "asWritten"}

# Spelt apart, so that this file does not trip its own check.
REGISTRY = re.compile(
    r"https?://[\w.-]*(?:"
    + "|".join(["py" + "pi", "python" + "hosted", "regis" + "try", "npm" + "js"])
    + r")",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|farm|root|tmp|home/\w+)/[\w.-]+")
VENDORED = re.compile(r"\.min\.(js|css)$|(^|/)(vendor|node_modules)/")

MEETINGS = sorted((ROOT / "data" / "meetings").glob("*.yaml"))


def words(text: str) -> list[str]:
    """The words of a text in lower case, those cut at a line's end put together."""
    return re.findall(r"\w+", re.sub(r"-\s*\n\s*", "", text).lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of `SHARED_RUN` words."""
    said = words(text)
    return (tuple(said[start : start + SHARED_RUN]) for start in range(len(said) - SHARED_RUN + 1))


def readable(path: Path) -> str:
    """The text of a file; nothing for one that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def matches(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """Places where a pattern stands, as file:line: match."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in files
        for number, line in enumerate(readable(path).splitlines(), start=1)
        if (found := pattern.search(line))
    ]


def phrases(node: object) -> Iterator[str]:
    """Every phrase that a coding quotes from its document, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in QUOTING_KEYS and isinstance(value, str):
                yield value
            else:
                yield from phrases(value)
    elif isinstance(node, list):
        for value in node:
            yield from phrases(value)


def load(path: Path) -> dict[str, object]:
    meeting = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert isinstance(meeting, dict)
    return meeting


def test_no_file_names_the_host_of_a_package_registry(project_files: list[Path]) -> None:
    assert matches(REGISTRY, project_files) == []


def test_no_file_names_a_path_of_one_machine(project_files: list[Path]) -> None:
    assert matches(MACHINE_PATH, project_files) == []


def test_no_script_is_vendored(project_files: list[Path]) -> None:
    names = [path.relative_to(ROOT).as_posix() for path in project_files]
    assert [name for name in names if VENDORED.search(name)] == []


def test_no_file_is_large(project_files: list[Path]) -> None:
    assert [path for path in project_files if path.stat().st_size > LARGEST_FILE] == []


def test_modules_stay_within_the_last_limit(project_files: list[Path]) -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): readable(path).count("\n")
        for path in project_files
        if path.suffix == ".py"
    }
    assert {name: lines for name, lines in lengths.items() if lines > LAST_LIMIT} == {}


@pytest.mark.parametrize(
    "module",
    sorted((ROOT / "src" / "kg").rglob("*.py")),
    ids=lambda path: path.relative_to(ROOT / "src").as_posix(),
)
def test_modules_of_the_package_keep_the_house_rule(module: Path) -> None:
    lines = readable(module).count("\n")
    assert lines <= LONGEST_MODULE, f"{lines} lines: give the second concept a module of its own"


def test_no_long_run_of_words_comes_from_a_memo(project_files: list[Path], shared: Path) -> None:
    said = {
        run: memo.name
        for memo in sorted((shared / "memos").glob("*.txt"))
        for run in runs(memo.read_text(encoding="utf-8", errors="replace"))
    }
    assert said, "the folder of memos is empty"
    copied = [
        f"{path.relative_to(ROOT)}: from {said[run]}: {' '.join(run)}"
        for path in project_files
        for run in runs(readable(path))
        if run in said
    ]
    assert copied == []


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_every_quoted_phrase_is_short(path: Path) -> None:
    assert [text for text in phrases(load(path)) if len(words(text)) > QUOTE_WORDS] == []


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_quotes_together_are_a_small_part_of_the_memo(path: Path) -> None:
    meeting = load(path)
    document = meeting["document"]
    assert isinstance(document, dict)
    quoted = sum(map(len, phrases(meeting)))
    assert quoted * QUOTED_SHARE <= document["characters"]


def test_the_stated_length_of_a_memo_is_not_above_its_true_one(shared: Path) -> None:
    memo = shared / "memos" / "2021-10-25-muistio.txt"
    characters = len(memo.read_text(encoding="utf-8"))
    stated = [load(path)["document"] for path in MEETINGS if path.stem == "thb-2021-10-25"]
    for document in stated:
        assert isinstance(document, dict)
        assert document["characters"] <= characters


def test_the_patterns_see_what_they_are_for() -> None:
    host = "https://" + "py" + "pi.example"
    assert REGISTRY.search(f"see {host}/simple")
    assert MACHINE_PATH.search("open '/" + "root/x'")
    assert not MACHINE_PATH.search("docs/work/plan")
    assert VENDORED.search("src/kg/vendor/vis.js")
    assert VENDORED.search("pages/vis.min.js")


def test_cut_words_and_case_do_not_hide_a_run() -> None:
    joined = " ".join(f"w{number}" for number in range(SHARED_RUN))
    cut = joined.upper().replace("W3", "W-\n3")
    assert set(runs(cut)) == set(runs(joined)) != set()


def test_phrases_are_found_at_any_depth() -> None:
    node = {"items": [{"quote": "a b", "at": {"asWritten": "c"}, "label": {"fi": "d"}}], "x": 1}
    assert sorted(phrases(node)) == ["a b", "c"]
