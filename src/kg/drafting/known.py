"""What is known before a memo is read: bodies, people, issues and propositions of the registers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.coding.dataset import REGISTERS
from kg.coding.yamlfile import load_yaml
from kg.errors import InputError
from kg.findings import Finding
from kg.resources import data_dir

_BODIES = frozenset({"Body", "WorkingBody"})


@dataclass(frozen=True)
class KnownBody:
    """A body or group of the registers: its id, and all its names and abbreviations."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class KnownPerson:
    """A person of the registers."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class KnownProposition:
    """A proposition, its wordings by language, and the issue that it answers."""

    id: str
    issue: str
    wordings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class KnownIssue:
    """An issue and its wordings by language."""

    id: str
    wordings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Known:
    """The registers as reading needs them; equal to itself only, to be the key of caches."""

    bodies: tuple[KnownBody, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    issues: tuple[KnownIssue, ...] = ()
    propositions: tuple[KnownProposition, ...] = ()


def read_known(folder: Path | None = None) -> Known:
    """The shipped registers, and those of a data folder if one is given.

    An entry of the folder takes the place of a shipped one of the same id. Files that stay the
    same are parsed once. Raises `InputError` if there is no such folder, or a file is no YAML.
    """
    if folder is not None and not folder.is_dir():
        raise InputError(f"There is no data folder {folder}: create one with `kg new {folder}`")
    entities: dict[str, Mapping[str, Any]] = {}
    for root in dict.fromkeys((data_dir(), folder or data_dir())):
        for path in _files(root):
            for entity in _entities(path, path.stat().st_mtime_ns):
                entities[str(entity.get("id"))] = entity
    return _known(entities.values())


def _files(root: Path) -> Iterator[Path]:
    for name in REGISTERS:
        yield from sorted(
            path for path in (root / name).rglob("*") if path.suffix in {".yaml", ".yml"}
        )


@lru_cache(256)
def _entities(path: Path, _changed: int) -> tuple[Mapping[str, Any], ...]:
    """The entities of one file, as plain data."""
    file = load_yaml(path)
    if isinstance(file, Finding):
        raise InputError(f"{file.path}, line {file.line}: {file.message}")
    # Plain dictionaries are smaller than ruamel's, and do not tie the file's text to the cache.
    tree = json.loads(json.dumps(file.tree, default=str))
    found = tree.get("entities") or ()
    return tuple(one for one in found if isinstance(one, dict))


def _known(entities: Iterable[Mapping[str, Any]]) -> Known:
    bodies: list[KnownBody] = []
    people: list[KnownPerson] = []
    issues: list[KnownIssue] = []
    propositions: list[KnownProposition] = []
    for entity in entities:
        kind, node = entity.get("type"), str(entity.get("id"))
        if kind in _BODIES:
            bodies.append(KnownBody(node, _names(entity, "label", "abbreviation", "altLabel")))
        elif kind == "Person":
            people.append(KnownPerson(node, _person_names(entity)))
        elif kind == "Issue":
            issues.append(KnownIssue(node, _wordings(entity)))
            for one in _listed(entity.get("propositions")):
                propositions.append(KnownProposition(str(one.get("id")), node, _wordings(one)))
    return Known(tuple(bodies), tuple(people), tuple(issues), tuple(propositions))


def _names(entity: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    """All words under some keys, in any language, each once."""
    found: dict[str, None] = {}
    for key in keys:
        for words in _by_language(entity.get(key)).values():
            found.update(dict.fromkeys(words))
    return tuple(found)


def _person_names(entity: Mapping[str, Any]) -> tuple[str, ...]:
    others = entity.get("otherNames") or ()
    others = [others] if isinstance(others, str) else others
    return tuple(dict.fromkeys(str(name) for name in (entity.get("name"), *others) if name))


def _wordings(entity: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key in ("label", "altLabel"):
        for language, words in _by_language(entity.get(key)).items():
            found[language] = found.get(language, ()) + words
    return found


def _by_language(words: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(words, Mapping):
        return {}
    return {
        str(language): tuple(map(str, text)) if isinstance(text, list) else (str(text),)
        for language, text in words.items()
    }


def _listed(value: object) -> list[Mapping[str, Any]]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, Mapping)]
