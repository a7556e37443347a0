"""Headings that stand in one block with their text: joined by mistake, or written so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.documents.blocks import Block, Change, Reading, Repair
from kg.minutes.headings import Heading, Style, is_title, number_of, starts_with_number, tells

_LONGEST = 140
_LONGEST_RUN_IN = 90
_ENOUGH = 3
_STOP = re.compile(r"(?<=[^\W\d_]{2})[.:]\s+(?=[^\W\d_a-zåäö])|\s[–—]\s(?=[^\W\d_a-zåäö])")


def cut_headings(reading: Reading) -> tuple[Block, ...]:
    """The blocks, with a numbered heading as a block of its own where a line ends behind it.

    A heading has no full stop, so that text below that begins with a small letter (a misread
    capital) looks as if it went on.
    """
    joins = [one for one in reading.repairs if one.change in {Change.PAGE, Change.LINE}]
    starts = [one.start for one in joins]
    return tuple(part for block in reading.blocks for part in _cut(block, joins, starts))


def _cut(block: Block, joins: Sequence[Repair], starts: Sequence[int]) -> Iterator[Block]:
    at = _join(block, joins, starts) if starts_with_number(block.text) else None
    if at is None:
        yield block
        return
    yield replace(block, traced=block.traced[:at].strip())
    yield replace(block, traced=block.traced[at:].strip(), gap=True)


def _join(block: Block, joins: Sequence[Repair], starts: Sequence[int]) -> int | None:
    """Where a heading ends that a blank line once stood behind."""
    first, last = block.traced.span()
    place = bisect_left(starts, first)
    if place >= len(joins) or joins[place].start >= last or joins[place].change is not Change.PAGE:
        return None
    for at in range(1, min(len(block.text), _LONGEST)):
        if block.traced.source(at) >= joins[place].start:
            return at if is_title(block.text[:at].strip()) and _sentence(block.text[at:]) else None
    return None


def _sentence(text: str) -> bool:
    return text.rstrip()[-1:] in {".", "!", "?", ":"}


def find_run_in(blocks: Sequence[Block]) -> list[Heading]:
    """Headings of a memo whose items are paragraphs that begin with number and title.

    “1. Opening. The Chair opened …”: numbers from 1 on, a short title that tells nothing yet, and
    text behind it.
    """
    found: list[Heading] = []
    for index, block in enumerate(blocks):
        heading = _run_in(index, block)
        if heading is None:
            continue
        if heading.order == (found[-1].order + 1 if found else 1):
            found.append(heading)
    titles = [heading for heading in found if not tells(heading.title.text)]
    return found if len(found) >= _ENOUGH and 3 * len(titles) >= 2 * len(found) else []


def _run_in(index: int, block: Block) -> Heading | None:
    number = number_of(block.text)
    if number is None:
        return None
    style, written, start = number
    stop = _STOP.search(block.text, start, start + _LONGEST_RUN_IN)
    if stop is None or style in {Style.SUB, Style.LETTER, Style.LETTERED}:
        return None
    title, rest = block.traced[start : stop.start()], block.traced[stop.end() :].strip()
    if not is_title(title.text) or not rest.text:
        return None
    return Heading(
        index, style, written, title.strip(), block.kind, block.level, block.gap, (rest,)
    )
