"""Words that a line's end cuts: what stands between two lines of which the first ends so."""

from __future__ import annotations

import re

from kg import repair

HYPHENS = ("-", "\xad", "¬")

_WORD_END = re.compile(r"[^\W\d_]{3,}-\Z")
_REACH = 40  # characters beside a line's end that tell how to join it


def is_cut(before: str) -> bool:
    """Tell whether a line ends in a hyphen behind a letter or digit."""
    return before.endswith(HYPHENS) and before[-2:-1].isalnum()


def kept_hyphen(before: str, after: str) -> str:
    """What stands between the two lines: "" (the hyphen goes), "-" or "- "."""
    if before[-1] in "\xad¬":
        return ""
    word = after.split(maxsplit=1)[0]
    if (
        word.isupper()
        and _WORD_END.search(before[-_REACH:])
        and before.rsplit(maxsplit=1)[-1].isupper()
    ):
        return ""  # a word in capitals; of an abbreviation and a name only one is long
    left, right = before[-_REACH:-1], after[:_REACH]
    return repair.read_through(f"{left}-\n{right}").text[len(left) : -len(right)]
