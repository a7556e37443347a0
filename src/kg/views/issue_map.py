"""The map of issues: what answers each of them, with the arguments for and against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.layout.boxes import Layout, Zone
from kg.layout.issue_rows import Block, issue_rows
from kg.statements import Label, Statement, counting
from kg.things import Link, Thing, grouped
from kg.views.models import Codes, Source
from kg.views.scope import scope_of
from kg.views.texts import counted, interface, phrase
from kg.views.thing_facts import facts, joined, source_fact
from kg.views.view import Band, Edge, Facets, Node, Tone, View

NO_ISSUE = ""
SIDES = ("support", "oppose")
_TONES: Mapping[str, Tone] = {"supports": "support", "attacks": "oppose"}


def issue_map_view(
    things: Mapping[str, Thing],
    links: Iterable[Link],
    statements: Sequence[Statement],
    codes: Codes,
    source: Source,
    *,
    proposed: bool = False,
) -> View:
    """All issues with their propositions and arguments; what is disputed most comes first.

    `links` are those of ``internal/links-issues``. Counts are of what is
    accepted, and with `proposed` of what is only proposed, too.
    """
    debate = _Debate(things, tuple(links), tuple(statements), proposed)
    placed = issue_rows([debate.block(issue) for issue in debate.issues])
    return View(
        name="issues",
        title=interface()["issues.title"],
        lead=_lead(debate),
        scope=scope_of(debate.statements),
        nodes=tuple(_nodes(debate, placed)),
        edges=tuple(_edges(debate, placed)),
        source=source,
        codes=codes,
        statements=debate.statements,
        bands=tuple(_band(debate, zone) for zone in placed.zones),
        notes=(interface()["issues.places"], interface()["issues.counts"]) if debate.issues else (),
    )


@dataclass(frozen=True)
class _Debate:
    """What answers which issue, and what is said for and against it; keys are IRIs throughout."""

    things: Mapping[str, Thing]
    links: tuple[Link, ...]
    statements: tuple[Statement, ...]
    proposed: bool = False

    def _pairs(self, kind: str, source: str, target: str) -> Iterator[tuple[str, str]]:
        """The links of a kind between things of two kinds, each once, in order."""
        for one in sorted({link for link in self.links if link.kind == kind}):
            if self._is(one.source, source) and self._is(one.target, target):
                yield one.source, one.target

    def _is(self, iri: str, kind: str) -> bool:
        return iri in self.things and self.things[iri].kind == kind

    @cached_property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The issues that each proposition answers."""
        return grouped(self._pairs("answers", "proposition", "issue"))

    @cached_property
    def refines(self) -> Mapping[str, tuple[str, ...]]:
        """The propositions that each proposition specifies."""
        return grouped(self._pairs("refines", "proposition", "proposition"))

    @cached_property
    def excludes(self) -> tuple[tuple[str, str], ...]:
        """Pairs of propositions that exclude each other, the first by IRI first."""
        found = self._pairs("incompatible", "proposition", "proposition")
        return tuple(sorted({(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}))

    @cached_property
    def propositions(self) -> Mapping[str, tuple[str, ...]]:
        """The propositions that stand in the block of each issue, those most spoken of first."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, thing in self.things.items():
            if thing.kind == "proposition":
                found[self.answers.get(key, (NO_ISSUE,))[0]].append(key)
        return {issue: tuple(sorted(keys, key=self._rank)) for issue, keys in found.items()}

    def _rank(self, proposition: str) -> tuple[int, str, str]:
        spoken = -len(self.said_of.get(proposition, ()))
        return spoken, self.things[proposition].label.en, proposition

    @cached_property
    def issues(self) -> tuple[str, ...]:
        """Issues by how much is disputed; propositions without an issue come last."""
        found = [key for key, thing in self.things.items() if thing.kind == "issue"]
        last = [NO_ISSUE] if NO_ISSUE in self.propositions else []
        return (*sorted(found, key=self._heat), *last)

    def _heat(self, issue: str) -> tuple[int, int, str, str]:
        own = self.propositions.get(issue, ())
        points = len(self.disputed(issue)) + len(self.rivals(issue))
        spoken = sum(len(self.said_of.get(one, ())) for one in own)
        return -points, -spoken, self.things[issue].label.en, issue

    def disputed(self, issue: str) -> tuple[str, ...]:
        """The propositions of an issue for which and against which there are voices."""
        own = self.propositions.get(issue, ())
        return tuple(one for one in own if all(self.holders(one, side) for side in SIDES))

    def rivals(self, issue: str) -> tuple[tuple[str, str], ...]:
        """Pairs of an issue's propositions that exclude each other, each with voices for it."""
        own = set(self.propositions.get(issue, ()))
        return tuple(
            pair
            for pair in self.excludes
            if own.issuperset(pair) and all(self.holders(one, "support") for one in pair)
        )

    @cached_property
    def said_of(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the statements on each proposition that were not given up later."""
        return grouped(
            (one.proposition, place)
            for place, one in enumerate(self.statements)
            if not one.superseded
        )

    @cached_property
    def _sides(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return grouped(
            ((one.proposition, one.pole), one.holder)
            for one in counting(self.statements, self.proposed)
        )

    def holders(self, proposition: str, pole: str) -> frozenset[str]:
        """Who is for or against a proposition ("": undecided) and has not given that up."""
        return frozenset(self._sides.get((proposition, pole), ()))

    def standing(self, proposition: str) -> Label:
        """How many are for and against, in words; empty where nobody has spoken."""
        poles = (("support", "support"), ("oppose", "oppose"), ("undecided", ""))
        counts = ((key, len(self.holders(proposition, pole))) for key, pole in poles)
        return joined((phrase(f"issues.{key}", n=n) for key, n in counts if n), " · ")

    @cached_property
    def reasons(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the statements for which each argument was given."""
        places = {one.position: place for place, one in enumerate(self.statements)}
        given = {link for link in self.links if link.kind == "reason" and link.source in places}
        return grouped(sorted((link.target, places[link.source]) for link in given))

    @cached_property
    def aims(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """What each argument supports or attacks; one that says neither follows its position."""
        said = [
            (argument, (kind, proposition))
            for kind in _TONES
            for argument, proposition in self._pairs(kind, "argument", "proposition")
        ]
        found = grouped(said)
        return {**self._followed(), **found}

    def _followed(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What arguments aim at by their positions: a reason for an opposing one is one against."""
        kinds = {"support": "supports", "oppose": "attacks"}
        found = {
            (argument, (kinds[one.pole], one.proposition))
            for argument, places in self.reasons.items()
            if self._is(argument, "argument")
            for one in (self.statements[place] for place in places)
            if one.pole in kinds and self._is(one.proposition, "proposition")
        }
        return grouped(sorted(found))

    @cached_property
    def arguments(self) -> Mapping[str, tuple[str, ...]]:
        """The arguments beside each proposition: those for it first; each stands at one only."""
        first = ((aims[0][1], aims[0][0], argument) for argument, aims in self.aims.items())
        order = sorted(first, key=lambda one: (one[0], list(_TONES).index(one[1]), one[2]))
        return grouped((proposition, argument) for proposition, _, argument in order)

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The issue in whose block each proposition stands."""
        return {one: issue for issue, keys in self.propositions.items() for one in keys}

    @cached_property
    def from_elsewhere(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The arguments for and against each proposition that stand in another block."""
        return grouped(
            (proposition, (kind, argument))
            for argument, aims in self.aims.items()
            for kind, proposition in aims
            if not self.together(proposition, aims[0][1])
        )

    def together(self, one: str, other: str) -> bool:
        """Tell whether two propositions stand in one block: a line between them is short then."""
        return self.home[one] == self.home[other]

    def block(self, issue: str) -> Block:
        """An issue as the layout takes it."""
        own = self.propositions.get(issue, ())
        excludes = frozenset(pair for pair in self.excludes if set(pair) <= set(own))
        return Block(issue, issue, own, self.refines, excludes, self.arguments)


def _lead(debate: _Debate) -> Label:
    if not debate.issues:
        return interface()["issues.empty"]
    own = [one for issue in debate.issues for one in debate.propositions.get(issue, ())]
    n = sum(len(debate.disputed(issue)) for issue in debate.issues)
    return phrase(
        "issues.lead" if n else "issues.lead_calm",
        issues=counted("issues.issues", sum(issue != NO_ISSUE for issue in debate.issues)),
        propositions=counted("issues.propositions", len(own)),
        n=n,
    )


def _band(debate: _Debate, zone: Zone) -> Band:
    return Band(zone.name or "none", _caption(debate, zone.name), zone.box)


def _caption(debate: _Debate, issue: str) -> Label:
    """How much of an issue is disputed."""
    if issue == NO_ISSUE:
        return interface()["issues.none"]
    own = debate.propositions.get(issue, ())
    disputed, rivals = len(debate.disputed(issue)), len(debate.rivals(issue))
    told = [phrase("issues.disputed", n=disputed, m=len(own))] if disputed else []
    told += [phrase("issues.rivals", n=rivals)] if rivals else []
    if told:
        return joined(told, " · ")
    spoken = any(one in debate.said_of for one in own)
    return interface()["issues.calm" if spoken else "issues.silent"]


def _nodes(debate: _Debate, placed: Layout) -> Iterator[Node]:
    for issue in debate.issues:
        if issue != NO_ISSUE:
            yield _issue(debate, placed, issue)
        for proposition in debate.propositions.get(issue, ()):
            yield _proposition(debate, placed, proposition, issue)
            for argument in debate.arguments.get(proposition, ()):
                yield _argument(debate, placed, argument, issue)


def _unspoken(issue: str) -> Facets:
    """What nobody spoke of leaves the view as soon as something is filtered, except by issue."""
    return {"body": (), "issue": (issue,), "stance": (), "basis": (), "date": (), "status": ()}


def _issue(debate: _Debate, placed: Layout, issue: str) -> Node:
    thing = debate.things[issue]
    own = debate.propositions.get(issue, ())
    return Node(
        key=issue,
        kind="issue",
        label=thing.label,
        name=thing.name,
        box=placed.boxes[issue],
        facts=(("fact.standing", _caption(debate, issue)), *facts(thing, "note")),
        facets={"issue": (issue,)} if own else _unspoken(issue),
        zone=placed.zone_of[issue],
    )


def _proposition(debate: _Debate, placed: Layout, key: str, issue: str) -> Node:
    """A proposition; its box says first how many are for and against it."""
    thing, spoken = debate.things[key], debate.said_of.get(key, ())
    standing = debate.standing(key)
    told = [("fact.standing", standing)] if standing.en else []
    told += [
        ("fact.refines", debate.things[one].name)
        for one in debate.refines.get(key, ())
        if not debate.together(key, one)
    ]
    told += [
        (f"fact.{kind}By", debate.things[argument].name)
        for kind, argument in debate.from_elsewhere.get(key, ())
    ]
    return Node(
        key=key,
        kind="proposition",
        label=joined((standing, thing.label), "\n"),
        name=thing.name,
        box=placed.boxes[key],
        issue=debate.things[issue].label if issue else None,
        facts=(*told, *facts(thing, "note")),
        facets={"issue": debate.answers.get(key, ("",))} if spoken else _unspoken(issue),
        statements=spoken,
        zone=placed.zone_of[key] or "none",
        always=not spoken,
    )


def _argument(debate: _Debate, placed: Layout, key: str, issue: str) -> Node:
    """An argument with who put it forward."""
    thing, given = debate.things[key], debate.reasons.get(key, ())
    people = dict.fromkeys(debate.statements[place].holder_name for place in given)
    return Node(
        key=key,
        kind="argument",
        label=thing.label,
        name=thing.name,
        box=placed.boxes[key],
        issue=debate.things[issue].label if issue else None,
        facts=(
            *(("fact.givenBy", name) for name in people),
            *(
                (f"fact.{kind}Also", debate.things[one].name)
                for kind, one in debate.aims[key][1:]
                if not debate.together(one, debate.aims[key][0][1])
            ),
            *facts(thing, "quote", "note"),
            *source_fact(thing),
        ),
        facets={"issue": (issue,)} if given else _unspoken(issue),
        statements=given,
        zone=placed.zone_of[key] or "none",
        always=not given,
    )


def _edges(debate: _Debate, placed: Layout) -> Iterator[Edge]:
    """Ties within the blocks; what leads from one block to another is told in the panel."""
    for key, issues in debate.answers.items():
        inside = any((key, one) in placed.lines for one in debate.refines.get(key, ()))
        for issue in issues:
            if issue != issues[0] or not inside:
                line = placed.lines.get((key, issue))
                yield Edge(key, issue, "answers", thin=True, follows=True, line=line)
    for key, wholes in debate.refines.items():
        for whole in wholes:
            if whole != key and debate.together(key, whole):
                yield Edge(key, whole, "refines", thin=True, line=placed.lines.get((key, whole)))
    for one, other in (pair for pair in debate.excludes if debate.together(*pair)):
        line = placed.lines.get((one, other))
        yield Edge(one, other, "incompatible", tone="oppose", arrow=False, line=line)
    for argument, aims in debate.aims.items():
        for kind, proposition in aims:
            if debate.together(proposition, aims[0][1]):
                line = placed.lines.get((argument, proposition))
                yield Edge(argument, proposition, kind, tone=_TONES[kind], line=line)
