"""The file of a drafted coding: its head, its lists, and at its end what was proposed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from kg.coding.writing import yaml_text
from kg.drafting.coding import Coded, Parts
from kg.drafting.marks import WIDTH, comment_lines, fingerprint
from kg.drafting.places import readable, shortened
from kg.drafting.proposal import Naming, Proposal, proposed_lines
from kg.minutes.model import NextMeeting
from kg.names import CONTEXT

SCHEMA_LINE = "# yaml-language-server: $schema=../schema/{}.schema.json"
_INTRODUCTION = """\
Drafted by `kg draft` and not yet reviewed. Read each entry against its passage and correct what is
wrong. What holds, set from `status: proposed` to `accepted`, what does not, to `rejected`; or let
`kg review` walk you through. When all is done, set `status` under `coding` to accepted and name
yourself as coder. Drafting again replaces only what still stands exactly as it was drafted (the
marks “draft …” tell): whatever you change, add or comment stays as you wrote it."""
_FOOTER = "# Proposed so far; what you delete of it is not proposed again:"
_FOOTER_KEYS = re.compile(r"#(?: [0-9a-f]{8})+\s*\Z")
_FOOTER_PRINT = re.compile(r"# draft of the whole: ([0-9a-f]{8})\s*\Z")


def coding_text(
    coded: Coded, parts: Parts, held_by: str, coder: str, coded_on: date, schema: bool
) -> str:
    """The whole text of a new coding."""
    naming = Naming(coded.root, {coded.root, coded.places.id})
    lines = [SCHEMA_LINE.format("meeting")] if schema else []
    for paragraph in (_INTRODUCTION, *_remarks(coded, parts)):
        lines += comment_lines(paragraph, 0)
    head = _head(coded, held_by, coder, coded_on)
    lines += yaml_text(head).splitlines()
    for kind, proposals in (("participants", parts.participants), ("items", parts.items)):
        lines.append(f"{kind}:" if proposals else f"{kind}: []")
        for proposal in proposals:
            lines += proposed_lines(proposal, coded.root, 0, naming)
    return "\n".join([*lines, *footer(lines, keys_of((*parts.participants, *parts.items))), ""])


def without_introduction(text: str) -> str:
    """The text of a coding without the lines that call it not yet reviewed."""
    lines = text.splitlines(keepends=True)
    said = set(comment_lines(_INTRODUCTION, 0))
    return "".join(line for line in lines if line.rstrip("\r\n") not in said)


def _remarks(coded: Coded, parts: Parts) -> Iterator[str]:
    yield from parts.remarks
    following = coded.minutes.next_meeting
    if isinstance(following, NextMeeting):
        yield f"Next meeting, as the memo says: “{readable(following.written)}”"


def _head(coded: Coded, held_by: str, coder: str, coded_on: date) -> dict[str, Any]:
    header, document = coded.minutes.header, coded.places.document
    name = header.body or document.path.stem
    number = f" {header.number}" if header.number else ""
    head: dict[str, Any] = {
        "@context": CONTEXT,
        "id": coded.root,
        "type": "Meeting",
        "label": {coded.language: f"{shortened(name)}{number} ({coded.held.isoformat()})"},
        "heldBy": held_by,
    }
    if header.number:
        head["number"] = readable(header.number)
    head["date"] = coded.held.isoformat()
    head |= _times(coded.held, "announced", header.scheduled_start, header.scheduled_end)
    head |= _times(coded.held, "actual", coded.minutes.start, coded.minutes.end)
    if header.place and readable(header.place):
        head["place"] = {coded.language: readable(header.place)}
    head["coding"] = {
        "id": f"graph/{coded.root}",
        "type": "Coding",
        "coder": coder,
        "codedOn": coded_on.isoformat(),
        "status": "proposed",
    }
    head["document"] = {
        "id": coded.places.id,
        "type": "SourceDocument",
        "fileName": document.path.name,
        "sha256": document.sha256,
        "characters": len(document.text),
        "language": coded.language,
    }
    return head


def _times(held: date, kind: str, start: str | None, end: str | None) -> dict[str, str]:
    """Beginning and end on the meeting's day; both are left out where the end is no later."""
    moments = {
        f"{kind}{name}": moment
        for name, time in (("Start", start), ("End", end))
        if (moment := _moment(held, time))
    }
    stated = list(moments.values())
    return {} if len(stated) == 2 and stated[1] <= stated[0] else moments


def _moment(held: date, time: str | None) -> str | None:
    try:
        return datetime.fromisoformat(f"{held.isoformat()}T{time}:00").isoformat() if time else None
    except ValueError:
        return None


def keys_of(proposals: Iterable[Proposal]) -> list[str]:
    """The keys of proposals and of all below them."""
    return [key for proposal in proposals for key in (proposal.key, *keys_of(proposal.children))]


def footer(lines: Sequence[str], keys: Iterable[str]) -> list[str]:
    """The comment at the end of a file: what was proposed, and a print of all that stands above."""
    words = textwrap.wrap(" ".join(dict.fromkeys(keys)), WIDTH - 2)
    return [_FOOTER, *(f"# {one}" for one in words), f"# draft of the whole: {fingerprint(lines)}"]


def split_footer(lines: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """The lines above the footer, the keys that it lists, and whether all above is as drafted."""
    at = next((n for n, line in enumerate(lines) if line.rstrip("\r\n") == _FOOTER), None)
    if at is None:
        return list(lines), [], False
    end = at + 1
    keys: list[str] = []
    while end < len(lines) and _FOOTER_KEYS.match(lines[end]):
        keys += lines[end].split()[1:]
        end += 1
    whole = _FOOTER_PRINT.match(lines[end]) if end < len(lines) else None
    body = [*lines[:at], *lines[end + (whole is not None) :]]
    return body, keys, whole is not None and whole[1] == fingerprint(lines[:at]) and len(body) == at
