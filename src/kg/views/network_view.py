"""One network as a view: dots for rows, squares for columns, and what a tie means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.layout.boxes import Box
from kg.networks.network import COLUMN_SIDE, ROW_SIDE, Network
from kg.networks.network import Node as Actor
from kg.networks.ties import Tie, ties
from kg.networks.ties import Tone as Said
from kg.statements import Label
from kg.views.communities import numbered
from kg.views.made import made_note, variable_label
from kg.views.models import Source
from kg.views.placed import by_weight, placed
from kg.views.shown import COLOUR, colour, rounded
from kg.views.texts import interface, phrase
from kg.views.view import Edge, Fact, Node, Tone, View

_CONCEPTS = ("proposition", "issue", "concept")
_SUMMARIES = {
    ("onemode", "congruence"): "ties.summary.congruence",
    ("onemode", "conflict"): "ties.summary.conflict",
    ("onemode", "subtract"): "ties.summary.subtract",
    ("onemode", "signed"): "ties.summary.subtract",
    ("onemode", "ignore"): "ties.summary.ignore",
    ("twomode", "subtract"): "ties.said.subtract",
    ("twomode", "signed"): "ties.said.subtract",
    ("twomode", "ignore"): "ties.said.ignore",
    ("twomode", "combine"): "ties.said.combine",
}
_TONES: dict[Said, Tone] = {
    "support": "support",
    "oppose": "oppose",
    "both": "both",
    "neutral": "plain",
}
# What a tie says, by what lies at its ends.
_ACTORS: dict[Said, str] = {"support": "congruence", "oppose": "conflict"}
_ALIKE: dict[Said, str] = {"support": "alike", "oppose": "unlike"}
_SIDES: dict[Said, str] = {"support": "for", "oppose": "against", "both": "both"}


def network_view(network: Network) -> View:
    """One network, its ties signed by what they say and weighed; large ones in communities.

    Labels of nodes are those of the network, all other texts are in each language. Where weights
    are codes (combine), no tie is stronger than another, and the code is told as a fact. Equal
    input gives an equal view. Raises `OutputError` for a weight that is not finite.
    """
    found = ties(network)
    names = _keys(network)
    edges = tuple(_edge(network, tie, names) for tie in found)
    drawn = placed(_nodes(network, found, names), edges)
    made = made_note(network.made)
    coded = (interface()["network.coded"],) if _coded(network) else ()
    notes = tuple(Label.same(note) for note in network.notes)
    return View(
        name="network",
        title=_title(network),
        lead=_lead(network),
        scope=_scope(network, len(found)),
        nodes=drawn.nodes,
        edges=edges,
        source=Source((), interface()["site.licence_else"], {}),
        codes={},
        clusters=drawn.clusters,
        backbone=drawn.backbone or None,
        notes=(*coded, *drawn.notes, *notes, *((made,) if made else ())),
        weighted=not _coded(network) and by_weight(edges),
    )


def _keys(network: Network) -> list[str]:
    """The id of each node, with its side before it where one id stands on both sides."""
    rows, columns = ([node.id for node in side] for side in (network.rows, network.columns))
    if network.mode == "onemode":
        return rows
    if not set(rows) & set(columns):
        return rows + columns
    return [f"{ROW_SIDE} {one}" for one in rows] + [f"{COLUMN_SIDE} {one}" for one in columns]


def _coded(network: Network) -> bool:
    """Whether the weights are codes for sets of stances: then no tie is stronger than another."""
    return network.made.get("aggregation") == "combine"


def _nodes(network: Network, found: Sequence[Tie], names: Sequence[str]) -> list[Node]:
    sums: dict[int, float] = defaultdict(float)
    for tie in found:
        sums[tie.source] += tie.weight
        sums[tie.target] += tie.weight
    return [
        Node(
            key=name,
            kind=node.kind,
            label=Label.same(node.label),
            box=Box(0.0, 0.0, 0.0, 0.0),
            shape="dot" if place < len(network.rows) else "square",
            facts=_facts(node, None if _coded(network) else sums[place]),
            colour=colour(node) or "",
            always=True,
        )
        for place, (name, node) in enumerate(zip(names, network.nodes(), strict=True))
    ]


def _facts(node: Actor, total: float | None) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    if total is not None:
        facts.append(("fact.sum", Label.same(rounded(total))))
    others = [f"{key}: {value}" for key, value in node.attributes.items() if key != COLOUR]
    if others:
        facts.append(("fact.attributes", Label.same("; ".join(others))))
    return tuple(facts)


def _edge(network: Network, tie: Tie, names: Sequence[str]) -> Edge:
    coded = _coded(network)
    shown = rounded(tie.weight)  # also where it is a code: what is not finite is refused
    return Edge(
        source=names[tie.source],
        target=names[tie.target],
        kind=_meaning(network, tie.tone),
        tone=_TONES[tie.tone],
        arrow=False,
        weight=1.0 if coded else tie.weight,
        facts=(("fact.code", Label.same(shown)),) if coded else (),
    )


def _meaning(network: Network, said: Said) -> str:
    """What a tie says, as a key of the interface under ``tie``."""
    if network.mode == "twomode":
        words = _SIDES
    else:
        words = _ALIKE if network.made.get("rows") in _CONCEPTS else _ACTORS
    return words.get(said, "tie")


def _title(network: Network) -> Label:
    """What the network lies between, and in one mode by what."""
    rows, by = _variable(network, 0), network.made.get("by", "")
    if network.mode == "onemode" and by:
        return phrase("ties.title_by", rows=rows, by=variable_label(by))
    return phrase("ties.title", rows=rows, columns=_variable(network, 1))


def _variable(network: Network, side: int) -> Label:
    """What the rows or the columns are: the word of the network's making, else their kind."""
    nodes = (network.rows, network.columns)[side]
    word = network.made.get(("rows", "columns")[side]) or (nodes[0].kind if nodes else "–")
    return variable_label(word)


def _lead(network: Network) -> Label:
    """What a tie means, where the network says how it was made."""
    if not network.nodes():
        return interface()["network.empty"]
    key = _SUMMARIES.get((network.mode, network.made.get("aggregation", "")))
    if key and network.mode == "onemode" and network.made.get("rows") in _CONCEPTS:
        key = "ties.summary.concepts"
    return interface()[key or "network.plain"]


def _scope(network: Network, number: int) -> Label:
    nodes, found = numbered(len(network.nodes())), numbered(number)
    if statements := network.made.get("statements"):
        return phrase("network.scope_of", n=nodes, m=found, a=statements)
    return phrase("network.scope", n=nodes, m=found)
