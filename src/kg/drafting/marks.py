"""Marks of proposals: how a later draft knows what no person has touched.

Behind the id of what a draft proposes stands a comment, ``# draft KEY-PRINT``. The key says what
was proposed on which evidence, the print is a hash of the lines that say it: as long as they are as
the draft wrote them, a later draft may replace them. Whatever a person changes is the person's.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from hashlib import sha256

WIDTH = 100

_MARK = re.compile(r"[ \t]*# draft (?P<key>[0-9a-f]{8})-(?P<print>[0-9a-f]{8})[ \t]*(?=[\r\n]|\Z)")
# `kg validate --fix` numbers the entries: that changes nothing of what is proposed.
_NUMBERING = re.compile(r"\s*sequence: \d+\s*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def key_of(*parts: object) -> str:
    """A short name for what is proposed, the same for the same parts.

    >>> key_of("position", 10, 90, "SM") == key_of("position", 10, 90, "SM")
    True
    """
    return _short("\x1f".join(map(str, parts)))


def fingerprint(lines: Iterable[str]) -> str:
    """A hash of lines, whatever their line ends, marks and numbers of order."""
    bare = (without_mark(line).rstrip("\r\n") for line in lines)
    return _short("\n".join(line for line in bare if not _NUMBERING.fullmatch(line)))


def marked(lines: Sequence[str], at: int, key: str) -> list[str]:
    """Lines with a mark on one of them."""
    mark = f"  # draft {key}-{fingerprint(lines)}"
    return [*lines[:at], lines[at] + mark, *lines[at + 1 :]]


def mark_of(line: str) -> tuple[str, str] | None:
    """Key and print of the mark that a line bears."""
    found = _MARK.search(line)
    return (found["key"], found["print"]) if found else None


def without_mark(line: str) -> str:
    r"""A line without its mark.

    >>> without_mark("- id: m/s01  # draft 0a1b2c3d-4e5f6a7b\n")
    '- id: m/s01\n'
    """
    return _MARK.sub("", line)


def comment_lines(text: str, indent: int, hanging: str = "") -> list[str]:
    """A text as lines of comment, wrapped; those after the first begin with `hanging`."""
    clean = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    start = " " * indent + "# "
    return textwrap.wrap(
        clean,
        max(WIDTH, indent + 40),
        initial_indent=start,
        subsequent_indent=start + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
