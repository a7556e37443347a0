"""Events: cues of stance in a sentence, with who has the stance and whether it is negated.

Attitudes (“supports”, “opposes”, “proposes”) belong to the subject of their clause. Evaluations
(“should”, “is important”) belong to the voice of the clause: whom the sentence quotes, else who
speaks. What stands inside an attitude (“proposed that …”) is its content, and no event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.drafting.clauses import Clause, Kind, Sentence
from kg.drafting.lexicon import Found, Lexicon
from kg.drafting.model import Holder, HolderType
from kg.drafting.subjects import UNNAMED, Speaking, Subjects, Voice

ATTITUDES = frozenset(
    {"support", "accept", "oppose", "propose", "demand", "wish", "worry", "undecided", "welcome"}
    | {"agree", "agree_same", "agree_worry", "disagree", "concede", "doubt", "view"}
    | {"rate_good", "rate_bad"}
)
EVALUATIONS = frozenset({"deontic", "weak_deontic", "good", "bad", "suggest", "can"})
STANCES = ATTITUDES | EVALUATIONS
WEAK = frozenset({"view", "weak_deontic", "concede", "suggest"})
SURE = frozenset({"support", "accept", "oppose", "propose", "demand", "undecided", "disagree"})
_YIELDING = WEAK | {"worry", "doubt", "disagree", "can"}  # beside other words of the same holder
_CLOSED = frozenset({"wish", "accept", "view"})  # “did not want to take a position” wants nothing
_HAS_CONTENT = ATTITUDES - {"view"}
_TO_BE = frozenset({"propose", "demand", "wish"})  # what they say is still to be
_ASIDE = frozenset(
    {Kind.CONDITION, Kind.REASON, Kind.RELATIVE, Kind.CONCESSION, Kind.TIME, Kind.QUESTION}
)
_NEGATION_BEFORE = 8  # words that a negation may stand before a cue
_NEGATION_AFTER = 5


@dataclass(frozen=True)
class Event:
    """A cue of stance with its holders, in its clause."""

    cue: Found
    clause: Clause
    holders: Voice
    negated: bool
    past: bool
    named: bool  # its clause names its subject


class Events:
    """The rules for finding events in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def events(self, sentence: Sentence, speaking: Speaking) -> list[Event]:
        """What a sentence states at present, without what stands aside."""
        events = list(self._all(sentence, speaking))
        if any(sentence.having("remind")):
            # What is called to mind is a fact, a duty or the speaker's own past.
            mine = (speaking.person, speaking.voice)
            events = [
                one
                for one in events
                if one.clause.kind is not Kind.THAT
                or (one.cue.kind in ATTITUDES and one.holders[0] not in mine)
                or sentence.words[one.cue.start].lower in self._lexicon.words("advice")
            ]
        if any(sentence.having("summary")):
            # Who sums up takes no side; others that are named have theirs.
            events = [one for one in events if one.holders[0].type is HolderType.BODY]
        return _main_events(_settle_past(events, sentence))

    def _all(self, sentence: Sentence, speaking: Speaking) -> Iterator[Event]:
        if any(sentence.having("procedure")) or not _stated(sentence):
            return
        who = Subjects(sentence, speaking, self._lexicon)
        voices = who.voices(ATTITUDES)
        stated = _stated(sentence)
        subjects: list[Holder] = []
        content: set[str] = set()
        placed = _by_clause(sentence, stated)
        # What “…, warned Ek, …” says of a stance counts only where the rest says nothing.
        said = any(own for index, own in enumerate(placed) if index not in who.reporters)
        for index, clause in enumerate(sentence.clauses):
            if index in who.reporters and said:
                continue
            if clause.kind is not Kind.THAT:
                content = set()
            own = placed[index]
            for cue in own:
                named = who.holding(index, cue, cue.kind in ATTITUDES)
                joined = cue.kind in ATTITUDES and self._joined(sentence, cue)
                if joined and clause.kind is Kind.THAT and subjects:
                    named = [one for one in named if one.type is HolderType.BODY]
                elif content and (cue.kind in EVALUATIONS or not named or content & _TO_BE):
                    continue
                passive = not named and who.is_passive(cue)
                holders = () if passive else self._holders(cue, named, subjects, voices[index])
                if holders and not _courtesy(sentence, cue):
                    negated = self._negated(sentence, index, cue)
                    if index - 1 in who.reporters:
                        # “Nor, said Ek, should they pay.”
                        before = sentence.negations(sentence.clauses[index - 2])
                        negated = negated != any(before)
                    past = any(sentence.cues_in(clause, "past"))
                    yield Event(cue, clause, holders, negated, past, bool(named))
            if clause.kind is not Kind.THAT or not subjects:
                subjects = who.of(index) or subjects
            elif _goes_on(sentence, index + 1):
                subjects = [
                    one for one in who.of(index) if one.type is not HolderType.PERSON
                ] or subjects
            content |= {cue.kind for cue in own} & _HAS_CONTENT

    def _joined(self, sentence: Sentence, cue: Found) -> bool:
        """Tell whether a verb is joined to one before it by “and”, and so has its subject."""
        joins = self._lexicon.words("conjunctions")
        before = [word.lower for word in sentence.words[max(0, cue.start - 2) : cue.start]]
        named = any(one.end == cue.start for one in sentence.mentions)
        if sentence.words[cue.start].lower in joins:
            return True
        if not before or named or before[-1] in self._lexicon.words("pronouns"):
            return False
        return before[-1] in joins or before[0] in joins

    def _holders(
        self, cue: Found, named: Sequence[Holder], subjects: Sequence[Holder], voice: Voice
    ) -> Voice:
        """Who has a stance, by what kind of words it is."""
        attitude = cue.kind in ATTITUDES
        if cue.ambiguous or (cue.kind == "can" and named):
            return tuple(named)
        if cue.impersonal:
            return tuple(named) or (UNNAMED,)
        if attitude and (named or subjects):
            return tuple(named or subjects)
        opens = not cue.start and cue.kind != "view"  # “Wishes that …”: notes leave out who
        if attitude and not opens and not self._lexicon.drops_subjects:
            return ()
        return voice

    def _negated(self, sentence: Sentence, index: int, cue: Found) -> bool:
        """Tell whether a cue is negated in its clause, or by a view that its clause hangs on."""
        clause, joins = sentence.clauses[index], self._lexicon.words("conjunctions")
        without = frozenset(one.start for one in sentence.having("without"))
        before = 2 if self._joined(sentence, cue) else _NEGATION_BEFORE
        count = sum(
            cue.start - before <= one.start < cue.end + _NEGATION_AFTER
            for one in sentence.negations(clause)
            if one.start not in without.union(cue.places)
            and not (one.start >= cue.end and sentence.words[one.start].lower in joins)
        )
        if clause.kind is Kind.THAT and index:
            matrix = sentence.clauses[index - 1]
            if any(sentence.cues_in(matrix, "view")):
                count += sum(1 for _ in sentence.negations(matrix))
        return count % 2 == 1


