"""The repairs that stand for markup: what of a source is not seen, and what is seen in its place.

The readers of Markdown and HTML drop marks, tags and hidden text, and put the characters that
entities and list marks stand for. All of it is told from where a document's blocks come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.documents.blocks import Block, Change, Repair

_ENTITY = re.compile(r"&[#\w]{1,40};?|<[^<>]{0,2000}>|\\?.", re.DOTALL)


def markup_repairs(source: str, blocks: Sequence[Block], repairs: Sequence[Repair]) -> list[Repair]:
    """The repairs that are missing: of what the readers put, and of what they left out."""
    known = {repair.start for repair in repairs}
    covered = [(repair.start, repair.end) for repair in repairs]
    found: list[Repair] = []
    for offset, text in _stretches(blocks):
        if source.startswith(text, offset):
            covered.append((offset, offset + len(text)))
            continue
        for place, sign in _placed(source, offset, text):
            if len(sign) == 1 and source[place] == sign:
                covered.append((place, place + 1))
            elif place not in known:
                found.append(_put(source, place, sign))
                covered.append((place, found[-1].end))
    return found + list(_left_out(source, covered))


def _stretches(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Where the text of blocks comes from; what stands for one place is one stretch."""
    for block in blocks:
        held, place = "", -1
        for (position, offset), (after, _) in pairwise([*block.traced.runs, (len(block.text), -1)]):
            text = block.text[position:after]
            if offset == place and len(held) > 0:
                held += text
                continue
            if held:
                yield place, held
            held, place = text, offset
        if held:
            yield place, held


def _placed(source: str, offset: int, text: str) -> Iterator[tuple[int, str]]:
    """The characters of a stretch by their places; several put in one place are one sign."""
    if offset < len(source) and len(text) > 1 and not source.startswith(text[0], offset):
        yield offset, text
        return
    yield from enumerate(text, offset)


def _put(source: str, offset: int, text: str) -> Repair:
    mark = _ENTITY.match(source, offset)
    end = mark.end() if mark else offset + 1
    change = Change.SPACE if text.isspace() else Change.MARKUP
    if source[offset] == "&" and change is Change.MARKUP:
        change = Change.SIGN
    return Repair(offset, end, change, text)


def _left_out(source: str, covered: list[tuple[int, int]]) -> Iterator[Repair]:
    """The stretches that are covered by nothing and are no white space."""
    last = 0
    for start, end in [*sorted(covered), (len(source), len(source))]:
        if start > last:
            stretch = source[last:start]
            if words := stretch.strip():
                begin = last + len(stretch) - len(stretch.lstrip())
                yield Repair(begin, begin + len(words), Change.MARKUP)
        last = max(last, end)
