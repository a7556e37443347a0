"""A data folder read whole: files → trees → models, with every finding of every file.

A folder holds `authorities/`, `issues/`, `reforms/` (registers) and `meetings/`. The shipped
registers lend what it refers to; the meetings are those of the user's folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.coding import evidence
from kg.coding.facts import Facts, KeptFile, Outline, concerned, facts, key_at
from kg.coding.identify import identify
from kg.coding.lending import borrowed, ids_of, lend
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

    @property
    def graph(self) -> str:
        """The name of the graph that it is encoded in: its meeting's, or its folder's."""
        return self.model.id if isinstance(self.model, Meeting) else self.folder


@dataclass(frozen=True)
class Dataset:
    """All files of a build; `checked` tells for each meeting whether its evidence was checked.

    `kept` are files that were not read again, `facts` those of all meetings, read or kept.
    """

    files: tuple[CodingFile, ...]
    checked: Mapping[str, bool]
    kept: tuple[KeptFile, ...] = ()
    facts: tuple[Facts, ...] = ()

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings that were read, by date and id."""
        found = [file.model for file in self.files if isinstance(file.model, Meeting)]
        return sorted(found, key=lambda meeting: (meeting.date, meeting.id))

    @property
    def outlines(self) -> list[Outline]:
        """All meetings in numbers, by date and id."""
        return sorted(one.outline for one in self.facts)

    def places(self) -> dict[str, tuple[Path, int]]:
        """For each node the file and line of its first definition."""
        found: dict[str, tuple[Path, int]] = {}
        for file in self.files:
            for one in nodes(file.yaml):
                found.setdefault(one.id, (file.yaml.path, file.yaml.line(one.location)))
        # What a kept file defines is defined in no other: else that file would have been read.
        for kept in self.kept:
            for name, (_, line) in kept.facts.nodes.items():
                found[name] = (kept.path, line)
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
    earlier: Mapping[str, Facts] = MappingProxyType({}),
) -> tuple[Dataset, list[Finding]]:
    """Read and check files; the dataset holds those without error, the findings all there are.

    Of files below `shipped` only what the others refer to takes part (see `kg.coding.lending`).
    `earlier` are facts of meetings' files that had no error, by the key of the file: a file of that
    key is not read again unless it may have a finding now. The findings are those of reading all.
    """
    reading = _Reading(list(files), sources, shipped)
    reading.keep(earlier)
    reading.open(set(range(len(reading.files))) - set(reading.kept))
    reading.lend()
    reading.check(set(reading.trees))
    again = concerned(reading.kept, reading.trees.values(), reading.unparsed)
    for number in again:
        del reading.kept[number]
    reading.open(again)
    reading.check(again & set(reading.trees))
    return reading.dataset(), reading.findings()


class _Reading:
    """Files on their way to a dataset, by their number in the order of all."""

    def __init__(
        self, files: Sequence[tuple[Path, str]], sources: Sources | None, shipped: Path | None
    ) -> None:
        self.files = files
        self.sources = sources
        self.shipped = shipped
        self.kept: dict[int, KeptFile] = {}
        self.trees: dict[int, YamlFile] = {}
        self.unparsed: set[str] = set()
        self._found: list[Finding] = []
        self._read: dict[int, CodingFile] = {}
        self._checked: dict[int, bool] = {}
        self._facts: dict[int, Facts] = {}
        self._ids: frozenset[str] = frozenset()

    def keep(self, earlier: Mapping[str, Facts]) -> None:
        """Take the facts of meetings' files that are as they were, with the same documents."""
        for number, (path, folder) in enumerate(self.files if earlier else ()):
            known = earlier.get(key_at(path) or "") if folder not in REGISTERS else None
            if known is not None and known.still_hold(self.sources):
                self.kept[number] = KeptFile(path, known)

    def open(self, numbers: Iterable[int]) -> None:
        """Parse files."""
        for number in sorted(numbers):
            path, _ = self.files[number]
            file = load_yaml(path)
            if isinstance(file, Finding):
                self._found.append(file)
                self.unparsed |= ids_in_text(path)
            else:
                self.trees[number] = file

    def lend(self) -> None:
        """Leave in the shipped registers what the other files need, if there are any."""
        theirs = [file.tree for file in self.trees.values() if self._is_shipped(file.path)]
        own = [file.tree for file in self.trees.values() if not self._is_shipped(file.path)]
        kept = [one.facts.borrowed for one in self.kept.values() if not self._is_shipped(one.path)]
        self._ids = ids_of(theirs)
        if theirs and (own or kept):
            lend(theirs, [*(borrowed(tree, self._ids) for tree in own), *kept])

    def _is_shipped(self, path: Path) -> bool:
        return self.shipped is not None and path.is_relative_to(self.shipped)

    def check(self, numbers: Iterable[int]) -> None:
        """Hold parsed files to their models and their evidence."""
        for number in sorted(numbers):
            file, folder = self.trees[number], self.files[number][1]
            taken, said = borrowed(file.tree, self._ids), evidence.stated(file)
            model, seen, more = _read(file, folder, self.sources)
            self._found += more
            if model is not None:
                self._read[number] = CodingFile(file, folder, model)
            if isinstance(model, Meeting):
                self._checked[number] = seen
                if not more:
                    self._facts[number] = facts(file, model, seen, taken, said, self.sources)

    def dataset(self) -> Dataset:
        """The files without error, and the facts of the meetings among them."""
        kept = {number: one.facts for number, one in self.kept.items()}
        told = dict(sorted({**self._facts, **kept}.items()))
        seen = {number: (told[number].outline.id, told[number].checked) for number in kept}
        for number, checked in self._checked.items():
            seen[number] = (self._read[number].graph, checked)
        return Dataset(
            tuple(self._read[number] for number in sorted(self._read)),
            dict(pair for _, pair in sorted(seen.items())),
            tuple(self.kept[number] for number in sorted(kept)),
            tuple(told.values()),
        )

    def findings(self) -> list[Finding]:
        """What all checks found, with that of references between the files."""
        others = {
            name: kind for one in self.kept.values() for name, (kind, _) in one.facts.nodes.items()
        }
        trees = [self.trees[number] for number in sorted(self.trees)]
        return sorted({*self._found, *check_references(trees, self.unparsed, others)})


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
