"""Who is named amid or behind what they say: “Yes, replied Ms Pryce, but …”, “…, Lehto totesi”."""

from __future__ import annotations

from dataclasses import dataclass

from kg.minutes.lexicon import Lexicon, Verb
from kg.minutes.predicates import Predicates
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Mention
from kg.minutes.subjects import Subjects

_TAIL = 6  # words at a sentence's end that can name the speaker
_QUOTES = (",", "”", '"', "’", "»", "–", "—")
_SET_OFF = (",", ";", "–", "—", "-", ":")


@dataclass(frozen=True, slots=True)
class Aside:
    """Speakers and their verb, as written and as the lists have it."""

    speakers: tuple[Mention, ...]
    words: str
    verb: Verb


class Asides:
    """The speakers whom one sentence names apart from what they say."""

    def __init__(self, sentence: Sentence, subjects: Subjects, predicates: Predicates) -> None:
        self.sentence = sentence
        self.subjects = subjects
        self.predicates = predicates
        self.lexicon: Lexicon = predicates.words
        self.folds = sentence.folds
        self.count = len(self.folds)

    def anywhere(self) -> Aside | None:
        """Participants and a verb of saying, set off by commas or by the sentence's end."""
        for place in self._places(1):
            for found in (self._verb_first(place), self._speaker_first(place)):
                if found is not None and self._are_set_off(*found):
                    return found[0]
        return None

    def at_end(self) -> Aside | None:
        """Anybody and a verb of saying as the last words."""
        for place in self._places(max(1, self.count - _TAIL)):
            for found in (self._verb_first(place), self._speaker_first(place)):
                if found is not None and found[1] >= self.count - 1:
                    return found[0]
        return None

    def names_pronoun(self) -> bool:
        """Tell whether “he reminded them” at the end gives it to the speaker before."""
        pronouns = self.lexicon.words("speakers.pronouns")
        for place in self._places(max(1, self.count - _TAIL)):
            pair = self.folds[place : place + 2]
            for one, other in (pair, pair[::-1]) if len(pair) > 1 else ():
                if one in pronouns and other in self.lexicon.verbs:
                    return True
        return False

    def _places(self, start: int) -> list[int]:
        """The words behind a comma, a dash or a quotation's end."""
        return [
            place
            for place in range(start, self.count)
            if self.sentence.between(place - 1).strip().endswith(_QUOTES)
        ]

    def _verb_first(self, place: int) -> tuple[Aside, int] | None:
        verb = self._verb(place)
        speakers = self.subjects.at(place + 1) if verb and place + 1 < self.count else None
        if verb is None or not speakers or speakers[0].bent:
            return None
        return Aside(speakers, self.sentence.part(place, place + 1), verb), speakers[-1].end

    def _speaker_first(self, place: int) -> tuple[Aside, int] | None:
        speakers = self.subjects.at(place)
        end = speakers[-1].end if speakers else self.count
        verb = self._verb(end) if end < self.count else None
        if verb is None or not speakers or speakers[0].bent:
            return None
        return Aside(speakers, self.sentence.part(end, end + 1), verb), end + 1

    def _verb(self, place: int) -> Verb | None:
        """A finite verb of saying that asks for no more words."""
        verb = self.predicates.finite(place)
        plain = verb is not None and not verb.tails
        return verb if plain or self.folds[place] in self.predicates.sets("attributions") else None

    def _are_set_off(self, found: Aside, end: int) -> bool:
        if any(one.name is None for one in found.speakers):
            return False
        return end >= self.count or self.sentence.between(end - 1).strip().startswith(_SET_OFF)
