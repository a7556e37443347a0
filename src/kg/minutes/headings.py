"""Which blocks may be headings of agenda items: by their number, their form, or standing apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.languages import languages
from kg.minutes.action_columns import columns_of
from kg.minutes.dates import days_in
from kg.minutes.lexicon import Form, lexicon
from kg.minutes.tokens import find_name
from kg.minutes.words import known, one_of
from kg.traced import Traced


class Style(StrEnum):
    """How a heading is numbered."""

    SECTION = "§ 1"
    WORD = "item 1"
    PAREN = "1)"
    DOT = "1."
    BARE = "1"
    ROMAN = "I."
    CAPITAL = "A."
    SUB = "1.1"
    LETTERED = "5a"
    LETTER = "a)"
    NONE = ""


TOP = (
    Style.SECTION,
    Style.WORD,
    Style.PAREN,
    Style.DOT,
    Style.BARE,
    Style.ROMAN,
    Style.CAPITAL,
)
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{3,}[.?!]\s+[^\W\d_a-zåäö]")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 260
_LONGEST_TITLE = 160
_LONGEST_CELL = 60
_SHORT_SENTENCE = 7
_CAPITALS = frozenset({Style.ROMAN, Style.CAPITAL})
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True)
class Heading:
    """A block that may be an item's heading: its number as written, and where its title stands.

    Where the number stands alone, the title is that of the next block; `rest` are further cells of
    a row or words behind the title, which belong to the item's text.
    """

    index: int
    style: Style
    number: str | None
    title: Traced
    kind: Kind
    level: int
    gap: bool
    rest: tuple[Traced, ...] = ()
    size: int = 1  # blocks that it takes up

    @property
    def has_text(self) -> bool:
        """Whether cells behind the title hold text of the item, and not only who presents it."""
        return any(len(cell) > _LONGEST_CELL or cell.text.endswith(".") for cell in self.rest)

    @property
    def order(self) -> int:
        """The number to count by, 0 without one."""
        if self.number is None:
            return 0
        if self.style is Style.ROMAN:
            return _value(self.number)
        digits = re.match(r"\d+", self.number.rpartition("/")[2])
        return int(digits[0]) if digits else ord(self.number[0].casefold()) - ord("a") + 1


@cache
def _numbered() -> re.Pattern[str]:
    word = one_of(known("labels", "item")).replace("#", r"\#")
    return re.compile(
        rf"""\s*(?:
        (?P<section>§§?\s*(?P<n1>\d{{1,4}})(?:\s?[.:)])?|(?P<n2>\d{{1,4}})\s?§)(?:\s*[–—-])?
        |(?P<word>(?i:{word})\s+(?P<n3>\d{{1,3}}(?:\.\d{{1,2}}|\s?[a-z]\b)?)\s*(?:[.:)]|[–—-]\s|$|\s(?=\S)))
        |(?P<coded>(?P<n13>(?:[A-Z]{{1,4}}|\d{{2}})/\d{{1,3}})\.?(?=\s+[^\W\d_a-zåäö]))
        |(?P<zero>(?P<n11>\d{{1,2}}\.0)\.?(?=\s))
        |(?P<sub>(?P<n4>\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})[.):]?(?=\s|$)(?!\s*[–-]))
        |(?P<lettered>(?P<n5>\d{{1,2}}\s?[a-z])(?:[.):](?=\s|$)|(?=\s[^\W\d_a-z])))
        |(?P<paren>\(?(?P<n6>\d{{1,2}})(?:\)|:(?=\s)))
        |(?P<dot>(?P<n7>\d{{1,3}})\.(?=\s|$|[^\W\d_a-zåäö]))
        |(?P<letter>\(?(?P<n8>[a-h])(?:\)|\.(?!\S)))
        |(?P<roman>(?P<n9>[IVX]{{1,5}})(?:[.)](?=\s|$)|(?=\s[^\W\d_a-zåäö])))
        |(?P<capital>(?P<n12>[A-H])[.)](?=\s))
        |(?P<bare>(?P<n10>\d{{1,2}})(?:\s[–—-])?(?=\s+[^\W\d_a-zåäö]|$|\t))
        )\s*""",
        re.VERBOSE,
    )


_STYLES = {
    "section": Style.SECTION,
    "word": Style.WORD,
    "coded": Style.WORD,  # “OS/12”, “24/15”
    "sub": Style.SUB,
    "lettered": Style.LETTERED,
    "paren": Style.PAREN,
    "dot": Style.DOT,
    "letter": Style.LETTER,
    "roman": Style.ROMAN,
    "capital": Style.CAPITAL,
    "zero": Style.DOT,
    "bare": Style.BARE,
}


def starts_with_number(text: str) -> bool:
    """Tell whether a text begins as a numbered heading does."""
    return _numbered().match(text[:40]) is not None


def find_headings(blocks: Sequence[Block]) -> list[Heading]:
    """The blocks that may be headings: by their number, or by the kind that the format gives."""
    found = []
    of_actions = False  # rows of a table of actions are no items
    for index, block in enumerate(blocks):
        of_actions = block.kind is Kind.ROW and (
            of_actions or bool(columns_of([cell.text for cell in block.cells]))
        )
        heading = None if of_actions else _heading(index, block)
        if heading is not None and not heading.title.text:
            heading = _with_next(heading, blocks)
        if heading is not None:
            found.append(heading)
    return found


def _with_next(heading: Heading, blocks: Sequence[Block]) -> Heading | None:
    """A number that stands alone, with the title in the block below."""
    following = blocks[heading.index + 1] if heading.index + 1 < len(blocks) else None
    if following is None or heading.number is None or heading.style in {Style.BARE, Style.LETTER}:
        return None
    if not is_title(following.text) or starts_with_number(following.text):
        return None
    return replace(heading, title=following.traced.strip(), size=2)


def number_of(text: str) -> tuple[Style, str, int] | None:
    """The number that a text begins with: its style, its digits or letters, and where it ends."""
    match = _numbered().match(text[:40])
    if match is None:
        return None
    style = next(style for name, style in _STYLES.items() if match[name] is not None)
    number = next(value for name, value in match.groupdict().items() if name[0] == "n" and value)
    if style not in _CAPITALS and "/" not in number:
        number = re.sub(r"\s", "", number).casefold()
    if style is Style.WORD and not number.isdigit() and "/" not in number:  # “Item 4a”, “Item 3.1”
        style = Style.LETTERED if number[-1].isalpha() else Style.SUB
    return style, number, match.end()


def _heading(index: int, block: Block) -> Heading | None:
    numbered = number_of(block.text)
    if numbered is None:
        return _unnumbered(index, block)
    style, number, start = numbered
    title, *rest = _titled(block, start)
    if style in {Style.BARE, Style.DOT} and _is_day(block.text):
        return _unnumbered(index, block)
    if style is Style.BARE and block.kind is Kind.TEXT and not _capital_start(title.text):
        return _unnumbered(index, block)
    if len(title) > _LONGEST and block.kind is not Kind.ROW:
        return None
    return Heading(index, style, number, title, block.kind, block.level, block.gap, tuple(rest))


def _is_day(text: str) -> bool:
    """Tell whether a text begins with a day rather than with a number (“6 March 2023”)."""
    days = days_in(text[:40])
    return bool(days) and days[0].start == 0


def _titled(block: Block, start: int) -> list[Traced]:
    """The title behind a number, then the cells behind it."""
    if "\t" not in block.text:
        return [block.traced[start:].strip()]
    cells = [cell for cell in Block(block.traced[start:]).cells if cell.text]
    return cells or [block.traced[len(block.text) :]]


def _unnumbered(index: int, block: Block) -> Heading | None:
    if block.kind is not Kind.HEADING or len(block.text) > _LONGEST:
        return None
    return Heading(
        index, Style.NONE, None, block.traced.strip(), block.kind, block.level, block.gap
    )


def _capital_start(text: str) -> bool:
    return not text or text[0].isupper() or text[0] in '“”"«('


def _value(roman: str) -> int:
    values = [_ROMAN.get(sign, 0) for sign in roman.casefold()]
    return sum(
        -value if value < max(values[at + 1 :], default=0) else value
        for at, value in enumerate(values)
    )


def is_title(text: str) -> bool:
    """Tell whether words read as a title: no sentence's end, not too long, a capital first.

    >>> is_title("Budget for 2025"), is_title("The Chair opened the meeting at 10.00 sharp today.")
    (True, False)
    """
    words = text.split()
    if not words or len(text) > _LONGEST_TITLE or not (_capital_start(text) or text[0].isdigit()):
        return False
    if _SENTENCE_BREAK.search(text):
        return False
    return text[-1] not in ".!;," or len(words) <= _SHORT_SENTENCE


def tells(text: str) -> bool:
    """Tell whether words say that somebody said something: a sentence, without its full stop."""
    return any(word.casefold() in _said() for word in _WORD.findall(text)[1:])


@cache
def _said() -> frozenset[str]:
    """Past forms of the verbs of saying of all languages."""
    return frozenset(
        word
        for code in languages()
        for word, readings in lexicon(code).verbs.items()
        if any(verb.form is Form.PAST for verb in readings)
    )


def names_somebody_first(text: str) -> bool:
    """Tell whether a text begins with a person's name: a numbered list of people, no agenda."""
    window = find_name(tuple(text.split()[:8]))
    return window is not None and window.strong and window.first <= 2
