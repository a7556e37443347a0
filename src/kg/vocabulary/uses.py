"""Where a property is used, with which values and how often: from the model and the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.vocabulary.constraints import VIOLATION, Limit, Shape
from kg.vocabulary.terms import Term
from kg.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True)
class Use:
    """One property on one class.

    `least` and `most` are what shapes demand (`most` is None for no limit); `advised` tells that a
    shape asks for a value without demanding it. `inherited` is the class that it comes from.
    """

    holder: str
    predicate: str
    values: tuple[str, ...]
    least: int
    most: int | None
    advised: bool
    inherited: str = ""

    @property
    def cardinality(self) -> str:
        """The key of the words for it: ``one``, ``some``, ``optional``, ``any`` or ``range``."""
        named = {(1, 1): "one", (1, None): "some", (0, 1): "optional", (0, None): "any"}
        return named.get((self.least, self.most), "range")


def uses(vocabulary: Vocabulary) -> tuple[Use, ...]:
    """Every use of a property on a class, by class and property."""
    own = {(use.holder, use.predicate): use for use in _stated(vocabulary)}
    inherited = {
        (iri, use.predicate): Use(iri, use.predicate, *_rest(use), inherited=use.holder)
        for iri in vocabulary.terms
        for ancestor in ancestors(vocabulary, iri)
        for use in own.values()
        if use.holder == ancestor
    }
    return tuple(use for _, use in sorted({**inherited, **own}.items()))


def _rest(use: Use) -> tuple[tuple[str, ...], int, int | None, bool]:
    return use.values, use.least, use.most, use.advised


def ancestors(vocabulary: Vocabulary, iri: str) -> list[str]:
    """The classes above a class, the nearest first."""
    terms, found = vocabulary.terms, [iri]
    for one in found:
        if one in terms:
            found += [parent for parent in terms[one].parents if parent not in found]
    return found[1:]


def _stated(vocabulary: Vocabulary) -> Iterator[Use]:
    """The uses that the model or a shape states for the very class."""
    properties = [term for term in vocabulary.terms.values() if not term.is_class]
    lists = _code_values(vocabulary)
    for term in properties:
        by_class = _limits(vocabulary.shapes, term.iri)
        for holder in sorted({*term.holders, *by_class}):
            yield _use(holder, term, by_class.get(holder, []), lists.get(term.iri, ()))


def _limits(shapes: Iterable[Shape], iri: str) -> dict[str, list[tuple[Limit, bool]]]:
    """The limits on a property by the class that they hold for, and whether each is demanded."""
    found: dict[str, list[tuple[Limit, bool]]] = {}
    for shape in shapes:
        for limit in shape.limits:
            for target in shape.targets if limit.path == iri else ():
                found.setdefault(target, []).append((limit, shape.severity == VIOLATION))
    return found


def _code_values(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The code lists of a property, from shapes that look values up in them."""
    schemes = {scheme.iri for scheme in vocabulary.code_lists}
    found: dict[str, tuple[str, ...]] = {}
    for shape in vocabulary.shapes:
        for limit in shape.limits:
            if lists := tuple(value for value in limit.values if value in schemes):
                found[limit.path] = tuple(dict.fromkeys((*found.get(limit.path, ()), *lists)))
    return found


def _use(
    holder: str, term: Term, limits: Iterable[tuple[Limit, bool]], lists: tuple[str, ...]
) -> Use:
    demanded = [limit for limit, hard in limits if hard]
    most = [limit.most for limit in demanded if limit.most is not None]
    values = dict.fromkeys(value for limit, _ in limits for value in limit.values)
    return Use(
        holder=holder,
        predicate=term.iri,
        values=lists or tuple(values) or term.values,
        least=max((limit.least for limit in demanded), default=0),
        most=min(most, default=None),
        advised=any(limit.least for limit, hard in limits if not hard),
    )
