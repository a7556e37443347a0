r"""The data of a coding as YAML text, laid out as the shipped codings are.

Lists are not indented, places and short texts stand on one line, long texts are folded blocks. A
file that somebody wrote is never laid out anew: `kg.coding.edit` changes it in its place.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from kg.coding.edit import written
from kg.coding.yamlfile import is_sequence

WIDTH = 100

# What may stand without quotes: words without the signs of YAML, and days and times.
_PLAIN = re.compile(r"[^\W\d_][\w .()/;%’–-]*(?<![ ])|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?")
_NO_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# Line ends of YAML 1.1 and signs that YAML does not let stand: they are written as escapes.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_UNFOLDABLE = re.compile("[^\\S ]|  |[\x7f-\x9f\u2028\u2029\ufeff]")


def yaml_text(data: Mapping[str, Any]) -> str:
    r"""Plain data, as JSON has it, as the text of a file.

    >>> print(yaml_text({"id": "m", "label": {"en": "One, two"}, "items": [{"id": "m/i1"}]}))
    id: m
    label: {en: 'One, two'}
    items:
    - id: m/i1
    <BLANKLINE>
    """
    return "\n".join([*_mapping(data, 0), ""])


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        yield from _pair(f"{' ' * indent}{_scalar(key)}:", value, indent)


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:
    line = f"{key} {_flow(value)}"
    if _stays_on_a_line(value, line):
        yield line
    elif isinstance(value, Mapping):
        yield key
        yield from _mapping(value, indent + 2)
    elif is_sequence(value):
        yield key
        for item in value:
            yield from _item(item, indent)
    elif isinstance(value, str) and not _UNFOLDABLE.search(value):
        yield f"{key} >-"
        yield from _folded(value, indent + 2)
    else:
        yield line


def _item(item: Any, indent: int) -> Iterator[str]:
    """A member of a list: the first line begins with a dash, the others stand below its text."""
    if isinstance(item, Mapping) and item:
        first, *rest = _mapping(item, indent + 2)
        yield f"{first[:indent]}- {first[indent + 2 :]}"
        yield from rest
    else:
        yield f"{' ' * indent}- {_flow(item)}"


def _stays_on_a_line(value: Any, line: str) -> bool:
    if isinstance(value, Mapping):
        if value.get("type") == "Passage":
            return not any(isinstance(inner, Mapping) for inner in value.values())
        simple = "id" not in value and not any(isinstance(v, Mapping) for v in value.values())
        return not value or (simple and len(line) <= WIDTH)
    if is_sequence(value):
        nodes = any(isinstance(inner, Mapping) for inner in value)
        return not value or (not nodes and len(line) <= WIDTH)
    return not isinstance(value, str) or len(line) <= WIDTH


def _folded(text: str, indent: int) -> Iterator[str]:
    lines = textwrap.wrap(
        text, max(WIDTH - indent, 20), break_long_words=False, break_on_hyphens=False
    )
    return (" " * indent + line for line in lines)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if is_sequence(value):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value) if isinstance(value, str) else written(value)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT and len(text) < WIDTH:
        return text
    if _UNFOLDABLE.search(text):
        quoted = json.dumps(text, ensure_ascii=False)
        return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)
    return written(text)
