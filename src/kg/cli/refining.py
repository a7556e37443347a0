"""What `kg network` does beyond one network: windows of time, kernels, backbones, signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.answers import Answer, decimal
from kg.cli.common import choice
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.networks.backbone import Nested
    from kg.networks.events import Events
    from kg.networks.network import Network
    from kg.networks.recipe import Recipe
    from kg.networks.windows import Slice

UNITS = ("events", "seconds", "minutes", "hours", "days", "weeks", "months", "years")
KERNELS = ("uniform", "epanechnikov", "triangular", "gaussian")
METHODS = ("nested", "fixed", "penalty")
SIGNS = ("net", "sign")
TIES = ("shuffle", "order", "all")
PLACES = ("range", "window")


TIME, SELECTION = "Time", "Which ties"
"""The panels of these options in the help."""


def _optional(words: tuple[str, ...], text: str, flag: str, panel: str) -> Any:
    def check(value: str) -> str:
        return value and choice(words)(value)

    help_ = f"{text}: {', '.join(words)}."
    return typer.Option(flag, help=help_, callback=check, show_default=False, rich_help_panel=panel)


WindowOption = Annotated[
    str, _optional(UNITS, "A network for each window of time, in", "--window", TIME)
]
SizeOption = Annotated[
    int, typer.Option("--window-size", help="Units that a window is wide.", rich_help_panel=TIME)
]
StepOption = Annotated[
    int, typer.Option("--window-step", help="Units between two windows.", rich_help_panel=TIME)
]
KernelOption = Annotated[str, _optional(KERNELS, "Weigh by nearness in time", "--kernel", TIME)]
IndentOption = Annotated[
    bool,
    typer.Option(
        "--indent", help="With --kernel: begin and end half a window inside.", rich_help_panel=TIME
    ),
]
TiesOption = Annotated[
    str,
    typer.Option(
        help=f"Statements of the same time at a window's edge: {', '.join(TIES)}.",
        callback=choice(TIES),
        rich_help_panel=TIME,
    ),
]
DuplicatesInOption = Annotated[
    str,
    typer.Option(
        help=f"Look for duplicates in the whole {PLACES[0]}, or anew in each {PLACES[1]}.",
        callback=choice(PLACES),
        rich_help_panel=TIME,
    ),
]
SameNodesOption = Annotated[
    bool,
    typer.Option("--same-nodes", help="All windows have the nodes of all.", rich_help_panel=TIME),
]
BackboneOption = Annotated[
    str,
    _optional(METHODS, "Only the concepts that the structure hangs on", "--backbone", SELECTION),
]
BackboneSizeOption = Annotated[
    int,
    typer.Option(
        help="With --backbone fixed: how many concepts.",
        show_default=False,
        rich_help_panel=SELECTION,
    ),
]
PenaltyOption = Annotated[
    float,
    typer.Option(
        help="With --backbone penalty: the higher, the fewer concepts.", rich_help_panel=SELECTION
    ),
]
IterationsOption = Annotated[
    int, typer.Option(help="Steps of the search for a backbone.", rich_help_panel=SELECTION)
]
AlphaOption = Annotated[
    float | None,
    typer.Option(
        help="Only ties that stand out against chance: level of the disparity filter, say 0.05.",
        rich_help_panel=SELECTION,
    ),
]
SignedOption = Annotated[
    str,
    _optional(SIGNS, "Agreement less conflict, as a weight or as 1 and -1", "--signed", SELECTION),
]
ThresholdOption = Annotated[
    float | None,
    typer.Option(help="Only ties above this weight, sign aside.", rich_help_panel=SELECTION),
]
SeedOption = Annotated[
    int,
    typer.Option(help="Where chance begins; the same gives the same.", rich_help_panel=SELECTION),
]


@dataclass(frozen=True)
class Refinement:
    """What is asked for beyond one plain network."""

    window: str = ""
    size: int = 1
    step: int = 1
    kernel: str = ""
    indent: bool = False
    ties: str = "shuffle"
    duplicates_in: str = "range"
    same_nodes: bool = False
    backbone: str = ""
    backbone_size: int = 0
    penalty: float = 3.5
    iterations: int = 10_000
    alpha: float | None = None
    signed: str = ""
    threshold: float | None = None
    seed: int = 0

    def check(self) -> None:
        """Raise `InputError` for options that do not go together."""
        if self.kernel and not self.window:
            raise InputError("--kernel needs --window with a unit of time and --window-size")
        if self.backbone_size and self.backbone != "fixed":
            raise InputError("--backbone-size is for --backbone fixed")
        if self.backbone == "fixed" and not self.backbone_size:
            raise InputError("--backbone fixed needs --backbone-size: how many concepts stay")
        several = [
            flag
            for flag, given in (
                ("--window", self.window),
                ("--backbone", self.backbone),
                ("--signed", self.signed),
            )
            if given
        ]
        if len(several) > 1:
            raise InputError(f"{' and '.join(several)} do not go together: choose one")
        if self.window and (self.alpha is not None or self.threshold is not None):
            raise InputError("--alpha and --threshold are for one network, not for windows")


def slices(events: Events, recipe: Recipe, asked: Refinement) -> tuple[Slice, ...]:
    """A network for each window of time."""
    from kg.networks.kernels import Smoothing, smoothed
    from kg.networks.windows import Window, windows

    if asked.kernel:
        smoothing = Smoothing(asked.kernel, asked.window, asked.size, asked.step, asked.indent)
        return smoothed(events, recipe, smoothing)
    window = Window(
        asked.window,
        asked.size,
        asked.step,
        asked.ties,
        asked.seed,
        asked.same_nodes,
        asked.duplicates_in,
    )
    return windows(events, recipe, window)


def refined(events: Events, recipe: Recipe, asked: Refinement) -> Network:
    """One network: plain, signed or of a backbone, and of its ties those that stand out."""
    from kg.networks.disparity import disparity
    from kg.networks.recipe import make_network
    from kg.networks.signed import one_network, signed
    from kg.networks.threshold import above

    if asked.signed:
        both = signed(events, recipe)
        network = one_network(both, asked.signed, asked.threshold or 0.0)
    elif asked.backbone:
        network = _backbone(events, recipe, asked)
    else:
        network = make_network(events, recipe)
    if asked.threshold is not None and not asked.signed:
        network = above(network, asked.threshold)
    return network if asked.alpha is None else disparity(network, asked.alpha)


def _backbone(events: Events, recipe: Recipe, asked: Refinement) -> Network:
    """The network by a backbone, which its notes name."""
    from kg.networks.annealing import Search
    from kg.networks.backbone import fixed, penalised

    search = Search(asked.iterations, asked.seed)
    found = (
        fixed(events, recipe, asked.backbone_size, search)
        if asked.backbone == "fixed"
        else penalised(events, recipe, asked.penalty, search)
    )
    names = "; ".join(node.label for node in found.concepts)
    every = len(found.concepts) + len(found.redundant)
    note = f"Backbone of {len(found.concepts)} of {every}, with a loss of {found.loss:.6g}: {names}"
    return found.network.noting(note)


def nested_table(found: Nested) -> Answer:
    """The steps of a nested backbone, what went first on top."""
    columns = ("step", "left", "concept", "loss", "redundant_loss", "statements")
    rows = tuple(
        (
            step,
            len(found.removals) - step,
            one.concept.label,
            decimal(one.loss),
            decimal(one.redundant_loss),
            one.statements,
        )
        for step, one in enumerate(found.removals, start=1)
    )
    return Answer(columns, rows, "Concepts in the order in which they can be done without")
