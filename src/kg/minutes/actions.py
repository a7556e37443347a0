"""Actions: who is to do what, in a sentence of the minutes or behind a label.

“Lehto toimittaa …”, “VM:ltä pyydetään lausunto”, “Mr Poole to revise …”,
“Action: …”. Tables of actions are read by `kg.minutes.action_tables`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.minutes.cast import Cast
from kg.minutes.reporting import Clause
from kg.minutes.sentences import Sentence, words_of
from kg.minutes.speakers import Kind, Mention, is_meeting, mention

_LEAD = 10  # words before the one who is to act
_REACH = 4  # words between them and the verb
_LONGEST_GROUP = 3  # words of a group's name
_LONGEST_DAY = 5  # words between “by” and a verb
_LONGEST_DOER = 8
_BRACKETS = re.compile(r"\(([^()]{2,60})\)\s*[.,;]?\s*$")
_DASHED = re.compile(r"\s[–—-]\s+([^–—]{2,50}?)\s*\.?\s*$")


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody's task: who is to act as the memo calls them (None: unsaid).

    `persons`: a participant, and no body; `named`: by name or office of the meeting.
    """

    responsible: str | None
    persons: bool = False
    named: bool = False


def task(sentence: Sentence, cast: Cast, decided: bool = False) -> Task | None:
    """The task that a sentence without a label gives to somebody.

    `decided`: the sentence records a decision, so that the task can stand behind “that”.
    """
    reader = _Reader(sentence, cast, decided)
    return reader.assigned() or reader.active() or reader.passive()


def promise(sentence: Sentence, clause: Clause, cast: Cast) -> Task | None:
    """The task that speakers take: “lupasi järjestää”, “åtog sig att”, “undertook to”."""
    words = cast.words
    first = next(iter(clause.verb.casefold().split()[-1:]), "") if clause.perfect else ""
    first = first or next(iter(clause.verb.casefold().split()), "")
    named = any(one.name or one.kind is Kind.BODY for one in clause.speakers)
    if first not in words.words("actions.promises") or not named:
        return None
    rows = [row for row in words.tables["actions"].get("promises_bound", ()) if row[0] == first]
    text = f" {sentence.text.casefold()} "
    if rows and not any(f" {first} {tail} " in text for row in rows for tail in row[1:]):
        return None
    return Task(responsible(sentence, clause.speakers, cast), persons=True)


def responsible(sentence: Sentence, who: tuple[Mention, ...], cast: Cast) -> str:
    """Who is to act, without article and form of address."""
    start, end = who[0].start, who[-1].end
    drop = cast.words.words("speakers.articles") | cast.words.words("speakers.honorifics")
    while start < end - 1 and sentence.words[start].fold in drop:
        start += 1
    text = sentence.part(start, end)
    text = _bare(text, cast)
    role = who[0].kind in {Kind.OFFICE, Kind.TITLE} or sentence.words[start].fold.endswith(
        cast.words.ends("speakers.bodies")
    )
    at_start = start == 0 and len(who) == 1 and cast.words.flag("actions", "small_roles")
    return text[0].lower() + text[1:] if role and at_start and text[1:].islower() else text


def _bare(text: str, cast: Cast) -> str:
    """Without articles and forms of address: “the owner and the secretariat”, “A/Mr B”."""
    drop = cast.words.words("speakers.articles") | cast.words.words("speakers.honorifics")
    words = re.split(r"([ /])", text)
    kept = [word for word in words if word.casefold().rstrip(".") not in drop]
    return re.sub(r" +", " ", "".join(kept)).replace("/ ", "/").strip()


def labelled(sentence: Sentence, cast: Cast) -> str | None:
    """Who is to act in a text behind a label: before “to” or a verb, in brackets, behind a dash."""
    group = _group(sentence, cast)
    found = None if group else task(sentence, cast, decided=True)
    if found is not None and found.responsible:
        return found.responsible
    return group or _at_end(sentence, cast) or _alone(sentence, cast)


def _group(sentence: Sentence, cast: Cast) -> str | None:
    """“The Open Standards team to …”: words that end in a group's, before the task."""
    words = sentence.words[:_LONGEST_DOER]
    for place, word in enumerate(words[:-1]):
        if word.fold in cast.words.words("actions.doers"):
            if words[place + 1].fold in cast.words.words("actions.will"):
                start = 1 if words[0].fold in cast.words.words("speakers.articles") else 0
                return _bare(sentence.part(start, place + 1), cast)
    return None


