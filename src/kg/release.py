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
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.encode import canonical as canonical_quads
from kg.encode import serialised
from kg.errors import InputError, OutputError
from kg.names import APRO_ROOT, OWL, PREFIXES, RDF, XSD
from kg.vocabulary.canonical import canonical

Files = Mapping[str, bytes]
Header = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]
Fact = tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]

VOCABULARY = "apro.ttl"
TRANSLATED = (VOCABULARY, "apro-codes.ttl", "apro-deprecated.ttl")
FINGERPRINTED = (*TRANSLATED, "apro-shapes.ttl")
CONTEXT_FILE = "apro-context.jsonld"
RECORD = "released.tsv"
KEPT_BACK = {RECORD, "documentation"}  # the record, and what the pages are made from
DESCRIPTION, SUMS = "release.ttl", "SHA256SUMS"

DCAT, DCTERMS = "http://www.w3.org/ns/dcat#", PREFIXES["dcterms"]
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
    files |= {f"examples/{name}": content for name, content in _read(examples).items()}
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

    Raises `InputError` where there is no vocabulary, or no version in it.
    """
    try:
        content = (ontology / VOCABULARY).read_bytes()
    except OSError as error:
        raise InputError(
            f"There is no {VOCABULARY} in {ontology}: give the folder of the ontology"
        ) from error
    versions = _header(content).get(f"{OWL}versionInfo", [])
    if len(versions) != 1:
        raise InputError(f"{ontology / VOCABULARY} states no version: add one owl:versionInfo")
    return versions[0].value


def fingerprint(ontology: Path) -> str:
    """The SHA-256 of what a version says: vocabulary, codes, deprecated terms, shapes, context.

    Order, layout and comments do not count: the triples do, as canonical N-Triples
    (https://www.w3.org/TR/rdf-canon/), and the context as JSON.
    """
    digest = sha256()
    for name in FINGERPRINTED:
        if (ontology / name).is_file():
            lines = _triples((ontology / name).read_bytes())
            digest.update(serialised(lines, ox.RdfFormat.N_TRIPLES))
    context = json.loads((ontology / CONTEXT_FILE).read_text(encoding="utf-8"))
    digest.update(json.dumps(context, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def recorded(ontology: Path) -> dict[str, str]:
    """The fingerprint of each published version, from `released.tsv`; empty without that file."""
    path = ontology / RECORD
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    if any(set(row) != {"version", "sha256"} for row in rows):
        raise InputError(f"{path} is damaged: it has the columns version and sha256, with tabs")
    return {row["version"]: row["sha256"] for row in rows}


def write_release(made: Release, folder: Path) -> tuple[Path, bool]:
    """Put a release into its place below a folder; tell where, and whether it is new.

    All or nothing. A release that is there with the same content is left as it is; raises
    `OutputError` where it is there with other content, or where it cannot be written.
    """
    target = folder / made.version
    try:
        if target.exists():
            if _read(target) == dict(made.files):
                return target, False
            raise OutputError(
                f"{target} holds version {made.version} with other content, and a published "
                "version never changes: raise owl:versionInfo and owl:versionIRI in all files"
            )
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=folder, prefix=f".{made.version}.new-{os.getpid()}-"))
        try:
            _write(made.files, staging)
            staging.rename(target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"The release could not be written to {target} ({error.strerror or error}): "
            "free space or choose another folder"
        ) from error
    return target, True


def _write(files: Files, folder: Path) -> None:
    folder.chmod(0o755)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _own_files(ontology: Path) -> Iterator[tuple[str, bytes]]:
    for name, content in _read(ontology).items():
        if name.split("/")[0] not in KEPT_BACK and not name.startswith("."):
            yield name, content


def _triples(turtle: bytes) -> list[ox.Triple]:
    """The triples of a file in canonical order, with canonical labels of blank nodes."""
    parsed = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    return [quad.triple for quad in canonical_quads(parsed)]


def _header(turtle: bytes) -> Header:
    """What the header of a file says, by property; texts in English where they have a language."""
    triples = _triples(turtle)
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
    facts = list(_dataset_facts(version, base, _header(files[VOCABULARY])))
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
