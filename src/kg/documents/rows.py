"""Rows of tables: their cells side by side as lines, parted by tabs.

A cell may hold several paragraphs: names under each other beside one label, or a column of names
beside a column of bodies. The first paragraphs of all cells are one row, the second ones the next.
Where only one cell has anything, its line stays what it was: tables also serve to lay out pages.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from kg.documents.document import Kind, Line
from kg.traced import joined, put


class Cells:
    """The cells of a table, filled one after the other; `lines` are those of its rows so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._cells: list[tuple[int, list[Line]]] = []

    def start_row(self) -> None:
        """Begin a row."""
        self.end_row()

    def start_cell(self, offset: int) -> None:
        """Begin a cell, whose mark stands at an offset of the source."""
        self._cells.append((offset, []))

    def add(self, line: Line) -> bool:
        """Put a line into the cell that is open; False if there is none."""
        if not self._cells:
            return False
        self._cells[-1][1].append(line)
        return True

    def end_row(self) -> None:
        """End the row: its cells become lines."""
        cells, self._cells = self._cells, []
        for number, beside in enumerate(zip_longest(*(lines for _, lines in cells))):
            filled = [line for line in beside if line is not None]
            if len(filled) == 1:
                gap = filled[0].gap if number or self.lines else True
                self.lines.append(replace(filled[0], gap=gap))
                continue
            pieces = []
            for column, ((offset, _), line) in enumerate(zip(cells, beside, strict=True)):
                pieces += [put("\t", offset)] if column else []
                pieces += [line.traced] if line is not None else []
            gap = not self.lines
            self.lines.append(Line(joined(pieces), Kind.ROW, gap=gap, whole=True))
