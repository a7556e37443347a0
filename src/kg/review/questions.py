"""What there is to ask in a coding: proposals, speakers that are not known, new propositions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.drafting.pieces import Piece, Pieces

_KINDS = ("claims", "decisions", "actions")


class Asked(StrEnum):
    """What is asked about; the names are those of the texts."""

    POSITION = "position"
    SPEAKER = "speaker"
    PROPOSITION = "proposition"
    CLAIM = "claim"
    DECISION = "decision"
    ACTION = "action"


_ASKED = {"claims": Asked.CLAIM, "decisions": Asked.DECISION, "actions": Asked.ACTION}


@dataclass(frozen=True)
class Question:
    """One question: about a piece of the coding, or about a new proposition of an entry."""

    asked: Asked
    piece: Piece
    proposition: str = ""

    @property
    def name(self) -> str:
        """What tells it from the others, also after changes elsewhere."""
        where = self.piece.id or ".".join(map(str, self.piece.location))
        return self.proposition or f"{self.asked} {where}"


def questions(pieces: Pieces, new_propositions: Collection[str]) -> Iterator[Question]:
    """What is to be answered, in the order of the file.

    `new_propositions` are those that a draft made and nobody has accepted: each is asked about
    once, after the first position that is accepted with it.
    """
    coding = pieces.root.get("coding")
    drafted = not (isinstance(coding, dict) and coding.get("status") == "accepted")
    asked: set[str] = set()
    for piece in pieces.all:
        if piece.kind == "entries" and piece.key and drafted and _nobody_speaks(piece):
            yield Question(Asked.SPEAKER, piece)
        elif piece.kind == "positions":
            if piece.data.get("status") == "proposed":
                yield Question(Asked.POSITION, piece)
            elif piece.data.get("status") == "accepted":
                for name in _propositions(piece):
                    if name in new_propositions and name not in asked:
                        asked.add(name)
                        yield Question(Asked.PROPOSITION, piece, name)
        elif piece.kind in _KINDS and piece.key and drafted:
            yield Question(_ASKED[piece.kind], piece)


def _nobody_speaks(entry: Piece) -> bool:
    """Tell whether an entry is somebody's speech without the somebody."""
    return entry.data.get("speaker") is None and entry.data.get("act") not in (None, "record")


def _propositions(position: Piece) -> Iterator[str]:
    """The proposition of a position and those of its condition."""
    condition = position.data.get("condition") or []
    listed = condition if isinstance(condition, list) else [condition]
    for name in (position.data.get("proposition"), *listed):
        if isinstance(name, str):
            yield name
