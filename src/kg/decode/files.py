"""Reading RDF in any syntax, and writing codings as a folder, all or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.coding.dataset import CodingFile
from kg.coding.terms import context
from kg.errors import InputError
from kg.findings import suggest
from kg.folders import staged, write_files
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
            document = json.loads(raw, object_pairs_hook=_each_key_once)
            raw = json.dumps(_with_context(document)).encode()
        return list(ox.parse(raw, format=form, base_iri=base, rename_blank_nodes=True))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check its name") from error
    except (SyntaxError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()) or "too deep"
        raise InputError(f"{path} is no valid {form}: correct it ({reason})") from error


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; of a key that is given twice, JSON readers keep the last and drop the rest."""
    made = dict(pairs)
    if len(made) < len(pairs):
        key = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {json.dumps(key, ensure_ascii=False)} is given twice")
    return made


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
    with staged(folder) as made:
        write_files(made, {file.yaml.path.as_posix(): file.yaml.text.encode() for file in files})
        accept(made)
    return [folder / file.yaml.path for file in files]
