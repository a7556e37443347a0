"""Reading RDF in any syntax, and writing codings as a folder, all or nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.coding.dataset import CodingFile
from kg.encode import context
from kg.errors import InputError, OutputError
from kg.findings import suggest
from kg.names import CONTEXT, DEFAULT_BASE

SYNTAXES: Mapping[str, ox.RdfFormat] = {
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
"""The RDF syntaxes that are read, by the ending of the file's name."""


def read_rdf(path: Path, base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The quads of a file, its blank nodes apart from other files'; the base is for short IRIs.

    A JSON-LD file may name the published context: it is put in, nothing is fetched. Raises
    `InputError` if the file is missing, of unknown syntax, or does not parse.
    """
    form = SYNTAXES.get(path.suffix.lower())
    if form is None:
        near = suggest(path.suffix.lower(), SYNTAXES, most=1)
        hint = f"did you mean {near[0]}?" if near else f"use {', '.join(SYNTAXES)}"
        raise InputError(f"The ending of {path} names no RDF syntax; {hint}")
    try:
        raw = path.read_bytes()
        if form == ox.RdfFormat.JSON_LD:
            raw = json.dumps(_with_context(json.loads(raw))).encode()
        return list(ox.parse(raw, format=form, base_iri=base, rename_blank_nodes=True))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check its name") from error
    except (SyntaxError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()) or "too deep"
        raise InputError(f"{path} is no valid {form}: correct it ({reason})") from error


def _with_context(value: Any) -> Any:
    """A JSON-LD document with the published context in the place of its address."""
    if isinstance(value, list):
        return [_with_context(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _inlined(item) if key == "@context" else _with_context(item)
        for key, item in value.items()
    }


def _inlined(value: Any) -> Any:
    if isinstance(value, list):
        return [_inlined(item) for item in value]
    return context() if value == CONTEXT else value


def write_folder(
    files: Sequence[CodingFile], folder: Path, accept: Callable[[Path], object]
) -> list[Path]:
    """Write codings as a new folder, and say which files: all of them, or none.

    `accept` is called with the folder as it will be, before it stands in its place; what it raises
    leaves nothing behind. Raises `OutputError` if the folder is not empty or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(f"{folder} is there already: name a new or empty folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as staging:
            made = Path(staging) / "made"
            for file in files:
                path = made / file.yaml.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(file.yaml.text, encoding="utf-8", newline="")
            accept(made)
            if folder.exists():
                folder.rmdir()
            shutil.move(made, folder)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror}): name another place"
        ) from error
    return [folder / file.yaml.path for file in files]