def _by_clause(sentence: Sentence, cues: Sequence[Found]) -> list[list[Found]]:
    """The cues that begin in each clause."""
    return [
        [cue for cue in cues if clause.start <= cue.start < clause.end]
        for clause in sentence.clauses
    ]


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Tell whether a clause goes on with what is reported (“said that SM … but …”)."""
    clause = next(iter(sentence.clauses[index : index + 1]), None)
    if clause is None or clause.kind is Kind.CONTRAST:
        return clause is not None
    return clause.kind is Kind.THAT and not clause.opened


def _stated(sentence: Sentence) -> list[Found]:
    """The cues of stance; what is asked is not stated."""
    asked = min((one.start for one in sentence.having("question")), default=len(sentence.words))
    answered = _after_colon(sentence, asked)
    question = _is_question(sentence)
    unfounded = _unfounded(sentence)
    reserved = {place for one in sentence.having("strict_condition") for place in one.places}
    return [
        one
        for one in sentence.cues
        if one.kind in STANCES
        and one.kind not in unfounded
        and not (one.kind == "undecided" and reserved.issuperset(one.places))
        and (one.start < asked or one.start > answered)
        and (one.kind == "suggest" or not question)
    ]


def _after_colon(sentence: Sentence, at: int) -> int:
    """The place of the first colon or semicolon after a word, else the end of the sentence."""
    places = range(at, len(sentence.words))
    return next((one for one in places if sentence.words[one].text in ":;"), len(sentence.words))


def _is_question(sentence: Sentence) -> bool:
    """Tell whether a sentence asks, by its mark or by the ending of its first word."""
    if sentence.text.rstrip("”\"’' ").endswith("?"):
        return True
    endings = tuple(sentence.lexicon.words("question_endings"))
    return bool(endings) and sentence.words[0].lower.endswith(endings)


def _unfounded(sentence: Sentence) -> set[str]:
    """Kinds of words that are no stance by themselves: “can” without “provided that” …"""
    found = set()
    conditions = ("strict_condition", "exception", "without", "condition")
    if not any(any(sentence.having(kind)) for kind in conditions):
        found.add("can")
    if not any(sentence.having("opinion")) and not any(sentence.having("view")):
        found.add("weak_deontic")
    return found


def _courtesy(sentence: Sentence, cue: Found) -> bool:
    """Tell whether only somebody's coming is welcomed."""
    return cue.kind == "welcome" and any(
        cue.end <= one.start <= cue.end + 2 and one.holder.type is HolderType.PERSON
        for one in sentence.mentions
    )


def _settle_past(events: Sequence[Event], sentence: Sentence) -> list[Event]:
    """Present views only; a past one turned round where the text says “but no longer does so”."""
    # “Admits that it used to ask for them” concedes nothing at present.
    old = {"concede"} if any(sentence.having("past")) else set()
    present = [one for one in events if not one.past and one.cue.kind not in old]
    if not any(sentence.having("no_longer")):
        return present
    holders = {holder for one in present for holder in one.holders}
    given_up = (one for one in events if one.past and not holders.intersection(one.holders))
    return present + [replace(one, negated=not one.negated) for one in given_up]


def _main_events(events: Iterable[Event]) -> list[Event]:
    """Without what stands aside: reasons and conditions, weak words beside strong ones."""
    listed = list(events)
    main = [one for one in listed if one.clause.kind not in _ASIDE or _by_itself(one)]
    if not main:
        aside = {Kind.RELATIVE, Kind.CONCESSION}
        main = [one for one in listed if one.clause.kind in aside and one.cue.kind in ATTITUDES]
    open_ = {holder for one in main if one.cue.kind == "undecided" for holder in one.holders}
    main = [
        one for one in main if one.cue.kind not in _CLOSED or not open_.intersection(one.holders)
    ]
    firm = {holder for one in main if one.cue.kind not in _YIELDING for holder in one.holders}
    return [
        one for one in main if one.cue.kind not in _YIELDING or not firm.intersection(one.holders)
    ]


def _by_itself(event: Event) -> bool:
    """Tell whether a relative clause gives somebody's stance (“…, which Ek supports”)."""
    return event.clause.kind is Kind.RELATIVE and event.named and event.cue.kind in SURE
