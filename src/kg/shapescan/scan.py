"""The tests over one piece: which focus nodes break which shape."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.shapescan.around import broken
from kg.shapescan.compiled import Compiled, Target
from kg.shapescan.components import Shape
from kg.shapescan.paths import Predicate
from kg.shapescan.pieces import Piece
from kg.shapescan.summary import is_about_terms
from kg.shapescan.whole import Whole

Fault = tuple[int, str]
"""A target of `Compiled.targets`, by its number, and a focus node that breaks its shape."""


def faults(compiled: Compiled, piece: Piece) -> Iterator[Fault]:
    """What is wrong with the focus nodes that a piece has; named nodes are left to `named`."""
    for number, target in enumerate(compiled.targets):
        nodes = _focus_nodes(target, piece)
        for node in _suspects(target.shape, piece, nodes):
            if not target.shape.holds(piece, node):
                yield number, node
        for query in target.queries if nodes else ():
            yield from ((number, node) for node in broken(query, piece, nodes))


def named(compiled: Compiled, whole: Whole) -> Iterator[Fault]:
    """What is wrong with the nodes that `sh:targetNode` names."""
    for number, target in enumerate(compiled.targets):
        for node in target.nodes:
            others = (query for query in target.queries if not is_about_terms(query))
            if not target.shape.holds(whole, node) or any(
                broken(query, whole, {node}) for query in others
            ):
                yield number, node


def _focus_nodes(target: Target, piece: Piece) -> Set[str]:
    """The focus nodes by their types, and by the predicates around them."""
    found: set[str] = set()
    for name in target.classes:
        found |= piece.instances(name)
    for predicate in target.subjects_of:
        found.update(piece.having(predicate))
    for predicate in target.objects_of:
        found |= piece.objects(predicate)
    return found


def _suspects(shape: Shape, piece: Piece, nodes: Set[str]) -> Set[str]:
    """Those of `nodes` that may break a shape: all that is not decided for the whole column."""
    if not (shape.values or shape.nodes):
        return set()
    if not isinstance(shape.path, Predicate):
        return nodes
    predicate = shape.path.name
    own = nodes & piece.own
    found = set(nodes - own)
    some, several = piece.having(predicate), piece.having_several(predicate)
    for test in shape.nodes:
        found |= test.suspects(own, some, several)
    for value_test in shape.values:
        wrong = {one for one in piece.objects(predicate) if not value_test.holds(piece, one)}
        if wrong:
            found.update(node for node, one in piece.pairs(predicate) if one in wrong)
    return found & nodes
