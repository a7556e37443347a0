"""How a network is made of events, checked before anything is counted, and the making of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

import numpy as np
import scipy.sparse as sp

from kg.errors import InputError
from kg.findings import suggest
from kg.networks.counts import Counts, count
from kg.networks.duplicates import DUPLICATES
from kg.networks.events import Events
from kg.networks.network import Mode, Network, sparse
from kg.networks.normalisation import NORMALISATIONS, divided, normalised, shares
from kg.networks.projection import (
    AGGREGATIONS,
    MOST_LEVELS,
    MOST_LEVELS_OF_DNA,
    dna_categories,
    kernel,
    one_mode,
    presence,
    two_mode,
)

MODES: tuple[str, ...] = get_args(Mode)


@dataclass(frozen=True)
class Recipe:
    """What kind of network is made; see `kg.networks.projection` and `kg.networks.normalisation`.

    `compatible` follows DNA 3.1.2 also where that is no true measure; `isolates` keeps nodes
    without a statement that counts. Raises `InputError` for words that are unknown or do not go
    together.

    >>> Recipe("onemode", "combine")
    Traceback (most recent call last):
    kg.errors.InputError: A onemode network has no aggregation “combine”: use one of ignore, \
congruence, conflict, subtract
    """

    mode: str = "onemode"
    aggregation: str = "congruence"
    normalisation: str = "no"
    duplicates: str = "include"
    compatible: bool = False
    isolates: bool = False

    def __post_init__(self) -> None:
        _check("type of network", self.mode, MODES)
        _check_of(self.mode, "aggregation", self.aggregation, AGGREGATIONS[self.mode])
        _check_of(self.mode, "normalisation", self.normalisation, NORMALISATIONS[self.mode])
        _check("way to count duplicates", self.duplicates, DUPLICATES)
        if self.aggregation == "combine" and self.normalisation != "no" and not self.compatible:
            raise InputError(
                "Combine gives codes for sets of stances, and a divided code means nothing: leave "
                "the normalisation out, or aggregate by subtract"
            )


def make_network(events: Events, recipe: Recipe) -> Network:
    """Count events and make a network of them.

    Raises `InputError` where the recipe does not fit the events.
    """
    by_value = recipe.aggregation != "ignore"
    check_qualifier(events, recipe)
    counts = count(
        events, recipe.duplicates, by_value, not recipe.compatible, isolates=recipe.isolates
    )
    return network_of(counts, recipe, events)


def check_qualifier(events: Events, recipe: Recipe) -> None:
    """Raise `InputError` where the recipe tells stances apart and the events have none."""
    if recipe.aggregation != "ignore" and events.qualifier.kind == "none":
        raise InputError(
            f"Without a qualifier there is nothing to tell apart: {recipe.aggregation} needs one, "
            "ignore does without"
        )


def network_of(counts: Counts, recipe: Recipe, events: Events) -> Network:
    """Make a network of counts; `events` say what its nodes are."""
    onemode = recipe.mode == "onemode"
    matrix = _one_mode(counts, recipe) if onemode else _two_mode(counts, recipe)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return Network(
        cast(Mode, recipe.mode),
        counts.rows,
        counts.rows if onemode else counts.columns,
        matrix,
        _made(recipe, events, counts),
        counts.notes,
    )


def _one_mode(counts: Counts, recipe: Recipe) -> sp.csr_array:
    words = counts.qualifier.kind == "category" and recipe.aggregation in ("conflict", "subtract")
    if words and recipe.compatible:
        ties = dna_categories(counts, recipe.aggregation)
    else:
        ties = one_mode(counts, kernel(counts, recipe.aggregation))
    ties = without_diagonal(ties)
    return normalised(ties, counts, recipe.aggregation, recipe.normalisation, recipe.compatible)


def without_diagonal(ties: sp.csr_array) -> sp.csr_array:
    """The ties between different nodes."""
    cells = ties.tocoo()
    apart = cells.row != cells.col
    return sparse(cells.data[apart], cells.row[apart], cells.col[apart], cells.shape)


def _two_mode(counts: Counts, recipe: Recipe) -> sp.csr_array:
    if recipe.aggregation == "combine":
        most = MOST_LEVELS_OF_DNA if recipe.compatible else MOST_LEVELS
        if len(counts.layers) > most:
            raise InputError(
                f"Combine has no number for each set of {len(counts.layers)} levels "
                f"(at most {most}): use subtract, or a qualifier with fewer levels"
            )
        return _dna_shares(counts, recipe.normalisation)
    return shares(two_mode(counts, recipe.aggregation), counts, recipe.normalisation)


def _dna_shares(counts: Counts, how: str) -> sp.csr_array:
    """Codes divided as DNA does it: by the number of cells of the row that are not empty."""
    cells = two_mode(counts, "combine")
    if how == "no":
        return cells
    filled = sum(presence(counts)[1:], start=presence(counts)[0]).tocsr()
    filled.data[:] = 1.0
    if how == "prominence" and len(counts.rows) != len(counts.columns):
        raise InputError(
            "DNA stops with an error at combine and prominence unless there are as many rows as "
            "columns: leave --dna-compatible and the normalisation out"
        )
    # For prominence DNA mixes up the indices: it divides column i by what is in row i.
    return divided(cells, np.asarray(filled.sum(axis=1), dtype=np.float64), how)


def _made(recipe: Recipe, events: Events, counts: Counts) -> dict[str, str]:
    return {
        **events.made,
        "type": recipe.mode,
        "rows": events.row_variable,
        "columns": events.row_variable if recipe.mode == "onemode" else events.column_variable,
        "by": events.column_variable,
        "qualifier": events.qualifier.name,
        "qualifier kind": events.qualifier.kind,
        "aggregation": recipe.aggregation,
        "normalisation": recipe.normalisation,
        "duplicates": recipe.duplicates,
        "measures": "as DNA 3.1.2" if recipe.compatible else "true",
        "statements": str(counts.statements),
    }


def _check(what: str, word: str, words: tuple[str, ...]) -> None:
    if word not in words:
        near = suggest(word, words, most=1)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(words)}"
        raise InputError(f"“{word}” is no {what}; {hint}")


def _check_of(mode: str, what: str, word: str, words: tuple[str, ...]) -> None:
    if word not in words:
        raise InputError(f"A {mode} network has no {what} “{word}”: use one of {', '.join(words)}")
