"""The text of a coding as pieces: which lines say which node, so that each is changed by itself.

A piece is a member of a list of nodes (participants, items, entries, positions …) that stands on
lines of its own. All other lines are never touched.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from kg.coding.yamlfile import load_yaml, yaml_reader
from kg.drafting.marks import fingerprint, mark_of
from kg.errors import DataError
from kg.findings import Finding

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
LISTS = (
    "entities",
    "propositions",
    "participants",
    "items",
    "entries",
    "positions",
    "claims",
    "decisions",
    "actions",
)
"""The keys whose members are pieces."""

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Piece:
    """A node and its lines, from 0 and half open.

    `first` is the first line of the comment right above it, `start` that of its dash, `own` the end
    of what it says without the lists below it, `end` the end of all; `column` is that of its keys
    (None where they share a line); `key` is that of its mark, `untouched` tells that it stands as
    a draft wrote it (without the lists below it).
    """

    location: Location
    data: Mapping[str, Any]
    first: int
    start: int
    own: int
    end: int
    column: int | None
    key: str | None
    untouched: bool

    @property
    def kind(self) -> str:
        """The key of the list that it is a member of."""
        return str(self.location[-2])

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        name = self.data.get("id")
        return name if isinstance(name, str) else ""

    @property
    def span(self) -> tuple[int, int] | None:
        """The range of the document that it states."""
        at = self.data.get("at")
        start, end = (at.get("start"), at.get("end")) if isinstance(at, Mapping) else (None, None)
        return (start, end) if isinstance(start, int) and isinstance(end, int) else None


@dataclass(frozen=True)
class Place:
    """A list of nodes: the line of its key, the column of its dashes, the end of its last member.

    `column` is None where its members stand on no lines of their own.
    """

    line: int
    column: int | None
    end: int


@dataclass(frozen=True)
class Pieces:
    """A file's lines, each with its line end, and the pieces in the order of the file."""

    lines: tuple[str, ...]
    root: Mapping[str, Any]
    all: tuple[Piece, ...]
    lists: Mapping[Location, Place]

    @property
    def text(self) -> str:
        """The text of the file."""
        return "".join(self.lines)

    @property
    def line_end(self) -> str:
        """How the lines of the file end."""
        return "\r\n" if any(line.endswith("\r\n") for line in self.lines[:5]) else "\n"

    @cached_property
    def by_location(self) -> Mapping[Location, Piece]:
        """The pieces by where they stand in the data."""
        return {piece.location: piece for piece in self.all}

    def of(self, piece: Piece) -> tuple[str, ...]:
        """The lines of a piece, with the comment above it."""
        return self.lines[piece.first : piece.end]

    def below(self, location: Location) -> list[Piece]:
        """The pieces below a location, at any depth."""
        size = len(location)
        return [one for one in self.all if one.location[:size] == location != one.location]

    def members(self, location: Location) -> list[Piece]:
        """The members of the list at a location."""
        return [one for one in self.all if one.location[:-1] == location]

    def parent(self, piece: Piece, kind: str) -> Piece | None:
        """The piece of a kind that a piece stands below."""
        at = piece.location
        while len(at) > 2:
            at = at[:-2]
            if at[-2] == kind:
                return self.by_location.get(at)
        return None


def unreadable(paths: Iterable[Path]) -> DataError:
    """The error that says which of some files cannot be parsed, and where."""
    found = [load_yaml(path) for path in paths]
    return DataError(
        "A coding cannot be read: correct it first",
        [one for one in found if isinstance(one, Finding)],
    )


def pieces_of(text: str) -> Pieces:
    """The pieces of a text without byte order mark; raises `YAMLError` if it is no YAML."""
    root = yaml_reader().compose(text)
    return _Reader(text).read(root)


