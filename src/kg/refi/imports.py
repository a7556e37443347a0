"""A project file as the folder that `kg build --data` takes, with all that it does not carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.findings import Finding, Severity
from kg.refi import unmapped
from kg.refi.archive import Archive, open_archive
from kg.refi.codings import Wording, Written, write
from kg.refi.groups import Role, Roles, recognise
from kg.refi.markup import Violation, parse, violations
from kg.refi.positions import Rules, Sorted, sort_out
from kg.refi.project import Project, read_project
from kg.refi.segments import Document, read_documents
from kg.refi.texts import ALL, Counting


@dataclass(frozen=True)
class Options:
    """What the user says of a project: groups by role, rules, words, and how strict to be."""

    groups: Mapping[Role, Sequence[str]] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    wording: Wording = field(default_factory=Wording)
    countings: Sequence[Counting] = ALL
    lenient: bool = False


@dataclass(frozen=True)
class Imported:
    """Files by path below the new folder, how many positions they have, and findings."""

    files: Mapping[str, bytes]
    positions: int
    findings: tuple[Finding, ...]


def import_project(path: Path, options: Options) -> Imported:
    """Read a project file and make its codings; nothing is written.

    Raises `InputError` for what is no valid project or could do harm, for groups of codes that
    are not there, and for a project without a single position.
    """
    with open_archive(path) as archive:
        project, broken = _project(archive, options.lenient)
        roles = recognise(project, options.groups, options.rules.cases)
        _check_coder(project, options.rules.coder)
        documents = read_documents(project, archive, options.countings)
    found = [sort_out(one, project, roles, options.rules) for one in documents]
    _check_found(path, documents, project, roles, options.rules, found)
    written = write(found, project, options.wording)
    table = {unmapped.FILE: unmapped.table(found, project, written.texts)}
    told = (*_told(path, project, written, found, broken), *_spoken(path, found, options))
    positions = sum(len(one.holders) * len(one.propositions) for s in found for one in s.stated)
    return Imported(dict(written.files) | table, positions, told)


def _project(archive: Archive, lenient: bool) -> tuple[Project, Sequence[Violation]]:
    """The project of an archive, and where it breaks the schema, which `lenient` lets pass."""
    name = archive.project_file()
    raw = archive.read(name)
    root = parse(raw, f"{archive.path}: {name}")
    broken = violations(raw)
    if broken and not lenient:
        count = f", the first of {len(broken)} places" if len(broken) > 1 else ""
        raise InputError(
            f"{archive.path}: {name} breaks the schema of REFI-QDA at line {broken[0].line}{count} "
            f"({broken[0].message}): export it anew, or read it all the same with `--lenient`"
        )
    return read_project(root), broken


def _check_coder(project: Project, coder: str | None) -> None:
    if coder is not None and coder not in project.users.values():
        known = ", ".join(sorted(filter(None, project.users.values()))) or "none"
        raise InputError(f"Nobody called “{coder}” coded in the project: name one of {known}")


def _check_found(
    path: Path,
    documents: Sequence[Document],
    project: Project,
    roles: Roles,
    rules: Rules,
    found: Sequence[Sorted],
) -> None:
    """Refuse a project without a position, and say whether overlapping segments would give some."""
    if any(one.stated for one in found):
        return
    wider = Rules(True, rules.cases, rules.coder)
    more = sum(len(sort_out(one, project, roles, wider).stated) for one in documents)
    if more and not rules.overlap:
        remedy = f"{more} have them in segments that overlap, so try `--overlap`"
    else:
        remedy = "code them on the same segments, or name other groups of codes"
    raise InputError(f"No segment of {path} has a holder, a proposition and a stance: {remedy}")


def _told(
    path: Path,
    project: Project,
    written: Written,
    found: Sequence[Sorted],
    broken: Sequence[Violation],
) -> Iterator[Finding]:
    """Everything that the folder does not hold, or holds with a doubt."""
    for one in broken:
        yield Finding(path, one.line, Severity.WARNING, f"breaks the schema: {one.message}")
    yield from unmapped.findings(path, found, project)
    for name, note in written.notes:
        yield Finding(path, 0, Severity.INFO, f"{name}: {note}")
    for document in (one.document for one in found):
        if document.problem and not document.segments:
            message = f"{document.source.name}: left out, {document.problem}"
            yield Finding(path, 0, Severity.WARNING, message)
    for name in written.merged:
        message = f"several codes are called “{name}”, and are taken for one"
        yield Finding(path, 0, Severity.WARNING, message)
    for name, count in project.elsewhere.items():
        message = f"{count} of {name} are not carried over: codings have no place for them"
        yield Finding(path, 0, Severity.INFO, message)


def _spoken(path: Path, found: Sequence[Sorted], options: Options) -> Iterator[Finding]:
    """Say that holders are taken as speaking, where the project does not name speakers."""
    silent = sum(not one.speakers for each in found for one in each.stated)
    if silent and not options.wording.reported:
        message = (
            f"{silent} segments name no speaker: who holds the position is taken to state it; if "
            "the sources report what others want, import with `--reported`"
        )
        yield Finding(path, 0, Severity.INFO, message)
