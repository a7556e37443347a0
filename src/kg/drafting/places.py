"""Places and phrases of a document as a coding states them: they hold when they are checked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.coding.fields import MAX_QUOTE_WORDS
from kg.documents.blocks import Block
from kg.documents.document import Document, Form
from kg.minutes.model import Span
from kg.names import passage_id
from kg.source import Source

LONGEST_LABEL = 160
_PLAIN = (Form.TXT, Form.MARKDOWN)  # forms whose paragraphs `kg.source` takes from the text
_LINE_END = re.compile(r"\r\n|\r|\n")
_FEWEST, _MOST = 3, 8  # words of a phrase
_UNTEXTUAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Places:
    """The text of one document, read through, and the id that its places hang on."""

    document: Document
    blocks: tuple[Block, ...]
    id: str
    source: Source = field(init=False)
    _line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        one = self.document
        seen = None if one.form in _PLAIN else self.blocks
        object.__setattr__(self, "source", Source(one.path, one.text, one.sha256, seen))
        starts = tuple(found.end() for found in _LINE_END.finditer(one.text))
        object.__setattr__(self, "_line_starts", starts)

    def span(self, span: Span) -> Span:
        """A range without white space at its ends."""
        start, end = span
        words = self.document.text[start:end]
        start += len(words) - len(words.lstrip())
        return start, max(start + len(words.strip()), start + 1)

    def at(self, span: Span, heading: int) -> dict[str, Any]:
        """The place of a range, under an item whose heading is this paragraph."""
        start, end = self.span(span)
        place = {"id": passage_id(self.id, start, end), "type": "Passage", "of": self.id}
        paragraph = self.paragraph(start) - heading
        numbers = {"paragraph": paragraph} if paragraph >= 0 else {}
        return {**place, **numbers, "start": start, "end": end}

    def paragraph(self, offset: int) -> int:
        """The paragraph that an offset stands in, counted from the beginning."""
        return self.source.paragraph_at(offset) or 0

    def passage(self, span: Span) -> str:
        """What stands in a range, as the source reads, on one line."""
        start, end = span
        reading = self.source.reading
        low, high = reading.to_reading(start), reading.to_reading(end)
        return readable(reading.text[low:high])

    def cited(self, span: Span) -> str:
        """A passage in quotation marks, with its line."""
        return f"Line {self.line(span[0])}: “{self.passage(span)}”"

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self._line_starts, offset) + 1

    def quote(self, phrase: str, span: Span) -> str | None:
        """A phrase that stands in a range: the one given, else one of the range's own."""
        return next(
            filter(lambda words: self._stands(words, span), self._phrases(phrase, span)), None
        )

    def _phrases(self, phrase: str, span: Span) -> Iterator[str]:
        if phrase and len(phrase.split()) <= MAX_QUOTE_WORDS:
            yield readable(phrase)
        words = self.passage(span).split()
        for start in range(0, max(len(words) - _FEWEST + 1, 1)):
            yield " ".join(words[start : start + _MOST])

    def _stands(self, words: str, span: Span) -> bool:
        return bool(words) and bool(self.source.reading.find(words, *self.span(span)))


def readable(text: str) -> str:
    """A text on one line, without what no text of a coding may hold."""
    return " ".join(_UNTEXTUAL.sub(" ", text).split())


def shortened(text: str, most: int = LONGEST_LABEL) -> str:
    """A text as a label, cut between words where it is long.

    >>> shortened("One two three.", 9)
    'One two…'
    """
    text = readable(text)
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0].rstrip(" ,;:–-") + "…"
