"""The files of a data folder that may be changed: its own, never those of an installed package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg import resources
from kg.coding.dataset import REGISTERS, find_files
from kg.coding.identify import identify
from kg.coding.references import Defined, nodes
from kg.coding.yamlfile import YamlFile, load_yaml, plain
from kg.errors import DataError, InputError, UnknownName
from kg.findings import Finding, suggest

_MARK = "\N{BYTE ORDER MARK}"


@dataclass(frozen=True)
class OwnFile:
    """A file as it is on disk: its text, with byte order mark where it has one, and its tree."""

    path: Path
    text: str
    yaml: YamlFile

    @property
    def mark(self) -> str:
        """The byte order mark, if the file begins with one."""
        return _MARK if self.text.startswith(_MARK) else ""


@dataclass(frozen=True)
class DataFolder:
    """A folder of codings with its own files; `shipped` is the folder that lends registers."""

    path: Path
    shipped: Path
    files: tuple[OwnFile, ...]

    @property
    def is_shipped(self) -> bool:
        """Tell whether this is the folder that lends."""
        return self.path.resolve() == self.shipped.resolve()

    @cached_property
    def defined(self) -> dict[str, Defined]:
        """Every node of the folder by its id, also those whose id is derived."""
        found: dict[str, Defined] = {}
        for file in self.files:
            again = load_yaml(file.path)
            if isinstance(again, YamlFile):
                identify(again.tree)
                for one in nodes(again):
                    found.setdefault(one.id, one)
        return found

    @cached_property
    def lent(self) -> frozenset[str]:
        """The ids that the shipped registers define, where this is another folder."""
        if self.is_shipped:
            return frozenset()
        registers = find_files(self.shipped, self.shipped)
        found = [load_yaml(path) for path, kind in registers if kind in REGISTERS]
        return frozenset(
            one.id for file in found if isinstance(file, YamlFile) for one in nodes(file)
        )

    def proposition(self, name: str) -> Defined:
        """A proposition that this folder defines.

        Raises `UnknownName`, and `InputError` for one that the shipped registers define.
        """
        found = self.defined.get(name)
        if found is not None and found.type == "Proposition":
            return found
        if name in self.lent:
            raise InputError(
                f"The proposition {name} is defined in the shipped registers, which stay as they "
                f"are: define it in {self.path}, or choose one that is defined there"
            )
        known = [one.id for one in self.defined.values() if one.type == "Proposition"]
        raise UnknownName("proposition", name, suggest(name, known))


def read_folder(path: Path, shipped: Path) -> DataFolder:
    """The files of a folder that a change may touch.

    Raises `InputError` for no folder of codings and for one of an installed package, `DataError`
    if a file cannot be parsed: what it refers to would be left behind.
    """
    own = [file for file, _ in find_files(path, shipped) if file.is_relative_to(path)]
    package = Path(resources.__file__).resolve().parent
    if path.resolve().is_relative_to(package):
        raise InputError(
            f"The data in {path} belong to the installed package and stay as they are: "
            "give a folder of your own, or run kg from a checkout"
        )
    found = [load_yaml(file) for file in own]
    wrong = [one for one in found if isinstance(one, Finding)]
    if wrong:
        raise DataError("A file cannot be read, so nothing can be changed: correct it", wrong)
    files = (_own(one) for one in found if isinstance(one, YamlFile))
    return DataFolder(path, shipped, tuple(files))


def data_of(file: OwnFile) -> dict[str, Any]:
    """What a file says, as plain data."""
    said: dict[str, Any] = plain(file.yaml.tree)
    return said


def _own(file: YamlFile) -> OwnFile:
    return OwnFile(file.path, file.path.read_bytes().decode("utf-8"), file)
