"""Speakers that are no subject: “Enligt X”, “X:n mukaan”, “suggested by X”, “VM:stä todettiin”."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from kg.minutes.cast import Cast, lookup
from kg.minutes.lexicon import Form
from kg.minutes.predicates import Predicates
from kg.minutes.reporting import Clause
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, mention
from kg.minutes.subjects import Subjects

_WITHIN = 6  # words behind a body in which the one who tells of it is named


class Indirect:
    """The clauses of one sentence whose speakers are no subject, by the place of a word."""

    def __init__(
        self, sentence: Sentence, cast: Cast, subjects: Subjects, predicates: Predicates
    ) -> None:
        self.sentence = sentence
        self.cast = cast
        self.lexicon = cast.words
        self.folds = sentence.folds
        self.count = len(self.folds)
        self.subjects = subjects
        self.predicates = predicates
        self.sets = predicates.sets

    def at(self, place: int) -> Clause | None:
        """The clause that begins with what stands before the speaker, or with a bent body."""
        return self.according_before(place) or self.by_agent(place) or self.from_source(place)

    def according_after(self, found: tuple[Mention, ...]) -> Clause | None:
        """“X:n mukaan”, “in X’s view”: speakers in the genitive, and the word behind them."""
        words = self.lexicon.words("clauses.according_after")
        end = found[-1].end
        if end < self.count and self.folds[end] in self.sets("backing"):
            return replace(_according(found, self.sentence.part(end, end + 1)), according=False)
        for place in range(end, min(end + 2, self.count)):
            follows = self.folds[place + 1] if place + 1 < self.count else ""
            says = self.folds[place] not in self.sets("views") or follows in self.sets("be")
            done = place + 2 < self.count and (
                self.predicates.passive(place + 2)
                or self.folds[place + 2] in self.lexicon.decisions("verbs")
            )
            if self.folds[place] in words and says and not done:
                return _according(found, self.sentence.part(place, place + 1))
        return None

    def according_before(self, place: int) -> Clause | None:
        """“Enligt X”, “In the opinion of X”."""
        for length in (4, 3, 2, 1):
            phrase = " ".join(self.folds[place : place + length])
            end = place + length
            if phrase in self.sets("according_before") and end < self.count:
                found = self.subjects.at(end)
                if found is not None and (not found[-1].bent or found[0].name):
                    return _according(found, self.sentence.part(place, end))
        return self._for_somebody(place)

    def _for_somebody(self, place: int) -> Clause | None:
        """“For Ms Lee, the work was worth starting”: set off by a comma, at the very start."""
        if place or self.folds[0] not in self.sets("for_somebody"):
            return None
        found = self.subjects.at(1) if self.count > 1 else None
        if found is None or any(one.name is None or one.bent for one in found):
            return None
        closed = self.sentence.between(found[-1].end - 1).strip() == ","
        return _according(found, self.sentence.part(0, 1)) if closed else None

    def by_agent(self, place: int) -> Clause | None:
        """“It was suggested by Ms Pryce that”, “Förslaget avvisades av Lidman”."""
        if place == 0 or place + 1 >= self.count:
            return None
        act = self._agent_of(place)
        found = self.subjects.at(place + 1) if act else None
        if act is None or found is None or any(one.name is None or one.bent for one in found):
            return None
        end = found[-1].end
        if place == 1 and (act == "question" or self._speaks_later(end)):
            return None  # “Asked by the Chair, Ms Lomax advised”
        words = self.sentence.part(place - 1, place)
        if end + 1 < self.count and self.folds[end + 1] in self.sets("agent"):
            other = self.subjects.at(end + 2) if end + 2 < self.count else None
            if other and all(one.name for one in other):  # “…, seconded by Dr Shah”
                found = (*found, *other)
        return Clause(found, words, act, form=Form.PAST)

    def from_source(self, place: int) -> Clause | None:
        """“VM:stä todettiin”, “Från SM:s sida framhölls”: a body from which something is told."""
        body = self._source(place)
        if body is None or body.end >= self.count:
            return None
        at = body.end + (self.folds[body.end] in self.sets("source_sides"))
        ends = self.lexicon.ends("clauses.source_verb_ends")
        if at >= self.count or not self.folds[at].endswith(ends):
            return None
        return Clause((body,), self.sentence.part(at, at + 1), "statement", form=Form.PAST)

    def _source(self, place: int) -> Mention | None:
        if self.folds[place] in self.sets("source_before") and place + 1 < self.count:
            found = mention(self.sentence, place + 1, self.cast)
            return replace(found, start=place + 1, bent=False) if _is_body(found) else None
        for ending in self.lexicon.ends("clauses.source_ends"):
            base = self.folds[place].removesuffix(ending)
            known = lookup(self.cast.organisations, [base], 0)
            if base != self.folds[place] and known is not None:
                return Mention(place, place + 1, Kind.BODY, body=known[1].meant)
        found = mention(self.sentence, place, self.cast)  # “VM:n taholta todettiin”
        sided = (
            _is_body(found) and found.end < self.count and self.lexicon.ends("clauses.source_ends")
        )
        if found and sided and self.folds[found.end] in self.sets("source_sides"):
            return replace(found, bent=False)
        return None

    def _speaks_later(self, start: int) -> bool:
        """Tell whether somebody stands right here, or behind a comma with a verb of saying."""
        for place in range(start, self.count):
            comma = place > start and self.sentence.between(place - 1).strip() == ","
            found = self.subjects.at(place) if comma or place == start else None
            if found is not None and place == start:
                return True
            end = found[-1].end if found else self.count
            if end < self.count and self.predicates.listed(end):
                return True
        return False

    def _agent_of(self, place: int) -> str | None:
        """The act of what somebody does whom a preposition names: “proposed by”, “support of”."""
        if self.folds[place] in self.sets("agent") and (verb := self.predicates.passive(place - 1)):
            return verb.act
        backed = self.sets("backing") & set(self.folds[max(place - 2, 0) : place])
        return "statement" if backed and self.folds[place] in self.sets("prepositions") else None

    def teller(self, start: int) -> Clause | None:
        """Who tells of a body: “Kuntaliitto on Mäen mukaan eri mieltä”, “VM kan enligt Ask”."""
        for place in range(start, min(start + _WITHIN, self.count)):
            if self.folds[place] in self.sets("complements") | self.sets("relatives"):
                return None
            found = self.according_before(place)
            speakers = None if found else self.subjects.at(place)
            if speakers and speakers[0].bent:
                found = self.according_after(speakers)
            if found is not None and found.first.name is not None:
                return found
        return None


def _is_body(found: Mention | None) -> TypeGuard[Mention]:
    return found is not None and found.kind is Kind.BODY


def _according(speakers: tuple[Mention, ...], words: str) -> Clause:
    return Clause(speakers, words, "statement", form=Form.PRESENT, according=True)
