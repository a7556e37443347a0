"""XML as text, for GraphML and GEXF: nothing that a label holds can break out or be refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
# What XML 1.0 cannot hold, not even as a reference (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
# Spaces of attributes are made one kind by the reader unless they are written as references.
_IN_TEXT = str.maketrans(_TEXT)
_IN_ATTRIBUTE = str.maketrans(_TEXT | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def tag(name: str, attributes: Mapping[str, object], content: str | None = None) -> str:
    """An element on one line: empty, or with a text that is escaped here.

    >>> tag("data", {"key": "a"}, "1 < 2"), tag("node", {"label": 'the "x"'})
    ('<data key="a">1 &lt; 2</data>', '<node label="the &quot;x&quot;"/>')
    """
    if content is None:
        return f"<{name}{_written(attributes)}/>"
    return f"<{name}{_written(attributes)}>{_allowed(content).translate(_IN_TEXT)}</{name}>"


def block(name: str, attributes: Mapping[str, object], inside: Iterable[str]) -> list[str]:
    """An element as lines, with lines of XML inside it, indented; without any, it is empty."""
    within = [f"  {line}" for line in inside]
    if not within:
        return [tag(name, attributes)]
    return [f"<{name}{_written(attributes)}>", *within, f"</{name}>"]


def _written(attributes: Mapping[str, object]) -> str:
    return "".join(
        f' {name}="{_allowed(str(value)).translate(_IN_ATTRIBUTE)}"'
        for name, value in attributes.items()
    )


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
