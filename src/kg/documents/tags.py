"""HTML as tokens that know where they stand, after the rules of the HTML standard's tokenizer.

The standard library's parser gives line and column, but takes time that grows with the square of
the length on some broken pages, so that a short file could hold up the program; this one looks at
each character a fixed number of times. Tags that do not end take the rest of the page with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

# Quotes count after “=” alone, so that a lone one elsewhere does not take the page with it.
_TAG = re.compile(r"</?[a-zA-Z][^\s/>]*+(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+>")
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?+")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noframes", "noembed"})


@dataclass(frozen=True)
class Token:
    """Text (its `name` is empty) or a tag, and its range in the page."""

    page: str
    start: int
    end: int
    name: str = ""
    closes: bool = False

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """The attributes of a tag, names in small letters, values unescaped."""
        inside = self.page[self.start + 1 + len(self.name) : self.end - 1]
        return {
            found[1].lower(): unescape((found[2] or "").strip("\"'"))
            for found in reversed(list(_ATTRIBUTE.finditer(inside)))
        }


def tokens(page: str) -> Iterator[Token]:
    """The texts and tags of a page in order; comments and declarations are left out."""
    position = text = 0
    while (at := page.find("<", position)) >= 0:
        end, tag = _markup(page, at)
        if end < 0:
            position = at + 1  # a lone “<” is text
            continue
        if at > text:
            yield Token(page, text, at)
        if tag is not None:
            yield tag
            if not tag.closes and tag.name in _RAW:
                end = _raw_end(page, end, tag.name)
        position = text = end
    if text < len(page):
        yield Token(page, text, len(page))


def _markup(page: str, at: int) -> tuple[int, Token | None]:
    """Where the markup that begins here ends (-1: it is none), and the tag, if it is one."""
    following = page[at + 1 : at + 3]
    if page.startswith("<!--", at):
        end = page.find("-->", at + 2)
        return (len(page) if end < 0 else end + 3), None
    if following[:1] in {"!", "?"} or (following[:1] == "/" and not following[1:].isalpha()):
        end = page.find(">", at)
        return (len(page) if end < 0 else end + 1), None
    if not following.lstrip("/")[:1].isalpha() or not following.lstrip("/")[:1].isascii():
        return -1, None
    found = _TAG.match(page, at)
    if found is None:
        return len(page), None
    name = _NAME.match(page, at)
    assert name is not None
    return found.end(), Token(page, at, found.end(), name[1].lower(), following[0] == "/")


def _raw_end(page: str, start: int, name: str) -> int:
    """Where the end tag of an element without markup in it begins."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, start)
    return found.start() if found else len(page)
