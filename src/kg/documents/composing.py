"""The text that is taken out of a DOCX or PDF file, and its lines in it."""

from __future__ import annotations

from pathlib import Path

from kg.documents.document import Kind, Line
from kg.documents.limits import check_characters
from kg.traced import taken


class Composer:
    """Text that grows line by line; a blank line stands for white space, a form feed for a page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[tuple[int, int, Kind, int, int, bool, bool]] = []

    def add(
        self,
        text: str,
        kind: Kind = Kind.TEXT,
        level: int = 0,
        page: int = 0,
        *,
        gap: bool = False,
        whole: bool = False,
    ) -> None:
        """Add a line that is not blank; raises `InputError` where the text grows too long."""
        if self._lines:
            turns = page != self._lines[-1][4]
            self._append("\n\f" if turns else "\n\n" if gap else "\n")
        start = self._length
        self._append(text)
        self._lines.append((start, self._length, kind, level, page, gap, whole))
        check_characters(self._path, self._length)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def finish(self) -> tuple[str, tuple[Line, ...]]:
        """The text, and its lines."""
        text = "".join(self._parts) + ("\n" if self._parts else "")
        lines = tuple(
            Line(taken(text, start, end), kind, level, page, gap, whole)
            for start, end, kind, level, page, gap, whole in self._lines
        )
        return text, lines
