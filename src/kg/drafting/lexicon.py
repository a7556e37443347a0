"""The words of stance of a language, from ``data/languages/LANGUAGE/stance.toml``, found in text.

A cue is written as words with spaces between them. Each word is exact (``bör``), a beginning
(``kannat*``), an ending (``*tava``, not as the first word) or several of these (``vill|ville``);
``@name`` is a list of the table ``words``; ``~`` stands for up to six words, no mark and no word
such as “that” among them. Case does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.drafting.words import Word
from kg.languages import subject

_GAP = "~"
_WIDEST_GAP = 6
# Cues of stance keep each other out; these words say more of a stance, and keep only their own out.
_STANCE = "stance"
_GROUPS = {
    "not": "not",
    "not_not": "not",
    "condition": "condition",
    "strict_condition": "condition",
    "past": "past",
    "changed": "changed",
    "no_longer": "changed",
    "hedge": "hedge",
    "strong": "strong",
    "own": "own",
    "perspective": "perspective",
    "opinion": "opinion",
    "before_holder": "before_holder",
    "procedure": "procedure",
    "summary": "summary",
    "remind": "remind",
    "exception": "exception",
    "without": "exception",
    "claim_agree": "claim",
    "claim_partly": "claim",
    "claim_disagree": "claim",
    "claim_open": "claim",
    "claim_earlier": "claim_earlier",
}
# The lists of words that open clauses; a word of several lists opens the kind named last.
_OPENERS = ("question", "time", "contrast", "concession", "relative", "reason", "condition", "that")
_REMEMBERED = 20_000  # words whose cues are remembered
_LONGEST = 40  # letters of a word that a beginning may have
MARKS = frozenset(",;:.?!()–-—")


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a cue, after a gap or not."""

    exact: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    after_gap: bool

    def fits(self, word: str, never: frozenset[str]) -> bool:
        """Tell whether a word in lower case is meant; no ending fits a word of `never`."""
        if word in self.exact or (self.beginnings and word.startswith(self.beginnings)):
            return True
        return bool(self.endings) and word.endswith(self.endings) and word not in never


@dataclass(frozen=True, slots=True)
class Cue:
    """An expression of a kind, and from which table it is.

    `impersonal`: its form has no subject (“it was felt”); `ambiguous`: it is a verb only where
    somebody is named right before it (“support”).
    """

    kind: str
    table: str
    steps: tuple[Step, ...]
    needs: tuple[frozenset[str], ...]  # a sentence without one word of each has it not


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in a sentence: the indices of the words that it matched, in order."""

    kind: str
    table: str
    places: tuple[int, ...]

    @property
    def impersonal(self) -> bool:
        """Whether its form has no subject."""
        return self.table == "impersonal"

    @property
    def ambiguous(self) -> bool:
        """Whether it may be no verb."""
        return self.table == "ambiguous"

    @property
    def start(self) -> int:
        """The first of its words."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.places[-1] + 1


