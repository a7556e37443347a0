"""Pajek's ``.net``.

Pajek reads UTF-8 where the file begins with a byte order mark, and ASCII else
(http://mrvar2.fdv.si/pajek/Unicode-Pajek.htm); the mark is written where it is needed, before a
line of comment, so that readers who do not know it lose nothing but that line. A label cannot hold
a double quote, and a backslash begins an escape: these become an apostrophe and a slash.
"""

from __future__ import annotations

from kg.formats.labels import plain_labels
from kg.formats.numbers import number
from kg.networks.network import Network
from kg.networks.ties import ties

MARK = "\ufeff"


def to_pajek(network: Network) -> str:
    """Vertices with labels, then edges with weights.

    A two-mode network says after the number of its vertices how many of them are rows.
    """
    labels = plain_labels([*_labels(network)], {'"': "'", "\\": "/"})
    rows = f" {len(network.rows)}" if network.mode == "twomode" else ""
    lines = [_comment(network), f"*Vertices {len(labels)}{rows}"]
    lines += [f'{place} "{label}"' for place, label in enumerate(labels, start=1)]
    lines.append("*Edges")
    lines += [f"{t.source + 1} {t.target + 1} {number(t.weight)!r}" for t in ties(network)]
    text = "\n".join(lines) + "\n"
    return text if text.isascii() else MARK + text


def _labels(network: Network) -> tuple[str, ...]:
    """Labels of all vertices; those of rows and columns may be the same, and are told apart."""
    return network.row_labels() + (network.column_labels() if network.mode == "twomode" else ())


def _comment(network: Network) -> str:
    made = "; ".join(f"{key}: {value}" for key, value in network.made.items() if value)
    return "% " + plain_labels([made], {})[0]
