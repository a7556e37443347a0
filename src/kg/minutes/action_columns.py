"""The columns of tables of actions, by the words at their heads, in any language."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from kg.languages import languages, subject


class Column(StrEnum):
    """What stands in a column; the value is its key among a language's words for actions."""

    TASK = "labels"
    RESPONSIBLE = "responsible"
    DUE = "due"
    ITEM = "items"  # of the agenda
    NUMBER = "number"  # of the row
    STATUS = "status"


def column(text: str) -> Column | None:
    """The column that a cell is the head of.

    >>> column("By when:"), column("Määräaika"), column("Ann Lee")
    (<Column.DUE: 'due'>, <Column.DUE: 'due'>, None)
    """
    return _heads().get(" ".join(text.casefold().strip(" :.*_").split()))


def columns_of(cells: Sequence[str]) -> tuple[Column, ...]:
    """The columns that a row of heads names; empty if it is no head of a table of actions."""
    if len(cells) < 2:
        return ()
    found = [column(cell) for cell in cells]
    known = [one for one in found if one is not None]
    if len(known) < len(cells) - 1 or not is_table(known):
        return ()
    return tuple(one or Column.STATUS for one in found)


def is_table(columns: Sequence[Column]) -> bool:
    """Tell whether columns are those of actions: who, and what or by when."""
    return Column.RESPONSIBLE in columns and (Column.TASK in columns or Column.DUE in columns)


@cache
def _heads() -> dict[str, Column]:
    found: dict[str, Column] = {}
    for one in Column:
        for code in languages():
            words = subject(code, "speech")["actions"][one.value]
            for word in words.split() if isinstance(words, str) else words:
                found.setdefault(word, one)
    return found
