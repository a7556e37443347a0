"""Speakers: the words for somebody who can speak, and whom of the meeting they mean.

What cannot be told is no guess: the speaker is then nobody in particular, and `Mention.doubt` says
why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kg.minutes.cast import Cast, People, lookup
from kg.minutes.inflection import is_genitive_ending
from kg.minutes.model import Participant, Role
from kg.minutes.sentences import Sentence

_MOST_TITLES = 5  # words before a name
_LONGEST_CODE = 3  # letters
_LONGEST_TITLE = 8  # words
_REACH = 4  # words between “a” and “member”


class Kind(StrEnum):
    """What a mention names."""

    PERSON = "person"  # a participant, or one of several who share a name
    OFFICE = "office"  # the chair, the secretary
    TITLE = "title"  # somebody by what they do, known or not
    BODY = "body"
    UNNAMED = "unnamed"  # “a member”
    STRANGER = "stranger"  # a name that no participant has


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` (exclusive) of a sentence that name somebody.

    `name` is the participant's, `body` the body's key or name as written; `bent` tells that the
    words stand in the genitive; `doubt` says why nobody is meant for certain.
    """

    start: int
    end: int
    kind: Kind
    name: str | None = None
    body: str | None = None
    bent: bool = False
    doubt: str | None = None


def mention(sentence: Sentence, at: int, cast: Cast) -> Mention | None:
    """Who is named from a word of a sentence on, if anybody."""
    if at not in sentence.seen:
        sentence.seen[at] = _Finder(sentence, cast).at(at)
    found: Mention | None = sentence.seen[at]
    return found


def is_meeting(sentence: Sentence, at: int, cast: Cast) -> bool:
    """Tell whether the meeting's own body is named here, with its article or without."""
    folds = sentence.folds
    if folds[at] in cast.words.words("speakers.articles"):
        at += 1
    if at >= len(folds) or folds[at] not in cast.meeting:
        return False
    return any(tuple(folds[at : at + len(key)]) == key for key in cast.meeting[folds[at]])


