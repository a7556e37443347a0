"""Weights as numbers that lose nothing when they are written."""

from __future__ import annotations

from kg.networks.network import Network
from kg.views.shown import finite

# Beyond this a double no longer holds every whole number.
EXACT = 2.0**53


def number(value: float) -> int | float:
    """A weight as it is written: whole numbers without a point, others to their last digit.

    Reading it back gives the same double. Raises `OutputError` for what is no finite number.

    >>> number(3.0), number(0.1), number(-0.0)
    (3, 0.1, 0)
    """
    return int(value) if finite(value).is_integer() and abs(value) < EXACT else value


def matrix(network: Network) -> list[list[int | float]]:
    """The whole matrix row by row, its zeros included."""
    return [[number(value) for value in row] for row in network.dense().tolist()]
