"""Who a stance belongs to: subjects, agents, quoted voices, “the ministry”, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.drafting.clauses import Clause, Kind, Sentence, attributions
from kg.drafting.directory import Case, Mention
from kg.drafting.lexicon import MARKS, Found, Lexicon
from kg.drafting.model import Holder, HolderType
from kg.drafting.words import Word

UNNAMED = Holder("unnamed", HolderType.UNNAMED)
_SUBJECT_AFTER = 4  # words between a verb and a subject behind it
_NEAR = 3  # words between a subject and a form that may be no verb
_LONGEST_GROUP = 6
_VERB = 2  # words of a verb of saying that is put in (“said”, “had said”)
# Verbs of stance that are none of saying: “…, Ek opposed.” is a clause of its own.
_DECIDED = frozenset({"support", "oppose", "accept", "agree", "disagree", "undecided", "welcome"})
_SHORTEST_HEAD = 6  # letters of a noun that its ending alone makes a group or body

# Who is no subject by form, but has the stance where nobody else does (“VM:llä ei ole kantaa”).
_OBLIQUE = frozenset({Case.ELATIVE, Case.ALLATIVE, Case.PLACE})

Voice = tuple[Holder, ...]


@dataclass(frozen=True)
class Speaking:
    """Who speaks: the person if known, the body for which, and whose plain views are.

    `before` is the speaker's body where the sentence before spoke of its view; `last` the body
    that was the last subject (“it could accept …”).
    """

    person: Holder | None
    body: Holder | None
    voice: Holder | None
    before: Holder | None = None
    last: Holder | None = None


class Subjects:
    """The subjects of one sentence's clauses."""

    def __init__(self, sentence: Sentence, speaking: Speaking, lexicon: Lexicon) -> None:
        self._sentence = sentence
        self._speaking = speaking
        self._lexicon = lexicon
        self._mentions = {one.start: one for one in sentence.mentions}
        self._skipped = lexicon.words("titles") | lexicon.words("determiners")
        self._joining = lexicon.words("and") | lexicon.words("conjunctions")
        self._quoted = {one.start: one.holder for one in attributions(sentence, lexicon)}
        self._placed = [list(self._places(clause)) for clause in sentence.clauses]
        reporters = ((index, self._reporter(index)) for index in range(1, len(self._placed)))
        self.reporters = {index: holder for index, holder in reporters if holder}
        """Who says the sentence, by the clause that is put in to tell so (“…, said Ek, …”)."""

    def of(self, index: int) -> list[Holder]:
        """Everybody who is named as a subject in a clause; nobody in “…, said Ek, …”."""
        if index in self.reporters:
            return []
        return list(dict.fromkeys(holder for _, holder in self._placed[index]))

    def _reporter(self, index: int) -> Holder | None:
        """Who says the rest, where a clause is only a name and a verb."""
        sentence, clause = self._sentence, self._sentence.clauses[index]
        if len(self._placed[index]) != 1 or sentence.words[clause.start - 1].text != ",":
            return None
        at, holder = self._placed[index][0]
        end = self._mentions[at].end if at in self._mentions else at + 1
        named = set(range(at, end))
        rest = [
            place
            for place in range(clause.start, clause.end)
            if place not in named
            and sentence.words[place].text not in MARKS
            and sentence.words[place].lower not in self._skipped
        ]
        if not 0 < len(rest) <= _VERB or sentence.words[rest[0]].lower in self._joining:
            return None
        decided = any(
            one.kind in _DECIDED and clause.start <= one.start < clause.end for one in sentence.cues
        )
        return None if decided and rest[0] > at else holder

    def holding(self, index: int, cue: Found, attitude: bool) -> list[Holder]:
        """Who is named as holder of a cue: subjects before it, else one right after it."""
        if cue.impersonal or self.is_passive(cue):
            agent = self._agent(cue)
            return [agent] if agent else []
        places = self._placed[index]
        before = [one for one in places if one[0] < cue.end and not self._inside(one[0], cue)]
        if cue.ambiguous:
            before = [one for one in before if cue.start - one[0] <= _NEAR]
        if before:
            return self._together(before[::-1])[::-1]
        if cue.ambiguous:
            group = self._group(self._sentence.clauses[index], cue)
            plural = self._sentence.words[cue.start - 1].lower in self._lexicon.words("groups")
            return [group] if group and plural and cue.start else []
        clause = self._sentence.clauses[index]
        joined = clause.kind is Kind.CONTRAST and cue.start == clause.start + 1
        after = [
            (at, holder)
            for at, holder in places
            # “But praised Ek” goes on with the subject before it.
            if not joined and cue.start < at <= cue.end + _SUBJECT_AFTER and self._may_follow(at)
        ]
        if after:
            return self._together(after)
        own = any(self._sentence.cues_in(clause, "own"))
        quoted = own and self._lexicon.drops_subjects  # “hänestä”
        group = self._group(clause, cue) if attitude and not quoted else None
        group = group or (self._antecedent(clause) if attitude else None)
        return [group] if group else []

    def _antecedent(self, clause: Clause) -> Holder | None:
        """Of whom a relative clause tells (“the council, which has long wished for it”)."""
        at = clause.start - 2
        if clause.kind is not Kind.RELATIVE or at < 0:
            return None
        known = (one.holder for one in self._sentence.mentions if one.end == at + 1)
        found = next(known, None)
        if found:
            return found if found.type is HolderType.BODY else None
        written = self._sentence.words[at].text
        kind = self._kind_of_group([written])
        return Holder(written, kind) if kind else None

    def _inside(self, at: int, cue: Found) -> bool:
        """Tell whether a word is an “it” between the words of a cue (“considers it important”)."""
        return at > cue.start and self._sentence.words[at].lower in self._lexicon.words("it")

    def _may_follow(self, at: int) -> bool:
        """Tell whether a subject may stand behind its verb: no “it”, and nobody's “view”."""
        word = self._sentence.words[at].lower
        return at not in self._quoted and word not in self._lexicon.words("it")

    def is_passive(self, cue: Found) -> bool:
        """Tell whether a participle stands in the passive (“is well supported”): nobody's view."""
        words, lexicon = self._sentence.words, self._lexicon
        if words[cue.start].lower not in lexicon.words("participles"):
            return False
        before = words[max(0, cue.start - 2) : cue.start]
        return any(word.lower in lexicon.words("be") for word in before)

    def voices(self, attitudes: frozenset[str]) -> list[Voice]:
        """Whose words each clause gives: whom the sentence quotes, else who speaks."""
        sentence, speaking = self._sentence, self._speaking
        current: Voice = (speaking.voice,) if speaking.voice else ()
        current = tuple(dict.fromkeys(self.reporters.values()))[:1] or current
        if speaking.before and not self._has_subject(attitudes):
            current = (speaking.before,)
        found: list[Voice] = []
        for index, clause in enumerate(sentence.clauses):
            mine = [
                holder for at, holder in self._quoted.items() if clause.start <= at < clause.end
            ]
            mine = mine or self._quoted_noun(clause)
            bodies = [one for one in self.of(index) if one.type is HolderType.BODY]
            if bodies and bodies[0] not in mine and self._tells(index):
                mine = bodies[:1]  # “VM on Mäen mukaan linjannut, että”
            if speaking.person and any(sentence.cues_in(clause, "own")):
                current = (speaking.person,)
            elif mine:
                current = tuple(dict.fromkeys(mine))
            elif self._reports(index, attitudes):
                current = tuple(self.of(index)) or self._group_of(index, attitudes) or current
            found.append(current)
        return found

    def _group_of(self, index: int, attitudes: frozenset[str]) -> Voice:
        """The group whose view a clause tells (“several members felt that …”)."""
        clause = self._sentence.clauses[index]
        for cue in self._sentence.cues:
            if clause.start <= cue.start < clause.end and cue.kind in attitudes:
                group = None if cue.impersonal or cue.ambiguous else self._group(clause, cue)
                if group:
                    return (group,)
        return ()

    def _quoted_noun(self, clause: Clause) -> list[Holder]:
        """The speaker's body, where words give a view to “the unit's position”."""
        words, lexicon, body = self._sentence.words, self._lexicon, self._speaking.body
        genitives = lexicon.words("body_noun_genitives")
        for at in range(clause.start, clause.end - 1):
            owner = words[at].lower in genitives or self._owns(words[at].lower, at)
            if body and owner and words[at + 1].lower in lexicon.words("after_holder"):
                return [body]
        return []

    def _owns(self, word: str, at: int) -> bool:
        """Tell whether a word is a noun such as “the department” in the genitive."""
        for ending in self._lexicon.genitives:
            noun = word.removesuffix(ending)
            if noun != word and noun in self._lexicon.words("body_nouns") and self._definite(at):
                return True
        return False

    def _reports(self, index: int, attitudes: frozenset[str]) -> bool:
        """Tell whether a clause has content: the next one tells what, or it has a view."""
        sentence = self._sentence
        if self._tells(index):
            return True
        clause = sentence.clauses[index]
        return any(
            clause.start <= cue.start < clause.end and cue.kind in attitudes
            for cue in sentence.cues
        )

    def _tells(self, index: int) -> bool:
        """Tell whether the next clause says what this one only names."""
        after = self._sentence.clauses[index + 1 : index + 2]
        return any(one.kind is Kind.THAT and one.opened for one in after)

    def _has_subject(self, attitudes: frozenset[str]) -> bool:
        """Tell whether the sentence names its voice, or has a verb with an unnamed subject."""
        sentence = self._sentence
        if any(one.case is Case.SUBJECT for one in sentence.mentions):
            return True
        if any(word.lower in self._lexicon.words("pronouns") for word in sentence.words):
            return True
        return any(cue.kind in attitudes - {"accept"} for cue in sentence.cues)

    def _places(self, clause: Clause) -> Iterator[tuple[int, Holder]]:
        """The subjects of a clause with their places; who only is quoted where it has no other."""
        subjects: list[tuple[int, Holder]] = []
        quoted: list[tuple[int, Holder]] = []
        at = clause.start
        while at < clause.end:
            mention = self._mentions.get(at)
            holder = self._mentioned(mention) if mention else self._taken_up(at)
            if subjects and self._sentence.words[at].lower in self._lexicon.words("it"):
                holder = None  # “Ek considered it important”
            if holder:
                oblique = mention is not None and mention.case in _OBLIQUE
                (quoted if oblique else subjects).append((at, holder))
            elif at in self._quoted:
                quoted.append((at, self._quoted[at]))
            named = holder or at in self._quoted
            at = mention.end if mention else at + 1
            if mention and named and mention.case is Case.GENITIVE:
                at += 1
        spoken_for = [one for one in quoted if self._spoken_for(*one)]
        return iter(spoken_for or subjects or quoted)

    def _spoken_for(self, at: int, holder: Holder) -> bool:
        """Tell whether words right beside a body say that it is spoken for (“SM:n puolesta”)."""
        mention = self._mentions.get(at)
        if mention is None or holder.type is not HolderType.BODY:
            return False
        cues = self._sentence.having("perspective")
        return any(one.start == mention.end or at - 1 <= one.end <= at for one in cues)

    def _mentioned(self, mention: Mention) -> Holder | None:
        """Whom a name stands for as a subject: a body's representative is a person."""
        words, kinds = self._sentence.words, self._lexicon.words("representative")
        beside = [word.lower for word in words[max(0, mention.start - 3) : mention.start]]
        beside += [word.lower for word in words[mention.end : mention.end + 1]]
        if not kinds.isdisjoint(beside) and mention.holder.type is HolderType.BODY:
            return self._speaking.person or mention.holder
        after = words[mention.end].lower if mention.end < len(words) else ""
        nouns = self._lexicon.words("body_nouns") | self._lexicon.words("meeting_nouns")
        if mention.case is Case.SUBJECT or (mention.case is Case.GENITIVE and after in nouns):
            return mention.holder
        referring = tuple(self._lexicon.words("referring_endings"))
        if mention.case is Case.GENITIVE and referring and after.endswith(referring):
            return mention.holder  # “kertoi SM:n vastustavan”
        if mention.case is Case.ELATIVE and mention.holder.type is HolderType.BODY:
            return mention.holder if any(self._sentence.having("agree")) else None
        if mention.case is Case.ALLATIVE:
            return mention.holder if any(self._sentence.having("accept")) else None
        if mention.case is Case.PLACE:
            return mention.holder if any(self._sentence.having("undecided")) else None
        return None

    def _taken_up(self, at: int) -> Holder | None:
        """Whom a pronoun, or a noun such as “the ministry”, stands for."""
        word = self._sentence.words[at].lower
        if word in self._lexicon.words("pronouns"):
            return self._speaking.person or self._speaking.voice
        if word in self._lexicon.words("it"):
            return self._speaking.last
        written = self._sentence.words[at].text
        if word in self._lexicon.words("meeting_nouns") and self._definite(at):
            return Holder(written, HolderType.BODY)
        if word not in self._lexicon.words("body_nouns") or not self._definite(at):
            return None
        before = [
            one.holder
            for one in self._sentence.mentions
            if one.end <= at and one.holder.type is HolderType.BODY
        ]
        same = [one for one in before if word in one.name.lower()]
        if before:
            return (same or before)[-1]
        last, body = self._speaking.last, self._speaking.body
        if last and word in last.name.lower() and not (body and word in body.name.lower()):
            return last
        return body or Holder(written, HolderType.BODY)

    def _definite(self, at: int) -> bool:
        """Tell whether a noun may be a subject: with its article, and without a preposition."""
        words, lexicon = self._sentence.words, self._lexicon
        determiners = lexicon.words("determiners")
        if determiners:
            at -= 1
            if at < 0 or words[at].lower not in determiners:
                return False
        near = words[max(0, at - _NEAR) : at]
        return not any(word.lower in lexicon.words("prepositions") for word in near)

    def _agent(self, cue: Found) -> Holder | None:
        """Who did what stands in the passive (“was rejected by Ek”)."""
        agents = self._lexicon.words("agent")
        for one in self._sentence.mentions:
            before = self._sentence.words[max(cue.end, one.start - 3) : one.start]
            if one.start >= cue.end and any(word.lower in agents for word in before):
                return one.holder
        return None

    def _together(self, places: Sequence[tuple[int, Holder]]) -> list[Holder]:
        """The first of some subjects, and those that “and” joins to it."""
        lexicon = self._lexicon
        joins = lexicon.words("and") | lexicon.words("titles") | lexicon.words("determiners")
        found = [places[0]]
        for at, holder in places[1:]:
            left, right = sorted((at, found[-1][0]))
            end = self._mentions[left].end if left in self._mentions else left + 1
            between = set(_outside_brackets(self._sentence.words[end:right]))
            if not between or not between <= joins | {","}:
                break
            found.append((at, holder))
        return list(dict.fromkeys(holder for _, holder in found))

    def _group(self, clause: Clause, cue: Found) -> Holder | None:
        """A subject without a proper name: “several members”, “nämnden för medicin”."""
        lexicon, words = self._lexicon, self._sentence.words
        openers = lexicon.words("that") | lexicon.words("contrast") | lexicon.words("and")
        start = clause.start
        openers = openers | lexicon.words("articles") | lexicon.words("determiners")
        if start in self._quoted and start in self._mentions:
            # “Ekin mukaan neuvosto …”
            start = self._mentions[start].end
            openers = openers | lexicon.words("after_holder")
        while start < cue.start and words[start].lower in openers:
            start += 1
        end = start
        while end < cue.start and words[end].lower not in lexicon.words("auxiliaries"):
            end += 1
        if end - start > _LONGEST_GROUP and words[start].lower in lexicon.words("groups"):
            end = start + 1
        if not 0 < end - start <= _LONGEST_GROUP:
            return None
        name = self._sentence.words_from(start, end)
        kind = self._kind_of_group([word.text for word in words[start:end]])
        if kind is HolderType.GROUP and words[end - 1].lower in lexicon.words("groups"):
            # “In her assessment ministers wanted”: the noun alone.
            named = [word.lower in lexicon.words("groups") for word in words[start:end]]
            if not any(named[:2]):
                name = self._sentence.words_from(end - 1, end)
        if kind is HolderType.BODY:
            return Holder(name, kind)
        return Holder(name[0].lower() + name[1:], kind) if kind else None

    def _kind_of_group(self, written: Sequence[str]) -> HolderType | None:
        lexicon = self._lexicon
        heads = [head.lower() for head in written]
        groups = lexicon.words("groups")
        if any(head in groups for head in heads[:2]) or heads[-1] in groups:
            return HolderType.GROUP
        if len(heads[0]) < _SHORTEST_HEAD:
            return None
        if all(head[0].isupper() for head in written) and len(written) > 1:
            return HolderType.BODY
        if len(heads) == 1 and heads[0].endswith(tuple(lexicon.words("group_endings")) or ("\0",)):
            return HolderType.GROUP
        return HolderType.BODY if heads[0].endswith(tuple(lexicon.words("body_endings"))) else None


def _outside_brackets(words: Sequence[Word]) -> Iterator[str]:
    """The words, in lower case, that stand in no brackets."""
    inside = False
    for word in words:
        inside = word.text == "(" or (inside and word.text != ")")
        if not inside and word.text != ")":
            yield word.lower