class _Reader:
    """Finds the lines of nodes in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = _split(text)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self._pieces: list[Piece] = []
        self._lists: dict[Location, Place] = {}

    def read(self, root: Node | None) -> Pieces:
        data = data_of(root) if root is not None else {}
        if isinstance(root, MappingNode):
            self._mapping(root, ())
        self._pieces.sort(key=lambda piece: piece.start)
        whole = data if isinstance(data, dict) else {}
        return Pieces(tuple(self._lines), whole, tuple(self._pieces), self._lists)

    def _mapping(self, node: MappingNode, location: Location) -> None:
        for key, value in node.value:
            if isinstance(value, SequenceNode) and key.value in LISTS:
                self._list(key, value, (*location, key.value))

    def _list(self, key: Node, node: SequenceNode, location: Location) -> None:
        column = None if node.flow_style or not node.value else int(node.start_mark.column)
        for index, member in enumerate(node.value):
            if isinstance(member, MappingNode):
                if column is not None:
                    self._pieces.append(self._piece(member, (*location, index)))
                self._mapping(member, (*location, index))
        end = self._line(self._end(node) - 1) + 1
        self._lists[location] = Place(int(key.start_mark.line), column, end)

    def _piece(self, node: MappingNode, location: Location) -> Piece:
        start = int(node.start_mark.line)
        first = start
        while first and self._comment(first - 1):
            first -= 1
        end = self._line(self._end(node) - 1) + 1
        own = self._own(node, end)
        mark = mark_of(self._lines[start])
        print_ = fingerprint(self._lines[first:own])
        return Piece(
            location,
            data_of(node),
            first,
            start,
            own,
            end,
            None if node.flow_style else int(node.start_mark.column),
            mark[0] if mark else None,
            mark is not None and mark[1] == print_ and self._only_lists(node, own),
        )

    def _own(self, node: MappingNode, end: int) -> int:
        """The line where the lists below a node begin."""
        keys = [
            int(key.start_mark.line)
            for key, value in node.value
            if key.value in LISTS and isinstance(value, SequenceNode)
        ]
        return min([end, *keys])

    def _only_lists(self, node: MappingNode, own: int) -> bool:
        """Tell whether nothing but lists of nodes stands after the node's own lines."""
        return all(key.value in LISTS or int(key.start_mark.line) < own for key, _ in node.value)

    def _comment(self, line: int) -> bool:
        return self._lines[line].lstrip(" \t").startswith("#")

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _end(self, node: Node) -> int:
        """Where the text of a value ends, without the comments and blank lines after it."""
        if isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = int(node.end_mark.index)
        if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
            while self._text[end - 1].isspace():
                end -= 1
        return max(end, int(node.start_mark.index) + 1)


def _split(text: str) -> list[str]:
    """The lines of a text as YAML counts them, with their ends."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [lines[-1]] * bool(lines[-1])


_INT, _BOOL, _NULL = (f"tag:yaml.org,2002:{name}" for name in ("int", "bool", "null"))


def data_of(node: Node) -> Any:
    """What a node says, as plain data."""
    if isinstance(node, MappingNode):
        return {str(key.value): data_of(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [data_of(one) for one in node.value]
    if node.tag == _INT and node.value.lstrip("+-").isdecimal():
        return int(node.value)
    if node.tag == _BOOL:
        return node.value.lower() == "true"
    # The parser marks with \a where a folded text was folded.
    return None if node.tag == _NULL else str(node.value).replace("\a", "")


def without(pieces: Pieces, piece: Piece) -> str:
    """The text without a piece and the comment above it, and without a list that is empty then."""
    gone = set(range(piece.first, piece.end))
    kept = list(pieces.lines)
    location = piece.location[:-1]
    place = pieces.lists[location]
    if len(pieces.members(location)) == 1:
        line, kind = kept[place.line], str(location[-1])
        if line.strip() == f"{kind}:":
            gone.add(place.line)
        else:
            kept[place.line] = line.replace(f"{kind}:", f"{kind}: []", 1)
    return "".join(line for number, line in enumerate(kept) if number not in gone)
