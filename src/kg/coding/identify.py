"""Ids, types and order: what a writer may leave out and the tool adds, always in the same way.

The id of a node is its parent's id, a letter for its kind and the next free number there;
an id that a file states is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap

from kg.coding.yamlfile import is_sequence
from kg.names import CONTEXT, is_id, passage_id

# key of the list → (type, letter of its ids; None: ids are the writer's to choose)
_LISTS: Mapping[str, tuple[str, str | None]] = {
    "participants": ("Participation", "pt"),
    "items": ("AgendaItem", "i"),
    "entries": ("SpeechAct", "s"),
    "positions": ("Position", "p"),
    "claims": ("AlignmentClaim", "c"),
    "reports": ("Report", "f"),
    "decisions": ("Decision", "d"),
    "actions": ("ActionItem", "t"),
    "reasons": ("Argument", "a"),
    "dates": ("ImpreciseDate", "when"),
    "figures": ("Figure", "n"),
    "repairs": ("Repair", "r"),
    "propositions": ("Proposition", None),
}
# key of the one node → (type, its id with that of its parent)
_SINGLE: Mapping[str, tuple[str, str]] = {
    "document": ("SourceDocument", "{parent}/memo"),
    # The coding is the meeting's named graph: its provenance describes that graph itself.
    "coding": ("Coding", "graph/{parent}"),
    "deadline": ("ImpreciseDate", "{parent}/deadline"),
}
# What a writer means by leaving it out; written down so that the context alone makes the RDF.
# They go after the key that they belong with.
_DEFAULTS: Mapping[str, tuple[str, Mapping[str, str | bool]]] = {
    "Position": ("stance", {"status": "accepted", "confidence": "high"}),
    "Participation": ("role", {"present": True}),
}


def identify(tree: CommentedMap) -> None:
    """Add missing `id`, `type`, `sequence` and defaults to the tree of a file, in place.

    Entries are numbered through the whole meeting, so their ids hang on the meeting.
    """
    _add(tree, "@context", CONTEXT, 0)
    taken = {node["id"] for node in walk(tree) if isinstance(node.get("id"), str)}
    if "items" in tree:
        _add(tree, "type", "Meeting", 2)
        _number(tree)
    for place in walk(tree):
        _complete_place(place.get("at"))
    roots = _maps(tree["entities"]) if "entities" in tree else [tree]
    for root in roots:
        name = root.get("id")
        if isinstance(name, str):
            _identify_below(root, name, name, taken)


def _identify_below(node: CommentedMap, parent: str, root: str, taken: set[str]) -> None:
    for key in list(node):
        if key in _SINGLE and isinstance(node[key], CommentedMap):
            kind, pattern = _SINGLE[key]
            _identify(node[key], kind, pattern.format(parent=parent), root, taken)
        elif key in _LISTS:
            kind, letter = _LISTS[key]
            for child in _maps(node[key]):
                kind_here = "Entry" if key == "entries" and "speaker" not in child else kind
                wanted = _new_id(key, letter, child, parent, root, taken) if letter else None
                _identify(child, kind_here, wanted, root, taken)


def _identify(
    node: CommentedMap, kind: str, wanted: str | None, root: str, taken: set[str]
) -> None:
    if wanted:
        _add(node, "id", wanted, 0)
    name = node.get("id")
    if not isinstance(name, str):
        return
    taken.add(name)
    _add(node, "type", kind, 1)
    after, defaults = _DEFAULTS.get(kind, ("", {}))
    for key, value in defaults.items():
        _add(node, key, value, list(node).index(after) + 1 if after in node else len(node))
    _identify_below(node, name, root, taken)


def _new_id(
    key: str, letter: str, child: CommentedMap, parent: str, root: str, taken: set[str]
) -> str:
    """The id that a node without one gets: after its number in the minutes, else the next free."""
    number, name = 1, "{parent}/{letter}{number}"
    if key == "items" and isinstance(child.get("number"), str):
        stated = f"{root}/{letter}{child['number']}"
        if is_id(stated) and stated not in taken:
            return stated
    if key == "entries" and isinstance(child.get("sequence"), int):
        # An entry put between others keeps their ids, and takes the next that is free.
        number, name = child["sequence"], "{root}/{letter}{number:02}"
    while (candidate := _named(name, parent, root, letter, number)) in taken:
        number += 1
    return candidate


def _named(pattern: str, parent: str, root: str, letter: str, number: int) -> str:
    return pattern.format(parent=parent, root=root, letter=letter, number=number)


def _number(tree: CommentedMap) -> None:
    """Number the entries through the meeting where any number is missing."""
    items = _maps(tree["items"])
    entries = [entry for item in items for entry in _maps(item.get("entries"))]
    if all("sequence" in entry for entry in entries):
        return
    for number, entry in enumerate(entries, start=1):
        if "sequence" in entry:
            entry["sequence"] = number
        else:
            _add(entry, "sequence", number, 2 if "id" in entry and "type" in entry else 0)


def _complete_place(place: Any) -> None:
    """Give a place that states its range its id and type."""
    if not isinstance(place, CommentedMap):
        return
    document, start, end = (place.get(key) for key in ("of", "start", "end"))
    if isinstance(document, str) and isinstance(start, int) and isinstance(end, int):
        _add(place, "id", passage_id(document, start, end), 0)
        _add(place, "type", "Passage", 1)


def _add(node: CommentedMap, key: str, value: str | int, position: int) -> None:
    if key not in node:
        node.insert(min(position, len(node)), key, value)


def _maps(value: Any) -> list[CommentedMap]:
    candidates = value if is_sequence(value) else [value]
    return [candidate for candidate in candidates if isinstance(candidate, CommentedMap)]


def walk(node: Any) -> Iterator[CommentedMap]:
    """Every mapping of a tree, outer before inner, in the order of the file."""
    if isinstance(node, CommentedMap):
        yield node
        for value in list(node.values()):
            yield from walk(value)
    elif is_sequence(node):
        for value in node:
            yield from walk(value)
