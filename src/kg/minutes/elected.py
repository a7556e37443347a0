"""Roles that no list of participants gives, but a sentence: “The meeting was chaired by …”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.model import Participant, Role
from kg.minutes.words import elected, one_of

_LATEST = 14  # blocks from the start in which such a sentence stands
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|\t")


def with_elected(
    participants: tuple[Participant, ...], blocks: Sequence[Block]
) -> tuple[Participant, ...]:
    """The participants, with a role that the first blocks of the minutes tell and nobody has."""
    found = list(participants)
    for block in blocks[:_LATEST]:
        for sentence in _SENTENCE_END.split(block.text):
            for match in _pattern().finditer(sentence):
                role = elected()[" ".join(match[0].casefold().split())]
                who = _nearest(found, sentence, match.start(), match.end())
                if who is not None and _free(found, role, who):
                    found[who] = replace(found[who], role=role, written_role=match[0])
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(elected())})\b", re.IGNORECASE)


def _free(people: Sequence[Participant], role: Role, who: int) -> bool:
    nobody = not any(one.role is role for one in people)
    return nobody and people[who].role in {Role.MEMBER, Role.DEPUTY, Role.OTHER}


def _nearest(people: Sequence[Participant], sentence: str, start: int, end: int) -> int | None:
    """The participant whose name stands nearest to the words."""
    best: tuple[int, int] | None = None
    for place, one in enumerate(people):
        for name in (one.name, one.name.split()[-1]):
            at = sentence.find(name)
            if at >= 0:
                gap = at - end if at >= end else start - at - len(name)
                best = min(best, (gap, place)) if best else (gap, place)
    return best[1] if best else None
