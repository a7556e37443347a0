"""Small fictional views that between them have every feature of a page, for the view tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fictional_statements import BASE, CODES, ISSUES, SOURCE, statement
from kg.layout.boxes import Box
from kg.statements import Label, Statement
from kg.views.view import Band, Cluster, Edge, Mark, Node, Tone, View

MAY, JUNE, AUTUMN = "2031-05-12", "2031-06-20", "2031-09-01"
FIRST, SECOND = 0, 1
"""The layers of `council`: who holds what, and what becomes of it."""


def key(name: str) -> str:
    """The key of a fictional thing."""
    return BASE + name


SPOKEN: tuple[Statement, ...] = (
    statement(1, "aino-rantala", 0, "support"),
    statement(2, "daavid-korpi", 0, "oppose"),
    replace(statement(3, "MF", 4, "oppose", "reported", "Aino Rantala"), date=JUNE),
    replace(statement(4, "frida-ek", 1, "hesitantSupport"), date=AUTUMN),
    replace(statement(5, "bertil-strandqvist", 1, "support"), date=AUTUMN, status="proposed"),
    replace(statement(6, "aino-rantala", 1, "undecided"), superseded=True),
    replace(statement(7, "fishers", 4, "strongOppose", "reported", "Gunnar Fyr"), date=JUNE),
    replace(statement(8, "daavid-korpi", 4, "supportWithConditions"), quote="=2+3"),
)
"""Two bodies, their officials and a group on three propositions, on three days: by their own word
and by report, in force and given up, accepted and only proposed, with a text like a formula."""

PEOPLE = {"aino-rantala": "MH", "bertil-strandqvist": "MH", "daavid-korpi": "MF", "frida-ek": "MF"}
_ASKED = (0, 1, 4)


def council() -> View:
    """Boxes of every kind that speaks, dots, a square and a sign; two layers; every filter."""
    return View(
        name="council",
        title=Label("Who wants what of jetties", "Kuka haluaa laitureista mitä", "Vem vill vad"),
        lead=Label("Two ministries differ.", "Kaksi ministeriötä on eri mieltä.", "Två är oense."),
        scope=Label("From one meeting.", "Yhdestä kokouksesta.", "Från ett möte."),
        nodes=(*_holders(), *_propositions(), *_outcomes()),
        edges=(*_said(), *_offices(), *_ties()),
        source=SOURCE,
        codes=CODES,
        statements=SPOKEN,
        bands=(
            Band("left", Label("Speakers", "Puhujat", "Talare"), Box(-300, 150, 200, 620)),
            Band("out", Label("Outcome", "Tulos", "Utfall"), Box(420, 150, 220, 620), (SECOND,)),
        ),
        layers=(Label("Positions", "Kannat", "Ståndpunkter"), Label("Outcome", "Tulos", "Utfall")),
        notes=(Label("Invented.", "Keksitty.", "Påhittat."),),
        labels={("issue", key("quay")): Label("The quay", "Laituri", "Kajen")},
    )


def _holders() -> list[Node]:
    found = {s.holder: s for s in SPOKEN} | {key("MH"): SPOKEN[0], key("MF"): SPOKEN[1]}
    names = (
        "MH",
        "aino-rantala",
        "bertil-strandqvist",
        "fishers",
        "MF",
        "daavid-korpi",
        "frida-ek",
    )
    made = []
    for place, name in enumerate(names):
        body = name in ("MH", "MF")
        kind = "body" if body else found[key(name)].holder_kind
        label = found[key(name)].body_name if body else found[key(name)].holder_name
        box = Box(-300, -80 + 80 * place, 146, 46)
        made.append(Node(key(name), kind, label, box, zone="left", always=body))
    return made


def _propositions() -> list[Node]:
    labels = {s.proposition: s.proposition_label for s in SPOKEN}
    return [
        Node(
            key(f"q{n:02}"),
            "proposition",
            labels[key(f"q{n:02}")],
            Box(0, 10 + 120 * place, 240, 60),
            issue=ISSUES[n % 10],
        )
        for place, n in enumerate(_ASKED)
    ]


def _outcomes() -> list[Node]:
    """Things of the second layer: they have facets of their own, and no statement or one."""
    thing = partial(Node, zone="out", layers=(SECOND,))
    deadline = ("fact.deadline", Label("early June", "kesäkuun alku", "början av juni"))
    kept, quay = Label("Register is kept", "Rekisteriä pidetään", "Registret förs"), key("quay")
    return [
        thing(key("decision"), "decision", kept, Box(420, 0, 146, 46), facts=(deadline,),
              facets={"issue": (quay,), "date": (JUNE,), "body": (key("MH"),)}),
        thing(key("study"), "document", Label.same("A study of jetties"), Box(420, 80, 24, 24),
              "square", facets={"issue": (), "date": (MAY,)}),
        thing(quay, "issue", Label.same("The quay"), Box(420, 160, 24, 24), "dot",
              name=Label.same("The quay of the harbour")),
        thing(key("sign"), "proposition", Label.same("By sign"), Box(420, 240, 24, 24), "sign",
              mark=Mark("oppose", True, True), statements=(2,)),
        thing(key("lone"), "action", Label.same("Nobody asked"), Box(420, 320, 146, 46)),
    ]  # fmt: skip


def _said() -> list[Edge]:
    return [
        Edge(
            s.holder,
            s.proposition,
            "stance",
            s.position,
            tone=_tone(s),
            dashed=s.basis == "reported",
            thin=s.qualified,
            cases=(((place,),),),
            layers=(FIRST,),
        )
        for place, s in enumerate(SPOKEN)
    ]


def _tone(s: Statement) -> Tone:
    return "support" if s.pole == "support" else "oppose" if s.pole == "oppose" else "undecided"


def _offices() -> list[Edge]:
    return [Edge(key(p), key(b), "represents", follows=True) for p, b in PEOPLE.items()]


def _ties() -> list[Edge]:
    fact = ("fact.deadline", Label("by May", "toukokuuhun", "till maj"))
    return [
        Edge(key("decision"), key("q00"), "adopts", layers=(SECOND,), facts=(fact,)),
        Edge(key("decision"), key("study"), "drafts", dashed=True, layers=(SECOND,)),
        Edge(key("quay"), key("decision"), "about", arrow=False, layers=(SECOND,)),
    ]


BODIES = ("MH", "MF", "ML", "MT", "MB", "MW")
LIKES = ((0, 1, 3), (1, 2, 2), (2, 3, 1), (3, 4, 5))
"""Ties of `congruence` with a plain weight: two bodies by their place, and how heavy."""


def congruence() -> View:
    """Dots in a ring with ties of different weights; one rests on pairs of statements."""
    ring = ((0, -200), (190, -100), (190, 100), (0, 200), (-190, 100), (-190, -100))
    nodes = tuple(
        Node(key(name), "body", Label.same(name), Box(*at, 30, 30), "dot", colour="#c0d8f0")
        for name, at in zip(BODIES, ring, strict=True)
    )
    pair = ((0,), (1,))
    ties = [
        Edge(
            key(BODIES[a]),
            key(BODIES[b]),
            "congruence",
            tone="support",
            arrow=False,
            weight=float(w),
        )
        for a, b, w in LIKES
    ]
    differ = Edge(
        key("MH"), key("MF"), "conflict", tone="oppose", arrow=False, cases=(pair, ((4,), (3,)))
    )  # fmt: skip
    return replace(
        council(),
        name="congruence",
        nodes=nodes,
        edges=(*ties, differ),
        bands=(),
        layers=(),
        weighted=True,
    )


def communities() -> View:
    """Two communities, one of them with two inside; a node outside them all."""
    tops = ((-200.0, 0.0), (200.0, 0.0))
    inner = ((-260.0, 0.0), (-140.0, 0.0))
    homes = (*((2, *inner[0], n) for n in range(3)), *((3, *inner[1], n) for n in range(3)),
             *((1, *tops[1], n) for n in range(4)))  # fmt: skip
    nodes = [
        Node(key(f"m{place}"), "body", Label.same(f"Member {place}"),
             Box(x - 15 + 30 * (n % 2), y - 15 + 30 * (n // 2), 16, 16), "dot", cluster=cluster)
        for place, (cluster, x, y, n) in enumerate(homes)
    ]  # fmt: skip
    nodes.append(Node(key("out"), "body", Label.same("Outsider"), Box(0, 180, 16, 16), "dot"))
    pairs = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 6), (6, 7), (8, 9), (0, 9), (9, 10))
    return replace(
        council(),
        name="whole",
        nodes=tuple(nodes),
        edges=tuple(Edge(nodes[a].key, nodes[b].key, "about") for a, b in pairs),
        clusters=(
            Cluster(Label("West", "Länsi", "Väst"), *tops[0], 130, 6),
            Cluster(Label("East", "Itä", "Öst"), *tops[1], 90, 4),
            Cluster(Label("North-west", "Luode", "Nordväst"), *inner[0], 55, 3, 0),
            Cluster(Label("South-west", "Lounas", "Sydväst"), *inner[1], 55, 3, 0),
        ),
        bands=(),
        layers=(),
    )


def empty() -> View:
    """A view of nothing, which says so."""
    nothing = Label("There is nothing.", "Ei ole mitään.", "Det finns ingenting.")
    return View("empty", nothing, nothing, Label.same(""), (), (), SOURCE, {})


def hostile(text: str) -> View:
    """`council` with every text of the data, and every key, replaced or begun by `text`."""
    label, plain = Label.same(text), council()
    keyed = {node.key: f"{text}{place}" for place, node in enumerate(plain.nodes)}
    return replace(
        plain,
        name=text,
        title=label,
        lead=label,
        scope=label,
        nodes=tuple(_hostile_node(node, keyed[node.key], text) for node in plain.nodes),
        edges=tuple(_hostile_edge(edge, keyed, text) for edge in plain.edges),
        source=replace(SOURCE, sources=(label,), licence=label, queries={text: text}),
        codes={"stance": {text: label}},
        statements=tuple(_hostile_statement(s, keyed, text) for s in SPOKEN),
        bands=tuple(replace(band, name=text + band.name, label=label) for band in plain.bands),
        layers=(label, label),
        notes=(label,),
        labels={("issue", text): label, (f"tie.{text}", "plain"): label},
    )


def _hostile_node(node: Node, new: str, text: str) -> Node:
    label = Label.same(text)
    return replace(
        node,
        key=new,
        kind=text if node.shape != "box" else node.kind,
        label=label,
        name=label,
        issue=label,
        facts=(("fact.deadline", label),),
        facets=dict.fromkeys(node.facets, (text,)),
        zone=text + node.zone,
        mark=node.mark and replace(node.mark, pole=text),
        colour=text,
    )


def _hostile_edge(edge: Edge, keyed: dict[str, str], text: str) -> Edge:
    kind = edge.kind if edge.kind == "stance" else text
    facts = (("fact.deadline", Label.same(text)),)
    ends = {"source": keyed[edge.source], "target": keyed[edge.target]}
    return replace(edge, **ends, kind=kind, name=text, facts=facts, facets={"issue": (text,)})  # type: ignore[arg-type]


_LABELS = ("holder_name", "body_name", "proposition_label", "issue_label", "meeting_label")
_STRINGS = ("speaker_name", "quote", "item", "date", "stance", "basis", "status", "issue", "body")


def _hostile_statement(s: Statement, keyed: dict[str, str], text: str) -> Statement:
    labels = dict.fromkeys((*_LABELS, "condition_label"), Label.same(text))
    ends = {"holder": keyed[s.holder], "proposition": keyed[s.proposition]}
    return replace(s, **labels, **dict.fromkeys(_STRINGS, text), **ends)  # type: ignore[arg-type]


SAMPLES: dict[str, Callable[[], View]] = {
    "council": council,
    "congruence": congruence,
    "communities": communities,
    "empty": empty,
}
