"""Drafts: positions and claims of agreement as read from minutes, before a person has seen them.

A `Draft` says what a coding's position says (docs/coding.md), with its evidence in the document and
how sure the reading is. Nothing here is accepted: a person reviews it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.minutes.model import Remark
from kg.traced import Traced

# The stances of ``ontology/apro-codes.ttl`` by the pole that a score looks at.
POLES = {
    "strongSupport": "support",
    "support": "support",
    "strongOppose": "oppose",
    "oppose": "oppose",
    "supportWithConditions": "conditional",
    "opposeWithConditions": "conditional",
    "hesitantSupport": "neutral",
    "hesitantOppose": "neutral",
    "concede": "neutral",
    "undecided": "neutral",
}


class HolderType(StrEnum):
    """What a holder is."""

    PERSON = "person"
    BODY = "body"
    GROUP = "group"
    UNNAMED = "unnamed"


class Basis(StrEnum):
    """Whose view it is, seen from who says so (docs/coding.md, “Who holds, who says”)."""

    PERSONAL = "personal"
    OWN = "own"
    REPORTED = "reported"


class Confidence(StrEnum):
    """How sure the reading is: an explicit verb of stance, a weaker word, or the form alone."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Holder:
    """Who has a stance: `name` as shown, `id` that of a known person or body."""

    name: str
    type: HolderType
    id: str | None = None


@dataclass(frozen=True)
class Draft:
    """One holder's stance to one proposition.

    `stance` is a code of ``https://w3id.org/apro/stance/``; `passage` the whole evidence sentence,
    `phrase` three to eight words of it; `condition` and `reasons` are words of the sentence;
    `proposition` is worded positively in the memo's language, `proposition_id` that of a known one.
    `entry` is the index of the entry in `Minutes.entries`.
    """

    item: str | None
    holder: Holder
    asserted_by: str | None
    basis: Basis
    stance: str
    proposition: str
    passage: Traced
    phrase: str
    confidence: Confidence
    entry: int
    condition: str | None = None
    reasons: tuple[str, ...] = ()
    proposition_id: str | None = None
    issue_id: str | None = None

    @property
    def pole(self) -> str:
        """One of support, oppose, conditional, neutral."""
        return POLES[self.stance]


class Alignment(StrEnum):
    """What a claim says of its parties; notations of ``https://w3id.org/apro/alignment/``."""

    AGREE = "agree"
    PARTLY_AGREE = "partlyAgree"
    DISAGREE = "disagree"
    OPEN = "open"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True)
class AlignmentDraft:
    """Somebody says that parties agree or disagree.

    `implied` tells that the text does not name the parties (“we agree”); `earlier` that it was so
    before. `about` are the words that say on what, and `about_ids` the propositions of the entry's
    drafts on the same sentence that are known.
    """

    item: str | None
    asserted_by: str | None
    alignment: Alignment
    parties: tuple[Holder, ...]
    implied: bool
    earlier: bool
    about: str
    passage: Traced
    phrase: str
    entry: int
    about_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drafts:
    """All that an extractor read from one memo, in the order of the memo."""

    positions: tuple[Draft, ...]
    alignments: tuple[AlignmentDraft, ...] = ()
    remarks: tuple[Remark, ...] = ()
