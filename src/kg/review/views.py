"""What is asked about, in words: “SM opposes: …, reported by Roth”."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.drafting.pieces import Piece, Pieces
from kg.review.choices import Choice
from kg.review.wording import Wording


@dataclass(frozen=True)
class Names:
    """What ids are called in a language."""

    holders: Mapping[str, Choice]
    propositions: Mapping[str, Choice]

    def holder(self, name: object) -> str:
        """A person's or body's name, else its id."""
        return self.holders[str(name)].label if str(name) in self.holders else str(name)

    def proposition(self, name: object) -> str:
        """A proposition's wording, else its id."""
        return self.propositions[str(name)].label if str(name) in self.propositions else str(name)


def item_line(pieces: Pieces, piece: Piece, wording: Wording) -> str:
    """The item that a piece stands under."""
    item = pieces.parent(piece, "items")
    data: Mapping[str, Any] = item.data if item is not None else {}
    label = wording.best(data.get("label"))
    return wording.say("say.item", number=data.get("number", ""), label=label)


def speaker_of(pieces: Pieces, piece: Piece) -> object:
    """The id of whoever speaks in the entry of a piece, None in a record."""
    entry = pieces.parent(piece, "entries")
    return entry.data.get("speaker") if entry is not None else None


def speaker_line(pieces: Pieces, piece: Piece, names: Names, wording: Wording) -> str:
    """Who speaks, and in what kind of act."""
    entry = piece if piece.kind == "entries" else pieces.parent(piece, "entries")
    data: Mapping[str, Any] = entry.data if entry is not None else {}
    speaker = data.get("speaker")
    name = names.holder(speaker) if speaker else wording.say("say.record")
    return f"{name} ({wording.code('act', data.get('act'))})"


def position_line(pieces: Pieces, piece: Piece, names: Names, wording: Wording) -> str:
    """A position in words, with who reports it where that is not the holder's own voice."""
    data = piece.data
    stance = wording.code("stance", data.get("stance"))
    view = (
        f"{names.holder(data.get('holder'))} {stance}: {names.proposition(data.get('proposition'))}"
    )
    view = view.rstrip(".")
    if conditions := listed(data.get("condition")):
        words = "; ".join(names.proposition(one).rstrip(".") for one in conditions)
        view = wording.say("say.condition", view=view, condition=words)
    speaker = speaker_of(pieces, piece)
    if speaker and data.get("holder") not in _own_voices(pieces, speaker):
        view = wording.say("say.reported", view=view, speaker=names.holder(speaker))
    confidence = wording.code("confidence", data.get("confidence", "high"))
    return f"{view} ({wording.say('say.confidence', confidence=confidence)})"


def _own_voices(pieces: Pieces, speaker: object) -> set[object]:
    """The speaker, and the body that the speaker represents at the table."""
    found = {speaker}
    for one in pieces.members(("participants",)):
        if one.data.get("person") == speaker:
            found.add(one.data.get("represents"))
    return found


def claim_line(piece: Piece, names: Names, wording: Wording) -> str:
    """A claim of agreement in words."""
    parties = [names.holder(one) for one in listed(piece.data.get("parties"))]
    about = [names.proposition(one) for one in listed(piece.data.get("about"))]
    return wording.say(
        "say.claim",
        parties=", ".join(parties) or wording.say("say.implied"),
        alignment=wording.code("alignment", piece.data.get("alignment")),
        about="; ".join(about),
    )


def outcome_line(piece: Piece, names: Names, wording: Wording) -> str:
    """A decision or an action in words."""
    kind = "action" if piece.kind == "actions" else "decision"
    said = wording.say(f"say.{kind}", label=wording.best(piece.data.get("label")))
    if responsible := listed(piece.data.get("responsible")):
        whose = ", ".join(map(names.holder, responsible))
        said = wording.say("say.responsible", action=said, responsible=whose)
    return said


def listed(value: Any) -> list[Any]:
    """One value or several as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def named(choices: Iterable[Choice]) -> dict[str, Choice]:
    """Choices by id."""
    return {one.id: one for one in choices}
