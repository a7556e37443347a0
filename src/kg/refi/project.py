"""A project as its file states it: codes, cases, sets, and the selections of each source.

Read by names alone, so that an order or attribute that the schema does not foresee does no harm
(`kg.refi.markup.violations` tells of it). Identifiers are compared without braces and case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kg.errors import InputError
from kg.refi.markup import NAMESPACE

SOURCES = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
SELECTIONS = (
    "PlainTextSelection",
    "PDFSelection",
    "PictureSelection",
    "AudioSelection",
    "VideoSelection",
    "TranscriptSelection",
)
DATE_VALUES = ("DateValue", "DateTimeValue")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
# What a project may also hold, and no coding has a place for.
ELSEWHERE = ("Notes/Note", "Links/Link", "Graphs/Graph")


@dataclass(frozen=True)
class Code:
    """A code with the names of those above it, outermost first."""

    guid: str
    name: str
    path: tuple[str, ...]
    ancestors: tuple[str, ...]
    codable: bool


@dataclass(frozen=True)
class Group:
    """Codes that the project puts together: a set, with its name."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A unit of analysis, with the sources and selections that belong to it."""

    guid: str
    name: str
    sources: frozenset[str]
    selections: frozenset[str]
    dates: tuple[str, ...]


@dataclass(frozen=True)
class Coding:
    """A code put on a selection, by whom and when (as written)."""

    code: str
    user: str
    created: str


@dataclass(frozen=True)
class Selection:
    """A part of a source: a range of positions, or a `place` in words where it is no text."""

    guid: str
    name: str
    comment: str
    start: int | None
    end: int | None
    place: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True)
class Source:
    """A source: where its plain text is, and what was selected in it.

    `path` is as written (`internal://…`), `content` is text that stands in the project file.
    """

    guid: str
    name: str
    kind: str
    path: str | None
    content: str | None
    rich: bool
    created: str
    dates: tuple[str, ...]
    selections: tuple[Selection, ...]


@dataclass(frozen=True)
class Project:
    """A whole project; `elsewhere` counts what codings have no place for, by its name."""

    name: str
    origin: str
    created: str
    users: Mapping[str, str]
    codes: Mapping[str, Code]
    groups: tuple[Group, ...]
    cases: tuple[Case, ...]
    sources: tuple[Source, ...]
    elsewhere: Mapping[str, int]

    def code_path(self, guid: str) -> str:
        """The names of a code and those above it, for a reader."""
        return " > ".join(self.codes[guid].path) if guid in self.codes else guid


def read_project(root: Element) -> Project:
    """The project whose root element is given.

    Raises `InputError` where two codes bear one identifier, since a coding would not say which.
    """
    codes: dict[str, Code] = {}
    for code in _codes(root):
        if (first := codes.setdefault(code.guid, code)) != code:
            raise InputError(
                f"The codes {' > '.join(first.path)} and {' > '.join(code.path)} have the same "
                f"identifier ({code.guid}), so that codings do not say which is meant: export the "
                "project anew"
            )
    sources = [one for kind in _all(root, "Sources") for one in kind]
    return Project(
        name=(root.get("name") or "").strip(),
        origin=(root.get("origin") or "").strip(),
        created=root.get("modifiedDateTime") or root.get("creationDateTime") or "",
        users={_guid(one): _name(one) for one in _all(root, "Users/User")},
        codes=codes,
        groups=tuple(_group(one) for one in _all(root, "Sets/Set")),
        cases=tuple(_case(one) for one in _all(root, "Cases/Case")),
        sources=tuple(read for one in sources for read in _source(one)),
        elsewhere=_elsewhere(root),
    )


def _elsewhere(root: Element) -> Mapping[str, int]:
    counts = Counter({path.rpartition("/")[2]: len(_all(root, path)) for path in ELSEWHERE})
    return {name: count for name, count in counts.items() if count}


def _codes(root: Element) -> Iterator[Code]:
    """Every code, outer before inner."""
    waiting = [(one, (), ()) for one in reversed(_all(root, "CodeBook/Codes/Code"))]
    stack: list[tuple[Element, tuple[str, ...], tuple[str, ...]]] = list(waiting)
    while stack:
        element, path, ancestors = stack.pop()
        guid = _guid(element)
        name = " ".join((element.get("name") or "").split()) or "(no name)"
        codable = (element.get("isCodable") or "true") not in ("false", "0")
        yield Code(guid, name, (*path, name), ancestors, codable)
        inner = reversed(_all(element, "Code"))
        stack += [(one, (*path, name), (*ancestors, guid)) for one in inner]


def _group(element: Element) -> Group:
    return Group(_name(element), tuple(_target(one) for one in _all(element, "MemberCode")))


def _case(element: Element) -> Case:
    return Case(
        guid=_guid(element),
        name=_name(element),
        sources=frozenset(_target(one) for one in _all(element, "SourceRef")),
        selections=frozenset(_target(one) for one in _all(element, "SelectionRef")),
        dates=_dates(element),
    )


