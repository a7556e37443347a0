"""Evidence against its source: finding the place of a quote, and checking places that are stated.

Three ways to write a place, two of which `kg validate --fix --sources DIR` turns into the third:

- ``quote: some words`` without `at`: the place is the sentence that holds them;
- ``at: {find: some words}`` or ``at: {find: first words … last words}``: the range found;
- ``at: {id: …#char=10,90, type: Passage, of: …, paragraph: 2, start: 10, end: 90}``: the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml.comments import CommentedMap

from kg.coding.references import nodes
from kg.coding.validation import name_place
from kg.coding.yamlfile import YamlFile, is_sequence
from kg.findings import Finding
from kg.names import passage_id
from kg.source import Source, Sources

_ELLIPSIS = "…"
# Keys that repeat words of the document, which must stand in the node's place.
QUOTING_KEYS = ("quote", "asWritten")


@dataclass(frozen=True)
class Place:
    """A node of the file that has, or should have, a place in the source.

    `scope` is the range to look in, `heading` the paragraph that its paragraphs are counted from
    (None under an item whose own place is wrong: one finding says so).
    """

    node: CommentedMap
    location: tuple[str | int, ...]
    scope: tuple[int, int]
    heading: int | None

    @property
    def at(self) -> CommentedMap | None:
        """The place that the node states, whole or in part."""
        at = self.node.get("at")
        return at if isinstance(at, CommentedMap) else None

    @property
    def find(self) -> str | None:
        """The words that the writer gives instead of a range."""
        words = self.at.get("find") if self.at is not None else None
        return words if isinstance(words, str) else None

    @property
    def range(self) -> tuple[int, int] | None:
        """The range that the node states, if there can be such a range."""
        at = self.at if self.at is not None else {}
        start, end = at.get("start"), at.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            return start, end
        return None


@dataclass(frozen=True)
class Stated:
    """What a coding says of the document that it was made from: the hash, if any, and the name."""

    sha256: str | None
    file_name: str

    def documents(self, sources: Sources | None) -> list[tuple[str, str]] | None:
        """The name and hash of each document that `source_of` looks at; None without sources."""
        if sources is None:
            return None
        found = sources.hashes(self.file_name)
        if self.sha256 is not None and self.sha256 in sources:
            found = [self.sha256]
        return [(sources.file_name(one), one) for one in found]


def stated(file: YamlFile) -> Stated:
    """What a coding says of its document, before a hash is added to it."""
    document = file.tree.get("document")
    said = document if isinstance(document, CommentedMap) else {}
    digest = said.get("sha256")
    return Stated(digest if isinstance(digest, str) else None, str(said.get("fileName")))


def source_of(file: YamlFile, sources: Sources | None) -> Source | Finding | None:
    """The document that a coding was made from, by its hash or, before there is one, its name.

    None when no sources were given; a finding when they do not hold the document, hold a changed
    version, or several files of the name.
    """
    document = file.tree.get("document")
    if not isinstance(document, CommentedMap) or sources is None:
        return None
    stated = document.get("sha256")
    if isinstance(stated, str) and stated in sources:
        return sources[stated]
    named = sources.named(str(document.get("fileName")))
    if not named:
        wanted = document.get("fileName") or "file that was coded"
        return file.finding(
            ("document", "fileName"),
            f"the sources do not hold the {wanted}: put it there, correct `fileName`, or leave "
            "--sources out",
        )
    if stated is not None:
        return file.finding(
            ("document", "sha256"),
            f"{named[0].path} is not the file that was coded (its SHA-256 is {named[0].sha256}): "
            "give the original file; or delete `sha256`, `characters` and the places that moved, "
            "and run --fix",
        )
    if len(named) > 1:
        paths = " and ".join(str(one.path) for one in named)
        return file.finding(
            ("document", "fileName"), f"{paths} have this name: rename all but the one meant"
        )
    return named[0]


def locate(file: YamlFile, source: Source) -> list[Finding]:
    """Write places into the tree, in place, for quotes and `find` texts; say what was not found."""
    document = file.tree["document"]
    for key, value in (("sha256", source.sha256), ("characters", len(source.text))):
        if document.get(key) is None:
            document[key] = value
    findings = []
    for place in _places(file.tree, (), (0, len(source.text)), 0, source):
        if problem := _locate(place, str(document.get("id")), source):
            findings.append(_finding(file, place, "quote" if place.at is None else "at", problem))
    return findings


def _locate(place: Place, document: str, source: Source) -> str | None:
    """Write one place; a sentence that says why it cannot be, or None."""
    quote = place.node.get("quote")
    if place.find is not None:
        found = _find(place.find, source, place.scope)
    elif place.node.get("at") is None and isinstance(quote, str):
        found = _find(quote, source, place.scope)
        found = found if isinstance(found, str) else source.sentence(*found)
    else:
        return None
    if isinstance(found, str):
        return found
    if place.heading is None:
        return None
    passage = CommentedMap(
        {
            "id": passage_id(document, *found),
            "type": "Passage",
            "of": document,
            "paragraph": _paragraph(found[0], place.heading, source),
            "start": found[0],
            "end": found[1],
        }
    )
    if "at" in place.node:
        place.node["at"] = passage
    else:
        place.node.insert(list(place.node).index("quote") + 1, "at", passage)
    return None


def waiting(file: YamlFile) -> list[Finding]:
    """A finding for each `find` that cannot be looked for, as the document is not there."""
    places = [Place(one.node, one.location, (0, 0), 0) for one in nodes(file)]
    problem = "the place waits for the document: name its folder with `--sources`"
    return [_finding(file, place, "at", problem) for place in places if place.find is not None]


def check(file: YamlFile, source: Source) -> list[Finding]:
    """Compare every stated place and quote with the source."""
    findings = []
    document = file.tree["document"]
    characters = document.get("characters")
    if characters != len(source.text):
        message = f"the document has {len(source.text)} characters, not {characters}: correct it"
        findings.append(file.finding(("document", "characters"), message))
    for place in _places(file.tree, (), (0, len(source.text)), 0, source):
        if place.at is not None and place.at.get("of") == document.get("id"):
            findings += [_finding(file, place, "at", each) for each in _problems(place, source)]
    return findings


def _problems(place: Place, source: Source) -> Iterator[str]:
    if place.at is None or place.range is None:
        return
    start, end = place.range
    here = f"the range {start}–{end}"
    if end > len(source.text):
        yield f"{here} is outside the document ({len(source.text)} characters): correct it"
        return
    if source.text[start].isspace() or source.text[end - 1].isspace():
        yield f"{here} begins or ends with white space: begin at the first letter"
        return
    for key in QUOTING_KEYS:
        words = place.node.get(key)
        if isinstance(words, str) and not source.reading.find(words, start, end):
            yield (
                f"“{words}” ({key}) does not stand in {here} of {source.path}: correct "
                "the words, or delete the place and let --fix find it anew"
            )
    if place.heading is None:
        return
    expected = _paragraph(start, place.heading, source)
    if expected < 0:
        yield f"{here} stands before the heading of its item: correct it, or move this"
    elif place.at.get("paragraph", expected) != expected:
        yield f"{here} is in paragraph {expected}, not {place.at['paragraph']}: correct it"


def _places(
    node: Any,
    location: tuple[str | int, ...],
    scope: tuple[int, int],
    heading: int | None,
    source: Source,
) -> Iterator[Place]:
    """The places of a tree, outer before inner, so that an inner one is looked for in the outer."""
    if isinstance(node, CommentedMap):
        place = Place(node, location, scope, heading)
        if location[-2:-1] == ("items",):
            place = replace(place, heading=_heading(place, source))
        if "at" in node or "quote" in node:
            yield place
        # What an entry says stands within the entry; an item's own place is its heading only.
        inner = place.range if "sequence" in node else None
        for key, value in node.items():
            if key != "at":
                yield from _places(value, (*location, key), inner or scope, place.heading, source)
    elif is_sequence(node):
        for index, value in enumerate(node):
            yield from _places(value, (*location, index), scope, heading, source)


def _heading(item: Place, source: Source) -> int | None:
    """The paragraph of an item's heading: paragraphs of the item are counted from there."""
    if item.at is None:
        return item.heading
    place = item.range
    if place is None and item.find is not None:
        found = _find(item.find, source, item.scope)
        place = None if isinstance(found, str) else found
    return None if place is None else source.paragraph_at(place[0])


