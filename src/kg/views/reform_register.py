"""What meetings and registers tell of reforms: how they stand, what is due, who answers for them.

The latest report counts, for the state and for each kind of date; where no meeting reports any, the
register does, as in the query ``projects``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.statements import LANGUAGES, Label
from kg.things import Link, Thing
from kg.views.texts import interface, phrase
from kg.views.thing_facts import joined

KINDS = (
    *("project", "programme", "measure", "statute", "study", "recommendation", "event"),
    "action",
)
"""What is shown in any case; a working body is where a meeting reports on its work."""
STAGES = ("open", "underway", "stuck", "done", "unknown")
"""The columns, from left to right."""
_STAGE_OF = {
    **dict.fromkeys(("open", "planned", "agreed"), "open"),
    "inProgress": "underway",
    **dict.fromkeys(("waiting", "delayed"), "stuck"),
    **dict.fromkeys(("completed", "published", "inForce", "discontinued"), "done"),
}
_DUE = frozenset(
    (
        "",
        "deadline",
        "plannedCompletion",
        "completion",
        "termEnd",
        "held",
        "meeting",
        "consultation",
    )
) | {"entryIntoForce"}
"""Kinds of dates by which something is to happen, unless it has."""
ANSWERING = ("responsible", "author", "mandatedBy")
"""Ties by which a body answers for a thing; the first that there are count."""
_DEEPEST = 20  # steps from a part to its whole; what lies deeper stands by itself


@dataclass(frozen=True)
class Day:
    """A date of a thing: its kind, what is told of it and its last day (ISO)."""

    kind: str
    words: Label
    latest: str


class Register:
    """What the things and the ties between them say of reforms."""

    def __init__(self, things: Mapping[str, Thing], links: Iterable[Link]) -> None:
        self.things = things
        self.ahead: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.back: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for link in sorted(set(links)):
            self.ahead[link.kind][link.source].append(link.target)
            self.back[link.kind][link.target].append(link.source)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """What has a box of its own in a column, in the order of the IRIs."""
        return tuple(key for key in sorted(self.things) if self._is_shown(self.things[key]))

    def _is_shown(self, thing: Thing) -> bool:
        if thing.kind == "workingBody":
            told = (self.things[one].plain("progress.code") for one in self.reports(thing.id))
            return any(told) and thing.id not in self.answering
        return thing.kind in KINDS

    @cached_property
    def answering(self) -> frozenset[str]:
        """Who answers for something that is shown in any case."""
        keys = (key for key, thing in self.things.items() if thing.kind in KINDS)
        return frozenset(owner for key in keys for owner in self.owners(key))

    def owners(self, key: str) -> list[str]:
        """Who answers for a thing: who is responsible, else its authors, else who set it up."""
        ties = ANSWERING[:2] if self.things[key].kind == "action" else ANSWERING
        found = ([o for o in self.back[tie].get(key, ()) if o in self.things] for tie in ties)
        return next((owners for owners in found if owners), [])

    def names(self, tie: str, key: str) -> Label | None:
        """The names of those that a tie leads from to a thing."""
        found = [self.things[one].name for one in self.back[tie].get(key, ()) if one in self.things]
        return joined(found, "; ") if found else None

    def reports(self, key: str) -> list[str]:
        """The reports about a thing, the latest first."""
        about = self.back["about"].get(key, ())
        found = [one for one in about if one in self.things and self.things[one].kind == "report"]
        return sorted(found, key=self._turn, reverse=True)

    def _turn(self, report: str) -> tuple[str, int, str]:
        entry, _, meeting = self._where(report)
        date = meeting.plain("date") if meeting else ""
        return date, (entry.number("sequence") or 0) if entry else 0, report

    def _where(self, asserted: str) -> tuple[Thing | None, Thing | None, Thing | None]:
        """The entry, the agenda item and the meeting in which something was asserted."""
        entry = self._first("expressedIn", asserted)
        item = self._first("inItem", entry.id if entry else "")
        return entry, item, self._first("inMeeting", item.id if item else "")

    def _first(self, kind: str, key: str) -> Thing | None:
        found = (one for one in self.ahead[kind].get(key, ()) if one in self.things)
        return next((self.things[one] for one in found), None)

    def word(self, asserted: str) -> Label:
        """Who asserted something, at which meeting and under which item."""
        entry, item, meeting = self._where(asserted)
        speakers = self.back["speaks"].get(entry.id, ()) if entry else ()
        names = [self.things[one].name for one in speakers if one in self.things]
        who = names[0] if names else interface()["reforms.minutes"]
        where = meeting_words(meeting) if meeting else Label.same("–")
        if item and (number := item.plain("number")):
            where = phrase("reforms.item", meeting=where, item=number)
        return phrase("reforms.word", who=who, where=where)

    def state(self, key: str) -> Thing | None:
        """What tells how a thing stands: the latest report that does, else the thing itself."""
        told = (self.things[one] for one in (*self.reports(key), key))
        return next((one for one in told if one.plain("progress.code")), None)

    def days(self, key: str) -> list[Day]:
        """The dates of a thing: of each kind the latest reported, else that of the register."""
        found: dict[str, list[Day]] = {}
        for one in (*self.reports(key), key):
            own: dict[str, list[Day]] = defaultdict(list)
            for day in _days(self.things[one]):
                own[day.kind].append(day)
            found = own | found
        return [day for kind in sorted(found) for day in found[kind]]

    def due(self, key: str) -> str:
        """The last day by which a thing that is not finished is to be done; "" if none is told."""
        if self.finished(key):
            return ""
        return min((day.latest for day in self.days(key) if day.kind in _DUE), default="")

    def finished(self, key: str) -> bool:
        """Tell whether a thing is said to be finished, published, in force or given up."""
        told = self.state(key)
        return told is not None and _STAGE_OF.get(told.plain("progress.code")) == "done"

    @cached_property
    def waiting(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """What waits for what, with the reports that say so; none where the register does."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        known = set(self.shown)
        for source, targets in self.ahead["waitsFor"].items():
            reported = source not in known
            for waiting in self.ahead["about"].get(source, ()) if reported else [source]:
                for target in targets:
                    if known >= {waiting, target} and waiting != target:
                        found[waiting, target] += [source] if reported else []
        return {pair: tuple(sorted(set(found[pair]))) for pair in sorted(found)}

    @cached_property
    def _blocked(self) -> frozenset[str]:
        return frozenset(one for one, target in self.waiting if not self.finished(target))

    def stage(self, key: str) -> str:
        """The column of a thing; what waits for something unfinished is stuck."""
        if self.finished(key):
            return "done"
        if key in self._blocked:
            return "stuck"
        told = self.state(key)
        return _STAGE_OF.get(told.plain("progress.code"), "unknown") if told else "unknown"

    @cached_property
    def wholes(self) -> Mapping[str, str]:
        """What each thing hangs on, if on anything (see `_above`); never in a circle."""
        known, found = set(self.shown), {}
        for key in self.shown:
            if whole := next((o for o in self._above(key) if o in known and o != key), ""):
                found[key] = whole
        for key in sorted(found):
            if not self._ends(found, key):
                del found[key]
        return found

    def _above(self, key: str) -> Iterator[str]:
        """What a thing is part of, the project that drafts it, what it is agreed to be done about.

        What nobody answers for hangs on an action about it for which somebody does.
        """
        yield from self.ahead["partOf"].get(key, ())
        yield from self.back["drafts"].get(key, ())
        if self.things[key].kind == "action":
            yield from (one for one in self.ahead["about"].get(key, ()) if self._owned(one))
        elif not self.owners(key):
            about = self.back["about"].get(key, ())
            yield from (one for one in about if self._owned(one, "action"))

    def _owned(self, key: str, kind: str = "") -> bool:
        thing = self.things.get(key)
        return bool(thing and kind in ("", thing.kind) and self.owners(key))

    @staticmethod
    def _ends(wholes: Mapping[str, str], key: str) -> bool:
        """Tell whether the way up from a part ends soon."""
        for _ in range(_DEEPEST):
            if key not in wholes:
                return True
            key = wholes[key]
        return False


def _days(thing: Thing) -> Iterator[Day]:
    for key in ("deadline", "dates"):
        columns = (thing.values.get(f"{key}{part}", ()) for part in ("", ".kind", ".latest"))
        for words, kind, latest in zip(*columns, strict=True):
            yield Day("deadline" if key == "deadline" else kind.en, words, latest.en)


def meeting_words(meeting: Thing) -> Label:
    """A meeting by its date and its name."""
    date = meeting.plain("date")
    return Label(*(f"{date} {meeting.name.get(x)}".strip() for x in LANGUAGES))
