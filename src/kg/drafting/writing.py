"""A draft written into a data folder: the coding of the meeting, and what its registers lack."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ruamel.yaml.error import YAMLError

from kg import __version__
from kg.coding.dataset import REGISTERS
from kg.coding.model import RESERVED_IDS
from kg.drafting.coding import Coded, parts_of
from kg.drafting.known import Known, read_known
from kg.drafting.layout import coding_text, split_footer
from kg.drafting.model import Drafts
from kg.drafting.pieces import BYTE_ORDER_MARK, pieces_of, unreadable
from kg.drafting.places import Places
from kg.drafting.proposal import Proposal
from kg.drafting.redraft import Redrafted, redrafted
from kg.drafting.register_files import (
    below,
    drafted_in,
    groups_in,
    issues_in,
    own_files,
    with_new,
    without_unused,
)
from kg.drafting.registers import Registers, free_id
from kg.errors import InputError, OutputError
from kg.folders import staged, write_atomically
from kg.minutes.memo import Memo
from kg.names import slug
from kg.resources import data_dir, ontology_dir

_LONGEST_NAME = 40
_HEAD = 5_000  # characters of a coding in which its id stands
_ROOT = re.compile(r"^id: *[\"']?([^\s\"']+)", re.MULTILINE)
_ID = re.compile(r"\bid: *[\"']?([^\s,}\"']+)")
_FILE_NAME = re.compile(r"^\s*fileName: *[\"']?(.+?)[\"']?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Options:
    """How a draft is written.

    `held` is the meeting's day where the memo does not say it, `coded_on` the day of the drafting;
    without `passages` the memo's text stands in no comment; `coder` is who drafts.
    """

    coded_on: date
    held: date | None = None
    passages: bool = True
    coder: str = f"kg draft {__version__}"


@dataclass(frozen=True)
class Written:
    """The coding's file, all files that changed, and what changed in a coding that was there."""

    path: Path
    files: tuple[Path, ...]
    redrafted: Redrafted | None = None


def write_draft(memo: Memo, drafts: Drafts, folder: Path, options: Options) -> Written:
    """Write the coding of one memo into a folder, all or nothing; the folder is made if need be.

    If the folder has a coding of the memo, that is drafted again: what a person did in it stays.
    Raises `InputError` if the memo states no date and `held` gives none, or the folder has a coding
    of another version of the memo; `DataError` if a file of the folder cannot be parsed;
    `OutputError` if one cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder for the drafts")
    there = folder.is_dir()
    known = read_known(folder if there else None)
    texts = own_files(folder) if there else {}
    try:
        return _write(memo, drafts, folder, options, known, texts)
    except YAMLError as error:
        raise unreadable(texts) from error


def _write(
    memo: Memo,
    drafts: Drafts,
    folder: Path,
    options: Options,
    known: Known,
    texts: Mapping[Path, str],
) -> Written:
    held = _held(memo, options)
    path = coding_of(memo, below(folder, ("meetings",), texts))
    registers, issues = _known(known, folder, texts, memo.minutes.header.language)
    held_by = registers.working_body(memo.minutes.header.body or memo.document.path.stem)
    root, document = _ids(texts[path]) if path else (_new_id(held_by, held, registers.taken), "")
    registers.taken.add(root)
    places = Places(memo.document, memo.reading.blocks, document or f"{root}/memo")
    coded = Coded(root, memo.minutes, drafts, places, registers, held, options.passages)
    parts = parts_of(coded)
    schema = (folder / "schema").is_dir() or not texts
    text = coding_text(coded, parts, held_by, options.coder, options.coded_on, schema)
    again: Redrafted | None = None
    if path is not None:
        again = _again(texts[path], text, [*parts.participants, *parts.items], root)
        text = again.text
    name = path.stem if path else root.replace("/", "-")
    path = path or folder / "meetings" / f"{name}.yaml"
    new = {**with_new(folder, name, texts, registers, issues), path: text}
    if again is not None:
        new |= without_unused(folder / "issues" / f"{name}.yaml", {**texts, **new})
    changed = {one: text for one, text in new.items() if texts.get(one) != text}
    _write_files(folder, changed)
    return Written(path, tuple(changed), again)


def _known(
    known: Known, folder: Path, texts: Mapping[Path, str], language: str
) -> tuple[Registers, dict[str, Path]]:
    """What is known and which ids are taken; the folder's issues with their files."""
    own = below(folder, REGISTERS, texts)
    stated = [*_shipped(), *own.values()]
    taken = {name for text in stated for name in _ID.findall(text)}
    taken |= {name for text in texts.values() for name in _ROOT.findall(text[:_HEAD])}
    issues = issues_in(own)
    registers = Registers(
        known, taken, language, groups_in(stated), frozenset(issues), drafted_in(own.values())
    )
    return registers, issues


