"""What was given against what the codings say: a finding for each thing that differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.coding.dataset import CodingFile
from kg.coding.terms import slots, types_by_iri
from kg.coding.validation import models
from kg.decode.nodes import TYPE, Reading, Resource
from kg.decode.words import same_value, show, show_typed
from kg.encode import encode_file
from kg.findings import Finding, Severity
from kg.names import mint, shorten

# So many values alike are told one by one; more are counted.
MANY = 3

Pair = tuple[ox.Triple, ox.Triple]


class Comparison:
    """What was given against what the files say when they are encoded again."""

    def __init__(
        self,
        given: Sequence[ox.Quad],
        reading: Reading,
        files: Sequence[CodingFile],
        refused: Collection[Resource],
        source: Path,
    ) -> None:
        """`refused` are the nodes of files that are left out, which have findings of their own."""
        self.source, self.base, self.reading = source, reading.base, reading
        self.refused = refused
        self.new_names = _new_names(reading)
        self.said = {
            quad.triple: quad.graph_name for one in files for quad in encode_file(one, self.base)
        }
        self.given = {quad: self._renamed(quad.triple) for quad in given}
        self.values: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
        for one in sorted(self.said, key=str):
            self.values[one.subject, one.predicate].append(one.object)

    def _renamed(self, triple: ox.Triple) -> ox.Triple:
        subject = self.new_names.get(triple.subject, triple.subject)
        value = self.new_names.get(triple.object, triple.object)
        return ox.Triple(subject, triple.predicate, value)

    def findings(self) -> Iterator[Finding]:
        """Everything that differs: lost, written otherwise, renamed, moved, added."""
        unread: dict[Any, list[ox.Quad]] = defaultdict(list)
        rewritten: dict[Pair, None] = {}
        for quad, triple in self.given.items():
            if triple in self.said:
                continue
            if quad.subject not in self.reading.visited:
                unread[quad.subject].append(quad)
            elif quad.triple not in self.reading.used:
                yield self._finding(Severity.WARNING, *self._lost(quad.triple))
            elif quad.subject not in self.refused:
                rewritten[quad.triple, triple] = None
        yield from self._written_otherwise(list(rewritten))
        for node, quads in unread.items():
            yield self._finding(Severity.WARNING, self._show(node), self._unread(quads))
        yield from self._named_anew()
        yield from self._moved()
        yield from self._added()

    def _named_anew(self) -> Iterator[Finding]:
        for node, name in self.new_names.items():
            if isinstance(node, ox.NamedNode):
                message = f"gets the id {self._show(name)}, which says its range"
                yield self._finding(Severity.INFO, self._show(node), message)

    def _finding(self, severity: Severity, where: str, message: str) -> Finding:
        return Finding(self.source, 0, severity, f"{where}: {message}")

    def _show(self, value: Any) -> str:
        return show(value, self.base)

    def _lost(self, triple: ox.Triple) -> tuple[str, str]:
        where = f"{self._show(triple.subject)}, {self._show(triple.predicate)}"
        why = self.reading.reasons.get(triple) or "a coding has no key for this property here"
        return where, f"{self._show(triple.object)} is left out: {why}"

    def _written_otherwise(self, pairs: Sequence[Pair]) -> Iterator[Finding]:
        """A finding for each value that is another now, or the same in another form.

        Of one property and datatype, more than a few that are the same are counted.
        """
        alike: dict[tuple[str, str], list[Pair]] = defaultdict(list)
        for old, new in pairs:
            if any(same_value(old.object, one) for one in self._now(new)):
                kind = old.object.datatype.value if isinstance(old.object, ox.Literal) else ""
                alike[old.predicate.value, kind].append((old, new))
            else:
                yield self._finding(Severity.WARNING, *self._replaced(old, new))
        for (name, kind), group in alike.items():
            if len(group) > MANY:
                message = f"{len(group)} values ({shorten(kind)}) are written in another form"
                yield self._finding(Severity.INFO, self._show(ox.NamedNode(name)), message)
            else:
                yield from (self._reformed(old, new) for old, new in group)

    def _now(self, new: ox.Triple) -> list[Any]:
        """The values that the codings have where a value was given."""
        return self.values.get((new.subject, new.predicate), [])

    def _replaced(self, old: ox.Triple, new: ox.Triple) -> tuple[str, str]:
        """A value that has another in its place, or none."""
        where = f"{self._show(old.subject)}, {self._show(old.predicate)}"
        given = set(self.given.values())
        others = [
            show_typed(one, self.base)
            for one in self._now(new)
            if ox.Triple(new.subject, new.predicate, one) not in given
        ]
        was = show_typed(old.object, self.base)
        if others:
            return where, f"{was} becomes {', '.join(others)}: correct it in the file"
        return where, f"{was} is left out: add it to the file"

    def _reformed(self, old: ox.Triple, new: ox.Triple) -> Finding:
        """A value that is the same in another form, as 1 for 01."""
        same = next(one for one in self._now(new) if same_value(old.object, one))
        where = f"{self._show(old.subject)}, {self._show(old.predicate)}"
        was, now = (show_typed(one, self.base) for one in (old.object, same))
        return self._finding(Severity.INFO, where, f"{was} is written as {now}")

    def _unread(self, quads: Sequence[ox.Quad]) -> str:
        """Why nothing leads to a node, with the place that its class has in a coding."""
        types = [quad.object for quad in quads if quad.predicate == TYPE]
        classes = [one.value for one in types if isinstance(one, ox.NamedNode)]
        what = "1 statement is" if len(quads) == 1 else f"{len(quads)} statements are"
        name = next((types_by_iri()[one] for one in classes if one in types_by_iri()), None)
        if name is None:
            kind = (
                f"the class {self._show(ox.NamedNode(classes[0]))}"
                if classes
                else "a node without class"
            )
            return f"its {what} left out, as codings do not hold {kind}"
        return f"its {what} left out, as it hangs nowhere: {_remedy(name)}"

    def _moved(self) -> Iterator[Finding]:
        moves: Counter[tuple[str, str]] = Counter()
        for quad, triple in self.given.items():
            new = self.said.get(triple, quad.graph_name)
            if isinstance(quad.graph_name, ox.NamedNode) and new != quad.graph_name:
                moves[quad.graph_name.value, self._show(new)] += 1
        for (old, name), count in moves.items():
            message = f"what it says ({count} triples) goes into the graph {name}"
            yield self._finding(Severity.INFO, f"graph {shorten(old, self.base)}", message)

    def _added(self) -> Iterator[Finding]:
        """What a writer means by leaving it out, which the file states."""
        stated = {(one.subject, one.predicate) for one in self.given.values()}
        added = Counter(
            (self._show(one.predicate), self._show(one.object))
            for one in self.said
            if (one.subject, one.predicate) not in stated
        )
        for (name, value), count in added.items():
            nodes = "1 node says" if count == 1 else f"{count} nodes say"
            yield self._finding(Severity.INFO, name, f"{nodes} now {value}, and said nothing")


def _new_names(reading: Reading) -> dict[Any, ox.NamedNode]:
    """The nodes whose id is not what they are called in the graph."""
    named = {
        node: ox.NamedNode(mint(tree["id"], reading.base))
        for tree, node in reading.made
        if "id" in tree
    }
    return {node: name for node, name in named.items() if node != name}


def _remedy(name: str) -> str:
    """How a node of a type is tied to the node that holds it.

    >>> _remedy("AgendaItem"), _remedy("Passage")
    ('tie it to Meeting by apro:inMeeting', 'tie it to a node of a coding by apro:evidence')
    """
    ties = sorted(
        (owner, slot.term.iri)
        for owner, kind in models().items()
        for slot in slots(kind)
        if name in slot.types
    )
    if not ties:
        return "give its graph the name that a register has"
    owners = sorted({owner for owner, _ in ties})
    named = " or ".join(filter(None, (", ".join(owners[:-1]), owners[-1])))
    place = "a node of a coding" if len(owners) > MANY else named
    return f"tie it to {place} by {shorten(ties[0][1])}"
