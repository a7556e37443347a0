"""Deputies in brackets behind a member: “Ann Lee, Treasury (deputy Bob Ray) – present”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.minutes.model import Role
from kg.minutes.tokens import find_name
from kg.minutes.words import folded, known_set, roles
from kg.traced import Traced, joined

_BRACKET = re.compile(r"\s*\(([^()]+)\)")


@dataclass(frozen=True)
class Deputised:
    """A line without its bracket, the deputy in it, and whether they came.

    `word` is the memo's for a deputy; `present` is None where the line says nothing.
    """

    member: Traced
    deputy: Traced
    word: str
    present: bool | None


def deputised(line: Traced) -> Deputised | None:
    """The member and the deputy of a line; None where no bracket is about a deputy."""
    for found in _BRACKET.finditer(line.text):
        words = found[1].split()
        titles = [roles().get(folded(word.strip(":,"))) for word in words]
        if Role.DEPUTY not in titles or len(words) < 2:
            continue
        at = titles.index(Role.DEPUTY)
        name = find_name(tuple(words[at + 1 :]))
        if at or name is None or (name.first, name.after) != (0, len(words) - 1):
            continue  # “(Deputy Chair)”, “(deputy for Bob Ray)”
        tail = line.text[found.end() :]
        start = found.start(1) + found[1].index(words[at]) + len(words[at])
        return Deputised(
            joined([line[: found.start()], line[found.end() : _end(line.text, words[0])]]),
            line[start : found.end(1)].strip(),
            words[at],
            _came(tail, words[at]) if tail.strip(" –-.;,") else None,
        )
    return None


def _end(text: str, word: str) -> int:
    """Where what is said of the member ends: before “, deputy present”."""
    last = re.search(rf"[,;]?\s+{re.escape(word)}\b[^()]*$", text, re.IGNORECASE)
    return last.start() if last else len(text)


def _came(tail: str, word: str) -> bool:
    """Tell whether what follows says that the deputy was there: “absent, deputy present”."""
    here = known_set("people", "words", "yes")
    folds = [folded(one.strip(",;.")) for one in tail.split()]
    following = [after for one, after in pairwise(folds) if one == folded(word)]
    return any(one in here for one in following)
