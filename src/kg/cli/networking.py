"""`kg network`: who agrees with whom, as a matrix or as a graph for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from kg.cli.asking import write_table
from kg.cli.common import (
    Language,
    LanguageOption,
    OutputOption,
    StoreOption,
    choice,
    clear_errors,
    stderr,
    write_output,
)
from kg.cli.filtering import (
    Asked,
    BasisOption,
    BodyOption,
    ConfidenceOption,
    DnaOption,
    ExcludeOption,
    HistoryOption,
    IssueOption,
    MeetingOption,
    OnlyOption,
    Shape,
    SinceOption,
    StatementTypeOption,
    StatusOption,
    UntilOption,
    read_asked,
)
from kg.cli.refining import (
    AlphaOption,
    BackboneOption,
    BackboneSizeOption,
    DuplicatesInOption,
    IndentOption,
    IterationsOption,
    KernelOption,
    PenaltyOption,
    Refinement,
    SameNodesOption,
    SeedOption,
    SignedOption,
    SizeOption,
    StepOption,
    ThresholdOption,
    TiesOption,
    WindowOption,
    nested_table,
    refined,
    slices,
)
from kg.errors import InputError
from kg.findings import counted
from kg.names import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.networks.events import Events
    from kg.networks.network import Network
    from kg.networks.recipe import Recipe

# Words are listed here, so that `kg --help` need not import what counts and draws; a test holds
# them to the tables of `kg.networks` and `kg.formats`.
FORMATS = ("table", "csv", "json", "graphml", "visone", "gexf", "pajek", "dl", "html")
MODES = ("onemode", "twomode")
AGGREGATIONS = ("ignore", "congruence", "conflict", "subtract", "combine")
NORMALISATIONS = ("no", "average", "jaccard", "cosine", "activity", "prominence")
DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")


def network_command(
    mode: Annotated[
        str,
        typer.Option(
            "--type",
            help="onemode (actors by actors, or concepts by concepts) or twomode (actors by "
            "concepts).",
            callback=choice(MODES),
        ),
    ] = "onemode",
    variable: Annotated[
        str,
        typer.Option(
            help="The nodes, or rows: body, person, holder, actor (persons and bodies), "
            "proposition or issue; with --from-dna a variable. Without it: body, or organization.",
            show_default=False,
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            help="What they are tied by, or the columns. Without it: proposition, or concept.",
            show_default=False,
        ),
    ] = "",
    qualifier: Annotated[
        str,
        typer.Option(
            help="What tells agreement: pole (for or against), strength (-1 to 1) or none; with "
            "--from-dna a variable. Without it: pole, or the first boolean.",
            show_default=False,
        ),
    ] = "",
    aggregation: Annotated[
        str,
        typer.Option(
            help="What a tie counts: ignore (the same concept), congruence (the same side), "
            "conflict (opposite sides), subtract (congruence less conflict; in two modes support "
            "less opposition), combine (two modes: 1 for, 2 against, 3 both). Without it: "
            "congruence, in two modes subtract.",
            show_default=False,
        ),
    ] = "",
    normalisation: Annotated[
        str,
        typer.Option(
            "--normalization",
            "--normalisation",
            help="Takes out that busy actors have strong ties, docs/networks.md tells how: "
            f"{', '.join(NORMALISATIONS)}.",
            callback=choice(NORMALISATIONS),
        ),
    ] = "no",
    duplicates: Annotated[
        str,
        typer.Option(
            help="include counts every statement; the others count equal ones once in each: "
            f"{', '.join(DUPLICATES[1:])}.",
            callback=choice(DUPLICATES),
        ),
    ] = "include",
    compatible: Annotated[
        bool,
        typer.Option("--dna-compatible", help="As DNA 3.1.2 counts, also where it is mistaken."),
    ] = False,
    isolates: Annotated[
        bool, typer.Option("--isolates", help="Also nodes without a statement that counts.")
    ] = False,
    from_dna: DnaOption = None,
    statement_type: StatementTypeOption = "",
    exclude: ExcludeOption = None,
    only: OnlyOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    meeting: MeetingOption = None,
    issue: IssueOption = None,
    body: BodyOption = None,
    basis: BasisOption = None,
    status: StatusOption = None,
    confidence: ConfidenceOption = None,
    history: HistoryOption = False,
    window: WindowOption = "",
    window_size: SizeOption = 1,
    window_step: StepOption = 1,
    kernel: KernelOption = "",
    indent: IndentOption = False,
    ties: TiesOption = "shuffle",
    duplicates_in: DuplicatesInOption = "range",
    same_nodes: SameNodesOption = False,
    backbone: BackboneOption = "",
    backbone_size: BackboneSizeOption = 0,
    penalty: PenaltyOption = 3.5,
    iterations: IterationsOption = 10_000,
    alpha: AlphaOption = None,
    signed: SignedOption = "",
    threshold: ThresholdOption = None,
    seed: SeedOption = 0,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help=f"Form of the result: {', '.join(FORMATS)}.",
            callback=choice(FORMATS),
        ),
    ] = "table",
    store: StoreOption = None,
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Make a network of the statements in a build, or in a DNA database.

    docs/networks.md tells what the numbers say.

    Example: kg network --aggregation subtract --format graphml -o bodies.graphml

    Example: kg network --from-dna my.dna --normalization average --duplicates document
    """
    asked = Asked(
        since,
        until,
        meeting,
        issue,
        body,
        basis,
        status,
        confidence,
        history,
        from_dna,
        statement_type,
        exclude,
        only,
    )
    more = Refinement(
        window,
        window_size,
        window_step,
        kernel,
        indent,
        ties,
        duplicates_in,
        same_nodes,
        backbone,
        backbone_size,
        penalty,
        iterations,
        alpha,
        signed,
        threshold,
        seed,
    )
    with clear_errors():
        from kg.networks.recipe import Recipe

        more.check()
        usual = "congruence" if mode == "onemode" and not signed else "subtract"
        recipe = Recipe(mode, aggregation or usual, normalisation, duplicates, compatible, isolates)
        events = read_asked(asked, Shape(variable, by, qualifier), store, lang)
        if window:
            _write_slices(events, recipe, more, form, output)
        elif backbone == "nested":
            _write_nested(events, recipe, form, output)
        else:
            network = refined(events, recipe, more)
            _tell(network, form)
            write_output(_text(network, form, lang), output)


