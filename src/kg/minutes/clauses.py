"""Reporting clauses: who says something in a sentence, by which verb.

“Virtanen totesi, että”, “Därefter redogjorde Ask för”, “According to Ms Pryce”, “Lehto (VM): …”.
A name inside what somebody else said, the meeting's own body and impersonal sentences make none.
"""

from __future__ import annotations

from dataclasses import replace

from kg.minutes.asides import Aside, Asides
from kg.minutes.cast import Cast
from kg.minutes.colons import Colons
from kg.minutes.indirect import Indirect
from kg.minutes.lexicon import Form, Verb
from kg.minutes.predicates import Predicate, Predicates
from kg.minutes.reporting import Clause
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, is_meeting, mention
from kg.minutes.subjects import Subjects

_LEAD = 24  # words before a speaker, at most
_LEADING = 3  # words before “that” in “Asked whether …, X said”
_LABEL = 6  # words before a colon


def clause(sentence: Sentence, cast: Cast, first: bool = False) -> Clause | None:
    """The reporting clause of a sentence, None if it has none.

    `first`: the sentence begins its block, where initials alone can stand for a speaker.
    """
    if not sentence.words:
        return None
    return _Reader(sentence, cast).read(first)


def further(sentence: Sentence, told: Clause, cast: Cast) -> Clause | None:
    """A clause of somebody else later in a sentence: “…, johon Lehto vastasi, että …”."""
    return _Reader(sentence, cast).joined_clause(told)