def _source(element: Element) -> Iterator[Source]:
    """A source, with the text that stands for it; each transcript of a recording as one more."""
    kind = _local(element)
    if kind not in SOURCES:
        return
    text = element if kind == "TextSource" else _one(element, "Representation", "TextDescription")
    own = [_selection(one) for one in element if _local(one) in SELECTIONS]
    inner = _all(text, "PlainTextSelection") if text is not None and text is not element else []
    whole = _whole(element, text)
    selections = (*whole, *own, *(_selection(one) for one in inner))
    yield _as_source(element, kind, text, selections)
    for transcript in _all(element, "Transcript"):
        points = {_guid(one): _number(one, "position") for one in _all(transcript, "SyncPoint")}
        said = [_transcribed(one, points) for one in _all(transcript, "TranscriptSelection")]
        yield _as_source(transcript, "Transcript", transcript, tuple(said), _name(element))


def _as_source(
    element: Element,
    kind: str,
    text: Element | None,
    selections: tuple[Selection, ...],
    name: str = "",
) -> Source:
    return Source(
        guid=_guid(element),
        name=_name(element) or name,
        kind=kind,
        path=None if text is None else text.get("plainTextPath"),
        content=None if text is None else _text(text, "PlainTextContent"),
        rich=text is not None and text.get("richTextPath") is not None,
        created=element.get("creationDateTime") or "",
        dates=_dates(element),
        selections=selections,
    )


def _whole(element: Element, text: Element | None) -> Sequence[Selection]:
    """The codings of a source as a whole, as one selection without a range."""
    found = list(_codings(element))
    if text is not None and text is not element:
        found += _codings(text)
    place = "the whole source"
    return [Selection(_guid(element), "", "", None, None, place, tuple(found))] if found else []


def _selection(element: Element) -> Selection:
    kind = _local(element)
    text = kind == "PlainTextSelection"
    return Selection(
        guid=_guid(element),
        name=_name(element),
        comment=_text(element, "Description") or "",
        start=_number(element, "startPosition") if text else None,
        end=_number(element, "endPosition") if text else None,
        place="" if text else _place(element, kind),
        codings=tuple(_codings(element)),
    )


def _transcribed(element: Element, points: Mapping[str, int | None]) -> Selection:
    """A selection of a transcript, whose ends are points that have a position in the text."""
    ends = [points.get(_plain(element.get(key))) for key in ("fromSyncPoint", "toSyncPoint")]
    known = None not in ends
    return Selection(
        guid=_guid(element),
        name=_name(element),
        comment=_text(element, "Description") or "",
        start=ends[0] if known else None,
        end=ends[1] if known else None,
        place="" if known else "a part of the transcript without positions",
        codings=tuple(_codings(element)),
    )


def _place(element: Element, kind: str) -> str:
    """Where a selection is that has no range of text: page, rectangle in points, milliseconds."""
    corners = ",".join(element.get(key, "?") for key in ("firstX", "firstY", "secondX", "secondY"))
    if kind == "PDFSelection":
        return f"page {element.get('page', '?')}, rectangle {corners}"
    if kind == "PictureSelection":
        return f"rectangle {corners}"
    return f"milliseconds {element.get('begin', '?')}–{element.get('end', '?')}"


def _codings(element: Element) -> Iterator[Coding]:
    for one in _all(element, "Coding"):
        for reference in _all(one, "CodeRef"):
            user = _plain(one.get("creatingUser") or element.get("creatingUser"))
            created = one.get("creationDateTime") or element.get("creationDateTime") or ""
            yield Coding(_target(reference), user, created)


def _dates(element: Element) -> tuple[str, ...]:
    values = [one for value in _all(element, "VariableValue") for one in value]
    return tuple((one.text or "").strip() for one in values if _local(one) in DATE_VALUES)


def _all(element: Element, path: str) -> list[Element]:
    return element.findall("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))


def _one(element: Element, *names: str) -> Element | None:
    return next((found for name in names for found in _all(element, name)), None)


def _text(element: Element, name: str) -> str | None:
    found = _one(element, name)
    return None if found is None else (found.text or "")


def _local(element: Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def _guid(element: Element) -> str:
    return _plain(element.get("guid"))


def _target(element: Element) -> str:
    return _plain(element.get("targetGUID"))


def _plain(guid: str | None) -> str:
    """An identifier in one form: programs write it with braces or without, in either case."""
    return (guid or "").strip().strip("{}").lower()


def _name(element: Element) -> str:
    return " ".join((element.get("name") or "").split())


def _number(element: Element, key: str) -> int | None:
    """A whole number as XML Schema writes it; None for none, or more digits than any text needs."""
    written = (element.get(key) or "").strip()
    return int(written) if _NUMBER.fullmatch(written) else None
