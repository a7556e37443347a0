"""The issues and propositions of a data folder, with what is held of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.codes import POLES, poles
from kg.coding.dataset import Dataset
from kg.coding.model import Meeting, Position, SourceDocument
from kg.coding.register import Issue, Proposition, Register
from kg.names import DEFAULT_BASE

REJECTED = "rejected"


@dataclass(frozen=True)
class Stated:
    """A position that is not rejected, and the meeting or document that it stands in."""

    position: Position
    where: str

    @property
    def pole(self) -> str:
        """What the stance counts as: support, oppose or none."""
        return poles()[self.position.stance]


@dataclass(frozen=True)
class Held:
    """A proposition of an issue with the positions to it; an issue may have no proposition.

    `conditions` counts the positions that depend on it; `own` tells that the folder itself defines
    it: others are lent by the shipped registers.
    """

    issue: Issue
    proposition: Proposition | None
    stated: tuple[Stated, ...]
    conditions: int = 0
    own: bool = True

    @property
    def holders(self) -> tuple[str, ...]:
        """Who holds a position to it, in order of the ids."""
        return tuple(sorted({one.position.holder for one in self.stated}))

    @property
    def meetings(self) -> tuple[str, ...]:
        """The meetings and documents in which positions to it stand."""
        return tuple(sorted({one.where for one in self.stated}))

    def at(self, pole: str) -> int:
        """The number of positions at a pole."""
        return sum(one.pole == pole for one in self.stated)

    @property
    def proposed(self) -> int:
        """The number of positions that nobody has accepted yet."""
        return sum(one.position.status == "proposed" for one in self.stated)


def inventory(dataset: Dataset, folder: Path) -> tuple[Held, ...]:
    """Every proposition that `folder` defines or that is held, by issue, in the files' order.

    An issue without propositions is listed once. Rejected positions count nowhere.
    """
    stated: dict[str, list[Stated]] = {}
    conditions: Counter[str] = Counter()
    for one in _stated(dataset):
        if one.position.status != REJECTED:
            stated.setdefault(_id(one.position.proposition), []).append(one)
            conditions.update(map(_id, one.position.condition))
    found: dict[str, Held] = {}
    for issue, own in _issues(dataset, folder):
        if own and not issue.propositions:
            found.setdefault(issue.id, Held(issue, None, ()))
        for proposition in issue.propositions:
            held = tuple(stated.get(proposition.id, ()))
            if own or held:
                depending = conditions[proposition.id]
                found.setdefault(proposition.id, Held(issue, proposition, held, depending, own))
    return tuple(found.values())


def wording(words: Mapping[str, str], language: str) -> str:
    """A text in a language, in English, or else in the first that there is.

    >>> wording({"fi": "Lautta kulkee.", "sv": "Färjan går."}, "en")
    'Lautta kulkee.'
    """
    return words.get(language) or words.get("en") or next(iter(words.values()))


def counts(held: Held) -> dict[str, int]:
    """The number of positions at each pole, those for first."""
    return {pole: held.at(pole) for pole in reversed(POLES)}


def _id(reference: str) -> str:
    """The id that is meant, also where it stands as a whole IRI."""
    return reference.removeprefix(DEFAULT_BASE)


def _issues(dataset: Dataset, folder: Path) -> Iterator[tuple[Issue, bool]]:
    for file in dataset.files:
        if isinstance(file.model, Register):
            own = file.yaml.path.is_relative_to(folder)
            yield from ((one, own) for one in file.model.entities if isinstance(one, Issue))


def _stated(dataset: Dataset) -> Iterator[Stated]:
    for file in dataset.files:
        if isinstance(file.model, Meeting):
            for item in file.model.items:
                for entry in item.entries:
                    yield from (Stated(one, file.model.id) for one in entry.positions)
            yield from (Stated(one, file.model.id) for one in file.model.document.positions)
        else:
            for entity in file.model.entities:
                if isinstance(entity, SourceDocument):
                    yield from (Stated(one, entity.id) for one in entity.positions)
