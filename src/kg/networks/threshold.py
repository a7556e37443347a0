"""Ties above a weight: the plainest backbone of a network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kg.errors import InputError
from kg.findings import counted
from kg.networks.network import Network, sparse


def above(network: Network, threshold: float) -> Network:
    """The network with the ties whose weight, without its sign, is above `threshold` (≥ 0).

    All nodes stay; a note says how many ties went. Raises `InputError` below 0.
    """
    if not threshold >= 0:
        raise InputError(f"The threshold must be at least 0, not {threshold}")
    cells = network.matrix.tocoo()
    strong = np.abs(cells.data) > threshold
    kept = sparse(cells.data[strong], cells.row[strong], cells.col[strong], cells.shape)
    sides = 2 if network.mode == "onemode" else 1
    gone = int((~strong).sum()) // sides
    made = {**network.made, "threshold": f"{threshold:g}"}
    note = f"Left out, not above {threshold:g}: {counted(gone, 'tie')}" if gone else ""
    return replace(network, matrix=kept, made=made).noting(note)
