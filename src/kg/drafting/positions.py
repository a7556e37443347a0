"""Positions of a memo: each entry sentence by sentence, holders and bases told apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.drafting.alignment import CLAIMS, read_alignments
from kg.drafting.clauses import Sentence, take_apart
from kg.drafting.directory import Case, Directory
from kg.drafting.events import STANCES
from kg.drafting.known import Known
from kg.drafting.lexicon import Lexicon, lexicon
from kg.drafting.matching import matcher
from kg.drafting.model import AlignmentDraft, Draft, Drafts, Holder, HolderType
from kg.drafting.phrases import phrase
from kg.drafting.speakers import Speakers, basis_of
from kg.drafting.stances import Judge, Judgement
from kg.drafting.subjects import Speaking
from kg.drafting.wording import proposition_of
from kg.drafting.words import sentences
from kg.minutes.model import Minutes, Record, Remark, Speech
from kg.traced import Traced

_OVERLAPPING = 3  # decisions and actions that may begin before one ends
_LONGEST = 4000  # characters of a sentence; what is longer is a list or a table that lost its marks
_TOO_LONG = "too long for one sentence, so it was not searched for positions"
_TELLING = STANCES | CLAIMS.keys() | {"perspective"}
# What a decision is worded with, which makes it no position of those who decide.
_DECIDING = frozenset({"agree", "propose", "demand", "accept", "view", "deontic"})
_TURNED = {"support": "oppose", "oppose": "support"}


def draft_positions(minutes: Minutes, known: Known) -> tuple[Draft, ...]:
    """The positions that a memo states, in its order."""
    return draft_positions_and_claims(minutes, known).positions


def draft_positions_and_claims(minutes: Minutes, known: Known) -> Drafts:
    """The positions and the claims of agreement that a memo states, in its order."""
    drafting = _Drafting(minutes, known)
    for index, entry in enumerate(minutes.entries):
        drafting.read(index, entry)
    return Drafts(tuple(drafting.positions), tuple(drafting.alignments), tuple(drafting.remarks))


class _Drafting:
    """The drafts of one memo; each entry sees those before it (“agreed with Ek”)."""

    def __init__(self, minutes: Minutes, known: Known) -> None:
        self._language = minutes.header.language
        self._lexicon: Lexicon = lexicon(self._language)
        self._directory = Directory(minutes, known, self._lexicon)
        self._judge = Judge(self._lexicon)
        self._matcher = matcher(known, self._language)
        self._speakers = Speakers(minutes, self._directory, self._lexicon)
        self._decided = sorted(
            [one.span for one in minutes.decisions] + [one.span for one in minutes.actions]
        )
        self._seen: set[tuple[Holder, str, tuple[int, int]]] = set()
        self.positions: list[Draft] = []
        self.alignments: list[AlignmentDraft] = []
        self.remarks: list[Remark] = []

    def read(self, index: int, entry: Speech | Record) -> None:
        """Add the drafts of one entry."""
        speaking = self._speakers.of(entry)
        speaker = None
        if isinstance(entry, Speech) and speaking.voice:
            speaker = (entry.speaker, speaking.voice)
        passed: list[Sentence] = []  # those without a stance since the last one with one
        for passage in sentences(entry.passage, self._language):
            if len(passage) > _LONGEST:
                self.remarks.append(Remark(passage.span(), _TOO_LONG))
                continue
            sentence = take_apart(passage.text, self._lexicon, self._directory, speaker)
            # Most sentences say nothing of a stance, and are left as soon as that is seen.
            if any(one.kind in _TELLING for one in sentence.cues):
                if last := _last_body(passed):
                    speaking = replace(speaking, last=last)
                speaking = self._perspective(sentence, speaking)
                self._read_sentence(sentence, passage, index, entry, speaking)
                speaking = self._after(sentence, speaking)
                passed.clear()
            else:
                passed.append(sentence)

    def _read_sentence(
        self,
        sentence: Sentence,
        passage: Traced,
        index: int,
        entry: Speech | Record,
        speaking: Speaking,
    ) -> None:
        judgements = self._judge.judge(sentence, speaking)
        if isinstance(entry, Record) and judgements and self._taken(passage):
            judgements = [one for one in judgements if one.event.kind not in _DECIDING]
        for one in judgements:
            draft = self._draft(one, sentence, passage, index, entry, speaking)
            key = (draft.holder, draft.stance, passage.span())
            if key not in self._seen:
                self._seen.add(key)
                self.positions.append(draft)
        self.alignments += read_alignments(sentence, passage, speaking, entry.item, index)

    def _after(self, sentence: Sentence, speaking: Speaking) -> Speaking:
        """Who speaks in the next sentence: it may take up a body that this one named."""
        named = _bodies(sentence)
        before = speaking.body if speaking.body in named else speaking.before
        return replace(speaking, before=before, last=named[-1] if named else speaking.last)

    def _perspective(self, sentence: Sentence, speaking: Speaking) -> Speaking:
        """A speech that is given for a body has that body's voice from there on."""
        for cue in sentence.having("perspective"):
            for mention in sentence.mentions:
                near = mention.end in {cue.start, cue.start - 1} or mention.start in range(
                    cue.end, cue.end + 2
                )
                if near and mention.holder == speaking.body:
                    return replace(speaking, voice=mention.holder)
        return speaking

    def _taken(self, passage: Traced) -> bool:
        """Tell whether a sentence is a decision or an action, which are no positions."""
        start, end = passage.span()
        place = bisect_left(self._decided, (end, 0))
        return any(start < last for _, last in self._decided[max(0, place - _OVERLAPPING) : place])

    def _draft(
        self,
        one: Judgement,
        sentence: Sentence,
        passage: Traced,
        index: int,
        entry: Speech | Record,
        speaking: Speaking,
    ) -> Draft:
        words = proposition_of(sentence, one, self._lexicon)
        match = self._matcher.match(sentence.text)
        known = match.proposition if match else None
        return Draft(
            item=entry.item,
            holder=one.holder,
            asserted_by=speaking.person.name if speaking.person else None,
            basis=basis_of(one.holder, entry, speaking),
            stance=self._agreed(one, entry.item) if one.side else one.stance,
            proposition=words,
            passage=passage,
            phrase=phrase(sentence, one.event.start, one.event.end),
            confidence=one.confidence,
            entry=index,
            condition=one.condition,
            reasons=one.reasons,
            proposition_id=known.id if known else None,
            issue_id=known.issue if known else None,
        )

    def _speaks_for(self, draft: Draft, whom: Holder) -> bool:
        """Tell whether a draft is somebody's: own, told by them, or by who represents them."""
        by = draft.asserted_by or ""
        return whom in {draft.holder, self._speakers.body_of(by)} or whom.name == by

    def _agreed(self, one: Judgement, item: str | None) -> str:
        """The stance of whoever it agrees with; for who disagrees, the opposite."""
        earlier = [
            draft
            for draft in self.positions
            if draft.item == item
            and draft.holder != one.holder
            and (one.referent is None or self._speaks_for(draft, one.referent))
        ]
        if one.referent is None:
            # “Strongly agree”, “endorsed this”: with what was said before.
            earlier = earlier[-1:] if one.short else []
        if not earlier:
            return one.stance
        # What somebody says first in a speech is the point of it.
        said = [draft for draft in earlier if draft.entry == earlier[-1].entry]
        plain = [draft for draft in said if draft.pole in _TURNED]
        stance = (plain or said)[0].stance.removeprefix("strong")
        stance = stance[0].lower() + stance[1:]
        return stance if one.side > 0 else _TURNED.get(stance, "oppose")


def _last_body(passed: Sequence[Sentence]) -> Holder | None:
    """The body that was named last; looked for only where a stance follows, as names are slow."""
    for sentence in reversed(passed):
        if named := _bodies(sentence) or _bodies(sentence, anyhow=True):
            return named[-1]
    return None


def _bodies(sentence: Sentence, *, anyhow: bool = False) -> list[Holder]:
    """The bodies that a sentence names: those that can act by their form, or anyhow."""
    return [
        one.holder
        for one in sentence.mentions
        if one.holder.type is HolderType.BODY and (anyhow or one.case is not Case.OTHER)
    ]
