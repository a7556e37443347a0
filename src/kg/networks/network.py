"""A network: a sparse matrix whose rows and columns are nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Mode: TypeAlias = Literal["onemode", "twomode"]
Attribute: TypeAlias = str | int | float | bool
Floats: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]
Places: TypeAlias = npt.NDArray[np.integer[Any]]

ROW_SIDE, COLUMN_SIDE = "row", "column"
"""What the two sides of a network are called."""


@dataclass(frozen=True)
class Node:
    """A node: its id (an IRI of the graph, or a name), what it is called, and what else is known.

    `kind` is *body*, *person*, *group*, *unnamed*, *proposition* or *issue*, or the name of a
    variable of a DNA database.
    """

    id: str
    label: str
    kind: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Network:
    """Ties between nodes as a matrix of rows × columns; a cell without a tie is 0.

    In a one-mode network rows and columns are the same nodes, the matrix is symmetric and its
    diagonal 0. `made` says how it came about (aggregation, normalisation, duplicates, …), as one
    word for each; `notes` say in sentences what a reader should know, such as what was left out.
    """

    mode: Mode
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    matrix: sp.csr_array = field(compare=False)
    made: Mapping[str, str] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()

    def dense(self) -> Floats:
        """The matrix with all its zeros, rows × columns."""
        return np.asarray(self.matrix.toarray(), dtype=np.float64)

    def nodes(self) -> tuple[Node, ...]:
        """All nodes: the rows, and in a two-mode network the columns after them."""
        return self.rows if self.mode == "onemode" else self.rows + self.columns

    def row_labels(self) -> tuple[str, ...]:
        """What each row is called, told apart by id where two share a label."""
        return unique_labels(self.rows)

    def column_labels(self) -> tuple[str, ...]:
        """What each column is called, told apart by id where two share a label."""
        return unique_labels(self.columns)

    def noting(self, *notes: str) -> Network:
        """The same network with more notes."""
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))


def sparse(values: Floats, rows: Places, columns: Places, shape: tuple[int, int]) -> sp.csr_array:
    """A sparse matrix from its cells; values of one cell add up."""
    cells: sp.coo_array = sp.coo_array((values, (rows, columns)), shape=shape, dtype=np.float64)
    return cells.tocsr()


def unique_labels(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The labels of `nodes`; where two are the same, each with its id in brackets.

    >>> unique_labels([Node("a", "SM", "body"), Node("b", "SM", "body"), Node("c", "OM", "body")])
    ('SM (a)', 'SM (b)', 'OM')
    """
    seen: dict[str, int] = {}
    for node in nodes:
        seen[node.label] = seen.get(node.label, 0) + 1
    return tuple(
        node.label if seen[node.label] == 1 else f"{node.label} ({node.id})" for node in nodes
    )


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Nodes by label, then id, letters compared as UTF-16 code units.

    That is how Java compares strings, so that rows and columns stand where DNA puts them.
    """
    return sorted(nodes, key=lambda node: (node.label.encode("utf-16-be"), node.id))
