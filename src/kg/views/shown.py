"""Weights and colours of a network as they are shown."""

from __future__ import annotations

import math
import re

from kg.errors import OutputError
from kg.networks.network import Node

COLOUR = "color"
"""The attribute that holds a node's colour, ``#RRGGBB``, as in DNA."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def finite(value: float) -> float:
    """`value` itself; raises `OutputError` for infinity and what is no number."""
    if not math.isfinite(value):
        raise OutputError(
            f"A tie has the weight {value}, which cannot be written: check how the network was made"
        )
    return value


def rounded(value: int | float) -> str:
    """A weight for people: three decimals, or three digits where it is smaller than that.

    Raises what `finite` raises.

    >>> [rounded(one) for one in (3, 2 / 3, 0.00012345, -12.5, 0)]
    ['3', '0.667', '0.000123', '-12.5', '0']
    """
    if isinstance(value, int) or finite(value) == 0:
        return str(int(value))
    places = 3 if abs(value) >= 0.001 else 2 - math.floor(math.log10(abs(value)))
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def colour(node: Node) -> str | None:
    """The colour of a node, or None where it has none that can be read."""
    found = node.attributes.get(COLOUR)
    return found if isinstance(found, str) and _COLOUR.fullmatch(found) else None
