"""A view with more nodes than a drawing bears: its nodes in communities instead of in zones."""

from __future__ import annotations

from dataclasses import replace

from kg.views.placed import MOST_DRAWN, placed
from kg.views.texts import interface
from kg.views.view import Node, View


def parted(view: View) -> View:
    """The view as it is, or in communities where it has more than `MOST_DRAWN` nodes.

    What its places said is told by communities then, and a note says so. Signs become dots.
    """
    if len(view.nodes) <= MOST_DRAWN or view.clusters:
        return view
    drawn = placed(tuple(map(_dotted, view.nodes)), view.edges)
    return replace(
        view,
        nodes=drawn.nodes,
        edges=tuple(replace(edge, line=None) for edge in view.edges),
        bands=(),
        clusters=drawn.clusters,
        notes=(interface()["crowd.note"], *drawn.notes, *view.notes),
        backbone=drawn.backbone or None,
    )


def _dotted(node: Node) -> Node:
    return replace(node, shape="square" if node.shape == "square" else "dot", zone="")
