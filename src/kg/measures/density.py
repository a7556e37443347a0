"""How many of the ties that could be are there, and how strong they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.measures.matrices import ties
from kg.measures.measure import Measure, ratio
from kg.networks.network import Network


@dataclass(frozen=True)
class Density:
    """`density` = ties / possible ties, from 0 to 1 (Wasserman & Faust 1994, chapter 4).

    Possible are n(n-1)/2 ties between n nodes, rows · columns in a two-mode network. `mean` is the
    sum of weights / possible ties, so that absent ties count as 0; `mean_tie` is that of the ties
    that are there.
    """

    ties: int
    possible: int
    density: Measure
    mean: Measure
    mean_tie: Measure


def density(network: Network) -> Density:
    """The density of a network; raises `InputError` where ties are below 0."""
    matrix = ties(network, "Density")
    rows, columns = matrix.shape
    onemode = network.mode == "onemode"
    found = int(np.count_nonzero(matrix)) // (2 if onemode else 1)
    weight = float(matrix.sum()) / (2 if onemode else 1)
    possible = rows * (rows - 1) // 2 if onemode else rows * columns
    few = "a tie needs two nodes, and the network has fewer"
    return Density(
        found,
        possible,
        ratio(found, possible, few),
        ratio(weight, possible, few),
        ratio(weight, found, "there is no tie"),
    )
