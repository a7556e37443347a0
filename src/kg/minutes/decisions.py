"""Decisions: the sentences that record what the meeting decided, approved, agreed or noted.

What somebody says, what was decided earlier, and questions are none.
"""

from __future__ import annotations

from kg.minutes.cast import Cast
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import is_meeting

_REACH = 14  # words before the verb of a decision, at most
_EARLY = 10  # words before it within somebody's speech, at most
_BEHIND_BODY = 4
_AFTER_PRONOUN = 3


def decides(sentence: Sentence, cast: Cast, in_speech: bool = False, resumed: bool = False) -> bool:
    """Tell whether a sentence without a speaker records a decision.

    Within somebody's speech (`in_speech`) only one that is put first counts: the speaker may tell
    of decisions. Behind a sentence about the meeting's body (`resumed`) “it” is the body.
    """
    if sentence.text.rstrip("”’\"' ").endswith("?") or not sentence.words:
        return False
    folds = sentence.folds
    if resumed and folds[0] in cast.words.decisions("pronouns"):
        for place in range(1, min(_AFTER_PRONOUN, len(folds))):
            if folds[place] in cast.words.decisions("body_verbs"):
                return _bound(folds, place, cast, "body_verbs_bound")
            if folds[place] not in cast.words.words("clauses.adverbs"):
                break
    return _body_decides(sentence, folds, cast) or _is_decided(folds, cast, in_speech)


def announces(sentence: Sentence, cast: Cast) -> bool:
    """Tell whether a sentence only says that decisions follow: “The Board agreed that:”."""
    text = sentence.text.rstrip()
    if not sentence.words or text.endswith((".", "!", "?")):
        return False
    folds = sentence.folds
    ends = cast.words.words("clauses.complements") | cast.words.decisions("body_verbs")
    last = folds[-1] in ends | cast.words.decisions("verbs")
    return (last or text.endswith(":")) and (
        _body_decides(sentence, folds, cast) or _is_decided(folds, cast, False)
    )


def is_record(sentence: Sentence, cast: Cast, first: bool) -> bool:
    """Tell whether a sentence tells of the meeting itself: “Keskusteltiin …”, “It was noted …”.

    What the meeting's body is or has done can be part of a speech, unless it begins a block
    (`first`).
    """
    folds = sentence.folds[:_BEHIND_BODY]
    for fold in folds:
        if fold in cast.words.decisions("record_verbs"):
            return True
        if fold not in cast.words.decisions("record_leads"):
            break
    if _is_discussed(sentence, cast):
        return True
    starts = cast.words.decisions("record_starts")
    if any(" ".join(folds[:length]) in starts for length in range(1, len(folds) + 1)):
        return True
    if folds and _is_group(folds, cast):
        return True
    if not sentence.words or not is_meeting(sentence, 0, cast):
        return False
    return first or not _is_state(folds, cast)


def _is_group(folds: list[str], cast: Cast) -> bool:
    """Tell whether the members, as a group, are the subject."""
    start = folds[0] in cast.words.words("speakers.articles")
    groups = cast.words.words("speakers.members")
    return folds[start : start + 1] != [] and folds[start] in groups


def _is_state(folds: list[str], cast: Cast) -> bool:
    """Tell whether a body is, has been or was told something, rather than does something."""
    words, verbs = cast.words.words, cast.words.verbs
    done = words("clauses.perfect") | words("clauses.past_perfect")
    state = words("clauses.modals") | words("clauses.be")
    passive = cast.words.decisions("auxiliaries")
    for place, fold in enumerate(folds):
        if fold in passive:
            return any(fold in verbs for fold in folds[place + 1 : place + 2])
        if fold in done or (fold in state and fold not in verbs):
            return True
    return False


def _is_discussed(sentence: Sentence, cast: Cast) -> bool:
    """“The statement was shown and discussed”, where the language has auxiliaries for passives."""
    auxiliaries = cast.words.decisions("auxiliaries")
    discussed = cast.words.decisions("record_participles")
    folds = sentence.folds[:_REACH]
    return any(
        fold in auxiliaries and folds[place + 1] in discussed
        for place, fold in enumerate(folds[:-1])
    )


