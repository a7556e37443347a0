"""The numbers of a Word document's paragraphs as Word shows them (ECMA-376-1, 17.9).

A paragraph names a list (`numId`) and a level, itself or through its style. Lists of one abstract
list count on together, but where a list overrides the start of a level. A number of a higher level
starts the lower ones again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from kg.documents.listing import number_as

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_LONGEST_TEXT = 60


@dataclass
class Level:
    """One level of a list: its first number, form, text (``%1.%2``) and what restarts it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # after a number of this level (counting from 1) or a higher one
    legal: bool = False
    style: str = ""

    @property
    def bullet(self) -> bool:
        """Tell whether the level has a mark and no number."""
        return self.form in {"bullet", "none"} or not _PLACE.search(self.text)


@dataclass
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The lists of a document, counting as its paragraphs come."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        styles: dict[str, str] = {}
        links: dict[str, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            identity = element.get(f"{W}abstractNumId", "")
            self._abstract[identity] = _levels(element)
            if style := _value(element, "styleLink"):
                styles[style] = identity
            if style := _value(element, "numStyleLink"):
                links[identity] = style
        for identity, style in links.items():
            self._abstract[identity] = self._abstract.get(styles.get(style, ""), {})
        for element in root.iter(f"{W}num"):
            found = _List(_value(element, "abstractNumId") or "")
            for override in element.iter(f"{W}lvlOverride"):
                level = _whole(override.get(f"{W}ilvl"))
                start = _value(override, "startOverride")
                if start is not None:
                    found.starts[level] = _whole(start, 1)
                found.levels.update(_levels(override))
            self._lists[element.get(f"{W}numId", "")] = found

    def level_of(self, number: str, level: int, style: str) -> int:
        """The level of a paragraph: that which names its style, else the one that it names."""
        found = self._lists.get(number)
        levels = self._abstract.get(found.abstract, {}) if found else {}
        linked = [at for at, one in levels.items() if style and one.style == style]
        return linked[0] if linked else level

    def next(self, number: str, level: int) -> tuple[str, bool]:
        """Count a paragraph of a list: its number as it is shown ("" for a mark), and if it is one.

        False where there is no such list.
        """
        found = self._lists.get(number)
        if found is None or not 0 <= level < _LEVELS:
            return "", False
        levels = {**self._abstract.get(found.abstract, {}), **found.levels}
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        self._count(counts, levels, number, found, level)
        this = levels.get(level, Level())
        return ("" if this.bullet else _shown(this, levels, counts)), True

    def _count(
        self,
        counts: list[int | None],
        levels: dict[int, Level],
        number: str,
        found: _List,
        level: int,
    ) -> None:
        for at in range(level + 1):
            if at in found.starts and (number, at) not in self._started:
                self._started.add((number, at))
                counts[at] = found.starts[at] - 1 if at == level else found.starts[at]
        for at in range(level):
            if counts[at] is None:
                counts[at] = levels.get(at, Level()).start
        last = counts[level]
        counts[level] = levels.get(level, Level()).start if last is None else last + 1
        for at in range(level + 1, _LEVELS):
            restart = levels.get(at, Level()).restart
            if restart is None or level < restart:
                counts[at] = None


def _shown(this: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    def one(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        level = levels.get(at, Level())
        count = counts[at] if counts[at] is not None else level.start
        assert count is not None
        if level.form == "decimalZero" and not this.legal:
            return f"{count:02d}"
        return number_as(count, "1" if this.legal else _FORMS.get(level.form, "1"))

    return _PLACE.sub(one, this.text)[:_LONGEST_TEXT].strip()


def _levels(element: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in element.iter(f"{W}lvl"):
        restart = _value(level, "lvlRestart")
        legal = level.find(f"{W}isLgl")
        found[_whole(level.get(f"{W}ilvl"))] = Level(
            start=_whole(_value(level, "start"), 1),
            form=_value(level, "numFmt") or "decimal",
            text=_value(level, "lvlText") or "",
            restart=None if restart is None else _whole(restart),
            legal=legal is not None and legal.get(f"{W}val") not in {"0", "false", "off"},
            style=_value(level, "pStyle") or "",
        )
    return found


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _whole(text: str | None, otherwise: int = 0) -> int:
    """A small whole number, as Word allows it there."""
    return int(text) if text and re.fullmatch(r"\d{1,5}", text) else otherwise
