"""Page numbers in their many forms: “3 (7)”, “3/7”, “Sivu 3”, “Page 3 of 7”, “- 3 -”, “3”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.languages import languages, subject

_LONGEST = 40
_MOST_PAGES = 1500  # “3/2022” is no page but a meeting


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page's number; `sure` where its form is used for nothing else on a line of its own."""

    page: int
    start: int
    end: int
    sure: bool


def page_number(text: str) -> PageNumber | None:
    """The page number that is all of a line.

    >>> page_number("Page 3 of 7").page, page_number("3/2022")
    (3, None)
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    return _checked(_patterns()[0].fullmatch(text.strip()))


def page_number_beside(text: str) -> PageNumber | None:
    """The page number at the end or the beginning of a line that holds other text as well.

    >>> page_number_beside("Ministry of Rivers   2 (4)").page
    2
    """
    _, last, first = _patterns()
    return _checked(last.search(text.rstrip())) or _checked(first.match(text.lstrip()))


def _checked(found: re.Match[str] | None) -> PageNumber | None:
    if found is None:
        return None
    page, last = int(found["page"]), int(found["last"] or found["whole"] or 0)
    if last and not page <= last <= _MOST_PAGES:
        return None
    sure = bool(found["word"] or found["whole"] or found["dash"])
    return PageNumber(page, found.start("all"), found.end("all"), sure)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A number alone, at a line's end, and at its beginning (there only its sure forms)."""
    words = [subject(language, "pages") for language in languages()]
    page = "|".join(sorted({word for known in words for word in known["page"]}, reverse=True))
    of = "|".join(sorted({word for known in words for word in known["of"]}, reverse=True))
    number = (
        rf"(?P<all>(?P<dash>[-–—\[|]\s*)?(?P<word>\b(?:{page})\b\.?:?\s*)?(?P<page>\d{{1,4}})"
        rf"(?:\s*(?:/|\||\b(?:{of})\b)\s*(?P<last>\d{{1,4}})|\s*\(\s*(?P<whole>\d{{1,4}})\s*\))?"
        rf"(?:\s*[-–—\]|])?)"
    )
    beside = (
        rf"(?P<all>(?P<dash>[-–—|]\s)?(?P<word>\b(?:{page})\b\.?\s*)?(?P<page>\d{{1,3}})"
        rf"(?:\s*(?:/|\b(?:{of})\b)\s*(?P<last>\d{{1,3}})|\s?\(\s?(?P<whole>\d{{1,3}})\s?\))?)"
    )
    return (
        re.compile(number, re.IGNORECASE),
        re.compile(rf"(?:(?<=\s)|(?<=[|·•])){beside}\Z", re.IGNORECASE),
        re.compile(rf"{beside}(?=\s{{2}}|\t|\s?[|·•])", re.IGNORECASE),
    )
