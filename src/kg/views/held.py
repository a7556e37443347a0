"""Who holds what: statements gathered by the actors that they count for, and their two camps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias, cast

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

from kg.measures.camps import best_parting
from kg.networks.network import Floats, Indices
from kg.statements import Label, Statement
from kg.views.texts import interface
from kg.views.view import Case, Edge, Tone

Level: TypeAlias = Literal["body", "holder"]
LEVELS: tuple[Level, ...] = ("body", "holder")
"""*body*: an official's position counts for his or her body. *holder*: for whoever holds it."""
Stance: TypeAlias = tuple[str, str, str, str]
"""An actor, a proposition, a stance and a basis: what one line stands for."""
MOST_PARTED = 600
"""Up to so many actors, camps are searched; above, they are read off a singular vector."""
UNCONTESTED = 0.05
"""What agreement on what nobody disputes says of camps, as a share of that on what is disputed."""


@dataclass(frozen=True)
class Actor:
    """Somebody for whom positions count; `kind` is body, person, group or unnamed."""

    key: str
    kind: str
    label: Label


@dataclass(frozen=True)
class Pair:
    """What ties two actors: the cases in which they agree, and those in which they disagree."""

    first: str
    second: str
    agree: tuple[Case, ...]
    disagree: tuple[Case, ...]


def actor_of(statement: Statement, level: Level = "body") -> Actor:
    """For whom a statement counts; groups, the unnamed and the bodiless stand for themselves."""
    if level == "body" and statement.body:
        return Actor(statement.body, "body", statement.body_name)
    return Actor(statement.holder, statement.holder_kind, statement.holder_name)


def actors(statements: Iterable[Statement], level: Level = "body") -> dict[str, Actor]:
    """The actors by key, in the order in which they are first heard."""
    found: dict[str, Actor] = {}
    for statement in statements:
        actor = actor_of(statement, level)
        found.setdefault(actor.key, actor)
    return found