def _at_end(sentence: Sentence, cast: Cast) -> str | None:
    """“Send letters (Ms Moss)”, “Send letters – Moss”."""
    for pattern in (_BRACKETS, _DASHED):
        found = pattern.search(sentence.text)
        if found is None:
            continue
        inside = Sentence(sentence.traced[found.start(1) : found.end(1)], words_of(found[1]))
        doer = _alone(inside, cast, whole=False)
        if doer is not None:
            return doer
        if inside.words and inside.words[-1].fold in cast.words.words("actions.doers"):
            return inside.text
    return None


def _alone(sentence: Sentence, cast: Cast, whole: bool = True) -> str | None:
    """The ones named at the start, before a colon or a comma (`whole`: then more must follow)."""
    who = chain(sentence, 0, cast)
    if not who:
        return None
    gap = sentence.between(who[-1].end - 1).strip()
    if whole and not gap.startswith((":", ",", "–", "-")):
        return None
    return responsible(sentence, who, cast)


def chain(sentence: Sentence, at: int, cast: Cast) -> tuple[Mention, ...]:
    """Those named one after the other from a word on, joined by “and”, a comma or a slash."""
    found: list[Mention] = []
    place = at
    while place < len(sentence.words):
        one = mention(sentence, place, cast)
        if one is None or one.bent:
            break
        found.append(one)
        place = one.end
        if place >= len(sentence.words):
            break
        gap = sentence.between(place - 1).strip()
        if sentence.words[place].fold in cast.words.words("speakers.joins") and gap in {"", ","}:
            place += 1
        elif gap not in {",", "/", "&", "+"}:
            break
    return tuple(found)


