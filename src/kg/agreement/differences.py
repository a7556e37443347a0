"""Where two codings of one memo differ, each difference with its places in both files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.agreement.align import Pair
from kg.agreement.coded import Coded

MISSING = "missing"
# What a position has from its entry: said of the entry, where both have one there.
_OF_THE_ENTRY = ("item", "speaker")
# What follows from other values and would only say them again.
_DERIVED = ("issue",)
_TELLING = (
    "speaker",
    "act",
    "holder",
    "stance",
    "proposition",
    "alignment",
    "about",
    "responsible",
)


@dataclass(frozen=True)
class Difference:
    """One difference: `what` is a key, or `MISSING` with the other's values in words.

    Lines are those of the files, None where the coding has nothing there.
    """

    kind: str
    what: str
    a_line: int | None
    a: str | None
    b_line: int | None
    b: str | None
    start: int


def differences(pairs: Sequence[Pair]) -> tuple[Difference, ...]:
    """All differences, in the order of the document."""
    entries = {(one.a.id, one.b.id) for one in pairs if one.kind == "entry" and one.a and one.b}
    found = [one for pair in pairs for one in _of_pair(pair, entries)]
    return tuple(sorted(found, key=lambda one: one.start))


def _of_pair(pair: Pair, entries: set[tuple[str, str]]) -> Iterator[Difference]:
    a, b = pair.a, pair.b
    if a is None or b is None:
        yield Difference(
            pair.kind,
            MISSING,
            a.line if a else None,
            _in_words(a) if a else None,
            b.line if b else None,
            _in_words(b) if b else None,
            pair.start,
        )
        return
    told = pair.kind != "entry" and (a.entry, b.entry) in entries
    for key, value in a.values.items():
        skipped = key in _DERIVED or (told and key in _OF_THE_ENTRY)
        if value != b.values[key] and not skipped:
            yield Difference(pair.kind, key, a.line, value, b.line, b.values[key], pair.start)


def _in_words(one: Coded) -> str:
    """The values that tell what was coded."""
    known = (value for key in _TELLING if (value := one.values.get(key)))
    return " ".join(known)
