"""The disparity filter: ties that are more than chance would give a node of such strength.

A node of k ties and strength s (the sum of their weights) would by chance split s at random over
them. That a tie then has weight w or more has the probability

    α = (1 - w/s)^(k-1)

and a tie stays if α is below a level for either of its ends (Serrano, Boguñá & Vespignani 2009,
doi:10.1073/pnas.0808904106). It keeps what matters locally, strong ties of weak nodes too, where
one threshold for all would leave the busiest.

A node of one tie puts all its strength there, with α = 1: it cannot vouch for the tie, which stays
only if the other end does.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kg.errors import InputError
from kg.networks.network import Floats, Network, sparse


def disparity(network: Network, level: float = 0.05) -> Network:
    """The ties that pass the filter, weights and nodes as before, and a note on how many do.

    Signed ties are weighed by their size. Raises `InputError` for a level outside 0 to 1.
    """
    if not 0.0 < level <= 1.0:
        raise InputError(f"The level must be above 0 and at most 1, not {level}")
    if network.made.get("aggregation") == "combine":
        raise InputError("Combine gives codes and not weights, which nothing can be said of")
    cells = network.matrix.tocoo()
    kept = probabilities(network) < level
    matrix = sparse(cells.data[kept], cells.row[kept], cells.col[kept], network.matrix.shape)
    filtered = replace(network, matrix=matrix, made={**network.made, "disparity": str(level)})
    return filtered.noting(_note(network, np.abs(cells.data), kept, level))


def probabilities(network: Network) -> Floats:
    """For each cell that is not 0, in the order of rows, the smaller α of its two ends.

    In a two-mode network, strength and ties of a row and of a column are those of its cells.
    """
    cells = network.matrix.tocoo()
    weights = np.abs(cells.data)
    ends = []
    for places, size in zip((cells.row, cells.col), network.matrix.shape, strict=True):
        strength = np.bincount(places, weights, size)[places]
        ties = np.bincount(places, minlength=size)[places]
        share = np.divide(weights, strength, out=np.zeros_like(weights), where=strength > 0)
        ends.append(np.maximum(1.0 - share, 0.0) ** (ties - 1))
    return np.asarray(np.minimum(*ends), dtype=np.float64)


def _note(network: Network, weights: Floats, kept: npt.NDArray[np.bool_], level: float) -> str:
    ties = 2 if network.mode == "onemode" else 1
    many, all_ties = int(kept.sum()) // ties, len(kept) // ties
    share = weights[kept].sum() / weights.sum() if weights.sum() else 0.0
    return (
        f"The disparity filter at {level:g} keeps {many} of {all_ties} ties, "
        f"with {share:.0%} of their weight"
    )
