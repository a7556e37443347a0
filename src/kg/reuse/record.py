"""What a build keeps for the next, in a file of its own: its bytes are the same for the same input.

The file goes with the build: it says which graph it belongs to and has its own hash, so that one
that is damaged, or left from another build, is no record. It names no folder of the machine.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.coding.facts import Facts, KeptFile, from_json, to_json
from kg.encode import Graphs
from kg.findings import Finding, Severity
from kg.names import dna_graph, graph_iri
from kg.reuse.programme import programme

RECORD = "reuse.json.gz"
_FAST = 1  # of zlib's levels: a higher one takes longer than it saves

_UNREADABLE = (
    OSError,
    EOFError,
    zlib.error,
    SyntaxError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)

Told = tuple[Severity, str]
"""A finding without its place: how much it weighs, and what it says of which node."""


@dataclass(frozen=True)
class Earlier:
    """What is known from an earlier build: meetings' files by key, graphs, what the shapes found.

    `findings` is None where they were told in another language.
    """

    facts: Mapping[str, Facts]
    graphs: Graphs
    findings: Sequence[Told] | None

    def kept(self, files: Iterable[KeptFile], base: str) -> Graphs:
        """The graphs of files that were not read again."""
        names = (f"<{graph_iri(one.facts.outline.id, base)}>" for one in files)
        return {name: self.graphs[name] for name in names}


def write_record(
    folder: Path,
    graph_sha256: str,
    base: str,
    language: str,
    facts: Iterable[Facts],
    findings: Iterable[Finding],
) -> None:
    """Write the record of a build into its folder; `findings` are those of the shapes.

    Raises `OSError` where it cannot be written.
    """
    data = {
        "programme": programme(),
        "base": base,
        "graph_sha256": graph_sha256,
        "language": language,
        "findings": sorted([finding.severity.value, finding.message] for finding in findings),
        "files": [to_json(one) for one in sorted(facts, key=lambda one: one.outline)],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = f"{sha256(text).hexdigest()}\n".encode() + text
    (folder / RECORD).write_bytes(gzip.compress(sealed, _FAST, mtime=0))


def read_earlier(
    record: Path, graph: Path, graph_sha256: str, base: str, language: str
) -> Earlier | None:
    """What a build's record and graph file say.

    None where they are of another kg or base, or not as they were written.
    """
    try:
        data = _opened(record)
        content = graph.read_bytes()
        if data["programme"] != programme() or data["base"] != base:
            return None
        if not sha256(content).hexdigest() == graph_sha256 == data["graph_sha256"]:
            return None
        facts = {one.key: one for one in map(from_json, data["files"])}
        told = [(Severity(weight), message) for weight, message in data["findings"]]
        same = data["language"] == language
        graphs = dict(_graphs(ox.parse(content, format=ox.RdfFormat.TRIG), base))
        return Earlier(_with_graphs(facts, graphs, base), graphs, told if same else None)
    except _UNREADABLE:
        return None


def _opened(record: Path) -> Mapping[str, Any]:
    """The content of a record; raises one of `_UNREADABLE` where the file is none."""
    seal, _, text = gzip.decompress(record.read_bytes()).partition(b"\n")
    if sha256(text).hexdigest().encode() != seal:
        raise ValueError("the record is damaged")
    data: Mapping[str, Any] = json.loads(text)
    return data


def _graphs(quads: Iterable[ox.Quad], base: str) -> Iterator[tuple[str, list[ox.Quad]]]:
    """The graphs of a graph file but the layers of DNA databases, which are read each time."""
    layers = f"<{dna_graph('', base)}"
    for name, members in groupby(quads, key=lambda quad: quad.graph_name):
        if not str(name).startswith(layers):
            yield str(name), list(members)


def _with_graphs(facts: Mapping[str, Facts], graphs: Graphs, base: str) -> dict[str, Facts]:
    """Those facts whose meeting has its graph."""
    return {
        key: one for key, one in facts.items() if f"<{graph_iri(one.outline.id, base)}>" in graphs
    }
