"""A coding as the decisions of its coder: what stands where, and which values it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.coding import evidence
from kg.coding.dataset import FOLDERS, find_files, load_dataset
from kg.coding.identify import identify
from kg.coding.model import BODIES, ActionItem, AgendaItem, Entry, Meeting, Passage, Position
from kg.coding.references import nodes
from kg.coding.register import Issue, Register
from kg.coding.validation import validate
from kg.coding.yamlfile import YamlFile, load_yaml
from kg.curation.inventory import REJECTED
from kg.errors import DataError, InputError
from kg.findings import Finding, Severity, errors
from kg.source import Source, Sources

KINDS = ("entry", "position", "claim", "report", "decision", "action")
RECORD = "(record)"
"""Stands for the speaker of an entry that has none."""

Values = Mapping[str, str | None]


@dataclass(frozen=True)
class Coded:
    """One thing that a coder coded: its range in the document, and the values it was given."""

    kind: str
    id: str
    entry: str
    start: int
    end: int
    line: int
    values: Values = field(hash=False)


@dataclass(frozen=True)
class Coding:
    """A coding of a memo by a coder; rejected positions are no part of it."""

    path: Path
    coder: str
    sha256: str | None
    file_name: str | None
    coded: tuple[Coded, ...]
    findings: tuple[Finding, ...] = ()

    def of(self, kind: str) -> list[Coded]:
        """What is coded of one kind, in the order of the document."""
        found = [one for one in self.coded if one.kind == kind]
        return sorted(found, key=lambda one: (one.start, one.end, one.id))


@dataclass(frozen=True)
class Known:
    """What registers tell: the issue of each proposition, and the class of each entity."""

    issues: Mapping[str, str]
    types: Mapping[str, str]


def read_known(folders: tuple[Path, ...], shipped: Path) -> Known:
    """The registers of folders of codings and the shipped ones; those with errors tell nothing."""
    issues: dict[str, str] = {}
    types: dict[str, str] = {}
    for folder in dict.fromkeys((*folders, shipped)):
        files = [(path, name) for path, name in find_files(folder, folder) if name != FOLDERS[-1]]
        for file in load_dataset(files)[0].files:
            assert isinstance(file.model, Register)  # all others are meetings
            for entity in file.model.entities:
                types.setdefault(entity.id, entity.type)
                if isinstance(entity, Issue):
                    for one in entity.propositions:
                        issues.setdefault(one.id, entity.id)
    return Known(issues, types)


def read_coding(
    path: Path, known: Known, sources: Sources | None = None
) -> tuple[Coding, Source | None]:
    """A coding with the document that it was made from, if the sources hold it.

    Raises `DataError` with every finding if the file is no meeting without errors.
    """
    file = load_yaml(path)
    if isinstance(file, Finding):
        raise DataError(f"The coding {path} cannot be read: correct it", [file])
    identify(file.tree)
    source = evidence.source_of(file, sources)
    found = [source] if isinstance(source, Finding) else []
    if isinstance(source, Source):
        found += evidence.locate(file, source)
    meeting, more = validate(file, Meeting, located=isinstance(source, Source))
    if not isinstance(meeting, Meeting) or errors(found):
        raise DataError(f"The coding {path} has errors: correct them first", [*found, *more])
    return _Reader(file, meeting, known).coding(), source if isinstance(source, Source) else None


def check_same_document(a: Coding, b: Coding) -> list[Finding]:
    """Refuse codings of different documents; a finding where it cannot be told.

    Raises `InputError`.
    """
    if a.sha256 and b.sha256:
        different = a.sha256 != b.sha256
    else:
        different = bool(a.file_name and b.file_name and a.file_name != b.file_name)
    if different:
        raise InputError(
            f"{a.path} and {b.path} are codings of different documents "
            f"({_named(a)} and {_named(b)}): give two codings of one memo"
        )
    message = "the coding states no `sha256` of its document: that both are of one is not checked"
    return [Finding(one.path, 0, Severity.WARNING, message) for one in (a, b) if one.sha256 is None]


def _named(coding: Coding) -> str:
    digest = f"SHA-256 {coding.sha256[:12]}…" if coding.sha256 else ""
    return " ".join(filter(None, (coding.file_name, digest))) or "without a name"


@dataclass
class _Reader:
    """A meeting's file on its way to a `Coding`."""

    file: YamlFile
    meeting: Meeting
    known: Known
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def lines(self) -> Mapping[str, int]:
        return {one.id: self.file.line(one.location) for one in nodes(self.file)}

    def coding(self) -> Coding:
        coded = tuple(
            one
            for item in self.meeting.items
            for entry in item.entries
            for one in self._of_entry(item, entry)
        )
        document = self.meeting.document
        return Coding(
            self.file.path,
            self.meeting.coding.coder,
            document.sha256,
            document.file_name,
            coded,
            tuple(self.findings),
        )

    def _of_entry(self, item: AgendaItem, entry: Entry) -> Iterator[Coded]:
        around = {"item": item.number.strip(" .)"), "speaker": entry.speaker or RECORD}
        yield from self._one("entry", entry.id, entry, entry.at, {**around, "act": entry.act})
        for one in entry.positions:
            if one.status != REJECTED:
                values = {**around, **self._position(one, entry)}
                yield from self._one("position", one.id, entry, one.at, values)
        for claim in entry.claims:
            values = {**around, "alignment": claim.alignment, "about": _listed(claim.about)}
            yield from self._one("claim", claim.id, entry, claim.at, values)
        for report in entry.reports:
            yield from self._one("report", report.id, entry, report.at, around)
        for decision in entry.decisions:
            values = {**around, "adopts": _listed(decision.adopts)}
            yield from self._one("decision", decision.id, entry, decision.at, values)
        for action in entry.actions:
            values = {**around, **_action(action)}
            yield from self._one("action", action.id, entry, action.at, values)

    def _one(
        self, kind: str, name: str, entry: Entry, at: Passage | None, values: Values
    ) -> Iterator[Coded]:
        """What has a place of its own or that of its entry; a finding for what has none."""
        place = at or entry.at
        line = self.lines[name]
        if place is None or place.of != self.meeting.document.id:
            message = f"{name} has no place in the document and is not compared: give it one"
            self.findings.append(Finding(self.file.path, line, Severity.WARNING, message))
            return
        yield Coded(kind, name, entry.id, place.start, place.end, line, values)

    def _position(self, position: Position, entry: Entry) -> Values:
        issue = self.known.issues.get(position.proposition)
        return {
            "holder": position.holder,
            "proposition": position.proposition,
            "issue": issue,
            "stance": position.stance,
            "basis": self._basis(position, entry),
        }

    def _basis(self, position: Position, entry: Entry) -> str:
        """The basis that follows from holder and speaker; see docs/coding.md."""
        present = self.meeting.participants
        if entry.speaker is None:
            return "reported"
        if position.holder == entry.speaker:
            bodies = {one.represents for one in present}
            body = entry.speaker in bodies or self.known.types.get(entry.speaker) in BODIES
            return "own" if body else "personal"
        represented = {one.represents for one in present if one.person == entry.speaker}
        return "own" if position.holder in represented else "reported"


def _action(action: ActionItem) -> Values:
    due = action.deadline.latest.isoformat() if action.deadline else None
    return {"responsible": _listed(action.responsible), "due": due}


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names))