@cache
def _shipped() -> tuple[str, ...]:
    """The texts of the shipped registers."""
    return tuple(below(data_dir(), REGISTERS, own_files(data_dir())).values())


def _again(old: str, fresh: str, proposals: list[Proposal], root: str) -> Redrafted:
    """The new text of a coding that is there: all new if nobody has touched it."""
    _, _, untouched = split_footer(pieces_of(old).lines)
    if untouched:
        return Redrafted(fresh)
    return redrafted(old, proposals, root)


def _held(memo: Memo, options: Options) -> date:
    """The day of the meeting."""
    if options.held is not None:
        return options.held
    try:
        return date.fromisoformat(memo.minutes.header.date or "")
    except ValueError as error:
        raise InputError(
            f"{memo.document.path} does not say on which day the meeting was: give it, as in "
            "--date 2024-03-05"
        ) from error


def coding_of(memo: Memo, texts: Mapping[Path, str]) -> Path | None:
    """The coding of this very document among texts of ``meetings/``, if there is one.

    Raises `InputError` if there is one of a document of the same name but another content.
    """
    document = memo.document
    name = document.path.name
    for path, text in texts.items():
        if document.sha256 in text:
            return path
    for path, text in texts.items():
        if name in text and name in _FILE_NAME.findall(text):
            raise InputError(
                f"{path} is a coding of another version of {name}: give that version, draft into "
                "another folder, or delete the coding"
            )
    return None


def _ids(text: str) -> tuple[str, str]:
    """The id of a coding and that of its document."""
    data = pieces_of(text).root
    document = data.get("document")
    name = document.get("id") if isinstance(document, dict) else None
    root = data.get("id")
    if not isinstance(root, str):
        raise InputError("The coding that is there has no id: run `kg validate --fix` first")
    return root, name if isinstance(name, str) else f"{root}/memo"


def _new_id(held_by: str, held: date, taken: set[str]) -> str:
    """An id for the coding: the body that met, and the day."""
    name = slug(held_by)
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME + 1].rpartition("-")[0]
    day = held.isoformat()
    return free_id(name if day in name else f"{name}-{day}", {*taken, *RESERVED_IDS})


def _write_files(folder: Path, files: Mapping[Path, str]) -> None:
    """Write files of a folder, all or none."""
    if not folder.is_dir() or not any(folder.iterdir()):
        with staged(folder) as staging:
            for path, text in files.items():
                place = staging / path.relative_to(folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(text.encode())
            shutil.copytree(ontology_dir() / "schema", staging / "schema")
        return
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    try:
        for path, text in files.items():
            _prepare(path)
            marked = (before[path] or b"").startswith(BYTE_ORDER_MARK.encode())
            write_atomically(path, BYTE_ORDER_MARK + text if marked else text)
    except BaseException:
        for path, raw in before.items():
            with suppress(OSError):
                path.unlink(missing_ok=True) if raw is None else path.write_bytes(raw)
        raise


def _prepare(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path.parent} cannot be made ({error.strerror}): choose another folder"
        ) from error
