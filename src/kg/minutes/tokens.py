"""What a word may be in a list of participants: part of a name, of a title, of a body, a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.minutes.bodies import body_named, longest_name
from kg.minutes.words import first_names, folded, known, known_set, particles, roles

_CAPITALS = re.compile(r"[^\W\d_a-zåäöæøé]{2,8}\d?|[A-ZÅÄÖ]{2,}[-/][A-ZÅÄÖ]{2,}")
_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*|[A-ZÅÄÖ]")
_QUOTED = re.compile(r"[\"“”„’‘»«][^\W\d_]{2,}[\"“”’‘»«]")  # a nickname inside of a name
_NAME = re.compile(r"[^\W\d_][\w’'´.-]*")
_CUT = ".,;:!?*"
_MOST_WORDS = 4
_SHORT_NAME = 6  # letters of a name that may end in anything


@dataclass(frozen=True, slots=True)
class Token:
    """What a single word may be."""

    capital: bool
    first: bool
    initial: bool
    particle: bool
    body: bool
    abbreviation: bool
    title: bool
    role: bool

    @property
    def no_name(self) -> bool:
        """It belongs to a body, a title or a role."""
        return self.body or self.title or self.role or self.abbreviation


@lru_cache(maxsize=4096)
def token(word: str) -> Token:
    """What a word may be."""
    bare = word.strip(_CUT)
    low = bare.casefold()
    parts = [part for part in low.split("-") if part]
    first = low in first_names() or (bool(parts) and all(part in first_names() for part in parts))
    initial = bool(_INITIAL.fullmatch(word.strip(",;:"))) or bool(_QUOTED.fullmatch(word))
    body = not first and is_body_word(low)
    return Token(
        capital=bare[:1].isupper() and bool(_NAME.fullmatch(bare)),
        first=first and not initial,
        initial=initial,
        particle=low in particles(),
        body=body or (not first and len(bare) > 2 and body_named(bare) is not None),
        abbreviation=not first and bool(_CAPITALS.fullmatch(bare)),
        title=not first and is_title_word(low),
        role=not first and low in roles(),
    )


def is_body_word(low: str) -> bool:
    """Tell whether a word, in lower case, is one that names of bodies have."""
    return low in known_set("organisations", "words") or low.endswith(_body_ends())


def is_title_word(low: str) -> bool:
    """Tell whether a word, in lower case, is one that titles end in."""
    words = known_set("people", "titles", "words") | known_set("people", "words", "courtesy")
    return low in words or low.endswith(_title_ends())


def _says_from(low: str) -> bool:
    """Tell whether a word says from where somebody is: “Traficomista”."""
    return len(low) > _SHORT_NAME and low.endswith(known("people", "from", "word_ends"))


@cache
def _body_ends() -> tuple[str, ...]:
    return known("organisations", "ends")


@cache
def _title_ends() -> tuple[str, ...]:
    return known("people", "titles", "ends")


@dataclass(frozen=True, slots=True)
class Window:
    """A name among words: the first, the one after the last, and how much speaks for it."""

    first: int
    after: int
    score: int
    strong: bool


@lru_cache(maxsize=2048)
def find_name(words: tuple[str, ...]) -> Window | None:
    """The words that are most likely a person's name, two at least; None if there are none.

    >>> find_name(("Neuvotteleva", "virkamies", "Anna", "Lehto", "STM"))
    Window(first=2, after=4, score=9, strong=True)
    """
    kinds = [token(word) for word in words]
    best: Window | None = None
    titled = len(words) > 2 and heads_title(words[0])
    for first in range(len(words)):
        for size in range(2, min(_MOST_WORDS, len(words) - first) + 1):
            score = _score(words, kinds, first, first + size)
            if score is not None and titled and first and first + size == len(words):
                score += 5 - size  # “Head of Digital Policy Ann Lee”: two names at the end
            if score is not None and (best is None or score > best.score):
                strong = any(kind.first or kind.initial for kind in kinds[first : first + size])
                best = Window(first, first + size, score, strong)
    return best


def _score(words: Sequence[str], kinds: Sequence[Token], first: int, after: int) -> int | None:
    inside = kinds[first:after]
    if not _may_be_name(words[first:after], inside):
        return None
    score = 4 * inside[0].first or 3 * inside[0].initial or 3 * inside[-1].first
    score += 2 * sum(kind.first for kind in inside[1:-1])
    score += 2 if len(inside) == 2 or any(kind.particle for kind in inside) else 0
    score += _length_fits(inside)
    before = kinds[first - 1] if first else None
    behind = kinds[after] if after < len(kinds) else None
    score += 2 if before is not None and (before.title or before.role) else 0
    score -= 2 if before is not None and before.capital and not before.no_name else 0
    score += 1 if before is None or before.body or before.abbreviation else 0
    score += 1 if behind is None or behind.no_name else 0
    return score - (1 if behind is not None and behind.capital and not behind.no_name else 0)


def heads_title(word: str) -> bool:
    """Tell whether a word begins a title: in “Head of Digital Policy Ann Lee” the name is last."""
    return folded(word) in known_set("people", "titles", "heads")


def _length_fits(inside: Sequence[Token]) -> int:
    """Three names are likely where the second is a first name or an initial."""
    if len(inside) < 3:
        return 0
    middle = inside[1:-1]
    return 1 if all(kind.first or kind.initial or kind.particle for kind in middle) else -1


def _may_be_name(words: Sequence[str], inside: Sequence[Token]) -> bool:
    if any(word[-1] in ",;:" for word in words[:-1]) or inside[-1].particle or inside[-1].initial:
        return False
    if not inside[0].first and _says_from(words[0].casefold()):
        return False
    for place, kind in enumerate(inside):
        if (kind.particle and place > 0) or kind.initial or kind.first:
            continue
        if kind.particle and words[place].islower():
            continue
        if not kind.capital:
            return False
        if kind.no_name and not _surname_after_all(words, inside, place):
            return False
    return True


def _surname_after_all(words: Sequence[str], inside: Sequence[Token], place: int) -> bool:
    """A word like a title or in capitals is a surname beside first names only."""
    at_edge = place in {0, len(inside) - 1}
    others = [kind for at, kind in enumerate(inside) if at != place]
    if not at_edge or not all(kind.first or kind.initial for kind in others):
        return False
    if inside[place].role or inside[place].body:
        return False
    if inside[place].abbreviation:
        return len(words[place]) > 3 and body_named(words[place]) is None
    return place > 0


def leading_body(words: Sequence[str]) -> int:
    """How many words at the start are the name of a known body."""
    for size in range(min(longest_name(), len(words)), 0, -1):
        if body_named(" ".join(words[:size]).strip(_CUT)) is not None:
            return size
    return 0


def split_prefix(words: Sequence[str]) -> int:
    """Of the words before a name: how many name a body; the rest are a title.

    >>> split_prefix("OM Neuvotteleva virkamies".split())
    1
    >>> split_prefix("Omaishoitajat ja läheiset ry Toiminnanjohtaja".split())
    4
    >>> split_prefix("Valtioneuvoston työn koordinaattori".split())
    0
    """
    if not words:
        return 0
    body = leading_body(words)
    if body:
        return body
    kinds = [token(word) for word in words]
    if kinds[-1].title or kinds[-1].role:
        return _title_start(words, kinds)
    starts = known_set("people", "titles", "starts")
    for at, kind in enumerate(kinds):
        if kind.title or kind.role or folded(words[at]) in starts:
            return at
    bodies = [at for at, kind in enumerate(kinds) if kind.body or kind.abbreviation]
    return len(words) if bodies else 0


def _title_start(words: Sequence[str], kinds: Sequence[Token]) -> int:
    """Where the title begins that the last word ends."""
    starts = known_set("people", "titles", "starts")
    at = len(words) - 1
    while at > 0:
        if folded(words[at - 1]) in starts:
            at -= 1
            continue
        before = any(kind.body or kind.abbreviation for kind in kinds[:at])
        if not before:
            return 0  # “Ministerial Adviser”: no body stands before
        if kinds[at - 1].abbreviation or (words[at][:1].isupper() and kinds[at - 1].body):
            return at
        if words[at][:1].isupper() and not kinds[at - 1].title and not kinds[0].abbreviation:
            return at
        if kinds[at - 1].body:
            return at
        at -= 1
    return at
