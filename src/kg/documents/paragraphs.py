"""Which line goes on in the next: the paragraphs of a text whose lines were cut by a page's width.

A line was cut where the first word of the next would not have fitted; how wide the page is, the
lines tell that certainly go on: those before a small letter, or after a word cut by a hyphen.
Lists one a line, labels, headings and rows of tables are lines by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.documents.document import Form, Kind
from kg.documents.hyphens import HYPHENS
from kg.documents.marks import after_number, capitals, dashed, numbered
from kg.documents.seen import Seen

_FINISHED = tuple('.?!:;)”"»')
_SENTENCE_END = (".", "?", "!", ":", ";")
_RUNNING = frozenset({Kind.TEXT, Kind.ITEM})
_DEEPEST_FIRST = 7  # columns that a paragraph's first line is set in, at most
_CAPTION = 3  # words of a heading beside a column of people
_LEAST_WIDTH = 40  # shorter lines that go on tell nothing of a page's width
_LEAST_ENTRIES = 4  # lines of people that are no paragraph, with what stands over them
_LEAST_LONG = 4  # so many lines show that lines are paragraphs
_LEAST_HEADINGS = 3  # with a line below each
_ITEM = re.compile(r"(\d{1,2})[.)]?\s+[^\W\d_a-zåäö]")
_SLACK = 0.1  # letters differ in width, so that lines of one page differ in length


class Paragraphs:
    """Tells of two lines that follow each other whether they are one paragraph."""

    def __init__(self, lines: Sequence[Seen], form: Form) -> None:
        self._by_page = form is Form.PDF
        self._by_rule = form is Form.MARKDOWN
        self._width = _width(lines)
        self._list = set() if self._by_page else _lists(lines, self._width)
        self._headings = _headings(lines)
        self._whole = not (self._by_page or self._by_rule) and _are_paragraphs(lines, self._width)

    def goes_on(self, first: Seen, before: Seen, after: Seen) -> bool:
        """Tell whether `before`, in a paragraph that `first` begins, goes on in `after`."""
        if before.whole or before.kind not in _RUNNING or after.kind is not Kind.TEXT:
            return False
        if after.gap or after.turn:
            return self._resumes(first, before, after)
        if _cut(before, after):
            return True
        if id(before) in self._headings or "\t" in after.text:
            return False
        if self._begins(first, before, after):
            return False
        if self._by_page:
            return True
        if self._whole and _entry(before.text) and _entry(after.text):
            return False
        return self._runs_on(first, before, after)

    def _runs_on(self, first: Seen, before: Seen, after: Seen) -> bool:
        full = self._full(before, after)
        unfinished = not before.text.endswith(_SENTENCE_END)
        hangs = after.indent > max(first.indent, 0) and after.indent <= before.column + 2
        if after.text[0].islower() and unfinished:
            if id(after) in self._list and not hangs:
                return False  # titles of people, each with a name and a body
            return (
                self._by_rule
                or full
                or before.width >= self._width / 2
                or before.text.endswith(",")
                or hangs
            )
        if capitals(before.text) is not capitals(after.text) and len(after.text) > 12:
            return False
        if after.indent < before.indent and before.indent > first.indent + 1:
            return False  # back to the margin after lines that hung
        deep = first.indent - after.indent > _DEEPEST_FIRST
        if deep and _entry(before.text) and len(after.text.split()) <= _CAPTION:
            return False  # the next heading, after an entry that stands below its own
        if hangs and full and not before.text.endswith(":"):
            return True
        if id(after) in self._list:
            return False
        return full and (after.indent <= before.indent or hangs or not unfinished)

    def _full(self, before: Seen, after: Seen) -> bool:
        """Tell whether the next word would not have fitted on a line."""
        if before.width > self._width * 1.35:
            return False  # of a paragraph that no width has cut
        word = after.text.split(maxsplit=1)[0]
        return before.width + 1 + len(word) > self._width * (1 - _SLACK)

    def _begins(self, first: Seen, before: Seen, after: Seen) -> bool:
        """Tell whether the beginning of a line says that it is a new one."""
        within = self._full(before, after) and _unfinished(before)
        if after.label and (not within or before.text.split()[-1][0].isupper()):
            return True
        if not after.marked:
            return False
        # “… on the\n5. of May”, “… a plan\n– that of 2019 –”: in mid-sentence these are no marks.
        within = _unfinished(before) and (self._by_page or self._full(before, after))
        if within and before.text.count("(") > before.text.count(")"):
            return False
        if within and not first.marked and dashed(after.text):
            return not (after.text[0] in "–—" and after.text[2:3].islower())
        if within and numbered(after.text):
            return not after_number(after.text)[:1].islower() or ")" in after.text[:4]
        return True

    def _resumes(self, first: Seen, before: Seen, after: Seen) -> bool:
        """Tell whether a sentence goes on over white space or a page's end."""
        if _cut(before, after) and (after.turn or after.text[0].islower()):
            return True
        if "\t" in after.text or after.marked or after.label or not _unfinished(before):
            return False
        long = before.width >= min(self._width, 60) * 0.6 or before is not first
        if after.text[0].islower():
            return long or after.turn
        if not after.turn or capitals(after.text) or capitals(before.text):
            return False
        return before is not first and self._full(before, after)


