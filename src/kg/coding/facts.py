"""What others need of a meeting's file that had no error: its facts stand for it when it is kept.

A later build of the same words need not read the file again. What is kept in its place is little:
the nodes that it defines and those that it refers to, what it takes of the shipped registers, the
documents that its evidence was held to, and its numbers for the summary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.coding.evidence import Stated
from kg.coding.lending import Borrowed
from kg.coding.model import Meeting
from kg.coding.references import is_wrong, nodes, references
from kg.coding.yamlfile import YamlFile
from kg.source import Sources


@dataclass(frozen=True, order=True)
class Outline:
    """A meeting in numbers: day, id, participants, speech acts and positions in its entries."""

    date: str
    id: str
    participants: int
    speeches: int
    positions: int


@dataclass(frozen=True)
class Facts:
    """A meeting's file in short.

    `nodes` has for each id its type and line (of the first definition), `wanted` the ids that are
    referred to by the types that may stand there, `documents` the name and SHA-256 of each source
    that was looked at (None: none were given).
    """

    key: str
    outline: Outline
    checked: bool
    borrowed: Borrowed
    stated: Stated
    documents: Sequence[tuple[str, str]] | None
    nodes: Mapping[str, tuple[str, int]]
    wanted: Mapping[tuple[str, ...], Sequence[str]]

    def still_hold(self, sources: Sources | None) -> bool:
        """Tell whether the evidence of the file would be held to the same documents."""
        return self.documents == self.stated.documents(sources)


@dataclass(frozen=True)
class KeptFile:
    """A meeting's file that is as it was in an earlier build, and was not read again."""

    path: Path
    facts: Facts


def key_of(text: str) -> str:
    """What a file is known by: the SHA-256 of its text, as `YamlFile` has it."""
    return sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def key_at(path: Path) -> str | None:
    """The key of a file that is not read otherwise; None where it is no text that can be read."""
    try:
        return key_of(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None


def facts(
    file: YamlFile,
    meeting: Meeting,
    checked: bool,
    borrowed: Borrowed,
    stated: Stated,
    sources: Sources | None,
) -> Facts:
    """The facts of a file that was read, checked and given its ids."""
    known: dict[str, tuple[str, int]] = {}
    wanted: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in nodes(file):
        known.setdefault(one.id, (one.type, file.line(one.location)))
        for types, ids in references(one):
            wanted[types].update(ids)
    return Facts(
        key_of(file.text),
        _outline(meeting),
        checked,
        borrowed,
        stated,
        stated.documents(sources),
        known,
        {types: sorted(ids) for types, ids in sorted(wanted.items())},
    )


def _outline(meeting: Meeting) -> Outline:
    entries = [entry for item in meeting.items for entry in item.entries]
    return Outline(
        meeting.date.isoformat(),
        meeting.id,
        len(meeting.participants),
        sum(entry.speaker is not None for entry in entries),
        sum(len(entry.positions) for entry in entries),
    )


def concerned(
    kept: Mapping[int, KeptFile], read: Iterable[YamlFile], elsewhere: Collection[str]
) -> set[int]:
    """The numbers of the kept files that have to be read after all.

    Those are the files that define what another defines too, or refer to what is not there or is
    of another type: only a file that is read has lines and words for its findings. `elsewhere` is
    as for `kg.coding.references.check_references`.
    """
    types: dict[str, str] = {}
    for file in read:
        for one in nodes(file):
            types.setdefault(one.id, one.type)
    times = Counter(types.keys())
    for held in kept.values():
        times.update(held.facts.nodes.keys())
        types.update({name: kind for name, (kind, _) in held.facts.nodes.items()})
    twice = {name for name, count in times.items() if count > 1}
    return {
        number
        for number, one in kept.items()
        if not twice.isdisjoint(one.facts.nodes)
        or any(
            name not in elsewhere and is_wrong(name, kinds, types)
            for kinds, names in one.facts.wanted.items()
            for name in names
        )
    }


def to_json(one: Facts) -> dict[str, Any]:
    """Facts as JSON has them."""
    return {
        "key": one.key,
        "outline": list(vars(one.outline).values()),
        "checked": one.checked,
        "wants": sorted(one.borrowed.wanted),
        "has": sorted(one.borrowed.defined),
        "document": [one.stated.sha256, one.stated.file_name],
        "documents": one.documents if one.documents is None else list(map(list, one.documents)),
        "nodes": {name: list(pair) for name, pair in sorted(one.nodes.items())},
        "refers": [[list(types), list(names)] for types, names in one.wanted.items()],
    }


def from_json(data: Mapping[str, Any]) -> Facts:
    """The facts that `to_json` had; raises `ValueError`, `KeyError` or `TypeError` for others."""
    documents = data["documents"]
    return Facts(
        data["key"],
        Outline(*data["outline"]),
        data["checked"],
        Borrowed(frozenset(data["wants"]), frozenset(data["has"])),
        Stated(*data["document"]),
        documents if documents is None else [(name, digest) for name, digest in documents],
        {name: (kind, line) for name, (kind, line) in data["nodes"].items()},
        {tuple(types): names for types, names in data["refers"]},
    )
