"""What the shipped registers lend to a folder of one's own: no more than it refers to.

A team that codes other meetings gets the ministry that it names, not the people and issues of the
shipped meeting; and what it defines itself is its own, also under an id that the registers know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedMap

from kg.coding.identify import walk
from kg.coding.yamlfile import is_sequence


@dataclass(frozen=True)
class Borrowed:
    """What a file of one's own has to do with the registers.

    `wanted` are the ids of theirs that words of it may mean, `defined` those that it defines.
    """

    wanted: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()


def ids_of(registers: Iterable[CommentedMap]) -> frozenset[str]:
    """Every id that the trees of registers define."""
    return frozenset(name for tree in registers for name in _ids(tree))


def borrowed(tree: CommentedMap, ids: Collection[str]) -> Borrowed:
    """What a file's tree, before ids are added to it, has to do with registers of these ids."""
    return Borrowed(
        frozenset(word for word in _words(tree) if word in ids),
        frozenset(name for name in _ids(tree) if name in ids),
    )


def lend(registers: Sequence[CommentedMap], own: Iterable[Borrowed]) -> None:
    """Take out of the trees of `registers`, in place, every entity that is not needed.

    Needed is what files of one's own name and do not define, and what that names in turn.
    """
    trees = [tree for tree in registers if is_sequence(tree.get("entities"))]
    mine = list(own)
    defined = {name for one in mine for name in one.defined}
    wanted = {word for one in mine for word in one.wanted} - defined
    entities = [one for tree in trees for one in tree["entities"]]
    needed: set[int] = set()
    while more := [one for one in entities if id(one) not in needed and wanted & set(_ids(one))]:
        needed |= {id(one) for one in more}
        wanted |= {word for one in more for word in _words(one)} - defined
    for tree in trees:
        tree["entities"][:] = [
            one for one in tree["entities"] if id(one) in needed and not defined & set(_ids(one))
        ]


def _ids(tree: Any) -> Iterator[str]:
    return (node["id"] for node in walk(tree) if isinstance(node.get("id"), str))


def _words(node: Any) -> Iterator[str]:
    """Every text value but ids: among them are all references."""
    for mapping in walk(node):
        for key, value in mapping.items():
            if key != "id":
                yield from (
                    one
                    for one in (value if is_sequence(value) else [value])
                    if isinstance(one, str)
                )
