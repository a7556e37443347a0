"""The kinds of disagreement against an oracle written from the prose of the design, not the SPARQL.

The oracle works position by position on plain tuples: what each side holds, what its supports imply
upwards along `refines`, and what the sentences of the design say of two such stances.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fictional_graph import QUERIES, code_lists
from kg.answers import ask
from kg.names import PREFIXES, RDF, code, mint, shorten, term
from kg.queries import load_query
from kg.store import EmbeddedStore

UNRESERVED_SUPPORT = {"strongSupport", "support"}
RESERVED_SUPPORT = {"supportWithConditions", "hesitantSupport", "concede"}
UNRESERVED_OPPOSITION = {"strongOppose", "oppose"}
RESERVED_OPPOSITION = {"opposeWithConditions", "hesitantOppose"}
SUPPORT = UNRESERVED_SUPPORT | RESERVED_SUPPORT
OPPOSITION = UNRESERVED_OPPOSITION | RESERVED_OPPOSITION
STANCES = sorted(SUPPORT | OPPOSITION | {"undecided"})
PROPOSITIONS = ("p0", "p1", "p2", "p3", "p4")
# Who holds it and who says so: each gives a basis for the body that the first letter names.
VOICES = {
    ("A", "a-official"): ("A", "own"),
    ("A", "b-official"): ("A", "reported"),
    ("A", ""): ("A", "reported"),
    ("A", "A"): ("A", "own"),  # “the Ministry noted”: a body may be the speaker
    ("a-official", "a-official"): ("A", "official"),
    ("a-official", "b-official"): ("A", "reported"),
    ("B", "b-official"): ("B", "own"),
    ("B", "a-official"): ("B", "reported"),
    ("B", "A"): ("B", "reported"),
    ("A", "letter of A"): ("A", "own"),  # written comments: a document, not an entry
    ("B", "letter of A"): ("B", "reported"),
    ("b-official", "b-official"): ("B", "official"),
}


@dataclass(frozen=True)
class Said:
    """One position: who holds it, who says so, on what, how, with what status, revising which."""

    holder: str
    speaker: str
    proposition: str
    stance: str
    status: str
    revises: int | None


@dataclass(frozen=True)
class World:
    """A small meeting: its positions, and how the propositions hang together."""

    said: tuple[Said, ...]
    refines: frozenset[tuple[str, str]]
    incompatible: frozenset[tuple[str, str]]


def pairs_upwards() -> list[tuple[str, str]]:
    """Pairs in which the later proposition may refine the earlier: no circles."""
    return [(q, p) for p, q in product(PROPOSITIONS, repeat=2) if p < q]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    refines = frozenset(draw(st.lists(st.sampled_from(pairs_upwards()), min_size=2, max_size=6)))
    pairs = [(p, q) for p, q in product(PROPOSITIONS, repeat=2) if p != q]
    incompatible = frozenset(draw(st.lists(st.sampled_from(pairs), max_size=2)))
    said = []
    for index in range(draw(st.integers(1, 9))):
        holder, speaker = draw(st.sampled_from(sorted(VOICES)))
        revises = draw(st.one_of(st.none(), st.integers(0, index - 1))) if index else None
        said.append(
            Said(
                holder,
                speaker,
                draw(st.sampled_from(PROPOSITIONS)),
                draw(st.sampled_from(STANCES)),
                draw(st.sampled_from(["accepted", "accepted", "accepted", "proposed", "rejected"])),
                revises,
            )
        )
    return World(tuple(said), refines, incompatible)


# ---- the oracle


def counted(world: World, include_proposed: bool) -> list[Said]:
    """What counts: accepted (or proposed where asked for), and not given up by what counts."""
    wanted = {"accepted", "proposed"} if include_proposed else {"accepted"}
    given_up = {said.revises for said in world.said if said.status in wanted}
    return [
        said
        for index, said in enumerate(world.said)
        if said.status in wanted and index not in given_up
    ]


def generalisations(proposition: str, world: World) -> set[str]:
    """The proposition and all that it refines, step by step."""
    found = {proposition}
    while more := {up for low, up in world.refines if low in found} - found:
        found |= more
    return found


def on_one_proposition(one: str, other: str) -> str:
    """Two stances on the same proposition."""
    if one == other == "undecided":
        return ""
    if "undecided" in (one, other):
        return "degree"
    reserved = {stance in RESERVED_SUPPORT | RESERVED_OPPOSITION for stance in (one, other)}
    if (one in SUPPORT) == (other in SUPPORT):
        return "degree" if len(reserved) == 2 else "agree"
    return "degree" if True in reserved else "opposed"


def on_a_refinement(general: str, special: str) -> str:
    """A stance on a proposition, and another on a refinement of it."""
    if special in SUPPORT:
        return on_one_proposition(general, special)
    return "degree" if general in SUPPORT else ""


def kind_of(a: Said, b: Said, world: World) -> str:
    """How two positions stand to each other."""
    if a.proposition == b.proposition:
        return on_one_proposition(a.stance, b.stance)
    above_a, above_b = (generalisations(said.proposition, world) for said in (a, b))
    if b.proposition in above_a:
        return on_a_refinement(b.stance, a.stance)
    if a.proposition in above_b:
        return on_a_refinement(a.stance, b.stance)
    both_ways = world.incompatible | {(q, p) for p, q in world.incompatible}
    clash = any(pair in both_ways for pair in product(above_a, above_b))
    wanted = SUPPORT - {"concede"}  # who concedes accepts the other way too
    return "rival" if clash and a.stance in wanted and b.stance in wanted else ""


def derived(world: World, include_proposed: bool, kinds: set[str]) -> Counter[tuple[object, ...]]:
    """One row for each pair of propositions and combination of stances and bases, with counts."""
    sides: dict[str, dict[tuple[str, str, str], list[Said]]] = {"A": {}, "B": {}}
    for said in counted(world, include_proposed):
        body, basis = VOICES[said.holder, said.speaker]
        sides[body].setdefault((said.proposition, said.stance, basis), []).append(said)
    rows: Counter[tuple[object, ...]] = Counter()
    for (left, mine), (right, theirs) in product(sides["A"].items(), sides["B"].items()):
        kind = kind_of(mine[0], theirs[0], world)
        if kind in kinds:
            rows[kind, *left, len(mine), *right, len(theirs)] += 1
    return rows


# ---- the same world as a graph


def test_a_rivalry_reaches_down_several_refinements() -> None:
    said = (
        Said("A", "a-official", "p1", "support", "accepted", None),
        Said("B", "b-official", "p4", "strongSupport", "accepted", None),
    )
    steps = frozenset({("p4", "p3"), ("p3", "p2")})
    for clash in (("p1", "p2"), ("p2", "p1")):
        store = graph_of(World(said, steps, frozenset({clash})))
        for sides in (BODIES, {"a": BODIES["b"], "b": BODIES["a"]}):
            rows = ask(store, DISAGREEMENTS, sides).records()
            assert [row["kind"] for row in rows] == ["rival"]


def graph_of(world: World) -> EmbeddedStore:
    quads = list(code_lists())
    graph = ox.NamedNode(mint("graph/test"))

    def add(subject: str, predicate: str, value: str | ox.Literal) -> None:
        node = ox.NamedNode(value) if isinstance(value, str) else value
        quads.append(ox.Quad(ox.NamedNode(mint(subject)), ox.NamedNode(predicate), node, graph))

    date = ox.Literal("2030-01-01", datatype=ox.NamedNode(f"{PREFIXES['xsd']}date"))
    add("m", f"{PREFIXES['dcterms']}date", date)
    add("m/i", term("inMeeting"), mint("m"))
    for proposition in PROPOSITIONS:
        add(proposition, f"{RDF}type", term("Proposition"))
    for low, up in world.refines:
        add(low, term("refines"), mint(up))
    for one, other in world.incompatible:
        add(one, term("incompatibleWith"), mint(other))
    for body in ("A", "B"):
        add(body, f"{RDF}type", term("Body"))
        add(f"m/pt-{body}", term("represents"), mint(body))
        add(f"m/pt-{body}", term("org:member"), mint(f"{body.lower()}-official"))
        add(f"m/pt-{body}", term("inMeeting"), mint("m"))
    for index, said in enumerate(world.said):
        entry, position = f"m/s{index}", f"m/s{index}/p"
        if said.speaker.startswith("letter of "):
            add(entry, term("dcterms:creator"), mint(said.speaker.removeprefix("letter of ")))
        else:
            add(entry, term("inAgendaItem"), mint("m/i"))
            add(entry, term("sequence"), ox.Literal(index))
        if said.speaker and " " not in said.speaker:
            add(entry, term("speaker"), mint(said.speaker))
        add(position, term("expressedIn"), mint(entry))
        add(position, term("holder"), mint(said.holder))
        add(position, term("proposition"), mint(said.proposition))
        add(position, term("stance"), code("stance", said.stance))
        add(position, term("adms:status"), code("coding-status", said.status))
        if said.revises is not None:
            add(position, term("revises"), mint(f"m/s{said.revises}/p"))
    return EmbeddedStore.of(quads)


BODIES: dict[str, ox.NamedNode | ox.Literal] = {
    "a": ox.NamedNode(mint("A")),
    "b": ox.NamedNode(mint("B")),
}
DISAGREEMENTS = load_query(QUERIES / "disagreements.rq")
AGREEMENTS = load_query(QUERIES / "agreements.rq")
ALL_PAIRS = load_query(QUERIES / "disagreements-all.rq")
KINDS = {"opposed", "degree", "rival"}


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds(), include_proposed=st.booleans())
def test_the_queries_derive_what_the_design_says(world: World, include_proposed: bool) -> None:
    store = graph_of(world)
    columns = ("stance", "basis", "count")
    found: dict[str, Counter[tuple[object, ...]]] = {}
    for query in (DISAGREEMENTS, AGREEMENTS):
        answer = ask(store, query, BODIES, include_proposed=include_proposed)
        found[query.name] = Counter(
            (
                row.get("kind", "agree"),
                shorten(str(row["proposition"])),
                *(row[f"a_{column}"] for column in columns),
                shorten(str(row["b_proposition"])),
                *(row[f"b_{column}"] for column in columns),
            )
            for row in answer.records()
        )
    assert found["disagreements"] == derived(world, include_proposed, KINDS)
    assert found["agreements"] == derived(world, include_proposed, {"agree"})


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_all_pairs_count_what_the_design_says(world: World) -> None:
    answer = ask(graph_of(world), ALL_PAIRS, {})
    rows = derived(world, include_proposed=False, kinds=KINDS)
    combinations = Counter(row[0] for row in rows)
    pairs = {(row[0], row[1], row[5]) for row in rows}
    own = {(row[0], row[1], row[5]) for row in rows if "reported" not in (row[3], row[7])}
    assert {row["kind"]: row["combinations"] for row in answer.records()} == combinations
    assert {row["kind"]: row["propositions"] for row in answer.records()} == Counter(
        kind for kind, _, _ in pairs
    )
    assert {row["kind"]: row["own_word"] for row in answer.records()} == {
        kind: sum(1 for pair in own if pair[0] == kind) for kind in combinations
    }
