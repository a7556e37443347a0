"""People that no list gives but sentences: “Also present were …”, “Apologies came from …”."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.attendance import Listed
from kg.minutes.bodies import body_named
from kg.minutes.body_words import is_body
from kg.minutes.lists import split_people
from kg.minutes.persons import Person, read_person
from kg.minutes.words import Group, elected, from_ends, one_of, told
from kg.traced import Traced, joined, linked, put

_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=\)))[.!?]\s+(?=[^\W\d_a-zåäö])")
_LATEST = 12  # blocks from the start in which such a sentence stands
_FULL_LINE = 60  # letters of a line that may go on in the next
_MOST_WORDS = 6  # that stand unexplained beside a name


def told_people(blocks: Sequence[Block], stops: Set[int], latest: int = _LATEST) -> list[Listed]:
    """The people whom sentences of a memo's first blocks name as present, absent or in office.

    `stops` are the indexes of headings, which are no sentences; `latest` is how many blocks are
    looked at.
    """
    found: list[Listed] = []
    for index in range(min(latest, len(blocks))):
        if index not in stops:
            found += told_in(_paragraph(blocks, index, stops), index)
    return found


def _paragraph(blocks: Sequence[Block], index: int, stops: Set[int]) -> Traced:
    """A line that tells of people, with those below in which its sentence goes on."""
    text = blocks[index].traced
    if _pattern().search(text.text) is None:
        return text
    for at in range(index + 1, len(blocks)):
        full = len(blocks[at - 1].text) > _FULL_LINE
        if at in stops or blocks[at].gap or text.text.endswith(".") or not full:
            break
        text = linked([text, blocks[at].traced])
    return text


def _sentences(text: Traced) -> list[Traced]:
    cuts = [match.end() for match in _SENTENCE.finditer(text.text)]
    return [
        text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
    ]


def told_in(text: Traced, index: int) -> list[Listed]:
    """The people of all the sentences of a paragraph."""
    return [one for sentence in _sentences(text) for one in _people(sentence, index)]


def _people(sentence: Traced, index: int) -> list[Listed]:
    match = _pattern().search(sentence.text)
    if match is None:
        return []
    words = " ".join(match[0].casefold().rstrip(":").split())
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
    _share_origins(found)
    clear = all(person.unexplained <= _MOST_WORDS for person in found)
    return found if found and len(found) == len(entries) and clear else []


def _share_origins(found: Sequence[Person]) -> None:
    """“From the Treasury A and B”: a body before a name is also that of the bare names behind."""
    origin: list[str] = []
    for person in found:
        first = person.entry.text.startswith(person.names[0])
        if person.organisations:
            origin = [] if first else person.organisations[:1]
        elif first and not person.titles:
            person.organisations += origin


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
    forms = [name.removesuffix(end) + own for end, own in from_ends() if name.endswith(end)]
    known = (form for form in forms if body_named(form) is not None)
    return next(known, forms[0] if forms else name)


@cache
def _from() -> re.Pattern[str]:
    """Words that say what body somebody is from, between a name and a capital."""
    return re.compile(r"(?<=[^\W\d_]) (?:of|from|från|vid|på) (?:the )?(?=[A-ZÅÄÖ])")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of([*told(), *elected()])})\b:?", re.IGNORECASE)
