"""The changed lines of a file, with enough of their surroundings to find them again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate

from pydantic import BaseModel, ConfigDict

from kg.curation.exact import Edit, applied

_CONTEXT = 1
_STRICT = ConfigDict(frozen=True, extra="forbid")


class Place(BaseModel):
    """Lines of a file before and after a change, between lines that stay.

    `line` is the first of them in the file after the change, counted from 1.
    """

    model_config = _STRICT
    line: int
    lead: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()

    @property
    def now(self) -> list[str]:
        """The lines by which the place is found."""
        return [*self.lead, *self.after, *self.trail]


class FileChange(BaseModel):
    """What a change did to one file, with the SHA-256 of its bytes before and after."""

    model_config = _STRICT
    path: str
    before: str
    after: str
    places: tuple[Place, ...]


def file_change(name: str, text: str, edits: Sequence[Edit]) -> FileChange:
    r"""The lines that edits change; each place is found in the new text once.

    >>> change = file_change("a.yaml", "a\nb\na\n", [Edit(4, 5, "c")])
    >>> change.places[0]
    Place(line=3, lead=('b\n',), before=('a\n',), after=('c\n',), trail=())
    """
    after = applied(text, edits)
    lines = _lines(after)
    places, moved = [], 0
    for start, end, inside in _whole_lines(text, edits):
        old = _lines(text[start:end])
        shifted = [Edit(one.start - start, one.end - start, one.text) for one in inside]
        new = _lines(applied(text[start:end], shifted))
        first = text.count("\n", 0, start) + moved
        places.append(_certain(lines, first, old, new))
        moved += len(new) - len(old)
    return FileChange(path=name, before=_hash(text), after=_hash(after), places=tuple(places))


def taken_back(text: str, change: FileChange) -> str | None:
    """The text with the lines of before in the place of those of after; None where they are gone.

    A text that stands as before the change is returned as it is.
    """
    stands = _hash(text)
    if stands == change.before:
        return text
    lines = _lines(text)
    found: list[tuple[int, int]] = []
    for number, place in enumerate(change.places):
        hits = _hits(lines, place.now)
        stated = place.line - 1 - len(place.lead)
        if stands != change.after and len(hits) != 1:
            return None
        if (at := stated if stands == change.after else hits[0]) not in hits:
            return None
        found.append((at + len(place.lead), number))
    # From the end, and of places on one line the later first: none moves another.
    for at, number in sorted(found, reverse=True):
        place = change.places[number]
        lines[at : at + len(place.after)] = place.before
    back = "".join(lines)
    return None if stands == change.after and _hash(back) != change.before else back


def _whole_lines(text: str, edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Ranges of whole lines, apart from each other, each with the edits in it."""
    starts = [0, *accumulate(map(len, _lines(text)))]
    group: list[Edit] = []
    low = high = -1
    for edit in edits:
        first = starts[bisect_right(starts, edit.start) - 1]
        whole = edit.start == first and edit.end in starts and edit.text[-1:] in {"", "\n"}
        after = bisect_right(starts, edit.end)
        stop = edit.end if whole else starts[min(after, len(starts) - 1)]
        if group and first >= high:
            yield low, high, group
            group = []
        low = low if group else first
        high = max(high, stop) if group else stop
        group.append(edit)
    if group:
        yield low, high, group


def _certain(lines: list[str], first: int, old: list[str], new: list[str]) -> Place:
    """The place with as many lines around as make it the only one of its kind."""
    around = _CONTEXT
    while True:
        low, end = max(first - around, 0), first + len(new)
        place = Place(
            line=first + 1,
            lead=tuple(lines[low:first]),
            before=tuple(old),
            after=tuple(new),
            trail=tuple(lines[end : end + around]),
        )
        if len(_hits(lines, place.now)) == 1 or around > len(lines):
            return place
        around *= 2


def _hits(lines: list[str], wanted: list[str]) -> list[int]:
    size = len(wanted)
    if not size:
        return []
    first = wanted[0]
    return [
        at
        for at, line in enumerate(lines[: len(lines) - size + 1])
        if line == first and lines[at : at + size] == wanted
    ]


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in the lines of findings."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
