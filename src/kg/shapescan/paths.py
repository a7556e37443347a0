"""Property paths of SHACL (https://www.w3.org/TR/shacl/#property-paths), of those we use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.shapescan.data import Data, Values


class Path(Protocol):
    """From a node to others."""

    def of(self, data: Data, node: str) -> Values:
        """The nodes that the path leads to, each once."""


@dataclass(frozen=True)
class Predicate:
    """One predicate, as it stands in N-Triples."""

    name: str

    def of(self, data: Data, node: str) -> Values:
        """See `Path.of`."""
        return data.values(node, self.name)


@dataclass(frozen=True)
class Inverse:
    """A predicate from object to subject."""

    name: str

    def of(self, data: Data, node: str) -> Values:
        """See `Path.of`."""
        return data.inverse(node, self.name)


@dataclass(frozen=True)
class Sequence:
    """One path after the other; what the second leads to is kept, as many nodes share it."""

    step: Path
    rest: Path

    def of(self, data: Data, node: str) -> Values:
        """See `Path.of`."""
        found = [data.reached(self.rest, one) for one in self.step.of(data, node)]
        return found[0] if len(found) == 1 else set().union(*found)


@dataclass(frozen=True)
class Alternative:
    """Any of several paths."""

    ways: tuple[Path, ...]

    def of(self, data: Data, node: str) -> Values:
        """See `Path.of`."""
        return set().union(*(way.of(data, node) for way in self.ways))


@dataclass(frozen=True)
class OneOrMore:
    """A path again and again, at least once."""

    step: Path

    def of(self, data: Data, node: str) -> Values:
        """See `Path.of`."""
        seen: set[str] = set()
        ahead = list(self.step.of(data, node))
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead.extend(self.step.of(data, one))
        return seen
