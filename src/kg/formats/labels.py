"""Labels for formats that are lines of text: on one line, without their quotes, no two the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


def plain_labels(labels: Sequence[str], replaced: Mapping[str, str]) -> list[str]:
    r"""`labels` on one line each, with characters `replaced` that the format has no way to write.

    An empty label becomes ``-``. What is the same after that is told apart by a number.

    >>> plain_labels(['a"b', "a'b", "", "c\nd"], {'"': "'"})
    ["a'b", "a'b (2)", '-', 'c d']
    """
    table = str.maketrans(dict(replaced))
    cleaned = [" ".join(_CONTROL.sub(" ", one).translate(table).split()) or "-" for one in labels]
    taken: set[str] = set()
    return [_untaken(label, taken) for label in cleaned]


def _untaken(label: str, taken: set[str]) -> str:
    """`label`, or with the first number in brackets that makes it new; it is then taken."""
    made, number = label, 2
    while made in taken:
        made, number = f"{label} ({number})", number + 1
    taken.add(made)
    return made
