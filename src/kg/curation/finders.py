"""What looks wrong among propositions, each kind as a table of its own.

`FINDERS` is the list of kinds: each takes the inventory and gives rows. None of them changes
anything: whether two wordings mean the same is for a person to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from kg.coding.register import Proposition
from kg.curation.inventory import Held, wording
from kg.curation.similar import THRESHOLD, near_duplicates
from kg.curation.wordings import Lemma, lemma_of, negations
from kg.languages import languages

Row = tuple[str | int | bool | Decimal | None, ...]

_FEWEST = 2  # holders that rivals must have in common


@dataclass(frozen=True)
class Looking:
    """How to look: in which language to show labels, from which score on, with which lemmas."""

    language: str = "en"
    threshold: float = THRESHOLD
    lemma: Lemma = lemma_of


@dataclass(frozen=True)
class Finder:
    """A kind of finding: what it is in words, the columns of its table, and its rows."""

    summary: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[Held], Looking], Iterator[Row]]


def _near_duplicates(held: Sequence[Held], looking: Looking) -> Iterator[Row]:
    known = {one.proposition.id: one for one in held if one.proposition}
    propositions = [one.proposition for one in known.values() if one.proposition]
    for pair in near_duplicates(propositions, looking.lemma, looking.threshold):
        if known[pair.first.id].own or known[pair.second.id].own:
            score = Decimal(f"{pair.score:.3f}")
            a, b = pair.wordings
            yield score, pair.first.id, pair.second.id, a.language, a.text, b.text, pair.opposite


def _one_holder(held: Sequence[Held], looking: Looking) -> Iterator[Row]:
    for one, proposition in _with_propositions(held):
        if len(one.holders) == 1:
            label = wording(proposition.label, looking.language)
            yield proposition.id, label, one.issue.id, one.holders[0], len(one.stated)


def _negated(held: Sequence[Held], looking: Looking) -> Iterator[Row]:
    for one, proposition in _with_propositions(held):
        for language, text in proposition.label.items():
            if language in languages() and (words := negations(text, language)):
                yield proposition.id, language, text, ", ".join(words), one.issue.id


def _unheld(held: Sequence[Held], looking: Looking) -> Iterator[Row]:
    for one, proposition in _with_propositions(held):
        if not one.stated:
            label = wording(proposition.label, looking.language)
            yield proposition.id, label, one.issue.id, one.conditions


def _rivals(held: Sequence[Held], looking: Looking) -> Iterator[Row]:
    """Two of one issue, on which all who take a side on both are for the one, against the other."""
    for (a, first), (b, second) in combinations(_with_propositions(held), 2):
        if a.issue.id != b.issue.id or _linked(first, second):
            continue
        sides, others = _sides(a), _sides(b)
        common = sorted(sides.keys() & others.keys())
        if len(common) >= _FEWEST and all(sides[one] != others[one] for one in common):
            labels = (wording(one.label, looking.language) for one in (first, second))
            yield first.id, second.id, *labels, a.issue.id, ", ".join(common)


def _with_propositions(held: Sequence[Held]) -> list[tuple[Held, Proposition]]:
    """The propositions that the folder itself defines."""
    return [(one, one.proposition) for one in held if one.own and one.proposition is not None]


def _sides(held: Held) -> dict[str, str]:
    """The pole of each holder that stands at one pole alone."""
    sides: dict[str, set[str]] = {}
    for one in held.stated:
        sides.setdefault(one.position.holder, set()).add(one.pole)
    sided = {holder: poles for holder, poles in sides.items() if "none" not in poles}
    return {holder: next(iter(poles)) for holder, poles in sided.items() if len(poles) == 1}


def _linked(first: Proposition, second: Proposition) -> bool:
    named = {*first.incompatible_with, *first.refines}
    return second.id in named or first.id in {*second.incompatible_with, *second.refines}


FINDERS: Mapping[str, Finder] = {
    "near-duplicates": Finder(
        "propositions whose wordings share most of their words",
        ("score", "first", "second", "language", "first_text", "second_text", "opposite"),
        _near_duplicates,
    ),
    "one-holder": Finder(
        "propositions that one holder alone has a position to",
        ("proposition", "label", "issue", "holder", "positions"),
        _one_holder,
    ),
    "negated": Finder(
        "propositions whose wording says no",
        ("proposition", "language", "label", "negation", "issue"),
        _negated,
    ),
    "unheld": Finder(
        "propositions that nobody has a position to",
        ("proposition", "label", "issue", "conditions"),
        _unheld,
    ),
    "rivals": Finder(
        "propositions of one issue that nobody supports together, not declared incompatible",
        ("first", "second", "first_label", "second_label", "issue", "holders"),
        _rivals,
    ),
}
