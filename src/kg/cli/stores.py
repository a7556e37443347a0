"""`kg publish`: a build into a store on a server."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from kg.cli.common import (
    DEFAULT_BUILD,
    TextOrJson,
    clear_errors,
    opened,
    say,
    show,
    to_json_text,
    write_output,
)
from kg.errors import InputError
from kg.findings import Finding, Severity, counted
from kg.opened import Opened, Published
from kg.publish import Publication, publish
from kg.remote.endpoint import check_addresses, default_store, find_endpoint


def publish_command(
    build: Annotated[
        str | None,
        typer.Argument(help="A build's folder. Without it: ./build.", show_default=False),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            help="The store's address (of its SPARQL queries), or a name of kg.toml.",
            show_default=False,
        ),
    ] = None,
    graphs: Annotated[
        str,
        typer.Option(
            help="Its Graph Store Protocol, where it is neither Fuseki, Oxigraph nor Virtuoso.",
            show_default=False,
        ),
    ] = "",
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove its graphs of the same base that are no more.")
    ] = False,
    form: TextOrJson = "text",
) -> None:
    """Load a build into a store on a server, graph by graph, and verify it.

    What is there already is left alone, so that a run that was cut off goes on.

    Example: kg publish --store http://127.0.0.1:3030/apro/query
    """
    with clear_errors("the graphs written so far are whole, publish again for the rest"):
        named = store or default_store()
        endpoint = find_endpoint(named) if named else None
        if endpoint is None:
            raise InputError(
                "Where to? Give --store with the address of a store, or a name of kg.toml"
            )
        if graphs:
            endpoint = check_addresses(replace(endpoint, graphs=graphs))
        # The build in ./build, whatever store the settings name for reading.
        made = opened(build or str(DEFAULT_BUILD))
        done = publish(made, endpoint, say, prune)
        if form == "json":
            write_output(to_json_text(vars(done)), None)
            return
        _tell(done, Published(endpoint), made)


def _tell(done: Publication, target: Published, made: Opened) -> None:
    for graph in done.extra:
        message = f"{graph} is in the store and not in the build: remove it with --prune"
        show([Finding(target.place, 0, Severity.WARNING, message)])
    parts = [
        f"{counted(len(done.written), 'graph')} written",
        f"{len(done.unchanged)} unchanged",
        *([f"{len(done.dropped)} removed"] if done.dropped else []),
    ]
    write_output(
        f"{target.name} holds {made.name}: {', '.join(parts)}; "
        f"{counted(done.triples, 'triple')}, verified\n",
        None,
    )
