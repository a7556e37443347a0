"""What a language's ``speech.toml`` knows of speaking, deciding and tasks, ready to look up.

A verb of saying counts only with a speaker as its subject in the right place
(`kg.minutes.clauses`), so the lists can be long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from kg.languages import subject

_NO_WORDS: frozenset[str] = frozenset()


class Form(StrEnum):
    """What a form of a verb can be."""

    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"  # after an auxiliary
    BASE = "base"  # after a modal or a negation


@dataclass(frozen=True, slots=True)
class Verb:
    """A reading of a word as a verb of saying; with `tails`, one of them must follow it.

    A tail is a word or several, or with ``*`` before it the end of one.
    """

    act: str
    form: Form
    tails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The subject ``speech`` of a language: its tables, sets of words, and its verbs.

    `bent_bodies` are the ends of words for bodies in the genitive, `mention_ends` those with which
    a word in lower case can name somebody.
    """

    language: str
    tables: Mapping[str, Mapping[str, Any]]
    verbs: Mapping[str, tuple[Verb, ...]]
    sets: Mapping[str, frozenset[str]]
    tuples: Mapping[str, tuple[str, ...]]
    bent_bodies: tuple[str, ...]
    mention_ends: tuple[str, ...]
    by_table: Mapping[str, Mapping[str, frozenset[str]]]

    def words(self, name: str) -> frozenset[str]:
        """The words under ``table.key``, none if the language has no such key."""
        return self.sets.get(name, _NO_WORDS)

    def decisions(self, key: str) -> frozenset[str]:
        """The words under a key of the table of decisions."""
        return self.by_table["decisions"].get(key, _NO_WORDS)

    def own(self, table: str) -> Mapping[str, frozenset[str]]:
        """All sets of words of one table, by key."""
        return self.by_table[table]

    def ends(self, name: str) -> tuple[str, ...]:
        """Ends of words under ``table.key``, for `str.endswith`."""
        return self.tuples.get(name, ())

    def flag(self, table: str, key: str) -> bool:
        """A yes or no of the language."""
        return bool(self.tables[table].get(key, False))


@cache
def lexicon(language: str) -> Lexicon:
    """What is known of speaking in a language."""
    tables = subject(language, "speech")
    sets = _sets(tables)
    genitive = [ending for ending in tables["names"]["genitive"] if ending]
    bent = tuple(word + ending for word in sets["speakers.bodies"] for ending in genitive)
    return Lexicon(
        language,
        tables,
        _verbs(tables["verbs"]),
        sets,
        {name: tuple(words) for name, words in sets.items()},
        bent,
        (*bent, *sets["speakers.bodies"], *sets["speakers.people"]),
        {
            table: {key: sets[f"{table}.{key}"] for key in keys if f"{table}.{key}" in sets}
            for table, keys in tables.items()
        },
    )


def _sets(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    found = {}
    for name, table in tables.items():
        for key, value in table.items():
            words = value.split() if isinstance(value, str) else value
            if isinstance(words, list) and all(isinstance(word, str) for word in words):
                found[f"{name}.{key}"] = frozenset(word.rstrip(".").casefold() for word in words)
    return found


def _verbs(acts: Mapping[str, Iterable[str]]) -> dict[str, tuple[Verb, ...]]:
    """Each form of the rows “present; past; participles; bases + tail|tail”, and its readings."""
    found: dict[str, list[Verb]] = {}
    for act, rows in acts.items():
        for row in rows:
            forms, _, tail = row.partition("+")
            tails = tuple(one.strip() for one in tail.split("|") if one.strip())
            for form, words in zip(Form, forms.split(";"), strict=False):
                for word in words.split():
                    found.setdefault(word, []).append(Verb(act, form, tails))
    # What asks for more words is the closer reading.
    return {
        word: tuple(sorted(all_, key=lambda verb: not verb.tails)) for word, all_ in found.items()
    }
