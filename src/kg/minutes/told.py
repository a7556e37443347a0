"""People that no list gives but sentences: “Also present were …”, “Apologies came from …”."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.attendance import Listed
from kg.minutes.bodies import body_named
from kg.minutes.lists import split_people
from kg.minutes.persons import Person, is_body, read_person
from kg.minutes.words import Group, elected, from_ends, one_of, told
from kg.traced import Traced, joined, put

_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=\)))[.!?]\s+(?=[^\W\d_a-zåäö])")
_LATEST = 12  # blocks from the start in which such a sentence stands
_MOST_WORDS = 6  # that stand unexplained beside a name


def told_people(blocks: Sequence[Block], stops: Set[int]) -> list[Listed]:
    """The people whom sentences of a memo's first blocks name as present, absent or in office.

    `stops` are the indexes of headings, which are no sentences.
    """
    found: list[Listed] = []
    for index, block in enumerate(blocks[:_LATEST]):
        if index not in stops:
            for sentence in _sentences(block.traced):
                found += _people(sentence, index)
    return found


def _sentences(text: Traced) -> list[Traced]:
    cuts = [match.end() for match in _SENTENCE.finditer(text.text)]
    return [
        text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
    ]


def _people(sentence: Traced, index: int) -> list[Listed]:
    match = _pattern().search(sentence.text)
    if match is None:
        return []
    words = " ".join(match[0].casefold().split())
    group = told().get(words) or Group(elected()[words], True)
    before, behind = sentence[: match.start()].strip(), sentence[match.end() :].strip()
    for text in (behind, before):
        people = _named(text)
        if people:
            return [Listed(person, group, None, index) for person in people]
    return []


def _named(text: Traced) -> list[Person]:
    """The people of a stretch of words, if it is about nothing else."""
    entries = [_parted(entry) for entry in split_people(text)]
    found = [person for entry in entries if (person := read_person(entry)) is not None]
    for person in found:
        from_bodies = [title for title in person.titles if is_body(_nominative(title))]
        person.titles = [title for title in person.titles if title not in from_bodies]
        named = [*person.organisations, *from_bodies]
        person.organisations = [_nominative(name) for name in named]
    clear = all(person.unexplained <= _MOST_WORDS for person in found)
    return found if found and len(found) == len(entries) and clear else []


def _parted(entry: Traced) -> Traced:
    """“Ann Lee of the Treasury” with a comma before the body."""
    match = _from().search(entry.text)
    if match is None or "," in entry.text[: match.start()]:
        return entry
    comma = put(", ", entry.span()[0])
    return joined([entry[: match.start()], comma, entry[match.end() :]])


def _nominative(name: str) -> str:
    """A body's name by itself: “oikeusministeriö” of “oikeusministeriöstä”."""
    if body_named(name) is not None:
        return name
    return next(
        (name.removesuffix(end) + own for end, own in from_ends() if name.endswith(end)), name
    )


@cache
def _from() -> re.Pattern[str]:
    """Words that say what body somebody is from, between a name and a capital."""
    return re.compile(r"(?<=[^\W\d_]) (?:of|from|från|vid|på) (?:the )?(?=[A-ZÅÄÖ])")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of([*told(), *elected()])})\b:?", re.IGNORECASE)
