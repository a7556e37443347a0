"""A whole dataset of quads as coding files, and a finding for each thing that they do not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from kg.coding.dataset import REGISTERS, CodingFile
from kg.coding.identify import identify, walk
from kg.coding.model import Meeting, Node, SourceDocument
from kg.coding.register import Issue, Reform, Register
from kg.coding.terms import expand, models_in, types_of
from kg.coding.validation import models, validate
from kg.coding.writing import yaml_text
from kg.coding.yamlfile import YamlFile, plain
from kg.decode.comparison import Comparison
from kg.decode.nodes import TYPE, Reading, Resource, in_order, ontology
from kg.encode import canonical
from kg.errors import InputError
from kg.findings import Finding, Severity
from kg.names import DEFAULT_BASE, check_base, graph_iri

# The register that an entity goes to unless its graph is one: the rest are authorities.
FOLDER_OF: Mapping[type[Node], str] = {
    Issue: "issues",
    Reform: "reforms",
    SourceDocument: "reforms",
}


@dataclass(frozen=True)
class Decoded:
    """Coding files, with paths below the folder of a dataset, and what they do not say."""

    files: tuple[CodingFile, ...]
    findings: tuple[Finding, ...]


def decode(quads: Iterable[ox.Quad], source: Path, base: str = DEFAULT_BASE) -> Decoded:
    """The codings that quads say; findings name `source`, the file that they were read from.

    Each node is read with what all graphs say of it. An entity goes to the register whose graph
    describes it, else where its class belongs. The ontology is no data: its triples are passed
    over, and the graph ``ontology`` is, with a finding if it is of another version. A finding
    of severity *error* stands for a file that is no valid coding, and is left out.

    Raises `InputError` if ids cannot be resolved against the base, or no node begins with it.
    """
    check_base(base)
    apart = ox.NamedNode(graph_iri("ontology", base))
    foreign = [quad for quad in canonical(quads) if quad.triple not in ontology()]
    given = [quad for quad in foreign if quad.graph_name != apart]
    _check_nodes(given, source, base)
    reading = Reading(dict.fromkeys(quad.triple for quad in given), base)
    files, problems, refused = _files(_read(reading, _registers(given, base)), reading, source)
    if len(foreign) > len(given):
        problems.append(_other_ontology(len(foreign) - len(given), source))
    compared = Comparison(given, reading, files, refused, source)
    return Decoded(tuple(files), tuple(sorted({*problems, *compared.findings()})))


def _other_ontology(count: int, source: Path) -> Finding:
    message = f"graph/ontology: {count} triples are not in this version of APRO, and left out"
    return Finding(source, 0, Severity.INFO, message)


def _entity_types() -> tuple[str, ...]:
    kinds = models_in(Register.model_fields["entities"].annotation)
    return tuple(name for kind in kinds for name in types_of(kind))


def _check_nodes(quads: Sequence[ox.Quad], source: Path, base: str) -> None:
    """Refuse a graph without meetings and entities, and a base that none of them begins with."""
    roots = {expand(name) for name in ("Meeting", *_entity_types())}
    found = sorted(
        quad.subject.value
        for quad in quads
        if quad.predicate == TYPE
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in roots
        and isinstance(quad.subject, ox.NamedNode)
    )
    if not found:
        raise InputError(
            f"{source} describes no meeting and nothing that a register holds: give a graph that "
            "uses APRO, with an IRI for each meeting, body and issue"
        )
    if not any(iri.startswith(base) for iri in found):
        raise InputError(
            f"No node of {source} begins with {base}: say what its IRIs begin with, perhaps "
            f"`--base {found[0].rpartition('/')[0]}/`"
        )


def _registers(quads: Sequence[ox.Quad], base: str) -> Mapping[Resource, Sequence[str]]:
    """The registers whose graphs say something of a node."""
    names = {graph_iri(name, base): name for name in REGISTERS}
    found: dict[Resource, list[str]] = defaultdict(list)
    for quad in quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if graph in names and isinstance(quad.subject, Resource):
            found[quad.subject].append(names[graph])
    return found


@dataclass(frozen=True)
class _Trees:
    """The roots that were read: meetings, and entities by their folder."""

    meetings: Sequence[CommentedMap]
    entities: Mapping[str, Sequence[CommentedMap]]

    def files(self) -> Iterator[tuple[Path, str, CommentedMap]]:
        """Each file with its folder, its ids and defaults added as for a writer."""
        for folder, entities in self.entities.items():
            if entities:
                tree = CommentedMap(entities=CommentedSeq(sorted(entities, key=in_order)))
                identify(tree)
                yield Path(folder, f"{folder}.yaml"), folder, tree
        for tree in self.meetings:
            _continue_sequence(tree)
            identify(tree)
            name = quote(str(tree.get("id", "meeting")), safe="")
            yield Path("meetings", f"{name}.yaml"), "meetings", tree


def _read(reading: Reading, registers: Mapping[Resource, Sequence[str]]) -> _Trees:
    """Read the meetings of a graph and then the entities that no meeting holds."""
    meetings = [reading.tree(node, name) for node, name in reading.of_type(["Meeting"])]
    entities: dict[str, list[CommentedMap]] = {name: [] for name in REGISTERS}
    for node, name in reading.of_type(_entity_types()):
        if node not in reading.visited:
            place = FOLDER_OF.get(models()[name], "authorities")
            own = registers.get(node) or [place]
            entities[place if place in own else own[0]].append(reading.tree(node, name))
    return _Trees(meetings, entities)


def _continue_sequence(tree: CommentedMap) -> None:
    """Number the entries that state no place in the order of speech after those that do."""
    entries = [entry for item in tree.get("items", ()) for entry in item.get("entries", ())]
    stated = [entry["sequence"] for entry in entries if isinstance(entry.get("sequence"), int)]
    number = max(stated, default=0)
    for entry in entries:
        if "sequence" not in entry:
            number += 1
            entry.insert(list(entry).index("type") + 1, "sequence", number)


def _files(
    trees: _Trees, reading: Reading, source: Path
) -> tuple[list[CodingFile], list[Finding], set[Resource]]:
    """The files whose models hold; the findings of the others, named by the source; their nodes."""
    files = []
    findings = [_misnamed(node, source, reading.base) for _, node in reading.misnamed]
    strange = {id(tree) for tree, _ in reading.misnamed}
    kept: set[int] = set()
    for path, folder, tree in trees.files():
        here = {id(node) for node in walk(tree)}
        if here & strange:
            continue
        yaml = YamlFile(path, yaml_text(plain(tree)), tree)
        model, problems = validate(yaml, Meeting if folder == "meetings" else Register)
        findings += [replace(one, path=source, line=0) for one in problems]
        if model is not None:
            files.append(CodingFile(yaml, folder, model))
            kept |= here
    refused = {node for tree, node in reading.made if id(tree) not in kept}
    return files, findings, refused


def _misnamed(node: Resource, source: Path, base: str) -> Finding:
    message = (
        f"{node.value}: cannot be an id here: let its IRI begin with {base} and go on with "
        "letters a–z, digits, hyphens and slashes"
    )
    return Finding(source, 0, Severity.ERROR, message)
