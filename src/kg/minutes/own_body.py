"""The words by which a memo calls the body that meets: “the Board”, “Ohjausryhmä”."""

from __future__ import annotations

import re
from collections.abc import Set

from kg.minutes.lexicon import Lexicon
from kg.minutes.sentences import words_of

_Key = tuple[str, ...]


def _is_others(word: str, meeting: str, talk: str, articles: Set[str]) -> bool:
    """Tell whether “Forum” is another body's word: of the “Registers Forum”, not the “Board”."""
    if word in meeting.casefold():
        return False
    before = re.findall(rf"([A-ZÅÄÖ][^\W\d_]+) {word.capitalize()}\b", talk)
    return any(one.casefold() not in articles for one in before)


def own_words(meeting: str | None, words: Lexicon, talk: str) -> dict[str, list[_Key]]:
    """The words for the meeting's own body, by the first of them."""
    own: set[_Key] = {
        tuple(word.split())
        for word in words.words("speakers.meeting")
        if not (meeting and _is_others(word, meeting, talk, words.words("speakers.articles")))
    }
    if meeting:
        key = tuple(word.fold for word in words_of(meeting))
        own.add(key)
        # “Working Party” for “Working Party on Frontier Workers”.
        of = words.words("clauses.from") | words.words("speakers.of")
        cut = next((place for place, word in enumerate(key) if word in of), 0)
        own |= {key[:cut]} if cut > 1 else set()
    found: dict[str, list[_Key]] = {}
    for key in own:
        if key:
            found.setdefault(key[0], []).append(key)
    return found
