"""UCINET's DL, full matrix, in the form that DNA writes.

DL has no way to write a quote inside a label, so that both kinds are left out, as DNA does
(http://www.analytictech.com/ucinet/help/hs5000.htm).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.formats.labels import plain_labels
from kg.formats.numbers import matrix
from kg.networks.network import Network


def to_dl(network: Network) -> str:
    """The whole matrix under its size and labels; a one-mode network has its labels once."""
    lines = [*_head(network), "data:"]
    lines += [" ".join(map(repr, row)) for row in matrix(network)]
    return "\n".join(lines) + "\n"


def _head(network: Network) -> list[str]:
    rows = _quoted(network.row_labels())
    if network.mode == "onemode":
        return [f"dl n = {len(rows)}, format = fullmatrix", "labels:", *rows]
    columns = _quoted(network.column_labels())
    size = f"dl nr = {len(rows)}, nc = {len(columns)}, format = fullmatrix"
    return [size, "row labels:", *rows, "col labels:", *columns]


def _quoted(labels: Sequence[str]) -> list[str]:
    return [f'"{label}"' for label in plain_labels(labels, {'"': "", "'": ""})]
