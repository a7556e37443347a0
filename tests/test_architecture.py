"""A module imports only what stands before it; IRIs and SPARQL have one place each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

# The order in which data flows. A new module gets its place here and in docs/architecture.md.
ORDER = [
    "findings",
    "errors",
    "addresses",
    "interrupts",
    "workers",
    "locks",
    "folders",
    "resources",
    "names",
    "codes",
    "languages",
    "repair",
    "traced",
    "documents",
    "source",
    "minutes",
    "coding",
    "drafting",
    "curation",
    "agreement",
    "review",
    "scoring",
    "encode",
    "decode",
    "migrate",
    "graph_file",
    "shapes",
    "shapescan",
    "sparql",
    "store",
    "parts",
    "queries",
    "remote",
    "lookup",
    "answers",
    "statements",
    "things",
    "table",
    "table_in_parts",
    "partitions",
    "differences",
    "filters",
    "networks",
    "dna",
    "refi",
    "measures",
    "layout",
    "views",
    "formats",
    "site",
    "latest",
    "pages",
    "describe",
    "reuse",
    "build",
    "bulk",
    "opened",
    "publish",
    "backup",
    "report",
    "notebook",
    "pseudonyms",
    "export",
    "vocabulary",
    "release",
    "scaffold",
    "cli",
]
ENTRANCES = {"__init__", "__main__"}  # the package itself, and `python -m kg`
PACKAGE = ROOT / "src" / "kg"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b.*\{", re.DOTALL)


def room(path: Path) -> str:
    """The module or subpackage of `kg` that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(tree: ast.AST) -> Iterator[str]:
    """The modules of `kg` that a file imports, also inside functions and for types alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            names = [f"kg.{alias.name}" for alias in node.names] if module == "kg" else [module]
            names = [name for name in names if name != "kg.__version__"]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("kg."))


def text_constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string constants of a file that are not docstrings."""
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                yield node


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.fixture(params=SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def source(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def test_every_module_has_its_place_in_the_order() -> None:
    unplaced = {room(path) for path in SOURCES} - set(ORDER) - ENTRANCES
    assert not unplaced, (
        f"{', '.join(sorted(unplaced))}: not in ORDER of tests/test_architecture.py. Decide which "
        "modules may import it, and put it there and into docs/architecture.md"
    )


def test_the_document_names_the_same_order() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == ORDER


def test_a_module_imports_only_what_stands_before_it(source: Path) -> None:
    here = room(source)
    if here in ENTRANCES:
        return
    before = set(ORDER[: ORDER.index(here)]) | {here}
    for name in imported_rooms(parse(source)):
        assert name in before, f"kg.{here} imports kg.{name}, which does not stand before it"


def test_the_package_itself_imports_nothing() -> None:
    assert list(imported_rooms(parse(PACKAGE / "__init__.py"))) == []


def test_imports_are_absolute(source: Path) -> None:
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{source.name}:{node.lineno}: write the import from kg.…"


def test_iris_of_the_project_are_minted_in_names_only(source: Path) -> None:
    if room(source) == "names":
        return
    for constant in text_constants(parse(source)):
        assert "://w3id.org/apro" not in str(constant.value), (
            f"{source.name}:{constant.lineno}: take the IRI from kg.names"
        )


def test_sparql_stands_in_query_files_only(source: Path) -> None:
    for constant in text_constants(parse(source)):
        assert not SPARQL.search(str(constant.value)), (
            f"{source.name}:{constant.lineno}: move the query to queries/*.rq"
        )


def test_imports_are_seen_wherever_they_stand() -> None:
    tree = ast.parse(
        "import kg.names\nfrom kg import store\nfrom kg.coding.models import Meeting\n"
        "def late():\n    from kg.cli import main\n"
        "if TYPE_CHECKING:\n    from kg.views import Page\n"
        "import json\nfrom pathlib import Path\n"
    )
    assert sorted(imported_rooms(tree)) == ["cli", "coding", "names", "store", "views"]


def test_sparql_is_seen_and_docstrings_are_not() -> None:
    tree = ast.parse('"""SELECT ?s { }"""\nquery = "SELECT ?s\\n{ ?s ?p ?o }"\n')
    found = [constant.lineno for constant in text_constants(tree)]
    assert found == [2]
    assert SPARQL.search("SELECT ?s\n{ ?s ?p ?o }")
