"""Checks of the ontology's own files: canonical form, style guide, metadata, one version.

The style guide is `ontology/style/style.ttl`, SHACL on the ontology itself. It sees the files at
the top of the folder whole, and of the others (alignments, the guide itself) their headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from kg.errors import InputError, OutputError
from kg.findings import Finding, Severity
from kg.names import OWL, shorten
from kg.names import RDF as RDF_NAMESPACE
from kg.vocabulary.canonical import canonical, lost_comments, ontology_files

STYLE = Path("style") / "style.ttl"

_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_NAME = re.compile(r"(?:<(?P<iri>[^>]*)>|(?P<prefix>[\w-]*):(?P<local>[\w.-]*[\w-]))\s")


def check_ontology(folder: Path) -> list[Finding]:
    """Everything to correct in an ontology's folder; raises `InputError` where there is none."""
    form = [finding for path in files(folder) for finding in check_form(path)]
    if any(finding.severity is Severity.ERROR and finding.line for finding in form):
        return form  # a file that cannot be read has no style
    return sorted([*form, *check_style(folder)])


def check_form(path: Path) -> Iterator[Finding]:
    """Whether a file is in canonical form, and which comments that form cannot keep."""
    text = path.read_text(encoding="utf-8")
    try:
        wanted = canonical(text)
    except InputError as error:
        yield Finding(path, 1, Severity.ERROR, str(error))
        return
    for line, comment in lost_comments(text):
        yield Finding(
            path,
            line,
            Severity.WARNING,
            f"“{comment}” is lost in canonical form: make it a statement, or move it to the top",
        )
    if text != wanted:
        yield Finding(path, 0, Severity.ERROR, "is not in canonical form: run `kg ontology format`")


def check_style(folder: Path) -> list[Finding]:
    """The results of the style guide as findings, each at the line where its term stands."""
    graph = style_graph(folder)
    guide = Graph().parse(folder / STYLE, format="turtle")
    _, report, _ = validate(graph, shacl_graph=guide, inference="none")
    assert isinstance(report, Graph)  # pyshacl gives bytes only when asked to
    places = dict(_places(ontology_files(folder)))
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        at_value = (
            report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        )
        term = str(value if at_value and isinstance(value, URIRef) else focus)
        path, line = places.get(term, (folder, 0))
        severity = _SEVERITIES[URIRef(str(report.value(result, SH.resultSeverity)))]
        message = guide.value(report.value(result, SH.sourceShape), SH.message)
        found.add(Finding(path, line, severity, f"{shorten(term)}: {message}"))
    return sorted(found)


def style_graph(folder: Path) -> Graph:
    """What the style guide is about, as one graph."""
    kept: set[ox.Triple] = set()
    for path in files(folder):
        parsed = ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        triples = {quad.triple for quad in parsed}
        kept |= triples if path.parent == folder else _headers(triples)
    text = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def _headers(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    triples = set(triples)
    kind, ontology = ox.NamedNode(f"{RDF_NAMESPACE}type"), ox.NamedNode(f"{OWL}Ontology")
    headers = {t.subject for t in triples if t.predicate == kind and t.object == ontology}
    return {triple for triple in triples if triple.subject in headers}


def _places(paths: Sequence[Path]) -> Iterator[tuple[str, tuple[Path, int]]]:
    """Each term that starts a statement, with its file and line."""
    for path in paths:
        prefixes = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        list(prefixes)  # they are known when the file has been read
        known = prefixes.prefixes
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if found := _NAME.match(line):
                iri = found["iri"] or known.get(found["prefix"] or "", "") + (found["local"] or "")
                yield iri, (path, number)


def format_ontology(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Write the files of a folder in canonical form: those changed, and the comments lost.

    Raises `InputError` for a file that is not Turtle, before any is written, and `OutputError`
    for one that cannot be written.
    """
    changed: dict[Path, str] = {}
    lost: list[Finding] = []
    for path in files(folder):
        text = path.read_text(encoding="utf-8")
        try:
            wanted = canonical(text)
        except InputError as error:
            raise InputError(f"{path}: {error}") from error
        if wanted != text:
            changed[path] = wanted
            lost += [find for find in check_form(path) if find.severity is Severity.WARNING]
    for path, text in changed.items():
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OutputError(
                f"{path} cannot be written ({error.strerror}): give a folder that you may write to"
            ) from error
    return list(changed), lost


def files(folder: Path) -> list[Path]:
    """The Turtle files of an ontology's folder; raises `InputError` where it is none."""
    if not (folder / "apro.ttl").is_file():
        raise InputError(f"There is no apro.ttl in {folder}: give the folder of the ontology")
    return ontology_files(folder)
