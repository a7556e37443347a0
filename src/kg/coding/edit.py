"""Changes of a YAML file as edits of its text, so that all else stays as its writer left it.

A YAML library that writes a tree wraps lines, moves comments and indents anew. Here keys are put in
and values changed at the places that the parser reports, and no other sign is touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from kg.coding.yamlfile import is_sequence, plain, yaml_reader

_BARE = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def edited(text: str, old: Any, new: Any) -> str:
    r"""The text of a file that says `old`, changed as little as needed to say `new`.

    >>> print(edited("a: {b: 1}  # why\n", {"a": {"b": 1}}, {"a": {"b": 1, "c": "x"}, "d": 2}))
    a: {b: 1, c: x}  # why
    d: 2
    <BLANKLINE>
    """
    edits = _Edits(text)
    edits.compare(yaml_reader().compose(text), old, new)
    return edits.apply()


@dataclass
class _Edits:
    """Replacements in a text, collected in the order in which those at one place belong."""

    text: str
    found: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def line_end(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def apply(self) -> str:
        pieces, position = [], 0
        for start, end, replacement in sorted(self.found, key=lambda edit: edit[0]):
            pieces += [self.text[position:start], replacement]
            position = end
        return "".join([*pieces, self.text[position:]])

    def compare(self, node: Node, old: Any, new: Any) -> None:
        if plain(new) == old:
            return
        if isinstance(node, MappingNode) and node.value and old.keys() <= new.keys():
            self._mapping(node, old, new)
        elif isinstance(node, SequenceNode) and is_sequence(new) and len(old) == len(new):
            for inner, before, after in zip(node.value, old, new, strict=True):
                self.compare(inner, before, after)
        else:
            start = node.start_mark.index
            space = "" if self.text[start - 1 : start].isspace() else " "
            self.found.append((start, self._end(node), space + written(new)))

    def _mapping(self, node: MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        pairs = {key.value: (key, value) for key, value in node.value}
        previous: Node | None = None
        for key, value in new.items():
            if key in pairs:
                self.compare(pairs[key][1], old[key], value)
                previous = pairs[key][1]
            else:
                self._insert(node, previous, f"{written(key)}: {written(value)}")

    def _insert(self, node: MappingNode, previous: Node | None, pair: str) -> None:
        """Put a pair behind the value `previous`, or at the beginning of a mapping."""
        first = node.value[0][0].start_mark
        if node.flow_style:
            position = first.index if previous is None else self._end(previous)
            text = f"{pair}, " if previous is None else f", {pair}"
        else:
            indent = self.line_end + " " * first.column
            position = first.index if previous is None else self._line_end(self._end(previous))
            text = pair + indent if previous is None else indent + pair
        self.found.append((position, position, text))

    def _end(self, node: Node) -> int:
        """Where the text of a value ends, without the comments and blank lines after it."""
        if isinstance(node, ScalarNode):
            folded = node.style in {"|", ">"}
            return self._block_end(node) if folded else int(node.end_mark.index)
        if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _block_end(self, node: ScalarNode) -> int:
        end = int(node.end_mark.index)
        while self.text[end - 1].isspace():
            end -= 1
        return end

    def _line_end(self, position: int) -> int:
        """The end of a line: a comment there belongs to what stands before it."""
        end = self.text.find("\n", position)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end


def written(value: Any) -> str:
    """A value as YAML on one line.

    >>> written({"id": "m/memo#char=1,2", "start": 1, "present": True})
    "{id: 'm/memo#char=1,2', start: 1, present: true}"
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = str(value)
    bare = _BARE.fullmatch(text) and text.lower() not in _NOT_TEXT
    return text if bare else "'" + text.replace("'", "''") + "'"
