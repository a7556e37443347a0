"""Labels before a text or over one: “Päätös:”, “Action:”, “Ansvarig:”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.minutes.lexicon import lexicon

_LABEL = re.compile(
    r"(?:[-–—•*·→>|]+[ \t]*|\[[ xX]?\][ \t]*|\(?\d{1,2}[.)][ \t]+)?[*_\[]*"
    r"(?P<label>[^\W\d_][^:\t.!?]{0,48}?)(?P<number>[ -]?#?\d[\w./-]{0,8})?[ \t]*"
    r"(?:\([^()]{0,40}\))?[*_]*(?P<colon>:|\t|[ ][–—-][ ]|$)[*_]*[ \t]*"
)


class Label(StrEnum):
    """What a label announces."""

    DECISION = "decision"
    ACTION = "action"
    RESPONSIBLE = "responsible"
    DUE = "due"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, and where the text behind it begins: at the end, where the label stands alone."""

    label: Label
    end: int


_SUBJECTS = (
    (Label.DECISION, "decisions.labels"),
    (Label.ACTION, "actions.labels"),
    (Label.RESPONSIBLE, "actions.responsible"),
    (Label.DUE, "actions.due"),
)


@cache
def known_labels(language: str) -> Mapping[str, Label]:
    """The labels of a language."""
    words = lexicon(language)
    found: dict[str, Label] = {}
    for label, key in _SUBJECTS:
        for word in words.words(key):
            found.setdefault(word, label)
    return found


def read_label(text: str, language: str) -> Labelled | None:
    """The label that a text begins with, if it is one that announces something."""
    match = _LABEL.match(text)
    if match is None:
        return None
    label = known_labels(language).get(" ".join(match["label"].casefold().split()))
    if label is None or (label in {Label.RESPONSIBLE, Label.DUE} and match["colon"] != ":"):
        return None
    return Labelled(label, match.end())


def is_heading(block: Block) -> bool:
    """Tell whether a block is a heading, by its format or because only a colon ends it."""
    return block.kind is Kind.HEADING or (
        block.kind is Kind.TEXT and len(block.text) < _LONGEST_HEADING and block.text.endswith(":")
    )


_LONGEST_HEADING = 60
