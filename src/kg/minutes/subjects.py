"""Subjects: the speakers, one or several, that a row of words names."""

from __future__ import annotations

from dataclasses import replace

from kg.minutes.cast import Cast
from kg.minutes.predicates import Predicates
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, is_meeting, mention
from kg.minutes.strangers import stranger
from kg.minutes.words import first_names

_MOST = 8  # speakers in a row
_APPOSITION = 16  # words in brackets behind a name, at most
_OF_REACH = 6  # words behind an office that say of what
_FROM = 18  # words that say where a speaker is from
_ADVERBS = 4  # between a speaker and the verb
_CODE = 4  # letters of a delegation's code, at most


class Subjects:
    """The speakers that one sentence names, by the place of the first word."""

    def __init__(self, sentence: Sentence, cast: Cast) -> None:
        self.sentence = sentence
        self.cast = cast
        self.folds = sentence.folds
        self.count = len(self.folds)

    def at(self, place: int) -> tuple[Mention, ...] | None:
        """One speaker or several joined: “A, B ja C”; names with commas alone are no row."""
        if pair := self._delegations(place):
            return pair
        first = None if self._behind_first_name(place) else self._first(place)
        if first is None:
            return None
        found, joined = [first], 1
        while len(found) < _MOST:
            end = self.after_brackets(found[-1].end)
            following = self._joined(end)
            other = mention(self.sentence, following, self.cast) if following else None
            if other is None or other.bent != first.bent:
                break
            found.append(other)
            if following != end or "," not in self.sentence.between(end - 1):
                joined = len(found)
        return tuple(found[:joined])

    def after_brackets(self, end: int) -> int:
        """Past what stands in brackets behind a name."""
        if not self.sentence.between(end - 1).lstrip().startswith(("(", "[")):
            return end
        for place in range(end, min(end + _APPOSITION, self.count)):
            if self.sentence.between(place).startswith((")", "]")):
                return place + 1
        return end

    def verb_places(self, end: int, predicates: Predicates) -> list[int]:
        """Where the verb can stand: behind brackets, adverbs, and what is set off by commas."""
        end = self.after_brackets(end)
        places = []
        place = end
        for _ in range(_ADVERBS):
            if place >= self.count:
                break
            places.append(place)
            behind = predicates.adverb_end(place)
            if behind == place or not self._close(behind - 1):
                break
            place = behind
        supported = predicates.sets("supported")
        for place in range(end, min(end + _ADVERBS, self.count - 2) if supported else end):
            if self.folds[place] in supported:
                places += [place + 1, place + 2]
        return places + self._behind_apposition(end, predicates)

    def _behind_apposition(self, end: int, predicates: Predicates) -> list[int]:
        """“Moss, speaking for Leeds, regretted”, “Berg från IT berättade”."""
        if end >= self.count:
            return []
        gap = self.sentence.between(end - 1).strip(") ")
        if gap in {",", "–", "-"}:
            if end < self.count and predicates.listed(end):
                return [end]
            for place in range(end, min(end + _APPOSITION, self.count)):
                if self.sentence.between(place).strip() in {",", "–", "-"}:
                    return [place + 1] if place + 1 < self.count else []
            return []
        if self.folds[end] in predicates.sets("from"):
            behind = range(end + 2, min(end + _FROM, self.count))
            return [place for place in behind if self.sentence.words[place].text[0].islower()]
        if ":" in self.folds[end]:  # “Mäki VM:stä totesi”
            return [end + 1] if end + 1 < self.count else []
        other = mention(self.sentence, end, self.cast)
        if other is not None and other.kind is Kind.BODY:
            return [other.end] if other.end < self.count else []
        return []

    def stands_before(self, verb: int) -> bool:
        """Tell whether the meeting itself, somebody or a pronoun stands before a verb."""
        words = self.cast.words.words
        return any(
            is_meeting(self.sentence, place, self.cast)
            or self.folds[place] in words("speakers.pronouns")
            or self.folds[place] in words("clauses.impersonal")
            for place in range(verb)
        )

    def _sets(self, key: str) -> frozenset[str]:
        return self.cast.words.words(f"speakers.{key}")

    def _close(self, place: int) -> bool:
        return not self.sentence.between(place).strip(". ")

    def _first(self, place: int) -> Mention | None:
        """Who is named here; at the start of a clause also somebody of no list."""
        found = mention(self.sentence, place, self.cast)
        if found is None and (place == 0 or ":" in self.sentence.between(place - 1)):
            if not is_meeting(self.sentence, place, self.cast):
                found = stranger(self.sentence, place, self.cast)
        return self._by_name(found) if found else None

    def _behind_first_name(self, place: int) -> bool:
        """Tell whether a first name stands before a word, which is then a stranger's surname."""
        if place == 0 or not self._close(place - 1):
            return False
        before = self.sentence.words[place - 1]
        given = before.text[0].isupper() and before.fold in first_names()
        return given and mention(self.sentence, place - 1, self.cast) is None

    def _delegations(self, start: int) -> tuple[Mention, ...] | None:
        """“The FI and SE delegations”: bodies by their codes, with one word for all."""
        words = self.sentence.words
        place = start + (self.folds[start] in self._sets("articles"))
        if place + 3 >= self.count or self.folds[place + 1] not in self._sets("joins"):
            return None
        codes = (words[place].text, words[place + 2].text)
        short = all(code.isupper() and 1 < len(code) <= _CODE for code in codes)
        if not short or self.folds[place + 3] not in self._sets("groups"):
            return None
        one = Mention(place, place + 1, Kind.BODY, body=codes[0])
        return (one, Mention(place + 2, place + 3, Kind.BODY, body=codes[1]))

    def _by_name(self, first: Mention) -> Mention:
        """The name set off by commas behind an office: “the chair, Ms Carter, said”."""
        end = first.end
        if first.kind is Kind.PERSON or end >= self.count:
            return first
        if first.name is None and (named := self._in_brackets(first)):
            return named
        if end + 1 >= self.count:
            return first
        if self.folds[end] in self._sets("of"):
            reach = range(end, min(end + _OF_REACH, self.count))
            end = next((place + 1 for place in reach if not self._close(place)), end)
        if end >= self.count or self.sentence.between(end - 1).strip() != ",":
            return first
        name = mention(self.sentence, end, self.cast)
        if name is None or name.kind is not Kind.PERSON or name.bent or name.end >= self.count:
            return first
        closed = self.sentence.between(name.end - 1).strip() == ","
        return replace(name, start=first.start) if closed else first

    def _in_brackets(self, first: Mention) -> Mention | None:
        """“The Finnish delegation (Ms Hall)”: the name behind somebody not known otherwise."""
        if self.sentence.between(first.end - 1).strip() != "(":
            return None
        name = mention(self.sentence, first.end, self.cast)
        if name is None or name.name is None or name.bent:
            return None
        closed = self.sentence.between(name.end - 1).lstrip().startswith(")")
        return replace(first, name=name.name, doubt=None) if closed else None

    def _joined(self, end: int) -> int | None:
        """Where a further speaker can begin behind “and” or a comma."""
        if end >= self.count:
            return None
        gap = self.sentence.between(end - 1).strip(") ")
        both = self._sets("both")  # “sekä A että B”, “neither A nor B”
        paired = self.folds[end] in both and bool(both & set(self.folds[:end]))
        if (paired or self.folds[end] in self._sets("joins")) and gap in {"", ","}:
            return end + 1 if end + 1 < self.count else None
        return end if gap in {",", "&", "/"} else None
