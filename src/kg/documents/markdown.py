"""The lines of Markdown as a reader sees them, with their places in the file.

Headings, list items, tables, quotes, code and front matter are told by the lines' beginnings (the
rules of CommonMark 0.31 and of GitHub's tables). Lines of a paragraph stay lines: memos in Markdown
often hold labels or names one a line that the rules would run together, so that `kg.documents.
paragraphs` decides as it does for plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.documents.document import Kind, Line
from kg.documents.inline import Hidden, hidden
from kg.traced import joined, put, taken

_LINE = re.compile(r"([^\r\n\f\v\x85\u2028\u2029]*)(?:\r\n|[\r\n\f\v\x85\u2028\u2029]|\Z)")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|\Z)")
_CLOSING = re.compile(r"\s+#+\s*\Z")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*\Z")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}\s*)\Z")
_QUOTE = re.compile(r"(?:\s{0,3}>\s?)+")
_BULLET = re.compile(r"(\s*)[-*+](?:\s+\[[ xX]\])?(?:\s+|\Z)")
_ORDERED = re.compile(r"(\s*)(\d{1,9})[.)](?=\s)")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_DEFINITION = re.compile(r"\s{0,3}\[(?!\^)[^\]]{1,200}\]:\s*\S")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]]{1,40}\]:\s*")
_BAR = re.compile(r"(?<!\\)\|")
_HARD = re.compile(r"(?: {2,}|\\|<br\s*/?>)\s*\Z", re.IGNORECASE)
_LONGEST_RULE = 500  # what is longer is no rule and no row of delimiters
_MARK = re.compile(r"-{3}\s*\Z")


@dataclass(slots=True)
class _Span:
    """A line to be: its range in the file, and what it is."""

    start: int
    end: int
    kind: Kind = Kind.TEXT
    level: int = 0
    gap: bool = False
    whole: bool = False
    number: str = ""
    verbatim: bool = False


def read_markdown(text: str) -> tuple[Line, ...]:
    r"""The lines of a Markdown file without their marks.

    >>> [(line.text, line.kind.value) for line in read_markdown("# *Minutes*\n- [a](b.md)")]
    [('Minutes', 'heading'), ('a', 'item')]
    """
    spans = _Scanner(text).spans
    found: list[Line] = []
    for group in _paragraphs(spans):
        ranges = hidden(text, group[0].start, group[-1].end) if not group[0].verbatim else []
        if group[0].kind is Kind.ROW:
            ranges = sorted([*ranges, *_bars(text, group[0])])
        found += _lines(text, group, ranges)
    return tuple(line for line in found if line.text.strip())


def _paragraphs(spans: Sequence[_Span]) -> list[list[_Span]]:
    """Lines in which markup may reach from one to the next: those of a paragraph."""
    groups: list[list[_Span]] = []
    for before, span in pairwise([None, *spans]):
        assert span is not None
        goes_on = (
            before is not None
            and span.kind is Kind.TEXT
            and not (span.gap or span.verbatim or before.verbatim)
            and before.kind in {Kind.TEXT, Kind.ITEM}
        )
        if goes_on:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _lines(text: str, group: Sequence[_Span], ranges: Sequence[Hidden]) -> list[Line]:
    """The lines of a group without the hidden ranges, which are in order."""
    found: list[Line] = []
    at = 0
    for span in group:
        pieces = [put(span.number, span.start)] if span.number else []
        position = span.start
        while at < len(ranges) and ranges[at][0] < span.end:
            low, high, seen = ranges[at]
            if high > position:
                low = max(low, position)
                pieces += [taken(text, position, low), put(seen, low)]
                position = min(high, span.end)
            if high > span.end:
                break
            at += 1
        pieces.append(taken(text, position, span.end))
        found.append(Line(joined(pieces), span.kind, span.level, 0, span.gap, span.whole))
    return found


def _bars(text: str, span: _Span) -> list[Hidden]:
    """The bars of a row: tabs between its cells, nothing around them."""
    row = text[span.start : span.end]
    edges = (span.start + len(row) - len(row.lstrip()), span.start + len(row.rstrip()) - 1)
    bars = (bar.start() for bar in _BAR.finditer(text, span.start, span.end))
    return [(at, at + 1, "" if at in edges else "\t") for at in bars]


class _Scanner:
    """Tells line by line what each is."""

    def __init__(self, text: str) -> None:
        self.spans: list[_Span] = []
        self._text = text
        self._gap = False
        self._fence = ""
        self._columns = False  # within a table
        self._indents: list[int] = []
        self._last_number: tuple[int, int] = (-1, 0)
        lines = [found.span(1) for found in _LINE.finditer(text)]
        position = self._front_matter(lines)
        for index in range(position, len(lines)):
            following = lines[index + 1] if index + 1 < len(lines) else (0, 0)
            self._take(*lines[index], text[slice(*following)])

    def _front_matter(self, lines: Sequence[tuple[int, int]]) -> int:
        """Take the lines of a YAML head, as they stand; where the text begins."""
        if not lines or not _MARK.match(self._text[slice(*lines[0])]):
            return 0
        for end, line in enumerate(lines[1:60], 1):
            if self._text[slice(*line)].strip() in {"---", "..."}:
                kept = [line for line in lines[1:end] if self._text[slice(*line)].strip()]
                self.spans += [_Span(*line, whole=True, verbatim=True) for line in kept]
                self._gap = True
                return end + 1
        return 0

    def _take(self, start: int, end: int, following: str) -> None:
        line = self._text[start:end]
        if self._fenced(line):
            return
        if self._fence:
            self._add(start, end, whole=True, verbatim=True)
            return
        if quote := _QUOTE.match(line):
            start, line = start + quote.end(), line[quote.end() :]
        if not line.strip():
            self._gap, self._columns = True, False
            return
        short = len(line) <= _LONGEST_RULE
        if self._columns or (short and "|" in line and _is_delimiters(following)):
            self._row(start, end, line)
        elif short and self._underline(line):
            return
        elif short and (_RULE.match(line) or _DEFINITION.match(line)):
            self._gap = True
        elif heading := _HEADING.match(line):
            closing = _CLOSING.search(line[-40:])
            end -= len(closing[0]) if closing else 0
            self._gap = True
            level = len(heading[1])
            self._add(start + heading.end(), end, Kind.HEADING, level=level, whole=True)
            self._gap, self._indents = True, []
        else:
            self._text_or_item(start, end, line)

    def _fenced(self, line: str) -> bool:
        """Tell whether a line opens or closes code."""
        fence = _FENCE.match(line)
        if fence is None or (self._fence and not fence[1].startswith(self._fence)):
            return False
        self._fence = "" if self._fence else fence[1]
        self._gap = True
        return True

    def _row(self, start: int, end: int, line: str) -> None:
        if _is_delimiters(line):
            return
        if "|" not in line:
            self._columns = False
            self._text_or_item(start, end, line)
            return
        self._columns = True
        self._add(start, end, Kind.ROW, whole=True)

    def _underline(self, line: str) -> bool:
        """Take a line that makes the one before it a heading."""
        last = self.spans[-1] if self.spans else None
        if last is None or self._gap or last.kind is not Kind.TEXT or not _UNDERLINE.match(line):
            return False
        if last.verbatim:
            return False
        last.kind, last.level, last.whole = Kind.HEADING, 1 if "=" in line else 2, True
        self._gap = True
        return True

    def _text_or_item(self, start: int, end: int, line: str) -> None:
        whole = _HARD.search(line[-20:]) is not None
        if bullet := _BULLET.match(line):
            level = self._depth(bullet[1])
            self._add(start + bullet.end(), end, Kind.ITEM, level=level, whole=whole)
        elif ordered := _ORDERED.match(line):
            level = self._depth(ordered[1])
            number = self._renumbered(int(ordered[2]), level)
            begin = start + (ordered.end() if number else len(ordered[1]))
            self._add(begin, end, Kind.ITEM, level=level, whole=whole, number=number)
        else:
            note = _NOTE.match(line)
            if not line[0].isspace():
                self._indents = [] if self._gap else self._indents
            self._add(start + (note.end() if note else 0), end, whole=whole)

    def _depth(self, white: str) -> int:
        indent = len(white.expandtabs(4))
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] + 1 < indent:
            self._indents.append(indent)
        return len(self._indents) - 1

    def _renumbered(self, number: int, level: int) -> str:
        """The number that is seen where each item of a list was written as the first."""
        last_level, last = self._last_number
        follows = self.spans and self.spans[-1].kind is Kind.ITEM
        if number == 1 and follows and last_level == level and last >= 1:
            self._last_number = (level, last + 1)
            return f"{last + 1}."
        self._last_number = (level, number if number == 1 else -1)
        return ""

    def _add(
        self,
        start: int,
        end: int,
        kind: Kind = Kind.TEXT,
        *,
        level: int = 0,
        whole: bool = False,
        number: str = "",
        verbatim: bool = False,
    ) -> None:
        gap = self._gap and bool(self.spans)
        self.spans.append(_Span(start, end, kind, level, gap, whole, number, verbatim))
        self._gap = False


def _is_delimiters(line: str) -> bool:
    return "-" in line and len(line) <= _LONGEST_RULE and _DELIMITERS.match(line) is not None
