"""The data of the benchmark of scale: a made-up corpus, and the questions that fit it.

One reading of the file counts what the questions ask about; it also brings the file into the
memory of the system, so that each loader finds it there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from benchmarks.corpus import corpus, write

from kg.names import RDF, term
from kg.queries import bind
from kg.site import query

MIDDLING, RARE = 5, 40
"""The places, by positions held, of the first of two bodies that stand next to each other."""
BODIES = frozenset(term(name) for name in ("Body", "WorkingBody"))
MOST = "disagreements, the two bodies with most positions"
ALL = "disagreements-all"
PAIRS = {MOST: 1, "disagreements, a middling pair": MIDDLING, "disagreements, a rare pair": RARE}


@dataclass(frozen=True)
class Case:
    """A named query with its parameters, all IRIs, and what the table calls it."""

    title: str
    query: str
    given: Mapping[str, str]

    @property
    def text(self) -> str:
        """Its SPARQL."""
        return bind(query(self.query), {x: ox.NamedNode(iri) for x, iri in self.given.items()})


@dataclass
class Counted:
    """How often holders and propositions have positions; and which meetings there are."""

    holders: Counter[str] = field(default_factory=Counter)
    propositions: Counter[str] = field(default_factory=Counter)
    issues: dict[str, str] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)
    meetings: set[str] = field(default_factory=set)
    quads: int = 0


def corpus_file(folder: Path, positions: int) -> Path:
    """The corpus of so many positions in a folder; it is made where it is not there."""
    path = folder / f"c{positions}.nq"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        write(corpus(positions), unfinished)
        unfinished.replace(path)
    return path


def count(path: Path) -> Counted:
    """Read a corpus once, and count."""
    found = Counted()
    holder, proposition, answers = (_in_file(x) for x in ("holder", "proposition", "answers"))
    kind = f" <{RDF}type> ".encode()
    meeting = f"<{term('Meeting')}>".encode()
    with path.open("rb") as file:
        for line in file:
            found.quads += 1
            if holder in line:
                found.holders[_value(line)] += 1
            elif proposition in line:
                found.propositions[_value(line)] += 1
            elif answers in line:
                found.issues[_subject(line)] = _value(line)
            elif kind in line and meeting in line:
                found.meetings.add(_subject(line))
            elif kind in line and _value(line) in BODIES:
                found.bodies.add(_subject(line))
    return found


def cases(found: Counted) -> list[Case]:
    """What is asked: two bodies' differences, all differences, and three plain questions."""
    bodies = [one for one, _ in _ranked(found.holders) if one in found.bodies]
    of_issue: Counter[str] = Counter()
    for proposition, positions in found.propositions.items():
        of_issue[found.issues.get(proposition, "")] += positions
    issues = [one for one, _ in _ranked(of_issue) if one]
    issue = issues[min(MIDDLING, len(issues)) - 1]
    meeting = sorted(found.meetings)[len(found.meetings) // 2]
    middle = bodies[min(MIDDLING, len(bodies)) - 1]
    return [
        *(Case(what, "disagreements", _pair(bodies, place)) for what, place in PAIRS.items()),
        Case(ALL, "disagreements-all", {}),
        Case("participants of one meeting", "participants", {"meeting": meeting}),
        Case("positions on one issue", "issue", {"issue": issue}),
        Case("positions of one body", "positions", {"actor": middle}),
    ]


def _pair(bodies: Sequence[str], place: int) -> dict[str, str]:
    """A body by its place and the next; the last two where there are not so many."""
    first = min(place, len(bodies) - 1) - 1
    return {"a": bodies[first], "b": bodies[first + 1]}


def _ranked(counter: Counter[str]) -> Iterator[tuple[str, int]]:
    return iter(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _in_file(name: str) -> bytes:
    return f" <{term(name)}> ".encode()


def _subject(line: bytes) -> str:
    return line.split(b" ", 1)[0][1:-1].decode()


def _value(line: bytes) -> str:
    """The object of a line, where it is an IRI."""
    return line.split(b" ", 3)[2][1:-1].decode()