def _body_decides(sentence: Sentence, folds: list[str], cast: Cast) -> bool:
    """The meeting's own body decides: “Ohjausryhmä päätti”, “beslutar nämnden”."""
    verbs = cast.words.decisions("body_verbs")
    for place in range(min(len(folds), _REACH)):
        if folds[place] in cast.words.words("clauses.complements"):
            return False
        if not is_meeting(sentence, place, cast):
            continue
        if place and folds[place - 1] in verbs and cast.words.flag("clauses", "inversion"):
            return _bound(folds, place - 1, cast, "body_verbs_bound")
        for behind in range(place + 1, min(place + 1 + _BEHIND_BODY, len(folds))):
            if folds[behind] in verbs and _is_doing(folds[place:behind], folds[behind], cast):
                return _bound(folds, behind, cast, "body_verbs_bound")
        return _joined_verb(folds, place, cast)
    return False


def _is_doing(before: list[str], verb: str, cast: Cast) -> bool:
    """Tell whether a body does it: “was invited” is done to it, but “was content” decides."""
    done = any(fold in cast.words.decisions("auxiliaries") for fold in before)
    return not done or verb in cast.words.decisions("body_states")


def _joined_verb(folds: list[str], start: int, cast: Cast) -> bool:
    """“The Board considered the paper and agreed to fund it”."""
    joins, verbs = cast.words.words("speakers.joins"), cast.words.decisions("body_verbs")
    for place in range(start + 1, min(start + 1 + _REACH, len(folds) - 1)):
        if folds[place] in cast.words.words("clauses.complements"):
            return False
        if folds[place] in joins and folds[place + 1] in verbs:
            return _bound(folds, place + 1, cast, "body_verbs_bound")
    return False


def _is_decided(folds: list[str], cast: Cast, in_speech: bool) -> bool:
    """A passive decides: “Päätettiin, että”, “Dagordningen godkändes”, “It was agreed”."""
    verbs = cast.words.decisions("verbs")
    if " ".join(folds[:3]) in cast.words.decisions("undecided"):
        return False
    auxiliaries = cast.words.decisions("auxiliaries")
    if not in_speech and folds[-1] in verbs and folds[-2:-1] and folds[-2] in auxiliaries:
        return _bound(folds, len(folds) - 1, cast, "bound")
    limit = _EARLY if in_speech else _REACH
    for place, fold in enumerate(folds[:limit]):
        if fold in cast.words.words("clauses.complements") and not _behind_preposition(
            folds, place, cast
        ):
            return False
        if fold in verbs and _bound(folds, place, cast, "bound") and _passive(folds, place, cast):
            return not _told_of(folds[:place], cast)
    return False


def _behind_preposition(folds: list[str], place: int, cast: Cast) -> bool:
    """Tell whether “that” points at something: “with that addition the agenda was adopted”."""
    return place > 0 and folds[place - 1] in cast.words.words("clauses.prepositions")


def _passive(folds: list[str], place: int, cast: Cast) -> bool:
    """Tell whether an auxiliary makes a verb a passive, where the language needs one."""
    auxiliaries = cast.words.decisions("auxiliaries")
    if not auxiliaries:
        return True
    before = folds[max(place - 3, 0) : place]
    return any(fold in auxiliaries for fold in before) or (place <= 2 and before[:1] != ["it"])


def _told_of(before: list[str], cast: Cast) -> bool:
    """Tell whether the words before a verb say that it was earlier."""
    return any(fold in cast.words.decisions("earlier") for fold in before)


def _bound(folds: list[str], place: int, cast: Cast, key: str) -> bool:
    """Tell whether a verb that decides only with certain words has one of them."""
    rows = [row for row in cast.words.tables["decisions"].get(key, ()) if row[0] == folds[place]]
    if not rows:
        return True
    text = f" {' '.join(folds)} "
    return any(
        f"{tail[1:]} " in text if tail.startswith("*") else f" {tail} " in text
        for row in rows
        for tail in row[1:]
    )
