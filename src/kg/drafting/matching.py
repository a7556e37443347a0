"""Known propositions that a sentence is about.

Words are alike if they are cases or derivations of one word, told by what they begin with, or if
one is a part of the other, a compound (``yhteistyörakenteet``: ``rakenne``); an abbreviation is
taken without its case (``STM:n``). A proposition scores by the rarity (inverse document frequency)
of its words that a sentence has. Below a threshold nothing is matched: a wrong match is worse than
a missing one. Lemmas of a dictionary (simplemma) were measured on the real memo and found no
better, and its Finnish dictionary takes seconds to load.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from kg.drafting.known import Known, KnownProposition
from kg.languages import subject

_WORD = re.compile(r"\w+(?:[-:]\w+)*")
_ENOUGH = 0.8  # score from which a proposition is taken
_CASES = 0.9  # how much alike two cases of a word are
_PART = 0.6  # … and a compound and its part
_LEAST = 4  # letters that cases have in common
_SHARE = 0.7  # … of the shorter word
_HALF = 0.5  # … of the longer word
_SHORTEST_PART = 7  # letters of a part of a compound
_ENDING = 2  # letters that a part may lose
_LENGTH_WEIGHT = 0.5  # how much long propositions and sentences are held back
_QUERY_WEIGHT = 0.3
_UNKNOWN = 0.5  # rarity of a word that no proposition has, as a share of the greatest
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """A known proposition, and the score from which it was taken."""

    proposition: KnownProposition
    score: float


class Matcher:
    """The propositions known in one language, by their words."""

    def __init__(self, propositions: Iterable[KnownProposition], language: str) -> None:
        self._empty = frozenset(subject(language, "wording")["empty"])
        self._propositions = [one for one in propositions if one.wordings.get(language)]
        self._words = [
            self._significant(" ".join(one.wordings[language])) for one in self._propositions
        ]
        counts = Counter(word for words in self._words for word in words)
        size = len(self._propositions)
        self._rarity = {word: log(1 + size / count) for word, count in counts.items()}
        self._unknown = log(1 + size) * _UNKNOWN
        self._totals = [sum(self._rarity[word] for word in words) for words in self._words]
        self._having: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(self._words):
            for word in words:
                self._having[word].append(index)
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        for word in self._rarity:
            self._beginnings[word[:_LEAST]].append(word)
        self._parts = [
            (word, word[: len(word) - _ENDING])
            for word in self._rarity
            if len(word) >= _SHORTEST_PART
        ]
        self._alike = lru_cache(_REMEMBERED)(self._look_up)

    def match(self, text: str) -> Match | None:
        """The proposition that a text is about, None if none is near enough."""
        words = self._significant(text)
        if not words or not self._propositions:
            return None
        scores = self._scores(words)
        if not scores:
            return None
        weight = sum(self._rarity.get(word, self._unknown) for word in words) ** _QUERY_WEIGHT
        best = max(scores, key=lambda index: (scores[index], -index))
        score = scores[best] / weight
        return Match(self._propositions[best], score) if score >= _ENOUGH else None

    def _scores(self, words: frozenset[str]) -> Mapping[int, float]:
        """How much of each proposition the words have, before the length of the text counts."""
        best: dict[str, float] = {}
        for word in words:
            for own, share in self._alike(word):
                best[own] = max(best.get(own, 0.0), share)
        scores: dict[int, float] = defaultdict(float)
        for own, share in best.items():
            for index in self._having[own]:
                scores[index] += share * self._rarity[own]
        return {
            index: score / self._totals[index] ** _LENGTH_WEIGHT for index, score in scores.items()
        }

    def _significant(self, text: str) -> frozenset[str]:
        words = (word.lower().partition(":")[0] for word in _WORD.findall(text))
        return frozenset(word for word in words if len(word) > 1 and word not in self._empty)

    def _look_up(self, word: str) -> tuple[tuple[str, float], ...]:
        """The known words that a word is like, with how much."""
        found = {
            own: _CASES for own in self._beginnings.get(word[:_LEAST], ()) if _cases(own, word)
        }
        if len(word) >= _SHORTEST_PART:
            stem, size = word[: len(word) - _ENDING], len(word)
            for own, part in self._parts:  # the shorter word is a part of the longer one
                if (part in word if len(own) <= size else stem in own) and own not in found:
                    found[own] = _PART
        if word in self._rarity:
            found[word] = 1.0
        return tuple(found.items())


def _cases(one: str, other: str) -> bool:
    """Tell whether two words may be forms of one.

    >>> _cases("tiedonkulku", "tiedonkulun"), _cases("kulku", "kulkuneuvoista")
    (True, False)
    """
    common = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        common += 1
    shorter, longer = sorted((len(one), len(other)))
    return common >= max(_LEAST, shorter * _SHARE, longer * _HALF)


@lru_cache(8)
def matcher(known: Known, language: str) -> Matcher:
    """The matcher of what is known, made once as long as it is the same object."""
    return Matcher(known.propositions, language)
