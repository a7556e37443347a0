"""Speakers before a colon or a dash, or by their initials alone: “Virtanen (VM): …”, “SM we …”."""

from __future__ import annotations

from kg.minutes.cast import Cast
from kg.minutes.predicates import Predicates
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, mention
from kg.minutes.subjects import Subjects

_DASHES = ("-", "–", "—")


class Colons:
    """The speakers whom one sentence names without a verb."""

    def __init__(
        self, sentence: Sentence, cast: Cast, subjects: Subjects, predicates: Predicates
    ) -> None:
        self.sentence = sentence
        self.cast = cast
        self.subjects = subjects
        self.predicates = predicates
        self.lexicon = cast.words
        self.folds = sentence.folds
        self.count = len(self.folds)
        self.sets = predicates.sets

    def at(self, at: int) -> tuple[Mention, ...] | None:
        """Those before a colon or a dash, from a word on."""
        found = self.subjects.at(at)
        if found is None or any(one.bent for one in found):
            return None
        end = self._past_body(self.subjects.after_brackets(found[-1].end))
        for place in range(end - 1, min(end + 2, self.count)):
            gap = self.sentence.between(place).lstrip(")]> ")
            if gap.startswith(":") or (place == end - 1 and gap.strip() in _DASHES and gap.strip()):
                return self._at_colon(found, place, end)
            if gap.strip():
                return None
        return None

    def _at_colon(
        self, found: tuple[Mention, ...], place: int, end: int
    ) -> tuple[Mention, ...] | None:
        """Speech behind a colon or a dash, unless a verb or nobody known stands before it."""
        if any(not self.predicates.is_adverb(one) for one in range(end, place + 1)):
            return None
        if place >= end and self.predicates.at(end, sure=False) is not None:
            return None
        if any(one.name is None and one.kind not in {Kind.BODY, Kind.UNNAMED} for one in found):
            return None
        named = mention(self.sentence, place + 1, self.cast) if place + 1 < self.count else None
        if named is not None and named.end >= self.count:  # “Chair: Ms Carter”
            return None
        dash = ":" not in self.sentence.between(place)
        if dash and (found[0].kind is Kind.BODY or end >= self.count or self._acts(end)):
            return None
        return found

    def _acts(self, place: int) -> bool:
        """Tell whether a verb, of saying or of a task, stands here."""
        task = self.folds[place] in self.lexicon.words("actions.tasks")
        return task or self.predicates.listed(place) is not None

    def _past_body(self, end: int) -> int:
        """Past the body behind a name and a comma: “Mäki, VM: …”."""
        if end >= self.count or self.sentence.between(end - 1).strip() != ",":
            return end
        body = mention(self.sentence, end, self.cast)
        if body is None or body.kind is not Kind.BODY:
            return end
        return body.end if self.sentence.between(body.end - 1).startswith(":") else end

    def initials(self) -> tuple[Mention, ...] | None:
        """“SM we could ask them”: initials at the start of a block, and what they say."""
        found = mention(self.sentence, 0, self.cast)
        if found is None or found.kind is not Kind.PERSON or found.name is None:
            return None
        following = self.folds[found.end] if found.end < self.count else ""
        bound = self.sets("perfect") | self.sets("past_perfect") | self.sets("silent")
        bound |= self.lexicon.words("actions.will") | self.lexicon.words("actions.tasks")
        alone = found.end == 1 and self.sentence.words[0].text.replace(".", "").isupper()
        if not alone or not following or following in bound:
            return None
        return (found,) if self.predicates.close(0) else None
