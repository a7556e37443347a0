"""A whole dataset of quads as coding files, and a finding for each thing that they do not say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from kg.coding.dataset import REGISTERS, CodingFile
from kg.coding.fields import in_words
from kg.coding.identify import identify, walk
from kg.coding.model import Meeting, Node, SourceDocument
from kg.coding.register import Issue, Reform, Register
from kg.coding.terms import expand, models_in, slots, types_by_iri, types_of
from kg.coding.validation import models, validate
from kg.coding.writing import yaml_text
from kg.coding.yamlfile import YamlFile, plain
from kg.decode.nodes import TYPE, Reading, Resource, id_of, in_order, ontology
from kg.encode import canonical, encode_file
from kg.errors import InputError
from kg.findings import Finding, Severity
from kg.names import DEFAULT_BASE, check_base, graph_iri, mint, shorten

# So many values alike are told one by one; more are counted.
MANY = 3
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

    The graph of a meeting or a register gives the file of that name; from any other graph each
    node goes where its class belongs. The ontology is no data: its triples are passed over, and
    the graph ``ontology`` is, with a finding if it is of another version. A finding
    of severity *error* stands for a file that is no valid coding, and is left out.

    Raises `InputError` if ids cannot be resolved against the base, or no node begins with it.
    """
    check_base(base)
    apart = ox.NamedNode(graph_iri("ontology", base))
    foreign = [quad for quad in canonical(quads) if quad.triple not in ontology()]
    given = [quad for quad in foreign if quad.graph_name != apart]
    _check_nodes(given, source, base)
    readings, trees = [], _Trees({}, {name: [] for name in REGISTERS})
    for folder, group in _groups(given, base):
        readings.append(Reading([quad.triple for quad in group], base))
        trees.add(readings[-1], folder)
    misnamed = [pair for reading in readings for pair in reading.misnamed]
    files, problems = _files(trees, misnamed, source, base)
    if len(foreign) > len(given):
        problems.append(_other_ontology(len(foreign) - len(given), source))
    compared = _Comparison(given, readings, files, source, base)
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


def _groups(quads: Sequence[ox.Quad], base: str) -> Iterator[tuple[str, list[ox.Quad]]]:
    """The quads of each graph that is ours, with its folder, and then all others together."""
    folders = {graph_iri(name, base): name for name in REGISTERS}
    for quad in quads:
        if quad.predicate == TYPE and quad.object == ox.NamedNode(expand("Meeting")):
            if isinstance(quad.subject, ox.NamedNode):
                folders[graph_iri(id_of(quad.subject, base), base)] = "meetings"
    groups: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        groups[name if name in folders else ""].append(quad)
    for name, group in sorted(groups.items(), key=lambda pair: (pair[0] == "", pair[0])):
        yield folders.get(name, ""), group


@dataclass(frozen=True)
class _Trees:
    """The roots that were read: meetings by their node, entities by their folder."""

    meetings: dict[Resource, CommentedMap]
    entities: dict[str, list[CommentedMap]]

    def add(self, reading: Reading, folder: str) -> None:
        """Read the meetings of a graph and then the entities that no meeting holds."""
        for node, name in reading.of_type(["Meeting"]):
            if node not in self.meetings:
                self.meetings[node] = reading.tree(node, name)
        for node, name in reading.of_type(_entity_types()):
            if node not in reading.visited:
                own = folder if folder in REGISTERS else ""
                place = own or FOLDER_OF.get(models()[name], "authorities")
                self.entities[place].append(reading.tree(node, name))

    def files(self) -> Iterator[tuple[Path, str, CommentedMap]]:
        """Each file with its folder, its ids and defaults added as for a writer."""
        for folder, entities in self.entities.items():
            if entities:
                tree = CommentedMap(entities=CommentedSeq(sorted(entities, key=in_order)))
                identify(tree)
                yield Path(folder, f"{folder}.yaml"), folder, tree
        for tree in self.meetings.values():
            identify(tree)
            name = quote(str(tree.get("id", "meeting")), safe="")
            yield Path("meetings", f"{name}.yaml"), "meetings", tree


