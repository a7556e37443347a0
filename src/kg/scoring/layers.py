"""The layers of a reading, each compared with a gold: what is right, missed, and not there.

An element is right when its key is equal (item, speaker, role …) and, where it has a text, at
least half of the words of the two texts together are shared. Elements are matched one to one,
nearest texts first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.languages import bodies, languages
from kg.minutes.lexicon import lexicon
from kg.scoring.gold import Minutes

HEADER = (
    *("language", "body", "meeting_number", "date", "start", "end"),
    *("scheduled_start", "scheduled_end", "place", "next_meeting"),
)
_OVERLAP = 0.5
_WORD = re.compile(r"\w+")

Key = tuple[object, ...]


@dataclass(frozen=True)
class Element:
    """One thing of a layer: what must be equal, the words that must overlap, how it is shown."""

    key: Key
    words: Counter[str] | None
    shown: str


@dataclass(frozen=True)
class Outcome:
    """A layer compared: the number that is right, and the rest in words."""

    right: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.right + other.right, self.missed + other.missed, self.extra + other.extra
        )

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        found = self.right + len(self.extra)
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of the gold that was found; None where the gold has nothing."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is nothing in either."""
        total = 2 * self.right + len(self.missed) + len(self.extra)
        return 2 * self.right / total if total else None


def compare(found: Sequence[Element], wanted: Sequence[Element]) -> Outcome:
    """Match elements one to one, those with the most shared words first."""
    pairs = [
        (overlap, i, j)
        for i, gold in enumerate(wanted)
        for j, one in enumerate(found)
        if one.key == gold.key and (overlap := _overlap(one, gold)) >= _OVERLAP
    ]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
    return Outcome(
        len(taken_gold),
        tuple(one.shown for i, one in enumerate(wanted) if i not in taken_gold),
        tuple(one.shown for j, one in enumerate(found) if j not in taken_found),
    )


def _overlap(one: Element, other: Element) -> float:
    """Shared words by all words (Jaccard of the bags); 1 where neither has a text."""
    if one.words is None or other.words is None:
        return 1.0
    total = (one.words | other.words).total()
    return (one.words & other.words).total() / total if total else 1.0


def words(text: str) -> Counter[str]:
    """The words of a text, case folded, as a bag."""
    return Counter(_WORD.findall(text.casefold()))


def plain(text: str | None) -> str:
    """A text as it is compared: case folded, only its words."""
    return " ".join(_WORD.findall((text or "").casefold()))


def body_key(name: str | None) -> str:
    """A body as it is compared: known ones by their key, so that SM is *sisäministeriö*."""
    return _BODIES.get(plain(name), plain(name))


_BODIES: Mapping[str, str] = {
    plain(name): body.key.casefold() for body in bodies() for name in (body.key, *body.names)
}


def _header(minutes: Minutes) -> list[Element]:
    values = ((name, getattr(minutes, name)) for name in HEADER)
    return [
        Element((name, plain(value)), None, f"{name}: {value}")
        for name, value in values
        if value is not None
    ]


def _participants(minutes: Minutes) -> list[Element]:
    return [
        Element(
            (plain(one.name), one.role, body_key(one.organisation), one.present),
            None,
            f"{one.name}, {one.organisation or '–'}, {one.role}"
            + ("" if one.present else ", absent"),
        )
        for one in minutes.participants or ()
    ]


def _titles(minutes: Minutes) -> list[Element]:
    return [
        Element((plain(one.name), plain(one.title)), None, f"{one.name}: {one.title}")
        for one in minutes.participants or ()
        if one.title
    ]


def _items(minutes: Minutes) -> list[Element]:
    return [
        Element((plain(one.number), plain(one.title)), None, f"{one.number or '–'} {one.title}")
        for one in minutes.agenda_items or ()
    ]


def _speeches(minutes: Minutes) -> list[Element]:
    return [
        Element(
            (plain(one.item), plain(one.speaker_name or one.speaker)),
            words(one.text),
            f"{one.item or '–'} {one.speaker_name or one.speaker}: {_brief(one.text)}",
        )
        for one in minutes.speeches or ()
    ]


def _decisions(minutes: Minutes) -> list[Element]:
    return [
        Element((plain(one.item),), words(one.text), f"{one.item or '–'} {_brief(one.text)}")
        for one in minutes.decisions or ()
    ]


def _actions(minutes: Minutes) -> list[Element]:
    return [
        Element(
            (_doer(one.responsible, minutes.language), one.due),
            words(one.text),
            f"{one.responsible or '–'} by {one.due or '–'}: {_brief(one.text)}",
        )
        for one in minutes.actions or ()
    ]


def _positions(minutes: Minutes) -> list[Element]:
    return [
        Element(
            (body_key(one.holder), one.stance),
            words(one.evidence.quote),
            f"{one.holder or 'unnamed'} {one.stance}: {_brief(one.evidence.quote)}",
        )
        for one in minutes.positions or ()
    ]


def _doer(name: str | None, language: str | None) -> str:
    """Who is to act, as compared: without articles and forms of address, “Mr Moss” is “Moss”."""
    if language not in languages():
        return body_key(name)
    drop = lexicon(language).words("speakers.articles") | lexicon(language).words(
        "speakers.honorifics"
    )
    return body_key(" ".join(word for word in plain(name).split() if word not in drop))


def _brief(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# The layers in the order of a memo, and the field of `Minutes` without which one is not scored.
LAYERS: Mapping[str, tuple[str, Callable[[Minutes], list[Element]]]] = {
    "header": ("language", _header),
    "participants": ("participants", _participants),
    "titles": ("participants", _titles),
    "items": ("agenda_items", _items),
    "speeches": ("speeches", _speeches),
    "decisions": ("decisions", _decisions),
    "actions": ("actions", _actions),
    "positions": ("positions", _positions),
}


def score(found: Mapping[str, Any], gold: Minutes) -> dict[str, Outcome]:
    """Compare a reading (the data that `kg draft --format json` prints) with a gold, by layer."""
    reading = Minutes.model_validate(found)
    return {
        name: compare(elements(reading), elements(gold))
        for name, (field, elements) in LAYERS.items()
        if getattr(gold, field) is not None
    }
