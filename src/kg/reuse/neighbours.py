"""The shapes asked again of what has changed and of what it touches; the rest is taken over.

What a shape finds out about a node rests on the node's own graph, on the registers and the
ontology, and on other meetings no further than one link away: none of the shapes goes from a
meeting over a second into a third (``tests/test_incremental.py`` lists those that go anywhere). So
the meetings to ask again are those whose graph is another than before, and those that name a node
of such a one, or are named by it; and they are asked in the company of all that they name or that
name them. Registers and ontology are asked again each time.

A node of a register that is another than before counts as a changed one for all who name it, and
so does one that leads to it. Where a register leads into a changed meeting, or much has changed,
everything is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg.coding.dataset import REGISTERS
from kg.encode import Graphs, graphs_of
from kg.findings import Finding, errors
from kg.names import graph_iri, mint, term
from kg.reuse.record import Earlier
from kg.shapes import Places, check_shapes

_SOURCE = term("oa:hasSource")


@dataclass(frozen=True)
class Change:
    """The graphs of two builds, one and the same where they are the same in both.

    `common` are the names of those that every meeting rests on.
    """

    before: Graphs
    after: Graphs
    common: frozenset[str]

    @classmethod
    def between(cls, before: Graphs, after: Graphs, common: frozenset[str]) -> Change:
        """The change from some graphs to others."""
        known = {name: before[name] for name, quads in after.items() if before.get(name) == quads}
        return cls(before, {**after, **known}, common)

    def union(self, name: str) -> Iterator[ox.Quad]:
        """What either build has in a graph."""
        before, after = self.before.get(name, ()), self.after.get(name, ())
        return iter(after) if before is after else chain(before, after)

    @property
    def meetings(self) -> set[str]:
        """The graphs of meetings that either has."""
        return (set(self.before) | set(self.after)) - self.common

    def differing(self) -> set[str]:
        """The graphs that are not the same in both."""
        names = set(self.before) | set(self.after)
        return {name for name in names if self.before.get(name) is not self.after.get(name)}

    def differences(self, names: Collection[str]) -> set[ox.Quad]:
        """What one of the two has in these graphs, and the other not."""
        before, after = (
            {quad for name in names for quad in graphs.get(name, ())}
            for graphs in (self.before, self.after)
        )
        return before ^ after


def check_again(
    quads: Sequence[ox.Quad], earlier: Earlier, places: Places, language: str, base: str
) -> list[Finding]:
    """The findings that `check_shapes` has of these quads, from an earlier build as far as it can.

    `quads` are in canonical order, `earlier` told its findings in the same language.
    """
    common = frozenset(f"<{graph_iri(name, base)}>" for name in ("ontology", *REGISTERS))
    change = Change.between(earlier.graphs, graphs_of(quads), common)
    links = _links(change)
    again = _asked_again(change, links)
    if again is None or earlier.findings is None:
        return check_shapes(quads, places, language, base)
    company = again | _next(links, again) | _led_into(change, links)
    asked = check_shapes(_data(change, company), places, language, base)
    others = _subjects(change, set(change.after) - change.common - again)
    told = [finding for finding in asked if _node(finding.message, base) not in others]
    if errors(told):  # all of them are to be told as if nothing had been there before
        return check_shapes(quads, places, language, base)
    for severity, message in earlier.findings:
        if _node(message, base) in others:
            path, line = places[_name(message)]
            told.append(Finding(path, line, severity, message))
    return sorted(set(told))


def _name(message: str) -> str:
    """The node that a finding of the shapes begins with."""
    return message.partition(": ")[0]


def _node(message: str, base: str) -> ox.NamedNode | None:
    name = _name(message)
    try:
        return ox.NamedNode(mint(name, base))
    except ValueError:
        return None  # a name that is no IRI's, of a literal or a blank node


def _subjects(change: Change, names: Iterable[str]) -> set[object]:
    """The nodes that graphs of the later build describe."""
    return {quad.subject for name in names for quad in change.after[name]}


def _asked_again(change: Change, links: _Links) -> set[str] | None:
    """The meetings' graphs that have to be asked again; None where it has to be all.

    Graphs that only the earlier build had are among them.
    """
    differing = change.differing()
    changed = differing - change.common
    registered = change.differences(differing & change.common)
    for node in _leading_to({quad.subject for quad in registered}, change):
        changed.update(links.named.get(node, ()), links.described.get(node, ()))
    for quad in registered:
        changed.update(links.described.get(quad.object, ()))
    again = changed | _next(links, changed)
    if again & _led_into(change, links) or 2 * len(again) > len(change.meetings):
        return None
    return again


@dataclass(frozen=True)
class _Links:
    """Which meetings' graphs describe a node, and which name it; and the nodes of each graph."""

    described: Mapping[object, Sequence[str]]
    named: Mapping[object, Sequence[str]]
    subjects: Mapping[str, set[object]]
    objects: Mapping[str, set[object]]


def _links(change: Change) -> _Links:
    described: dict[object, list[str]] = defaultdict(list)
    named: dict[object, list[str]] = defaultdict(list)
    subjects: dict[str, set[object]] = {}
    objects: dict[str, set[object]] = {}
    for name in change.meetings:
        subjects[name] = {quad.subject for quad in change.union(name)}
        objects[name] = {quad.object for quad in change.union(name)}
        for node in subjects[name]:
            described[node].append(name)
        for node in objects[name] - subjects[name]:
            named[node].append(name)
    return _Links(described, named, subjects, objects)


def _next(links: _Links, names: Iterable[str]) -> set[str]:
    """The meetings that name a node of these, describe one as well, or are named by them."""
    found: set[str] = set()
    for name in names:
        for node in links.subjects[name]:
            found.update(links.named.get(node, ()), links.described.get(node, ()))
        for node in links.objects[name]:
            found.update(links.described.get(node, ()))
    return found


def _leading_to(nodes: Iterable[object], change: Change) -> set[object]:
    """Nodes, and those from which registers lead to one of them."""
    found = set(nodes)
    if not found:
        return found
    leading: dict[object, set[object]] = defaultdict(set)
    for name in change.common:
        for quad in change.union(name):
            leading[quad.object].add(quad.subject)
    waiting = list(found)
    while waiting:
        new = leading[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _led_into(change: Change, links: _Links) -> set[str]:
    """The meetings of which a register names a node, or says something."""
    found: set[str] = set()
    for name in change.common:
        for quad in change.union(name):
            found.update(links.described.get(quad.object, ()))
            found.update(links.described.get(quad.subject, ()))
    return found


def _data(change: Change, company: set[str]) -> Iterator[ox.Quad]:
    """What the shapes are asked about: the common graphs, the company, and citations of the others.

    A document of a register is looked at only where it is somebody's source.
    """
    common = _subjects(change, change.common & set(change.after))
    for name, quads in change.after.items():
        if name in change.common or name in company:
            yield from quads
        else:
            cited = (quad for quad in quads if quad.predicate.value == _SOURCE)
            yield from (quad for quad in cited if quad.object in common)