def _find(wanted: str, source: Source, scope: tuple[int, int]) -> tuple[int, int] | str:
    """The one range that reads as `wanted`, or a sentence that says why there is none."""
    first, ellipsis, last = (part.strip() for part in wanted.partition(_ELLIPSIS))
    if not first or (ellipsis and not last):
        return "words are missing: write a phrase, or its first words … its last words"
    starts = source.reading.find(first, *scope)
    if not starts:
        elsewhere = source.reading.find(first)
        hint = "elsewhere in the document, but not where this belongs" if elsewhere else "nowhere"
        return f"the words “{first}” stand {hint} ({source.path}): copy them from the document"
    if len(starts) > 1:
        return f"the words “{first}” stand in {len(starts)} places here: take a longer phrase"
    if not ellipsis:
        return starts[0]
    ends = source.reading.find(last, starts[0][1], scope[1])
    if not ends:
        return f"the words “{last}” do not follow “{first}” here: copy them from the document"
    return starts[0][0], ends[0][1]


def _paragraph(offset: int, heading: int, source: Source) -> int:
    """The paragraph of an offset that stands on a letter, counted from the heading's."""
    return (source.paragraph_at(offset) or 0) - heading


def _finding(file: YamlFile, place: Place, key: str, message: str) -> Finding:
    where = name_place(file.tree, place.location)
    return file.finding((*place.location, key), f"{where}, {key}: {message}")
