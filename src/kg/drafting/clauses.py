"""A sentence as stance rules need it: its cues, whom it names, and its clauses.

Clauses are cut at marks and at words that open a clause (“that”, “if”, “but”, “because” …). What a
clause is, its first word tells; one without such a word goes on as the clause before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kg.drafting.directory import Case, Directory, Mention
from kg.drafting.lexicon import MARKS, Found, Lexicon
from kg.drafting.model import Holder
from kg.drafting.words import Word, words_of

_BREAKS = MARKS - {"(", ")"}
_ATTRIBUTION_REACH = 2  # words between a name and the noun that attributes (“SM:n oma kanta”)


class Kind(StrEnum):
    """What a clause is; the names are those of the lists of words that open it."""

    MAIN = "main"
    THAT = "that"
    CONDITION = "condition"
    REASON = "reason"
    RELATIVE = "relative"
    CONCESSION = "concession"
    CONTRAST = "contrast"
    TIME = "time"
    QUESTION = "question"  # “how it is done”, not “how is it done?”


# These open a clause only after a mark: in mid-clause they are often something else (“as”, “för”).
_AFTER_MARKS = frozenset({Kind.REASON, Kind.RELATIVE, Kind.TIME, Kind.CONCESSION})
# A clause without an opening word, after a clause of another kind, goes on in one of these.
_OUTER = frozenset({Kind.THAT, Kind.CONTRAST})


@dataclass(frozen=True, slots=True)
class Clause:
    """The words from `start` until before `end`.

    `opened` tells that it begins with a word of its kind and is not joined to one like it by “and”.
    """

    kind: Kind
    start: int
    end: int
    opened: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence and its cues; names and clauses are found when they are asked for.

    `speaker` are the words by which the memo names who speaks, and who that is: where a sentence
    has them, they are its subject.
    """

    text: str
    words: tuple[Word, ...]
    cues: tuple[Found, ...]
    lexicon: Lexicon
    directory: Directory
    speaker: tuple[str, Holder] | None = None

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Whom it names, in order."""
        return tuple(_beside(self.directory.mentions(self.words), self.words, self.speaker))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses in order, every word in one."""
        return tuple(_clauses(self.words, self.mentions, self.cues, self.lexicon))

    def having(self, kind: str) -> Iterator[Found]:
        """The cues of a kind."""
        return (one for one in self.cues if one.kind == kind)

    def cues_in(self, clause: Clause, kind: str) -> Iterator[Found]:
        """The cues of a kind that begin in a clause."""
        return (one for one in self.having(kind) if clause.start <= one.start < clause.end)

    def negations(self, clause: Clause) -> Iterator[Found]:
        """The negations in a clause; a name is none (“NO” is Norway)."""
        other = {at for one in self.mentions for at in range(one.start, one.end)}
        if clause.kind is Kind.CONTRAST:
            other.add(clause.start)  # “utan” is “but”
        return (one for one in self.cues_in(clause, "not") if one.start not in other)

    def words_from(self, start: int, end: int) -> str:
        """The text of a range of words."""
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""


def take_apart(
    text: str, lexicon: Lexicon, directory: Directory, speaker: tuple[str, Holder] | None = None
) -> Sentence:
    """A sentence with its cues."""
    words = words_of(text, lexicon.clitics)
    return Sentence(text, words, tuple(lexicon.find(words)), lexicon, directory, speaker)


def _beside(
    mentions: Sequence[Mention], words: Sequence[Word], speaker: tuple[str, Holder] | None
) -> Iterator[Mention]:
    """The mentions without bodies in brackets (“Ek (VM)”), with that of the speaker, in order."""
    label = _labelled(mentions, words, speaker)
    kept = [label] if label else []
    for one in mentions:
        bracketed = one.start > 0 and words[one.start - 1].text in "(/"
        named_before = one.start > 1 and words[one.start - 2].text[0].isupper()
        within = label is not None and one.start < label.end and label.start < one.end
        if not within and not (bracketed and named_before):
            kept.append(one)
    return iter(sorted(kept, key=lambda one: one.start))


