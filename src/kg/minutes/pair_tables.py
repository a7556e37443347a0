"""Tables of members and their deputies in one row, each with a mark, that have lost their columns.

“SM neuvos Anna Lehto x tutkija Matti Virta -”: two marks end a row, wherever its line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from kg.documents.blocks import Block
from kg.minutes.people_table import pair_head
from kg.minutes.persons import Person
from kg.minutes.tokens import split_prefix
from kg.minutes.words import folded, groups, known_set
from kg.traced import Traced, joined, put

_WORD = re.compile(r"\S+")
_LONGEST_MARK = 2  # letters
_EMPTY = Traced("", ())


def pair_people(blocks: Sequence[Block], index: int, stops: Set[int]) -> tuple[list[Person], int]:
    """The members and deputies below a head that stands at an index, and where they end."""
    table = pair_head(blocks[index].text.split())
    end = index + 1
    while table and end < len(blocks) and end not in stops and not blocks[end].gap:
        if folded(blocks[end].text) in groups():
            break
        end += 1
    if table is None or end == index + 1:
        return [], index
    pieces = [blocks[index + 1].traced]
    for block in blocks[index + 2 : end]:
        pieces += [put(" ", pieces[-1].span()[1] - 1), block.traced]
    people: list[Person] = []
    for row in _rows(joined(pieces)):
        found = table.people(row, joined(_spaced(row)))
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


def _spaced(cells: Sequence[Traced]) -> Iterator[Traced]:
    for cell in cells:
        if cell.text:
            yield cell
            yield put(" ", cell.span()[1] - 1)


def _is_mark(word: str) -> bool:
    """Tell whether a word is a cross or a dash in a column of those present."""
    low = folded(word) or word
    known = any(low in known_set("people", "words", answer) for answer in ("yes", "no"))
    known = known and low not in known_set("people", "words", "joins")  # “ja” is yes, and “and”
    return known and len(word) <= _LONGEST_MARK and not word[0].isupper()