def _files(
    trees: _Trees, misnamed: Sequence[tuple[CommentedMap, Resource]], source: Path, base: str
) -> tuple[list[CodingFile], list[Finding]]:
    """The files whose models hold, and the findings of the others, named by the source."""
    files = []
    findings = [_misnamed(node, source, base) for _, node in misnamed]
    strange = {id(tree) for tree, _ in misnamed}
    for path, folder, tree in trees.files():
        if any(id(node) in strange for node in walk(tree)):
            continue
        yaml = YamlFile(path, yaml_text(plain(tree)), tree)
        model, problems = validate(yaml, Meeting if folder == "meetings" else Register)
        findings += [replace(one, path=source, line=0) for one in problems]
        if model is not None:
            files.append(CodingFile(yaml, folder, model))
    return files, findings


def _misnamed(node: Any, source: Path, base: str) -> Finding:
    message = (
        f"{node.value}: cannot be an id here: let its IRI begin with {base} and go on with "
        "letters a–z, digits, hyphens and slashes"
    )
    return Finding(source, 0, Severity.ERROR, message)


class _Comparison:
    """What was given against what the files say when they are encoded again."""

    def __init__(
        self,
        given: Sequence[ox.Quad],
        readings: Sequence[Reading],
        files: Sequence[CodingFile],
        source: Path,
        base: str,
    ) -> None:
        self.source, self.base = source, base
        self.new_names = _new_names(readings, base)
        self.used = {triple for reading in readings for triple in reading.used}
        self.visited = {node for reading in readings for node in reading.visited}
        self.reasons = {one: why for each in readings for one, why in each.reasons.items()}
        self.said = {
            quad.triple: quad.graph_name for one in files for quad in encode_file(one, base)
        }
        self.given = {quad: self._renamed(quad.triple) for quad in given}
        self.values: dict[tuple[Any, Any], list[str]] = defaultdict(list)
        for one in self.said:
            self.values[one.subject, one.predicate].append(str(one.object))

    def _renamed(self, triple: ox.Triple) -> ox.Triple:
        subject = self.new_names.get(triple.subject, triple.subject)
        value = self.new_names.get(triple.object, triple.object)
        return ox.Triple(subject, triple.predicate, value)

    def findings(self) -> Iterator[Finding]:
        """Everything that differs: lost, written otherwise, renamed, moved, added."""
        unread: dict[Any, list[ox.Quad]] = defaultdict(list)
        rewritten: list[tuple[ox.Triple, ox.Triple]] = []
        for quad, triple in self.given.items():
            if triple in self.said:
                continue
            if quad.subject not in self.visited:
                unread[quad.subject].append(quad)
            elif quad.triple not in self.used:
                yield self._finding(Severity.WARNING, *self._lost(quad.triple))
            else:
                rewritten.append((quad.triple, triple))
        yield from self._written_otherwise(rewritten)
        for node, quads in unread.items():
            yield self._finding(Severity.WARNING, self._show(node), self._unread(quads))
        for node, name in self.new_names.items():
            if isinstance(node, ox.NamedNode):
                message = f"gets the id {self._show(name)}, which says its range"
                yield self._finding(Severity.INFO, self._show(node), message)
        yield from self._moved()
        yield from self._added()

    def _finding(self, severity: Severity, where: str, message: str) -> Finding:
        return Finding(self.source, 0, severity, f"{where}: {message}")

    def _show(self, value: Any) -> str:
        if isinstance(value, ox.Literal):
            return in_words(value.value)
        return shorten(value.value, self.base) if isinstance(value, ox.NamedNode) else str(value)

    def _lost(self, triple: ox.Triple) -> tuple[str, str]:
        where = f"{self._show(triple.subject)}, {self._show(triple.predicate)}"
        why = self.reasons.get(triple) or "a coding has no key for this property here"
        return where, f"{self._show(triple.object)} is left out: {why}"

    def _written_otherwise(self, pairs: Sequence[tuple[ox.Triple, ox.Triple]]) -> Iterator[Finding]:
        """A finding for each value in another form, or one for many of a property and datatype."""
        alike: dict[tuple[str, str], list[tuple[ox.Triple, ox.Triple]]] = defaultdict(list)
        for old, new in pairs:
            kind = old.object.datatype if isinstance(old.object, ox.Literal) else None
            alike[old.predicate.value, str(kind)].append((old, new))
        for (prop, datatype), group in alike.items():
            if len(group) > MANY:
                message = (
                    f"{len(group)} values of the datatype {datatype} are written in another form"
                )
                yield self._finding(Severity.INFO, self._show(ox.NamedNode(prop)), message)
            else:
                for old, new in group:
                    yield from self._rewritten(old, new)

    def _rewritten(self, old: ox.Triple, new: ox.Triple) -> Iterator[Finding]:
        """A value that is the same in another form, as 01 for 1."""
        if values := self.values.get((new.subject, new.predicate)):
            where = f"{self._show(old.subject)}, {self._show(old.predicate)}"
            message = f"{old.object} is written as {', '.join(sorted(values))}"
            yield self._finding(Severity.INFO, where, message)

    def _unread(self, quads: Sequence[ox.Quad]) -> str:
        """Why nothing leads to a node, with the place that its class has in a coding."""
        types = [quad.object for quad in quads if quad.predicate == TYPE]
        classes = [one.value for one in types if isinstance(one, ox.NamedNode)]
        what = "1 statement is" if len(quads) == 1 else f"{len(quads)} statements are"
        name = next((types_by_iri()[one] for one in classes if one in types_by_iri()), None)
        if name is None:
            kind = f"the class {shorten(classes[0])}" if classes else "a node without class"
            return f"its {what} left out, as codings do not hold {kind}"
        return f"its {what} left out, as it hangs nowhere: {_remedy(name)}"

    def _moved(self) -> Iterator[Finding]:
        moves: Counter[tuple[str, str]] = Counter()
        for quad, triple in self.given.items():
            new = self.said.get(triple, quad.graph_name)
            if isinstance(quad.graph_name, ox.NamedNode) and new != quad.graph_name:
                moves[quad.graph_name.value, self._show(new)] += 1
        for (old, name), count in moves.items():
            message = f"what it says ({count} triples) goes into the graph {name}"
            yield self._finding(Severity.INFO, f"graph {shorten(old, self.base)}", message)

    def _added(self) -> Iterator[Finding]:
        """What a writer means by leaving it out, which the file states."""
        stated = {(one.subject, one.predicate) for one in self.given.values()}
        added = Counter(
            (self._show(one.predicate), self._show(one.object))
            for one in self.said
            if (one.subject, one.predicate) not in stated
        )
        for (name, value), count in added.items():
            nodes = "1 node says" if count == 1 else f"{count} nodes say"
            yield self._finding(Severity.INFO, name, f"{nodes} now {value}, and said nothing")


def _new_names(readings: Sequence[Reading], base: str) -> dict[Any, ox.NamedNode]:
    """The nodes whose id is not what they are called in the graph."""
    made = [pair for reading in readings for pair in reading.made]
    named = {node: ox.NamedNode(mint(tree["id"], base)) for tree, node in made if "id" in tree}
    return {node: name for node, name in named.items() if node != name}


def _remedy(name: str) -> str:
    """How a node of a type is tied to the node that holds it.

    >>> _remedy("AgendaItem"), _remedy("Passage")
    ('tie it to Meeting by apro:inMeeting', 'tie it to a node of a coding by apro:evidence')
    """
    ties = sorted(
        (owner, slot.term.iri)
        for owner, kind in models().items()
        for slot in slots(kind)
        if name in slot.types
    )
    if not ties:
        return "give its graph the name that a register has"
    owners = sorted({owner for owner, _ in ties})
    named = " or ".join(filter(None, (", ".join(owners[:-1]), owners[-1])))
    place = "a node of a coding" if len(owners) > MANY else named
    return f"tie it to {place} by {shorten(ties[0][1])}"
