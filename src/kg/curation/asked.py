"""What a user asks for, checked against the folder, as a `Change`.

Each function raises `UnknownName` or `InputError` where the folder does not allow the change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.coding.model import RESERVED_IDS
from kg.coding.references import Defined
from kg.coding.yamlfile import is_sequence, plain
from kg.curation import changes
from kg.curation.changes import Change
from kg.curation.folder import DataFolder
from kg.errors import InputError, UnknownName
from kg.findings import Finding, Severity, suggest
from kg.names import is_id, mint


def merge(folder: DataFolder, keep: str, drop: Sequence[str]) -> Change:
    """One proposition of several; rivals that are declared as such are no duplicates."""
    kept, dropped = folder.proposition(keep), [folder.proposition(name) for name in drop]
    if keep in drop or len(set(drop)) < len(drop):
        raise InputError("A proposition is named twice: name each once, the one that stays first")
    together = [kept, *dropped]
    for one in together:
        for rival in _listed(one.node.get("incompatibleWith")):
            if rival in {keep, *drop}:
                raise InputError(
                    f"{one.id} and {rival} are declared incompatible, so they are not the same: "
                    "take `incompatibleWith` out first if that is wrong"
                )
    change = changes.merge(keep, drop, [plain(one.node) for one in dropped])
    return replace(change, findings=tuple(sorted(_remarks(kept, dropped))))


def split(
    folder: DataFolder, old: str, new: str, label: Mapping[str, str], positions: Sequence[str]
) -> Change:
    """A second proposition beside one, with some of its positions."""
    folder.proposition(old)
    _check_new(folder, new)
    _check_label(label)
    known = [one.id for one in folder.defined.values() if one.type == "Position"]
    for name in positions:
        found = folder.defined.get(name)
        if found is None or found.type != "Position":
            raise UnknownName("position", name, suggest(name, known))
        if "id" not in _stated(folder, found):
            raise InputError(
                f"The position {name} has no id in {found.file.path} yet: "
                "let `kg validate --fix` write the ids first"
            )
        if found.node.get("proposition") not in {old, mint(old)}:
            raise InputError(
                f"The position {name} is about {found.node.get('proposition')}, not {old}: "
                "leave it out"
            )
    return changes.split(old, new, label, positions)


def reword(folder: DataFolder, name: str, label: Mapping[str, str]) -> Change:
    """Other labels for a proposition."""
    folder.proposition(name)
    _check_label(label)
    return changes.reword(name, label)


def rename(folder: DataFolder, old: str, new: str) -> Change:
    """Another id for a proposition."""
    folder.proposition(old)
    _check_new(folder, new)
    return changes.rename(old, new)


def _check_new(folder: DataFolder, name: str) -> None:
    if not is_id(name) or "#" in name or name in RESERVED_IDS:
        raise InputError(
            f"“{name}” cannot be the id of a proposition: use letters a–z, digits, hyphens and "
            "slashes, no spaces"
        )
    if name in folder.defined or name in folder.lent:
        raise InputError(f"The id {name} is taken already: choose another")


def _check_label(label: Mapping[str, str]) -> None:
    if not label:
        raise InputError("No wording is given: give one with the option of its language")
    for language, text in label.items():
        if not text.strip() or text != text.strip():
            raise InputError(f"The wording “{text}” ({language}) is empty or has spaces around it")


def _stated(folder: DataFolder, found: Defined) -> Mapping[str, object]:
    """A node as its file states it, without what is derived."""
    node: object = next(file for file in folder.files if file.path == found.file.path).yaml.tree
    for step in found.location:
        node = node[step]  # type: ignore[index]
    assert isinstance(node, Mapping)
    return node


def _remarks(kept: Defined, dropped: Sequence[Defined]) -> Iterator[Finding]:
    """What goes or changes its place with those that are merged into another."""
    notes = dict(kept.node.get("note", {}))
    issue = _issue(kept)
    for one in dropped:
        place = (one.file.path, one.file.line(one.location), Severity.INFO)
        for language, text in one.node.get("note", {}).items():
            if notes.setdefault(language, text) != text:
                yield Finding(*place, f"the note of {one.id} ({language}) goes: {kept.id} has one")
        if _issue(one) != issue:
            yield Finding(*place, f"what answered {_issue(one)} answers {issue} now: {one.id}")


def _issue(one: Defined) -> str:
    """The id of the issue that a proposition stands under."""
    node: object = one.file.tree
    name = ""
    for step in one.location[:-2]:
        node = node[step]  # type: ignore[index]
        if isinstance(node, Mapping):
            name = str(node.get("id", name))
    return name


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if is_sequence(value) else [value]
