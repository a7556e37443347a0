"""What the panel says of a thing: its values as facts, under the names that the interface has."""

from __future__ import annotations

from collections.abc import Iterable

from kg.statements import LANGUAGES, Label
from kg.things import Thing
from kg.views.texts import phrase
from kg.views.view import Fact


def facts(thing: Thing, *keys: str) -> tuple[Fact, ...]:
    """The values under `keys`, in that order; one that the thing does not have is left out.

    >>> facts(Thing("a", "body", Label.same("A"), Label.same("A"), {"note": (Label.same("x"),)}),
    ...     "number", "note")
    (('fact.note', Label(en='x', fi='x', sv='x')),)
    """
    return tuple((f"fact.{key}", text) for key in keys for text in thing.values.get(key, ()))


def source_fact(thing: Thing) -> tuple[Fact, ...]:
    """Where the thing stands in its document, in characters, if that is known."""
    start, end = thing.plain("passage.start"), thing.plain("passage.end")
    return (("fact.source", phrase("side.place", s=start, e=end)),) if start and end else ()


def joined(labels: Iterable[Label], separator: str = ", ") -> Label:
    """Labels as one, in each language; blank ones are left out.

    >>> joined([Label.same("a"), Label("b", "", "c")]).fi
    'a'
    """
    many = list(labels)
    found = ([label.get(language) for label in many] for language in LANGUAGES)
    return Label(*(separator.join(text for text in texts if text) for texts in found))
