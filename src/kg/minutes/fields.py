"""The fields at the head of a memo: “Aika: …”, “Place<tab>…”, a label and its value below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.documents.blocks import Block
from kg.minutes.captions import label_of
from kg.minutes.words import folded, labels, one_of
from kg.traced import Traced

_LONGEST = 90
HEAD_PARTS = frozenset({"date", "time", "start", "end", "place", "body", "number", "next"})


@dataclass(frozen=True)
class Field:
    """What a label of the head announces (`kg.minutes.words.labels`), and the words behind it."""

    part: str
    label: str
    value: Traced


@cache
def _inline() -> re.Pattern[str]:
    """A label with its colon in the middle of a line."""
    own = [label for label, part in labels().items() if part in HEAD_PARTS and len(label) > 2]
    return re.compile(rf"(?:^|(?<=[\s;|,]))(?:{one_of(own)})\s*:", re.IGNORECASE)


def read_fields(blocks: Sequence[Block]) -> list[Field]:
    """The fields of the blocks of a memo's head, in order."""
    found: list[Field] = []
    pending: tuple[str, str] | None = None
    for block in blocks:
        own = list(_fields(block))
        if not own and pending and label_of(block.text) is None:
            found.append(Field(*pending, block.traced))
        pending = None
        for field in own:
            if field.value.text:
                found.append(field)
            else:
                pending = (field.part, field.label)
    return found


def _fields(block: Block) -> Iterator[Field]:
    for line in _lines(block.traced):
        label = label_of(line.text)
        part = labels().get(folded(label.word)) if label else None
        if label is None or part not in HEAD_PARTS or part is None:
            continue
        value = line[label.end :].strip()
        if not label.closed and not _follows(line.text[label.end :]):
            continue
        yield Field(part, label.word, value)


def _follows(value: str) -> bool:
    """Tell whether words behind a label without a colon may be its value: they are short."""
    return len(value) < _LONGEST and not value.rstrip().endswith((".", ":"))


def _lines(text: Traced) -> list[Traced]:
    """The stretches of a line that have a label each; in a row, a label's cell begins one."""
    starts = {
        match.start()
        for match in _inline().finditer(text.text)
        if not match[0][:1].islower()  # “Justeringens plats och tid:” is one label
    }
    if "\t" in text.text:
        at = 0
        for cell in text.text.split("\t"):
            if labels().get(folded(cell)) in HEAD_PARTS:
                starts.add(at)
            at += len(cell) + 1
    ordered = sorted(starts | {0})
    ends = [*ordered[1:], len(text)]
    parts = [text[start:end] for start, end in zip(ordered, ends, strict=True)]
    return [part.strip() for part in parts if part.text.strip()]
