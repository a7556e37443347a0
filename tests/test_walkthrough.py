"""The walkthrough “Use APRO without Python”: its files and commands, run as by a reader.

In a page a fenced block behind ``<!-- file: NAME -->`` is a file; a block of shell commands is run
in the folder of the files, and what stands behind ``<!-- prints -->`` is what it prints. Commands
behind ``<!-- by hand -->`` need a server and are not run here. The page of the examples is run too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import ROOT
from java_tools import QUIET, jars, require_java
from kg.release import release, write_release
from kg.resources import examples_dir, ontology_dir, queries_dir

PAGE = ROOT / "docs" / "without-python.md"
README = ROOT / "examples" / "README.md"
BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]+) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
ROW = re.compile(r"^\| (?P<keys>`\w+`(?:, `\w+`)*) \| `(?P<term>\w+:\w+)`", re.M)
COMMANDS = {
    "riot": "riotcmd.riot",
    "shacl": "shacl.shacl",
    "sparql": "arq.sparql",
    "update": "arq.update",
    "tdb2.tdbloader": "tdb2.tdbloader",
    "tdb2.tdbquery": "tdb2.tdbquery",
}


class Block(NamedTuple):
    """A fenced block of the page: the remark before it, its language and its text."""

    mark: str
    kind: str
    text: str


class Step(NamedTuple):
    """Commands of the page, and what they print where the page says so."""

    commands: str
    prints: str | None


def blocks(page: Path = PAGE) -> list[Block]:
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(block["mark"] or "", block["kind"], block["text"]) for block in found]


def steps(page: Path = PAGE) -> list[Step]:
    """The commands in the order of the page, without those to be run by hand."""
    found: list[Step] = []
    for block in blocks(page):
        if block.kind == "sh" and block.mark != "by hand":
            found.append(Step(block.text, None))
        elif block.mark == "prints":
            found[-1] = found[-1]._replace(prints=block.text)
    return found


@pytest.fixture
def jena_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jena's commands on the path, from the jars of the tests."""
    require_java()
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, main in COMMANDS.items():
        path = commands / name
        path.write_text(f'#!/bin/sh\nexec java {QUIET} -cp "$JENA" {main} "$@"\n', encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("JENA", ":".join(jars()))
    monkeypatch.setenv("PATH", f"{commands}:{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(page: Path, folder: Path) -> None:
    """Run the commands of a page in a folder; what they print is what the page says."""
    for step in steps(page):
        command = ["sh", "-euc", step.commands]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, f"{step.commands}\n{done.stderr.decode()}"
        if step.prints is not None:
            printed = done.stdout.decode().replace("\r\n", "\n")
            assert printed.strip() == step.prints.strip(), step.commands


@pytest.mark.slow
@pytest.mark.usefixtures("jena_commands")
def test_every_command_of_the_walkthrough_does_what_it_says(tmp_path: Path) -> None:
    write_release(release(ontology_dir(), queries_dir(), examples_dir(), {}), tmp_path / "releases")
    for block in blocks():
        if block.mark.startswith("file: "):
            path = tmp_path / block.mark.removeprefix("file: ")
            path.write_text(block.text, encoding="utf-8")
    run(PAGE, tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("jena_commands")
def test_every_command_of_the_examples_does_what_it_says(tmp_path: Path) -> None:
    for name in ("ontology", "queries", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert len(steps(README)) >= 1
    run(README, tmp_path)


def test_the_page_has_files_and_commands() -> None:
    assert sum(step.prints is not None for step in steps()) > 8
    assert {block.mark for block in blocks() if block.mark.startswith("file: ")} >= {
        "file: register.ttl",
        "file: meeting.ttl",
        "file: minutes.txt",
    }
    used = "\n".join(step.commands for step in steps())
    assert all(re.search(rf"(^|\W){re.escape(name)} ", used) for name in COMMANDS)


def test_the_keys_of_messages_are_those_of_the_context() -> None:
    rows = {
        key: row["term"]
        for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))
        for key in re.findall(r"\w+", row["keys"])
    }
    assert rows == {key: term for key, term in _keys().items() if key in _in_messages()}


def test_no_parameter_of_a_query_begins_like_another() -> None:
    for path in sorted(queries_dir().glob("*.rq")):
        names = set(re.findall(r"\?_\w+", path.read_text(encoding="utf-8")))
        clashes = [(a, b) for a in names for b in names if a != b and b.startswith(a)]
        assert clashes == [], f"{path.name}: replacing by text hits more than it should"


def _context() -> dict[str, object]:
    text = (ontology_dir() / "apro-context.jsonld").read_text(encoding="utf-8")
    found: dict[str, object] = json.loads(text)["@context"]
    return found


def _term(key: str, value: object) -> str:
    """The property of a key of the context, or nothing where it is none."""
    name = value if isinstance(value, str) else ""
    if isinstance(value, dict):
        name = str(value.get("@reverse") or value.get("@id") or "")
    return name if re.fullmatch(r"\w+:\w+", name) else ""


def _keys() -> dict[str, str]:
    """The keys that are not the local name of their own property, with that property."""
    terms = {key: _term(key, value) for key, value in _context().items()}
    return {key: term for key, term in terms.items() if term and term != f"apro:{key}"}


def _in_messages() -> set[str]:
    """The words that English messages of the shapes set as code."""
    shapes = (ontology_dir() / "apro-shapes.ttl").read_text(encoding="utf-8")
    messages = re.findall(r'"((?:[^"\\]|\\.)*)"@en', shapes)
    return {key for message in messages for key in re.findall(r"`(\w+)[:`]", message)}
