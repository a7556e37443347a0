"""The stretches of a document in which each coder may or may not have seen something.

With the document at hand they are its sentences. Without it they are the places that either coder
marked for anything (every sentence becomes something: docs/codebook.md, rule 1); places that
overlap by half of the shorter are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.agreement.align import overlaps
from kg.agreement.coded import Coded
from kg.source import Source

Stretch = tuple[int, int]


def stretches(coded: Sequence[Coded], source: Source | None) -> list[Stretch]:
    """The stretches between the first and the last place that either coder marked."""
    if not coded:
        return []
    if source is None:
        return _marked(coded)
    low, high = min(one.start for one in coded), max(one.end for one in coded)
    return [one for one in _sentences(source) if one[1] > low and one[0] < high]


def holds(stretch: Stretch, coded: Sequence[Coded]) -> bool:
    """Tell whether one of these stands in a stretch."""
    return any(overlaps(stretch, (one.start, one.end)) for one in coded)


def _marked(coded: Sequence[Coded]) -> list[Stretch]:
    """The innermost places: an entry counts where nothing else is coded in it."""
    inner = sorted({(one.start, one.end) for one in coded if one.kind != "entry"})
    entries = sorted({(one.start, one.end) for one in coded if one.kind == "entry"})
    places = [*inner, *(one for one in entries if not any(overlaps(one, each) for each in inner))]
    found: list[Stretch] = []
    for start, end in sorted(places):
        if found and overlaps(found[-1], (start, end)):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _sentences(source: Source) -> Iterator[Stretch]:
    for start, end in source.paragraphs:
        position = start
        while position < end:
            first, last = source.sentence(position, position + 1)
            yield first, last
            position = max(last, position + 1)
            while position < end and source.text[position].isspace():
                position += 1
