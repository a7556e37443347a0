"""Which stances a sentence states, and whose: the events of a sentence as codes of stance."""

from __future__ import annotations

from dataclasses import dataclass

from kg.drafting.clauses import Clause, Kind, Sentence
from kg.drafting.directory import Case
from kg.drafting.events import SURE, WEAK, Event, Events
from kg.drafting.lexicon import MARKS, Found, Lexicon
from kg.drafting.model import POLES, Confidence, Holder, HolderType
from kg.drafting.subjects import Speaking

_POSITIVE = frozenset(
    {"support", "accept", "propose", "demand", "wish", "agree", "agree_same", "welcome", "view"}
    | {"rate_good", "deontic", "weak_deontic", "good", "can"}
)
_FIXED = {
    "undecided": "undecided",
    "suggest": "hesitantSupport",
    "doubt": "hesitantOppose",
    "worry": "hesitantOppose",
}
_OFFERED = frozenset({"accept", "support", "agree", "can"})
_NEEDED = frozenset({"deontic", "weak_deontic", "good", "bad"})
_ASKED = frozenset({"propose", "demand", "wish"})
_AGREEING = frozenset({"agree", "agree_same", "agree_worry", "disagree"})
_SHORT = 4  # words and marks from a cue to the end of a short sentence


@dataclass(frozen=True)
class Judgement:
    """A stance that a sentence states.

    `event` is the cue. Where `side` is 1 the stance is that of whom it agrees with, where it is -1
    the opposite; that is `referent`, or with `short` whoever spoke before.
    """

    holder: Holder
    stance: str
    confidence: Confidence
    event: Found
    clause: Clause
    condition: str | None = None
    reasons: tuple[str, ...] = ()
    side: int = 0
    short: bool = False
    referent: Holder | None = None