def _unfinished(line: Seen) -> bool:
    return not line.text.endswith(_FINISHED)


def _cut(before: Seen, after: Seen) -> bool:
    """Tell whether a word was cut between two lines, or the rest of a compound stands after."""
    if not before.text.endswith(HYPHENS) or after.marked:
        return False
    last, first = before.text[-2:-1], after.text[0]
    return (last.isalpha() and first.isalnum()) or (last.isdigit() and first.isdigit())


def _width(lines: Sequence[Seen]) -> float:
    """How wide the page is, from lines that certainly go on; infinite where none does."""
    widths = sorted(
        before.width
        for before, after in pairwise(lines)
        if before.width >= _LEAST_WIDTH
        and not (after.gap or after.turn or after.marked or before.whole)
        and (after.text[0].islower() or _cut(before, after))
    )
    # Some are paragraphs that were not cut at all; most lines are cut lines.
    return widths[int(0.8 * (len(widths) - 1))] if widths else float("inf")


def _headings(lines: Sequence[Seen]) -> set[int]:
    """The lines “1 Opening”, “2 Agenda” with a new line's capital below every one of them.

    Below one of several numbered paragraphs a sentence would go on with a small letter.
    """
    found: set[int] = set()
    below: list[str] = []
    for before, after in pairwise(lines):
        number = _ITEM.match(before.text)
        if number is None or int(number[1]) != len(found) + 1 or not (before.gap or before.turn):
            continue
        found.add(id(before))
        if not after.gap and not after.turn:
            below.append(after.text[0])
    plain = len(below) >= _LEAST_HEADINGS and not any(letter.islower() for letter in below)
    return found if plain else set()


def _entry(text: str) -> bool:
    """Tell whether a line may be one of a list, “title Name, body”, or the heading of one."""
    return text.endswith(":") or (", " in text[:-1] and text[-1] not in ".,;!?")


def _are_paragraphs(lines: Sequence[Seen], width: float) -> bool:
    """Tell whether lines are paragraphs, cut by no width: many are far too long, no word is cut."""
    if any(_cut(before, after) for before, after in pairwise(lines)):
        return False
    running = [line for line in lines if line.width >= _LEAST_WIDTH]
    long = sum(line.width > width * 1.35 for line in running)
    return long >= _LEAST_LONG and long * 4 >= len(running)


def _lists(lines: Sequence[Seen], width: float) -> set[int]:
    """The lines of groups in which most lines begin with a capital and end before the margin."""
    found: set[int] = set()
    group: list[Seen] = []
    for line in [*lines, None]:
        if group and (line is None or line.gap or line.turn):
            if _is_list(group, width):
                found.update(map(id, group))
            group = []
        if line is not None:
            group.append(line)
    return found


def _is_list(group: Sequence[Seen], width: float) -> bool:
    if len(group) >= _LEAST_ENTRIES and all(_entry(line.text) for line in group[1:]):
        return True
    short = begun = 0
    for before, after in pairwise(group):
        if after.text[0].islower():
            return False
        begun += 1
        short += before.width + 1 + len(after.text.split(maxsplit=1)[0]) < width * 0.85
    return short >= 2 and short * 2 >= begun
