"""Predicates of speaking: which words of a sentence are a verb of saying, and of which kind.

A verb counts as the language's file has it: finite, behind an auxiliary, with the word that must
follow it. Right behind a participant any verb of the past counts that is not one of doing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.minutes.lexicon import Form, Lexicon, Verb
from kg.minutes.sentences import Sentence

_TAIL_REACH = 7  # words between a verb and what must follow it
_AUXILIARY_REACH = 5
_WRITTEN_REACH = 5  # words behind “has” in which one tells that it was in writing
_UNDECIDED_REACH = 7  # words behind “has” in which one tells what is not formed yet
_SHORTEST = 3  # letters of a verb
_COMPLEMENTS = 3  # words behind “was” that tell what somebody was
_AUXILIARIES = (
    ("perfect", (Form.PARTICIPLE,)),
    ("negations", (Form.PARTICIPLE, Form.BASE)),
    ("modals", (Form.BASE,)),
)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb as written, its act and form; None for the form of a verb that no list has.

    `perfect`: behind an auxiliary of the perfect, as what is told of earlier often is.
    """

    verb: str
    act: str
    form: Form | None
    perfect: bool = False


class Predicates:
    """The predicates of one sentence, by the place of their first word."""

    def __init__(self, sentence: Sentence, words: Lexicon) -> None:
        self.sentence = sentence
        self.words = words
        self.folds = sentence.folds
        self.count = len(self.folds)
        self._own = words.own("clauses")

    def sets(self, name: str) -> frozenset[str]:
        """The words under a key of the table of clauses."""
        return self._own.get(name, _NONE)

    def close(self, place: int) -> bool:
        """Tell whether only a space stands behind a word."""
        return not self.sentence.between(place).strip(". ")

    def is_adverb(self, place: int) -> bool:
        """Tell whether a word can stand between a speaker and the verb."""
        fold = self.folds[place]
        ends = self.words.ends("clauses.adverb_ends")
        return fold in self.sets("adverbs") or (bool(ends) and fold.endswith(ends))

    def adverb_end(self, place: int) -> int:
        """Where an adverb or a phrase of several words that begins here ends; else its place."""
        for length in (4, 3, 2):
            phrase = " ".join(self.folds[place : place + length])
            if place + length < self.count and phrase in self.sets("adverb_phrases"):
                return place + length
        return place + 1 if self.is_adverb(place) else place

    def adverb_start(self, end: int) -> int:
        """Where the adverb or phrase begins that ends before a word; else the word's place."""
        for length in (4, 3, 2, 1):
            start = end - length
            if start > 0 and self.adverb_end(start) == end:
                return start
        return end

    def at(self, place: int, sure: bool) -> Predicate | None:
        """The predicate that begins here; `sure`: right behind a participant."""
        return (
            self.listed(place)
            or self._auxiliary(place, sure)
            or self._in_writing(place)
            or self._undecided(place)
            or (self._any_past(place) or self._any_present(place) if sure else None)
        )

    def finite(self, place: int) -> Verb | None:
        """The first reading of a word as a finite verb of saying."""
        readings = self.words.verbs.get(self.folds[place], ())
        return next((one for one in readings if one.form in {Form.PRESENT, Form.PAST}), None)

    def listed(self, place: int) -> Predicate | None:
        """A finite verb of the lists, with what must follow it."""
        for verb in self.words.verbs.get(self.folds[place], ()):
            end = self.tailed(verb, place + 1) if verb.form in {Form.PRESENT, Form.PAST} else 0
            if end:
                return Predicate(self.sentence.part(place, end), verb.act, verb.form)
        return None

    def tailed(self, verb: Verb, start: int) -> int:
        """Where a verb ends with what must follow it; 0 if that is missing."""
        if not verb.tails:
            return start
        small = self.words.words("speakers.articles") | self.words.words("speakers.unnamed")
        for place in range(start, min(start + _TAIL_REACH, self.count)):
            near = place == start
            for tail in verb.tails if near else (one for one in verb.tails if one not in small):
                if end := self._matches(tail, place):
                    return end
            if set(self.sentence.between(place)) & {":", ";"}:
                break
        return 0

    def passive(self, place: int) -> Verb | None:
        """A verb of saying in the passive: a participle, or with a passive's ending."""
        fold = self.folds[place]
        auxiliaries = self.words.words("decisions.auxiliaries")
        if auxiliaries:
            before = self.folds[max(place - 2, 0) : place]
            if place and not any(fold in auxiliaries for fold in before):
                return None
            readings = self.words.verbs.get(fold, ())
            return next((one for one in readings if one.form is Form.PARTICIPLE), None)
        for ending in self.words.ends("clauses.passive_ends"):
            if fold.endswith(ending):
                readings = self.words.verbs.get(fold.removesuffix(ending), ())
                return next((one for one in readings if one.form is Form.PAST), None)
        return None

    def _matches(self, tail: str, place: int) -> int:
        if tail.startswith("*"):
            return place + 1 if self.folds[place].endswith(tail[1:]) else 0
        parts = tail.split()
        end = place + len(parts)
        return end if self.folds[place:end] == parts else 0

    def _auxiliary(self, place: int, sure: bool) -> Predicate | None:
        fold = self.folds[place]
        for name, forms in _AUXILIARIES:
            if fold in self.sets(name):
                earlier = name == "perfect" and fold not in self.sets("conditionals")
                found = self._nonfinite(place, forms, perfect=earlier)
                if found is not None:
                    return found
        if fold in self.sets("be") and (found := self._attitude(place)) is not None:
            return found
        if sure and fold in self.sets("willing"):
            return Predicate(self._up_to(place, place + 2), "statement", Form.PRESENT)
        return None

    def _nonfinite(self, place: int, forms: tuple[Form, ...], perfect: bool) -> Predicate | None:
        """A participle or base form of a verb of saying behind an auxiliary."""
        for following in range(place + 1, min(place + _AUXILIARY_REACH, self.count)):
            for verb in self.words.verbs.get(self.folds[following], ()):
                end = self.tailed(verb, following + 1) if verb.form in forms else 0
                if end:
                    written = self.sentence.part(place, end)
                    return Predicate(written, verb.act, verb.form, perfect)
            if self.sentence.between(following).strip():
                return None
        return None

    def _in_writing(self, place: int) -> Predicate | None:
        """“har i ett skriftligt yttrande avstyrkt”: what somebody has sent, and not received."""
        fold = self.folds[place]
        if fold not in self.sets("perfect") and fold not in self.sets("past_perfect"):
            return None
        behind = set(self.folds[place + 1 : place + 1 + _WRITTEN_REACH])
        told = self.sets("complements") | self.sets("relatives")
        if not behind & self.sets("written") or behind & self.sets("unwritten"):
            return None
        colon = ":" in "".join(self.sentence.between(at) for at in range(place, self.count - 1))
        if not colon and not any(fold in told for fold in self.folds[place + 1 :]):
            return None
        return Predicate(self._up_to(place, place + 2), "statement", Form.PARTICIPLE, True)

    def _undecided(self, place: int) -> Predicate | None:
        """“has not formed a view”, “har inte tagit ställning”."""
        fold = self.folds[place]
        if not any(fold in self.sets(name) for name in ("perfect", "past_perfect", "denials")):
            return None
        behind = self.folds[place + 1 : place + 1 + _UNDECIDED_REACH]
        negated = fold in self.sets("denials") or self.sets("not") & set(behind[:2])
        if not negated or not self.sets("undecided") & set(behind):
            return None
        return Predicate(self._up_to(place, place + 3), "statement", Form.PRESENT)

    def _attitude(self, place: int) -> Predicate | None:
        """“oli huolissaan”, “är tveksam”, “was in two minds”."""
        for following in range(place + 1, min(place + _AUXILIARY_REACH, self.count)):
            if self.folds[following] in self.sets("attitudes"):
                now = self.folds[place] in self.sets("be_present")
                form = Form.PRESENT if now else Form.PAST
                return Predicate(self._up_to(place, following + 1), "statement", form)
            if self.sentence.between(following).strip():
                return None
        return None

    def _any_past(self, place: int) -> Predicate | None:
        """Any verb of the past, unless it is one of doing."""
        fold = self.folds[place]
        doing = self.sets("silent") | self.words.words("actions.tasks")
        if fold in doing or not self.sentence.words[place].text[0].islower():
            return None
        if fold in self.sets("conditionals"):  # “olisi jättänyt”: what somebody would do
            return Predicate(self._up_to(place, place + 2), "statement", Form.PRESENT)
        if fold in self.sets("past_perfect") or fold in self.sets("be"):
            return self._being(place)
        following = self.folds[place + 1 : place + 1 + _COMPLEMENTS]
        if any(word in self.sets("silent_complements") for word in following):
            return None
        past = fold.endswith(self.words.ends("clauses.past_ends")) and len(fold) >= _SHORTEST
        if past or fold in self.sets("past_verbs"):
            return Predicate(self._up_to(place, place + 1), "statement", None)
        return None

    def _any_present(self, place: int) -> Predicate | None:
        """Any verb of the present by its end, or a negated one: “sees”, “ei lämmennyt”."""
        fold = self.folds[place]
        following = self.folds[place + 1 : place + 1 + _COMPLEMENTS]
        doing = self.sets("silent") | self.words.words("actions.tasks")
        if fold in doing or any(
            word in self.sets("silent_complements") | self.sets("silent") for word in following
        ):
            return None
        perfect = self.sets("perfect") | self.sets("past_perfect")
        denied = fold in perfect and following[:1] and following[0] in self.sets("not")
        if (fold in self.sets("denials") and following) or denied:
            return Predicate(self._up_to(place, place + 2), "statement", Form.PRESENT)
        ends = self.words.ends("clauses.present_ends")
        plain = self.sentence.words[place].text.islower() and len(fold) > _SHORTEST
        plain = plain and self.sentence.between(place)[:1] in {"", " ", ",", "."}
        helping = self.sets("be") | self.sets("perfect") | self.words.words("actions.will")
        if ends and plain and fold.endswith(ends) and fold not in helping:
            return Predicate(self._up_to(place, place + 1), "statement", Form.PRESENT)
        return None

    def _being(self, place: int) -> Predicate | None:
        """“was more cautious”: what somebody was, unless absent; and nothing done earlier."""
        following = self.folds[place + 1 : place + 1 + _COMPLEMENTS]
        ends = self.words.ends("clauses.participle_ends")
        silent = self.sets("silent_complements")
        if not following or not self.words.flag("clauses", "being"):
            return None
        if any(fold in silent or fold.endswith(ends) for fold in following):
            return None
        if self.folds[place] in self.sets("past_perfect") and self._is_participle(place + 1):
            return None
        return Predicate(self._up_to(place, place + 2), "statement", None)

    def _is_participle(self, place: int) -> bool:
        readings = self.words.verbs.get(self.folds[place], ())
        return any(one.form is Form.PARTICIPLE for one in readings)

    def _up_to(self, start: int, end: int) -> str:
        return self.sentence.part(start, min(end, self.count))
