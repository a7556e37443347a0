"""Names that no participant has: misprints of one that has it, and people of no list.

A scan reads “lsoviita” for “Isoviita”; a name one letter off from one participant's is taken for
it, with a doubt. Any other name stays a name.
"""

from __future__ import annotations

from kg.minutes.cast import Cast
from kg.minutes.sentences import Sentence
from kg.minutes.speakers import Kind, Mention, mention
from kg.minutes.words import first_names

_SHORTEST = 5  # letters of a name that may be off by one
_ACRONYM = 5  # letters of one, at most
_MISREAD = (("rn", "m"), ("vv", "w"), ("l", "i"), ("1", "i"), ("0", "o"), ("5", "s"))


def stranger(sentence: Sentence, at: int, cast: Cast) -> Mention | None:
    """Who is named at the start of a sentence though the list of participants has no such name."""
    first = _past_honorifics(sentence, at, cast)
    if first >= len(sentence.words):
        return None
    found = _misprint(sentence, at, first, cast)
    if found is not None:
        return found
    end = _name(sentence, first, cast, titled=first > at)
    if end is None:
        return None
    written = sentence.part(at, end)
    acronym = end == first + 1 and sentence.words[first].text.isupper()
    doubt = f"“{written}” is nobody in the list of participants"
    body = written if acronym else None
    return Mention(at, end, Kind.STRANGER, body=body, doubt=doubt)


def _past_honorifics(sentence: Sentence, at: int, cast: Cast) -> int:
    honorifics = cast.words.words("speakers.honorifics")
    while at < len(sentence.words) and sentence.words[at].fold in honorifics:
        at += 1
    return at


def _misprint(sentence: Sentence, at: int, first: int, cast: Cast) -> Mention | None:
    word = sentence.words[first]
    if len(word.text) < _SHORTEST or not (word.text[0].isupper() or word.text[0] in "l1"):
        return None
    starts = {word.fold[0], _plain(word.fold[:2])[0]}
    near = [name for name in cast.surnames if name[0] in starts and _near(word.fold, name)]
    places = {place for name in near for place in cast.surnames[name]}
    if len(places) != 1:
        return None
    name = cast.people[places.pop()].name
    doubt = f"“{word.text}” is read as a misprint of {name}"
    return Mention(at, first + 1, Kind.PERSON, name, cast.body_of(name), doubt=doubt)


def _near(word: str, name: str) -> bool:
    """Tell whether a word is a name as scans misread it, or one letter off."""
    if len(name) < _SHORTEST - 1:
        return False
    return _plain(word) == _plain(name) or (len(name) > _SHORTEST and _one_off(word, name))


def _plain(word: str) -> str:
    for sign, reading in _MISREAD:
        word = word.replace(sign, reading)
    return word


def _one_off(word: str, name: str) -> bool:
    """One letter other, missing, too many, or two changed places; the first one stays."""
    if word[0] != name[0] or word == name:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    if start is None:
        return len(word) != len(name)
    a, b = word[start:], name[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _name(sentence: Sentence, first: int, cast: Cast, titled: bool) -> int | None:
    """Where an unknown name ends: two capitalised words, one with a title, or an acronym."""
    words = sentence.words
    if not _capital(words[first].text) or words[first].fold in cast.words.words("clauses.adverbs"):
        return None
    text = words[first].text
    if text.isupper():
        return first + 1 if 1 < len(text) <= _ACRONYM and text.isalpha() else None
    following = first + 1
    if (
        following < len(words)
        and sentence.between(first) == " "
        and _capital(words[following].text)
    ):
        given = words[first].fold in first_names()
        taken = not given and mention(sentence, following, cast) is not None
        return following + 1 if not (taken or words[following].text.isupper()) else None
    if titled:
        return first + 1
    common = words[first].fold in cast.small or words[first].fold in cast.words.words(
        "speakers.things"
    )
    return None if common or not cast.small or len(text) < _ACRONYM - 2 else first + 1


def _capital(text: str) -> bool:
    return text[0].isupper() and text.replace("-", "").isalpha()
