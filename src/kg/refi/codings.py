"""Positions as coding files: one meeting a source, with registers of who and what.

A source is an occasion: a meeting with one agenda item, whose document is the source's text. Each
segment is an entry with its range and its positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from kg.coding.identify import identify
from kg.coding.writing import yaml_text
from kg.coding.yamlfile import plain
from kg.names import passage_id
from kg.refi.dates import coded_on, date_of
from kg.refi.groups import Member, Role
from kg.refi.positions import Sorted, Stated
from kg.refi.project import Project
from kg.refi.registers import Registers
from kg.refi.segments import Document
from kg.refi.texts import PlainText

TEXTS = "sources"
"""The folder, in the one that is written, for the texts of the sources."""


@dataclass(frozen=True)
class Wording:
    """What the user says of a project: language, date of undated sources, who speaks."""

    language: str = "en"
    date: date | None = None
    reported: bool = False


@dataclass(frozen=True)
class Written:
    """Files by path below a folder, the text file of each source, and notes by its name."""

    files: Mapping[str, bytes]
    texts: Mapping[str, str]
    notes: tuple[tuple[str, str], ...]
    merged: tuple[str, ...]


def write(found: Sequence[Sorted], project: Project, wording: Wording) -> Written:
    """The coding files and texts of all sources that have a text.

    Raises `InputError` for a source without any date.
    """
    registers = Registers(project.name, wording.language)
    files: dict[str, bytes] = {}
    texts: dict[str, str] = {}
    notes: list[tuple[str, str]] = []
    for one in found:
        text = one.document.text
        if text is None or not text.text.strip():
            continue
        making = _Making(one, text, project, registers, wording)
        files[f"{TEXTS}/{making.file_name}"] = text.raw
        files[f"meetings/{making.name}.yaml"] = _yaml(making.meeting())
        texts[one.document.source.guid] = making.file_name
        notes += [(one.document.source.name, note) for note in making.notes]
    files["authorities/authorities.yaml"] = _yaml(registers.authorities())
    files["issues/issues.yaml"] = _yaml({"entities": list(registers.issues.values())})
    return Written(files, texts, tuple(notes), tuple(registers.homonyms()))


def _yaml(data: Mapping[str, Any]) -> bytes:
    tree = _tree(data)
    identify(tree)
    return yaml_text(plain(tree)).encode()


def _tree(value: Any) -> Any:
    """Plain data as the tree that ids are added to."""
    if isinstance(value, Mapping):
        return CommentedMap({key: _tree(inner) for key, inner in value.items()})
    return CommentedSeq(map(_tree, value)) if isinstance(value, list) else value


class _Making:
    """One source while it is written as a meeting."""

    def __init__(
        self,
        found: Sorted,
        text: PlainText,
        project: Project,
        registers: Registers,
        wording: Wording,
    ) -> None:
        self.found, self.text, self.project = found, text, project
        self.registers, self.wording = registers, wording
        self.document: Document = found.document
        self.title = self.document.source.name or "Source without a name"
        self.name = registers.new_id(self.title)
        self.file_name = f"{self.name}.txt"
        self.memo = f"{self.name}/memo"
        self.notes: list[str] = []
        self.participants: dict[tuple[str | None, str | None], dict[str, Any]] = {}

    def meeting(self) -> dict[str, Any]:
        """The meeting of the source, whole."""
        when, doubt = date_of(self.document, self.project, self.wording.date)
        self.notes += [note for note in (doubt, self.document.counting) if note]
        entries = [entry for one in self.found.stated for entry in self.entries(one)]
        item = {"number": "1", "label": self.words(self.title), "entries": entries}
        return {
            "id": self.name,
            "type": "Meeting",
            "label": self.words(self.title),
            "heldBy": self.registers.group,
            "date": when.isoformat(),
            "coding": self.coding(when),
            "document": self.source_document(None if doubt else when),
            "participants": list(self.participants.values()),
            "items": [item if entries else {key: item[key] for key in ("number", "label")}],
        }

    def words(self, text: str) -> dict[str, str]:
        return self.registers.words(text)

    def coding(self, when: date) -> dict[str, Any]:
        """Who coded the source and when."""
        users = {one.user for each in self.document.segments for one in each.codings}
        names = sorted({self.project.users.get(user, "") for user in users} - {""})
        if not names:
            self.notes.append("the project does not say who coded it: write `coder`")
        day = coded_on(self.document, self.project, when)
        origin = self.project.origin or "a program that it does not name"
        return {
            "coder": ", ".join(names) or "not stated",
            "codedOn": day.isoformat(),
            "status": "accepted",
            "note": {"en": f"Read from a REFI-QDA project written by {origin}."},
        }

    def source_document(self, dated: date | None) -> dict[str, Any]:
        return {
            "id": self.memo,
            "type": "SourceDocument",
            "label": self.words(self.title),
            "fileName": self.file_name,
            "sha256": self.text.sha256,
            "characters": len(self.text.text),
            **({"dated": dated.isoformat()} if dated else {}),
            "language": self.wording.language,
        }

    def entries(self, stated: Stated) -> Iterator[dict[str, Any]]:
        """The entries of a segment: one for each who speaks, or one record without a speaker."""
        holders = [self.registers.actor(one) for one in stated.holders]
        if stated.speakers:
            for speaker in map(self.registers.actor, stated.speakers):
                yield self.entry(stated, self.speaks(speaker, None), holders)
        elif self.wording.reported:
            yield self.entry(stated, {"act": "record"}, holders)
        else:
            for member, holder in zip(stated.holders, holders, strict=True):
                who = self.speaks(holder, stated.represents, member)
                yield self.entry(stated, who, [holder])

    def speaks(
        self, speaker: str, represents: Member | None, member: Member | None = None
    ) -> dict[str, Any]:
        """The keys that say who speaks, and for whom; both become participants."""
        body = self.registers.actor(represents) if represents else None
        is_body = member is not None and member.role is Role.HOLDER
        key = (None, speaker) if is_body else (speaker, body)
        named = {"person": key[0], "represents": key[1], "role": "other", "present": True}
        self.participants[key] = {name: value for name, value in named.items() if value is not None}
        says = {"speaker": speaker, "represents": body, "act": "statement"}
        return {name: value for name, value in says.items() if value is not None}

    def entry(
        self, stated: Stated, who: Mapping[str, Any], holders: Sequence[str]
    ) -> dict[str, Any]:
        comment = "; ".join(stated.segment.comments)
        note = {"note": self.words(comment)} if comment else {}
        positions = [
            {
                "holder": holder,
                "proposition": self.registers.proposition(proposition),
                "stance": stated.stance,
                "at": self.place(stated),
                **note,
            }
            for holder in holders
            for proposition in stated.propositions
        ]
        return {**who, "at": self.place(stated), "positions": positions}

    def place(self, stated: Stated) -> dict[str, Any]:
        start, end = stated.segment.range or (0, 0)
        name = passage_id(self.memo, start, end)
        return {"id": name, "type": "Passage", "of": self.memo, "start": start, "end": end}
