"""The cast of a meeting: its participants under all the names that minutes give them.

Surname, first name, both in either order, nickname, initials, title, and the body that somebody
represents, each also in the genitive (“Virtasen mielestä”, “SM:n edustaja”).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from kg.languages import bodies
from kg.minutes.inflection import genitives
from kg.minutes.lexicon import Lexicon, lexicon
from kg.minutes.model import Participant, Role
from kg.minutes.own_body import own_words
from kg.minutes.sentences import words_of

_NICKNAME = (
    r"{0} (?:[\"“”‘'(](?P<within>[^\W\d_][\w-]{{1,15}})[\"”’')] {1}|{1} \[(?P<behind>\w{{2,20}})\])"
)
_TWO = 2  # names at least
_CAPITALS = re.compile(r"\b[A-ZÅÄÖ]{2,4}\b")
_ITEMS = re.compile(r"[\s(]*(?:§|\d)")  # for which items somebody was there
_SHORTEST_NAME = 4  # of a body's name cut to its first word
_SHORTEST_ACRONYM = 3
_SAME_START = 4  # letters of a body's name in another case
_BENT_END = 2
_Key = tuple[str, ...]
Meant = TypeVar("Meant")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Meant]):
    """What a row of words means; `bent` tells that they stand in the genitive."""

    rest: _Key
    meant: Meant
    bent: bool


Index = Mapping[str, Sequence[Entry[Meant]]]
People = frozenset[int]  # places in the list of participants


@dataclass(frozen=True)
class Cast:
    """Who can speak at a meeting, by the words for them (all in lower case); see `cast`.

    `small` are the words that the memo writes in lower case; `initialled` tells that it calls
    people by their initials; `handles` the nicknames, which may be;
    `starters` what else in lower case can begin a mention; `aliases` learns, as the memo is
    read, what it calls a participant (“Imran Shah the project owner”).
    """

    people: tuple[Participant, ...]
    language: str
    words: Lexicon
    names: Index[People]
    initials: Mapping[str, People]
    titles: Mapping[str, People]
    bent_titles: Mapping[str, People]
    whole_titles: Mapping[_Key, People]
    organisations: Index[str]
    meeting: Mapping[str, Sequence[_Key]]
    offices: Mapping[str, Role]
    bent_offices: Mapping[str, Role]
    bent_delegates: frozenset[str]
    represented: Mapping[str, People]
    surnames: Mapping[str, People]
    small: frozenset[str]
    initialled: bool
    handles: frozenset[str]
    starters: frozenset[str]
    aliases: dict[_Key, str]

    def one(self, role: Role) -> Participant | None:
        """The participant with an office; who is present before who is not."""
        holders = [one for one in self.people if one.role is role]
        here = [one for one in holders if one.present] or holders
        return here[0] if len(here) == 1 else None

    def of_body(self, body: str) -> list[Participant]:
        """The participants from a body, those present if there are any."""
        found = [self.people[place] for place in sorted(self.represented.get(body, ()))]
        return [one for one in found if one.present] or found

    def is_code(self, word: str) -> bool:
        """Tell whether letters are a body's: a participant's, or where authorities meet."""
        found = lookup(self.organisations, [word], 0)
        if found is None:
            return False
        official = any(one.body is not None for one in self.people)
        return (official and not self.initialled) or found[1].meant in self.represented

    def like_body(self, word: str) -> str | None:
        """The participants' body whose name begins like a word in another case."""
        for body in self.represented:
            name = body.casefold()
            same = min(len(word), len(name)) - _BENT_END
            if same >= _SAME_START and word[:same] == name[:same]:
                return body
        return None

    def body_of(self, name: str | None) -> str | None:
        """The body that a participant is from."""
        found = next((one for one in self.people if one.name == name), None) if name else None
        return _body(found, self.language) if found else None


def cast(
    people: Sequence[Participant],
    language: str,
    meeting: str | None = None,
    text: str = "",
    talk: str = "",
) -> Cast:
    """Index the participants of a meeting of a body (`meeting`).

    `text` is that of the memo's head, in which a nickname can stand beside a participant's name;
    `talk` what follows, in which other bodies are named.
    """
    words = lexicon(language)
    handles = frozenset(nickname for one in people for nickname in _nicknames(one, text))
    titles = _titles(people, words)
    bent_titles = {
        form: places
        for title, places in titles.items()
        for form in genitives(title, language)
        if form not in titles
    }
    represented: dict[str, set[int]] = {}
    for place, one in enumerate(people):
        for body in (_body(one, language), one.delegation):
            if body is not None:
                represented.setdefault(body, set()).add(place)
    return Cast(
        people=tuple(people),
        language=language,
        words=words,
        names=_indexed(_names(people, text), language),
        initials=_initials(people),
        titles=titles,
        bent_titles=bent_titles,
        whole_titles=_whole_titles(people),
        organisations=_merged(_known(language), _indexed(_organisations(people, words), language)),
        meeting=own_words(meeting, words, talk),
        offices=_offices(words),
        bent_offices=_bent_offices(language),
        bent_delegates=_bent_delegates(language),
        represented={body: frozenset(places) for body, places in represented.items()},
        surnames=_surnames(people),
        small=frozenset(word.strip(",.;:()") for word in text.split() if word[0].islower()),
        initialled=_is_initialled(people, text, language),
        handles=handles,
        starters=_starters(words)
        | _bent_offices(language).keys()
        | handles
        | titles.keys()
        | bent_titles.keys()
        | _particles(people),
        aliases={},
    )


