"""What stands on a page but is no part of its text: page numbers, running headers and footers.

A line that is repeated is not yet a running header: “Decision:” stands under every item. It is one
where it stands at the edges of pages, beside page numbers, or in mid-sentence. What stands at the
very beginning of a document stays, without its page number: there a memo says whose it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.documents.document import Kind, Line
from kg.documents.page_numbers import PageNumber, page_number, page_number_beside

_LONGEST = 160
_EDGE = 5  # lines at the top and the bottom of a page that may be running ones
_APART = 8  # lines that a page has at least
_LONG = 30  # letters of a line that a sentence goes on from
_SHORTEST = 15  # the same, where a page number says that a running header stands between
_COUNT = re.compile(r"(?:\t|\s{3,})(\d{1,3})\Z")
_DIGITS = re.compile(r"\d+")
_FINISHED = (".", "?", "!", ":", ";")


class Furniture:
    """The furniture among lines: `left_out` are its indices, `numbers` those cut from a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.left_out: set[int] = set()
        self.page_numbers: set[int] = set()
        self.numbers: dict[int, PageNumber] = {}
        self._lines = lines
        self._texts = [line.text.strip() if len(line.traced) <= _LONGEST else "" for line in lines]
        self._keys = [_key(text) for text in self._texts]
        if any(line.kind is Kind.TEXT for line in lines):
            self._find()

    def _find(self) -> None:
        self._alike = self._repeated()
        self._take_numbers()
        self._take_counting()
        self._take_edges()
        self._take_interrupting()
        self._take_neighbours()

    def _repeated(self) -> dict[str, list[int]]:
        """Lines that are the same but for their digits."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self._texts):
            if text and self._lines[index].kind is Kind.TEXT:
                found[self._keys[index]].append(index)
        return found

    def _take_numbers(self) -> None:
        """Page numbers that can be nothing else, alone or beside a running header."""
        bare: list[int] = []
        for index, text in enumerate(self._texts):
            if not text or not (text[-1].isdigit() or text[0].isdigit() or text[-1] in ")]-–—|"):
                continue
            number = page_number(text)
            if number is not None:
                if number.sure or (_two(text) and self._alone(index)):
                    self._take(index, number)
                elif self._alone(index):
                    bare.append(index)
            elif self._free(index) or self._interrupts(index, _SHORTEST):
                self._take_beside(index, text)
        self._take_bare(bare)

    def _take_bare(self, bare: list[int]) -> None:
        """Lone numbers: page numbers where one stands in mid-sentence, or at pages' edges."""
        paged = [index for index in bare if self._at_edge(index)]
        if any(self._interrupts(index) for index in bare):
            paged = bare
        for index in paged:
            self._take(index, page_number(self._texts[index]))

    def _take_beside(self, index: int, text: str) -> None:
        number = page_number_beside(text)
        if number is None or not number.sure:
            return
        if number.page == 1 and index < _EDGE:
            self.numbers[index] = number
        elif number.page > 1 or len(self._alike[self._keys[index]]) > 1 or self._lines[index].page:
            self.left_out.add(index)

    def _take_counting(self) -> None:
        """Lines that are the same but for a number of their own at the end that counts up."""
        for indices in self._alike.values():
            if len(indices) < 2 or not all(map(self._free, indices)):
                continue
            counts = [_COUNT.search(self._texts[index]) for index in indices]
            numbers = [int(count[1]) for count in counts if count]
            apart = all(b - a >= _APART for a, b in pairwise(indices))
            if (
                len(numbers) == len(indices)
                and apart
                and all(b - a == 1 for a, b in pairwise(numbers))
            ):
                self.left_out.update(index for index in indices if not self._first(index))

    def _take_edges(self) -> None:
        """Lines at the edges of two pages or more, from the edge inwards."""
        pages = list(_pages(self._lines))
        if len(pages) < 2:
            return
        for edges in (
            [page[:_EDGE] for page in pages],
            [page[: -_EDGE - 1 : -1] for page in pages],
        ):
            on = defaultdict(set)
            for page, indices in enumerate(edges):
                for index in indices:
                    on[self._keys[index]].add(page)
            enough = 2 if len(pages) < 5 else len(pages) * 0.4
            for indices in edges:
                for index in indices:
                    if index in self.left_out:
                        continue
                    text = self._texts[index]
                    if not text or len(on[self._keys[index]]) < enough or self._marked(index):
                        break
                    if not self._first(index):
                        self.left_out.add(index)

    def _take_interrupting(self) -> None:
        """Repeated lines of which one stands in mid-sentence."""
        for indices in self._alike.values():
            alone = [index for index in indices if self._alone(index)]
            if len(alone) > 1 and any(self._interrupts(index) for index in alone):
                self.left_out.update(index for index in alone if not self._first(index))

    def _take_neighbours(self) -> None:
        """Lines that stand beside furniture wherever they are repeated, from there outwards."""
        waiting = self.left_out
        for _ in range(_EDGE):
            beside = {at + step for at in waiting for step in (-1, 1)} - self.left_out
            keys = {self._keys[at] for at in beside if 0 <= at < len(self._lines)}
            waiting = set()
            for key in sorted(keys):
                alike = self._alike.get(key, [])
                within = [at for at in alike if not self._first(at)]
                if len(alike) > 1 and within and all(map(self._beside, within)):
                    waiting.update(within)
            waiting -= self.left_out
            self.left_out |= waiting

    def _beside(self, index: int) -> bool:
        return index - 1 in self.left_out or index + 1 in self.left_out

    def _take(self, index: int, number: PageNumber | None) -> None:
        if number is not None:
            self.left_out.add(index)
            self.page_numbers.add(index)

    def _first(self, index: int) -> bool:
        """Tell whether a line stands in the header of the document, before all other text."""
        return index < _EDGE and all(
            at in self.left_out
            or at in self.numbers
            or len(self._alike[self._keys[at]]) > 1
            or (at > 0 and not self._lines[at].gap)
            for at in range(index)
        )

    def _free(self, index: int) -> bool:
        """Tell whether white space or a page's edge stands on one side of a line."""
        return not index or self._lines[index].gap or self._ends(index) or self._at_edge(index)

    def _alone(self, index: int) -> bool:
        """Tell whether white space or a page's edge stands on both sides of a line."""
        lines = self._lines
        starts = index == 0 or lines[index].gap or lines[index].page != lines[index - 1].page
        return starts and self._ends(index)

    def _ends(self, index: int) -> bool:
        after = index + 1
        lines = self._lines
        return after == len(lines) or lines[after].gap or lines[after].page != lines[index].page

    def _at_edge(self, index: int) -> bool:
        """Tell whether a line begins or ends a page."""
        lines = self._lines
        if not lines[index].page:
            return False
        ends = index + 1 == len(lines) or lines[index + 1].page != lines[index].page
        return ends or (index > 0 and lines[index - 1].page != lines[index].page)

    def _interrupts(self, index: int, least: int = _LONG) -> bool:
        """Tell whether a line stands in mid-sentence, behind a line of so many letters."""
        if not 0 < index < len(self._lines) - 1:
            return False
        before, after = self._lines[index - 1].text.rstrip(), self._lines[index + 1].text.lstrip()
        long = len(before) >= least
        return long and not before.endswith(_FINISHED) and after[:1].islower()

    def _marked(self, index: int) -> bool:
        return self._lines[index].kind is not Kind.TEXT


def _pages(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The indices of the lines of each page."""
    found: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page:
            found[line.page].append(index)
    yield from found.values()


def _key(text: str) -> str:
    """What is the same in a running line on every page."""
    return " ".join(_DIGITS.sub("#", text).casefold().split())


def _two(text: str) -> bool:
    return len(_DIGITS.findall(text)) == 2
