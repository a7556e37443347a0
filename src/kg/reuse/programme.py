"""By what a build was made, down to the last line: what another kg found out is not taken over."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from kg.coding.dataset import REGISTERS
from kg.resources import data_dir, ontology_dir

# The libraries that read codings and documents, make RDF and check it.
_LIBRARIES = (
    "lxml",
    "markdown-it-py",
    "pydantic",
    "pydantic-core",
    "pyoxigraph",
    "pypdfium2",
    "pyshacl",
    "rdflib",
    "ruamel.yaml",
)
_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def programme() -> str:
    """The SHA-256 of kg's own files, the ontology, the shipped registers and what they rest on."""
    digest = sha256(sys.version.encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in _files():
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _files() -> list[Path]:
    # A checkout's version stays while its files are edited, so that the files are what counts.
    code = [path for path in _PACKAGE.rglob("*.py") if path.is_file()]
    ontology = [path for path in ontology_dir().iterdir() if path.is_file()]
    folders = (*REGISTERS, "languages", "countries")
    data = [path for name in folders for path in (data_dir() / name).rglob("*") if path.is_file()]
    return [*sorted(code), *sorted(ontology), *sorted(data)]
