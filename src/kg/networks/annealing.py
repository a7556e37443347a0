"""Simulated annealing over sets: which of them has the least loss.

Kirkpatrick, Gelatt & Vecchi 1983, doi:10.1126/science.220.4598.671.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.networks.timescale import check_whole

Mask = npt.NDArray[np.bool_]
Loss = Callable[[Mask], float]
# The scale of differences is learnt from so many moves.
LEARNT = 50


@dataclass(frozen=True)
class Search:
    """How long to search, and the seed of all that is drawn. Raises `InputError` below 1 or 0."""

    iterations: int = 10_000
    seed: int = 0

    def __post_init__(self) -> None:
        check_whole("The number of iterations", self.iterations)
        check_whole("The seed", self.seed, 0)


@dataclass(frozen=True)
class Trial:
    """One iteration: what was proposed and whether it was accepted; sizes of the sets after it."""

    temperature: float
    loss: float
    proposed: int
    accepted: bool
    size: int
    best_size: int
    best_loss: float


@dataclass(frozen=True)
class Found:
    """The best set that was seen, its loss, and what happened on the way."""

    chosen: Mask
    loss: float
    log: tuple[Trial, ...]


@dataclass(frozen=True)
class _State:
    chosen: Mask
    loss: float

    def better(self, other: _State) -> bool:
        """Less loss, or as little with fewer elements."""
        return (self.loss, self.size()) < (other.loss, other.size())

    def size(self) -> int:
        return int(self.chosen.sum())


def temperature(iteration: int, iterations: int) -> float:
    """How large a loss the search is ready to accept, in mean changes of loss.

    It falls by the same factor each time, from 1/2 to 1/1000.

    >>> round(temperature(1, 1000), 3), round(temperature(1000, 1000), 3)
    (0.497, 0.001)
    """
    return float(0.5 * 0.002 ** (iteration / iterations))


def anneal(loss: Loss, start: Mask, resize: bool, search: Search) -> Found:
    """Look for the set of least `loss`, beginning with `start`.

    A move swaps an element of the set for one outside, or, with `resize`, may also add or remove
    one; at least one element stays inside and one outside. A move that raises the loss by Δ is
    accepted with probability exp(-Δ / (s τ)) (Metropolis et al. 1953, doi:10.1063/1.1699114), where
    τ is the temperature and s the mean |Δ| of a walk of some moves. DNA accepts it with τ exp(-Δ),
    τ falling from 1 to 0 along a logistic curve; with losses far below 1 that is nearly τ, and does
    not tell small losses from large ones.
    """
    random, losses = np.random.default_rng(search.seed), _remembered(loss)
    current = best = _State(start, losses(start))
    scale, log = _scale(losses, current, resize, random), list[Trial]()
    for iteration in range(1, search.iterations + 1):
        chosen = moved(current.chosen, resize, random)
        proposal, heat = _State(chosen, losses(chosen)), temperature(iteration, search.iterations)
        rise = proposal.loss - current.loss
        accepted = rise < 0 or bool(random.random() < np.exp(-rise / (scale * heat)))
        if accepted:
            current = proposal
        if proposal.better(best):
            best = proposal
        log.append(
            Trial(
                heat,
                proposal.loss,
                proposal.size(),
                accepted,
                current.size(),
                best.size(),
                best.loss,
            )
        )
    return Found(best.chosen, best.loss, tuple(log))


def moved(chosen: Mask, resize: bool, random: np.random.Generator) -> Mask:
    """A set that is one move away from `chosen`."""
    inside, outside = np.flatnonzero(chosen), np.flatnonzero(~chosen)
    moves = ["swap"]
    if resize:
        moves += ["add"] * (len(outside) > 1) + ["remove"] * (len(inside) > 1)
    move = moves[int(random.integers(len(moves)))]
    found = chosen.copy()
    if move != "remove":
        found[random.choice(outside)] = True
    if move != "add":
        found[random.choice(inside)] = False
    return found


def _scale(loss: Loss, start: _State, resize: bool, random: np.random.Generator) -> float:
    """The mean size of a change of loss, over a walk of a few moves."""
    walk, changes = start, []
    for _ in range(LEARNT):
        chosen = moved(walk.chosen, resize, random)
        step = _State(chosen, loss(chosen))
        changes.append(abs(step.loss - walk.loss))
        walk = step
    return float(np.mean(changes)) or 1.0


def _remembered(loss: Loss) -> Loss:
    """The same losses, each set looked at once."""
    known: dict[bytes, float] = {}

    def remembered(chosen: Mask) -> float:
        key = np.packbits(chosen).tobytes()
        if key not in known:
            known[key] = loss(chosen)
        return known[key]

    return remembered