class _Finder:
    """Reads one sentence's mentions."""

    def __init__(self, sentence: Sentence, cast: Cast) -> None:
        self.sentence = sentence
        self.cast = cast
        self.words = sentence.words
        self.folds = sentence.folds
        self.sets = cast.words.words

    def at(self, start: int) -> Mention | None:
        if not self._can_begin(start):
            return None
        first = start
        if self.folds[first] in self.sets("speakers.articles"):
            first += 1
        persons = self.sets("speakers.first_persons") | self.sets("speakers.pronouns")
        if first >= len(self.words) or self.folds[first] in persons:
            return None
        found = (
            self._alias(first)
            or self._unnamed(start)
            or self._chairman(first)
            or self._person(first)
            or self._of_body(first)
            or self._office(first, article=first > start)
        )
        return replace(found, start=start) if found else None

    def _can_begin(self, at: int) -> bool:
        """Tell quickly of most words that they begin no mention."""
        fold = self.folds[at]
        return (
            not self.words[at].text[0].islower()
            or fold in self.cast.starters
            or ":" in fold
            or fold.endswith(self.cast.words.mention_ends)
            or any(fold == key[0] for key in self.cast.aliases)
        )

    def _alias(self, at: int) -> Mention | None:
        """Somebody by words that the memo itself has tied to a name."""
        for key, name in self.cast.aliases.items():
            end = at + len(key)
            if tuple(self.folds[at:end]) == key:
                return Mention(at, end, Kind.TITLE, name, self.cast.body_of(name))
        return None

    def _split(self, at: int) -> tuple[str, bool]:
        """A word without a case ending behind a colon or an apostrophe, and whether it had one."""
        word = self.folds[at]
        for sign in (":", "’", "'"):
            base, found, ending = word.partition(sign)
            if found and base and is_genitive_ending(sign + ending, self.cast.language):
                return base, True
            if sign == ":" and found and base:
                bent = is_genitive_ending(ending, self.cast.language)
                return (base, True) if bent else (word, False)
        return word, False

    def _unnamed(self, start: int) -> Mention | None:
        found = self._one_of_people(start)
        if found is None and self._group(start):
            return Mention(start, start + 1, Kind.UNNAMED)
        article = self.folds[start] in self.sets("speakers.articles")
        if article and start + 1 < len(self.words) and self._group(start + 1):
            return Mention(start, start + 2, Kind.UNNAMED)
        return found

    def _one_of_people(self, start: int) -> Mention | None:
        """“A member”, “several delegations”, “a representative of the Treasury”."""
        if self.folds[start] not in self.sets("speakers.unnamed"):
            return None
        people = self.sets("speakers.unnamed_people")
        for end in range(start + 1, min(start + _REACH, len(self.words))):
            if self.folds[end] in people:
                behind = self._behind(end + 1) if self._speaks_for(end) else None
                if behind is not None:
                    return self._representative(start, behind.end, behind.body)
                return Mention(start, end + 1, Kind.UNNAMED)
            if not self._close(end):
                return None
        return None

    def _group(self, at: int) -> bool:
        return self.folds[at] in self.sets("speakers.unnamed_groups")

    def _close(self, at: int) -> bool:
        """Tell whether only a space stands between a word and the next one."""
        return self.sentence.between(at).strip(". ") == "" and at + 1 < len(self.words)

    def _chairman(self, at: int) -> Mention | None:
        """Somebody by an office of the meeting: the chair, the vice-chair, the secretary."""
        pair = " ".join(self.folds[at : at + 2])
        if pair in self.cast.offices and at + 1 < len(self.words):
            return self._officer(at, at + 2, self.cast.offices[pair], bent=False)
        base, bent = self._split(at)
        role = self.cast.offices.get(base)
        if role is None and (role := self.cast.bent_offices.get(self.folds[at])) is not None:
            bent = True
        return self._officer(at, at + 1, role, bent) if role is not None else None

    def _officer(self, start: int, end: int, role: Role, bent: bool) -> Mention:
        if end < len(self.words) and self._close(end - 1):
            named = self._person(end)
            if named is not None and self._capital(end):
                return replace(named, start=start)
        if self._behind_of(end):
            unknown = f"Who “{self.sentence.part(start, end)}” is cannot be told"
            return Mention(start, end, Kind.TITLE, bent=bent, doubt=unknown)
        one = self.cast.one(role)
        if one is None and role is Role.CHAIR:
            one = self.cast.one(Role.VICE_CHAIR)
        doubt = None if one else f"Nobody among the participants is known to be the {role.value}"
        body = self.cast.body_of(one.name) if one else None
        return Mention(start, end, Kind.OFFICE, one.name if one else None, body, bent, doubt)

    def _behind_of(self, at: int) -> bool:
        """Tell whether an office is another body's: “the chair of the panel”."""
        if at + 1 >= len(self.words) or self.folds[at] not in self.sets("speakers.of"):
            return False
        return not is_meeting(self.sentence, at + 1, self.cast)

    def _capital(self, at: int) -> bool:
        return self.words[at].text[0].isupper()

    def _person(self, at: int) -> Mention | None:
        """A name, with titles and a body's genitive before it: “VM:n neuvos Mäki”."""
        first = self._after_titles(at)
        found = self._name(first)
        if found is None:
            return None
        return self._told_apart(at, first, found)

    def _after_titles(self, at: int) -> int:
        place = at
        while place < min(at + _MOST_TITLES, len(self.words) - 1):
            end = self._title(place)
            if end is None:
                return place
            place = end
        return place

    def _title(self, at: int) -> int | None:
        """Where a title, or a body in the genitive, ends before what it belongs to."""
        fold = self.folds[at]
        if not self._close(at):
            return None
        is_title = (
            fold in self.sets("speakers.honorifics")
            or fold.endswith(self.cast.words.ends("speakers.people"))
            or fold in self.cast.titles
        )
        if is_title and not lookup(self.cast.names, self.folds, at):
            return at + 1
        body = self._body(at)
        if body is not None and body.bent and body.end < len(self.words) and not self._name(at):
            return body.end
        return None

    def _name(self, at: int) -> tuple[int, People, bool] | None:
        if at >= len(self.words):
            return None
        found = lookup(self.cast.names, self.folds, at)
        small = not self._capital(at) and self.folds[at] not in self.cast.handles
        if small and (found is None or found[0] == at + 1):
            return None
        if found is not None and (found[0] > at + 1 or not self._goes_on(at)):
            return found[0], found[1].meant, found[1].bent
        base, bent = self._split(at)
        text = self.words[at].text.replace(".", "")
        letters = base.replace(".", "")
        capitals = text[: len(letters)].isupper() and len(letters) > 1
        who = self.cast.initials.get(letters) if capitals else None
        if who and not self.cast.is_code(base):
            return at + 1, who, bent
        return None

    def _goes_on(self, at: int) -> bool:
        """Tell whether a longer name begins here, which is then somebody else's: “Anna Virta”."""
        following = at + 1
        return (
            self._close(at)
            and self._capital(following)
            and not self.words[following].text.isupper()
            and ":" not in self.folds[following]
            and self._body(following) is None
            and not self._speaks_for(following)
        )

    def _told_apart(self, start: int, first: int, found: tuple[int, People, bool]) -> Mention:
        end, places, bent = found
        who = [self.cast.people[place] for place in sorted(places)]
        if len(who) > 1:
            who = self._closer(start, first, end, who)
        if len(who) == 1:
            name = who[0].name
            return Mention(start, end, Kind.PERSON, name, self.cast.body_of(name), bent)
        names = ", ".join(one.name for one in who)
        doubt = f"“{self.sentence.part(first, end)}” can be {names}"
        return Mention(start, end, Kind.PERSON, None, None, bent, doubt)

    def _closer(
        self, start: int, first: int, end: int, who: list[Participant]
    ) -> list[Participant]:
        """Whom of several a title, a body beside the name, or their presence leaves."""
        beside = set(self.folds[start:first]) | set(self.folds[end : end + 1])
        places = {place for fold in beside for place in self.cast.titles.get(fold, ())}
        for at in [*range(start, first), *range(end, min(end + 1, len(self.words)))]:
            if (body := self._body(at)) is not None and body.body is not None:
                places |= self.cast.represented.get(body.body, frozenset())
        marked = [one for one in who if self.cast.people.index(one) in places]
        if len(marked) == 1:
            return marked
        here = [one for one in who if one.present]
        return here if len(here) == 1 else who

    def _body(self, at: int) -> Mention | None:
        """A body: known, a participant's, or told by its last part (“…ministeriö”)."""
        if is_meeting(self.sentence, at, self.cast):
            return None
        if self._capital(at) or at == 0:
            found = lookup(self.cast.organisations, self.folds, at)
            if found is not None and self._is_written(at, found[0], found[1].meant):
                return Mention(at, found[0], Kind.BODY, body=found[1].meant, bent=found[1].bent)
            base, bent = self._split(at)
            found = lookup(self.cast.organisations, [base], 0) if bent else None
            if found is not None:
                return Mention(at, at + 1, Kind.BODY, body=found[1].meant, bent=True)
        return self._unknown_body(at) or self._local_body(at)

    def _is_written(self, at: int, end: int, body: str) -> bool:
        """Tell whether a short code is written as codes are: “OM” the ministry, not “Om”."""
        text = self.words[at].text
        if end > at + 1 or len(text) > _LONGEST_CODE:
            return True
        if len(text) == 1 or len(body) == 1:  # “IS” is no genitive of “I”
            return body in self.cast.represented
        return text == body or sum(sign.isupper() for sign in text) > 1

    def _unknown_body(self, at: int) -> Mention | None:
        fold = self.folds[at]
        if fold.endswith(self.cast.words.ends("speakers.bodies")):
            return Mention(at, at + 1, Kind.BODY, body=self.words[at].text)
        if fold.endswith(self.cast.words.bent_bodies):
            return Mention(at, at + 1, Kind.BODY, body=self.words[at].text, bent=True)
        return None

    def _local_body(self, at: int) -> Mention | None:
        """A body by its place: “Storvikenin kirjasto”, “Örnvik library”."""
        if at + 1 >= len(self.words) or not self._capital(at) or not self._close(at):
            return None
        genitive = tuple(end for end in self.cast.words.tables["names"]["genitive"] if end)
        behind = self._unknown_body(at + 1)
        if behind is None or self._capital(at + 1) or not self.folds[at].endswith(genitive):
            return None
        return replace(behind, start=at, body=self.sentence.part(at, at + 2))

    def _of_body(self, at: int) -> Mention | None:
        """A body, or somebody who is there for it: “STM:n edustaja”, “the FI delegation”."""
        body = self._body(at)
        office = body.end if body else None
        if body is None and at + 1 < len(self.words) and self._close(at):
            if self._speaks_for(at + 1) and (key := self.cast.like_body(self.folds[at])):
                return self._representative(at, at + 2, key)
            if self._speaks_for(at) and (behind := self._behind(at + 1)):
                return self._representative(at, behind.end, behind.body)
        if self._speaks_for(at) and (behind := self._behind(at + 1)):
            return self._representative(at, behind.end, behind.body)
        if body is None or office is None:
            return None
        if office < len(self.words) and self._close(office - 1) and self._speaks_for(office):
            return self._representative(at, office + 1, body.body)
        if body.bent and self._close(office - 1) and not self._capital(office):
            whose = self._unknown_body(office)  # “Storvikenin kirjasto”
            return replace(body, end=office + 1, bent=whose.bent) if whose else body
        return body

    def _speaks_for(self, at: int) -> bool:
        if at >= len(self.words) or self.folds[at] in self.cast.bent_delegates:
            return at < len(self.words)
        return self.folds[at] in self.sets("speakers.representatives")

    def _behind(self, at: int) -> Mention | None:
        """The body named after “representative of (the)”."""
        if at >= len(self.words) or self.folds[at] not in self.sets("speakers.of"):
            return None
        place = at + 1
        while place < min(at + _REACH, len(self.words)):
            if (body := self._body(place)) is not None:
                return body
            place += 1
        return None

    def _representative(self, start: int, end: int, body: str | None) -> Mention:
        who = self.cast.of_body(body) if body else []
        groups = self.sets("speakers.groups")
        group = any(fold in groups for fold in self.folds[start:end])
        name = who[0].name if len(who) == 1 and not group else None
        doubt = None
        if name is None and not group:
            doubt = f"Who “{self.sentence.part(start, end)}” is cannot be told"
        bent = self.folds[end - 1] in self.cast.bent_delegates
        return Mention(start, end, Kind.TITLE, name, body, bent, doubt)

    def _office(self, at: int, article: bool) -> Mention | None:
        """Somebody by a title: one participant's (“utredaren”), or nobody's of the list."""
        base, bent = self._split(at)
        who = self.cast.titles.get(base)
        if who is None and (who := self.cast.bent_titles.get(base)) is not None:
            bent = True
        if who is not None:
            return replace(self._told_apart(at, at, (at + 1, who, bent)), kind=Kind.TITLE)
        people = self.cast.words.ends("speakers.people")
        behind_that = at > 0 and self.folds[at - 1] in self.sets("clauses.complements")
        if not (article or behind_that or (at == 0 and self._capital(at))):
            return None
        last = min(at + _REACH, len(self.words))
        for end in range(at + _LONGEST_TITLE, at, -1):
            if who := self.cast.whole_titles.get(tuple(self.folds[at:end])):
                return replace(self._told_apart(at, at, (end, who, False)), kind=Kind.TITLE)
        small = [self.sets(f"speakers.{name}") for name in ("articles", "unnamed", "of")]
        for end in range(at + 1, last + 1):
            if any(self.folds[end - 1] in words for words in small):
                return None
            if self.folds[end - 1].endswith(people):
                doubt = f"Who “{self.sentence.part(at, end)}” is cannot be told"
                return Mention(at, end, Kind.TITLE, doubt=doubt)
            if not article or not self._close(end - 1):
                return None
        return None
