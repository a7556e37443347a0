"""What belongs together: holder, proposition and stance on a segment become positions.

The rule: each segment with a proposition takes the holders, the stance and the speaker that are
coded on the same range. With `overlap`, a kind that is not coded there is taken from the segment
that shares most of its characters. What is not unique is never chosen: it stays unmapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.refi.groups import Member, Role, Roles
from kg.refi.overlaps import Overlaps
from kg.refi.project import Coding, Project
from kg.refi.segments import Document, Segment


@dataclass(frozen=True)
class Stated:
    """One segment's positions: each holder takes the stance to each proposition.

    With `persons` among the holders, `represents` is the one body that is coded with them.
    """

    segment: Segment
    holders: tuple[Member, ...]
    represents: Member | None
    speakers: tuple[Member, ...]
    propositions: tuple[Member, ...]
    stance: str


@dataclass(frozen=True)
class Leftover:
    """Codings of one segment that became no position, and why; `near` tells that one is missing."""

    segment: Segment
    codings: tuple[Coding, ...]
    why: str
    near: bool


@dataclass(frozen=True)
class Sorted:
    """A document with its positions, and all codings that are in none."""

    document: Document
    stated: tuple[Stated, ...]
    leftovers: tuple[Leftover, ...]


@dataclass(frozen=True)
class Rules:
    """How positions are found: also by overlap, with cases as holders, of one coder alone."""

    overlap: bool = False
    cases: bool = False
    coder: str | None = None


class _Missing(Exception):
    """Why a segment with a proposition is no position."""


def sort_out(document: Document, project: Project, roles: Roles, rules: Rules) -> Sorted:
    """The positions of a document, and what is left."""
    sorting = _Sorting(document, project, roles, rules)
    stated = tuple(filter(None, map(sorting.state, document.segments)))
    leftovers = tuple(filter(None, map(sorting.leftover, document.segments)))
    return Sorted(document, stated, leftovers)


def case_members(project: Project) -> Mapping[str, Member]:
    """The named cases of a project as holders."""
    named = (case for case in project.cases if case.name)
    return {case.guid: Member(case.guid, Role.HOLDER, case.name, None) for case in named}


class _Sorting:
    """One document while its codings are sorted: what is used, and why the rest is not."""

    def __init__(self, document: Document, project: Project, roles: Roles, rules: Rules) -> None:
        self.document, self.project, self.roles, self.rules = document, project, roles, rules
        self.cases = case_members(project) if rules.cases else {}
        self.used: set[tuple[int, str]] = set()
        self.taking: set[tuple[int, str]] = set()
        self.reasons: dict[int, str] = {}
        self.overlaps: dict[tuple[Role, ...], Overlaps] = {}

    def state(self, segment: Segment) -> Stated | None:
        """The positions of a segment that has a range and a proposition."""
        propositions = self.roles.of(self.codes(segment), Role.PROPOSITION)
        if segment.range is None or not propositions:
            return None
        self.taking = set()
        self.take(segment, propositions)
        try:
            stances = self.taken(segment, (Role.STANCE,))
            stance = self.one_stance(stances)
            holders, represents = self.holders(segment)
            speakers = self.taken(segment, (Role.SPEAKER,), needed=False)
        except _Missing as missing:
            self.reasons[id(segment)] = str(missing)
            return None
        self.used |= self.taking
        return Stated(segment, holders, represents, speakers, propositions, stance)

    def codes(self, segment: Segment) -> tuple[str, ...]:
        """The codes of a segment, of all coders or the one that is asked for."""
        return tuple(dict.fromkeys(one.code for one in segment.codings if self.counts(one)))

    def counts(self, coding: Coding) -> bool:
        """Tell whether a coding is of the coder that is asked for."""
        wanted = self.rules.coder
        return wanted is None or self.project.users.get(coding.user, "") == wanted

    def taken(
        self, segment: Segment, roles: tuple[Role, ...], needed: bool = True
    ) -> tuple[Member, ...]:
        """The codes of some roles on a segment, or on the one that overlaps it most."""
        if own := self.members(segment, roles):
            return self.take(segment, own)
        kind = roles[0].value.removesuffix("s")
        near = self.overlapping(segment, roles) if self.rules.overlap else []
        if not near and needed:
            where = "there or overlapping" if self.rules.overlap else "on the same range"
            raise _Missing(f"no {kind} is coded {where}")
        groups = {frozenset(one.guid for one in self.members(other, roles)) for other in near}
        if len(groups) > 1:
            names = sorted({one.name for other in near for one in self.members(other, roles)})
            raise _Missing(f"several segments overlap it alike ({', '.join(names)})")
        for other in near:
            self.take(other, self.members(other, roles))
        return self.members(near[0], roles) if near else ()

    def members(self, segment: Segment, roles: Sequence[Role]) -> tuple[Member, ...]:
        """The codes of some roles on a segment; for holders its cases, where there is no code."""
        codes = self.codes(segment)
        found = tuple(one for role in roles for one in self.roles.of(codes, role))
        if found or Role.HOLDER not in roles:
            return found
        return tuple(self.cases[case] for case in segment.cases if case in self.cases)

    def overlapping(self, segment: Segment, roles: tuple[Role, ...]) -> list[Segment]:
        """The segments with codes of some roles that share the most characters with one."""
        if roles not in self.overlaps:
            having = (one for one in self.document.segments if self.members(one, roles))
            self.overlaps[roles] = Overlaps(having)
        return self.overlaps[roles].most(segment)

    def holders(self, segment: Segment) -> tuple[tuple[Member, ...], Member | None]:
        """Who holds it, and whom persons represent: the one body coded with them."""
        found = self.taken(segment, (Role.HOLDER, Role.PERSON))
        persons = tuple(one for one in found if one.role is Role.PERSON)
        bodies = tuple(one for one in found if one.role is Role.HOLDER)
        if not persons:
            return bodies, None
        if len(bodies) > 1:
            names = ", ".join(one.name for one in bodies)
            raise _Missing(f"it is not said which of {names} the person represents")
        return persons, bodies[0] if bodies else None

    def one_stance(self, members: Iterable[Member]) -> str:
        """The one stance that some codes say."""
        named = {one.name: self.roles.stances.get(one.guid) for one in members}
        unknown = sorted(name for name, stance in named.items() if stance is None)
        if unknown:
            raise _Missing(f"the stance “{unknown[0]}” is not known: rename it, as support, oppose")
        if len(set(named.values())) > 1:
            raise _Missing(f"it has several stances ({', '.join(sorted(named))})")
        return str(next(iter(named.values())))

    def take(self, segment: Segment, members: tuple[Member, ...]) -> tuple[Member, ...]:
        """Note that codes of a segment are part of a position, if it becomes one."""
        self.taking |= {(id(segment), one.guid) for one in members}
        return members

    def leftover(self, segment: Segment) -> Leftover | None:
        """The codings of a segment that are in no position, and a comment without a code."""
        rest = tuple(
            one
            for one in segment.codings
            if (id(segment), one.code) not in self.used or not self.counts(one)
        )
        if not rest and (segment.codings or not segment.comments):
            return None
        why, near = self.why(segment, rest)
        return Leftover(segment, rest, why, near)

    def why(self, segment: Segment, rest: Sequence[Coding]) -> tuple[str, bool]:
        """Why codings are left, and whether they were near to a position."""
        if reason := self.reasons.get(id(segment)):
            return reason, True
        if segment.range is None:
            return self.document.problem or segment.place, True
        if not rest:
            return "a comment without a code", False
        if not any(self.counts(one) for one in rest):
            return f"not coded by {self.rules.coder}", False
        if not any(one.code in self.roles.members for one in rest):
            return "in no group of holders, propositions or stances", False
        return "no proposition is coded on the same range", True
