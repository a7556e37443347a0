"""Networks for the tests of formats and pages: small ones by hand, random ones, hostile labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import scipy.sparse as sp
from hypothesis import strategies as st

from hostile_labels import HOSTILE
from kg.networks.network import Mode, Network, Node
from kg.networks.windows import Slice

MADE: Mapping[str, str] = {
    "type": "onemode",
    "rows": "body",
    "columns": "body",
    "aggregation": "subtract",
    "normalisation": "no",
    "duplicates": "document",
}
HARBOUR = Node("id:harbour", "Harbour Board", "body", {"color": "#ff8000", "seats": 7})
ISLANDS = Node("id:islands", "Saaristokunta Öljysaari", "body", {"color": "none", "seats": 12.5})
FERRIES = Node("id:ferries", "Ferries & Sons", "body", {"public": False})
LONER = Node("id:loner", "Nobody", "body", {"public": True})
BRIDGE = Node("id:bridge", "A bridge is built", "proposition", {"kind": "costly"})
TOLL = Node("id:toll", "Ferries ask a toll", "proposition")


def onemode() -> Network:
    """Four bodies: harbour and islands 3, harbour and ferries -0.5, islands and ferries 0.1."""
    nodes = (HARBOUR, ISLANDS, FERRIES, LONER)
    rows: list[list[float]] = [[0, 3, -0.5, 0], [3, 0, 0.1, 0], [-0.5, 0.1, 0, 0], [0, 0, 0, 0]]
    notes = ("Left out for want of a pole: 2 statements",)
    return Network("onemode", nodes, nodes, matrix_of(rows), MADE, notes)


def twomode() -> Network:
    """Three bodies on two propositions, combined: harbour both, islands for, ferries against."""
    made = {**MADE, "type": "twomode", "columns": "proposition", "aggregation": "combine"}
    return Network(
        "twomode",
        (HARBOUR, ISLANDS, FERRIES),
        (BRIDGE, TOLL),
        matrix_of([[3.0, 0], [1, 0], [2, 1]]),
        {**made, "qualifier kind": "boolean"},
    )


def network_of_rows(
    rows: Sequence[Sequence[float]], labels: Sequence[str], mode: Mode = "onemode"
) -> Network:
    """A network of labels alone; in two modes the labels of rows come first."""
    nodes = tuple(Node(f"id{place}", label, "body") for place, label in enumerate(labels))
    first = nodes[: len(rows)]
    second = first if mode == "onemode" else nodes[len(rows) :]
    return Network(mode, first, second, matrix_of(rows, (len(first), len(second))))


def matrix_of(
    rows: Sequence[Sequence[float]], shape: tuple[int, int] | None = None
) -> sp.csr_array:
    """A sparse matrix; `shape` where there may be no cell to tell it."""
    full = np.array(rows, dtype=np.float64).reshape(shape or (len(rows), -1))
    return sp.csr_array(full)


def hostile() -> Network:
    """A label of each hostile kind, tied to the one before it, and one that is empty."""
    labels = [*HOSTILE.values(), "", "=1+1", "a\x00\x1b[31mb\rc\nd\te\x85"]
    size = len(labels)
    rows = [[1.0 if abs(i - j) == 1 else 0.0 for j in range(size)] for i in range(size)]
    return network_of_rows(rows, labels)


LABELS = st.text(max_size=12)
WEIGHTS = st.one_of(
    st.integers(-9, 9).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES = st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False), LABELS)


@st.composite
def networks(draw: st.DrawFn, mode: Mode | None = None) -> Network:
    """Networks of up to five rows and columns, with any labels, weights and attributes."""
    modes: tuple[Mode, ...] = (mode,) if mode else ("onemode", "twomode")
    chosen = draw(st.sampled_from(modes))
    sizes = [draw(st.integers(0, 5)), draw(st.integers(0, 5))]
    sides = [
        tuple(
            Node(
                f"{side}{place}",
                draw(LABELS),
                "body",
                draw(st.dictionaries(LABELS, VALUES, max_size=2)),
            )
            for place in range(size)
        )
        for side, size in zip("rc", sizes, strict=True)
    ]
    if chosen == "twomode":
        rows, columns = sides
        cells = [[draw(WEIGHTS) for _ in columns] for _ in rows]
    else:
        rows = columns = sides[0]
        half = {(i, j): draw(WEIGHTS) for j in range(len(rows)) for i in range(j)}
        cells = [
            [half.get((min(i, j), max(i, j)), 0.0) for j in range(len(rows))]
            for i in range(len(rows))
        ]
    matrix = matrix_of(cells, (len(rows), len(columns)))
    return Network(chosen, rows, columns, matrix, {"source": draw(LABELS)}, (draw(LABELS),))


def slices(count: int = 3, mode: Mode = "onemode", hours: int = 0) -> tuple[Slice, ...]:
    """Windows of three months moved by one; the second loses a node, the last has no tie."""
    whole = onemode() if mode == "onemode" else twomode()
    made = []
    for place in range(count):
        times = [datetime(2020, month + place, 1, hours) for month in (1, 2, 4)]
        made.append(Slice(times[0], times[1], times[2], _at(whole, place, count)))
    return tuple(made)


def _at(whole: Network, place: int, count: int) -> Network:
    last = place == count - 1
    kept = whole.rows[: len(whole.rows) - (place == 1)]
    columns = kept if whole.mode == "onemode" else whole.columns
    cells = whole.dense()[: len(kept), : len(columns)] * (0 if last else place + 1)
    return Network(
        whole.mode, kept, columns, matrix_of(cells.tolist(), cells.shape), whole.made, whole.notes
    )
