"""The wheel, a wheel made from the sdist, and the checkout all find ontology, queries and data.

Nothing is downloaded: the build runs without isolation, and each fresh environment sees the
packages of the one that runs the tests.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from conftest import ROOT
from kg import __version__, resources
from kg.errors import InputError

FOLDERS = ["ontology", "queries", "data", "examples"]
FIND = """
import json
from kg import resources
names = ("ontology", "queries", "data", "examples")
folders = [getattr(resources, f"{name}_dir")() for name in names]
print(json.dumps([str(folder) for folder in folders]))
"""
METADATA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def files_in(folder: Path) -> set[str]:
    """The files of a folder, relative to it, without what Python caches there."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts}


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its error output is shown where it fails.

    Neither this environment's path nor the options of a `make` around the tests reach it.
    """
    hidden = re.compile("PYTHONPATH|PYTHON|VIRTUAL_ENV|MAKE.*|MFLAGS")
    environment = {key: value for key, value in os.environ.items() if not hidden.fullmatch(key)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(what: str | Path, environment: Path) -> Path:
    """Install a wheel, or an editable folder, freshly; return the folder of its commands.

    Dependencies and hatchling come from this environment by a .pth file. They stand behind what is
    installed, and .pth files there (such as that of an editable apro-kg) are not read again.
    """
    venv.create(environment, with_pip=False)
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=ROOT)
    packages = Path(site.strip(), "dependencies.pth")
    packages.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed")
    editable = () if str(what).endswith(".whl") else ("--editable",)
    run(*pip, *offline, *editable, what, cwd=environment)
    return commands


def folders_seen_by(commands: Path, cwd: Path) -> dict[str, Path]:
    """Where an installation finds each of the four folders."""
    found = json.loads(run(commands / "python", "-c", FIND, cwd=cwd))
    return dict(zip(FOLDERS, map(Path, found), strict=True))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is made from it, as `python -m build` does."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel made from the checkout itself."""
    out = tmp_path_factory.mktemp("direct")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["built", "direct"])
def test_an_installed_wheel_finds_what_the_checkout_has(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    (wheel,) = request.getfixturevalue(kind).glob("*.whl")
    commands = install(wheel, tmp_path / "environment")
    for name, folder in folders_seen_by(commands, tmp_path).items():
        assert folder.is_relative_to(tmp_path), f"{name} was found outside the installation"
        assert files_in(folder), f"{name} is empty"
        assert files_in(folder) == files_in(ROOT / name)
    assert "disagreements" in run(commands / "kg", "query", "--list", cwd=tmp_path)


@pytest.mark.slow
def test_an_installed_wheel_builds_pages_of_a_new_folder(direct: Path, tmp_path: Path) -> None:
    (wheel,) = direct.glob("*.whl")
    kg = install(wheel, tmp_path / "environment") / "kg"
    run(kg, "new", "mine", cwd=tmp_path)
    printed = run(kg, "build", "--data", "mine", "--sources", "mine/sources", cwd=tmp_path)
    assert "opposed" in printed
    assert (tmp_path / "build" / "disagreement-cl-ys.html").is_file()


def test_both_ways_to_a_wheel_give_the_same_files(built: Path, direct: Path) -> None:
    (from_sdist,), (from_checkout,) = built.glob("*.whl"), direct.glob("*.whl")
    names = [set(zipfile.ZipFile(wheel).namelist()) for wheel in (from_sdist, from_checkout)]
    assert names[0] == names[1]
    assert "kg/py.typed" in names[0]


def test_the_wheel_states_both_licences_and_carries_their_texts(direct: Path) -> None:
    (wheel,) = direct.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
        folder = name.removesuffix("METADATA") + "licenses/"
        carried = {name for name in archive.namelist() if name.startswith(folder)}
    assert metadata["License-Expression"] == "Apache-2.0 AND CC-BY-4.0"
    assert metadata["Version"] == __version__
    assert carried == {folder + name for name in METADATA["project"]["license-files"]}


@pytest.mark.slow
def test_an_editable_install_finds_the_checkout(tmp_path: Path) -> None:
    commands = install(ROOT, tmp_path / "environment")
    assert folders_seen_by(commands, tmp_path) == {name: ROOT / name for name in FOLDERS}


@pytest.mark.slow
def test_make_alone_sets_up_and_builds(project_files: list[Path], tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for path in project_files:
        copy = checkout / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    printed = run("make", "PYTHON=" + sys.executable, cwd=checkout)
    assert "opposed" in printed
    assert (checkout / "build" / "index.html").is_file()


def test_the_checkout_finds_its_own_folders() -> None:
    assert resources.ontology_dir() == ROOT / "ontology"
    assert resources.queries_dir() == ROOT / "queries"
    assert resources.data_dir() == ROOT / "data"


def test_a_package_without_the_folders_says_so_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"“data” is missing.*install it again"):
        resources._find("data", tmp_path / "site-packages" / "kg")


def test_folders_beside_an_unrelated_package_are_not_taken(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(InputError):
        resources._find("data", tmp_path / "src" / "kg")


def test_the_installed_package_comes_before_a_checkout(tmp_path: Path) -> None:
    package = tmp_path / "src" / "kg"
    (package / "resources_data" / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert resources._find("data", package) == package / "resources_data" / "data"


def test_only_a_checkout_has_an_ontology_to_change(tmp_path: Path) -> None:
    assert resources.ontology_to_change() == ROOT / "ontology"
    package = tmp_path / "kg"
    (package / "resources_data" / "ontology").mkdir(parents=True)
    with pytest.raises(InputError, match="give a folder, or run kg from a checkout"):
        resources._to_change(package)


def test_python_m_kg_is_the_command() -> None:
    assert "query" in run(sys.executable, "-m", "kg", "--help", cwd=ROOT)


def requirement_names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[<>=!~ ;\[]", line)[0]) for line in requirements}


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_pin_is_exact_and_names_no_address() -> None:
    assert [pin for pin in pins() if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def all_requirements() -> set[str]:
    """What a plain install and the extras ask for."""
    project = METADATA["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    return requirement_names(project["dependencies"] + extras) - {"apro-kg"}


def test_every_requirement_is_pinned() -> None:
    wanted = all_requirements()
    assert wanted - requirement_names(pins()) == set()


def test_every_requirement_is_explained() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {normal(name) for name in re.findall(r"^\| `([\w.-]+)` \|", text, re.MULTILINE)}
    assert explained == all_requirements()


def test_the_versions_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
