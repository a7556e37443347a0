"""How often what occurs in a made-up corpus: the skew of real debates, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from benchmarks.corpus_words import Draws, coded, summed

T = TypeVar("T")


@dataclass(frozen=True)
class Choice(Generic[T]):
    """Values with what they weigh, as sums."""

    values: Sequence[T]
    weights: Sequence[int]

    @classmethod
    def of(cls, weighed: dict[T, int]) -> Choice[T]:
        """From each value's weight."""
        return cls(tuple(weighed), summed(tuple(weighed.values())))

    @classmethod
    def of_codes(cls, scheme: str, **weighed: int) -> Choice[str]:
        """From each notation's weight; the values are the codes as N-Quads write them."""
        return Choice.of({coded(scheme, name): weight for name, weight in weighed.items()})

    def draw(self, draws: Draws) -> T:
        """One of the values."""
        return draws.ranked(self.values, self.weights)


STANCES_FOR = Choice.of_codes(
    "stance",
    support=640, hesitantSupport=110, strongSupport=80, supportWithConditions=80, concede=50,
    undecided=40,
)  # fmt: skip
STANCES_AGAINST = Choice.of_codes(
    "stance",
    oppose=480, hesitantOppose=220, opposeWithConditions=130, strongOppose=110, undecided=60,
)  # fmt: skip
CONDITIONAL = frozenset(
    coded("stance", name) for name in ("supportWithConditions", "opposeWithConditions")
)
FOLLOWS_CAMP = 0.88
"""How often a holder takes the side of its camp."""

STATUSES = Choice.of_codes("coding-status", accepted=90, proposed=8, rejected=2)
CONFIDENCES = Choice.of_codes("confidence", high=80, medium=17, low=3)
ACTS = Choice.of_codes(
    "act",
    statement=30, comment=22, presentation=18, question=8, answer=7, proposal=6, clarification=4,
    summary=3, reservation=2,
)  # fmt: skip
ALIGNMENTS = Choice.of_codes(
    "alignment", agree=40, disagree=30, partlyAgree=12, open=10, hypothetical=8
)
PROGRESS = Choice.of_codes("progress", open=40, inProgress=30, planned=20, agreed=10)
LATER_ROLES = Choice.of_codes(
    "role", member=70, deputyMember=8, substitute=8, invitedExpert=8, observer=6
)
FIRST_ROLES = tuple(coded("role", name) for name in ("chair", "secretaryGeneral", "viceChair"))
LANGUAGE_OF_MEMO = Choice.of({1: 60, 2: 15, 0: 25})
"""Finnish, Swedish, English, as places in LANGUAGES."""

# Numbers: from, to, both included.
POSITIONS_OF_MEETING = Choice.of(
    {(3, 10): 15, (11, 25): 30, (26, 50): 30, (51, 90): 18, (91, 170): 7}
)
MEAN_OF_MEETING = 40
POSITIONS_OF_ENTRY = Choice.of({(1, 2): 40, (3, 5): 35, (6, 10): 25})
PARTICIPANTS = Choice.of({(3, 5): 50, (6, 9): 35, (10, 18): 15})

# Who holds a position that is spoken.
PERSONAL, OWN, OTHER_BODY, COLLEAGUE = 0.60, 0.80, 0.95, 0.97
"""Up to which draw it is the speaker, their body, another body, another person; else a group."""

ABSENT, EXPERT, BODY_ONLY = 0.06, 0.02, 0.03
"""Participants who are not there, who represent nobody, who are a body without a person."""
NEXT_ITEM, REPLY, OWN_PLACE = 0.25, 0.25, 0.10
"""Entries under a new item, entries that reply, positions with a place of their own."""
CLAIM, DECISION, ACTION, DEADLINE = 0.15, 0.4, 0.3, 0.5
"""Claims an entry; decisions and actions a meeting; deadlines an action."""
REVISION, DISPUTE = 0.2, 0.05
"""Revisions where a holder has another stance than before, as far as remembered; entries that
dispute, where an earlier one of the meeting spoke for the body of the speaker."""
