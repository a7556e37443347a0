"""A view: what is drawn, listed and filtered, before it becomes a page.

Every view is one of these: nodes and edges with places, the statements behind them, zones and
layers. One page draws them all, so that search, filters, side panel, tables, links and downloads
are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kg.layout.boxes import Box, Line
from kg.statements import Label, Statement
from kg.views.models import Codes, Source

Fact: TypeAlias = tuple[str, Label]
"""What the panel says of a node or an edge: a key of the interface (``fact.deadline``), a text."""
Facets: TypeAlias = Mapping[str, tuple[str, ...]]
"""Values by filter (one of `FACETS`). A filter that is not named lets a thing pass; one that is
named with no value lets it pass only while nothing is filtered there."""
Case: TypeAlias = tuple[tuple[int, ...], ...]
"""What makes an edge true: of each set of statements (by index), one at least must be in view.
A stance has one set; that two agree on a proposition has two, one of each side."""
Tone: TypeAlias = Literal["support", "oppose", "undecided", "both", "plain"]
Shape: TypeAlias = Literal["box", "dot", "square", "sign"]

FACETS = ("kind", "body", "issue", "stance", "basis", "date", "status")
"""The filters, in the order in which the page offers them."""


@dataclass(frozen=True)
class Mark:
    """A stance as it is shown: for, against or neither; hollow with reserve; dashed by report."""

    pole: str
    qualified: bool
    reported: bool = False


@dataclass(frozen=True)
class Node:
    """A thing in the drawing.

    `key` tells it apart (an IRI, as a rule) and never reaches the page as it is. `kind` is a key of
    the interface under ``thing``. `label` is drawn in the box; `name` is the whole text where that
    is shorter. A node stays in view as long as one of its edges or `statements` does; with `always`
    it stays in any case. `layers` are places in `View.layers`; none means all. A *sign* shows
    `mark`. `cluster` is the place in `View.clusters` of the innermost community it lies in.
    """

    key: str
    kind: str
    label: Label
    box: Box
    shape: Shape = "box"
    name: Label | None = None
    issue: Label | None = None
    facts: tuple[Fact, ...] = ()
    facets: Facets = field(default_factory=dict, hash=False)
    statements: tuple[int, ...] = ()
    zone: str = ""
    layers: tuple[int, ...] = ()
    mark: Mark | None = None
    colour: str = ""
    always: bool = False
    cluster: int | None = None


@dataclass(frozen=True)
class Edge:
    """A line between two nodes, given by their keys.

    `kind` is a key of the interface under ``tie``; `name` tells apart edges of one kind and the
    same ends. An edge with `cases` is in view while one of them holds, and its weight is then the
    number of those that do; one without has `weight`. `dashed` says that somebody reports it.
    An edge that `follows` keeps its target in view when its source is, and nothing else.
    """

    source: str
    target: str
    kind: str
    name: str = ""
    tone: Tone = "plain"
    dashed: bool = False
    thin: bool = False
    arrow: bool = True
    weight: float = 1.0
    cases: tuple[Case, ...] = ()
    facts: tuple[Fact, ...] = ()
    facets: Facets = field(default_factory=dict, hash=False)
    layers: tuple[int, ...] = ()
    line: Line | None = None
    follows: bool = False

    @property
    def total(self) -> float:
        """Its weight while nothing is filtered: the number of its cases, if it has any."""
        return float(len(self.cases)) if self.cases else self.weight


@dataclass(frozen=True)
class Band:
    """A zone with its caption; it is drawn while a node of that zone is in view, or `always`."""

    name: str
    label: Label
    box: Box
    layers: tuple[int, ...] = ()
    always: bool = False


@dataclass(frozen=True)
class Cluster:
    """A community: a bubble that opens into its members or its own communities.

    `parent` is the place of the community around it, `size` the number of nodes inside it, at any
    depth.
    """

    label: Label
    x: float
    y: float
    radius: float
    size: int
    parent: int | None = None


@dataclass(frozen=True)
class View:
    """All that a page shows.

    `name` is that of the view (``congruence``). `lead` says in one or two sentences what there is
    to see, `scope` what it was made from. With more than one layer the page has a switch; it
    opens on the first. `weighted` brings a slider that hides weak ties. `notes` are sentences
    that a reader should know. `labels` name what is no node: values of filters by filter and
    value, and what a line says by ``tie.KIND`` and tone. With `proposed` the page opens with the
    positions that nobody has accepted yet in view. `backbone` holds the pairs of outermost
    communities whose ties are drawn; without it all are.
    """

    name: str
    title: Label
    lead: Label
    scope: Label
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    source: Source
    codes: Codes
    statements: tuple[Statement, ...] = ()
    bands: tuple[Band, ...] = ()
    layers: tuple[Label, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    notes: tuple[Label, ...] = ()
    weighted: bool = False
    labels: Mapping[tuple[str, str], Label] = field(default_factory=dict, hash=False)
    proposed: bool = False
    backbone: tuple[tuple[int, int], ...] | None = None
