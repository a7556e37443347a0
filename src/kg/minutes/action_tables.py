"""Tables of actions: what, who, by when, in columns or flattened to lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.documents.blocks import Block
from kg.minutes.action_columns import Column, column, columns_of, is_table
from kg.minutes.actions import chain
from kg.minutes.cast import Cast
from kg.minutes.deadlines import due_in
from kg.minutes.model import Action
from kg.minutes.sentences import Sentence, words_of
from kg.traced import Traced

_NUMBER = re.compile(r"[\w#]{0,4}\d[\d/.\w-]*[.):]?\s+|[-*•–]\s+")

_ITEM = re.compile(r"(\d[\d./]*\s?[a-z]?)[.)]?(?:\s?§)?|§\s?(\d+)")


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of a table, in order; `flat`: no tabs part them."""

    columns: tuple[Column, ...]
    flat: bool


def table_actions(
    blocks: Sequence[Block],
    item: str | None,
    cast: Cast,
    meeting: date | None,
    headed: bool = False,
) -> tuple[list[Action], frozenset[int]]:
    """The actions in the tables among some blocks, and the places of the tables' blocks.

    `headed`: a heading says that actions follow, so that rows need no head of their own.
    """
    found: list[Action] = []
    places: set[int] = set()
    table: _Table | None = None
    for place, block in enumerate(blocks):
        head = _head(block)
        if head is not None:
            table = head
            places.add(place)
        elif table is not None:
            action = _row(block, table, item, cast, meeting)
            if action is None:
                table = None
            else:
                found.append(action)
                places.add(place)
        elif headed and (action := _headless(block, item, cast, meeting)) is not None:
            found.append(action)
            places.add(place)
    return found, frozenset(places)


def _head(block: Block) -> _Table | None:
    """The columns that a row of labels names, if they are those of actions."""
    cells = [cell.text for cell in block.cells]
    if len(cells) > 1:
        columns = columns_of(cells)
        return _Table(columns, flat=False) if columns else None
    flat = _flat_head(block.text)
    return _Table(flat, flat=True) if is_table(flat) else None


def _flat_head(text: str) -> tuple[Column, ...]:
    """The columns of a head whose cells only spaces part; empty if there is another word."""
    words = text.split()
    found: list[Column] = []
    place = 0
    while place < len(words):
        for length in (3, 2, 1):
            one = column(" ".join(words[place : place + length]))
            if one is not None and place + length <= len(words):
                found.append(one)
                place += length
                break
        else:
            return ()
    return tuple(found)


def _row(
    block: Block, table: _Table, item: str | None, cast: Cast, meeting: date | None
) -> Action | None:
    if table.flat or len(block.cells) == 1:
        return _flat_row(block, item, cast, meeting) if table.flat else None
    cells = dict(zip(table.columns, block.cells, strict=False))
    task = cells.get(Column.TASK) or next((c for c in block.cells if c.text), None)
    if task is None or not task.text:
        return None
    who = cells[Column.RESPONSIBLE].text if Column.RESPONSIBLE in cells else ""
    due = cells[Column.DUE].text if Column.DUE in cells else ""
    of_item = _ITEM.fullmatch(cells[Column.ITEM].text.strip()) if Column.ITEM in cells else None
    item = (of_item[1] or of_item[2]) if of_item else item
    return _action(task, who, due, item, cast, meeting)


def _action(
    task: Traced, who: str, due: str, item: str | None, cast: Cast, meeting: date | None
) -> Action:
    found = due_in(due, cast.language, meeting) if due else None
    responsible = who if any(sign.isalnum() for sign in who) else None
    return Action(
        item, responsible, task.text, found.iso if found else None, task.span(), due or None
    )


def _headless(block: Block, item: str | None, cast: Cast, meeting: date | None) -> Action | None:
    """A row of a table without a head: “27-A  KW  Definition …  2023-12-01”."""
    if len(block.text) > _LONGEST_ROW:
        return None
    if len(block.cells) > 2:
        return _headless_cells(block.cells, item, cast, meeting)
    number = _NUMBER.match(block.text)
    if number is None:
        return None
    rest = block.traced[number.end() :].strip()
    end = _leading(rest, cast)
    text = rest[end:].strip()
    if not end or not text.text[:1].isupper():
        return None
    due = due_in(text.text, cast.language, meeting)
    if due is None or len(text.text[due.start :].split()) > _LONGEST_DUE:
        return _action(text, rest.text[:end], "", item, cast, meeting)
    task, written = text[: due.start].strip(), text.text[due.start :]
    return _action(task, rest.text[:end], written, item, cast, meeting)


def _leading(text: Traced, cast: Cast) -> int:
    """Where the one ends whom the first words name; 0 if they name nobody."""
    words = words_of(text.text)
    ends = (words[place - 1].end for place in range(min(_LONGEST_NAME, len(words) - 1), 0, -1))
    return next((end for end in ends if _names(text[:end], cast)), 0)


def _headless_cells(
    cells: Sequence[Traced], item: str | None, cast: Cast, meeting: date | None
) -> Action | None:
    """The same in cells: one names who is to act, one the day; the longest is the task."""
    named = next((cell for cell in cells if _names(cell, cast)), None)
    if named is None:
        return None
    rest = [cell for cell in cells if cell is not named]
    due = next((c for c in rest[::-1] if due_in(c.text, cast.language, meeting)), None)
    task = max((c for c in rest if c is not due), key=lambda cell: len(cell.text))
    return _action(task, named.text, due.text if due else "", item, cast, meeting)


def _names(cell: Traced, cast: Cast) -> bool:
    """Tell whether a cell holds nothing but who is to act."""
    sentence = Sentence(cell, words_of(cell.text))
    who = chain(sentence, 0, cast) if sentence.words else ()
    return bool(who) and who[-1].end == len(sentence.words)


def _flat_row(block: Block, item: str | None, cast: Cast, meeting: date | None) -> Action | None:
    """A row without tabs: a number, the task, then who and when at its end."""
    if len(block.text) > _LONGEST_ROW:
        return None
    number = _NUMBER.match(block.text)
    start = number.end() if number else 0
    rest = block.traced[start:].strip()
    sentence = Sentence(rest, words_of(rest.text))
    for place in range(1, len(sentence.words)):
        who = chain(sentence, place, cast)
        if not who:
            continue
        end = sentence.words[who[-1].end - 1].end
        behind = rest.text[end:]
        close = behind.startswith(" (") and ")" in behind
        end += behind.index(")") + 1 if close else 0
        due = rest.text[end:].strip()
        if len(due.split()) > _LONGEST_DUE:
            continue
        first = sentence.words[place].start
        return _action(rest[:first].strip(), rest.text[first:end], due, item, cast, meeting)
    return None


_LONGEST_DUE = 4
_LONGEST_NAME = 4  # words
_LONGEST_ROW = 400
