"""All that is computed for a report, once, for the sections to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.measures.contest import Contest, IssueContest, contests, issue_contests
from kg.networks.counts import Counts
from kg.networks.events import Events
from kg.networks.network import Node
from kg.report.camps import CampsFound, camps_found
from kg.report.material import Material, Record
from kg.report.pairs import Pairs, counted, pairs_of
from kg.report.positions import Position
from kg.report.wording import Wording

# What is no longer open. All other codes of progress, and none at all, are.
CLOSED = frozenset({"completed", "discontinued", "inForce", "published"})
SILENT, CONFIRMED = ("contradicts", "no"), ("yes", "mixed")
_CAN_SPEAK = ("body", "person")


@dataclass(frozen=True)
class Hearsay:
    """A position that someone else asserts, and what its holder says of it.

    `itself` is *yes*, *no*, *contradicts* or *mixed*; `can_speak` is False for groups and unnamed
    holders.
    """

    position: Position
    itself: str
    said_by: str
    said_for: str
    own_stance: str
    own_said_by: str

    @property
    def can_speak(self) -> bool:
        """Whether the holder could have said so itself."""
        return self.position.holder_kind in _CAN_SPEAK

    @property
    def confirmed(self) -> bool:
        """Whether the holder says the same, be it among other things."""
        return self.itself in CONFIRMED


@dataclass(frozen=True)
class Analysis:
    """What was found in a material."""

    material: Material

    @property
    def words(self) -> Wording:
        """The words of the report's language."""
        return self.material.words

    @cached_property
    def _counted(self) -> tuple[Events, Counts]:
        return counted(self.material)

    @property
    def counts(self) -> Counts:
        """How many positions of each body on each proposition, equal ones once."""
        return self._counted[1]

    @cached_property
    def pairs(self) -> Pairs:
        """Bodies two by two."""
        return pairs_of(self.material, self.counts)

    @cached_property
    def contests(self) -> Mapping[str, Contest]:
        """How contested each proposition is among bodies, by its IRI."""
        return {one.concept.id: one for one in contests(self.counts)}

    @cached_property
    def issue_contests(self) -> tuple[IssueContest, ...]:
        """How contested each issue is among bodies, the most contested first."""
        issues = {
            one.proposition: Node(one.issue, one.issue_label, "issue")
            for one in self.material.current
            if one.issue
        }
        return issue_contests(self.counts, issues)

    @cached_property
    def camps(self) -> CampsFound | None:
        """Who stands together; None where no two bodies are tied."""
        return camps_found(*self._counted)

    @cached_property
    def only_meeting(self) -> str:
        """The one meeting that positions and actions are from; "" where there are several."""
        positions = {one.meeting for one in self.material.positions}
        found = positions | {str(row["meeting"]) for row in self.material.actions}
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def hearsay(self) -> tuple[Hearsay, ...]:
        """The positions that are asserted of others, those first that are not confirmed."""
        by_id = {one.id: one for one in self.material.current}
        found = [
            _hearsay(by_id[str(row["position"])], row)
            for row in self.material.ask("reported")
            if str(row["position"]) in by_id
        ]
        order = (*SILENT, "mixed", "yes")
        return tuple(sorted(found, key=lambda one: (order.index(one.itself), one.position.number)))

    @cached_property
    def open_actions(self) -> tuple[Record, ...]:
        """The action items that are not done with, by deadline, then date."""
        found = [row for row in self.material.actions if row["progress"] not in CLOSED]
        return tuple(
            sorted(
                found,
                key=lambda row: (
                    str(row["latest"] or "9999"),
                    str(row["date"] or ""),
                    str(row["action"]),
                ),
            )
        )

    def overdue(self, row: Record) -> bool:
        """Whether the last day that a deadline may mean is before the day of the report."""
        day, latest = self.material.as_of, row["latest"]
        return day is not None and latest is not None and str(latest) < day.isoformat()


def _hearsay(position: Position, row: Record) -> Hearsay:
    return Hearsay(
        position,
        str(row["states_itself"]),
        str(row["asserted_by"] or ""),
        str(row["asserted_for"] or ""),
        str(row["own_stance"] or ""),
        str(row["own_asserted_by"] or ""),
    )
