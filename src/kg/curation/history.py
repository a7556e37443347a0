"""The history of a data folder's propositions, and the way back.

`propositions-history.yaml` holds for each change what it was, when, and the lines of each file
before and after it, with as many lines around them as make the place certain. Taking the last
change back puts the old lines in the place of the new ones: byte for byte where the files stand as
the change left them, and at the same places where they were changed elsewhere in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.coding.writing import yaml_text
from kg.coding.yamlfile import load_yaml, plain
from kg.curation.folder import DataFolder
from kg.curation.places import FileChange, file_change, taken_back
from kg.curation.rewriting import Further, Rewriting, checked, write_together
from kg.errors import InputError
from kg.findings import Finding

HISTORY = "propositions-history.yaml"

_HEAD = (
    "# Changes of propositions, the newest last. `kg propositions undo` takes the newest back;\n"
    "# delete this file if none is to be taken back any more.\n"
)
_STRICT = ConfigDict(frozen=True, extra="forbid")


class Entry(BaseModel):
    """One change; `names` are the ids that it replaced, with those that it put there."""

    model_config = _STRICT
    what: str
    when: str
    names: dict[str, str] = {}
    files: tuple[FileChange, ...]


class _History(BaseModel):
    model_config = _STRICT
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Undoing:
    """The way back from the last change: the rewriting, and the history without the change."""

    entry: Entry
    rewriting: Rewriting
    history: str | None


def carry_out(folder: DataFolder, rewriting: Rewriting, now: datetime) -> None:
    """Write a rewriting and its entry in the history, all or nothing.

    Raises `InputError` for a damaged history, `OutputError` if a file cannot be written.
    """
    path = folder.path / HISTORY
    entry = Entry(
        what=rewriting.what,
        when=now.isoformat(timespec="seconds"),
        names=dict(rewriting.names),
        files=tuple(
            file_change(name.relative_to(folder.path).as_posix(), rewriting.before[name], edits)
            for name, edits in sorted(rewriting.edits.items())
        ),
    )
    old = path.read_bytes().decode("utf-8") if path.exists() else None
    # The history first: what was begun can be taken back even if the process is killed.
    texts = {path: _as_text((*read_history(folder), entry)), **rewriting.after}
    write_together(texts, {**rewriting.before, path: old})


def undo(folder: DataFolder, further: Further) -> Undoing:
    """The way back from the last change; nothing is written yet.

    Raises `InputError` if there is none, or its places were changed since, and `DataError` if the
    result would have errors that are not there now.
    """
    entries = read_history(folder)
    if not entries:
        raise InputError(f"There is no change of propositions in {folder.path} to take back")
    last = entries[-1]
    before = {file.path: file.text for file in folder.files}
    after = {}
    for change in last.files:
        path = folder.path / change.path
        if path not in before:
            raise InputError(
                f"{path} is no longer there, so “{last.what}” cannot be taken back: restore it"
            )
        text = taken_back(before[path], change)
        if text is None:
            raise InputError(
                f"{path} was changed since at the places of “{last.what}”, so it cannot be taken "
                f"back: undo those changes first, or change it by hand as {HISTORY} says"
            )
        if text != before[path]:
            after[path] = text
    rewriting = Rewriting(f"undo {last.what}", last.names, before, after)
    left = _as_text(entries[:-1]) if entries[:-1] else None
    return Undoing(last, checked(folder, rewriting, further), left)


def take_back(folder: DataFolder, undoing: Undoing) -> None:
    """Write what `undo` found, all or nothing; raises `OutputError` if it cannot be written."""
    path = folder.path / HISTORY
    texts = {**undoing.rewriting.after, path: undoing.history}
    write_together(texts, {**undoing.rewriting.before, path: path.read_bytes().decode("utf-8")})


def read_history(folder: DataFolder) -> tuple[Entry, ...]:
    """The changes so far, the first first; raises `InputError` if the file is damaged."""
    path = folder.path / HISTORY
    if not path.exists():
        return ()
    file = load_yaml(path)
    if isinstance(file, Finding):
        raise InputError(f"The history is damaged ({file}): restore it, or delete it")
    try:
        return _History.model_validate(plain(file.tree)).entries
    except ValidationError as error:
        key = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(
            f"The history {path} is damaged ({key}): restore it, or delete it"
        ) from error


def _as_text(entries: Sequence[Entry]) -> str:
    data: dict[str, Any] = {"entries": [_without_nothing(entry.model_dump()) for entry in entries]}
    return _HEAD + yaml_text(data)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nothing(one) for key, one in value.items() if one not in ((), {})}
    return [_without_nothing(one) for one in value] if isinstance(value, tuple) else value
