"""Backbones: the concepts that the structure of a discourse hangs on, and those it can do without.

The *loss* of a set of concepts is how far the network of actors by these concepts alone is from the
network by all of them (`kg.networks.spectral`; 0 is none). Three ways lead to a backbone, after
`dna_backbone` of rDNA 3 (Leifeld & Henrichsen):

- *nested*: take away the concept whose absence costs least, again and again, down to none. Each
  backbone lies within the next larger one; a better one of the same size may lie elsewhere.
- *fixed*: of all backbones of one size, look for the one with the least loss.
- *penalty*: of all sizes, look for the least loss · exp(-p (C - B) / C), with C concepts in all and
  B in the backbone: the larger the penalty p, the smaller the backbone.

The latter two are searches (`kg.networks.annealing`) that begin where a seed says. Actors stay in
the network when their concepts go. `Recipe.compatible` gives the losses of DNA 3.1.2, which compare
degrees, and lets concepts of equal loss go together, each noted with the loss of the first. DNA's
searches draw without a seed and report the set that they ended with, which need not be the best
they have seen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from kg.errors import InputError
from kg.networks.annealing import Found, Mask, Search, Trial, anneal
from kg.networks.contributions import Contributions, contributions, of_concepts
from kg.networks.counts import Counts, count
from kg.networks.events import Events
from kg.networks.network import Floats, Network, Node
from kg.networks.recipe import Recipe, make_network, network_of
from kg.networks.spectral import loss, spectrum
from kg.networks.timescale import check_whole

METHODS = ("nested", "fixed", "penalty")
# Losses that differ by less are the same, told apart by rounding only.
SAME = 1e-12


@dataclass(frozen=True)
class Removal:
    """A concept that went; the losses of what is left and of all that went so far.

    `statements` is how many statements are left.
    """

    concept: Node
    loss: float
    redundant_loss: float
    statements: int


@dataclass(frozen=True)
class Nested:
    """All backbones of the nested kind: the concepts in the order in which they went."""

    removals: tuple[Removal, ...]
    spectrum: str
    notes: tuple[str, ...] = ()

    def concepts(self, size: int) -> tuple[Node, ...]:
        """The backbone of a size, the concept that stayed longest first."""
        check_whole("The size of a backbone", size)
        return tuple(removal.concept for removal in self.removals[::-1][:size])


@dataclass(frozen=True)
class Backbone:
    """Concepts of the backbone and the others, in order, and the networks by either.

    `loss` and `redundant_loss` are without penalty; `log` tells of the search, if there was one.
    """

    method: str
    concepts: tuple[Node, ...]
    redundant: tuple[Node, ...]
    loss: float
    redundant_loss: float
    network: Network
    redundant_network: Network
    penalty: float = 0.0
    log: tuple[Trial, ...] = ()


@dataclass(frozen=True)
class _Task:
    """What losses are computed from."""

    events: Events
    recipe: Recipe
    counts: Counts
    parts: Contributions
    spectrum: str
    whole: Floats

    def losses(self, chosen: Mask) -> Floats:
        """The loss of each set of concepts; `chosen` has sets × concepts."""
        step = self.parts.at_once()
        found = [
            loss(spectrum(self.parts.networks(chosen[one : one + step]), self.spectrum), self.whole)
            for one in range(0, len(chosen), step)
        ]
        return np.concatenate(found) if found else np.zeros(0)

    def one(self, chosen: Mask) -> float:
        return float(self.losses(chosen[None, :])[0])


def nested(events: Events, recipe: Recipe) -> Nested:
    """Take away concepts one by one, each time the one whose absence costs least.

    Of concepts that cost the same, the last by label goes first. Raises `InputError` if the recipe
    is not one-mode or there are no statements.
    """
    task = _task(events, recipe)
    size = len(task.parts.concepts)
    left, removals = np.ones(size, dtype=np.bool_), list[Removal]()
    while left.any():
        candidates = np.flatnonzero(left)
        sets = np.tile(left, (len(candidates), 1))
        sets[np.arange(len(candidates)), candidates] = False
        losses = task.losses(sets)
        least = float(losses.min())
        tied = candidates[losses <= least + SAME][::-1]
        for place in tied if recipe.compatible else tied[:1]:
            statements = int(task.parts.statements @ left - task.parts.statements[place])
            left[place] = False
            removals.append(Removal(task.parts.concepts[place], least, task.one(~left), statements))
    return Nested(tuple(removals), task.spectrum, _notes(task))


def fixed(events: Events, recipe: Recipe, size: int, search: Search | None = None) -> Backbone:
    """The backbone of `size` concepts with the least loss that the search finds.

    Raises `InputError` for a size below 1 or above the number of concepts.
    """
    check_whole("The size of a backbone", size)
    search = search or Search()
    task = _task(events, recipe)
    concepts = len(task.parts.concepts)
    if size > concepts:
        raise InputError(f"There are only {concepts} concepts: a backbone of {size} is too large")
    start = np.zeros(concepts, dtype=np.bool_)
    start[np.random.default_rng(search.seed).permutation(concepts)[:size]] = True
    if size == concepts:
        return _backbone(task, "fixed", Found(start, 0.0, ()))
    return _backbone(task, "fixed", anneal(task.one, start, False, search))


def penalised(
    events: Events, recipe: Recipe, penalty: float = 3.5, search: Search | None = None
) -> Backbone:
    """The backbone of any size with the least penalised loss that the search finds.

    At least one concept is in the backbone, and one is not. Raises `InputError` for a penalty below
    0 or fewer than two concepts.
    """
    if not 0.0 <= penalty < np.inf:
        raise InputError(f"The penalty must be at least 0, not {penalty}")
    search = search or Search()
    task = _task(events, recipe)
    concepts = len(task.parts.concepts)
    if concepts < 2:
        raise InputError("A backbone with a penalty needs two concepts or more, and there is one")
    start = np.zeros(concepts, dtype=np.bool_)
    start[np.random.default_rng(search.seed).integers(concepts)] = True

    def penalised_loss(chosen: Mask) -> float:
        return task.one(chosen) * float(np.exp(-penalty * (1.0 - chosen.mean())))

    found = anneal(penalised_loss, start, True, search)
    return replace(_backbone(task, "penalty", found), penalty=penalty)


def given(events: Events, recipe: Recipe, concepts: Collection[str]) -> Backbone:
    """The backbone of the concepts with these ids, to see what they lose.

    Raises `InputError` for an id that is no concept of the statements.
    """
    task = _task(events, recipe)
    known = [node.id for node in task.parts.concepts]
    for concept in concepts:
        if concept not in known:
            raise InputError(f"“{concept}” is no concept of these statements: check the id")
    chosen = np.array([one in concepts for one in known], dtype=np.bool_)
    return _backbone(task, "given", Found(chosen, 0.0, ()))


def _task(events: Events, recipe: Recipe) -> _Task:
    if recipe.mode != "onemode":
        raise InputError("A backbone is of ties between actors: make it of a onemode network")
    plain = replace(recipe, isolates=False)
    whole = make_network(events, plain)
    by_value = recipe.aggregation != "ignore"
    counts = count(events, recipe.duplicates, by_value, not recipe.compatible)
    if not counts.statements:
        raise InputError("There is no statement to find a backbone of: check the filters")
    kind = "degrees" if recipe.compatible else "laplacian"
    parts = contributions(counts, plain, events)
    return _Task(events, plain, counts, parts, kind, spectrum(whole.dense(), kind))


def _backbone(task: _Task, method: str, found: Found) -> Backbone:
    losses = task.losses(np.array([found.chosen, ~found.chosen]))
    made = {"backbone": method, "spectrum": task.spectrum}
    networks = []
    for chosen, said in ((found.chosen, "backbone"), (~found.chosen, "redundant")):
        counts = of_concepts(task.counts, np.flatnonzero(chosen).tolist())
        network = network_of(counts, task.recipe, task.events)
        words = {**network.made, **made, "concepts": f"{len(counts.columns)} {said}"}
        networks.append(replace(network, made=words).noting(*_notes(task)))
    concepts = np.array(task.parts.concepts, dtype=object)
    return Backbone(
        method,
        tuple(concepts[found.chosen]),
        tuple(concepts[~found.chosen]),
        float(losses[0]),
        float(losses[1]),
        networks[0],
        networks[1],
        log=found.log,
    )


def _notes(task: _Task) -> tuple[str, ...]:
    if task.recipe.aggregation != "subtract":
        return task.counts.notes
    note = "Where conflict outweighs congruence, the spectrum of the backbone has no tie"
    return (*task.counts.notes, note)
