"""The fictional ferry group, copied where a test may spoil it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.findings import Finding
from kg.source import Sources, read_sources

FERRY = Path(__file__).parent / "data" / "coding"
MEETING = "meetings/ferry.yaml"
PEOPLE = "authorities/who.yaml"
ISSUES = "issues/what.yaml"
MEMO = "sources/memo.txt"


@dataclass(frozen=True)
class Ferry:
    """A copy of the coding with its registers and its document."""

    folder: Path

    def replace(self, name: str, old: str, new: str) -> None:
        """Change the one place of a file where `old` stands."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line(self, name: str, marker: str) -> int:
        """The line of the one place where `marker` stands; 0, the whole file, for no marker."""
        if not marker:
            return 0
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(marker) == 1, f"{marker!r} stands {text.count(marker)} times in {name}"
        return text.count("\n", 0, text.index(marker)) + 1

    def sources(self) -> Sources:
        return read_sources(self.folder / "sources")

    def load(self, *, sources: bool = True) -> tuple[Dataset, list[Finding]]:
        found = find_files(self.folder, self.folder)
        return load_dataset(found, self.sources() if sources else None)


def copy_ferry(folder: Path) -> Ferry:
    """The whole example in a folder of its own."""
    for name in ("authorities", "issues", "meetings", "sources"):
        shutil.copytree(FERRY / name, folder / name)
    return Ferry(folder)