def lookup(index: Index[Meant], words: Sequence[str], at: int) -> tuple[int, Entry[Meant]] | None:
    """The longest row of words from a place on that an index has, and where it ends."""
    for entry in index.get(words[at], ()):
        end = at + 1 + len(entry.rest)
        if tuple(words[at + 1 : end]) == entry.rest:
            return end, entry
    return None


def _indexed(rows: Iterable[tuple[_Key, Meant]], language: str) -> Index[Meant]:
    """Rows of words by the first one, the longest row first, genitives after nominatives."""
    found: dict[_Key, Entry[Meant]] = {}
    straight = dict(rows)
    for key, meant in straight.items():
        found[key] = Entry(key[1:], meant, bent=False)
    for key, meant in straight.items():
        for form in genitives(key[-1], language):
            bent = (*key[:-1], form)
            found.setdefault(bent, Entry(bent[1:], meant, bent=True))
    index: dict[str, list[Entry[Meant]]] = {}
    for key in sorted(found, key=len, reverse=True):
        index.setdefault(key[0], []).append(found[key])
    return index


def _merged(first: Index[Meant], second: Index[Meant]) -> Index[Meant]:
    """Both indexes; where they differ the second is closer at hand."""
    found = dict(first)
    for word, entries in second.items():
        both = [*entries, *found.get(word, ())]
        found[word] = sorted(both, key=lambda entry: -len(entry.rest))
    return found


def _key(text: str) -> _Key:
    return tuple(word.fold for word in words_of(text))


