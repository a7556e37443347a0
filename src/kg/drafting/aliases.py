"""By which words each holder can be called: people and organisations at the table, known bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.drafting.known import Known
from kg.drafting.model import Holder, HolderType
from kg.languages import bodies
from kg.minutes.model import Minutes, Participant

STEM = 3  # letters by which words that bend are looked up


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as words in lower case, and who is called so."""

    words: tuple[str, ...]
    holder: Holder


class Aliases:
    """Names by their first word, and those of one word that can bend by their first letters."""

    def __init__(self, names: Mapping[str, Holder]) -> None:
        self._first: dict[str, list[Alias]] = defaultdict(list)
        self._stems: dict[str, list[Alias]] = defaultdict(list)
        for name, holder in names.items():
            if len(name) > 1:
                self._add(name, holder)

    def beginning(self, word: str) -> Sequence[Alias]:
        """The names that begin with a word."""
        return self._first.get(word, ())

    def like(self, word: str) -> Sequence[Alias]:
        """The names of one word that begin with the same letters."""
        return self._stems.get(word[:STEM], ())

    def _add(self, name: str, holder: Holder) -> None:
        alias = Alias(tuple(name.lower().split()), holder)
        if not alias.words:
            return
        self._first[alias.words[0]].append(alias)
        # Only names that are words have cases without a colon, no abbreviation.
        if len(alias.words) == 1 and len(name) > STEM and name[1:].islower():
            self._stems[alias.words[0][:STEM]].append(alias)


def people_of(participants: Iterable[Participant], known: Known) -> dict[str, Holder]:
    """The participants as holders, by name."""
    ids = {name: person.id for person in known.people for name in person.names}
    return {
        one.name: Holder(one.name, HolderType.PERSON, ids.get(one.name)) for one in participants
    }


def bodies_of(participants: Iterable[Participant], known: Known) -> dict[str, Holder]:
    """The organisations of the participants as holders, by the name in the list."""
    found: dict[str, Holder] = {}
    for one in participants:
        if one.organisation:
            node = _id(one.organisation, known) or _id(one.body or "", known)
            found.setdefault(one.organisation, Holder(one.organisation, HolderType.BODY, node))
    return found


def aliases_at_table(
    minutes: Minutes,
    people: Mapping[str, Holder],
    organisations: Mapping[str, Holder],
    companies: frozenset[str],
    known: Known,
) -> Aliases:
    """What names those at the table; nicknames and handles are known from the speeches."""
    found: dict[str, Holder] = {}
    keys = {one.organisation: one.body for one in minutes.participants if one.organisation}
    for name, holder in organisations.items():
        for alias in (name, *_other_names(name, keys[name], known)):
            found.setdefault(alias, holder)
    for name, holder in people.items():
        found.setdefault(name, holder)
        found.setdefault(name.split()[-1], holder)
    _add_unique(found, _first_names(people))
    _add_unique(found, _initials(people))
    _add_unique(found, _short_names(organisations, companies))
    for speech in minutes.speeches:
        person = people.get(speech.speaker_name or "")
        if person and " " not in speech.speaker and speech.speaker[:1].isupper():
            found.setdefault(speech.speaker, person)
    return Aliases(found)


@lru_cache(4)
def aliases_elsewhere(known: Known) -> Aliases:
    """What names all other bodies that registers and the files of countries have."""
    found: dict[str, Holder] = {}
    for body in known.bodies:
        for alias in body.names:
            found.setdefault(alias, Holder(alias, HolderType.BODY, body.id))
    for listed in bodies():
        for alias in (listed.key, *listed.names):
            found.setdefault(alias, Holder(alias, HolderType.BODY, _id(listed.key, known)))
    return Aliases(found)


@lru_cache(4)
def _by_name(known: Known) -> Mapping[str, tuple[str | None, tuple[str, ...]]]:
    """For each name of a body in lower case its id, if it has one, and all its names."""
    found: dict[str, tuple[str | None, tuple[str, ...]]] = {}
    for listed in bodies():
        names = (listed.key, *listed.names)
        found |= {name.lower(): (None, names) for name in names}
    for body in known.bodies:
        others = tuple(
            other for name in body.names for other in found.get(name.lower(), (None, ()))[1]
        )
        names = tuple(dict.fromkeys((*body.names, *others)))
        found |= {name.lower(): (body.id, names) for name in names}
    return found


def _id(name: str, known: Known) -> str | None:
    return _by_name(known).get(name.lower(), (None, ()))[0]


def _other_names(name: str, key: str | None, known: Known) -> tuple[str, ...]:
    """All other names of an organisation, as countries' files and registers have them."""
    index = _by_name(known)
    return (index.get(name.lower()) or index.get((key or "").lower()) or (None, ()))[1]


def _add_unique(found: dict[str, Holder], names: Iterable[tuple[str, Holder]]) -> None:
    """Add names that name one holder only and are not there yet."""
    holders: dict[str, set[Holder]] = defaultdict(set)
    for name, holder in names:
        holders[name].add(holder)
    for name, meant in holders.items():
        if len(meant) == 1:
            found.setdefault(name, next(iter(meant)))


def _first_names(people: Mapping[str, Holder]) -> Iterator[tuple[str, Holder]]:
    for name, holder in people.items():
        if " " in name:
            yield name.split()[0], holder


def _initials(people: Mapping[str, Holder]) -> Iterator[tuple[str, Holder]]:
    for name, holder in people.items():
        whole = "".join(part[0] for part in name.split())
        for initials in {whole, "".join(part[0] for part in re.findall(r"\w+", name))}:
            if len(initials) > 1:
                yield initials.upper(), holder


def _short_names(
    organisations: Mapping[str, Holder], companies: frozenset[str]
) -> Iterator[tuple[str, Holder]]:
    """“Treasury” for “HM Treasury”, “Quillon” for “Quillon Systems”."""
    for name, holder in organisations.items():
        parts = name.split()
        if len(parts) == 2:
            yield parts[0 if parts[1].lower() in companies else 1], holder
