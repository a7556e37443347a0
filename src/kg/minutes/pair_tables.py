"""Tables of members and their deputies in one row, each with a mark, that have lost their columns.

“SM neuvos Anna Lehto x tutkija Matti Virta -”: two marks end a row, wherever its line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from kg.documents.blocks import Block
from kg.minutes.flat_tables import table_end
from kg.minutes.people_table import pair_head
from kg.minutes.persons import Person
from kg.minutes.standing import answers
from kg.minutes.tokens import split_prefix
from kg.minutes.words import folded
from kg.traced import Traced, linked

_WORD = re.compile(r"\S+")
_LONGEST_MARK = 2  # letters
_EMPTY = Traced("", ())


def pair_people(blocks: Sequence[Block], index: int, stops: Set[int]) -> tuple[list[Person], int]:
    """The members and deputies below a head that stands at an index, and where they end."""
    table = pair_head(blocks[index].text.split())
    start = index + 1
    if table is None or start == len(blocks) or blocks[start].gap:
        return [], index
    end = table_end(blocks, start, stops)
    if end == start:
        return [], index
    people: list[Person] = []
    for row in _rows(linked(block.traced for block in blocks[start:end])):
        found = table.people(row, linked(cell for cell in row if cell.text))
        if not found:
            return [], index
        people += found
    return people, end


def _rows(text: Traced) -> Iterator[list[Traced]]:
    """The cells of each row: body, member, mark, deputy, mark; a last row without marks too."""
    words = list(_WORD.finditer(text.text))
    marks = [at for at, word in enumerate(words) if _is_mark(word[0])]
    at = 0
    while at < len(words):
        first = next((mark for mark in marks if mark >= at), len(words) - 1)
        second = next((mark for mark in marks if mark > first), len(words) - 1)
        alone = second == first + 1
        end = second + 1 if alone and second + 1 in marks else second
        body = split_prefix([word[0] for word in words[at:first]]) or 1
        bounds = (at, at + body, first, first + 1, second if not alone else first + 1)
        cells = [_part(text, words, *pair) for pair in pairwise(bounds)]
        yield [*cells, _part(text, words, end, end + 1)]
        at = end + 1


def _part(text: Traced, words: Sequence[re.Match[str]], start: int, end: int) -> Traced:
    return text[words[start].start() : words[end - 1].end()] if start < end else _EMPTY


def _is_mark(word: str) -> bool:
    """Tell whether a word is a cross or a dash in a column of those present."""
    known = (folded(word) or word) in answers()
    return known and len(word) <= _LONGEST_MARK and not word[0].isupper()
