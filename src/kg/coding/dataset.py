"""A data folder read whole: files → trees → models, with every finding of every file.

A folder holds `authorities/`, `issues/`, `reforms/` (registers) and `meetings/`. The shipped
registers lend what it refers to; the meetings are those of the user's folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.coding import evidence
from kg.coding.identify import identify
from kg.coding.lending import lend
from kg.coding.model import Meeting
from kg.coding.references import check_references, ids_in_text, nodes
from kg.coding.register import Register
from kg.coding.validation import validate
from kg.coding.yamlfile import YamlFile, load_yaml
from kg.errors import InputError
from kg.findings import Finding
from kg.source import Source, Sources

REGISTERS = ("authorities", "issues", "reforms")
FOLDERS = (*REGISTERS, "meetings")


@dataclass(frozen=True)
class CodingFile:
    """A file that passed its model."""

    yaml: YamlFile
    folder: str
    model: Register | Meeting


@dataclass(frozen=True)
class Dataset:
    """All files of a build; `checked` tells for each meeting whether its evidence was checked."""

    files: tuple[CodingFile, ...]
    checked: Mapping[str, bool]

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings, by date and id."""
        found = [file.model for file in self.files if isinstance(file.model, Meeting)]
        return sorted(found, key=lambda meeting: (meeting.date, meeting.id))

    def places(self) -> dict[str, tuple[Path, int]]:
        """For each node the file and line of its first definition."""
        found: dict[str, tuple[Path, int]] = {}
        for file in self.files:
            for one in nodes(file.yaml):
                found.setdefault(one.id, (file.yaml.path, file.yaml.line(one.location)))
        return found


def find_files(folder: Path, shipped: Path) -> list[tuple[Path, str]]:
    """The files that take part, with the folder of each.

    Raises `InputError` if the user's folder is missing or holds no coding.
    """
    if not folder.is_dir():
        raise InputError(f"There is no data folder {folder}: create one with `kg new {folder}`")
    own = [(path, name) for name in FOLDERS for path in _yaml_files(folder / name)]
    if not own:
        raise InputError(
            f"The folder {folder} holds no coding (no *.yaml in {', '.join(FOLDERS)}): "
            f"start one with `kg new {folder}`"
        )
    if folder.resolve() == shipped.resolve():
        return own
    return [(path, name) for name in REGISTERS for path in _yaml_files(shipped / name)] + own


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"})


def load_dataset(
    files: Iterable[tuple[Path, str]],
    sources: Sources | None = None,
    shipped: Path | None = None,
) -> tuple[Dataset, list[Finding]]:
    """Read and check files; the dataset holds those without error, the findings all there are.

    Of files below `shipped` only what the others refer to takes part (see `kg.coding.lending`).
    """
    parsed: list[tuple[YamlFile, str]] = []
    read: list[CodingFile] = []
    findings: list[Finding] = []
    unparsed: set[str] = set()
    checked: dict[str, bool] = {}
    for path, folder in files:
        file = load_yaml(path)
        if isinstance(file, Finding):
            findings.append(file)
            unparsed |= ids_in_text(path)
        else:
            parsed.append((file, folder))
    _lend([file for file, _ in parsed], shipped)
    for file, folder in parsed:
        model, seen, more = _read(file, folder, sources)
        findings += more
        if model is not None:
            read.append(CodingFile(file, folder, model))
        if isinstance(model, Meeting):
            checked[model.id] = seen
    findings += check_references([file for file, _ in parsed], unparsed)
    return Dataset(tuple(read), checked), sorted(set(findings))


def _lend(files: list[YamlFile], shipped: Path | None) -> None:
    """Leave in the shipped registers what the other files need, if there are any."""
    theirs = [file for file in files if shipped and file.path.is_relative_to(shipped)]
    own = [file for file in files if file not in theirs]
    if theirs and own:
        lend((file.tree for file in theirs), (file.tree for file in own))


def _read(
    file: YamlFile, folder: str, sources: Sources | None
) -> tuple[Meeting | Register | None, bool, list[Finding]]:
    """A file's model, if it has no error, whether its evidence was checked, and its findings."""
    identify(file.tree)
    if folder in REGISTERS:
        register, findings = validate(file, Register)
        return register, False, findings
    source = evidence.source_of(file, sources)
    found: list[Finding] = []
    if isinstance(source, Finding):
        found.append(source)
    elif source is not None:
        found += evidence.locate(file, source) + evidence.check(file, source)
    meeting, findings = validate(file, Meeting, located=isinstance(source, Source))
    return meeting, source is not None, found + findings
