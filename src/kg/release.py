"""`kg ontology release`: one version of the ontology as a folder that is never changed again.

`releases/VERSION/` holds the vocabulary, its code lists and its deprecated terms in four syntaxes;
shapes, JSON-LD context, JSON Schemas, alignments, migrations, competency questions, style guide,
licence and changelog as they are; the named queries, the examples and the documentation;
``release.ttl``, which describes each file (https://www.w3.org/TR/vocab-dcat-3/), and
``SHA256SUMS``. The same ontology gives the same bytes. ``released.tsv`` beside the ontology records
what each published version said, whatever its layout.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.encode import canonical as canonical_quads
from kg.encode import serialised
from kg.errors import InputError, OutputError
from kg.folders import read_files, staged, write_files
from kg.names import APRO_ROOT, DCTERMS, OWL, RDF, XSD
from kg.resources import CODES_FILE, CONTEXT_FILE, DEPRECATED_FILE, MODEL_FILE, SHAPES_FILE
from kg.vocabulary.canonical import canonical
from kg.vocabulary.contexts import read_context
from kg.vocabulary.reading import read_text, read_turtle

Files = Mapping[str, bytes]
Header = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]
Fact = tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]

TRANSLATED = (MODEL_FILE, CODES_FILE, DEPRECATED_FILE)
FINGERPRINTED = (*TRANSLATED, SHAPES_FILE)
RECORD = "released.tsv"
COLUMNS = ("version", "sha256")
KEPT_BACK = {RECORD, "documentation"}  # the record, and what the pages are made from
DESCRIPTION, SUMS = "release.ttl", "SHA256SUMS"

DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".json": "application/json",
    ".yaml": "application/yaml",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".sed": "text/plain",
    ".txt": "text/plain",
    ".rq": "application/sparql-query",
    ".ru": "application/sparql-update",
}


@dataclass(frozen=True)
class Release:
    """A version and its files, by path within the release."""

    version: str
    files: Files


def release(ontology: Path, queries: Path, examples: Path, documentation: Files) -> Release:
    """The release of the version that an ontology's folder states.

    Raises `InputError` where the folder states no version, or where `released.tsv` records the
    version with other content: what was published stays as it was.
    """
    version = version_of(ontology)
    known = recorded(ontology).get(version)
    if known not in (None, fingerprint(ontology)):
        raise InputError(
            f"Version {version} was published with other content, as {RECORD} records: "
            "raise owl:versionInfo and owl:versionIRI in all files"
        )
    files = dict(_own_files(ontology))
    files |= {f"queries/{path.name}": path.read_bytes() for path in sorted(queries.glob("*.rq"))}
    files |= {f"examples/{name}": content for name, content in read_files(examples).items()}
    for name in TRANSLATED:
        if name in files:
            files |= _translations(name, files[name])
    described = _description(version, files)
    files |= {f"documentation/{name}": content for name, content in documentation.items()}
    files[DESCRIPTION] = described.encode()
    files[SUMS] = _sums(files).encode()
    return Release(version, dict(sorted(files.items())))


def version_of(ontology: Path) -> str:
    """The version that the vocabulary's header states.

    Raises `InputError` where there is no vocabulary, no Turtle, or no version in it.
    """
    if not (ontology / MODEL_FILE).is_file():
        raise InputError(f"There is no {MODEL_FILE} in {ontology}: give the folder of the ontology")
    stated, _ = read_turtle(ontology / MODEL_FILE)
    versions = _header(stated).get(f"{OWL}versionInfo", [])
    if len(versions) != 1:
        raise InputError(f"{ontology / MODEL_FILE} states no version: add one owl:versionInfo")
    return versions[0].value


def fingerprint(ontology: Path) -> str:
    """The SHA-256 of what a version says: vocabulary, codes, deprecated terms, shapes, context.

    Order, layout and comments do not count: the triples do, as canonical N-Triples
    (https://www.w3.org/TR/rdf-canon/), and the context as JSON. Raises `InputError` for a file
    that cannot be read.
    """
    digest = sha256()
    for name in FINGERPRINTED:
        if (ontology / name).is_file():
            stated, _ = read_turtle(ontology / name)
            digest.update(serialised(_in_order(stated), ox.RdfFormat.N_TRIPLES))
    read_context(ontology / CONTEXT_FILE)
    context = json.loads(read_text(ontology / CONTEXT_FILE))
    digest.update(json.dumps(context, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def recorded(ontology: Path) -> dict[str, str]:
    """The fingerprint of each published version, from `released.tsv`; empty without that file.

    Raises `InputError` where a line does not have the two columns.
    """
    path = ontology / RECORD
    if not path.exists():
        return {}
    reader = csv.DictReader(io.StringIO(read_text(path)), delimiter="\t")
    rows = list(reader)
    whole = all(None not in row and all(row.values()) for row in rows)
    if tuple(reader.fieldnames or COLUMNS) != COLUMNS or not whole:
        raise InputError(
            f"{path} is damaged: give each line the columns {' and '.join(COLUMNS)}, with a tab "
            "between them"
        )
    return {row["version"]: row["sha256"] for row in rows}


def record_lines(ontology: Path) -> str:
    """What to add to `released.tsv` when the version is published; nothing if it is there."""
    version = version_of(ontology)
    if version in recorded(ontology):
        return ""
    path = ontology / RECORD
    head = "" if path.exists() and read_text(path).strip() else "\t".join(COLUMNS) + "\n"
    return f"{head}{version}\t{fingerprint(ontology)}\n"


def write_release(made: Release, folder: Path) -> tuple[Path, bool]:
    """Put a release into its place below a folder; tell where, and whether it is new.

    All or nothing. A release that is there with the same content is left as it is; raises
    `OutputError` where it is there with other content, or where it cannot be written.
    """
    target = folder / made.version
    if (there := _found(target)) is not None:
        if there == dict(made.files):
            return target, False
        raise OutputError(
            f"{target} holds version {made.version} with other content, and a published "
            "version never changes: raise owl:versionInfo and owl:versionIRI in all files"
        )
    with staged(target) as staging:
        write_files(staging, made.files)
    return target, True


def _found(folder: Path) -> dict[str, bytes] | None:
    try:
        return read_files(folder) if folder.exists() else None
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be read ({error.strerror}): choose another folder"
        ) from error


def _own_files(ontology: Path) -> Iterator[tuple[str, bytes]]:
    for name, content in read_files(ontology).items():
        if name.split("/")[0] not in KEPT_BACK and not name.startswith("."):
            yield name, content


def _in_order(triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    """Triples in canonical order, with canonical labels of blank nodes."""
    quads = (ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    return [quad.triple for quad in canonical_quads(quads)]


def _header(stated: Sequence[ox.Triple]) -> Header:
    """What the header of a file says, by property; texts in English where they have a language."""
    triples = _in_order(stated)
    headers = {t.subject for t in triples if t.object == ox.NamedNode(f"{OWL}Ontology")}
    found: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for triple in triples:
        value = triple.object
        if triple.subject in headers and isinstance(value, ox.NamedNode | ox.Literal):
            if isinstance(value, ox.NamedNode) or value.language in (None, "en"):
                found.setdefault(triple.predicate.value, []).append(value)
    return found


def _rdf(form: ox.RdfFormat) -> Callable[[Sequence[ox.Triple], dict[str, str]], bytes]:
    def write(triples: Sequence[ox.Triple], prefixes: dict[str, str]) -> bytes:
        return serialised(triples, form, prefixes)

    return write


def _jsonld(triples: Sequence[ox.Triple], prefixes: dict[str, str]) -> bytes:
    """Expanded JSON-LD, laid out for people."""
    nodes = json.loads(serialised(triples, ox.RdfFormat.JSON_LD))
    return (json.dumps(nodes, ensure_ascii=False, indent=1) + "\n").encode()


SYNTAXES: Mapping[str, Callable[[Sequence[ox.Triple], dict[str, str]], bytes]] = {
    ".rdf": _rdf(ox.RdfFormat.RDF_XML),
    ".jsonld": _jsonld,
    ".nt": _rdf(ox.RdfFormat.N_TRIPLES),
}


def _translations(name: str, turtle: bytes) -> Files:
    """A Turtle file in the other syntaxes."""
    parsed = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    triples = sorted((quad.triple for quad in canonical_quads(parsed)), key=_reading_order)
    prefixes = dict(sorted(parsed.prefixes.items()))
    stem = name.removesuffix(".ttl")
    return {f"{stem}{ending}": write(triples, prefixes) for ending, write in SYNTAXES.items()}


def _reading_order(triple: ox.Triple) -> tuple[bool, str, bool, str, str, str]:
    """The header first, of each term its kind first, texts by language."""
    value = triple.object
    language = value.language if isinstance(value, ox.Literal) else None
    return (
        triple.subject != ox.NamedNode(APRO_ROOT),
        str(triple.subject),
        triple.predicate != ox.NamedNode(f"{RDF}type"),
        str(triple.predicate),
        language or "",
        str(value),
    )


def _sums(files: Files) -> str:
    """The checksums as `sha256sum -c` reads them."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def _description(version: str, files: Files) -> str:
    """The release as a dataset with a distribution for each file, in Turtle."""
    base = f"{APRO_ROOT}/releases/{version}/"
    model = ox.parse(files[MODEL_FILE], format=ox.RdfFormat.TURTLE)
    facts = list(_dataset_facts(version, base, _header([quad.triple for quad in model])))
    for name, content in sorted(files.items()):
        facts += _file_facts(ox.NamedNode(f"{APRO_ROOT}/{version}"), base, name, content)
    triples = [ox.Triple(subject, ox.NamedNode(iri), value) for subject, iri, value in facts]
    prefixes = {"dcat": DCAT, "dcterms": DCTERMS, "spdx": SPDX, "xsd": XSD, "rdf": RDF}
    return canonical(serialised(triples, ox.RdfFormat.TURTLE, prefixes).decode())


def _dataset_facts(version: str, base: str, header: Header) -> Iterator[Fact]:
    dataset = ox.NamedNode(f"{APRO_ROOT}/{version}")
    yield dataset, f"{RDF}type", ox.NamedNode(f"{DCAT}Dataset")
    yield dataset, f"{DCAT}version", ox.Literal(version)
    yield dataset, f"{DCTERMS}isVersionOf", ox.NamedNode(APRO_ROOT)
    yield dataset, f"{DCAT}landingPage", ox.NamedNode(f"{base}documentation/index.html")
    for name in ("title", "description", "issued", "license", "publisher", "creator"):
        for value in header.get(f"{DCTERMS}{name}", []):
            yield dataset, f"{DCTERMS}{name}", value


def _file_facts(dataset: ox.NamedNode, base: str, name: str, content: bytes) -> Iterator[Fact]:
    file, checksum = ox.NamedNode(base + quote(name)), ox.BlankNode()
    kind = MEDIA_TYPES.get(Path(name).suffix, "text/plain")
    digest = ox.Literal(sha256(content).hexdigest(), datatype=ox.NamedNode(f"{XSD}hexBinary"))
    size = ox.Literal(str(len(content)), datatype=ox.NamedNode(f"{XSD}nonNegativeInteger"))
    yield dataset, f"{DCAT}distribution", file
    yield file, f"{RDF}type", ox.NamedNode(f"{DCAT}Distribution")
    yield file, f"{DCTERMS}title", ox.Literal(name)
    yield file, f"{DCAT}downloadURL", file
    yield file, f"{DCAT}mediaType", ox.NamedNode(_MEDIA + kind)
    yield file, f"{DCAT}byteSize", size
    yield file, f"{SPDX}checksum", checksum
    yield checksum, f"{RDF}type", ox.NamedNode(f"{SPDX}Checksum")
    yield checksum, f"{SPDX}algorithm", ox.NamedNode(f"{SPDX}checksumAlgorithm_sha256")
    yield checksum, f"{SPDX}checksumValue", digest
