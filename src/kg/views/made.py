"""How a network was made, in the reader's language where the words are those of a recipe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.statements import LANGUAGES, Label
from kg.views.texts import interface, phrase

# The word lists of values, by key; what stands in none is shown as it is.
_VALUES = {"rows": "variable", "columns": "variable", "by": "variable"}
_KINDS = ("body", "person", "group", "unnamed", "proposition", "issue")
_TOLD = ("statements",)
"""What the page says elsewhere."""


def made_note(made: Mapping[str, str]) -> Label | None:
    """A line on how a network was made; None where that is not known.

    >>> made_note({"rows": "body", "duplicates": "document", "coder": "A. N."}).en
    'How the network was made: rows: bodies; duplicates: once in a document; coder: A. N.'
    """
    told = ((key, value) for key, value in made.items() if value and key not in _TOLD)
    parts = [Label(*_pair(key, value)) for key, value in told]
    if not parts:
        return None
    joined = Label(*("; ".join(part.get(language) for part in parts) for language in LANGUAGES))
    return phrase("network.made", a=joined)


def _pair(key: str, value: str) -> Iterator[str]:
    name = interface().get(f"made.{_token(key)}", Label.same(key))
    words = f"made_as.{_VALUES.get(key, _token(key))}.{_token(value)}"
    said = interface().get(words, Label.same(value))
    return (f"{name.get(language)}: {said.get(language)}" for language in LANGUAGES)


def _token(text: str) -> str:
    """A word of a recipe as a key of the interface.

    >>> _token("as DNA 3.1.2")
    'as_DNA_3_1_2'
    """
    return re.sub(r"[^0-9A-Za-z]", "_", text)


def variable_label(word: str) -> Label:
    """What a variable is called that nodes are of; one that is not ours as it is."""
    return interface()[f"thing.{word}"] if word in _KINDS else Label.same(word)
