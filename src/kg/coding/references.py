"""Do all ids that a coding refers to exist, once, and with the right type?

Asked of the trees, not of the models, so that a file with errors elsewhere is checked as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml.comments import CommentedMap

from kg.coding.fields import RefTo
from kg.coding.validation import models, name_place
from kg.coding.yamlfile import YamlFile, is_sequence, plain
from kg.findings import Finding, suggest
from kg.names import is_id

_ID_IN_TEXT = re.compile(r"(?<![\w@])id: *[\"']?([^\s,}\"']+)")


@dataclass(frozen=True)
class Defined:
    """A node, where it is defined; `shared` ones may be defined again in the same words."""

    id: str
    node: CommentedMap
    file: YamlFile
    location: tuple[str | int, ...]
    shared: bool

    @property
    def type(self) -> str:
        """The node's class in APRO."""
        return str(self.node.get("type", ""))


def nodes(file: YamlFile) -> list[Defined]:
    """Every node of a file with its location, outer before inner."""
    return list(_nodes(file.tree, file, (), "entities" in file.tree))


def _nodes(
    value: Any, file: YamlFile, location: tuple[str | int, ...], register: bool
) -> Iterator[Defined]:
    if isinstance(value, CommentedMap):
        name = value.get("id")
        if isinstance(name, str):
            shared = register or value.get("type") == "Passage"
            yield Defined(name, value, file, location, shared)
        for key, inner in value.items():
            yield from _nodes(inner, file, (*location, key), register)
    elif is_sequence(value):
        for index, inner in enumerate(value):
            yield from _nodes(inner, file, (*location, index), register)


def ids_in_text(path: Path) -> set[str]:
    """The ids that a file seems to define which cannot be parsed, so that they are not missed."""
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return set()  # that the file cannot be read is a finding of its own
    return set(_ID_IN_TEXT.findall(text))


def check_references(
    files: Iterable[YamlFile],
    elsewhere: Collection[str] = frozenset(),
    others: Mapping[str, str] = MappingProxyType({}),
) -> list[Finding]:
    """Findings for ids defined twice in different words, missing, or of the wrong type.

    `elsewhere` are ids that files define which could not be read whole, `others` the types of nodes
    that stand in files without a fault, which define none that these do.
    """
    defined = [one for file in files for one in nodes(file)]
    index: dict[str, Defined] = {}
    findings: list[Finding] = []
    for one in defined:
        first = index.setdefault(one.id, one)
        if first is not one and (problem := _clash(first, one)):
            findings.append(one.file.finding((*one.location, "id"), problem))
    types = {**others, **{name: one.type for name, one in index.items()}}
    for one in defined:
        findings += _dangling(one, types, elsewhere)
    return findings


def references(one: Defined) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The ids that a node refers to, key by key, each with the types that may stand there."""
    for key, types in _reference_keys(one.type).items():
        value = one.node.get(key)
        found = value if is_sequence(value) else [value]
        yield types, [wanted for wanted in found if isinstance(wanted, str) and is_id(wanted)]


def is_wrong(wanted: str, allowed: tuple[str, ...], types: Mapping[str, str]) -> bool:
    """Tell whether an id is missing among the `types` of all nodes, or of a type not `allowed`."""
    if wanted not in types:
        return True
    return bool(allowed) and types[wanted] not in allowed and types[wanted] in models()


def _clash(first: Defined, again: Defined) -> str | None:
    # Stating the same passage or register entry again does no harm; a copied position would count
    # once although it is said twice.
    if first.shared and again.shared and _said(first.node) == _said(again.node):
        return None
    place = f"{first.file.path}:{first.file.line((*first.location, 'id'))}"
    return f"the id {again.id} is defined at {place} already: give this one another id"


def _said(value: Any) -> list[Any]:
    """What a value says in RDF, where lists have no order and one value is a list of one."""
    if is_sequence(value):
        return sorted((one for item in value for one in _said(item)), key=repr)
    if isinstance(value, Mapping):
        return [sorted((key, _said(inner)) for key, inner in value.items())]
    return [plain(value)]


def _dangling(
    one: Defined, known: Mapping[str, str], elsewhere: Collection[str]
) -> Iterator[Finding]:
    for key, types in _reference_keys(one.type).items():
        value = one.node.get(key)
        for at, wanted in enumerate(value if is_sequence(value) else [value]):
            # What cannot be an id is a finding of its own already.
            if not isinstance(wanted, str) or not is_id(wanted) or wanted in elsewhere:
                continue
            if message := _problem(wanted, types, known):
                location = (*one.location, key, at) if is_sequence(value) else (*one.location, key)
                place = name_place(one.node, (key,))
                yield one.file.finding(location, f"{place}: {message}")


@cache
def _reference_keys(type_name: str) -> Mapping[str, tuple[str, ...]]:
    """The keys of a class that hold ids, with the classes that they may name (none: any)."""
    kind = models().get(type_name)
    return {
        field.alias or name: mark.types
        for name, field in (kind.model_fields.items() if kind else ())
        for mark in field.metadata
        if isinstance(mark, RefTo)
    }


def _problem(wanted: str, types: tuple[str, ...], known: Mapping[str, str]) -> str | None:
    if not is_wrong(wanted, types, known):
        return None
    if wanted in known:
        return f"“{wanted}” is of type {known[wanted]}: give the id of a {_either(types)}"
    near = suggest(wanted, [name for name, kind in known.items() if not types or kind in types])
    kind = f"a {_either(types)}" if types else "it"
    hint = f"did you mean {_either(near)}?" if near else f"define {kind}, or correct the id"
    return f"“{wanted}” is not defined; {hint}"


def _either(names: Sequence[str]) -> str:
    """Names as a choice: “A”, “A or B”, “A, B or C”."""
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
