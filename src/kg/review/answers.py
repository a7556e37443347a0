"""What an answer to a question makes of the texts of a folder; asking what is to be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg.drafting.pieces import without
from kg.review.asking import Asker, New
from kg.review.choices import Choice, holders, propositions
from kg.review.edits import own_data, unmarked, with_data
from kg.review.questions import Asked, Question
from kg.review.session import Session
from kg.review.views import Names, listed, named
from kg.source import Source

Texts = Mapping[Path, str]

_CONDITIONAL = frozenset({"supportWithConditions", "opposeWithConditions", "concede"})


def names_in(session: Session, asker: Asker) -> Names:
    """What the ids of a coding are called."""
    known = holders(session.known, _others(session))
    return Names(named(known), named(propositions(session.known, asker.wording)))


def accepted(session: Session, question: Question) -> Texts:
    """The texts after a yes; a speaker that nobody can name stays unnamed."""
    piece, pieces = question.piece, session.pieces
    if question.asked is Asked.POSITION:
        text = with_data(pieces, piece, {**own_data(piece), "status": "accepted"})
        return {session.path: text}
    if question.asked is Asked.PROPOSITION:
        return session.kept(question.proposition)
    return {session.path: unmarked(pieces, piece)}


def rejected(session: Session, question: Question) -> Texts:
    """The texts after a no.

    A rejected position stays in the file, so that it is not proposed again; of what has no status
    the key at the end of the file stays. Whoever rejects a new proposition rejects the position.
    """
    piece, pieces = question.piece, session.pieces
    if question.asked in (Asked.POSITION, Asked.PROPOSITION):
        return {session.path: with_data(pieces, piece, {**own_data(piece), "status": "rejected"})}
    if question.asked is Asked.SPEAKER:
        return {session.path: with_data(pieces, piece, {**own_data(piece), "act": "record"})}
    return {session.path: without(pieces, piece)}


def changed(
    session: Session, question: Question, asker: Asker, source: Source | None
) -> Texts | None:
    """The texts after asking what is to be changed; raises `EOFError` if the input ends before."""
    return _CHANGES[question.asked](session, question, asker, source)


def _position(
    session: Session, question: Question, asker: Asker, source: Source | None
) -> Texts | None:
    piece = question.piece
    known = propositions(session.known, asker.wording)
    data = own_data(piece)
    beside = str(data.get("proposition"))
    data["holder"] = asker.choice("holder", str(data.get("holder", "")), _holders(session))
    data["stance"] = asker.code("stance", "stance", str(data.get("stance")))
    proposition = asker.proposition(beside, known)
    condition: str | New | None = None
    present = [str(one) for one in listed(data.get("condition"))]
    if data["stance"] in _CONDITIONAL or present:
        condition = asker.condition(present[0] if present else None, known)
    confidence = str(data.get("confidence", "high"))
    data["confidence"] = asker.code("confidence", "confidence", confidence)
    quote = asker.quote(piece, source)
    texts: dict[Path, str] = {}
    data["proposition"] = _made(session, texts, proposition, beside, asker)
    first = _made(session, texts, condition, beside, asker) if condition else None
    rest = [one for one in present[1:] if one != first]
    conditions = [one for one in (first, *rest) if one and one != data["proposition"]]
    _set(data, "condition", conditions or None, after="stance")
    _set(data, "quote", quote, after="stance")
    data["status"] = "accepted"
    return {**texts, session.path: with_data(session.pieces, piece, data)}


def _made(
    session: Session, texts: dict[Path, str], wanted: str | New, beside: str, asker: Asker
) -> str:
    """The id of a proposition; a new one is put beside another into `texts`."""
    if not isinstance(wanted, New):
        return wanted
    made, name = session.with_new_proposition(wanted.words, asker.wording.language, beside, texts)
    texts.update(made)
    return name


def _set(data: dict[str, Any], key: str, value: object, after: str) -> None:
    """Put a key behind another, or take it out where there is no value."""
    if value is None:
        data.pop(key, None)
    elif key in data:
        data[key] = value
    else:
        items = list(data.items())
        data.clear()
        for name, one in items:
            data[name] = one
            if name == after:
                data[key] = value


def _speaker(session: Session, question: Question, asker: Asker, _: Source | None) -> Texts | None:
    piece = question.piece
    speaker = asker.choice("speaker", "", _at_the_table(session))
    if not speaker:
        return None
    data = {**own_data(piece), "type": "SpeechAct"}
    _set(data, "speaker", speaker, after="type")
    return {session.path: with_data(session.pieces, piece, data)}


def _claim(session: Session, question: Question, asker: Asker, _: Source | None) -> Texts | None:
    piece = question.piece
    present = str(piece.data.get("alignment"))
    data = {**own_data(piece), "alignment": asker.code("alignment", "alignment", present)}
    return {session.path: with_data(session.pieces, piece, data)}


def _label(session: Session, question: Question, asker: Asker, _: Source | None) -> Texts | None:
    piece = question.piece
    labels = dict(piece.data.get("label") or {})
    present = asker.wording.best(labels)
    words = asker.text("label", present)
    if words != present:
        written = next((key for key, one in labels.items() if one == present), None)
        labels[written or asker.wording.language] = words
    data = {**own_data(piece), "label": labels}
    return {session.path: with_data(session.pieces, piece, data)}


def _proposition(
    session: Session, question: Question, asker: Asker, _: Source | None
) -> Texts | None:
    name = question.proposition
    labels = dict(session.proposition(name)[2].data.get("label") or {})
    present = asker.wording.best(labels)
    others = [one for one in propositions(session.known, asker.wording) if one.id != name]
    wanted = asker.wording_or_known(present, others)
    if not isinstance(wanted, New):
        return session.merged(name, wanted)
    if wanted.words == present:
        return session.kept(name)
    language = next((key for key, one in labels.items() if one == present), "en")
    return session.reworded(name, {language: wanted.words})


_CHANGES: Mapping[Asked, Callable[[Session, Question, Asker, Source | None], Texts | None]] = {
    Asked.POSITION: _position,
    Asked.SPEAKER: _speaker,
    Asked.CLAIM: _claim,
    Asked.DECISION: _label,
    Asked.ACTION: _label,
    Asked.PROPOSITION: _proposition,
}


def _holders(session: Session) -> tuple[Choice, ...]:
    return holders(session.known, _others(session))


def _at_the_table(session: Session) -> tuple[Choice, ...]:
    """The people and bodies that take part in the meeting: only they can speak."""
    ids = {
        one.data.get(key)
        for one in session.pieces.members(("participants",))
        for key in ("person", "represents")
    }
    return tuple(one for one in _holders(session) if one.id in ids)


def _others(session: Session) -> Mapping[str, str]:
    """The holders and participants of the coding that are in no register of people or bodies."""
    known = {one.id for one in session.known.people} | {one.id for one in session.known.bodies}
    found = {
        str(piece.data[key])
        for piece in session.pieces.all
        for key in ("holder", "person", "represents", "speaker")
        if isinstance(piece.data.get(key), str)
    }
    return {name: name for name in sorted(found - known)}
