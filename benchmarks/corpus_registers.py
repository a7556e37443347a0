"""The registers of a made-up corpus: who takes part, and what there is to take a stand on.

Bodies, issues and propositions are as popular as Zipf's law has it: a few ministries hold most.
They become more with the positions, up to a limit, so that what is kept in memory is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.corpus_words import Draws, Graph, Pair, labels, lexicon, node, plain, zipf

from kg.codes import LANGUAGES
from kg.names import graph_iri, mint

CAMPS = 3
GROUPS = (
    ("municipalities", "kunnat", "kommunerna"),
    ("employers", "työnantajat", "arbetsgivarna"),
    ("researchers", "tutkijat", "forskarna"),
)
UNNAMED = ("unnamed", "nimeämätön", "ej namngiven")
_VOWELS, _CONSONANTS = "AEIOU", "HKLMNPRSTV"


@dataclass(frozen=True)
class Sizes:
    """How many there are of each kind; `officials` are those of the most popular body."""

    bodies: int
    officials: int
    working: int
    projects: int
    issues: int

    @classmethod
    def of(cls, positions: int) -> Sizes:
        """The sizes for a number of positions: from 60,000 on they are the same.

        >>> Sizes.of(60_000) == Sizes.of(10**9)
        True
        """
        return cls(
            bodies=min(max(positions // 50, 16), 400),
            officials=min(max(positions // 250, 8), 160),
            working=min(max(positions // 1000, 3), 60),
            projects=min(max(positions // 1000, 3), 60),
            issues=min(max(positions // 100, 8), 400),
        )


@dataclass(frozen=True)
class Body:
    """A body with its people, the best known first."""

    node: str
    camp: int
    people: Sequence[str]
    ranks: Sequence[int]


@dataclass(frozen=True)
class Proposition:
    """A proposition, and which camps are for it."""

    node: str
    liked: Sequence[bool]


@dataclass(frozen=True)
class Issue:
    """An issue with what answers it, the best known first, and the project that it is about."""

    node: str
    project: str
    propositions: Sequence[Proposition]
    ranks: Sequence[int]


@dataclass(frozen=True)
class Registers:
    """All that meetings refer to. `words` are those of each language, in the order of LANGUAGES."""

    words: Sequence[Sequence[str]]
    bodies: Sequence[Body]
    body_ranks: Sequence[int]
    experts: Sequence[str]
    others: Sequence[str]
    working: Sequence[str]
    issues: Sequence[Issue]
    issue_ranks: Sequence[int]


class Maker:
    """Makes the registers, and writes them into their graphs."""

    def __init__(self, sizes: Sizes, draws: Draws, base: str) -> None:
        self._sizes, self._draws, self._base = sizes, draws, base
        self._words = [lexicon(draws, language) for language in LANGUAGES]
        self._people = 0
        self.authorities, self.issues, self.reforms = (
            Graph(graph_iri(name, base)) for name in ("authorities", "issues", "reforms")
        )

    def make(self) -> Registers:
        """The registers; afterwards the graphs hold them."""
        bodies = [self._body(number) for number in range(self._sizes.bodies)]
        others = [self._named("Group", slug[0], slug) for slug in GROUPS]
        others.append(self._named("UnnamedHolder", "unnamed", UNNAMED))
        experts = [self._person() for _ in range(max(4, len(bodies) // 10))]
        working = [self._working(number) for number in range(self._sizes.working)]
        projects = [self._project(number, bodies) for number in range(self._sizes.projects)]
        issues = [self._issue(number, projects) for number in range(self._sizes.issues)]
        ranks = zipf(len(bodies), 5), zipf(len(issues))
        return Registers(self._words, bodies, ranks[0], experts, others, working, issues, ranks[1])

    def _node(self, identifier: str) -> str:
        return node(mint(identifier, self._base))

    def _phrases(self, least: int, most: int) -> list[str]:
        """A phrase in each language."""
        count = self._draws.between(least, most)
        return [self._draws.words(words, count) for words in self._words]

    def _named(self, kind: str, identifier: str, names: Sequence[str], *pairs: Pair) -> str:
        thing = self._node(identifier)
        return self.authorities.declare(thing, kind, *labels("skos:prefLabel", *names), *pairs)

    def _body(self, number: int) -> Body:
        english, finnish, swedish = self._phrases(1, 1)
        if number < 12:
            names = f"Ministry of {english}", f"{finnish}ministeriö", f"{swedish}ministeriet"
        else:
            names = f"Agency for {english}", f"{finnish}virasto", f"{swedish}verket"
        short = abbreviation(number)
        short_names: list[Pair] = [("abbreviation", f'"{short}"@{tag}') for tag in ("fi", "sv")]
        body = self._named("Body", short, names, *short_names)
        people = [self._person() for _ in range(2 + self._sizes.officials // (number + 1))]
        return Body(body, self._draws.below(CAMPS), people, zipf(len(people)))

    def _person(self) -> str:
        self._people += 1
        name = " ".join(self._draws.pick(words).capitalize() for words in self._words[1:])
        person = self._node(f"person-{self._people:04d}")
        return self.authorities.declare(person, "Person", ("foaf:name", plain(name)))

    def _working(self, number: int) -> str:
        english, finnish, swedish = self._phrases(1, 2)
        names = f"Steering group on {english}", f"ohjausryhmä {finnish}", f"styrgruppen {swedish}"
        return self._named("WorkingBody", f"steering-group-{number + 1:02d}", names)

    def _project(self, number: int, bodies: Sequence[Body]) -> str:
        english, finnish, swedish = self._phrases(2, 3)
        names = f"Reform of {english}", f"uudistus {finnish}", f"reformen {swedish}"
        body = bodies[self._draws.below(min(8, len(bodies)))].node
        project = self._node(f"project-{number + 1:02d}")
        pairs = *labels("skos:prefLabel", *names), ("responsible", body)
        return self.reforms.declare(project, "ReformProject", *pairs)

    def _issue(self, number: int, projects: Sequence[str]) -> Issue:
        english, finnish, swedish = self._phrases(3, 6)
        names = f"How {english}?", f"Miten {finnish}?", f"Hur {swedish}?"
        issue, project = self._node(f"issue-{number + 1:03d}"), self._draws.pick(projects)
        pairs = *labels("skos:prefLabel", *names), ("about", project)
        self.issues.declare(issue, "Issue", *pairs)
        found: list[Proposition] = []
        for place in range(self._draws.between(4, 12)):
            found.append(
                self._proposition(f"proposition-{number + 1:03d}-{place + 1}", issue, found)
            )
        return Issue(issue, project, found, zipf(len(found)))

    def _proposition(
        self, identifier: str, issue: str, earlier: Sequence[Proposition]
    ) -> Proposition:
        """A proposition; some refine an earlier answer to the issue, some exclude one."""
        thing = self._node(identifier)
        names = [f"{text.capitalize()}." for text in self._phrases(4, 9)]
        pairs = [*labels("skos:prefLabel", *names), ("answers", issue)]
        chance = self._draws.random()
        if earlier and chance < 0.25:
            other = self._draws.pick(earlier).node
            pairs.append(("refines" if chance < 0.15 else "incompatibleWith", other))
        self.issues.declare(thing, "Proposition", *pairs)
        return Proposition(thing, [self._draws.random() < 0.75 for _ in range(CAMPS)])


def abbreviation(number: int) -> str:
    """A short name that no other body has.

    >>> [abbreviation(number) for number in (0, 1, 10, 399)]
    ['HAM', 'KAM', 'HEM', 'VUL']
    """
    first, rest = number % len(_CONSONANTS), number // len(_CONSONANTS)
    last = "MNPRSTVL"[rest // len(_VOWELS) % 8]
    return _CONSONANTS[first] + _VOWELS[rest % len(_VOWELS)] + last
