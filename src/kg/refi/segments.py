"""From selections to segments: ranges of code points, with all codes that stand on them.

Programs write one selection for each coding (MAXQDA, QualCoder) or one with several codings
(NVivo): selections of the same range are one segment, so that both read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.refi.archive import Archive
from kg.refi.project import Case, Coding, Project, Selection, Source
from kg.refi.texts import Counting, PlainText, counting_of, embedded, load

QUOTE_WORDS = 12


@dataclass(frozen=True)
class Segment:
    """A part of a source with what is coded there, each code of a coder once.

    `start` and `end` are code points of the text, without white space at the ends; None where
    there is no text, and `place` then says where it is, or why there is no range.
    """

    start: int | None
    end: int | None
    place: str
    quote: str
    comments: tuple[str, ...]
    codings: tuple[Coding, ...]
    cases: tuple[str, ...]

    @property
    def range(self) -> tuple[int, int] | None:
        """The range of the text, if there is one."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    def codes(self) -> tuple[str, ...]:
        """The codes that stand here, each once."""
        return tuple(dict.fromkeys(coding.code for coding in self.codings))


@dataclass(frozen=True)
class Document:
    """A source with its text (None where there is none to read, and `problem` says why)."""

    source: Source
    text: PlainText | None
    segments: tuple[Segment, ...]
    problem: str = ""
    counting: str = ""


def read_documents(
    project: Project, archive: Archive, asked: Sequence[Counting]
) -> tuple[Document, ...]:
    """Every source with its segments in the order of the text.

    Raises `InputError` for a path that leads out of the archive, or a text beyond the limits.
    """
    return tuple(_document(source, project, archive, asked) for source in project.sources)


def _document(
    source: Source, project: Project, archive: Archive, asked: Sequence[Counting]
) -> Document:
    text = _text_of(source, archive)
    if isinstance(text, str):
        unread = [_placed(one, one.place or _positions(one)) for one in source.selections]
        return Document(source, None, _merged(unread, source, project), text)
    named = [
        (one.start, one.end, one.name)
        for one in source.selections
        if one.start is not None and one.end is not None
    ]
    counting, why = counting_of(text, named, project.origin, asked)
    offsets = text.ends(counting)
    found = [_ranged(one, text.text, offsets) for one in source.selections]
    told = f"positions count {counting}, {why}" if why else ""
    return Document(source, text, _merged(found, source, project), counting=told)


def _text_of(source: Source, archive: Archive) -> PlainText | str:
    if source.content is not None:
        return embedded(source.content)
    if source.path:
        return load(archive, source.path)
    if source.rich:
        return "it has formatted text only: export the project anew with plain texts"
    return f"a {source.kind} without text has no positions to read"


# A selection with its range and first words; or without a range, and its place in words.
_Found = tuple[Selection, tuple[int, int] | None, str]


def _placed(selection: Selection, place: str) -> _Found:
    return selection, None, place


def _positions(selection: Selection) -> str:
    return f"positions {selection.start}–{selection.end}"


def _ranged(selection: Selection, text: str, offsets: Sequence[int]) -> _Found:
    """A selection with its range of code points, trimmed; or its place, with what is wrong."""
    if selection.place == "the whole source":
        start, end = 0, len(text)
    elif selection.place or selection.start is None or selection.end is None:
        return _placed(selection, selection.place or "a selection without readable positions")
    elif not 0 <= selection.start <= selection.end < len(offsets):
        return _placed(selection, f"{_positions(selection)}, which the text does not have")
    else:
        start, end = offsets[selection.start], offsets[selection.end]
    if start < 0 or end < 0:
        return _placed(selection, f"{_positions(selection)}, within one character")
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        return _placed(selection, f"{_positions(selection)}, where no words stand")
    return selection, (start, end), quote(text[start:end])


def quote(words: str) -> str:
    r"""The first words of a text, on one line.

    >>> quote("One two\n three")
    'One two three'
    """
    found = words.split()
    return " ".join(found[:QUOTE_WORDS]) + (" …" if len(found) > QUOTE_WORDS else "")


def _merged(found: Iterable[_Found], source: Source, project: Project) -> tuple[Segment, ...]:
    """The selections of one range as one segment, in the order of the text."""
    cases = {case.guid: case for case in project.cases if case.name}
    segments: dict[tuple[object, ...], Segment] = {}
    for selection, place, words in found:
        key = place if place is not None else (selection.guid, words)
        one = _segment(selection, place, words, source, cases)
        segments[key] = _joined(segments[key], one) if key in segments else one
    in_order = sorted(segments.values(), key=lambda one: (one.range is None, one.range or ()))
    return tuple(in_order)


def _segment(
    selection: Selection,
    place: tuple[int, int] | None,
    words: str,
    source: Source,
    cases: Mapping[str, Case],
) -> Segment:
    start, end = place or (None, None)
    comment = " ".join(selection.comment.split())
    return Segment(
        start,
        end,
        f"{start}–{end}" if place else words,
        words if place else quote(selection.name),
        (comment,) if comment else (),
        tuple(coding for coding in selection.codings if coding.code not in cases),
        tuple(dict.fromkeys(_cases(selection, source, cases))),
    )


def _cases(selection: Selection, source: Source, cases: Mapping[str, Case]) -> Iterator[str]:
    """The named cases of a selection: its own before those of the whole source.

    NVivo writes a case as a code whose identifier is the case's.
    """
    yield from (coding.code for coding in selection.codings if coding.code in cases)
    own = [guid for guid, case in cases.items() if selection.guid in case.selections]
    yield from own
    if not own:
        yield from (guid for guid, case in cases.items() if source.guid in case.sources)


def _joined(one: Segment, other: Segment) -> Segment:
    return replace(
        one,
        quote=one.quote or other.quote,
        comments=tuple(dict.fromkeys((*one.comments, *other.comments))),
        codings=tuple(dict.fromkeys((*one.codings, *other.codings))),
        cases=tuple(dict.fromkeys((*one.cases, *other.cases))),
    )
