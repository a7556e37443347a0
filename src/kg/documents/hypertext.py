"""The lines of an HTML page as a reader sees them, with their places in the markup."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from kg.documents.document import Kind, Line
from kg.documents.listing import number_as
from kg.documents.rows import Cells
from kg.documents.tags import Token, tokens
from kg.traced import Traced, joined, put, taken

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.I
)
_CHARSET_WITHIN = 4096  # bytes

# Nothing of these is seen, or it is no part of the text.
_HIDDEN = frozenset(
    {"script", "style", "head", "title", "nav", "noscript", "template", "svg", "math", "iframe"}
    | {"object", "select", "button", "textarea", "audio", "video", "canvas", "del", "menu"}
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
# Before and after these stands white space; at the others of `_BLOCKS` only a line ends.
_APART = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "pre"}
    | {"table", "ul", "ol", "dl", "figure", "form", "fieldset", "address", "hr", *_HEADINGS}
)
_BLOCKS = _APART | frozenset(
    {"li", "tr", "td", "th", "dt", "dd", "body", "html", "caption", "thead", "tbody", "tfoot"}
    | {"figcaption", "legend", "summary", "details", "center", "option", "br"}
)
# The start of one of these ends one that is open, up to the table or list that it stands in.
_ENDS = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
}
_SCOPES = frozenset({"table", "ul", "ol", "dl"})
_DEEPEST = 2_000  # open elements; browsers stop at some hundreds
_PIECE = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|[ \t\r\n\f]+")


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that a page names in its first bytes."""
    found = _CHARSET.search(raw[:_CHARSET_WITHIN])
    return found[1].decode("ascii") if found else None


def read_html(page: str) -> tuple[Line, ...]:
    """The lines of a page: paragraphs, headings, list items with their numbers, rows of tables.

    >>> [line.text for line in read_html("<ol><li>Opening<li>A &amp; B</ol>")]
    ['1. Opening', '2. A & B']
    """
    builder = _Builder()
    for token in tokens(page):
        if not token.name:
            builder.text(token)
        elif token.closes:
            builder.close(token.name)
        else:
            builder.open(token)
    builder.end_line()
    return tuple(builder.lines)


class _Builder:
    """Lines from tokens: what is open, what is hidden, and the line that is under way."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._hidden_from: int | None = None  # the depth of the hidden element, if within one
        self._lists: list[tuple[int, int, str]] = []  # next number, step (0: none), its form
        self._tables: list[Cells] = []
        self._pieces: list[Traced] = []
        self._kind, self._level = Kind.TEXT, 0
        self._gap = False
        self._mark: Traced | None = None

    def text(self, token: Token) -> None:
        """Text, its entities and white space as they are seen."""
        if self._hidden_from is not None:
            return
        keeps = self._counts["pre"] > 0
        page, position = token.page, token.start
        for found in _PIECE.finditer(page, token.start, token.end):
            start, end = found.span()
            seen = self._seen(found[0], keeps)
            if seen == found[0]:
                continue
            self._put(taken(page, position, start))
            position = end
            if keeps and "\n" in found[0]:
                self.end_line()
            else:
                self._put(put(seen, start))
        self._put(taken(page, position, token.end))

    def _seen(self, piece: str, keeps: bool) -> str:
        if piece[0] == "&":
            return unescape(piece)
        return piece if keeps and "\n" not in piece else " "

    def _put(self, piece: Traced) -> None:
        if piece.text and (self._pieces or not piece.text.isspace()):
            self._pieces.append(piece)

    def open(self, token: Token) -> None:
        """A start tag."""
        name = token.name
        if name in _ENDS:
            self._imply(name)
        elif name in _BLOCKS and self._counts["p"] and name != "br":
            self._pop_to("p")
        if self._hidden_from is None:
            self._start(token)
        if name in _VOID or len(self._open) >= _DEEPEST:
            return
        self._open.append(name)
        self._counts[name] += 1
        if self._hidden_from is None and _is_hidden(token):
            self._hidden_from = len(self._open)

    def _start(self, token: Token) -> None:
        name = token.name
        if name in _BLOCKS:
            self.end_line()
            self._gap = self._gap or name in _APART
        if name in _HEADINGS:
            self._kind, self._level = Kind.HEADING, _HEADINGS[name]
        elif name in _LISTS:
            self._lists.append(_list_of(token))
        elif name == "li":
            self._start_item(token)
        elif name == "table":
            self._tables.append(Cells())
        elif self._tables and name == "tr":
            self._tables[-1].start_row()
        elif self._tables and name in {"td", "th"}:
            self._tables[-1].start_cell(token.start)

    def _start_item(self, token: Token) -> None:
        self._kind, self._level = Kind.ITEM, max(len(self._lists) - 1, 0)
        if not self._lists:
            return
        number, step, form = self._lists[-1]
        given = token.attributes.get("value", "") if step else ""
        if re.fullmatch(r"-?\d{1,6}", given):
            number = int(given)
        if step:
            self._mark = put(f"{number_as(number, form)}. ", token.start)
            self._lists[-1] = (number + step, step, form)

    def close(self, name: str) -> None:
        """An end tag; one that nothing has opened is left out."""
        if name in _VOID:
            if name == "br" and self._hidden_from is None:
                self.end_line()
            return
        if not self._counts[name]:
            return
        self._pop_to(name)

    def _imply(self, name: str) -> None:
        """End the open element that the start of this one ends."""
        ended = _ENDS[name]
        if not any(self._counts[one] for one in ended):
            return
        for one in reversed(self._open):
            if one in ended:
                self._pop_to(one)
                return
            if one in _SCOPES:
                return

    def _pop_to(self, name: str) -> None:
        while self._open:
            one = self._open.pop()
            self._counts[one] -= 1
            if self._hidden_from is None:
                self._end(one)
            elif len(self._open) < self._hidden_from:
                self._hidden_from = None
            if one == name:
                return

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self.end_line()
            self._gap = self._gap or name in _APART
        if name in _HEADINGS or name == "li":
            self._kind, self._level, self._mark = Kind.TEXT, 0, None
        elif name in _LISTS and self._lists:
            self._lists.pop()
        elif name == "table" and self._tables:
            self._leave(self._tables.pop())
        elif name == "tr" and self._tables:
            self._tables[-1].end_row()

    def _leave(self, table: Cells) -> None:
        table.end_row()
        for line in table.lines:
            self._emit(line)

    def end_line(self) -> None:
        """End the line that is under way."""
        text = joined(self._pieces).strip()
        self._pieces = []
        if not text.text:
            return
        if self._mark is not None:
            text, self._mark = joined([self._mark, text]), None
        self._emit(Line(text, self._kind, self._level, gap=self._gap, whole=True))
        self._gap = False
        if self._kind is Kind.ITEM:
            self._kind, self._level = Kind.TEXT, 0

    def _emit(self, line: Line) -> None:
        if not (self._tables and self._tables[-1].add(line)):
            self.lines.append(line)


def _is_hidden(token: Token) -> bool:
    if token.name in _HIDDEN:
        return True
    if token.end - token.start == len(token.name) + 2:
        return False  # without attributes, as most are
    attributes = token.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None
    )


def _list_of(token: Token) -> tuple[int, int, str]:
    """The first number, the step and the form of the numbers of a list; step 0: it has none."""
    attributes = token.attributes
    if token.name == "ul" or re.search(r"list-style[^;]*none", attributes.get("style", "")):
        return 0, 0, ""
    start = attributes.get("start", "1").strip()
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    step = -1 if "reversed" in attributes else 1
    return number, step, attributes.get("type", "1")
