"""Any change of a file's data as edits of its YAML text that leave every other sign as it was.

`kg.coding.edit` adds keys and changes values. Here members of lists and keys also go and come, each
with its own lines or its own stretch of a line. Comments stay: those inside what goes are kept as
lines in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from kg.coding.edit import written
from kg.coding.writing import yaml_text
from kg.coding.yamlfile import is_sequence, plain, yaml_reader

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_DASH = re.compile(r"^[ \t]*-(?=\s)", re.MULTILINE)
_BLOCK = ("|", ">")


@dataclass(frozen=True, order=True)
class Edit:
    """What stands from `start` to `end` of a text becomes `text`."""

    start: int
    end: int
    text: str


def exact_edits(text: str, old: Any, new: Any) -> tuple[Edit, ...]:
    """The edits, in order, that make a text which says `old` say `new`; both are plain data."""
    edits = _Edits(text)
    edits.compare(yaml_reader().compose(text), old, new)
    return tuple(sorted(edits.found))


def applied(text: str, edits: Sequence[Edit]) -> str:
    r"""The text with its edits, which are in order and do not overlap.

    >>> text = "a: [b, c]  # why\nd: e\n"
    >>> print(applied(text, exact_edits(text, {"a": ["b", "c"], "d": "e"}, {"a": ["c"]})), end="")
    a: [c]  # why
    """
    pieces, position = [], 0
    for edit in edits:
        pieces += [text[position : edit.start], edit.text]
        position = max(position, edit.end)
    return "".join([*pieces, text[position:]])


def says(text: str, data: object) -> bool:
    """Tell whether a text reads as this data."""
    try:
        return bool(plain(yaml_reader().load(text)) == data)
    except YAMLError:
        return False


@dataclass
class _Edits:
    """The edits of one text, collected while its nodes are compared with what they are to say."""

    text: str
    found: list[Edit] = field(default_factory=list)

    @property
    def line_break(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def compare(self, node: Node, old: Any, new: Any, flow: bool = False) -> None:
        if old == new and type(old) is type(new):
            return
        flow = flow or bool(getattr(node, "flow_style", False))
        if isinstance(node, MappingNode) and isinstance(new, Mapping) and old.keys() & new.keys():
            self._mapping(node, old, new, flow)
        elif isinstance(node, SequenceNode) and is_sequence(new) and old and new:
            self._sequence(node, old, new, flow)
        else:
            self._replace(node, new, flow)

    def _replace(self, node: Node, new: Any, flow: bool) -> None:
        start, end = node.start_mark.index, self.end(node)
        space = "" if self.text[start - 1 : start].isspace() or flow else " "
        text = _in_flow(new)
        if isinstance(node, ScalarNode) and isinstance(new, str):
            quoted = _QUOTED.get(str(node.style))
            text = quoted(new) if quoted else _scalar(new, flow)
            header = self.text[start : self.line_end(start)]
            if node.style in _BLOCK and "#" in header:
                text += "  " + header[header.index("#") :]
        elif not flow and (comments := self._comments(start, end, (node,))):
            self._put_lines(end, self.line_break.join(comments))
        self.found.append(Edit(start, end, space + text))

    def _mapping(self, node: MappingNode, old: Any, new: Any, flow: bool) -> None:
        pairs = {key.value: (key, value) for key, value in node.value}
        previous: Node | None = None
        for key, value in new.items():
            if key in pairs:
                self.compare(pairs[key][1], old[key], value, flow)
                previous = pairs[key][1]
            else:
                self._add_pair(node, previous, key, value, flow)
        gone = {at for at, key in enumerate(pairs) if key not in new}
        if flow:
            self._drop_in_flow([(key, value) for key, value in node.value], gone)
        elif gone:
            self._drop_pairs(node, gone)

    def _add_pair(
        self, node: MappingNode, previous: Node | None, key: str, value: Any, flow: bool
    ) -> None:
        first = node.value[0][0].start_mark
        if flow:
            pair = f"{written(key)}: {_in_flow(value)}"
            place = first.index if previous is None else self.end(previous)
            self.found.append(Edit(place, place, f"{pair}, " if previous is None else f", {pair}"))
            return
        lines = self._indented(yaml_text({key: value}), first.column)
        line = self._line_start(first.index)
        if previous is not None:
            self._put_lines(self.end(previous), lines)
        elif self.text[line : first.index].strip():  # on the line of a list's dash
            after = self.line_break + " " * first.column
            self.found.append(Edit(first.index, first.index, lines.lstrip(" ") + after))
        else:
            self.found.append(Edit(line, line, lines + self.line_break))

    def _put_lines(self, end: int, lines: str) -> None:
        """Put lines below the line on which something ends."""
        place = self._next_line(end)
        if self.text[place - 1] == "\n":
            self.found.append(Edit(place, place, lines + self.line_break))
        else:  # the last line has no end
            self.found.append(Edit(place, place, self.line_break + lines))

    def _drop_pairs(self, node: MappingNode, gone: set[int]) -> None:
        first = node.value[0][0].start_mark
        beside = 0  # how many go from the line of a list's dash on: what follows moves up to it
        if self.text[self._line_start(first.index) : first.index].strip():
            beside = next(at for at in range(len(node.value)) if at not in gone)
        if beside:
            stop = node.value[beside][0].start_mark.index
            pairs = [one for pair in node.value[:beside] for one in pair]
            after = self.line_break + " " * first.column
            comments = self._comments(first.index, stop, pairs)
            self.found.append(Edit(first.index, stop, "".join(one + after for one in comments)))
        for at in gone - set(range(beside)):
            key, value = node.value[at]
            self._drop_lines(self._line_start(key.start_mark.index), self.end(value), (key, value))

    def _sequence(self, node: SequenceNode, old: Any, new: Any, flow: bool) -> None:
        found = _aligned(old, new)
        for at, to in found.pairs:
            self.compare(node.value[at], old[at], new[to], flow)
        for after, members in found.added:
            add = self._add_in_flow if flow else self._add_lines
            add(node, after, [new[to] for to in members])
        if flow:
            self._drop_in_flow([(one, one) for one in node.value], found.gone)
        else:
            for at in found.gone:
                self._drop_lines(self._dash(node, at), self.end(node.value[at]), (node.value[at],))

    def _add_in_flow(self, node: SequenceNode, after: int, new: Sequence[Any]) -> None:
        """Put members behind the first `after` of a list, or in front."""
        text = ", ".join(map(_in_flow, new))
        place = self.end(node.value[after - 1]) if after else node.value[0].start_mark.index
        self.found.append(Edit(place, place, f", {text}" if after else f"{text}, "))

    def _add_lines(self, node: SequenceNode, after: int, new: Sequence[Any]) -> None:
        """Put members on lines of their own behind the first `after` of a list, or in front."""
        laid_out = "".join(
            yaml_text({"": [one]}).partition("\n")[2]
            if isinstance(one, Mapping)
            else f"- {_scalar(one, False) if isinstance(one, str) else _in_flow(one)}\n"
            for one in new
        )
        lines = self._indented(laid_out, node.start_mark.column)
        if after:
            self._put_lines(self.end(node.value[after - 1]), lines)
        else:
            place = self._dash(node, 0)
            self.found.append(Edit(place, place, lines + self.line_break))

    def _drop_in_flow(self, members: list[tuple[Node, Node]], gone: set[int]) -> None:
        """Take out members with the comma before them or, before the first that stays, after."""
        kept = [at for at in range(len(members)) if at not in gone]
        for at in sorted(gone):
            if kept and kept[0] < at:
                start, end = self.end(members[at - 1][1]), self.end(members[at][1])
            else:
                start = members[at][0].start_mark.index
                more = at + 1 < len(members)
                end = members[at + 1][0].start_mark.index if more else self.end(members[at][1])
            comments = self._comments(start, end, members[at])
            self.found.append(Edit(start, end, self._as_lines(comments, 1)))

    def _drop_lines(self, start: int, end: int, nodes: Sequence[Node]) -> None:
        """Take out whole lines; their comments stay, in the column of the first of them."""
        stop = self.line_end(end)
        column = len(self.text[start:stop]) - len(self.text[start:stop].lstrip(" "))
        comments = self._comments(start, stop, nodes)
        self.found.append(Edit(start, self._next_line(end), self._as_lines(comments, column)))

    def _as_lines(self, comments: Sequence[str], column: int) -> str:
        return "".join(f"{' ' * column}{one}{self.line_break}" for one in comments)

    def _comments(self, start: int, end: int, nodes: Sequence[Node]) -> list[str]:
        """The comments between two places, which are those outside all scalars."""
        found, position = [], start
        for first, last in sorted({span for node in nodes for span in self._spans(node)}):
            found += _COMMENT.findall(self.text[position:first])
            position = max(position, last)
        return found + _COMMENT.findall(self.text[min(position, end) : end])

    def _spans(self, node: Node) -> Iterator[tuple[int, int]]:
        if isinstance(node, ScalarNode):
            yield node.start_mark.index, self.end(node)
        elif isinstance(node, CollectionNode):
            for member in node.value:
                for inner in member if isinstance(member, tuple) else (member,):
                    yield from self._spans(inner)

    def _dash(self, node: SequenceNode, at: int) -> int:
        """The start of the line on which the dash of a member stands."""
        if at == 0:
            return self._line_start(node.start_mark.index)
        position = self.line_end(self.end(node.value[at - 1]))
        found = _DASH.search(self.text, position, node.value[at].start_mark.index)
        return found.start() if found else node.value[at].start_mark.index

    def end(self, node: Node) -> int:
        """Where the text of a value ends, without the comments and blank lines after it."""
        if isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        end = int(node.end_mark.index)
        if isinstance(node, ScalarNode) and node.style in _BLOCK:
            while self.text[end - 1].isspace():
                end -= 1
        return end

    def line_end(self, position: int) -> int:
        """The end of a line, before its line break: a comment there belongs to what is before."""
        end = self.text.find("\n", position)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _next_line(self, position: int) -> int:
        found = self.text.find("\n", position)
        return len(self.text) if found < 0 else found + 1

    def _line_start(self, position: int) -> int:
        return self.text.rfind("\n", 0, position) + 1

    def _indented(self, lines: str, column: int) -> str:
        return self.line_break.join(" " * column + line for line in lines.splitlines())


@dataclass(frozen=True)
class _Aligned:
    """Which member becomes which, which go, and which come behind the first so many."""

    pairs: list[tuple[int, int]]
    gone: set[int]
    added: list[tuple[int, range]]


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> _Aligned:
    """Lists of one length member by member; in others, nodes are known by their ids."""
    if len(old) == len(new):
        return _Aligned([(at, at) for at in range(len(old))], set(), [])
    found = _Aligned([], set(), [])
    matcher = SequenceMatcher(None, [_key(one) for one in old], [_key(one) for one in new], False)
    for _, a, b, c, d in matcher.get_opcodes():
        both = min(b - a, d - c)
        found.pairs.extend((a + at, c + at) for at in range(both))
        found.gone.update(range(a + both, b))
        if c + both < d:
            found.added.append((a + both, range(c + both, d)))
    return found


def _key(member: Any) -> str:
    named = isinstance(member, Mapping) and isinstance(member.get("id"), str)
    return str(member["id"]) if named else json.dumps(member, sort_keys=True)


def _scalar(text: str, flow: bool) -> str:
    """A text as YAML on one line, without quotes where they would only stand in the way."""
    quoted = _doubly_quoted(text) if "\n" in text else written(text)
    place = f"[{text}]" if flow else f"k: {text}"
    said = [text] if flow else {"k": text}
    # Single words may mean yes, no or nothing to other readers.
    words = " " in text or "://" in text
    return text if words and text[:1].isalpha() and says(place, said) else quoted


def _doubly_quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _singly_quoted(text: str) -> str:
    return _doubly_quoted(text) if "\n" in text else "'" + text.replace("'", "''") + "'"


# A value that was quoted stays quoted in the same way.
_QUOTED: Mapping[str, Callable[[str], str]] = {"'": _singly_quoted, '"': _doubly_quoted}


def _in_flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(k)}: {_in_flow(v)}" for k, v in value.items()) + "}"
    if is_sequence(value):
        return "[" + ", ".join(map(_in_flow, value)) + "]"
    return _scalar(value, True) if isinstance(value, str) else written(value)
