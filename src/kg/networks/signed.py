"""Signed networks: agreement and disagreement side by side, before one is taken from the other.

Two actors with ten agreements and ten disagreements are no strangers, though *subtract* gives 0 for
both. Here the positive ties (congruence; in a two-mode network, support) and the negative ties
(conflict; opposition) are kept apart until a rule makes one sign of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp

from kg.errors import InputError
from kg.findings import counted
from kg.networks.counts import Counts, count
from kg.networks.events import Events
from kg.networks.network import Mode, Network, Node, sparse
from kg.networks.recipe import Recipe, network_of

TIES = ("none", "positive", "negative")
"""What a pair is that agrees as much as it disagrees: no tie, a positive or a negative one."""
WEIGHTS = ("net", "sign")
"""*net*: positive less negative. *sign*: 1 or -1."""
ROUNDING = 1e-12


@dataclass(frozen=True)
class SignedNetwork:
    """Positive and negative ties between the same nodes; both matrices are at least 0."""

    mode: Mode
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    positive: sp.csr_array = field(compare=False)
    negative: sp.csr_array = field(compare=False)
    made: Mapping[str, str] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()

    def net(self) -> sp.csr_array:
        """Positive less negative ties."""
        return sp.csr_array(self.positive - self.negative)

    def contact(self) -> sp.csr_array:
        """Positive and negative ties together: how much there is to agree or disagree on."""
        return sp.csr_array(self.positive + self.negative)


def signed(events: Events, recipe: Recipe) -> SignedNetwork:
    """Positive and negative ties from events, each normalised as the recipe says.

    The recipe's aggregation has no say, save that *ignore* and *combine* are refused: they know no
    signs. Raises `InputError` too where the qualifier has no opposite sides, or there are no
    statements.
    """
    if recipe.aggregation in ("ignore", "combine"):
        raise InputError(
            f"A signed network tells agreement from disagreement, which {recipe.aggregation} does "
            "not: use subtract"
        )
    _check_qualifier(events, recipe)
    counts = count(events, recipe.duplicates, True, not recipe.compatible, recipe.isolates)
    if not counts.statements:
        raise InputError("There is no statement to make a network of: check the filters")
    positive, negative = (
        _by_sign(counts, recipe, events)
        if recipe.mode == "twomode"
        else [
            network_of(counts, replace(recipe, aggregation=one), events)
            for one in ("congruence", "conflict")
        ]
    )
    return SignedNetwork(
        positive.mode,
        positive.rows,
        positive.columns,
        positive.matrix,
        negative.matrix,
        {**positive.made, "aggregation": "signed"},
        positive.notes,
    )


def _check_qualifier(events: Events, recipe: Recipe) -> None:
    kind, levels = events.qualifier.kind, events.qualifier.levels
    if kind == "none":
        raise InputError("A signed network needs a qualifier that tells for from against")
    if kind == "category" and (recipe.mode == "twomode" or recipe.compatible):
        raise InputError("Categories are neither for nor against: choose a boolean or a number")
    if recipe.mode == "twomode" and kind == "number" and min(map(float, levels), default=0) >= 0:
        raise InputError(
            f"No number of {events.qualifier.name} is below 0, so nothing is opposition: "
            "shift the scale, or choose a boolean"
        )


def _by_sign(counts: Counts, recipe: Recipe, events: Events) -> list[Network]:
    """Two-mode networks of the levels above 0 and of those below 0, both as positive numbers."""
    values = counts.qualifier.weights()
    networks = []
    for sign in (1.0, -1.0):
        levels = tuple(np.maximum(sign * values, 0.0).tolist())
        side = replace(counts, qualifier=replace(counts.qualifier, levels=levels))
        networks.append(network_of(side, replace(recipe, aggregation="subtract"), events))
    return networks


def one_network(
    both: SignedNetwork, weights: str = "net", threshold: float = 0.0, ties: str = "none"
) -> Network:
    """One network with signs of a signed network.

    A pair is tied where |positive - negative| is above `threshold`. Where the two are equal and
    above it, the pair is balanced, and `ties` says what becomes of it: no tie, or one of that sign,
    with the weight of either (*net*) or 1 (*sign*). A note says how many pairs are balanced, and
    how many are below the threshold. Raises `InputError` for unknown words or a threshold below 0.
    """
    for word, words in ((weights, WEIGHTS), (ties, TIES)):
        if word not in words:
            raise InputError(f"“{word}” is not known: use one of {', '.join(words)}")
    if not threshold >= 0.0:
        raise InputError(f"The threshold must be at least 0, not {threshold}")
    # As complex numbers, so that a cell has both its sides at hand.
    cells = (both.positive + 1j * both.negative).tocoo()
    plus, minus = cells.data.real, cells.data.imag
    net = plus - minus
    equal = np.abs(net) <= ROUNDING * (plus + minus)
    balanced, strong = equal & (plus > threshold), ~equal & (np.abs(net) > threshold)
    values = np.where(strong, net, 0.0)
    if ties != "none":
        values += np.where(balanced, plus if ties == "positive" else -plus, 0.0)
    values = np.sign(values) if weights == "sign" else values
    matrix = sparse(values, cells.row, cells.col, cells.shape)
    matrix.eliminate_zeros()
    made = {**both.made, "weights": weights, "threshold": f"{threshold:g}", "ties": ties}
    network = Network(both.mode, both.rows, both.columns, matrix, made, both.notes)
    weak = int((~strong & ~balanced).sum())
    return network.noting(*_notes(both.mode, int(balanced.sum()), weak, ties))


def _notes(mode: Mode, balanced: int, weak: int, ties: str) -> tuple[str, ...]:
    each = 2 if mode == "onemode" else 1
    became = "without a tie" if ties == "none" else f"counted as {ties}"
    equal, below = counted(balanced // each, "pair"), counted(weak // each, "pair")
    return (
        f"As much agreement as disagreement, {became}: {equal}" if balanced else "",
        f"Below the threshold, without a tie: {below}" if weak else "",
    )
