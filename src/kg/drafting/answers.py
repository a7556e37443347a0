"""What a server answered, checked: nothing is taken that does not stand in the memo.

A quote must stand in the text, a stance must be a code, a holder must be somebody at the table or
a name that the text has. Whatever fails becomes a remark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.drafting.directory import Directory
from kg.drafting.lexicon import Lexicon
from kg.drafting.matching import Matcher
from kg.drafting.model import POLES, Confidence, Draft, Holder, HolderType
from kg.drafting.question import Stretch
from kg.drafting.speakers import Speakers, basis_of
from kg.drafting.subjects import UNNAMED
from kg.drafting.words import sentences, spelled, words_of
from kg.minutes.model import Remark
from kg.traced import Traced

_MOST_TRIES = 200  # braces of an answer at which JSON is looked for
_SHOWN = 60  # characters of an answer that a remark repeats
_PHRASE_WORDS = 8


@dataclass(frozen=True)
class Checker:
    """What an answer is held to."""

    language: str
    lexicon: Lexicon
    directory: Directory
    speakers: Speakers
    matcher: Matcher

    def drafts(self, content: str, stretch: Stretch) -> Iterator[Draft | Remark]:
        """The drafts of an answer, and a remark for each that cannot be taken."""
        answer = find_json(content)
        positions = answer.get("positions") if answer else None
        if not isinstance(positions, list):
            yield Remark(stretch.passage.span(), "the server's answer has no JSON with positions")
            return
        for given in positions:
            yield self._draft(given, stretch)

    def _draft(self, given: object, stretch: Stretch) -> Draft | Remark:
        if not isinstance(given, dict):
            return _refused(stretch, "a position is no object", given)
        quote, stance = _words(given, "quote"), _words(given, "stance")
        passage = self._sentence(quote, stretch.passage)
        if passage is None:
            return _refused(stretch, "a quote does not stand in the text", quote)
        if stance not in POLES:
            return _refused(stretch, "a stance is no code", stance)
        holder = self._holder(given, stretch)
        if holder is None:
            return _refused(stretch, "a holder is not named in the text", _words(given, "holder"))
        speaking = self.speakers.of(stretch.entry)
        match = self.matcher.match(passage.text)
        known = match.proposition if match else None
        return Draft(
            item=stretch.entry.item,
            holder=holder,
            asserted_by=speaking.person.name if speaking.person else None,
            basis=basis_of(holder, stretch.entry, speaking),
            stance=stance,
            proposition=_words(given, "proposition") or passage.text,
            passage=passage,
            phrase=spelled(words_of(passage.text)[:_PHRASE_WORDS]).strip(" ,.;:"),
            confidence=Confidence.MEDIUM,
            entry=stretch.index,
            condition=_words(given, "condition") or None,
            proposition_id=known.id if known else None,
            issue_id=known.issue if known else None,
        )

    def _sentence(self, quote: str, passage: Traced) -> Traced | None:
        """The sentence in which a quote stands, white space folded; None if it stands in none."""
        wanted = _folded(quote)
        if not wanted:
            return None
        every = list(sentences(passage, self.language))
        for one in every:
            if wanted in _folded(one.text):
                return one
        if wanted not in _folded(passage.text):
            return None
        # It runs over several sentences: the first of them.
        return next((one for one in every if wanted.startswith(_folded(one.text))), None)

    def _holder(self, given: dict[str, Any], stretch: Stretch) -> Holder | None:
        name, kind = _words(given, "holder"), _words(given, "holder_type")
        if kind == HolderType.UNNAMED or name.casefold() == UNNAMED.name:
            return UNNAMED
        speaking = self.speakers.of(stretch.entry)
        here = [holder for holder in (speaking.person, speaking.body) if holder]
        for holder in here:
            if holder.name.casefold() == name.casefold():
                return holder
        at_table = {*here, *self.directory.people.values(), *self.directory.bodies.values()}
        named = self.directory.mentions(words_of(name, self.lexicon.clitics))
        if named and named[0].holder in at_table:
            return named[0].holder
        if not name or _folded(name) not in _folded(stretch.passage.text):
            return None
        if named:
            return named[0].holder
        return Holder(name, HolderType(kind)) if kind in {"body", "group"} else None


def find_json(content: str) -> dict[str, Any] | None:
    """The first JSON object with positions in an answer, whatever prose stands around it.

    >>> find_json('Sure! ```json {"positions": []} ``` Anything else?')
    {'positions': []}
    """
    decoder = json.JSONDecoder()
    at = content.find("{")
    for _ in range(_MOST_TRIES):
        if at < 0:
            return None
        try:
            found, _end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and "positions" in found:
            return found
        at = content.find("{", at + 1)
    return None


def _words(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    return value.strip() if isinstance(value, str) else ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _refused(stretch: Stretch, why: str, what: object) -> Remark:
    shown = " ".join(str(what).split())
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return Remark(stretch.passage.span(), f"left out of the server's answer: {why} (“{shown}”)")
