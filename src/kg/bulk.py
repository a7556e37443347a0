"""`kg build --from-rdf`: a build from RDF as it stands, of any size, without codings.

The files are loaded by Oxigraph's own bulk loader, which keeps only a part of them in memory; what
follows goes graph by graph. They hold named graphs (N-Quads or TriG, ``.gz`` too) under one base.
The shapes are checked on all of it, by `kg.shapescan`.
The ontology and its code lists, which the queries need, are added where no file has them.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.build import GRAPH, KIND, STORE, Build, Progress, finish
from kg.encode import canonical, encode_ontology, to_trig
from kg.errors import DataError, InputError
from kg.findings import Finding, Severity, counted, errors
from kg.folders import check_target, staged
from kg.graph_file import without_prefixes
from kg.names import check_base, graph_iri, shorten
from kg.queries import load_query
from kg.resources import queries_dir
from kg.shapescan.check import Limits, check_large
from kg.store import EmbeddedStore
from kg.workers import spread

_FORMS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
_SHOWN = 3
_GRAPHS_OF_TURN = 200
_MOST_WITH_BLANKS = 2_000_000


@dataclass(frozen=True)
class Loaded:
    """What was built from files, and what was found in them; `cut` more findings were not kept."""

    build: Build
    findings: Sequence[Finding]
    cut: int


def build_from_rdf(
    files: Sequence[Path],
    out: Path,
    base: str,
    language: str,
    progress: Progress,
    workers: int = 1,
) -> Loaded:
    """Make a build of RDF files in `out`, in place of the build that was there.

    Raises `InputError` for a file that cannot be read or does not parse, `DataError` where its
    graphs are none of a build's or break the shapes, and `OutputError` as `build` does.
    """
    check_base(base)
    check_target(out, KIND)
    forms = [_form(file) for file in files]
    with staged(out, KIND) as staging:
        folder = staging / STORE
        store = ox.Store(str(folder))
        for file, form in zip(files, forms, strict=True):
            progress(f"Loading {file}")
            load(store, file, form)
        _add_ontology(store, base)
        foreign, quads = _foreign_graphs(store, files[0], base), len(store)
        if not foreign:
            progress("Compacting the store")
            store.optimize()
        store.flush()
        # Closes it: the rest is made from the store as readers open it, and a folder in which a
        # store is still at work cannot be cleared away.
        del store
        _refuse(foreign)
        progress("Writing the graph")
        file = staging / GRAPH
        digest = write_graph(folder, file, base, workers)
        progress("Checking the shapes")
        store = ox.Store.read_only(str(folder))
        limits = Limits(processes=workers)
        checked = check_large(store, folder, base, language, progress, limits, file)
        _refuse(checked.findings, checked.counts[Severity.ERROR])
        meetings = _meetings(store, base)
        del store
        made = Build(staging, base, quads, meetings, digest)
        finish(made, progress, workers)
    return Loaded(replace(made, folder=out), checked.findings, checked.cut)


def _refuse(findings: Sequence[Finding], number: int = 0) -> None:
    """Raise `DataError` where there is an error; `number` is how many there are, kept or not."""
    if found := errors(findings):
        told = counted(max(number, len(found)), "error")
        raise DataError(f"The graph has {told}: correct it first", findings)


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


def write_graph(folder: Path, file: Path, base: str, workers: int = 1) -> str:
    """Write a store as TriG, graph by graph, each in order; gives the SHA-256 of the file.

    Raises `DataError` where several graphs of a large store have blank nodes: which of them are the
    same can only be told with all of it in memory.
    """
    store = ox.Store.read_only(str(folder))
    names = [graph.value for graph in _graphs(store)]
    turns = [names[at : at + _GRAPHS_OF_TURN] for at in range(0, len(names), _GRAPHS_OF_TURN)]
    digest, with_blanks = sha256(), 0
    with file.open("wb") as raw:
        for number, (text, blanks) in enumerate(
            spread(partial(_text_of, folder, base), turns, workers)
        ):
            part = without_prefixes(text) if number else text
            digest.update(part)
            raw.write(part)
            with_blanks += blanks
    if with_blanks < 2:
        return digest.hexdigest()
    if len(store) > _MOST_WITH_BLANKS:
        raise DataError(f"{with_blanks:,} graphs have blank nodes: give these IRIs", [])
    text = to_trig(canonical(store.quads_for_pattern(None, None, None)), base)
    file.write_bytes(text)
    return sha256(text).hexdigest()


def _text_of(folder: Path, base: str, graphs: Sequence[str]) -> tuple[bytes, int]:
    """Some graphs as TriG, and how many of them have blank nodes."""
    store = ox.Store.read_only(str(folder))
    ordered = [_ordered(store, graph) for graph in graphs]
    blanks = sum(any(map(_has_blank, quads)) for quads in ordered)
    return to_trig([quad for quads in ordered for quad in quads], base), blanks


def _has_blank(quad: ox.Quad) -> bool:
    return any(isinstance(one, (ox.BlankNode, ox.Triple)) for one in (quad.subject, quad.object))


def _ordered(store: ox.Store, graph: str) -> list[ox.Quad]:
    return canonical(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def _meetings(store: ox.Store, base: str) -> dict[str, bool]:
    """The ids of the meetings; none has been held against its source."""
    query = load_query(queries_dir() / "internal" / "bulk-meetings.rq")
    rows = EmbeddedStore(store).select(query.text).rows
    return {shorten(one.value, base): False for (one,) in rows if isinstance(one, ox.NamedNode)}