class _Reader:
    """Looks for the reporting clause of one sentence."""

    def __init__(self, sentence: Sentence, cast: Cast) -> None:
        self.sentence = sentence
        self.cast = cast
        self.lexicon = cast.words
        self.folds = sentence.folds
        self.count = len(self.folds)
        self.first = False
        self.subjects = Subjects(sentence, cast)
        self.predicates = Predicates(sentence, cast.words)
        self.asides = Asides(sentence, self.subjects, self.predicates)
        self.indirect = Indirect(sentence, cast, self.subjects, self.predicates)
        self.colons = Colons(sentence, cast, self.subjects, self.predicates)
        self.sets = self.predicates.sets

    def read(self, first: bool) -> Clause | None:
        self.first = first
        at = self._after_label()
        found = (
            _plain(self.colons.at(at), self.sentence.words[at].start)
            or self._from(at)
            or _aside(self.asides.at_end())
        )
        if found is None or found.first.name is None:
            theirs = self.asides.names_pronoun()
            found = _aside(self.asides.anywhere()) or (None if theirs else found)
        if found is not None and found.perfect and self.sets("written") & set(self.folds):
            found = replace(found, written=True)
        return (
            found
            or (_plain(self.colons.initials(), 0) if first else None)
            or self.joined_clause(None)
        )

    def _after_label(self) -> int:
        """Past a topic before a colon: “Kilpailutus: Lehto kertoi”; else the first word."""
        for place in range(min(_LABEL, self.count - 1)):
            gap = self.sentence.between(place)
            if ":" in gap:
                return 0 if self.subjects.at(0) else place + 1
            if gap.strip():
                return 0
        return 0

    # -- where a clause can begin -------------------------------------------------------------

    def _from(self, at: int) -> Clause | None:
        """Go through the words from one on, as far as a main clause goes."""
        open_, skip = True, 0
        leads = self.lexicon.ends("clauses.lead_ends") or ("\0",)
        ahead = self.sets("objects") | self.lexicon.words("speakers.both")
        for place in range(at, min(at + _LEAD, self.count)):
            fold = self.folds[place]
            if place > at and "," in self.sentence.between(place - 1):
                open_ = True
            if fold in self.sets("complements"):
                if place > _LEADING or not self.folds[at].endswith(leads):
                    return None
                open_ = False
            code = self.sentence.words[place].text.isupper()  # “OM”, and not “om”
            opens = fold in self.sets("subordinates") or (
                fold in self.sets("relatives") and place > at
            )
            open_ = open_ and not (opens and not code)
            if place == at and is_meeting(self.sentence, at, self.cast):
                return None
            if place < skip:
                continue
            skip = self._past_object(place)
            sure = place == at or (place == at + 1 and self.folds[at] in ahead)
            if open_ and place >= skip and (found := self._at(place, sure)) is not None:
                start = self.sentence.words[at].start if at else 0
                return replace(found, at=start)
        return None

    def _past_object(self, place: int) -> int:
        """Past a name that a preposition governs: “på fråga av Linnea Ask svarar …”."""
        if place == 0 or self.folds[place - 1] not in self.sets("prepositions"):
            return 0
        if not self.predicates.close(place - 1):  # “When asked, Mr Poole said”
            return 0
        found = mention(self.sentence, place, self.cast)
        return found.end if found else 0

    def _at(self, place: int, first: bool) -> Clause | None:
        """A clause whose speaker stands here."""
        before = self.indirect.at(place)
        if before is not None:
            return before
        found = self.subjects.at(place)
        if found is None:
            return None
        if found[0].bent:
            return self.indirect.according_after(found)
        if self._is_inverted(place):
            return self._inverted(place, found)
        return self._subject(found, sure=first)

    # -- “I frågan ansåg X att” ---------------------------------------------------------------

    def _is_inverted(self, place: int) -> bool:
        may = place > 0 and self.lexicon.flag("clauses", "inversion")
        return may and self.predicates.close(place - 1) and self._verb_before(place) is not None

    def _verb_before(self, place: int) -> tuple[int, Verb] | None:
        """The verb before its subject: “vastusti vain Mäki”, “samaa mieltä oli Mäki”."""
        at = (self.predicates.adverb_start(place) if place > 1 else place) - 1
        verb = self.predicates.finite(at)
        if self.folds[at] in self.sets("be") and self.sets("attitudes") & set(self.folds[:at]):
            verb = verb or Verb("statement", Form.PAST)
        return (at, verb) if verb is not None and self.predicates.close(at) else None

    def _inverted(self, place: int, found: tuple[Mention, ...]) -> Clause | None:
        before = self._verb_before(place)
        if before is None:
            return None
        at, verb = before
        if self.subjects.stands_before(at) and not self._is_object(at, found):
            return None
        tailed = set(verb.tails) & set(self.folds[:at])  # “Puheenvuoron käytti Mäki”
        if verb.tails and not tailed and not self.predicates.tailed(verb, found[-1].end):
            return None
        return Clause(found, self.sentence.part(at, at + 1), verb.act, form=verb.form)

    def _is_object(self, verb: int, found: tuple[Mention, ...]) -> bool:
        """Tell whether “det” before a verb is what somebody says: “Det bekräftade Berg.”"""
        if verb != 1 or self.folds[0] not in self.sets("objects") or found[0].name is None:
            return False
        end = found[-1].end
        closed = end >= self.count - 1 or not self.predicates.close(end - 1)
        return closed or self.folds[end] in self.sets("not")

    # -- “X totesi” ---------------------------------------------------------------------------

    def _subject(self, found: tuple[Mention, ...], sure: bool) -> Clause | None:
        """A speaker at the head of a clause, and a verb of saying behind."""
        sure_kinds = {Kind.PERSON, Kind.OFFICE, Kind.TITLE}
        certain = sure and all(one.kind in sure_kinds and one.name for one in found)
        if found[0].kind is Kind.STRANGER:
            return self._of_stranger(found)
        end = found[-1].end
        if all(one.name is None for one in found) and (told := self.indirect.teller(end)):
            return told
        groups = self.lexicon.words("speakers.groups")
        plural = len(found) > 1 and end < self.count and self.folds[end] in groups
        for place in self.subjects.verb_places(end + plural, self.predicates):
            said = self.predicates.at(place, certain)
            if said is not None:
                if found[0].kind is Kind.UNNAMED and self._quiet(found[0], place):
                    return None
                return _clause(self._all(found, place), said)
            if found[0].name is None and self.folds[place] in self.sets("past_perfect"):
                break  # “The secretariat of the Forum had made it clear”
        return self._later_verb(found) if certain else None

    def _quiet(self, found: Mention, verb: int) -> bool:
        """Tell whether members do what the meeting does, or only a list follows: “asked:”."""
        words = self.lexicon.words
        all_of_them = words("speakers.unnamed_groups") | words("speakers.articles")
        if self.folds[found.start] not in all_of_them:
            return False
        ends = self.sentence.text.rstrip().endswith(":") and verb >= self.count - 1
        return self.folds[verb] in self.sets("quiet") or ends

    def _of_stranger(self, found: tuple[Mention, ...]) -> Clause | None:
        """Nobody known speaks only by a verb of the past that nothing else does."""
        end = self.subjects.after_brackets(found[-1].end)
        said = self.predicates.listed(end) if end < self.count else None
        if said is None or said.form is not Form.PAST:
            return None
        behind = end + 1 < self.count and mention(self.sentence, end + 1, self.cast)
        if behind and not behind.bent and self.lexicon.flag("clauses", "inversion"):
            return None
        sure = said.act != "statement" or self.folds[end] in self.sets("core")
        return _clause(found, said) if sure else None

    def _all(self, found: tuple[Mention, ...], verb: int) -> tuple[Mention, ...]:
        """The speakers before a verb, also behind what is said of the first: “A as chair and B”."""
        more = list(found)
        for place in range(found[-1].end, verb):
            if self.folds[place] in self.lexicon.words("speakers.joins"):
                other = mention(self.sentence, place + 1, self.cast) if place + 1 < verb else None
                if other is not None and other.kind is Kind.PERSON and not other.bent:
                    more.append(other)
        last = more[-1]
        if last.name and self.folds[last.end] in self.lexicon.words("speakers.articles"):
            key = tuple(self.folds[last.end + 1 : verb])
            if key and key[-1].endswith(self.lexicon.ends("speakers.people")):
                self.cast.aliases.setdefault(key, last.name)
        return tuple(more)

    def joined_clause(self, told: Clause | None) -> Clause | None:
        """A participant and a verb of saying behind “and”, “to which”, a semicolon or the like."""
        start = told.speakers[-1].end if told else 1
        for place in range(start + 1, self.count - 1):
            if not self._turns_here(place, told):
                continue
            if told is None and self._are_one(place - 1):
                continue  # “that A and B would go”
            one = mention(self.sentence, place, self.cast)
            if one is None or one.end >= self.count or not self._next_speaker(one, told):
                continue
            parted = self.sentence.between(place - 1).strip() == ";"
            apart = told is None and one.kind is Kind.PERSON and not parted
            found = self.predicates.at(one.end, sure=apart)
            other = not (told and any(one.name == before.name for before in told.speakers))
            if found and (apart or found.form is Form.PAST) and not found.perfect and other:
                said = _clause((one,), found)
                if told is None and not parted:
                    return replace(said, joined=True)
                last = place - (1 if self.sentence.between(place - 1).strip() in {";", ","} else 2)
                words = self.sentence.words
                before = words[last].end
                return replace(said, at=words[place].start, before=before, joined=told is None)
        return None

    def _are_one(self, join: int) -> bool:
        """Tell whether somebody is named right before “and”."""
        if not self.predicates.close(join - 1):
            return False
        before = (mention(self.sentence, at, self.cast) for at in range(max(join - 3, 0), join))
        return any(one is not None and one.end == join for one in before)

    def _turns_here(self, place: int, told: Clause | None) -> bool:
        """Tell whether somebody else can begin to speak at a word."""
        before = self.folds[place - 1]
        if told is None and self.sentence.between(place - 1).strip() == ";":
            return True
        if told is None:
            comma = place > 1 and self.sentence.between(place - 2).strip().endswith((",", ";"))
            turns = self.sets("turns") if comma else frozenset[str]()
            return before in self.lexicon.words("speakers.joins") | turns
        if self.sentence.between(place - 1).strip() == ";":
            return True
        joins = self.lexicon.words("speakers.joins")
        gap = self.sentence.between(place - 2).strip() if place > 1 else ""
        if gap.endswith((",", ";")):
            return before in joins | self.sets("turns")
        inside = any(fold in self.sets("complements") for fold in self.folds[:place])
        comma = bool(told.verb) and self.sentence.between(place - 1).strip() == ","
        return not inside and (comma or before in joins | self.sets("turns"))

    def _next_speaker(self, one: Mention, told: Clause | None) -> bool:
        """Tell whether somebody can speak next: a participant, or a body after another one."""
        groups = {Kind.BODY, Kind.UNNAMED}
        after_group = told is not None and told.first.kind in groups and one.kind is Kind.BODY
        kinds = {Kind.PERSON}
        if self.sentence.between(one.start - 1).strip() == ";":
            kinds |= {Kind.OFFICE, Kind.TITLE}
        known = one.name is not None and one.kind in kinds
        return not one.bent and (after_group or known)

    def _later_verb(self, found: tuple[Mention, ...]) -> Clause | None:
        """“Lehto saapui klo 9 ja totesi”: a verb of saying joined to another one."""
        for place in range(found[-1].end, min(found[-1].end + _LEAD, self.count - 1)):
            if self.folds[place] in self.sets("complements") | self.sets("relatives"):
                return None
            if self.folds[place] in self.lexicon.words("speakers.joins"):
                at = self.predicates.adverb_end(place + 1)
                said = self.predicates.listed(at) if at < self.count else None
                if said is not None and said.form is Form.PAST:
                    return _clause(found, said)
        return None


def _plain(speakers: tuple[Mention, ...] | None, at: int) -> Clause | None:
    return Clause(speakers, "", "statement", at) if speakers else None


def _aside(found: Aside | None) -> Clause | None:
    if found is None:
        return None
    return Clause(found.speakers, found.words, found.verb.act, form=found.verb.form)


def _clause(speakers: tuple[Mention, ...], found: Predicate) -> Clause:
    return Clause(speakers, found.verb, found.act, form=found.form, perfect=found.perfect)