def places_by(statements: Sequence[Statement], level: Level = "body") -> dict[str, list[int]]:
    """The places of the statements of each actor."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        found[actor_of(statement, level).key].append(place)
    return dict(found)


def stance_cases(
    statements: Sequence[Statement], level: Level = "holder"
) -> dict[Stance, tuple[int, ...]]:
    """The places of the statements behind each stance, in the order of first mention."""
    found: defaultdict[Stance, list[int]] = defaultdict(list)
    for place, one in enumerate(statements):
        found[actor_of(one, level).key, one.proposition, one.stance, one.basis].append(place)
    return {ends: tuple(places) for ends, places in found.items()}


def stance_edge(ends: Stance, one: Statement, places: tuple[int, ...]) -> Edge:
    """The line of a stance; `one` is any of the statements behind it."""
    source, target, stance, basis = ends
    return Edge(
        source,
        target,
        "stance",
        f"{stance} {basis}",
        tone=tone_of(one.pole),
        dashed=basis == "reported",
        thin=one.qualified,
        cases=((places,),),
    )


def tone_of(pole: str) -> Tone:
    """How a pole is drawn: what is neither for nor against is undecided."""
    return cast(Tone, pole) if pole in ("support", "oppose") else "undecided"


def pairs(statements: Sequence[Statement], level: Level = "body") -> tuple[Pair, ...]:
    """Every two actors that take a side on the same proposition, in the order of first mention.

    Of each proposition, two agree once for each pole that both take, and disagree once for each two
    poles on which they part: congruence and conflict of discourse networks (Leifeld 2017,
    doi:10.1093/oxfordhb/9780190228217.013.25) with every actor counted once for a proposition and a
    pole. The undecided do neither.
    """
    order = {key: turn for turn, key in enumerate(actors(statements, level))}
    agree: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
    disagree: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
    for sides in _sides(statements, level).values():
        for (one, pole), (other, opposite) in combinations(sides, 2):
            if one != other:
                ends = (one, pole), (other, opposite)
                (a, b) = sorted(ends, key=lambda end: order[end[0]])
                cases = agree if pole == opposite else disagree
                cases[a[0], b[0]].append((tuple(sides[a]), tuple(sides[b])))
    tied = sorted(agree.keys() | disagree.keys(), key=lambda two: (order[two[0]], order[two[1]]))
    return tuple(Pair(*two, tuple(agree[two]), tuple(disagree[two])) for two in tied)


def _sides(
    statements: Sequence[Statement], level: Level
) -> dict[str, dict[tuple[str, str], list[int]]]:
    """Of each proposition: the actors and poles taken, with the places of the statements."""
    found: dict[str, dict[tuple[str, str], list[int]]] = {}
    for place, one in enumerate(statements):
        if one.pole:
            sides = found.setdefault(one.proposition, {})
            sides.setdefault((actor_of(one, level).key, one.pole), []).append(place)
    return found


def contested(statements: Iterable[Statement]) -> frozenset[str]:
    """The propositions that one actor supports and another opposes."""
    sides: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {"": set()})
    for one in statements:
        sides[one.proposition].setdefault(one.pole, set()).add(actor_of(one).key)
    return frozenset(
        proposition
        for proposition, poles in sides.items()
        if (a := poles.get("support")) and (b := poles.get("oppose")) and len(a | b) > 1
    )


def camps(statements: Sequence[Statement], level: Level = "body") -> Mapping[str, int | None]:
    """The camp of each actor: 0 for that of the one first heard, 1, or None without a tie.

    Two camps such that agreement less disagreement is as great as can be within them. What is
    disputed tells camps apart; on what nobody disputes, agreement counts by `UNCONTESTED` only, as
    lopsided votes tell little of parties (Poole & Rosenthal 1985, doi:10.2307/2111172).
    """
    keys = list(actors(statements, level))
    sides = _side_matrix(statements, level, keys)
    tied = np.flatnonzero(_shared(sides))
    found: dict[str, int | None] = dict.fromkeys(keys)
    if len(tied):
        labels = _parted(sides[tied])
        labels = np.where(labels == labels[0], 0, 1)
        found |= {keys[place]: int(camp) for place, camp in zip(tied, labels, strict=True)}
    return found


def _side_matrix(
    statements: Sequence[Statement], level: Level, keys: Sequence[str]
) -> sp.csr_array:
    """Actors × propositions: 1 for, -1 against, 0 for neither, or for both."""
    row = {key: place for place, key in enumerate(keys)}
    column: dict[str, int] = {}
    cells: dict[tuple[int, int, str], float] = {}
    for one in statements:
        if one.pole:
            place = column.setdefault(one.proposition, len(column))
            value = 1.0 if one.pole == "support" else -1.0
            cells[row[actor_of(one, level).key], place, one.pole] = value
    ends = np.array([cell[:2] for cell in cells], dtype=np.int64).reshape(-1, 2)
    values = np.fromiter(cells.values(), dtype=np.float64, count=len(cells))
    shape = (len(keys), len(column))
    made = sp.coo_array((values, (ends[:, 0], ends[:, 1])), shape=shape).tocsr()
    made.eliminate_zeros()
    return made


def _shared(sides: sp.csr_array) -> Indices:
    """How many propositions each actor shares with another."""
    present = abs(sides)
    several = (present.sum(axis=0) > 1).astype(np.float64)
    return np.asarray(present @ several, dtype=np.int64)


def _parted(sides: sp.csr_array) -> Indices:
    """Two camps of the rows; B Bᵀ is agreement less disagreement."""
    present = abs(sides)
    disputed = np.abs(sides.sum(axis=0)) < present.sum(axis=0)
    weighted = sides @ sp.diags_array(np.sqrt(np.where(disputed, 1.0, UNCONTESTED)))
    if sides.shape[0] <= MOST_PARTED:
        gains: Floats = (weighted @ weighted.T).toarray()
        return best_parting(gains, 2).labels
    leading = svds(weighted, k=1, v0=np.ones(min(weighted.shape)), solver="arpack")[0][:, 0]
    return np.asarray(leading < 0, dtype=np.int64)


def layer_labels() -> tuple[Label, ...]:
    """What the two levels are called in the switch of a page."""
    return tuple(interface()[f"held.{level}"] for level in LEVELS)
