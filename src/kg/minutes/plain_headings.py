"""Headings without a number: by the format's ranks, or short lines that stand apart in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.minutes.agenda import is_item_title
from kg.minutes.captions import label_of
from kg.minutes.headings import Heading, Style, is_title, names_somebody_first, tells
from kg.minutes.words import folded, known, labels, one_of

_MOST_WORDS = 12
_MOST_BEFORE_COLON = 4
_ENOUGH = 3
_FEWEST_TOPICS = 2
_SHORTEST = 12  # letters of a sentence below a heading
_LONGER = 45  # letters that the text below a heading has at least
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d[\d./:–-]*")


def find_plain(
    headings: Sequence[Heading],
    blocks: Sequence[Block],
    not_these: Set[int],
    announced: Sequence[Heading] = (),
) -> list[Heading]:
    """The headings of items in a memo that numbers none.

    A line that is the title of an item that was announced is a heading in any case.
    """
    titles = {folded(heading.title.text) for heading in announced}
    topics = [_topic(index, block) for index, block in enumerate(blocks) if index not in not_these]
    found = [heading for heading in topics if heading is not None]
    if len(found) >= _FEWEST_TOPICS:
        return found
    return _ranked(headings, blocks, not_these) or _lines(blocks, not_these, titles)


def _ranked(
    headings: Sequence[Heading], blocks: Sequence[Block], not_these: Set[int]
) -> list[Heading]:
    """The headings of the format's rank that most have that text stands under."""
    ranked = [
        heading
        for heading in headings
        if heading.kind is Kind.HEADING
        and heading.number is None
        and heading.index not in not_these
        and is_item_title(heading.title.text)
    ]
    counts = Counter(
        heading.level for heading in ranked if _has_text(heading.index, blocks, not_these)
    )
    if not counts or max(counts.values()) < _FEWEST_TOPICS:
        return []
    rank = max(counts, key=lambda level: (counts[level], -level))
    return [heading for heading in ranked if heading.level == rank]


def _lines(blocks: Sequence[Block], not_these: Set[int], titles: Set[str]) -> list[Heading]:
    """Lines that stand apart, and those that are the title of an announced item."""
    same = [index for index, block in enumerate(blocks) if folded(block.text) in titles]
    same = [index for index in same if index not in not_these]
    lines = [
        index
        for index in range(1, len(blocks))
        if index not in not_these and _stands_apart(index, blocks, not_these)
    ]
    capitals = [index for index in lines if blocks[index].text.isupper()]
    lines = capitals if 2 * len(capitals) >= len(lines) and len(capitals) > 1 else lines
    chosen = sorted({*same, *lines}) if len(lines) >= _ENOUGH or capitals == lines else same
    return [_plain(index, blocks[index]) for index in chosen]


def _plain(index: int, block: Block) -> Heading:
    return Heading(
        index, Style.NONE, None, block.traced.strip(), block.kind, block.level, block.gap
    )


def _topic(index: int, block: Block) -> Heading | None:
    """“Topic: …”: a word for an item before a colon, and the title behind it."""
    match = _topic_word().match(block.text)
    if match is None or not is_title(block.text[match.end() :]):
        return None
    title = block.traced[match.end() :].strip()
    return Heading(index, Style.NONE, None, title, block.kind, block.level, block.gap)


@cache
def _topic_word() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{one_of(known('labels', 'item'))})\s*:\s*(?=\S)", re.IGNORECASE)


def _has_text(index: int, blocks: Sequence[Block], not_these: Set[int]) -> bool:
    following = index + 1
    return (
        following < len(blocks)
        and blocks[following].kind is not Kind.HEADING
        and following not in not_these
    )


def _stands_apart(index: int, blocks: Sequence[Block], not_these: Set[int]) -> bool:
    """Tell whether a line is short, has white space before it, and text or a list below."""
    block = blocks[index]
    text = block.text
    if block.kind is not Kind.TEXT or not block.gap or not _has_text(index, blocks, not_these):
        return False
    following = blocks[index + 1]
    if not _reads_as_title(text, following.gap) or not is_item_title(text):
        return False
    length = len(following.text)
    ended = following.text.rstrip()[-1:] in {".", "?", ":"} and length > _SHORTEST
    return following.kind is Kind.ITEM or ended or length > max(_LONGER, len(text))


def _reads_as_title(text: str, alone: bool) -> bool:
    """Tell whether a line reads as a title; `alone`: a blank line follows, as after no label."""
    words = text.split()
    if "\t" in text or len(words) > _MOST_WORDS or not is_title(text) or text[-1] in "”’\"'!?":
        return False
    head, colon, rest = text.partition(":")
    subtitled = alone and not head.isupper() and text[-1] not in ".;,"  # “Terms: a glossary”
    if colon and ((rest.strip() and not subtitled) or len(head.split()) > _MOST_BEFORE_COLON):
        return False
    if text.endswith(".") and len(words) > _MOST_BEFORE_COLON:
        return False
    if (
        tells(text)
        or not _LETTER.search(text)
        or _DIGITS.fullmatch(words[0])
        or names_somebody_first(text)
    ):
        return False
    label = label_of(text)
    return label is None or labels().get(folded(label.word)) in {
        None,
        "next",
        "start",
        "end",
        "body",
    }
