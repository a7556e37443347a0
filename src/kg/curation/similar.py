"""Near-duplicates: propositions whose wordings share most of what they are about.

The score of two wordings of one language is the weighted Jaccard index of their lemmas,
Σ w(shared) / Σ w(all of both), with w = ln(1 + N / n) for a lemma that stands in n of the N
wordings of that language (inverse document frequency: Spärck Jones 1972, doi:10.1108/eb026526):
a rare word in common tells more than one that every proposition has. That of two propositions is
the best of their wordings, since one translation may differ where another does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log

from kg.coding.register import Proposition
from kg.curation.wordings import Wording, wordings

THRESHOLD = 0.5
"""From this score on two propositions are shown as near-duplicates."""


@dataclass(frozen=True)
class Pair:
    """Two propositions with their score from 0 to 1 and the wordings that gave it.

    `opposite` tells that one of the two wordings says no and the other does not.
    """

    score: float
    first: Proposition
    second: Proposition
    wordings: tuple[Wording, Wording]

    @property
    def opposite(self) -> bool:
        """Tell whether the two say the opposite of each other."""
        return bool(self.wordings[0].negations) != bool(self.wordings[1].negations)


@dataclass(frozen=True)
class _Worded:
    owner: int
    wording: Wording


def near_duplicates(
    propositions: Sequence[Proposition],
    lemma: Callable[[str, str], str],
    threshold: float = THRESHOLD,
) -> tuple[Pair, ...]:
    """The pairs that reach a score, the nearest first, then in the order of the propositions."""
    worded = [
        _Worded(owner, wording)
        for owner, one in enumerate(propositions)
        for wording in wordings(one, lemma)
    ]
    best: dict[tuple[int, int], tuple[float, Wording, Wording]] = {}
    for language in sorted({one.wording.language for one in worded}):
        here = [one for one in worded if one.wording.language == language]
        weights = _weights(here)
        for a, b in _candidates(here):
            score = _score(a.wording.lemmas, b.wording.lemmas, weights)
            key = (a.owner, b.owner)
            if score >= threshold and score > best.get(key, (0.0,))[0]:
                best[key] = (score, a.wording, b.wording)
    ranked = sorted(best.items(), key=lambda one: (-one[1][0], one[0]))
    return tuple(
        Pair(score, propositions[a], propositions[b], (first, second))
        for (a, b), (score, first, second) in ranked
    )


def _weights(worded: Sequence[_Worded]) -> Mapping[str, float]:
    standing = Counter(lemma for one in worded for lemma in one.wording.lemmas)
    return {lemma: log(1 + len(worded) / number) for lemma, number in standing.items()}


def _candidates(worded: Sequence[_Worded]) -> Iterable[tuple[_Worded, _Worded]]:
    """Pairs of different propositions that share a lemma, each once."""
    by_lemma: dict[str, list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for at, one in enumerate(worded):
        for lemma in one.wording.lemmas:
            others = by_lemma.setdefault(lemma, [])
            pairs.update((other, at) for other in others if worded[other].owner != one.owner)
            others.append(at)
    return ((worded[a], worded[b]) for a, b in sorted(pairs))


def _score(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float]) -> float:
    shared = fsum(weights[one] for one in a & b)
    return shared / fsum(weights[one] for one in a | b)