def _text(network: Network, form: str, lang: Language) -> str:
    if form == "html":
        from kg.views.network_view import network_view
        from kg.views.page import view_page

        return view_page(network_view(network), lang.value)
    from kg.formats import WRITERS

    return WRITERS[form](network)


def _write_slices(
    events: Events, recipe: Recipe, more: Refinement, form: str, output: Path | None
) -> None:
    """Networks of several times: to a file where the format can hold them, else to a folder."""
    from kg.formats import SLICE_WRITERS, write_folder, write_slices

    found = slices(events, recipe, more)
    for note in dict.fromkeys(note for one in found for note in one.network.notes):
        stderr.print(f"[dim]{escape(note)}[/dim]")
    if output is None or form in SLICE_WRITERS:
        write_output(write_slices(form, found), output)
        return
    write_folder(form, found, output)
    stderr.print(f"Wrote {counted(len(found), 'network')} to {escape(str(output))}")


def _write_nested(events: Events, recipe: Recipe, form: str, output: Path | None) -> None:
    """The steps of the nested backbone, as a table."""
    if form not in ("table", "csv", "json"):
        raise InputError(
            f"The nested backbone is a table of steps, not a network: {form} cannot hold it, use "
            "table, csv or json"
        )
    from kg.cli.measuring import for_people
    from kg.networks.backbone import nested

    found = nested(events, recipe)
    for note in found.notes:
        stderr.print(f"[dim]{escape(note)}[/dim]")
    steps = nested_table(found)
    write_table(for_people(steps) if form == "table" else steps, form, output, DEFAULT_BASE)


def _tell(network: Network, form: str) -> None:
    """What the reader of a network should know, to stderr; the table itself has the notes."""
    for note in network.notes if form != "table" else ():
        stderr.print(f"[dim]{escape(note)}[/dim]")
    if network.made["statements"] == "0":
        stderr.print("[dim]No statement passes these filters[/dim]")
    elif not network.matrix.nnz:
        stderr.print("[dim]No two nodes are tied[/dim]")
