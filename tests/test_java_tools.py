"""The Java tools are pinned and explained, fetched with a clear message, and never missed in CI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import ROOT
from java_tools import POM, jars, missing

SCRIPT = ROOT / "scripts" / "fetch-java-tools"
SHELL_TOOLS = ("cmp", "cp", "dirname", "mkdir", "mv", "rm", "sh")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the script, the pins and a folder `bin` of the few commands it may use."""
    for path in (SCRIPT, POM):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True)
        shutil.copy2(path, copy)
    (tmp_path / "bin").mkdir()
    for name in SHELL_TOOLS:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def fetch(checkout: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": str(checkout / "bin")}
    command = [checkout / SCRIPT.relative_to(ROOT)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def command(checkout: Path, name: str, script: str) -> None:
    """Put a command of our own into `bin`."""
    (checkout / "bin" / name).write_text(f"#!{shutil.which('sh')}\n{script}\n", encoding="utf-8")
    (checkout / "bin" / name).chmod(0o755)


def test_what_is_missing_is_said_with_a_remedy(checkout: Path) -> None:
    done = fetch(checkout)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.search(r"no Java here: install Java 17 .*apt install", done.stderr)
    command(checkout, "java", "exit 0")
    assert re.search(r"no Maven here: install it .*apt install maven", fetch(checkout).stderr)
    command(checkout, "mvn", "exit 1")
    assert re.search(r"could not fetch .*check the network", fetch(checkout).stderr)
    assert not (checkout / ".tools" / "java").exists()


def test_jars_are_fetched_once_for_each_state_of_the_pins(checkout: Path) -> None:
    command(checkout, "java", "exit 0")
    command(
        checkout,
        "mvn",
        f'for last; do :; done\necho x > "${{last#*=}}/a.jar"\necho >> {checkout}/calls',
    )
    folder = checkout / ".tools" / "java"
    for calls in (1, 1):
        done = fetch(checkout)
        assert (done.returncode, done.stdout) == (0, f"{folder}\n"), done.stderr
        assert (checkout / "calls").read_text().count("\n") == calls
    pom = checkout / POM.relative_to(ROOT)
    assert jars(folder, pom) == [str(folder / "a.jar")]
    pom.write_text(pom.read_text() + "\n")
    with pytest.raises((pytest.skip.Exception, pytest.fail.Exception), match="make java-tools"):
        jars(folder, pom)
    fetch(checkout)
    assert (checkout / "calls").read_text().count("\n") == 2
    assert jars(folder, pom) == [str(folder / "a.jar")]


@pytest.mark.parametrize(
    ("required", "outcome"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_what_is_missing_fails_only_where_java_is_required(
    required: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APRO_REQUIRE_JAVA", required)
    with pytest.raises(outcome, match="needs a boat"):
        missing("needs a boat")


def test_ci_requires_java() -> None:
    assert "export APRO_REQUIRE_JAVA=1" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_java_tool_is_pinned_and_explained() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| [\w ]+ \(`([\w-]+)`\) ([\d.]+) \|", text, re.MULTILINE))
    tools = ElementTree.parse(POM).getroot().iterfind("./dependencies/dependency")
    pins = {(str(tool.findtext("artifactId")), str(tool.findtext("version"))) for tool in tools}
    assert pins == explained
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for _, version in pins)
