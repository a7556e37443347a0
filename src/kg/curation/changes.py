"""What a merge, a split, a rewording or a renaming of propositions makes of the data of a file.

A change is a function from the plain data of one file to new plain data; it holds for every file of
a folder, so that no reference is left behind. Files, texts and checks are no concern of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kg.coding.terms import term_of
from kg.coding.yamlfile import is_sequence
from kg.findings import Finding
from kg.names import mint

Data = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A change in words, and what it makes of the data of a file.

    `names` are old ids with the new ones, `findings` what to know before it is made.
    """

    what: str
    names: Mapping[str, str]
    rewrite: Callable[[Data], Data]
    findings: tuple[Finding, ...] = ()


def merge(keep: str, drop: Sequence[str], dropped: Sequence[Data]) -> Change:
    """Make one proposition of several: all that names one of `drop` names `keep`.

    Labels of those dropped stay as alternative labels, their links and topics go to `keep`.
    `dropped` are their nodes as they stand.
    """
    names = dict.fromkeys(drop, keep)

    def rewrite(data: Data) -> Data:
        new = deepcopy(data)
        for node in walk(new):
            if is_sequence(node.get("propositions")):
                stay = [one for one in node["propositions"] if not _is_one_of(one, drop)]
                _set(node, "propositions", stay)
        for node in _defined(new, keep):
            for one in dropped:
                _take_over(node, one)
        for node in walk(new):
            _rename_references(node, names)
        return new

    return Change(f"merge {keep} {' '.join(drop)}", names, rewrite)


def split(old: str, new: str, label: Mapping[str, str], positions: Collection[str]) -> Change:
    """Put a second proposition beside one, and move the positions with these ids to it.

    The arguments of a moved position that bear on the old proposition bear on the new one then.
    """

    def rewrite(data: Data) -> Data:
        changed = deepcopy(data)
        for node in walk(changed):
            propositions = node.get("propositions")
            if is_sequence(propositions) and any(_is_one_of(one, (old,)) for one in propositions):
                at = next(n for n, one in enumerate(propositions) if _is_one_of(one, (old,)))
                created = {"id": new, "type": "Proposition", "label": dict(label)}
                node["propositions"] = [*propositions[: at + 1], created, *propositions[at + 1 :]]
        for node in walk(changed):
            if node.get("id") in positions:
                _move(node, old, new)
        return changed

    return Change(f"split {old} --new {new}", {}, rewrite)


def reword(name: str, label: Mapping[str, str]) -> Change:
    """Give a proposition other labels; what they replace stays as an alternative label."""

    def rewrite(data: Data) -> Data:
        new = deepcopy(data)
        for node in _defined(new, name):
            before = dict(node.get("label", {}))
            node["label"] = {**before, **label}
            for language in label:
                _keep_wording(node, language, [before[language]] if language in before else [])
        return new

    return Change(f"reword {name}", {}, rewrite)


def rename(old: str, new: str) -> Change:
    """Give a proposition another id, wherever it is named."""

    def rewrite(data: Data) -> Data:
        changed = deepcopy(data)
        for node in _defined(changed, old):
            node["id"] = new
        for node in walk(changed):
            _rename_references(node, {old: new})
        return changed

    return Change(f"rename {old} {new}", {old: new}, rewrite)


def walk(value: Any) -> Iterator[Data]:
    """Every mapping of plain data, outer before inner."""
    if isinstance(value, dict):
        yield value
        for inner in list(value.values()):
            yield from walk(inner)
    elif is_sequence(value):
        for inner in value:
            yield from walk(inner)


def refers(key: str) -> bool:
    """Tell whether the values of a key are ids, as the JSON-LD context says.

    >>> refers("incompatibleWith"), refers("label")
    (True, False)
    """
    return term_of(key).coercion == "@id"


def _is_one_of(node: Any, names: Collection[str]) -> bool:
    return isinstance(node, dict) and node.get("id") in names


def _defined(data: Data, name: str) -> list[Data]:
    """The nodes of a file that define a proposition."""
    return [node for node in walk(data) if node.get("id") == name]


def _rename_references(node: Data, names: Mapping[str, str]) -> None:
    """Replace ids by others in all that a node refers to, also where they stand as whole IRIs.

    A list names nothing twice because of it, and no node comes to name itself.
    """
    whole = {**names, **{mint(old): mint(new) for old, new in names.items()}}
    for key in [key for key in node if refers(key)]:
        value = node[key]
        if isinstance(value, str):
            renamed = whole.get(value, value)
            _set(node, key, None if renamed != value and _itself(node, renamed) else renamed)
        elif is_sequence(value) and any(one in whole for one in value if isinstance(one, str)):
            _set(node, key, _renamed_members(node, value, whole))


def _renamed_members(node: Data, members: Sequence[Any], names: Mapping[str, str]) -> list[Any]:
    found: list[Any] = []
    untouched = [one for one in members if not (isinstance(one, str) and one in names)]
    for one in members:
        if one in untouched:
            found.append(one)
        elif (new := names[one]) not in untouched and new not in found and not _itself(node, new):
            found.append(new)
    return found


def _itself(node: Data, name: str) -> bool:
    return node.get("id") == name


def _set(node: Data, key: str, value: Any) -> None:
    """Set a key, or take it out where nothing is left."""
    if value is None or value == []:
        del node[key]
    else:
        node[key] = value


def _move(position: Data, old: str, new: str) -> None:
    if position.get("proposition") in {old, mint(old)}:
        position["proposition"] = new
    reasons = position.get("reasons")
    for reason in reasons if is_sequence(reasons) else [reasons]:
        if isinstance(reason, dict):
            _rename_references(reason, {old: new})


def _take_over(node: Data, dropped: Data) -> None:
    """Give a proposition what another, which it replaces, says beside its id and type."""
    for language, text in dropped.get("label", {}).items():
        _keep_wording(node, language, [text])
    for language, texts in dropped.get("altLabel", {}).items():
        _keep_wording(node, language, _listed(texts))
    for key in [key for key in dropped if refers(key)]:
        have = _listed(node.get(key))
        more = [one for one in _listed(dropped[key]) if one not in (*have, node["id"])]
        if more:
            node[key] = [*have, *more]
    note = {**dropped.get("note", {}), **node.get("note", {})}
    if note != node.get("note", {}):
        node["note"] = note


def _keep_wording(node: Data, language: str, texts: Iterable[str]) -> None:
    """Add alternative labels; none says again what the label of that language says (SKOS S13)."""
    labels = dict(node.get("altLabel", {}))
    have = _listed(labels.get(language))
    more = [text for text in texts if text not in have]
    kept = [text for text in [*have, *more] if text != node.get("label", {}).get(language)]
    if kept == have:
        return
    labels[language] = kept
    labels = {one: texts for one, texts in labels.items() if texts}
    if not labels:
        node.pop("altLabel", None)
    elif "altLabel" in node or "label" not in node:
        node["altLabel"] = labels
    else:
        _put_after(node, "label", "altLabel", labels)


def _put_after(node: Data, before: str, key: str, value: Any) -> None:
    items = list(node.items())
    node.clear()
    for name, one in items:
        node[name] = one
        if name == before:
            node[key] = value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if is_sequence(value) else [value]