class _Reader:
    """Looks for a task in one sentence."""

    def __init__(self, sentence: Sentence, cast: Cast, decided: bool) -> None:
        self.sentence = sentence
        self.cast = cast
        self.decided = decided or (bool(sentence.words) and is_meeting(sentence, 0, cast))
        self.folds = sentence.folds

    def sets(self, name: str) -> frozenset[str]:
        return self.cast.words.words(f"actions.{name}")

    def active(self) -> Task | None:
        """Somebody and a verb of the present: “X toimittaa”, “X will circulate”, “X to revise”."""
        last = min(len(self.folds), _LEAD)
        for place in range(last):
            fold = self.folds[place]
            if fold in self.cast.words.words("clauses.complements") and not self.decided:
                return None
            if place and not (self.decided or self._leads(place)):
                return None
            who = chain(self.sentence, place, self.cast)
            if who and (self._acts(who[-1].end) or self._is_due(who[-1].end)):
                persons = all(one.kind is Kind.PERSON or one.name for one in who)
                named = persons and all(one.kind is not Kind.TITLE for one in who)
                return Task(responsible(self.sentence, who, self.cast), persons, named)
            if self.decided and (group := self._doers(place)):
                return Task(group)
            if group := self._other_group(place):
                return Task(group, named=True)
        return None

    def _is_due(self, verb: int) -> bool:
        """Tell whether a verb of the present has a deadline behind it: “vie pyynnön … mennessä”."""
        ends = self.cast.words.ends("actions.present_ends")
        if verb >= len(self.folds) or not ends or not self.folds[verb].endswith(ends):
            return False
        plain = (
            self.sentence.words[verb].text.islower() and not self.sentence.between(verb - 1).strip()
        )
        return plain and not self.sets("deadline_words").isdisjoint(self.folds[verb + 1 :])

    def _doers(self, place: int) -> str | None:
        """Those who act as a group, nobody of them named: “the ministries send”."""
        start = place + (self.folds[place] in self.cast.words.words("speakers.articles"))
        known = start + 1 < len(self.folds) and self.folds[start] in self.sets("doers")
        if not known or is_meeting(self.sentence, place, self.cast):
            return None
        acts = self.folds[start + 1] in self.sets("tasks") or self._acts(start + 1)
        return self.sentence.words[start].text if acts else None

    def _other_group(self, place: int) -> str | None:
        """Another group by its whole name: “Kirjastojen kuvailuryhmä ottaa”."""
        ends = self.cast.words.ends("actions.doer_groups")
        capital = self.sentence.words[place].text[0].isupper()
        if not ends or not capital or is_meeting(self.sentence, place, self.cast):
            return None
        for end in range(place + 2, min(place + 2 + _LONGEST_GROUP, len(self.folds))):
            inside = self.folds[end - 1] in self.cast.words.words("clauses.complements")
            if inside or self.sentence.between(end - 2).strip():
                return None
            if self.folds[end - 1].endswith(ends) and self.folds[end] in self.sets("tasks"):
                return self.sentence.part(place, end)
        return None

    def _leads(self, place: int) -> bool:
        """Tell whether only adverbs stand before a place: “Lisäksi Repo selvittää”."""
        adverbs = self.cast.words.words("clauses.adverbs")
        return all(fold in adverbs for fold in self.folds[:place])

    def _acts(self, end: int) -> bool:
        """Tell whether a verb of doing, of the present or to come, stands behind somebody."""
        if self._by_deadline(end):
            return True
        for place in range(end, min(end + _REACH, len(self.folds))):
            if self.folds[place] in self.sets("tasks"):
                return True
            if self.folds[place] in self.sets("will") | (
                self.sets("will_decided") if self.decided else frozenset()
            ):
                following = self.folds[place + 1] if place + 1 < len(self.folds) else ""
                return bool(following) and following not in self.sets("will_not")
            if self.folds[place] in self.sets("deadlines") and (later := self._after_day(place)):
                return later
            gap = self.sentence.between(place - 1).strip()
            if gap.strip("()") and "(" not in gap:
                return False
            in_brackets = "(" in self.sentence.text[: self.sentence.words[place].start]
            if not in_brackets and self.folds[place] not in self.cast.words.words(
                "clauses.adverbs"
            ):
                return False
        return False

    def _after_day(self, place: int) -> bool:
        """“sekretariatet senast den 25 april ska utarbeta”: the verb behind a deadline."""
        behind = self.folds[place + 1 : place + 1 + _LONGEST_DAY]
        return any(fold in self.sets("will") | self.sets("tasks") for fold in behind)

    def _by_deadline(self, place: int) -> bool:
        """Tell whether any verb of the present stands here, in a sentence with a deadline."""
        ends = self.cast.words.ends("actions.task_ends")
        if place >= len(self.folds) or not ends or self.sentence.between(place - 1).strip():
            return False
        small = self.sentence.words[place].text.islower()
        due = any(fold in self.sets("deadlines") for fold in self.folds[place:])
        return due and small and self.folds[place].endswith(ends)

    def assigned(self) -> Task | None:
        """“Delegations were invited to send”, “att ge förvaltningen i uppdrag att”."""
        text = " ".join(self.folds)
        for phrase in self.cast.words.tables["actions"]["assigned"]:
            at = f" {text} ".find(f" {phrase} ")
            if at < 0 or is_meeting(self.sentence, 0, self.cast):
                continue
            place = f" {text}"[:at].count(" ")
            doer = self._before(place) or self._anywhere(place)
            if doer is not None:
                first = mention(self.sentence, 0, self.cast)
                return Task(doer, named=first is not None and first.kind is Kind.PERSON)
        for place, fold in enumerate(self.folds[:-1]):
            if fold in self.sets("to"):
                who = chain(self.sentence, place + 1, self.cast)
                if who:
                    return Task(self.sentence.part(who[0].start, who[-1].end))
        return None

    def _before(self, place: int) -> str | None:
        """Those who stand right before a word."""
        for start in range(max(place - _LONGEST_DOER, 0), place):
            who = chain(self.sentence, start, self.cast)
            if who and who[-1].end == place:
                return responsible(self.sentence, who, self.cast)
        return None

    def _anywhere(self, end: int) -> str | None:
        for place in range(max(end - _LONGEST_DOER, 0), end):
            who = chain(self.sentence, place, self.cast)
            if who:
                return self.sentence.part(who[0].start, who[-1].end)
        return None

    def passive(self) -> Task | None:
        """“VM:ltä pyydetään lausunto”; “svaren lämnas senast den 11 oktober”."""
        for place, fold in enumerate(self.folds):
            if fold not in self.sets("passives"):
                continue
            for before in range(max(place - _LEAD, 0), place):
                name, colon, ending = self.folds[before].partition(":")
                if colon and ending in self.sets("doer_endings"):
                    written = self.sentence.words[before].text
                    return Task(written[: len(name)])
            if any(fold in self.sets("deadlines") for fold in self.folds):
                return Task(None)
        return None
