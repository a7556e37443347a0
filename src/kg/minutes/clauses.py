"""Reporting clauses: who says something in a sentence, by which verb.

“Virtanen totesi, että”, “Därefter redogjorde Ask för”, “According to Ms Pryce”, “Lehto (VM): …”.
A name inside what somebody else said, the meeting's own body and impersonal sentences make none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeGuard

from kg.minutes.asides import Aside, Asides
from kg.minutes.cast import Cast, lookup
from kg.minutes.colons import Colons
from kg.minutes.lexicon import Form, Verb
from kg.minutes.predicates import Predicate, Predicates
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, is_meeting, mention
from kg.minutes.subjects import Subjects

_LEAD = 24  # words before a speaker, at most
_LEADING = 3  # words before “that” in “Asked whether …, X said”
_LABEL = 6  # words before a colon
_WITHIN = 6  # words behind a body in which the one who tells of it is named


@dataclass(frozen=True, slots=True)
class Clause:
    """Speakers, one or several at once, and their verb; `at` is where the clause begins.

    `verb` is empty where only a colon tells that somebody speaks. `form` is None for a verb that no
    list has; `according`: “according to X”; `joined`: “The board asked … and X said”. `before` is
    where the clause ends that this one follows in its sentence. `written`: what a body has said in
    writing, which is its turn at the meeting.
    """

    speakers: tuple[Mention, ...]
    verb: str
    act: str
    at: int = 0
    form: Form | None = None
    perfect: bool = False
    according: bool = False
    joined: bool = False
    before: int = 0
    written: bool = False

    @property
    def first(self) -> Mention:
        """The first of the speakers."""
        return self.speakers[0]


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
        before = (
            self._according_before(place) or self._by_agent(place) or self._from_source(place)
        )
        if before is not None:
            return before
        found = self.subjects.at(place)
        if found is None:
            return None
        if found[0].bent:
            return self._according_after(found)
        if self._is_inverted(place):
            return self._inverted(place, found)
        return self._subject(found, sure=first)

    # -- “X:n mukaan”, “Enligt X” -------------------------------------------------------------

    def _according_after(self, found: tuple[Mention, ...]) -> Clause | None:
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

    def _according_before(self, place: int) -> Clause | None:
        for length in (4, 3, 2, 1):
            phrase = " ".join(self.folds[place : place + length])
            end = place + length
            if phrase in self.sets("according_before") and end < self.count:
                found = self.subjects.at(end)
                if found is not None and (not found[-1].bent or found[0].name):
                    return _according(found, self.sentence.part(place, end))
        return None

    def _by_agent(self, place: int) -> Clause | None:
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

    def _from_source(self, place: int) -> Clause | None:
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
        sided = _is_body(found) and found.end < self.count and self.lexicon.ends(
            "clauses.source_ends"
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

    def _teller(self, start: int) -> Clause | None:
        """Who tells of a body: “Kuntaliitto on Mäen mukaan eri mieltä”, “VM kan enligt Ask”."""
        for place in range(start, min(start + _WITHIN, self.count)):
            if self.folds[place] in self.sets("complements") | self.sets("relatives"):
                return None
            found = self._according_before(place)
            speakers = None if found else self.subjects.at(place)
            if speakers and speakers[0].bent:
                found = self._according_after(speakers)
            if found is not None and found.first.name is not None:
                return found
        return None

    # -- “I frågan ansåg X att” ---------------------------------------------------------------

    def _is_inverted(self, place: int) -> bool:
        may = place > 0 and self.lexicon.flag("clauses", "inversion")
        return may and self.predicates.close(place - 1) and self._verb_before(place) is not None

    def _verb_before(self, place: int) -> tuple[int, Verb] | None:
        """The verb before its subject: “vastusti vain Mäki”, “samaa mieltä oli Mäki”."""
        back = 2 if place > 1 and self.predicates.is_adverb(place - 1) else 1
        at = place - back
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
        if all(one.name is None for one in found) and (told := self._teller(end)):
            return told
        groups = self.lexicon.words("speakers.groups")
        plural = len(found) > 1 and end < self.count and self.folds[end] in groups
        for place in self.subjects.verb_places(end + plural, self.predicates):
            said = self.predicates.at(place, certain)
            if said is not None:
                if found[0].kind is Kind.UNNAMED and self._quiet(found[0], place):
                    return None
                return _clause(self._all(found, place), said)
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
            one = mention(self.sentence, place, self.cast)
            if one is None or one.end >= self.count or not self._next_speaker(one, told):
                continue
            apart = told is None and one.kind is Kind.PERSON
            found = self.predicates.at(one.end, sure=apart)
            other = not (told and any(one.name == before.name for before in told.speakers))
            if found and (apart or found.form is Form.PAST) and not found.perfect and other:
                said = _clause((one,), found)
                parted = self.sentence.between(place - 1).strip() == ";"
                if told is None and not parted:
                    return replace(said, joined=True)
                last = place - (1 if self.sentence.between(place - 1).strip() in {";", ","} else 2)
                words = self.sentence.words
                before = words[last].end
                return replace(said, at=words[place].start, before=before, joined=told is None)
        return None

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
                said = self.predicates.listed(place + 1)
                if said is not None and said.form is Form.PAST:
                    return _clause(found, said)
        return None


def _is_body(found: Mention | None) -> TypeGuard[Mention]:
    return found is not None and found.kind is Kind.BODY


def _plain(speakers: tuple[Mention, ...] | None, at: int) -> Clause | None:
    return Clause(speakers, "", "statement", at) if speakers else None


def _aside(found: Aside | None) -> Clause | None:
    if found is None:
        return None
    return Clause(found.speakers, found.words, found.verb.act, form=found.verb.form)


def _according(speakers: tuple[Mention, ...], words: str) -> Clause:
    return Clause(speakers, words, "statement", form=Form.PRESENT, according=True)


def _clause(speakers: tuple[Mention, ...], found: Predicate) -> Clause:
    return Clause(speakers, found.verb, found.act, form=found.form, perfect=found.perfect)
