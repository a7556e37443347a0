"""`kg build --from-rdf`: a build from RDF as it stands, of any size, without codings.

The files are loaded by Oxigraph's own bulk loader, which keeps only a part of them in memory; what
follows goes graph by graph. They hold named graphs (N-Quads or TriG, ``.gz`` too) under one base.
The shapes are checked by pyshacl on a sample where the whole is too large for it, and that is told.
The ontology and its code lists, which the queries need, are added where no file has them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.build import GRAPH, KIND, STORE, Build, Progress, finish
from kg.coding.dataset import REGISTERS
from kg.encode import canonical, encode_ontology, write_trig
from kg.errors import DataError, InputError
from kg.findings import Finding, Severity, counted, errors
from kg.folders import check_target, staged
from kg.names import check_base, graph_iri, shorten
from kg.queries import load_query
from kg.resources import queries_dir
from kg.shapes import check_shapes
from kg.store import EmbeddedStore

SAMPLE = 100_000
"""Quads that pyshacl checks; it takes about a minute for so many."""
_FORMS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
_SHOWN = 3


@dataclass(frozen=True)
class Loaded:
    """What was built from files, and what was found in them.

    `checked` is how many quads the shapes were checked on.
    """

    build: Build
    findings: Sequence[Finding]
    checked: int


def build_from_rdf(
    files: Sequence[Path], out: Path, base: str, language: str, progress: Progress
) -> Loaded:
    """Make a build of RDF files in `out`, in place of the build that was there.

    Raises `InputError` for a file that cannot be read or does not parse, `DataError` where its
    graphs are none of a build's or break the shapes, and `OutputError` as `build` does.
    """
    check_base(base)
    check_target(out, KIND)
    forms = [_form(file) for file in files]
    with staged(out, KIND) as staging:
        store = ox.Store(str(staging / STORE))
        for file, form in zip(files, forms, strict=True):
            progress(f"Loading {file}")
            load(store, file, form)
        _add_ontology(store, base)
        findings = _foreign_graphs(store, files[0], base)
        progress("Checking the shapes")
        quads, sample = len(store), list(_sample(store, base))
        findings += _of_shapes(sample, len(sample) < quads, language, base)
        if found := errors(findings):
            raise DataError(
                f"The graph has {counted(len(found), 'error')}: correct it first", findings
            )
        progress("Writing the graph")
        digest = _write_graph(store, staging / GRAPH, base)
        store.flush()
        meetings = _meetings(store, base)
        del store  # closes it: the rest is made from the store as readers open it
        made = Build(staging, base, quads, meetings, digest)
        finish(made, progress)
    return Loaded(replace(made, folder=out), findings, len(sample))


def load(store: ox.Store, file: Path, form: ox.RdfFormat) -> None:
    """Bulk load a file; raises `InputError` where it cannot be read, or does not parse."""
    try:
        with _opened(file) as raw:
            store.bulk_load(raw, form)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{file} does not parse: {error}") from error
    except (OSError, EOFError) as error:
        raise InputError(f"{file} cannot be read ({_reason(error)}): give another file") from error


def _opened(file: Path) -> BinaryIO:
    return gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")  # type: ignore[return-value]


def _form(file: Path) -> ox.RdfFormat:
    inner = file.with_suffix("") if file.suffix == ".gz" else file
    if not file.is_file():
        raise InputError(f"There is no file {file}: name the RDF to build from")
    if inner.suffix not in _FORMS:
        raise InputError(f"{file} is neither .nq nor .trig: a build needs named graphs")
    return _FORMS[inner.suffix]


def _reason(error: OSError | EOFError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _add_ontology(store: ox.Store, base: str) -> None:
    name = ox.NamedNode(graph_iri("ontology", base))
    if next(store.quads_for_pattern(None, None, None, name), None) is None:
        store.extend(encode_ontology(base))


def _foreign_graphs(store: ox.Store, file: Path, base: str) -> list[Finding]:
    """Errors for triples in no graph, and for graphs that are not under the base."""
    found: list[Finding] = []
    if next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None:
        message = "has triples in no graph: put them into named graphs"
        found.append(Finding(file, 0, Severity.ERROR, message))
    foreign = [one.value for one in _graphs(store) if not one.value.startswith(base)]
    if foreign:
        shown = ", ".join(foreign[:_SHOWN])
        message = f"{counted(len(foreign), 'graph')} not under {base} ({shown}): give their --base"
        found.append(Finding(file, 0, Severity.ERROR, message))
    return found


def _graphs(store: ox.Store) -> list[ox.NamedNode]:
    return sorted((one for one in store.named_graphs() if isinstance(one, ox.NamedNode)), key=str)


def _sample(store: ox.Store, base: str) -> Iterator[ox.Quad]:
    """All quads, or of the graphs in order as many as are checked, registers first."""
    left = SAMPLE
    registers = {graph_iri(name, base) for name in ("ontology", *REGISTERS)}
    for graph in sorted(_graphs(store), key=lambda one: (one.value not in registers, one.value)):
        quads = list(store.quads_for_pattern(None, None, None, graph))
        yield from quads
        left -= len(quads)
        if left <= 0:
            return


def _of_shapes(quads: Sequence[ox.Quad], partly: bool, language: str, base: str) -> list[Finding]:
    """What the shapes say; of a part only warnings, since what it refers to may be in the rest."""
    found = check_shapes(quads, {}, language, base)
    if not partly:
        return found
    return [
        replace(one, severity=Severity.WARNING) if one.severity is Severity.ERROR else one
        for one in found
    ]


def _write_graph(store: ox.Store, file: Path, base: str) -> str:
    """Write the whole graph as TriG, graph by graph, each in order; gives the file's hash."""
    with file.open("wb") as raw:
        write_trig((quad for graph in _graphs(store) for quad in _ordered(store, graph)), raw, base)
    with file.open("rb") as raw:
        return file_digest(raw, "sha256").hexdigest()


def _ordered(store: ox.Store, graph: ox.NamedNode) -> list[ox.Quad]:
    return canonical(store.quads_for_pattern(None, None, None, graph))


def _meetings(store: ox.Store, base: str) -> dict[str, bool]:
    """The ids of the meetings; none has been held against its source."""
    query = load_query(queries_dir() / "internal" / "bulk-meetings.rq")
    rows = EmbeddedStore(store).select(query.text).rows
    return {shorten(one.value, base): False for (one,) in rows if isinstance(one, ox.NamedNode)}
