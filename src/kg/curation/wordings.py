"""How a proposition is worded: its lemmas, and whether it says no.

The words of a language are in ``data/languages/LANGUAGE/wording.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.coding.register import Proposition
from kg.languages import languages, subject

Lemma = Callable[[str, str], str]
"""From a word in lower case and the code of its language to its lemma."""

_WORD = re.compile(r"\w+(?:[-:’']\w+)*")


@dataclass(frozen=True)
class Wording:
    """A label or alternative label: what it is about as lemmas, and the words that say no."""

    language: str
    text: str
    lemmas: frozenset[str]
    negations: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    """The words of a language that matter for a wording."""

    negation: re.Pattern[str]
    positive: re.Pattern[str]
    empty: frozenset[str]

    def says_no(self, word: str) -> bool:
        return bool(self.negation.fullmatch(word)) and not self.positive.fullmatch(word)


def wordings(proposition: Proposition, lemma: Lemma) -> Iterator[Wording]:
    """The labels of a proposition, then its alternative labels, in the languages that are known."""
    known = set(languages())
    for language, text in proposition.label.items():
        if language in known:
            yield read_wording(text, language, lemma)
    for language, texts in (proposition.alt_label or {}).items():
        if language in known:
            yield from (read_wording(text, language, lemma) for text in texts)


def read_wording(text: str, language: str, lemma: Lemma) -> Wording:
    """One text as a wording.

    >>> found = read_wording("The ferry does not run.", "en", lambda word, _: word)
    >>> sorted(found.lemmas), found.negations
    (['does', 'ferry', 'run'], ('not',))
    """
    known = _words(language)
    words = [word.lower() for word in _WORD.findall(text)]
    about = {lemma(word, language).lower() for word in words if not known.says_no(word)}
    lemmas = frozenset(about - known.empty)
    return Wording(language, text, lemmas, negations(text, language))


def negations(text: str, language: str) -> tuple[str, ...]:
    """The words of a text that say no, as they stand.

    >>> negations("Lautta kulkee säästä riippumatta eikä viivy.", "fi")
    ('eikä',)
    """
    known = _words(language)
    return tuple(word for word in _WORD.findall(text) if known.says_no(word.lower()))


def lemma_of(word: str, language: str) -> str:
    """The lemma by simplemma, a case ending after a colon (``STM:n``) taken off first."""
    # Here, since its dictionaries take seconds to load and most commands need none.
    from simplemma import lemmatize

    return lemmatize(word.partition(":")[0], lang=language)


@cache
def _words(language: str) -> _Words:
    table = subject(language, "wording")
    return _Words(_any(table["negations"]), _any(table["positive"]), frozenset(table["empty"]))


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for words in which ``*`` stands for any letters; matches nothing for none."""
    each = (re.escape(one).replace(r"\*", ".*") for one in patterns)
    return re.compile("|".join(each) or r"(?!)")