class Lexicon:
    """All cues of a language, found by their first word, and its lists of single words."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.drops_subjects = bool(table["grammar"]["drops_subjects"])
        self.genitives: tuple[str, ...] = tuple(table["grammar"]["genitive"])
        self.clitics = tuple(table["grammar"]["clitics"])
        # Forms that count as another word (“n't” as “not”).
        self._full: Mapping[str, str] = table["grammar"].get("full", {})
        self._words = {name: frozenset(words) for name, words in table["words"].items()}
        self._stops = MARKS | self._words.get("that", frozenset())
        self._never = self._words.get("never", frozenset())
        self.openers: dict[str, str] = {}
        for kind in _OPENERS:
            self.openers.update(dict.fromkeys(self.words(kind), kind))
        self.pairs = frozenset(word for word in self.words("contrast") if " " in word)
        self._exact: dict[str, list[Cue]] = {}
        self._beginnings: dict[str, list[Cue]] = {}
        for name in ("cues", "impersonal", "ambiguous"):
            for kind, expressions in table[name].items():
                for expression in expressions:
                    self._add(_cue(kind, name, self._in_full(expression), self._words))
        self.kinds = frozenset(table["cues"])
        self._shortest = min(map(len, self._beginnings), default=1)
        self._starting = lru_cache(_REMEMBERED)(self._look_up)

    def words(self, name: str) -> frozenset[str]:
        """A list of the table ``words``, in lower case; empty if the language has none."""
        return self._words.get(name, frozenset())

    def find(self, words: Sequence[Word]) -> list[Found]:
        """The cues of a sentence by place; where some of a group overlap, that of most words."""
        lower = [self._full.get(word.lower, word.lower) for word in words]
        every = frozenset(lower)
        found = [one for start in range(len(lower)) for one in self._at(lower, start, every)]
        if len(found) < 2:
            return found
        kept: list[Found] = []
        taken: set[tuple[str, int]] = set()
        for one in sorted(found, key=lambda one: (-len(one.places), one.places)):
            group = _GROUPS.get(one.kind, _STANCE)
            places = {(group, place) for place in one.places}
            if taken.isdisjoint(places):
                taken |= places
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def _in_full(self, expression: str) -> str:
        """An expression with each form that counts as another word written as that word."""
        return " ".join(
            "|".join(self._full.get(form, form) for form in part.split("|"))
            for part in expression.lower().split()
        )

    def _add(self, cue: Cue) -> None:
        first = cue.steps[0]
        for word in first.exact:
            self._exact.setdefault(word, []).append(cue)
        for beginning in first.beginnings:
            self._beginnings.setdefault(beginning, []).append(cue)

    def _look_up(self, word: str) -> tuple[Cue, ...]:
        """The cues whose first word fits."""
        cues = list(self._exact.get(word, ()))
        for length in range(self._shortest, min(len(word), _LONGEST) + 1):
            cues += self._beginnings.get(word[:length], ())
        return tuple(cues)

    def _at(self, words: Sequence[str], start: int, every: frozenset[str]) -> Iterator[Found]:
        for cue in self._starting(words[start]):
            for need in cue.needs:
                if need.isdisjoint(every):
                    break
            else:
                places = self._match(cue.steps, words, start)
                if places is not None:
                    yield Found(cue.kind, cue.table, places)

    def _match(
        self, steps: tuple[Step, ...], words: Sequence[str], start: int
    ) -> tuple[int, ...] | None:
        """The words that a cue matches from a place on, None where it does not go on."""
        places, at, end = [start], start + 1, len(words)
        for step in steps[1:]:
            last = min(end, at + _WIDEST_GAP + 1 if step.after_gap else at + 1)
            while at < last and not step.fits(words[at], self._never):
                if words[at] in self._stops:
                    return None
                at += 1
            if at >= last:
                return None
            places.append(at)
            at += 1
        return tuple(places)


def _cue(kind: str, table: str, expression: str, lists: Mapping[str, frozenset[str]]) -> Cue:
    steps = _steps(expression, lists)
    needs = tuple(one.exact for one in steps[1:] if not one.beginnings and not one.endings)
    return Cue(kind, table, steps, needs)


def _steps(expression: str, lists: Mapping[str, frozenset[str]]) -> tuple[Step, ...]:
    steps: list[Step] = []
    gap = False
    for part in expression.lower().split():
        if part == _GAP:
            gap = True
            continue
        forms: Iterable[str] = lists[part[1:]] if part.startswith("@") else part.split("|")
        exact = frozenset(form for form in forms if "*" not in form)
        beginnings = tuple(form[:-1] for form in forms if form.endswith("*"))
        endings = tuple(form[1:] for form in forms if form.startswith("*"))
        steps.append(Step(exact, beginnings, endings, gap))
        gap = False
    return tuple(steps)


@cache
def lexicon(language: str) -> Lexicon:
    """The words of stance of a language; raises `InputError` where its file is missing."""
    return Lexicon(subject(language, "stance"))