def _surnames(people: Sequence[Participant]) -> dict[str, People]:
    found: dict[str, set[int]] = {}
    for place, one in enumerate(people):
        for part in _key(one.name)[1:]:
            found.setdefault(part, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def _names(people: Sequence[Participant], text: str) -> Iterator[tuple[_Key, People]]:
    """What each participant is called; a surname before the same word as a first name."""
    surnames: dict[_Key, set[int]] = {}
    others: dict[_Key, set[int]] = {}
    for place, one in enumerate(people):
        parts = _key(one.name)
        if not parts:
            continue
        for surname in {parts[-1:], parts[1:]} if len(parts) > 1 else {parts}:
            surnames.setdefault(surname, set()).add(place)
        first, last = parts[:1], parts[-1:]
        for name in [parts, last + first, first + last, first, *_with_initial(first, last)]:
            others.setdefault(name, set()).add(place)
        for nickname in _nicknames(one, text):
            others.setdefault((nickname,), set()).add(place)
            others.setdefault((nickname, parts[-1]), set()).add(place)
    for key, places in {**others, **surnames}.items():
        yield key, frozenset(places)


def _with_initial(first: _Key, last: _Key) -> list[_Key]:
    """“J. Virtanen”, “Virtanen J.”, “Kaisa V.”."""
    given, family = (first[0][:1],), (last[0][:1],)
    return [given + last, last + given, first + family]


def _nicknames(one: Participant, text: str) -> Iterator[str]:
    """Names in quotation marks within a name, or in square brackets behind it."""
    parts = [re.escape(part) for part in one.name.split()]
    if len(parts) < _TWO or not text:
        return
    for found in re.finditer(_NICKNAME.format(parts[0], parts[-1]), text):
        yield (found["within"] or found["behind"]).casefold()


def _initials(people: Sequence[Participant]) -> dict[str, People]:
    found: dict[str, set[int]] = {}
    for place, one in enumerate(people):
        if one.initials:
            found.setdefault(one.initials.replace(".", "").casefold(), set()).add(place)
        parts = [part for word in _key(one.name) for part in word.split("-") if part]
        whole = [word for word in _key(one.name) if word]
        if len(whole) > 1:
            for letters in {"".join(part[0] for part in parts), whole[0][0] + whole[-1][0]}:
                found.setdefault(letters, set()).add(place)
    return {letters: frozenset(places) for letters, places in found.items()}


def _is_initialled(people: Sequence[Participant], text: str, language: str) -> bool:
    """Tell whether a memo calls several people by initials, so that these are no body's code."""
    used = set(_CAPITALS.findall(text))
    known = _known(language)
    sure = {
        letters for letters in _initials(people) if letters.upper() in used and letters not in known
    }
    return len(sure) > 1 or any(one.initials for one in people)


def _titles(people: Sequence[Participant], words: Lexicon) -> dict[str, People]:
    """The last word of each title, also in the definite form (“utredaren”)."""
    people_ends = words.ends("speakers.people")
    found: dict[str, set[int]] = {}
    for place, one in enumerate(people):
        for title in (one.title, one.written_role):
            parts = _key(_ITEMS.split(title.partition(",")[0])[0]) if title else ()
            if parts and (title is one.title or parts[-1].endswith(people_ends)):
                for ending in ("", *words.tables["speakers"].get("definite", [])):
                    found.setdefault(parts[-1] + ending, set()).add(place)
    return {title: frozenset(places) for title, places in found.items()}


def _whole_titles(people: Sequence[Participant]) -> dict[_Key, People]:
    found: dict[_Key, set[int]] = {}
    for place, one in enumerate(people):
        if one.title:
            found.setdefault(_key(_ITEMS.split(one.title)[0]), set()).add(place)
    return {title: frozenset(places) for title, places in found.items()}


def _organisations(people: Sequence[Participant], words: Lexicon) -> Iterator[tuple[_Key, str]]:
    """The participants' organisations as written, and what is short for them."""
    short: dict[_Key, set[str]] = {}
    for one in people:
        if one.delegation:
            yield _key(one.delegation), one.delegation
        if not one.organisation:
            continue
        body = _body(one, words.language) or one.organisation
        key = _key(one.organisation)
        if key:
            yield key, body
        for other in _shorter(one.organisation, words):
            short.setdefault(other, set()).add(body)
    for key, meant in short.items():
        if len(meant) == 1:
            yield key, next(iter(meant))


def _shorter(organisation: str, words: Lexicon) -> Iterator[_Key]:
    """“Kuura” for “Kuura-kirjastot”, “Quillon” for “Quillon Systems”, “OPR”, “Treasury”."""
    parts = words_of(organisation)
    if not parts:
        return
    first, hyphen, _ = parts[0].fold.partition("-")
    if hyphen and len(first) >= _SHORTEST_NAME:
        yield (first,)
    common = words.words("speakers.common")
    if len(parts) > 1 and len(parts[0].text) >= _SHORTEST_NAME and parts[0].fold not in common:
        yield (parts[0].fold,)
    if len(parts) > 1 and parts[0].text.isupper():
        yield tuple(part.fold for part in parts[1:])
    capitals = "".join(part.text[0] for part in parts if part.text[0].isupper())
    if len(capitals) >= _SHORTEST_ACRONYM:
        yield (capitals.casefold(),)


@cache
def _known(language: str) -> Index[str]:
    """The bodies of all countries' files."""
    return _indexed(
        ((_key(name), body.key) for body in bodies() for name in (body.key, *body.names)), language
    )


def _body(one: Participant, language: str) -> str | None:
    """The key of a participant's body, else the organisation as written."""
    if one.body is not None or one.organisation is None:
        return one.body
    key = _key(one.organisation)
    found = lookup(_known(language), key, 0) if key else None
    return found[1].meant if found and found[0] == len(key) else one.organisation


def _particles(people: Sequence[Participant]) -> frozenset[str]:
    """Words in lower case within names: “von”, “af”."""
    return frozenset(word for one in people for word in one.name.split() if word.islower())


def _starters(words: Lexicon) -> frozenset[str]:
    """The words in lower case with which a mention can begin."""
    keys = ("articles", "unnamed", "unnamed_groups", "chair", "vice_chair", "secretary")
    more = ("honorifics", "representatives")
    phrases = [phrase for key in (*keys, *more) for phrase in words.words(f"speakers.{key}")]
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def _offices(words: Lexicon) -> dict[str, Role]:
    """The words for the chair, the vice-chair and the secretary."""
    return {word: role for key, role in _OFFICES.items() for word in words.words(f"speakers.{key}")}


@cache
def _bent_delegates(language: str) -> frozenset[str]:
    """The words for those who are there for a body, in the genitive."""
    words = lexicon(language).words("speakers.representatives")
    return frozenset(form for word in words for form in genitives(word, language))


@cache
def _bent_offices(language: str) -> Mapping[str, Role]:
    """The words for the chair and the others in the genitive."""
    straight = _offices(lexicon(language))
    return {
        form: role
        for word, role in straight.items()
        for form in genitives(word, language)
        if " " not in word and form not in straight
    }


_OFFICES = {
    "chair": Role.CHAIR,
    "secretary": Role.SECRETARY,
    "vice_chair": Role.VICE_CHAIR,
}