class Judge:
    """The rules for one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._events = Events(lexicon)

    def judge(self, sentence: Sentence, speaking: Speaking) -> list[Judgement]:
        """All stances of a sentence, at most one a holder and stance."""
        # Two stances of one holder on one side are one, the surer or stronger.
        found: dict[tuple[Holder, str], Judgement] = {}
        for event in self._events.events(sentence, speaking):
            for holder in event.holders:
                judgement = self._judgement(event, holder, sentence)
                if judgement:
                    key = (holder, POLES[judgement.stance])
                    found[key] = _stronger(found.get(key), judgement)
        return list(found.values())

    def _judgement(self, event: Event, holder: Holder, sentence: Sentence) -> Judgement | None:
        stance = self._stance(event, sentence)
        if stance is None:
            return None
        agrees = event.cue.kind in _AGREEING
        referent = _referent(event, sentence) if agrees else None
        if referent and not event.negated and _content_negated(sentence, event):
            referent = None  # “agreed with Ek that it should not be”
        content = referent is None and any(
            one.kind is Kind.THAT and one.start >= event.cue.start for one in sentence.clauses
        )
        conditional = stance.endswith("WithConditions")
        return Judgement(
            holder,
            stance,
            _confidence(event, holder),
            event.cue,
            event.clause,
            condition=_condition(sentence) if conditional else None,
            reasons=_reasons(sentence),
            side=_side(event) if agrees and not content else 0,
            short=event.cue.kind != "agree" or len(sentence.words) - event.cue.start <= _SHORT,
            referent=referent,
        )

    def _stance(self, event: Event, sentence: Sentence) -> str | None:
        kind = event.cue.kind
        if event.negated and kind in _ASKED and self._asks_not(sentence, event):
            return "oppose"  # “urged them not to”
        if event.negated and kind in {"propose", "demand", "worry", "doubt"}:
            return None
        if kind == "rate_bad" and not event.negated and _content_negated(sentence, event):
            return "support"  # “regretted that nobody was asked”
        if kind in _FIXED:
            return _FIXED[kind]
        if kind == "concede":
            return "concede"
        positive = (kind in _POSITIVE) != event.negated
        if kind in {"propose", "demand", "agree", "view", "wish"} and not event.negated:
            positive = not _content_negated(sentence, event)
        if not positive and self._excepted(sentence, event):
            return "supportWithConditions"  # “cannot join unless …”
        if kind == "can" and not any(sentence.having("strict_condition")):
            return None
        if self._hedged(sentence, event):
            return "hesitantSupport" if positive else "hesitantOppose"
        if event.negated and kind == "oppose":
            return (
                "supportWithConditions" if self._conditional(sentence, event, True) else "concede"
            )
        if self._conditional(sentence, event, positive):
            return "supportWithConditions" if positive else "opposeWithConditions"
        strong = any(sentence.cues_in(event.clause, "strong"))
        base = "support" if positive else "oppose"
        return f"strong{base.capitalize()}" if strong else base

    @staticmethod
    def _excepted(sentence: Sentence, event: Event) -> bool:
        """Tell whether a refusal names what would lift it."""
        refused = any(one.start in event.cue.places for one in sentence.having("not"))
        if not event.negated and not refused:
            return False
        if event.cue.kind in _OFFERED and any(sentence.having("without")):
            return True
        if event.cue.kind == "can" and any(sentence.having("condition")):
            return event.named and event.holders[0].type is HolderType.BODY
        return event.cue.kind in _OFFERED | _NEEDED and any(sentence.having("exception"))

    @staticmethod
    def _asks_not(sentence: Sentence, event: Event) -> bool:
        """Tell whether the only negation of a request stands behind it."""
        return all(one.start >= event.cue.end for one in sentence.negations(event.clause))

    @staticmethod
    def _hedged(sentence: Sentence, event: Event) -> bool:
        """Tell whether a stance is hesitant, in its clause or in the one that it hangs on."""
        if any(sentence.cues_in(event.clause, "hedge")):
            return True
        place = sentence.clauses.index(event.clause)
        matrix = sentence.clauses[place - 1 : place] if event.clause.kind is Kind.THAT else ()
        return any(any(sentence.cues_in(one, "hedge")) for one in matrix)

    def _conditional(self, sentence: Sentence, event: Event, positive: bool) -> bool:
        kind = event.cue.kind
        if any(sentence.having("strict_condition")) and (positive or kind in {"accept", "support"}):
            return kind not in {"demand", "view"}
        if kind not in {"accept", "support"} or not positive:
            return False
        return any(self._hangs_on(sentence, event, one) for one in sentence.clauses)

    def _hangs_on(self, sentence: Sentence, event: Event, clause: Clause) -> bool:
        """Tell whether a clause is a condition of an event: it opens the sentence or follows it."""
        if clause.kind is not Kind.CONDITION or not any(sentence.cues_in(clause, "condition")):
            return False
        following = sentence.words[clause.start + 1 : clause.start + 2]
        if following and following[0].lower in self._lexicon.words("that"):
            return False
        marked = clause.start == 0 or sentence.words[clause.start - 1].text in MARKS
        return marked or (event.cue.kind == "accept" and event.clause.end == clause.start)


def _stronger(one: Judgement | None, other: Judgement) -> Judgement:
    return other if one is None or (other.stance > one.stance and _is_strong(other)) else one


def _is_strong(judgement: Judgement) -> bool:
    return judgement.stance.startswith("strong")


def _confidence(event: Event, holder: Holder) -> Confidence:
    if event.cue.kind in WEAK or holder.type is HolderType.UNNAMED:
        return Confidence.LOW
    return Confidence.HIGH if event.cue.kind in SURE else Confidence.MEDIUM


def _side(event: Event) -> int:
    """1 where a holder agrees with somebody, -1 where not."""
    return 1 if (event.cue.kind == "disagree") == event.negated else -1


def _content_negated(sentence: Sentence, event: Event) -> bool:
    """Tell whether what is wished or proposed is that something be not."""
    after: list[Clause] = []
    for one in sentence.clauses:
        if one.start < event.cue.start:
            continue
        if one.kind is not Kind.THAT or any(sentence.cues_in(one, "support")):
            break
        after.append(one)
    joins = sentence.lexicon.words("conjunctions")
    # “in law and not by decree” says yes: what “and” joins to a negation is no part of it.
    return bool(after) and all(
        any(sentence.words[cue.start].lower not in joins for cue in sentence.negations(one))
        for one in after
    )


def _referent(event: Event, sentence: Sentence) -> Holder | None:
    """With whom somebody agrees: who is named after the word, or in another case before it."""
    others = [one for one in sentence.mentions if one.holder not in event.holders]
    end = event.clause.end
    after = [one for one in others if event.cue.start <= one.start < end]
    before = [one for one in others if one.case is not Case.SUBJECT]
    return next((one.holder for one in (*after, *before)), None)


def _condition(sentence: Sentence) -> str | None:
    """The words of the condition, until the end of the clause that says it."""
    cues = [*sentence.having("strict_condition"), *sentence.having("condition")]
    if not cues:
        return None
    start = cues[0].start
    ends = [one for one in sentence.clauses if one.end > start]
    last = next((one for one in ends[1:2] if one.kind is Kind.THAT), ends[0])
    return sentence.words_from(start, last.end).strip(" ,.;")


def _reasons(sentence: Sentence) -> tuple[str, ...]:
    """The words of the clauses that say why."""
    return tuple(
        sentence.words_from(one.start, one.end).strip(" ,.;")
        for one in sentence.clauses
        if one.kind is Kind.REASON
    )
