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

from kg.decode.words import show
from kg.errors import InputError
from kg.findings import Finding, Severity
from kg.folders import write_atomically
from kg.names import DEFAULT_BASE, OWL
from kg.names import RDF as RDF_NAMESPACE
from kg.resources import CODES_FILE, CONTEXT_FILE, MODEL_FILE, SHAPES_FILE
from kg.vocabulary.canonical import canonical, lost_comments, ontology_files
from kg.vocabulary.contexts import read_context
from kg.vocabulary.facts import Facts, read_facts
from kg.vocabulary.reading import read_text, read_turtle

STYLE = Path("style") / "style.ttl"

_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_NAME = re.compile(r"(?:<(?P<iri>[^>]*)>|(?P<prefix>[\w-]*):(?P<local>[\w.-]*[\w-]))\s")


def check_ontology(folder: Path) -> list[Finding]:
    """Everything to correct in an ontology's folder; raises `InputError` where there is none."""
    form = [finding for path in files(folder) for finding in check_form(path)]
    form += check_parts(folder)
    if any(finding.severity is Severity.ERROR and finding.line for finding in form):
        return form  # a file that cannot be read has no style
    return sorted([*form, *check_style(folder)])


def check_parts(folder: Path) -> Iterator[Finding]:
    """Whether the files that a vocabulary goes with are there, and the context can be used."""
    for name in (CODES_FILE, SHAPES_FILE):
        if not (folder / name).is_file():
            yield Finding(folder / name, 0, Severity.ERROR, "is missing: restore the file")
    path = folder / CONTEXT_FILE
    try:
        read_context(path)
        list(ox.parse(read_text(path), format=ox.RdfFormat.JSON_LD))
    except InputError as error:
        yield Finding(path, 0, Severity.ERROR, _without(path, error))
    except (SyntaxError, ValueError) as error:
        yield Finding(
            path, 0, Severity.ERROR, f"is no JSON-LD context that can be used ({error}): correct it"
        )


def _without(path: Path, error: InputError) -> str:
    """What is wrong with a file, where the finding names it."""
    return str(error).removeprefix(str(path)).lstrip(": ")


def check_form(path: Path) -> Iterator[Finding]:
    """Whether a file is in canonical form, and which comments that form cannot keep."""
    try:
        text, wanted = _forms(path)
    except InputError as error:
        yield Finding(path, 1, Severity.ERROR, _without(path, error))
        return
    for line, comment in lost_comments(text):
        yield Finding(
            path,
            line,
            Severity.WARNING,
            f"“{comment}” is lost in canonical form: make it a statement, or move it to the top",
        )
    if path.read_bytes() != wanted.encode():
        yield Finding(path, 0, Severity.ERROR, "is not in canonical form: run `kg ontology format`")


def _forms(path: Path) -> tuple[str, str]:
    """A file's text, whatever its line ends, and its canonical form."""
    text = read_text(path)
    try:
        return text, canonical(text)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def check_style(folder: Path) -> list[Finding]:
    """The results of the style guide as findings, each at the line where its term stands."""
    graph = style_graph(folder)
    guide = Graph().parse(data=read_text(folder / STYLE), format="turtle")
    _, report, _ = validate(graph, shacl_graph=guide, inference="none")
    assert isinstance(report, Graph)  # pyshacl gives bytes only when asked to
    places, names = dict(_places(files(folder))), read_facts(files(folder))
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
        found.add(Finding(path, line, severity, f"{_short(term, names)}: {message}"))
    return sorted(found)


def _short(term: str, names: Facts) -> str:
    """A term with the prefix of the files, else as the project shortens it; a node by its label."""
    short = names.shorten(term)
    return show(ox.NamedNode(term), DEFAULT_BASE) if short == term and "://" in term else short


def style_graph(folder: Path) -> Graph:
    """What the style guide is about, as one graph."""
    kept: set[ox.Triple] = set()
    for path in files(folder):
        triples, _ = read_turtle(path)
        kept |= set(triples) if path.parent == folder else _headers(triples)
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
        _, known = read_turtle(path)
        for number, line in enumerate(read_text(path).split("\n"), start=1):
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
        _, wanted = _forms(path)
        if path.read_bytes() != wanted.encode():
            changed[path] = wanted
            lost += [find for find in check_form(path) if find.severity is Severity.WARNING]
    for path, text in changed.items():
        write_atomically(path, text)
    return list(changed), lost


def files(folder: Path) -> list[Path]:
    """The Turtle files of an ontology's folder; raises `InputError` where it is none."""
    if not (folder / MODEL_FILE).is_file():
        raise InputError(f"There is no {MODEL_FILE} in {folder}: give the folder of the ontology")
    return ontology_files(folder)
