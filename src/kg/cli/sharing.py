"""`kg view`, `kg show` and `kg export`: a build as a page, in words, as a file for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.build import Build
from kg.cli.common import (
    Language,
    LanguageOption,
    OutputOption,
    StoreOption,
    TextOrJson,
    choice,
    clear_errors,
    opened,
    stderr,
    to_json_text,
    write_output,
)
from kg.describe import describe, facts
from kg.errors import InputError
from kg.export import EXPORTS, export
from kg.pseudonyms import read_key
from kg.site import Site
from kg.views.models import DISAGREEMENT, MEETING, VIEWS

DEFAULT_KEY = Path(".kg") / "pseudonym.key"


def view_command(
    name: Annotated[
        str, typer.Argument(help=f"One of {', '.join(VIEWS)}.", callback=choice(tuple(VIEWS)))
    ] = "disagreement",
    a: Annotated[str, typer.Option(help="disagreement: one body, for example STM.")] = "",
    b: Annotated[str, typer.Option(help="disagreement: the other, for example SM.")] = "",
    meeting: Annotated[
        str, typer.Option(help="meeting: which one; without it the latest.", show_default=False)
    ] = "",
    store: StoreOption = None,
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
    include_proposed: Annotated[
        bool, typer.Option("--include-proposed", help="Also positions nobody has accepted yet.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Of a large build all of it, not only the latest.")
    ] = False,
) -> None:
    """Make one page: an HTML file that needs no network.

    Of a large build it shows the latest meetings, and says so: those of the bodies that are named.

    Example: kg view disagreement --a STM --b SM -o stm-sm.html
    """
    with clear_errors():
        _check_options(name, a or b, meeting)
        # Here, since what draws takes long to import.
        from kg.latest import latest
        from kg.pages import Pages, Wanted

        made, wanted = opened(store), Wanted(a, b, meeting)
        table = made.table()
        differences = made.differences()
        site = Site(made.open(), made.base, include_proposed, table, differences=differences)
        if isinstance(made, Build) and not whole:
            asked = site.names.resolve(meeting, "meeting") if meeting else ""
            bodies = [site.names.resolve(one, "body") for one in (a, b) if one]
            site = latest(site, table, made.whole(), asked, bodies)
        write_output(Pages(site).page(name, wanted, lang.value), output)


def _check_options(name: str, bodies: str, meeting: str) -> None:
    """Raise `InputError` for an option that the view does not know."""
    if bodies and name != DISAGREEMENT:
        raise InputError(f"--a and --b belong to the view disagreement: leave them out of {name}")
    if meeting and name != MEETING:
        raise InputError(f"--meeting belongs to the view meeting: leave it out of {name}")


def show_command(
    name: Annotated[
        str, typer.Argument(help="A meeting, person, body or issue, by name, id or abbreviation.")
    ],
    store: StoreOption = None,
    lang: LanguageOption = Language.EN,
    form: TextOrJson = "text",
) -> None:
    """Say in words what the graph holds on one meeting, person, body or issue.

    Example: kg show "Kirsi Pimiä"
    """
    with clear_errors():
        made = opened(store)
        site = Site(made.open(), made.base)
        if form == "json":
            write_output(to_json_text(facts(site, name, lang.value)), None)
        else:
            write_output(describe(site, name, lang.value), None)


def export_command(
    form: Annotated[
        str,
        typer.Option(
            "--format", help=f"One of {', '.join(EXPORTS)}.", callback=choice(tuple(EXPORTS))
        ),
    ] = "trig",
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="Stable keys for people; no names or quotes.")
    ] = False,
    key: Annotated[
        Path, typer.Option(help="The secret behind the keys; made if there is none.")
    ] = DEFAULT_KEY,
    store: StoreOption = None,
    output: OutputOption = None,
) -> None:
    """Write the graph as a file for others; csv has one row a position in force.

    Example: kg export --format trig --pseudonymise -o share.trig
    """
    with clear_errors():
        made = opened(store)
        pseudonyms = read_key(key) if pseudonymise else None
        if pseudonyms and output and output.resolve() == key.resolve():
            raise InputError("The key file is the output: give another -o")
        text = export(list(made.read_quads()), form, pseudonyms, made.base)
        write_output(text, output)
        if pseudonyms:
            stderr.print(f"Keys were made with {key}: keep it to yourself")
