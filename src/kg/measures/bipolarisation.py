"""Bipolarisation: do the actors stand at two poles, concept by concept?

Esteban & Ray (1994, doi:10.2307/2951734): with π_g the share of actors at stance y_g,

    P = K Σ_g Σ_h π_g^(1+α) π_h |y_g - y_h| / 2

from 0, where all stand at one place, to 1, where half stands at each end of the scale from -1 to 1;
K = 2^(1+α) makes it so. α, between 0 and 1.6, is how much people at one place feel as one: with 0
it is a measure of inequality. The default 1 makes it 4p(1-p) for stances that are firm.

It is chosen because its axioms are those of camps: it grows when people gather at two places, where
a variance only asks how far apart they are. Van der Eijk's agreement A (2001,
doi:10.1023/A:1010374114305) is not defined for two levels, which a boolean has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.errors import InputError
from kg.measures.measure import Measure
from kg.measures.stances import stances
from kg.networks.counts import Counts
from kg.networks.network import Floats, Node

ALPHA = 1.0
LARGEST_ALPHA = 1.6
ALONE = "a single actor speaks of it"


@dataclass(frozen=True)
class Bipolarisation:
    """The measure by concept, and the mean over concepts, each weighed by its actors.

    A concept of which a single actor speaks has no value and takes no part in the mean.
    """

    concepts: tuple[Node, ...]
    values: tuple[Measure, ...]
    mean: Measure


def bipolarisation(counts: Counts, alpha: float = ALPHA) -> Bipolarisation:
    """The bipolarisation of the concepts of counts, with actors as rows.

    An actor stands where the mean of its statements is. Raises `InputError` for an α outside of
    (0, 1.6] and where the qualifier has no for and against.
    """
    if not 0 < alpha <= LARGEST_ALPHA:
        raise InputError(f"α is above 0 and at most {LARGEST_ALPHA}, not {alpha:g}")
    found = stances(counts)
    net, speaks = found.net(), found.said > 0
    spoken = np.flatnonzero(speaks.any(axis=0))
    positions = [net[speaks[:, column], column] for column in spoken]
    values = tuple(
        Measure(esteban_ray(one, alpha)) if len(one) > 1 else Measure(None, ALONE)
        for one in positions
    )
    weights = [len(one) for one in positions if len(one) > 1]
    known = [value.value for value in values if value.value is not None]
    mean = (
        Measure(float(np.average(known, weights=weights)))
        if known
        else Measure(None, "no two actors speak of one concept")
    )
    return Bipolarisation(tuple(found.concepts[int(one)] for one in spoken), values, mean)


def esteban_ray(positions: Floats, alpha: float = ALPHA) -> float:
    """P of actors that stand at `positions`, each from -1 to 1.

    >>> esteban_ray(np.array([-1.0, -1.0, 1.0, 1.0])), esteban_ray(np.array([0.5, 0.5]))
    (1.0, 0.0)
    """
    places, sizes = np.unique(np.round(positions, 9), return_counts=True)
    shares = sizes / sizes.sum()
    apart = np.abs(places[:, None] - places[None, :]) / 2
    return float(2 ** (1 + alpha) * (shares ** (1 + alpha)) @ apart @ shares)
