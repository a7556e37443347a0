"""Known propositions and holders, found by the beginning of a name, or by one that is like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.drafting.known import Known, KnownBody, KnownPerson
from kg.review.wording import Wording

MOST = 9
_ALIKE = 0.55


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: its id, what it is called, and all its names."""

    id: str
    label: str
    names: tuple[str, ...]


def propositions(known: Known, wording: Wording) -> tuple[Choice, ...]:
    """The known propositions by id."""
    found = (
        Choice(
            one.id,
            wording.best({language: words[0] for language, words in one.wordings.items() if words}),
            tuple(word for words in one.wordings.values() for word in words),
        )
        for one in known.propositions
    )
    return _by_id(found)


def holders(known: Known, others: Mapping[str, str]) -> tuple[Choice, ...]:
    """The known people and bodies by id, and others by id with their names."""
    named: list[KnownPerson | KnownBody] = [*known.people, *known.bodies]
    found = [Choice(one.id, _shown(one.id, one.names), one.names) for one in named]
    found += [Choice(one, name, (name,)) for one, name in others.items()]
    return _by_id(found)


def _by_id(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple({one.id: one for one in sorted(choices, key=lambda one: one.id)}.values())


def _shown(identifier: str, names: Sequence[str]) -> str:
    """An abbreviation as it is, anything else by its name."""
    return identifier if identifier.isupper() or not names else names[0]


def exactly(given: str, choices: Iterable[Choice]) -> Choice | None:
    """The one choice whose id or name is what was given."""
    folded = given.casefold()
    found = [one for one in choices if folded in {one.id.casefold(), *map(str.casefold, one.names)}]
    by_id = [one for one in found if one.id == given]
    return (by_id or found)[0] if len(by_id or found) == 1 else None


def near(given: str, choices: Iterable[Choice], most: int = MOST) -> list[Choice]:
    """The choices that begin with what was given, then those that have it or are like it."""
    folded = given.casefold()
    scored = [(score, one) for one in choices if (score := _likeness(folded, one)) >= _ALIKE]
    return [one for _, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].id))[:most]]


def _likeness(given: str, choice: Choice) -> float:
    names = [choice.id.casefold(), *map(str.casefold, choice.names)]
    if any(name.startswith(given) for name in names):
        return 3.0
    if any(f" {given}" in name or f"-{given}" in name for name in names):
        return 2.0
    words = set(given.split())
    return max(max(_ratio(given, name), _shared(words, name)) for name in names)


def _ratio(given: str, name: str) -> float:
    matcher = SequenceMatcher(None, given, name, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _shared(words: set[str], name: str) -> float:
    """The share of the words given that a name has."""
    return len(words & set(name.split())) / len(words) if words else 0.0
