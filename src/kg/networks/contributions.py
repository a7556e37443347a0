"""What each concept adds to the ties between actors, so that any set of concepts adds up fast.

A one-mode tie is a sum over concepts, and so are the sums that it is divided by. Kept apart for
each concept, they give the network of a set of concepts without counting again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from kg.networks.annealing import Mask
from kg.networks.counts import Counts
from kg.networks.events import Events
from kg.networks.network import Floats, Node
from kg.networks.projection import answered, kernel, one_mode, own
from kg.networks.recipe import Recipe, network_of

# How many cells of matrices are held at once: 128 MB.
MOST_CELLS = 1 << 24

Divisor = Callable[[Floats, Floats, Floats], Floats]
"""A length of each actor as column and as row, and what two of them share."""

DIVISORS: Mapping[str, Divisor] = {
    "average": lambda one, other, shared: (one + other) / 2.0,
    "cosine": lambda one, other, shared: np.sqrt(one * other),
    "jaccard": lambda one, other, shared: one + other - shared,
}
DNA_DIVISORS: Mapping[str, Divisor] = {
    **DIVISORS,
    "cosine": lambda one, other, shared: one * other,
}


@dataclass(frozen=True)
class Contributions:
    """For C concepts and n actors: ties and shares as C × n², lengths as C × n.

    See `kg.networks.normalisation` for what lengths and shares are; they are empty where nothing is
    divided. `statements` is how many statements there are on each concept.
    """

    actors: tuple[Node, ...]
    concepts: tuple[Node, ...]
    ties: sp.csr_array
    lengths: Floats
    shared: sp.csr_array
    statements: Floats
    divisor: Divisor | None

    def networks(self, chosen: Mask) -> Floats:
        """The ties by each set of concepts, sets × n × n; `chosen` has sets × concepts."""
        shape = (len(chosen), len(self.actors), len(self.actors))
        picked = sp.csr_array(chosen.astype(np.float64))
        ties = (picked @ self.ties).toarray().reshape(shape)
        if self.divisor is None:
            return np.asarray(ties, dtype=np.float64)
        lengths = np.asarray(picked @ self.lengths, dtype=np.float64)
        shared = (picked @ self.shared).toarray().reshape(shape)
        below = self.divisor(lengths[:, :, None], lengths[:, None, :], shared)
        divided = np.divide(ties, below, out=np.zeros(shape), where=below != 0)
        return np.asarray(divided, dtype=np.float64)

    def at_once(self) -> int:
        """For how many sets of concepts `networks` may be asked in one go."""
        return max(1, MOST_CELLS // max(1, len(self.actors) ** 2))


def contributions(counts: Counts, recipe: Recipe, events: Events) -> Contributions:
    """Take the counts apart by concept; `events` say what the nodes are."""
    single = [of_concepts(counts, [number]) for number in range(len(counts.columns))]
    plain = replace(recipe, normalisation="no")
    divided = single if recipe.normalisation != "no" else []
    dna = recipe.compatible
    weights = kernel(counts, "ignore" if recipe.aggregation == "ignore" else "congruence")
    by_activity = recipe.normalisation == "average" or dna
    return Contributions(
        counts.rows,
        counts.columns,
        _stacked([network_of(one, plain, events).matrix for one in single]),
        np.array([one.activity() if by_activity else own(one, weights) for one in divided]),
        _stacked([_shared(one, weights, dna) for one in divided]),
        np.asarray(counts.total().sum(axis=0), dtype=np.float64),
        (DNA_DIVISORS if dna else DIVISORS)[recipe.normalisation] if divided else None,
    )


def of_concepts(counts: Counts, places: list[int]) -> Counts:
    """The counts of some concepts alone, with all the actors."""
    layers = tuple(layer[:, places].tocsr() for layer in counts.layers)
    statements = int(sum(layer.sum() for layer in layers))
    columns = tuple(counts.columns[place] for place in places)
    return replace(counts, columns=columns, layers=layers, statements=statements)


def _shared(counts: Counts, weights: Floats, dna: bool) -> sp.csr_array:
    if not dna:
        return one_mode(counts, weights)
    one_sided = answered(counts)
    both = one_mode(counts, np.eye(len(counts.layers)))
    return sp.csr_array(one_sided + one_sided.T - both)


def _stacked(matrices: list[sp.csr_array]) -> sp.csr_array:
    """Matrices of n × n as the rows of one."""
    if not matrices:
        return sp.csr_array((0, 0), dtype=np.float64)
    rows = [matrix.tocoo().reshape((1, -1)) for matrix in matrices]
    return sp.csr_array(sp.vstack(rows, format="csr"))
