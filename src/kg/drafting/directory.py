"""Who can be meant: the people at the table, their organisations, and the bodies that are known.

A `Directory` finds names in a sentence, in the cases that they take there: ``STM:n``, ``Ekin``,
``FM:s``, ``the Treasury's``. A body is shown as the list of participants writes it, else in the
nominative of the name that stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kg.drafting.aliases import Alias, aliases_at_table, aliases_elsewhere, bodies_of, people_of
from kg.drafting.known import Known
from kg.drafting.lexicon import Lexicon
from kg.drafting.model import Holder, HolderType
from kg.drafting.words import Word, spelled
from kg.languages import subject
from kg.minutes.model import Minutes

_ABBREVIATION = re.compile(r"([A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{0,3}[A-ZÅÄÖ]+)(?::(\w+)|[’']?s?)\Z")
_ENDING = 6  # letters that a case may add
_REMEMBERED = 10_000


class Case(StrEnum):
    """What a name is in its sentence, as far as its form tells."""

    SUBJECT = "subject"
    GENITIVE = "genitive"
    ELATIVE = "elative"
    ALLATIVE = "allative"
    PLACE = "place"  # at, on or in somebody
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """A holder named by the words from `start` until before `end`."""

    holder: Holder
    case: Case
    start: int
    end: int


class Directory:
    """The holders of one memo by the words that name them."""

    def __init__(self, minutes: Minutes, known: Known, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        grammar = subject(minutes.header.language, "stance")["grammar"]
        self._inflected: bool = grammar["inflected"]
        self._endings = tuple(
            (case, tuple(grammar[case.value]))
            for case in (Case.GENITIVE, Case.ELATIVE, Case.ALLATIVE, Case.PLACE)
        )
        self._skipped = lexicon.words("titles") | lexicon.words("determiners")
        self._common = self._skipped | lexicon.words("articles") | lexicon.words("groups")
        self._common |= lexicon.words("prepositions") | lexicon.openers.keys()
        self._body_endings = tuple(lexicon.words("body_endings"))
        self._ends = lexicon.words("body_endings") | lexicon.words("company_endings")
        self.people = people_of(minutes.participants, known)
        self.bodies = bodies_of(minutes.participants, known)
        companies = lexicon.words("company_endings")
        self._indexes = (
            aliases_at_table(minutes, self.people, self.bodies, companies, known),
            aliases_elsewhere(known),
        )
        self._candidates = lru_cache(_REMEMBERED)(self._look_up)

    def body(self, name: str) -> Holder:
        """The body of a name."""
        return self.bodies.get(name) or Holder(name, HolderType.BODY)

    def mentions(self, words: Sequence[Word]) -> list[Mention]:
        """Whom a sentence names, in order; the longest name at each place."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._named(words, at)
            if mention is None or mention.end == at + 1:
                longer = self._unlisted(words, at)
                mention = longer if mention is None or (longer and longer.end > at + 1) else mention
            if mention:
                found.append(mention)
                at = mention.end
            else:
                at += 1
        return found

    def _look_up(self, word: str) -> tuple[tuple[Alias, Case], ...]:
        """The names that a word may begin, and in which case it is where it is the whole name.

        Long names come first, and those at the table before all others.
        """
        bare, case = self._bare(word)
        found: list[tuple[Alias, Case]] = []
        table, elsewhere = self._indexes
        is_word = bare in self._lexicon.words("not_bodies")
        for index in (table,) if is_word else (table, elsewhere):
            found += [(alias, Case.SUBJECT) for alias in index.beginning(word)]
            if bare != word:
                found += [(alias, case) for alias in index.beginning(bare)]
        if self._inflected and not any(len(alias.words) == 1 for alias, _ in found):
            found += self._inflections(word)
        return tuple(sorted(found, key=lambda one: -len(one[0].words)))

    def _inflections(self, word: str) -> Iterator[tuple[Alias, Case]]:
        """Names of one word of which a word is a case: the nearest only."""
        near = [
            (_common(alias.words[0], word), alias)
            for index in self._indexes
            for alias in index.like(word)
            if len(word) <= len(alias.words[0]) + _ENDING
        ]
        fitting = [one for one in near if one[0] >= len(one[1].words[0]) - _slack(one[1])]
        if fitting:
            yield max(fitting, key=lambda one: one[0])[1], self._case(word)

    def _bare(self, word: str) -> tuple[str, Case]:
        """A word without the case ending that a colon, an apostrophe or a genitive adds."""
        if ":" in word:
            base, _, ending = word.partition(":")
            return base, self._case(ending)
        if not self._inflected:
            for ending in self._endings[0][1]:
                if word.endswith(ending) and len(word) > len(ending) + 1:
                    return word[: -len(ending)], Case.GENITIVE
        return word, Case.SUBJECT

    def _case(self, word: str) -> Case:
        for case, endings in self._endings:
            if any(word.endswith(ending.lstrip(":")) for ending in endings):
                return case
        return Case.OTHER

    def _named(self, words: Sequence[Word], at: int) -> Mention | None:
        """The longest name of the directory that begins at a word."""
        if not words[at].text[0].isupper():
            return None
        for alias, case in self._candidates(words[at].lower):
            end = at + len(alias.words)
            if len(alias.words) == 1:
                return self._mention(alias.holder, case, words, at, end)
            if end <= len(words) and (last := self._rest(alias, words, at)):
                return self._mention(alias.holder, last, words, at, end)
        return None

    def _rest(self, alias: Alias, words: Sequence[Word], at: int) -> Case | None:
        """The case of a name of several words that begins at a word, None if it is not there."""
        for offset, wanted in enumerate(alias.words[1:-1], 1):
            if words[at + offset].lower != wanted:
                return None
        wanted, given = alias.words[-1], words[at + len(alias.words) - 1].lower
        if wanted == given:
            return Case.SUBJECT
        bare, case = self._bare(given)
        if bare == wanted:
            return case
        inflected = self._inflected and _common(wanted, given) >= max(3, len(wanted) - 2)
        return self._case(given) if inflected and len(given) <= len(wanted) + _ENDING else None

    def _mention(
        self, holder: Holder, case: Case, words: Sequence[Word], start: int, end: int
    ) -> Mention:
        if case is Case.SUBJECT and self._after_preposition(words, start):
            case = Case.OTHER
        # A speaker may be called by a form that bends (“Paavolan mukaan”).
        attributes = self._inflected and words[end : end + 1] and self._attributes(words[end].lower)
        if case is Case.SUBJECT and attributes:
            case = Case.GENITIVE
        return Mention(holder, case, start, end)

    def _attributes(self, word: str) -> bool:
        return word in self._lexicon.words("after_holder")

    def _after_preposition(self, words: Sequence[Word], at: int) -> bool:
        """Tell whether a preposition stands before a name, titles and articles passed over."""
        while at > 0 and words[at - 1].lower in self._skipped:
            at -= 1
        return at > 0 and words[at - 1].lower in self._lexicon.words("prepositions")

    def _unlisted(self, words: Sequence[Word], at: int) -> Mention | None:
        """A body that no list has: an abbreviation, or capitals before a word such as “Council”."""
        text = words[at].text
        if not text[0].isupper() or words[at].lower in self._common:
            return None
        if (match := _ABBREVIATION.match(text)) and len(match[1]) <= _LONGEST_ABBREVIATION:
            if match[1].lower() in self._lexicon.words("not_bodies"):
                return None
            holder = Holder(match[1], HolderType.BODY)
            case = self._case(match[2]) if match[2] else self._plain_case(text, match[1])
            return self._mention(holder, case, words, at, at + 1)
        for last in range(self._last_capital(words, at), at - 1, -1):
            bare, case = self._bare(words[last].lower)
            if not self._ends_body(bare):
                continue
            first, capital = last, words[last].text[0].isupper()
            if not capital and at == 0 and self._bare_word(words[at].lower):
                continue  # “Nyt ministeriö …”: the first word of a sentence is no name
            last = self._joined(words, last) if capital else last
            if first == at == last and bare in self._ends:
                continue
            name = spelled(words[at : last + 1])
            bare, case = self._bare(words[last].lower)
            name = name[: len(name) - (len(words[last].lower) - len(bare))]
            return self._mention(Holder(name, HolderType.BODY), case, words, at, last + 1)
        return None

    def _bare_word(self, word: str) -> bool:
        """Tell whether a word of a language that bends is in no genitive."""
        return self._inflected and not word.endswith(self._endings[0][1])

    def _ends_body(self, word: str) -> bool:
        return word in self._ends or word.endswith(self._body_endings)

    def _joined(self, words: Sequence[Word], last: int) -> int:
        """The last word of a name that goes on with “of Finance” or “for Health and Care”."""
        joins = self._lexicon.words("joins")
        at = last + 1
        while at < len(words) and (words[at].lower in joins or words[at].text[0].isupper()):
            if words[at].lower not in joins:
                last = at
            elif at > last + 2:
                break
            at += 1
        return last

    def _last_capital(self, words: Sequence[Word], at: int) -> int:
        """The last word that a name beginning at a word may have: one more after the capitals."""
        end = at + 1
        hyphen = words[at].text.endswith("-")
        if hyphen and end + 1 < len(words) and self._ends_body(self._bare(words[end + 1].lower)[0]):
            return end + 1
        while end < len(words) and words[end].text[0].isupper() and end - at < _LONGEST_NAME:
            end += 1
        follows = end < len(words) and self._ends_body(self._bare(words[end].lower)[0])
        return end if follows else end - 1

    @staticmethod
    def _plain_case(text: str, base: str) -> Case:
        return Case.SUBJECT if text == base else Case.GENITIVE


_LONGEST_ABBREVIATION = 8
_LONGEST_NAME = 6


def _slack(alias: Alias) -> int:
    """How many letters at its end a name may change: long names more than short ones."""
    return 1 if len(alias.words[0]) <= 5 else 2


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
