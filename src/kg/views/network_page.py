"""The page of one network: a drawing that can be explored, and the same as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.networks.network import Network, Node
from kg.networks.ties import Tie, Tone, ties
from kg.statements import Label, Language
from kg.views.models import Source
from kg.views.network_places import places
from kg.views.payload import Json
from kg.views.shell import program, render, vis_network
from kg.views.shown import colour, rounded
from kg.views.texts import Texts, interface, phrase

SCRIPTS = ("text.js", "theme.js", "labels.js", "ties_draw.js", "ties_panel.js", "ties_page.js")
MOST_DRAWN = 1500
"""Ties drawn at first: with more, a drawing shows nothing; the slider brings the rest."""
MOST_LISTED = 5000
"""Ties that the table lists: a page of more would be slow to open."""
STEPS = 60
"""Stops of the slider."""
NODE_SIZE, NODE_GROWTH = 9.0, 14.0
TIE_WIDTH, TIE_GROWTH, EVEN_WIDTH = 1.2, 6.0, 2.4

_KINDS = ("body", "person", "group", "unnamed", "proposition", "issue")


@dataclass(frozen=True)
class NodeRow:
    """A node in the table: what it is, its number of ties and the sum of their weights."""

    id: str
    label: Label
    kind: Label
    count: int
    sum: str


@dataclass(frozen=True)
class TieRow:
    """A tie in the table."""

    id: str
    first: Label
    second: Label
    weight: str
    tone: Tone
    meaning: Label


def network_page(network: Network, language: Language = "en") -> str:
    """One network as a self-contained page that asks the network for nothing.

    Ties of support are solid, those of opposition dashed; width follows weight, size the number of
    ties. The page opens in `language` and switches its own texts to the others; labels are those
    of the network. Equal input gives equal bytes.
    """
    texts, found = Texts(language), ties(network)
    strongest = sorted(range(len(found)), key=lambda place: (-abs(found[place].weight), place))
    return render(
        "network.html.j2",
        texts,
        [vis_network(), program(*SCRIPTS)],
        _view(network, found, texts),
        title=_title(network),
        summary=_summary(network),
        tones=[(tone, _meaning(network, tone)) for tone in _tones(found)],
        shapes=_shapes(network),
        coded=_coded(network),
        steps=len(_steps(_strengths(network, found))),
        start=_start(_strengths(network, found)),
        ties=[_tie_row(network, found, place) for place in strongest[:MOST_LISTED]],
        rest=_rest(len(found)),
        nodes=_node_rows(network, found),
        made=[(key, value) for key, value in network.made.items() if value],
        notes=network.notes,
        source=Source((), interface()["site.licence_else"], {}),
        index_file="",
    )


def _view(network: Network, found: Sequence[Tie], texts: Texts) -> Json:
    """What the script draws; every text is an index into `texts`, and every id opaque."""
    return {
        "nodes": _drawn_nodes(network, found, texts),
        "ties": _drawn_ties(network, found, texts),
        "steps": [[step, rounded(step)] for step in _steps(_strengths(network, found))],
    }


def _drawn_nodes(network: Network, found: Sequence[Tie], texts: Texts) -> list[Json]:
    degrees, at = _degrees(network, found), places(network)
    most = max(degrees, default=0) or 1
    return [
        {
            "id": f"n{place}",
            "text": texts.add(Label.same(node.label)),
            "kind": texts.add(_kind(node)),
            "x": at[place][0],
            "y": at[place][1],
            "size": round(NODE_SIZE + NODE_GROWTH * (degrees[place] / most) ** 0.5, 1),
            "row": place < len(network.rows),
            "colour": colour(node),
        }
        for place, node in enumerate(network.nodes())
    ]


def _drawn_ties(network: Network, found: Sequence[Tie], texts: Texts) -> list[Json]:
    strengths = _strengths(network, found)
    width = _widths(strengths)
    return [
        {
            "id": f"t{place}",
            "from": f"n{tie.source}",
            "to": f"n{tie.target}",
            "strength": strength,
            "weight": rounded(tie.weight),
            "width": width(strength),
            "tone": tie.tone,
            "meaning": texts.add(_meaning(network, tie.tone)),
        }
        for place, (tie, strength) in enumerate(zip(found, strengths, strict=True))
    ]


def _coded(network: Network) -> bool:
    """Whether the weights are codes for sets of stances: then no tie is stronger than another."""
    return network.made.get("aggregation") == "combine"


def _strengths(network: Network, found: Sequence[Tie]) -> list[float]:
    return [1.0 if _coded(network) else abs(tie.weight) for tie in found]


def _widths(strengths: Sequence[float]) -> Callable[[float], float]:
    """From the strength of a tie to the width of its line in pixels."""
    most = max(strengths, default=1.0)
    if len(set(strengths)) < 2:
        return lambda _: EVEN_WIDTH
    return lambda strength: round(TIE_WIDTH + TIE_GROWTH * strength / most, 2)


def _steps(strengths: Sequence[float]) -> list[float]:
    """Where the slider stops: at each strength there is, or at a share of them where many are."""
    found = sorted(set(strengths))
    if len(found) <= STEPS:
        return found
    return [found[place * (len(found) - 1) // (STEPS - 1)] for place in range(STEPS)]


def _start(strengths: Sequence[float]) -> int:
    """Where the slider stands at first: as far down as the drawing bears."""
    if len(strengths) <= MOST_DRAWN:
        return 0
    least = sorted(strengths, reverse=True)[MOST_DRAWN]
    steps = _steps(strengths)
    return next((place for place, step in enumerate(steps) if step > least), len(steps) - 1)


def _degrees(network: Network, found: Sequence[Tie]) -> list[int]:
    counts = [0] * len(network.nodes())
    for tie in found:
        counts[tie.source] += 1
        counts[tie.target] += 1
    return counts


def _node_rows(network: Network, found: Sequence[Tie]) -> list[NodeRow]:
    degrees, sums = _degrees(network, found), [0.0] * len(network.nodes())
    for tie in found:
        sums[tie.source] += tie.weight
        sums[tie.target] += tie.weight
    shown = ["–"] * len(sums) if _coded(network) else [rounded(one) for one in sums]
    return [
        NodeRow(f"n{p}", Label.same(node.label), _kind(node), degrees[p], shown[p])
        for p, node in enumerate(network.nodes())
    ]


def _tie_row(network: Network, found: Sequence[Tie], place: int) -> TieRow:
    tie, nodes = found[place], network.nodes()
    return TieRow(
        f"t{place}",
        Label.same(nodes[tie.source].label),
        Label.same(nodes[tie.target].label),
        rounded(tie.weight),
        tie.tone,
        _meaning(network, tie.tone),
    )


def _rest(number: int) -> Label | None:
    return phrase("ties.rest", n=MOST_LISTED, m=number) if number > MOST_LISTED else None


def _tones(found: Sequence[Tie]) -> list[Tone]:
    order: tuple[Tone, ...] = ("support", "oppose", "both", "neutral")
    there = {tie.tone for tie in found}
    return [tone for tone in order if tone in there]


def _meaning(network: Network, tone: Tone) -> Label:
    """A tone in words: two agree or disagree, someone is for or against something."""
    if tone == "support":
        return interface()["ties.tone.agree" if network.mode == "onemode" else "ties.tone.support"]
    if tone == "oppose":
        one = network.mode == "onemode"
        return interface()["ties.tone.disagree" if one else "ties.tone.oppose"]
    return interface()["ties.tone.both" if tone == "both" else "ties.tone.neutral"]


def _title(network: Network) -> Label:
    """What the network lies between, and in one mode by what."""
    rows, by = _variable(network, 0), network.made.get("by", "")
    if network.mode == "onemode" and by:
        return phrase("ties.title_by", rows=rows, by=_word(by))
    return phrase("ties.title", rows=rows, columns=_variable(network, 1))


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


def _summary(network: Network) -> Label | None:
    """What a tie means, where the network says how it was made."""
    key = _SUMMARIES.get((network.mode, network.made.get("aggregation", "")))
    if key and network.mode == "onemode" and network.made.get("rows") in _CONCEPTS:
        key = "ties.summary.concepts"
    return interface()[key] if key else None


def _shapes(network: Network) -> list[Label]:
    shapes = [phrase("ties.row", a=_variable(network, 0))]
    if network.mode == "twomode":
        shapes.append(phrase("ties.column", a=_variable(network, 1)))
    return shapes


def _variable(network: Network, side: int) -> Label:
    """What the rows or the columns are: the word of the network's making, else their kind."""
    nodes = (network.rows, network.columns)[side]
    word = network.made.get(("rows", "columns")[side]) or (nodes[0].kind if nodes else "–")
    return _word(word)


def _kind(node: Node) -> Label:
    return _word(node.kind)


def _word(word: str) -> Label:
    if word == "person":  # “official” elsewhere, but here there may be others
        return interface()["ties.person"]
    return interface()[f"panel.{word}"] if word in _KINDS else Label.same(word)
