"""A change of propositions carried out in a data folder: all its files or none, checked first.

The new texts are made beside the folder, read and checked as a build would; only if they have no
error that was not there before do they take the place of the old ones. What is done is written down
before it is done, so that a process that is killed in the middle leaves a change that can be taken
back.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.coding.model import Entry, Meeting
from kg.curation.changes import Change
from kg.curation.exact import Edit, applied, exact_edits, says
from kg.curation.folder import DataFolder, OwnFile, data_of
from kg.errors import DataError, InputError, OutputError
from kg.findings import Finding, Severity, errors
from kg.folders import write_atomically

Further = Callable[[Dataset], list[Finding]]
"""A check of a dataset beyond its models and references, such as the shapes of its RDF."""

Texts = Mapping[Path, str | None]
"""What files are to hold; None: there is to be no such file."""

_PLACE = re.compile(r":\d+")
_HINT = "did you mean"


@dataclass(frozen=True)
class Rewriting:
    """New texts of files with the texts that they replace, and what to know of the result.

    `names` are the ids that it replaces, with those that it puts there.
    """

    what: str
    names: Mapping[str, str]
    before: Mapping[Path, str]
    after: Mapping[Path, str]
    edits: Mapping[Path, tuple[Edit, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def no_more(_: Dataset) -> list[Finding]:
    """Check nothing further."""
    return []


def rewrite(folder: DataFolder, change: Change, further: Further = no_more) -> Rewriting:
    """What a change makes of a folder; nothing is written yet.

    Raises `InputError` if it makes nothing of it or a file is written in a way that no exact edit
    can change, `DataError` with all new errors if the result would have any.
    """
    before = {file.path: file.text for file in folder.files}
    edits = {file.path: found for file in folder.files if (found := _edits(file, change))}
    after = {path: applied(before[path], found) for path, found in edits.items()}
    if not after:
        raise InputError(f"Nothing is to be changed: {folder.path} says so already")
    rewriting = Rewriting(change.what, change.names, before, after, edits, change.findings)
    return checked(folder, rewriting, further)


def _edits(file: OwnFile, change: Change) -> tuple[Edit, ...]:
    """The edits of the whole text of a file; none where the change does not concern it."""
    old = data_of(file)
    new = change.rewrite(old)
    if new == old:
        return ()
    found = exact_edits(file.yaml.text, old, new)
    if not says(applied(file.yaml.text, found), new):
        raise InputError(
            f"{file.path} is written in a way that cannot be changed exactly: "
            "lay out the propositions and positions meant one key a line"
        )
    shift = len(file.mark)
    return tuple(Edit(one.start + shift, one.end + shift, one.text) for one in found)


def checked(folder: DataFolder, rewriting: Rewriting, further: Further) -> Rewriting:
    """The rewriting with findings on its result; raises `DataError` for new errors."""
    names = rewriting.names
    dataset, findings = _read_as(folder, {**rewriting.before, **rewriting.after}, further)
    if errors(findings):
        _, earlier = _read_as(folder, rewriting.before, further)
        known = {_said(one, names) for one in errors(earlier)}
        if new := [one for one in errors(findings) if _said(one, names) not in known]:
            raise DataError("The change would make new errors, so nothing was changed", new)
    # A new id has no positions of its own yet: only a merge brings two together.
    twice = sorted(_twice(dataset, {name for name in names.values() if name in folder.defined}))
    return replace(rewriting, findings=(*rewriting.findings, *twice))


def _said(finding: Finding, names: Mapping[str, str]) -> tuple[Path, str]:
    """A finding without lines and hints, with new ids for old, to know it again after a change."""
    message = _PLACE.sub("", finding.message).partition(_HINT)[0]
    for old, new in names.items():
        message = re.sub(rf"(?<![\w./-]){re.escape(old)}(?![\w/-])", new, message)
    return finding.path, message


def _read_as(
    folder: DataFolder, texts: Mapping[Path, str], further: Further
) -> tuple[Dataset, list[Finding]]:
    """The folder read with these texts, in a copy; findings name the files themselves."""
    with TemporaryDirectory() as name:
        copy = Path(name).resolve() / "data"
        for path, text in texts.items():
            place = copy / path.relative_to(folder.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        shipped = copy if folder.is_shipped else folder.shipped
        dataset, findings = load_dataset(find_files(copy, shipped), None, shipped)
        if not errors(findings):
            findings = findings + further(dataset)
        moved = [_in_place(one, copy, folder.path) for one in findings]
        files = tuple(
            replace(file, yaml=replace(file.yaml, path=_moved(file.yaml.path, copy, folder.path)))
            for file in dataset.files
        )
    return replace(dataset, files=files), moved


def _in_place(finding: Finding, copy: Path, folder: Path) -> Finding:
    message = finding.message.replace(str(copy), str(folder))
    return replace(finding, path=_moved(finding.path, copy, folder), message=message)


def _moved(path: Path, copy: Path, folder: Path) -> Path:
    return folder / path.relative_to(copy) if path.is_relative_to(copy) else path


def _twice(dataset: Dataset, names: set[str]) -> Iterator[Finding]:
    """A warning where one holder now has two positions to one of `names` in one entry."""
    places = dataset.places() if names else {}
    for meeting in dataset.meetings if names else ():
        for entry in _entries(meeting):
            seen: set[tuple[str, str]] = set()
            for one in entry.positions:
                said = (one.holder, one.proposition)
                if said in seen and one.proposition in names:
                    path, line = places[one.id]
                    message = (
                        f"{one.holder} has two positions to {one.proposition} in {entry.id}: "
                        "keep one of them"
                    )
                    yield Finding(path, line, Severity.WARNING, message)
                seen.add(said)


def _entries(meeting: Meeting) -> list[Entry]:
    return [entry for item in meeting.items for entry in item.entries]


def diff(rewriting: Rewriting) -> str:
    """The rewriting as a unified diff, file by file."""
    pieces: list[str] = []
    for path, text in sorted(rewriting.after.items()):
        old, new = (one.splitlines(keepends=True) for one in (rewriting.before[path], text))
        pieces += difflib.unified_diff(old, new, str(path), str(path))
    return "".join(piece if piece.endswith("\n") else f"{piece}\n" for piece in pieces)


def write_together(texts: Texts, expected: Texts) -> None:
    """Write files in order, or none: whatever ends the writing, what stood there comes back.

    `expected` is what the files hold now. Raises `OutputError` if one cannot be written, or was
    changed in the meantime.
    """
    done: list[Path] = []
    try:
        for path, text in texts.items():
            if _read(path) != expected[path]:
                raise OutputError(f"{path} was changed in the meantime: run the command again")
            done.append(path)
            _put(path, text)
    except BaseException:
        for path in reversed(done):
            with suppress(OutputError):
                _put(path, expected[path])
        raise


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path} cannot be read any more: run the command again") from error


def _put(path: Path, text: str | None) -> None:
    if text is not None:
        write_atomically(path, text)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be removed ({error.strerror}): remove it") from error
