"""The register files of a folder: new entities go in, proposals that nothing names go out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.coding.dataset import FOLDERS
from kg.drafting.layout import SCHEMA_LINE
from kg.drafting.marks import key_of
from kg.drafting.pieces import Piece, pieces_of
from kg.drafting.proposal import Naming, Proposal, proposed_lines
from kg.drafting.registers import Registers
from kg.names import CONTEXT

_HEADS = {
    "authorities": "# People and bodies of a draft that no register had: correct them here.",
    "issues": "# Issues and propositions of a draft: reword and merge them (`kg propositions`).",
}
_GROUP = re.compile(
    r"id: *[\"']?([^\s,\"']+)[\"']?[ \t]*(?:#.*)?[\s,]+type: *(?:Group|UnnamedHolder)\b"
)
_ISSUE = re.compile(r"^ *- id: *([^\s,\"']+)[ \t]*(?:#.*)?\r?\n +type: *Issue\b", re.MULTILINE)
_DRAFTED = re.compile(r"id: ([^\s,]+)  # draft [0-9a-f]{8}-")
_LIST = re.compile(r"^entities:[ \t]*(?=\r?$)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~/-]*")


def own_files(folder: Path) -> dict[Path, str]:
    """The texts of a folder's coding files by path, without byte order marks."""
    return {
        path: path.read_bytes().decode("utf-8-sig", errors="replace")
        for name in FOLDERS
        for path in sorted((folder / name).rglob("*"))
        if path.suffix in {".yaml", ".yml"}
    }


def below(folder: Path, names: Collection[str], texts: Mapping[Path, str]) -> dict[Path, str]:
    """The texts of some of the folders of a data folder."""
    return {
        path: text for path, text in texts.items() if path.relative_to(folder).parts[0] in names
    }


def groups_in(texts: Iterable[str]) -> set[str]:
    """The ids of groups and unnamed holders that texts of registers define."""
    return {name for text in texts for name in _GROUP.findall(text)}


def drafted_in(texts: Iterable[str]) -> set[str]:
    """The ids that drafts put into texts of registers and nobody has accepted."""
    return {name for text in texts for name in _DRAFTED.findall(text)}


def issues_in(texts: Mapping[Path, str]) -> dict[str, Path]:
    """The issues that stand on lines of their own, each with its file."""
    return {name: path for path, text in texts.items() for name in _ISSUE.findall(text)}


def with_new(
    folder: Path,
    name: str,
    texts: Mapping[Path, str],
    registers: Registers,
    issues: Mapping[str, Path],
) -> dict[Path, str]:
    """The register files that change, with all that the registers lack.

    New entities go into ``authorities/NAME.yaml`` and ``issues/NAME.yaml``, new propositions of an
    issue of the folder into the file that it stands in.
    """
    schema = (folder / "schema").is_dir() or not folder.exists()
    changed: dict[Path, str] = {}
    people = [_entity(one) for one in registers.entities.values()]
    mine = [
        _entity(issue, registers.propositions.get(one, ()))
        for one, issue in registers.issues.items()
    ]
    for kind, proposals in (("authorities", people), ("issues", mine)):
        path = folder / kind / f"{name}.yaml"
        if proposals:
            text = texts.get(path, _empty(kind, schema))
            changed[path] = _appended(text, ("entities",), None, proposals)
    for one, new in registers.propositions.items():
        if one in issues:
            path = issues[one]
            text = changed.get(path, texts.get(path, ""))
            pieces = pieces_of(text)
            issue = next(piece for piece in pieces.members(("entities",)) if piece.id == one)
            location = (*issue.location, "propositions")
            changed[path] = _appended(text, location, issue, [_proposition(each) for each in new])
    return changed


def without_unused(path: Path, texts: Mapping[Path, str]) -> dict[Path, str]:
    """A file of proposed issues without the untouched propositions that nothing names."""
    if path not in texts:
        return {}
    named = Counter(word for text in texts.values() for word in _WORD.findall(text))
    pieces = pieces_of(texts[path])
    gone: list[Piece] = []
    issues = pieces.members(("entities",))
    for issue in issues:
        under = pieces.members((*issue.location, "propositions"))
        unused = [one for one in under if one.untouched and named[one.id] == 1]
        if len(unused) == len(under) and issue.untouched and named[issue.id] == 1:
            gone.append(issue)
        elif len(unused) < len(under):
            gone += unused
    lines = {line for piece in gone for line in range(piece.first, piece.end)}
    text = "".join(line for at, line in enumerate(pieces.lines) if at not in lines)
    if all(issue in gone for issue in issues):
        text = _LIST.sub("entities: []", text)
    return {path: text} if gone else {}


def _empty(kind: str, schema: bool) -> str:
    lines = [SCHEMA_LINE.format("register")] if schema else []
    return "\n".join([*lines, _HEADS[kind], f'"@context": {CONTEXT}', "entities: []", ""])


def _entity(data: Mapping[str, Any], propositions: Iterable[Mapping[str, Any]] = ()) -> Proposal:
    below = tuple(_proposition(one) for one in propositions)
    return Proposal("entities", key_of("entity", data["id"]), data, 0, (), below)


def _proposition(data: Mapping[str, Any]) -> Proposal:
    return Proposal("propositions", key_of("proposition", data["id"]), data, 0)


def _appended(
    text: str,
    location: tuple[str | int, ...],
    parent: Piece | None,
    proposals: Sequence[Proposal],
) -> str:
    """A register's text with more members at the end of one of its lists."""
    pieces = pieces_of(text)
    kind = str(location[-1])
    place = pieces.lists.get(location)
    above: list[str] = []
    lines = [line if line.endswith("\n") else line + pieces.line_end for line in pieces.lines]
    if place is not None and place.column is not None:
        at, column = place.end, place.column
    else:
        column = (parent.column or 0) if parent is not None else 0
        at = parent.end if parent is not None else len(lines)
        above = [f"{' ' * column}{kind}:"]
        if place is not None:  # an empty list: its key is written anew
            lines[place.line] = ""
            at = place.line + 1
    naming = Naming("", set())
    new = [line for one in proposals for line in proposed_lines(one, "", column, naming)]
    ended = [line + pieces.line_end for line in (*above, *new)]
    return "".join([*lines[:at], *ended, *lines[at:]])
