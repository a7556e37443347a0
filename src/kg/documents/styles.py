"""What a Word document's paragraph styles say: heading levels and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from kg.documents.numbering import W

# The names of built-in styles are English in the file, in whatever language Word runs.
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title"})
_CHAIN = 20  # styles that build on each other
_BODY_LEVEL = 9


@dataclass(frozen=True)
class Style:
    """What a style says of a paragraph; None where it says nothing."""

    heading: int | None = None
    number: str | None = None
    level: int | None = None


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        self.default = ""
        self._own: dict[str, tuple[Style, str]] = {}
        for element in root.iter(f"{W}style") if root is not None else ():
            if element.get(f"{W}type", "paragraph") != "paragraph":
                continue
            identity = element.get(f"{W}styleId", "")
            based = element.find(f"{W}basedOn")
            parent = based.get(f"{W}val", "") if based is not None else ""
            self._own[identity] = (_style(element), parent)
            if element.get(f"{W}default") in {"1", "true", "on"}:
                self.default = identity

    def of(self, identity: str) -> Style:
        """What a style says, with what the styles say that it is based on."""
        heading = number = level = None
        for _ in range(_CHAIN):
            own, parent = self._own.get(identity, (Style(), ""))
            heading = own.heading if heading is None else heading
            number = own.number if number is None else number
            level = own.level if level is None else level
            if not parent:
                break
            identity = parent
        return Style(heading, number, level)


def _style(element: etree._Element) -> Style:
    properties = element.find(f"{W}pPr")
    said = properties_of(properties)
    named = element.find(f"{W}name")
    name = (named.get(f"{W}val", "") if named is not None else "").strip()
    if found := _HEADING.fullmatch(name):
        return Style(int(found[1]), said.number, said.level)
    if name.lower() in _TITLES:
        return Style(1, said.number, said.level)
    return said


def properties_of(properties: etree._Element | None) -> Style:
    """What the properties of a paragraph (``w:pPr``) say by themselves."""
    if properties is None:
        return Style()
    outline = _number(properties.find(f"{W}outlineLvl"))
    heading = None if outline is None else outline + 1 if outline < _BODY_LEVEL else 0
    listed = properties.find(f"{W}numPr")
    if listed is None:
        return Style(heading)
    number = listed.find(f"{W}numId")
    return Style(
        heading,
        number.get(f"{W}val") if number is not None else None,
        _number(listed.find(f"{W}ilvl")),
    )


def _number(element: etree._Element | None) -> int | None:
    text = element.get(f"{W}val", "") if element is not None else ""
    return int(text) if text.isdigit() and len(text) < 4 else None
