"""What a server is asked about one stretch of talk, and the form that its answer must have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.drafting.model import POLES, HolderType
from kg.drafting.words import sentences
from kg.minutes.model import Minutes, Record, Speech
from kg.traced import Traced

LONGEST = 6000  # characters of a stretch; longer talk is asked about in parts
_SHORTEST = 12  # characters below which nothing can be said

_TASK = """\
You read minutes of meetings. List every position that the text states: who is for, against, \
conditionally for, or explicitly undecided about something that could be done or be so. \
No position: facts, questions for information, thanks, progress, views that were given up.
holder: full name of a participant for a personal view; name of a body where the text says that \
it is the body's view; the words of the text for a group; "unnamed" where nobody is named.
stance: one of the codes of the schema. Hesitation is not opposition.
proposition: what the stance is about, worded positively and without the stance, in the language \
of the text.
quote: the whole sentence that states it, copied from the text letter by letter.
Answer with one JSON object that fits the schema, and nothing else. No positions: an empty list."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["positions"],
    "properties": {
        "positions": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["holder", "holder_type", "stance", "proposition", "quote"],
                "properties": {
                    "holder": {"type": "string"},
                    "holder_type": {"enum": [one.value for one in HolderType]},
                    "stance": {"enum": list(POLES)},
                    "proposition": {"type": "string"},
                    "quote": {"type": "string"},
                    "condition": {"type": ["string", "null"]},
                },
            },
        }
    },
}


@dataclass(frozen=True)
class Stretch:
    """Talk that is asked about at once: an entry, or a part of a long one."""

    index: int
    entry: Speech | Record
    passage: Traced


def stretches(minutes: Minutes) -> Iterator[Stretch]:
    """The entries of a memo in parts that a model can read at once, cut between sentences."""
    for index, entry in enumerate(minutes.entries):
        for passage in _parts(entry.passage, minutes.header.language):
            if len(passage) >= _SHORTEST:
                yield Stretch(index, entry, passage)


def _parts(passage: Traced, language: str) -> Iterator[Traced]:
    if len(passage) <= LONGEST:
        yield passage
        return
    start = end = 0
    for sentence in sentences(passage, language):
        at = passage.text.index(sentence.text, end)
        if end > start and at + len(sentence) - start > LONGEST:
            yield passage[start:end]
            start = at
        end = at + len(sentence)
    yield passage[start:end]


def request(stretch: Stretch, minutes: Minutes, model: str, with_schema: bool) -> dict[str, Any]:
    """The body of a request to ``/chat/completions``."""
    entry = stretch.entry
    speech = entry if isinstance(entry, Speech) else None
    titles = {one.number: one.title for one in minutes.items}
    context = {
        "language": minutes.header.language,
        "participants": [
            {"name": one.name, "organisation": one.organisation} for one in minutes.participants
        ],
        "item": titles.get(entry.item),
        "speaker": (speech.speaker_name or speech.speaker) if speech else None,
        "speaker_body": speech.body if speech else None,
        "schema": SCHEMA,
        "text": stretch.passage.text,
    }
    body: dict[str, Any] = {
        "model": model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": _TASK},
            {"role": "user", "content": json.dumps(context, ensure_ascii=False)},
        ],
    }
    if with_schema:
        schema = {"name": "positions", "strict": True, "schema": SCHEMA}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body