def _labelled(
    mentions: Sequence[Mention], words: Sequence[Word], speaker: tuple[str, Holder] | None
) -> Mention | None:
    """The speaker where the sentence has the words for them; known names have their own case."""
    if not speaker or not speaker[0]:
        return None
    label = [word.lower for word in words_of(speaker[0])]
    lower = [word.lower for word in words]
    for at in range(len(lower)):
        if lower[at : at + len(label)] == label:
            end = at + len(label)
            known = (one for one in mentions if (one.start, one.end) == (at, end))
            same = next((one for one in known if one.holder == speaker[1]), None)
            return same or Mention(speaker[1], Case.SUBJECT, at, end)
    return None


def _clauses(
    words: Sequence[Word], mentions: Sequence[Mention], cues: Sequence[Found], lexicon: Lexicon
) -> Iterator[Clause]:
    thats, joins = lexicon.words(Kind.THAT), lexicon.words("and")
    inside = {place for one in cues for place in one.places[1:] if words[place].lower not in thats}
    inside |= {place for one in mentions for place in range(one.start + 1, one.end)}
    named = {one.start for one in mentions if one.case is Case.SUBJECT}
    after_name = {one.end for one in mentions}
    after_name |= {at for at in range(1, len(words)) if words[at - 1].text == ")"}
    start, new = 0, False
    kind = (_opened(words, 0, lexicon) if words else None) or Kind.MAIN
    outer = Kind.THAT if kind is Kind.THAT else Kind.MAIN
    for at in range(1, len(words)):
        word, before = words[at].lower, words[at - 1].text
        if at in inside or word in MARKS:
            continue
        opened = _opened(words, at, lexicon)
        after_mark = before in _BREAKS
        if opened in _AFTER_MARKS and not after_mark:
            opened = None
        if opened is Kind.THAT and at in after_name and at + 1 in named:
            opened = None  # “sekä SM että VM”
        if after_mark and not opened and _around_aside(words, at):
            continue
        if not (opened or after_mark):
            if word not in joins or at in after_name or not _names_next(at, named, words, lexicon):
                continue
        yield Clause(kind, start, at, new)
        start = at
        new = opened is not None and before.lower() not in joins
        if opened in _OUTER:
            outer = opened
        elif not opened and before in ";:":
            outer = Kind.MAIN
        kind = opened or outer
    if start < len(words):
        yield Clause(kind, start, len(words), new)


def _around_aside(words: Sequence[Word], at: int) -> bool:
    """Tell whether one word between commas (“not, however, see”) is at a place or before it."""
    marks = [
        words[place].text == "," if 0 <= place < len(words) else False
        for place in (at - 3, at - 1, at + 1)
    ]
    if not marks[1]:
        return False
    return (marks[2] and words[at].text.islower()) or (marks[0] and words[at - 2].text.islower())


def _opened(words: Sequence[Word], at: int, lexicon: Lexicon) -> Kind | None:
    """The kind of clause that a word opens, or two words do (“kun taas”)."""
    kind = lexicon.openers.get(words[at].lower)
    if kind == Kind.THAT and at + 1 < len(words):
        # “Gaps that need to be filled”: no subject follows, so that it tells more of a noun.
        relative = words[at + 1].lower in lexicon.words("relative_verbs")
        kind = Kind.RELATIVE if relative else kind
    if lexicon.pairs and at + 1 < len(words):
        pair = f"{words[at].lower} {words[at + 1].lower}"
        kind = Kind.CONTRAST if pair in lexicon.pairs else kind
    return Kind(kind) if kind else None


def _names_next(at: int, named: set[int], words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether somebody is named as subject right after a conjunction."""
    skipped = lexicon.words("titles") | lexicon.words("determiners") | lexicon.words("and")
    at += 1
    while at < len(words) and words[at].lower in skipped and at not in named:
        at += 1
    if at >= len(words):
        return False
    return at in named or words[at].lower in lexicon.words("pronouns")


def attributions(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Names to whom words give a view (“SM:n mielestä”, “according to SM”)."""
    after = lexicon.words("after_holder")
    before = list(sentence.having("before_holder"))
    skipped = lexicon.words("titles") | lexicon.words("determiners")
    for mention in sentence.mentions:
        if mention.case in {Case.GENITIVE, Case.ALLATIVE}:
            reach = sentence.words[mention.end : mention.end + _ATTRIBUTION_REACH]
            if any(word.lower in after for word in reach):
                yield mention
                continue
        start = mention.start
        while start > 0 and sentence.words[start - 1].lower in skipped:
            start -= 1
        if any(one.end == start for one in before):
            yield mention
