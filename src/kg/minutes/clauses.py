"""Reporting clauses: who says something in a sentence, by which verb.

“Virtanen totesi, että”, “Därefter redogjorde Ask för”, “According to Ms Pryce”, “Lehto (VM): …”.
A name inside what somebody else said, the meeting's own body and impersonal sentences make none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.minutes.cast import Cast
from kg.minutes.lexicon import Form
from kg.minutes.predicates import Predicate, Predicates
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, is_meeting, mention
from kg.minutes.subjects import Subjects

_LEAD = 24  # words before a speaker, at most
_LEADING = 3  # words before “that” in “Asked whether …, X said”
_LABEL = 6  # words before a colon
_TAIL = 6  # words at a sentence's end that can name the speaker
_DASHES = ("-", "–", "—")
_QUOTES = (",", "”", '"', "’", "»")


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
        self.sets = self.predicates.sets

    def read(self, first: bool) -> Clause | None:
        self.first = first
        at = self._after_label()
        found = self._colon(at) or self._from(at) or self._tail()
        if found is None or found.first.name is None:
            found = self._attributed() or found
        if found is not None and found.perfect and self.sets("written") & set(self.folds):
            found = replace(found, written=True)
        return found or (self._initials() if first else None) or self.joined_clause(None)

    def _after_label(self) -> int:
        """Past a topic before a colon: “Kilpailutus: Lehto kertoi”; else the first word."""
        for place in range(min(_LABEL, self.count - 1)):
            gap = self.sentence.between(place)
            if ":" in gap:
                return 0 if self.subjects.at(0) else place + 1
            if gap.strip():
                return 0
        return 0

    # -- “Virtanen (VM): …” -------------------------------------------------------------------

    def _colon(self, at: int) -> Clause | None:
        found = self.subjects.at(at)
        if found is None or any(one.bent for one in found):
            return None
        end = self._past_body(self.subjects.after_brackets(found[-1].end))
        for place in range(end - 1, min(end + 2, self.count)):
            gap = self.sentence.between(place).lstrip(")]> ")
            if gap.startswith(":") or (place == end - 1 and gap.strip() in _DASHES and gap.strip()):
                return self._at_colon(found, at, place, end)
            if gap.strip():
                return None
        return None

    def _at_colon(self, found: tuple[Mention, ...], at: int, place: int, end: int) -> Clause | None:
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
        return Clause(found, "", "statement", self.sentence.words[at].start)

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

    def _initials(self) -> Clause | None:
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
        return Clause((found,), "", "statement") if self.predicates.close(0) else None

    # -- where a clause can begin -------------------------------------------------------------

    def _from(self, at: int) -> Clause | None:
        """Go through the words from one on, as far as a main clause goes."""
        open_, skip = True, 0
        leads = self.lexicon.ends("clauses.lead_ends") or ("\0",)
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
            sure = place == at or (place == at + 1 and self.folds[at] in self.sets("objects"))
            if open_ and place >= skip and (found := self._at(place, sure)) is not None:
                start = self.sentence.words[at].start if at else 0
                return replace(found, at=start)
        return None

    def _past_object(self, place: int) -> int:
        """Past a name that a preposition governs: “på fråga av Linnea Ask svarar …”."""
        if place == 0 or self.folds[place - 1] not in self.sets("prepositions"):
            return 0
        found = mention(self.sentence, place, self.cast)
        return found.end if found else 0

    def _at(self, place: int, first: bool) -> Clause | None:
        """A clause whose speaker stands here."""
        before = self._according_before(place) or self._by_agent(place)
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
        for place in range(end, min(end + 2, self.count)):
            follows = self.folds[place + 1] if place + 1 < self.count else ""
            says = self.folds[place] not in self.sets("views") or follows in self.sets("be")
            if self.folds[place] in words and says:
                return _according(found, self.sentence.part(place, place + 1))
        return None

    def _according_before(self, place: int) -> Clause | None:
        for length in (3, 2, 1):
            phrase = " ".join(self.folds[place : place + length])
            end = place + length
            if phrase in self.sets("according_before") and end < self.count:
                found = self.subjects.at(end)
                if found is not None and not found[-1].bent:
                    return _according(found, self.sentence.part(place, end))
        return None

    def _by_agent(self, place: int) -> Clause | None:
        """“It was suggested by Ms Pryce that”, “Förslaget avvisades av Lidman”."""
        if place == 0 or self.folds[place] not in self.sets("agent") or place + 1 >= self.count:
            return None
        verb = self.predicates.passive(place - 1)
        found = self.subjects.at(place + 1) if verb else None
        if verb is None or found is None or any(one.name is None or one.bent for one in found):
            return None
        words = self.sentence.part(place - 1, place)
        return Clause(found, words, verb.act, form=Form.PAST)

    # -- “I frågan ansåg X att” ---------------------------------------------------------------

    def _is_inverted(self, place: int) -> bool:
        return (
            self.lexicon.flag("clauses", "inversion")
            and place > 0
            and self.predicates.close(place - 1)
            and self.predicates.finite(place - 1) is not None
        )

    def _inverted(self, place: int, found: tuple[Mention, ...]) -> Clause | None:
        verb = self.predicates.finite(place - 1)
        if verb is None:
            return None
        if self.subjects.stands_before(place - 1) and not self._is_object(place - 1, found):
            return None
        if verb.tails and not self.predicates.tailed(verb, found[-1].end):
            return None
        return Clause(found, self.sentence.part(place - 1, place), verb.act, form=verb.form)

    def _is_object(self, verb: int, found: tuple[Mention, ...]) -> bool:
        """Tell whether “det” before a verb is what somebody says: “Det bekräftade Berg.”"""
        if verb != 1 or self.folds[0] not in self.sets("objects") or found[0].name is None:
            return False
        end = found[-1].end
        return end >= self.count - 1 or self.sentence.between(end - 1).strip().startswith((",", ";"))

    # -- “X totesi” ---------------------------------------------------------------------------

    def _subject(self, found: tuple[Mention, ...], sure: bool) -> Clause | None:
        """A speaker at the head of a clause, and a verb of saying behind."""
        sure_kinds = {Kind.PERSON, Kind.OFFICE, *([Kind.TITLE] if self.first else [])}
        certain = sure and all(one.kind in sure_kinds and one.name for one in found)
        if found[0].kind is Kind.STRANGER:
            return self._of_stranger(found)
        end = found[-1].end
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
            found = self.predicates.at(one.end, sure=False)
            other = not (told and any(one.name == before.name for before in told.speakers))
            if found and found.form is Form.PAST and not found.perfect and other:
                said = _clause((one,), found)
                if told is None:
                    return replace(said, joined=True)
                last = place - (1 if self.sentence.between(place - 1).strip() == ";" else 2)
                words = self.sentence.words
                return replace(said, at=words[place].start, before=words[last].end)
        return None

    def _turns_here(self, place: int, told: Clause | None) -> bool:
        """Tell whether somebody else can begin to speak at a word."""
        before = self.folds[place - 1]
        if told is None:
            return before in self.lexicon.words("speakers.joins")
        if self.sentence.between(place - 1).strip() == ";":
            return True
        joins = self.lexicon.words("speakers.joins")
        gap = self.sentence.between(place - 2).strip() if place > 1 else ""
        if gap.endswith((",", ";")):
            return before in joins | self.sets("turns")
        inside = any(fold in self.sets("complements") for fold in self.folds[:place])
        return not inside and before in joins | self.sets("turns")

    def _next_speaker(self, one: Mention, told: Clause | None) -> bool:
        """Tell whether somebody can speak next: a participant, or a body after another one."""
        groups = {Kind.BODY, Kind.UNNAMED}
        after_group = told is not None and told.first.kind in groups and one.kind is Kind.BODY
        return not one.bent and (after_group or (one.kind is Kind.PERSON and one.name is not None))

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

    # -- “Yes, replied Ms Pryce, but …” ----------------------------------------------------------

    def _attributed(self) -> Clause | None:
        """A participant and a verb set off by commas from what they say, in either order."""
        for place in range(1, self.count - 1):
            if not self.sentence.between(place - 1).strip().endswith(_QUOTES):
                continue
            verb = self.predicates.finite(place)
            if verb is not None and self.folds[place] in self.sets("attributions"):
                speakers = self.subjects.at(place + 1)
                if self._are_set_off(speakers, speakers[-1].end if speakers else 0):
                    words = self.sentence.part(place, place + 1)
                    return Clause(speakers or (), words, verb.act, form=verb.form)
            speakers = self.subjects.at(place)
            end = speakers[-1].end if speakers else 0
            if speakers and end < self.count and self.folds[end] in self.sets("attributions"):
                verb = self.predicates.finite(end)
                if verb is not None and self._are_set_off(speakers, end + 1):
                    words = self.sentence.part(end, end + 1)
                    return Clause(speakers, words, verb.act, form=verb.form)
        return None

    def _are_set_off(self, speakers: tuple[Mention, ...] | None, end: int) -> bool:
        """Tell whether these are participants, and a comma or the sentence's end stands behind."""
        if not speakers or any(one.name is None or one.bent for one in speakers):
            return False
        gap = self.sentence.between(end - 1).strip()
        return end >= self.count or gap.startswith((",", ";", "–", "-", ":"))

    # -- “…, said Ms Pryce.” ------------------------------------------------------------------

    def _tail(self) -> Clause | None:
        """A speaker and a verb behind a comma at the end."""
        for place in range(max(1, self.count - _TAIL), self.count):
            gap = self.sentence.between(place - 1).strip()
            if not gap.endswith(_QUOTES):
                continue
            found = self._tail_at(place)
            if found is not None:
                return found
        return None

    def _tail_at(self, place: int) -> Clause | None:
        verb = self.predicates.finite(place)
        if verb is not None and not verb.tails and place + 1 < self.count:
            speakers = self.subjects.at(place + 1)
            if speakers and not speakers[0].bent and speakers[-1].end >= self.count - 1:
                return Clause(
                    speakers, self.sentence.part(place, place + 1), verb.act, form=verb.form
                )
        speakers = self.subjects.at(place)
        if speakers and not speakers[0].bent and speakers[-1].end < self.count:
            end = speakers[-1].end
            verb = self.predicates.finite(end)
            if verb is not None and not verb.tails and end >= self.count - 2:
                return Clause(speakers, self.sentence.part(end, end + 1), verb.act, form=verb.form)
        return None


def _according(speakers: tuple[Mention, ...], words: str) -> Clause:
    return Clause(speakers, words, "statement", form=Form.PRESENT, according=True)


def _clause(speakers: tuple[Mention, ...], found: Predicate) -> Clause:
    return Clause(speakers, found.verb, found.act, form=found.form, perfect=found.perfect)
